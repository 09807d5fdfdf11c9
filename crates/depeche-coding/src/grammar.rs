//! Who stands where: the deep subject and object of a trigger in every form that news uses.
//!
//! "Bamako expelled him", "he was expelled by Bamako", "the envoy whom Bamako expelled", "the envoy expelled by Bamako",
//! "Bamako decided to expel him", "Bamako arrested and expelled him", "his expulsion by Bamako", "Bamako's expulsion of
//! him": one subject, one object.

use depeche_model::{Feats, Language, Relation as R, Tree, Upos};

use crate::forms::Forms;

const SUBJECTS: &[R] = &[R::Nsubj, R::NsubjCaus, R::NsubjOuter];
const OBJECTS: &[R] = &[R::Obj, R::ObjLvc, R::ObjAgent];
/// Relations under which a prepositional phrase hangs.
const OBLIQUES: &[R] = &[
    R::Obl,
    R::OblArg,
    R::OblMod,
    R::OblAgent,
    R::OblTmod,
    R::OblNpmod,
    R::Nmod,
    R::NmodPoss,
    R::Iobj,
    R::Xcomp,
    R::Advmod,
    R::Dislocated,
];
const DEEPEST: u32 = 6;

/// Grammar of one article.
pub(crate) struct Grammar<'a, 't> {
    pub tree: &'t Tree<'a>,
    pub forms: &'t Forms,
    pub language: Language,
}

impl Grammar<'_, '_> {
    /// Whether a verb form is passive. English "accused" is preterite as often as participle, and taggers confuse them: a
    /// verb with a plain subject and an object is active whatever its tag says; so is a pronominal verb ("s'est posé"), whose
    /// subject parsers take for a passive's now and then.
    pub fn passive(&self, verb: u32) -> bool {
        let token = self.tree.token(verb);
        if self.tree.children_by(verb, &[R::ExplPv]).next().is_some() {
            return false;
        }
        if self.tree.children(verb).iter().any(|&c| matches!(self.tree.dep(c), R::AuxPass | R::NsubjPass)) {
            return true;
        }
        let bare = !self.tree.children(verb).iter().any(|&c| matches!(self.tree.dep(c), R::Aux | R::AuxTense | R::Cop));
        let subject = self.tree.children_by(verb, SUBJECTS).any(|s| !self.relative(s));
        let participle = token.feats.has(Feats::PART) && !token.feats.has(Feats::PRES) && !token.feats.has(Feats::GER);
        // "soldiers killed in Mali": a bare past participle, as a modifier or as a headline's verb.
        if !bare {
            return token.feats.has(Feats::PASS) && !subject;
        }
        participle && ((matches!(token.dep, R::Acl | R::Amod | R::Advcl) && !subject) || self.headline_passive(verb))
    }

    fn headline_passive(&self, verb: u32) -> bool {
        let has_object = self.tree.children_by(verb, OBJECTS).next().is_some();
        matches!(self.tree.dep(verb), R::Root | R::Conj | R::Parataxis) && !has_object
    }

    /// Deep subject: heads of the phrases that do what the verb says.
    pub fn subject(&self, verb: u32) -> Vec<u32> {
        self.subject_at(verb, 0)
    }

    fn subject_at(&self, verb: u32, depth: u32) -> Vec<u32> {
        if depth > DEEPEST {
            return Vec::new();
        }
        if self.passive(verb) {
            return self.agent(verb);
        }
        let subjects = self.tree.children_by(verb, SUBJECTS).chain(self.tree.children_by(verb, &[R::NsubjPass]));
        let own: Vec<u32> = subjects.map(|s| self.antecedent(s, verb)).collect();
        if own.is_empty() { self.inherited(verb, depth) } else { own }
    }

    /// Who says a clause: the subject of the verb of speech that it hangs on, or that is slipped in after it.
    ///
    /// Behind a quotation subject and verb change places ("snapped the president"), where parsers see an object.
    pub fn speaker(&self, clause: u32, speaks: impl Fn(u32) -> bool) -> Vec<u32> {
        let slipped = self.tree.children_by(clause, &[R::Parataxis, R::ParataxisInsert]).find(|&verb| speaks(verb));
        let hangs = matches!(self.tree.dep(clause), R::Ccomp | R::Parataxis | R::Obj | R::Advmod | R::Dislocated);
        let above = self.tree.head(clause).filter(|&verb| hangs && speaks(verb));
        let Some(verb) = slipped.or(above) else { return Vec::new() };
        let own: Vec<u32> = self.tree.children_by(verb, SUBJECTS).map(|s| self.antecedent(s, verb)).collect();
        if !own.is_empty() || verb < clause {
            return own;
        }
        self.tree.children_by(verb, OBJECTS).filter(|&o| o > verb).collect()
    }

