//! Prints what the judges learn from, on the gold articles named.
//!
//! `cases`, `nevers`: the tests and never-cases that the rules carry, as gold articles of one sentence, for the others to read.
//! `roles`: for each gold event, every answer to who fills each role, its features, and whether it names the countries of the
//! gold (`training/roles.py`). `dates`, `places`: the same for when and where it happened
//! (`training/dates.py`, `training/place_attach.py`). `mentions`: for each mention that a rule matched, its features and whether the gold has an event
//! of its type in the same words (`training/mentions.py`); an article without events teaches what is none.
//!
//! ```text
//! cargo run --release -p depeche --example judge_gold -- cases > cases.jsonl
//! cargo run --release -p depeche --example judge_gold -- roles GOLD.jsonl... cases.jsonl > roles.jsonl
//! cargo run --release -p depeche --example judge_gold -- dates GOLD.jsonl... > dates.jsonl
//! cargo run --release -p depeche --example judge_gold -- mentions GOLD.jsonl... training/negatives.jsonl nevers.jsonl > mentions.jsonl
//! ```

use std::{collections::BTreeSet, env, error::Error, fs};

use depeche::{
    Article, Coder, EventType, Role, Told,
    lexicon::{Expectation, Side},
};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let rows: fn(&Coder, &Article, &Value) -> Vec<Value> = match arguments.next().as_deref() {
        Some("roles") => roles,
        Some("dates") => dates,
        Some("places") => places,
        Some("mentions") => mentions,
        Some(kind @ ("cases" | "nevers")) => {
            cases(&Coder::embedded()?, kind == "nevers");
            return Ok(());
        }
        _ => return Err("usage: judge_gold cases | nevers | roles|dates|places|mentions GOLD.jsonl...".into()),
    };
    let coder = Coder::embedded()?;
    for file in arguments {
        for line in fs::read_to_string(&file)?.lines() {
            let gold: Value = serde_json::from_str(line)?;
            let article: Article = serde_json::from_str(line)?;
            for row in rows(&coder, &article, &gold) {
                println!("{row}");
            }
        }
    }
    Ok(())
}

fn events(gold: &Value) -> impl Iterator<Item = &Value> {
    gold["events"].as_array().into_iter().flatten()
}

fn mentions(coder: &Coder, article: &Article, gold: &Value) -> Vec<Value> {
    let whole = article.whole();
    let row = |considered: depeche::ConsideredMention| {
        let (event, span) = (considered.mention.event, considered.clause);
        let right = events(gold).any(|g| overlaps(g, event, &whole, span) || overlaps(g, folded(event), &whole, span));
        json!({ "article": article.id, "none": events(gold).next().is_none(), "right": right, "features": considered.features })
    };
    coder.consider_mentions(article).into_iter().map(row).collect()
}

/// The type that an act still to come is told as.
const fn folded(event: EventType) -> EventType {
    match event {
        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
        EventType::Retreat => EventType::Concede,
        other => other,
    }
}

fn roles(coder: &Coder, article: &Article, gold: &Value) -> Vec<Value> {
    let whole = article.whole();
    let told: Vec<_> = events(gold).filter_map(|g| told(g, &whole)).collect();
    let row = |considered: depeche::ConsideredRole| {
        let (event, span) = (considered.mention.event, considered.clause);
        let truth = events(gold).find(|g| overlaps(g, event, &whole, span))?;
        let key = if considered.role == Role::Recipient { "recipients" } else { "actors" };
        let mut expected = sides(&truth[key]);
        if considered.mention.mutual {
            expected.extend(sides(&truth["recipients"]));
        }
        let answer = |a: &depeche::ConsideredAnswer| json!({ "right": rightness(&a.sides, &expected), "group": together(&a.sides), "features": a.features });
        let answers: Vec<Value> = considered.answers.iter().map(answer).collect();
        Some(json!({ "article": article.id, "role": key, "type": event.name(), "gold": expected, "answers": answers }))
    };
    coder.consider_roles(article, &told).into_iter().filter_map(row).collect()
}

/// Bytes of a gold event's evidence, its type, and whether both sides are actors.
fn told(gold: &Value, whole: &str) -> Option<Told> {
    let evidence = gold["evidence"].as_str()?;
    let at = whole.find(evidence)?;
    let event: EventType = gold["type"].as_str()?.parse().ok()?;
    let mutual =
        event.may_be_mutual() && gold["actors"].as_array()?.len() > 1 && gold["recipients"].as_array()?.is_empty();
    Some(((at, at + evidence.len()), event, mutual))
}

/// What an answer is worth that names the right countries by parties of the wrong sector.
const RIGHT_COUNTRY: f32 = 0.1;

/// The countries of an answer: answers that name the same are counted together.
fn together(sides: &[(String, String)]) -> String {
    sides.iter().map(|side| side.0.as_str()).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("+")
}

