//! Putting articles in, one transaction a batch.
//!
//! An article is known by its id. Word for word the same and coded by the same coder: nothing happens. Coded by another: its events are
//! replaced. Other words: a new version is added, the earlier one points to it, and its events and words are replaced. An id that two
//! addresses share is refused: one of the two would be lost.

use depeche_model::{Article, Coded, Diagnostic, Event, Range};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Result, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};

use super::{
    Store,
    dictionary::Dictionaries,
    read,
    records::{Merging, Texts},
    row,
};
use crate::{
    archive::{Tally, Unit},
    memory::clash,
    pairs::Act,
};

/// What stands under an article's id.
struct Known {
    pk: i64,
    published: Option<Date>,
    version: u32,
    hash: String,
    coder: String,
    url: Option<String>,
}

/// A transaction at work.
struct Writer<'a> {
    connection: &'a Connection,
    dictionaries: &'a mut Dictionaries,
    merging: Merging<'a>,
    /// Whether records are kept in step.
    merge: bool,
}

impl Store {
    pub(super) fn put_all(&mut self, items: &[Coded], coder: &str) -> std::result::Result<Tally, Diagnostic> {
        let outcome = self.refresh().and_then(|()| self.try_put(items, coder));
        if outcome.is_err() {
            self.forget();
        }
        outcome.map_err(|e| self.tell(&e))
    }

    /// Forgets what is known of the store where another process wrote to it.
    pub(super) fn refresh(&mut self) -> Result<()> {
        let seen: i64 = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.seen != Some(seen) {
            self.texts = Texts::default();
            self.seen = Some(seen);
        }
        Ok(())
    }

    /// Forgets what a transaction that failed had written.
    pub(super) fn forget(&mut self) {
        self.dictionaries.forget();
        self.texts = Texts::default();
    }

    fn try_put(&mut self, items: &[Coded], coder: &str) -> Result<Tally> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut tally = Tally::default();
        let merging = Merging::new(&transaction, &mut self.texts);
        let mut writer =
            Writer { connection: &transaction, dictionaries: &mut self.dictionaries, merging, merge: self.merge };
        for item in items {
            writer.put(item, coder, &mut tally)?;
        }
        writer.merging.run()?.write(&transaction)?;
        transaction.commit()?;
        Ok(tally)
    }

    pub(super) fn holds_now(&self, article: &Article, coder: &str) -> Result<bool> {
        let known = known(&self.connection, &article.id)?;
        Ok(known.is_some_and(|known| known.coder == coder && known.hash == hash(article)))
    }
}

