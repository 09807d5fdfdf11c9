//! Parquet: one event a row, typed and nested, compressed by columns.
//!
//! The schema ([`schema`]) is the event's own: sides are lists of structs, days are days, numbers with bounds are structs of two. Rows are
//! gathered into batches, batches into row groups, so that memory stays the same however long the file grows. A file is whole only when
//! [`Writer::finish`] has written its index.
//!
//! Each column is declared once, in `columns`, as its name and the array that a run of rows gives; the schema is what no rows give.

mod arrays;
mod records;
mod table;

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
use arrow_array::{Float32Array, Float64Array, Int8Array, RecordBatch};
use arrow_schema::{ArrowError, Schema};
use depeche_model::{Article, Event};

use arrays::{Column, attributions, days, open, parts, places, ranges, sides, texts, told, wholes, words};
pub use records::records;
pub use table::{Cells, table};

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
        let inner = ArrowWriter::try_new(out, Arc::new(schema()?), Some(properties())).map_err(broken)?;
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

fn properties() -> WriterProperties {
    let builder = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
    builder.set_created_by(CODER.to_owned()).build()
}

/// Writes a whole file of columns, made of runs of rows; the schema is what no rows give.
fn whole<T, W: Write + Send>(
    rows: &[T],
    out: W,
    columns: impl Fn(&[T]) -> Result<Vec<Column>, ArrowError>,
) -> io::Result<W> {
    let (fields, _) = parts(columns(&[]).map_err(io::Error::other)?);
    let schema = Arc::new(Schema::new(fields));
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties())).map_err(broken)?;
    for run in rows.chunks(BATCH) {
        let (_, arrays) = parts(columns(run).map_err(io::Error::other)?);
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(io::Error::other)?;
        writer.write(&batch).map_err(broken)?;
    }
    writer.into_inner().map_err(broken)
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
        open("place", places(events, |e| e.place.as_ref())?),
        open("attribution", attributions(events, |e| e.attribution.as_ref())?),
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
