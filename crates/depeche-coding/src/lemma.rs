//! Lemmas of triggers that the tagger did not know.
//!
//! A verb that no treebank has gets a lemma that does not exist ("abattus" of "abattus"), and behind an auxiliary it is
//! easily taken for a noun ("ont sollicité l'asile"). Whatever is tagged as a verb, or stands behind an auxiliary, and is a
//! form of a verb that the lexicon knows, is read as that verb.

use compact_str::CompactString;
use depeche_model::{Relation as R, Tree, Upos};

use crate::Input;

/// The infinitive of a form whose lemma triggers nothing; `None` for any other token.
pub(crate) fn guess<'a>(input: &Input<'a>, tree: &Tree<'_>, at: u32) -> Option<&'a str> {
    let token = tree.token(at);
    let verb = token.upos == Upos::Verb;
    let known = || !input.lexicon.triggered_by(input.language, &token.lemma).is_empty();
    if !(verb || is_behind_auxiliary(tree, at)) || (verb && known()) {
        return None;
    }
    let form = token.span.of(input.whole).to_lowercase();
    input.lexicon.verb_of_form(input.language, &form).map(CompactString::as_str)
}

/// Whether a token carries an auxiliary, as only verbs do.
pub(crate) fn is_behind_auxiliary(tree: &Tree<'_>, at: u32) -> bool {
    tree.children_by(at, &[R::Aux, R::AuxTense, R::AuxPass]).next().is_some()
}
