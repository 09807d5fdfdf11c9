//! Modes that follow from the content of an act: what is asked for, refused, promised.
//!
//! REQUEST and REJECT have the modes assist, change, yield, meet. Which one it is stands in the complement: "asked for
//! batteries" is assist, "urged restraint" yield, "cancelled the summit" meet. Words decide (`lexicon/words/content.words`,
//! classes `content-assist`, `content-yield`, `content-meet`, `content-change`); what none of them knows has no mode.

use depeche_lexicon::Classes;
use depeche_model::{EventType, Mode, Tree};

const MODES: [(&str, Mode); 4] = [
    ("content-yield", Mode::Yield),
    ("content-meet", Mode::Meet),
    ("content-assist", Mode::Assist),
    ("content-change", Mode::Change),
];

/// The mode that the words of a clause give to a REQUEST or REJECT.
pub(super) fn mode(
    event: EventType,
    tree: &Tree<'_>,
    whole: &str,
    classes: &Classes,
    trigger: u32,
    clause: (u32, u32),
) -> Option<Mode> {
    if !matches!(event, EventType::Request | EventType::Reject) {
        return None;
    }
    let inside = (clause.0..clause.1).filter(|&at| at != trigger && (tree.below(at, trigger) || at > trigger));
    let hit = |class: &str, at: u32| {
        let token = tree.token(at);
        classes.is(class, &token.lemma) || classes.is(class, &token.span.of(whole).to_lowercase())
    };
    // The nearest telling word wins: "asked to withdraw aid workers" yields, it does not assist.
    inside
        .flat_map(|at| {
            MODES.iter().filter(move |(class, _)| hit(class, at)).map(move |&(_, mode)| (at.abs_diff(trigger), mode))
        })
        .min_by_key(|&(distance, mode)| (distance, mode))
        .map(|(_, mode)| mode)
}
