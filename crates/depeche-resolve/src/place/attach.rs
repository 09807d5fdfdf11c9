//! Where an act happened.
//!
//! The place of an act hangs on the word that tells it, directly or through its arguments; failing that, on the clause
//! that frames it ("In Tehran for talks, Lavrov dismissed …"). An act of force that names no place is told within a
//! scene, and takes the place of the sentence before, or of the dateline. An act of speech takes none: where a minister
//! stands when he condemns is rarely told, and the state that he condemns is no place.
//!
//! Every phrase that may tell the place, and "none", is described by plain features ([`super::features`]); a table of
//! weights, `lexicon/places/attach.tsv`, says how much each speaks for it. `training/place_attach.py` learns the table
//! from articles coded by hand. The best phrase of the state that most speaks for wins, and its features are the explanation.

use depeche_lexicon::choose;
use depeche_model::{Country, EventType, Language, Parsed, Place, Span};

use super::{
    Context, Gazetteer, Kind, Resolved,
    features::{self, Atoms, Option_},
    find,
    phrases::{Phrase, phrases},
    resolve, scene,
    weights::Weights,
};

/// The places of one article, ready to be attached to its acts.
#[derive(Debug)]
pub struct Places<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) parsed: &'a Parsed,
    pub(super) whole: &'a str,
    pub(super) language: Language,
    /// Every place name of the article, decided, in text order.
    pub toponyms: Vec<Resolved>,
    /// The states that the article speaks of.
    pub context: Context,
    /// Every phrase that tells a place, sentence by sentence.
    pub(super) phrases: Vec<Vec<Phrase>>,
}

/// The place of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// The place, with coordinates where the gazetteer has them.
    pub place: Place,
    /// Where its name stands.
    pub span: Span,
    /// The features that spoke for it most, with their weights.
    pub reason: String,
}

/// One answer to where an act happened.
#[derive(Clone, Debug)]
pub struct Considered {
    /// The place; none for "the text does not say".
    pub attached: Option<(Place, Span)>,
    /// What describes it.
    pub features: Vec<String>,
    /// Sum of the weights of its features.
    pub score: f64,
}

impl<'a> Places<'a> {
    /// Finds and decides every place name of an article.
    pub fn of(gazetteer: &'a Gazetteer, parsed: &'a Parsed, whole: &'a str, language: Language) -> Self {
        let found = find(gazetteer, parsed, whole, language);
        let context = Context::of(gazetteer, whole, language, &found);
        let toponyms = resolve(gazetteer, &found, whole, language, &context);
        let mut places = Self { gazetteer, parsed, whole, language, toponyms, context, phrases: Vec::new() };
        places.phrases = parsed.sentences.iter().map(|&sentence| phrases(&places, sentence)).collect();
        places
    }

    /// The place of the act that `trigger` tells within `clause` (tokens: first, and one past the last); none where the
    /// text does not say.
    pub fn attach(&self, trigger: u32, clause: (u32, u32), event: EventType) -> Option<Attached> {
        let (options, atoms) = self.options(trigger, clause, event)?;
        let weights = Weights::get();
        let state =
            |index: usize| options.get(index.checked_sub(1)?).and_then(|o| self.place_of(o.phrase, trigger).country);
        let index = choose((0..).zip(&atoms).map(|(index, atoms)| (state(index), weights.sum(atoms) as f32)))?;
        let phrase = options.get(index.checked_sub(1)?)?.phrase;
        let reason = weights.explain(atoms.get(index)?);
        Some(Attached { place: self.place_of(phrase, trigger), span: phrase.span, reason })
    }

    /// Every answer to where an act happened, "none" first; for training and for explanations.
    pub fn consider(&self, trigger: u32, clause: (u32, u32), event: EventType) -> Vec<Considered> {
        let Some((options, atoms)) = self.options(trigger, clause, event) else { return Vec::new() };
        let answers = [None].into_iter().chain(options.iter().map(Some));
        let considered = answers.zip(&atoms).map(|(option, atoms)| {
            let mut features = Vec::new();
            features::combine(atoms, |feature| features.push(feature.to_owned()));
            let attached = option.map(|o| (self.place_of(o.phrase, trigger), o.phrase.span));
            Considered { attached, features, score: Weights::get().sum(atoms) }
        });
        considered.collect()
    }

    /// The phrases that may tell the place of an act, and the atoms of "none" and of each.
    fn options(&self, trigger: u32, clause: (u32, u32), event: EventType) -> Option<(Vec<Option_<'_>>, Vec<Atoms>)> {
        let index = self.parsed.sentence_of(trigger);
        let sentence = *self.parsed.sentences.get(index)?;
        let mut options = scene::own(self, index);
        options.extend(scene::carried(self, index));
        let atoms = features::Act { places: self, trigger, clause, event, sentence }.atoms(&options);
        Some((options, atoms))
    }

    /// The name in a phrase.
    pub(super) fn name_of(&self, phrase: &Phrase) -> Option<&Resolved> {
        self.toponyms.get(phrase.name? as usize)
    }

    fn place_of(&self, phrase: &Phrase, trigger: u32) -> Place {
        let name = self.name_of(phrase);
        Place {
            text: phrase.span.of(self.whole).to_owned(),
            country: phrase.country.or_else(|| self.surrounding(phrase, trigger)).map(|c| self.gazetteer.state_of(c)),
            region: name.filter(|n| !n.region.is_empty()).map(|n| n.region.to_string()),
            lat: name.and_then(|n| n.point).map(|p| p.0),
            lon: name.and_then(|n| n.point).map(|p| p.1),
            geonameid: name.and_then(|n| n.geonameid),
        }
    }

    /// The state of a place whose name tells none: a common noun, a village in no table. It lies where the text is.
    fn surrounding(&self, phrase: &Phrase, trigger: u32) -> Option<Country> {
        if phrase.shared || phrase.kind.is_some() {
            return None;
        }
        let last = phrase.head.max(trigger);
        let here = self.parsed.sentence_of(last);
        let told = |r: &&Resolved| r.country.is_some() && r.tokens.0 < last && r.head != phrase.head;
        let local = |r: &&Resolved| {
            !matches!(r.kind, Some(Kind::Country) | None) && self.parsed.sentence_of(r.head) + 2 >= here
        };
        let before = self.toponyms.iter().rev().filter(told).find(local).and_then(|r| r.country);
        let line = || scene::dateline(self).and_then(|r| r.country);
        before.or_else(line).or_else(|| self.context.dominant().map(|d| d.0))
    }
}
