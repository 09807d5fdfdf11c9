//! Names to the places that bear them.
//!
//! Two sources answer a look-up. The tables written by hand come first: a state, a region or a place that news names is
//! what a reader of news thinks of. `GeoNames` fills in the rest of the world, and lends population, region and id to a
//! hand-written entry that it knows too, so that one place is never two candidates.

use std::borrow::Cow;

use compact_str::CompactString;
use depeche_model::{Country, Diagnostic, Language};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Candidate, Geography, Kind, Source, distance,
    entry::{self, Entry},
    fold::{fold, fold_into},
    store::Store,
};

/// A name of a hand-written entry.
#[derive(Clone, Copy, Debug)]
struct Name {
    entry: u32,
    /// Which languages write it: bit 0 French, bit 1 English.
    languages: u8,
    /// It is an abbreviation that ends in a period, "Ky.", and is matched with it.
    dotted: bool,
}

/// Texts of the hand-written tables, in the form that `lexicon/places` and `lexicon/actors/states.tsv` have.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'t> {
    /// Names and adjectives of states.
    pub states: &'t str,
    /// The point of each state.
    pub countries: &'t str,
    /// Regions with a better name or point than `GeoNames` has.
    pub regions: &'t str,
    /// Places that conflict news names.
    pub conflict: &'t str,
}

impl Tables<'static> {
    /// The tables that ship with the program.
    pub const EMBEDDED: Self = Self {
        states: include_str!("../../../../lexicon/actors/states.tsv"),
        countries: include_str!("../../../../lexicon/places/countries.tsv"),
        regions: include_str!("../../../../lexicon/places/regions.tsv"),
        conflict: include_str!("../../../../lexicon/places/conflict.tsv"),
    };
}

/// Every place that is known, by name.
#[derive(Debug)]
pub struct Gazetteer {
    store: Store,
    entries: Vec<Entry>,
    names: FxHashMap<String, Vec<Name>>,
    /// First words of names that begin in lower case: "détroit", "camp".
    openers: FxHashSet<String>,
    /// Folded adjectives, by language: "soudanaise", "south korean".
    adjectives: [FxHashMap<String, Country>; 2],
    /// Folded names of seats of government.
    seats: FxHashSet<String>,
    /// Territories and the states that they belong to.
    territories: FxHashMap<Country, Country>,
}

impl Gazetteer {
    /// The gazetteer that ships with the program. It takes a few milliseconds: keep it.
    ///
    /// # Errors
    /// None, unless the shipped tables were changed to something that does not read.
    pub fn embedded() -> Result<Self, Diagnostic> {
        Self::new(Cow::Borrowed(include_bytes!("../../../../lexicon/places/geonames.bin")), &Tables::EMBEDDED)
    }

    /// A gazetteer of other data: a file that `training/gazetteer.py` wrote, beside the shipped tables.
    ///
    /// # Errors
    /// The file is no gazetteer of this version, or was cut short.
    pub fn from_bytes(geonames: Vec<u8>) -> Result<Self, Diagnostic> {
        Self::new(Cow::Owned(geonames), &Tables::EMBEDDED)
    }

    /// A gazetteer of other data and other tables.
    ///
    /// # Errors
    /// The first line or file that does not read, with what is wrong in it.
    pub fn new(geonames: Cow<'static, [u8]>, tables: &Tables<'_>) -> Result<Self, Diagnostic> {
        let mut entries = entry::states(tables.states, tables.countries)?;
        entries.extend(entry::places("places/regions.tsv", tables.regions)?);
        entries.extend(entry::places("places/conflict.tsv", tables.conflict)?);
        let mut built = Self {
            store: Store::new(geonames, "places/geonames.bin")?,
            names: FxHashMap::default(),
            openers: FxHashSet::default(),
            adjectives: adjectives(tables.states)?,
            seats: seats(tables.states),
            territories: entries.iter().filter_map(|e| Some((e.country?, e.state?))).collect(),
            entries: Vec::new(),
        };
        for (number, entry) in (0..).zip(&entries) {
            built.index(number, entry);
        }
        built.entries = entries;
        Ok(built)
    }

