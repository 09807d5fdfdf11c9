//! The learned table of weights.

use std::{collections::HashMap, sync::OnceLock};

/// Weight of each feature.
pub(super) struct Weights(HashMap<&'static str, f32>);

impl Weights {
    /// The table that this build carries.
    pub(super) fn get() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            let rows = include_str!("../../../../lexicon/judge/roles.tsv").lines().filter(|line| !line.starts_with('#'));
            Self(rows.filter_map(|row| row.split_once('\t')).filter_map(|(f, w)| Some((f, w.parse().ok()?))).collect())
        })
    }

    /// Sum over features; one that the table lacks weighs nothing.
    pub(super) fn sum(&self, features: &[String]) -> f32 {
        features.iter().filter_map(|f| self.0.get(f.as_str())).sum()
    }
}
