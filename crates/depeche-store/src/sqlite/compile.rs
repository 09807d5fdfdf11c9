//! From a query to SQL, and where to begin.
//!
//! An answer is the newest events first, so the best plan walks an index in that order and stops when it has enough: the side index of a
//! country or a party, or the index of days. Each way to begin is an [`Arm`]; alternatives (`country:RUS` is actor or recipient) are
//! several arms, walked side by side and merged as they come, never sorted. Which term to begin with is found by counting, up to a
//! bound, what each would walk.
//!
//! Words are different. Where few articles have them, the walk begins there and is sorted; where many have them, their numbers are fetched as
//! a set and the walk along another index looks into it.

use depeche_model::{Context, Country, Mode};
use rusqlite::{Connection, Result, params_from_iter, types::Value};

use crate::query::{Bound, Named, Phrase, Query, Term, Test, Who};

/// Most rows that are counted to compare beginnings.
const COUNTED: i64 = 20_000;
/// Articles with the words up to which a walk begins with them.
const FEW: i64 = 2_000;
/// Most arms walked side by side.
const ARMS: usize = 32;

/// SQL with the values of its question marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Sql {
    pub text: String,
    pub values: Vec<Value>,
}

impl Sql {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn bind(&mut self, text: &str, value: impl Into<Value>) {
        self.push(text);
        self.values.push(value.into());
    }

    /// `text` and a list of question marks in brackets.
    fn list<V: Into<Value>>(&mut self, text: &str, values: impl IntoIterator<Item = V>) {
        self.push(text);
        self.push(" (");
        for (n, value) in values.into_iter().enumerate() {
            self.bind(if n == 0 { "?" } else { ", ?" }, value);
        }
        self.push(")");
    }

    fn any<T>(&mut self, all: &[T], one: impl Fn(&mut Self, &T)) {
        self.push("(");
        for (n, item) in all.iter().enumerate() {
            if n > 0 {
                self.push(" OR ");
            }
            one(self, item);
        }
        self.push(")");
    }
}

/// How an answer is found: statements that give start, number and article of events, the newest first each, and sets of articles.
#[derive(Debug)]
pub(super) struct Plan {
    pub arms: Vec<Sql>,
    /// Articles that an event's must be among, or, where `true`, must not be.
    pub sets: Vec<(bool, Set)>,
}

/// A stretch of the side index.
#[derive(Clone, Copy)]
enum Arm {
    Country(Country, i64),
    Party(i64, i64),
}

/// Finds the plan of a query.
pub(super) fn plan(connection: &Connection, query: &Query) -> Result<Plan> {
    let mut filter = Sql::default();
    for term in query.terms.iter().filter(|term| !matches!(term.test, Test::Text(_))) {
        condition(&mut filter, term);
    }
    let mut sets = Vec::new();
    for term in query.terms.iter().filter(|term| term.negated) {
        if let Test::Text(phrases) = &term.test {
            sets.push((true, articles_with(connection, &expression(phrases))?));
        }
    }
    let words = matching(query);
    let (arms, rows) = best_arms(connection, query)?;
    let by_id = ids(query);
    if let Some(words) = &words {
        let found = count_words(connection, words)?;
        // Sorting what begins with words costs a few times more a row than walking in order.
        if by_id.is_none() && are_few(found) && found.saturating_mul(4) < rows {
            return Ok(Plan { arms: vec![from_words(words, query, &filter)], sets });
        }
        sets.push((false, articles_with(connection, words)?));
    }
    let arms = match by_id {
        Some(ids) => vec![from_ids(ids, &filter)],
        None if arms.is_empty() => vec![from_days(query, &filter)],
        None => arms.into_iter().map(|arm| from_side(arm, query, &filter)).collect(),
    };
    Ok(Plan { arms, sets })
}

/// The join with articles, where a term asks of them.
fn article(query: &Query) -> &'static str {
    let asks = |term: &Term| matches!(term.test, Test::Source(_) | Test::Language(_) | Test::Id(_));
    if query.terms.iter().any(asks) { " CROSS JOIN articles a ON a.pk = e.article" } else { "" }
}

