//! Measures merging against the gold records of `tests/records`.
//!
//! ```text
//! cargo run -p depeche-record --example score_records -- CODED.jsonl [OTHER-CODED.jsonl...] [--pairs]
//! ```
//!
//! The first file holds the articles of `tests/records` as `depeche code` gives them; the others are coded articles that are
//! merged in the same run, and of which every record of two articles is listed. `cargo x score records` makes them all.

#[path = "../tests/common/mod.rs"]
mod common;

use std::{collections::BTreeMap, env, path::Path};

use common::{Figures, Pairs, across};
use depeche_model::{Article, Event, Language, Record};
use depeche_record::{Telling, merge, score};
use serde::Deserialize;

#[derive(Deserialize)]
struct Coded {
    #[serde(flatten)]
    article: Article,
    events: Vec<Event>,
}

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|a| a.starts_with("--"));
    let coded: Vec<Coded> = files.iter().flat_map(|file| common::lines(Path::new(file))).collect();
    let (articles, acts) = (common::articles(), common::acts());
    let sources = common::sources(&coded.iter().map(|c| c.article.clone()).collect::<Vec<_>>());
    let languages: BTreeMap<String, Language> =
        coded.iter().map(|c| (c.article.id.clone(), c.article.language)).collect();
    let (hand, of) = common::by_hand(&acts, &sources);
    let tell = |c: &Coded| {
        c.events
            .iter()
            .map(|event| Telling { source: sources[&c.article.id].clone(), event: event.clone() })
            .collect::<Vec<_>>()
    };
    let tellings: Vec<Telling> = coded.iter().flat_map(tell).collect();

    println!("{:<34} {:>21}  {:>21}", "pairs", "precision", "recall");
    let records = merge(&hand, &[]).records;
    let truth = common::truth(&of);
    show("events coded by hand", &common::merged(&records), &truth, &languages);
    if flags.contains(&"--pairs".to_owned()) {
        explain(&common::merged(&records), &truth, &hand);
    }

    let records = merge(&tellings, &[]).records;
    let all = common::merged(&records);
    let strict = common::align(&tellings, &articles, &acts, false);
    let found = common::truth(&strict);
    let of_found: Pairs =
        all.iter().filter(|(a, b)| strict.contains_key(a) && strict.contains_key(b)).cloned().collect();
    show("events found, of the right type", &of_found, &found, &languages);

    let loose = common::align(&tellings, &articles, &acts, true);
    let own: Pairs =
        all.iter().filter(|(a, _)| articles.iter().any(|x| a.starts_with(&format!("{}#", x.id)))).cloned().collect();
    let one_act: Pairs = common::truth(&loose).union(&common::reprinted(&tellings)).cloned().collect();
    let end = Figures { right: own.intersection(&one_act).count(), merged: own.len(), truth: truth.len() };
    println!(
        "{:<34} {:>21}",
        "end to end, every merged pair",
        format!("{:.3} ({}/{})", end.precision(), end.right, end.merged)
    );
    let right = own.intersection(&found).count();
    println!(
        "{:<34} {:>21}  {:>21}",
        "end to end, every pair told",
        "",
        format!("{:.3} ({right}/{})", right as f64 / truth.len() as f64, truth.len())
    );
    if flags.contains(&"--pairs".to_owned()) {
        let relevant: Pairs = own.union(&of_found).cloned().collect();
        explain(&relevant, &found.union(&one_act.intersection(&own).cloned().collect()).cloned().collect(), &tellings);
    }
    others(&records, &articles);
}

fn show(what: &str, merged: &Pairs, truth: &Pairs, languages: &BTreeMap<String, Language>) {
    let line = |what: &str, figures: Figures| {
        let (p, r) = (
            format!("{:.3} ({}/{})", figures.precision(), figures.right, figures.merged),
            format!("{:.3} ({}/{})", figures.recall(), figures.right, figures.truth),
        );
        println!("{what:<34} {p:>21}  {r:>21}");
    };
    line(what, Figures::of(merged, truth));
    for (name, two) in [("  within one language", false), ("  across languages", true)] {
        line(name, Figures::of(&across(merged, languages, two), &across(truth, languages, two)));
    }
}

/// Lists wrong and missed pairs, with the reasons.
fn explain(merged: &Pairs, truth: &Pairs, tellings: &[Telling]) {
    let by_id: BTreeMap<&str, &Telling> = tellings.iter().map(|t| (t.event.id.as_str(), t)).collect();
    for (what, pairs) in [("WRONG", merged.difference(truth)), ("MISSED", truth.difference(merged))] {
        for (a, b) in pairs {
            let (one, other) = (by_id[a.as_str()], by_id[b.as_str()]);
            println!("{what} {} {a} | {b}\n  {}\n  {}", one.event.event, one.event.evidence, other.event.evidence);
            match score::explain(one, other) {
                Ok(scored) => {
                    let reasons: Vec<String> =
                        scored.reasons.iter().map(|r| format!("{:+.1} {}", r.weight, r.what)).collect();
                    println!("  {:.1}: {}", scored.score, reasons.join("; "));
                }
                Err(conflict) => println!("  ruled out: {}", conflict.0),
            }
        }
    }
}

/// Records of two articles or more among the other files.
fn others(records: &[Record], articles: &[Article]) {
    let own = |id: &str| articles.iter().any(|article| article.id == id);
    for record in records.iter().filter(|r| r.reports.len() > 1 && r.reports.iter().any(|report| !own(&report.article)))
    {
        println!("merged {} {:.1}", record.event, record.score.unwrap_or(0.0));
        for report in &record.reports {
            println!(
                "  {} {}: {}",
                report.article,
                report.published.map_or_else(String::new, |d| d.to_string()),
                report.evidence
            );
        }
    }
}