/// For each gold event, every answer to when it happened.
fn dates(coder: &Coder, article: &Article, gold: &Value) -> Vec<Value> {
    let whole = article.whole();
    let told: Vec<_> = events(gold).filter_map(|g| told(g, &whole)).collect();
    let days = |start: &Value, end: &Value| format!("{}/{}", start.as_str().unwrap_or(""), end.as_str().unwrap_or(""));
    let row = |considered: depeche::ConsideredDate| {
        let truth = events(gold).find(|g| overlaps(g, considered.event, &whole, considered.clause))?;
        let expected = days(&truth["date"]["start"], &truth["date"]["end"]);
        let answer = |choice: &depeche::resolve::when::Choice| {
            let dates = choice.date.map(|d| d.dates);
            let group = dates.map_or_else(|| "/".to_owned(), |d| format!("{}/{}", d.start, d.end));
            json!({ "right": u8::from(group == expected), "group": group, "features": choice.features })
        };
        let answers: Vec<Value> = considered.choices.iter().map(answer).collect();
        Some(json!({ "article": article.id, "type": considered.event.name(), "gold": expected, "answers": answers }))
    };
    coder.consider_dates(article, &told).into_iter().filter_map(row).collect()
}

/// What a place is worth that lies in the right state under another name.
const RIGHT_STATE: f32 = 0.4;

/// For each gold event, every answer to where it happened.
fn places(coder: &Coder, article: &Article, gold: &Value) -> Vec<Value> {
    let whole = article.whole();
    let told: Vec<_> = events(gold).filter_map(|g| told(g, &whole)).collect();
    let row = |considered: depeche::ConsideredPlace| {
        let truth = events(gold).find(|g| overlaps(g, considered.event, &whole, considered.clause))?;
        let (state, name) = (truth["place"]["country"].as_str(), truth["place"]["text"].as_str().unwrap_or_default());
        let answer = |choice: &depeche::resolve::place::Considered| {
            let place = choice.attached.as_ref().map(|(place, _)| place);
            let country = place.and_then(|p| p.country).map(|c| c.to_string());
            let named = place.is_some_and(|p| p.text.contains(name) || name.contains(&p.text));
            let right = match (country.as_deref() == state, state.is_none() || named) {
                (false, _) => 0.0,
                (true, true) => 1.0,
                (true, false) => RIGHT_STATE,
            };
            json!({ "right": right, "group": country.unwrap_or_default(), "features": choice.features })
        };
        let answers: Vec<Value> = considered.choices.iter().map(answer).collect();
        Some(json!({ "article": article.id, "type": considered.event.name(), "gold": state, "answers": answers }))
    };
    coder.consider_places(article, &told).into_iter().filter_map(row).collect()
}

/// How right an answer is: its countries are what counts, its sectors what is better still; a rule's test may leave a
/// sector open.
fn rightness(answer: &[(String, String)], expected: &[(String, String)]) -> f32 {
    let fits = |a: &(String, String), e: &(String, String)| a.0 == e.0 && (e.1 == "?" || a.1 == e.1);
    let exact = answer.iter().all(|a| expected.iter().any(|e| fits(a, e)))
        && expected.iter().all(|e| answer.iter().any(|a| fits(a, e)));
    let countries = |sides: &[(String, String)]| sides.iter().map(|s| s.0.clone()).collect::<BTreeSet<_>>();
    match (exact, countries(answer) == countries(expected)) {
        (true, _) => 1.0,
        (false, true) => RIGHT_COUNTRY,
        (false, false) => 0.0,
    }
}

fn sides(side: &Value) -> Vec<(String, String)> {
    let text = |entity: &Value, key: &str| entity[key].as_str().unwrap_or("?").to_owned();
    side.as_array().into_iter().flatten().map(|e| (text(e, "country"), text(e, "sector"))).collect()
}

/// Prints the tests that the rules carry, or their never-cases, as gold articles.
fn cases(coder: &Coder, never: bool) {
    let side = |side: &[Side]| -> Vec<Value> {
        side.iter().map(|s| json!({ "country": s.country, "sector": s.sector })).collect()
    };
    for rule in coder.knowledge().lexicon.rules() {
        for case in &rule.cases {
            let event = |expect: &Expectation| {
                json!({
                    "type": expect.event, "actors": side(&expect.actors), "recipients": side(&expect.recipients),
                    "evidence": case.sentence,
                })
            };
            let events: Vec<Value> = case.expect.iter().map(event).collect();
            if events.is_empty() != never {
                continue;
            }
            let id = format!("{}:{}", rule.file, case.line);
            let (title, published) = ("", "2025-06-18");
            println!(
                "{}",
                json!({ "id": id, "lang": case.language, "published": published, "title": title, "text": case.sentence, "events": events })
            );
        }
    }
}

fn overlaps(gold: &Value, event: EventType, whole: &str, span: (usize, usize)) -> bool {
    let evidence = gold["evidence"].as_str().unwrap_or("");
    let at = whole.find(evidence).unwrap_or(usize::MAX);
    gold["type"] == event.name() && at < span.1 && span.0 < at.saturating_add(evidence.len())
}
