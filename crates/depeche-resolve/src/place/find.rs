//! Where the text names a place.
//!
//! The longest run of words that the gazetteer knows is taken, from left to right: "Khan Younès", "détroit de Taïwan".
//! A known name is not yet a place: Nice is an adjective at the head of a sentence, Jordan a player, Paris the first
//! half of a football club. Capitals, the part of speech and the named entity that the words belong to decide; a name
//! that the tagger takes for a place is kept even where no table knows it, for villages are where wars are fought.

use depeche_model::{EntityKind, EntityTag, Language, Parsed, Upos};

use super::{Candidate, Gazetteer, Kind, Source, Toponym, fold::fold_into, words::Words};

/// Longest name, in tokens: "centrale nucléaire de Zaporijjia", "Saint Peter and Saint Paul".
const LONGEST: u32 = 7;

/// Every name in the text that may be a place's, in text order and without overlap.
pub fn find(gazetteer: &Gazetteer, parsed: &Parsed, whole: &str, language: Language) -> Vec<Toponym> {
    let finder = Finder { gazetteer, parsed, whole, language };
    let mut found = Vec::new();
    for &(first, end) in &parsed.sentences {
        let mut token = first;
        while token < end {
            match finder.at(token, end) {
                Some(toponym) => {
                    token = toponym.tokens.1;
                    found.push(toponym);
                }
                None => token += 1,
            }
        }
    }
    found
}

struct Finder<'a> {
    gazetteer: &'a Gazetteer,
    parsed: &'a Parsed,
    whole: &'a str,
    language: Language,
}

impl Finder<'_> {
    /// The longest place name that starts at a token.
    fn at(&self, token: u32, end: u32) -> Option<Toponym> {
        let mut key = String::new();
        let word = self.parsed.text(self.whole, token);
        let capital = word.starts_with(char::is_uppercase);
        if !capital && !self.gazetteer.opens(word, &mut key) {
            return None;
        }
        for last in (token + 1..=end.min(token + LONGEST)).rev() {
            if !self.may_end(last - 1) {
                continue;
            }
            let name = self.parsed.span(token, last).of(self.whole);
            fold_into(name, &mut key);
            let candidates = self.gazetteer.lookup_key(name, &key, self.language);
            if !candidates.is_empty() && self.is_place(token, last, &candidates) {
                return Some(self.toponym(token, last, candidates));
            }
        }
        self.unknown(token, end)
    }

    /// A name ends in a capital, a common noun of a hand-written name, or a digit; never in punctuation or an article.
    fn may_end(&self, token: u32) -> bool {
        let upos = self.parsed.tokens[token as usize].upos;
        !matches!(upos, Upos::Punct | Upos::Adp | Upos::Det | Upos::Verb | Upos::Aux)
            || self.parsed.text(self.whole, token).starts_with(char::is_uppercase)
    }

    /// Whether these words are a place here.
    fn is_place(&self, first: u32, last: u32, candidates: &[Candidate]) -> bool {
        let token = &self.parsed.tokens[first as usize];
        let best = &candidates[0];
        if last - first > 1 && best.source == Source::Hand {
            return !self.inside(first, last, EntityKind::Person);
        }
        if self.inside(first, last, EntityKind::Person) || self.inside(first, last, EntityKind::Organization) {
            return false;
        }
        if best.kind == Kind::Country {
            return true;
        }
        let located = token.ent.kind() == Some(EntityKind::Location) || self.after_locative(first);
        let proper = token.upos == Upos::Propn || last - first > 1;
        let opens_sentence = self.parsed.sentences.iter().any(|s| s.0 == first);
        match token.ent.kind() {
            // The whole name of a person or body, yet a place's: only a well-known place outweighs the tagger.
            Some(EntityKind::Person) => best.source == Source::Hand && best.main && self.after_locative(first),
            Some(EntityKind::Organization | EntityKind::Misc) => located || (best.source == Source::Hand && best.main),
            _ => located || (proper && (best.main || best.prior() > 5.0) && !(opens_sentence && best.prior() < 5.0)),
        }
    }

    /// Whether a longer named entity of a sort covers these tokens: "Paris" in "Paris Saint-Germain".
    fn inside(&self, first: u32, last: u32, kind: EntityKind) -> bool {
        let tags = |token: u32| self.parsed.tokens.get(token as usize).map(|t| t.ent);
        let within = tags(first) == Some(EntityTag::Inside(kind));
        within || (tags(first) == Some(EntityTag::Begin(kind)) && tags(last) == Some(EntityTag::Inside(kind)))
    }

    fn after_locative(&self, first: u32) -> bool {
        let mut token = first;
        while let Some(before) = token.checked_sub(1) {
            match self.parsed.tokens[before as usize].upos {
                Upos::Det | Upos::Adj => token = before,
                Upos::Adp => return Words::get().locates(self.parsed.text(self.whole, before), self.language),
                _ => return false,
            }
        }
        false
    }

    /// A name that only the tagger takes for a place.
    fn unknown(&self, token: u32, end: u32) -> Option<Toponym> {
        let tag = self.parsed.tokens[token as usize].ent;
        let begins = tag == EntityTag::Begin(EntityKind::Location);
        let proper = self.parsed.tokens[token as usize].upos == Upos::Propn;
        let likely = proper && tag == EntityTag::Out && self.after_locative(token);
        if !(begins || likely) {
            return None;
        }
        let inside = |t: &u32| {
            let next = &self.parsed.tokens[*t as usize];
            if begins { next.ent == EntityTag::Inside(EntityKind::Location) } else { next.upos == Upos::Propn }
        };
        let last = (token + 1..end).take_while(inside).last().map_or(token + 1, |t| t + 1);
        let name = self.parsed.span(token, last).of(self.whole);
        let adjective = self.gazetteer.adjective(name, self.language).is_some();
        (!adjective && name.starts_with(char::is_uppercase)).then(|| self.toponym(token, last, Vec::new()))
    }

    fn toponym(&self, first: u32, last: u32, candidates: Vec<Candidate>) -> Toponym {
        let outside = |t: &u32| {
            let head = self.parsed.tokens[*t as usize].head;
            head == *t || !(first..last).contains(&head)
        };
        Toponym {
            span: self.parsed.span(first, last),
            tokens: (first, last),
            head: (first..last).find(outside).unwrap_or(first),
            candidates,
        }
    }
}
