//! Forms and lemmas of an article, folded once.
//!
//! A common trigger has hundreds of patterns, and nearly all of them fail because a word that they ask for is not in the
//! sentence. Looking that up first, in a set made once a sentence, spares the walk through the tree.

use std::collections::HashSet;

use compact_str::CompactString;
use depeche_lexicon::{Element, Pattern};
use depeche_model::Parsed;

/// Lower-case forms of all tokens, and the words of each sentence.
pub(crate) struct Forms {
    forms: Vec<CompactString>,
    bags: Vec<HashSet<CompactString>>,
}

impl Forms {
    /// Folds an article.
    pub fn new(parsed: &Parsed, whole: &str) -> Self {
        let fold = |text: &str| CompactString::from(text.to_lowercase().replace('’', "'"));
        let forms: Vec<CompactString> = parsed.tokens.iter().map(|t| fold(t.span.of(whole))).collect();
        let bag = |&(first, end): &(u32, u32)| {
            let range = first as usize..end as usize;
            let lemmas = parsed.tokens[range.clone()].iter().map(|t| t.lemma.clone());
            lemmas.chain(forms[range].iter().cloned()).collect()
        };
        let bags = parsed.sentences.iter().map(bag).collect();
        Self { forms, bags }
    }

    /// Lower-case form of a token, apostrophes straight.
    pub fn of(&self, at: u32) -> &str {
        self.forms.get(at as usize).map_or("", CompactString::as_str)
    }

    /// A word that the pattern needs and the sentence lacks, if there is one.
    pub fn lacks<'p>(&self, sentence: usize, pattern: &'p Pattern) -> Option<&'p [CompactString]> {
        let bag = self.bags.get(sentence)?;
        let there = |word: &CompactString| match word.split_once(' ') {
            Some((first, _)) => bag.contains(first),
            None => bag.contains(word),
        };
        pattern.elements.iter().find_map(|element| match element {
            Element::Word { lemmas, .. } if !lemmas.iter().any(there) => Some(lemmas.as_slice()),
            _ => None,
        })
    }
}
