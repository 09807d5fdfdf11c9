//! One record from the tellings of one act.

use std::collections::BTreeSet;

use depeche_model::{DateSpan, Difference, Entity, Event, EventType, Link, Place, Range, Record, Report};

use crate::{
    Telling, differences,
    score::Scored,
    status,
    telling::{days_between, gap},
};

/// A telling in its group, and what ties it: id of the event it is most like, the score, whether a person joined them.
pub(crate) struct Member<'a> {
    pub telling: &'a Telling,
    pub link: Option<(&'a str, Scored, bool)>,
}

/// Name of the record whose earliest report is this event: `r` and twelve of the letters `0`–`9`, `a`–`z` without `i`, `l`,
/// `o`, `u`, made of the event's id (60 bits of its XXH64), so that any run gives the same.
pub fn record_id(event: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let hash = twox_hash::XxHash64::oneshot(0, event.as_bytes());
    let letter = |at: u32| char::from(LETTERS[(hash >> (5 * at)) as usize & 31]);
    std::iter::once('r').chain((0..12).map(letter)).collect()
}

/// The record of a group in the order of time; none of no telling.
pub(crate) fn assemble(group: &[Member<'_>]) -> Option<Record> {
    let tellings: Vec<&Telling> = group.iter().map(|member| member.telling).collect();
    let best = fullest(&tellings)?;
    let ranked = ranked(&tellings, best);
    let events = || ranked.iter().map(|telling| &telling.event);
    let differences = differences::of(&tellings);
    let reports = group.iter().zip(differences).enumerate().map(|(at, (member, differs))| report(at, member, differs));
    let days = || tellings.iter().filter_map(|telling| telling.source.published);
    Some(Record {
        id: record_id(&tellings.first()?.event.id),
        event: best.event,
        modes: union(events().map(|event| event.modes.as_slice())),
        contexts: union(events().map(|event| event.contexts.as_slice())),
        cameo: best.cameo.clone(),
        quad: best.quad,
        goldstein: best.goldstein,
        plover_score: best.plover_score,
        actors: side(events().map(|event| event.actors.as_slice())),
        recipients: side(events().map(|event| event.recipients.as_slice())),
        date: date(&ranked),
        place: place(events().filter_map(|event| event.place.as_ref())),
        status: status::of(&tellings),
        size: range(events().map(|event| event.size)),
        dead: range(events().map(|event| event.dead)),
        injured: range(events().map(|event| event.injured)),
        first_seen: days().min(),
        last_seen: days().max(),
        sources: sources(&tellings),
        outlets: outlets(&tellings),
        evidence: best.evidence.clone(),
        score: weakest(group),
        reports: reports.collect(),
        denials: Vec::new(),
    })
}

/// The fullest telling of the act itself, not of the plan of it, where there is one; the earliest of equals.
fn fullest<'a>(tellings: &[&'a Telling]) -> Option<&'a Event> {
    let folds = |event: &Event| matches!(event.event, EventType::Agree | EventType::Concede);
    let mixed = tellings.iter().any(|t| !folds(&t.event)) && tellings.iter().any(|t| folds(&t.event));
    let worth = |event: &Event| {
        let told = [
            !event.actors.is_empty(),
            !event.recipients.is_empty(),
            event.place.is_some(),
            event.date.is_some(),
            event.size.is_some() || event.dead.is_some() || event.injured.is_some(),
        ];
        let fields = told.iter().filter(|told| **told).count() as f64 + event.confidence;
        if mixed && folds(event) { -1.0 } else { fields }
    };
    // `max_by` keeps the last of equals, hence the reversal.
    tellings.iter().rev().map(|telling| &telling.event).max_by(|a, b| worth(a).total_cmp(&worth(b)))
}

/// The fullest first, the others in their order.
fn ranked<'a>(tellings: &[&'a Telling], best: &Event) -> Vec<&'a Telling> {
    let mut all = tellings.to_vec();
    all.sort_by_key(|telling| telling.event.id != best.id);
    all
}

fn report(at: usize, member: &Member<'_>, differs: Vec<Difference>) -> Report {
    let (source, event) = (&member.telling.source, &member.telling.event);
    let link = member.link.as_ref().filter(|_| at > 0).map(|(other, scored, by_hand)| Link {
        event: (*other).to_owned(),
        score: scored.score,
        reasons: scored.reasons.clone(),
        by_hand: *by_hand,
    });
    Report {
        article: source.article.clone(),
        event: event.id.clone(),
        publisher: source.publisher.clone(),
        language: source.language,
        published: source.published,
        reprint_of: source.reprint_of.clone(),
        status: event.status,
        attribution: event.attribution.clone(),
        date: event.date,
        size: event.size,
        dead: event.dead,
        injured: event.injured,
        evidence: event.evidence.clone(),
        differs,
        link,
    }
}

