//! Distance in a dependency tree, as far as meaning goes.
//!
//! A date or a number belongs to the act that is near in clauses, not in words: in "accusé mardi d'avoir attaqué la ville en
//! mai", Tuesday is the accusing's and May the attack's. Every step between two tokens has a cost by its relation.

use depeche_model::{Feats, Parsed, Relation, Token, Upos};

/// The way between two tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    /// Cost of all steps, about one for each within a clause and four for leaving one.
    pub cost: f32,
    /// How many steps lead down from where the ways meet.
    pub downs: usize,
}

/// The way from a trigger to a token; `None` between sentences. `clause` is the trigger's own stretch of tokens: what it
/// holds is nearer than relations alone say.
pub(crate) fn path(parsed: &Parsed, trigger: u32, clause: (u32, u32), target: u32) -> Option<Path> {
    let up = ancestors(parsed, trigger);
    let down = ancestors(parsed, target);
    let meet = |(i, node): (usize, &u32)| Some((i, down.iter().position(|other| other == node)?));
    let (ups, downs) = up.iter().enumerate().find_map(meet)?;
    let within = |node: u32| clause.0 <= node && node < clause.1;
    // "le 7 avril, quand …": what hangs on the target itself is of the target.
    let climb = up[..ups].iter().map(|&node| if downs == 0 { 1.0 } else { step_up(parsed, node, within) });
    let descend = down[..downs].iter().map(|&node| step_down(parsed, node, within(node), trigger));
    let outside = if within(target) { 0.0 } else { 2.0 };
    // A nearer word breaks ties.
    let apart = (trigger.abs_diff(target) as f32 * 0.02).min(1.0);
    Some(Path { cost: climb.sum::<f32>() + descend.sum::<f32>() + outside + apart, downs })
}

/// A token and all above it.
fn ancestors(parsed: &Parsed, token: u32) -> Vec<u32> {
    let mut path = vec![token];
    let mut at = token;
    while let Some(word) = parsed.tokens.get(at as usize) {
        if word.head == at || path.len() > 64 {
            break;
        }
        at = word.head;
        path.push(at);
    }
    path
}

/// Leaving a token towards its head: may what hangs on the head be its own?
fn step_up(parsed: &Parsed, token: u32, within: impl Fn(u32) -> bool) -> f32 {
    let word = &parsed.tokens[token as usize];
    let participle = is_participle(word);
    match word.dep {
        // "…," she told a newspaper on Thursday: told within the clause, it is the day of the words.
        Relation::Ccomp | Relation::Parataxis if within(word.head) => 1.0,
        Relation::Ccomp | Relation::Parataxis => 4.0,
        Relation::Advcl if participle => 1.0,
        Relation::Advcl | Relation::AdvclCleft => 3.0,
        Relation::AclRelcl => 5.0,
        Relation::Acl if participle => 3.0,
        Relation::Acl => 2.0,
        Relation::Xcomp => 1.0,
        Relation::Conj if word.upos == Upos::Verb => 1.5,
        Relation::Conj => 0.7,
        _ => 0.8,
    }
}

/// Reaching a token from its head: may it be the head's?
fn step_down(parsed: &Parsed, token: u32, within: bool, trigger: u32) -> f32 {
    let word = &parsed.tokens[token as usize];
    let own_noun = word.head == trigger
        && parsed.tokens.get(word.head as usize).is_some_and(|head| matches!(head.upos, Upos::Noun | Upos::Propn));
    match word.dep {
        // "le raid qui avait coûté la vie, le 1er avril, à …".
        Relation::AclRelcl | Relation::Acl | Relation::Ccomp if own_noun && within => 2.0,
        // "…, a tranché lundi le ministre": told within the clause, it is the day of the act.
        Relation::Parataxis | Relation::ParataxisInsert if within => 1.0,
        Relation::Parataxis | Relation::ParataxisInsert => 4.5,
        Relation::Ccomp | Relation::Advcl | Relation::AdvclCleft => 5.0,
        // "a ratifié l'accord signé le 30 avril".
        Relation::Acl if is_participle(word) => 9.0,
        Relation::AclRelcl | Relation::Acl => 5.5,
        // "accuse d'avoir bombardé … en mai": a finished infinitive is an act of its own.
        Relation::Xcomp if is_finished(parsed, token) => 9.0,
        Relation::Xcomp => 1.5,
        Relation::Conj => 3.0,
        Relation::Obl
        | Relation::OblMod
        | Relation::OblTmod
        | Relation::OblNpmod
        | Relation::Advmod
        | Relation::NmodTmod => 0.3,
        Relation::Nmod => 0.6,
        _ => 0.8,
    }
}

/// Whether a verb has an auxiliary of the perfect.
fn is_finished(parsed: &Parsed, token: u32) -> bool {
    let perfect = |relation| matches!(relation, Relation::Aux | Relation::AuxTense);
    parsed.children(token).any(|(_, t)| perfect(t.dep) && matches!(t.lemma.as_str(), "avoir" | "être" | "have"))
}

const fn is_participle(word: &Token) -> bool {
    word.feats.has(Feats::PART) || word.feats.has(Feats::GER)
}
