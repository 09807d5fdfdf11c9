//! `depeche lexicon`: reads, checks and tests the rules.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use depeche::{Coder, lexicon};

use crate::{Fatal, Outcome};

/// Work with the lexicon's rules.
#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
}

/// Read every rule file, report mistakes with line, column and hint, and run every test and never-case.
#[derive(Args)]
pub(crate) struct Check {
    /// Only rules whose name contains this.
    #[arg(default_value = "")]
    rule: String,
    /// Only read the files; run no test.
    #[arg(long)]
    syntax: bool,
    /// Folder to check instead of the built-in lexicon.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Command {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let Self::Check(check) = self;
        check.run(load)
    }
}

impl Check {
    fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let files = match &self.folder {
            Some(folder) => super::files(folder)?,
            None => lexicon::embedded(),
        };
        let (_, found) = lexicon::Lexicon::compile(&files);
        for diagnostic in &found {
            anstream::eprintln!("{diagnostic}");
        }
        if self.syntax || !found.is_empty() {
            anstream::println!("{} files, {} mistakes", files.len(), found.len());
            return Ok(if found.is_empty() { Outcome::Done } else { Outcome::Partly });
        }
        let coder = match &self.folder {
            Some(folder) => super::coder(Some(folder))?,
            None => load()?,
        };
        let report = depeche::check(&coder, &self.rule);
        for failure in &report.failures {
            anstream::println!("{}:{}: {}\n    {}", failure.file, failure.line, failure.sentence, failure.message);
        }
        let failed = report.failures.len();
        anstream::println!("{} rules, {} patterns, {} tests: {} passed, {failed} failed", report.rules, report.patterns, report.cases, report.cases - failed);
        Ok(if failed == 0 { Outcome::Done } else { Outcome::Partly })
    }
}
