//! Compares the engine with spaCy's own run, field by field: `parity fr`, or `parity MODELS/fr SPACY.jsonl`.
//!
//! The file comes from `training/parity.py`; it and the models are looked for in the repository when only a language is
//! given. `-v` prints every difference. A text whose tokens differ counts as wrong in all of its tokens.
//! The program fails when any field agrees on fewer than 99.9% of tokens.

use std::{env, error::Error, fs, process::ExitCode};

use depeche_language::{Doc, Pipeline};
use serde::Deserialize;

/// Share of tokens that must agree.
const REQUIRED: f64 = 0.999;
const FIELDS: [&str; 8] =
    ["tokens", "part of speech", "features", "lemma", "head", "relation", "sentence start", "name"];

#[derive(Deserialize)]
struct Text {
    text: String,
    tokens: Vec<Token>,
}

/// Begin and end (characters), part of speech, features, lemma, head, relation, sentence start, name.
#[derive(Deserialize)]
struct Token(usize, usize, String, String, String, u32, String, bool, String);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let loud = arguments.iter().any(|argument| argument == "-v");
    arguments.retain(|argument| argument != "-v");
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let (model, expected) = match arguments.as_slice() {
        [language] => (format!("{root}/models/{language}"), format!("{root}/target/parity/{language}.jsonl")),
        [model, expected] => (model.clone(), expected.clone()),
        _ => return Err("usage: parity fr | parity MODELS/fr SPACY.jsonl [-v]".into()),
    };
    let pipeline = Pipeline::from_bytes(
        &fs::read(format!("{model}/model.safetensors"))?,
        &fs::read(format!("{model}/manifest.json"))?,
    )?;
    let mut equal = [0_usize; FIELDS.len()];
    let (mut texts, mut total) = (0, 0);
    for line in fs::read_to_string(expected)?.lines() {
        let text: Text = serde_json::from_str(line)?;
        let doc = pipeline.annotate(&text.text);
        compare(&text, &doc, &mut equal, loud);
        texts += 1;
        total += text.tokens.len();
    }
    println!("{} {texts} texts, {total} tokens", pipeline.language());
    let share = |count: usize| count as f64 / total as f64;
    for (field, count) in FIELDS.iter().zip(equal) {
        println!("{field:>15}  {:8.4}%  {} differ", 100.0 * share(count), total - count);
    }
    let good = texts > 0 && equal.iter().all(|&count| share(count) >= REQUIRED);
    println!("{}", if good { "parity" } else { "NO parity" });
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn compare(text: &Text, doc: &Doc, equal: &mut [usize; FIELDS.len()], loud: bool) {
    let mut bytes: Vec<u32> = text.text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(text.text.len() as u32);
    let span = |token: &Token| (bytes[token.0], bytes[token.1]);
    let theirs = text.tokens.iter().map(span);
    if !theirs.eq(doc.tokens.iter().map(|token| (token.start, token.end))) {
        if loud {
            let word = |(a, b): (u32, u32)| &text.text[a as usize..b as usize];
            let theirs: Vec<_> = text.tokens.iter().map(span).map(word).collect();
            let ours: Vec<_> = doc.tokens.iter().map(|t| word((t.start, t.end))).collect();
            println!("tokens differ\n  spaCy {theirs:?}\n  here  {ours:?}");
        }
        return;
    }
    for (theirs, ours) in text.tokens.iter().zip(&doc.tokens) {
        let name =
            ours.ent.map_or(String::new(), |(begins, label)| format!("{}-{label}", if begins { "B" } else { "I" }));
        let same = [
            true,
            theirs.2 == ours.pos,
            theirs.3 == ours.morph,
            theirs.4 == ours.lemma,
            theirs.5 == ours.head,
            theirs.6 == ours.dep,
            theirs.7 == ours.sent_start,
            theirs.8 == name,
        ];
        for ((count, same), field) in equal.iter_mut().zip(same).zip(FIELDS) {
            *count += usize::from(same);
            if loud && !same {
                println!(
                    "{field} differs in {:?}\n  spaCy {:?}\n  here  {ours:?}",
                    text.text,
                    (&theirs.2, &theirs.3, &theirs.4, theirs.5, &theirs.6, theirs.7, &theirs.8)
                );
            }
        }
    }
}
