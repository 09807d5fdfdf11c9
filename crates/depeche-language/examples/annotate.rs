//! A filter for measuring: words as JSON lines in, annotation as JSON lines out.
//!
//! `annotate MODELS/fr` reads one sentence a line, `[["word", true], ...]` with whether a space follows, and answers with
//! one list a token: part of speech, features, lemma, head, relation, sentence start, name. `training/compare.py` drives it.

use std::io::{BufRead, Write, stdin, stdout};
use std::{env, error::Error, fs};

use depeche_language::Pipeline;

fn main() -> Result<(), Box<dyn Error>> {
    let model = env::args().nth(1).ok_or("usage: annotate MODELS/fr < words.jsonl")?;
    let pipeline = Pipeline::from_bytes(
        &fs::read(format!("{model}/model.safetensors"))?,
        &fs::read(format!("{model}/manifest.json"))?,
    )?;
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        let words: Vec<(String, bool)> = serde_json::from_str(&line)?;
        let words: Vec<(&str, bool)> = words.iter().map(|(word, space)| (word.as_str(), *space)).collect();
        let doc = pipeline.annotate_words(&words);
        let rows: Vec<_> = doc
            .tokens
            .iter()
            .map(|t| {
                let name = t
                    .ent
                    .map_or(String::new(), |(begins, label)| format!("{}-{label}", if begins { "B" } else { "I" }));
                (t.pos, t.morph, t.lemma.as_str(), t.head, t.dep, t.sent_start, name)
            })
            .collect();
        serde_json::to_writer(&mut out, &rows)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
