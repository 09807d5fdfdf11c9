//! Parquet: one event a row, typed and nested, compressed by columns.
//!
//! The schema ([`schema`]) is the event's own: sides are lists of structs, days are days, numbers with bounds are structs of two. Rows are
//! gathered into batches, batches into row groups, so that memory stays the same however long the file grows. A file is whole only when
//! [`Writer::finish`] has written its index.
//!
//! Each column is declared once, in `columns`, as its name and the array that a run of rows gives; the schema is what no rows give.

use std::{
    io::{self, Write},
    sync::Arc,
};

use ::parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};
use arrow_array::{
    Array, ArrayRef, Date32Array, Float32Array, Float64Array, Int8Array, Int64Array, ListArray, RecordBatch,
    StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Fields, Schema};
use depeche_model::{Article, Attribution, Entity, Event, Place, Range};
use jiff::civil::Date;

use crate::{CODER, Telling};

/// Rows of a batch.
const BATCH: usize = 1024;
/// Bytes of a row group under way past which it is written out.
const GROUP: usize = 32 << 20;

/// Writes a Parquet file.
pub struct Writer<W: Write + Send> {
    inner: ArrowWriter<W>,
    rows: Vec<Row>,
}

/// An event and what is kept of its article, without the text.
struct Row {
    article: Arc<Article>,
    event: Event,
}

impl<W: Write + Send> Writer<W> {
    /// A writer that has written the opening bytes.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn new(out: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(CODER.to_owned())
            .build();
        let inner = ArrowWriter::try_new(out, Arc::new(schema()?), Some(properties)).map_err(broken)?;
        Ok(Self { inner, rows: Vec::with_capacity(BATCH) })
    }

    /// Writes the events of an article, or holds them back until there are enough for a batch; says how many there are.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn write(&mut self, telling: &Telling<'_>) -> io::Result<u64> {
        if telling.events.is_empty() {
            return Ok(0);
        }
        let article = Arc::new(Article { text: String::new(), ..telling.article.clone() });
        for event in telling.events {
            self.rows.push(Row { article: Arc::clone(&article), event: event.clone() });
            if self.rows.len() == BATCH {
                self.batch()?;
            }
        }
        Ok(telling.events.len() as u64)
    }

    fn batch(&mut self) -> io::Result<()> {
        let batch = batch(&self.rows).map_err(io::Error::other)?;
        self.rows.clear();
        self.inner.write(&batch).map_err(broken)?;
        if self.inner.in_progress_size() > GROUP {
            self.inner.flush().map_err(broken)?;
        }
        Ok(())
    }

    /// Writes what is held back and the index, and gives the output back.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.rows.is_empty() {
            self.batch()?;
        }
        self.inner.into_inner().map_err(broken)
    }
}

