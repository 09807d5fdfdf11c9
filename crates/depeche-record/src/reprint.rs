//! Which articles print the same text.
//!
//! Agency copy appears under another headline, cut by a paragraph, with a byline added. A text's **signature** is a
//! `MinHash` of its runs of three words (gaoya); texts with half of them in common, in one language and published within a
//! week, are one text. The earliest print is the original, and the others are its reprints: one source, many outlets.
//!
//! The index grows by one article at a time and says what changed: an original that comes in late takes the place of
//! the reprint that came in first, so the outcome does not hang on the order.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::BuildHasherDefault,
};

use depeche_model::Language;
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash64;

use crate::{telling::days_between, words::fold};

/// Bands of the index and rows of each: two texts with half their runs in common share a band 996 times in 1000.
const BANDS: usize = 42;
const ROWS: usize = 3;
/// Least share of common runs.
const ALIKE: f64 = 0.5;
/// Most days between two prints of one text.
const DAYS: i32 = 7;
/// Words of a run.
const RUN: usize = 3;
/// Runs below which a text is too short to tell a reprint from a formula.
const LEAST: usize = 20;

/// What of a text is compared; some 500 bytes, to be kept with the article. Empty for a text too short to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(Vec<u32>);

/// An article, as far as reprints ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Id of the article.
    pub article: String,
    /// Its language.
    pub language: Language,
    /// Day of publication.
    pub published: Option<Date>,
    /// What of its text is compared.
    pub signature: Signature,
}

/// An article whose original is now another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    /// Id of the article.
    pub article: String,
    /// Id of the article whose text it prints again; none if it is an original now.
    pub reprint_of: Option<String>,
}

/// Articles known so far, by their texts.
pub struct Reprints {
    hasher: MinHasher32<BuildHasherDefault<XxHash64>>,
    index: MinHashIndex<u32, String>,
    copies: BTreeMap<String, (Language, Option<Date>)>,
    alike: BTreeMap<String, BTreeSet<String>>,
}

impl std::fmt::Debug for Reprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reprints").field("copies", &self.copies.len()).finish_non_exhaustive()
    }
}

impl Default for Reprints {
    fn default() -> Self {
        Self {
            hasher: MinHasher32::new_with_hasher(BANDS * ROWS, BuildHasherDefault::default()),
            index: MinHashIndex::new(BANDS, ROWS, ALIKE),
            copies: BTreeMap::new(),
            alike: BTreeMap::new(),
        }
    }
}

impl Reprints {
    /// The signature of a text: its body, since headlines are what reprints change.
    pub fn signature(&self, text: &str) -> Signature {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.len() < LEAST + RUN - 1 {
            return Signature::default();
        }
        Signature(self.hasher.create_signature(words.windows(RUN)))
    }

    /// Takes an article in and says whose original changes, sorted by article. One that is known already changes nothing;
    /// for a corrected text, [`remove`](Self::remove) it first.
    pub fn insert(&mut self, copy: Copy) -> Vec<Change> {
        if self.copies.contains_key(&copy.article) {
            return Vec::new();
        }
        self.copies.insert(copy.article.clone(), (copy.language, copy.published));
        if copy.signature.0.len() != BANDS * ROWS {
            return Vec::new();
        }
        let found = self.index.query_owned(&copy.signature.0);
        let alike: BTreeSet<String> = found.into_iter().filter(|other| self.may_be_one(&copy, other)).collect();
        let before = self.originals(&alike);
        for other in &alike {
            self.alike.entry(other.clone()).or_default().insert(copy.article.clone());
        }
        self.alike.insert(copy.article.clone(), alike);
        self.index.insert(copy.article.clone(), copy.signature.0);
        self.changes(&BTreeSet::from([copy.article]), &before)
    }

    /// Forgets an article and says whose original changes.
    pub fn remove(&mut self, article: &str) -> Vec<Change> {
        let beside = self.alike.get(article).cloned().unwrap_or_default();
        let before = self.originals(&beside);
        for other in &beside {
            if let Some(alike) = self.alike.get_mut(other) {
                alike.remove(article);
            }
        }
        self.alike.remove(article);
        self.index.remove(&article.to_owned());
        self.copies.remove(article);
        self.changes(&beside, &before)
    }

    /// The article whose text this one prints again; none for an original or an article that is not known.
    pub fn original_of<'a>(&'a self, article: &'a str) -> Option<&'a str> {
        let family = self.family(article);
        let first = family.iter().min_by_key(|id| self.age(id))?;
        (*first != article).then_some(*first)
    }

    fn may_be_one(&self, copy: &Copy, other: &str) -> bool {
        self.copies.get(other).is_some_and(|&(language, published)| {
            language == copy.language
                && copy.published.zip(published).is_none_or(|(a, b)| days_between(a, b).abs() <= DAYS)
        })
    }

    /// Order of prints: by day, what has none last, then by id.
    fn age<'a>(&self, article: &'a str) -> (bool, Option<Date>, &'a str) {
        let day = self.copies.get(article).and_then(|&(_, day)| day);
        (day.is_none(), day, article)
    }

    /// All prints of an article's text that are known, itself included.
    fn family<'a>(&'a self, article: &'a str) -> BTreeSet<&'a str> {
        let mut all = BTreeSet::from([article]);
        let mut queue = vec![article];
        while let Some(next) = queue.pop() {
            for other in self.alike.get(next).into_iter().flatten() {
                if all.insert(other) {
                    queue.push(other);
                }
            }
        }
        all
    }

    /// Original of every article in the families of these.
    fn originals(&self, of: &BTreeSet<String>) -> BTreeMap<String, Option<String>> {
        let all: BTreeSet<&str> = of.iter().flat_map(|article| self.family(article)).collect();
        all.into_iter().map(|id| (id.to_owned(), self.original_of(id).map(ToOwned::to_owned))).collect()
    }

    fn changes(&self, of: &BTreeSet<String>, before: &BTreeMap<String, Option<String>>) -> Vec<Change> {
        let after = self.originals(of);
        after
            .into_iter()
            .filter(|(article, original)| before.get(article).unwrap_or(&None) != original)
            .map(|(article, reprint_of)| Change { article, reprint_of })
            .collect()
    }
}
