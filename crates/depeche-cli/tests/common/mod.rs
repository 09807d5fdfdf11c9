//! What the tests of the program share.
#![allow(dead_code)] // each test binary uses some of it

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output},
};

use flate2::{Compression, write::GzEncoder};

/// The program, run in a folder.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(arguments).current_dir(folder).env_remove("DEPECHE_LEXICON").env_remove("DEPECHE_MODELS");
    command
}

/// What came of a run.
pub fn output(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// What a run told on standard error.
pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Numbers that look random and are the same each time (Knuth's constants).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const STATES: [&str; 8] = ["France", "Russia", "Turkey", "Mali", "Kenya", "Israel", "Japan", "Brazil"];
const ETATS: [&str; 8] =
    ["La France", "La Russie", "La Turquie", "Le Mali", "Le Kenya", "Israël", "Le Japon", "Le Brésil"];

/// The text of an article, different for each number; every third in French.
pub fn text(n: usize) -> String {
    let (a, b) = (n % 8, (n / 8 + n + 1) % 8);
    if n.is_multiple_of(3) {
        format!(
            "{} a condamné mardi l’attaque menée par les rebelles. Les deux ministres se sont rencontrés {} fois avec \
             leur homologue dans la capitale.",
            ETATS[a],
            n + 2
        )
    } else {
        format!(
            "{} condemned {} on Tuesday over the strikes that killed {} people. The two ministers will meet their \
             counterpart in the capital on Thursday.",
            STATES[a],
            STATES[b],
            n + 2
        )
    }
}

/// A line of JSON lines.
pub fn line(n: usize) -> String {
    serde_json::json!({"id": format!("line-{n}"), "published": "2025-06-18", "text": text(n)}).to_string() + "\n"
}

pub fn page(n: usize) -> String {
    format!(
        "<html><head><meta charset=utf-8><title>Report {n}</title>\
         <meta property='article:published_time' content='2025-06-18'></head>\
         <body><article><h1>Report {n}</h1><p>{}</p></article></body></html>",
        text(n)
    )
}

/// A WARC record that holds a page.
pub fn record(n: usize) -> Vec<u8> {
    let page = page(n);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:test:{n}>\r\n\
         WARC-Target-URI: https://example.org/{n}\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}
