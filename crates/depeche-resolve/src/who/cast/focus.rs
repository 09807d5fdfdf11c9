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

/// Gives every draft without a country the one in focus where it stands.
pub(super) fn fill(scene: &Scene<'_>, drafts: &mut [Draft], main: Option<Country>) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].first, drafts[i].end));
    let mut last: Option<Country> = None;
    let mut sentence = (0, 0);
    let mut here: Option<Country> = None;
    for index in order {
        let current = scene.sentence(drafts[index].first);
        if current != sentence {
            sentence = current;
            last = here.or(last);
            here = None;
        }
        if wants(&drafts[index]) {
            let (country, ground, why) = default(scene, drafts, index, here.or(last), main);
            drafts[index].place(country, ground, why);
        }
        let state = drafts[index].country.filter(|c| c.is_state());
        if drafts[index].kind != PartyKind::Organization || drafts[index].sector != Sector::Jrn {
            here = state.or(here);
        }
    }
}

/// Whether a draft may take a country from the context.
fn wants(draft: &Draft) -> bool {
    draft.country.is_none()
        && draft.kind != PartyKind::Place
        && draft.sector != Sector::Uaf
        && !matches!(draft.role, Some((_, RoleSort::Organisation)))
}

fn default(
    scene: &Scene<'_>,
    drafts: &[Draft],
    index: usize,
    near: Option<Country>,
    main: Option<Country>,
) -> (Option<Country>, Ground, &'static str) {
    let place = placed(scene, drafts, index);
    if place.is_some() {
        return (place, Ground::Place, "country of the place told with it");
    }
    match (near, main) {
        (_, Some(main)) => (Some(main), Ground::Focus, "country that the article is about"),
        (near, None) => (near, Ground::Focus, "country in focus"),
    }
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
