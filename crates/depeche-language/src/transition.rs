//! Scores of the next move, shared by the parser and the names.
//!
//! A state looks at a few tokens (first of the buffer, top of the stack, their children). What each token contributes in
//! each of these places is one matrix product over all tokens, done beforehand; a state then costs the sum of a few rows,
//! a maximum, and one small product for the scores. Which moves are allowed comes in as a row to start from: the bias
//! where a move is allowed, minus infinity where it is not.

// As in `matrix`: what is not inlined is not compiled for the processor's registers.
#![allow(clippy::inline_always, clippy::needless_range_loop)]

use pulp::{Arch, Simd, WithSimd};

use crate::ModelError;
use crate::matrix::Layer;
use crate::weights::Weights;

/// Pieces of the maxout over a state.
const PIECES: usize = 2;
/// Scores are filled up to a multiple of this: two of the widest registers.
const SCORES: usize = 32;
/// Registers of scores summed at once, and how many hidden units go into sums of their own, so that no sum has to wait
/// for the one before.
const REGISTERS: usize = 2;
const CHAINS: usize = 4;

/// The state layers of one component.
pub(crate) struct Scorer {
    arch: Arch,
    reduce: Layer,
    lower: Layer,
    hidden: usize,
    features: usize,
    /// What an absent token contributes, place after place.
    padding: Vec<f32>,
    lower_bias: Vec<f32>,
    /// Weights of the scores, hidden unit after hidden unit.
    upper: Vec<f32>,
    bias: Vec<f32>,
    /// Scores with filling.
    stride: usize,
}

/// Memory of a scorer that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    reduced: Vec<f32>,
    tokens: Vec<f32>,
    hidden: Vec<f32>,
    scores: Vec<f32>,
}

impl Scorer {
    /// Reads the layers whose names begin with `prefix`; `moves` scores come out, `features` tokens go in.
    pub fn read(
        weights: &Weights,
        prefix: &str,
        inputs: usize,
        features: usize,
        moves: usize,
    ) -> Result<Self, ModelError> {
        let (reduce_bias, _) = weights.get(&format!("{prefix}.reduce.b"))?;
        let hidden = reduce_bias.len();
        if hidden == 0 || !hidden.is_multiple_of(16) {
            return Err(ModelError::new(format!("{prefix}.reduce.b"), "a hidden width that 16 does not divide"));
        }
        let reduce = weights.sized(&format!("{prefix}.reduce.W"), hidden * inputs)?;
        let per_place = hidden * PIECES;
        let lower = weights.sized(&format!("{prefix}.lower.W"), features * per_place * hidden)?;
        let rows: Vec<&[f32]> = lower.chunks_exact(hidden).collect();
        let lower: Vec<f32> = pieces_first(&rows, hidden).into_iter().flatten().copied().collect();
        let padding = weights.sized(&format!("{prefix}.lower.pad"), features * per_place)?;
        let lower_bias = weights.sized(&format!("{prefix}.lower.b"), per_place)?;
        let stride = moves.next_multiple_of(SCORES);
        let mut upper = vec![0.0; hidden * stride];
        for (row, one) in weights.sized(&format!("{prefix}.upper.W"), moves * hidden)?.chunks_exact(hidden).enumerate()
        {
            for (unit, weight) in one.iter().enumerate() {
                upper[unit * stride + row] = *weight;
            }
        }
        Ok(Self {
            arch: Arch::new(),
            reduce: Layer::linear(&reduce, &reduce_bias, inputs),
            lower: Layer::linear(&lower, &vec![0.0; features * per_place], hidden),
            hidden,
            features,
            padding: pieces_first(&padding, hidden),
            lower_bias: pieces_first(&lower_bias, hidden),
            upper,
            bias: weights.sized(&format!("{prefix}.upper.b"), moves)?,
            stride,
        })
    }

    /// The row to start scores from: the bias of the moves that are allowed.
    pub fn allow(&self, allowed: impl Fn(usize) -> bool) -> Vec<f32> {
        let mut row = vec![f32::NEG_INFINITY; self.stride];
        for (index, (to, from)) in row.iter_mut().zip(&self.bias).enumerate() {
            if allowed(index) {
                *to = *from;
            }
        }
        row
    }

