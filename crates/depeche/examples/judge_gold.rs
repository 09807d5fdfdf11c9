//! Prints what the judges learn from, on the gold articles named.
//!
//! `roles`: for each gold event, every answer to who fills each role, its features, and whether it names the countries of the
//! gold (`training/roles.py`). `mentions`: for each mention that a rule matched, its features and whether the gold has an event
//! of its type in the same words (`training/mentions.py`); an article without events teaches what is none.
//!
//! ```text
//! cargo run --release -p depeche --example judge_gold -- roles GOLD.jsonl... > roles.jsonl
//! cargo run --release -p depeche --example judge_gold -- mentions GOLD.jsonl... training/negatives.jsonl > mentions.jsonl
//! ```

use std::{env, error::Error, fs};

use depeche::{Article, Coder, EventType, Role};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let rows: fn(&Coder, &Article, &Value) -> Vec<Value> = match arguments.next().as_deref() {
        Some("roles") => roles,
        Some("mentions") => mentions,
        _ => return Err("usage: judge_gold roles|mentions GOLD.jsonl...".into()),
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
        let mut expected = countries(&truth[key]);
        if considered.mention.mutual {
            expected.extend(countries(&truth["recipients"]));
            expected.sort();
            expected.dedup();
        }
        let answer = |(names, features): &(Vec<String>, Vec<String>)| json!({ "right": *names == expected, "features": features });
        let answers: Vec<Value> = considered.answers.iter().map(answer).collect();
        Some(json!({ "article": article.id, "role": key, "type": event.name(), "gold": expected, "answers": answers }))
    };
    coder.consider_roles(article, &told).into_iter().filter_map(row).collect()
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
