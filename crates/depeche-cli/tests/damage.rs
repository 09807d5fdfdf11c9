//! A corpus of which two members in a hundred are damaged: the run finishes, names each of them, and codes all others as if nothing were.

mod common;

use std::{collections::BTreeMap, fs, path::Path};

use common::{err, gzip, line, output, page, record, text};
use serde_json::Value;

/// Bytes that one document may have in these runs; the page that is too long has more.
const MAX: &str = "300000";

/// What a member of the corpus is, and what it is when it is damaged.
struct Member {
    id: &'static str,
    damaged: Vec<u8>,
    /// Words of the reason that must be told.
    why: &'static str,
    /// Whether there is an article all the same.
    coded: bool,
}

fn member(id: &'static str, damaged: impl Into<Vec<u8>>, why: &'static str) -> Member {
    Member { id, damaged: damaged.into(), why, coded: false }
}

/// Damage to whole files, by name.
fn files() -> Vec<Member> {
    let spanish = "El presidente del Gobierno español se reunió el martes con los ministros de la Unión Europea para hablar de la \
                   situación política y económica de los países vecinos.";
    let cut = gzip(page(3).repeat(40).as_bytes());
    let latin: Vec<u8> =
        page(6).replace("utf-8", "utf-16").chars().map(|c| if c as u32 > 255 { b'?' } else { c as u8 }).collect();
    vec![
        member("in/003.html", &cut[..cut.len() / 2], "reading failed"),
        member("in/016.html", [page(16).as_bytes(), &[0; 4000]].concat(), "binary data"),
        member("in/033.html", format!("<html><p>{}</p></html>", "word ".repeat(80_000)), "more than 300000 bytes"),
        member("in/044.html", format!("<html><body>{}", "<div>".repeat(50_000)), "nested"),
        member("in/055.html", format!("<html><p>{spanish}</p></html>"), "`es`"),
        member("in/066.html", "", "empty"),
        member("in/077.html", "%PDF-1.7 whatever", ""),
        Member { coded: true, ..member("in/006.html", latin, "character set") },
    ]
}

/// Damage to lines of JSON, by number.
fn lines() -> Vec<(usize, Member)> {
    let dated = |day: &str| line(130).replace("2025-06-18", day);
    vec![
        (130, member("in/lines.jsonl:31", dated("99999-01-01"), "`published`")),
        (140, member("in/lines.jsonl:41", line(140)[..40].to_owned() + "\n", "cut short")),
        (150, member("in/lines.jsonl:51", "\0\0\0\0\n", "no JSON")),
        (160, member("in/lines.jsonl:61", &b"{\"id\":\"x\",\"text\":\"\xff\xfe\xff\"}\n"[..], "no JSON")),
    ]
}

/// Writes the corpus, 500 members, whole or damaged.
fn corpus(folder: &Path, damaged: bool) {
    fs::create_dir_all(folder.join("in")).unwrap();
    let (files, lines) = if damaged { (files(), lines()) } else { (Vec::new(), Vec::new()) };
    for n in 0..100 {
        let name = format!("in/{n:03}.html");
        let bytes =
            files.iter().find(|member| member.id == name).map_or_else(|| page(n).into_bytes(), |m| m.damaged.clone());
        fs::write(folder.join(name), bytes).unwrap();
    }
    let table: Vec<u8> = (100..300)
        .flat_map(|n| {
            lines.iter().find(|(at, _)| *at == n).map_or_else(|| line(n).into_bytes(), |(_, m)| m.damaged.clone())
        })
        .collect();
    fs::write(folder.join("in/lines.jsonl"), table).unwrap();
    let archive: Vec<u8> = (300..500)
        .flat_map(|n| {
            let member = gzip(&record(n));
            if damaged && n == 321 { member[..member.len() / 2].to_vec() } else { member }
        })
        .collect();
    fs::write(folder.join("in/z.warc.gz"), archive).unwrap();
}

/// Output lines by id.
fn coded(folder: &Path, out: &str) -> BTreeMap<String, String> {
    let lines = fs::read_to_string(folder.join(out)).unwrap();
    lines
        .lines()
        .map(|line| (serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned(), line.to_owned()))
        .collect()
}

#[test]
fn damage_costs_what_is_damaged_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, hurt) = (folder.path().join("whole"), folder.path().join("hurt"));
    corpus(&whole, false);
    corpus(&hurt, true);
    let run = |folder: &Path| {
        output(folder, &["code", "in", "--max-bytes", MAX, "--out", "out.jsonl", "--quarantine", "q.jsonl"])
    };
    let clean = run(&whole);
    assert_eq!(clean.status.code(), Some(0), "{}", err(&clean));
    let clean = coded(&whole, "out.jsonl");
    assert_eq!(clean.len(), 500);
    assert!(clean.values().any(|line| line.contains("\"type\":\"ACCUSE\"")));
    assert!(fs::read(whole.join("q.jsonl")).unwrap().is_empty(), "nothing is wrong with the whole corpus");

    let damaged = run(&hurt);
    assert_eq!(damaged.status.code(), Some(1), "{}", err(&damaged));
    let quarantine = fs::read_to_string(hurt.join("q.jsonl")).unwrap();
    let told: Vec<Value> = quarantine.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut left = clean;
    let mut expected = files();
    expected.extend(lines().into_iter().map(|(n, member)| {
        left.remove(&format!("line-{n}"));
        member
    }));
    expected.push(member("in/z.warc.gz:22", [], "reading failed"));
    left.remove("urn:test:321");
    for member in &expected {
        let found = told.iter().find(|line| line["document"].as_str().is_some_and(|name| name == member.id));
        // What is no document at all is passed over in a folder.
        if member.why.is_empty() && member.id.ends_with("077.html") {
            left.remove(member.id);
            continue;
        }
        let found = found.unwrap_or_else(|| panic!("{} is not named:\n{quarantine}", member.id));
        assert!(found["why"].as_str().unwrap().contains(member.why), "{}: {found}", member.id);
        assert!(found["remedy"].is_string() && found["coded"] == member.coded, "{found}");
        left.remove(member.id);
    }
    let mut others = coded(&hurt, "out.jsonl");
    others.remove("in/006.html");
    assert!(others == left, "an article beside the damage is not what it is without");
    assert!(text(0) != text(1), "articles that are all the same would prove nothing");
}
