//! The program as a user runs it: what it prints, on which stream, and how it ends.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn depeche(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command.env_remove("DEPECHE_LEXICON").env_remove("DEPECHE_MODELS");
    command
}

fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Written while the output is read: neither pipe holds the whole.
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    })
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const EXAMPLE: &str = "docs/example/article.html";
const ARTICLES: &str = "tests/articles/articles.jsonl";

#[test]
fn the_example_page_is_read_without_its_furniture() {
    let output = depeche(&["read", EXAMPLE]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let told = out(&output);
    for part in [
        "Bamako expulse trois diplomates",
        "2025-09-18",
        "MLI",
        "SANCTION (expel)",
        "hypothetical",
        "according to",
        "CAMEO 161",
    ] {
        assert!(told.contains(part), "`{part}` is missing:\n{told}");
    }
    for furniture in ["incendié un drapeau", "bombarde un village", "rompt avec Paris"] {
        assert!(!told.contains(furniture), "`{furniture}` is not text:\n{told}");
    }
    assert!(!told.contains('\u{1b}'), "colour belongs to terminals");
}

#[test]
fn json_and_json_lines_tell_the_same() {
    let document: Value = serde_json::from_str(&out(&depeche(&["read", "--format", "json", EXAMPLE]))).unwrap();
    let lines = out(&depeche(&["read", "--format", "jsonl", EXAMPLE]));
    assert_eq!(document[0], serde_json::from_str::<Value>(lines.trim()).unwrap());
    assert!(document[0]["events"].as_array().unwrap().len() >= 4);
}

#[test]
fn standard_input_is_read_and_options_replace_what_it_says() {
    let text = "Paris a condamné mardi Moscou devant le Conseil de sécurité des Nations unies à New York.";
    let output = fed(&["read", "-", "--published", "2025-06-18", "--lang", "fr", "--format", "jsonl"], text.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let article: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(article["published"], "2025-06-18");
    assert_eq!(article["lang"], "fr");
}

/// Each bad file, and a word that its message must have.
#[test]
fn bad_input_is_told_with_file_and_remedy_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let spanish = "El presidente del Gobierno español se reunió el martes con los ministros de la Unión Europea para hablar de la \
                   situación política y económica de los países vecinos.";
    let bad: [(&str, &[u8]); 3] = [("empty.txt", b""), ("spanish.txt", spanish.as_bytes()), ("zeros.txt", &[0; 64])];
    for (name, bytes) in bad {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let path = path.to_string_lossy().into_owned();
        let output = depeche(&["read", &path, EXAMPLE]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", err(&output));
        assert!(err(&output).contains(name), "{name} is not named: {}", err(&output));
        assert!(err(&output).contains("hint:"), "{name} has no remedy: {}", err(&output));
        assert!(out(&output).contains("SANCTION (expel)"), "{name}: the file after it was not read");
    }
}

#[test]
fn a_missing_file_is_told_and_the_rest_is_read() {
    let output = depeche(&["read", "no-such-file.html", EXAMPLE]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("no-such-file.html") && err(&output).contains("hint:"), "{}", err(&output));
    assert!(out(&output).contains("SANCTION (expel)"));
}

#[test]
fn what_cannot_start_ends_with_2() {
    for arguments in [
        &["read", "--lang", "tlh", EXAMPLE][..],
        &["frobnicate"],
        &["code"],
        &["--lexicon", "no-such-folder", "read", EXAMPLE],
    ] {
        let output = depeche(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(out(&output).is_empty(), "{arguments:?}: errors belong on standard error");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn code_keeps_order_and_fields_on_any_number_of_threads() {
    let input = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(ARTICLES)).unwrap();
    let many: String = (0..40)
        .flat_map(|n| input.lines().map(move |line| line.replacen("\"id\": \"", &format!("\"id\": \"{n}-"), 1) + "\n"))
        .collect();
    let one = fed(&["code", "-", "--threads", "1"], many.as_bytes());
    let four = fed(&["code", "-", "--threads", "4"], many.as_bytes());
    assert_eq!(one.status.code(), Some(0), "{}", err(&one));
    assert_eq!(out(&one), out(&four));
    for (before, after) in many.lines().zip(out(&four).lines()) {
        let (before, after): (Value, Value) =
            (serde_json::from_str(before).unwrap(), serde_json::from_str(after).unwrap());
        for field in ["id", "lang", "published", "title", "text"] {
            assert_eq!(before[field], after[field]);
        }
        assert!(after["events"].is_array());
    }
    assert_eq!(out(&four).lines().count(), many.lines().count());
}

#[test]
fn code_tells_bad_lines_and_goes_on() {
    let input = "{\"id\":\"a\",\"lang\":\"fr\",\"text\":\"Paris a condamné Moscou.\"}\nnot json\n{\"id\":\"b\",\"lang\":\"en\",\"text\":\"Israel bombed Syria.\"}\n";
    let output = fed(&["code", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("<stdin>:2"), "{}", err(&output));
    let ids: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn code_writes_a_whole_file_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coded.jsonl");
    let output = depeche(&["code", ARTICLES, "--out", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 6);
    let missing =
        depeche(&["code", "no-such-file.jsonl", "--out", &folder.path().join("none.jsonl").to_string_lossy()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("no-such-file.jsonl"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a half-written file was left behind");
}

#[test]
fn lookups_answer_with_entry_reason_and_runner_up() {
    let who = out(&depeche(&["who", "le chef de la diplomatie russe", "--on", "2015-03-02"]));
    assert!(who.starts_with("Sergey Lavrov [RUS GOV]") && who.contains("reason") && who.contains("runner-up"), "{who}");
    let when = out(&depeche(&["when", "mardi dernier", "--published", "2025-08-13"]));
    assert!(when.starts_with("2025-08-12") && when.contains("reason"), "{when}");
    let place = out(&depeche(&["where", "Koursk"]));
    assert!(place.starts_with("Koursk [RUS]") && place.contains("reason"), "{place}");
    let tripoli = |near: &[&str]| out(&depeche(&[&["where", "Tripoli"], near].concat()));
    assert!(
        tripoli(&[]).starts_with("Tripoli [LBY]") && tripoli(&[]).contains("runner-up: Tripoli [LBN]"),
        "{}",
        tripoli(&[])
    );
    assert!(tripoli(&["--near", "LBN"]).starts_with("Tripoli [LBN]"));
}

#[test]
fn what_nobody_knows_ends_with_1() {
    for arguments in
        [&["who", "xyzzy plugh"][..], &["where", "Xyzzyplugh"], &["when", "xyzzy", "--published", "2025-08-13"]]
    {
        let output = depeche(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", out(&output));
        assert!(err(&output).contains("hint:"), "{arguments:?}");
    }
}

#[test]
fn a_rule_with_a_mistake_is_told_with_line_column_and_hint() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["events/accuse", "words"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let rule = "rule   bad\nevent  ACCUSE\ncameo  999\nfr     ACTOR condamner VICTIM\nwhy    None.\ntest fr Paris condamne Moscou. => FRA > RUS\n";
    fs::write(folder.path().join("events/accuse/bad.rule"), rule).unwrap();
    let output = depeche(&["lexicon", "check", "--folder", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    for part in ["events/accuse/bad.rule:3:8", "events/accuse/bad.rule:4:24", "hint:"] {
        assert!(err(&output).contains(part), "`{part}` is missing: {}", err(&output));
    }
}

#[test]
fn explain_shows_tokens_parties_patterns_and_events() {
    let output =
        depeche(&["explain", "--lang", "en", "France condemned Russia on Tuesday.", "--published", "2025-06-18"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for part in
        ["condemn", "VERB", "parties", "FRA", "patterns that hold", "patterns that nearly hold", "events", "ACCUSE"]
    {
        assert!(out(&output).contains(part), "`{part}` is missing:\n{}", out(&output));
    }
}

#[test]
fn marked_sentences_are_related_and_bad_ones_told() {
    let table =
        "<s>Bamako</s> a expulsé <t>trois diplomates français</t>.\nno marks\n<s>Egypt</s> condemned <t>Chad</t>.\n";
    let output = fed(&["relate", "--format", "jsonl", "-"], table.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("<stdin>:2") && err(&output).contains("hint"), "{}", err(&output));
    let lines: Vec<Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines.iter().map(|l| (l["lang"].as_str(), l["type"].as_str(), l["source"].as_str())).collect();
    assert_eq!(told, [(Some("fr"), Some("SANCTION"), Some("Bamako")), (Some("en"), Some("ACCUSE"), Some("Egypt"))]);
    assert_eq!(lines[0]["scores"].as_object().unwrap().len(), 16);
}

#[test]
fn a_table_with_columns_is_related_and_printed_with_tabs() {
    let table = "id\tsentence\tsource\ttarget\n7\tEgypt condemned Chad.\tEgypt\tChad\n";
    let output = fed(&["relate"], table.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
    assert!(lines[0].starts_with("id\ttype\tscore") && lines[1].starts_with("7\tACCUSE\t"), "{lines:?}");
    assert_eq!(lines[0].split('\t').count(), lines[1].split('\t').count());
}

#[test]
fn weights_that_are_none_are_refused_with_their_line() {
    let output = fed(&["relate", "--weights", "README.md"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("README.md:"), "{}", err(&output));
}
