//! The tests that rules carry, held against the list of those known to fail.
//!
//! Parser, role weights and rules change apart from each other, and a sentence that came out yesterday may not today.
//! `tests/suite/rules-known.txt` lists the rule tests that fail now: one that fails and is not listed is a mistake of the
//! change at hand, one that is listed and passes is told. `cargo x bless` writes the list anew.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use crate::chores::{self, Done};

const HEAD: &str = "# Tests of rule files that do not come out yet: file and sentence. Written by `cargo x bless`; shorter is better.\n";

fn list() -> PathBuf {
    chores::root().join("tests/suite/rules-known.txt")
}

/// File and sentence of each test that fails, and the last line that the check prints.
fn failing(binary: &str) -> Result<(BTreeSet<String>, String), String> {
    let output = Command::new(binary).args(["lexicon", "check"]).output().map_err(|e| format!("{binary}: {e}"))?;
    if output.status.code() == Some(2) || !output.stderr.is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let failures = told.lines().filter(|line| line.starts_with("events/")).filter_map(|line| {
        let mut parts = line.splitn(3, ':');
        let (file, _, sentence) = (parts.next()?, parts.next()?, parts.next()?);
        Some(format!("{file}:{sentence}"))
    });
    Ok((failures.collect(), told.lines().last().unwrap_or_default().to_owned()))
}

/// Fails where a test fails that is not known to.
pub fn test(binary: &str) -> Done {
    let (failing, sum) = failing(binary)?;
    let text = fs::read_to_string(list()).unwrap_or_default();
    let known: BTreeSet<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let passing = known.difference(&failing).count();
    println!("{sum}, {} of them known", failing.intersection(&known).count());
    if passing > 0 {
        println!("{passing} of the known failures pass now: `cargo x bless` takes them off the list");
    }
    let new: Vec<&str> = failing.difference(&known).map(String::as_str).collect();
    if new.is_empty() {
        return Ok(());
    }
    let remedy = "run `depeche lexicon check RULE` to see what came out; mend the rule, or `cargo x bless` if the loss is worth it";
    Err(format!("{} rule tests fail that did not:\n{}\n{remedy}", new.len(), new.join("\n")))
}

/// Writes the list.
pub fn bless(binary: &str) -> Done {
    let (failing, _) = failing(binary)?;
    let lines: Vec<String> = failing.into_iter().map(|line| line + "\n").collect();
    fs::write(list(), format!("{HEAD}{}", lines.concat())).map_err(|e| format!("{}: {e}", list().display()))
}
