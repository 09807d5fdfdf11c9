//! From the head of a phrase to the parties that it names.
//!
//! "the Russian and Belarusian armies" are two parties; "strikes on Odessa's port" names Odessa; "the minister, Sergei
//! Lavrov," is one. A phrase whose head is no party yields those that stand nearest below it.

use compact_str::CompactString;
use depeche_model::{Cast, Party, PartyKind, Relation as R, Tree};

const DEEPEST: u32 = 4;

/// Finds parties in phrases.
pub(crate) struct Filler<'a, 't> {
    pub tree: &'t Tree<'a>,
    pub cast: &'a Cast,
}

impl Filler<'_, '_> {
    /// Heads of the parties that the phrase at `head` names, its conjuncts included, that are of one of `kinds`.
    pub fn parties(&self, head: u32, kinds: &[CompactString]) -> Vec<u32> {
        let mut found = Vec::new();
        self.phrase(head, kinds, &mut found);
        for conjunct in self.conjuncts(head) {
            self.phrase(conjunct, kinds, &mut found);
        }
        found.dedup();
        found
    }

    fn conjuncts(&self, head: u32) -> Vec<u32> {
        let mut all = Vec::new();
        let mut next = vec![head];
        while let Some(at) = next.pop() {
            for conjunct in self.tree.children_by(at, &[R::Conj]) {
                if !self.tree.is_predicate(conjunct) && all.len() < 16 {
                    all.push(conjunct);
                    next.push(conjunct);
                }
            }
        }
        all.sort_unstable();
        all
    }

    fn phrase(&self, head: u32, kinds: &[CompactString], found: &mut Vec<u32>) {
        if let Some(party) = self.cast.at(head) {
            if is_kind(party, kinds) {
                found.push(head);
            }
            return;
        }
        let mut level = vec![head];
        for _ in 0..DEEPEST {
            let next: Vec<u32> = level.iter().flat_map(|&at| self.below(at)).collect();
            let hits: Vec<u32> = next
                .iter()
                .copied()
                .filter(|&at| self.cast.at(at).is_some_and(|party| is_kind(party, kinds)))
                .collect();
            if !hits.is_empty() {
                found.extend(hits.iter().take(1));
                for &hit in &hits[..1] {
                    found.extend(
                        self.conjuncts(hit).into_iter().filter(|&c| self.cast.at(c).is_some_and(|p| is_kind(p, kinds))),
                    );
                }
                return;
            }
            level = next;
        }
    }

    /// Tokens one step below that may name whose the phrase is, the likeliest first.
    fn below(&self, at: u32) -> Vec<u32> {
        const ORDER: &[&[R]] =
            &[&[R::Appos, R::Flat, R::FlatName], &[R::NmodPoss], &[R::Amod, R::Compound], &[R::Nmod], &[R::Acl]];
        ORDER.iter().flat_map(|relations| self.tree.children_by(at, relations)).collect()
    }
}

/// Whether a party is of one of the kinds, or no kind is asked.
pub(crate) fn is_kind(party: &Party, kinds: &[CompactString]) -> bool {
    kinds.is_empty() || kinds.iter().any(|kind| one_kind(party, kind))
}

fn one_kind(party: &Party, kind: &str) -> bool {
    use PartyKind as K;
    match kind {
        "party" => true,
        "state" => {
            matches!(party.kind, K::State)
                || (party.kind == K::Anaphor && party.country.is_some_and(depeche_model::Country::is_state))
        }
        "person" => matches!(party.kind, K::Person | K::Office | K::Anaphor),
        "organization" => matches!(party.kind, K::Organization),
        "people" => matches!(party.kind, K::People),
        "group" => matches!(party.kind, K::Group | K::People),
        "place" => matches!(party.kind, K::Place | K::State),
        "asset" => matches!(party.kind, K::Asset),
        "office" => matches!(party.kind, K::Office),
        "adjective" => matches!(party.kind, K::Adjective),
        "human" => matches!(party.kind, K::Person | K::Office | K::Group | K::People | K::Anaphor),
        sector => party.sector.name() == sector,
    }
}
