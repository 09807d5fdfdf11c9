//! PLOVER 2.0's JSON, one event a line, by the tables "Data Fields" of the codebook.
//!
//! Fields that are not known are left out, as the codebook allows. Status goes where the codebook puts its auxiliary modes, among the
//! contexts, under their names there. What the codebook has no field for (CAMEO code, confidence, rule, who is cited, ranges of
//! numbers) is added under names of its own, which it allows as well.

use std::io;

use depeche_model::{Article, Entity, Event, Mode, Place, Range, Status};
use serde_json::{Map, Value, json};

use crate::{CODER, Telling, codes, spot, text};

/// The codebook that events are coded by.
const CODEBOOK: &str = "plover-2.0";

/// Appends the lines of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> io::Result<u64> {
    let whole = telling.article.whole();
    for event in telling.events {
        serde_json::to_writer(&mut *out, &record(telling.article, &whole, event))?;
        out.push(b'\n');
    }
    Ok(telling.events.len() as u64)
}

/// An event as an object of the codebook.
fn record(article: &Article, whole: &str, event: &Event) -> Value {
    let (start, end) = event.date.map_or((None, None), |date| (Some(date.start), Some(date.end)));
    let evidence = event.spans.evidence;
    object([
        ("id", json!(event.id)),
        ("date", json!(start)),
        ("enddate", json!(end.filter(|_| start != end))),
        ("actor", event.actors.iter().map(entity).collect()),
        ("recipient", event.recipients.iter().map(entity).collect()),
        ("event", json!([event.event])),
        ("mode", json!(event.modes)),
        ("context", contexts(event)),
        ("event_loc", event.place.as_ref().map_or(Value::Null, location)),
        ("event_text", json!([event.spans.trigger.of(whole)])),
        ("quad_code", json!(event.quad.number())),
        ("event_scale", json!(event.plover_score)),
        ("size", size(event)),
        ("text", json!(event.evidence)),
        (
            "text_info",
            json!({"start": text::characters(whole, evidence.start), "end": text::characters(whole, evidence.end)}),
        ),
        ("cite_info", citation(article)),
        ("coder", json!(CODER)),
        ("status", json!(event.status)),
        ("cameo", json!(event.cameo)),
        ("confidence", json!(event.confidence)),
        ("rule", json!(event.rule)),
        ("attribution", json!(event.attribution)),
        ("ranges", ranges(event)),
    ])
}

/// An object of the fields that are known. `date` stays, null where the day is not known: the codebook requires it.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let known = fields.into_iter().filter(|(name, value)| !value.is_null() || *name == "date");
    Value::Object(known.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn contexts(event: &Event) -> Value {
    let auxiliary = match event.status {
        Status::Actual => None,
        Status::Negated => Some("negation"),
        Status::Future | Status::Hypothetical | Status::Historical => Some(event.status.name()),
    };
    event.contexts.iter().map(|context| context.name()).chain(auxiliary).collect()
}

fn entity(entity: &Entity) -> Value {
    object([
        ("code", json!(entity.country.map(|c| codes::state(c).map_or_else(|| c.to_string(), |s| s.plover.to_owned())))),
        ("sector", json!(entity.sector)),
        ("entity_text", json!(entity.text)),
        ("identifier_id", json!(entity.wikidata)),
        ("identifier_text", json!(entity.name.as_ref().map(|_| codes::name(entity)))),
    ])
}

fn location(place: &Place) -> Value {
    let state = place.country.and_then(codes::state);
    let level = spot::level(place);
    object([
        ("extracted_place", json!(place.text)),
        ("resolved_place", json!(place.lat.map(|_| spot::name(place)))),
        ("geonameid", json!(place.geonameid)),
        ("lat", json!(place.lat)),
        ("lon", json!(place.lon)),
        ("province", json!(place.region)),
        ("country", json!(state.map(|state| state.name))),
        ("country_code", json!(state.map(|state| state.plover))),
        ("resolution", json!((level == spot::Level::State).then_some(1))),
    ])
}

/// The codebook's counts of people: the least that is told. Arrests are the size of an arrest; other sizes stand among the ranges only.
fn size(event: &Event) -> Value {
    let least = |range: Option<Range>| range.and_then(|range| range.min);
    let arrested = if event.modes.contains(&Mode::Arrest) { event.size } else { None };
    let known = [("dead", event.dead), ("injured", event.injured), ("arrested", arrested)];
    filled(known.into_iter().filter_map(|(name, range)| Some((name, json!(least(range)?)))))
}

fn ranges(event: &Event) -> Value {
    let known = [("dead", event.dead), ("injured", event.injured), ("size", event.size)];
    filled(known.into_iter().filter_map(|(name, range)| Some((name, json!(range?)))))
}

/// An object, or null where it would be empty.
fn filled(fields: impl Iterator<Item = (&'static str, Value)>) -> Value {
    let fields: Map<String, Value> = fields.map(|(name, value)| (name.to_owned(), value)).collect();
    if fields.is_empty() { Value::Null } else { Value::Object(fields) }
}

fn citation(article: &Article) -> Value {
    object([
        ("citation", json!(article.id)),
        ("url", json!(article.url)),
        ("title", json!(Some(&article.title).filter(|title| !title.is_empty()))),
        ("language", json!(article.language)),
        ("publication", json!(article.publisher)),
        ("publication_date", json!(article.published)),
        ("coder", json!(CODER)),
        ("codebook", json!(CODEBOOK)),
    ])
}
