//! The word types seen so far: text, embedding keys and, once computed, embedded vectors.
//!
//! News repeats itself: after a few thousand words most tokens are types already known, so their share of the network,
//! which needs no context, is looked up. The table belongs to one thread's scratch memory and is emptied when full.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::lexeme::{Attributes, is_space};

/// One word type.
pub(crate) struct Word {
    /// Its letters.
    pub text: CompactString,
    /// Identifiers of normal form, prefix, suffix and shape.
    pub keys: [u64; 4],
    /// White space only.
    pub space: bool,
    /// A special case of several tokens begins with it.
    pub opens: bool,
}

/// Word types by number.
#[derive(Default)]
pub(crate) struct Words {
    plain: FxHashMap<CompactString, u32>,
    /// Words to which a special case gives a normal form of its own.
    normed: FxHashMap<(CompactString, CompactString), u32>,
    list: Vec<Word>,
}

impl Words {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// A word by number. Numbers come from [`Words::intern`] of this table since it was last emptied.
    pub fn get(&self, word: u32) -> &Word {
        &self.list[word as usize]
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.plain.clear();
        self.normed.clear();
        self.list.clear();
    }

    /// The number of a word, new or known. `opens` says whether special cases begin with it.
    pub fn intern(
        &mut self,
        text: &str,
        norm: Option<&str>,
        attributes: &Attributes,
        opens: impl Fn(&str) -> bool,
    ) -> u32 {
        let known = match norm {
            None => self.plain.get(text),
            Some(norm) => self.normed.get(&(text.into(), norm.into())),
        };
        if let Some(&word) = known {
            return word;
        }
        let word = self.list.len() as u32;
        let keys = attributes.of(text, norm);
        self.list.push(Word { text: text.into(), keys, space: text.chars().all(is_space), opens: opens(text) });
        match norm {
            None => self.plain.insert(text.into(), word),
            Some(norm) => self.normed.insert((text.into(), norm.into()), word),
        };
        word
    }
}
