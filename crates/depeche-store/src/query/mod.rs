//! The one query language: what events, records, articles and exports are asked in.
//!
//! ```text
//! actor:PRK recipient:RUS type:AID status:actual after:2024-10 source:"Yonhap" text:obus -place:RUS
//! ```
//!
//! A query is a line of terms, and an event is told where **all** of them hold. A term is a field, a colon and a value; commas in
//! a value are alternatives; `-` before a term turns it round; `"…"` holds what has blanks or commas. A word without a field is a
//! word of the article. [`Query::parse`] reads it and names column and remedy where it cannot; [`Query::accepts`] says what it means,
//! event by event, and a store may answer it in any faster way that gives the same.
//!
//! ```
//! use depeche_store::Query;
//!
//! let query = Query::parse("dyad:RUS-PRK type:AID,COOPERATE after:2024-10 -status:negated")?;
//! assert_eq!(query.terms.len(), 4);
//! let error = Query::parse("actor:PRK tpye:AID").unwrap_err();
//! assert_eq!((error.column, error.hint.as_deref()), (11, Some("did you mean `type:`?")));
//! # Ok::<(), depeche_model::Diagnostic>(())
//! ```

mod accepts;
mod days;
mod fields;
mod parse;

use depeche_model::{Context, Country, EventType, Language, Mode, Quad, Sector, Status};
use jiff::civil::Date;

pub use days::Days;
pub use fields::{FIELDS, FieldHelp};

/// A query: all of its terms must hold. The empty query takes every event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The terms, in the order written.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whether it must not hold.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What a term asks of an event and its article. Lists are alternatives.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of those who did it.
    Actor(Vec<Who>),
    /// One of those to whom it was done.
    Recipient(Vec<Who>),
    /// One of either side.
    Party(Vec<Who>),
    /// The two countries act on one another, whichever acts, or act together.
    Dyad(Country, Country),
    /// Type.
    Type(Vec<EventType>),
    /// Quad class.
    Quad(Vec<Quad>),
    /// Mode.
    Mode(Vec<Mode>),
    /// Context.
    Context(Vec<Context>),
    /// Status.
    Status(Vec<Status>),
    /// Beginning of the CAMEO code: `19` takes 190 to 196.
    Cameo(Vec<String>),
    /// Place: country, or words of its name.
    Place(Vec<Named>),
    /// Who is cited: country, or words of the name.
    According(Vec<Named>),
    /// Words of the publisher's name.
    Source(Vec<String>),
    /// Language of the article.
    Language(Vec<Language>),
    /// Words, one after the other, of the article's title or text.
    Text(Vec<Phrase>),
    /// Id of the event, or of its article.
    Id(Vec<String>),
    /// Name of the rule.
    Rule(Vec<String>),
    /// Starts on this day or later; an event without a date does not.
    After(Date),
    /// Starts before this day; an event without a date does not.
    Before(Date),
    /// Starts within these days.
    On(Days),
    /// Confidence within bounds.
    Confidence(Bound),
}

/// A party, as a query names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// By country.
    Country(Country),
    /// By sector.
    Sector(Sector),
    /// By both, as `RUS.MIL`.
    Both(Country, Sector),
    /// By Wikidata id.
    Wikidata(String),
    /// By folded words of its canonical name, or of its text where it has none.
    Name(String),
}

/// A place or a source, as a query names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// By country.
    Country(Country),
    /// By folded words of its name.
    Name(String),
}

/// Words that must stand one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// The folded words.
    pub words: Vec<String>,
    /// Whether the last may be a beginning, written `obus*`.
    pub prefix: bool,
}

/// A comparison with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// `>`.
    Above(f64),
    /// `>=`, and a number alone.
    AtLeast(f64),
    /// `<`.
    Below(f64),
    /// `<=`.
    AtMost(f64),
}

impl Test {
    /// Whether it asks of the article alone, not of one event.
    pub(crate) const fn is_of_article(&self) -> bool {
        matches!(self, Self::Source(_) | Self::Language(_) | Self::Text(_))
    }
}

impl Bound {
    /// Whether a number is within.
    pub fn holds(self, number: f64) -> bool {
        match self {
            Self::Above(bound) => number > bound,
            Self::AtLeast(bound) => number >= bound,
            Self::Below(bound) => number < bound,
            Self::AtMost(bound) => number <= bound,
        }
    }
}

impl Query {
    /// The same with one more condition.
    #[must_use]
    pub fn and(mut self, test: Test) -> Self {
        self.terms.push(Term { negated: false, test });
        self
    }
}
