//! A run that is killed at any moment, and goes on.

mod common;

use std::{
    fs,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use common::{Random, command, err, gzip, line, output, page, record};

/// Kills that a run is put through, half of them in order and half not.
const KILLS: usize = 20;

/// Lines, lines in gzip, a web archive and pages, with some damage among them.
fn corpus(folder: &Path) {
    fs::create_dir_all(folder.join("in/pages")).unwrap();
    let lines = |from: usize, to: usize| -> String {
        (from..to).map(|n| if n % 97 == 0 { "\n{broken\n".to_owned() } else { line(n) }).collect()
    };
    fs::write(folder.join("in/a.jsonl"), lines(0, 900)).unwrap();
    fs::write(folder.join("in/b.jsonl.gz"), gzip(lines(900, 1300).as_bytes())).unwrap();
    fs::write(folder.join("in/c.warc.gz"), (1300..1500).flat_map(|n| gzip(&record(n))).collect::<Vec<u8>>()).unwrap();
    for n in 1500..1560 {
        fs::write(folder.join(format!("in/pages/{n}.html")), page(n)).unwrap();
    }
}

fn arguments<'a>(out: &'a str, quarantine: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    // A checkpoint after every batch: so that there is much to go wrong.
    let common = ["code", "in", "--threads", "2", "--checkpoint", "0", "--out", out, "--quarantine", quarantine];
    [&common[..], more].concat()
}

/// Bytes of the output that grows.
fn grown(folder: &Path) -> u64 {
    fs::metadata(folder.join("killed.jsonl.part")).map_or(0, |data| data.len())
}

/// Waits for a moment chosen by chance: some time after the start, or some growth of the output. Whether the run is still on.
fn wait(child: &mut Child, folder: &Path, whole: u64, random: &mut Random) -> bool {
    if random.below(4) == 0 {
        thread::sleep(Duration::from_millis(random.below(400)));
        return child.try_wait().unwrap().is_none();
    }
    let enough = grown(folder) + random.below(whole / 6);
    while grown(folder) < enough {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        thread::sleep(Duration::from_millis(random.below(4)));
    }
    child.try_wait().unwrap().is_none()
}

/// Starts, kills and resumes until the run has come to its end.
fn killed(folder: &Path, whole: u64, more: &[&str], kills: &mut usize, random: &mut Random) {
    let mut resume = more.to_vec();
    resume.push("--resume");
    loop {
        let arguments = arguments("killed.jsonl", "killed.quarantine", &resume);
        let mut child = command(folder, &arguments).stderr(Stdio::null()).spawn().unwrap();
        if *kills > 0 && wait(&mut child, folder, whole, random) {
            child.kill().unwrap(); // SIGKILL
            child.wait().unwrap();
            *kills -= 1;
        } else {
            let status = child.wait().unwrap();
            assert_eq!(status.code(), Some(1), "the broken lines fail, the rest does not");
            return;
        }
    }
}

fn sorted(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines
}

#[test]
fn a_run_killed_at_twenty_moments_gives_what_one_undisturbed_gives() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    corpus(folder);
    let undisturbed = output(folder, &arguments("whole.jsonl", "whole.quarantine", &["--summary", "none"]));
    assert_eq!(undisturbed.status.code(), Some(1), "{}", err(&undisturbed));
    let whole = fs::read(folder.join("whole.jsonl")).unwrap();
    let quarantine = fs::read(folder.join("whole.quarantine")).unwrap();
    assert_eq!(sorted(&whole).len() + sorted(&quarantine).len(), 1560);

    let (mut random, mut left) = (Random(2025), KILLS);
    for (ordered, more) in [(true, "--ordered"), (false, "--unordered")].into_iter().cycle() {
        let mut kills = left.min(KILLS / 2);
        left -= kills;
        while kills > 0 {
            killed(folder, whole.len() as u64, &[more], &mut kills, &mut random);
            let output = fs::read(folder.join("killed.jsonl")).unwrap();
            if ordered {
                assert!(output == whole, "the resumed output differs");
            }
            assert!(sorted(&output) == sorted(&whole), "the resumed output differs, sorted");
            assert!(sorted(&fs::read(folder.join("killed.quarantine")).unwrap()) == sorted(&quarantine));
            for rest in ["killed.jsonl.part", "killed.jsonl.resume"] {
                assert!(!folder.join(rest).exists(), "{rest} is left behind");
            }
            fs::remove_file(folder.join("killed.jsonl")).unwrap();
        }
        if left == 0 {
            break;
        }
    }
}

#[test]
fn a_run_goes_on_only_as_it_began_and_only_if_asked() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("in"), (0..2000).map(line).collect::<String>()).unwrap();
    let mut child = command(folder, &arguments("killed.jsonl", "q", &[])).stderr(Stdio::null()).spawn().unwrap();
    while !folder.join("killed.jsonl.resume").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it was killed");
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();

    for (more, told) in [
        (&[][..], "add --resume"),
        (&["--resume", "--lang", "fr"], "had --lang null, this one has \"fr\""),
        (&["--resume", "--since", "2025-01-01"], "had --since null"),
    ] {
        let refused = output(folder, &arguments("killed.jsonl", "q", more));
        assert_eq!(refused.status.code(), Some(2), "{more:?}");
        assert!(err(&refused).contains(told) && err(&refused).contains("hint:"), "{more:?}: {}", err(&refused));
    }
    let resumed = output(folder, &arguments("killed.jsonl", "q", &["--resume"]));
    assert_eq!(resumed.status.code(), Some(0), "{}", err(&resumed));
    assert!(err(&resumed).starts_with("2000 articles"), "the counts are those of the whole run: {}", err(&resumed));
    let again = output(folder, &arguments("killed.jsonl", "q", &["--resume"]));
    assert_eq!(again.status.code(), Some(0));
    assert!(err(&again).contains("nothing to resume"), "{}", err(&again));
}
