//! When: the temporal expressions of news, and the days that they mean.
//!
//! Three steps, each usable alone. [`find`] reads a text and gives the expressions with what they mean ("last Tuesday" is
//! the last weekday 2); [`resolve`] puts one on the calendar, given the day of publication, the tense of its verb and the
//! date told before it; [`timeline`] does both for a whole text, carrying dates forward, so that "la veille" and "at 6
//! p.m." find their day. Attaching a date to an event needs a parse and is [`attach()`]'s work.
//!
//! What the words mean stands in `lexicon/words/time.fr.txt` and `time.en.txt`; all arithmetic is jiff's.
//!
//! ```
//! use depeche_model::Language;
//! use depeche_resolve::when;
//!
//! let text = "Le ministre s'est rendu mardi à Bamako ; le sommet aura lieu début septembre.";
//! let found = when::timeline(text, Language::French, "2025-08-13".parse()?);
//! let values: Vec<&str> = found.iter().filter_map(|t| Some(t.resolved.as_ref()?.value.as_str())).collect();
//! assert_eq!(values, ["2025-08-12", "2025-09"]);
//! # Ok::<(), jiff::Error>(())
//! ```

mod attach;
mod calendar;
mod choose;
mod expression;
mod find;
mod grammar;
pub mod holidays;
mod lookup;
mod matching;
mod parse;
mod resolve;
mod sense;
mod timeline;

pub use attach::{Act, Attached};
pub use choose::{Choice, attach, consider};
pub use expression::{Tense, TimeExpression};
pub use find::find;
pub use lookup::{Answer, lookup};
pub use parse::read;
pub(crate) use parse::tokens_of;
pub use resolve::{Anchor, Resolved, resolve};
pub use sense::{Base, Bound, DayPart, Frame, Kind, Overnight, Part, Pick, Season, Sense, Unit, Vague};
pub use timeline::{Setting, Timed, on_calendar, timeline};
