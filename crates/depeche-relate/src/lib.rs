//! Relation mode: which type of act a sentence tells between two parties that the caller names.
//!
//! Coding an article asks first whether anything happened, and between whom. Here both are given: somebody has marked a
//! source and a target in a sentence, and wants the type that fits best, always. The task is the one on which published coders of
//! PLOVER are compared, and what those need who find their parties by other means.
//!
//! [`Marked`] reads a sentence with `<s>…</s>` and `<t>…</t>`; [`read()`] says what the parse and the lexicon know of the
//! pair; [`Weights`] hold how much each feature speaks for each type, learned by `training/relate.py`, as text.
//!
//! ```
//! use depeche_relate::Marked;
//!
//! let marked = Marked::read("<s>Paris</s> condemned <t>Moscow</t>.").unwrap();
//! assert_eq!(marked.text, "Paris condemned Moscow.");
//! assert_eq!(marked.pair.target.unwrap().of(&marked.text), "Moscow");
//! ```
#![forbid(unsafe_code)]

mod features;
mod marked;
mod table;
mod ties;
mod weights;

use depeche_model::Span;

pub use features::{Reading, read};
pub use marked::{Marked, Unmarked};
pub use table::{Row, Table};
pub use weights::Weights;

/// Two parties of a sentence, as bytes of it; one of them may not be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who acts.
    pub source: Option<Span>,
    /// Whom it concerns.
    pub target: Option<Span>,
}
