//! According to whom: the source that a text cites for an act.
//!
//! Three forms carry it: "selon X, according to X" in the sentence; the act as complement of a verb of speech ("X
//! announced that …"); and the verb of speech beside it ("…, a annoncé X", "… , X said"). Whoever's own words *are* the act
//! (he condemned, she promised) is no source; whoever tells his own finished material act is.

use depeche_lexicon::Classes;
use depeche_model::{Cast, EventType, Parsed, Quad, Relation as R, Span, Tree, Upos};

/// A cited source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Index into the cast, where the source is a party.
    pub party: Option<u32>,
    /// Bytes of the shortest phrase that names it.
    pub span: Span,
}

/// Finds sources.
pub struct Reader<'a> {
    /// Title, line feed, text.
    pub whole: &'a str,
    /// The parse.
    pub parsed: &'a Parsed,
    /// Its tree.
    pub tree: &'a Tree<'a>,
    /// Parties.
    pub cast: &'a Cast,
    /// Word classes of the language (`lexicon/words/discourse.words`).
    pub classes: &'a Classes,
}

/// Steps from an act up to its verb of speech.
const HIGHEST: usize = 6;

impl Reader<'_> {
    /// The source cited for the act of `trigger`; `actors` are the head tokens of those who do it.
    pub fn source(&self, trigger: u32, event: EventType, actors: &[u32]) -> Option<Source> {
        let found = self
            .speech_above(trigger)
            .or_else(|| self.speech_beside(trigger))
            .or_else(|| self.source_mark(trigger))
            .or_else(|| self.speech_after(trigger))?;
        let verbal = matches!(event.quad(), Quad::VerbalCooperation | Quad::VerbalConflict);
        let own = found.party.is_some_and(|source| self.is_one_of(source, actors));
        (!(verbal && own)).then_some(found)
    }

    fn is_one_of(&self, party: u32, heads: &[u32]) -> bool {
        let chain = self.cast.parties.get(party as usize).map(|p| p.chain);
        heads.iter().any(|&head| self.cast.at(head).map(|p| p.chain) == chain)
    }

    fn is(&self, class: &str, at: u32) -> bool {
        let token = self.tree.token(at);
        self.classes.is(class, &token.lemma)
            || self.classes.is(class, &token.span.of(self.whole).to_lowercase().replace('’', "'"))
    }

    fn speech_verb(&self, at: u32) -> bool {
        self.tree.token(at).upos == Upos::Verb && self.is("speech", at)
    }

    /// "X announced that …": the act hangs below a verb of speech as its complement.
    fn speech_above(&self, trigger: u32) -> Option<Source> {
        let mut at = trigger;
        for _ in 0..HIGHEST {
            let head = self.tree.head(at)?;
            let complement = matches!(self.tree.dep(at), R::Ccomp | R::Xcomp | R::Parataxis | R::Obj);
            if complement && head != trigger && self.speech_verb(head) {
                return self.speaker(head);
            }
            at = head;
        }
        None
    }

    /// "…, X said": the verb of speech hangs below the act's clause.
    fn speech_beside(&self, trigger: u32) -> Option<Source> {
        let mut at = trigger;
        for _ in 0..HIGHEST {
            let beside = self.tree.children_by(at, &[R::Parataxis, R::ParataxisInsert, R::Conj, R::Advcl]).find(|&c| {
                self.speech_verb(c)
                    && (self.tree.dep(c) == R::Parataxis || self.tree.dep(c) == R::ParataxisInsert || self.inverted(c))
            });
            if let Some(verb) = beside {
                return self.speaker(verb);
            }
            at = self.tree.head(at)?;
        }
        None
    }

    /// "a annoncé le gouverneur": the subject stands behind its verb.
    fn inverted(&self, verb: u32) -> bool {
        self.tree.children_by(verb, &[R::Nsubj]).next().is_some_and(|s| s > verb)
    }

    /// "…, a annoncé le gouverneur" where the tree does not show it: a verb of speech behind a comma or quotation mark,
    /// after the act, with its speaker right behind or before it.
    fn speech_after(&self, trigger: u32) -> Option<Source> {
        let &(_, end) = self.parsed.sentences.get(self.parsed.sentence_of(trigger))?;
        let verb = (trigger + 1..end).find(|&at| self.speech_verb(at) && self.tree.head(trigger) != Some(at))?;
        let set_off = (trigger + 1..verb).rev().take(6).any(|at| self.tree.token(at).upos == Upos::Punct);
        let complement = self.tree.children_by(verb, &[R::Ccomp]).any(|c| c > verb);
        if !set_off || complement {
            return None;
        }
        let behind = (verb + 1..end.min(verb + 7)).find(|&at| self.cast.at(at).is_some());
        let before = self.tree.children_by(verb, &[R::Nsubj]).next().filter(|&s| s > trigger);
        self.named(before.or(behind)?)
    }

    fn speaker(&self, verb: u32) -> Option<Source> {
        let own = self.tree.children_by(verb, &[R::Nsubj, R::OblAgent]).next();
        let subject = own.or_else(|| {
            let head = self.tree.head(verb)?;
            (self.tree.dep(verb) == R::Conj).then(|| self.tree.children_by(head, &[R::Nsubj]).next()).flatten()
        })?;
        self.named(subject)
    }

    /// "selon X", "d'après X", "according to X": anywhere in the sentence, but in the trigger's own clause first.
    fn source_mark(&self, trigger: u32) -> Option<Source> {
        let &(first, end) = self.parsed.sentences.get(self.parsed.sentence_of(trigger))?;
        let marks = (first..end).filter(|&at| self.is("source-mark", at) || self.marks_with_next(at, end));
        let nearest = marks.min_by_key(|&at| at.abs_diff(trigger))?;
        let phrase = if self.tree.dep(nearest) == R::Case { self.tree.head(nearest) } else { self.after(nearest, end) };
        self.named(phrase?)
    }

    /// "d'après" is two tokens.
    fn marks_with_next(&self, at: u32, end: u32) -> bool {
        let form = |at: u32| self.tree.token(at).span.of(self.whole).to_lowercase().replace('’', "'");
        form(at).ends_with('\'')
            && at + 1 < end
            && self.classes.is("source-mark", &format!("{}{}", form(at), form(at + 1)))
    }

    /// "according **to X**": the phrase that follows a mark which is no case.
    fn after(&self, mark: u32, end: u32) -> Option<u32> {
        let below = self.tree.children_by(mark, &[R::Obl, R::Nmod, R::OblArg, R::Obj]).next();
        below.or_else(|| {
            let head = self.tree.head(mark)?;
            let fixed = self.tree.dep(mark) == R::Case || self.tree.dep(mark) == R::Mark;
            if fixed { Some(head) } else { (mark + 1..end.min(mark + 8)).find(|&at| self.cast.at(at).is_some()) }
        })
    }

    /// The party at a head, or the nearest below it, or else the bare phrase.
    fn named(&self, head: u32) -> Option<Source> {
        if let Some(index) = self.cast.index_at(head) {
            let party = self.cast.parties.get(index as usize)?;
            return Some(Source { party: Some(index), span: party.span });
        }
        let below = self.tree.children(head).iter().copied().filter(|&c| {
            matches!(self.tree.dep(c), R::Appos | R::Flat | R::FlatName | R::Amod | R::Nmod | R::NmodPoss | R::Compound)
        });
        let mut party = None;
        for child in below {
            if let Some(index) = self.cast.index_at(child) {
                party = Some(index);
                if matches!(self.tree.dep(child), R::Appos | R::Flat | R::FlatName) {
                    return self.cast.parties.get(index as usize).map(|p| Source { party, span: p.span });
                }
                break;
            }
        }
        let token = self.tree.token(head);
        let nominal = matches!(token.upos, Upos::Noun | Upos::Propn);
        nominal.then(|| Source { party, span: self.phrase(head) })
    }

    /// Head with its determiner and adjectives.
    fn phrase(&self, head: u32) -> Span {
        let near = self.tree.children_by(head, &[R::Amod, R::Compound, R::Nummod, R::Flat, R::FlatName]);
        near.fold(self.tree.token(head).span, |span, c| span.cover(self.tree.token(c).span))
    }
}
