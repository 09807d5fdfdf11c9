//! What every command that runs over a corpus may be told.

use std::{num::NonZero, path::PathBuf, thread, time::Duration};

use clap::Args;
use depeche::{
    Coder, Diagnostic, Language,
    ingest::{self, corpus::Settings, http::Policy, jsonl::Fields},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{select::Selection, summary::Form};

/// Inputs, what is wanted of them, and how the run goes.
#[derive(Args)]
pub(crate) struct Options {
    /// Files, folders, patterns (`news/**/*.html`) and addresses; `-` is standard input. Pages, text, JSON lines, CSV, Parquet, WARC, RSS
    /// and Atom, lists of addresses, each plain or in gzip or Zstandard, are told by their content.
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<String>,
    /// Go on with a run that was stopped, without a duplicate or a missing article.
    #[arg(long, help_heading = "Running")]
    pub(crate) resume: bool,
    /// Threads that code; all cores where not given.
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub(crate) threads: Option<NonZero<usize>>,
    /// Write articles in the order of the corpus (this is the default).
    #[arg(long, overrides_with = "unordered", help_heading = "Running")]
    ordered: bool,
    /// Write articles as they are done: a long one holds up no other.
    #[arg(long, overrides_with = "ordered", help_heading = "Running")]
    unordered: bool,
    /// File for what failed, one JSON object a line: input, document, place, why, remedy. Standard error where not given.
    #[arg(long, value_name = "FILE", help_heading = "Running")]
    pub(crate) quarantine: Option<PathBuf>,
    /// How the summary at the end is told, on standard error.
    #[arg(long, value_enum, default_value_t = Form::Text, value_name = "FORM", help_heading = "Running")]
    pub(super) summary: Form,
    /// Time between two checkpoints; what was coded since the last is coded again by --resume.
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds, help_heading = "Running")]
    checkpoint: f64,
    /// End after this many articles.
    #[arg(long, value_name = "N", help_heading = "Selection")]
    pub(super) limit: Option<u64>,
    /// Code only this share of the articles, chosen by their ids: the same ones each time, whatever else is in the corpus.
    #[arg(long, value_name = "0..1", default_value_t = 1.0, value_parser = share, help_heading = "Selection")]
    sample: f64,
    /// Another sample for each number.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Selection")]
    seed: u64,
    /// Code only articles published on this day or after.
    #[arg(long, value_name = "DAY", help_heading = "Selection")]
    since: Option<Date>,
    /// Code only articles published on this day or before.
    #[arg(long, value_name = "DAY", help_heading = "Selection")]
    until: Option<Date>,
    /// Names of the fields in JSON lines, CSV and Parquet, as ours=theirs: `text=body,published=meta.date`. Ours are id, lang, published,
    /// title, text, url, publisher.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', help_heading = "Reading")]
    map: Vec<String>,
    /// Language of every article, in place of `lang` and of detection.
    #[arg(long, value_name = "fr|en", help_heading = "Reading")]
    lang: Option<Language>,
    /// Day of publication of every article, in place of its own.
    #[arg(long, value_name = "DAY", help_heading = "Reading")]
    published: Option<Date>,
    /// Longest page, line, row or record, in bytes; a longer one fails.
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, help_heading = "Reading")]
    max_bytes: usize,
    /// Let addresses of this machine and of private networks be fetched.
    #[arg(long, help_heading = "Addresses")]
    allow_private: bool,
    /// Time for one page, redirects included.
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0, value_parser = seconds, help_heading = "Addresses")]
    timeout: f64,
    /// Time between two requests to one host; more where its robots.txt asks for it.
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds, help_heading = "Addresses")]
    pause: f64,
    /// File that keeps which version of each page was coded; the next run passes over pages that did not change.
    #[arg(long, value_name = "FILE", help_heading = "Addresses")]
    pub(super) visited: Option<PathBuf>,
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "a share is a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is a number from 0 to 1".to_owned()) }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "seconds are a number, such as 0.5".to_owned())?;
    if (0.0..=86_400.0).contains(&seconds) { Ok(seconds) } else { Err("give 0 to 86400 seconds".to_owned()) }
}

impl Options {
    /// How documents are read.
    pub(super) fn settings(&self) -> Result<Settings, Diagnostic> {
        let options = ingest::Options {
            language: self.lang,
            published: self.published,
            max_bytes: self.max_bytes,
            ..ingest::Options::default()
        };
        Ok(Settings { options, fields: Fields::mapped(&self.map)? })
    }

    pub(super) const fn selection(&self) -> Selection {
        Selection { since: self.since, until: self.until, sample: self.sample, seed: self.seed }
    }

    pub(super) const fn is_ordered(&self) -> bool {
        !self.unordered
    }

    pub(super) fn threads(&self) -> usize {
        self.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get)
    }

    pub(super) fn every(&self) -> Duration {
        Duration::from_secs_f64(self.checkpoint)
    }

    pub(super) fn pause(&self) -> Duration {
        Duration::from_secs_f64(self.pause)
    }

    pub(super) fn policy(&self) -> Policy {
        Policy {
            timeout: Duration::from_secs_f64(self.timeout),
            max_bytes: self.max_bytes,
            allow_private: self.allow_private,
            ..Policy::default()
        }
    }

    /// Whatever decides what is written: a run that is resumed must be given the same.
    pub(super) fn asked(&self, coder: &Coder, format: &str) -> Value {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "inputs": self.inputs,
            "format": format,
            "--confidence": coder.knowledge().least_confidence,
            "--quarantine": self.quarantine,
            "--sample": self.sample,
            "--seed": self.seed,
            "--since": self.since,
            "--until": self.until,
            "--map": self.map,
            "--lang": self.lang,
            "--published": self.published,
            "--max-bytes": self.max_bytes,
        })
    }
}
