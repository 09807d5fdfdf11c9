//! Records, kept in step with the events: in the transaction that brings or takes events, what they touch is merged anew.
//!
//! Which events can be one act is [`depeche_record`]'s to say. It looks events up by **blocks**; the store keeps the blocks of each event, and
//! of each article its **signature** (is it a reprint?) and **profile** (what is it about?), so that no text is read twice. Around what
//! changed a neighbourhood is gathered that nothing outside is tied to; merging it gives the records that merging everything would
//! give, whatever the order in which articles came.

use std::{cell::RefCell, collections::BTreeSet};

use depeche_model::{Article, Diagnostic, Event, EventType, Language, Record, Ruling, Verdict};
use depeche_record::{Copy, Profile, Reprints, Source, Telling, block, merge, neighbourhood};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Result, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest as _, Sha256};

use super::{Store, read, rollup::Changes, row};
use crate::{
    archive::{Told, Unit},
    pairs::Act,
};

/// Days around a publication in which its reprints, and theirs, are looked for.
const WINDOW: i64 = 15;

/// Texts known to this process, as far as days have been asked for.
#[derive(Debug, Default)]
pub(super) struct Texts {
    reprints: Reprints,
    days: FxHashSet<Option<Date>>,
}

/// A merging at work.
pub(super) struct Merging<'a> {
    connection: &'a Connection,
    texts: &'a mut Texts,
    /// What becomes of the sums.
    pub changes: Changes,
    /// Events whose records must be looked at.
    seeds: BTreeSet<i64>,
    tellings: FxHashMap<i64, Telling>,
    sources: FxHashMap<i64, Source>,
    numbers: FxHashMap<String, i64>,
}

impl<'a> Merging<'a> {
    pub(super) fn new(connection: &'a Connection, texts: &'a mut Texts) -> Self {
        Self {
            connection,
            texts,
            changes: Changes::default(),
            seeds: BTreeSet::new(),
            tellings: FxHashMap::default(),
            sources: FxHashMap::default(),
            numbers: FxHashMap::default(),
        }
    }

    /// Keeps what merging asks of an article that came, and notes whose reprint it is.
    pub(super) fn article(&mut self, pk: i64, article: &Article) -> Result<()> {
        self.know(article.published)?;
        let signature = self.texts.reprints.signature(&article.text);
        let source = Source::of(article);
        let keep = "INSERT INTO merging (article, signature, profile) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(keep)?.execute(params![pk, json(&signature)?, json(&source.profile)?])?;
        let copy =
            Copy { article: article.id.clone(), language: article.language, published: article.published, signature };
        let changes = self.texts.reprints.insert(copy);
        self.reprinted(changes)
    }

    /// Forgets an article that is superseded.
    pub(super) fn forget(&mut self, pk: i64, id: &str, published: Option<Date>) -> Result<()> {
        self.know(published)?;
        let changes = self.texts.reprints.remove(id);
        self.connection.prepare_cached("DELETE FROM merging WHERE article = ?1")?.execute([pk])?;
        self.reprinted(changes)
    }

    fn reprinted(&mut self, changes: Vec<depeche_record::Change>) -> Result<()> {
        let write =
            "UPDATE articles SET reprint_of = ?2 WHERE id = ?1 AND superseded_by IS NULL AND reprint_of IS NOT ?2";
        let mut write = self.connection.prepare_cached(write)?;
        let find =
            "SELECT e.pk FROM articles a JOIN events e ON e.article = a.pk WHERE a.id = ?1 AND a.superseded_by IS NULL";
        let mut find = self.connection.prepare_cached(find)?;
        for change in changes {
            if write.execute(params![change.article, change.reprint_of])? > 0 {
                let events = find.query_map([&change.article], |row| row.get(0))?;
                self.seeds.extend(events.collect::<Result<Vec<i64>>>()?);
            }
        }
        Ok(())
    }

