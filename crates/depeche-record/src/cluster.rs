//! From scored pairs to groups, without chains.
//!
//! Pairs are taken by score, best first. Two groups become one only if **every** pair across them is possible and scores at
//! least [`FLOOR`], and all of them together at least [`MEAN`] on average: "A is like B, B is like C" does not make one
//! group of A and C when A and C contradict each other. What a person joined starts as one group; what a person split is
//! never in one.

/// Least score of any pair within a group.
pub const FLOOR: f32 = 1.0;
/// Least mean score of the pairs across two groups that become one.
pub const MEAN: f32 = 3.5;

/// A pair that may be one act, by places in the list of what is grouped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The earlier one.
    pub one: usize,
    /// The later one.
    pub other: usize,
    /// Its score.
    pub score: f32,
}

/// Groups `0..count`. `pairs` are those that would tie two groups, in any order; `score` tells any pair's score, `None` where
/// the two cannot be one; `split` tells pairs that a person parted; `joined` are groups made by hand. Each group is sorted,
/// and the groups by their first member.
pub fn cluster(
    count: usize,
    mut pairs: Vec<Pair>,
    joined: &[(usize, usize)],
    split: impl Fn(usize, usize) -> bool,
    mut score: impl FnMut(usize, usize) -> Option<f32>,
) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(count);
    for &(one, other) in joined {
        groups.join(one, other);
    }
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.one, a.other).cmp(&(b.one, b.other))));
    for pair in pairs {
        let (a, b) = (groups.of(pair.one), groups.of(pair.other));
        if a != b && fits(&groups.members[a], &groups.members[b], &split, &mut score) {
            groups.join(pair.one, pair.other);
        }
    }
    groups.finish()
}

fn fits(
    a: &[usize],
    b: &[usize],
    split: &impl Fn(usize, usize) -> bool,
    score: &mut impl FnMut(usize, usize) -> Option<f32>,
) -> bool {
    let mut sum = 0.0;
    for &x in a {
        for &y in b {
            match score(x.min(y), x.max(y)) {
                Some(one) if one >= FLOOR && !split(x, y) => sum += one,
                _ => return false,
            }
        }
    }
    sum / (a.len() * b.len()) as f32 >= MEAN
}

/// Members of each group; a group that was joined to another is empty.
struct Groups {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { of: (0..count).collect(), members: (0..count).map(|i| vec![i]).collect() }
    }

    fn of(&self, member: usize) -> usize {
        self.of[member]
    }

    /// The group of the smaller number takes in the other.
    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.of(one), self.of(other));
        if a == b {
            return;
        }
        let (into, from) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[from]);
        for &member in &moved {
            self.of[member] = into;
        }
        self.members[into].extend(moved);
    }

    fn finish(self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = self.members.into_iter().filter(|group| !group.is_empty()).collect();
        for group in &mut all {
            group.sort_unstable();
        }
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(one: usize, other: usize, score: f32) -> Pair {
        Pair { one, other, score }
    }

    #[test]
    fn a_chain_does_not_collapse() {
        // 0–1 and 1–2 are alike, 0–2 cannot be one.
        let score = |a, b| if (a, b) == (0, 2) { None } else { Some(6.0) };
        let groups = cluster(3, vec![pair(1, 2, 6.0), pair(0, 1, 6.5)], &[], |_, _| false, score);
        assert_eq!(groups, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn joins_and_splits_by_hand_hold() {
        let pairs = || vec![pair(0, 1, 9.0)];
        let apart = cluster(2, pairs(), &[], |_, _| true, |_, _| Some(9.0));
        assert_eq!(apart, [vec![0], vec![1]]);
        let joined = cluster(2, Vec::new(), &[(0, 1)], |_, _| false, |_, _| None);
        assert_eq!(joined, [vec![0, 1]]);
    }
}
