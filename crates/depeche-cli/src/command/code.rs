//! `depeche code`: a corpus in, its articles with their events out, in order, on all cores.
//!
//! Reading, coding and keeping the place are [`run`](crate::run)'s; the formats are the library's. Here is only which goes where: formats
//! of lines are made by the workers and written one after another, Parquet is gathered by the sink that writes it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, builder::PossibleValue};
use depeche::{
    Coder, Diagnostic,
    export::{Format, Telling},
};

use crate::{
    Fatal, Outcome,
    run::{self, Coding, Job, Lines, Months, Sink, Standard, Table},
};

/// Code corpora: files and folders of pages, JSON lines, CSV, Parquet, WARC, feeds, addresses; events come out, in the format asked for.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    run: run::Options,
    /// File to write, or folder with --partition; standard output where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What to write; told by the ending of --out where not given, else JSON lines.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Choice>,
    /// Write Parquet as a folder of folders, month=2024-03/part-0.parquet, by the month of publication.
    #[arg(long, value_enum, value_name = "month")]
    partition: Option<Partition>,
}

/// A format, as an argument.
#[derive(Clone, Copy)]
struct Choice(Format);

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Choice; Format::ALL.len()] = {
            let mut all = [Choice(Format::JsonLines); Format::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Choice(Format::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.about()))
    }
}

/// What decides the folder of a row.
#[derive(Clone, Copy, ValueEnum)]
enum Partition {
    /// Month of publication.
    Month,
}

impl Options {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let format = self.format()?;
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
        match (format, &self.out, self.partition) {
            (Format::Parquet, Some(out), Some(Partition::Month)) => self.rows(load, &mut Months::new(out)),
            (Format::Parquet, Some(out), None) => self.rows(load, &mut Table::new(out)),
            (_, Some(out), _) => self.lines(load, format, &mut Lines::new(out, format.header().into_bytes())),
            (_, None, _) => self.lines(load, format, &mut Standard::new(format.header().into_bytes())),
        }
    }

    /// The format that is asked for, by name or by the ending of the output.
    fn format(&self) -> Result<Format, Diagnostic> {
        let told = self.out.as_ref().and_then(|out| Format::of_name(&out.to_string_lossy()));
        let partitioned = self.partition.map(|_| Format::Parquet);
        let format = self.format.map(|choice| choice.0).or(partitioned).or(told).unwrap_or(Format::JsonLines);
        if self.partition.is_some() && (format != Format::Parquet || self.out.is_none()) {
            return Err(Diagnostic::error("--partition", "only Parquet in a folder can be parted by month")
                .hint("give --format parquet and the folder as --out"));
        }
        if format == Format::Parquet && self.out.is_none() {
            return Err(Diagnostic::error("--format", "Parquet cannot go to standard output: its index comes last")
                .hint("give --out FILE.parquet"));
        }
        Ok(format)
    }

    /// Runs into a format of lines, made by the workers.
    fn lines(
        &self,
        load: &dyn Fn() -> Result<Coder, Fatal>,
        format: Format,
        sink: &mut dyn Sink<Vec<u8>>,
    ) -> Result<Outcome, Fatal> {
        let prepare = |coding: Coding| {
            let Coding { entry, events } = coding;
            let telling = Telling { article: &entry.article, events: &events, fields: Some(&entry.object) };
            let mut lines = Vec::new();
            let written = format.lines(&telling, &mut lines);
            written.map_err(|error| Diagnostic::error(&entry.article.id, error.to_string()))?;
            Ok(lines)
        };
        let coder = load()?;
        let out = self.out.as_deref();
        self.run.run(Job { coder: &coder, prepare: &prepare, sink, format: format.name(), out })
    }

    /// Runs into a sink that takes articles with their events as they are.
    fn rows(&self, load: &dyn Fn() -> Result<Coder, Fatal>, sink: &mut dyn Sink<Coding>) -> Result<Outcome, Fatal> {
        let coder = load()?;
        let format = if self.partition.is_some() { "parquet by month" } else { "parquet" };
        self.run.run(Job { coder: &coder, prepare: &Ok, sink, format, out: self.out.as_deref() })
    }
}

/// Whether a run into this file has come to its end.
fn is_whole(out: &Path) -> bool {
    out.exists() && !run::beside(out, ".resume").exists() && !run::beside(out, ".part").exists()
}
