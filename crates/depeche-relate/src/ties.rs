//! How two marked parties hang together in the tree.

use depeche_model::{Parsed, Span, Tree, Upos};

/// Tokens of one marked party.
pub(crate) struct Side {
    /// First token, and one past the last.
    pub tokens: (u32, u32),
    /// The token of it that the others hang on.
    pub head: u32,
}

impl Side {
    /// The party whose words lie in these bytes; `None` where no token does.
    pub fn of(parsed: &Parsed, tree: &Tree<'_>, span: Span) -> Option<Self> {
        let first = parsed.tokens.iter().position(|t| t.span.overlap(span) > 0)? as u32;
        let end = parsed.tokens.iter().rposition(|t| t.span.overlap(span) > 0)? as u32 + 1;
        let inside = |at: u32| (first..end).contains(&at);
        let head = (first..end)
            .find(|&at| tree.token(at).upos != Upos::Punct && tree.head(at).is_none_or(|head| !inside(head)));
        Some(Self { tokens: (first, end), head: head.unwrap_or(end - 1) })
    }

    /// A party that is not told: no token is its, and what it hangs on is the root.
    pub fn absent(parsed: &Parsed, tree: &Tree<'_>) -> Option<Self> {
        let end = parsed.tokens.len() as u32;
        let root = (0..end).find(|&at| tree.head(at).is_none() && tree.token(at).upos != Upos::Punct)?;
        Some(Self { tokens: (end, end), head: root })
    }

    /// Whether a token is one of the party's.
    pub fn holds(&self, at: u32) -> bool {
        (self.tokens.0..self.tokens.1).contains(&at)
    }
}

/// A token and those above it, up to the root.
pub(crate) fn above(tree: &Tree<'_>, at: u32) -> Vec<u32> {
    let mut all = vec![at];
    let mut last = at;
    while let Some(head) = tree.head(last) {
        if all.len() > tree.tokens.len() {
            break;
        }
        all.push(head);
        last = head;
    }
    all
}

/// The way from one token to another: up to the token where they meet, and down. `None` between sentences.
pub(crate) struct Path {
    /// Tokens on the way up, the first of them the start.
    pub up: Vec<u32>,
    /// Where the ways meet.
    pub top: u32,
    /// Tokens on the way from the goal up, the first of them the goal.
    pub down: Vec<u32>,
}

impl Path {
    /// Between two tokens of a sentence.
    pub fn between(tree: &Tree<'_>, from: u32, to: u32) -> Option<Self> {
        let (left, right) = (above(tree, from), above(tree, to));
        let top = *left.iter().find(|at| right.contains(at))?;
        let until = |way: Vec<u32>| way.into_iter().take_while(|&at| at != top).collect();
        Some(Self { up: until(left), top, down: until(right) })
    }

    /// Every token of it but those of the two parties.
    pub fn inner<'p>(&'p self, sides: [&'p Side; 2]) -> impl Iterator<Item = u32> + 'p {
        let all = self.up.iter().copied().chain([self.top]).chain(self.down.iter().copied());
        all.filter(move |&at| !sides.iter().any(|side| side.holds(at)))
    }
}
