//! Where: which place a name means, and which place an act happened at.
//!
//! Four questions, one file each:
//!
//! - Which places bear this name? [`Gazetteer::lookup`] asks the hand-written tables of `lexicon/places` and `GeoNames`.
//! - Where does the text name a place? [`find`] reads capitals, parts of speech and named entities, longest match first.
//! - Which of them is meant? [`resolve`] weighs size, the countries that the article speaks of, what the text itself says
//!   ("Tripoli, au Liban", "the Kenyan city of Mombasa") and what lies near what.
//! - Where did the act happen? [`Places::attach`] follows the syntax from the word that tells the act. The nearest name is not
//!   the answer: in "Paris a condamné" Paris is who, in "à Paris" it is where, and most acts of speech have no place.
//!
//! ```
//! # use depeche_model::Language;
//! use depeche_resolve::place::{Context, Gazetteer};
//!
//! let gazetteer = Gazetteer::embedded()?;
//! let answer = gazetteer.explain("Tripoli", Language::English, &Context::default());
//! let best = answer.best.ok_or_else(|| depeche_model::Diagnostic::error("Tripoli", "is in no table"))?;
//! assert_eq!(best.country.map(|c| c.to_string()).as_deref(), Some("LBY"));
//! assert!(best.runner_up.is_some_and(|other| other.contains("LBN")));
//! # Ok::<(), depeche_model::Diagnostic>(())
//! ```

mod attach;
mod context;
mod entry;
mod features;
mod find;
mod fold;
mod gazetteer;
mod phrases;
mod resolve;
mod scene;
mod store;
#[cfg(test)]
mod tests;
mod weights;
mod words;

use compact_str::CompactString;
use depeche_model::{Country, Span};

pub use attach::{Attached, Considered, Places};
pub use context::Context;
pub use find::find;
pub use gazetteer::{Gazetteer, Tables};
pub use resolve::{Answer, resolve};

/// What other modules ask of a gazetteer.
pub trait Geography {
    /// The state that a place of this name lies in, if there is one and no context is known.
    fn country_of(&self, name: &str) -> Option<Country>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $label:literal),* $(,)?) => {
        /// Sort of place.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// The word that the tables use.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            /// From the word that the tables use.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($label => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    /// State or territory.
    Country = "country",
    /// First-level region, or a historical or contested one.
    Region = "region",
    /// City.
    City = "city",
    /// Town or village.
    Town = "town",
    /// Quarter of a city.
    District = "district",
    /// Area without a government of its own: a desert, a continent, a front.
    Area = "area",
    /// Sea, gulf, ocean.
    Sea = "sea",
    /// Strait or channel.
    Strait = "strait",
    /// Island, reef, archipelago.
    Island = "island",
    /// River.
    River = "river",
    /// Mountain or range.
    Mountain = "mountain",
    /// Line that forces face each other on.
    Line = "line",
    /// Border crossing.
    Crossing = "crossing",
    /// Camp of refugees or displaced people.
    Camp = "camp",
    /// Military base.
    Base = "base",
    /// Prison.
    Prison = "prison",
    /// Airport.
    Airport = "airport",
    /// Plant, dam, port, shrine and the like.
    Site = "site",
    /// Building, seat of power.
    Building = "building",
    /// Square.
    Square = "square",
    /// Street.
    Street = "street",
}

/// Which table a candidate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Written by hand under `lexicon/places`.
    Hand,
    /// `GeoNames`.
    GeoNames,
}

/// A place that bears a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its name in the language asked for, where the tables have one.
    pub name: CompactString,
    /// Sort of place.
    pub kind: Kind,
    /// State that it lies in; none for seas, continents and what several states share.
    pub country: Option<Country>,
    /// First-level region; empty where not known.
    pub region: CompactString,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// People; 0 where not known.
    pub population: u32,
    /// `GeoNames` id.
    pub geonameid: Option<u32>,
    /// Whether the name asked for is its usual one in that language.
    pub main: bool,
    /// Table that it comes from.
    pub source: Source,
}

impl Candidate {
    /// How likely the name means this place where nothing else is known. About the logarithm of its people, 0 to 10.
    pub fn prior(&self) -> f64 {
        let people = (f64::from(self.population) + 1.0).log10();
        let size = match (self.kind, self.source) {
            (Kind::Country, _) => 9.5,
            (Kind::Region, Source::Hand) => people.max(5.5) + 0.7,
            (Kind::Region, Source::GeoNames) => people - 0.6,
            (_, Source::Hand) => people.max(4.7) + 1.2,
            (_, Source::GeoNames) => people,
        };
        if self.main { size } else { size - 0.8 }
    }
}

/// A name in the text that may be a place's.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Bytes of the whole text.
    pub span: Span,
    /// Tokens: first, and one past the last.
    pub tokens: (u32, u32),
    /// Token that the rest of the name hangs on.
    pub head: u32,
    /// Places that bear the name, likeliest first; empty for a name that the tagger takes for a place and no table has.
    pub candidates: Vec<Candidate>,
}

/// A name with the place that it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Bytes of the whole text.
    pub span: Span,
    /// Tokens: first, and one past the last.
    pub tokens: (u32, u32),
    /// Token that the rest of the name hangs on.
    pub head: u32,
    /// Name of the place in the article's language; as written, for a place that no table has.
    pub name: CompactString,
    /// Sort of place; none for a place that no table has.
    pub kind: Option<Kind>,
    /// State that it lies in; none for seas and the like, and where it is not known.
    pub country: Option<Country>,
    /// First-level region; empty where not known.
    pub region: CompactString,
    /// Latitude and longitude in degrees; none for a place that no table has.
    pub point: Option<(f64, f64)>,
    /// `GeoNames` id.
    pub geonameid: Option<u32>,
    /// Weight of the evidence; only the distance to other places of the same name means anything.
    pub score: f64,
    /// The place that came second, with its country and score.
    pub runner_up: Option<String>,
    /// What decided.
    pub reason: String,
}

/// Great-circle distance of two candidates, in kilometres.
pub(crate) fn distance(a: &Candidate, b: &Candidate) -> f64 {
    kilometres((a.lat, a.lon), (b.lat, b.lon))
}

/// Great-circle distance of two points in degrees, in kilometres.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat_a - lat_b) + lat_a.cos() * lat_b.cos() * half((a.1 - b.1).to_radians());
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
