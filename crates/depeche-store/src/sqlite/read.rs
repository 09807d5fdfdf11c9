//! Answering.

use std::collections::{BTreeMap, BinaryHeap};

use depeche_model::{Article, Coded, Country, Diagnostic, Record, Ruling};
use rusqlite::{Connection, OptionalExtension as _, Result, Row, Rows, params_from_iter};
use rustc_hash::FxHashSet;

use super::{
    Store, compile, records,
    row::{self, EVENT},
    sums,
};
use crate::{
    archive::{Archive, Coding, Dyad, Head, Hit, Month, Months, Tally, Telling, Told, Unit, Version},
    fold,
    query::Query,
};

impl Archive for Store {
    fn put(&mut self, items: &[Coded], coder: &str) -> std::result::Result<Tally, Diagnostic> {
        self.put_all(items, coder)
    }

    fn holds(&self, article: &Article, coder: &str) -> std::result::Result<bool, Diagnostic> {
        self.holds_now(article, coder).map_err(|e| self.tell(&e))
    }

    fn events(&self, query: &Query, limit: Option<usize>) -> std::result::Result<Telling<'_>, Diagnostic> {
        let numbers = numbers(&self.connection, query, limit.unwrap_or(usize::MAX)).map_err(|e| self.tell(&e))?;
        // An event that another process took away since is passed over.
        let told = |pk| told(&self.connection, pk).map_err(|e| self.tell(&e)).transpose();
        Ok(Box::new(numbers.into_iter().filter_map(told)))
    }

    fn search(&self, query: &Query, limit: usize) -> std::result::Result<Vec<Hit>, Diagnostic> {
        hits(&self.connection, query, limit).map_err(|e| self.tell(&e))
    }

    fn coded(&self, query: &Query) -> std::result::Result<Coding<'_>, Diagnostic> {
        let articles = by_article(&self.connection, query).map_err(|e| self.tell(&e))?;
        let coded = |(article, events): (i64, Vec<i64>)| {
            coded(&self.connection, article, &events).map_err(|e| self.tell(&e)).transpose()
        };
        Ok(Box::new(articles.into_iter().filter_map(coded)))
    }

    fn records(&self, query: &Query, limit: Option<usize>) -> std::result::Result<Vec<Record>, Diagnostic> {
        records_of(&self.connection, query, limit.unwrap_or(usize::MAX)).map_err(|e| self.tell(&e))
    }

    fn record(&self, id: &str) -> std::result::Result<Option<Record>, Diagnostic> {
        let find = |connection| match records::named(connection, id)? {
            Some(pk) => records::record(connection, pk),
            None => Ok(None),
        };
        find(&self.connection).map_err(|e| self.tell(&e))
    }

    fn rule(&mut self, rulings: &[Ruling]) -> std::result::Result<(), Diagnostic> {
        self.rule_all(rulings)
    }

    fn rulings(&self) -> std::result::Result<Vec<Ruling>, Diagnostic> {
        records::rulings(&self.connection).map_err(|e| self.tell(&e))
    }

    fn article(&self, id: &str) -> std::result::Result<Vec<Version>, Diagnostic> {
        versions(&self.connection, id).map_err(|e| self.tell(&e))
    }

    fn timeline(
        &self,
        a: Country,
        b: Country,
        months: &Months,
        unit: Unit,
    ) -> std::result::Result<Vec<Month>, Diagnostic> {
        sums::timeline(&self.connection, a, b, months, unit).map_err(|e| self.tell(&e))
    }

    fn dyads(
        &self,
        months: &Months,
        unit: Unit,
        domestic: bool,
        top: usize,
    ) -> std::result::Result<Vec<Dyad>, Diagnostic> {
        sums::dyads(&self.connection, months, unit, domestic, top).map_err(|e| self.tell(&e))
    }
}

/// Numbers of the events that a query means, the newest first: the arms of its plan, merged.
pub(super) fn numbers(connection: &Connection, query: &Query, limit: usize) -> Result<Vec<i64>> {
    let plan = compile::plan(connection, query)?;
    let mut statements = Vec::new();
    for arm in &plan.arms {
        statements.push(connection.prepare(&arm.text)?);
    }
    let mut arms = Vec::new();
    for (statement, arm) in statements.iter_mut().zip(plan.arms) {
        arms.push(statement.query(params_from_iter(arm.values))?);
    }
    let within = |article: i64| plan.sets.iter().all(|(not, set)| set.contains(article) != *not);
    let mut heap: BinaryHeap<(Option<String>, i64, usize)> = BinaryHeap::new();
    for (n, rows) in arms.iter_mut().enumerate() {
        heap.extend(advance(rows, &within)?.map(|(start, pk)| (start, pk, n)));
    }
    let mut out: Vec<i64> = Vec::new();
    while let Some((_, pk, n)) = heap.pop() {
        if out.last() != Some(&pk) {
            if out.len() >= limit {
                break;
            }
            out.push(pk);
        }
        heap.extend(advance(&mut arms[n], &within)?.map(|(start, pk)| (start, pk, n)));
    }
    Ok(out)
}

/// Start and number of the next event whose article is within.
fn advance(rows: &mut Rows<'_>, within: &dyn Fn(i64) -> bool) -> Result<Option<(Option<String>, i64)>> {
    while let Some(row) = rows.next()? {
        if within(row.get(2)?) {
            return Ok(Some((row.get(0)?, row.get(1)?)));
        }
    }
    Ok(None)
}

/// The event of a number.
pub(super) fn told(connection: &Connection, pk: i64) -> Result<Option<Told>> {
    let mut statement = connection.prepare_cached(&format!("{EVENT} WHERE e.pk = ?1"))?;
    statement.query_row([pk], |row| row::told(connection, pk, row)).optional()
}

