//! The best of many labels, without the scores of all.
//!
//! A token has a thousand lemma labels and needs one. A thousand products of ninety-six numbers are a third of the engine's
//! work, and nearly all of them are far from winning. So each vector is turned (`basis`) such that its first half holds
//! nearly all that tells labels apart; half products give each label a score that is wrong by no more than the lengths of the
//! two halves left out, multiplied (Cauchy and Schwarz). Labels that cannot reach the leader, whatever those halves hold,
//! are out. Mostly the leader is alone then; where not, those that are left are scored in full, and where two scores are so close
//! that rounding could decide, both are added up once more in the very order of [`Layer::apply`]. The label is always the one
//! that all true scores would give.
//!
//! `training/basis.py` finds the turn, one for each layer, and the model ships it. How good it is decides how many labels are
//! left, not which one wins; a model without one has all scores computed.

use pulp::{Arch, Simd, WithSimd};

use super::{Argmax, GROUP, GROUPS, Layer, rows::greatest};

/// Rows that are scored together.
const ROWS: usize = 32;
/// Scores that are held against the leader at once.
const BLOCK: usize = 64;
/// Bound on what rounding does to a score, as a share of the lengths multiplied: some three hundred additions of numbers
/// with 24 bits are wrong by a fifth of this.
const ROUNDING: f32 = 1e-4;
/// Shares of a squared length that the half left out is taken to be longer, for the same reason.
const SLACK: f32 = 1e-5;

/// A linear layer of which only the greatest output is wanted.
pub(crate) struct Labels {
    layer: Layer,
    screen: Option<Screen>,
}

struct Screen {
    /// Vectors to their first half, turned.
    basis: Layer,
    /// First halves to scores; minus infinity past the last label.
    coarse: Layer,
    /// Length of what a label's weights have in the other half.
    rest: Vec<f32>,
    /// Weights and bias, label after label; what all labels share is taken off, for it decides nothing.
    weights: Vec<f32>,
    bias: Vec<f32>,
    /// Length of the longest label's weights, bias included.
    longest: f32,
}

/// Memory that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    turned: Vec<f32>,
    scores: Vec<f32>,
}

impl Labels {
    /// From weights `[output][input]`, one bias an output, and the rows of a basis, which need not be quite orthogonal.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, basis: Option<&[f32]>) -> Self {
        let layer = Layer::linear(weights, bias, inputs);
        let screen = basis.map(|basis| Screen::new(weights, bias, inputs, &orthonormal(basis, inputs), layer.stride()));
        Self { layer, screen }
    }

    /// Appends the best label of every row: the first of the greatest.
    pub fn best(&self, rows: &[f32], memory: &mut Memory, out: &mut Vec<u16>) {
        let inputs = self.layer.inputs();
        for rows in rows.chunks(inputs * ROWS) {
            let count = rows.len() / inputs;
            memory.scores.resize(count * self.layer.stride(), 0.0);
            let Some(screen) = &self.screen else {
                self.layer.apply(rows, inputs, count, &mut memory.scores);
                let (stride, width) = (self.layer.stride(), self.layer.outputs());
                Argmax { scores: &memory.scores, stride, width, out }.apply();
                continue;
            };
            let half = screen.basis.stride();
            memory.turned.resize(count * half, 0.0);
            screen.basis.apply(rows, inputs, count, &mut memory.turned);
            screen.coarse.apply(&memory.turned, half, count, &mut memory.scores);
            let (turned, scores) = (&memory.turned, &memory.scores);
            Arch::new().dispatch(Pick { layer: &self.layer, screen, rows, turned, scores, out });
        }
    }
}

impl Screen {
    fn new(weights: &[f32], bias: &[f32], inputs: usize, basis: &[f32], stride: usize) -> Self {
        let count = bias.len();
        let half = basis.len() / inputs;
        let mean = |input: usize| weights.iter().skip(input).step_by(inputs).sum::<f32>() / count as f32;
        let shared: Vec<f32> = (0..inputs).map(mean).collect();
        let weights: Vec<f32> =
            weights.chunks(inputs).flat_map(|row| row.iter().zip(&shared).map(|(w, m)| w - m)).collect();
        let basis = Layer::linear(basis, &vec![0.0; half], inputs);
        let mut turned = vec![0.0; count * basis.stride()];
        basis.apply(&weights, inputs, count, &mut turned);
        let length = |row: &[f32]| row.iter().map(|x| x * x).sum::<f32>();
        let mut rest = vec![0.0; stride];
        let mut coarse = vec![0.0; stride * half];
        let mut longest = 0_f32;
        for label in 0..count {
            let (row, turned) = (&weights[label * inputs..][..inputs], &turned[label * basis.stride()..][..half]);
            rest[label] = left_out(length(row), length(turned));
            longest = longest.max((length(row) + bias[label] * bias[label]).sqrt());
            coarse[label * half..][..half].copy_from_slice(turned);
        }
        let mut filled = vec![f32::NEG_INFINITY; stride];
        filled[..count].copy_from_slice(bias);
        let coarse = Layer::linear(&coarse, &filled, half);
        Self { basis, coarse, rest, weights, bias: bias.to_vec(), longest }
    }
}