    /// Makes known the texts that were published around a day.
    fn know(&mut self, day: Option<Date>) -> Result<()> {
        let missing: Vec<Option<Date>> = match day {
            None => vec![None],
            Some(day) => (-WINDOW..=WINDOW).map(|n| day.checked_add(n.days()).ok()).collect(),
        };
        let mut find = self.connection.prepare_cached(
            "SELECT a.id, a.lang, m.signature FROM articles a JOIN merging m ON m.article = a.pk
             WHERE a.published IS ?1 AND a.superseded_by IS NULL",
        )?;
        for day in missing {
            if !self.texts.days.insert(day) {
                continue;
            }
            let mut rows = find.query([day.map(|day| day.to_string())])?;
            while let Some(row) = rows.next()? {
                let signature = parsed(row.get_ref(2)?.as_str()?)?;
                self.texts.reprints.insert(Copy {
                    article: row.get(0)?,
                    language: row::parsed(row, 1)?,
                    published: day,
                    signature,
                });
            }
        }
        Ok(())
    }

    /// Keeps the blocks of an event that came.
    pub(super) fn event(&mut self, pk: i64, article: &Article, event: &Event) -> Result<()> {
        let telling = Telling { source: bare(&article.id, article.language, article.published), event: event.clone() };
        let mut keep = self.connection.prepare_cached("INSERT INTO blocks (block, event) VALUES (?1, ?2)")?;
        for block in block::blocks(&telling) {
            keep.execute([number(&block), pk])?;
        }
        self.seeds.insert(pk);
        Ok(())
    }

    /// Takes an event out that goes; the other reports of its record are looked at anew.
    pub(super) fn remove(&mut self, pk: i64, told: &Told) -> Result<()> {
        let telling = Telling {
            source: bare(&told.article.id, told.article.language, told.article.published),
            event: told.event.clone(),
        };
        let mut remove = self.connection.prepare_cached("DELETE FROM blocks WHERE block = ?1 AND event = ?2")?;
        for block in block::blocks(&telling) {
            remove.execute([number(&block), pk])?;
        }
        let others = self.members_with(pk)?;
        self.seeds.extend(others);
        self.seeds.remove(&pk);
        self.tellings.remove(&pk);
        let find = "SELECT record FROM events WHERE pk = ?1 AND record IS NOT NULL";
        let record: Option<i64> = self.connection.prepare_cached(find)?.query_row([pk], |row| row.get(0)).optional()?;
        record.map_or(Ok(()), |record| self.take(record))
    }

    /// Every report of the record that an event belongs to.
    fn members_with(&self, pk: i64) -> Result<Vec<i64>> {
        let find = "SELECT o.pk FROM events e JOIN events o ON o.record = e.record WHERE e.pk = ?1 ORDER BY o.pk";
        self.connection.prepare_cached(find)?.query_map([pk], |row| row.get(0))?.collect()
    }

    fn telling(&mut self, pk: i64) -> Result<Option<Telling>> {
        if let Some(telling) = self.tellings.get(&pk) {
            return Ok(Some(telling.clone()));
        }
        let Some(told) = read::told(self.connection, pk)? else { return Ok(None) };
        let article: i64 = self
            .connection
            .prepare_cached("SELECT article FROM events WHERE pk = ?1")?
            .query_row([pk], |row| row.get(0))?;
        let source = if let Some(source) = self.sources.get(&article) {
            source.clone()
        } else {
            let source = source(self.connection, article)?;
            self.sources.insert(article, source.clone());
            source
        };
        let telling = Telling { source, event: told.event };
        self.numbers.insert(telling.event.id.clone(), pk);
        self.tellings.insert(pk, telling.clone());
        Ok(Some(telling))
    }

    /// Merges what the seeds can touch, writes the records, and gives what becomes of the sums.
    pub(super) fn run(mut self) -> Result<Changes> {
        let rulings = rulings(self.connection)?;
        while let Some(seed) = self.seeds.pop_first() {
            let within = self.gather(seed, &rulings)?;
            self.seeds.retain(|seed| !within.contains(seed));
            self.write(&within, &rulings)?;
        }
        Ok(self.changes)
    }

    /// Everything that may share a record with an event, and with what shares one with that.
    fn gather(&mut self, seed: i64, rulings: &[Ruling]) -> Result<BTreeSet<i64>> {
        let (mut within, mut queue) = (BTreeSet::new(), vec![seed]);
        while !queue.is_empty() {
            let mut next = BTreeSet::new();
            for pk in self.tied(&queue, rulings)? {
                if within.insert(pk) {
                    next.extend(self.members_with(pk)?);
                    next.extend(self.deniers(pk)?);
                }
            }
            queue = next.into_iter().filter(|pk| !within.contains(pk)).collect();
        }
        Ok(within)
    }

