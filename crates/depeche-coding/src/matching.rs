//! Holds one pattern against one trigger.

use compact_str::CompactString;
use depeche_lexicon::{Element, Pattern, PatternRef, Position, Rule, Slot, SlotRole, Trigger, TriggerPos, WordId};
use depeche_model::{Feats, Language, Mention, PartyKind, Relation as R, Role, Tree, Upos};

use crate::{
    Input,
    attempt::Missing,
    evidence,
    fill::Filler,
    forms::{Bag, Forms},
    grammar::Grammar,
    lemma,
    roles::answers,
    select::Candidate,
};

/// Tokens beyond the trigger that a word may stand at when the tree does not show it.
const WINDOW: u32 = 7;

struct Hold<'a, 't> {
    input: &'t Input<'a>,
    tree: &'t Tree<'a>,
    forms: &'t Forms,
    grammar: Grammar<'a, 't>,
    filler: Filler<'a, 't>,
    trigger: u32,
    /// Head of the trigger's clause: the trigger itself, or the verb that it is the auxiliary of ("doivent participer").
    top: u32,
    pos: TriggerPos,
    anchors: Vec<u32>,
    roles: Vec<(Role, u32)>,
    parties: f32,
}

/// Holds pattern `at` against the token `trigger`, whose sentence `bag` holds.
pub(crate) fn hold<'a>(
    input: &Input<'a>,
    tree: &Tree<'a>,
    forms: &Forms,
    bag: &Bag<'_>,
    trigger: u32,
    at: PatternRef,
) -> Result<Candidate, Missing<'a>> {
    let lexicon = input.lexicon;
    let (rule, pattern) = lexicon.get(at);
    if let Some(element) = bag.lacks(lexicon, at) {
        return Err(Missing::element(pattern, element));
    }
    let grammar = Grammar { tree, forms, language: input.language };
    let filler = Filler { tree, cast: input.cast };
    let pos = pattern.trigger.pos;
    let anchors = vec![trigger];
    let auxiliary = matches!(tree.dep(trigger), R::Aux | R::AuxTense | R::AuxPass | R::AuxCaus | R::Cop);
    let top = if auxiliary { tree.head(trigger).unwrap_or(trigger) } else { trigger };
    let mut hold =
        Hold { input, tree, forms, grammar, filler, trigger, top, pos, anchors, roles: Vec::new(), parties: 0.0 };
    hold.trigger(&pattern.trigger)?;
    if let Some(veto) = bag.veto(lexicon, at.rule, input.language) {
        return Err(Missing::veto(rule, input.language, veto));
    }
    let asked = lexicon.vocabulary().asked(at);
    for (index, element) in pattern.elements.iter().enumerate() {
        let words = asked.get(index).map_or(&[][..], Vec::as_slice);
        hold.element(element, words, rule)?;
    }
    hold.needs()?;
    Ok(hold.candidate(rule, pattern, at))
}

