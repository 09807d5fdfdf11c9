//! Turns the words of an article into what they stand for.
//!
//! One module per question: [`who`] acts or is acted on. Each takes a parse and plain tables and gives plain values;
//! none of them knows what an event is, and none reads a file, a clock or the network.

pub mod attribution;
pub mod event;
mod numerals;
pub mod place;
pub mod quantity;
mod scan;
pub mod status;
pub mod tense;
mod tree;
pub mod when;
pub mod who;
