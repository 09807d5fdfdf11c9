//! Text to tokens, by spaCy's algorithm and the pipeline's own rules.
//!
//! Text is cut where white space begins and ends; each chunk is looked up among the special cases, then in the cache, and
//! otherwise loses prefixes and suffixes one by one until what is left is a special case, a URL or has to be split at its
//! infixes (`affix`). At last, special cases that the affix rules would have split are put together again over the finished
//! tokens (`special`). Single spaces between tokens are no tokens; all other white space is.

mod affix;
mod special;

use rustc_hash::FxHashMap;

use crate::lexeme::{Attributes, is_space};
use crate::manifest::Rules;
use crate::pattern::{Pattern, Set};
use crate::words::Words;
use special::Specials;

/// Characters after which a run without white space is cut: longer than any word, and it bounds the work of the patterns.
const LONGEST_CHUNK: usize = 512;
/// Chunks that a cache holds before it is emptied.
const CACHE_SIZE: usize = 1 << 16;

/// One token of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    /// Its word type.
    pub word: u32,
    /// First byte in the block.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// The rules of one pipeline.
pub(crate) struct Tokenizer {
    sets: Vec<Set>,
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token: Option<Pattern>,
    url: Option<Pattern>,
    specials: Specials,
    attributes: Attributes,
}

/// Memory of a tokenizer that one thread reuses from text to text.
#[derive(Default)]
pub(crate) struct Memory {
    pub words: Words,
    /// Chunks already cut: begin and length in `parts`.
    chunks: FxHashMap<Box<str>, (u32, u32)>,
    /// Word and length in bytes.
    parts: Vec<(u32, u32)>,
    chars: Vec<char>,
    /// Byte at which each character of the chunk begins, and its end.
    bytes: Vec<usize>,
    suffixes: Vec<(usize, usize)>,
}

impl Memory {
    /// Empties everything; numbers of words lose their meaning.
    pub fn clear(&mut self) {
        self.words.clear();
        self.chunks.clear();
        self.parts.clear();
    }
}

impl Tokenizer {
    /// Prepares the rules of a manifest.
    pub fn new(rules: Rules, attributes: Attributes) -> Self {
        let sets: Vec<Set> = rules.sets.iter().map(|edges| Set::new(edges)).collect();
        let prepare = |tree: Option<_>| tree.map(|tree| Pattern::new(&tree, &sets));
        let mut tokenizer = Self {
            prefix: prepare(rules.prefix),
            suffix: prepare(rules.suffix),
            infix: prepare(rules.infix),
            token: prepare(rules.token),
            url: prepare(rules.url),
            specials: Specials::new(rules.special),
            attributes,
            sets,
        };
        let mut memory = Memory::default();
        let split: Vec<(String, Vec<String>)> = tokenizer
            .specials
            .texts()
            .filter(|text| !text.chars().any(is_space) && tokenizer.has_affix(text))
            .map(|text| (text.to_owned(), tokenizer.plain_parts(text, &mut memory)))
            .collect();
        tokenizer.specials.rejoin(split);
        tokenizer
    }

    /// Appends the tokens of a block.
    pub fn tokens(&self, block: &str, memory: &mut Memory, out: &mut Vec<Piece>) {
        if memory.parts.len() > CACHE_SIZE * 4 || memory.chunks.len() > CACHE_SIZE {
            memory.chunks.clear();
            memory.parts.clear();
        }
        let first = out.len();
        let mut start = 0;
        let mut length = 0;
        let mut in_space = block.chars().next().is_some_and(is_space);
        for (at, c) in block.char_indices() {
            if is_space(c) != in_space {
                self.chunk(block, start..at, memory, out);
                // One space between words belongs to the word before it.
                start = if c == ' ' { at + 1 } else { at };
                length = 0;
                in_space = !in_space;
            } else if length == LONGEST_CHUNK {
                self.chunk(block, start..at, memory, out);
                start = at;
                length = 0;
            }
            length += 1;
        }
        self.chunk(block, start..block.len(), memory, out);
        self.specials.apply(self, block, &mut memory.words, out, first);
    }

    /// Appends tokens given as words, without rules; a word's normal form is that of its letters.
    pub fn word(&self, text: &str, words: &mut Words) -> u32 {
        self.intern(text, None, words)
    }

    fn intern(&self, text: &str, norm: Option<&str>, words: &mut Words) -> u32 {
        words.intern(text, norm, &self.attributes, |text| self.specials.opens(text))
    }

    fn chunk(&self, block: &str, range: std::ops::Range<usize>, memory: &mut Memory, out: &mut Vec<Piece>) {
        let text = &block[range.clone()];
        if text.is_empty() {
            return;
        }
        let (begin, count) = if let Some(&known) = memory.chunks.get(text) {
            known
        } else {
            let begin = memory.parts.len() as u32;
            self.split(text, true, memory);
            let known = (begin, memory.parts.len() as u32 - begin);
            memory.chunks.insert(text.into(), known);
            known
        };
        let mut at = range.start as u32;
        for &(word, length) in &memory.parts[begin as usize..(begin + count) as usize] {
            out.push(Piece { word, start: at, end: at + length });
            at += length;
        }
    }

    fn plain_parts(&self, text: &str, memory: &mut Memory) -> Vec<String> {
        memory.parts.clear();
        self.split(text, false, memory);
        memory.parts.iter().map(|&(word, _)| memory.words.get(word).text.to_string()).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
