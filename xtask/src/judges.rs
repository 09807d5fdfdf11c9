//! `cargo x train judges`: the coder's judges learned anew, in their order.
//!
//! Whoever fills a role is weighed before the mention is judged, so that the last judge learns from what the others, as just
//! learned, give: the example is built again before it. Dates and places hang on neither.

use std::{fs, process::Command};

use crate::{
    chores::{self, Done},
    engine, relation,
};

/// What is learned: questions of `judge_gold`, script, its options, table.
const FIRST: [(&str, &str, &[&str], &str); 3] = [
    ("dates", "training/dates.py", &["--penalty", "10"], "lexicon/judge/dates.tsv"),
    ("places", "training/place_attach.py", &["--least", "4", "--penalty", "8"], "lexicon/places/attach.tsv"),
    ("roles", "training/roles.py", &["--penalty", "5"], "lexicon/judge/roles.tsv"),
];

/// Learns dates, places and roles, then confidence, from the training articles of the gold, those of `training/articles`,
/// the rules' own tests and the articles without events.
pub fn train() -> Done {
    let python = engine::python()?;
    let articles = relation::training_articles()?;
    let cases = questions("cases", &[])?;
    let nevers = questions("nevers", &[])?;
    for (kind, script, options, out) in FIRST {
        let mut sources = articles.clone();
        // The tests tell sides and no day or place.
        sources.extend((kind == "roles").then(|| cases.clone()));
        let rows = questions(kind, &sources)?;
        chores::run(&python, &[&[script, rows.as_str(), "--folds", "5", "--out", out], options].concat())?;
    }
    let sources = [articles, vec!["training/negatives.jsonl".to_owned(), nevers]].concat();
    let rows = questions("mentions", &sources)?;
    let out = "lexicon/judge/mentions.tsv";
    chores::run(&python, &["training/mentions.py", &rows, "--penalty", "1", "--folds", "5", "--out", out])
}

/// What the example `judge_gold` prints of one kind, in a file below `target/score`.
fn questions(kind: &str, sources: &[String]) -> Result<String, String> {
    let folder = chores::root().join("target/score");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let path = folder.join(format!("judge-{kind}.jsonl"));
    let file = fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let example = ["run", "--profile", "quick", "--quiet", "-p", "depeche", "--example", "judge_gold", "--", kind];
    chores::print_into(Command::new("cargo").args(example).args(sources), file)?;
    Ok(path.to_string_lossy().into_owned())
}
