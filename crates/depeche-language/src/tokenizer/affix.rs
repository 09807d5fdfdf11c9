//! One chunk without white space, cut by prefixes, suffixes and infixes.

use super::{Memory, Tokenizer};
use crate::pattern::Pattern;

impl Tokenizer {
    /// Whether an affix rule would cut the text.
    pub(super) fn has_affix(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let (length, suffix) = (self.length(self.prefix.as_ref(), &chars), self.length(self.suffix.as_ref(), &chars));
        length > 0
            || suffix > 0
            || self.infix.as_ref().is_some_and(|p| p.search(&chars, &self.sets, 0, false).is_some())
    }

    /// Appends the parts of a chunk to the memory's parts; special cases count only if asked for.
    pub(super) fn split(&self, text: &str, specials: bool, memory: &mut Memory) {
        if specials && self.special(text, memory) {
            return;
        }
        let mut chars = std::mem::take(&mut memory.chars);
        let mut bytes = std::mem::take(&mut memory.bytes);
        let mut suffixes = std::mem::take(&mut memory.suffixes);
        chars.clear();
        chars.extend(text.chars());
        bytes.clear();
        bytes.extend(text.char_indices().map(|(at, _)| at));
        bytes.push(text.len());
        suffixes.clear();
        let chunk = Chunk { text, chars: &chars, bytes: &bytes };
        let rest = self.strip(&chunk, specials, memory, &mut suffixes);
        self.middle(&chunk, rest, specials, memory);
        for &(from, to) in suffixes.iter().rev() {
            self.push(chunk.part(from, to), memory);
        }
        (memory.chars, memory.bytes, memory.suffixes) = (chars, bytes, suffixes);
    }

    /// Takes affixes off; pushes the prefixes, keeps the suffixes and returns what is left.
    fn strip(
        &self,
        chunk: &Chunk,
        specials: bool,
        memory: &mut Memory,
        suffixes: &mut Vec<(usize, usize)>,
    ) -> (usize, usize) {
        let is_special = |from, to| specials && self.specials.get(chunk.part(from, to)).is_some();
        let (mut from, mut to) = (0, chunk.chars.len());
        let mut last = 0;
        while from < to && to - from != last {
            if self.whole(self.token.as_ref(), &chunk.chars[from..to]) || is_special(from, to) {
                break;
            }
            last = to - from;
            let prefix = self.length(self.prefix.as_ref(), &chunk.chars[from..to]);
            if prefix > 0 && from + prefix < to && is_special(from + prefix, to) {
                self.push(chunk.part(from, from + prefix), memory);
                from += prefix;
                break;
            }
            let suffix = self.length(self.suffix.as_ref(), &chunk.chars[from + prefix..to]);
            if suffix > 0 && from + suffix < to && is_special(from, to - suffix) {
                suffixes.push((to - suffix, to));
                to -= suffix;
                break;
            }
            if prefix > 0 {
                self.push(chunk.part(from, from + prefix), memory);
                from += prefix;
            }
            if suffix > 0 {
                suffixes.push((to - suffix, to));
                to -= suffix;
            }
        }
        (from, to)
    }

    /// What is left between the affixes: a special case, a URL, or pieces between infixes.
    fn middle(&self, chunk: &Chunk, (from, to): (usize, usize), specials: bool, memory: &mut Memory) {
        if from == to || (specials && self.special(chunk.part(from, to), memory)) {
            return;
        }
        let chars = &chunk.chars[from..to];
        let url = chars.contains(&'.').then_some(self.url.as_ref()).flatten();
        if self.whole(self.token.as_ref(), chars) || self.whole(url, chars) {
            self.push(chunk.part(from, to), memory);
            return;
        }
        let (mut start, mut at, mut advance) = (0, 0, false);
        while let Some((begin, end)) = self.infix.as_ref().and_then(|p| p.search(chars, &self.sets, at, advance)) {
            (at, advance) = (end, begin == end);
            if begin == 0 {
                continue;
            }
            self.push(chunk.part(from + start, from + begin), memory);
            self.push(chunk.part(from + begin, from + end), memory);
            start = end;
        }
        self.push(chunk.part(from + start, to), memory);
    }

    fn special(&self, text: &str, memory: &mut Memory) -> bool {
        let Some(parts) = self.specials.get(text) else { return false };
        for (part, norm) in parts {
            let word = self.intern(part, norm.as_deref(), &mut memory.words);
            memory.parts.push((word, part.len() as u32));
        }
        true
    }

    fn push(&self, text: &str, memory: &mut Memory) {
        if !text.is_empty() {
            let word = self.intern(text, None, &mut memory.words);
            memory.parts.push((word, text.len() as u32));
        }
    }

    /// Characters of the first match; 0 without one.
    fn length(&self, pattern: Option<&Pattern>, chars: &[char]) -> usize {
        pattern.and_then(|p| p.search(chars, &self.sets, 0, false)).map_or(0, |(from, to)| to - from)
    }

    /// Whether a pattern matches from the first character.
    fn whole(&self, pattern: Option<&Pattern>, chars: &[char]) -> bool {
        pattern.and_then(|p| p.search(chars, &self.sets, 0, false)).is_some_and(|(from, _)| from == 0)
    }
}

struct Chunk<'c> {
    text: &'c str,
    chars: &'c [char],
    bytes: &'c [usize],
}

impl Chunk<'_> {
    /// Text between two characters.
    fn part(&self, from: usize, to: usize) -> &str {
        &self.text[self.bytes[from]..self.bytes[to]]
    }
}
