//! Which tellings could be one act at all, without comparing all with all.
//!
//! A telling stands in a **block** (a short text) for each country, or name, on its sides, each figure, and each stretch of
//! [`STRETCH`] days that it lies in, by kind of act. Two tellings of one act share a block, or stand in blocks side by side.
//! A store keeps the blocks of each event in an indexed table; [`neighbourhood`] then fetches what a new telling can touch,
//! and what that touches in turn.

use std::collections::BTreeMap;

use depeche_model::{EventType, Ruling, Verdict};

use crate::{
    Telling,
    denial::is_denial,
    score::{THRESHOLD, compare},
    telling::days_between,
    words::fold,
};

/// Days of a stretch of time, and the most days that two tellings of one act may lie apart.
pub const STRETCH: i32 = 8;

/// Kind of act within which types may stand for one another: a plan (AGREE, CONCEDE) and what it comes to.
fn kind(event: EventType) -> &'static str {
    match event {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
            "COOPERATION"
        }
        EventType::Concede | EventType::Retreat => "EASING",
        other => other.name(),
    }
}

/// Blocks that a telling stands in, sorted. Besides those of its sides and days, each stands in that of its text, where its
/// reprints are, and a denial in that of its article, whose acts it may deny.
pub fn blocks(telling: &Telling) -> Vec<String> {
    let mut all = keys(telling, 0);
    all.extend(is_denial(telling).then(|| denials(telling)));
    sorted(all)
}

/// Blocks in which tellings of the same act may stand, and denials of it, sorted: its own blocks and those beside.
pub fn lookups(telling: &Telling) -> Vec<String> {
    let mut all = keys(telling, STRETCH);
    all.push(denials(telling));
    sorted(all)
}

fn denials(telling: &Telling) -> String {
    format!("DENIAL {}", telling.source.article)
}

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort_unstable();
    all.dedup();
    all
}

fn keys(telling: &Telling, margin: i32) -> Vec<String> {
    let mut all = vec![format!("TEXT {}", telling.source.original())];
    let Some(days) = telling.days() else { return all };
    let epoch = jiff::civil::date(2000, 1, 1);
    let first = (days_between(epoch, days.start) - margin).div_euclid(STRETCH);
    let last = (days_between(epoch, days.end) + margin).div_euclid(STRETCH);
    let kind = kind(telling.event.event);
    for side in sides(telling).into_iter().chain(figures(telling)) {
        all.extend((first..=last).map(|stretch| format!("{kind} {side} {stretch}")));
    }
    all
}

/// Countries of both sides; where there is none, folded names.
fn sides(telling: &Telling) -> Vec<String> {
    let both = || telling.event.actors.iter().chain(&telling.event.recipients);
    let mut all: Vec<String> = both().filter_map(|e| e.country).map(|c| c.to_string()).collect();
    if all.is_empty() {
        all = both().map(|e| fold(e.name.as_deref().unwrap_or(&e.text))).filter(|name| !name.is_empty()).collect();
    }
    sorted(all)
}

/// Figures of ten or more: where one article misses who it was, the fourteen sailors are still fourteen.
fn figures(telling: &Telling) -> Vec<String> {
    let event = &telling.event;
    let all = [event.size, event.dead, event.injured].into_iter().flatten().filter_map(|range| range.min.or(range.max));
    all.filter(|&figure| figure >= 10).map(|figure| format!("={figure}")).collect()
}

/// The tellings that share a record, or could, with the seeds: fetched block by block until nothing new is tied to them.
/// Their records, and no others, change when the seeds are added, replaced or taken away.
///
/// `fetch` gives every telling known to stand in a block; `named` gives one by its event's id, for rulings. Both may be asked
/// for the same one again. Errors are the caller's own, passed through.
pub fn neighbourhood<E>(
    seeds: Vec<Telling>,
    rulings: &[Ruling],
    mut fetch: impl FnMut(&str) -> Result<Vec<Telling>, E>,
    mut named: impl FnMut(&str) -> Result<Option<Telling>, E>,
) -> Result<Vec<Telling>, E> {
    let mut found: BTreeMap<String, Telling> = BTreeMap::new();
    let mut queue = seeds;
    while let Some(telling) = queue.pop() {
        if found.contains_key(&telling.event.id) {
            continue;
        }
        for block in lookups(&telling) {
            let tied = |other: &Telling| {
                let denial = other.source.article == telling.source.article && is_denial(other);
                denial || compare(&telling, other).is_some_and(|link| link.score >= THRESHOLD)
            };
            queue.extend(fetch(&block)?.into_iter().filter(|o| !found.contains_key(&o.event.id) && tied(o)));
        }
        for other in joined_to(&telling.event.id, rulings) {
            queue.extend(named(other)?.filter(|o| !found.contains_key(&o.event.id)));
        }
        found.insert(telling.event.id.clone(), telling);
    }
    Ok(found.into_values().collect())
}

fn joined_to<'a>(event: &'a str, rulings: &'a [Ruling]) -> impl Iterator<Item = &'a str> {
    rulings.iter().filter(|ruling| ruling.verdict == Verdict::Same).filter_map(move |ruling| {
        if ruling.one == event {
            Some(ruling.other.as_str())
        } else {
            (ruling.other == event).then_some(ruling.one.as_str())
        }
    })
}
