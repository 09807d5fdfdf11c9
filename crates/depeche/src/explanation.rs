//! Why a text was coded as it was.

use depeche_lexicon::Lexicon;
use depeche_model::{Cast, Event, Mention, Parsed};

use crate::analysis::Analysis;

/// A pattern that a word could have triggered and that did not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Name of the rule.
    pub rule: String,
    /// File of the rule, below `lexicon/`.
    pub file: String,
    /// Line of the pattern there.
    pub line: u32,
    /// Token that could have triggered it.
    pub trigger: u32,
    /// What was not found.
    pub missing: String,
}

/// Everything that the stages found in a text.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Title, line feed, text.
    pub whole: String,
    /// Tokens, tree, names.
    pub parsed: Parsed,
    /// Parties.
    pub cast: Cast,
    /// Patterns that held and stood.
    pub mentions: Vec<Mention>,
    /// Patterns that nearly did.
    pub tried: Vec<Tried>,
    /// Events.
    pub events: Vec<Event>,
}

impl Explanation {
    pub(crate) fn new(whole: String, parsed: Parsed, analysis: Analysis, lexicon: &Lexicon) -> Self {
        let tried = analysis.attempts.into_iter().map(|attempt| {
            let file = lexicon.rule(&attempt.rule).map_or_else(String::new, |rule| rule.file.clone());
            Tried { rule: attempt.rule, file, line: attempt.line, trigger: attempt.trigger, missing: attempt.missing }
        });
        let tried = tried.collect();
        Self { whole, parsed, cast: analysis.cast, mentions: analysis.mentions, tried, events: analysis.events }
    }
}
