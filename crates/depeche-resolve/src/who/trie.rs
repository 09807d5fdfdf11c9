//! Longest match of many names over the words of a text.
//!
//! A trie whose edges are whole words: node and word give the next node through one hash map. Words are numbered, so
//! that a text is folded and looked up once and every match after that compares numbers.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// Number of a word; [`UNKNOWN`] for one that no form holds.
pub(crate) type Word = u32;
/// A word that is in no form.
pub(crate) const UNKNOWN: Word = u32::MAX;

/// Many forms, each with values of type `V`.
#[derive(Clone, Debug)]
pub(crate) struct Trie<V> {
    words: FxHashMap<CompactString, Word>,
    edges: FxHashMap<(u32, Word), u32>,
    values: Vec<Vec<V>>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Self { words: FxHashMap::default(), edges: FxHashMap::default(), values: vec![Vec::new()] }
    }
}

impl<V> Trie<V> {
    /// Adds a value under a form already cut into pieces; an empty form is passed over.
    pub(crate) fn add(&mut self, pieces: &[CompactString], value: V) {
        if pieces.is_empty() {
            return;
        }
        let mut node = 0;
        for piece in pieces {
            let fresh = self.words.len() as Word;
            let word = *self.words.entry(piece.clone()).or_insert(fresh);
            let next = self.values.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.values.push(Vec::new());
            }
        }
        self.values[node as usize].push(value);
    }

    /// Number of a folded word.
    pub(crate) fn word(&self, piece: &str) -> Word {
        self.words.get(piece).copied().unwrap_or(UNKNOWN)
    }

    /// Every form that starts with the first of `words`, shortest first: its length in words and its values.
    pub(crate) fn prefixes<'s>(&'s self, words: &'s [Word]) -> impl Iterator<Item = (usize, &'s [V])> {
        let mut node = 0;
        words
            .iter()
            .map_while(move |&word| {
                node = *self.edges.get(&(node, word))?;
                Some(node)
            })
            .enumerate()
            .filter_map(|(i, node)| {
                let values = self.values[node as usize].as_slice();
                (!values.is_empty()).then_some((i + 1, values))
            })
    }

    /// The values of one whole form; empty where there is none.
    pub(crate) fn get(&self, pieces: &[CompactString]) -> &[V] {
        let mut node = 0;
        for piece in pieces {
            let Some(&next) = self.edges.get(&(node, self.word(piece))) else { return &[] };
            node = next;
        }
        &self.values[node as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::who::fold::pieces;

    #[test]
    fn prefixes_come_shortest_first() {
        let mut trie = Trie::default();
        trie.add(&pieces("Congo"), 1);
        trie.add(&pieces("Congo-Brazzaville"), 2);
        let words: Vec<_> = pieces("Congo Brazzaville said").iter().map(|p| trie.word(p)).collect();
        let found: Vec<_> = trie.prefixes(&words).map(|(n, v)| (n, v[0])).collect();
        assert_eq!(found, [(1, 1), (2, 2)]);
        assert_eq!(trie.get(&pieces("congo brazzaville")), [2]);
        assert!(trie.get(&pieces("brazzaville")).is_empty());
    }
}
