//! How much each feature speaks for a place: `lexicon/places/attach.tsv`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{
    entry,
    features::{Atoms, combine},
};

/// Weight of each feature by its name; a feature that is not listed weighs nothing.
#[derive(Debug)]
pub(super) struct Weights(FxHashMap<&'static str, f64>);

impl Weights {
    /// The embedded table, read once.
    pub fn get() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            let rows = entry::lines(include_str!("../../../../lexicon/places/attach.tsv"));
            Self(rows.filter_map(|(_, columns)| Some((*columns.first()?, columns.get(1)?.parse().ok()?))).collect())
        })
    }

    /// Sum over the features that some atoms make.
    pub fn sum(&self, atoms: &Atoms) -> f64 {
        let mut sum = 0.0;
        combine(atoms, |feature| sum += self.of(feature));
        sum
    }

    fn of(&self, feature: &str) -> f64 {
        self.0.get(feature).copied().unwrap_or(0.0)
    }

    /// The three features that weigh most.
    pub fn explain(&self, atoms: &Atoms) -> String {
        let mut ranked: Vec<(String, f64)> = Vec::new();
        combine(atoms, |feature| ranked.push((feature.to_owned(), self.of(feature))));
        ranked.retain(|(_, weight)| *weight > 0.0);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.iter().take(3).map(|(f, w)| format!("{f} {w:+.1}")).collect::<Vec<_>>().join(", ")
    }
}
