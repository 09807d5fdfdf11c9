//! How sure a mention is.
//!
//! A rule that fires is a witness, not a verdict: some are always right, some only with both sides named, some seldom in a
//! subordinate noun. Each mention is described by plain features, and the weights of `lexicon/judge/mentions.tsv`, learned
//! by `training/mentions.py` from articles coded by hand, give the chance that a trained coder would code it.

use depeche_lexicon::{Features, Weights};
use depeche_model::{Mention, Party, PartyKind, Role, Sector, Tree, Upos};

use crate::Input;

static TABLE: Weights = Weights::new(include_str!("../../../lexicon/judge/mentions.tsv"));

/// Chance that a trained coder would code the mention, 0 to 1.
pub(crate) fn confidence(input: &Input<'_>, tree: &Tree<'_>, topic: &Topic, mention: &Mention) -> f32 {
    let mut features = Features::summed(&TABLE);
    describe(input, tree, topic, mention, &mut features);
    let (sum, _) = features.take();
    1.0 / (1.0 + (-sum).exp())
}

/// What describes a mention.
pub fn features(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention) -> Vec<String> {
    let mut features = Features::named(&TABLE);
    describe(input, tree, &Topic::of(input), mention, &mut features);
    features.take().1
}

fn describe(input: &Input<'_>, tree: &Tree<'_>, topic: &Topic, mention: &Mention, out: &mut Features<'_>) {
    let event = mention.event.name();
    let token = tree.token(mention.trigger);
    let language = input.language.code();
    out.push(format_args!("bias"));
    out.push(format_args!("type={event}"));
    out.push(format_args!("type={event}|{language}"));
    out.push(format_args!("rule={}", mention.rule));
    out.push(format_args!("rule={}|{language}", mention.rule));
    out.push(format_args!("pos={:?}", token.upos));
    out.push(format_args!("pos={:?}|{event}", token.upos));
    out.push(format_args!("dep={}", token.dep.label()));
    out.push(format_args!("trigger={}", token.lemma));
    out.push(format_args!("words={}", (mention.score * 2.0).clamp(0.0, 12.0).round()));
    let side = |role| mention.fillers(role).find_map(|head| input.cast.at(head));
    let (actor, recipient) = (side(Role::Actor), side(Role::Recipient));
    out.push(format_args!("actor={}", kind(actor)));
    out.push(format_args!("recipient={}", kind(recipient)));
    out.push(format_args!("sides={}{}|{event}", u8::from(actor.is_some()), u8::from(recipient.is_some())));
    if let (Some(a), Some(r)) = (actor, recipient) {
        out.push(format_args!("same={}|{event}", a.country == r.country));
    }
    let political = |p: Option<&Party>| p.is_some_and(|p| is_political(p.sector));
    out.push(format_args!("political={}", political(actor) || political(recipient)));
    for (name, party) in [("actor", actor), ("recipient", recipient)] {
        if let Some(party) = party {
            out.push(format_args!("{name}-sector={}", party.sector));
            out.push(format_args!("{name}-known={}", party.country.is_some()));
        }
    }
    topic.describe(out);
    let sentence = input.parsed.sentence_of(mention.trigger);
    let headline = input.whole.find('\n').is_some_and(|end| (token.span.start as usize) < end);
    out.push(format_args!("headline={headline}"));
    let verbs = count(input, sentence, |upos| upos == Upos::Verb);
    out.push(format_args!("verbs={}", verbs.min(6)));
}

const TOPICS: [&str; 4] = ["topic-sport", "topic-business", "topic-stage", "topic-nature"];

/// What an article is about; worked out once for all its mentions.
pub(crate) struct Topic {
    /// Distinct words of each topic for a hundred tokens, at most 6.
    densities: [u32; TOPICS.len()],
    /// Named parties of political sectors for a hundred tokens, at most 6.
    polity: u32,
}

impl Topic {
    /// Of an article.
    pub(crate) fn of(input: &Input<'_>) -> Self {
        let classes = input.lexicon.classes(input.language);
        let tokens = &input.parsed.tokens;
        let hundreds = (tokens.len() as f32 / 100.0).max(1.0);
        let density = |count: usize| ((count as f32 / hundreds).round() as u32).min(6);
        let densities = TOPICS.map(|topic| {
            let mut words: Vec<&str> =
                tokens.iter().map(|t| t.lemma.as_str()).filter(|lemma| classes.is(topic, lemma)).collect();
            words.sort_unstable();
            words.dedup();
            density(words.len())
        });
        let mut chains: Vec<u32> =
            input.cast.parties.iter().filter(|p| is_political(p.sector) && is_named(p)).map(|p| p.chain).collect();
        chains.sort_unstable();
        chains.dedup();
        Self { densities, polity: density(chains.len()) }
    }

    fn describe(&self, out: &mut Features<'_>) {
        for (topic, density) in TOPICS.iter().zip(self.densities) {
            out.push(format_args!("{topic}={density}"));
        }
        let (polity, strongest) = (self.polity, self.densities.iter().max().unwrap_or(&0));
        out.push(format_args!("polity={polity}"));
        out.push(format_args!("polity={polity}|topic={strongest}"));
    }
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