impl Writer<'_> {
    fn put(&mut self, item: &Coded, coder: &str, tally: &mut Tally) -> Result<()> {
        let (article, hash) = (&item.article, hash(&item.article));
        let Some(known) = known(self.connection, &article.id)? else {
            let pk = self.article(article, &hash, coder, 1)?;
            tally.added += 1;
            return self.events(pk, item, tally);
        };
        if known.hash == hash {
            if known.coder == coder {
                tally.unchanged += 1;
                return Ok(());
            }
            self.remove_events(known.pk)?;
            let recode = "UPDATE articles SET coder = ?2 WHERE pk = ?1";
            self.connection.prepare_cached(recode)?.execute(params![known.pk, coder])?;
            tally.recoded += 1;
            return self.events(known.pk, item, tally);
        }
        if let (Some(old), Some(new)) = (&known.url, &article.url)
            && old != new
        {
            tally.refused.push(clash(article, old, new));
            return Ok(());
        }
        self.remove_events(known.pk)?;
        self.remove_words(known.pk)?;
        if self.merge {
            self.merging.forget(known.pk, &article.id, known.published)?;
        }
        let pk = self.article(article, &hash, coder, known.version + 1)?;
        let supersede = "UPDATE articles SET superseded_by = ?2 WHERE pk = ?1";
        self.connection.prepare_cached(supersede)?.execute([known.pk, pk])?;
        tally.corrected += 1;
        self.events(pk, item, tally)
    }

    fn article(&mut self, article: &Article, hash: &str, coder: &str, version: u32) -> Result<i64> {
        let publisher = match &article.publisher {
            Some(name) => Some(self.dictionaries.publisher(self.connection, name)?),
            None => None,
        };
        let make = "INSERT INTO articles (id, version, lang, published, publisher, url, hash, coder, title, text)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let pk = self.connection.prepare_cached(make)?.insert(params![
            article.id,
            version,
            article.language.code(),
            article.published.map(|day| day.to_string()),
            publisher,
            article.url,
            hash,
            coder,
            article.title,
            article.text
        ])?;
        let words = "INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(words)?.execute(params![pk, article.title, article.text])?;
        Ok(pk)
    }

    /// Takes an article's words out of the index, before it is superseded.
    fn remove_words(&self, pk: i64) -> Result<()> {
        let remove = "INSERT INTO words (words, rowid, title, text) SELECT 'delete', pk, title, text FROM articles WHERE pk = ?1";
        self.connection.prepare_cached(remove)?.execute([pk])?;
        Ok(())
    }

    fn remove_events(&mut self, article: i64) -> Result<()> {
        for (pk, told) in read::events_of(self.connection, article)? {
            self.merging.changes.take(Unit::Report, Act::of_event(&told.event));
            if self.merge {
                self.merging.remove(pk, &told)?;
            }
            self.connection.prepare_cached("DELETE FROM sides WHERE event = ?1")?.execute([pk])?;
            self.connection.prepare_cached("DELETE FROM events WHERE pk = ?1")?.execute([pk])?;
        }
        Ok(())
    }

    /// Puts an article's events in. Merging looks at articles with events only.
    fn events(&mut self, article: i64, item: &Coded, tally: &mut Tally) -> Result<()> {
        for event in &item.events {
            let pk = self.event(article, event)?;
            self.sides(pk, event)?;
            self.merging.changes.add(Unit::Report, Act::of_event(event));
            if self.merge {
                self.merging.event(pk, &item.article, event)?;
            }
            tally.events += 1;
        }
        if self.merge { self.merging.article(article, &item.article) } else { Ok(()) }
    }

    fn event(&mut self, article: i64, event: &Event) -> Result<i64> {
        let place = match &event.place {
            Some(place) => Some(self.dictionaries.place(self.connection, place)?),
            None => None,
        };
        let citation = match &event.attribution {
            Some(by) => Some(self.dictionaries.citation(self.connection, by)?),
            None => None,
        };
        let make = "INSERT INTO events (article, id, type, modes, contexts, status, start, \"end\", place, citation, size_min, size_max,
                    dead_min, dead_max, injured_min, injured_max, cameo, quad, goldstein, plover_score, confidence, rule, evidence, spans)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)";
        self.connection.prepare_cached(make)?.insert(params![
            article,
            event.id,
            event.event.name(),
            row::joined(&event.modes, depeche_model::Mode::name),
            row::joined(&event.contexts, depeche_model::Context::name),
            event.status.name(),
            event.date.map(|date| date.start.to_string()),
            event.date.map(|date| date.end.to_string()),
            place,
            citation,
            least(event.size),
            most(event.size),
            least(event.dead),
            most(event.dead),
            least(event.injured),
            most(event.injured),
            event.cameo,
            event.quad.number(),
            event.goldstein,
            event.plover_score,
            event.confidence,
            event.rule,
            event.evidence,
            row::spans(event)
        ])
    }

    fn sides(&mut self, pk: i64, event: &Event) -> Result<()> {
        let start = event.date.map(|date| date.start.to_string());
        for (role, side) in [(0_i64, &event.actors), (1, &event.recipients)] {
            for (n, entity) in (0_i64..).zip(side) {
                let party = self.dictionaries.party(self.connection, entity)?;
                let country = entity.country.map(|c| c.to_string());
                let make = "INSERT INTO sides (event, role, n, party, country, start) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let mut make = self.connection.prepare_cached(make)?;
                make.execute(params![pk, role, n, party, country, start])?;
            }
        }
        Ok(())
    }
}

fn known(connection: &Connection, id: &str) -> Result<Option<Known>> {
    let find =
        "SELECT pk, version, hash, coder, url, published FROM articles WHERE id = ?1 ORDER BY version DESC LIMIT 1";
    let known = |row: &rusqlite::Row<'_>| {
        Ok(Known {
            pk: row.get(0)?,
            version: row.get(1)?,
            hash: row.get(2)?,
            coder: row.get(3)?,
            url: row.get(4)?,
            published: row::optional(row, 5)?,
        })
    };
    connection.prepare_cached(find)?.query_row([id], known).optional()
}

/// SHA-256 of all that an article says, in hexadecimal.
fn hash(article: &Article) -> String {
    let mut hash = Sha256::new();
    let published = article.published.map(|day| day.to_string());
    let parts = [
        Some(article.language.code()),
        published.as_deref(),
        Some(&article.title),
        Some(&article.text),
        article.url.as_deref(),
        article.publisher.as_deref(),
    ];
    for part in parts {
        // The length before each part, so that no two articles come to the same bytes.
        hash.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hash.update(part.unwrap_or_default());
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut out, byte| {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        out
    })
}

fn least(range: Option<Range>) -> Option<i64> {
    range.and_then(|range| range.min).map(clipped)
}

fn most(range: Option<Range>) -> Option<i64> {
    range.and_then(|range| range.max).map(clipped)
}

/// SQLite's integers have 63 bits; no count of people or money comes near.
fn clipped(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Store {
    /// Puts the store in order after much was written: joins the parts of the index of words, counts what the planner of queries wants
    /// to know, and empties the log into the file.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn settle(&mut self) -> std::result::Result<(), Diagnostic> {
        let settle = |connection: &Connection| -> Result<()> {
            connection.execute_batch("INSERT INTO words (words) VALUES ('optimize'); PRAGMA optimize;")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        };
        settle(&self.connection).map_err(|e| self.tell(&e))
    }
}
