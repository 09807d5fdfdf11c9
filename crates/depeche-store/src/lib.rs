//! Articles, events and records, kept in one folder and asked in one language.
//!
//! [`Archive`] is the door: put coded articles in, ask for events, articles, months and pairs of countries. [`Store`] is an archive on
//! disk, whole after whatever stopped the program; [`Memory`] one in plain lists, for tests and for what need not last. [`Query`] is the
//! language that both are asked in.
//!
//! This is the one crate beside the command line that reaches files: a store is a file.
//!
//! ```
//! use depeche_store::{Archive as _, Query, Store};
//!
//! let store = Store::temporary()?;
//! let query = Query::parse("dyad:RUS-PRK type:AID after:2024-10")?;
//! assert_eq!(store.events(&query, Some(50))?.count(), 0);
//! # Ok::<(), depeche_model::Diagnostic>(())
//! ```
#![forbid(unsafe_code)]

mod archive;
mod fold;
mod memory;
mod pairs;
pub mod query;
mod sqlite;

pub use archive::{Archive, Coding, Counts, Dyad, Head, Hit, Month, Months, Tally, Telling, Told, Unit, Version};
pub use memory::Memory;
pub use query::Query;
pub use sqlite::{Contents, FeedVersion, Settings, Store};
