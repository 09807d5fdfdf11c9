//! `cargo x try`: what a change of rules does to real text.
//!
//! The fixed corpus (`tests/articles` and, where it is there, the training articles of `../shared/gold`) is coded twice,
//! with the lexicon of the last commit and with that of the working tree; events gained and lost are printed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::chores::{self, Done};

/// Prints events gained and lost by rules whose name contains `rule`.
pub fn run(rule: &str) -> Done {
    let binary = chores::build()?;
    let old = committed()?;
    let new = chores::root().join("lexicon");
    let (before, after) = (events(&binary, &old, rule)?, events(&binary, &new, rule)?);
    for gained in after.difference(&before) {
        println!("+ {gained}");
    }
    for lost in before.difference(&after) {
        println!("- {lost}");
    }
    println!(
        "{} before, {} after, {} gained, {} lost",
        before.len(),
        after.len(),
        after.difference(&before).count(),
        before.difference(&after).count()
    );
    Ok(())
}

/// The lexicon of the last commit, unpacked below `target`.
fn committed() -> Result<PathBuf, String> {
    let folder = chores::root().join("target/try");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let folder_name = folder.to_string_lossy().into_owned();
    let command = format!("git archive HEAD lexicon/events lexicon/words | tar -x -C '{folder_name}'");
    chores::run("sh", &["-c", &command])?;
    Ok(folder.join("lexicon"))
}

fn corpus() -> Vec<PathBuf> {
    let mut files = vec![chores::root().join("tests/articles/articles.jsonl")];
    if let Ok(shared) = chores::shared() {
        files.extend(
            ["fr_train_a", "fr_train_b", "en_train_a", "en_train_b"]
                .map(|name| shared.join(format!("gold/{name}.jsonl"))),
        );
    }
    files.into_iter().filter(|file| file.exists()).collect()
}

/// One line an event: article, type, sides, rule and evidence.
fn events(binary: &Path, lexicon: &Path, rule: &str) -> Result<BTreeSet<String>, String> {
    let output = Command::new(binary)
        .arg("--lexicon")
        .arg(lexicon)
        .arg("code")
        .args(corpus())
        .output()
        .map_err(|e| e.to_string())?;
    if output.status.code() == Some(2) {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let mut all = BTreeSet::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let article: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        for event in article["events"].as_array().into_iter().flatten() {
            if event["rule"].as_str().is_some_and(|name| name.contains(rule)) {
                all.insert(describe(&article, event));
            }
        }
    }
    Ok(all)
}

fn describe(article: &serde_json::Value, event: &serde_json::Value) -> String {
    let side = |key: &str| {
        let all = event[key].as_array().into_iter().flatten();
        all.map(|e| e["country"].as_str().unwrap_or("?")).collect::<Vec<_>>().join("+")
    };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    format!(
        "{} {} {} > {} [{}] {}",
        text(&article["id"]),
        text(&event["type"]),
        side("actors"),
        side("recipients"),
        text(&event["rule"]),
        text(&event["evidence"])
    )
}
