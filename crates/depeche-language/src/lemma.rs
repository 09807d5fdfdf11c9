//! Edit trees: how a word's letters become its dictionary form.
//!
//! A tree keeps the middle of a word and edits what is before and after it, each by a tree of its own, down to strings put
//! for strings. A tree that does not fit a word leaves it as it is.

use compact_str::CompactString;

use crate::ModelError;
use crate::manifest::{Lemmas, Tree};

/// The edit trees of a pipeline.
pub(crate) struct EditTrees {
    labels: Vec<u32>,
    trees: Vec<Tree>,
}

impl EditTrees {
    /// Takes the manifest's trees; every number must point to one, and children come before parents.
    pub fn new(lemmas: Lemmas) -> Result<Self, ModelError> {
        let Lemmas { labels, trees } = lemmas;
        let below = |child: i32, index: usize| usize::try_from(child).map_or(child == -1, |child| child < index);
        let children_first = trees.iter().enumerate().all(|(index, tree)| match tree {
            Tree::Match(_, _, before, after) => below(*before, index) && below(*after, index),
            Tree::Replace(..) => true,
        });
        if children_first && labels.iter().all(|&label| (label as usize) < trees.len()) {
            Ok(Self { labels, trees })
        } else {
            Err(ModelError::new("manifest.json, lemmas", "a tree that points outside the table"))
        }
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The dictionary form of a word under a label; the word itself if the tree does not fit.
    pub fn lemma(&self, label: usize, word: &str) -> CompactString {
        let mut out = CompactString::default();
        if self.edit(self.labels[label] as usize, word, &mut out) { out } else { word.into() }
    }

    fn edit(&self, tree: usize, part: &str, out: &mut CompactString) -> bool {
        match &self.trees[tree] {
            Tree::Replace(from, to) => {
                out.push_str(to);
                part == from
            }
            Tree::Match(before, after, first, last) => {
                let length = part.chars().count();
                let (before, after) = (*before as usize, *after as usize);
                if before + after > length {
                    return false;
                }
                let (head, rest) = part.split_at(byte(part, before));
                let (middle, tail) = rest.split_at(byte(rest, length - before - after));
                let child = |tree: i32, part: &str, out: &mut CompactString| {
                    usize::try_from(tree).map_or(true, |tree| self.edit(tree, part, out))
                };
                if !child(*first, head, out) {
                    return false;
                }
                out.push_str(middle);
                child(*last, tail, out)
            }
        }
    }
}

/// Byte at which a character begins; the length past the end.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trees(trees: Vec<Tree>) -> EditTrees {
        EditTrees::new(Lemmas { labels: vec![trees.len() as u32 - 1], trees }).unwrap()
    }

    #[test]
    fn the_middle_stays_and_the_end_changes() {
        let trees = trees(vec![Tree::Replace("é".into(), "er".into()), Tree::Match(0, 1, -1, 0)]);
        assert_eq!(trees.lemma(0, "envoyé"), "envoyer");
        assert_eq!(trees.lemma(0, "envoya"), "envoya", "does not fit: as it is");
        assert_eq!(trees.lemma(0, ""), "");
    }

    #[test]
    fn both_ends_may_change() {
        let trees = trees(vec![
            Tree::Replace("Ge".into(), String::new()),
            Tree::Replace("t".into(), "en".into()),
            Tree::Match(2, 1, 0, 1),
        ]);
        assert_eq!(trees.lemma(0, "Gelebt"), "leben");
    }

    #[test]
    fn a_tree_that_points_to_itself_is_refused() {
        assert!(EditTrees::new(Lemmas { labels: vec![0], trees: vec![Tree::Match(0, 0, 0, -1)] }).is_err());
    }
}
