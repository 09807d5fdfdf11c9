//! GDELT 2.0's table of events: 61 columns, no header, one pair of an event a row.
//!
//! What GDELT counts over the world's press in a quarter of an hour (mentions, sources, articles) is counted here over the one article
//! at hand; tone is not measured, and when the row entered a database is for the database to say. Columns about where an *actor* stood
//! stay empty: where the act took place is what is coded. Only acts that were done are written.

use depeche_model::{Article, Entity, Event, Place};

use crate::{
    Format, Telling,
    codes::{self, Actor},
    dyads::{Dyad, dyads},
    mentions, spot,
    table::{self, Column, column, unknown},
    text,
};

/// A pair of an event, and its article.
pub(crate) struct Row<'a> {
    pub article: &'a Article,
    /// Title, line feed, text.
    pub whole: &'a str,
    pub event: &'a Event,
    pub dyad: Dyad<'a>,
    source: Actor,
    target: Actor,
}

/// The rows of an article.
pub(crate) fn rows<'a>(telling: &Telling<'a>, whole: &'a str) -> impl Iterator<Item = Row<'a>> {
    let article = telling.article;
    let done = telling.events.iter().filter(|event| Format::Gdelt.holds(event.status));
    done.flat_map(move |event| {
        dyads(event).into_iter().map(move |dyad| Row {
            article,
            whole,
            event,
            dyad,
            source: dyad.source.map(Actor::of).unwrap_or_default(),
            target: dyad.target.map(Actor::of).unwrap_or_default(),
        })
    })
}

/// Appends the rows of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> u64 {
    let whole = telling.article.whole();
    rows(telling, &whole).map(|row| table::append(&Row::COLUMNS, &row, "", out)).count() as u64
}

impl Row<'_> {
    /// The columns, in their order.
    pub(crate) const COLUMNS: [Column<Self>; 61] = [
        column("GLOBALEVENTID", |row| row.dyad.id(row.event).to_string()),
        column("SQLDATE", |row| day(row, "%Y%m%d")),
        column("MonthYear", |row| day(row, "%Y%m")),
        column("Year", |row| day(row, "%Y")),
        column("FractionDate", fraction),
        column("Actor1Code", |row| row.source.code.clone()),
        column("Actor1Name", |row| name(row.dyad.source)),
        column("Actor1CountryCode", |row| row.source.country.to_owned()),
        column("Actor1KnownGroupCode", |row| row.source.group.to_owned()),
        unknown("Actor1EthnicCode"),
        unknown("Actor1Religion1Code"),
        unknown("Actor1Religion2Code"),
        column("Actor1Type1Code", |row| row.source.first.to_owned()),
        column("Actor1Type2Code", |row| row.source.second.to_owned()),
        unknown("Actor1Type3Code"),
        column("Actor2Code", |row| row.target.code.clone()),
        column("Actor2Name", |row| name(row.dyad.target)),
        column("Actor2CountryCode", |row| row.target.country.to_owned()),
        column("Actor2KnownGroupCode", |row| row.target.group.to_owned()),
        unknown("Actor2EthnicCode"),
        unknown("Actor2Religion1Code"),
        unknown("Actor2Religion2Code"),
        column("Actor2Type1Code", |row| row.target.first.to_owned()),
        column("Actor2Type2Code", |row| row.target.second.to_owned()),
        unknown("Actor2Type3Code"),
        column("IsRootEvent", |row| u8::from(is_lead(row)).to_string()),
        column("EventCode", |row| row.event.cameo.clone()),
        column("EventBaseCode", |row| digits(row, 3)),
        column("EventRootCode", |row| digits(row, 2)),
        column("QuadClass", |row| text::number(quad(&row.event.cameo))),
        column("GoldsteinScale", |row| row.event.goldstein.to_string()),
        column("NumMentions", |_| "1".to_owned()),
        column("NumSources", |_| "1".to_owned()),
        column("NumArticles", |_| "1".to_owned()),
        unknown("AvgTone"),
        unknown("Actor1Geo_Type"),
        unknown("Actor1Geo_FullName"),
        unknown("Actor1Geo_CountryCode"),
        unknown("Actor1Geo_ADM1Code"),
        unknown("Actor1Geo_ADM2Code"),
        unknown("Actor1Geo_Lat"),
        unknown("Actor1Geo_Long"),
        unknown("Actor1Geo_FeatureID"),
        unknown("Actor2Geo_Type"),
        unknown("Actor2Geo_FullName"),
        unknown("Actor2Geo_CountryCode"),
        unknown("Actor2Geo_ADM1Code"),
        unknown("Actor2Geo_ADM2Code"),
        unknown("Actor2Geo_Lat"),
        unknown("Actor2Geo_Long"),
        unknown("Actor2Geo_FeatureID"),
        column("ActionGeo_Type", |row| place(row, |place| resolution(place).to_owned())),
        column("ActionGeo_FullName", |row| place(row, full_name)),
        column("ActionGeo_CountryCode", |row| place(row, |place| spot::fips(place).to_owned())),
        column("ActionGeo_ADM1Code", |row| place(row, |place| whole_state(place).to_owned())),
        unknown("ActionGeo_ADM2Code"),
        column("ActionGeo_Lat", |row| place(row, |place| text::number(place.lat))),
        column("ActionGeo_Long", |row| place(row, |place| text::number(place.lon))),
        column("ActionGeo_FeatureID", |row| place(row, |place| whole_state(place).to_owned())),
        unknown("DATEADDED"),
        column("SOURCEURL", |row| mentions::identifier(row.article).1),
    ];
}

