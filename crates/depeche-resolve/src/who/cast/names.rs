//! Names from the tables, by longest match, and what is no name of theirs after all.
//!
//! The text decides between entries that share a form: its language, its capitals, the countries that it names
//! elsewhere, and the day. A hit inside a longer personal name is dropped (`Paris` in "Paris Hilton").

use depeche_model::{Country, EntityKind, PartyKind, Relation, Sector, Upos};
use rustc_hash::FxHashMap;

use super::{
    draft::{Draft, Ground},
    scene::Scene,
};
use crate::who::entry::{EntryKind, FormRef, FormSort};

/// A stretch of tokens with the entries that its form names.
pub(super) struct Hit {
    pub first: u32,
    pub end: u32,
    pub refs: Vec<FormRef>,
}

/// How often each country is named.
pub(super) type Tally = FxHashMap<Country, u32>;

/// All hits, longest first at each token, none overlapping.
pub(super) fn hits(scene: &Scene<'_>) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut token = 0;
    while token < scene.len() {
        match hit_at(scene, token) {
            Some(hit) => {
                token = hit.end;
                found.push(hit);
            }
            None => token += 1,
        }
    }
    let full: Vec<u32> =
        found.iter().flat_map(|h| &h.refs).filter(|r| r.sort == FormSort::Full).map(|r| r.entry).collect();
    let introduced = |hit: &Hit| hit.refs.iter().any(|r| r.sort == FormSort::Short && full.contains(&r.entry));
    found.retain(|hit| introduced(hit) || !inside_person(scene, hit));
    complete_persons(scene, &mut found);
    found
}

fn hit_at(scene: &Scene<'_>, token: u32) -> Option<Hit> {
    let pieces = scene.pieces_from(token);
    if !pieces.first().is_some_and(|p| p.token == token && p.first) {
        return None;
    }
    let words: Vec<_> = pieces.iter().take(12).map(|p| p.name).collect();
    let mut best = None;
    for (length, refs) in scene.directory.names.prefixes(&words) {
        let last = &pieces[length - 1];
        let end = last.token + 1;
        let (initial, caps) = (scene.capital(token), scene.caps(token, end));
        let fits = |r: &&FormRef| {
            r.language.is_none_or(|l| l == scene.language)
                && r.case.allows(initial, caps)
                && (last.last || r.sort == FormSort::Adjective && scene.text(last.token).contains('-'))
        };
        let refs: Vec<FormRef> = refs.iter().filter(fits).copied().collect();
        if !refs.is_empty() {
            best = Some(Hit { first: token, end, refs });
        }
    }
    best
}

/// Lets a person's hit take the rest of the tagger's name ("Sabah" + "Al-Ahmad Al-Sabah"), and drops what it swallows.
/// A short name before words that are not its person's ("Jim" + "O'Brien") is no hit.
fn complete_persons(scene: &Scene<'_>, hits: &mut Vec<Hit>) {
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for mut hit in hits.drain(..) {
        if kept.last().is_some_and(|before| hit.first < before.end) {
            continue;
        }
        let start = hit.end;
        let mut end = start;
        while end < scene.len() && continues_name(scene, end) {
            end += 1;
        }
        if end > start && hit.refs.iter().any(|r| matches!(r.sort, FormSort::Full | FormSort::Short)) {
            hit.refs.retain(|r| r.sort != FormSort::Short || (start..end).any(|t| bears(scene, r.entry, t)));
            hit.end = end;
        }
        if !hit.refs.is_empty() {
            kept.push(hit);
        }
    }
    *hits = kept;
}

fn continues_name(scene: &Scene<'_>, token: u32) -> bool {
    let joined = scene.is_person(token) || matches!(scene.dep(token), Relation::Flat | Relation::FlatName);
    joined
        && scene.capital(token)
        && scene.upos(token) == Upos::Propn
        && token > 0
        && scene.sentence(token) == scene.sentence(token - 1)
}

/// Whether a token shares a word with an entry's name.
fn bears(scene: &Scene<'_>, entry: u32, token: u32) -> bool {
    let name = crate::who::fold::pieces(&scene.directory.entries[entry as usize].name);
    scene.key(token).split(' ').any(|word| word.len() > 2 && name.iter().any(|n| n == word))
}

/// Whether a hit that names no person lies within a longer personal name.
fn inside_person(scene: &Scene<'_>, hit: &Hit) -> bool {
    if hit.refs.iter().any(|r| r.sort == FormSort::Full) || !scene.is_person(hit.first) {
        return false;
    }
    let beside = |t: Option<u32>| {
        t.is_some_and(|t| {
            scene.is_person(t) && scene.capital(t) && scene.upos(t) == Upos::Propn && !scene.caps(t, t + 1) && {
                let pieces = scene.pieces_from(t);
                // A neighbour that is a title or a country's adjective is no part of the name.
                let noun = pieces.first().map(|p| scene.directory.nouns.prefixes(&[p.noun]).next().is_some());
                noun != Some(true) && hit_at(scene, t).is_none_or(|h| h.refs.iter().all(|r| r.sort == FormSort::Short))
            }
        })
    };
    let short_only = hit.refs.iter().all(|r| r.sort == FormSort::Short);
    let inside = |t: u32| scene.entity(t) == depeche_model::EntityTag::Inside(EntityKind::Person);
    let before = hit.first.checked_sub(1).filter(|_| inside(hit.first));
    let after = Some(hit.end).filter(|&t| inside(t));
    beside(before) || beside(after) && !short_only
}