fn from_words(words: &str, query: &Query, filter: &Sql) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT e.start, e.pk, e.article FROM words CROSS JOIN events e ON e.article = words.rowid");
    sql.push(article(query));
    sql.bind(" WHERE words MATCH ?", words.to_owned());
    ended(sql, filter, "e.start DESC, e.pk DESC")
}

fn from_ids(ids: Vec<String>, filter: &Sql) -> Sql {
    let mut sql = Sql::default();
    sql.list(
        "SELECT e.start, e.pk, e.article FROM articles a CROSS JOIN events e ON e.article = a.pk WHERE a.id IN",
        ids,
    );
    ended(sql, filter, "e.start DESC, e.pk DESC")
}

fn from_days(query: &Query, filter: &Sql) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT e.start, e.pk, e.article FROM events e");
    sql.push(article(query));
    sql.push(" WHERE 1");
    stretch(&mut sql, query, "e.start");
    ended(sql, filter, "e.start DESC, e.pk DESC")
}

fn from_side(arm: Arm, query: &Query, filter: &Sql) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT s.start, s.event, e.article FROM sides s CROSS JOIN events e ON e.pk = s.event");
    sql.push(article(query));
    sql.push(" WHERE ");
    side(&mut sql, arm, query);
    ended(sql, filter, "s.start DESC, s.event DESC")
}

fn ended(mut sql: Sql, filter: &Sql, order: &str) -> Sql {
    sql.push(&filter.text);
    sql.values.extend(filter.values.iter().cloned());
    sql.push(" ORDER BY ");
    sql.push(order);
    sql
}

fn side(sql: &mut Sql, arm: Arm, query: &Query) {
    match arm {
        Arm::Country(country, role) => {
            sql.bind("s.country = ?", country.to_string());
            sql.bind(" AND s.role = ?", role);
        }
        Arm::Party(party, role) => {
            sql.bind("s.party = ?", party);
            sql.bind(" AND s.role = ?", role);
        }
    }
    stretch(sql, query, "s.start");
}

/// The days that a query asks for, as a stretch of an index.
fn stretch(sql: &mut Sql, query: &Query, column: &str) {
    for term in query.terms.iter().filter(|term| !term.negated) {
        match &term.test {
            Test::After(day) => sql.bind(&format!(" AND {column} >= ?"), day.to_string()),
            Test::Before(day) => sql.bind(&format!(" AND {column} < ?"), day.to_string()),
            Test::On(days) => {
                sql.bind(&format!(" AND {column} >= ?"), days.first.to_string());
                sql.bind(&format!(" AND {column} < ?"), days.next().to_string());
            }
            _ => {}
        }
    }
}

/// The term whose stretches of the side index are shortest, and their length.
fn best_arms(connection: &Connection, query: &Query) -> Result<(Vec<Arm>, i64)> {
    let mut best = (Vec::new(), i64::MAX);
    for term in query.terms.iter().filter(|term| !term.negated) {
        for arms in arms(connection, &term.test)? {
            let mut rows = 0;
            for arm in &arms {
                rows += count(connection, *arm, query)?;
            }
            if rows < best.1 {
                best = (arms, rows);
            }
        }
    }
    Ok(best)
}

/// Sets of stretches, each of which takes all that a test accepts.
fn arms(connection: &Connection, test: &Test) -> Result<Vec<Vec<Arm>>> {
    let (whos, roles): (&[Who], &[i64]) = match test {
        Test::Actor(whos) => (whos, &[0]),
        Test::Recipient(whos) => (whos, &[1]),
        Test::Party(whos) => (whos, &[0, 1]),
        Test::Dyad(a, b) => {
            let both = |country: &Country| vec![Arm::Country(*country, 0), Arm::Country(*country, 1)];
            return Ok(vec![both(a), both(b)]);
        }
        _ => return Ok(Vec::new()),
    };
    let mut arms = Vec::new();
    for who in whos {
        match who {
            Who::Country(country) | Who::Both(country, _) => {
                arms.extend(roles.iter().map(|role| Arm::Country(*country, *role)));
            }
            Who::Sector(_) => return Ok(Vec::new()),
            Who::Wikidata(_) | Who::Name(_) => {
                let parties = parties(connection, who)?;
                arms.extend(parties.iter().flat_map(|party| roles.iter().map(|role| Arm::Party(*party, *role))));
            }
        }
        if arms.len() > ARMS {
            return Ok(Vec::new());
        }
    }
    // No arm at all means that nobody bears the name: one that is empty says so.
    Ok(vec![if arms.is_empty() { vec![Arm::Party(-1, 0)] } else { arms }])
}

