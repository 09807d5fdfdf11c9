//! `depeche export`: everything of a store that a query means, in a format that others read.

use std::path::PathBuf;

use clap::Args;
use depeche::export::Format;

use super::events;
use crate::{Fatal, Outcome, ask};

/// Write the events of a store, all or those that a query means, in a format that others read.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    asked: ask::Asked,
    #[command(flatten)]
    at: ask::At,
    /// jsonl (articles with their events), parquet, csv, polecat, icews, gdelt, gdelt-mentions, plover; told by the ending of --out where
    /// not given.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    whither: ask::Whither,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let (query, store) = (self.asked.query()?, self.at.read()?);
        let named = self.whither.path().and_then(|path: &PathBuf| Format::of_name(&path.to_string_lossy()));
        let format = self.format.or(named).unwrap_or(Format::JsonLines);
        let mut output = self.whither.open()?;
        let rows = events::export(&store, &query, None, format, &mut *output.out)?;
        output.end()?;
        anstream::eprintln!("{rows} rows of {format}");
        Ok(Outcome::Done)
    }
}
