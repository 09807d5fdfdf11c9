//! Tellings and rulings in, records out.

use std::collections::BTreeSet;

use depeche_model::{Record, Ruling, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Telling,
    assemble::{Member, assemble},
    block::{blocks, lookups},
    cluster::{Pair, cluster},
    denial,
    features::Features,
    score::{Scored, THRESHOLD, judge},
};

/// Records, and the rulings that could not be kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Sorted by day, then id.
    pub records: Vec<Record>,
    /// Joins by hand that a split by hand forbids. Rulings about events that are not there are not among them: they wait.
    pub ignored: Vec<Ruling>,
}

/// The records of these tellings: the same for any order of them and of the rulings. An event told twice (the same id) counts
/// once. Give all tellings, or a whole [`neighbourhood`](crate::neighbourhood).
pub fn merge(tellings: &[Telling], rulings: &[Ruling]) -> Merged {
    let mut sorted: Vec<&Telling> = tellings.iter().collect();
    sorted.sort_by(|a, b| order(a).cmp(&order(b)));
    sorted.dedup_by(|a, b| a.event.id == b.event.id);
    let features: Vec<Features<'_>> = sorted.iter().map(|telling| Features::new(telling)).collect();
    let (pairs, scored) = candidates(&features);
    let hand = Hand::new(&sorted, rulings);
    let mut known: FxHashMap<(usize, usize), Option<f32>> =
        scored.iter().map(|(&pair, &score)| (pair, Some(score))).collect();
    let score = |one: usize, other: usize| {
        *known.entry((one, other)).or_insert_with(|| judge(&features[one], &features[other]).ok().map(|s| s.score))
    };
    let split = |one: usize, other: usize| hand.split.contains(&(one.min(other), one.max(other)));
    let groups = cluster(sorted.len(), pairs, &hand.joined, split, score);
    let members =
        |group: &[usize]| -> Vec<Member<'_>> { group.iter().map(|&at| member(at, group, &features, &hand)).collect() };
    let mut records: Vec<Record> = groups.iter().filter_map(|group| assemble(&members(group))).collect();
    denial::attach(&mut records, &sorted);
    records.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    Merged { records, ignored: hand.ignored }
}

/// Tellings in the order of time; what has no day comes last.
fn order(telling: &Telling) -> (bool, Option<jiff::civil::Date>, &str, &str) {
    let day = telling.source.published;
    (day.is_none(), day, &telling.source.article, &telling.event.id)
}

/// Scores of pairs that reach the threshold.
type ScoredPairs = FxHashMap<(usize, usize), f32>;

/// Pairs that share a block and reach the threshold.
fn candidates(features: &[Features<'_>]) -> (Vec<Pair>, ScoredPairs) {
    let mut standing: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, feature) in features.iter().enumerate() {
        for block in blocks(feature.telling) {
            standing.entry(block).or_default().push(at);
        }
    }
    let mut scored = ScoredPairs::default();
    for (at, feature) in features.iter().enumerate() {
        let beside: BTreeSet<usize> = lookups(feature.telling)
            .iter()
            .filter_map(|block| standing.get(block))
            .flatten()
            .copied()
            .filter(|&other| {
                other > at && (!same_article(feature, &features[other]) || feature.is_twin(&features[other]))
            })
            .collect();
        for other in beside {
            if let Ok(found) = judge(feature, &features[other])
                && found.score >= THRESHOLD
            {
                scored.insert((at, other), found.score);
            }
        }
    }
    (rivals(features, &scored), scored)
}

fn same_article(a: &Features<'_>, b: &Features<'_>) -> bool {
    a.telling.source.article == b.telling.source.article
}

/// How much better a telling must fit another event of the same article for the pair to be dropped.
const RIVAL: f32 = 1.5;

