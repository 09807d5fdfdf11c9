//! Prints what relation mode learns from: one JSON line for each labelled sentence of the tables named.
//!
//! A table is one that `depeche relate` reads, with a column `root` or `type`; its parties are marked. A file of gold articles
//! (`.jsonl`) gives a sentence for each event that names one actor and one recipient in the sentence of its evidence.
//!
//! ```text
//! cargo run --release -p depeche --example relation_rows -- training/relations.tsv ../shared/gold/en_train_a.jsonl > relations.jsonl
//! python training/relate.py relations.jsonl --out lexicon/judge/relations.tsv
//! ```

use std::{env, error::Error, fs};

use depeche::{
    Article, Coder, Language,
    relation::{Marked, Table},
};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let coder = Coder::embedded()?;
    for file in env::args().skip(1) {
        let text = fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?;
        if file.ends_with(".jsonl") { articles(&coder, &file, &text)? } else { table(&coder, &file, &text)? }
    }
    Ok(())
}

fn tell(coder: &Coder, file: &str, id: &str, label: &str, language: Language, marked: &Marked) {
    let features = coder.consider_pair(marked, language).features;
    println!(
        "{}",
        json!({ "file": file, "id": id, "label": label, "lang": language.code(), "text": marked.text, "features": features })
    );
}

fn table(coder: &Coder, file: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let Some(first) = lines.first() else { return Ok(()) };
    let table = Table::of(first);
    for (at, line) in lines.iter().enumerate().skip(usize::from(table.has_header())) {
        let row = table.row(line).map_err(|e| format!("{file}: row {}: {e}", at + 1))?;
        let label = row.label.ok_or_else(|| format!("{file}: row {}: no column `root` or `type`", at + 1))?;
        let id = row.id.unwrap_or_else(|| (at + 1).to_string());
        tell(coder, file, &id, &label, row.language.unwrap_or(Language::English), &row.marked);
    }
    Ok(())
}

fn articles(coder: &Coder, file: &str, text: &str) -> Result<(), Box<dyn Error>> {
    for line in text.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let article: Article = serde_json::from_str(line)?;
        for event in gold["events"].as_array().into_iter().flatten() {
            if let Some(marked) = told(&article.whole(), event) {
                let label = event["type"].as_str().unwrap_or("");
                tell(coder, file, &article.id, label, article.language, &marked);
            }
        }
    }
    Ok(())
}

/// The sentence around an event's evidence, if it names an actor and a recipient, or two actors of a mutual act.
fn told(whole: &str, event: &Value) -> Option<Marked> {
    let evidence = event["evidence"].as_str()?;
    let at = whole.find(evidence)?;
    let end = at + evidence.len();
    let start = whole[..at].rfind(['\n']).map_or(0, |n| n + 1);
    let start = whole[start..at].rfind(". ").map_or(start, |n| start + n + 2);
    let end = whole[end..].find(['.', '\n']).map_or(whole.len(), |n| end + n + 1);
    let sentence = &whole[start..end];
    let name = |entity: &Value| entity["text"].as_str().map(str::to_owned);
    let actors: Vec<String> = event["actors"].as_array()?.iter().filter_map(name).collect();
    let recipients: Vec<String> = event["recipients"].as_array()?.iter().filter_map(name).collect();
    let target = recipients.first().or_else(|| actors.get(1))?;
    Marked::find(sentence, actors.first()?, target).ok()
}
