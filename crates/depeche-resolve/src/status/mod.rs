//! Status: whether the act was done, is planned, only possible, denied, or background.
//!
//! The sign may stand on the trigger ("n'a pas dépêché"), on a verb above it ("envisage d'expulser", "could be freed"),
//! on the noun's own words ("une éventuelle visite") or in the date. `of` reads them in that order of strength: denied,
//! possible, to come, background, done. What the date alone decides is settled by the caller with `by_date`.

use depeche_lexicon::Classes;
use depeche_model::{DateSpan, EventType, Feats, Parsed, Relation as R, Status, Tree, Upos};
use jiff::{ToSpan, civil::Date};

use crate::tense::{self, Form};

/// What the grammar around a trigger says of its act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modality {
    /// It did not happen.
    pub negated: bool,
    /// It is only possible, or stands under a condition.
    pub possible: bool,
    /// It is still to come.
    pub coming: bool,
    /// Its verb stands in a conditional without "could": the French rumour, if somebody is cited.
    pub rumour: bool,
    /// Its verb stands before another past.
    pub pluperfect: bool,
    /// It is told as a habit.
    pub habit: bool,
}

/// How far up the tree a modal verb may stand.
const HIGHEST: usize = 4;

/// Reads the tree.
pub struct Reader<'a> {
    /// Title, line feed, text.
    pub whole: &'a str,
    /// The parse.
    pub parsed: &'a Parsed,
    /// Its tree.
    pub tree: &'a Tree<'a>,
    /// Word classes of the language (`lexicon/words/discourse.words`).
    pub classes: &'a Classes,
}

impl Reader<'_> {
    /// Modality of the act that a token triggers. A denial that a pattern asks for ("n'a pas été autorisé" as a refusal) is
    /// the act, and denies nothing; `words` are the tokens of the pattern.
    pub fn modality(&self, trigger: u32, words: &[u32]) -> Modality {
        let mut found = self.read(trigger);
        found.negated &= !words.iter().any(|&word| self.is("negation", word));
        found
    }

    fn read(&self, trigger: u32) -> Modality {
        let mut found = Modality::default();
        let mut at = trigger;
        if self.tree.token(trigger).upos != Upos::Verb {
            self.noun(trigger, &mut found);
            match self.light_verb(trigger) {
                Some(verb) => at = verb,
                None => return found,
            }
        }
        self.verb(at, &mut found);
        self.above(at, &mut found);
        found
    }

    fn is(&self, class: &str, at: u32) -> bool {
        let token = self.tree.token(at);
        self.classes.is(class, &token.lemma) || self.classes.is(class, &self.form(at))
    }

    fn form(&self, at: u32) -> String {
        self.tree.token(at).span.of(self.whole).to_lowercase().replace('’', "'")
    }

    fn noun(&self, noun: u32, found: &mut Modality) {
        for &child in self.tree.children(noun) {
            found.possible |= self.is("possible-adjective", child);
            found.coming |= self.is("coming-adjective", child) && self.tree.dep(child) != R::Det;
            found.negated |= matches!(self.tree.dep(child), R::Det | R::Advmod | R::Case) && self.is("negation", child);
        }
    }

    /// The verb that carries tense and negation for a noun.
    fn light_verb(&self, noun: u32) -> Option<u32> {
        let head = self.tree.head(noun)?;
        let carried = matches!(self.tree.dep(noun), R::Obj | R::ObjLvc | R::NsubjPass | R::Nsubj | R::Obl | R::OblArg);
        (carried && self.tree.token(head).upos == Upos::Verb && self.is("light", head)).then_some(head)
    }

    /// Signs on the verb and its auxiliaries.
    fn verb(&self, verb: u32, found: &mut Modality) {
        let token = self.tree.token(verb);
        for &child in self.tree.children(verb) {
            let (dep, child_token) = (self.tree.dep(child), self.tree.token(child));
            match dep {
                R::Advmod | R::Det | R::Cc | R::Mark | R::Case | R::Discourse if self.is("negation", child) => {
                    found.negated |= !self.only(verb);
                }
                R::Nsubj | R::NsubjPass | R::Obj | R::Obl => found.negated |= self.nobody(child),
                R::Advmod => {
                    found.habit |= self.is("habit", child);
                    found.rumour |= self.is("possible-adverb", child);
                }
                R::Mark if self.is("condition", child) => found.possible = true,
                R::Aux | R::AuxTense | R::AuxPass | R::Cop => self.auxiliary(child, found),
                _ => {}
            }
            found.negated |= child_token.feats.has(Feats::NEG)
                && dep == R::Advmod
                && &*child_token.lemma != "ne"
                && !self.only(verb);
        }
        found.pluperfect |= tense::form(self.parsed, verb) == Form::Pluperfect;
        found.coming |= token.feats.has(Feats::FUT);
        found.rumour |= token.feats.has(Feats::CND);
    }

    /// "ne … que" restricts; it denies nothing.
    fn only(&self, verb: u32) -> bool {
        self.tree.children(verb).iter().any(|&c| {
            let form = self.form(c);
            matches!(form.as_str(), "que" | "qu'" | "only" | "seulement")
                && matches!(self.tree.dep(c), R::Advmod | R::Mark | R::Case)
        })
    }

    fn nobody(&self, at: u32) -> bool {
        let lemma = &*self.tree.token(at).lemma;
        let pronoun = matches!(lemma, "nul" | "aucun" | "personne" | "nobody" | "none" | "rien" | "nothing")
            && self.tree.token(at).upos != Upos::Noun;
        let determiner = self
            .tree
            .children_by(at, &[R::Det, R::Advmod])
            .any(|d| matches!(&*self.tree.token(d).lemma, "aucun" | "nul" | "no" | "neither"));
        pronoun || determiner
    }

    fn auxiliary(&self, auxiliary: u32, found: &mut Modality) {
        let token = self.tree.token(auxiliary);
        match &*self.form(auxiliary) {
            "will" | "shall" | "'ll" | "wo" | "would" | "'d" => found.coming = true,
            "may" | "might" | "could" | "can" => found.possible = true,
            _ => {}
        }
        found.coming |= token.feats.has(Feats::FUT);
        found.rumour |= token.feats.has(Feats::CND);
    }

    /// Signs on the verbs that govern the act: "envisage de", "plans to", "failed to", "if".
    fn above(&self, verb: u32, found: &mut Modality) {
        let mut at = verb;
        for _ in 0..HIGHEST {
            let Some(head) = self.tree.head(at) else { return };
            let dep = self.tree.dep(at);
            if dep == R::Ccomp && self.is("speech", head) && found.rumour {
                // "a annoncé que Paris fermerait": the future seen from the past, no rumour.
                (found.rumour, found.coming) = (false, true);
            }
            // "are to leave": "be" with an infinitive.
            found.coming |= dep == R::Xcomp && &*self.tree.token(head).lemma == "be";
            let shared = dep == R::Conj && !self.has_own_mood(at);
            if !(matches!(dep, R::Xcomp | R::Acl | R::Csubj) || (dep == R::Ccomp && !self.is("speech", head)) || shared)
            {
                return;
            }
            if self.is("undone", head) && dep == R::Xcomp {
                found.negated = true;
            }
            if self.is("possible", head) && dep != R::Acl {
                found.possible |= !self.achieved(head);
            }
            found.coming |= self.is("coming", head) && dep != R::Acl && !self.past(head);
            if !matches!(dep, R::Acl) {
                self.verb(head, found);
            }
            at = head;
        }
    }

    /// "a pu", "a voulu": done or not, but no mere possibility.
    fn achieved(&self, verb: u32) -> bool {
        &*self.tree.token(verb).lemma == "pouvoir" && self.past(verb)
    }

    fn past(&self, verb: u32) -> bool {
        self.tree.token(verb).feats.has(Feats::PART)
            && self
                .tree
                .children_by(verb, &[R::Aux, R::AuxTense])
                .any(|a| matches!(&*self.tree.token(a).lemma, "avoir" | "être" | "have"))
    }

    fn has_own_mood(&self, verb: u32) -> bool {
        self.tree.token(verb).feats.has(Feats::FIN)
            || self.tree.children_by(verb, &[R::Aux, R::AuxTense, R::Nsubj, R::NsubjPass]).next().is_some()
    }
}

