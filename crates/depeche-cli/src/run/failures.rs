//! Where failures are told: on standard error, or in the quarantine file.

use std::path::Path;

use depeche::{Diagnostic, ingest::corpus::Position};
use serde::Serialize;

use super::{Append, progress::Progress, tally::Tally};
use crate::render;

/// A document, and what is wrong with it.
pub(super) struct Failure {
    /// What it is called: its file, and its place in the file.
    pub(super) document: String,
    /// The place in the corpus after it.
    pub(super) place: Position,
    pub(super) diagnostic: Diagnostic,
}

/// One line of the quarantine file.
#[derive(Serialize)]
struct Told<'a> {
    /// The file, address or `-`.
    input: &'a str,
    /// The document: the input's name, with the line, row or record where it holds several.
    document: &'a str,
    /// How many documents of the input it is, from 1.
    record: u64,
    /// Line and column, where known.
    #[serde(skip_serializing_if = "is_zero")]
    line: u32,
    #[serde(skip_serializing_if = "is_zero")]
    column: u32,
    /// Whether it was coded all the same.
    coded: bool,
    why: &'a str,
    remedy: Option<&'a str>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// The place where failures are told.
pub(super) struct Failures(Option<Append>);

impl Failures {
    /// Standard error, or a file: a new one, or one that is cut back to `length` bytes.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn open(path: Option<&Path>, length: Option<u64>) -> Result<Self, Diagnostic> {
        let Some(path) = path else { return Ok(Self(None)) };
        let file = match length {
            Some(length) => Append::reopen(path, length)?,
            None => Append::create(path)?,
        };
        Ok(Self(Some(file)))
    }

    /// Tells of one that gave no article, and counts it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn tell(&mut self, failure: &Failure, tally: &mut Tally, progress: &Progress) -> Result<(), Diagnostic> {
        let diagnostic = &failure.diagnostic;
        tally.failed(&diagnostic.message);
        if self.0.is_none() {
            progress.suspend(|| anstream::eprintln!("{}{diagnostic}{:#}", render::ERROR, render::ERROR));
        }
        self.note(failure, false)
    }

    /// Notes one that was coded although something is wrong with it, and counts it. Standard error is not told: half the web's pages
    /// declare a wrong character set.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn warn(&mut self, failure: &Failure, tally: &mut Tally) -> Result<(), Diagnostic> {
        tally.warned += 1;
        self.note(failure, true)
    }

    fn note(&mut self, failure: &Failure, coded: bool) -> Result<(), Diagnostic> {
        let Failure { document, place, diagnostic } = failure;
        let Some(file) = &mut self.0 else { return Ok(()) };
        let told = Told {
            input: &place.file,
            document,
            record: place.record,
            line: diagnostic.line,
            column: diagnostic.column,
            coded,
            why: &diagnostic.message,
            remedy: diagnostic.hint.as_deref(),
        };
        let mut bytes = serde_json::to_vec(&told)
            .map_err(|error| Diagnostic::error(document, format!("its failure cannot be written: {error}")))?;
        bytes.push(b'\n');
        file.write(&bytes)
    }

    /// Makes the file safe, and tells its length.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn sync(&mut self) -> Result<u64, Diagnostic> {
        self.0.as_mut().map_or(Ok(0), Append::sync)
    }
}
