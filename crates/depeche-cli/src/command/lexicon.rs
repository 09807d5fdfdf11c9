//! `depeche lexicon`: reads, checks and tests the rules.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use depeche::{lexicon, resolve::who};

use super::{Folders, coverage};
use crate::{Fatal, Outcome};

/// Work with the lexicon's rules.
#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
}

/// Read every rule file and actor table, report mistakes with line, column and hint, and run every test and never-case.
#[derive(Args)]
pub(crate) struct Check {
    /// Only rules whose name contains this.
    #[arg(default_value = "")]
    rule: String,
    /// Only read the files and tables; run no test.
    #[arg(long)]
    syntax: bool,
    /// Say which triggers no test sentence has, and which rules are tested too much alike.
    #[arg(long, conflicts_with = "syntax")]
    coverage: bool,
    /// Folder to check instead of the built-in lexicon.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Command {
    pub(crate) fn run(self, folders: &Folders) -> Result<Outcome, Fatal> {
        let Self::Check(check) = self;
        check.run(folders)
    }
}

impl Check {
    fn run(self, folders: &Folders) -> Result<Outcome, Fatal> {
        let folder = self.folder.clone().or_else(|| folders.lexicon.clone());
        let files = match &folder {
            Some(folder) => super::files(folder)?,
            None => lexicon::embedded(),
        };
        let (_, mut found) = lexicon::Lexicon::compile(&files);
        let directory = who::Directory::embedded();
        found.extend(who::check(&directory));
        for diagnostic in &found {
            anstream::eprintln!("{diagnostic}");
        }
        if self.syntax || !found.is_empty() {
            anstream::println!("{} files, {} actors, {} mistakes", files.len(), directory.entries().len(), found.len());
            return Ok(if found.is_empty() { Outcome::Done } else { Outcome::Partly });
        }
        // A test sentence stands alone and would not be held against an article's threshold.
        let coder = Folders { lexicon: folder, models: folders.models.clone(), confidence: 0.0 }.coder()?;
        if self.coverage {
            coverage::print(&coder, &self.rule);
        }
        let report = depeche::check(&coder, &self.rule);
        for failure in &report.failures {
            anstream::println!("{}:{}: {}\n    {}", failure.file, failure.line, failure.sentence, failure.message);
        }
        let failed = report.failures.len();
        let (rules, patterns, cases) = (report.rules, report.patterns, report.cases);
        anstream::println!(
            "{rules} rules, {patterns} patterns, {cases} tests: {} passed, {failed} failed",
            cases - failed
        );
        Ok(if failed == 0 { Outcome::Done } else { Outcome::Partly })
    }
}
