//! From coded articles to the files that people already have scripts for.
//!
//! An analyst who worked with ICEWS, GDELT or POLECAT has code that reads their columns; a programmer wants JSON lines, a statistician
//! a table. This crate writes all of them from the same thing, a [`Telling`]: an article and the events that it tells. What each column
//! of each format holds, or why it stays empty, is written in `docs/formats.md`, and a test holds that page against the code.
//!
//! Three rules run through all formats:
//!
//! - **What is not known is empty, never invented.** An event without a day has no day; nobody's tone was measured, so there is none.
//! - **A format that cannot say that an act was not done does not tell of such acts.** ICEWS, GDELT and POLECAT have no column for
//!   plans, conditions and denials, so only what was done is written there ([`Format::tells_status`]).
//! - **A format of pairs gets pairs.** Where a format knows one source and one target a row, an event of several sides becomes several
//!   rows, as its makers do it (module `dyads`).
//!
//! Nothing here opens a file or reads a clock: bytes go to whatever [`Write`] the caller gives. All formats but Parquet are lines, which
//! can be made for each article on its own ([`Format::lines`]) and on any number of threads; [`Writer`] is the one door to all of them.
//!
//! ```
//! use depeche_export::{Format, Telling, Writer};
//! # let line = r#"{"id":"a","lang":"en","published":"2024-03-01","title":"T","text":"Chad praised Mali.","events":[]}"#;
//! # let coded: depeche_model::Coded = serde_json::from_str(line)?;
//! let mut writer = Writer::new("icews".parse()?, Vec::new())?;
//! writer.write(&Telling::from(&coded))?;
//! let bytes = writer.finish()?;
//! assert!(bytes.starts_with(b"Event ID\tEvent Date\t"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Write`]: std::io::Write
#![forbid(unsafe_code)]

mod codes;
mod dyads;
mod format;
mod gdelt;
mod icews;
mod json_lines;
mod mentions;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plover;
mod polecat;
mod spot;
mod table;
mod text;
mod wide;
mod writer;

use depeche_model::{Article, Coded, Event};
use serde_json::{Map, Value};

pub use format::Format;
pub use writer::Writer;

/// Name and version of the coder, as the formats that ask for it get it.
const CODER: &str = concat!("depeche-", env!("CARGO_PKG_VERSION"));

/// An article and the events that it tells, borrowed for writing.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The article that was coded.
    pub article: &'a Article,
    /// Its events, in text order.
    pub events: &'a [Event],
    /// The object that the article was read from, where there was one: JSON lines give its fields back, in their order, with the events
    /// added. No other format looks at it.
    pub fields: Option<&'a Map<String, Value>>,
}

impl<'a> From<&'a Coded> for Telling<'a> {
    fn from(coded: &'a Coded) -> Self {
        Self { article: &coded.article, events: &coded.events, fields: None }
    }
}
