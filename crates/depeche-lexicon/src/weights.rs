//! A learned table of weights: one feature and its weight a line.
//!
//! What the judges of coding and of dates weigh lies in `lexicon/judge/` as text; this is how it is read.

use std::{collections::HashMap, sync::OnceLock};

/// Weight of each feature of a table that this build carries.
#[derive(Debug)]
pub struct Weights {
    text: &'static str,
    table: OnceLock<HashMap<&'static str, f32>>,
}

impl Weights {
    /// A table from its text, read on first use.
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    /// Sum over features; one that the table lacks weighs nothing.
    pub fn sum(&self, features: &[String]) -> f32 {
        let table = self.table.get_or_init(|| {
            let rows = self.text.lines().filter(|line| !line.starts_with('#')).filter_map(|row| row.split_once('\t'));
            rows.filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?))).collect()
        });
        features.iter().filter_map(|f| table.get(f.as_str())).sum()
    }
}
