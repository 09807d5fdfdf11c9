//! How sure a mention is.
//!
//! A rule that fires is a witness, not a verdict: some are always right, some only with both sides named, some seldom in a
//! subordinate noun. Each mention is described by plain features, and the weights of `lexicon/judge/mentions.tsv`, learned
//! by `training/mentions.py` from articles coded by hand, give the chance that a trained coder would code it.

use depeche_model::{Mention, Party, Role, Sector, Tree, Upos};

use crate::{Input, weights::Weights};

static TABLE: Weights = Weights::new(include_str!("../../../lexicon/judge/mentions.tsv"));

/// Chance that a trained coder would code the mention, 0 to 1.
pub(crate) fn confidence(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention) -> f32 {
    let sum = TABLE.sum(&features(input, tree, mention));
    1.0 / (1.0 + (-sum).exp())
}

/// What describes a mention.
pub fn features(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention) -> Vec<String> {
    let event = mention.event.name();
    let token = tree.token(mention.trigger);
    let language = input.language.code();
    let mut out = vec!["bias".to_owned(), format!("type={event}"), format!("type={event}|{language}"), format!("rule={}", mention.rule)];
    out.push(format!("rule={}|{language}", mention.rule));
    out.push(format!("pos={:?}", token.upos));
    out.push(format!("pos={:?}|{event}", token.upos));
    out.push(format!("dep={}", token.dep.label()));
    out.push(format!("trigger={}", token.lemma));
    out.push(format!("words={}", (mention.score * 2.0).clamp(0.0, 12.0).round()));
    let side = |role| mention.fillers(role).find_map(|head| input.cast.at(head));
    let (actor, recipient) = (side(Role::Actor), side(Role::Recipient));
    out.push(format!("actor={}", kind(actor)));
    out.push(format!("recipient={}", kind(recipient)));
    out.push(format!("sides={}{}|{event}", u8::from(actor.is_some()), u8::from(recipient.is_some())));
    if let (Some(a), Some(r)) = (actor, recipient) {
        out.push(format!("same={}|{event}", a.country == r.country));
    }
    let political = |p: Option<&Party>| p.is_some_and(|p| is_political(p.sector));
    out.push(format!("political={}", political(actor) || political(recipient)));
    let sentence = input.parsed.sentence_of(mention.trigger);
    let headline = input.whole.find('\n').is_some_and(|end| (token.span.start as usize) < end);
    out.push(format!("headline={headline}"));
    let verbs = count(input, sentence, |upos| upos == Upos::Verb);
    out.push(format!("verbs={}", verbs.min(6)));
    out
}

fn kind(party: Option<&Party>) -> String {
    party.map_or_else(|| "none".to_owned(), |p| format!("{:?}", p.kind))
}

/// Sectors that act in politics, whatever the article is about.
const fn is_political(sector: Sector) -> bool {
    !matches!(sector, Sector::Cvl | Sector::Bus | Sector::Edu | Sector::Med | Sector::Unk | Sector::Eli | Sector::Jrn)
}

fn count(input: &Input<'_>, sentence: usize, wanted: impl Fn(Upos) -> bool) -> usize {
    let (first, end) = input.parsed.sentences.get(sentence).copied().unwrap_or((0, 0));
    input.parsed.tokens[first as usize..end as usize].iter().filter(|t| wanted(t.upos)).count()
}
