//! How sure a mention is.
//!
//! A rule that fires is a witness, not a verdict: some are always right, some only with both sides named, some seldom in a
//! subordinate noun. Each mention is described by plain features, and the weights of `lexicon/judge/mentions.tsv`, learned
//! by `training/mentions.py` from articles coded by hand, give the chance that a trained coder would code it.

use depeche_lexicon::Weights;
use depeche_model::{Mention, Party, PartyKind, Role, Sector, Tree, Upos};

use crate::Input;

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
    let mut out = vec![
        "bias".to_owned(),
        format!("type={event}"),
        format!("type={event}|{language}"),
        format!("rule={}", mention.rule),
    ];
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
    for (name, party) in [("actor", actor), ("recipient", recipient)] {
        if let Some(party) = party {
            out.push(format!("{name}-sector={}", party.sector));
            out.push(format!("{name}-known={}", party.country.is_some()));
        }
    }
    topic(input, &mut out);
    let sentence = input.parsed.sentence_of(mention.trigger);
    let headline = input.whole.find('\n').is_some_and(|end| (token.span.start as usize) < end);
    out.push(format!("headline={headline}"));
    let verbs = count(input, sentence, |upos| upos == Upos::Verb);
    out.push(format!("verbs={}", verbs.min(6)));
    out
}

const TOPICS: [&str; 4] = ["topic-sport", "topic-business", "topic-stage", "topic-nature"];

/// What the article is about: how many distinct words of each topic it has for a hundred tokens, and how many parties of
/// political sectors it names.
fn topic(input: &Input<'_>, out: &mut Vec<String>) {
    let classes = input.lexicon.classes(input.language);
    let tokens = &input.parsed.tokens;
    let hundreds = (tokens.len() as f32 / 100.0).max(1.0);
    let mut strongest = 0;
    for topic in TOPICS {
        let mut words: Vec<&str> =
            tokens.iter().map(|t| t.lemma.as_str()).filter(|lemma| classes.is(topic, lemma)).collect();
        words.sort_unstable();
        words.dedup();
        let density = ((words.len() as f32 / hundreds).round() as u32).min(6);
        strongest = strongest.max(density);
        out.push(format!("{topic}={density}"));
    }
    let mut chains: Vec<u32> =
        input.cast.parties.iter().filter(|p| is_political(p.sector) && is_named(p)).map(|p| p.chain).collect();
    chains.sort_unstable();
    chains.dedup();
    let polity = ((chains.len() as f32 / hundreds).round() as u32).min(6);
    out.push(format!("polity={polity}"));
    out.push(format!("polity={polity}|topic={strongest}"));
}

/// Whether a party has a name that a table knows, or is a state or office.
fn is_named(party: &Party) -> bool {
    !party.entry.is_empty() || matches!(party.kind, PartyKind::State | PartyKind::Office | PartyKind::Organization)
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
