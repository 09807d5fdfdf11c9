//! A store as users meet it: processes that are killed, folders that cannot be written, a disk that fills, and the walk-through of the README.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(arguments).current_dir(root());
    command.env_remove("DEPECHE_LEXICON").env_remove("DEPECHE_MODELS").env_remove("DEPECHE_STORE");
    command
}

fn depeche(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Standard output of a command that must succeed.
fn told(arguments: &[&str]) -> String {
    let output = depeche(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything that a store says, in an order that does not hang on when it came in.
fn content(store: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for what in ["events", "records"] {
        lines.extend(told(&[what, "--format", "jsonl", "--store", store]).lines().map(str::to_owned));
    }
    lines.push(told(&["dyads", "--top", "999", "--domestic", "--format", "csv", "--store", store]));
    lines.sort();
    lines
}

/// A corpus that takes some seconds: the articles of the tests again and again, under other names and in other words, so that
/// each is an article of its own.
fn corpus(path: &Path, copies: usize) {
    let articles = fs::read_to_string(root().join("tests/articles/articles.jsonl")).unwrap();
    let mut out = String::new();
    for copy in 0..copies {
        for line in articles.lines() {
            let mut article: serde_json::Value = serde_json::from_str(line).unwrap();
            article["id"] = format!("{}-{copy}", article["id"].as_str().unwrap()).into();
            article["title"] = format!("{} ({copy})", article["title"].as_str().unwrap()).into();
            out.push_str(&article.to_string());
            out.push('\n');
        }
    }
    fs::write(path, out).unwrap();
}

#[test]
fn killed_twenty_times_a_store_is_whole_and_comes_to_the_same_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (input, calm, shaken) = (path("input.jsonl"), path("calm"), path("shaken"));
    corpus(Path::new(&input), 12);
    let add = |store: &str| {
        command(&["add", &input, "--threads", "1", "--checkpoint", "0.02", "--summary", "none", "--store", store])
    };
    assert!(add(&calm).stderr(Stdio::null()).status().unwrap().success());
    // The moments are spread over loading, coding and writing; the same ones each time, as far as the machine is as fast.
    let mut moment: u64 = 7;
    let mut seen = Vec::new();
    for _ in 0..20 {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = add(&shaken).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(100 + (moment >> 33) % 900));
        child.kill().unwrap();
        child.wait().unwrap();
        if Path::new(&shaken).join("depeche.sqlite").exists() {
            let check = depeche(&["store", "--check", "--store", &shaken]);
            let (out, err) = (String::from_utf8_lossy(&check.stdout).into_owned(), err(&check));
            assert!(check.status.success() || err.contains("the store is empty"), "{out}{err}");
            seen.push(out.lines().find(|line| line.ends_with(" articles")).map(str::to_owned));
        }
    }
    seen.dedup();
    assert!(seen.len() > 1, "no kill came between two commits: {seen:?}");
    assert!(add(&shaken).stderr(Stdio::null()).status().unwrap().success());
    assert_eq!(content(&shaken), content(&calm));
    let again = add(&shaken).output().unwrap();
    assert!(err(&again).starts_with("0 added"), "{}", err(&again));
}

#[test]
fn a_store_that_cannot_be_written_is_told_and_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store").to_string_lossy().into_owned();
    let input = "docs/example/news.jsonl";
    assert!(depeche(&["add", input, "--store", &store]).status.success());
    let before = told(&["records", "--store", &store]);
    let Some(nobody) = without_write(folder.path(), Path::new(&store)) else {
        eprintln!("skipped: the permissions of a folder do not bind this user, and no other can be had");
        return;
    };
    let run = |arguments: &[&str]| nobody(command(arguments)).output().unwrap();
    let output = run(&["records", "--store", &store]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), before, "{}", err(&output));
    let output = run(&["add", input, "--store", &store]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("may not be written") && err(&output).contains("hint:"), "{}", err(&output));
    allow(Path::new(&store));
    assert_eq!(told(&["records", "--store", &store]), before);
}

/// Takes the right to write a store away, and gives a way to run a program whom that binds.
#[cfg(unix)]
fn without_write(folder: &Path, store: &Path) -> Option<Box<dyn Fn(Command) -> Command>> {
    use std::os::unix::{fs::PermissionsExt as _, process::CommandExt as _};
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(folder, 0o755);
    mode(&store.join("depeche.sqlite"), 0o444);
    mode(store, 0o555);
    if fs::write(store.join("probe"), "").is_err() {
        return Some(Box::new(|command| command));
    }
    fs::remove_file(store.join("probe")).unwrap();
    // A superuser is bound by no permission, but may run the program as somebody who is.
    let other = |mut command: Command| {
        command.uid(65_534).gid(65_534);
        command
    };
    let may_run = other(command(&["--version"])).output().is_ok_and(|output| output.status.success());
    may_run.then(|| Box::new(other) as Box<dyn Fn(Command) -> Command>)
}

