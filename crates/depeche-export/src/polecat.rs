//! POLECAT's forty columns: one event a row, a list in a cell where there are several sides.
//!
//! `None` stands for what is missing, in a cell and within a list, so that the n-th country, number and sector of a row belong to the
//! n-th name. Only acts that were done are written: there is no column to say otherwise.

use depeche_model::{Article, Entity, Event, Place};

use crate::{
    CODER, Format, Telling, codes, spot,
    table::{self, Column, column, unknown},
    text,
};

/// An event and its article.
pub(crate) struct Row<'a> {
    article: &'a Article,
    event: &'a Event,
}

/// What POLECAT writes for nothing.
const MISSING: &str = "None";

/// Appends the rows of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> u64 {
    let mut rows = 0;
    for event in telling.events.iter().filter(|event| Format::Polecat.holds(event.status)) {
        table::append(&Row::COLUMNS, &Row { article: telling.article, event }, MISSING, out);
        rows += 1;
    }
    rows
}

impl Row<'_> {
    /// The columns, in the order of the header.
    pub(crate) const COLUMNS: [Column<Self>; 40] = [
        column("Event ID", |row| event_id(&row.event.id)),
        column("Event Date", |row| text::number(row.event.date.map(|date| date.start))),
        column("Event Type", |row| row.event.event.name().to_owned()),
        column("Event Mode", |row| text::list(row.event.modes.iter().map(|mode| mode.name()))),
        column("Intensity", |row| row.event.plover_score.to_string()),
        column("Quad Code", |row| row.event.quad.name().to_uppercase()),
        column("Contexts", |row| text::list(row.event.contexts.iter().map(|context| context.name()))),
        column("Actor Name", |row| side(&row.event.actors, name)),
        column("Actor Country", |row| side(&row.event.actors, country)),
        column("Actor COW", |row| side(&row.event.actors, cow)),
        column("Primary Actor Sector", |row| side(&row.event.actors, sector)),
        column("Actor Sectors", |row| side(&row.event.actors, sector)),
        unknown("Actor Title"),
        column("Actor Name Raw", |row| side(&row.event.actors, |entity| &entity.text)),
        unknown("Wikipedia Actor ID"),
        column("Recipient Name", |row| side(&row.event.recipients, name)),
        column("Recipient Country", |row| side(&row.event.recipients, country)),
        column("Recipient COW", |row| side(&row.event.recipients, cow)),
        column("Primary Recipient Sector", |row| side(&row.event.recipients, sector)),
        column("Recipient Sectors", |row| side(&row.event.recipients, sector)),
        unknown("Recipient Title"),
        column("Recipient Name Raw", |row| side(&row.event.recipients, |entity| &entity.text)),
        unknown("Wikipedia Recipient ID"),
        column("Placename", |row| place(row, |place| spot::name(place).to_owned())),
        column("City", |row| {
            place(row, |place| if spot::level(place) == spot::Level::Spot { place.text.clone() } else { String::new() })
        }),
        unknown("District"),
        column("Province", |row| place(row, |place| place.region.clone().unwrap_or_default())),
        column("Country", |row| {
            place(row, |place| place.country.and_then(codes::state).map_or("", |s| s.plover).to_owned())
        }),
        column("Latitude", |row| place(row, |place| text::number(place.lat))),
        column("Longitude", |row| place(row, |place| text::number(place.lon))),
        column("GeoNames ID", |row| place(row, |place| text::number(place.geonameid))),
        column("Raw Placename", |row| place(row, |place| place.text.clone())),
        unknown("Feature Type"),
        column("Source", |row| row.article.publisher.clone().unwrap_or_default()),
        column("Publication Date", |row| text::number(row.article.published)),
        unknown("Story People"),
        unknown("Story Organizations"),
        unknown("Story Locations"),
        column("Language", |row| row.article.language.code().to_owned()),
        column("Version", |_| CODER.to_owned()),
    ];
}

/// The event's id with the number parted from the article by `_`, as scripts that count articles split it.
fn event_id(id: &str) -> String {
    match id.rsplit_once('#') {
        Some((article, number)) => format!("{article}_{number}"),
        None => id.to_owned(),
    }
}

fn side<'a>(entities: &'a [Entity], pick: impl Fn(&'a Entity) -> &'a str) -> String {
    let or = |value: &'a str| if value.is_empty() { MISSING } else { value };
    text::list(entities.iter().map(|entity| or(pick(entity))))
}

fn name(entity: &Entity) -> &str {
    codes::name(entity)
}

fn country(entity: &Entity) -> &str {
    entity.country.and_then(codes::state).map_or("", |state| state.plover)
}

fn cow(entity: &Entity) -> &str {
    entity.country.and_then(codes::state).map_or("", |state| state.cow)
}

fn sector(entity: &Entity) -> &str {
    entity.sector.name()
}

fn place(row: &Row<'_>, pick: impl Fn(&Place) -> String) -> String {
    row.event.place.as_ref().map(pick).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_split_into_article_and_number() {
        assert_eq!(event_id("fr-1#12"), "fr-1_12");
        assert_eq!(event_id("x"), "x");
    }
}
