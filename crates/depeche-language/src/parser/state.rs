//! Stack, buffer and arcs of an arc-eager parse, and which moves they allow.
//!
//! spaCy's variant: a left arc may replace a head that the token already has; a token popped without a head goes back to
//! the buffer, once; `Break` marks the second token of the buffer as the start of a sentence, and no arc may then reach it
//! from before.

/// Kinds of moves; the numbers are bits of [`State::allowed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MoveKind {
    /// First of the buffer onto the stack.
    Shift = 0,
    /// Top of the stack away.
    Reduce = 1,
    /// The first of the buffer becomes head of the top of the stack.
    Left = 2,
    /// The top of the stack becomes head of the first of the buffer.
    Right = 3,
    /// A sentence starts at the second of the buffer.
    Break = 4,
}

impl MoveKind {
    /// From spaCy's letter.
    pub fn parse(letter: &str) -> Option<Self> {
        Some(match letter {
            "S" => Self::Shift,
            "D" => Self::Reduce,
            "L" => Self::Left,
            "R" => Self::Right,
            "B" => Self::Break,
            _ => return None,
        })
    }
}

/// Arcs by child: head (the child itself where there is none) and label.
pub(crate) struct Arcs<'s> {
    /// Head of each token, if it has one.
    pub heads: &'s [Option<u32>],
    /// Label of each token that has a head.
    pub labels: &'s [u16],
}

/// A parse under way.
#[derive(Default)]
pub(crate) struct State {
    length: u32,
    /// First token never shifted.
    next: u32,
    stack: Vec<u32>,
    /// Tokens that went back to the buffer, the first one last.
    back: Vec<u32>,
    heads: Vec<Option<u32>>,
    labels: Vec<u16>,
    /// Last child attached on each side, by head, and the one attached before it, by child.
    left: Vec<Option<u32>>,
    right: Vec<Option<u32>>,
    previous: Vec<Option<u32>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    /// Begins a document.
    pub fn reset(&mut self, length: usize) {
        self.length = length as u32;
        self.next = 0;
        self.stack.clear();
        self.back.clear();
        self.labels.clear();
        self.labels.resize(length, 0);
        for list in [&mut self.heads, &mut self.left, &mut self.right, &mut self.previous] {
            list.clear();
            list.resize(length, None);
        }
        for list in [&mut self.unshiftable, &mut self.starts] {
            list.clear();
            list.resize(length, false);
        }
    }

    /// Whether stack and buffer are empty.
    pub fn is_final(&self) -> bool {
        self.stack.is_empty() && self.waiting() == 0
    }

    /// Ends the parse where it stands.
    pub fn give_up(&mut self) {
        self.stack.clear();
        self.back.clear();
        self.next = self.length;
    }

