//! `depeche code`: a corpus in, its articles with their events out, in order, on all cores.
//!
//! Reading, coding and keeping the place are [`run`](crate::run)'s; here is what is written: JSON lines, the line or article as it came with
//! `events` added.

use std::path::{Path, PathBuf};

use clap::Args;
use depeche::{Coder, Diagnostic};

use crate::{
    Fatal, Outcome,
    run::{self, Coding, Job, Lines, Sink, Standard},
};

/// Code corpora: files and folders of pages, JSON lines, CSV, Parquet, WARC, feeds, addresses; JSON lines with `events` come out.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    run: run::Options,
    /// File to write; standard output where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Options {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        if self.run.resume {
            let Some(out) = &self.out else {
                return Err(Diagnostic::error("--resume", "a run into standard output keeps no place")
                    .hint("give the run an --out, and the same to resume it")
                    .into());
            };
            if is_whole(out) {
                anstream::eprintln!("{} is whole: there is nothing to resume", out.display());
                return Ok(Outcome::Done);
            }
        }
        let mut sink: Box<dyn Sink<Vec<u8>>> = match &self.out {
            Some(out) => Box::new(Lines::new(out, Vec::new())),
            None => Box::new(Standard::new(Vec::new())),
        };
        let coder = load()?;
        let job =
            Job { coder: &coder, prepare: &json_line, sink: &mut *sink, format: "jsonl", out: self.out.as_deref() };
        self.run.run(job)
    }
}

/// Whether a run into this file has come to its end.
fn is_whole(out: &Path) -> bool {
    out.exists() && !run::beside(out, ".resume").exists() && !run::beside(out, ".part").exists()
}

/// The object that the article came in, with its events.
fn json_line(coding: Coding) -> Result<Vec<u8>, Diagnostic> {
    let Coding { mut entry, events } = coding;
    let written = serde_json::to_value(events).and_then(|events| {
        entry.object.insert("events".to_owned(), events);
        serde_json::to_vec(&entry.object)
    });
    let mut line = written.map_err(|error| Diagnostic::error(&entry.article.id, error.to_string()))?;
    line.push(b'\n');
    Ok(line)
}