impl<'a> Hold<'a, '_> {
    fn form(&self, at: u32) -> &str {
        self.forms.of(at)
    }

    fn is_word(&self, at: u32, word: &str) -> bool {
        if let Some((first, rest)) = word.split_once(' ') {
            return self.is_word(at, first)
                && ((at + 1) as usize) < self.tree.tokens.len()
                && self.is_word(at + 1, rest);
        }
        self.tree.token(at).lemma == word || self.form(at) == word
    }

    /// An auxiliary is never a word of a pattern: "a rendu" holds no "avoir" that was given back.
    fn is_auxiliary(&self, at: u32) -> bool {
        self.tree.token(at).upos == Upos::Aux
    }

    fn trigger(&self, trigger: &'a Trigger) -> Result<(), Missing<'a>> {
        let token = self.tree.token(self.trigger);
        let fits = match trigger.pos {
            TriggerPos::Verb => {
                matches!(token.upos, Upos::Verb | Upos::Aux) || lemma::is_behind_auxiliary(self.tree, self.trigger)
            }
            TriggerPos::Noun => matches!(token.upos, Upos::Noun | Upos::Propn),
            TriggerPos::Adjective => {
                token.upos == Upos::Adj || (token.upos == Upos::Verb && token.feats.has(Feats::PART))
            }
        };
        if !fits {
            return Err(Missing::PartOfSpeech(token.upos, trigger.pos));
        }
        if let Some(particle) = &trigger.particle
            && !self.particle(particle)
        {
            return Err(Missing::Particle(particle));
        }
        if trigger.pos == TriggerPos::Verb && self.input.language == Language::French {
            match (trigger.reflexive, self.reflexive()) {
                (true, false) => return Err(Missing::Pronoun),
                (false, true) => return Err(Missing::NoPronoun),
                _ => {}
            }
        }
        Ok(())
    }

    fn particle(&self, particle: &str) -> bool {
        let attached = self.tree.children(self.trigger).iter().any(|&c| self.is_word(c, particle));
        let close = (self.trigger + 1..self.trigger + 4)
            .take_while(|&at| self.in_sentence(at))
            .any(|at| self.is_word(at, particle) && (self.tree.dep(at) != R::Case || at == self.trigger + 1));
        attached || close
    }

    fn reflexive(&self) -> bool {
        self.tree.children(self.trigger).iter().any(|&c| {
            let token = self.tree.token(c);
            token.upos == Upos::Pron
                && (token.lemma == "se" || token.feats.has(Feats::REFLEX) || matches!(self.form(c), "se" | "s'"))
        })
    }

    fn in_sentence(&self, at: u32) -> bool {
        let sentence = self.input.parsed.sentence_of(self.trigger);
        self.input.parsed.sentences.get(sentence).is_some_and(|&(first, end)| (first..end).contains(&at))
    }

    /// Finds what an element asks for; `words` are the numbers of its lemmas.
    fn element(&mut self, element: &'a Element, words: &[WordId], rule: &Rule) -> Result<(), Missing<'a>> {
        match element {
            Element::Word { lemmas, behind } => {
                let found = self.find(behind, &|hold, at| hold.is_one(at, lemmas, words) && !hold.is_auxiliary(at));
                self.anchor(found, Missing::Words(lemmas))
            }
            Element::Class { name, behind } => {
                let classes = self.input.lexicon.classes(self.input.language);
                let found = self.find(behind, &|hold, at| {
                    !hold.is_auxiliary(at)
                        && (classes.is(name, &hold.tree.token(at).lemma) || classes.is(name, hold.form(at)))
                });
                if let Some(at) = found {
                    self.roles.push((Role::Theme, at));
                }
                self.anchor(found, Missing::Class(name))
            }
            Element::Infinitive { behind } => {
                let found = self.clause(behind, true);
                self.anchor(found, Missing::Clause("an infinitive clause"))
            }
            Element::That => {
                let found = self.clause(&[], false);
                self.anchor(found, Missing::Clause("a complement clause"))
            }
            Element::Slot(slot) => self.slot(slot, rule),
        }
    }

    /// Whether a token is one of these lemmas, or begins one of several words; `words` are their numbers.
    fn is_one(&self, at: u32, lemmas: &[CompactString], words: &[WordId]) -> bool {
        self.forms.is_among(at, words) && lemmas.iter().any(|lemma| self.is_word(at, lemma))
    }

    fn anchor(&mut self, found: Option<u32>, missing: Missing<'a>) -> Result<(), Missing<'a>> {
        match found {
            Some(at) => {
                self.anchors.push(at);
                Ok(())
            }
            None => Err(missing),
        }
    }

    /// Whether a search goes from a token to this child of it.
    fn enters(&self, child: u32) -> bool {
        !self.tree.heads_clause(child) || self.anchors.contains(&child)
    }

    /// The nearest token of the clause for which `wanted` holds, behind one of the prepositions.
    fn find(&self, behind: &[CompactString], wanted: &dyn Fn(&Self, u32) -> bool) -> Option<u32> {
        let mut best: Option<(u32, u32, u32)> = None;
        self.tree.walk(self.top, &|child| self.enters(child), &mut |at, depth| {
            if !self.anchors.contains(&at) && wanted(self, at) && self.grammar.behind(at, behind) {
                let rank = (depth, at.abs_diff(self.trigger), at);
                best = Some(best.map_or(rank, |b| b.min(rank)));
            }
        });
        best.map(|(.., at)| at).or_else(|| self.find_near(behind, wanted))
    }

    /// The same on the surface, for trees that are wrong: a few tokens on, with no other finite verb between.
    fn find_near(&self, behind: &[CompactString], wanted: &dyn Fn(&Self, u32) -> bool) -> Option<u32> {
        for at in self.trigger + 1..self.trigger + 1 + WINDOW {
            if !self.in_sentence(at)
                || (self.tree.token(at).feats.has(Feats::FIN) && self.tree.token(at).upos == Upos::Verb)
            {
                return None;
            }
            let led = behind.is_empty() || self.grammar.behind(at, behind) || self.led_by(at, behind);
            if !self.anchors.contains(&at) && led && wanted(self, at) {
                return Some(at);
            }
        }
        None
    }

    fn led_by(&self, at: u32, behind: &[CompactString]) -> bool {
        (at.saturating_sub(2).max(self.trigger + 1)..at).any(|before| behind.iter().any(|p| self.is_word(before, p)))
    }

    fn clause(&self, behind: &[CompactString], infinitive: bool) -> Option<u32> {
        let anchors = &self.anchors;
        anchors.iter().flat_map(|&a| self.tree.children(a)).copied().find(|&c| {
            let token = self.tree.token(c);
            let complement =
                matches!(token.dep, R::Xcomp | R::Ccomp | R::Acl | R::Advcl | R::Csubj | R::Obl | R::OblArg);
            let finite = token.feats.has(Feats::FIN)
                || self.tree.children(c).iter().any(|&g| self.tree.token(g).feats.has(Feats::FIN));
            if infinitive {
                complement && self.tree.token(c).upos == Upos::Verb && !finite && self.grammar.behind(c, behind)
            } else {
                token.dep == R::Ccomp || token.dep == R::Parataxis
            }
        })
    }

    fn slot(&mut self, slot: &'a Slot, rule: &Rule) -> Result<(), Missing<'a>> {
        if slot.role == SlotRole::Theme {
            return self.theme(slot);
        }
        let role = if slot.role == SlotRole::Recipient { Role::Recipient } else { Role::Actor };
        let mut found = self.fillers(slot);
        let used = |at: u32| self.roles.iter().any(|&(other, token)| other != Role::Theme && token == at);
        // The "state" of "state of emergency" is a word of the pattern, no party.
        found.retain(|&at| !used(at) && !self.anchors.contains(&at));
        if slot.role != SlotRole::Co && !rule.mutual {
            found.retain(|&at| !self.same_party(role, at));
        }
        if slot.role == SlotRole::Actor && found.len() > 1 {
            // "Depuis Djibouti, Emmanuel Macron": the place is no second actor.
            found.retain(|&at| !answers::is_locative(self.input, self.tree, at));
        }
        if found.is_empty() {
            return if slot.required { Err(Missing::Slot(slot.role, &slot.position)) } else { Ok(()) };
        }
        if slot.role == SlotRole::Actor
            && !found.iter().any(|&at| self.input.cast.at(at).is_some_and(|p| p.kind != PartyKind::Place))
        {
            return Ok(());
        }
        self.parties += 0.6;
        self.roles.extend(found.into_iter().map(|at| (role, at)));
        Ok(())
    }

    /// Whether the other side is already this very party: "Moscow defends its troops" has no recipient.
    fn same_party(&self, role: Role, at: u32) -> bool {
        let Some(party) = self.input.cast.at(at) else { return false };
        self.roles.iter().any(|&(other, token)| {
            other != role && other != Role::Theme && self.input.cast.at(token).is_some_and(|p| p.chain == party.chain)
        })
    }

    fn theme(&mut self, slot: &Slot) -> Result<(), Missing<'a>> {
        let heads = self.heads(&slot.position);
        match heads.first() {
            Some(&at) => {
                self.roles.push((Role::Theme, at));
                self.anchors.push(at);
                Ok(())
            }
            None if slot.required => Err(Missing::Theme),
            None => Ok(()),
        }
    }

    fn fillers(&self, slot: &Slot) -> Vec<u32> {
        if let Position::Behind(prepositions) = &slot.position {
            return self.behind(prepositions, &slot.kinds);
        }
        let heads = self.heads(&slot.position);
        let mut found: Vec<u32> = heads.iter().flat_map(|&head| self.filler.parties(head, &slot.kinds)).collect();
        found.dedup();
        if self.pos == TriggerPos::Noun { found.into_iter().take(4).collect() } else { found }
    }

    fn heads(&self, position: &Position) -> Vec<u32> {
        match (position, self.pos) {
            (Position::Before, TriggerPos::Verb) => self.grammar.subject(self.top),
            (Position::Before, TriggerPos::Noun) => self.grammar.noun_owner(self.trigger),
            (Position::Before, TriggerPos::Adjective) => self.adjective_subject(),
            (Position::After, TriggerPos::Noun) => {
                let of = if self.input.language == Language::French { "de" } else { "of" };
                self.prepositional(&[of.into()])
            }
            (Position::After, _) => {
                let object = self.grammar.object(self.top);
                if object.is_empty() { self.tree.children_by(self.top, &[R::Iobj]).collect() } else { object }
            }
            (Position::Speaking, _) => self.grammar.speaker(self.top, |verb| self.speaks(verb)),
            (Position::Behind(prepositions), _) => self.prepositional(prepositions),
        }
    }

    fn speaks(&self, verb: u32) -> bool {
        let classes = self.input.lexicon.classes(self.input.language);
        let lemma = &self.tree.token(verb).lemma;
        self.tree.token(verb).upos == Upos::Verb && (classes.is("speech", lemma) || classes.is("utter", lemma))
    }

    fn adjective_subject(&self) -> Vec<u32> {
        let own: Vec<u32> = self
            .tree
            .children_by(self.trigger, &[R::Nsubj, R::NsubjPass])
            .map(|s| self.grammar.antecedent(s, self.trigger))
            .collect();
        match self.tree.head(self.trigger) {
            Some(head) if own.is_empty() && matches!(self.tree.dep(self.trigger), R::Amod | R::Acl) => vec![head],
            Some(_) if own.is_empty() => self.grammar.subject(self.trigger),
            _ => own,
        }
    }

    /// Heads of phrases behind one of the prepositions, the nearest first.
    fn prepositional(&self, prepositions: &[CompactString]) -> Vec<u32> {
        let mut found: Vec<(bool, u32, u32, u32)> = Vec::new();
        self.tree.walk(self.top, &|child| self.enters(child), &mut |at, depth| {
            if at != self.trigger && self.grammar.oblique(at) && self.grammar.behind(at, prepositions) {
                let head = self.tree.token(at).head;
                found.push((!self.anchors.contains(&head), depth, at.abs_diff(self.trigger), at));
            }
        });
        found.sort_unstable();
        found.into_iter().map(|(.., at)| self.grammar.antecedent(at, self.trigger)).collect()
    }

    fn behind(&self, prepositions: &[CompactString], kinds: &[CompactString]) -> Vec<u32> {
        for head in self.prepositional(prepositions) {
            let found = self.filler.parties(head, kinds);
            if !found.is_empty() {
                return found;
            }
        }
        self.relative_behind(prepositions, kinds)
    }

    /// "auquel, à qui, with whom": the antecedent of a relative pronoun behind the preposition.
    fn relative_behind(&self, prepositions: &[CompactString], kinds: &[CompactString]) -> Vec<u32> {
        let dont = prepositions.iter().any(|p| p == "de");
        let pronoun = self.tree.children(self.trigger).iter().copied().find(|&c| {
            self.grammar.relative(c) && (self.grammar.behind(c, prepositions) || (dont && self.is_word(c, "dont")))
        });
        pronoun.map_or_else(Vec::new, |at| self.filler.parties(self.grammar.antecedent(at, self.trigger), kinds))
    }

    /// A nominal act must name a party in its own phrase; a verb may leave that to [`crate::roles`], which looks further.
    fn needs(&self) -> Result<(), Missing<'a>> {
        let any = self.roles.iter().any(|&(role, _)| role != Role::Theme);
        if any || self.pos == TriggerPos::Verb { Ok(()) } else { Err(Missing::Party) }
    }

    fn candidate(self, rule: &Rule, pattern: &Pattern, at: PatternRef) -> Candidate {
        let mut modes = rule.modes.clone();
        modes.extend(pattern.modes.iter().filter(|mode| !rule.modes.contains(mode)));
        let noun = if self.pos == TriggerPos::Noun { -0.5 } else { 0.0 };
        let score = pattern.specificity() + rule.weight + self.parties + noun;
        let mut roles = self.roles;
        roles.sort_by_key(|&(role, token)| (role as u8, token));
        let clause = evidence::clause(self.tree, self.top, &self.anchors, &roles, self.input.cast);
        let mention = Mention {
            rule: rule.name.to_string(),
            event: rule.event,
            modes,
            contexts: rule.contexts.clone(),
            cameo: pattern.cameo.as_ref().unwrap_or(&rule.cameo).to_string(),
            trigger: self.trigger,
            words: self.anchors,
            roles,
            mutual: rule.mutual,
            clause,
            score,
            confidence: 0.0,
        };
        Candidate { mention, rule: at.rule }
    }
}
