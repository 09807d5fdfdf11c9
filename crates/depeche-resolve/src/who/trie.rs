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

/// Many forms, each with values of type `V`. Forms are added first, then [`Trie::seal`] makes them visible.
#[derive(Clone, Debug)]
pub(crate) struct Trie<V> {
    words: FxHashMap<CompactString, Word>,
    edges: FxHashMap<(u32, Word), u32>,
    nodes: u32,
    pending: Vec<(u32, V)>,
    values: Vec<V>,
    /// Where each node's values start; one more than there are nodes.
    starts: Vec<u32>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        let (words, edges) = (FxHashMap::default(), FxHashMap::default());
        Self { words, edges, nodes: 1, pending: Vec::new(), values: Vec::new(), starts: vec![0, 0] }
    }
}

impl<V> Trie<V> {
    /// Room for about this many forms.
    pub(crate) fn reserve(&mut self, forms: usize) {
        self.words.reserve(forms);
        self.edges.reserve(forms * 2);
        self.pending.reserve(forms);
    }

    /// Adds a value under a form already cut into pieces; an empty form is passed over.
    pub(crate) fn add(&mut self, pieces: &[CompactString], value: V) {
        if pieces.is_empty() {
            return;
        }
        let mut node = 0;
        for piece in pieces {
            let fresh = self.words.len() as Word;
            let word = match self.words.get(piece) {
                Some(&word) => word,
                None => *self.words.entry(piece.clone()).or_insert(fresh),
            };
            let next = self.nodes;
            node = *self.edges.entry((node, word)).or_insert(next);
            self.nodes += u32::from(node == next);
        }
        self.pending.push((node, value));
    }

    /// Files what was added; of values of one form that are the `same`, the first stays.
    pub(crate) fn seal(&mut self, same: impl Fn(&V, &V) -> bool) {
        self.pending.sort_by_key(|(node, _)| *node);
        self.starts.clear();
        self.starts.push(0);
        for (node, value) in self.pending.drain(..) {
            while self.starts.len() <= node as usize {
                self.starts.push(self.values.len() as u32);
            }
            let start = self.starts[node as usize] as usize;
            if !self.values[start..].iter().any(|old| same(old, &value)) {
                self.values.push(value);
            }
        }
        while self.starts.len() <= self.nodes as usize {
            self.starts.push(self.values.len() as u32);
        }
    }

    fn values(&self, node: u32) -> &[V] {
        let at = node as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.values[start as usize..end as usize],
            _ => &[],
        }
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
            .filter_map(|(i, node)| Some((i + 1, self.values(node))).filter(|(_, values)| !values.is_empty()))
    }

    /// The values of one whole form; empty where there is none.
    pub(crate) fn get(&self, pieces: &[CompactString]) -> &[V] {
        let mut node = 0;
        for piece in pieces {
            let Some(&next) = self.edges.get(&(node, self.word(piece))) else { return &[] };
            node = next;
        }
        self.values(node)
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
        trie.add(&pieces("Congo"), 1);
        trie.seal(|a, b| a == b);
        let words: Vec<_> = pieces("Congo Brazzaville said").iter().map(|p| trie.word(p)).collect();
        let found: Vec<_> = trie.prefixes(&words).map(|(n, v)| (n, v[0])).collect();
        assert_eq!(found, [(1, 1), (2, 2)]);
        assert_eq!(trie.get(&pieces("congo brazzaville")), [2]);
        assert!(trie.get(&pieces("brazzaville")).is_empty());
    }
}
