//! How much each feature speaks for a place: `lexicon/places/attach.tsv`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::entry;

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

    /// Sum over features.
    pub fn sum(&self, features: &[String]) -> f64 {
        features.iter().map(|f| self.of(f)).sum()
    }

    fn of(&self, feature: &str) -> f64 {
        self.0.get(feature).copied().unwrap_or(0.0)
    }

    /// The three features that weigh most.
    pub fn explain(&self, features: &[String]) -> String {
        let mut ranked: Vec<(&String, f64)> =
            features.iter().map(|f| (f, self.of(f))).filter(|(_, w)| *w > 0.0).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.iter().take(3).map(|(f, w)| format!("{f} {w:+.1}")).collect::<Vec<_>>().join(", ")
    }
}
