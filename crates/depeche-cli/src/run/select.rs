//! Which articles of a corpus are wanted.

use std::hash::Hasher as _;

use depeche::Article;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

/// Why an article was passed over. No failure: it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reason {
    /// Published before `--since`.
    Before,
    /// Published after `--until`.
    After,
    /// `--since` or `--until` was given, and it tells no day.
    Undated,
    /// Not in the sample.
    Unsampled,
    /// Its address gives what it gave at an earlier visit.
    Unchanged,
    /// The output has it already.
    Known,
}

impl Reason {
    /// The reason in words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Before => "before --since",
            Self::After => "after --until",
            Self::Undated => "without a day of publication",
            Self::Unsampled => "not in the sample",
            Self::Unchanged => "unchanged since the last visit",
            Self::Known => "known already",
        }
    }
}

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selection {
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    /// Share of the articles, 0 to 1.
    pub(super) sample: f64,
    pub(super) seed: u64,
}

impl Selection {
    /// Why an article is passed over; none where it is wanted.
    pub(super) fn refuses(&self, article: &Article) -> Option<Reason> {
        match article.published {
            None if self.since.is_some() || self.until.is_some() => return Some(Reason::Undated),
            Some(day) if self.since.is_some_and(|since| day < since) => return Some(Reason::Before),
            Some(day) if self.until.is_some_and(|until| day > until) => return Some(Reason::After),
            _ => {}
        }
        (self.sample < 1.0 && share(&article.id, self.seed) >= self.sample).then_some(Reason::Unsampled)
    }
}

/// A number from 0 to below 1 that hangs on an id and a seed alone: the same article is in the same sample whatever the corpus, the order and
/// the machine, and a larger share holds the smaller.
fn share(id: &str, seed: u64) -> f64 {
    let mut hash = SipHasher13::new_with_keys(seed, 0);
    hash.write(id.as_bytes());
    (hash.finish() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_a_share_and_a_larger_one_holds_it() {
        let ids: Vec<String> = (0..10_000).map(|n| format!("a{n}")).collect();
        let below = |limit: f64, seed| ids.iter().filter(|id| share(id, seed) < limit).count();
        for seed in 0..3 {
            assert!((850..1150).contains(&below(0.1, seed)), "{}", below(0.1, seed));
            assert!((4800..5200).contains(&below(0.5, seed)), "{}", below(0.5, seed));
        }
        assert!(ids.iter().any(|id| (share(id, 0) < 0.5) != (share(id, 1) < 0.5)));
        // The sample of a study must be had again with a later version.
        assert!((share("article-1", 0) - 0.578_137_628).abs() < 0.000_001, "{}", share("article-1", 0));
    }
}
