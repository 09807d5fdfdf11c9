//! The chain of stages for one article.

use depeche_coding::{Attempt, Input};
use depeche_model::{Cast, Event, Language, Mention, Parsed, Role, Span, Tree};
use depeche_resolve::{event, place, quantity, when, who};
use jiff::civil::Date;

use crate::Knowledge;

/// What a text is known to be before it is read.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub id: &'a str,
    pub whole: &'a str,
    pub title: Span,
    pub language: Language,
    pub published: Option<Date>,
}

/// Everything that the stages found.
pub(crate) struct Analysis {
    pub cast: Cast,
    pub mentions: Vec<Mention>,
    pub attempts: Vec<Attempt>,
    pub events: Vec<Event>,
}

/// Runs every stage after the parse; with `traced`, keeps the patterns that did not hold.
pub(crate) fn run(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed, traced: bool) -> Analysis {
    let Text { id, whole, title, language, published } = text;
    let cast = who::cast(parsed, whole, language, published, &knowledge.directory, &knowledge.gazetteer);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon };
    let (mentions, attempts) =
        if traced { depeche_coding::explain(&input) } else { (depeche_coding::code(&input), Vec::new()) };
    if mentions.is_empty() {
        return Analysis { cast, mentions, attempts, events: Vec::new() };
    }
    let tree = Tree::new(parsed);
    let assembler = event::Assembler {
        whole,
        title,
        language,
        published,
        parsed,
        tree: &tree,
        cast: &cast,
        lexicon: &knowledge.lexicon,
        times: published.map_or_else(Vec::new, |day| when::read(parsed, whole, language, day)),
        places: place::Places::of(&knowledge.gazetteer, parsed, whole, language),
        quantities: quantity::find(whole, language),
    };
    let events = event::assemble(&assembler, id, &mentions);
    Analysis { cast, mentions, attempts, events }
}

/// Every answer to who fills each role of each matched mention.
pub(crate) fn consider_roles(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed) -> Vec<crate::ConsideredRole> {
    let Text { whole, language, published, .. } = text;
    let cast = who::cast(parsed, whole, language, published, &knowledge.directory, &knowledge.gazetteer);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon };
    let tree = Tree::new(parsed);
    let mut out = Vec::new();
    for mention in depeche_coding::matched(&input, &tree) {
        let roles: &[Role] = if mention.mutual { &[Role::Actor] } else { &[Role::Actor, Role::Recipient] };
        for &role in roles {
            let answers = depeche_coding::roles::consider(&input, &tree, &mention, role);
            let named = |answer: &depeche_coding::roles::Answer| {
                let mut all: Vec<String> =
                    answer.countries(&cast).iter().map(|c| c.map_or_else(|| "?".to_owned(), |c| c.to_string())).collect();
                all.sort();
                all
            };
            let answers = answers.iter().map(|a| (named(a), a.features.clone())).collect();
            let span = parsed.span(mention.clause.0, mention.clause.1);
            let clause = (span.start as usize, span.end as usize);
            out.push(crate::ConsideredRole { mention: mention.clone(), clause, role, answers });
        }
    }
    out
}