fn day(row: &Row<'_>, format: &str) -> String {
    row.event.date.map(|date| date.start.strftime(format).to_string()).unwrap_or_default()
}

/// The year, and the share of it that has passed, as GDELT counts it: months of thirty days, to four places. The codebook's
/// formula counts the running month as past; the data do not, and December would not fit.
fn fraction(row: &Row<'_>) -> String {
    let Some(date) = row.event.date else { return String::new() };
    let days = f64::from(date.start.month() - 1) * 30.0 + f64::from(date.start.day());
    format!("{:.4}", f64::from(date.start.year()) + days / 365.0)
}

fn name(entity: Option<&Entity>) -> String {
    entity.map(|entity| codes::name(entity).to_uppercase()).unwrap_or_default()
}

/// Whether the act is told in the headline or the first paragraph.
fn is_lead(row: &Row<'_>) -> bool {
    let body = row.article.title.len() + 1;
    let lead = body + row.article.text.find("\n\n").unwrap_or(row.article.text.len());
    (row.event.spans.evidence.start as usize) < lead
}

/// The first digits of the code; the whole code where it has no more.
fn digits(row: &Row<'_>, count: usize) -> String {
    row.event.cameo.get(..count).unwrap_or(&row.event.cameo).to_owned()
}

/// GDELT's quad class, which goes by CAMEO's root: an appeal (02) is verbal cooperation there, while PLOVER's REQUEST is verbal conflict.
fn quad(cameo: &str) -> Option<u8> {
    match cameo.get(..2)?.parse().ok()? {
        1_u8..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

fn place(row: &Row<'_>, pick: impl Fn(&Place) -> String) -> String {
    row.event.place.as_ref().map(pick).unwrap_or_default()
}

/// 1 a state; 3 and 4 a city or landmark within and outside the United States; 2 and 5, regions, cannot be told from landmarks here.
fn resolution(place: &Place) -> &'static str {
    let american = place.country.is_some_and(|country| country.as_str() == "USA");
    match spot::level(place) {
        spot::Level::State => "1",
        spot::Level::Spot if american => "3",
        spot::Level::Spot => "4",
        spot::Level::Open => "",
    }
}

/// "Place, Region, State"; a whole state by its name alone.
fn full_name(place: &Place) -> String {
    if spot::level(place) == spot::Level::State {
        return spot::name(place).to_owned();
    }
    let state = place.country.and_then(codes::state).map(|state| state.name);
    let parts = [Some(place.text.as_str()), place.region.as_deref(), state];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What GDELT writes for a whole state, where finer codes are not known: its FIPS code.
fn whole_state(place: &Place) -> &'static str {
    if spot::level(place) == spot::Level::State { spot::fips(place) } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quad_classes_go_by_cameo() {
        let classes: Vec<_> = ["020", "057", "0841", "112", "130", "141", "190", "99", "x"].map(quad).to_vec();
        assert_eq!(classes, [Some(1), Some(1), Some(2), Some(3), Some(3), Some(4), Some(4), None, None]);
    }
}
