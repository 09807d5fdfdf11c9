//! The door to a store: what may be put in and asked, whatever stands behind it.
//!
//! [`Archive`] is the contract; [`crate::Store`] keeps it on disk, [`crate::Memory`] in plain lists. The second is slow and simple on
//! purpose: it is what the contract means, and the tests hold the first against it.

use depeche_model::{Article, Coded, Country, Diagnostic, Event, Language, Quad, Record, Ruling};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Query;

/// What became of what was put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that were not known.
    pub added: u64,
    /// Articles that were known, word for word.
    pub unchanged: u64,
    /// Articles whose text or metadata changed: the earlier version is kept and marked, its events are replaced.
    pub corrected: u64,
    /// Articles that were known but coded by another coder: their events are replaced.
    pub recoded: u64,
    /// Events put in.
    pub events: u64,
    /// Articles that were refused, with the reason.
    pub refused: Vec<Diagnostic>,
}

impl Tally {
    /// Adds what became of others.
    pub fn add(&mut self, other: Self) {
        self.added += other.added;
        self.unchanged += other.unchanged;
        self.corrected += other.corrected;
        self.recoded += other.recoded;
        self.events += other.events;
        self.refused.extend(other.refused);
    }
}

/// What is known of an article beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Id of the article.
    pub id: String,
    /// 1 for the first version, one more for each correction.
    pub version: u32,
    /// Whether no later version stands.
    pub current: bool,
    /// Language.
    #[serde(rename = "lang")]
    pub language: Language,
    /// Day of publication.
    pub published: Option<Date>,
    /// Headline.
    pub title: String,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
}

/// An event as it comes out: with the head of its article and the name of its record.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The event, as it was put in.
    pub event: Event,
    /// Head of the article that tells it.
    pub article: Head,
    /// Id of the record that it belongs to.
    pub record: Option<String>,
}

/// A version of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The article as put in.
    pub article: Article,
    /// 1 for the first.
    pub version: u32,
    /// Whether no later version stands.
    pub current: bool,
    /// Its events; a version that was superseded has none.
    pub events: Vec<Event>,
}

/// An article that has the words that were searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its head.
    pub article: Head,
    /// Words around the first place where they stand; the words found lie between `‹` and `›`.
    pub excerpt: String,
    /// Events of the article.
    pub events: u64,
}

/// Acts of one direction in one month, or a sum of such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Done acts by quad class, in the order of [`Quad::ALL`].
    pub quads: [i64; 4],
    /// Acts planned, possible, denied or told as background.
    pub undone: i64,
    /// Sum of the Goldstein scores of the done acts, in tenths.
    pub goldstein_tenths: i64,
}

impl Counts {
    /// Done acts.
    pub fn done(&self) -> i64 {
        self.quads.iter().sum()
    }

    /// Done acts of cooperation, verbal and material.
    pub fn cooperation(&self) -> i64 {
        self.of(Quad::VerbalCooperation) + self.of(Quad::MaterialCooperation)
    }

    /// Done acts of conflict, verbal and material.
    pub fn conflict(&self) -> i64 {
        self.of(Quad::VerbalConflict) + self.of(Quad::MaterialConflict)
    }

    /// Done acts of a quad class.
    pub fn of(&self, quad: Quad) -> i64 {
        self.quads[quad as usize]
    }

    /// Mean Goldstein score of the done acts, −10 to 10; `None` where there is none.
    pub fn goldstein(&self) -> Option<f64> {
        (self.done() > 0).then(|| self.goldstein_tenths as f64 / 10.0 / self.done() as f64)
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (sum, more) in self.quads.iter_mut().zip(other.quads) {
            *sum += more;
        }
        self.undone += other.undone;
        self.goldstein_tenths += other.goldstein_tenths;
        self
    }
}

/// A month between two countries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Month {
    /// As `2024-10`.
    pub month: String,
    /// What the first does to the second.
    pub forth: Counts,
    /// What the second does to the first.
    pub back: Counts,
    /// What they do together.
    pub mutual: Counts,
}

impl Month {
    /// All of it.
    pub fn total(&self) -> Counts {
        self.forth.plus(&self.back).plus(&self.mutual)
    }
}

/// Two countries, and what passed between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dyad {
    /// The first of the alphabet.
    pub a: Country,
    /// The other; the same where acts at home are counted.
    pub b: Country,
    /// What passed, whichever acted.
    pub counts: Counts,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Every report: an act that five articles tell counts five times.
    Report,
    /// Every record: an act counts once.
    Record,
}

/// First and last month, both included, as `2024-10`; open where none is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Months {
    /// First month.
    pub from: Option<String>,
    /// Last month.
    pub to: Option<String>,
}

impl Months {
    /// Whether a month lies within.
    pub fn contains(&self, month: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= month) && self.to.as_deref().is_none_or(|to| month <= to)
    }
}

/// Events as they are read, one at a time.
pub type Telling<'a> = Box<dyn Iterator<Item = Result<Told, Diagnostic>> + 'a>;

/// Articles with events, as they are read, one at a time.
pub type Coding<'a> = Box<dyn Iterator<Item = Result<Coded, Diagnostic>> + 'a>;

/// A keeper of articles and events.
///
/// Every method fails with a [`Diagnostic`] that names the store, what is wrong and the remedy.
pub trait Archive {
    /// Puts articles with their events in, all or none. `coder` names lexicon, models and program that coded them: an article that is
    /// known word for word and was coded by the same coder changes nothing. Article ids are unique in an archive, and an event's id is its
    /// article's, `#` and a number.
    fn put(&mut self, items: &[Coded], coder: &str) -> Result<Tally, Diagnostic>;

    /// Whether an article is known word for word and was coded by that coder, so that coding it again would change nothing.
    fn holds(&self, article: &Article, coder: &str) -> Result<bool, Diagnostic>;

    /// Events that a query means, the newest first, those without a date last; at most `limit`.
    fn events(&self, query: &Query, limit: Option<usize>) -> Result<Telling<'_>, Diagnostic>;

    /// Articles that have the words of a query's `text` terms and at least one event that the query means, the newest first. A query
    /// without other terms than `text` also finds articles without events.
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, Diagnostic>;

    /// Articles with those of their events that a query means, in the order they came in; articles without such events are left out.
    fn coded(&self, query: &Query) -> Result<Coding<'_>, Diagnostic>;

    /// Records of which a query means at least one report, by their newest such report; at most `limit`.
    fn records(&self, query: &Query, limit: Option<usize>) -> Result<Vec<Record>, Diagnostic>;

    /// The record of that id, or of the event of that id.
    fn record(&self, id: &str) -> Result<Option<Record>, Diagnostic>;

    /// Takes rulings about pairs of events in, in place of earlier ones about the same pairs, and merges anew what they touch.
    fn rule(&mut self, rulings: &[Ruling]) -> Result<(), Diagnostic>;

    /// Every ruling, in the order of the ids.
    fn rulings(&self) -> Result<Vec<Ruling>, Diagnostic>;

    /// Every version of an article, the current one first; empty where none is known.
    fn article(&self, id: &str) -> Result<Vec<Version>, Diagnostic>;

    /// The months in which something passed between two countries, in order.
    fn timeline(&self, a: Country, b: Country, months: &Months, unit: Unit) -> Result<Vec<Month>, Diagnostic>;

    /// The `top` pairs of countries with the most done acts; pairs of a country with itself only where `domestic`.
    fn dyads(&self, months: &Months, unit: Unit, domestic: bool, top: usize) -> Result<Vec<Dyad>, Diagnostic>;
}
