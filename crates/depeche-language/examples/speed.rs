//! Words a second on one thread: `speed MODELS/fr TEXTS.jsonl`, to be read beside `training/speed.py`.
//!
//! Each line of the second file is a JSON object with a `text`; words are what white space separates. The whole text is
//! parsed several times in one run; median and best are printed. Time is that of the processor, so that other processes on the
//! machine do not weigh.

#[path = "support/clock.rs"]
mod clock;

use std::{env, error::Error, fs};

use depeche_language::Pipeline;

use clock::seconds;

const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [model, texts] = arguments.as_slice() else { return Err("usage: speed MODELS/fr TEXTS.jsonl".into()) };
    let weights = fs::read(format!("{model}/model.safetensors"))?;
    let manifest = fs::read(format!("{model}/manifest.json"))?;
    let start = seconds();
    let pipeline = Pipeline::from_bytes(&weights, &manifest)?;
    println!("loaded in {:.1} ms", (seconds() - start) * 1e3);
    let mut texts_read = Vec::new();
    for line in fs::read_to_string(texts)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        texts_read.push(value["text"].as_str().unwrap_or_default().to_owned());
    }
    let words: usize = texts_read.iter().map(|text| text.split_whitespace().count()).sum();
    let mut rates = Vec::new();
    let mut tokens = 0;
    for _ in 0..ROUNDS {
        let start = seconds();
        tokens = texts_read.iter().map(|text| pipeline.parse(text).tokens.len()).sum();
        rates.push(words as f64 / (seconds() - start));
    }
    let first = rates[0];
    rates.sort_by(f64::total_cmp);
    println!("{} texts, {words} words, {tokens} tokens", texts_read.len());
    let (median, best) = (rates[ROUNDS / 2], rates[ROUNDS - 1]);
    println!("engine: first round {first:.0} words/s; of {ROUNDS}: median {median:.0}, best {best:.0}");
    Ok(())
}
