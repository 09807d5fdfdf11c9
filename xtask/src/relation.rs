//! `cargo x score relate` and `cargo x score gsr`: figures on sentences rather than articles.
//!
//! `relate` measures relation mode on `PLV_train` in two ways: by weights that are learned from the sentences of this repository and
//! the training articles alone, and by five folds that learn from `PLV_train` as well, each fifth told by weights that have not
//! seen it. `gsr` codes PLOVER's gold records as any article is coded.

use std::{fs, process::Command};

use crate::chores::{self, Done};

/// Articles whose events teach relation mode.
const ARTICLES: [&str; 4] = ["en_train_a", "en_train_b", "fr_train_a", "fr_train_b"];
/// Weight of one feature is pulled to zero by so much.
const PENALTY: &str = "0.3";

/// Relation mode on `PLV_train`.
pub fn relate() -> Done {
    let shared = chores::shared()?;
    let python = crate::engine::python()?;
    let own = rows("own", &own_tables()?)?;
    let plv = rows("plv", &[shared.join("data/events/PLV_train.tsv").to_string_lossy().into_owned()])?;
    let common = ["training/relate.py", &own, "--measure", &plv, "--penalty", PENALTY];
    println!("weights that have seen none of PLV_train:");
    chores::run(&python, &common)?;
    println!("five folds of PLV_train:");
    chores::run(&python, &[&common[..], &["--folds", "5", "--times", "2"]].concat())
}

/// Learns the weights of this build anew, from the sentences of this repository and the training articles.
pub fn train() -> Done {
    let own = rows("own", &own_tables()?)?;
    let out = "lexicon/judge/relations.tsv";
    chores::run(&crate::engine::python()?, &["training/relate.py", &own, "--penalty", PENALTY, "--out", out])
}

fn own_tables() -> Result<Vec<String>, String> {
    Ok([vec!["training/relations.tsv".to_owned()], training_articles()?].concat())
}

/// Articles with coded events to learn from: this repository's own, then the gold's training files.
pub fn training_articles() -> Result<Vec<String>, String> {
    let gold = chores::shared()?.join("gold");
    let folder = chores::root().join("training/articles");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let names = entries.filter_map(Result::ok).map(|entry| entry.path().to_string_lossy().into_owned());
    let mut all: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
    all.sort();
    all.extend(ARTICLES.map(|name| gold.join(format!("{name}.jsonl")).to_string_lossy().into_owned()));
    Ok(all)
}

/// Features of labelled sentences, in a file below `target/score`.
fn rows(name: &str, tables: &[String]) -> Result<String, String> {
    let folder = chores::root().join("target/score");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let path = folder.join(format!("relation-{name}.jsonl"));
    let file = fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let example = ["run", "--profile", "quick", "--quiet", "-p", "depeche", "--example", "relation_rows", "--"];
    chores::print_into(Command::new("cargo").args(example).args(tables), file)?;
    Ok(path.to_string_lossy().into_owned())
}

/// The coder on PLOVER's gold records.
pub fn gsr(errors: bool) -> Done {
    let records = chores::shared()?.join("reference/plover_gsr_dev.json").to_string_lossy().into_owned();
    let folder = chores::root().join("target/score");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (articles, coded) = (path("gsr.jsonl"), path("gsr-coded.jsonl"));
    chores::run("python3", &["training/gsr.py", &records, "--articles", &articles])?;
    chores::run(&chores::build()?.to_string_lossy(), &["code", &articles, "--out", &coded])?;
    let mut arguments = vec!["training/gsr.py", &records, "--coded", &coded];
    if errors {
        arguments.push("--errors");
    }
    chores::run("python3", &arguments)
}
