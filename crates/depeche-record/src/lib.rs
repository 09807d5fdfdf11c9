//! From the events of many articles to records: one act, all its reports.
//!
//! Two questions, and nothing else. **Which articles print the same text?** [`Reprints`] finds agency copy under another
//! headline, so that ten outlets with one dispatch count as one source. **Which events tell the same act?** [`merge`]
//! compares events that could be one act ([`block`]), scores each pair by reasons that a person can read ([`score`]), and
//! joins those whose every pair allows it ([`cluster`]).
//!
//! Joining is conservative: a record too many costs a reader a glance, a wrong record costs trust. Chains do not form,
//! because a report joins a record only if it fits the record's reports on the whole and contradicts none.
//!
//! Nothing here reads a file, a clock or the network, and no result hangs on the order in which articles come: the same
//! tellings and rulings give the same records, bit for bit. [`neighbourhood`] names the tellings that a new one can touch,
//! so that a store re-merges those and leaves the rest.
//!
//! ```
//! use depeche_record::{Source, Telling, merge};
//!
//! let tellings: Vec<Telling> = Vec::new(); // one for each event of each article
//! let merged = merge(&tellings, &[]);
//! assert!(merged.records.is_empty());
//! ```
#![forbid(unsafe_code)]

mod assemble;
pub mod block;
pub mod cluster;
mod denial;
mod differences;
mod features;
mod merge;
mod names;
mod reprint;
pub mod score;
mod status;
mod telling;
mod words;

pub use assemble::record_id;
pub use block::neighbourhood;
pub use merge::{Merged, merge};
pub use reprint::{Change, Copy, Reprints, Signature};
pub use telling::{Source, Telling};
pub use words::Profile;