#[cfg(not(unix))]
fn without_write(_: &Path, _: &Path) -> Option<Box<dyn Fn(Command) -> Command>> {
    None
}

#[cfg(unix)]
fn allow(store: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(store, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(store.join("depeche.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
}

#[cfg(not(unix))]
fn allow(_: &Path) {}

/// A bound on the size of files is a disk that fills, for one process.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_is_told_and_costs_nothing_that_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (input, store) = (path("input.jsonl"), path("store"));
    corpus(Path::new(&input), 12);
    assert!(depeche(&["add", "docs/example/news.jsonl", "--store", &store]).status.success());
    let before = content(&store);
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$@\"";
    let mut limited = Command::new("sh");
    limited.args(["-c", script, "sh", env!("CARGO_BIN_EXE_depeche"), "add", &input, "--store", &store]);
    let output = limited.current_dir(root()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("disk") && err(&output).contains("hint:"), "{}", err(&output));
    let after = content(&store);
    assert!(before.iter().all(|line| after.contains(line)), "something that was kept is gone");
    assert!(told(&["store", "--check", "--store", &store]).ends_with("whole\n"));
    assert!(depeche(&["add", &input, "--store", &store]).status.success());
    assert!(told(&["store", "--check", "--store", &store]).ends_with("whole\n"));
}

#[test]
fn the_walk_through_of_the_readme_works_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    let examples = folder.path().join("docs/example");
    fs::create_dir_all(&examples).unwrap();
    fs::copy(root().join("docs/example/news.jsonl"), examples.join("news.jsonl")).unwrap();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let part = readme.split("\n## From articles to a record\n").nth(1).expect("the README has a walk-through");
    let mut commands = 0;
    // Prose and blocks take turns; the part ends with the next heading in prose.
    let parts: Vec<&str> = part.split("```").collect();
    let end = parts.iter().step_by(2).position(|prose| prose.contains("\n## ")).map_or(parts.len(), |n| 2 * n);
    for block in parts[..end].iter().skip(1).step_by(2) {
        for step in block.split("\n$ ").skip(1) {
            let (line, expected) = step.split_once('\n').unwrap_or((step, ""));
            let arguments = words(line);
            assert_eq!(arguments[0], "depeche", "{line}");
            let mut command = command(&arguments[1..].iter().map(String::as_str).collect::<Vec<_>>());
            let output = command.current_dir(folder.path()).output().unwrap();
            assert!(output.status.success(), "{line}: {}", err(&output));
            // What takes as long as it takes is not in the transcript.
            let told = format!("{}{}", err(&output), String::from_utf8_lossy(&output.stdout));
            let told: Vec<&str> = told.lines().filter(|line| !line.starts_with("  time ")).map(str::trim_end).collect();
            let expected: Vec<&str> = expected.trim_end().lines().map(str::trim_end).collect();
            assert_eq!(told.join("\n").trim_end(), expected.join("\n"), "$ {line}");
            commands += 1;
        }
    }
    assert!(commands >= 5, "the walk-through has {commands} commands");
}

/// The words of a line, as a shell takes them.
fn words(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => out.push(String::new()),
            c => out.last_mut().unwrap().push(c),
        }
    }
    out
}

/// Other languages read the store by its views.
#[test]
fn python_reads_the_views() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store").to_string_lossy().into_owned();
    assert!(depeche(&["add", "docs/example/news.jsonl", "--store", &store]).status.success());
    let script = "import sqlite3, sys
store = sqlite3.connect('file:' + sys.argv[1] + '/depeche.sqlite?mode=ro', uri=True)
for view in ('v_articles', 'v_events', 'v_parties', 'v_records', 'v_dyad_months'):
    print(view, store.execute('SELECT count(*) FROM ' + view).fetchone()[0])
