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

use depeche_model::{Mention, Role, Tree};

use crate::{Input, judge, weights::Weights};

pub use answers::Answer;
pub use bare::bare;

static TABLE: Weights = Weights::new(include_str!("../../../../lexicon/judge/roles.tsv"));

/// Every answer to who fills a role of a mention, with its features and their sum; nobody comes first.
pub fn consider(input: &Input<'_>, tree: &Tree<'_>, mention: &Mention, role: Role) -> Vec<Answer> {
    let mut answers = answers::gather(input, tree, mention, role);
    features::describe(input, tree, mention, role, &mut answers);
    for answer in &mut answers {
        answer.score = TABLE.sum(&answer.features);
    }
    answers
}

/// Fills the roles of every mention and drops those that lack a side which their rule needs.
pub(crate) fn settle(input: &Input<'_>, tree: &Tree<'_>, mentions: &mut Vec<Mention>) {
    mentions.retain_mut(|mention| {
        assign(input, tree, mention);
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

/// Gives the actor and the recipient of a mention to whom the weights say.
fn assign(input: &Input<'_>, tree: &Tree<'_>, mention: &mut Mention) {
    let roles: &[Role] = if mention.mutual { &[Role::Actor] } else { &[Role::Actor, Role::Recipient] };
    for &role in roles {
        let answers = consider(input, tree, mention, role);
        // The first of equals: nobody before somebody, the pattern's own before a party from elsewhere.
        let best = answers.iter().reduce(|best, next| if next.score > best.score { next } else { best });
        if let Some(best) = best {
            mention.roles.retain(|&(r, _)| r != role);
            mention.roles.extend(best.heads.iter().map(|&head| (role, head)));
        }
    }
    mention.roles.sort_by_key(|&(role, token)| (role as u8, token));
}