    fn index(&mut self, number: u32, entry: &Entry) {
        for (language, forms) in entry.names.iter().enumerate() {
            for form in forms {
                let key = fold(form);
                if form.starts_with(char::is_lowercase) {
                    self.openers.insert(key.split(' ').next().unwrap_or_default().to_owned());
                }
                let dotted = form.ends_with('.');
                let names = self.names.entry(key).or_default();
                match names.iter_mut().find(|n| n.entry == number && n.dotted == dotted) {
                    Some(name) => name.languages |= 1 << language,
                    None => names.push(Name { entry: number, languages: 1 << language, dotted }),
                }
            }
        }
    }

    /// Number of places: hand-written entries and `GeoNames` records, some of which are the same place.
    pub fn len(&self) -> usize {
        self.entries.len() + self.store.len() as usize
    }

    /// Whether there is no place at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place that bears a name, likeliest first, before any context is known.
    ///
    /// ```
    /// # use depeche_model::Language;
    /// # use depeche_resolve::place::Gazetteer;
    /// let gazetteer = Gazetteer::embedded()?;
    /// let koursk = &gazetteer.lookup("Koursk", Language::French)[0];
    /// assert_eq!(koursk.country.map(|c| c.to_string()).as_deref(), Some("RUS"));
    /// # Ok::<(), depeche_model::Diagnostic>(())
    /// ```
    pub fn lookup(&self, name: &str, language: Language) -> Vec<Candidate> {
        self.lookup_key(name, &fold(name), language)
    }

    /// The same for a name that is folded already.
    pub(super) fn lookup_key(&self, name: &str, key: &str, language: Language) -> Vec<Candidate> {
        let mut found = self.written(name, key, language);
        for (number, main) in self.store.find(key) {
            let place = self.store.place(number);
            let candidate = Candidate {
                name: CompactString::from(place.name),
                kind: if place.is_region { Kind::Region } else { Kind::City },
                country: place.country,
                region: if place.is_region {
                    CompactString::from(place.name)
                } else {
                    CompactString::from(place.region)
                },
                lat: place.lat,
                lon: place.lon,
                population: place.population,
                geonameid: Some(place.geonameid),
                main,
                source: Source::GeoNames,
            };
            match found.iter_mut().find(|c| c.source == Source::Hand && same(c, &candidate)) {
                Some(written) => lend(written, &candidate),
                None => found.push(candidate),
            }
        }
        // "Scotland" may stand for the United Kingdom, but as a place it is Scotland.
        if let Some(region) =
            found.iter().find(|c| c.kind == Kind::Region && c.source == Source::Hand && c.country.is_some())
        {
            let country = region.country;
            found.retain(|c| c.kind != Kind::Country || c.country != country);
        }
        found.sort_by(|a, b| b.prior().total_cmp(&a.prior()).then(a.geonameid.cmp(&b.geonameid)));
        found
    }

    /// A state as a place.
    pub fn state(&self, country: Country, language: Language) -> Option<Candidate> {
        let entry = self.entries.iter().find(|e| e.kind == Kind::Country && e.country == Some(country))?;
        Some(candidate(entry, language, true))
    }

    /// Candidates of the hand-written tables.
    fn written(&self, name: &str, key: &str, language: Language) -> Vec<Candidate> {
        let names = self.names.get(key).map(Vec::as_slice).unwrap_or_default();
        let bit = 1 << u8::from(language == Language::English);
        // "us" is a pronoun; a short name is written in capitals, and an abbreviation with its period.
        let shouted = key.len() > 3 || !name.chars().any(char::is_lowercase);
        let matching = names.iter().filter(|n| if n.dotted { name.ends_with('.') } else { shouted });
        matching
            .filter_map(|n| {
                let entry = self.entries.get(n.entry as usize)?;
                Some(candidate(entry, language, n.languages & bit != 0))
            })
            .collect()
    }

