//! The page that the project began with: the six events of its gold are found, field by field, and none from its caption,
//! related headlines or form.

mod common;

use common::{CODER, shared};
use depeche::{Event, ingest};
use serde_json::Value;

/// Types whose sides are one set, as `score.py` has it.
const MUTUAL: [&str; 4] = ["AGREE", "CONSULT", "COOPERATE", "ASSAULT"];

/// What the issue asks to be right: type, sides, modes, status, days, countries of the place and of the source.
fn told(event: &Value) -> String {
    let side = |keys: &[&str]| {
        let entities = keys.iter().flat_map(|key| event[*key].as_array().into_iter().flatten());
        let mut all: Vec<&str> = entities.map(|e| e["country"].as_str().unwrap_or("?")).collect();
        all.sort_unstable();
        all.dedup();
        all.join("+")
    };
    let kind = event["type"].as_str().unwrap_or("?");
    let sides = if MUTUAL.contains(&kind) {
        side(&["actors", "recipients"])
    } else {
        format!("{} > {}", side(&["actors"]), side(&["recipients"]))
    };
    let (modes, date) = (&event["modes"], &event["date"]);
    let (place, source) = (&event["place"]["country"], &event["attribution"]["country"]);
    format!("{kind} {sides} {modes} {} {} {} at {place} by {source}", event["status"], date["start"], date["end"])
}

fn gold() -> Option<Vec<Value>> {
    let lines = String::from_utf8(shared("gold/fr_dev.jsonl")?).unwrap();
    let line = lines.lines().find(|line| line.contains("\"fr-d-000\"")).expect("fr_dev has the article");
    let article: Value = serde_json::from_str(line).unwrap();
    Some(article["events"].as_array().unwrap().clone())
}

#[test]
fn its_events_are_those_of_the_gold() {
    let (Some(page), Some(gold)) = (shared("examples/seed-page.html"), gold()) else { return };
    let reading = ingest::read(&page, &ingest::Source::named("seed-page.html"), &ingest::Options::default()).unwrap();
    let events: Vec<Event> = CODER.code(&reading.article);
    let mut got: Vec<Value> = events.iter().map(|e| serde_json::to_value(e).unwrap()).collect();
    for wanted in gold {
        let at = got.iter().position(|other| told(other) == told(&wanted));
        let all: Vec<String> = got.iter().map(told).collect();
        got.remove(at.unwrap_or_else(|| panic!("`{}` is not found; found: {all:#?}", told(&wanted))));
    }
}

#[test]
fn captions_related_headlines_and_forms_are_no_text() {
    let Some(page) = shared("examples/seed-page.html") else { return };
    let reading = ingest::read(&page, &ingest::Source::named("seed-page.html"), &ingest::Options::default()).unwrap();
    for foreign in
        ["serrant la main", "À lire aussi", "partenariat renforcé", "Laisser un commentaire", "Retour en haut"]
    {
        assert!(!reading.article.text.contains(foreign), "`{foreign}` was taken for text");
    }
}
