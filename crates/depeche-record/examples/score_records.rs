//! Measures merging against the gold records of `tests/records`.
//!
//! ```text
//! cargo run -p depeche-record --example score_records -- CODED.jsonl... [--pairs]
//! ```
//!
//! The files hold articles as `depeche code` gives them, those of `tests/records` and any others; all are merged in one run. What
//! the gold has is measured, and of the others every record of two articles is listed. `cargo x score records` makes the files.

#[path = "../tests/common/mod.rs"]
mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::Path,
};

use common::{Figures, Pairs, Set, across};
use depeche_model::{Article, Event, Language, Record};
use depeche_record::{Source, Telling, merge, score as scores};
use serde::Deserialize;

#[derive(Deserialize)]
struct Coded {
    #[serde(flatten)]
    article: Article,
    events: Vec<Event>,
}

/// All articles, coded and merged in one run.
struct Run {
    /// The events that the program found.
    tellings: Vec<Telling>,
    sources: BTreeMap<String, Source>,
    languages: BTreeMap<String, Language>,
    records: Vec<Record>,
    /// Whether wrong and missed pairs are listed.
    pairs: bool,
}

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|a| a.starts_with("--"));
    let coded: Vec<Coded> = files.iter().flat_map(|file| common::lines(Path::new(file))).collect();
    let sources = common::sources(&coded.iter().map(|c| c.article.clone()).collect::<Vec<_>>());
    let tell = |c: &Coded| -> Vec<Telling> {
        let source = &sources[&c.article.id];
        c.events.iter().map(|event| Telling { source: source.clone(), event: event.clone() }).collect()
    };
    let tellings: Vec<Telling> = coded.iter().flat_map(tell).collect();
    let run = Run {
        languages: coded.iter().map(|c| (c.article.id.clone(), c.article.language)).collect(),
        records: merge(&tellings, &[]).records,
        pairs: flags.contains(&"--pairs".to_owned()),
        tellings,
        sources,
    };
    println!("{:<34} {:>21}  {:>21}", "pairs", "precision", "recall");
    let mut own: BTreeSet<String> = BTreeSet::new();
    for set in Set::ALL {
        let articles = set.articles();
        if articles.iter().all(|article| run.sources.contains_key(&article.id)) {
            score(&run, set, &articles);
            own.extend(articles.into_iter().map(|article| article.id));
        }
    }
    others(&run, &own);
}

/// Prints how well the acts of a set were merged.
fn score(run: &Run, set: Set, articles: &[Article]) {
    println!("{}", set.folder());
    let acts = set.acts();
    let (hand, of) = common::by_hand(&acts, &run.sources);
    let (merged, truth) = (common::merged(&merge(&hand, &[]).records), common::truth(&of));
    show("events coded by hand", &merged, &truth, &run.languages);
    if run.pairs {
        explain(&merged, &truth, &hand);
    }
    let ids: BTreeSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    let of_set = |event: &str| event.rsplit_once('#').is_some_and(|(article, _)| ids.contains(article));
    let mut own = common::merged(&run.records);
    own.retain(|(a, b)| of_set(a) && of_set(b));

    let strict = common::align(&run.tellings, articles, &acts, false);
    let found = common::truth(&strict);
    let of_found: Pairs =
        own.iter().filter(|(a, b)| strict.contains_key(a) && strict.contains_key(b)).cloned().collect();
    show("events found, of the right type", &of_found, &found, &run.languages);

    let loose = common::align(&run.tellings, articles, &acts, true);
    let one_act: Pairs = common::truth(&loose).union(&common::reprinted(&run.tellings)).cloned().collect();
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
    if run.pairs {
        let relevant: Pairs = own.union(&of_found).cloned().collect();
        explain(
            &relevant,
            &found.union(&one_act.intersection(&own).cloned().collect()).cloned().collect(),
            &run.tellings,
        );
    }
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
            match scores::explain(one, other) {
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

/// Records of two articles or more, one of which is of no set: separate stories, so that hardly any should be.
fn others(run: &Run, own: &BTreeSet<String>) {
    let is_other = |record: &&Record| {
        let articles: BTreeSet<&String> = record.reports.iter().map(|report| &report.article).collect();
        articles.len() > 1 && articles.iter().any(|article| !own.contains(*article))
    };
    let merged: Vec<&Record> = run.records.iter().filter(is_other).collect();
    println!("{} other articles, {} records that join two of them", run.sources.len() - own.len(), merged.len());
    for record in merged {
        println!("merged {} {:.1}", record.event, record.score.unwrap_or(0.0));
        for report in &record.reports {
            let day = report.published.map_or_else(String::new, |day| day.to_string());
            println!("  {} {day}: {}", report.article, report.evidence);
        }
    }
}
