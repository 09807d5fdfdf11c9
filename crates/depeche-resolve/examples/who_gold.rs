//! Measures the cast against gold actors and recipients.
//!
//! `who_gold PARSES GOLD [errors]`: both folders hold `NAME.jsonl`; a parse has `id`, `text`, `tokens`, `sentences`. For every
//! actor and recipient of the gold, the party that overlaps it best is compared by country and sector.
#![allow(clippy::disallowed_methods, reason = "an example may read the clock")]

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use depeche_model::{Article, Cast, Country, Parsed, Party, PartyKind, Sector, Span};
use depeche_resolve::{
    place::Gazetteer,
    who::{Directory, cast},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Gold {
    #[serde(flatten)]
    article: Article,
    events: Vec<Value>,
}

#[derive(Default, Clone, Copy)]
struct Score {
    all: u32,
    found: u32,
    country: u32,
    sector: u32,
    both: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [parses, gold, rest @ ..] = &arguments[..] else { return Err("usage: who_gold PARSES GOLD [errors]".into()) };
    let best = (0..5).map(|_| time_load()).min().unwrap_or_default();
    let directory = Directory::embedded();
    println!(
        "tables load in {:?} (best of 5): {} entries, {} problems",
        best,
        directory.entries().len(),
        directory.problems().len()
    );
    for problem in directory.problems().iter().take(10) {
        println!("{problem}");
    }
    let gazetteer = Gazetteer::embedded()?;
    let mut total = Score::default();
    let (mut mentions, mut spent) = (0usize, 0.0);
    println!("{:12} {:>5} {:>7} {:>7} {:>7} {:>7}", "file", "n", "found", "country", "sector", "both");
    for name in ["fr_dev", "en_dev", "fr_train_a", "fr_train_b", "en_train_a", "en_train_b"] {
        let by_id = read_parses(&Path::new(parses).join(format!("{name}.jsonl")))?;
        let mut score = Score::default();
        for line in fs::read_to_string(Path::new(gold).join(format!("{name}.jsonl")))?.lines() {
            let gold: Gold = serde_json::from_str(line)?;
            let whole = gold.article.whole();
            let Some(parse) = by_id.get(&gold.article.id) else { continue };
            let before = Instant::now();
            let cast = cast(parse, &whole, gold.article.language, gold.article.published, &directory, &gazetteer);
            spent += before.elapsed().as_secs_f64();
            mentions += cast.parties.len();
            for event in &gold.events {
                judge(&gold.article.id, &whole, event, &cast, &mut score, !rest.is_empty());
            }
        }
        print(name, score);
        total = total.plus(score);
    }
    print("all", total);
    println!("{mentions} mentions in {spent:.3} s: {:.0} a second", mentions as f64 / spent);
    Ok(())
}

fn time_load() -> Duration {
    let start = Instant::now();
    let directory = Directory::embedded();
    assert!(!directory.entries().is_empty(), "the tables are compiled in");
    start.elapsed()
}

impl Score {
    fn plus(self, o: Self) -> Self {
        let (a, b) = (self, o);
        Self {
            all: a.all + b.all,
            found: a.found + b.found,
            country: a.country + b.country,
            sector: a.sector + b.sector,
            both: a.both + b.both,
        }
    }
}

fn print(name: &str, s: Score) {
    let share = |n: u32| f64::from(n) / f64::from(s.all.max(1));
    println!(
        "{name:12} {:5} {:7.3} {:7.3} {:7.3} {:7.3}",
        s.all,
        share(s.found),
        share(s.country),
        share(s.sector),
        share(s.both)
    );
}

fn read_parses(path: &Path) -> Result<BTreeMap<String, Parsed>, Box<dyn Error>> {
    let mut out = BTreeMap::new();
    for line in fs::read_to_string(path)?.lines() {
        let mut value: Value = serde_json::from_str(line)?;
        let id = value["id"].as_str().unwrap_or_default().to_owned();
        for token in value["tokens"].as_array_mut().into_iter().flatten() {
            token["span"] = serde_json::json!({"start": token["start"], "end": token["end"]});
            if token["dep"] == "ROOT" {
                token["dep"] = "root".into();
            }
        }
        out.insert(id, serde_json::from_value(value)?);
    }
    Ok(out)
}

fn judge(id: &str, whole: &str, event: &Value, cast: &Cast, score: &mut Score, errors: bool) {
    let evidence =
        event["evidence"].as_str().and_then(|e| whole.find(e).map(|at| (at, at + e.len()))).unwrap_or((0, whole.len()));
    for entity in ["actors", "recipients"].iter().flat_map(|side| event[*side].as_array().into_iter().flatten()) {
        let text = entity["text"].as_str().unwrap_or_default();
        score.all += 1;
        let Some(span) = locate(whole, text, evidence) else { continue };
        let party = best(cast, span);
        let country = entity["country"].as_str().and_then(Country::new);
        let sector: Option<Sector> = entity["sector"].as_str().and_then(|s| s.parse().ok());
        let right = (
            party.is_some_and(|p| p.country == country || p.also.iter().any(|a| Some(*a) == country)),
            party.is_some_and(|p| Some(p.sector) == sector),
        );
        score.found += u32::from(party.is_some());
        score.country += u32::from(right.0);
        score.sector += u32::from(right.1);
        score.both += u32::from(right.0 && right.1);
        if errors && right != (true, true) {
            let got = party.map_or("nothing".to_owned(), |p| {
                let c = p.country.map_or("?".to_owned(), |c| c.to_string());
                format!("{}.{} {:?} `{}` ({})", c, p.sector, p.kind, p.span.of(whole), p.reason)
            });
            let want = country.map_or("?".to_owned(), |c| c.to_string());
            let flag = if right.0 { "sector " } else { "COUNTRY" };
            println!("{flag} {id} `{text}` {want}.{} got {got}", entity["sector"].as_str().unwrap_or("?"));
        }
    }
}

/// The text inside the evidence, else the occurrence nearest to it.
fn locate(whole: &str, text: &str, evidence: (usize, usize)) -> Option<Span> {
    let at = whole
        .match_indices(text)
        .map(|(at, _)| at)
        .min_by_key(|&at| if at >= evidence.0 && at < evidence.1 { 0 } else { at.abs_diff(evidence.0).max(1) })?;
    Some(Span::new(at as u32, (at + text.len()) as u32))
}

fn best(cast: &Cast, span: Span) -> Option<&Party> {
    let overlapping = cast.parties.iter().filter(|p| p.span.overlap(span) > 0);
    overlapping.max_by_key(|p| {
        let inside = i64::from(p.span.overlap(span));
        let outside = i64::from(p.span.len()) - inside;
        (inside * 2 - outside - i64::from(p.kind == PartyKind::Place), p.role_rank())
    })
}

trait Rank {
    fn role_rank(&self) -> i32;
}

impl Rank for Party {
    fn role_rank(&self) -> i32 {
        i32::from(self.kind == PartyKind::Person) + i32::from(!self.entry.is_empty())
    }
}
