//! Between events and rows.

use depeche_model::{Article, Attribution, Country, DateSpan, Entity, Event, Place, Quad, Range, Span, Spans};
use jiff::civil::Date;
use rusqlite::{Connection, Result, Row, types::Type};
use serde::{Deserialize, Serialize};

use crate::archive::{Head, Told};

/// Spans as JSON without names: evidence, trigger, actors, recipients, date, place, attribution; last those of the entities, where
/// they are others than the second and third list.
#[derive(Serialize, Deserialize)]
struct Packed(
    [u32; 2],
    [u32; 2],
    Vec<Option<[u32; 2]>>,
    Vec<Option<[u32; 2]>>,
    Option<[u32; 2]>,
    Option<[u32; 2]>,
    Option<[u32; 2]>,
    Option<Vec<Option<[u32; 2]>>>,
);

const fn pack(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

const fn unpack([start, end]: [u32; 2]) -> Span {
    Span::new(start, end)
}

fn list(spans: &[Option<Span>]) -> Vec<Option<[u32; 2]>> {
    spans.iter().map(|span| span.map(pack)).collect()
}

/// The spans of an event as they are kept.
pub(super) fn spans(event: &Event) -> String {
    let spans = &event.spans;
    let own = event.actors.iter().chain(&event.recipients).map(|entity| entity.span);
    let same = own.clone().eq(spans.actors.iter().chain(&spans.recipients).copied());
    let packed = Packed(
        pack(spans.evidence),
        pack(spans.trigger),
        list(&spans.actors),
        list(&spans.recipients),
        spans.date.map(pack),
        spans.place.map(pack),
        spans.attribution.map(pack),
        (!same).then(|| own.map(|span| span.map(pack)).collect()),
    );
    serde_json::to_string(&packed).unwrap_or_default()
}

/// Names of modes or contexts, as they are kept.
pub(super) fn joined<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(";")
}

/// Everything of an event but its sides; the columns that [`told`] reads, in its order.
pub(super) const EVENT: &str = "SELECT e.id, e.type, e.modes, e.contexts, e.status, e.start, e.\"end\", l.text, l.country, l.region, l.lat, l.lon,
    l.geonameid, c.text, c.country, e.size_min, e.size_max, e.dead_min, e.dead_max, e.injured_min, e.injured_max, e.cameo, e.quad,
    e.goldstein, e.plover_score, e.confidence, e.rule, e.evidence, e.spans, r.id,
    a.id, a.version, a.superseded_by IS NULL, a.lang, a.published, a.title, a.url, p.name
    FROM events e JOIN articles a ON a.pk = e.article LEFT JOIN places l ON l.pk = e.place LEFT JOIN citations c ON c.pk = e.citation
    LEFT JOIN records r ON r.pk = e.record LEFT JOIN publishers p ON p.pk = a.publisher";

/// Where [`head`] begins in [`EVENT`].
const HEAD: usize = 30;

/// The head of an article: eight columns from `at` on.
pub(super) fn head(row: &Row<'_>, at: usize) -> Result<Head> {
    Ok(Head {
        id: row.get(at)?,
        version: row.get(at + 1)?,
        current: row.get(at + 2)?,
        language: parsed(row, at + 3)?,
        published: optional(row, at + 4)?,
        title: row.get(at + 5)?,
        url: row.get(at + 6)?,
        publisher: row.get(at + 7)?,
    })
}

/// An article of its head and its text.
pub(super) fn article(head: Head, text: String) -> Article {
    let Head { id, language, published, title, url, publisher, .. } = head;
    Article { id, language, published, title, text, url, publisher }
}

