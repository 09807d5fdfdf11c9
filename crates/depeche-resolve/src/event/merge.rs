//! One act, once per article: headline, lead and body that tell the same act become one event.
//!
//! Two tellings are one act if they are of one type, nothing that both say differs, and something ties them: a headline
//! is always a telling of something in the body; two tellings in the body need the same sides told in full or the same
//! words. The fullest telling lends its evidence; sides, dates, places and numbers that it lacks come from the others.

use depeche_model::{DateSpan, Entity, Event, Range};
use rustc_hash::FxHashSet;

/// An event on its way, with what merging must know of it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The event.
    pub event: Event,
    /// Whether its date is told rather than taken from the day of publication.
    pub dated: bool,
    /// Whether its evidence stands in the headline.
    pub headline: bool,
    /// Whether both sides are actors.
    pub mutual: bool,
    /// Content lemmas of its clause, sorted.
    pub words: Vec<String>,
    /// Whether a verb tells it.
    pub verb: bool,
}

/// Folds tellings of one act, in text order.
pub fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        match kept.iter().position(|earlier| same_act(earlier, &draft)) {
            Some(at) => absorb(&mut kept[at], draft),
            None => kept.push(draft),
        }
    }
    kept.sort_by_key(|draft| (draft.event.spans.evidence.start, draft.event.event));
    kept
}

/// Share of words that two tellings in the body must have in common where both sides are the same, and where one is.
const SAME_SIDES: f32 = 0.12;
const ONE_SIDE: f32 = 0.25;

fn same_act(a: &Draft, b: &Draft) -> bool {
    if a.event.event != b.event.event || !compatible(a, b) {
        return false;
    }
    let ties = sides(a, b);
    match ties {
        None => false,
        Some(shared) if a.headline != b.headline => shared > 0 || overlap(&a.words, &b.words) >= 0.3,
        Some(shared) => within(a, b) || overlap(&a.words, &b.words) >= if shared >= 2 { SAME_SIDES } else { ONE_SIDE },
    }
}

/// Whether one's evidence lies in the other's.
fn within(a: &Draft, b: &Draft) -> bool {
    let (a, b) = (a.event.spans.evidence, b.event.spans.evidence);
    a.contains(b) || b.contains(a)
}

/// Number of sides that both tell alike; `None` if they tell one differently.
fn sides(a: &Draft, b: &Draft) -> Option<u32> {
    if a.mutual || b.mutual {
        let all = |d: &Draft| d.event.actors.iter().chain(&d.event.recipients).cloned().collect::<Vec<_>>();
        return side(&all(a), &all(b)).map(|shared| shared * 2);
    }
    Some(side(&a.event.actors, &b.event.actors)? + side(&a.event.recipients, &b.event.recipients)?)
}

fn side(a: &[Entity], b: &[Entity]) -> Option<u32> {
    if a.is_empty() || b.is_empty() {
        return Some(0);
    }
    let fits = a.iter().any(|x| {
        b.iter().any(|y| match (x.country, y.country) {
            (Some(one), Some(other)) => one == other,
            _ => x.text == y.text || x.sector == y.sector,
        })
    });
    fits.then_some(1)
}

fn compatible(a: &Draft, b: &Draft) -> bool {
    let modes =
        a.event.modes.is_empty() || b.event.modes.is_empty() || a.event.modes.iter().any(|m| b.event.modes.contains(m));
    let places = match (a.event.place.as_ref().and_then(|p| p.country), b.event.place.as_ref().and_then(|p| p.country))
    {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    modes && places && a.event.status == b.event.status && dates(a, b) && numbers(a, b)
}

fn dates(a: &Draft, b: &Draft) -> bool {
    let meet = |a: DateSpan, b: DateSpan| a.start <= b.end && b.start <= a.end;
    match (a.event.date, b.event.date) {
        (Some(one), Some(other)) if a.dated && b.dated => meet(one, other),
        _ => true,
    }
}

fn numbers(a: &Draft, b: &Draft) -> bool {
    let alike = |a: Option<Range>, b: Option<Range>| a.is_none() || b.is_none() || a == b;
    alike(a.event.dead, b.event.dead) && alike(a.event.injured, b.event.injured) && alike(a.event.size, b.event.size)
}

/// Share of the smaller set's words that both have, 0 to 1.
fn overlap(a: &[String], b: &[String]) -> f32 {
    let least = a.len().min(b.len());
    if least == 0 {
        return 0.0;
    }
    let set: FxHashSet<&String> = a.iter().collect();
    b.iter().filter(|word| set.contains(word)).count() as f32 / least as f32
}

/// How much a telling says: sides first, and a verb before a noun. What it lacks comes from the others.
fn fullness(draft: &Draft) -> f32 {
    let event = &draft.event;
    let sides = if draft.mutual {
        event.actors.len().min(2)
    } else {
        usize::from(!event.actors.is_empty()) + usize::from(!event.recipients.is_empty())
    };
    sides as f32
        + if draft.verb { 0.5 } else { 0.0 }
        + if draft.headline { -1.5 } else { 0.0 }
        + draft.event.confidence as f32 * 0.25
}

fn absorb(kept: &mut Draft, other: Draft) {
    let (mut best, rest) =
        if fullness(&other) > fullness(kept) + 0.1 { (other, kept.clone()) } else { (kept.clone(), other) };
    let (into, from) = (&mut best.event, rest.event);
    if into.actors.is_empty() {
        into.actors = from.actors;
        into.spans.actors = from.spans.actors;
    }
    if into.recipients.is_empty() && !best.mutual {
        into.recipients = from.recipients;
        into.spans.recipients = from.spans.recipients;
    }
    for mode in from.modes {
        if !into.modes.contains(&mode) {
            into.modes.push(mode);
        }
    }
    if !best.dated && rest.dated {
        (into.date, into.spans.date, best.dated) = (from.date, from.spans.date, true);
    }
    if into.place.is_none() {
        (into.place, into.spans.place) = (from.place, from.spans.place);
    }
    if into.attribution.is_none() {
        (into.attribution, into.spans.attribution) = (from.attribution, from.spans.attribution);
    }
    into.confidence = into.confidence.max(from.confidence);
    into.size = into.size.or(from.size);
    into.dead = into.dead.or(from.dead);
    into.injured = into.injured.or(from.injured);
    *kept = best;
}
