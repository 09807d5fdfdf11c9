//! A rule file: what an event pattern means, why, and how it is tested.

mod expectation;
mod read;

use compact_str::CompactString;
use depeche_model::{Context, Country, EventType, Language, Mode, Range, Sector, Status};

pub(crate) use read::{logical_lines, read};

use crate::Pattern;

/// Sides that a rule must have filled before it may fire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// An actor.
    pub actor: bool,
    /// A recipient.
    pub recipient: bool,
}

/// A second event that the same words tell: a conviction that jails is also an arrest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// Its type.
    pub event: EventType,
    /// Its modes.
    pub modes: Vec<Mode>,
    /// Its CAMEO code.
    pub cameo: CompactString,
}

/// One side of an expected event: country and, where the test says so, sector. `None` is "not told".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Country; `None` for `?`.
    pub country: Option<Country>,
    /// Sector, where the test asks for one.
    pub sector: Option<Sector>,
}

/// What a test sentence must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Type; the rule's own unless the test names another (`COERCE:`).
    pub event: EventType,
    /// Who did it, in any order.
    pub actors: Vec<Side>,
    /// To whom, in any order.
    pub recipients: Vec<Side>,
    /// Modes that must be there, where told.
    pub modes: Option<Vec<Mode>>,
    /// Status, where told.
    pub status: Option<Status>,
    /// Number of people or money, where told.
    pub size: Option<Range>,
    /// Number of dead, where told.
    pub dead: Option<Range>,
    /// Number of injured, where told.
    pub injured: Option<Range>,
}

/// A sentence of a rule file and what it must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Language.
    pub language: Language,
    /// The sentence.
    pub sentence: String,
    /// What it must give; `None` for a `never` case, on which the rule must not fire.
    pub expect: Option<Expectation>,
    /// Line in the file, from 1.
    pub line: u32,
}

/// An event pattern file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Name: the file's, without folder and ending; unique.
    pub name: CompactString,
    /// Path below `lexicon/`.
    pub file: String,
    /// PLOVER type.
    pub event: EventType,
    /// Modes of every line.
    pub modes: Vec<Mode>,
    /// Contexts of every line.
    pub contexts: Vec<Context>,
    /// CAMEO code.
    pub cameo: CompactString,
    /// Sides that must be filled.
    pub needs: Needs,
    /// Whether both sides are actors.
    pub mutual: bool,
    /// Whether it tells a plan rather than the promise of one: day and place are then the planned ones.
    pub plan: bool,
    /// A second event told by the same words.
    pub also: Option<Second>,
    /// Added to every pattern's rank.
    pub weight: f32,
    /// Pattern lines of both languages.
    pub patterns: Vec<Pattern>,
    /// Lemmas that veto a match when they stand in its clause, with their language.
    pub unless: Vec<(Language, CompactString)>,
    /// The reason, for readers.
    pub why: String,
    /// Tests and never-cases.
    pub cases: Vec<Case>,
}
