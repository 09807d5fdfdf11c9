//! `cargo x score`: codes gold articles with the program as built and runs the scorer on them.

use std::fs;

use crate::chores::{self, Done};

/// Codes and scores each file; `records` is the merging of events into records.
pub fn run(files: &[String], errors: u32, by_type: bool) -> Done {
    match files {
        [one] if one == "records" => return records(errors),
        [one] if one == "relate" => return crate::relation::relate(),
        [one] if one == "gsr" => return crate::relation::gsr(errors > 0),
        _ => {}
    }
    let shared = chores::shared()?;
    let binary = chores::build()?;
    let out = chores::root().join("target/score");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let development = ["fr_dev".to_owned(), "en_dev".to_owned()];
    for file in if files.is_empty() { &development[..] } else { files } {
        let gold = shared.join("gold").join(format!("{file}.jsonl"));
        let coded = out.join(format!("{file}.jsonl"));
        let (gold, coded) = (gold.to_string_lossy().into_owned(), coded.to_string_lossy().into_owned());
        chores::run(&binary.to_string_lossy(), &["code", &gold, "--out", &coded])?;
        let scorer = shared.join("score/score.py").to_string_lossy().into_owned();
        let errors = errors.to_string();
        let mut arguments = vec![scorer.as_str(), &gold, &coded, "--errors", &errors];
        if by_type {
            arguments.extend(["--by", "type"]);
        }
        chores::run("python3", &arguments)?;
    }
    none(&binary.to_string_lossy())
}

/// Codes the articles of both sets of `tests/records`, merges their events and prints how many pairs are right; with the development and
/// training articles, where hardly anything is one act.
fn records(errors: u32) -> Done {
    let binary = chores::build()?.to_string_lossy().into_owned();
    let out = chores::root().join("target/score");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let tests = chores::root().join("tests/records");
    let mut inputs = vec![tests.join("articles.jsonl"), tests.join("unseen/articles.jsonl")];
    match chores::shared() {
        Ok(shared) => inputs.extend(["fr_dev", "en_dev"].map(|name| shared.join(format!("gold/{name}.jsonl")))),
        Err(message) => eprintln!("without the development articles: {message}"),
    }
    inputs.push(chores::root().join("training/articles"));
    let mut coded = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let file = out.join(format!("records-{at}.jsonl")).to_string_lossy().into_owned();
        chores::run(&binary, &["code", &input.to_string_lossy(), "--out", &file])?;
        coded.push(file);
    }
    let mut arguments =
        vec!["run", "--quiet", "--profile", "quick", "-p", "depeche-record", "--example", "score_records", "--"];
    arguments.extend(coded.iter().map(String::as_str));
    if errors > 0 {
        arguments.push("--pairs");
    }
    chores::run("cargo", &arguments)
}

/// Counts the events told of articles that tell none.
fn none(binary: &str) -> Done {
    let articles = chores::root().join("tests/articles/none.jsonl");
    let coded = chores::root().join("target/score/none.jsonl");
    chores::run(binary, &["code", &articles.to_string_lossy(), "--out", &coded.to_string_lossy()])?;
    eprintln!("every event of these forty articles is a false one; two are asked at most");
    Ok(())
}
