//! Who: every phrase that may act or be acted on, resolved to country, sector and identity.
//!
//! Knowledge lives in the tables of `lexicon/actors` and `lexicon/words/roles.tsv`, compiled to a [`Directory`]; the
//! reading of a text is [`cast`]. Nothing here is learned: every party says in its `reason` which line of which table,
//! or which rule, made it what it is.
//!
//! ```
//! use depeche_resolve::who::Directory;
//! use depeche_model::Country;
//!
//! let directory = Directory::embedded();
//! let russia = Country::new("RUS").ok_or("code")?;
//! let holder = directory.holder(russia, "foreign-minister", "2015-03-02".parse()?).ok_or("holder")?;
//! assert_eq!(holder.name, "Sergey Lavrov");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cast;
mod check;
mod directory;
mod entry;
mod fold;
mod inflect;
mod lookup;
mod table;
mod trie;
pub mod wikidata;

pub use cast::{Geography, NoGeography, cast};
pub use check::check;
pub use directory::{Directory, Standing, TABLES};
pub use entry::{Entry, EntryKind, RoleEntry, RoleSort, Term};
pub use lookup::{Answer, lookup};
