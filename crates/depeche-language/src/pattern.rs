//! A small matcher for the tokenizer's patterns, with Python's meaning of them.
//!
//! spaCy's affix rules are Python regular expressions with look-behind over large character classes, searched from the
//! left, first alternative first. `training/patterns.py` hands them over as trees; this matcher walks a tree by
//! backtracking over the characters of one chunk, which never holds more than a few hundred. What makes it fast is that
//! a search tries, at each place, only the alternatives that can begin with the character there.

use serde::Deserialize;

/// A node of a pattern.
#[derive(Clone, Debug, Deserialize)]
pub(crate) enum Node {
    /// One character of a set.
    #[serde(rename = "s")]
    Set(usize),
    /// One after the other.
    #[serde(rename = "q")]
    Sequence(Vec<Node>),
    /// The first that leads to a match.
    #[serde(rename = "a")]
    Alternatives(Vec<Node>),
    /// As many as lead to a match; least, most.
    #[serde(rename = "r")]
    Repeat(usize, Option<usize>, Box<Node>),
    /// Whether something stands here; characters to go back first, whether it must not.
    #[serde(rename = "l")]
    Look(usize, bool, Box<Node>),
    /// Begin of the text.
    #[serde(rename = "b")]
    Begin,
    /// End of the text.
    #[serde(rename = "e")]
    End,
}

/// A set of characters.
#[derive(Debug)]
pub(crate) struct Set {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl Set {
    /// From a sorted, flat list of first and last code points.
    pub fn new(edges: &[u32]) -> Self {
        let ranges: Vec<(u32, u32)> = edges.as_chunks::<2>().0.iter().map(|&[low, high]| (low, high)).collect();
        let ascii = (0..128).filter(|&c| covers(&ranges, c)).fold(0, |bits, c| bits | 1 << c);
        Self { ascii, ranges }
    }

    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        if code < 128 { self.ascii >> code & 1 == 1 } else { covers(&self.ranges, code) }
    }

    fn beyond_ascii(&self) -> bool {
        self.ranges.last().is_some_and(|&(_, high)| high >= 128)
    }
}

fn covers(ranges: &[(u32, u32)], code: u32) -> bool {
    let at = ranges.partition_point(|&(_, high)| high < code);
    ranges.get(at).is_some_and(|&(low, _)| low <= code)
}

/// Characters that a node can begin with.
#[derive(Clone, Copy, Default)]
struct First {
    ascii: u128,
    wide: bool,
    /// It can match without taking a character.
    empty: bool,
}

/// What to do with a place where a node ends; false sends the matcher back.
type Next<'n> = &'n mut dyn FnMut(usize) -> bool;

/// A pattern ready to search.
#[derive(Debug)]
pub(crate) struct Pattern {
    alternatives: Vec<Node>,
    /// Only at the begin of the text.
    anchored: bool,
    /// Alternatives by first character: 128 of ASCII, then all others, then the end of the text.
    by_first: Vec<Vec<u16>>,
}

const WIDE: usize = 128;
const NOTHING: usize = 129;

impl Pattern {
    /// Prepares a tree.
    pub fn new(tree: &Node, sets: &[Set]) -> Self {
        let (anchored, alternatives) = split(tree);
        let mut by_first = vec![Vec::new(); 130];
        for (index, node) in alternatives.iter().enumerate() {
            let first = first(node, sets);
            for (slot, list) in by_first.iter_mut().enumerate() {
                let able = match slot {
                    WIDE => first.wide,
                    NOTHING => false,
                    ascii => first.ascii >> ascii & 1 == 1,
                };
                if able || first.empty {
                    list.push(index as u16);
                }
            }
        }
        Self { alternatives, anchored, by_first }
    }

    /// First match at or after `from`, as begin and end. With `advance` a match at `from` itself must not be empty.
    pub fn search(&self, text: &[char], sets: &[Set], from: usize, advance: bool) -> Option<(usize, usize)> {
        let last = if self.anchored { 0 } else { text.len() };
        (from..=last).find_map(|at| self.matches(text, sets, at, advance && at == from).map(|end| (at, end)))
    }

    fn matches(&self, text: &[char], sets: &[Set], at: usize, advance: bool) -> Option<usize> {
        let slot = text.get(at).map_or(NOTHING, |&c| (c as usize).min(WIDE));
        let mut found = None;
        let mut done = |end: usize| {
            if advance && end == at {
                return false;
            }
            found = Some(end);
            true
        };
        let matcher = Matcher { text, sets };
        for &index in self.by_first.get(slot)? {
            if matcher.run(&self.alternatives[index as usize], at, &mut done) {
                break;
            }
        }
        found
    }
}

/// A leading anchor and top-level alternatives, taken apart.
fn split(tree: &Node) -> (bool, Vec<Node>) {
    match tree {
        Node::Sequence(parts) => match parts.as_slice() {
            [Node::Begin, Node::Alternatives(inner)] => (true, inner.clone()),
            [Node::Begin, ..] => (true, vec![tree.clone()]),
            _ => (false, vec![tree.clone()]),
        },
        Node::Alternatives(inner) => (false, inner.clone()),
        other => (false, vec![other.clone()]),
    }
}

