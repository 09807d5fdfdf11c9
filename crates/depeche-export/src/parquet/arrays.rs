//! Columns as Arrow's arrays: each is a name and what picks its value out of a row.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, Float64Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Fields};
use depeche_model::{Attribution, Entity, Place, Range};
use jiff::civil::Date;

/// A column: its name, whether it may be null, its values.
pub(super) struct Column(pub &'static str, pub bool, pub ArrayRef);

/// A column that every row has.
pub(super) fn told(name: &'static str, array: impl Array + 'static) -> Column {
    Column(name, false, Arc::new(array))
}

/// A column that a row may lack.
pub(super) fn open(name: &'static str, array: impl Array + 'static) -> Column {
    Column(name, true, Arc::new(array))
}

pub(super) fn parts(columns: Vec<Column>) -> (Fields, Vec<ArrayRef>) {
    let field = |Column(name, null, array): &Column| Field::new(*name, array.data_type().clone(), *null);
    let fields = columns.iter().map(field).collect();
    (fields, columns.into_iter().map(|Column(_, _, array)| array).collect())
}

pub(super) fn texts<'a, T>(rows: &[&'a T], pick: impl Fn(&'a T) -> Option<&'a str>) -> StringArray {
    rows.iter().map(|row| pick(row)).collect()
}

/// Integers, signed and wide, which every reader knows.
pub(super) fn wholes<T, N: Into<u64>>(rows: &[&T], pick: impl Fn(&T) -> Option<N>) -> Int64Array {
    let signed = |row: &&T| pick(row).map(|n| i64::try_from(n.into()).unwrap_or(i64::MAX));
    rows.iter().map(signed).collect()
}

/// Days since 1970.
pub(super) fn days<T>(rows: &[&T], pick: impl Fn(&T) -> Option<Date>) -> Date32Array {
    let since = |day: Date| day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    rows.iter().map(|row| pick(row).and_then(|day| i32::try_from(since(day)).ok())).collect()
}

/// A list for each row, its items side by side in `items`.
pub(super) fn lists(lengths: impl IntoIterator<Item = usize>, items: ArrayRef) -> Result<ListArray, ArrowError> {
    let item = Field::new_list_field(items.data_type().clone(), false);
    ListArray::try_new(Arc::new(item), OffsetBuffer::from_lengths(lengths), items, None)
}

pub(super) fn words<'a, T>(rows: &[&'a T], pick: impl Fn(&'a T) -> Vec<&'static str>) -> Result<ListArray, ArrowError> {
    let words: Vec<Vec<&str>> = rows.iter().map(|row| pick(row)).collect();
    let lengths: Vec<usize> = words.iter().map(Vec::len).collect();
    lists(lengths, Arc::new(StringArray::from_iter_values(words.into_iter().flatten())))
}

/// Structs; null where `present` says that the row has none.
pub(super) fn structs(columns: Vec<Column>, present: Option<Vec<bool>>) -> Result<StructArray, ArrowError> {
    let (fields, arrays) = parts(columns);
    StructArray::try_new(fields, arrays, present.map(NullBuffer::from))
}

pub(super) fn sides<'a, T>(rows: &[&'a T], pick: impl Fn(&'a T) -> &'a Vec<Entity>) -> Result<ListArray, ArrowError> {
    let all: Vec<&Entity> = rows.iter().flat_map(|row| pick(row)).collect();
    let countries: Vec<Option<String>> = all.iter().map(|e| e.country.map(|country| country.to_string())).collect();
    let entities = structs(
        vec![
            told("text", texts(&all, |e| Some(&e.text))),
            open("country", StringArray::from(countries)),
            told("sector", texts(&all, |e| Some(e.sector.name()))),
            open("name", texts(&all, |e| e.name.as_deref())),
            open("wikidata", texts(&all, |e| e.wikidata.as_deref())),
            open("start", wholes(&all, |e| e.span.map(|span| span.start))),
            open("end", wholes(&all, |e| e.span.map(|span| span.end))),
        ],
        None,
    )?;
    lists(rows.iter().map(|row| pick(row).len()), Arc::new(entities))
}

/// A value of what a row may lack; null where it does, or where the value is.
pub(super) fn of<'a, T, V, A: FromIterator<Option<V>>>(rows: &[Option<&'a T>], pick: impl Fn(&'a T) -> Option<V>) -> A {
    rows.iter().map(|row| row.and_then(&pick)).collect()
}

/// The words of what a row may lack; empty, under a null, where it does.
pub(super) fn named<'a, T>(rows: &[Option<&'a T>], pick: impl Fn(&'a T) -> &'a str) -> StringArray {
    StringArray::from_iter_values(rows.iter().map(|row| row.map_or("", &pick)))
}

pub(super) fn places<'a, T>(
    rows: &[&'a T],
    pick: impl Fn(&'a T) -> Option<&'a Place>,
) -> Result<StructArray, ArrowError> {
    let places: Vec<Option<&Place>> = rows.iter().map(|row| pick(row)).collect();
    structs(
        vec![
            told("text", named(&places, |place| &place.text)),
            open("country", of::<_, _, StringArray>(&places, |place| place.country.map(|c| c.to_string()))),
            open("region", of::<_, _, StringArray>(&places, |place| place.region.as_deref())),
            open("lat", of::<_, _, Float64Array>(&places, |place| place.lat)),
            open("lon", of::<_, _, Float64Array>(&places, |place| place.lon)),
            open("geonameid", of::<_, _, Int64Array>(&places, |place| place.geonameid.map(i64::from))),
        ],
        Some(places.iter().map(Option::is_some).collect()),
    )
}

pub(super) fn attributions<'a, T>(
    rows: &[&'a T],
    pick: impl Fn(&'a T) -> Option<&'a Attribution>,
) -> Result<StructArray, ArrowError> {
    let cited: Vec<Option<&Attribution>> = rows.iter().map(|row| pick(row)).collect();
    structs(
        vec![
            told("text", named(&cited, |source| &source.text)),
            open("country", of::<_, _, StringArray>(&cited, |source| source.country.map(|c| c.to_string()))),
        ],
        Some(cited.iter().map(Option::is_some).collect()),
    )
}

pub(super) fn ranges<T>(rows: &[&T], pick: impl Fn(&T) -> Option<Range>) -> Result<StructArray, ArrowError> {
    structs(
        vec![
            open("min", wholes(rows, |row| pick(row).and_then(|range| range.min))),
            open("max", wholes(rows, |row| pick(row).and_then(|range| range.max))),
        ],
        Some(rows.iter().map(|row| pick(row).is_some()).collect()),
    )
}
