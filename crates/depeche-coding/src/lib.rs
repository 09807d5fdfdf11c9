//! From a parsed article and the parties in it to **mentions**: clauses that a rule of the lexicon matched.
//!
//! A pattern is written in the active voice. For each token that can trigger one, `grammar` works out who stands where
//! whatever the form (passive, relative, participle, infinitive, noun, shared subject); `matching` holds the pattern's
//! elements against it; `select` lets patterns compete for a trigger and drops acts that are only the content of
//! another act ("accuses Moscow **of bombing** Kharkiv"); `evidence` says which words tell it.
//!
//! Nothing is resolved here beyond picking parties from the [`Cast`]: dates, places, status, attribution and numbers are
//! `depeche-resolve`'s.
#![forbid(unsafe_code)]

mod evidence;
mod fill;
mod forms;
mod grammar;
pub mod judge;
mod lemma;
mod matching;
pub mod roles;
mod select;

use depeche_lexicon::Lexicon;
use depeche_model::{Cast, Language, Mention, Parsed, Tree, Upos};

pub use matching::Attempt;

/// What coding reads: one article's analysis and the lexicon.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Title, line feed, text.
    pub whole: &'a str,
    /// Language of the text.
    pub language: Language,
    /// Its parse.
    pub parsed: &'a Parsed,
    /// Its parties.
    pub cast: &'a Cast,
    /// The rules.
    pub lexicon: &'a Lexicon,
    /// Least confidence of a mention that is kept, 0 to 1.
    pub least: f32,
}

/// Every mention of an event in the article, in text order.
pub fn code(input: &Input<'_>) -> Vec<Mention> {
    let tree = Tree::new(input.parsed);
    let mut mentions = matched(input, &tree);
    roles::settle(input, &tree, &mut mentions);
    mentions
}

/// Mentions with their roles as the patterns alone fill them: what [`roles`] is trained on.
pub fn matched(input: &Input<'_>, tree: &Tree<'_>) -> Vec<Mention> {
    let found = candidates(input, tree, &mut |_| {});
    select::select(input, tree, found)
}

/// The same as [`code`], with every pattern that was tried and why it failed, for `depeche explain`.
pub fn explain(input: &Input<'_>) -> (Vec<Mention>, Vec<Attempt>) {
    let tree = Tree::new(input.parsed);
    let mut attempts = Vec::new();
    let found = candidates(input, &tree, &mut |attempt| attempts.push(attempt));
    let mut mentions = select::select(input, &tree, found);
    roles::settle(input, &tree, &mut mentions);
    (mentions, attempts)
}

fn candidates(input: &Input<'_>, tree: &Tree<'_>, tell: &mut dyn FnMut(Attempt)) -> Vec<select::Candidate> {
    let mut found = Vec::new();
    let forms = forms::Forms::new(input.parsed, input.whole);
    for (at, token) in input.parsed.tokens.iter().enumerate() {
        if !matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux | Upos::Propn) {
            continue;
        }
        let guessed = lemma::guess(input, tree, at as u32);
        let lemma = guessed.as_deref().unwrap_or(&token.lemma);
        for &pattern in input.lexicon.triggered_by(input.language, lemma) {
            match matching::hold(input, tree, &forms, at as u32, pattern) {
                Ok(candidate) => found.push(candidate),
                Err(attempt) => tell(attempt),
            }
        }
    }
    found
}
