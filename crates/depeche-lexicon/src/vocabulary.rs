//! The words that patterns ask for, numbered.
//!
//! A common trigger has hundreds of patterns, and nearly all of them fail because a word that they ask for is not in the
//! sentence. The coder looks each token up once and compares numbers from then on.

use compact_str::CompactString;
use depeche_model::Language;
use rustc_hash::FxHashMap;

use crate::{Element, PatternRef, Rule, words};

/// Number of a word; [`Vocabulary::UNKNOWN`] for one that nothing asks for.
pub type WordId = u32;

/// Words of patterns and vetoes by number.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<CompactString, WordId>,
    /// By rule and pattern, one list an element: see [`Vocabulary::asked`].
    asked: Vec<Vec<Vec<Vec<WordId>>>>,
    /// By rule and language.
    vetoes: Vec<[Vec<WordId>; 2]>,
}

impl Vocabulary {
    /// A word that no pattern and no veto asks for.
    pub const UNKNOWN: WordId = WordId::MAX;

    /// How many words there are; every other number is smaller.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Number of a lemma or lower-case form.
    pub fn number(&self, word: &str) -> WordId {
        self.numbers.get(word).copied().unwrap_or(Self::UNKNOWN)
    }

    /// For each element of a pattern the words of which it asks one, in the order of [`Element::Word`]'s lemmas; of several
    /// words ("prise de position") the first. Nothing for an element that asks for no word.
    pub fn asked(&self, at: PatternRef) -> &[Vec<WordId>] {
        self.asked.get(at.rule as usize).and_then(|rule| rule.get(at.pattern as usize)).map_or(&[], Vec::as_slice)
    }

    /// Words of a language that keep a rule from firing in their sentence, in the order of the rule's `unless`.
    pub fn vetoes(&self, rule: u32, language: Language) -> &[WordId] {
        self.vetoes.get(rule as usize).map_or(&[], |vetoes| &vetoes[words::index(language)])
    }

    /// Numbers the words of the next rule.
    pub(crate) fn add(&mut self, rule: &Rule) {
        let mut asked = Vec::with_capacity(rule.patterns.len());
        for pattern in &rule.patterns {
            asked.push(pattern.elements.iter().map(|element| self.element(element)).collect());
        }
        self.asked.push(asked);
        let mut vetoes = [Vec::new(), Vec::new()];
        for (language, word) in &rule.unless {
            vetoes[words::index(*language)].push(self.intern(word));
        }
        self.vetoes.push(vetoes);
    }

    fn element(&mut self, element: &Element) -> Vec<WordId> {
        match element {
            Element::Word { lemmas, .. } => lemmas.iter().map(|lemma| self.intern(lemma)).collect(),
            _ => Vec::new(),
        }
    }

    fn intern(&mut self, word: &str) -> WordId {
        let first = word.split_once(' ').map_or(word, |(first, _)| first);
        let next = self.numbers.len() as WordId;
        *self.numbers.entry(first.into()).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use depeche_model::Language;

    use crate::{File, Lexicon, Vocabulary};

    #[test]
    fn what_a_pattern_asks_is_numbered_by_its_first_word() {
        let text = "rule rally\nevent SUPPORT\ncameo 051\nfr ACTOR prendre position|parti\nunless fr match\nwhy Words.\n\
                    test fr Paris prend position. => FRA > -\n";
        let file = File { name: "events/support/rally.rule".to_owned(), text: text.to_owned() };
        let (lexicon, _) = Lexicon::compile(&[file]);
        let words = lexicon.vocabulary();
        let [at] = lexicon.triggered_by(Language::French, "prendre") else { panic!("one pattern") };
        let asked: Vec<_> = words.asked(*at).iter().flatten().copied().collect();
        assert_eq!(asked, [words.number("position"), words.number("parti")]);
        assert_eq!(words.vetoes(0, Language::French), [words.number("match")]);
        assert!(words.vetoes(0, Language::English).is_empty());
        assert_eq!(words.number("prendre"), Vocabulary::UNKNOWN);
    }
}
