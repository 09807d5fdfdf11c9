//! Walks the grammar's tries over a scanned text.
//!
//! Backtracking with an explicit chain of continuations: when a group ends, the walk goes on in the phrase that asked
//! for it. Phrases are short and the trie is narrow, so that this is a handful of comparisons at each word.

use rustc_hash::FxHashMap;

use super::{
    grammar::{Atom, Class, Dotted, Grammar, Slot},
    sense::Sense,
};
use crate::{
    numerals::{Numerals, Told},
    scan::Scan,
};

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// First word of the extent.
    pub first: usize,
    /// One past its last word.
    pub end: usize,
    /// One past the last word that the phrase looked at.
    pub seen: usize,
    /// What it means.
    pub sense: Sense,
    /// Whether it only looks like an expression.
    pub never: bool,
    /// Line of the table that it stands on.
    pub line: u32,
}

/// The state of a walk.
#[derive(Clone, Copy)]
struct Draft {
    sense: Sense,
    open: Option<u32>,
    close: Option<u32>,
}

/// Where to go on when a group has ended.
struct Chain<'a> {
    node: u32,
    next: Option<&'a Chain<'a>>,
}

/// A text with each word's number in the grammar.
pub(crate) struct Matcher<'a> {
    grammar: &'a Grammar,
    numerals: &'a Numerals,
    /// The scanned text.
    pub scan: &'a Scan,
    /// Number of each word; 0 for one that the grammar does not know.
    pub ids: Vec<u16>,
}

impl<'a> Matcher<'a> {
    /// Looks every word up once.
    pub fn new(grammar: &'a Grammar, numerals: &'a Numerals, scan: &'a Scan) -> Self {
        let ids = (0..scan.words.len()).map(|index| lookup(&grammar.words, scan, index)).collect();
        Self { grammar, numerals, scan, ids }
    }

    /// The longest phrase that begins at a word.
    pub fn at(&self, start: usize) -> Option<Match> {
        let digits = self.scan.words[start].number.is_some();
        let id = usize::from(self.ids[start]);
        let edges: &[u32] = if digits { &self.grammar.digit_starts } else { &self.grammar.starts[id] };
        let draft = Draft { sense: Sense::default(), open: None, close: None };
        let mut best = None;
        for &edge in edges {
            let (atom, next) = &self.grammar.nodes[0].edges[edge as usize];
            self.step(atom, *next, start, draft, None, &mut best);
        }
        if digits && id != 0 {
            for &edge in &self.grammar.starts[id] {
                let (atom, next) = &self.grammar.nodes[0].edges[edge as usize];
                self.step(atom, *next, start, draft, None, &mut best);
            }
        }
        best.map(|mut found: Match| {
            if found.first == usize::MAX {
                found.first = start;
            }
            found
        })
    }

    fn walk(&self, node: u32, at: usize, draft: Draft, chain: Option<&Chain<'_>>, best: &mut Option<Match>) {
        let node = &self.grammar.nodes[node as usize];
        if let Some(effect) = node.accept {
            self.accept(effect, at, draft, chain, best);
        }
        for (atom, next) in &node.edges {
            self.step(atom, *next, at, draft, chain, best);
        }
    }

    /// A phrase or group has ended.
    fn accept(&self, effect: u32, at: usize, mut draft: Draft, chain: Option<&Chain<'_>>, best: &mut Option<Match>) {
        let effect = &self.grammar.effects[effect as usize];
        for (key, value) in &effect.sets {
            // The table was checked when it was read.
            let _ = draft.sense.set(key, value);
        }
        if let Some(chain) = chain {
            return self.walk(chain.node, at, draft, chain.next, best);
        }
        if let Some(frame) = effect.frame {
            draft.sense.frame = frame;
        }
        let rank = |seen: usize, never: bool, line: u32| (seen, never, u32::MAX - line);
        let rank_here = rank(at, effect.never, effect.line);
        let longer = best.as_ref().is_none_or(|b| rank_here > rank(b.seen, b.never, b.line));
        if longer {
            *best = Some(Match {
                first: draft.open.map_or(usize::MAX, |n| n as usize),
                end: draft.close.map_or(at, |n| n as usize),
                seen: at,
                sense: draft.sense,
                never: effect.never,
                line: effect.line,
            });
        }
    }