fn parties(connection: &Connection, who: &Who) -> Result<Vec<i64>> {
    let mut sql = Sql::default();
    sql.push("SELECT q.pk FROM parties q WHERE ");
    is_party(&mut sql, who);
    sql.push(" LIMIT 40");
    let mut statement = connection.prepare_cached(&sql.text)?;
    statement.query_map(params_from_iter(sql.values), |row| row.get(0))?.collect()
}

fn count(connection: &Connection, arm: Arm, query: &Query) -> Result<i64> {
    let mut sql = Sql::default();
    sql.push("SELECT count(*) FROM (SELECT 1 FROM sides s WHERE ");
    side(&mut sql, arm, query);
    sql.bind(" LIMIT ?)", COUNTED);
    connection.prepare_cached(&sql.text)?.query_row(params_from_iter(sql.values), |row| row.get(0))
}

/// Appends ` AND` and what a term asks of `e` and `a`.
fn condition(sql: &mut Sql, term: &Term) {
    sql.push(if term.negated { " AND NOT coalesce(" } else { " AND coalesce(" });
    test(sql, &term.test);
    sql.push(", 0)");
}

fn test(sql: &mut Sql, test: &Test) {
    match test {
        Test::Actor(whos) => sql.any(whos, |sql, who| takes_part(sql, Some(0), who)),
        Test::Recipient(whos) => sql.any(whos, |sql, who| takes_part(sql, Some(1), who)),
        Test::Party(whos) => sql.any(whos, |sql, who| takes_part(sql, None, who)),
        Test::Dyad(a, b) => dyad(sql, *a, *b),
        Test::Type(types) => sql.list("e.type IN", types.iter().map(|one| one.name().to_owned())),
        Test::Quad(quads) => sql.list("e.quad IN", quads.iter().map(|quad| i64::from(quad.number()))),
        Test::Mode(modes) => has_name(sql, "e.modes", modes, Mode::name),
        Test::Context(contexts) => has_name(sql, "e.contexts", contexts, Context::name),
        Test::Status(all) => sql.list("e.status IN", all.iter().map(|one| one.name().to_owned())),
        Test::Cameo(codes) => {
            sql.any(codes, |sql, code| sql.bind("e.cameo LIKE ? || '%'", code.clone()));
        }
        Test::Place(all) => named(sql, "e.place IN (SELECT n.pk FROM places n WHERE ", all),
        Test::According(all) => named(sql, "e.citation IN (SELECT n.pk FROM citations n WHERE ", all),
        Test::Source(names) => {
            sql.push("a.publisher IN (SELECT n.pk FROM publishers n WHERE ");
            sql.any(names, |sql, name| has_words(sql, "n.key", name));
            sql.push(")");
        }
        Test::Language(all) => sql.list("a.lang IN", all.iter().map(|one| one.code().to_owned())),
        Test::Id(ids) => {
            sql.list("(e.id IN", ids.iter().cloned());
            sql.list(" OR a.id IN", ids.iter().cloned());
            sql.push(")");
        }
        Test::Rule(rules) => sql.list("e.rule IN", rules.iter().cloned()),
        Test::After(day) => sql.bind("e.start >= ?", day.to_string()),
        Test::Before(day) => sql.bind("e.start < ?", day.to_string()),
        Test::On(days) => {
            sql.bind("(e.start >= ?", days.first.to_string());
            sql.bind(" AND e.start < ?)", days.next().to_string());
        }
        Test::Confidence(bound) => {
            let (sign, number) = match bound {
                Bound::Above(n) => (">", n),
                Bound::AtLeast(n) => (">=", n),
                Bound::Below(n) => ("<", n),
                Bound::AtMost(n) => ("<=", n),
            };
            sql.bind(&format!("e.confidence {sign} ?"), *number);
        }
        // Asked so only of articles that are not to have the words; events are held against sets of articles.
        Test::Text(phrases) => {
            sql.bind("a.pk IN (SELECT rowid FROM words WHERE words MATCH ?", expression(phrases));
            sql.push(")");
        }
    }
}

