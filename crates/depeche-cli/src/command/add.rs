//! `depeche add`: articles in, coded, kept in a store with their events and records.
//!
//! Whatever ends the run, the store is whole: articles go in by the transaction, a few hundred or a second's worth at a time. Running the
//! same command again goes on where it stopped, because what the store has word for word is passed over before it is coded.

use std::sync::{Mutex, PoisonError};

use clap::Args;
use depeche::{
    Article, Coded, Diagnostic,
    store::{Archive as _, Store, Tally},
};
use serde_json::Value;

use crate::{
    Fatal, Outcome, ask,
    command::Folders,
    render,
    run::{self, Coding, Job, Sink},
};

/// Code articles and keep them in a store, with their events and records. What the store has already is passed over.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    run: run::Options,
    #[command(flatten)]
    into: ask::Into,
}

impl Options {
    pub(crate) fn run(self, folders: &Folders) -> Result<Outcome, Fatal> {
        let label = folders.coder_label()?;
        let mut keep = Keep::new(self.into.open()?, label.clone());
        let known = Mutex::new(self.into.at.read()?);
        let known = |article: &Article| known.lock().unwrap_or_else(PoisonError::into_inner).holds(article, &label);
        let coder = folders.coder()?;
        let job = Job { coder: &coder, prepare: &coded, sink: &mut keep, format: "store", out: None };
        let outcome = self.run.run_unless(job, &known)?;
        let refused = keep.tell()?;
        Ok(if refused { Outcome::Partly } else { outcome })
    }
}

#[allow(clippy::unnecessary_wraps)] // what a run asks for may fail
fn coded(coding: Coding) -> Result<Coded, Diagnostic> {
    Ok(Coded { article: coding.entry.article, events: coding.events })
}

/// Articles a transaction.
const BATCH: usize = 256;

/// A store as an output.
pub(crate) struct Keep {
    store: Store,
    coder: String,
    waiting: Vec<Coded>,
    tally: Tally,
}

impl Keep {
    /// Into this store, as coded by that coder.
    pub(crate) fn new(store: Store, coder: String) -> Self {
        Self { store, coder, waiting: Vec::new(), tally: Tally::default() }
    }

    /// The store.
    pub(crate) fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Whether the store has an article, coded by this coder.
    pub(crate) fn knows(&self, article: &Article) -> Result<bool, Diagnostic> {
        self.store.holds(article, &self.coder)
    }

    /// Takes an article; it is safe after the next [`Keep::flush`].
    pub(crate) fn put(&mut self, coded: Coded) -> Result<(), Diagnostic> {
        self.waiting.push(coded);
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Puts in what waits.
    pub(crate) fn flush(&mut self) -> Result<(), Diagnostic> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let tally = self.store.put(&self.waiting, &self.coder)?;
        self.waiting.clear();
        self.tally.add(tally);
        Ok(())
    }

    /// Tells what became of the articles; whether some were refused.
    pub(crate) fn tell(&mut self) -> Result<bool, Diagnostic> {
        for refused in &self.tally.refused {
            anstream::eprintln!("{}{refused}{:#}", render::ERROR, render::ERROR);
        }
        let contents = self.store.contents()?;
        let Tally { added, corrected, recoded, refused, .. } = &self.tally;
        let mut told = vec![format!("{added} added")];
        for (count, what) in [(*corrected, "corrected"), (*recoded, "coded anew"), (refused.len() as u64, "refused")] {
            if count > 0 {
                told.push(format!("{count} {what}"));
            }
        }
        anstream::eprintln!(
            "{}; the store has {} articles, {} events, {} records",
            told.join(", "),
            contents.articles,
            contents.events,
            contents.records
        );
        Ok(!self.tally.refused.is_empty())
    }
}

impl Sink<Coded> for Keep {
    fn open(&mut self, _mark: Option<&Value>) -> Result<(), Fatal> {
        Ok(())
    }

    fn take(&mut self, item: Coded) -> Result<(), Fatal> {
        Ok(self.put(item)?)
    }

    fn commit(&mut self, _last: bool) -> Result<Option<Value>, Fatal> {
        self.flush()?;
        Ok(Some(Value::Null))
    }

    fn finish(&mut self) -> Result<(), Fatal> {
        Ok(self.store.settle()?)
    }
}