    /// Surface subject inherited from the clause above.
    fn inherited(&self, verb: u32, depth: u32) -> Vec<u32> {
        let Some(head) = self.tree.head(verb) else { return Vec::new() };
        let token = self.tree.token(verb);
        match self.tree.dep(verb) {
            R::Conj if self.tree.is_predicate(head) => self.surface_subject(head, depth + 1),
            R::Xcomp | R::Ccomp if self.tree.token(head).upos != Upos::Noun => self.controller(head, depth + 1),
            R::Advcl => self.surface_subject(head, depth + 1),
            R::Acl | R::Amod if token.feats.has(Feats::PRES) || token.feats.has(Feats::GER) => vec![head],
            // "the decision to expel": whose decision it is.
            R::Acl if token.feats.has(Feats::INF) => self.noun_subject(head, depth + 1),
            R::AclRelcl => self.relative_gap(verb, head),
            _ => Vec::new(),
        }
    }

    fn noun_subject(&self, noun: u32, depth: u32) -> Vec<u32> {
        let owner: Vec<u32> = self.tree.children_by(noun, &[R::NmodPoss, R::Nmod]).take(1).collect();
        match self.tree.head(noun) {
            _ if !owner.is_empty() => owner,
            Some(head) if OBJECTS.contains(&self.tree.dep(noun)) => self.surface_subject(head, depth + 1),
            _ => Vec::new(),
        }
    }

    /// A relative clause without a pronoun of its own ("the truce Hamas broke"): the antecedent is no subject if there is one.
    fn relative_gap(&self, verb: u32, head: u32) -> Vec<u32> {
        let has_pronoun = self.tree.children(verb).iter().any(|&c| self.relative(c));
        if has_pronoun { Vec::new() } else { vec![head] }
    }

    fn surface_subject(&self, verb: u32, depth: u32) -> Vec<u32> {
        if self.passive(verb) {
            let own: Vec<u32> =
                self.tree.children_by(verb, &[R::NsubjPass, R::Nsubj]).map(|s| self.antecedent(s, verb)).collect();
            if !own.is_empty() {
                return own;
            }
            return match (self.tree.dep(verb), self.tree.head(verb)) {
                (R::Acl | R::Amod, Some(head)) => vec![head],
                _ => self.inherited(verb, depth),
            };
        }
        self.subject_at(verb, depth)
    }

    /// Subject of an infinitive: the governor's object where it has a person there ("asks Kyiv to yield"), else its subject.
    fn controller(&self, verb: u32, depth: u32) -> Vec<u32> {
        let objects: Vec<u32> =
            self.tree.children_by(verb, &[R::Obj, R::Iobj]).filter(|&o| !self.relative(o)).collect();
        let indirect = self.tree.children_by(verb, &[R::Obl, R::OblArg]).find(|&o| {
            self.language == Language::French
                && self.behind(o, &["à".into()])
                && self.tree.token(verb).upos == Upos::Verb
        });
        if self.passive(verb) {
            return self.surface_subject(verb, depth);
        }
        match (objects.is_empty(), indirect) {
            (false, _) => objects,
            (true, Some(indirect)) => vec![indirect],
            (true, None) => self.surface_subject(verb, depth),
        }
    }

    /// "by" phrase of a passive.
    fn agent(&self, verb: u32) -> Vec<u32> {
        let by = if self.language == Language::French { "par" } else { "by" };
        let marked: Vec<u32> = self.tree.children_by(verb, &[R::OblAgent]).collect();
        if !marked.is_empty() {
            return marked;
        }
        self.tree
            .children_by(verb, &[R::Obl, R::OblArg, R::OblMod, R::Nmod])
            .filter(|&c| self.behind(c, &[by.into()]))
            .take(1)
            .collect()
    }

    /// Deep object: heads of the phrases that it is done to.
    pub fn object(&self, verb: u32) -> Vec<u32> {
        if self.passive(verb) {
            return self.surface_subject(verb, 0);
        }
        let own: Vec<u32> = self.tree.children_by(verb, OBJECTS).map(|o| self.antecedent(o, verb)).collect();
        if !own.is_empty() {
            return own;
        }
        if let Some(head) = self.tree.head(verb) {
            // "the envoy Bamako expelled": a relative clause with a subject and no object has lost the antecedent.
            let has_subject = self.tree.children_by(verb, SUBJECTS).any(|s| !self.relative(s));
            if self.tree.dep(verb) == R::AclRelcl && has_subject {
                return vec![head];
            }
        }
        // "arrested and expelled three men": what the later verb has, the earlier shares.
        let shared = self
            .tree
            .children_by(verb, &[R::Conj])
            .find(|&c| self.tree.token(c).upos == Upos::Verb && !self.passive(c));
        shared.map_or_else(Vec::new, |later| self.tree.children_by(later, OBJECTS).collect())
    }