fn takes_part(sql: &mut Sql, role: Option<i64>, who: &Who) {
    sql.push("EXISTS (SELECT 1 FROM sides t");
    if !matches!(who, Who::Country(_)) {
        sql.push(" JOIN parties q ON q.pk = t.party");
    }
    sql.push(" WHERE t.event = e.pk AND ");
    if let Some(role) = role {
        sql.bind("t.role = ? AND ", role);
    }
    match who {
        Who::Country(country) => sql.bind("t.country = ?", country.to_string()),
        who => is_party(sql, who),
    }
    sql.push(")");
}

fn is_party(sql: &mut Sql, who: &Who) {
    match who {
        Who::Country(country) => sql.bind("q.country = ?", country.to_string()),
        Who::Sector(sector) => sql.bind("q.sector = ?", sector.name().to_owned()),
        Who::Both(country, sector) => {
            sql.bind("q.country = ?", country.to_string());
            sql.bind(" AND q.sector = ?", sector.name().to_owned());
        }
        Who::Wikidata(id) => sql.bind("q.wikidata = ?", id.clone()),
        Who::Name(name) => has_words(sql, "q.key", name),
    }
}

fn dyad(sql: &mut Sql, a: Country, b: Country) {
    let has = |sql: &mut Sql, role: i64, country: Country| {
        sql.bind("EXISTS (SELECT 1 FROM sides t WHERE t.event = e.pk AND t.role = ?", role);
        sql.bind(" AND t.country = ?)", country.to_string());
    };
    sql.push("(");
    for (actor, recipient) in [(a, b), (b, a)] {
        sql.push("(");
        has(sql, 0, actor);
        sql.push(" AND ");
        has(sql, 1, recipient);
        sql.push(") OR ");
    }
    if a == b {
        sql.push("0)");
        return;
    }
    sql.push("(NOT EXISTS (SELECT 1 FROM sides t WHERE t.event = e.pk AND t.role = 1) AND ");
    has(sql, 0, a);
    sql.push(" AND ");
    has(sql, 0, b);
    sql.push("))");
}

fn has_name<T: Copy>(sql: &mut Sql, column: &str, all: &[T], name: fn(T) -> &'static str) {
    sql.any(all, |sql, one| {
        sql.bind(&format!("instr(';' || {column} || ';', ?) > 0"), format!(";{};", name(*one)));
    });
}

fn named(sql: &mut Sql, start: &str, all: &[Named]) {
    sql.push(start);
    sql.any(all, |sql, one| match one {
        Named::Country(country) => sql.bind("n.country = ?", country.to_string()),
        Named::Name(name) => has_words(sql, "n.key", name),
    });
    sql.push(")");
}

/// Whether folded words stand whole in a key.
fn has_words(sql: &mut Sql, column: &str, words: &str) {
    sql.bind(&format!("instr(' ' || {column} || ' ', ?) > 0"), format!(" {words} "));
}

/// The ids of the articles that a query's ids can mean.
fn ids(query: &Query) -> Option<Vec<String>> {
    let term = query.terms.iter().find_map(|term| match &term.test {
        Test::Id(ids) if !term.negated => Some(ids),
        _ => None,
    })?;
    let article = |id: &String| id.rsplit_once('#').map(|(article, _)| article.to_owned());
    Some(term.iter().flat_map(|id| [Some(id.clone()), article(id)]).flatten().collect())
}

/// What FTS5 is asked for the words that a query wants; `None` where it wants none.
fn matching(query: &Query) -> Option<String> {
    let wanted = query.terms.iter().filter(|term| !term.negated);
    let all: Vec<String> = wanted
        .filter_map(|term| match &term.test {
            Test::Text(phrases) => Some(format!("({})", expression(phrases))),
            _ => None,
        })
        .collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}

