//! What the commands that ask a store share: which store, which query, in which form the answer goes where.

mod brief;
mod listing;
mod sheet;
mod spark;

use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufWriter, Write as _},
    path::PathBuf,
};

use clap::Args;
use depeche::{
    Diagnostic,
    store::{Months, Query, Settings, Store, Unit},
};
use std::time::Duration;

pub(crate) use brief::Brief;
pub(crate) use listing::{As, Listing};
pub(crate) use sheet::{Form, Sheet};
pub(crate) use spark::line as sparkline;

use crate::Fatal;

/// Which store.
#[derive(Args)]
pub(crate) struct At {
    /// Folder of the store.
    #[arg(long, env = "DEPECHE_STORE", default_value = "depeche.store", value_name = "FOLDER")]
    pub(crate) store: PathBuf,
}

impl At {
    /// Opens it for reading.
    pub(crate) fn read(&self) -> Result<Store, Diagnostic> {
        Store::read(&self.store)
    }
}

/// Which store, for those that write.
#[derive(Args)]
pub(crate) struct Into {
    #[command(flatten)]
    pub(crate) at: At,
    /// Time to wait for another process that is writing to the store.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(0..=86_400))]
    wait: u64,
}

impl Into {
    /// Opens it for writing; makes it where there is none.
    pub(crate) fn open(&self) -> Result<Store, Diagnostic> {
        Store::open(&self.at.store, &Settings { wait: Duration::from_secs(self.wait), ..Settings::default() })
    }
}

/// A query, as words on the command line.
#[derive(Args)]
pub(crate) struct Asked {
    /// What to tell, such as `actor:PRK recipient:RUS type:AID after:2024-10`; docs/query.md has the whole language.
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
}

/// An argument as clap is to see it: a term that is turned round (`-type:AID`) looks like an option, so that its hyphen becomes the minus
/// sign, which a query takes as well.
pub(crate) fn argument(argument: OsString) -> OsString {
    let negated = |text: &str| {
        let (field, _) = text.strip_prefix('-')?.split_once(':')?;
        let is_field = !field.is_empty() && field.bytes().all(|b| b.is_ascii_lowercase());
        is_field.then(|| format!("−{}", &text[1..]))
    };
    argument.to_str().and_then(negated).map_or(argument, OsString::from)
}

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    /// Where it is wrong, with the column.
    pub(crate) fn query(&self) -> Result<Query, Diagnostic> {
        Query::parse(&self.words.join(" "))
    }
}

/// A stretch of months, and what is counted in it.
#[derive(Args)]
pub(crate) struct Stretch {
    /// First month, such as 2024-01.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    from: Option<String>,
    /// Last month.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    to: Option<String>,
    /// Count every report; without it, an act that five articles tell counts once.
    #[arg(long)]
    reports: bool,
}

impl Stretch {
    pub(crate) fn months(&self) -> Months {
        Months { from: self.from.clone(), to: self.to.clone() }
    }

    /// Whether reports are counted, not acts.
    pub(crate) const fn is_of_reports(&self) -> bool {
        self.reports
    }

    pub(crate) const fn unit(&self) -> Unit {
        if self.reports { Unit::Report } else { Unit::Record }
    }
}

fn month(text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` is no month; write it as 2024-01");
    let days: depeche::store::query::Days = text.parse().map_err(|_| wrong())?;
    (text.len() == 7).then(|| days.first.strftime("%Y-%m").to_string()).ok_or_else(wrong)
}

/// What is counted, in which store, and how it is told.
#[derive(Args)]
pub(crate) struct Counting {
    #[command(flatten)]
    pub(crate) stretch: Stretch,
    #[command(flatten)]
    pub(crate) at: At,
    /// How it is told.
    #[arg(long, value_enum, default_value_t = Form::Table, value_name = "FORM")]
    pub(crate) format: Form,
    #[command(flatten)]
    pub(crate) whither: Whither,
}

/// Where an answer goes.
#[derive(Args)]
pub(crate) struct Whither {
    /// File to write; standard output where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Whither {
    /// The file, where one is named.
    pub(crate) const fn path(&self) -> Option<&PathBuf> {
        self.out.as_ref()
    }

    /// The output. A file appears under its name when it is whole.
    pub(crate) fn open(&self) -> Result<Output, Fatal> {
        let Some(path) = &self.out else {
            return Ok(Output { out: Box::new(BufWriter::new(io::stdout())), moved: None });
        };
        let part = crate::run::beside(path, ".part");
        let file = File::create(&part).map_err(|e| {
            Diagnostic::error(path.display().to_string(), e.to_string()).hint("check the folder and its permissions")
        })?;
        Ok(Output { out: Box::new(BufWriter::new(file)), moved: Some((part, path.clone())) })
    }
}

/// An output that is given its name at the end.
pub(crate) struct Output {
    pub(crate) out: Box<dyn io::Write + Send>,
    moved: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Writes what is held back, and gives the file its name.
    pub(crate) fn end(mut self) -> Result<(), Fatal> {
        self.out.flush()?;
        if let Some((part, path)) = self.moved {
            drop(self.out);
            std::fs::rename(part, path)?;
        }
        Ok(())
    }
}
