//! Whether a store is whole: what its file, its indexes and its sums say must be what its events say.

use depeche_model::Diagnostic;
use rusqlite::{Connection, Result};

use super::{Store, read, records, rollup::Changes};
use crate::{archive::Unit, pairs::Act};

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Articles whose version counts.
    pub articles: u64,
    /// Earlier versions kept.
    pub superseded: u64,
    /// Events.
    pub events: u64,
    /// Records.
    pub records: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Questions whose answer is how many rows are wrong, and what is wrong with them.
const RULES: &[(&str, &str)] = &[
    ("SELECT count(*) FROM pragma_foreign_key_check", "rows point to what is not there"),
    (
        "SELECT count(*) FROM events e JOIN articles a ON a.pk = e.article WHERE a.superseded_by IS NOT NULL",
        "events belong to versions that no longer count",
    ),
    (
        "SELECT count(*) FROM (SELECT 1 FROM articles WHERE superseded_by IS NULL GROUP BY id HAVING count(*) > 1)",
        "articles have two versions that count",
    ),
    (
        "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM sides s WHERE s.event = e.pk)",
        "events have neither actor nor recipient",
    ),
    (
        "SELECT count(*) FROM sides s JOIN events e ON e.pk = s.event WHERE s.start IS NOT e.start",
        "sides have another day than their event",
    ),
    (
        "SELECT count(*) FROM records r WHERE r.reports <> (SELECT count(*) FROM events e WHERE e.record = r.pk)",
        "records have another number of reports than they say",
    ),
];

impl Store {
    /// What the store holds.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn contents(&self) -> std::result::Result<Contents, Diagnostic> {
        contents(&self.connection).map_err(|e| self.tell(&e))
    }

    /// Everything that is wrong with the store; empty where it is whole. Reads all of it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn verify(&self) -> std::result::Result<Vec<String>, Diagnostic> {
        verify(&self.connection).map_err(|e| self.tell(&e))
    }
}

fn contents(connection: &Connection) -> Result<Contents> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned);
    let articles = number("SELECT count(*) FROM articles WHERE superseded_by IS NULL")?;
    Ok(Contents {
        articles,
        superseded: number("SELECT count(*) FROM articles")? - articles,
        events: number("SELECT count(*) FROM events")?,
        records: number("SELECT count(*) FROM records")?,
        bytes: number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
    })
}

fn verify(connection: &Connection) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut check = connection.prepare("PRAGMA integrity_check(20)")?;
    let told: Vec<String> = check.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    wrong.extend(told.into_iter().filter(|line| line != "ok"));
    for (question, meaning) in RULES {
        let rows: i64 = connection.query_row(question, [], |row| row.get(0))?;
        if rows > 0 {
            wrong.push(format!("{rows} {meaning}"));
        }
    }
    if !sums_hold(connection)? {
        wrong.push("the sums are not those of the events".to_owned());
    }
    if !words_hold(connection)? {
        wrong.push("the index of words is not that of the articles".to_owned());
    }
    Ok(wrong)
}

/// Whether the sums are what the events come to.
fn sums_hold(connection: &Connection) -> Result<bool> {
    let mut changes = Changes::default();
    let mut statement = connection.prepare("SELECT pk FROM events")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(told) = read::told(connection, row.get(0)?)? {
            changes.add(Unit::Report, Act::of_event(&told.event));
        }
    }
    let mut statement = connection.prepare("SELECT pk FROM records")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(record) = records::record(connection, row.get(0)?)? {
            changes.add(Unit::Record, Act::of_record(&record));
        }
    }
    changes.are(connection)
}

/// Whether the index holds the words of the articles that count, and no others: FTS5 compares it with the table it is told of, which
/// also has the superseded.
fn words_hold(connection: &Connection) -> Result<bool> {
    let missing = "SELECT count(*) FROM articles a WHERE (a.superseded_by IS NULL)
                   <> EXISTS (SELECT 1 FROM words_docsize d WHERE d.id = a.pk)";
    let rows: i64 = connection.query_row(missing, [], |row| row.get(0))?;
    Ok(rows == 0)
}
