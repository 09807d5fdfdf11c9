//! Who fills a role, where grammar and story compete.
//!
//! A pattern names slots: the subject, the object, what stands behind "contre". Often the text tells the party elsewhere:
//! "Islamabad denies any role" answers New Delhi, named a sentence before; "the decree was struck down" hits its author.
//! For each role all answers are weighed, the pattern's own, every party near, and nobody: plain features
//! (`features`) with the weights of a table, `lexicon/judge/roles.tsv`, learned by `training/roles.py` from articles
//! coded by hand. The greatest sum wins; its features are the explanation.

pub(crate) mod answers;
mod bare;
mod features;
mod story;

use depeche_lexicon::Weights;
use depeche_model::{Country, Mention, Role, Tree};

use crate::{Input, judge};

pub use answers::Answer;
pub use bare::bare;
pub use story::Story;

static TABLE: Weights = Weights::new(include_str!("../../../../lexicon/judge/roles.tsv"));

/// Every answer to who fills a role of a mention, with its features and their sum; nobody comes first.
pub fn consider(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &Mention, role: Role) -> Vec<Answer> {
    let mut answers = answers::gather(input, tree, mention, role);
    features::describe(input, tree, story, mention, role, &mut answers);
    for answer in &mut answers {
        answer.score = TABLE.sum(&answer.features);
    }
    answers
}

/// Fills the roles of every mention and drops those that lack a side which their rule needs.
pub(crate) fn settle(input: &Input<'_>, tree: &Tree<'_>, mentions: &mut Vec<Mention>) {
    let story = Story::new(input, mentions);
    mentions.retain_mut(|mention| {
        assign(input, tree, &story, mention);
        mention.confidence = judge::confidence(input, tree, mention);
        let has = |role| mention.fillers(role).next().is_some();
        let needs = input.lexicon.rule(&mention.rule).map(|rule| rule.needs).unwrap_or_default();
        let told = has(Role::Actor) || has(Role::Recipient);
        mention.confidence >= input.least
            && told
            && (has(Role::Actor) || !needs.actor)
            && (has(Role::Recipient) || !needs.recipient)
    });
}

/// Gives the actor and the recipient of a mention to whom the weights say; the recipient is weighed once the actor is known.
fn assign(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &mut Mention) {
    for &role in roles_of(mention) {
        let answers = consider(input, tree, story, mention, role);
        give(input, mention, role, &answers);
    }
    mention.roles.sort_by_key(|&(role, token)| (role as u8, token));
}

/// The roles that are weighed, in order.
pub fn roles_of(mention: &Mention) -> &'static [Role] {
    if mention.mutual { &[Role::Actor] } else { &[Role::Actor, Role::Recipient] }
}

/// Gives a role to the answer that the weights choose.
pub fn give(input: &Input<'_>, mention: &mut Mention, role: Role, answers: &[Answer]) {
    if let Some(best) = choose(input, answers) {
        mention.roles.retain(|&(r, _)| r != role);
        mention.roles.extend(best.heads.iter().map(|&head| (role, head)));
    }
}

/// The best answer of those countries whose two best answers weigh most together.
///
/// A state is named in many ways in one story: "Moscow", "the Russian army", "they". Which state it was matters more than which of
/// its arms, so two answers that agree on it support each other; more than two would only count how often it is named.
/// Among equals the first wins: nobody, the slot, the nearest.
fn choose<'a>(input: &Input<'_>, answers: &'a [Answer]) -> Option<&'a Answer> {
    let top = answers.iter().map(|a| a.score).fold(f32::NEG_INFINITY, f32::max);
    let mut groups: Vec<(Vec<Option<Country>>, &Answer, f32)> = Vec::new();
    for answer in answers {
        let countries = answer.countries(input.cast);
        match groups.iter_mut().find(|(other, ..)| *other == countries) {
            Some((_, best, second)) if answer.score > best.score => {
                *second = best.score;
                *best = answer;
            }
            Some((_, _, second)) => *second = second.max(answer.score),
            None => groups.push((countries, answer, f32::NEG_INFINITY)),
        }
    }
    let weight = |(_, best, second): &(_, &Answer, f32)| (best.score - top).exp() + (second - top).exp();
    let best = groups.into_iter().reduce(|best, next| if weight(&next) > weight(&best) { next } else { best });
    best.map(|(_, answer, _)| answer)
}
