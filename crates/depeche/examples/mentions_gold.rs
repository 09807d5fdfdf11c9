//! Prints what `training/mentions.py` learns from: for each mention that a rule matched, its features and whether the gold
//! has an event of its type in the same words.
//!
//! ```text
//! cargo run --release -p depeche --example mentions_gold -- GOLD.jsonl... > mentions.jsonl
//! ```

use std::{env, error::Error, fs};

use depeche::{Article, Coder, EventType};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let coder = Coder::embedded()?;
    for file in env::args().skip(1) {
        for line in fs::read_to_string(&file)?.lines() {
            let gold: Value = serde_json::from_str(line)?;
            let article: Article = serde_json::from_str(line)?;
            let whole = article.whole();
            for considered in coder.consider_mentions(&article) {
                let event = considered.mention.event;
                let events = gold["events"].as_array().into_iter().flatten();
                let right = events.into_iter().any(|g| tells(g, event, &whole, considered.clause));
                println!("{}", json!({ "article": article.id, "right": right, "features": considered.features }));
            }
        }
    }
    Ok(())
}

/// Whether a gold event is of the type, or of the type that it folds into when still to come, and shares words.
fn tells(gold: &Value, event: EventType, whole: &str, span: (usize, usize)) -> bool {
    let folded = match event {
        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
        EventType::Retreat => EventType::Concede,
        other => other,
    };
    let kind = gold["type"].as_str().unwrap_or("");
    let evidence = gold["evidence"].as_str().unwrap_or("");
    let Some(at) = whole.find(evidence) else { return false };
    (kind == event.name() || kind == folded.name()) && at < span.1 && span.0 < at + evidence.len()
}
