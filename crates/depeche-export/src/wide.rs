//! CSV: one event a row, a header, and every field of the event in a column of its own.
//!
//! It is what a spreadsheet, pandas or `readr` reads without being told anything. Lists share a cell, parted by `; `, and the n-th
//! country of a side belongs to its n-th text. Quoting is RFC 4180's, by the `csv` crate.

use std::io;

use depeche_model::{Article, Attribution, Entity, Event, Place, Range, Span};

use crate::{
    Telling,
    table::{Column, column},
    text,
};

/// An event and its article.
pub(crate) struct Row<'a> {
    article: &'a Article,
    event: &'a Event,
}

/// Appends the rows of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> io::Result<u64> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    for event in telling.events {
        let row = Row { article: telling.article, event };
        writer.write_record(Row::COLUMNS.iter().map(|column| (column.fill)(&row)))?;
    }
    writer.flush()?;
    Ok(telling.events.len() as u64)
}

impl Row<'_> {
    /// The columns, in the order of the header.
    pub(crate) const COLUMNS: [Column<Self>; 46] = [
        column("article", |row| row.article.id.clone()),
        column("lang", |row| row.article.language.code().to_owned()),
        column("published", |row| text::number(row.article.published)),
        column("publisher", |row| row.article.publisher.clone().unwrap_or_default()),
        column("url", |row| row.article.url.clone().unwrap_or_default()),
        column("title", |row| row.article.title.clone()),
        column("event", |row| row.event.id.clone()),
        column("type", |row| row.event.event.name().to_owned()),
        column("modes", |row| text::list(row.event.modes.iter().map(|mode| mode.name()))),
        column("contexts", |row| text::list(row.event.contexts.iter().map(|context| context.name()))),
        column("status", |row| row.event.status.name().to_owned()),
        column("date_start", |row| text::number(row.event.date.map(|date| date.start))),
        column("date_end", |row| text::number(row.event.date.map(|date| date.end))),
        column("actor_text", |row| side(&row.event.actors, |e| e.text.clone())),
        column("actor_name", |row| side(&row.event.actors, |e| e.name.clone().unwrap_or_default())),
        column("actor_country", |row| side(&row.event.actors, |e| text::number(e.country))),
        column("actor_sector", |row| side(&row.event.actors, |e| e.sector.name().to_owned())),
        column("actor_wikidata", |row| side(&row.event.actors, |e| e.wikidata.clone().unwrap_or_default())),
        column("recipient_text", |row| side(&row.event.recipients, |e| e.text.clone())),
        column("recipient_name", |row| side(&row.event.recipients, |e| e.name.clone().unwrap_or_default())),
        column("recipient_country", |row| side(&row.event.recipients, |e| text::number(e.country))),
        column("recipient_sector", |row| side(&row.event.recipients, |e| e.sector.name().to_owned())),
        column("recipient_wikidata", |row| side(&row.event.recipients, |e| e.wikidata.clone().unwrap_or_default())),
        column("place", |row| place(row, |place| place.text.clone())),
        column("place_country", |row| place(row, |place| text::number(place.country))),
        column("place_region", |row| place(row, |place| place.region.clone().unwrap_or_default())),
        column("lat", |row| place(row, |place| text::number(place.lat))),
        column("lon", |row| place(row, |place| text::number(place.lon))),
        column("geonameid", |row| place(row, |place| text::number(place.geonameid))),
        column("attribution", |row| cited(row, |source| source.text.clone())),
        column("attribution_country", |row| cited(row, |source| text::number(source.country))),
        column("size_min", |row| text::number(least(row.event.size))),
        column("size_max", |row| text::number(most(row.event.size))),
        column("dead_min", |row| text::number(least(row.event.dead))),
        column("dead_max", |row| text::number(most(row.event.dead))),
        column("injured_min", |row| text::number(least(row.event.injured))),
        column("injured_max", |row| text::number(most(row.event.injured))),
        column("cameo", |row| row.event.cameo.clone()),
        column("quad", |row| row.event.quad.number().to_string()),
        column("goldstein", |row| row.event.goldstein.to_string()),
        column("plover_score", |row| row.event.plover_score.to_string()),
        column("confidence", |row| row.event.confidence.to_string()),
        column("rule", |row| row.event.rule.clone()),
        column("evidence", |row| row.event.evidence.clone()),
        column("evidence_start", |row| at(row, |span| span.start)),
        column("evidence_end", |row| at(row, |span| span.end)),
    ];
}

fn side(entities: &[Entity], pick: impl Fn(&Entity) -> String) -> String {
    let values: Vec<String> = entities.iter().map(pick).collect();
    if values.iter().all(String::is_empty) { String::new() } else { text::list(values) }
}

fn place(row: &Row<'_>, pick: impl Fn(&Place) -> String) -> String {
    row.event.place.as_ref().map(pick).unwrap_or_default()
}

fn cited(row: &Row<'_>, pick: impl Fn(&Attribution) -> String) -> String {
    row.event.attribution.as_ref().map(pick).unwrap_or_default()
}

fn least(range: Option<Range>) -> Option<u64> {
    range.and_then(|range| range.min)
}

fn most(range: Option<Range>) -> Option<u64> {
    range.and_then(|range| range.max)
}

fn at(row: &Row<'_>, pick: impl Fn(Span) -> u32) -> String {
    pick(row.event.spans.evidence).to_string()
}
