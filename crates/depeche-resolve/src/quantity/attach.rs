//! Which numbers are the killed, the injured and the size of an event.
//!
//! A number is of the killed or injured by its own phrase, wherever the event's trigger stands: its noun says so ("douze
//! morts"), or the verb whose object or passive subject it is ("killing two people"). The size is what is left: people or
//! money nearest to the trigger. Where the sentence of the act tells no victims, the next ones of its paragraph may.

use depeche_model::{EntityKind, EventType, Feats, Language, Mode, Parsed, Range, Relation, Token, Upos};

use super::{
    find::Quantity,
    words::{Kind, Unit, Words},
};
use crate::{
    tense, tree,
    when::{Act, tokens_of},
};

/// The numbers of one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People taking part, sent, arrested, freed, expelled or abducted, or the money given.
    pub size: Option<Range>,
    /// People killed.
    pub dead: Option<Range>,
    /// People injured.
    pub injured: Option<Range>,
}

/// How many sentences behind the act may still tell its victims.
const AFTERMATH: usize = 2;

/// Above this cost a number belongs to another act.
const LIMIT: f32 = 5.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Dead,
    Injured,
}

/// The numbers of an act, from the numbers of its article. Its modes tell whether those it hits are its size: people are
/// abducted or expelled, not attacked or sanctioned, by the number.
pub fn attach(
    parsed: &Parsed,
    whole: &str,
    language: Language,
    act: Act,
    modes: &[Mode],
    quantities: &[Quantity],
) -> Counts {
    let place = Place { parsed, whole, words: Words::of(language), act };
    let counted: Vec<Counted> = quantities.iter().filter_map(|q| place.counted(q)).collect();
    let abduction = modes.contains(&Mode::Abduct);
    let violent = matches!(act.event, EventType::Assault | EventType::Protest) && !abduction;
    let victims = |fate| if violent { place.victims(&counted, fate) } else { None };
    Counts { size: place.size(&counted, modes), dead: victims(Fate::Dead), injured: victims(Fate::Injured) }
}

/// Where an event stands.
struct Place<'a> {
    parsed: &'a Parsed,
    whole: &'a str,
    words: &'static Words,
    act: Act,
}

/// A number with its place in the tree.
struct Counted<'q> {
    quantity: &'q Quantity,
    /// Token that stands for the phrase towards its verb.
    anchor: u32,
    /// The noun counted; the anchor itself in most phrases.
    noun: u32,
    fate: Option<Fate>,
}

