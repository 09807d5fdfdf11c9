//! From articles to records: coded by the program, merged, and measured against the gold records of `tests/records`.
//!
//! The floors lie below the figures of docs/records.md, so that a change of the lexicon does not break the build for a pair;
//! `cargo x score records` prints today's.

mod common;
#[path = "../../depeche-record/tests/common/mod.rs"]
mod gold;

use common::CODER;
use depeche::record::{Telling, merge};
use gold::{Figures, Pairs};

#[test]
fn coded_events_are_merged_as_the_gold_has_them() {
    let (articles, acts) = (gold::articles(), gold::acts());
    let sources = gold::sources(&articles);
    let tellings: Vec<Telling> = articles
        .iter()
        .flat_map(|article| {
            let source = &sources[&article.id];
            CODER.code(article).into_iter().map(|event| Telling { source: source.clone(), event })
        })
        .collect();
    let of = gold::align(&tellings, &articles, &acts, false);
    let merged: Pairs = gold::merged(&merge(&tellings, &[]).records)
        .into_iter()
        .filter(|(a, b)| of.contains_key(a) && of.contains_key(b))
        .collect();
    let truth = gold::truth(&of);
    let all = Figures::of(&merged, &truth);
    assert!(all.precision() >= 0.95, "precision, recall: {all}");
    assert!(all.recall() >= 0.72, "precision, recall: {all}");
    let languages = articles.iter().map(|a| (a.id.clone(), a.language)).collect();
    let across = Figures::of(&gold::across(&merged, &languages, true), &gold::across(&truth, &languages, true));
    assert!(across.right >= 40, "pairs merged across languages: {across}");
}
