//! Which tense a verb stands in, auxiliaries and near futures included.
//!
//! Treebanks mark words, not verb groups: "avait été tué" is a participle with two auxiliaries, "va rencontrer" an
//! infinitive under a present, "had struck" a participle under a preterite. This reads the group as one [`Form`], which
//! dates ([`crate::when`]) and status then ask about.

use depeche_model::{Feats, Parsed, Relation, Token, Upos};
use serde::Serialize;

use crate::when::Tense;

/// The form of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// "attaque", "attacks", "is attacking".
    Present,
    /// "attaqua", "attacked", "was attacked".
    Preterite,
    /// "a attaqué", "has attacked", "vient d'attaquer".
    Perfect,
    /// "attaquait", "was attacking".
    Imperfect,
    /// "avait attaqué", "had attacked".
    Pluperfect,
    /// "attaquera", "va attaquer", "will attack", "is to attack", "doit attaquer".
    Future,
    /// "aura attaqué", "will have attacked".
    FuturePerfect,
    /// "attaquerait", "would attack", "allait attaquer".
    Conditional,
    /// "aurait attaqué", "would have attacked".
    ConditionalPerfect,
    /// "peut attaquer", "pourrait", "may", "might", "could".
    Modal,
    /// "attaque !".
    Imperative,
    /// An infinitive that no finite verb places in time.
    Infinitive,
    /// A participle without an auxiliary.
    Participle,
    /// No verb.
    None,
}

impl Form {
    /// Where it places its act.
    pub const fn tense(self) -> Tense {
        match self {
            Self::Present => Tense::Present,
            Self::Preterite | Self::Perfect | Self::Imperfect | Self::Pluperfect | Self::ConditionalPerfect => {
                Tense::Past
            }
            Self::Future | Self::FuturePerfect | Self::Conditional | Self::Modal => Tense::Future,
            Self::Imperative | Self::Infinitive | Self::Participle | Self::None => Tense::Unknown,
        }
    }
}

/// The form of the verb group that a token heads.
pub fn form(parsed: &Parsed, token: u32) -> Form {
    let Some(verb) = parsed.tokens.get(token as usize) else { return Form::None };
    let group = Auxiliaries::of(parsed, token);
    if !matches!(verb.upos, Upos::Verb | Upos::Aux) && !group.any {
        return Form::None;
    }
    if let Some(form) = group.form(verb) {
        return form;
    }
    if verb.feats.has(Feats::FIN)
        || verb.feats.has(Feats::IND)
        || verb.feats.has(Feats::CND)
        || verb.feats.has(Feats::SUB)
    {
        return finite(verb.feats);
    }
    if verb.feats.has(Feats::IMP) {
        return Form::Imperative;
    }
    if verb.head != token
        && matches!(verb.dep, Relation::Xcomp | Relation::Ccomp)
        && let Some(form) = under_modal(parsed, verb.head)
    {
        return form;
    }
    if verb.feats.has(Feats::INF) { Form::Infinitive } else { Form::Participle }
}

/// The nearest verb at or above a token: the verb that a noun, adjective or date depends on.
pub fn governing_verb(parsed: &Parsed, token: u32) -> Option<u32> {
    let mut at = token;
    for _ in 0..64 {
        let word = parsed.tokens.get(at as usize)?;
        // A predicate with a copula, or a verb that the tagger took for something else.
        let helped =
            parsed.children(at).any(|(_, t)| matches!(t.dep, Relation::Cop | Relation::Aux | Relation::AuxTense));
        if word.upos == Upos::Verb || (word.upos == Upos::Aux && word.dep == Relation::Root) || helped {
            return Some(at);
        }
        if word.head == at {
            return None;
        }
        at = word.head;
    }
    None
}

const fn finite(feats: Feats) -> Form {
    if feats.has(Feats::CND) {
        Form::Conditional
    } else if feats.has(Feats::FUT) {
        Form::Future
    } else if feats.has(Feats::IMPF) {
        Form::Imperfect
    } else if feats.has(Feats::PAST) {
        Form::Preterite
    } else if feats.has(Feats::IMP) {
        Form::Imperative
    } else {
        Form::Present
    }
}

