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
    /// The country that the article is about.
    pub(super) const MAIN: f32 = 0.5;
}

/// One mention of a state: where it stands.
struct Seen {
    token: u32,
    sentence: usize,
    paragraph: u32,
    country: Country,
}

/// Gives every draft without a country the one in focus where it stands.
pub(super) fn fill(scene: &Scene<'_>, drafts: &mut [Draft], main: Option<Country>, tally: &Tally) {
    let seen: Vec<Seen> = drafts.iter().filter(|d| d.sector != Sector::Jrn).filter_map(|d| seen(scene, d)).collect();
    let background = background(main, tally);
    for index in 0..drafts.len() {
        if !wants(&drafts[index]) {
            continue;
        }
        if let Some(place) = placed(scene, drafts, index) {
            drafts[index].place(Some(place), Ground::Place, "country of the place told with it");
            continue;
        }
        let best = in_focus(scene, &seen, &background, drafts[index].first);
        drafts[index].place(best, Ground::Focus, "country in focus");
    }
}

fn seen(scene: &Scene<'_>, draft: &Draft) -> Option<Seen> {
    let country = draft.country.filter(|c| c.is_state())?;
    let token = draft.first;
    Some(Seen { token, sentence: scene.parsed.sentence_of(token), paragraph: scene.paragraph(token), country })
}

/// What each state weighs wherever a draft stands.
fn background(main: Option<Country>, tally: &Tally) -> Vec<(Country, f32)> {
    let states = || tally.iter().filter(|(c, _)| c.is_state());
    let total: u32 = states().map(|(_, n)| *n).sum();
    let mut weights: Vec<(Country, f32)> =
        states().map(|(c, n)| (*c, weight::ARTICLE * *n as f32 / total.max(1) as f32)).collect();
    if let Some(main) = main {
        add(&mut weights, main, weight::MAIN);
    }
    weights.sort_by_key(|(c, _)| *c);
    weights
}

fn add(weights: &mut Vec<(Country, f32)>, country: Country, weight: f32) {
    match weights.iter_mut().find(|(c, _)| *c == country) {
        Some((_, sum)) => *sum += weight,
        None => weights.push((country, weight)),
    }
}

/// The state that weighs most at a token.
fn in_focus(scene: &Scene<'_>, seen: &[Seen], background: &[(Country, f32)], at: u32) -> Option<Country> {
    let (sentence, paragraph) = (scene.parsed.sentence_of(at), scene.paragraph(at));
    let mut weights = background.to_vec();
    for mention in seen {
        let weight = if mention.sentence == sentence {
            if mention.token < at { weight::SENTENCE } else { weight::AHEAD }
        } else if mention.sentence < sentence && mention.paragraph == paragraph {
            weight::PARAGRAPH * 0.5_f32.powf((sentence - mention.sentence) as f32 - 1.0)
        } else if mention.paragraph + 1 == paragraph {
            weight::BEFORE
        } else {
            continue;
        };
        add(&mut weights, mention.country, weight);
    }
    weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(c, _)| c)
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
