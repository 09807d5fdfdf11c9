//! From mentions to events: every field resolved, one act told once.

mod assemble;
mod content;
mod contexts;
mod merge;

pub use assemble::{Assembler, assemble};
pub use merge::{Draft, merge};
