//! Walks of the dependency tree.

use crate::{Parsed, Relation, Token, Upos};

/// A parse with its children lists.
pub struct Tree<'a> {
    /// The tokens.
    pub tokens: &'a [Token],
    first: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Indexes the children of every token.
    pub fn new(parsed: &'a Parsed) -> Self {
        let tokens = parsed.tokens.as_slice();
        let mut first = vec![0u32; tokens.len() + 1];
        for (at, token) in tokens.iter().enumerate() {
            if token.head as usize != at {
                first[token.head as usize + 1] += 1;
            }
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut children = vec![0u32; first.last().map_or(0, |&n| n as usize)];
        for (at, token) in tokens.iter().enumerate() {
            if token.head as usize != at {
                let place = &mut next[token.head as usize];
                children[*place as usize] = at as u32;
                *place += 1;
            }
        }
        Self { tokens, first, children }
    }

    /// A token.
    pub fn token(&self, at: u32) -> &'a Token {
        &self.tokens[at as usize]
    }

    /// Its relation to its head.
    pub fn dep(&self, at: u32) -> Relation {
        self.tokens[at as usize].dep
    }

    /// Its head, unless it is a root.
    pub fn head(&self, at: u32) -> Option<u32> {
        let head = self.tokens[at as usize].head;
        (head != at).then_some(head)
    }

    /// Its children, in text order.
    pub fn children(&self, at: u32) -> &[u32] {
        &self.children[self.first[at as usize] as usize..self.first[at as usize + 1] as usize]
    }

    /// Its children with one of these relations.
    pub fn children_by<'t>(&'t self, at: u32, relations: &'t [Relation]) -> impl Iterator<Item = u32> + 't {
        self.children(at).iter().copied().filter(move |&child| relations.contains(&self.dep(child)))
    }

    /// Whether `inner` is `outer` or hangs below it.
    pub fn below(&self, inner: u32, outer: u32) -> bool {
        let mut at = inner;
        for _ in 0..self.tokens.len() {
            if at == outer {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// Calls `visit` on every token below `at`, `at` included; a child for which `enter` is false is passed over with
    /// all that hangs below it. Depth counts from 0 at `at`.
    pub fn walk(&self, at: u32, enter: &dyn Fn(u32) -> bool, visit: &mut dyn FnMut(u32, u32)) {
        let mut stack = vec![(at, 0)];
        while let Some((token, depth)) = stack.pop() {
            visit(token, depth);
            // A malformed tree cannot loop: heads form a forest, and no path is longer than the text.
            stack.extend(
                self.children(token).iter().rev().filter(|&&child| enter(child)).map(|&child| (child, depth + 1)),
            );
        }
    }

    /// Whether the token heads a clause of its own: a finite or participial verb, or a predicate with a subject.
    pub fn heads_clause(&self, at: u32) -> bool {
        use Relation as R;
        matches!(
            self.dep(at),
            R::AclRelcl | R::Ccomp | R::Advcl | R::AdvclCleft | R::Parataxis | R::ParataxisInsert | R::Csubj
        ) || (self.dep(at) == R::Conj && self.is_predicate(at))
    }

    /// Whether the token is a verb, or a noun or adjective with a subject.
    pub fn is_predicate(&self, at: u32) -> bool {
        self.token(at).upos == Upos::Verb
            || self
                .children(at)
                .iter()
                .any(|&c| matches!(self.dep(c), Relation::Nsubj | Relation::NsubjPass | Relation::Cop))
    }
}