    /// Denials in the same article: they may point at the act.
    fn deniers(&self, pk: i64) -> Result<Vec<i64>> {
        let find = "SELECT o.pk FROM events e JOIN events o ON o.article = e.article WHERE e.pk = ?1 AND o.type = ?2";
        let reject = EventType::Reject.name();
        self.connection.prepare_cached(find)?.query_map(params![pk, reject], |row| row.get(0))?.collect()
    }

    /// These events and all that is tied to them, near or far.
    fn tied(&mut self, events: &[i64], rulings: &[Ruling]) -> Result<Vec<i64>> {
        let mut seeds = Vec::new();
        for pk in events {
            seeds.extend(self.telling(*pk)?);
        }
        let connection = self.connection;
        let this = RefCell::new(&mut *self);
        let fetch = |block: &str| -> Result<Vec<Telling>> {
            let mut find = connection.prepare_cached("SELECT event FROM blocks WHERE block = ?1")?;
            let events: Vec<i64> = find.query_map([number(block)], |row| row.get(0))?.collect::<Result<_>>()?;
            let mut this = this.borrow_mut();
            events.into_iter().filter_map(|pk| this.telling(pk).transpose()).collect()
        };
        let named = |id: &str| -> Result<Option<Telling>> {
            match event_named(connection, id)? {
                Some(pk) => this.borrow_mut().telling(pk),
                None => Ok(None),
            }
        };
        let found = neighbourhood(seeds, rulings, fetch, named)?;
        Ok(found.iter().filter_map(|telling| self.numbers.get(&telling.event.id).copied()).collect())
    }

    fn write(&mut self, within: &BTreeSet<i64>, rulings: &[Ruling]) -> Result<()> {
        let mut tellings = Vec::new();
        for pk in within {
            tellings.extend(self.telling(*pk)?);
        }
        let mut old = BTreeSet::new();
        let mut find =
            self.connection.prepare_cached("SELECT record FROM events WHERE pk = ?1 AND record IS NOT NULL")?;
        for pk in within {
            old.extend(find.query_row([pk], |row| row.get::<_, i64>(0)).optional()?);
        }
        for record in old {
            self.take(record)?;
        }
        for record in merge(&tellings, rulings).records {
            self.give(&record)?;
        }
        Ok(())
    }

    /// Takes a record out; its events stay.
    fn take(&mut self, pk: i64) -> Result<()> {
        if let Some(record) = record(self.connection, pk)? {
            self.changes.take(Unit::Record, Act::of_record(&record));
        }
        self.connection.prepare_cached("UPDATE events SET record = NULL WHERE record = ?1")?.execute([pk])?;
        self.connection.prepare_cached("DELETE FROM records WHERE pk = ?1")?.execute([pk])?;
        Ok(())
    }

    fn give(&mut self, record: &Record) -> Result<()> {
        let make = "INSERT INTO records (id, type, status, start, \"end\", first_seen, last_seen, reports, sources, outlets, detail)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let plain = record.reports.len() == 1 && record.denials.is_empty();
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let pk = self.connection.prepare_cached(make)?.insert(params![
            record.id,
            record.event.name(),
            record.status.name(),
            day(record.date.map(|date| date.start)),
            day(record.date.map(|date| date.end)),
            day(record.first_seen),
            day(record.last_seen),
            record.reports.len().cast_signed() as i64,
            record.sources,
            record.outlets,
            if plain { None } else { Some(json(record)?) }
        ])?;
        let mut point = self.connection.prepare_cached("UPDATE events SET record = ?2 WHERE pk = ?1")?;
        for event in record.reports.iter().filter_map(|report| self.numbers.get(&report.event)) {
            point.execute([*event, pk])?;
        }
        self.changes.add(Unit::Record, Act::of_record(record));
        Ok(())
    }
}

/// As much of a source as blocks ask for.
fn bare(id: &str, language: Language, published: Option<Date>) -> Source {
    let (article, profile) = (id.to_owned(), Profile::default());
    Source { article, publisher: None, language, published, reprint_of: None, profile }
}

