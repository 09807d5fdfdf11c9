//! `depeche code` into every format: which is chosen, what it opens with, and what cannot be.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const ARTICLES: &str = "tests/articles/articles.jsonl";

fn code(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(["code", ARTICLES]).args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command.env_remove("DEPECHE_LEXICON").env_remove("DEPECHE_MODELS");
    command.output().unwrap()
}

fn coded(out: &Path, arguments: &[&str]) {
    let mut all = vec!["--out", out.to_str().unwrap()];
    all.extend(arguments);
    let output = code(&all);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_ending_tells_the_format_and_the_option_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments, columns) in [
        ("a.tab", vec![], 20),
        ("a.export.CSV", vec![], 61),
        ("a.mentions.CSV", vec![], 16),
        ("a.csv", vec!["--format", "polecat"], 40),
    ] {
        let out = folder.path().join(name);
        coded(&out, &arguments);
        let text = fs::read_to_string(&out).unwrap();
        assert!(text.lines().count() > 10, "{name} has {} lines", text.lines().count());
        assert!(text.lines().all(|line| line.split('\t').count() == columns), "{name}");
    }
}

#[test]
fn parquet_is_written_whole_or_by_month() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("events.parquet");
    coded(&out, &[]);
    let bytes = fs::read(&out).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the run left files beside its output");

    let out = folder.path().join("months");
    coded(&out, &["--partition", "month"]);
    let mut months: Vec<PathBuf> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    months.sort();
    assert_eq!(months.len(), 6, "{months:?}");
    assert!(months[0].ends_with("month=2023-06"), "{months:?}");
    for month in months {
        assert!(fs::read(month.join("part-0.parquet")).unwrap().ends_with(b"PAR1"), "{}", month.display());
    }
    assert_eq!(code(&["--partition", "month", "--out", out.to_str().unwrap()]).status.code(), Some(2));
}

#[test]
fn what_cannot_be_is_told_before_the_run() {
    for arguments in [&["--format", "parquet"][..], &["--partition", "month"], &["--format", "xml"]] {
        let output = code(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}
