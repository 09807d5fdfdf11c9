//! Dépêche reads news in French and English and keeps the record of what states, governments and armed groups do to each
//! other: who did what to whom, when, where, according to whom, planned or done, how many, in PLOVER and CAMEO codes.
//!
//! This is the façade: everything an application may use. [`Coder`] holds the knowledge (models, lexicon, tables) and
//! turns an [`Article`] into [`Event`]s; [`ingest`] turns bytes into articles.
//!
//! ```no_run
//! use depeche::{Coder, ingest};
//!
//! let coder = Coder::embedded()?;
//! let page = std::fs::read("page.html")?;
//! let read = ingest::read(&page, &ingest::Source::named("page.html"), &ingest::Options::default())?;
//! for event in coder.code(&read.article) {
//!     println!("{} {}", event.event, event.evidence);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same article, lexicon and models always give the same events: nothing here reads a clock, the network or a file
//! but what the caller hands in.
#![forbid(unsafe_code)]

mod analysis;
mod check;
mod coder;
mod consider;
mod explanation;
mod relate;
mod schema;

pub use check::{CheckReport, Failure, check};
pub use coder::{Coder, Error, Knowledge, LEAST_CONFIDENCE};
pub use consider::{ConsideredAnswer, ConsideredDate, ConsideredMention, ConsideredPlace, ConsideredRole, Told};
pub use depeche_export as export;
pub use depeche_ingest as ingest;
pub use depeche_lexicon as lexicon;
pub use depeche_model::*;
pub use depeche_record as record;
pub use depeche_relate as relation;
pub use depeche_resolve as resolve;
pub use depeche_store as store;
pub use explanation::{Explanation, Tried};
pub use relate::Related;
pub use schema::article_schema;
