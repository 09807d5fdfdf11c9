//! Whole articles, coded, against the events that they gave when the change was last looked at.
//!
//! The expected events are what the program gave, not what it should give: a difference is a question, not yet a mistake.
//! `cargo x bless` writes them anew; `git diff tests/articles` then shows what a change gained and lost.

mod common;

use std::{collections::BTreeSet, fmt::Write as _};

use common::{CODER, articles, file};
use depeche::{Coded, Entity, Event};

const EXPECTED: &str = "tests/articles/expected.jsonl";

/// What of an event a reader would look at first.
fn describe(event: &Event) -> String {
    let side = |all: &[Entity]| {
        let one = |e: &Entity| format!("{}.{}", e.country.map_or_else(|| "?".to_owned(), |c| c.to_string()), e.sector);
        all.iter().map(one).collect::<Vec<_>>().join("+")
    };
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    format!("{} {actors} > {recipients} {} [{}] {}", event.event, event.status, event.rule, event.evidence)
}

fn described(events: &[Event]) -> BTreeSet<String> {
    events.iter().map(describe).collect()
}

#[test]
fn articles_give_the_events_last_blessed() {
    let expected = file(EXPECTED);
    let articles = articles();
    assert_eq!(
        expected.lines().count(),
        articles.len(),
        "{EXPECTED} has not a line for each article: run `cargo x bless`"
    );
    let mut told = String::new();
    for (article, line) in articles.iter().zip(expected.lines()) {
        let expected: Coded = serde_json::from_str(line).unwrap();
        let got = CODER.code(article);
        if got == expected.events {
            continue;
        }
        let (before, after) = (described(&expected.events), described(&got));
        let lost = before.difference(&after).map(|e| format!("\n  - {e}"));
        let gained = after.difference(&before).map(|e| format!("\n  + {e}"));
        let lines: String = lost.chain(gained).collect();
        let lines = if lines.is_empty() { "\n  (dates, places, sources, numbers or scores)".to_owned() } else { lines };
        let _ = write!(told, "\n{}{lines}", article.id);
    }
    assert!(told.is_empty(), "events changed; if for the better, run `cargo x bless` and commit the difference{told}");
}

#[test]
fn the_same_article_gives_the_same_events_every_time() {
    for article in articles() {
        let once: Vec<Event> = CODER.code(&article);
        assert_eq!(once, CODER.code(&article), "{}", article.id);
        let ids: BTreeSet<&str> = once.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids.len(), once.len(), "{}: two events have one id", article.id);
    }
}