    /// Whether the token is a relative pronoun.
    pub fn relative(&self, at: u32) -> bool {
        let token = self.tree.token(at);
        token.upos == Upos::Pron
            && (token.feats.has(Feats::REL)
                || matches!(
                    &*token.lemma,
                    "qui" | "que" | "dont" | "lequel" | "who" | "which" | "whom" | "whose" | "où"
                )
                || (&*token.lemma == "that" && token.feats.has(Feats::REL)))
    }

    /// What a relative pronoun stands for; any other token for itself.
    pub fn antecedent(&self, at: u32, verb: u32) -> u32 {
        if !self.relative(at) {
            return at;
        }
        let mut clause = verb;
        for _ in 0..DEEPEST {
            let Some(head) = self.tree.head(clause) else { return at };
            match self.tree.dep(clause) {
                R::AclRelcl | R::Acl => return head,
                _ => clause = head,
            }
        }
        at
    }

    /// Prepositions and markers of a phrase, folded; the clitic "lui, leur" and English indirect objects count as `à`, `to`.
    pub fn behind(&self, at: u32, prepositions: &[compact_str::CompactString]) -> bool {
        if prepositions.is_empty() {
            return true;
        }
        let token = self.tree.token(at);
        let mut cased = false;
        for &child in self.tree.children(at) {
            if matches!(self.tree.dep(child), R::Case | R::Mark | R::Fixed) {
                cased = true;
                if self.is_preposition(child, prepositions)
                    || self.tree.children_by(child, &[R::Fixed]).any(|f| self.is_preposition(f, prepositions))
                {
                    return true;
                }
            }
        }
        let dative = token.dep == R::Iobj && !cased;
        if dative && prepositions.iter().any(|p| p == "à" || p == "to") {
            return true;
        }
        // A conjunct shares the preposition of the first: "against Moscow and Minsk".
        token.dep == R::Conj && !cased && self.tree.head(at).is_some_and(|head| self.behind(head, prepositions))
    }

    fn is_preposition(&self, at: u32, prepositions: &[compact_str::CompactString]) -> bool {
        let token = self.tree.token(at);
        let folded = match self.forms.of(at) {
            "au" | "aux" => "à",
            "du" | "des" | "d'" => "de",
            "qu'" => "que",
            other => other,
        };
        prepositions.iter().any(|p| p == folded || *p == token.lemma)
    }

    /// Relations that a prepositional phrase may hang under.
    pub fn oblique(&self, at: u32) -> bool {
        OBLIQUES.contains(&self.tree.dep(at)) || self.tree.dep(at) == R::Conj || OBJECTS.contains(&self.tree.dep(at))
    }

    /// Subject and object of a nominal act by form alone: possessor, adjective or compound, "par" phrase.
    pub fn noun_owner(&self, noun: u32) -> Vec<u32> {
        let by = if self.language == Language::French { "par" } else { "by" };
        let agent = self.tree.children(noun).iter().copied().find(|&c| {
            matches!(self.tree.dep(c), R::Nmod | R::Obl | R::OblAgent | R::OblArg | R::OblMod)
                && self.behind(c, &[by.into()])
        });
        if let Some(agent) = agent {
            return vec![agent];
        }
        let owner = self
            .tree
            .children_by(noun, &[R::NmodPoss])
            .chain(self.tree.children_by(noun, &[R::Amod, R::Compound, R::Nmod]))
            .find(|&c| self.tree.dep(c) != R::Nmod || !self.tree.children_by(c, &[R::Case]).any(|_| true));
        let mut found: Vec<u32> = owner.into_iter().collect();
        if let Some(owner) = self.light_subject(noun) {
            found.extend(owner);
        }
        found
    }

    /// Subject of the verb whose object or predicate the noun is: "Paris a mené une frappe".
    fn light_subject(&self, noun: u32) -> Option<Vec<u32>> {
        let head = self.tree.head(noun)?;
        let object = OBJECTS.contains(&self.tree.dep(noun)) || self.tree.dep(noun) == R::NsubjPass;
        (object && self.tree.token(head).upos == Upos::Verb).then(|| self.subject(head))
    }
}
