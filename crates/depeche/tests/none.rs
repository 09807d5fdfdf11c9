//! Forty articles in warlike and diplomatic words that tell no political act: sport, business, weather, culture.

mod common;

use common::{CODER, file};
use depeche::Article;

/// Events told today in all forty; what issue 4 asks is two. Lower it with every gain: it is never raised.
const CEILING: usize = 31;

#[test]
fn what_is_no_politics_tells_no_more_false_events_than_today() {
    let text = file("tests/articles/none.jsonl");
    let articles: Vec<Article> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(articles.len(), 40);
    let told: Vec<String> = articles
        .iter()
        .flat_map(|article| {
            CODER.code(article).into_iter().map(|e| format!("{} {} {}: {}", article.id, e.event, e.rule, e.evidence))
        })
        .collect();
    assert!(told.len() <= CEILING, "{} false events, {CEILING} at most:\n{}", told.len(), told.join("\n"));
}