/// Length of the other half, given the squared lengths of the whole and of the first half; never too short.
fn left_out(whole: f32, first: f32) -> f32 {
    ((whole - first).max(0.0) + whole * SLACK).sqrt()
}

/// Rows at right angles and of length one (Gram and Schmidt, twice); rows that add nothing are left out.
fn orthonormal(rows: &[f32], width: usize) -> Vec<f32> {
    let mut kept: Vec<Vec<f64>> = Vec::new();
    for row in rows.chunks_exact(width) {
        let mut row: Vec<f64> = row.iter().copied().map(f64::from).collect();
        for other in kept.iter().chain(&kept) {
            let along: f64 = row.iter().zip(other).map(|(a, b)| a * b).sum();
            row.iter_mut().zip(other).for_each(|(a, b)| *a -= along * b);
        }
        let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 1e-3 {
            kept.push(row.iter().map(|x| x / length).collect());
        }
    }
    kept.into_iter().flatten().map(|x| x as f32).collect()
}

struct Pick<'a> {
    layer: &'a Layer,
    screen: &'a Screen,
    rows: &'a [f32],
    turned: &'a [f32],
    scores: &'a [f32],
    out: &'a mut Vec<u16>,
}

impl WithSimd for Pick<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { layer, screen, rows, turned, scores, out } = self;
        let turned = turned.chunks_exact(screen.basis.stride());
        let rows = rows.chunks_exact(layer.inputs());
        for ((row, turned), scores) in rows.zip(turned).zip(scores.chunks_exact(layer.stride())) {
            let mut best = greatest(simd, scores);
            let length = dot(simd, row, row);
            let other = left_out(length, dot(simd, turned, turned));
            let margin = ROUNDING * screen.longest * (length.sqrt() + 1.0);
            let mut reached = screen.score(simd, row, best);
            let least = reached - margin;
            for (block, (scores, rest)) in scores.chunks(BLOCK).zip(screen.rest.chunks(BLOCK)).enumerate() {
                if reach(scores, rest, other, least) == 0 {
                    continue;
                }
                for (at, (score, rest)) in scores.iter().zip(rest).enumerate() {
                    let label = block * BLOCK + at;
                    if score + rest * other < least || label == best {
                        continue;
                    }
                    let score = screen.score(simd, row, label);
                    let close = (score - reached).abs() <= margin;
                    if if close { layer.beats(simd, row, label, best) } else { score > reached } {
                        (best, reached) = (label, score);
                    }
                }
            }
            out.push(best as u16);
        }
    }
}

impl Screen {
    /// The score of a label, but for rounding and for what all labels share.
    #[inline(always)]
    fn score<S: Simd>(&self, simd: S, row: &[f32], label: usize) -> f32 {
        self.bias[label] + dot(simd, row, &self.weights[label * row.len()..][..row.len()])
    }
}

impl Layer {
    /// Whether a label's true score is greater than another's; of equals the first wins.
    #[inline(always)]
    fn beats<S: Simd>(&self, simd: S, row: &[f32], label: usize, other: usize) -> bool {
        let (own, others) = (exact(simd, self, row, label), exact(simd, self, row, other));
        own > others || (own.to_bits() == others.to_bits() && label < other)
    }
}

/// How many scores can reach a mark. Without an early end, so that it vectorises.
#[inline(always)]
fn reach(scores: &[f32], rest: &[f32], other: f32, least: f32) -> u32 {
    scores.iter().zip(rest).fold(0, |count, (score, rest)| count + u32::from(score + rest * other >= least))
}

#[inline(always)]
fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_end), (b, b_end)) = (S::as_simd_f32s(a), S::as_simd_f32s(b));
    let mut sum = simd.splat_f32s(0.0);
    for (a, b) in a.iter().zip(b) {
        sum = simd.mul_add_f32s(*a, *b, sum);
    }
    let mut end = 0.0;
    for (a, b) in a_end.iter().zip(b_end) {
        end += a * b;
    }
    simd.reduce_sum_f32s(sum) + end
}

/// The score of one label, added up as the layer adds it.
#[inline(always)]
fn exact<S: Simd>(simd: S, layer: &Layer, row: &[f32], label: usize) -> f32 {
    let width = GROUP * GROUPS;
    let (panel, place) = (label / width, label % width);
    let (register, lane) = (place / S::F32_LANES, place % S::F32_LANES);
    let weights = S::as_simd_f32s(&layer.panels[panel * layer.inputs * width..][..layer.inputs * width]).0;
    let mut sum = S::as_simd_f32s(&layer.bias[panel * width..][..width]).0[register];
    for (x, weights) in row.iter().zip(weights.chunks_exact(width / S::F32_LANES)) {
        sum = simd.mul_add_f32s(simd.splat_f32s(*x), weights[register], sum);
    }
    let mut lanes = [0.0; GROUP];
    S::as_mut_simd_f32s(&mut lanes[..S::F32_LANES]).0[0] = sum;
    lanes[lane]
}