fn first(node: &Node, sets: &[Set]) -> First {
    match node {
        Node::Set(set) => First { ascii: sets[*set].ascii, wide: sets[*set].beyond_ascii(), empty: false },
        Node::Sequence(parts) => {
            let mut whole = First { empty: true, ..First::default() };
            for part in parts {
                let one = first(part, sets);
                whole = First { ascii: whole.ascii | one.ascii, wide: whole.wide | one.wide, empty: one.empty };
                if !one.empty {
                    break;
                }
            }
            whole
        }
        Node::Alternatives(parts) => parts.iter().map(|part| first(part, sets)).fold(First::default(), |a, b| First {
            ascii: a.ascii | b.ascii,
            wide: a.wide | b.wide,
            empty: a.empty | b.empty,
        }),
        Node::Repeat(least, _, inner) => {
            let one = first(inner, sets);
            First { empty: one.empty || *least == 0, ..one }
        }
        Node::Look(..) | Node::Begin | Node::End => First { empty: true, ..First::default() },
    }
}

struct Matcher<'t> {
    text: &'t [char],
    sets: &'t [Set],
}

impl Matcher<'_> {
    fn run(&self, node: &Node, at: usize, next: Next) -> bool {
        match node {
            Node::Set(set) => self.text.get(at).is_some_and(|&c| self.sets[*set].has(c)) && next(at + 1),
            Node::Sequence(parts) => self.sequence(parts, at, next),
            Node::Alternatives(parts) => parts.iter().any(|part| self.run(part, at, next)),
            Node::Repeat(least, most, inner) => {
                let most = most.unwrap_or(usize::MAX);
                if let Node::Set(set) = **inner {
                    self.repeat_set(&self.sets[set], (*least, most), at, next)
                } else {
                    self.repeat(inner, (*least, most), at, next)
                }
            }
            Node::Look(behind, negative, inner) => {
                let there = at.checked_sub(*behind).is_some_and(|from| self.run(inner, from, &mut |_| true));
                there != *negative && next(at)
            }
            Node::Begin => at == 0 && next(at),
            Node::End => at == self.text.len() && next(at),
        }
    }

    fn sequence(&self, parts: &[Node], at: usize, next: Next) -> bool {
        match parts.split_first() {
            None => next(at),
            Some((one, rest)) => self.run(one, at, &mut |end| self.sequence(rest, end, next)),
        }
    }

    fn repeat_set(&self, set: &Set, (least, most): (usize, usize), at: usize, next: Next) -> bool {
        let run = self.text[at..].iter().take(most).take_while(|c| set.has(**c)).count();
        (least..=run).rev().any(|length| next(at + length))
    }

    fn repeat(&self, inner: &Node, (least, most): (usize, usize), at: usize, next: Next) -> bool {
        let again = most > 0
            && self.run(inner, at, &mut |end| {
                end > at && self.repeat(inner, (least.saturating_sub(1), most.saturating_sub(1)), end, next)
            });
        again || (least == 0 && next(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(tree: &str, sets: &[&[u32]], text: &str) -> Option<(usize, usize)> {
        let tree: Node = serde_json::from_str(tree).unwrap();
        let sets: Vec<Set> = sets.iter().map(|edges| Set::new(edges)).collect();
        let text: Vec<char> = text.chars().collect();
        Pattern::new(&tree, &sets).search(&text, &sets, 0, false)
    }

    #[test]
    fn look_behind_takes_no_character() {
        // (?<=[0-9])%$
        let tree = r#"{"q":[{"l":[1,false,{"s":0}]},{"s":1},"e"]}"#;
        let sets: [&[u32]; 2] = [&[48, 57], &[37, 37]];
        assert_eq!(find(tree, &sets, "5%"), Some((1, 2)));
        assert_eq!(find(tree, &sets, "x%"), None);
        assert_eq!(find(tree, &sets, "%"), None);
    }

    #[test]
    fn the_first_alternative_wins_though_shorter() {
        let tree = r#"{"a":[{"s":0},{"q":[{"s":0},{"s":0}]}]}"#;
        assert_eq!(find(tree, &[&[97, 97]], "baa"), Some((1, 2)));
    }

    #[test]
    fn repeats_give_back_what_the_rest_needs() {
        // a*ab
        let tree = r#"{"q":[{"r":[0,null,{"s":0}]},{"s":0},{"s":1}]}"#;
        assert_eq!(find(tree, &[&[97, 97], &[98, 98]], "aaab"), Some((0, 4)));
        // (?:ab)+
        let tree = r#"{"r":[1,null,{"q":[{"s":0},{"s":1}]}]}"#;
        assert_eq!(find(tree, &[&[97, 97], &[98, 98]], "xababa"), Some((1, 5)));
    }

    #[test]
    fn sets_reach_beyond_ascii() {
        let tree = r#"{"s":0}"#;
        assert_eq!(find(tree, &[&[0xe0, 0xff, 0x1_f300, 0x1_f3fa]], "aé"), Some((1, 2)));
        assert_eq!(find(tree, &[&[0xe0, 0xff, 0x1_f300, 0x1_f3fa]], "a🌍"), Some((1, 2)));
        assert_eq!(find(tree, &[&[0xe0, 0xff, 0x1_f300, 0x1_f3fa]], "aœ"), None);
    }
}
