//! The words that tell an event: its trigger's clause, without the clauses around it.

use depeche_model::{Cast, Relation as R, Role, Tree, Upos};

/// First token of the clause, and one past the last.
pub(crate) fn clause(tree: &Tree<'_>, trigger: u32, anchors: &[u32], roles: &[(Role, u32)], cast: &Cast) -> (u32, u32) {
    let (mut first, mut last) = (trigger, trigger);
    let mut reach = |from: u32, to: u32| {
        first = first.min(from);
        last = last.max(to);
    };
    tree.walk(trigger, &|child| inside(tree, child) || anchors.contains(&child), &mut |at, _| {
        if tree.token(at).upos != Upos::Punct {
            reach(at, at);
        }
    });
    for &(_, token) in roles {
        reach(token, token);
        // A subject that stands outside the clause (antecedent, shared subject) comes with its own phrase.
        if let Some(party) = cast.at(token) {
            reach(party.tokens.0, party.tokens.1.max(1) - 1);
        }
    }
    (skip_opening(tree, first, trigger), last + 1)
}

fn inside(tree: &Tree<'_>, child: u32) -> bool {
    let dep = tree.dep(child);
    let coordinator =
        matches!(dep, R::Cc | R::Punct | R::Mark) && tree.head(child).is_some_and(|h| tree.is_predicate(h));
    let clausal = tree.heads_clause(child) && !matches!(dep, R::Ccomp | R::AclRelcl);
    !clausal && !coordinator && !matches!(dep, R::Discourse | R::Vocative)
}

/// Drops coordinators and commas before the first word.
fn skip_opening(tree: &Tree<'_>, first: u32, trigger: u32) -> u32 {
    let opening = |at: u32| matches!(tree.token(at).upos, Upos::Punct | Upos::Cconj);
    (first..=trigger).find(|&at| !opening(at)).unwrap_or(trigger)
}
