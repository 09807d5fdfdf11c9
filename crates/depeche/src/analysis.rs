//! The chain of stages for one article.

use depeche_coding::{Attempt, Input};
use depeche_model::{Cast, Event, Language, Mention, Parsed, Span, Tree};
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
pub(crate) fn cast(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed) -> Cast {
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