    /// The state that an adjective of this language belongs to: "libanaise", "South Korean".
    pub fn adjective(&self, word: &str, language: Language) -> Option<Country> {
        self.adjectives[usize::from(language == Language::English)].get(&fold(word)).copied()
    }

    /// The same for a folded word.
    pub(super) fn adjective_key(&self, key: &str, language: Language) -> Option<Country> {
        self.adjectives[usize::from(language == Language::English)].get(key).copied()
    }

    /// The state that acts in a country or territory happen in: France for New Caledonia.
    pub fn state_of(&self, country: Country) -> Country {
        self.territories.get(&country).copied().unwrap_or(country)
    }

    /// Whether a name is that of a seat of government, which news uses for the government.
    pub(super) fn is_seat(&self, name: &str) -> bool {
        self.seats.contains(&fold(name))
    }

    /// Whether a hand-written name begins with this word in lower case.
    pub(super) fn opens(&self, word: &str, key: &mut String) -> bool {
        fold_into(word, key);
        self.openers.contains(key.split(' ').next().unwrap_or_default())
    }
}

impl Geography for Gazetteer {
    fn country_of(&self, name: &str) -> Option<Country> {
        let key = fold(name);
        let french = self.lookup_key(name, &key, Language::French);
        let english = self.lookup_key(name, &key, Language::English);
        let best = french.first().into_iter().chain(english.first()).max_by(|a, b| a.prior().total_cmp(&b.prior()))?;
        best.country
    }
}

fn candidate(entry: &Entry, language: Language, main: bool) -> Candidate {
    Candidate {
        name: CompactString::from(entry.name(language)),
        kind: entry.kind,
        country: entry.country,
        region: CompactString::default(),
        lat: entry.lat,
        lon: entry.lon,
        population: 0,
        geonameid: entry.geonameid,
        main,
        source: Source::Hand,
    }
}

/// Whether a hand-written and a `GeoNames` candidate are one place.
fn same(written: &Candidate, other: &Candidate) -> bool {
    let alike = (written.kind == Kind::Region) == (other.kind == Kind::Region);
    let near = if written.kind == Kind::Region { 1500.0 } else { 60.0 };
    alike && written.country == other.country && written.kind != Kind::Country && distance(written, other) <= near
}

/// Lends what only `GeoNames` knows.
fn lend(written: &mut Candidate, other: &Candidate) {
    if written.geonameid.is_none() || other.population > written.population {
        written.population = other.population;
        written.geonameid = other.geonameid;
        written.region.clone_from(&other.region);
        if written.kind == Kind::City {
            (written.lat, written.lon) = (other.lat, other.lon);
        }
    }
}

/// Reads the capitals of `actors/states.tsv`.
fn seats(states: &str) -> FxHashSet<String> {
    let capitals = entry::lines(states).filter_map(|(_, columns)| columns.get(4).copied());
    capitals.flat_map(|forms| entry::by_language(forms).concat()).map(|form| fold(&form)).collect()
}

/// Reads the adjectives of `actors/states.tsv`.
fn adjectives(states: &str) -> Result<[FxHashMap<String, Country>; 2], Diagnostic> {
    let mut found = [FxHashMap::default(), FxHashMap::default()];
    for (line, columns) in entry::lines(states) {
        let (Some(&code), Some(&forms)) = (columns.first(), columns.get(2)) else {
            return Err(Diagnostic::error("actors/states.tsv", "has fewer than 3 columns").at(line, 1));
        };
        if code == "code" {
            continue;
        }
        let country = code.parse().map_err(|e: String| Diagnostic::error("actors/states.tsv", e).at(line, 1))?;
        for (words, forms) in found.iter_mut().zip(entry::by_language(forms)) {
            for form in forms {
                words.entry(fold(&form)).or_insert(country);
            }
        }
    }
    Ok(found)
}