/// What merging asks of an article, as it is kept.
fn source(connection: &Connection, pk: i64) -> Result<Source> {
    let find = "SELECT a.id, p.name, a.lang, a.published, a.reprint_of, m.profile FROM articles a
                LEFT JOIN publishers p ON p.pk = a.publisher LEFT JOIN merging m ON m.article = a.pk WHERE a.pk = ?1";
    connection.prepare_cached(find)?.query_row([pk], |row| {
        let profile = row.get_ref(5)?.as_str_or_null()?.map(parsed).transpose()?.unwrap_or_default();
        Ok(Source {
            article: row.get(0)?,
            publisher: row.get(1)?,
            language: row::parsed(row, 2)?,
            published: row::optional(row, 3)?,
            reprint_of: row.get(4)?,
            profile,
        })
    })
}

/// The record of a number.
pub(super) fn record(connection: &Connection, pk: i64) -> Result<Option<Record>> {
    let find = "SELECT detail, (SELECT min(e.pk) FROM events e WHERE e.record = r.pk) FROM records r WHERE r.pk = ?1";
    let found: Option<(Option<String>, Option<i64>)> =
        connection.prepare_cached(find)?.query_row([pk], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match found {
        Some((Some(detail), _)) => parsed(&detail).map(Some),
        // One report tells all.
        Some((None, Some(event))) => {
            let Some(told) = read::told(connection, event)? else { return Ok(None) };
            let article = connection
                .prepare_cached("SELECT article FROM events WHERE pk = ?1")?
                .query_row([event], |row| row.get(0))?;
            let telling = Telling { source: source(connection, article)?, event: told.event };
            Ok(merge(&[telling], &[]).records.into_iter().next())
        }
        _ => Ok(None),
    }
}

/// The number of a record by its own id or that of one of its events.
pub(super) fn named(connection: &Connection, id: &str) -> Result<Option<i64>> {
    let find = "SELECT pk FROM records WHERE id = ?1";
    let found = connection.prepare_cached(find)?.query_row([id], |row| row.get(0)).optional()?;
    if found.is_some() {
        return Ok(found);
    }
    let Some(event) = event_named(connection, id)? else { return Ok(None) };
    let find = "SELECT record FROM events WHERE pk = ?1";
    connection.prepare_cached(find)?.query_row([event], |row| row.get(0))
}

/// The number of an event. Its id begins with that of its article.
pub(super) fn event_named(connection: &Connection, id: &str) -> Result<Option<i64>> {
    let Some((article, _)) = id.rsplit_once('#') else { return Ok(None) };
    let find = "SELECT e.pk FROM articles a JOIN events e ON e.article = a.pk
                WHERE a.id = ?1 AND a.superseded_by IS NULL AND e.id = ?2";
    connection.prepare_cached(find)?.query_row([article, id], |row| row.get(0)).optional()
}

/// What persons ruled.
pub(super) fn rulings(connection: &Connection) -> Result<Vec<Ruling>> {
    let mut find = connection.prepare_cached("SELECT one, other, verdict FROM rulings")?;
    find.query_map([], |row| {
        let verdict = if row.get_ref(2)?.as_str()? == "same" { Verdict::Same } else { Verdict::Different };
        Ok(Ruling { one: row.get(0)?, other: row.get(1)?, verdict })
    })?
    .collect()
}

impl Store {
    pub(super) fn rule_all(&mut self, rulings: &[Ruling]) -> std::result::Result<(), Diagnostic> {
        let outcome = self.try_rule(rulings);
        outcome.map_err(|e| self.tell(&e))
    }

    fn try_rule(&mut self, rulings: &[Ruling]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut merging = Merging::new(&transaction, &mut self.texts);
        for ruling in rulings {
            let write = "INSERT OR REPLACE INTO rulings (one, other, verdict) VALUES (?1, ?2, ?3)";
            let (one, other) = (ruling.one.as_str().min(&ruling.other), ruling.one.as_str().max(&ruling.other));
            transaction.prepare_cached(write)?.execute(params![one, other, ruling.verdict.to_string()])?;
            for event in [one, other] {
                merging.seeds.extend(event_named(&transaction, event)?);
            }
        }
        merging.run()?.write(&transaction)?;
        transaction.commit()
    }
}

/// A block as the index keeps it.
fn number(block: &str) -> i64 {
    let hash = Sha256::digest(block.as_bytes());
    i64::from_le_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}
