//! The rule language: event patterns and word classes as plain text, read, checked and compiled.
//!
//! One event pattern is one file, `lexicon/events/<type>/<rule>.rule`, French and English side by side, with its reason
//! and its tests:
//!
//! ```text
//! rule     send-troops
//! event    AID
//! contexts military
//! cameo    074
//! fr       ACTOR envoyer|dépêcher @troops [à | vers | en appui à] RECIPIENT
//! en       ACTOR send|dispatch @troops [to | in support of] RECIPIENT
//! why      Troops given to fight beside an ally are aid.
//! test fr  Pyongyang a envoyé plus de 10 000 soldats en appui aux forces russes. => PRK > RUS size 10000..
//! never en The referee sent off two soldiers of the midfield.
//! ```
//!
//! A pattern line is written as one would say the sentence, in the active voice, with lemmas for words and roles in
//! capitals; the coder finds it in the passive, in relative clauses, participles, infinitives and through coordination.
//! [`pattern`] explains the notation word by word.
//!
//! Nothing here needs a model: [`Lexicon::compile`] gives every error with line, column and hint.
#![forbid(unsafe_code)]

mod compile;
mod files;
mod inflect;
pub mod pattern;
mod rule;
mod vocabulary;
mod weights;
mod words;

pub use compile::{Lexicon, PatternRef};
pub use files::{File, embedded};
pub use pattern::{Element, Pattern, Position, Slot, SlotRole, Trigger, TriggerPos};
pub use rule::{Case, Expectation, Needs, Rule, Second, Side};
pub use vocabulary::{Vocabulary, WordId};
pub use weights::{Features, Weights, choose};
pub use words::{Classes, Cue};
