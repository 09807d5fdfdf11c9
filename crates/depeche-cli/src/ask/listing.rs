//! What the commands that list entries of a store share: query, store, number, form, output.

use std::str::FromStr;

use clap::Args;
use depeche::export::Format;

use super::{Asked, At, Whither};

/// Which entries of which store are told, how many and how.
#[derive(Args)]
pub(crate) struct Listing {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) at: At,
    /// Most entries; 50 where a person reads them, all in other forms.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// table, markdown (a brief with footnotes), jsonl (an entry a line), or a format of `depeche export`; records take csv and parquet alone of these.
    #[arg(long, default_value = "table", value_name = "FORM")]
    pub(crate) format: As,
    #[command(flatten)]
    pub(crate) whither: Whither,
}

/// Entries told where a person reads them.
const READ: usize = 50;

impl Listing {
    /// Most entries that are told.
    pub(crate) fn limit(&self) -> Option<usize> {
        self.limit.or(matches!(self.format, As::Table | As::Markdown).then_some(READ))
    }
}

/// How events and records are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    /// Columns for a person.
    Table,
    /// A brief with footnotes.
    Markdown,
    /// As a program wants it.
    Export(Format),
}

impl FromStr for As {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "table" => Ok(Self::Table),
            "markdown" | "md" => Ok(Self::Markdown),
            other => other.parse().map(Self::Export).map_err(|_| {
                let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
                format!("`{other}` is none of table, markdown, {}", names.join(", "))
            }),
        }
    }
}