/// The events of an article, in text order, with their numbers.
pub(super) fn events_of(connection: &Connection, article: i64) -> Result<Vec<(i64, Told)>> {
    let mut statement = connection.prepare_cached("SELECT pk FROM events WHERE article = ?1 ORDER BY pk")?;
    let numbers: Vec<i64> = statement.query_map([article], |row| row.get(0))?.collect::<Result<_>>()?;
    let told = |pk| Ok(told(connection, pk)?.map(|told| (pk, told)));
    numbers.into_iter().filter_map(|pk| told(pk).transpose()).collect()
}

/// Numbers of the articles that have events that a query means, with the numbers of these, in the order they came in.
fn by_article(connection: &Connection, query: &Query) -> Result<BTreeMap<i64, Vec<i64>>> {
    let mut out: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut find = connection.prepare_cached("SELECT article FROM events WHERE pk = ?1")?;
    for pk in numbers(connection, query, usize::MAX)? {
        if let Some(article) = find.query_row([pk], |row| row.get(0)).optional()? {
            out.entry(article).or_default().push(pk);
        }
    }
    for events in out.values_mut() {
        events.sort_unstable();
    }
    Ok(out)
}

impl Store {
    /// What is known of the current version of an article beside its text.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn head(&self, id: &str) -> std::result::Result<Option<Head>, Diagnostic> {
        let find = "SELECT a.id, a.version, a.superseded_by IS NULL, a.lang, a.published, a.title, a.url, p.name
                    FROM articles a LEFT JOIN publishers p ON p.pk = a.publisher WHERE a.id = ?1 AND a.superseded_by IS NULL";
        let find = || self.connection.prepare_cached(find)?.query_row([id], |row| row::head(row, 0)).optional();
        find().map_err(|e| self.tell(&e))
    }
}

fn coded(connection: &Connection, article: i64, events: &[i64]) -> Result<Option<Coded>> {
    let find = "SELECT a.id, a.version, a.superseded_by IS NULL, a.lang, a.published, a.title, a.url, p.name, a.text
                FROM articles a LEFT JOIN publishers p ON p.pk = a.publisher WHERE a.pk = ?1";
    let whole = |row: &Row<'_>| Ok(row::article(row::head(row, 0)?, row.get(8)?));
    let Some(article) = connection.prepare_cached(find)?.query_row([article], whole).optional()? else {
        return Ok(None);
    };
    let events: Vec<_> = events.iter().filter_map(|pk| told(connection, *pk).transpose()).collect::<Result<_>>()?;
    Ok(Some(Coded { article, events: events.into_iter().map(|told| told.event).collect() }))
}

/// Records by their newest report that a query means. How many events that takes is not known before: twice as many are asked for
/// each time.
fn records_of(connection: &Connection, query: &Query, limit: usize) -> Result<Vec<Record>> {
    let mut find = connection.prepare_cached("SELECT record FROM events WHERE pk = ?1")?;
    let mut asked = limit.saturating_mul(2);
    loop {
        let events = numbers(connection, query, asked)?;
        let (mut seen, mut found) = (FxHashSet::default(), Vec::new());
        for pk in &events {
            let record: Option<i64> = find.query_row([pk], |row| row.get(0)).optional()?.flatten();
            found.extend(record.filter(|record| seen.insert(*record)));
        }
        if found.len() >= limit || events.len() < asked {
            found.truncate(limit);
            return found.into_iter().filter_map(|pk| records::record(connection, pk).transpose()).collect();
        }
        asked = asked.saturating_mul(2);
    }
}

fn versions(connection: &Connection, id: &str) -> Result<Vec<Version>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.version, a.superseded_by IS NULL, a.lang, a.published, a.title, a.url, p.name, a.text, a.pk
         FROM articles a LEFT JOIN publishers p ON p.pk = a.publisher WHERE a.id = ?1 ORDER BY a.version DESC",
    )?;
    let mut out = Vec::new();
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let head = row::head(row, 0)?;
        let events = events_of(connection, row.get(9)?)?.into_iter().map(|(_, told)| told.event).collect();
        let (version, current) = (head.version, head.current);
        out.push(Version { article: row::article(head, row.get(8)?), version, current, events });
    }
    Ok(out)
}

/// Articles that a query means, the newest first.
fn hits(connection: &Connection, query: &Query, limit: usize) -> Result<Vec<Hit>> {
    let search = compile::search(connection, query)?;
    let mut statement = connection.prepare(&search.walk.text)?;
    let mut rows = statement.query(params_from_iter(search.walk.values))?;
    let mut check = connection.prepare(&search.check.text)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        if out.len() >= limit {
            break;
        }
        let pk: i64 = row.get(0)?;
        if search.among.as_ref().is_some_and(|among| !among.contains(pk)) {
            continue;
        }
        let values = search.check.values.iter().cloned().chain([pk.into()]);
        if check.exists(params_from_iter(values))? {
            out.extend(hit(connection, pk, query)?);
        }
    }
    Ok(out)
}

fn hit(connection: &Connection, pk: i64, query: &Query) -> Result<Option<Hit>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.version, a.superseded_by IS NULL, a.lang, a.published, a.title, a.url, p.name, a.text,
                (SELECT count(*) FROM events e WHERE e.article = a.pk)
         FROM articles a LEFT JOIN publishers p ON p.pk = a.publisher WHERE a.pk = ?1",
    )?;
    let hit = |row: &rusqlite::Row<'_>| {
        let (article, text) = (row::head(row, 0)?, row.get::<_, String>(8)?);
        let excerpt = fold::around(query, &article.title, &text);
        Ok(Hit { excerpt, events: row.get::<_, i64>(9)?.cast_unsigned(), article })
    };
    statement.query_row([pk], hit).optional()
}
