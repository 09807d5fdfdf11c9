//! The store read by others: the snippets of docs/store.md, run as they stand there, and every listing as Parquet.
//!
//! The Python is `DEPECHE_PYTHON`, else `python3`; R is `Rscript`, with `RSQLite`. Where one is absent, or lacks a package, the test says so
//! and passes.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

fn depeche(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(arguments).current_dir(folder);
    command.env_remove("DEPECHE_STORE").env_remove("DEPECHE_LEXICON").env_remove("DEPECHE_MODELS");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The blocks of a language on the page, in their order.
fn snippets(language: &str) -> Vec<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/store.md")).unwrap();
    let blocks = page.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n').map(str::to_owned)).collect()
}

/// A folder with a store of the example articles and all that is written of it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let news = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/example/news.jsonl");
    depeche(folder.path(), &["add", news.to_str().unwrap()]);
    depeche(folder.path(), &["export", "--out", "events.parquet"]);
    depeche(folder.path(), &["records", "--format", "parquet", "--out", "records.parquet"]);
    for (name, arguments) in [
        ("events", &["events", "country:RUS"][..]),
        ("records", &["records", "country:RUS"]),
        ("search", &["search", "missiles"]),
        ("timeline", &["timeline", "RUS", "PRK"]),
        ("dyads", &["dyads"]),
    ] {
        let out = format!("listing-{name}.parquet");
        depeche(folder.path(), &[arguments, &["--format", "parquet", "--out", &out]].concat());
    }
    folder
}

#[test]
fn every_listing_is_told_in_every_form() {
    let folder = folder();
    for listing in
        [&["events"][..], &["records"], &["search", "missiles"], &["timeline", "RUS", "PRK"], &["dyads", "--top", "3"]]
    {
        for (form, opening) in
            [("table", ""), ("jsonl", "{"), ("csv", ""), ("md", ""), ("markdown", ""), ("parquet", "PAR1")]
        {
            let out = depeche(folder.path(), &[listing, &["--format", form]].concat()).stdout;
            assert!(out.starts_with(opening.as_bytes()) && out.len() > 40, "{listing:?} as {form}");
        }
    }
}

#[test]
fn pandas_and_duckdb_read_what_the_page_says() {
    let folder = folder();
    let (python, sql) = (snippets("python"), snippets("sql"));
    for (name, text) in [("snippet.py", &python[0]), ("attached.sql", &sql[0]), ("exported.sql", &sql[1])] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let python = env::var("DEPECHE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers.py");
    let Ok(output) = Command::new(&python).arg(script).arg(folder.path()).output() else {
        println!("skipped: no Python at `{python}` (name one in DEPECHE_PYTHON)");
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("read v_articles with sqlite3: 6 rows"), "{told}");
}

#[test]
fn r_reads_what_the_page_says() {
    let folder = folder();
    let there = Command::new("Rscript").args(["-e", "library(RSQLite); library(DBI)"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        println!("skipped: no Rscript with RSQLite and DBI");
        return;
    }
    let script = format!("{}\ncat(nrow(events), class(events$goldstein), '\\n')\n", snippets("r")[0]);
    fs::write(folder.path().join("snippet.R"), script).unwrap();
    let output = Command::new("Rscript").arg("snippet.R").current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!("read v_events with R: {told}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!told.starts_with('0') && told.contains("numeric"), "{told}");
}