fn broken(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// The schema of a file, as `docs/formats.md` tells it.
///
/// # Errors
/// Never, in truth: that the columns fit each other is what a test checks.
pub fn schema() -> io::Result<Schema> {
    let (fields, _) = parts(columns(&[]).map_err(io::Error::other)?);
    Ok(Schema::new(fields))
}

fn batch(rows: &[Row]) -> Result<RecordBatch, ArrowError> {
    let (fields, arrays) = parts(columns(rows)?);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// A column: its name, whether it may be null, its values.
struct Column(&'static str, bool, ArrayRef);

/// A column that every row has.
fn told(name: &'static str, array: impl Array + 'static) -> Column {
    Column(name, false, Arc::new(array))
}

/// A column that a row may lack.
fn open(name: &'static str, array: impl Array + 'static) -> Column {
    Column(name, true, Arc::new(array))
}

fn parts(columns: Vec<Column>) -> (Fields, Vec<ArrayRef>) {
    let field = |Column(name, null, array): &Column| Field::new(*name, array.data_type().clone(), *null);
    let fields = columns.iter().map(field).collect();
    (fields, columns.into_iter().map(|Column(_, _, array)| array).collect())
}

/// The columns of a run of rows.
fn columns(rows: &[Row]) -> Result<Vec<Column>, ArrowError> {
    let articles: Vec<&Article> = rows.iter().map(|row| &*row.article).collect();
    let events: Vec<&Event> = rows.iter().map(|row| &row.event).collect();
    let mut columns = of_articles(&articles);
    columns.extend(of_acts(&events)?);
    columns.extend(of_measures(&events)?);
    Ok(columns)
}

/// What article an event was told in.
fn of_articles(articles: &[&Article]) -> Vec<Column> {
    vec![
        told("article", texts(articles, |a| Some(&a.id))),
        told("lang", texts(articles, |a| Some(a.language.code()))),
        open("published", days(articles, |a| a.published)),
        open("publisher", texts(articles, |a| a.publisher.as_deref())),
        open("url", texts(articles, |a| a.url.as_deref())),
        told("title", texts(articles, |a| Some(&a.title))),
    ]
}

/// Who did what to whom, when, where, according to whom.
fn of_acts(events: &[&Event]) -> Result<Vec<Column>, ArrowError> {
    Ok(vec![
        told("event", texts(events, |e| Some(&e.id))),
        told("type", texts(events, |e| Some(e.event.name()))),
        told("modes", words(events, |e| e.modes.iter().map(|mode| mode.name()).collect())?),
        told("contexts", words(events, |e| e.contexts.iter().map(|context| context.name()).collect())?),
        told("status", texts(events, |e| Some(e.status.name()))),
        open("date_start", days(events, |e| e.date.map(|date| date.start))),
        open("date_end", days(events, |e| e.date.map(|date| date.end))),
        told("actors", sides(events, |e| &e.actors)?),
        told("recipients", sides(events, |e| &e.recipients)?),
        open("place", places(events)?),
        open("attribution", attributions(events)?),
    ])
}

/// How many, how grave, how sure, by which words.
fn of_measures(events: &[&Event]) -> Result<Vec<Column>, ArrowError> {
    Ok(vec![
        open("size", ranges(events, |e| e.size)?),
        open("dead", ranges(events, |e| e.dead)?),
        open("injured", ranges(events, |e| e.injured)?),
        told("cameo", texts(events, |e| Some(&e.cameo))),
        told("quad", events.iter().map(|e| i8::try_from(e.quad.number()).ok()).collect::<Int8Array>()),
        told("goldstein", Float32Array::from_iter_values(events.iter().map(|e| e.goldstein))),
        told("plover_score", Float32Array::from_iter_values(events.iter().map(|e| e.plover_score))),
        told("confidence", Float64Array::from_iter_values(events.iter().map(|e| e.confidence))),
        told("rule", texts(events, |e| Some(&e.rule))),
        told("evidence", texts(events, |e| Some(&e.evidence))),
        told("evidence_start", wholes(events, |e| Some(e.spans.evidence.start))),
        told("evidence_end", wholes(events, |e| Some(e.spans.evidence.end))),
        told("trigger_start", wholes(events, |e| Some(e.spans.trigger.start))),
        told("trigger_end", wholes(events, |e| Some(e.spans.trigger.end))),
    ])
}

fn texts<'a, T>(rows: &[&'a T], pick: impl Fn(&'a T) -> Option<&'a str>) -> StringArray {
    rows.iter().map(|row| pick(row)).collect()
}

/// Integers, signed and wide, which every reader knows.
fn wholes<T, N: Into<u64>>(rows: &[&T], pick: impl Fn(&T) -> Option<N>) -> Int64Array {
    let signed = |row: &&T| pick(row).map(|n| i64::try_from(n.into()).unwrap_or(i64::MAX));
    rows.iter().map(signed).collect()
}

/// Days since 1970.
fn days<T>(rows: &[&T], pick: impl Fn(&T) -> Option<Date>) -> Date32Array {
    let since = |day: Date| day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    rows.iter().map(|row| pick(row).and_then(|day| i32::try_from(since(day)).ok())).collect()
}

/// A list for each row, its items side by side in `items`.
fn lists(lengths: impl IntoIterator<Item = usize>, items: ArrayRef) -> Result<ListArray, ArrowError> {
    let item = Field::new_list_field(items.data_type().clone(), false);
    ListArray::try_new(Arc::new(item), OffsetBuffer::from_lengths(lengths), items, None)
}

fn words<'a, T>(rows: &[&'a T], pick: impl Fn(&'a T) -> Vec<&'static str>) -> Result<ListArray, ArrowError> {
    let words: Vec<Vec<&str>> = rows.iter().map(|row| pick(row)).collect();
    let lengths: Vec<usize> = words.iter().map(Vec::len).collect();
    lists(lengths, Arc::new(StringArray::from_iter_values(words.into_iter().flatten())))
}

/// Structs; null where `present` says that the row has none.
fn structs(columns: Vec<Column>, present: Option<Vec<bool>>) -> Result<StructArray, ArrowError> {
    let (fields, arrays) = parts(columns);
    StructArray::try_new(fields, arrays, present.map(NullBuffer::from))
}

fn sides<'a>(events: &[&'a Event], pick: impl Fn(&'a Event) -> &'a Vec<Entity>) -> Result<ListArray, ArrowError> {
    let all: Vec<&Entity> = events.iter().flat_map(|event| pick(event)).collect();
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
    lists(events.iter().map(|event| pick(event).len()), Arc::new(entities))
}

/// A value of what a row may lack; null where it does, or where the value is.
fn of<'a, T, V, A: FromIterator<Option<V>>>(rows: &[Option<&'a T>], pick: impl Fn(&'a T) -> Option<V>) -> A {
    rows.iter().map(|row| row.and_then(&pick)).collect()
}

/// The words of what a row may lack; empty, under a null, where it does.
fn named<'a, T>(rows: &[Option<&'a T>], pick: impl Fn(&'a T) -> &'a str) -> StringArray {
    StringArray::from_iter_values(rows.iter().map(|row| row.map_or("", &pick)))
}

fn places(events: &[&Event]) -> Result<StructArray, ArrowError> {
    let places: Vec<Option<&Place>> = events.iter().map(|event| event.place.as_ref()).collect();
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

fn attributions(events: &[&Event]) -> Result<StructArray, ArrowError> {
    let cited: Vec<Option<&Attribution>> = events.iter().map(|event| event.attribution.as_ref()).collect();
    structs(
        vec![
            told("text", named(&cited, |source| &source.text)),
            open("country", of::<_, _, StringArray>(&cited, |source| source.country.map(|c| c.to_string()))),
        ],
        Some(cited.iter().map(Option::is_some).collect()),
    )
}

fn ranges(events: &[&Event], pick: impl Fn(&Event) -> Option<Range>) -> Result<StructArray, ArrowError> {
    structs(
        vec![
            open("min", wholes(events, |e| pick(e).and_then(|range| range.min))),
            open("max", wholes(events, |e| pick(e).and_then(|range| range.max))),
        ],
        Some(events.iter().map(|event| pick(event).is_some()).collect()),
    )
}
