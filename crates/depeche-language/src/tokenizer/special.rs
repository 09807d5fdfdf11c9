//! Special cases: strings whose tokens are written down.
//!
//! A special case is looked up whenever a whole chunk, or what affixes leave of it, equals it. Those that affix rules would
//! split (`J.-C.`) are also found as the sequence of tokens they fall into, so that they are recognised inside a longer
//! chunk; of overlapping finds the longest wins, then the first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Piece, Tokenizer};
use crate::words::Words;

type Parts = Vec<(String, Option<String>)>;

/// The special cases of a pipeline.
pub(super) struct Specials {
    cases: FxHashMap<String, Parts>,
    /// Token sequences to put together, by their first token.
    sequences: FxHashMap<String, Vec<Vec<String>>>,
}

impl Specials {
    /// From the manifest's table.
    pub fn new(cases: FxHashMap<String, Parts>) -> Self {
        Self { cases, sequences: FxHashMap::default() }
    }

    /// All special cases.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cases.keys().map(String::as_str)
    }

    /// The tokens of a special case.
    pub fn get(&self, text: &str) -> Option<&Parts> {
        self.cases.get(text)
    }

    /// Whether a sequence begins with a token.
    pub fn opens(&self, text: &str) -> bool {
        self.sequences.contains_key(text)
    }

    /// Sets the sequences: the tokens that each special case falls into without its rule.
    pub fn rejoin(&mut self, split: Vec<(String, Vec<String>)>) {
        for (_, parts) in split {
            if let Some(first) = parts.first() {
                self.sequences.entry(first.clone()).or_default().push(parts);
            }
        }
    }

    /// Puts special cases together again among the tokens from `first` on.
    pub fn apply(&self, tokenizer: &Tokenizer, block: &str, words: &mut Words, out: &mut Vec<Piece>, first: usize) {
        if !out[first..].iter().any(|piece| words.get(piece.word).opens) {
            return;
        }
        let found = self.longest(&out[first..], words);
        for (from, to) in found.into_iter().rev() {
            let (from, to) = (first + from, first + to);
            let (start, end) = (out[from].start, out[to - 1].end);
            let Some(parts) = self.cases.get(&block[start as usize..end as usize]) else { continue };
            let mut at = start;
            let mut fresh = Vec::with_capacity(parts.len());
            for (text, norm) in parts {
                let word = tokenizer.intern(text, norm.as_deref(), words);
                fresh.push(Piece { word, start: at, end: at + text.len() as u32 });
                at += text.len() as u32;
            }
            out.splice(from..to, fresh);
        }
    }

    /// Finds of a special case that no longer find, and no earlier one as long, overlaps.
    fn longest(&self, pieces: &[Piece], words: &Words) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for (from, piece) in pieces.iter().enumerate() {
            let word = words.get(piece.word);
            if !word.opens {
                continue;
            }
            for sequence in self.sequences.get(word.text.as_str()).into_iter().flatten() {
                let rest = &pieces[from..];
                let equal = sequence.iter().zip(rest).all(|(text, p)| words.get(p.word).text == *text);
                if equal && sequence.len() <= rest.len() {
                    all.push((from, from + sequence.len()));
                }
            }
        }
        all.sort_unstable_by_key(|&(from, to)| (std::cmp::Reverse(to - from), from));
        let mut seen = FxHashSet::default();
        let mut kept: Vec<(usize, usize)> = Vec::new();
        for (from, to) in all {
            if !seen.contains(&from) && !seen.contains(&(to - 1)) {
                kept.push((from, to));
            }
            seen.extend(from..to);
        }
        kept.sort_unstable();
        kept
    }
}
