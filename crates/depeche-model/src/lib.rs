//! The plain types that travel between the rooms of Dépêche.
//!
//! An [`Article`] comes in; [`Parsed`] is its text as sentences and tokens; a [`Cast`] holds the parties that its words
//! name; a [`Mention`] says that a rule matched a clause; an [`Event`] is that mention with everything resolved; a [`Record`] is
//! one act with every report of it. Nothing
//! here reads a file, a clock or the network, and nothing here knows a language: these are values, with their meaning
//! written next to them.
//!
//! All offsets are **bytes** into one string, the article's [`Article::whole`]: title, a line feed, text.
#![forbid(unsafe_code)]

mod article;
mod cast;
mod country;
mod diagnostic;
mod event;
mod mention;
mod parsed;
pub mod plover;
mod record;
mod span;
mod tree;

pub use article::{Article, Coded, Language, UnknownLanguage};
pub use cast::{Cast, Party, PartyKind};
pub use country::Country;
pub use diagnostic::{Diagnostic, Severity};
pub use event::{Attribution, DateSpan, Entity, Event, Place, Range, Spans};
pub use mention::{Mention, Role};
pub use parsed::{EntityKind, EntityTag, Feats, Parsed, Relation, Token, Upos};
pub use plover::{Context, EventType, Mode, Quad, Sector, Status};
pub use record::{Denial, Difference, Field, Link, Reason, Record, RecordStatus, Report, Ruling, Verdict};
pub use span::Span;
pub use tree::Tree;
