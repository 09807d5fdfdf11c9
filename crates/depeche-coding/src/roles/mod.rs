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

use depeche_lexicon::{Features, Weights, choose};
use depeche_model::{EventType, Mention, Role, Sector, Tree};

use crate::{Input, judge};

pub use answers::Answer;
pub use bare::bare;
pub use story::Story;

static TABLE: Weights = Weights::new(include_str!("../../../../lexicon/judge/roles.tsv"));

/// Every answer to who fills a role of a mention, with its features and their sum; nobody comes first.
pub fn consider(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &Mention, role: Role) -> Vec<Answer> {
    weighed(input, tree, story, mention, role, &mut Features::named(&TABLE))
}

fn weighed(
    input: &Input<'_>,
    tree: &Tree<'_>,
    story: &Story,
    mention: &Mention,
    role: Role,
    features: &mut Features<'_>,
) -> Vec<Answer> {
    let mut answers = answers::gather(input, tree, mention, role);
    features::describe(input, tree, story, mention, role, &mut answers, features);
    answers
}

/// Fills the roles of every mention and drops those that lack a side which their rule needs.
pub(crate) fn settle(input: &Input<'_>, tree: &Tree<'_>, mentions: &mut Vec<Mention>) {
    if mentions.is_empty() {
        return;
    }
    let story = Story::new(input, mentions);
    let topic = judge::Topic::of(input);
    let mut features = Features::summed(&TABLE);
    mentions.retain_mut(|mention| {
        assign(input, tree, &story, mention, &mut features);
        mention.confidence = judge::confidence(input, tree, &topic, mention);
        let has = |role| mention.fillers(role).next().is_some();
        let needs = input.lexicon.rule(&mention.rule).map(|rule| rule.needs).unwrap_or_default();
        let told =
            mention.roles.iter().any(|&(role, head)| role != Role::Theme && is_identified(input, mention.event, head));
        mention.confidence >= input.least
            && told
            && (has(Role::Actor) || !needs.actor)
            && (has(Role::Recipient) || !needs.recipient)
    });
}

/// Whether a party is one of which a record can be kept: of a known country, or at least of a sector that acts in politics.
/// "The river meets the sea near the village" names none; a crowd that protests is one wherever it is.
fn is_identified(input: &Input<'_>, event: EventType, head: u32) -> bool {
    let anybody = |sector| matches!(sector, Sector::Cvl | Sector::Bus | Sector::Unk);
    answers::sides(input.cast, head)
        .into_iter()
        .any(|(country, sector)| country.is_some() || event == EventType::Protest || !anybody(sector))
}

/// Gives the actor and the recipient of a mention to whom the weights say; the recipient is weighed once the actor is known.
fn assign(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &mut Mention, features: &mut Features<'_>) {
    for &role in roles_of(mention) {
        let answers = weighed(input, tree, story, mention, role, features);
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
    let best = choose(answers.iter().map(|a| (a.countries(input.cast), a.score)));
    if let Some(best) = best.and_then(|index| answers.get(index)) {
        mention.roles.retain(|&(r, _)| r != role);
        mention.roles.extend(best.heads.iter().map(|&head| (role, head)));
    }
}
