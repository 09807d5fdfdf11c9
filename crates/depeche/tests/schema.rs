//! The JSON that comes out is the JSON that the committed schema promises.

mod common;

use common::{CODER, articles, file};
use depeche::{Coded, article_schema};
use serde_json::Value;

const COMMITTED: &str = "docs/schema/article.schema.json";

#[test]
fn the_committed_schema_is_the_one_that_the_types_generate() {
    let committed: Value = serde_json::from_str(&file(COMMITTED)).unwrap();
    let generated = serde_json::to_value(article_schema()).unwrap();
    assert!(committed == generated, "{COMMITTED} is out of date: run `cargo x bless`");
}

#[test]
fn coded_articles_fit_the_committed_schema() {
    let schema: Value = serde_json::from_str(&file(COMMITTED)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut events = 0;
    for article in articles() {
        let coded = Coded { events: CODER.code(&article), article };
        events += coded.events.len();
        let value = serde_json::to_value(&coded).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(errors.is_empty(), "{}: {}", coded.article.id, errors.join("\n"));
    }
    assert!(events > 20, "only {events} events: the articles no longer test the schema");
}

#[test]
fn the_schema_refuses_what_is_no_event() {
    let schema: Value = serde_json::from_str(&file(COMMITTED)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let article = articles().remove(0);
    let coded = Coded { events: CODER.code(&article), article };
    let good = serde_json::to_value(&coded).unwrap();
    let spoiled = |field: &str, value: Value| {
        let mut bad = good.clone();
        bad["events"][0][field] = value;
        validator.is_valid(&bad)
    };
    assert!(validator.is_valid(&good));
    assert!(!spoiled("type", "GOSSIP".into()));
    assert!(!spoiled("status", "maybe".into()));
    assert!(!spoiled("date", "tomorrow".into()));
    assert!(!spoiled("evidence", Value::Null));
}