/// Days before publication up to which an act is of the news (GUIDELINES.md, settled case 1).
const NEWS_DAYS: i64 = 7;

/// Whether a date makes the act background.
pub fn is_background(date: Option<DateSpan>, published: Option<Date>) -> bool {
    match (date, published) {
        (Some(date), Some(published)) => {
            let oldest = published.checked_sub(NEWS_DAYS.days()).unwrap_or(published);
            date.end < oldest
        }
        _ => false,
    }
}

/// Status and type of an act, given its modality, its date, whether that date is told, and whether somebody is cited.
///
/// A CONSULT, SUPPORT, COOPERATE or AID to come is an AGREE; a RETREAT to come a CONCEDE: both are then done in words.
pub fn settle(
    event: EventType,
    modality: Modality,
    date: Option<DateSpan>,
    told: bool,
    published: Option<Date>,
    cited: bool,
) -> (EventType, Status) {
    let after = matches!((date, published), (Some(date), Some(published)) if told && date.start > published);
    if modality.negated {
        return (event, Status::Negated);
    }
    if modality.possible || (modality.rumour && !cited) {
        return (event, Status::Hypothetical);
    }
    if modality.coming || (after && !modality.rumour) {
        return match event {
            // "Moscow will respond": the threat is made now, whatever it threatens.
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => (event, Status::Actual),
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
                (EventType::Agree, Status::Actual)
            }
            EventType::Retreat => (EventType::Concede, Status::Actual),
            EventType::Agree | EventType::Concede => (event, Status::Actual),
            _ => (event, Status::Future),
        };
    }
    if modality.habit || is_background(date, published) || (modality.pluperfect && date.is_none()) {
        return (event, Status::Historical);
    }
    (event, Status::Actual)
}
