//! Patterns that did not hold, and what they lacked.
//!
//! A hundred fail for each that holds, so a failure is a value without text; words are found for it where somebody asks
//! (`depeche explain`).

use std::fmt;

use compact_str::CompactString;
use depeche_lexicon::{Element, Lexicon, Pattern, PatternRef, Position, Rule, SlotRole, TriggerPos};
use depeche_model::{Language, Upos};

/// A pattern that was tried and did not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Name of the rule.
    pub rule: String,
    /// Line of the pattern in the rule's file.
    pub line: u32,
    /// Token that could have triggered it.
    pub trigger: u32,
    /// What was not found.
    pub missing: String,
}

/// What a pattern asked for and the clause did not have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Missing<'p> {
    /// One of these words.
    Words(&'p [CompactString]),
    /// A word of a class.
    Class(&'p str),
    /// What the text names.
    Clause(&'static str),
    /// A trigger of another part of speech.
    PartOfSpeech(Upos, TriggerPos),
    /// The trigger's particle.
    Particle(&'p str),
    /// The pronoun of a pronominal verb.
    Pronoun,
    /// A verb that is not pronominal.
    NoPronoun,
    /// A sentence without a word.
    Veto(&'p str),
    /// A party in a place.
    Slot(SlotRole, &'p Position),
    /// What is sent, taken, promised.
    Theme,
    /// Any party at all.
    Party,
}

impl<'p> Missing<'p> {
    /// The words of an element of a pattern.
    pub fn element(pattern: &'p Pattern, element: usize) -> Self {
        match pattern.elements.get(element) {
            Some(Element::Word { lemmas, .. }) => Self::Words(lemmas),
            _ => Self::Words(&[]),
        }
    }

    /// The veto of this number among a rule's vetoes of a language.
    pub fn veto(rule: &'p Rule, language: Language, number: usize) -> Self {
        let mut words = rule.unless.iter().filter(|(of, _)| *of == language);
        Self::Veto(words.nth(number).map_or("", |(_, word)| word))
    }

    /// The failure told in full.
    pub fn attempt(self, lexicon: &Lexicon, at: PatternRef, trigger: u32) -> Attempt {
        let (rule, pattern) = lexicon.get(at);
        Attempt { rule: rule.name.to_string(), line: pattern.line, trigger, missing: self.to_string() }
    }
}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => write!(f, "the word `{}`", words.join("|")),
            Self::Class(name) => write!(f, "the word `@{name}`"),
            Self::Clause(name) => f.write_str(name),
            Self::PartOfSpeech(found, asked) => write!(f, "{found:?} is no {asked:?}"),
            Self::Particle(particle) => write!(f, "the particle `{particle}`"),
            Self::Pronoun => f.write_str("the pronoun `se`"),
            Self::NoPronoun => f.write_str("a verb without `se`"),
            Self::Veto(word) => write!(f, "a sentence without `{word}`"),
            Self::Slot(role, position) => write!(f, "{role:?} at {position:?}"),
            Self::Theme => f.write_str("THEME"),
            Self::Party => f.write_str("any party"),
        }
    }
}