/// An event of that number, from a row of [`EVENT`].
pub(super) fn told(connection: &Connection, pk: i64, row: &Row<'_>) -> Result<Told> {
    let packed: Packed = serde_json::from_str(row.get_ref(28)?.as_str()?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(28, Type::Text, Box::new(e)))?;
    let (mut actors, mut recipients) = sides(connection, pk)?;
    let kept = packed.7.clone().unwrap_or_else(|| packed.2.iter().chain(&packed.3).copied().collect());
    for (entity, span) in actors.iter_mut().chain(&mut recipients).zip(kept) {
        entity.span = span.map(unpack);
    }
    let start: Option<Date> = optional(row, 5)?;
    let end: Option<Date> = optional(row, 6)?;
    let quad: u8 = row.get(22)?;
    let event = Event {
        id: row.get(0)?,
        event: parsed(row, 1)?,
        modes: split(row, 2)?,
        contexts: split(row, 3)?,
        actors,
        recipients,
        date: start.zip(end).map(|(start, end)| DateSpan { start, end }),
        place: place(row)?,
        status: parsed(row, 4)?,
        attribution: attribution(row)?,
        size: range(row, 15)?,
        dead: range(row, 17)?,
        injured: range(row, 19)?,
        evidence: row.get(27)?,
        cameo: row.get(21)?,
        quad: Quad::ALL.get(usize::from(quad).wrapping_sub(1)).copied().unwrap_or(Quad::VerbalCooperation),
        goldstein: row.get(23)?,
        plover_score: row.get(24)?,
        confidence: row.get(25)?,
        rule: row.get(26)?,
        spans: unpacked(packed),
    };
    Ok(Told { event, record: row.get(29)?, article: head(row, HEAD)? })
}

fn unpacked(packed: Packed) -> Spans {
    let list = |all: Vec<Option<[u32; 2]>>| all.into_iter().map(|span| span.map(unpack)).collect();
    Spans {
        evidence: unpack(packed.0),
        trigger: unpack(packed.1),
        actors: list(packed.2),
        recipients: list(packed.3),
        date: packed.4.map(unpack),
        place: packed.5.map(unpack),
        attribution: packed.6.map(unpack),
    }
}

fn sides(connection: &Connection, pk: i64) -> Result<(Vec<Entity>, Vec<Entity>)> {
    let mut statement = connection.prepare_cached(
        "SELECT s.role, q.text, q.country, q.sector, q.name, q.wikidata FROM sides s JOIN parties q ON q.pk = s.party WHERE s.event = ?1
         ORDER BY s.role, s.n",
    )?;
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    let mut rows = statement.query([pk])?;
    while let Some(row) = rows.next()? {
        let role: i64 = row.get(0)?;
        let entity = Entity {
            text: row.get(1)?,
            country: country(row, 2)?,
            sector: parsed(row, 3)?,
            name: row.get(4)?,
            wikidata: row.get(5)?,
            span: None,
        };
        if role == 0 { &mut actors } else { &mut recipients }.push(entity);
    }
    Ok((actors, recipients))
}

fn place(row: &Row<'_>) -> Result<Option<Place>> {
    let Some(text) = row.get(7)? else { return Ok(None) };
    let (region, lat, lon, geonameid) = (row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?);
    Ok(Some(Place { text, country: country(row, 8)?, region, lat, lon, geonameid }))
}

fn attribution(row: &Row<'_>) -> Result<Option<Attribution>> {
    let Some(text) = row.get(13)? else { return Ok(None) };
    Ok(Some(Attribution { text, country: country(row, 14)? }))
}

fn range(row: &Row<'_>, at: usize) -> Result<Option<Range>> {
    let number = |at| row.get::<_, Option<i64>>(at).map(|n| n.map(i64::cast_unsigned));
    let range = Range { min: number(at)?, max: number(at + 1)? };
    Ok((range != Range { min: None, max: None }).then_some(range))
}

fn country(row: &Row<'_>, at: usize) -> Result<Option<Country>> {
    optional(row, at)
}

/// A column that is written as `Display` writes it.
pub(super) fn parsed<T>(row: &Row<'_>, at: usize) -> Result<T>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    read(row.get_ref(at)?.as_str()?, at)
}

/// The same where it may be null.
pub(super) fn optional<T>(row: &Row<'_>, at: usize) -> Result<Option<T>>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    row.get_ref(at)?.as_str_or_null()?.map(|text| read(text, at)).transpose()
}

fn split<T>(row: &Row<'_>, at: usize) -> Result<Vec<T>>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    row.get_ref(at)?.as_str()?.split(';').filter(|name| !name.is_empty()).map(|name| read(name, at)).collect()
}

fn read<T>(text: &str, at: usize) -> Result<T>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    text.parse().map_err(|e: T::Err| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, e.to_string().into()))
}
