//! From what was asked to a run, and from a run to how the command ends.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use depeche::{Article, Coder, Diagnostic, ingest::corpus::Corpus};
use serde_json::Value;

use super::{
    Coding, Options, Sink,
    checkpoint::{Checkpoint, State},
    failures::Failures,
    pipeline::{self, Feed, Plan},
    progress::Progress,
    remote::Remote,
    sink::beside,
    summary,
    watched::Watched,
    writer::Writer,
};
use crate::{Fatal, Outcome};

/// Makes of a coded article what the sink takes; it runs on the workers.
pub(crate) type Prepare<'a, T> = dyn Fn(Coding) -> Result<T, Diagnostic> + Sync + 'a;

/// Whether the output has an article already; it is asked on the workers.
pub(crate) type Known<'a> = dyn Fn(&Article) -> Result<bool, Diagnostic> + Sync + 'a;

/// What a command brings to a run.
pub(crate) struct Job<'a, T> {
    pub(crate) coder: &'a Coder,
    pub(crate) prepare: &'a Prepare<'a, T>,
    pub(crate) sink: &'a mut dyn Sink<T>,
    /// What is written, in a word: a run is resumed only into the same.
    pub(crate) format: &'a str,
    /// The file or folder that is written; the checkpoint stands beside it. Without, nothing is kept, and nothing can be resumed.
    pub(crate) out: Option<&'a Path>,
}

impl Options {
    /// Runs. The summary is told on standard error.
    ///
    /// # Errors
    /// Where the run cannot start, or the output cannot go on.
    pub(crate) fn run<T: Send>(&self, job: Job<'_, T>) -> Result<Outcome, Fatal> {
        self.run_unless(job, &|_| Ok(false))
    }

    /// The same without the articles that are `known`: they are passed over before they are coded.
    ///
    /// # Errors
    /// As [`Options::run`].
    pub(crate) fn run_unless<T: Send>(&self, job: Job<'_, T>, known: &Known<'_>) -> Result<Outcome, Fatal> {
        let Job { coder, prepare, sink, format, out } = job;
        let settings = self.settings()?;
        let read = Arc::new(AtomicU64::new(0));
        let watched = Watched::new(&self.own(out), Arc::clone(&read));
        self.check_inputs(&watched)?;
        let remote = Arc::new(Remote::new(self.policy(), self.pause(), self.visited.as_deref())?);

        let checkpoint = out.map(|out| Checkpoint::new(&beside(out, ".resume")));
        let state = self.begin(checkpoint.as_ref(), self.asked(coder, format))?;
        let kept = state.place.is_some() || state.ended;
        sink.open(kept.then_some(&state.output))?;
        let failures = Failures::open(self.quarantine.as_deref(), kept.then_some(state.quarantine))?;

        let mut corpus = Corpus::new(watched, self.inputs.iter().cloned(), settings.clone());
        if let Some(place) = &state.place {
            corpus = corpus.resume(place.clone());
        }
        let feed = Feed { corpus, done: state.ahead.clone(), remote: Arc::clone(&remote) };
        let progress = Progress::new(&self.inputs, read, &state.tally);
        let ended = state.ended;
        let writer = Writer {
            sink,
            failures,
            checkpoint,
            state,
            progress,
            ordered: self.is_ordered(),
            limit: self.limit,
            every: self.every(),
        };
        let plan =
            Plan { coder, prepare, known, settings: &settings, selection: self.selection(), threads: self.threads() };
        let state = if ended { writer.end() } else { pipeline::run(&plan, feed, |done| writer.run(&done)) }?;
        remote.save()?;
        summary::tell(&state.tally, self.summary)?;
        Ok(if state.tally.failed == 0 { Outcome::Done } else { Outcome::Partly })
    }

    /// Files that the run writes: they are none of its inputs.
    fn own(&self, out: Option<&Path>) -> Vec<PathBuf> {
        let mut own: Vec<PathBuf> = self.quarantine.iter().chain(&self.visited).cloned().collect();
        if let Some(out) = out {
            own.extend(["", ".part", ".resume", ".resume.new"].map(|ending| beside(out, ending)));
        }
        own
    }

    /// Refuses to start on inputs that are not there: a name mistyped is better told now than after a night.
    fn check_inputs(&self, watched: &Watched) -> Result<(), Diagnostic> {
        for input in &self.inputs {
            let elsewhere = input == "-" || input.starts_with("http://") || input.starts_with("https://");
            if !elsewhere && !input.contains(['*', '?', '[']) && !Path::new(input).exists() {
                return Err(Diagnostic::error(input, "no such file or folder").hint("check the path"));
            }
            if !elsewhere && watched.is_own(input) {
                return Err(Diagnostic::error(input, "this input is what the run writes").hint("give another --out"));
            }
        }
        Ok(())
    }

    /// The state to begin with: that of the run that is resumed, or a new one.
    fn begin(&self, checkpoint: Option<&Checkpoint>, asked: Value) -> Result<State, Diagnostic> {
        let Some(checkpoint) = checkpoint else { return Ok(State { asked, ..State::default() }) };
        match checkpoint.load()? {
            Some(_) if !self.resume => Err(checkpoint.in_the_way()),
            Some(state) => checkpoint.same(&state.asked, &asked).map(|()| state),
            None => Ok(State { asked, ..State::default() }),
        }
    }
}
