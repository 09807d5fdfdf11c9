//! Arcs to a finished tree, step for step as spaCy does it.

use super::Parser;
use super::state::Arcs;

/// Rounds in which edges of subtrees are widened where arcs cross.
const ROUNDS: usize = 12;

/// The tree of one document.
#[derive(Default)]
pub(super) struct Tree {
    pub heads: Vec<u32>,
    pub labels: Vec<u16>,
    pub starts: Vec<bool>,
    /// First and last token of each subtree.
    first: Vec<u32>,
    last: Vec<u32>,
    opens: Vec<bool>,
    queue: Vec<u32>,
}

impl Tree {
    /// Builds heads, labels and sentence starts.
    pub fn build(&mut self, arcs: &Arcs, parser: &Parser, space: impl Fn(usize) -> bool) {
        self.heads.clear();
        self.heads.extend(arcs.heads.iter().enumerate().map(|(token, head)| head.unwrap_or(token as u32)));
        self.labels.clear();
        self.labels
            .extend(arcs.heads.iter().zip(arcs.labels).map(|(head, label)| head.map_or(parser.root, |_| *label)));
        self.spans();
        for token in 0..self.heads.len() {
            if let Some((own, wanted)) = parser.labels[self.labels[token] as usize].lifted {
                self.heads[token] = self.true_head(token as u32, wanted, &space);
                self.labels[token] = own;
            }
        }
        self.spans();
        self.starts.clear();
        self.starts.resize(self.heads.len(), false);
        for token in 0..self.heads.len() {
            if self.heads[token] as usize == token {
                self.starts[self.first[token] as usize] = true;
            }
        }
    }

    /// Breadth first from the head down, the first token with the wanted label; the head itself if there is none.
    fn true_head(&mut self, token: u32, wanted: u16, space: &impl Fn(usize) -> bool) -> u32 {
        let head = self.heads[token as usize];
        self.queue.clear();
        self.queue.push(head);
        let mut at = 0;
        // A cycle cannot arise from arcs, but lifting changes heads: the count keeps the search finite.
        while at < self.queue.len() && self.queue.len() <= self.heads.len() {
            let parent = self.queue[at];
            at += 1;
            for child in self.first[parent as usize]..=self.last[parent as usize] {
                let of_parent = child != parent && self.heads[child as usize] == parent;
                if !of_parent || child == token || space(child as usize) {
                    continue;
                }
                if self.labels[child as usize] == wanted {
                    return child;
                }
                self.queue.push(child);
            }
        }
        head
    }

    /// First and last token of each subtree, repeated until sentences hold their heads.
    fn spans(&mut self) {
        let count = self.heads.len() as u32;
        self.first.clear();
        self.first.extend(0..count);
        self.last.clear();
        self.last.extend(0..count);
        for _ in 0..ROUNDS {
            for token in 0..count as usize {
                self.widen(token);
            }
            for token in (0..count as usize).rev() {
                self.widen(token);
            }
            if self.within_sentences() {
                break;
            }
        }
    }

    fn widen(&mut self, token: usize) {
        let head = self.heads[token] as usize;
        self.first[head] = self.first[head].min(self.first[token]);
        self.last[head] = self.last[head].max(self.last[token]);
    }

    fn within_sentences(&mut self) -> bool {
        let count = self.heads.len();
        self.opens.clear();
        self.opens.resize(count, false);
        for token in 0..count {
            if self.heads[token] as usize == token {
                self.opens[self.first[token] as usize] = true;
            }
        }
        let mut start = 0;
        for token in 0..count {
            if (token > 0 && self.opens[token]) || token + 1 == count {
                let inside = |head: &u32| (start..=token).contains(&(*head as usize));
                if !self.heads[start..token].iter().all(inside) {
                    return false;
                }
                start = token;
            }
        }
        true
    }
}