/// The pairs without those that have a clearly better rival: an article tells an act once, so of two events in it that are
/// like one elsewhere, the better one is it.
fn rivals(features: &[Features<'_>], scored: &ScoredPairs) -> Vec<Pair> {
    let article = |at: usize| features[at].telling.source.article.as_str();
    let mut best: FxHashMap<(usize, &str), (f32, usize)> = FxHashMap::default();
    for (&(one, other), &score) in scored {
        for (key, which) in [((one, article(other)), other), ((other, article(one)), one)] {
            let kept = best.entry(key).or_insert((score, which));
            if (score, std::cmp::Reverse(which)) > (kept.0, std::cmp::Reverse(kept.1)) {
                *kept = (score, which);
            }
        }
    }
    let beaten = |at: usize, other: usize, score: f32| {
        let better = best.get(&(at, article(other)));
        better.is_some_and(|&(b, which)| score < b - RIVAL && !features[other].is_twin(&features[which]))
    };
    scored
        .iter()
        .filter(|&(&(one, other), &score)| !beaten(one, other, score) && !beaten(other, one, score))
        .map(|(&(one, other), &score)| Pair { one, other, score })
        .collect()
}

/// Why a member belongs to its group: the pair with its best score, or the join by hand.
fn member<'a>(at: usize, group: &[usize], features: &[Features<'a>], hand: &Hand) -> Member<'a> {
    let telling = features[at].telling;
    let best = group
        .iter()
        .filter(|&&other| other != at)
        .filter_map(|&other| Some((other, judge(&features[at], &features[other]).ok()?)))
        .filter(|(_, scored)| scored.score >= THRESHOLD)
        .max_by(|(x, a), (y, b)| a.score.total_cmp(&b.score).then(y.cmp(x)));
    let by_hand = || {
        let other = hand.joined.iter().find_map(|&(a, b)| if a == at { Some(b) } else { (b == at).then_some(a) })?;
        Some((other, Scored { score: 0.0, reasons: Vec::new() }, true))
    };
    let link = best.map(|(other, scored)| (other, scored, false)).or_else(by_hand);
    Member {
        telling,
        link: link.map(|(other, scored, hand)| (features[other].telling.event.id.as_str(), scored, hand)),
    }
}

/// Rulings as places in the list.
struct Hand {
    joined: Vec<(usize, usize)>,
    split: FxHashSet<(usize, usize)>,
    ignored: Vec<Ruling>,
}

impl Hand {
    fn new(sorted: &[&Telling], rulings: &[Ruling]) -> Self {
        let place: FxHashMap<&str, usize> =
            sorted.iter().enumerate().map(|(at, telling)| (telling.event.id.as_str(), at)).collect();
        let mut pairs: Vec<(usize, usize, &Ruling)> = rulings
            .iter()
            .filter_map(|ruling| {
                let (a, b) = (*place.get(ruling.one.as_str())?, *place.get(ruling.other.as_str())?);
                (a != b).then_some((a.min(b), a.max(b), ruling))
            })
            .collect();
        pairs.sort_by_key(|&(a, b, ruling)| (a, b, ruling.verdict));
        pairs.dedup_by_key(|&mut (a, b, ruling)| (a, b, ruling.verdict));
        let of = |verdict: Verdict| pairs.iter().filter(move |(_, _, ruling)| ruling.verdict == verdict);
        let split: FxHashSet<(usize, usize)> = of(Verdict::Different).map(|&(a, b, _)| (a, b)).collect();
        let mut hand = Self { joined: Vec::new(), split, ignored: Vec::new() };
        for &(a, b, ruling) in of(Verdict::Same) {
            hand.join(a, b, ruling);
        }
        hand
    }

    /// Takes a join in, unless it would put two in one group that a person parted.
    fn join(&mut self, a: usize, b: usize, ruling: &Ruling) {
        let (one, other) = (self.reach(a), self.reach(b));
        let parted = one.iter().any(|&x| other.iter().any(|&y| self.split.contains(&(x.min(y), x.max(y)))));
        if parted {
            self.ignored.push(ruling.clone());
        } else {
            self.joined.push((a, b));
        }
    }

    /// Everything joined by hand to a place, itself included.
    fn reach(&self, from: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::from([from]);
        loop {
            let more: Vec<usize> = self
                .joined
                .iter()
                .filter(|(a, b)| all.contains(a) != all.contains(b))
                .flat_map(|&(a, b)| [a, b])
                .collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }
}
