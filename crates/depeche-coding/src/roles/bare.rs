//! A mention without a pattern.
//!
//! Coded articles tell far more acts than the patterns of the day find. To learn from all of them, an act that no
//! pattern matched is given its roles by grammar alone: subject, object, or what stands behind a preposition of address.

use compact_str::CompactString;
use depeche_model::{EventType, Language, Mention, Role, Tree, Upos};

use crate::{Input, evidence, fill::Filler, forms::Forms, grammar::Grammar};

const ADDRESS_FR: &[&str] = &["à", "contre", "avec", "envers", "sur", "de"];
const ADDRESS_EN: &[&str] = &["to", "against", "with", "on", "at", "from", "of"];

/// The act that `trigger` tells, its roles filled by grammar alone.
pub fn bare(input: &Input<'_>, tree: &Tree<'_>, trigger: u32, event: EventType, mutual: bool) -> Mention {
    let forms = Forms::new(input.parsed, input.whole, input.lexicon);
    let grammar = Grammar { tree, forms: &forms, language: input.language };
    let filler = Filler { tree, cast: input.cast };
    let parties = |heads: Vec<u32>| heads.into_iter().flat_map(|head| filler.parties(head, &[])).collect::<Vec<u32>>();
    let verb = tree.token(trigger).upos == Upos::Verb;
    let actors = parties(if verb { grammar.subject(trigger) } else { grammar.noun_owner(trigger) });
    let mut recipients = if verb { parties(grammar.object(trigger)) } else { Vec::new() };
    if recipients.is_empty() {
        recipients = addressed(input, tree, &grammar, &filler, trigger);
    }
    recipients.retain(|r| !actors.contains(r));
    let both = actors.into_iter().map(|a| (Role::Actor, a));
    let mut roles: Vec<(Role, u32)> = both.collect();
    roles.extend(recipients.into_iter().map(|r| (if mutual { Role::Actor } else { Role::Recipient }, r)));
    let clause = evidence::clause(tree, trigger, &[trigger], &roles, input.cast);
    Mention {
        rule: String::new(),
        event,
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: String::new(),
        trigger,
        words: vec![trigger],
        roles,
        mutual,
        clause,
        score: 0.0,
        confidence: 0.0,
    }
}

fn addressed(
    input: &Input<'_>,
    tree: &Tree<'_>,
    grammar: &Grammar<'_, '_>,
    filler: &Filler<'_, '_>,
    trigger: u32,
) -> Vec<u32> {
    let words = if input.language == Language::French { ADDRESS_FR } else { ADDRESS_EN };
    for word in words {
        let word = [CompactString::from(*word)];
        let hit = tree.children(trigger).iter().copied().find(|&c| grammar.oblique(c) && grammar.behind(c, &word));
        if let Some(parties) = hit.map(|c| filler.parties(c, &[])).filter(|p| !p.is_empty()) {
            return parties;
        }
    }
    Vec::new()
}
