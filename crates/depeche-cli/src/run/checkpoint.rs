//! How far a run had come, kept beside its output.
//!
//! A checkpoint is replaced, never written over: the new one is written under another name, synced, and renamed, so that one that can be read
//! stands there at every moment. It is written only after output and quarantine were synced, so that neither is ever shorter than
//! it says.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use depeche::{Diagnostic, ingest::corpus::Position};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{append::sync_folder, sink::beside, tally::Tally};

/// What is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// What was asked: inputs and whatever decides what is written. A run goes on only with the same.
    pub(super) asked: Value,
    /// Every document before this place is done; none where none is.
    pub(super) place: Option<Position>,
    /// Documents after the place that are done as well, by their distance from it and their number; empty in an ordered run.
    pub(super) ahead: Vec<(u64, u64)>,
    /// The sink's mark.
    pub(super) output: Value,
    /// Bytes of the quarantine file.
    pub(super) quarantine: u64,
    /// What was counted so far.
    pub(super) tally: Tally,
    /// Whether the corpus is at its end, and only the output's name is left to give.
    pub(super) ended: bool,
}

/// The file that keeps it.
pub(super) struct Checkpoint {
    path: PathBuf,
}

impl Checkpoint {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// What was kept; none where nothing was.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(super) fn load(&self) -> Result<Option<State>, Diagnostic> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failure(&error.to_string())),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| self.failure(&error.to_string()))
    }

    fn failure(&self, what: &str) -> Diagnostic {
        Diagnostic::error(self.path.display().to_string(), format!("the checkpoint cannot be used: {what}"))
            .hint("remove it to start anew")
    }

    /// Why a run must not start where one that stopped has left this.
    pub(super) fn in_the_way(&self) -> Diagnostic {
        Diagnostic::error(self.path.display().to_string(), "a run that stopped has left its place here")
            .hint("add --resume to go on with it, or remove this file to start anew")
    }

    /// Refuses to go on with a run that was asked something else.
    ///
    /// # Errors
    /// Names the first thing that differs.
    pub(super) fn same(&self, kept: &Value, asked: &Value) -> Result<(), Diagnostic> {
        let (Value::Object(before), Value::Object(now)) = (kept, asked) else { return Ok(()) };
        let differs = now.iter().find(|(key, value)| before.get(*key) != Some(value));
        differs.map_or(Ok(()), |(key, value)| {
            let before = before.get(key).unwrap_or(&Value::Null);
            Err(self
                .failure(&format!("the run that stopped had {key} {before}, this one has {value}"))
                .hint("give what the run that stopped was given, or remove this file to start anew"))
        })
    }

    /// Keeps a state in place of the one before.
    ///
    /// # Errors
    /// As the system tells them.
    pub(super) fn save(&self, state: &State) -> Result<(), Diagnostic> {
        let new = beside(&self.path, ".new");
        let written = serde_json::to_vec(state).map_err(io::Error::other).and_then(|bytes| {
            let mut file = File::create(&new)?;
            file.write_all(&bytes)?;
            file.sync_data()?;
            fs::rename(&new, &self.path)?;
            sync_folder(&self.path)
        });
        written.map_err(|error| {
            Diagnostic::error(self.path.display().to_string(), error.to_string())
                .hint("check the folder, its permissions and its free space")
        })
    }

    /// Removes it at the end of a run.
    ///
    /// # Errors
    /// As the system tells them.
    pub(super) fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
