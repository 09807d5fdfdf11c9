//! Records as Parquet: one act a row, its reports and denials as lists of structs.

use std::{
    io::{self, Write},
    sync::Arc,
};

use arrow_array::{Float32Array, Int8Array, Int64Array, ListArray, StringArray};
use arrow_schema::ArrowError;
use depeche_model::{Denial, Record, Report};

use super::{
    arrays::{Column, attributions, days, lists, open, places, ranges, sides, structs, texts, told, words},
    whole,
};

/// Writes records as a whole Parquet file and gives the output back.
///
/// # Errors
/// Where the output cannot be written to.
pub fn records<W: Write + Send>(all: &[Record], out: W) -> io::Result<W> {
    whole(all, out, |run| {
        let rows: Vec<&Record> = run.iter().collect();
        let mut columns = of_acts(&rows)?;
        columns.extend(of_tellings(&rows)?);
        Ok(columns)
    })
}

/// The act, as all reports together tell it.
fn of_acts(rows: &[&Record]) -> Result<Vec<Column>, ArrowError> {
    Ok(vec![
        told("record", texts(rows, |r| Some(&r.id))),
        told("type", texts(rows, |r| Some(r.event.name()))),
        told("modes", words(rows, |r| r.modes.iter().map(|mode| mode.name()).collect())?),
        told("contexts", words(rows, |r| r.contexts.iter().map(|context| context.name()).collect())?),
        told("status", texts(rows, |r| Some(r.status.name()))),
        open("date_start", days(rows, |r| r.date.map(|date| date.start))),
        open("date_end", days(rows, |r| r.date.map(|date| date.end))),
        told("actors", sides(rows, |r| &r.actors)?),
        told("recipients", sides(rows, |r| &r.recipients)?),
        open("place", places(rows, |r| r.place.as_ref())?),
        open("size", ranges(rows, |r| r.size)?),
        open("dead", ranges(rows, |r| r.dead)?),
        open("injured", ranges(rows, |r| r.injured)?),
        told("cameo", texts(rows, |r| Some(&r.cameo))),
        told("quad", rows.iter().map(|r| i8::try_from(r.quad.number()).ok()).collect::<Int8Array>()),
        told("goldstein", Float32Array::from_iter_values(rows.iter().map(|r| r.goldstein))),
        told("plover_score", Float32Array::from_iter_values(rows.iter().map(|r| r.plover_score))),
        told("evidence", texts(rows, |r| Some(&r.evidence))),
    ])
}

/// Who tells it, how many, and how surely they tell one act.
fn of_tellings(rows: &[&Record]) -> Result<Vec<Column>, ArrowError> {
    let all: Vec<&Report> = rows.iter().flat_map(|r| &r.reports).collect();
    let denials: Vec<&Denial> = rows.iter().flat_map(|r| &r.denials).collect();
    Ok(vec![
        open("first_seen", days(rows, |r| r.first_seen)),
        open("last_seen", days(rows, |r| r.last_seen)),
        told("sources", rows.iter().map(|r| Some(i64::from(r.sources))).collect::<Int64Array>()),
        told("outlets", rows.iter().map(|r| Some(i64::from(r.outlets))).collect::<Int64Array>()),
        open("score", rows.iter().map(|r| r.score).collect::<Float32Array>()),
        told("reports", lists(rows.iter().map(|r| r.reports.len()), Arc::new(structs(reports(&all)?, None)?))?),
        told("denials", lists(rows.iter().map(|r| r.denials.len()), Arc::new(structs(deniers(&denials), None)?))?),
    ])
}

fn reports(all: &[&Report]) -> Result<Vec<Column>, ArrowError> {
    Ok(vec![
        told("article", texts(all, |r| Some(&r.article))),
        told("event", texts(all, |r| Some(&r.event))),
        told("lang", texts(all, |r| Some(r.language.code()))),
        open("published", days(all, |r| r.published)),
        open("publisher", texts(all, |r| r.publisher.as_deref())),
        open("reprint_of", texts(all, |r| r.reprint_of.as_deref())),
        told("status", texts(all, |r| Some(r.status.name()))),
        open("attribution", attributions(all, |r| r.attribution.as_ref())?),
        open("date_start", days(all, |r| r.date.map(|date| date.start))),
        open("date_end", days(all, |r| r.date.map(|date| date.end))),
        open("size", ranges(all, |r| r.size)?),
        open("dead", ranges(all, |r| r.dead)?),
        open("injured", ranges(all, |r| r.injured)?),
        told("evidence", texts(all, |r| Some(&r.evidence))),
        told("differs", differs(all)?),
        open("score", all.iter().map(|r| r.link.as_ref().map(|link| link.score)).collect::<Float32Array>()),
    ])
}

/// Fields in which a report says something else than another, each as `field: what it says`.
fn differs(all: &[&Report]) -> Result<ListArray, ArrowError> {
    let told = all.iter().flat_map(|r| r.differs.iter().map(|d| format!("{}: {}", d.field, d.told)));
    let values = StringArray::from_iter_values(told);
    lists(all.iter().map(|r| r.differs.len()), Arc::new(values))
}

fn deniers(all: &[&Denial]) -> Vec<Column> {
    let countries: Vec<Option<String>> = all.iter().map(|d| d.country.map(|country| country.to_string())).collect();
    vec![
        told("article", texts(all, |d| Some(&d.article))),
        told("event", texts(all, |d| Some(&d.event))),
        told("by", texts(all, |d| Some(&d.by))),
        open("country", StringArray::from(countries)),
        told("evidence", texts(all, |d| Some(&d.evidence))),
    ]
}
