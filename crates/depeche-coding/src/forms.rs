//! Forms and lemmas of an article, folded and numbered once.
//!
//! A common trigger has hundreds of patterns, and nearly all of them fail because a word that they ask for is not in the
//! sentence. Every token's lemma and form are therefore looked up once in the lexicon's [`Vocabulary`]; a [`Bag`] then
//! tells with a few comparisons of numbers what a sentence lacks, and spares the walk through the tree.

use compact_str::CompactString;
use depeche_lexicon::{Lexicon, PatternRef, Vocabulary, WordId};
use depeche_model::{Language, Parsed};

/// Lower-case forms of all tokens, and the numbers of their lemmas and forms.
pub(crate) struct Forms {
    forms: Vec<CompactString>,
    numbers: Vec<[WordId; 2]>,
}

impl Forms {
    /// Folds an article.
    pub fn new(parsed: &Parsed, whole: &str, lexicon: &Lexicon) -> Self {
        let words = lexicon.vocabulary();
        let forms: Vec<CompactString> = parsed.tokens.iter().map(|t| fold(t.span.of(whole))).collect();
        let numbers = parsed.tokens.iter().zip(&forms).map(|(token, form)| {
            let lemma = words.number(&token.lemma);
            [lemma, if *form == token.lemma { lemma } else { words.number(form) }]
        });
        let numbers = numbers.collect();
        Self { forms, numbers }
    }

    /// Lower-case form of a token, apostrophes straight.
    pub fn of(&self, at: u32) -> &str {
        self.forms.get(at as usize).map_or("", CompactString::as_str)
    }

    /// Whether a token's lemma or form is one of these words; of words of several words the first counts.
    pub fn is_among(&self, at: u32, words: &[WordId]) -> bool {
        let [lemma, form] = self.numbers.get(at as usize).copied().unwrap_or([Vocabulary::UNKNOWN; 2]);
        (lemma != Vocabulary::UNKNOWN || form != Vocabulary::UNKNOWN)
            && words.iter().any(|&word| word == lemma || word == form)
    }
}

/// Lower case, apostrophes straight.
fn fold(text: &str) -> CompactString {
    let plain = |c: char| c.is_lowercase() || c.is_ascii() && !c.is_ascii_uppercase();
    if text.chars().all(plain) { text.into() } else { text.to_lowercase().replace('’', "'").into() }
}

/// The words of one sentence.
pub(crate) struct Bag<'f> {
    forms: &'f Forms,
    /// The last sentence that each word of the vocabulary was seen in, counted from 1.
    seen: Vec<u32>,
    sentence: u32,
}

impl<'f> Bag<'f> {
    /// An empty bag for an article's sentences.
    pub fn new(forms: &'f Forms, lexicon: &Lexicon) -> Self {
        Self { forms, seen: vec![0; lexicon.vocabulary().len()], sentence: 0 }
    }

    /// Takes the words of a sentence in place of those of the one before.
    pub fn fill(&mut self, parsed: &Parsed, sentence: usize) {
        let number = sentence as u32 + 1;
        if self.sentence == number {
            return;
        }
        self.sentence = number;
        let (first, end) = parsed.sentences.get(sentence).copied().unwrap_or_default();
        for &word in self.forms.numbers.get(first as usize..end as usize).unwrap_or_default().iter().flatten() {
            if let Some(seen) = self.seen.get_mut(word as usize) {
                *seen = number;
            }
        }
    }

    /// The first element of the pattern that asks for words of which the sentence has none.
    pub fn lacks(&self, lexicon: &Lexicon, pattern: PatternRef) -> Option<usize> {
        let asked = lexicon.vocabulary().asked(pattern);
        asked.iter().position(|words| !words.is_empty() && !words.iter().any(|&word| self.has(word)))
    }

    /// The first of a rule's vetoes that the sentence has.
    pub fn veto(&self, lexicon: &Lexicon, rule: u32, language: Language) -> Option<usize> {
        lexicon.vocabulary().vetoes(rule, language).iter().position(|&word| self.has(word))
    }

    fn has(&self, word: WordId) -> bool {
        self.seen.get(word as usize).is_some_and(|&seen| seen == self.sentence)
    }
}
