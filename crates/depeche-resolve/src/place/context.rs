//! Which states an article speaks of: the strongest hint to which Tripoli it means.

use depeche_model::{Country, Language};
use rustc_hash::FxHashMap;

use super::{Gazetteer, Kind, Toponym, fold::fold_into};

/// Weight of each state in an article, 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Context {
    weights: FxHashMap<Country, f64>,
}

impl Context {
    /// States named in a text by name, by adjective and by a city that can hardly be another.
    pub fn of(gazetteer: &Gazetteer, whole: &str, language: Language, toponyms: &[Toponym]) -> Self {
        let mut counts: FxHashMap<Country, f64> = FxHashMap::default();
        for toponym in toponyms {
            let Some(first) = toponym.candidates.first() else { continue };
            let Some(country) = first.country else { continue };
            let second = toponym.candidates.iter().find(|c| c.country != Some(country));
            let lead = second.map_or(3.0, |other| first.prior() - other.prior());
            // "Georgia" and "Jordan" say little by themselves; "Kenya" says all.
            let weight = match (first.kind, lead) {
                (Kind::Country, 2.5..) => 1.0,
                (Kind::Country, _) | (_, 1.0..) => 0.5,
                _ => 0.1,
            };
            *counts.entry(country).or_default() += weight;
        }
        for (country, _) in adjectives(gazetteer, whole, language) {
            *counts.entry(country).or_default() += 0.7;
        }
        let most = counts.values().copied().fold(1.0, f64::max);
        for weight in counts.values_mut() {
            *weight /= most;
        }
        Self { weights: counts }
    }

    /// A context in which the states weigh the same, for a question without an article.
    pub fn from_countries(countries: &[Country]) -> Self {
        Self { weights: countries.iter().map(|&c| (c, 1.0)).collect() }
    }

    /// Weight of a state, 0 to 1.
    pub fn weight(&self, country: Country) -> f64 {
        self.weights.get(&country).copied().unwrap_or(0.0)
    }

    /// The state that weighs most, and its weight's lead over the next; ties go to the first of the alphabet.
    pub fn dominant(&self) -> Option<(Country, f64)> {
        let mut ranked: Vec<_> = self.weights.iter().map(|(&c, &w)| (c, w)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let first = ranked.first()?;
        Some((first.0, first.1 - ranked.get(1).map_or(0.0, |r| r.1)))
    }
}

/// Every adjective of a state in a text, with the byte that it starts at.
pub(super) fn adjectives(gazetteer: &Gazetteer, text: &str, language: Language) -> Vec<(Country, usize)> {
    let mut found = Vec::new();
    let (mut key, mut at) = (String::new(), 0);
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic() && c != '-' && c != '.') {
        if word.len() > 1 {
            words.push((at, &text[at..at + word.len()]));
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    for (index, &(start, word)) in words.iter().enumerate() {
        // English adjectives of states have a capital, French ones have none or, of the people, one.
        if language == Language::English && !word.starts_with(char::is_uppercase) {
            continue;
        }
        let pair = words.get(index + 1).filter(|&&(next, _)| next == start + word.len() + 1);
        let pair = pair.and_then(|&(next, other)| text.get(start..next + other.len()));
        for form in [pair, Some(word.trim_end_matches('.'))].into_iter().flatten() {
            fold_into(form, &mut key);
            if let Some(country) = gazetteer.adjective_key(&key, language) {
                found.push((country, start));
                break;
            }
        }
    }
    found
}
