//! What a query means: whether one event of one article is meant.

use depeche_model::{Article, Country, Entity, Event};

use super::{Named, Phrase, Query, Test, Who};
use crate::fold;

impl Query {
    /// Whether an event of an article is meant.
    pub fn accepts(&self, article: &Article, event: &Event) -> bool {
        self.terms.iter().all(|term| term.test.holds(article, event) != term.negated)
    }
}

impl Test {
    fn holds(&self, article: &Article, event: &Event) -> bool {
        let start = event.date.map(|date| date.start);
        match self {
            Self::Actor(whos) => any_of(whos, &event.actors),
            Self::Recipient(whos) => any_of(whos, &event.recipients),
            Self::Party(whos) => any_of(whos, &event.actors) || any_of(whos, &event.recipients),
            Self::Dyad(a, b) => dyad(event, *a, *b),
            Self::Type(types) => types.contains(&event.event),
            Self::Quad(quads) => quads.contains(&event.quad),
            Self::Mode(modes) => modes.iter().any(|mode| event.modes.contains(mode)),
            Self::Context(contexts) => contexts.iter().any(|context| event.contexts.contains(context)),
            Self::Status(all) => all.contains(&event.status),
            Self::Cameo(codes) => codes.iter().any(|code| event.cameo.starts_with(code.as_str())),
            Self::Place(all) => event
                .place
                .as_ref()
                .is_some_and(|place| all.iter().any(|one| is_named(one, &place.text, place.country))),
            Self::According(all) => {
                event.attribution.as_ref().is_some_and(|by| all.iter().any(|one| is_named(one, &by.text, by.country)))
            }
            Self::Source(_) | Self::Language(_) | Self::Text(_) => self.holds_of_article(article),
            Self::Id(ids) => ids.iter().any(|id| *id == event.id || *id == article.id),
            Self::Rule(rules) => rules.contains(&event.rule),
            Self::After(day) => start.is_some_and(|start| start >= *day),
            Self::Before(day) => start.is_some_and(|start| start < *day),
            Self::On(days) => start.is_some_and(|start| days.contains(start)),
            Self::Confidence(bound) => bound.holds(event.confidence),
        }
    }
}

impl Test {
    /// Whether a test that asks of the article alone holds; true of every other.
    pub(crate) fn holds_of_article(&self, article: &Article) -> bool {
        match self {
            Self::Source(names) => {
                article.publisher.as_ref().is_some_and(|name| names.iter().any(|words| has_words(name, words)))
            }
            Self::Language(all) => all.contains(&article.language),
            Self::Text(phrases) => phrases.iter().any(|phrase| has_phrase(article, phrase)),
            _ => true,
        }
    }
}

fn any_of(whos: &[Who], side: &[Entity]) -> bool {
    whos.iter().any(|who| side.iter().any(|entity| is(who, entity)))
}

fn is(who: &Who, entity: &Entity) -> bool {
    match who {
        Who::Country(country) => entity.country == Some(*country),
        Who::Sector(sector) => entity.sector == *sector,
        Who::Both(country, sector) => entity.country == Some(*country) && entity.sector == *sector,
        Who::Wikidata(id) => entity.wikidata.as_ref() == Some(id),
        Who::Name(words) => has_words(entity.name.as_ref().unwrap_or(&entity.text), words),
    }
}

fn is_named(named: &Named, text: &str, of: Option<Country>) -> bool {
    match named {
        Named::Country(country) => of == Some(*country),
        Named::Name(words) => has_words(text, words),
    }
}

/// Whether folded words stand whole in a name.
fn has_words(name: &str, words: &str) -> bool {
    format!(" {} ", fold::key(name)).contains(&format!(" {words} "))
}

fn has_phrase(article: &Article, phrase: &Phrase) -> bool {
    [&article.title, &article.text].iter().any(|text| fold::contains(text, &phrase.words, phrase.prefix))
}

fn dyad(event: &Event, a: Country, b: Country) -> bool {
    let has = |side: &[Entity], country| side.iter().any(|entity| entity.country == Some(country));
    let (actors, recipients) = (&event.actors, &event.recipients);
    if recipients.is_empty() {
        return a != b && has(actors, a) && has(actors, b);
    }
    (has(actors, a) && has(recipients, b)) || (has(actors, b) && has(recipients, a))
}