    /// Computes what every token of a batch contributes in every place.
    pub fn prepare(&self, rows: &[f32], count: usize, memory: &mut Memory) {
        memory.reduced.resize(count * self.reduce.stride(), 0.0);
        self.reduce.apply(rows, self.reduce.inputs(), count, &mut memory.reduced);
        memory.tokens.resize(count * self.lower.stride(), 0.0);
        self.lower.apply(&memory.reduced, self.reduce.stride(), count, &mut memory.tokens);
        memory.hidden.resize(self.hidden * PIECES, 0.0);
        memory.scores.resize(self.stride, 0.0);
    }

    /// The best allowed move for the tokens in a state's places; `None` where no move is allowed. `allowed` is a row that
    /// [`Scorer::allow`] made; tokens count within the batch.
    pub fn best(&self, places: &[Option<u32>], allowed: &[f32], memory: &mut Memory) -> Option<usize> {
        self.arch.dispatch(Step { scorer: self, places, allowed, memory })
    }
}

/// Puts the pieces of all units of a place one after the other: `[place][unit][piece]` to `[place][piece][unit]`.
fn pieces_first<T: Copy>(values: &[T], hidden: usize) -> Vec<T> {
    let place = hidden * PIECES;
    (0..values.len())
        .map(|at| {
            let (start, piece, unit) = (at / place * place, at % place / hidden, at % hidden);
            values[start + unit * PIECES + piece]
        })
        .collect()
}

struct Step<'a> {
    scorer: &'a Scorer,
    places: &'a [Option<u32>],
    allowed: &'a [f32],
    memory: &'a mut Memory,
}

impl WithSimd for Step<'_> {
    type Output = Option<usize>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Option<usize> {
        let Self { scorer, places, allowed, memory } = self;
        let width = scorer.hidden * PIECES;
        memory.hidden.copy_from_slice(&scorer.lower_bias);
        let hidden = S::as_mut_simd_f32s(&mut memory.hidden).0;
        debug_assert_eq!(places.len(), scorer.features);
        for (place, token) in places.iter().enumerate() {
            let row = match token {
                Some(token) => &memory.tokens[*token as usize * scorer.lower.stride() + place * width..][..width],
                None => &scorer.padding[place * width..][..width],
            };
            for (sum, one) in hidden.iter_mut().zip(S::as_simd_f32s(row).0) {
                *sum = simd.add_f32s(*sum, *one);
            }
        }
        let (first, second) = hidden.split_at_mut(hidden.len() / PIECES);
        for (a, b) in first.iter_mut().zip(second) {
            *a = simd.max_f32s(*a, *b);
        }
        let best = scores(simd, scorer, &memory.hidden[..scorer.hidden], allowed, &mut memory.scores);
        if best == f32::NEG_INFINITY {
            return None;
        }
        memory.scores.iter().position(|score| score.to_bits() == best.to_bits())
    }
}

/// Fills the scores and returns the greatest.
#[inline(always)]
fn scores<S: Simd>(simd: S, scorer: &Scorer, hidden: &[f32], allowed: &[f32], out: &mut [f32]) -> f32 {
    let stride = scorer.stride / S::F32_LANES;
    let (allowed, upper) = (S::as_simd_f32s(allowed).0, S::as_simd_f32s(&scorer.upper).0);
    let out = S::as_mut_simd_f32s(out).0;
    let mut best = simd.splat_f32s(f32::NEG_INFINITY);
    let zero = simd.splat_f32s(0.0);
    for start in (0..stride).step_by(REGISTERS) {
        let mut sums = [[zero; REGISTERS]; CHAINS];
        for (units, rows) in hidden.chunks_exact(CHAINS).zip(upper.chunks_exact(stride * CHAINS)) {
            for chain in 0..CHAINS {
                let unit = simd.splat_f32s(units[chain]);
                for i in 0..REGISTERS {
                    sums[chain][i] = simd.mul_add_f32s(unit, rows[chain * stride + start + i], sums[chain][i]);
                }
            }
        }
        for i in 0..REGISTERS {
            let (left, right) = (simd.add_f32s(sums[0][i], sums[1][i]), simd.add_f32s(sums[2][i], sums[3][i]));
            let sum = simd.add_f32s(allowed[start + i], simd.add_f32s(left, right));
            out[start + i] = sum;
            best = simd.max_f32s(best, sum);
        }
    }
    simd.reduce_max_f32s(best)
}
