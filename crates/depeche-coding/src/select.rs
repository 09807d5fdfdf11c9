//! Which of the patterns that hold are told.
//!
//! One trigger tells one act: of several patterns the best ranked stands. A word that another pattern needed as its own
//! ("mener une **frappe**") triggers nothing by itself. And what somebody demands, refuses, promises, threatens or is
//! accused of is the content of that act, not an act beside it.

use std::cmp::Ordering;

use depeche_model::{EventType, Mention, Relation as R, Role, Tree, Upos};

use crate::Input;

/// A pattern that holds.
pub(crate) struct Candidate {
    pub mention: Mention,
    pub rule: u32,
}

/// Keeps the mentions that are told, in text order.
pub(crate) fn select(input: &Input<'_>, tree: &Tree<'_>, mut found: Vec<Candidate>) -> Vec<Mention> {
    found.sort_by(|a, b| a.mention.trigger.cmp(&b.mention.trigger).then(rank(b, a)).then(a.rule.cmp(&b.rule)));
    found.dedup_by_key(|candidate| candidate.mention.trigger);
    // "expelled three envoys accused of spying": the ground of a sanction or arrest is no act of its own.
    let keep: Vec<bool> = (0..found.len())
        .map(|i| !used_by_another(&found, i) && !content(tree, &found, i) && !ground(tree, &found, i))
        .collect();
    let mut mentions = Vec::new();
    for (candidate, keep) in found.into_iter().zip(keep) {
        if keep {
            second(input, &candidate, &mut mentions);
            mentions.push(candidate.mention);
        }
    }
    mentions.sort_by_key(|m| (m.trigger, m.event));
    mentions
}

fn rank(a: &Candidate, b: &Candidate) -> Ordering {
    a.mention.score.total_cmp(&b.mention.score)
}

/// Whether the trigger is a word of a better match.
fn used_by_another(found: &[Candidate], i: usize) -> bool {
    let trigger = found[i].mention.trigger;
    found.iter().enumerate().any(|(j, other)| {
        j != i && other.mention.words[1..].contains(&trigger) && other.mention.score >= found[i].mention.score
    })
}

/// Types whose complement says what is demanded, refused, promised, threatened or alleged.
const fn verbal(event: EventType) -> bool {
    matches!(
        event,
        EventType::Request
            | EventType::Reject
            | EventType::Agree
            | EventType::Threaten
            | EventType::Accuse
            | EventType::Concede
            | EventType::Support
    )
}

/// Whether the trigger stands in the content of a verbal act.
fn content(tree: &Tree<'_>, found: &[Candidate], i: usize) -> bool {
    let inner = found[i].mention.trigger;
    found.iter().enumerate().any(|(j, outer)| {
        let mention = &outer.mention;
        j != i
            && verbal(mention.event)
            && mention.trigger != inner
            && in_complement(tree, inner, mention.trigger, &mention.words, mention)
    })
}

/// Whether an accusation only says why somebody is punished.
fn ground(tree: &Tree<'_>, found: &[Candidate], i: usize) -> bool {
    let mention = &found[i].mention;
    if mention.event != EventType::Accuse || !matches!(tree.dep(mention.trigger), R::Acl | R::Amod | R::Advcl) {
        return false;
    }
    let punishes = |event| matches!(event, EventType::Sanction | EventType::Coerce);
    let victim = |outer: &Mention| outer.fillers(Role::Recipient).any(|head| tree.below(mention.trigger, head));
    found.iter().any(|c| {
        punishes(c.mention.event) && (victim(&c.mention) || tree.head(mention.trigger) == Some(c.mention.trigger))
    })
}

/// Whether `inner` hangs below a complement of `outer`, with no relative clause and no subject phrase between.
fn in_complement(tree: &Tree<'_>, inner: u32, outer: u32, anchors: &[u32], mention: &Mention) -> bool {
    let mut at = inner;
    for _ in 0..32 {
        let Some(head) = tree.head(at) else { return false };
        let dep = tree.dep(at);
        if matches!(dep, R::AclRelcl | R::Nsubj | R::NsubjPass | R::Appos | R::OblAgent) {
            return false;
        }
        if head == outer || anchors.contains(&head) {
            let complement = matches!(
                dep,
                R::Xcomp
                    | R::Ccomp
                    | R::Obj
                    | R::Obl
                    | R::OblArg
                    | R::OblMod
                    | R::Nmod
                    | R::Acl
                    | R::Iobj
                    | R::Parataxis
            );
            let clause =
                dep == R::Advcl && tree.token(at).upos == Upos::Verb && mention.fillers(Role::Actor).next().is_some();
            return complement || clause;
        }
        at = head;
    }
    false
}

/// The second event that a rule's words tell.
fn second(input: &Input<'_>, candidate: &Candidate, mentions: &mut Vec<Mention>) {
    let Some(rule) = input.lexicon.rules().get(candidate.rule as usize) else { return };
    if let Some(also) = &rule.also {
        let mut mention = candidate.mention.clone();
        mention.event = also.event;
        mention.modes.clone_from(&also.modes);
        mention.cameo = also.cameo.to_string();
        mention.mutual = false;
        mentions.push(mention);
    }
}
