//! Learned tables of weights, one feature and its weight a line, and the sums over what they say.
//!
//! What the judges of coding and of dates weigh lies in `lexicon/judge/` as text; this is how it is read.

use std::{
    fmt::{self, Write as _},
    sync::OnceLock,
};

use rustc_hash::FxHashMap;

/// Weight of each feature of a table that this build carries.
#[derive(Debug)]
pub struct Weights {
    text: &'static str,
    table: OnceLock<FxHashMap<&'static str, f32>>,
}

impl Weights {
    /// A table from its text, read on first use.
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    /// Sum over features; one that the table lacks weighs nothing.
    pub fn sum(&self, features: &[String]) -> f32 {
        let table = self.table();
        features.iter().filter_map(|f| table.get(f.as_str())).sum()
    }

    fn table(&self) -> &FxHashMap<&'static str, f32> {
        self.table.get_or_init(|| {
            let rows = self.text.lines().filter(|line| !line.starts_with('#')).filter_map(|row| row.split_once('\t'));
            rows.filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?))).collect()
        })
    }
}

/// Takes the features of one thing after the other and sums their weights; one that the table lacks weighs nothing.
///
/// A feature is written into one buffer and looked up there. Its name is kept only where somebody wants to read or to
/// learn from it.
#[derive(Debug)]
pub struct Features<'w> {
    table: &'w FxHashMap<&'static str, f32>,
    buffer: String,
    sum: f32,
    names: Option<Vec<String>>,
}

impl<'w> Features<'w> {
    /// For sums alone.
    pub fn summed(weights: &'w Weights) -> Self {
        Self { table: weights.table(), buffer: String::with_capacity(64), sum: 0.0, names: None }
    }

    /// For sums and names.
    pub fn named(weights: &'w Weights) -> Self {
        Self { names: Some(Vec::new()), ..Self::summed(weights) }
    }

    /// Takes a feature.
    pub fn push(&mut self, feature: fmt::Arguments<'_>) {
        self.buffer.clear();
        // Writing to a string cannot fail.
        let _ = self.buffer.write_fmt(feature);
        self.sum += self.table.get(self.buffer.as_str()).copied().unwrap_or(0.0);
        if let Some(names) = &mut self.names {
            names.push(self.buffer.clone());
        }
    }

    /// Sum and names of what was taken; begins anew.
    pub fn take(&mut self) -> (f32, Vec<String>) {
        (std::mem::take(&mut self.sum), self.names.as_mut().map_or_else(Vec::new, std::mem::take))
    }
}

/// Of weighed answers, given by what they say and their sums, the one to choose: the best of those that say the same whose two
/// best weigh most together, each by `exp` of its sum.
///
/// A state is named in many ways in one story: "Moscow", "the Russian army", "they". Which state it was matters more than which of
/// its arms, so two answers that agree on it support each other; more than two would only count how often it is named.
/// Among equals the first wins.
pub fn choose<K: PartialEq>(answers: impl IntoIterator<Item = (K, f32)>) -> Option<usize> {
    struct Group<K> {
        says: K,
        best: (usize, f32),
        second: f32,
    }
    let mut groups: Vec<Group<K>> = Vec::new();
    for (index, (says, sum)) in answers.into_iter().enumerate() {
        match groups.iter_mut().find(|group| group.says == says) {
            Some(group) if sum > group.best.1 => {
                group.second = group.best.1;
                group.best = (index, sum);
            }
            Some(group) => group.second = group.second.max(sum),
            None => groups.push(Group { says, best: (index, sum), second: f32::NEG_INFINITY }),
        }
    }
    let top = groups.iter().map(|group| group.best.1).fold(f32::NEG_INFINITY, f32::max);
    let weight = |group: &Group<K>| (group.best.1 - top).exp() + (group.second - top).exp();
    groups.into_iter().reduce(|best, next| if weight(&next) > weight(&best) { next } else { best }).map(|g| g.best.0)
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn two_that_agree_outweigh_one_that_is_little_better() {
        assert_eq!(choose([("a", 1.0), ("b", 0.8), ("b", 0.9)]), Some(2));
        assert_eq!(choose([("a", 3.0), ("b", 0.8), ("b", 0.9)]), Some(0));
    }

    #[test]
    fn a_third_that_agrees_adds_nothing() {
        assert_eq!(choose([("a", 1.0), ("b", 0.2), ("b", 0.2), ("b", 0.2), ("b", 0.2)]), Some(0));
    }

    #[test]
    fn the_first_of_equals_is_chosen_and_nothing_of_none() {
        assert_eq!(choose([("a", 1.0), ("b", 1.0)]), Some(0));
        assert_eq!(choose::<u8>([]), None);
    }
}