fn union<'a, T: Copy + Ord + 'a>(lists: impl Iterator<Item = &'a [T]>) -> Vec<T> {
    lists.flatten().copied().collect::<BTreeSet<T>>().into_iter().collect()
}

/// Each party once: by its table entry, else by country and sector. Spans are of one article, and so are left out.
fn side<'a>(sides: impl Iterator<Item = &'a [Entity]>) -> Vec<Entity> {
    let mut all: Vec<Entity> = Vec::new();
    for entity in sides.flatten() {
        let named = entity.name.is_some() && all.iter().any(|kept| kept.name == entity.name);
        let alike = all.iter().any(|kept| kept.country == entity.country && kept.sector == entity.sector);
        if !(named || alike) {
            all.push(Entity { span: None, ..entity.clone() });
        }
    }
    all
}

/// The narrowest date that most tellings allow; the fullest telling's of equals.
fn date(ranked: &[&Telling]) -> Option<DateSpan> {
    let told: Vec<DateSpan> = ranked.iter().filter_map(|telling| telling.event.date).collect();
    let allowed = |date: &DateSpan| told.iter().filter(|other| gap(*date, **other) == 0).count();
    let width = |date: &DateSpan| days_between(date.start, date.end);
    let dated = |telling: &&&Telling| telling.dated();
    // A day that a text tells goes before one that only publication gives.
    let of_text: Vec<DateSpan> = ranked.iter().filter(dated).filter_map(|telling| telling.event.date).collect();
    let choice = if of_text.is_empty() { &told } else { &of_text };
    choice.iter().rev().max_by_key(|date| (allowed(date), -width(date))).copied()
}

/// The most precise place, by what the gazetteer knows of it; the fullest telling's of equals.
fn place<'a>(places: impl Iterator<Item = &'a Place>) -> Option<Place> {
    let precision = |place: &Place| {
        u8::from(place.region.is_some())
            + u8::from(place.lat.is_some())
            + u8::from(place.text.chars().any(char::is_uppercase))
    };
    let all: Vec<&Place> = places.collect();
    all.iter().rev().max_by_key(|place| precision(place)).map(|place| (*place).clone())
}

/// Least and greatest value over all tellings; open where one is ("at least 4").
fn range(ranges: impl Iterator<Item = Option<Range>>) -> Option<Range> {
    let all: Vec<Range> = ranges.flatten().collect();
    let low = all.iter().filter_map(|range| range.min.or(range.max)).min();
    let high = all.iter().filter_map(|range| range.max.or(range.min)).max();
    (!all.is_empty()).then_some(Range { min: low, max: high })
}

/// Independent sources: outlets, reprints counted to the outlet of the original; an article without outlet is its own.
fn sources(tellings: &[&Telling]) -> u32 {
    let original = |telling: &&&Telling| telling.source.reprint_of.is_none();
    let own: BTreeSet<&str> = tellings.iter().filter(original).map(|telling| outlet(telling)).collect();
    // The original of a reprint may tell the act in no event that was found: then the text itself is the source.
    let here: BTreeSet<&str> = tellings.iter().map(|telling| telling.source.article.as_str()).collect();
    let absent: BTreeSet<&str> =
        tellings.iter().filter_map(|t| t.source.reprint_of.as_deref()).filter(|id| !here.contains(id)).collect();
    (own.len() + absent.len()) as u32
}

fn outlets(tellings: &[&Telling]) -> u32 {
    tellings.iter().map(|telling| outlet(telling)).collect::<BTreeSet<_>>().len() as u32
}

fn outlet(telling: &Telling) -> &str {
    telling.source.publisher.as_deref().unwrap_or(&telling.source.article)
}

/// The weakest score that ties a report to the record; none where all were joined by hand.
fn weakest(group: &[Member<'_>]) -> Option<f32> {
    let scores = group.iter().skip(1).filter_map(|member| member.link.as_ref()).filter(|(.., by_hand)| !by_hand);
    scores.map(|(_, scored, _)| scored.score).min_by(f32::total_cmp)
}
