//! Why a model could not be loaded.

use std::fmt;

/// A model that cannot be used: which part of it, and why.
///
/// The remedy is nearly always the same: convert the pipeline again with `training/convert.py`, so that weights and
/// manifest come from one run.
#[derive(Debug)]
pub struct ModelError {
    place: String,
    reason: String,
}

impl ModelError {
    /// A reason and the part of the model it concerns.
    pub(crate) fn new(place: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { place: place.into(), reason: reason.to_string() }
    }

    /// The part of the model: a tensor's name, or a place in the manifest.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "language model, {}: {}; convert the pipeline again with training/convert.py",
            self.place, self.reason
        )
    }
}

impl std::error::Error for ModelError {}
