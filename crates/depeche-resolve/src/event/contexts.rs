//! Modes and contexts that single words of a clause hint at (`cue` lines of `lexicon/words`).

use depeche_lexicon::{Classes, Cue};
use depeche_model::{Context, EventType, Mode, Tree};

/// Adds what the words of a clause hint at.
pub(super) fn add(
    tree: &Tree<'_>,
    whole: &str,
    classes: &Classes,
    clause: (u32, u32),
    event: EventType,
    modes: &mut Vec<Mode>,
    contexts: &mut Vec<Context>,
) {
    for at in clause.0..clause.1 {
        let token = tree.token(at);
        let form = token.span.of(whole).to_lowercase();
        for cue in classes.cues(&token.lemma).iter().chain(if form == *token.lemma { &[] } else { classes.cues(&form) })
        {
            match *cue {
                Cue::Mode(of, mode) if of == event && !modes.contains(&mode) => modes.push(mode),
                Cue::Context(context) if !contexts.contains(&context) => contexts.push(context),
                _ => {}
            }
        }
    }
    modes.sort_unstable();
    contexts.sort_unstable();
}
