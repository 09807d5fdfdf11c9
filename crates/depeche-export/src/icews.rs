//! ICEWS's twenty columns: one pair of an event a row.
//!
//! ICEWS names who acts by name, or by what they are with their country in parentheses, "Citizen (Japan)"; the same is done here with the
//! words of the text. Only acts that were done are written: there is no column to say otherwise.

use depeche_model::{Article, Entity, Event, Place, plover};

use crate::{
    Format, Telling, codes,
    dyads::{Dyad, dyads},
    spot,
    table::{self, Column, column, unknown},
    text,
};

/// A pair of an event, and its article.
pub(crate) struct Row<'a> {
    article: &'a Article,
    event: &'a Event,
    dyad: Dyad<'a>,
}

/// Appends the rows of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> u64 {
    let mut rows = 0;
    for event in telling.events.iter().filter(|event| Format::Icews.holds(event.status)) {
        for dyad in dyads(event) {
            table::append(&Row::COLUMNS, &Row { article: telling.article, event, dyad }, "", out);
            rows += 1;
        }
    }
    rows
}

impl Row<'_> {
    /// The columns, in the order of the header.
    pub(crate) const COLUMNS: [Column<Self>; 20] = [
        column("Event ID", |row| row.dyad.id(row.event).to_string()),
        column("Event Date", |row| text::number(row.event.date.map(|date| date.start))),
        column("Source Name", |row| side(row.dyad.source, name)),
        column("Source Sectors", |row| side(row.dyad.source, sectors)),
        column("Source Country", |row| side(row.dyad.source, country)),
        column("Event Text", |row| plover::cameo(&row.event.cameo).map_or("", |code| code.name).to_owned()),
        column("CAMEO Code", |row| row.event.cameo.clone()),
        column("Intensity", |row| row.event.goldstein.to_string()),
        column("Target Name", |row| side(row.dyad.target, name)),
        column("Target Sectors", |row| side(row.dyad.target, sectors)),
        column("Target Country", |row| side(row.dyad.target, country)),
        column("Story ID", |row| row.article.id.clone()),
        unknown("Sentence Number"),
        column("Publisher", |row| row.article.publisher.clone().unwrap_or_default()),
        column("City", |row| place(row, city)),
        unknown("District"),
        column("Province", |row| place(row, |place| place.region.clone().unwrap_or_default())),
        column("Country", |row| {
            place(row, |place| place.country.and_then(codes::state).map_or("", |s| s.icews).to_owned())
        }),
        column("Latitude", |row| place(row, |place| text::number(place.lat))),
        column("Longitude", |row| place(row, |place| text::number(place.lon))),
    ];
}

fn side(entity: Option<&Entity>, pick: impl Fn(&Entity) -> String) -> String {
    entity.map(pick).unwrap_or_default()
}

fn name(entity: &Entity) -> String {
    match (&entity.name, country(entity)) {
        _ if codes::is_state(entity) => country(entity),
        (Some(name), _) => name.clone(),
        (None, country) if country.is_empty() => entity.text.clone(),
        (None, country) => format!("{} ({country})", entity.text),
    }
}

fn sectors(entity: &Entity) -> String {
    codes::role(entity.sector).map_or("", |role| role.icews).to_owned()
}

fn country(entity: &Entity) -> String {
    let states = entity.country.filter(|country| country.is_state());
    states.and_then(codes::state).map_or("", |state| state.icews).to_owned()
}

fn city(place: &Place) -> String {
    if spot::level(place) == spot::Level::Spot { place.text.clone() } else { String::new() }
}

fn place(row: &Row<'_>, pick: impl Fn(&Place) -> String) -> String {
    row.event.place.as_ref().map(pick).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use depeche_model::{Country, Sector};

    use super::*;

    #[test]
    fn sides_are_named_as_icews_names_them() {
        let entity = |text: &str, code: &str, own: Option<&str>| Entity {
            text: text.to_owned(),
            country: Country::new(code),
            sector: Sector::Gov,
            name: own.map(str::to_owned),
            wikidata: None,
            span: None,
        };
        assert_eq!(name(&entity("Moscou", "RUS", Some("RUS"))), "Russian Federation");
        assert_eq!(name(&entity("le ministre", "RUS", Some("Sergey Lavrov"))), "Sergey Lavrov");
        assert_eq!(name(&entity("police", "MLI", None)), "police (Mali)");
        assert_eq!(name(&entity("hommes armés", "", None)), "hommes armés");
        assert_eq!(country(&entity("ONU", "UNO", Some("United Nations"))), "");
    }
}
