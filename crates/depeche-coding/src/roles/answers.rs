//! Who could fill a role.

use depeche_model::{Cast, Country, EventType, Mention, PartyKind, Relation as R, Role, Sector, Tree};

use crate::{Input, fill::Filler};

/// One answer to who fills a role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Head tokens of the parties; empty for nobody.
    pub heads: Vec<u32>,
    /// Whether the pattern's own slot gave it.
    pub slot: bool,
    /// Party from elsewhere that joins the slot's own in a mutual act.
    pub joined: Option<u32>,
    /// What describes it.
    pub features: Vec<String>,
    /// Sum of the weights of its features.
    pub score: f32,
}

impl Answer {
    /// Countries that it names, sorted; `None` for one that is not known.
    pub(super) fn countries(&self, cast: &Cast) -> Vec<Option<Country>> {
        let mut all: Vec<_> = self.sides(cast).into_iter().map(|(country, _)| country).collect();
        all.dedup();
        all
    }

    /// Country and sector of each party that it names, sorted; `None` for a country that is not known.
    pub fn sides(&self, cast: &Cast) -> Vec<(Option<Country>, Sector)> {
        let mut all: Vec<_> = self.heads.iter().flat_map(|&head| sides(cast, head)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Country and sector of the party at a token, or of those that it stands for.
pub(super) fn sides(cast: &Cast, head: u32) -> Vec<(Option<Country>, Sector)> {
    let Some(party) = cast.at(head) else { return Vec::new() };
    if !party.members.is_empty() {
        let members = party.members.iter().filter_map(|&m| cast.parties.get(m as usize));
        return members.map(|m| (m.country, m.sector)).collect();
    }
    let mut all = vec![(party.country, party.sector)];
    all.extend(party.also.iter().map(|&c| (Some(c), party.sector)));
    all
}

/// Sentences before the act's own in which a party may still be meant.
const BACK: usize = 2;

/// Nobody, the pattern's own answer, and every other party near, the nearest of each chain.
pub(super) fn gather(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention, role: Role) -> Vec<Answer> {
    let own: Vec<u32> = mention.fillers(role).collect();
    let mut answers = vec![Answer::default()];
    if !own.is_empty() {
        answers.push(Answer { heads: own.clone(), slot: true, ..Answer::default() });
    }
    let other: Vec<u32> =
        mention.roles.iter().filter(|&&(r, _)| r != role && r != Role::Theme).map(|&(_, head)| head).collect();
    let chain = |head: u32| input.cast.at(head).map(|p| p.chain);
    let taken: Vec<Option<u32>> = other.iter().chain(&own).map(|&head| chain(head)).collect();
    if mention.mutual && own.len() > 1 {
        // Both sides are told: nobody else needs to be thought of.
        return answers.split_off(1);
    }
    let filler = Filler { tree, cast: input.cast };
    let mut joins = Vec::new();
    let mut seen: Vec<u32> = Vec::new();
    for head in near(input, mention.trigger) {
        let within = other.iter().any(|&o| tree.below(head, o) && !joined(tree, head, o));
        if taken.contains(&chain(head))
            || mention.words.contains(&head)
            || within
            || !may(input, tree, mention, role, head)
        {
            continue;
        }
        let answer = Answer { heads: filler.parties(head, &[]), ..Answer::default() };
        let first = answer.heads.first().and_then(|&first| chain(first));
        if let Some(first) = first.filter(|first| !seen.contains(first)) {
            seen.push(first);
            joins.extend((mention.mutual && own.len() == 1).then(|| join(&own, &answer)));
            // A participant that the pattern found stays: others join him, they do not replace him.
            if !mention.mutual || own.is_empty() {
                answers.push(answer);
            }
        }
    }
    answers.extend(joins.into_iter().take(MOST_JOINS));
    answers
}

/// Parties near that may join a mutual act told of one side: "Theresa May called … Macron thanked her".
const MOST_JOINS: usize = 6;

fn join(own: &[u32], other: &Answer) -> Answer {
    Answer {
        heads: [own, &other.heads].concat(),
        slot: true,
        joined: other.heads.first().copied(),
        ..Answer::default()
    }
}

/// Whether `head` is a conjunct of `other`: part of its list, not of its phrase.
fn joined(tree: &Tree<'_>, head: u32, other: u32) -> bool {
    let mut at = head;
    while let (R::Conj, Some(above)) = (tree.dep(at), tree.head(at)) {
        if above == other {
            return true;
        }
        at = above;
    }
    false
}

/// Whether a party that no slot gave may fill the role at all: a place where something happens does nothing, and what one
/// moves is not whom one moves it against.
fn may(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention, role: Role, head: u32) -> bool {
    let Some(party) = input.cast.at(head) else { return false };
    let place = matches!(party.kind, PartyKind::State | PartyKind::Place) && is_locative(input, tree, head);
    let asset = party.kind == PartyKind::Asset
        && !matches!(mention.event, EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Sanction);
    !(place || asset && role == Role::Recipient)
}

/// Whether a phrase stands behind a preposition of place.
pub(crate) fn is_locative(input: &Input<'_>, tree: &Tree<'_>, head: u32) -> bool {
    let classes = input.lexicon.classes(input.language);
    tree.children_by(head, &[R::Case]).any(|case| classes.is("locative", &tree.token(case).lemma.to_lowercase()))
}

/// Heads of parties in the act's sentence and those before it, the nearest first; the headline counts as just before the text.
fn near(input: &Input<'_>, trigger: u32) -> Vec<u32> {
    let sentence = input.parsed.sentence_of(trigger);
    let first = input.parsed.sentences.get(sentence.saturating_sub(BACK)).map_or(0, |s| s.0);
    let end = input.parsed.sentences.get(sentence).map_or(0, |s| s.1);
    let mut heads: Vec<u32> =
        input.cast.parties.iter().map(|p| p.head).filter(|&h| (first..end).contains(&h)).collect();
    heads.sort_by_key(|&h| (h.abs_diff(trigger), h));
    heads.dedup();
    heads
}