    fn step(
        &self,
        atom: &Atom,
        next: u32,
        at: usize,
        mut draft: Draft,
        chain: Option<&Chain<'_>>,
        best: &mut Option<Match>,
    ) {
        match atom {
            Atom::Open => draft.open = Some(at as u32),
            Atom::Close => draft.close = Some(at as u32),
            Atom::Glued => {
                if !self.scan.words.get(at).is_some_and(|w| w.glued) {
                    return;
                }
            }
            Atom::Group(group) => {
                let chain = Chain { node: next, next: chain };
                return self.walk(self.grammar.roots[*group as usize], at, draft, Some(&chain), best);
            }
            Atom::Words(ids) => {
                let Some(&id) = self.ids.get(at) else { return };
                if id == 0 || !ids.contains(&id) {
                    return;
                }
                return self.walk(next, at + 1, draft, chain, best);
            }
            Atom::Slot(slot) => {
                if at < self.ids.len()
                    && let Some(end) = self.fill(*slot, at, &mut draft.sense)
                {
                    self.walk(next, end, draft, chain, best);
                }
                return;
            }
        }
        self.walk(next, at, draft, chain, best);
    }

    /// Puts the word at `at` into a slot of the sense; gives the word after it.
    fn fill(&self, slot: Slot, at: usize, sense: &mut Sense) -> Option<usize> {
        match slot {
            Slot::Number => self.number(at, sense),
            Slot::Roman => {
                sense.ordinal = Some(roman(self.scan.key(at))?);
                Some(at + 1)
            }
            _ if slot.takes_digits() => self.digits(slot, at, sense),
            _ => self.class(slot, at, sense),
        }
    }

    fn number(&self, at: usize, sense: &mut Sense) -> Option<usize> {
        let numeral = self.numerals.at(self.scan, at)?;
        sense.count = match numeral.told {
            Told::Vague | Told::AtLeast => None,
            _ => Some(numeral.value as f32),
        };
        Some(numeral.end)
    }

    fn digits(&self, slot: Slot, at: usize, sense: &mut Sense) -> Option<usize> {
        let word = &self.scan.words[at];
        let (value, digits) = (word.number? as i32, word.digits);
        let fits = match slot {
            Slot::Day => (1..=2).contains(&digits) && (1..=31).contains(&value),
            Slot::MonthNumber => (1..=2).contains(&digits) && (1..=12).contains(&value),
            Slot::Year => digits == 4 && (1000..2200).contains(&value),
            Slot::ShortYear => digits == 2,
            Slot::Decade => digits == 4 && (1000..2200).contains(&value) && value % 10 == 0,
            Slot::ShortDecade => digits == 2 && value % 10 == 0,
            Slot::Hour => (1..=2).contains(&digits) && (0..=24).contains(&value),
            Slot::Minute => digits == 2 && (0..60).contains(&value),
            _ => false,
        };
        if !fits {
            return None;
        }
        match slot {
            Slot::Day => sense.day = Some(value as i8),
            Slot::MonthNumber => sense.month = Some(value as i8),
            Slot::Year | Slot::Decade => sense.year = Some(value as i16),
            // News before 2000 wrote "98"; a number beyond the thirties is of the last century.
            Slot::ShortYear | Slot::ShortDecade => {
                sense.year = Some(value as i16 + if value < 40 { 2000 } else { 1900 });
            }
            Slot::Hour => sense.hour = Some(value as i8),
            _ => sense.minute = Some(value as i8),
        }
        Some(at + 1)
    }

    fn class(&self, slot: Slot, at: usize, sense: &mut Sense) -> Option<usize> {
        let id = usize::from(self.ids[at]);
        let class = *self.grammar.classes[id].iter().find(|class| slot.takes(**class))?;
        if self.grammar.capital[id] && !self.scan.words[at].capital {
            return None;
        }
        let period = self.scan.key(at + 1) == "." && self.scan.words[at + 1].glued;
        let end = match self.grammar.dotted[id] {
            Dotted::Must if !period => return None,
            Dotted::May | Dotted::Must if period => at + 2,
            _ => at + 1,
        };
        match class {
            Class::Month(month) => sense.month = Some(month),
            Class::Weekday(day) => sense.weekday = Some(day),
            Class::Unit(unit) => sense.unit = Some(unit),
            Class::Season(season) => sense.season = Some(season),
            Class::DayPart(part) => sense.daypart = Some(part),
            Class::Ordinal(ordinal) => sense.ordinal = Some(i16::from(ordinal)),
        }
        Some(end)
    }
}

fn lookup(words: &FxHashMap<String, u16>, scan: &Scan, index: usize) -> u16 {
    words.get(scan.key(index)).copied().unwrap_or(0)
}

/// Value of a Roman number with or without a French ordinal ending ("xix", "xixe", "ier"), as folded; up to 39.
fn roman(key: &str) -> Option<i16> {
    let stem =
        key.strip_suffix("eme").or_else(|| key.strip_suffix("er")).or_else(|| key.strip_suffix('e')).unwrap_or(key);
    let mut total = 0;
    let mut last = 0;
    for letter in stem.bytes().rev() {
        let value = match letter {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    (1..40).contains(&total).then_some(total)
}