fn expression(phrases: &[Phrase]) -> String {
    let quoted = |phrase: &Phrase| format!("\"{}\"{}", phrase.words.join(" "), if phrase.prefix { " *" } else { "" });
    phrases.iter().map(quoted).collect::<Vec<_>>().join(" OR ")
}

/// Articles with the words, counted up to one more than are few.
fn count_words(connection: &Connection, words: &str) -> Result<i64> {
    let count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)";
    connection.prepare_cached(count)?.query_row((words, FEW + 1), |row| row.get(0))
}

/// Whether so many articles are few.
const fn are_few(found: i64) -> bool {
    found <= FEW
}

/// Numbers of the articles with the words.
fn articles_with(connection: &Connection, words: &str) -> Result<Set> {
    let mut statement = connection.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1")?;
    let mut rows = statement.query([words])?;
    let mut set = Set::default();
    while let Some(row) = rows.next()? {
        set.insert(row.get(0)?);
    }
    Ok(set)
}

/// A set of numbers of articles, a bit each: they are given from 1 on, without gaps.
#[derive(Debug, Default)]
pub(super) struct Set(Vec<u64>);

impl Set {
    fn insert(&mut self, number: i64) {
        let number = usize::try_from(number).unwrap_or_default();
        if number / 64 >= self.0.len() {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    /// Whether a number is in it.
    pub fn contains(&self, number: i64) -> bool {
        let number = usize::try_from(number).unwrap_or_default();
        self.0.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

/// How articles are found.
#[derive(Debug)]
pub(super) struct Search {
    /// Gives numbers of articles, the newest first.
    pub walk: Sql,
    /// Articles that one must be among.
    pub among: Option<Set>,
    /// Gives a row where the article of the number bound last is meant, but for what `among` says.
    pub check: Sql,
}

/// Finds how the articles that a query means are found: by their words where few have them, by the events of whoever has few, else
/// along the days of publication.
pub(super) fn search(connection: &Connection, query: &Query) -> Result<Search> {
    let check = article_check(query);
    let words = matching(query);
    let found = match &words {
        Some(words) => count_words(connection, words)?,
        None => i64::MAX,
    };
    let (arms, rows) = best_arms(connection, query)?;
    let mut walk = Sql::default();
    let mut among = None;
    if let Some(words) = words.as_ref().filter(|_| are_few(found)) {
        walk.bind(
            "SELECT a.pk FROM words CROSS JOIN articles a ON a.pk = words.rowid WHERE words MATCH ?",
            words.clone(),
        );
    } else {
        among = words.map(|words| articles_with(connection, &words)).transpose()?;
        if rows < COUNTED {
            walk.push("SELECT a.pk FROM articles a WHERE a.pk IN (");
            for (n, arm) in arms.into_iter().enumerate() {
                walk.push(if n > 0 { " UNION " } else { "" });
                walk.push("SELECT e.article FROM sides s CROSS JOIN events e ON e.pk = s.event WHERE ");
                side(&mut walk, arm, query);
            }
            walk.push(")");
        } else {
            walk.push("SELECT a.pk FROM articles a WHERE 1");
        }
    }
    walk.push(" AND a.superseded_by IS NULL ORDER BY a.published DESC, a.pk DESC");
    Ok(Search { walk, among, check })
}

/// Whether an article is meant, its positive words apart. What asks of an event is asked of any one of the article's.
fn article_check(query: &Query) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT 1 FROM articles a WHERE 1");
    let asked = query.terms.iter().filter(|term| !matches!(term.test, Test::Text(_)) || term.negated);
    let (of_article, of_event): (Vec<&Term>, Vec<&Term>) = asked.partition(|term| term.test.is_of_article());
    for term in of_article {
        condition(&mut sql, term);
    }
    if !of_event.is_empty() {
        sql.push(" AND EXISTS (SELECT 1 FROM events e WHERE e.article = a.pk");
        for term in of_event {
            condition(&mut sql, term);
        }
        sql.push(")");
    }
    sql.push(" AND a.pk = ?");
    sql
}
