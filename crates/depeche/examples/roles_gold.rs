//! Prints what `training/roles.py` learns from: for each gold event that a rule matched, every answer to who fills each
//! role, its features, and whether it names the countries of the gold.
//!
//! ```text
//! cargo run --release -p depeche --example roles_gold -- GOLD.jsonl... > roles.jsonl
//! ```

use std::{env, error::Error, fs};

use depeche::{Article, Coder, EventType, Role};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let coder = Coder::embedded()?;
    for file in env::args().skip(1) {
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

fn rows(coder: &Coder, article: &Article, gold: &Value) -> Vec<Value> {
    let whole = article.whole();
    let mut out = Vec::new();
    let told: Vec<_> = gold["events"].as_array().into_iter().flatten().filter_map(|g| told(g, &whole)).collect();
    for considered in coder.consider_roles(article, &told) {
        let event = considered.mention.event;
        let span = considered.clause;
        let Some(truth) = gold["events"].as_array().into_iter().flatten().find(|g| overlaps(g, event, &whole, span))
        else {
            continue;
        };
        let key = if considered.role == Role::Recipient { "recipients" } else { "actors" };
        let mut expected = countries(&truth[key]);
        if considered.mention.mutual {
            expected.extend(countries(&truth["recipients"]));
            expected.sort();
            expected.dedup();
        }
        let answers: Vec<Value> = considered
            .answers
            .iter()
            .map(|(names, features)| json!({ "right": *names == expected, "text": *names == expected, "features": features }))
            .collect();
        out.push(
            json!({ "article": article.id, "role": key, "type": event.name(), "gold": expected, "answers": answers }),
        );
    }
    out
}

/// Bytes of a gold event's evidence, its type, and whether both sides are actors.
fn told(gold: &Value, whole: &str) -> Option<((usize, usize), EventType, bool)> {
    let evidence = gold["evidence"].as_str()?;
    let at = whole.find(evidence)?;
    let event: EventType = gold["type"].as_str()?.parse().ok()?;
    let mutual =
        event.may_be_mutual() && gold["actors"].as_array()?.len() > 1 && gold["recipients"].as_array()?.is_empty();
    Some(((at, at + evidence.len()), event, mutual))
}

fn countries(side: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        side.as_array().into_iter().flatten().map(|e| e["country"].as_str().unwrap_or("?").to_owned()).collect();
    all.sort();
    all.dedup();
    all
}

fn overlaps(gold: &Value, event: EventType, whole: &str, span: (usize, usize)) -> bool {
    let evidence = gold["evidence"].as_str().unwrap_or("");
    let at = whole.find(evidence).unwrap_or(usize::MAX);
    gold["type"] == event.name() && at < span.1 && span.0 < at.saturating_add(evidence.len())
}