print(store.execute(\"SELECT actors, recipients FROM v_events WHERE actors LIKE '%PRK%' ORDER BY event_pk\").fetchone())";
    let Ok(output) = Command::new("python3").args(["-c", script, &store]).output() else {
        eprintln!("skipped: there is no python3");
        return;
    };
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", err(&output));
    assert!(out.contains("v_articles 6\n") && !out.contains(" 0\n") && out.contains("PRK."), "{out}");
}

#[test]
fn corrections_by_hand_survive_later_runs() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store").to_string_lossy().into_owned();
    let input = "docs/example/news.jsonl";
    let add = || assert!(depeche(&["add", input, "--store", &store]).status.success());
    let reports = || -> Vec<usize> {
        let told = told(&["records", "actor:PRK recipient:RUS", "--format", "jsonl", "--store", &store]);
        let count =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["reports"].as_array().unwrap().len();
        let mut all: Vec<usize> = told.lines().map(count).collect();
        all.sort_unstable();
        all
    };
    add();
    assert_eq!(reports(), [3]);
    told(&["record", "split", "wire-en-1#1", "--store", &store]);
    add();
    assert_eq!(reports(), [1, 2]);
    told(&["record", "join", "wire-en-1#1", "evening-en-1#1", "--store", &store]);
    add();
    assert_eq!(reports(), [3]);
    let output = depeche(&["record", "split", "wire-en-2#1", "--store", &store]);
    assert!(err(&output).contains("the only report") && err(&output).contains("hint:"), "{}", err(&output));
    assert!(told(&["store", "--check", "--store", &store]).ends_with("whole\n"));
}

/// Serves a feed of so many items as `shown` says at the time, until the test ends.
fn serve(items: Vec<String>, shown: Arc<AtomicUsize>) -> String {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    thread::spawn(move || {
        for stream in server.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let read = std::io::Read::read(&mut stream, &mut request).unwrap_or_default();
            let all = items[..shown.load(Ordering::SeqCst)].concat();
            let feed = format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title>{all}</channel></rss>"
            );
            let (status, body) = if request[..read].starts_with(b"GET /feed") {
                ("200 OK", feed.as_str())
            } else {
                ("404 Not Found", "")
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = std::io::Write::write_all(&mut stream, format!("{head}{body}").as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn a_watch_that_is_killed_leaves_a_store_that_the_next_completes() {
    const KILLS: usize = 20;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let items: Vec<String> = (0..2 * KILLS)
        .map(|n| {
            let text = format!("France expelled {n} Russian diplomats on Tuesday, the foreign ministry said in Paris. Russia condemned the decision.");
            let day = "Tue, 05 Mar 2024 10:00:00 GMT";
            format!("<item><title>Diplomats {n}</title><guid>i{n}</guid><pubDate>{day}</pubDate><description>{text}</description></item>")
        })
        .collect();
    let shown = Arc::new(AtomicUsize::new(items.len()));
    let server = serve(items, Arc::clone(&shown));
    let feeds = path("feeds.toml");
    // The second feed is not there: what goes wrong with one costs the other nothing.
    let plan = format!("pause_seconds = 0\n[[feed]]\nurl = \"{server}/feed\"\n[[feed]]\nurl = \"{server}/none\"\n");
    fs::write(&feeds, plan).unwrap();
    let watch =
        |store: &str, more: &[&str]| command(&[&["watch", &feeds, "--allow-private", "--store", store], more].concat());
    let calm = watch(&path("calm"), &["--once"]).output().unwrap();
    assert_eq!(calm.status.code(), Some(1), "{}", err(&calm));
    assert!(err(&calm).contains("40 added") && err(&calm).contains("404"), "{}", err(&calm));
    let shaken = path("shaken");
    let mut seen = BTreeSet::new();
    for n in 0..KILLS {
        // Two more items each time, so that there is something to write whenever the kill comes.
        shown.store(2 * (n + 1), Ordering::SeqCst);
        let mut child = watch(&shaken, &[]).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(80 + 33 * (7 * n as u64 % KILLS as u64)));
        child.kill().unwrap();
        child.wait().unwrap();
        if Path::new(&shaken).join("depeche.sqlite").exists() {
            let check = depeche(&["store", "--check", "--store", &shaken]);
            let out = String::from_utf8_lossy(&check.stdout).into_owned();
            assert!(check.status.success() || err(&check).contains("the store is empty"), "{out}{}", err(&check));
            seen.insert(out.lines().find(|line| line.ends_with(" articles")).map(str::to_owned));
        }
    }
    assert!(seen.len() > 1, "no kill came between two commits: {seen:?}");
    assert_eq!(watch(&shaken, &["--once"]).output().unwrap().status.code(), Some(1));
    assert_eq!(content(&shaken), content(&path("calm")));
}
