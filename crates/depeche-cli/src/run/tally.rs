//! What a run counts.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::select::Reason;

/// Sorts of failure that are told apart; the rest counts as one.
const MAX_SORTS: usize = 64;
/// What the rest is called.
const OTHERS: &str = "other reasons";

/// Counts of a whole run, those before a `--resume` included.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Articles coded.
    pub(super) articles: u64,
    /// Their events.
    pub(super) events: u64,
    /// Documents that failed.
    pub(super) failed: u64,
    /// Warnings about articles that were coded.
    pub(super) warned: u64,
    /// Articles coded, by language.
    pub(super) languages: BTreeMap<String, u64>,
    /// Articles passed over as asked, by reason.
    pub(super) skipped: BTreeMap<Reason, u64>,
    /// Documents that failed, by sort of reason.
    pub(super) failures: BTreeMap<String, u64>,
    /// Where the time went, over all threads.
    pub(super) stages: Stages,
    /// Seconds that passed.
    pub(super) seconds: f64,
}

/// Seconds that the stages took, each summed over its threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Stages {
    /// Reading and unpacking files.
    pub(super) input: f64,
    /// Making articles of documents.
    pub(super) extraction: f64,
    /// Finding events.
    pub(super) coding: f64,
    /// Putting them into the form of the output.
    pub(super) rendering: f64,
    /// Writing and syncing.
    pub(super) output: f64,
}

impl Stages {
    /// Adds another's.
    pub(super) fn add(&mut self, other: &Self) {
        self.input += other.input;
        self.extraction += other.extraction;
        self.coding += other.coding;
        self.rendering += other.rendering;
        self.output += other.output;
    }

    /// The stages by name.
    pub(super) const fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("input", self.input),
            ("extraction", self.extraction),
            ("coding", self.coding),
            ("rendering", self.rendering),
            ("output", self.output),
        ]
    }

    /// The stage that took most, and its share, 0 to 1; none where nothing took time.
    pub(super) fn slowest(&self) -> Option<(&'static str, f64)> {
        let all: f64 = self.named().iter().map(|(_, seconds)| seconds).sum();
        let most = self.named().into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (all > 0.0).then(|| (most.0, most.1 / all))
    }
}

impl Tally {
    /// Counts an article.
    pub(super) fn coded(&mut self, language: &'static str, events: u64) {
        self.articles += 1;
        self.events += events;
        match self.languages.get_mut(language) {
            Some(count) => *count += 1,
            None => {
                self.languages.insert(language.to_owned(), 1);
            }
        }
    }

    /// Counts articles that were passed over.
    pub(super) fn skipped(&mut self, reason: Reason, count: u64) {
        if count > 0 {
            *self.skipped.entry(reason).or_default() += count;
        }
    }

    /// Counts a failure.
    pub(super) fn failed(&mut self, message: &str) {
        self.failed += 1;
        let sort = sort(message);
        let known = self.failures.len() < MAX_SORTS || self.failures.contains_key(&sort);
        *self.failures.entry(if known { sort } else { OTHERS.to_owned() }).or_default() += 1;
    }

    /// Counts time that passed.
    pub(super) fn passed(&mut self, time: Duration) {
        self.seconds += time.as_secs_f64();
    }
}

/// The sort of a failure: its message without what differs from document to document, quoted words and numbers.
fn sort(message: &str) -> String {
    let mut out = String::with_capacity(message.len().min(100));
    for (n, part) in message.split('`').enumerate() {
        if n % 2 == 1 {
            out.push('…');
            continue;
        }
        for c in part.chars() {
            match c {
                '0'..='9' if out.ends_with('…') => {}
                '0'..='9' => out.push('…'),
                c => out.push(c),
            }
        }
        if out.len() > 100 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_of_one_sort_are_counted_together() {
        let mut tally = Tally::default();
        for message in ["the line has more than 900 bytes", "the line has more than 77 bytes", "`x` is no string"] {
            tally.failed(message);
        }
        assert_eq!(tally.failures["the line has more than … bytes"], 2);
        for n in 0..200 {
            let letters: String = format!("{n:03}").chars().map(|c| char::from(c as u8 + 50)).collect();
            tally.failed(&letters);
        }
        assert!(tally.failures.len() <= MAX_SORTS + 1);
        assert_eq!(tally.failures.values().sum::<u64>(), tally.failed);
    }
}
