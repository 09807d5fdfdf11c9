//! Denials that point at a record.
//!
//! "Abu Dhabi denied arming the paramilitaries" is an act of its own, REJECT, and stays one. It is also the other half of
//! whatever it denies: so the record of the deed, or of the accusation, names it. Told by an article that reports the act as
//! well, by a side that the act is laid upon, in words that both share: anything less is left alone.

use depeche_model::{Country, Denial, EventType, Field, Record, RecordStatus};
use rustc_hash::FxHashMap;

use crate::{
    Telling,
    features::countries,
    status::is_material,
    words::{Term, terms},
};

/// Rules of the lexicon that code a denial.
const RULES: [&str; 1] = ["deny"];

/// Whether a telling is a denial.
pub(crate) fn is_denial(telling: &Telling) -> bool {
    telling.event.event == EventType::Reject && RULES.contains(&telling.event.rule.as_str())
}

/// Adds to each record the denials that point at it; a deed told as done becomes disputed.
pub(crate) fn attach(records: &mut [Record], tellings: &[&Telling]) {
    let mut denials: FxHashMap<&str, Vec<&Telling>> = FxHashMap::default();
    for telling in tellings.iter().filter(|telling| is_denial(telling)) {
        denials.entry(telling.source.article.as_str()).or_default().push(telling);
    }
    if denials.is_empty() {
        return;
    }
    for record in records.iter_mut().filter(|r| is_material(r.event) || r.event == EventType::Accuse) {
        let found: Vec<Denial> = record
            .reports
            .iter()
            .filter_map(|report| denials.get(report.article.as_str()))
            .flatten()
            .filter(|telling| points_at(telling, record))
            .map(|telling| denial(telling))
            .collect();
        if !found.is_empty()
            && matches!(record.status, RecordStatus::Done | RecordStatus::Claimed)
            && is_material(record.event)
        {
            record.status = RecordStatus::Disputed;
        }
        record.denials = found;
    }
}

fn points_at(telling: &Telling, record: &Record) -> bool {
    let laid_upon = if record.event == EventType::Accuse { &record.recipients } else { &record.actors };
    let accused = countries(laid_upon);
    let by_it = countries(&telling.event.actors).iter().any(|country| accused.contains(country));
    let words = roots(&telling.event.evidence);
    by_it
        && record
            .reports
            .iter()
            .any(|report| roots(&report.evidence).iter().filter(|word| words.contains(word)).count() >= 2)
}

fn roots(text: &str) -> Vec<Term> {
    terms(text).into_iter().filter(|term| matches!(term, Term::Root(_))).collect()
}

fn denial(telling: &Telling) -> Denial {
    let by = telling.event.actors.first();
    let country: Option<Country> = by.and_then(|entity| entity.country);
    Denial {
        event: telling.event.id.clone(),
        article: telling.source.article.clone(),
        by: by.map_or_else(|| Field::Actors.to_string(), |entity| entity.text.clone()),
        country,
        evidence: telling.event.evidence.clone(),
    }
}