impl Place<'_> {
    fn token(&self, index: u32) -> Option<&Token> {
        self.parsed.tokens.get(index as usize)
    }

    fn is(&self, index: u32, kind: Kind) -> bool {
        let Some(token) = self.token(index) else { return false };
        let text = token.span.of(self.whole);
        // A lemma may be missed; the tables hold singulars.
        let singular = text.strip_suffix(['s', 'x']).unwrap_or(text);
        self.words.is(&token.lemma, kind) || self.words.is(text, kind) || self.words.is(singular, kind)
    }

    fn counted<'q>(&self, quantity: &'q Quantity) -> Option<Counted<'q>> {
        let (first, end) = tokens_of(self.parsed, quantity.number);
        // "30 000" may be two tokens; the last one that hangs on something outside stands for it.
        let outward =
            |&index: &u32| self.token(index).is_some_and(|t| t.head == index || t.head < first || t.head >= end);
        let head = (first..end).rev().find(outward)?;
        let token = self.token(head)?;
        let modifies = matches!(
            token.dep,
            Relation::Nummod | Relation::Det | Relation::Compound | Relation::Flat | Relation::Fixed
        );
        let anchor = if modifies && token.head != head { token.head } else { head };
        let inside = first <= anchor && anchor < end;
        let noun = if inside { self.noun_below(anchor, quantity).unwrap_or(anchor) } else { anchor };
        let fate = self.fate(anchor, noun, (first, end)).or_else(|| self.fate_beside(first, end));
        Some(Counted { quantity, anchor, noun, fate })
    }

    /// "une trentaine de soldats": the number is the head, the soldiers hang on it.
    fn noun_below(&self, anchor: u32, quantity: &Quantity) -> Option<u32> {
        let of = |index: u32| {
            self.parsed.children(index).any(|(_, t)| {
                t.dep == Relation::Case && matches!(t.span.of(self.whole), "de" | "d'" | "d’" | "des" | "of")
            })
        };
        let hangs = |t: &Token| matches!(t.dep, Relation::Nmod | Relation::Obl | Relation::OblArg);
        let below = self
            .parsed
            .children(anchor)
            .find(|(index, t)| hangs(t) && *index > anchor && of(*index))
            .map(|(index, _)| index);
        below.or_else(|| {
            let first = tokens_of(self.parsed, quantity.noun?).0;
            let belongs = |index: &u32| {
                self.token(*index).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj))
            };
            (first..first + 4).take_while(belongs).last()
        })
    }

    /// What the words right beside the number say, where a parser may be wrong: "dix-sept autres blessées", "trois
    /// manifestants ont été abattus", "killing at least 12".
    fn fate_beside(&self, first: u32, end: u32) -> Option<Fate> {
        let stops = |index: u32| {
            self.token(index)
                .is_none_or(|t| t.upos == Upos::Num || (t.upos == Upos::Punct && t.span.of(self.whole) != ","))
        };
        // "un garçon de 12 ans", "a boy of 12": an age has no fate.
        let of =
            first.checked_sub(1).and_then(|index| self.token(index)).is_some_and(|t| t.span.of(self.whole) == "of");
        if of && self.token(end).is_some_and(|t| t.upos == Upos::Punct) {
            return None;
        }
        let behind = (end..end + 7).take_while(|&index| !stops(index)).find_map(|index| {
            let passive = self.is_helper(index.wrapping_sub(1)) || index < end + 3;
            let verb_between =
                (end..index).any(|i| self.token(i).is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Aux)));
            let dies = (passive || !verb_between) && self.is(index, Kind::Die);
            self.fate_of_verb(index).filter(|_| passive).or_else(|| dies.then_some(Fate::Dead))
        });
        behind.or_else(|| self.fate_before(first))
    }

    /// "killing at least 12", "la mort de trois soldats", "the killing of 26 men".
    fn fate_before(&self, first: u32) -> Option<Fate> {
        for index in (first.saturating_sub(4)..first).rev() {
            let token = self.token(index)?;
            let of = self.token(index + 1).is_some_and(|t| matches!(t.span.of(self.whole), "of" | "de" | "d'" | "d’"));
            if let Some(fate) = self.fate_of_verb(index) {
                return (of || matches!(token.upos, Upos::Verb | Upos::Adj)).then_some(fate);
            }
            if of && self.is(index, Kind::Dead) {
                return Some(Fate::Dead);
            }
            if matches!(token.upos, Upos::Punct | Upos::Noun | Upos::Propn | Upos::Num) {
                break;
            }
        }
        None
    }

    fn is_helper(&self, index: u32) -> bool {
        self.token(index).is_some_and(|t| t.upos == Upos::Aux)
    }

    /// Whether the phrase names people killed or injured.
    fn fate(&self, anchor: u32, noun: u32, (first, end): (u32, u32)) -> Option<Fate> {
        let by_word = |index: u32| {
            if self.is(index, Kind::Dead) {
                Some(Fate::Dead)
            } else if self.is(index, Kind::Hurt) {
                Some(Fate::Injured)
            } else {
                None
            }
        };
        by_word(noun)
            .or_else(|| by_word(end))
            .or_else(|| self.fate_below(noun))
            // "blessé trente autres": the verb that touches the number outweighs one that the tree puts above it.
            .or_else(|| first.checked_sub(1).and_then(|before| self.fate_of_verb(before)))
            .or_else(|| self.fate_above(anchor, 0))
    }

    /// "vingt personnes tuées dans …", "five people wounded".
    fn fate_below(&self, noun: u32) -> Option<Fate> {
        self.parsed
            .children(noun)
            .filter(|(_, t)| matches!(t.dep, Relation::Acl | Relation::Amod) && t.feats.has(Feats::PART))
            .find_map(|(index, _)| self.fate_of_verb(index))
    }

    fn fate_of_verb(&self, verb: u32) -> Option<Fate> {
        if self.is(verb, Kind::Kill) || self.to_death(verb) {
            Some(Fate::Dead)
        } else if self.is(verb, Kind::Injure) {
            Some(Fate::Injured)
        } else {
            None
        }
    }

    /// "shot dead", "burned to death", "a coûté la vie", "lost their lives".
    fn to_death(&self, verb: u32) -> bool {
        self.parsed.children(verb).any(|(index, t)| {
            let word = t.span.of(self.whole);
            matches!(word, "dead" | "death" | "vie" | "lives" | "life") && t.dep != Relation::Nsubj && index > verb
        })
    }

    /// The verb above the phrase kills it.
    fn fate_above(&self, anchor: u32, depth: u8) -> Option<Fate> {
        let token = self.token(anchor)?;
        let verb = token.head;
        if verb == anchor || depth > 3 {
            return None;
        }
        let passive = self.parsed.children(verb).any(|(_, t)| t.dep == Relation::AuxPass);
        let participle = tense::form(self.parsed, verb) == tense::Form::Participle;
        let hit = match token.dep {
            Relation::NsubjPass => true,
            Relation::Nsubj => passive || participle,
            Relation::Obj | Relation::Iobj => !passive,
            Relation::Obl | Relation::OblArg => self.to_death(verb),
            Relation::Conj => return self.fate_above(verb, depth + 1),
            _ => return None,
        };
        let dies = matches!(token.dep, Relation::Nsubj | Relation::NsubjPass)
            && (self.is(verb, Kind::Die) || (!passive && self.loses_life(verb)));
        if dies { Some(Fate::Dead) } else { hit.then(|| self.fate_of_verb(verb)).flatten() }
    }

    fn loses_life(&self, verb: u32) -> bool {
        self.token(verb).is_some_and(|t| matches!(t.lemma.as_str(), "lose" | "perdre" | "trouver" | "meet"))
            && self.to_death(verb)
    }

    // Victims ---------------------------------------------------------------------------------------------------------

    fn victims(&self, counted: &[Counted<'_>], fate: Fate) -> Option<Range> {
        let own = self.parsed.sentence_of(self.act.trigger);
        // The dead of a protest are told with it; what follows it is another act's.
        let reach = if self.act.event == EventType::Assault { AFTERMATH } else { 0 };
        let last = (own + reach).min(self.parsed.sentences.len().saturating_sub(1));
        for index in own..=last {
            let sentence = self.parsed.sentences[index];
            if index > own && !self.same_paragraph(own, index) {
                break;
            }
            let inside = |token: u32| sentence.0 <= token && token < sentence.1;
            let told = counted.iter().filter(|c| c.fate == Some(fate) && inside(c.anchor) && c.quantity.unit.is_none());
            if let Some(nearest) = told.min_by_key(|c| (!self.in_clause(c.anchor), self.act.trigger.abs_diff(c.anchor)))
            {
                return Some(nearest.quantity.range);
            }
            if index == own
                && let Some(one) = self.single_victim(sentence, fate)
            {
                return Some(one);
            }
        }
        None
    }

    fn in_clause(&self, token: u32) -> bool {
        self.act.clause.0 <= token && token < self.act.clause.1
    }

    fn same_paragraph(&self, first: usize, last: usize) -> bool {
        let (a, b) = (self.parsed.sentences[first], self.parsed.sentences[last]);
        let span = self.parsed.span(a.0, b.0 + 1);
        !span.of(self.whole).contains("\n\n")
    }

    /// "Un commandant a péri", "killing Affan Kurniawan": one person, told without a number.
    fn single_victim(&self, sentence: (u32, u32), fate: Fate) -> Option<Range> {
        let (first, end) = (sentence.0.max(self.act.clause.0), sentence.1.min(self.act.clause.1));
        (first..end)
            .find(|&index| self.is_one_person(index) && self.fate_above(index, 0) == Some(fate))
            .map(|_| Range { min: Some(1), max: Some(1) })
    }

    fn is_one_person(&self, index: u32) -> bool {
        let Some(token) = self.token(index) else { return false };
        let named = token.ent.kind() == Some(EntityKind::Person);
        let singular = token.feats.has(Feats::SING) && !token.feats.has(Feats::PLUR);
        let counted = self.parsed.children(index).any(|(_, t)| t.dep == Relation::Nummod);
        let collective = matches!(
            token.lemma.as_str(),
            "troop" | "personnel" | "staff" | "crew" | "crowd" | "family" | "famille" | "force" | "militia"
        );
        let person = token.upos == Upos::Noun && self.is(index, Kind::Person) && !collective;
        singular && !counted && (named || person)
    }

    // Size ------------------------------------------------------------------------------------------------------------

    fn size(&self, counted: &[Counted<'_>], modes: &[Mode]) -> Option<Range> {
        let event = self.act.event;
        let money = matches!(
            event,
            EventType::Aid | EventType::Agree | EventType::Support | EventType::Cooperate | EventType::Concede
        );
        let people = match event {
            EventType::Assault => modes.contains(&Mode::Abduct),
            EventType::Sanction => modes.contains(&Mode::Expel),
            EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Consult
            | EventType::Support
            | EventType::Threaten
            | EventType::Agree => false,
            _ => true,
        };
        let fits = |c: &&Counted<'_>| match c.quantity.unit {
            Some(Unit::Money(_)) => money,
            Some(_) => false,
            None => people && c.fate.is_none() && self.counts_people(c) && !self.is_aside(c),
        };
        let fitting: Vec<&Counted<'_>> = counted.iter().filter(fits).collect();
        let nearest = fitting
            .iter()
            .filter_map(|c| Some((c, self.distance(c)?)))
            .filter(|(_, cost)| *cost < LIMIT)
            .min_by(|a, b| a.1.total_cmp(&b.1))?
            .0;
        let together = fitting.iter().filter(|c| self.is_joined(nearest, c)).map(|c| c.quantity.range);
        Some(together.fold(nearest.quantity.range, add))
    }

    /// How far a number is from the trigger, by the tree or, within the clause, by the order of words.
    fn distance(&self, counted: &Counted<'_>) -> Option<f32> {
        let path = tree::path(self.parsed, self.act.trigger, self.act.clause, counted.anchor)?.cost;
        let apart = self.act.trigger.abs_diff(counted.anchor) as f32;
        Some(if self.in_clause(counted.anchor) { path.min(2.0 + apart * 0.05) } else { path })
    }

    /// "vingt otages et soixante détenus": one number with the nearest.
    fn is_joined(&self, nearest: &Counted<'_>, other: &Counted<'_>) -> bool {
        let joined = |a: u32, b: u32| self.token(a).is_some_and(|t| t.dep == Relation::Conj && t.head == b);
        nearest.anchor != other.anchor
            && nearest.quantity.unit == other.quantity.unit
            && (joined(other.anchor, nearest.anchor)
                || joined(nearest.anchor, other.anchor)
                || self.is_listed(nearest, other)
                || self.is_listed(other, nearest))
    }

    /// Whether but an "and" stands between the first's noun and the second's number.
    fn is_listed(&self, first: &Counted<'_>, second: &Counted<'_>) -> bool {
        let (_, end) = tokens_of(self.parsed, first.quantity.number);
        let (start, _) = tokens_of(self.parsed, second.quantity.number);
        let between = first.noun.max(end.saturating_sub(1)) + 1;
        between + 1 == start && self.token(between).is_some_and(|t| t.upos == Upos::Cconj)
    }

    /// A number that is no size: "les deux hommes" and "the Twenty-seven" were told before, "parmi lesquels 103 généraux" is
    /// part of another, "forte de 3 700 hommes" describes, "a boy of 12" and "after six" count years and hours.
    fn is_aside(&self, counted: &Counted<'_>) -> bool {
        let (first, end) = tokens_of(self.parsed, counted.quantity.number);
        let word = |back: u32| {
            first.checked_sub(back).and_then(|index| self.token(index)).map_or("", |t| t.span.of(self.whole))
        };
        let before = [word(1), word(2), word(3), word(4)].map(str::to_lowercase);
        let is = |back: usize, words: &[&str]| words.contains(&before[back - 1].as_str());
        let few = counted.quantity.range.max.is_some_and(|max| max < 10);
        let name = counted.quantity.number.of(self.whole).chars().next().is_some_and(char::is_uppercase);
        let known = is(1, &["les", "des", "aux", "the", "ces", "these", "both", "leurs", "their"]) && (few || name);
        let part = (1..=4).any(|back| is(back, &["parmi", "dont", "among", "including", "notamment"]));
        let strength = is(1, &["de"]) && is(2, &["fort", "forte", "forts", "fortes"]);
        let alone = first <= counted.noun && counted.noun < end;
        let small = counted.quantity.range.max.is_some_and(|max| max < 100);
        let hour = alone && small && is(1, &["at", "after", "before", "by", "until", "le", "the", "of"]);
        let receiver = self.act.event == EventType::Aid && is(1, &["à", "to", "for", "pour"]);
        known || part || strength || hour || receiver
    }

    /// A noun for people, a people by name, or no noun at all.
    fn counts_people(&self, counted: &Counted<'_>) -> bool {
        let Some(noun) = self.token(counted.noun) else { return false };
        let (first, end) = tokens_of(self.parsed, counted.quantity.number);
        let alone = first <= counted.noun && counted.noun < end;
        let text = noun.span.of(self.whole);
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        let people = capital
            && (noun.feats.has(Feats::PLUR) || text.ends_with('s'))
            && matches!(noun.upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let pronoun = matches!(noun.upos, Upos::Pron);
        alone || people || pronoun || self.is(counted.noun, Kind::Person)
    }
}

/// The sum of two numbers; unbounded where either is.
fn add(a: Range, b: Range) -> Range {
    let sum = |a: Option<u64>, b: Option<u64>| a?.checked_add(b?);
    Range { min: sum(a.min, b.min), max: sum(a.max, b.max) }
}
