//! The country that a bare description takes: "la police", "lawmakers", "the government".
//!
//! News rarely repeats the obvious. What is not said in the phrase is said by the place told in the same sentence, else
//! by the last country in focus, else by what the article is about: its dateline, its headline, the country that it
//! names most.

use depeche_model::{Country, PartyKind, Sector};

use super::{
    draft::{Draft, Ground},
    names::Tally,
    scene::Scene,
};
use crate::who::entry::RoleSort;

/// The country that the article is about: named most, the headline counting thrice, the dateline too.
pub(super) fn main_country(scene: &Scene<'_>, drafts: &[Draft], tally: &Tally) -> Option<Country> {
    let mut counts = tally.clone();
    for draft in drafts {
        if draft.kind == PartyKind::Place
            && let Some(country) = draft.country
        {
            *counts.entry(country).or_default() += 1;
        }
    }
    if let Some(country) = dateline(scene, drafts) {
        *counts.entry(country).or_default() += 3;
    }
    let first = |c: &Country| drafts.iter().position(|d| d.country == Some(*c)).unwrap_or(usize::MAX);
    let states = counts.iter().filter(|(c, _)| c.is_state());
    states.max_by_key(|(c, n)| (**n, std::cmp::Reverse(first(c)), **c)).map(|(c, _)| *c)
}

/// Country of the place that opens the body: "NAIROBI -", "Moscou (AFP)".
fn dateline(scene: &Scene<'_>, drafts: &[Draft]) -> Option<Country> {
    let body = scene.whole.find('\n')? as u32;
    let at = scene.parsed.tokens.partition_point(|t| t.span.start < body) as u32;
    let draft = drafts.iter().find(|d| d.first == at)?;
    let next = scene.text(draft.end);
    (matches!(draft.kind, PartyKind::State | PartyKind::Place) && matches!(next, "-" | "—" | "–" | "(" | ","))
        .then_some(draft.country)?
}

/// Weights of the evidence for a country in focus; only their ratios matter.
mod weight {
    /// Share of all mentions in the article.
    pub(super) const ARTICLE: f32 = 4.0;
    /// A mention earlier in the sentence.
    pub(super) const SENTENCE: f32 = 1.5;
    /// A mention later in the sentence.
    pub(super) const AHEAD: f32 = 0.7;
    /// A mention in the sentence before, in the same paragraph; halved for each further one.
    pub(super) const PARAGRAPH: f32 = 1.2;
    /// A mention in the paragraph before.
    pub(super) const BEFORE: f32 = 0.3;
}

/// Gives every draft without a country the one in focus where it stands.
pub(super) fn fill(scene: &Scene<'_>, drafts: &mut [Draft], main: Option<Country>, tally: &Tally) {
    let total: u32 = tally.iter().filter(|(c, _)| c.is_state()).map(|(_, n)| *n).sum();
    let seen: Vec<(u32, usize, u32, Country)> = drafts
        .iter()
        .filter(|d| d.sector != Sector::Jrn)
        .filter_map(|d| {
            Some((
                d.first,
                scene.parsed.sentence_of(d.first),
                paragraph(scene, d.first),
                d.country.filter(|c| c.is_state())?,
            ))
        })
        .collect();
    for index in 0..drafts.len() {
        if !wants(&drafts[index]) {
            continue;
        }
        let place = placed(scene, drafts, index);
        if place.is_some() {
            drafts[index].place(place, Ground::Place, "country of the place told with it");
            continue;
        }
        let mut scores: Vec<(Country, f32)> = Vec::new();
        let mut add = |country: Country, weight: f32| match scores.iter_mut().find(|(c, _)| *c == country) {
            Some((_, score)) => *score += weight,
            None => scores.push((country, weight)),
        };
        let at = drafts[index].first;
        let (sentence, par) = (scene.parsed.sentence_of(at), paragraph(scene, at));
        for (first, s, p, country) in &seen {
            let w = if *s == sentence {
                if *first < at { weight::SENTENCE } else { weight::AHEAD }
            } else if *s < sentence && *p == par {
                weight::PARAGRAPH / f32::powi(2.0, (sentence - s) as i32 - 1)
            } else if *p + 1 == par {
                weight::BEFORE
            } else {
                0.0
            };
            add(*country, w);
        }
        for (country, n) in tally.iter().filter(|(c, _)| c.is_state()) {
            add(*country, weight::ARTICLE * *n as f32 / total.max(1) as f32);
        }
        if let Some(main) = main {
            add(main, 0.5);
        }
        let best = scores.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(c, _)| *c);
        drafts[index].place(best, Ground::Focus, "country in focus");
    }
}

fn paragraph(scene: &Scene<'_>, token: u32) -> u32 {
    let at = scene.parsed.tokens.get(token as usize).map_or(0, |t| t.span.start as usize);
    scene.whole.get(..at).map_or(0, |before| before.matches('\n').count() as u32)
}

/// Whether a draft may take a country from the context.
fn wants(draft: &Draft) -> bool {
    draft.country.is_none()
        && draft.kind != PartyKind::Place
        && draft.sector != Sector::Uaf
        && !matches!(draft.role, Some((_, RoleSort::Organisation)))
        && !draft.open
}

/// Country of a place in the same sentence, after a locative preposition; the nearest to the draft.
fn placed(scene: &Scene<'_>, drafts: &[Draft], index: usize) -> Option<Country> {
    let sentence = scene.sentence(drafts[index].first);
    let places = drafts.iter().filter(|d| {
        d.first >= sentence.0
            && d.first < sentence.1
            && matches!(d.kind, PartyKind::State | PartyKind::Place)
            && before(scene, d.first)
    });
    places.min_by_key(|d| d.first.abs_diff(drafts[index].first)).and_then(|d| d.country).filter(|c| c.is_state())
}

/// Whether a locative preposition stands before a token, a determiner between them aside.
fn before(scene: &Scene<'_>, first: u32) -> bool {
    let Some(t) = first.checked_sub(1) else { return false };
    scene.locative(t) || t > 0 && scene.upos(t) == depeche_model::Upos::Det && scene.locative(t - 1)
}