    /// The arcs made so far.
    pub fn arcs(&self) -> Arcs<'_> {
        Arcs { heads: &self.heads, labels: &self.labels }
    }

    /// The eight tokens that decide the next move.
    pub fn places(&self) -> [Option<u32>; 8] {
        let (first, top) = (self.buffer(0), self.top(0));
        let child = |list: &[Option<u32>], head: Option<u32>| head.and_then(|h| list[h as usize]);
        [
            first,
            self.buffer(1),
            top,
            self.top(1),
            self.top(2),
            child(&self.left, first),
            child(&self.left, top),
            child(&self.right, top),
        ]
    }

    /// Kinds of moves allowed, one bit each.
    pub fn allowed(&self) -> usize {
        let (depth, waiting) = (self.stack.len(), self.waiting());
        let first = self.buffer(0);
        let starts = |token: Option<u32>| token.is_some_and(|t| self.starts[t as usize]);
        let stuck = first.is_some_and(|t| self.unshiftable[t as usize]);
        let arc = depth > 0 && waiting > 0 && !starts(first);
        let shift = depth == 0 || (waiting >= 2 && !starts(first) && !stuck);
        let second = self.buffer(1);
        let next_door = first.zip(second).is_some_and(|(a, b)| b == a + 1);
        let split = waiting >= 2 && next_door && !starts(second);
        usize::from(shift) << MoveKind::Shift as usize
            | usize::from(depth > 0) << MoveKind::Reduce as usize
            | usize::from(arc) << MoveKind::Left as usize
            | usize::from(arc) << MoveKind::Right as usize
            | usize::from(split) << MoveKind::Break as usize
    }

    /// Makes a move, which must be allowed.
    pub fn advance(&mut self, (kind, label): (MoveKind, u16)) {
        match (kind, self.top(0), self.buffer(0)) {
            (MoveKind::Shift, _, _) => self.push(),
            (MoveKind::Reduce, Some(top), _) => {
                self.stack.pop();
                if self.heads[top as usize].is_none() && !self.stack.is_empty() {
                    self.unshiftable[top as usize] = true;
                    self.back.push(top);
                }
            }
            (MoveKind::Left, Some(top), Some(first)) => {
                self.attach(first, top, label);
                self.unshiftable[first as usize] = false;
                self.stack.pop();
            }
            (MoveKind::Right, Some(top), Some(first)) => {
                self.attach(top, first, label);
                self.push();
            }
            (MoveKind::Break, _, _) => {
                if let Some(second) = self.buffer(1) {
                    self.starts[second as usize] = true;
                }
            }
            // Not allowed; ending the parse is the only move that cannot loop.
            _ => self.give_up(),
        }
    }

    fn waiting(&self) -> usize {
        (self.length - self.next) as usize + self.back.len()
    }

    fn top(&self, index: usize) -> Option<u32> {
        self.stack.len().checked_sub(index + 1).map(|at| self.stack[at])
    }

    fn buffer(&self, index: usize) -> Option<u32> {
        if index < self.back.len() {
            return Some(self.back[self.back.len() - 1 - index]);
        }
        let token = self.next + (index - self.back.len()) as u32;
        (token < self.length).then_some(token)
    }

    fn push(&mut self) {
        if let Some(first) = self.buffer(0) {
            if self.back.pop().is_none() {
                self.next += 1;
            }
            self.stack.push(first);
        }
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        if let Some(old) = self.heads[child as usize] {
            let list = if old > child { &mut self.left } else { &mut self.right };
            if list[old as usize] == Some(child) {
                list[old as usize] = self.previous[child as usize];
            }
        }
        let list = if head > child { &mut self.left } else { &mut self.right };
        self.previous[child as usize] = list[head as usize];
        list[head as usize] = Some(child);
        self.heads[child as usize] = Some(head);
        self.labels[child as usize] = label;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(state: &State, kind: MoveKind) -> bool {
        state.allowed() >> kind as usize & 1 == 1
    }

    #[test]
    fn an_empty_stack_allows_shift_and_break_only() {
        let mut state = State::default();
        state.reset(3);
        assert_eq!(state.allowed(), 1 << MoveKind::Shift as usize | 1 << MoveKind::Break as usize);
        assert!(!state.is_final());
    }

    #[test]
    fn no_arc_crosses_a_sentence_start() {
        let mut state = State::default();
        state.reset(3);
        state.advance((MoveKind::Break, 0));
        assert!(!allows(&state, MoveKind::Break));
        state.advance((MoveKind::Shift, 0));
        assert!(
            !allows(&state, MoveKind::Left) && !allows(&state, MoveKind::Right) && !allows(&state, MoveKind::Shift)
        );
        assert!(allows(&state, MoveKind::Reduce));
    }

    #[test]
    fn a_token_goes_back_to_the_buffer_once() {
        let mut state = State::default();
        state.reset(3);
        state.advance((MoveKind::Shift, 0));
        state.advance((MoveKind::Shift, 0));
        state.advance((MoveKind::Reduce, 0));
        assert_eq!(state.places()[0], Some(1), "token 1 had no head: it waits again");
        assert!(!allows(&state, MoveKind::Shift), "and may not be shifted a second time");
        state.advance((MoveKind::Left, 7));
        assert_eq!(state.arcs().heads[0], Some(1));
        assert_eq!(state.places()[5], Some(0), "leftmost child of the first of the buffer");
        assert!(allows(&state, MoveKind::Shift));
    }

    #[test]
    fn a_left_arc_replaces_the_head() {
        let mut state = State::default();
        state.reset(3);
        state.advance((MoveKind::Shift, 0));
        state.advance((MoveKind::Right, 1));
        assert_eq!(state.places()[7], None);
        state.advance((MoveKind::Left, 2));
        assert_eq!(state.arcs().heads[1], Some(2));
        assert_eq!(state.arcs().labels[1], 2);
        assert_eq!(state.places()[7], None, "token 0 lost its child");
    }

    #[test]
    fn the_last_token_may_not_be_shifted_onto_others() {
        let mut state = State::default();
        state.reset(2);
        state.advance((MoveKind::Shift, 0));
        assert!(!allows(&state, MoveKind::Shift) && allows(&state, MoveKind::Right));
    }
}
