//! Which articles of a corpus are coded, and what is told of it.

mod common;

use std::fs;

use common::{err, line, output};
use serde_json::Value;

/// Ids of the output.
fn ids(output: &std::process::Output) -> Vec<String> {
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn days_limit_and_sample_choose_and_the_summary_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let dated = |n: usize| line(n).replace("2025-06-18", &format!("2025-06-{:02}", n % 30 + 1));
    let lines: Vec<String> = (0..200).map(dated).collect();
    fs::write(folder.join("in"), lines.concat()).unwrap();
    let run = |more: &[&str]| output(folder, &[&["code", "in", "--summary", "json"][..], more].concat());
    let summary = |output: &std::process::Output| serde_json::from_str::<Value>(err(output).trim()).unwrap();

    let days = run(&["--since", "2025-06-10", "--until", "2025-06-11"]);
    assert_eq!(days.status.code(), Some(0), "{}", err(&days));
    assert_eq!(ids(&days).len(), 14);
    let told = summary(&days);
    assert_eq!(
        (&told["articles"], &told["skipped"]["before"], &told["skipped"]["after"]),
        (&14.into(), &63.into(), &123.into())
    );

    assert_eq!(ids(&run(&["--limit", "5"])), ["line-0", "line-1", "line-2", "line-3", "line-4"]);

    let tenth = ids(&run(&["--sample", "0.1"]));
    assert!((5..40).contains(&tenth.len()), "{}", tenth.len());
    let reversed: String = lines.iter().rev().map(String::as_str).collect();
    fs::write(folder.join("in"), reversed).unwrap();
    let mut again = ids(&run(&["--sample", "0.1", "--threads", "3"]));
    again.reverse();
    assert_eq!(again, tenth, "a sample does not hang on the order");
    let third = ids(&run(&["--sample", "0.3"]));
    assert!(tenth.iter().all(|id| third.contains(id)), "a larger sample holds the smaller");
    assert!(ids(&run(&["--sample", "0.1", "--seed", "1"])).iter().any(|id| !tenth.contains(id)));
}

#[test]
fn fields_are_mapped_and_mistakes_in_options_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("in.csv"), "uri;body\nu1;France condemned Russia over the strikes on Tuesday.\n").unwrap();
    let mapped = output(folder, &["code", "in.csv", "--map", "id=uri,text=body"]);
    let row: Value = serde_json::from_slice(&mapped.stdout).unwrap();
    assert_eq!((&row["uri"], row["events"].is_array()), (&"u1".into(), true), "the row comes back with its own names");
    for (arguments, told) in [
        (&["code", "in.csv", "--map", "author=x"][..], "ours=theirs"),
        (&["code", "in.csv", "--sample", "3"], "from 0 to 1"),
        (&["code", "in.csv", "gone.csv"], "no such file"),
        (&["code", "in.csv", "--out", "in.csv"], "give another --out"),
        (&["code", "in.csv", "--resume"], "--out"),
    ] {
        let output = output(folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(told), "{arguments:?}: {}", err(&output));
    }
    let table = fs::read_to_string(folder.join("in.csv")).unwrap();
    assert!(table.starts_with("uri;body"), "the input was written over");
}
