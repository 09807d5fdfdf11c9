//! What the whole article says of a party, before any one act is settled: how often it is named, whether the headline
//! names it, and on which side of the neighbouring acts the patterns put it.

use depeche_model::{Country, Mention, Role};

use crate::Input;

/// An article's parties and acts at a glance; made once an article.
pub struct Story {
    /// Countries, the most often named first.
    salient: Vec<Country>,
    /// Countries of the first sentence, which is the headline where there is one.
    headline: Vec<Country>,
    /// Parties of the first sentence, by chain.
    headline_chains: Vec<u32>,
    /// Mentions of each chain.
    mentions: Vec<u32>,
    /// The acts, in text order.
    acts: Vec<Act>,
}

struct Act {
    trigger: u32,
    sentence: usize,
    actors: Vec<u32>,
    recipients: Vec<u32>,
}

impl Story {
    /// The story of an article whose mentions have the roles that their patterns gave.
    pub fn new(input: &Input<'_>, mentions: &[Mention]) -> Self {
        let end = input.parsed.sentences.first().map_or(0, |s| s.1);
        let opening = || input.cast.parties.iter().filter(move |p| p.head < end);
        let mut acts: Vec<Act> = mentions.iter().map(|m| act(input, m)).collect();
        acts.sort_by_key(|a| a.trigger);
        Self {
            salient: salient(input),
            headline: opening().filter_map(|p| p.country).collect(),
            headline_chains: opening().map(|p| p.chain).collect(),
            mentions: counts(input),
            acts,
        }
    }

    /// Rank of a country by number of mentions, 0 for the most often named, at most 4; 9 for none.
    pub(super) fn rank(&self, country: Option<Country>) -> usize {
        country.and_then(|c| self.salient.iter().position(|&s| s == c)).map_or(9, |n| n.min(4))
    }

    /// Whether the headline names a country.
    pub(super) fn leads(&self, country: Option<Country>) -> bool {
        country.is_some_and(|c| self.headline.contains(&c))
    }

    /// Whether the headline names the party of a chain.
    pub(super) fn leads_chain(&self, chain: u32) -> bool {
        self.headline_chains.contains(&chain)
    }

    /// How often the article names the party of a chain, at most 5.
    pub(super) fn named(&self, chain: u32) -> u32 {
        self.mentions.get(chain as usize).map_or(0, |&n| n.min(5))
    }

    /// The side on which a party stands in the last act of the sentences before, and in another act of the same sentence.
    pub(super) fn sides(&self, trigger: u32, sentence: usize, chain: u32) -> (&'static str, &'static str) {
        let before = self.acts.iter().rev().find(|a| a.sentence < sentence);
        let beside = self.acts.iter().find(|a| {
            a.sentence == sentence
                && a.trigger != trigger
                && (a.actors.contains(&chain) || a.recipients.contains(&chain))
        });
        (before.map_or("no", |a| a.side(chain)), beside.map_or("no", |a| a.side(chain)))
    }
}

impl Act {
    fn side(&self, chain: u32) -> &'static str {
        if self.actors.contains(&chain) {
            "actor"
        } else if self.recipients.contains(&chain) {
            "recipient"
        } else {
            "neither"
        }
    }
}

fn act(input: &Input<'_>, mention: &Mention) -> Act {
    let chains = |role| mention.fillers(role).filter_map(|head| Some(input.cast.at(head)?.chain)).collect();
    Act {
        trigger: mention.trigger,
        sentence: input.parsed.sentence_of(mention.trigger),
        actors: chains(Role::Actor),
        recipients: chains(Role::Recipient),
    }
}

/// Countries by number of mentions, the most often named first.
fn salient(input: &Input<'_>) -> Vec<Country> {
    let mut counts: Vec<(usize, Country)> = Vec::new();
    for country in input.cast.parties.iter().filter_map(|p| p.country) {
        match counts.iter_mut().find(|(_, c)| *c == country) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, country)),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counts.into_iter().map(|(_, c)| c).collect()
}

fn counts(input: &Input<'_>) -> Vec<u32> {
    let size = input.cast.parties.iter().map(|p| p.chain as usize + 1).max().unwrap_or(0);
    let mut counts = vec![0; size];
    for party in &input.cast.parties {
        counts[party.chain as usize] += 1;
    }
    counts
}
