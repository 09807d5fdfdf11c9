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
        if let Some(end) = self.street(token, end) {
            return Some(self.toponym(token, end, Vec::new()));
        }
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
            if last == token + 1 && Words::get().is_never(&key, self.language) && !self.located(token) {
                return None;
            }
            // "sud" opens "sud du Liban"; by itself it is not the Sud of Rwanda.
            if !capital && candidates.first().is_some_and(|c| c.source == Source::GeoNames) {
                continue;
            }
            if !candidates.is_empty() && self.is_place(token, last, &candidates) {
                return Some(self.toponym(token, last, candidates));
            }
        }
        self.unknown(token, end)
    }

    /// A name ends in a capital, a common noun of a hand-written name, or a digit; never in punctuation or an article.
    fn may_end(&self, token: u32) -> bool {
        let upos = self.parsed.tokens[token as usize].upos;
        let glued = self.parsed.tokens[token as usize - usize::from(token > 0)].span.end
            == self.parsed.tokens[token as usize].span.start;
        (glued && upos != Upos::Punct)
            || !matches!(upos, Upos::Punct | Upos::Adp | Upos::Det | Upos::Verb | Upos::Aux)
            || self.parsed.text(self.whole, token).starts_with(char::is_uppercase)
    }

    /// Whether these words are a place here.
    fn is_place(&self, first: u32, last: u32, candidates: &[Candidate]) -> bool {
        let token = &self.parsed.tokens[first as usize];
        let best = &candidates[0];
        let well_known = best.source == Source::Hand && best.main;
        if well_known && (self.after_locative(first) || self.is_dateline(first, last)) {
            return true;
        }
        if best.source == Source::GeoNames && self.gazetteer.adjective(&best.name, self.language).is_some() {
            return false;
        }
        if last - first > 1 && best.source == Source::Hand {
            return !self.inside(first, last, EntityKind::Person);
        }
        if self.inside(first, last, EntityKind::Person) || self.inside(first, last, EntityKind::Organization) {
            return false;
        }
        if best.kind == Kind::Country {
            return true;
        }
        let located = self.located(first) || self.after_locative(first);
        let proper = token.upos == Upos::Propn || last - first > 1;
        match token.ent.kind() {
            // The whole name of a person or body, yet a place's: only a well-known place outweighs the tagger.
            Some(EntityKind::Person) => {
                well_known && first > 0 && self.parsed.tokens[first as usize - 1].upos == Upos::Adp
            }
            Some(EntityKind::Organization | EntityKind::Misc) => well_known,
            // Mobile is a city and an adjective, Sebastian a town and a man: a name that no analyst listed must be somewhere.
            _ if best.source == Source::GeoNames => located && proper || (proper && best.main && best.prior() > 5.3),
            _ => located || proper,
        }
    }

    /// "ISLAMABAD —": a name in capitals at the start of a line, with a mark after it.
    fn is_dateline(&self, first: u32, last: u32) -> bool {
        let span = self.parsed.span(first, last);
        let before = self.whole.get(..span.start as usize).unwrap_or_default();
        let after = self.whole.get(span.end as usize..).unwrap_or_default().trim_start();
        before.ends_with('\n')
            && !span.of(self.whole).chars().any(char::is_lowercase)
            && after.starts_with([',', '(', '-', '–', '—', '/', ':'])
    }

    fn located(&self, token: u32) -> bool {
        self.parsed.tokens[token as usize].ent.kind() == Some(EntityKind::Location)
    }

    /// The end of a name made of a name and a noun that no table has: "Independence Avenue", "rue Arbat".
    fn street(&self, token: u32, end: u32) -> Option<u32> {
        let text = |t: u32| self.parsed.text(self.whole, t);
        let capital = |t: u32| text(t).starts_with(char::is_uppercase);
        let names = |t: u32| Words::get().names(text(t), self.language);
        let joins = |t: u32| capital(t) || matches!(text(t), "'" | "’" | "'s" | "’s" | "-");
        let run = |from: u32| (from..end.min(from + 4)).take_while(|t| joins(*t)).count() as u32;
        // Capitals first: they are cheaper to see than a noun is to look up.
        let last = match self.language {
            Language::English => {
                let run = if capital(token) { run(token) } else { 0 };
                let last = (token + 1..token + run).find(|t| names(*t))?;
                (!names(token)).then_some(last + 1)?
            }
            Language::French => {
                let more = run(token + 1);
                (more > 0 && names(token)).then_some(token + 1 + more)?
            }
        };
        let name = self.parsed.span(token, last).of(self.whole);
        let known = self.gazetteer.lookup(name, self.language).iter().any(|c| c.source == Source::Hand);
        (!known).then_some(last)
    }

    /// Whether a longer named entity of a sort covers these tokens: "Paris" in "Paris Saint-Germain".
    fn inside(&self, first: u32, last: u32, kind: EntityKind) -> bool {
        let tags = |token: u32| self.parsed.tokens.get(token as usize).map(|t| t.ent);
        let tagged = |t: u32| matches!(tags(t), Some(EntityTag::Inside(k)) if k == kind);
        let opening = (0..first).rev().take_while(|t| tagged(t + 1)).last().unwrap_or(first);
        // No name begins with a preposition: the tagger went astray.
        if self.parsed.tokens[opening as usize].upos == Upos::Adp {
            return false;
        }
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
        let mut key = String::new();
        fold_into(name, &mut key);
        let acronym = name.chars().count() > 2 && !name.chars().any(char::is_lowercase) && !begins;
        let no = acronym
            || self.gazetteer.adjective_key(&key, self.language).is_some()
            || Words::get().is_never(key.split(' ').next().unwrap_or_default(), self.language);
        // "Grande-Poste d'Alger" is in Algiers.
        let within = || (token + 1..last).rev().find_map(|t| self.inner(t, last));
        let candidates = if begins { within().unwrap_or_default() } else { Vec::new() };
        (!no && name.starts_with(char::is_uppercase)).then(|| self.toponym(token, last, candidates))
    }

    /// Hand-written places whose name ends a longer one.
    fn inner(&self, first: u32, last: u32) -> Option<Vec<Candidate>> {
        let name = self.parsed.span(first, last).of(self.whole);
        let found = self.gazetteer.lookup(name, self.language);
        let sure = found.first().is_some_and(|c| c.source == Source::Hand && c.main && c.kind != Kind::Country);
        (name.starts_with(char::is_uppercase) && sure).then_some(found)
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
