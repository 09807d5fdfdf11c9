//! One pattern line: how it is written and what it becomes.
//!
//! A line is a sentence in the active voice. Its words are
//!
//! | written | means |
//! |---|---|
//! | `condamner`, `condamner\|dénoncer` | a lemma, or one of several; the first such word is the **trigger** |
//! | `attaque:n`, `arrest:v`, `prêt:a` | the same, of one part of speech; a trigger without a mark is a verb |
//! | `call_off`, `mettre_bas` | a trigger with its particle |
//! | `se retirer` | a pronominal trigger |
//! | `@troops` | a noun of a word class (`lexicon/words/*.words`) |
//! | `ACTOR`, `RECIPIENT` | who did it; to whom. Before a verb it is the subject, right after it the object |
//! | `SPEAKER` | who did it, where the words of the pattern are a quotation's: « Une provocation », a tonné SPEAKER |
//! | `CO` | the other side of a mutual act |
//! | `THEME` | what is sent, taken, promised; any noun |
//! | `à RECIPIENT`, `contre\|sur RECIPIENT` | a role behind a preposition, or one of several |
//! | `RECIPIENT!` | a role that must be filled for the pattern to hold |
//! | `RECIPIENT@person`, `ACTOR@MIL` | a role that only such a party fills: a kind of party, or a PLOVER sector |
//! | `de INF`, `to INF`, `INF` | an infinitive clause, whatever its verb; `THAT` a finite one |
//! | `[a b \| c]` | any one of these |
//! | `(a b)` | may be missing |
//!
//! Articles and possessives (`le`, `son`, `the`, `their`) may be written for the ear; they are not matched. Every other
//! word must be found among the dependents of the trigger or of a word already found.

use compact_str::CompactString;
use depeche_model::{Language, Mode};

mod read;

pub use read::is_preposition;
pub(crate) use read::parse;

/// Part of speech asked of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriggerPos {
    /// A verb in any form.
    Verb,
    /// A noun: a nominalised act.
    Noun,
    /// An adjective or a participle read as one.
    Adjective,
}

/// The word that a pattern starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Lemmas, any of which will do.
    pub lemmas: Vec<CompactString>,
    /// Part of speech.
    pub pos: TriggerPos,
    /// Particle that must stand with it: `off` of `call off`.
    pub particle: Option<CompactString>,
    /// Whether it is pronominal.
    pub reflexive: bool,
}

/// Which party a slot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotRole {
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// The other side of a mutual act.
    Co,
    /// What was sent, taken, promised.
    Theme,
}

/// Where a slot stands towards the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// Subject of a verb; possessor or adjective of a noun.
    Before,
    /// Direct object of a verb.
    After,
    /// Subject of the verb of speech that brings in the trigger's clause.
    Speaking,
    /// Behind one of these prepositions.
    Behind(Vec<CompactString>),
}

/// A role to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which.
    pub role: SlotRole,
    /// Where.
    pub position: Position,
    /// Kinds of party (`person`, `state`, `MIL`, …) of which one must hold; empty for any.
    pub kinds: Vec<CompactString>,
    /// Whether the pattern fails without it.
    pub required: bool,
}

/// One thing that a pattern asks of the clause, beside its trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A word by lemma, behind one of the prepositions where any is given.
    Word {
        /// Lemmas, any of which will do.
        lemmas: Vec<CompactString>,
        /// Prepositions, any of which will do; empty where none is asked.
        behind: Vec<CompactString>,
    },
    /// A word of a class.
    Class {
        /// Name of the class, without `@`.
        name: CompactString,
        /// Prepositions, any of which will do; empty where none is asked.
        behind: Vec<CompactString>,
    },
    /// A party.
    Slot(Slot),
    /// An infinitive or participle clause.
    Infinitive {
        /// Markers, any of which will do; empty where none is asked.
        behind: Vec<CompactString>,
    },
    /// A finite complement clause.
    That,
}

/// A compiled pattern line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Language of the line.
    pub language: Language,
    /// What it starts from.
    pub trigger: Trigger,
    /// What else it asks, in the order written.
    pub elements: Vec<Element>,
    /// Modes of this line beside the rule's.
    pub modes: Vec<Mode>,
    /// CAMEO code of this line, where it differs from the rule's.
    pub cameo: Option<CompactString>,
    /// Line in the rule file, from 1.
    pub line: u32,
}

impl Pattern {
    /// How much the line asks: words weigh most, so that the more telling of two patterns on one trigger wins.
    pub fn specificity(&self) -> f32 {
        let asked: f32 = self.elements.iter().map(Self::weight).sum();
        asked + if self.trigger.particle.is_some() { 1.0 } else { 0.0 } + if self.trigger.reflexive { 0.5 } else { 0.0 }
    }

    fn weight(element: &Element) -> f32 {
        match element {
            Element::Word { behind, .. } => 1.0 + if behind.is_empty() { 0.0 } else { 0.25 },
            Element::Class { behind, .. } => 0.9 + if behind.is_empty() { 0.0 } else { 0.25 },
            Element::Slot(slot) => {
                0.1 + if slot.required { 0.3 } else { 0.0 } + if slot.kinds.is_empty() { 0.0 } else { 0.2 }
            }
            Element::Infinitive { .. } | Element::That => 0.5,
        }
    }
}

/// Kinds of party that a slot may ask for, beside PLOVER's sectors; `human` is any person, people, office or group.
pub const KINDS: &[&str] =
    &["state", "person", "organization", "people", "group", "place", "asset", "human", "office", "adjective", "party"];
