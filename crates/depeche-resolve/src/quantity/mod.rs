//! How many: numbers with their bounds, what they count, and which event they belong to.
//!
//! [`find`] reads a text alone: "une trentaine", "plus de 10 000 soldats", "$2.5 million", "between 30 and 40". Bounds follow
//! the guidelines' case 9: "about 30" is 30, "more than 30" at least 30, "up to 50" at most 50, "hundreds" at least 100.
//! [`attach()`] then says, by a parse, which of them are the killed, the injured and the size of an event.
//!
//! What is money, what are people and which verbs kill stands in `lexicon/words/counted.*.txt`.
//!
//! ```
//! use depeche_model::Language;
//! use depeche_resolve::quantity;
//!
//! let found = quantity::find("La France a débloqué 2,5 millions d'euros.", Language::French);
//! assert_eq!(found[0].range.min, Some(2_500_000));
//! assert_eq!(found[0].unit, Some(quantity::Unit::Money("EUR")));
//! ```

mod attach;
mod find;
mod words;

pub use attach::{Counts, attach};
pub use find::{Quantity, find, find_among};
pub use words::Unit;
