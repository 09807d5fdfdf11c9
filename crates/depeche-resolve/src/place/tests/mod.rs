//! Tests of places: names in `names`, the place of an act in `acts`.

mod acts;
mod names;
