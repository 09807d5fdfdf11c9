//! From articles to records: coded by the program, merged, and measured against the gold records of `tests/records`.
//!
//! The floors are what merging owes its users; docs/records.md has the figures and `cargo x score records` prints today's.

mod common;
#[path = "../../depeche-record/tests/common/mod.rs"]
mod gold;

use common::CODER;
use depeche::record::{Telling, merge};
use gold::{Figures, Pairs, Set};

#[test]
fn coded_events_are_merged_as_the_gold_has_them() {
    for (set, least) in [(Set::Tuned, 60), (Set::Unseen, 25)] {
        let (articles, acts) = (set.articles(), set.acts());
        let sources = gold::sources(&articles);
        let mut tellings: Vec<Telling> = Vec::new();
        for article in &articles {
            let source = &sources[&article.id];
            let events = CODER.code(article).into_iter();
            tellings.extend(events.map(|event| Telling { source: source.clone(), event }));
        }
        let of = gold::align(&tellings, &articles, &acts, false);
        let merged: Pairs = gold::merged(&merge(&tellings, &[]).records)
            .into_iter()
            .filter(|(a, b)| of.contains_key(a) && of.contains_key(b))
            .collect();
        let truth = gold::truth(&of);
        let all = Figures::of(&merged, &truth);
        assert!(all.precision() >= 0.97, "{set:?}, precision, recall: {all}");
        assert!(all.recall() >= 0.80, "{set:?}, precision, recall: {all}");
        let languages = articles.iter().map(|a| (a.id.clone(), a.language)).collect();
        let across = Figures::of(&gold::across(&merged, &languages, true), &gold::across(&truth, &languages, true));
        assert!(across.right >= least, "{set:?}, pairs merged across languages: {across}");
    }
}
