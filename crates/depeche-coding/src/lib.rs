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

mod attempt;
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

pub use attempt::Attempt;

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
    let found = candidates(input, tree, None);
    select::select(input, tree, found)
}

/// Every pattern that holds, with its roles as the pattern alone fills them, before any gives way to another.
pub fn witnesses(input: &Input<'_>, tree: &Tree<'_>) -> Vec<Mention> {
    candidates(input, tree, None).into_iter().map(|candidate| candidate.mention).collect()
}

/// The same as [`code`], with every pattern that was tried and why it failed, for `depeche explain`.
pub fn explain(input: &Input<'_>) -> (Vec<Mention>, Vec<Attempt>) {
    let tree = Tree::new(input.parsed);
    let mut attempts = Vec::new();
    let found = candidates(input, &tree, Some(&mut attempts));
    let mut mentions = select::select(input, &tree, found);
    roles::settle(input, &tree, &mut mentions);
    (mentions, attempts)
}

fn candidates<'a>(input: &Input<'a>, tree: &Tree<'a>, tell: Option<&mut Vec<Attempt>>) -> Vec<select::Candidate> {
    let mut found = Vec::new();
    let mut tell = tell;
    let forms = forms::Forms::new(input.parsed, input.whole, input.lexicon);
    let mut bag = forms::Bag::new(&forms, input.lexicon);
    for (at, token) in (0..).zip(&input.parsed.tokens) {
        if !matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux | Upos::Propn) {
            continue;
        }
        let lemma = lemma::guess(input, tree, at).unwrap_or(&token.lemma);
        let patterns = input.lexicon.triggered_by(input.language, lemma);
        if patterns.is_empty() {
            continue;
        }
        bag.fill(input.parsed, input.parsed.sentence_of(at));
        for &pattern in patterns {
            match matching::hold(input, tree, &forms, &bag, at, pattern) {
                Ok(candidate) => found.push(candidate),
                Err(missing) => {
                    if let Some(attempts) = &mut tell {
                        attempts.push(missing.attempt(input.lexicon, pattern, at));
                    }
                }
            }
        }
    }
    found
}