/// An infinitive under a verb that places it: aller, devoir, pouvoir, venir de; be going to, be set to.
fn under_modal(parsed: &Parsed, head: u32) -> Option<Form> {
    let verb = parsed.tokens.get(head as usize)?;
    let own = form(parsed, head);
    let past = matches!(own, Form::Imperfect | Form::Pluperfect | Form::Preterite);
    match verb.lemma.as_str() {
        "aller" | "devoir" | "go" | "set" | "expect" | "schedule" | "plan" | "prévoir" if past => {
            Some(Form::Conditional)
        }
        "aller" | "devoir" | "apprêter" | "go" | "set" | "schedule" | "expect" if own != Form::Perfect => {
            Some(Form::Future)
        }
        "pouvoir" | "risquer" => Some(Form::Modal),
        "venir" if own == Form::Present => Some(Form::Perfect),
        _ => None,
    }
}

/// The auxiliaries of a verb, as far as they tell its tense.
#[derive(Default)]
struct Auxiliaries {
    any: bool,
    /// Finite form of the auxiliary that carries tense.
    carrier: Option<Form>,
    /// Whether a perfect auxiliary ("avoir", "have") stands among them.
    perfect: bool,
    will: bool,
    would: bool,
    modal: bool,
    to: bool,
    be: bool,
}

impl Auxiliaries {
    fn of(parsed: &Parsed, token: u32) -> Self {
        let mut group = Self::default();
        let participle = parsed.tokens[token as usize].feats.has(Feats::PART);
        for (_, child) in parsed.children(token) {
            match child.dep {
                Relation::Aux | Relation::AuxTense | Relation::AuxPass | Relation::AuxCaus | Relation::Cop => {
                    group.add(child, participle);
                }
                Relation::Mark if child.lemma == "to" => group.to = true,
                _ => {}
            }
        }
        group
    }

    fn add(&mut self, child: &Token, participle: bool) {
        self.any = true;
        match child.lemma.as_str() {
            "will" | "shall" | "'ll" => self.will = true,
            "would" => self.would = true,
            "may" | "might" | "could" | "can" | "should" | "must" | "pouvoir" => self.modal = true,
            "have" | "avoir" => self.perfect = true,
            // "est arrivé" is a perfect, "est tué" is not: the treebank tells by the relation.
            "être" if child.dep == Relation::AuxTense && participle => self.perfect = true,
            "be" => self.be = true,
            _ => {}
        }
        let carries = child.feats.has(Feats::FIN)
            || child.feats.has(Feats::IND)
            || child.feats.has(Feats::CND)
            || child.feats.has(Feats::SUB);
        if carries && self.carrier.is_none() {
            self.carrier = Some(finite(child.feats));
        }
    }

    fn form(&self, verb: &Token) -> Option<Form> {
        if !self.any {
            return None;
        }
        Some(match (self.will, self.would, self.modal, self.perfect, self.carrier) {
            (true, .., true, _) => Form::FuturePerfect,
            (true, ..) => Form::Future,
            (_, true, _, true, _) => Form::ConditionalPerfect,
            (_, true, ..) => Form::Conditional,
            (_, _, true, ..) => Form::Modal,
            (.., true, Some(Form::Imperfect | Form::Preterite)) => Form::Pluperfect,
            (.., true, Some(Form::Future)) => Form::FuturePerfect,
            (.., true, Some(Form::Conditional)) => Form::ConditionalPerfect,
            (.., true, _) => Form::Perfect,
            // "is to visit", "was to visit".
            (.., Some(Form::Present)) if self.be && self.to && verb.feats.has(Feats::INF) => Form::Future,
            (.., Some(Form::Preterite)) if self.be && self.to && verb.feats.has(Feats::INF) => Form::Conditional,
            (.., Some(carrier)) => carrier,
            (.., None) => return None,
        })
    }
}