/// How often each country is named by states, capitals, adjectives and full personal names.
pub(super) fn tally(scene: &Scene<'_>, hits: &[Hit]) -> Tally {
    let mut tally = Tally::default();
    let title_end = scene.whole.find('\n').unwrap_or(0) as u32;
    for hit in hits {
        let mut countries: Vec<Country> = hit
            .refs
            .iter()
            .filter(|r| !matches!(r.sort, FormSort::Short | FormSort::Byname))
            .filter_map(|r| scene.directory.entries[r.entry as usize].country)
            .collect();
        countries.dedup();
        if let [country] = countries[..] {
            let title = scene.parsed.tokens[hit.first as usize].span.start < title_end;
            *tally.entry(country).or_default() += if title { 3 } else { 1 };
        }
    }
    tally
}

/// The draft of each hit whose entry can be told.
pub(super) fn drafts(scene: &Scene<'_>, hits: &[Hit], tally: &Tally) -> Vec<Draft> {
    let mut introduced = Vec::new();
    let full = hits.iter().flat_map(|h| &h.refs).filter(|r| r.sort == FormSort::Full).map(|r| r.entry);
    introduced.extend(full);
    hits.iter().filter_map(|hit| choose(scene, hit, tally, &introduced).map(|r| draft(scene, hit, r))).collect()
}

fn choose(scene: &Scene<'_>, hit: &Hit, tally: &Tally, introduced: &[u32]) -> Option<FormRef> {
    let scored = hit.refs.iter().filter_map(|r| score(scene, hit, *r, tally, introduced).map(|s| (s, *r)));
    let mut scored: Vec<(u32, FormRef)> = scored.collect();
    scored.sort_by_key(|(s, r)| (std::cmp::Reverse(*s), r.entry));
    match scored[..] {
        [(a, first), (b, second), ..] if a == b && first.sort == FormSort::Short && !alike(scene, first, second) => {
            None
        }
        [(_, first), ..] => Some(first),
        [] => None,
    }
}

/// Whether two persons of one surname would be coded alike: then the one listed first stands for both.
fn alike(scene: &Scene<'_>, first: FormRef, second: FormRef) -> bool {
    let standing = |r: FormRef| scene.directory.standing(&scene.directory.entries[r.entry as usize], scene.day);
    first.entry == second.entry
        || standing(first).zip(standing(second)).is_some_and(|(a, b)| a.country == b.country && a.sector == b.sector)
}

/// How well an entry fits; `None` where it must not.
fn score(scene: &Scene<'_>, hit: &Hit, r: FormRef, tally: &Tally, introduced: &[u32]) -> Option<u32> {
    let entry = &scene.directory.entries[r.entry as usize];
    let named = entry.country.and_then(|c| tally.get(&c)).copied().unwrap_or(0);
    let base = match r.sort {
        FormSort::Full => 1000,
        FormSort::Name | FormSort::Nickname => 800,
        FormSort::Capital => 750,
        FormSort::Byname => 650,
        FormSort::Adjective | FormSort::Inhabitant => 700,
        FormSort::Short => 600,
    };
    let current = scene.directory.standing(entry, scene.day).is_some_and(|s| s.current);
    if r.sort == FormSort::Short && !introduced.contains(&r.entry) && !alone(scene, hit, named, current) {
        return None;
    }
    if scene.day.is_some_and(|day| !entry.valid_on(day)) {
        return None;
    }
    if entry.kind == EntryKind::Seat && owned(scene, hit) && super::phrase::is_noun(scene, hit.first) {
        return None;
    }
    if r.sort == FormSort::Byname && !byname(scene, hit, named) {
        return None;
    }
    if r.sort == FormSort::Capital && scene.is_person(hit.first) && named <= 1 && scene.caps(hit.first, hit.end) {
        return Some(100);
    }
    let known = if introduced.contains(&r.entry) { 300 } else { 0 };
    Some(base + known + named.min(50) + if current && entry.kind == EntryKind::Person { 60 } else { 0 })
}

/// Whether a seat is somebody else's: "Peru's Congress", "le Congrès péruvien".
fn owned(scene: &Scene<'_>, hit: &Hit) -> bool {
    match scene.language {
        depeche_model::Language::English => {
            let before = hit.first.checked_sub(1);
            let adjective = |t: u32| {
                hit_at(scene, t)
                    .is_some_and(|h| h.end == hit.first && h.refs.iter().any(|r| r.sort == FormSort::Adjective))
            };
            before.is_some_and(|t| matches!(scene.text(t), "'s" | "’s" | "'") || adjective(t))
        }
        depeche_model::Language::French => {
            let after = if matches!(scene.key(hit.end), "de" | "du" | "des") { hit.end + 1 } else { hit.end };
            let after = if scene.upos(after) == Upos::Det { after + 1 } else { after };
            after < scene.len()
                && scene.sentence(after) == scene.sentence(hit.first)
                && hit_at(scene, after)
                    .is_some_and(|h| h.refs.iter().any(|r| matches!(r.sort, FormSort::Adjective | FormSort::Name)))
        }
    }
}

