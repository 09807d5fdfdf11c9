//! The chain of stages for one article.

use depeche_coding::{
    Attempt, Input,
    roles::{self, Story},
};
use depeche_model::{Cast, Event, EventType, Language, Mention, Parsed, Role, Span, Tree, Upos};
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
    /// Least confidence of an event that is told, 0 to 1.
    pub least: f32,
}

/// Everything that the stages found.
pub(crate) struct Analysis {
    pub cast: Cast,
    pub mentions: Vec<Mention>,
    pub attempts: Vec<Attempt>,
    pub events: Vec<Event>,
}

/// The parties of a text.
fn cast(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed) -> Cast {
    who::cast(parsed, text.whole, text.language, text.published, &knowledge.directory, &knowledge.gazetteer)
}

/// Runs every stage after the parse; with `traced`, keeps the patterns that did not hold.
pub(crate) fn run(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed, traced: bool) -> Analysis {
    let Text { id, whole, title, language, published, least } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least };
    let (mentions, attempts) =
        if traced { depeche_coding::explain(&input) } else { (depeche_coding::code(&input), Vec::new()) };
    if mentions.is_empty() {
        return Analysis { cast, mentions, attempts, events: Vec::new() };
    }
    let tree = Tree::new(parsed);
    let times = published.map_or_else(Vec::new, |day| when::read(parsed, whole, language, day));
    let dates: Vec<Span> = times.iter().map(|timed| timed.expression.span).collect();
    let quantities = if published.is_some() {
        quantity::find_among(whole, language, &dates)
    } else {
        quantity::find(whole, language)
    };
    let assembler = event::Assembler {
        whole,
        title,
        language,
        published,
        parsed,
        tree: &tree,
        cast: &cast,
        lexicon: &knowledge.lexicon,
        times,
        places: place::Places::of(&knowledge.gazetteer, parsed, whole, language),
        quantities,
    };
    let events = event::assemble(&assembler, id, &mentions);
    Analysis { cast, mentions, attempts, events }
}

/// Every answer to who fills each role: of the mentions that patterns matched, and of the acts at `told` (bytes of their
/// clause, type, whether mutual) that none did.
pub(crate) fn consider_roles(
    knowledge: &Knowledge,
    text: Text<'_>,
    parsed: &Parsed,
    told: &[((usize, usize), EventType, bool)],
) -> Vec<crate::ConsideredRole> {
    let Text { whole, language, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let tree = Tree::new(parsed);
    let mut mentions = depeche_coding::matched(&input, &tree);
    for &(span, event, mutual) in told {
        let known = mentions.iter().any(|m| m.event == event && meets(parsed.span(m.clause.0, m.clause.1), span));
        if let (false, Some(trigger)) = (known, head_of(parsed, &tree, span)) {
            mentions.push(depeche_coding::roles::bare(&input, &tree, trigger, event, mutual));
        }
    }
    let story = Story::new(&input, &mentions);
    mentions.iter().flat_map(|mention| considered(&input, &tree, &story, mention)).collect()
}

fn meets(span: Span, (start, end): (usize, usize)) -> bool {
    (span.start as usize) < end && start < span.end as usize
}

/// The word of a clause that the others hang on: a verb first.
fn head_of(parsed: &Parsed, tree: &Tree<'_>, (start, end): (usize, usize)) -> Option<u32> {
    let inside =
        |at: u32| parsed.tokens.get(at as usize).is_some_and(|t| (start..end).contains(&(t.span.start as usize)));
    let tops =
        (0..parsed.tokens.len() as u32).filter(|&at| inside(at) && tree.head(at).is_none_or(|head| !inside(head)));
    tops.min_by_key(|&at| match tree.token(at).upos {
        Upos::Verb => 0,
        Upos::Noun => 1,
        _ => 2,
    })
}

/// The recipient is considered once the actor is given, as in coding.
fn considered(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &Mention) -> Vec<crate::ConsideredRole> {
    let span = input.parsed.span(mention.clause.0, mention.clause.1);
    let mut given = mention.clone();
    let one = |&role: &Role| {
        let answers = roles::consider(input, tree, story, &given, role);
        roles::give(input, &mut given, role, &answers);
        crate::ConsideredRole {
            mention: mention.clone(),
            clause: (span.start as usize, span.end as usize),
            role,
            answers: answers.iter().map(|a| described(a, input.cast)).collect(),
        }
    };
    roles::roles_of(mention).iter().map(one).collect()
}

fn described(answer: &roles::Answer, cast: &Cast) -> crate::ConsideredAnswer {
    let name = |country: Option<depeche_model::Country>| country.map_or_else(|| "?".to_owned(), |c| c.to_string());
    let sides = answer.sides(cast).into_iter().map(|(country, sector)| (name(country), sector.to_string()));
    crate::ConsideredAnswer { sides: sides.collect(), features: answer.features.clone() }
}

/// Features of every mention that patterns matched, roles filled, with the bytes of its clause.
pub(crate) fn consider_mentions(
    knowledge: &Knowledge,
    text: Text<'_>,
    parsed: &Parsed,
) -> Vec<crate::ConsideredMention> {
    let Text { whole, language, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let tree = Tree::new(parsed);
    let one = |mention: Mention| {
        let span = parsed.span(mention.clause.0, mention.clause.1);
        let features = depeche_coding::judge::features(&input, &tree, &mention);
        crate::ConsideredMention { mention, clause: (span.start as usize, span.end as usize), features }
    };
    depeche_coding::code(&input).into_iter().map(one).collect()
}