/// Whether a common noun stands for a state that the text names: definite, and not "the south of".
fn byname(scene: &Scene<'_>, hit: &Hit, named: u32) -> bool {
    let determiner = hit.first.checked_sub(1).map_or("", |t| scene.key(t));
    let definite = matches!(determiner, "le" | "la" | "l" | "du" | "au" | "the" | "cet" | "cette" | "ce" | "this");
    named > 1 && definite && !matches!(scene.key(hit.end), "de" | "du" | "des" | "d" | "of")
}

/// Whether a surname may stand for a person whom the article has not introduced.
fn alone(scene: &Scene<'_>, hit: &Hit, named: u32, current: bool) -> bool {
    let proper = (hit.first..hit.end).any(|t| scene.upos(t) == Upos::Propn || scene.is_person(t));
    let other = matches!(scene.entity(hit.first).kind(), Some(EntityKind::Location | EntityKind::Organization));
    let beside = hit.first.checked_sub(1).is_some_and(|t| {
        let words: Vec<_> = scene.pieces_from(t).iter().take(1).map(|p| p.noun).collect();
        let title = scene.directory.nouns.prefixes(&words).next().is_some();
        let free = hit_at(scene, t).is_none_or(|h| h.refs.iter().all(|r| r.sort == FormSort::Short));
        let word = scene.capital(t) && scene.upos(t) == Upos::Propn;
        word && !title && free && scene.sentence(t) == scene.sentence(hit.first)
    });
    let titled = super::persons::titled(scene, hit.first);
    if proper && titled && !other {
        return true;
    }
    proper && !beside && current && (named > 0 || scene.is_person(hit.first) && !other)
}

fn draft(scene: &Scene<'_>, hit: &Hit, r: FormRef) -> Draft {
    let entry = &scene.directory.entries[r.entry as usize];
    let mut draft = Draft::new(scene, hit.first, hit.end, kind(scene, hit, r, entry.kind));
    draft.entry = Some(r.entry);
    draft.sector = if draft.kind == PartyKind::People { Sector::Cvl } else { entry.sector };
    if draft.kind == PartyKind::People && entry.kind == EntryKind::People {
        draft.sector = entry.sector;
    }
    let mut reason = format!("{}:{} {}", entry.table, entry.line, entry.name);
    let mut country = entry.country;
    if entry.kind == EntryKind::Person
        && let Some(standing) = scene.directory.standing(entry, scene.day)
    {
        country = Some(standing.country);
        draft.sector = standing.sector;
        draft.current = standing.current;
        reason.push_str(if standing.current { " holds " } else { " out of office" });
        reason.push_str(&standing.office);
    }
    if r.sort == FormSort::Capital {
        let place = hit.first.checked_sub(1).is_some_and(|t| scene.locative(t));
        reason.push_str(if place {
            ", capital, after a locative preposition"
        } else {
            ", capital, stands for its government"
        });
    }
    draft.place(country, Ground::Table, &reason);
    if draft.country.is_none() {
        draft.reason = reason;
    }
    draft.plural = draft.kind == PartyKind::People;
    draft
}

fn kind(scene: &Scene<'_>, hit: &Hit, r: FormRef, entry: EntryKind) -> PartyKind {
    match (r.sort, entry) {
        (FormSort::Full | FormSort::Short, _) => PartyKind::Person,
        (FormSort::Adjective, _) if beside_noun(scene, hit) => PartyKind::Adjective,
        (FormSort::Adjective | FormSort::Inhabitant, _) => PartyKind::People,
        (_, EntryKind::State | EntryKind::Seat) => PartyKind::State,
        _ => PartyKind::Organization,
    }
}

/// Whether an adjective of country stands beside a noun rather than for the people.
fn beside_noun(scene: &Scene<'_>, hit: &Hit) -> bool {
    let noun = |t: u32| matches!(scene.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    match scene.language {
        depeche_model::Language::French => {
            !scene.capital(hit.first) || scene.upos(hit.first) == Upos::Adj && hit.first > 0 && noun(hit.first - 1)
        }
        depeche_model::Language::English => {
            let next = hit.end;
            let (_, sentence_end) = scene.sentence(hit.first);
            next < sentence_end
                && (noun(next) && scene.key(next) != "s"
                    || scene.text(next) == "-"
                    || scene.text(hit.end - 1).contains('-')
                    || matches!(scene.key(next), "and" | "or") && hit_at(scene, next + 1).is_some() && noun(next + 2)
                    || scene.upos(hit.first) == Upos::Adj
                        && scene.dep(hit.first) == depeche_model::Relation::Amod
                        && scene.head(hit.first) > hit.first)
        }
    }
}
