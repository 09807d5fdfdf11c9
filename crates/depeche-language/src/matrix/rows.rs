//! What is done to rows between the matrix products: cached windows, normalisation, the best label.

use pulp::{Arch, Simd, WithSimd};

use super::{GROUP, GROUPS};

/// A maxout layer over a window of three rows whose products with the weights are known, row kind by row kind.
///
/// For each kind: what it adds as the row before, as the row itself and as the row after, each as panels of three groups.
pub(crate) struct Windows<'a> {
    /// Products by kind.
    pub products: &'a [f32],
    /// Bias, in panels.
    pub bias: &'a [f32],
    /// Kind of every row; `None` for an empty row.
    pub kinds: &'a [Option<u32>],
    /// Rows to compute; none is the first or the last.
    pub list: &'a [u32],
    /// A third as wide as the bias.
    pub output: &'a mut [f32],
}

impl Windows<'_> {
    /// Runs it.
    pub fn apply(self) {
        Arch::new().dispatch(self);
    }
}

impl WithSimd for Windows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let lanes = GROUP / S::F32_LANES;
        let size = self.bias.len();
        let width = size / GROUPS;
        let bias = S::as_simd_f32s(self.bias).0;
        let zero = simd.splat_f32s(0.0);
        for &row in self.list {
            let row = row as usize;
            let part = |offset: usize| match self.kinds[row + offset - 1] {
                Some(kind) => S::as_simd_f32s(&self.products[(kind as usize * 3 + offset) * size..][..size]).0,
                None => &[],
            };
            let (before, own, after) = (part(0), part(1), part(2));
            let output = S::as_mut_simd_f32s(&mut self.output[row * width..][..width]).0;
            for (at, to) in output.iter_mut().enumerate() {
                let first = at / lanes * lanes * GROUPS + at % lanes;
                let sum = |piece: usize| {
                    let i = first + piece * lanes;
                    let outer = simd.add_f32s(*before.get(i).unwrap_or(&zero), *after.get(i).unwrap_or(&zero));
                    simd.add_f32s(simd.add_f32s(bias[i], *own.get(i).unwrap_or(&zero)), outer)
                };
                *to = simd.max_f32s(simd.max_f32s(sum(0), sum(1)), sum(2));
            }
        }
    }
}

/// Normalises rows to mean 0 and variance 1, then scales and shifts them; adds a residual row if there is one.
pub(crate) struct Normalize<'a> {
    /// Rows of the layer's width, changed in place.
    pub rows: &'a mut [f32],
    /// Rows to change; `None` for all.
    pub list: Option<&'a [u32]>,
    /// Added to the rows, same places; empty for none.
    pub residual: &'a [f32],
    /// One factor a column.
    pub scale: &'a [f32],
    /// One summand a column.
    pub shift: &'a [f32],
}

/// Added to the variance, as in thinc.
const EPSILON: f32 = 1e-8;

impl Normalize<'_> {
    /// Runs it.
    pub fn apply(self) {
        Arch::new().dispatch(self);
    }
}

impl WithSimd for Normalize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.scale.len();
        let (scale, shift) = (S::as_simd_f32s(self.scale).0, S::as_simd_f32s(self.shift).0);
        let count = self.list.map_or(self.rows.len() / width, <[u32]>::len);
        for index in 0..count {
            let start = self.list.map_or(index, |list| list[index] as usize) * width;
            let row = S::as_mut_simd_f32s(&mut self.rows[start..start + width]).0;
            let mean = simd.splat_f32s(total(simd, row, |x| x) / width as f32);
            let variance = total(simd, row, |x| {
                let d = simd.sub_f32s(x, mean);
                simd.mul_f32s(d, d)
            }) / width as f32;
            let factor = simd.splat_f32s(1.0 / (variance + EPSILON).sqrt());
            for ((x, g), b) in row.iter_mut().zip(scale).zip(shift) {
                *x = simd.mul_add_f32s(simd.mul_f32s(simd.sub_f32s(*x, mean), factor), *g, *b);
            }
            if let Some(residual) = self.residual.get(start..start + width) {
                for (x, r) in row.iter_mut().zip(S::as_simd_f32s(residual).0) {
                    *x = simd.add_f32s(*x, *r);
                }
            }
        }
    }
}

#[inline(always)]
fn total<S: Simd>(simd: S, row: &[S::f32s], f: impl Fn(S::f32s) -> S::f32s) -> f32 {
    let sum = row.iter().fold(simd.splat_f32s(0.0), |sum, x| simd.add_f32s(sum, f(*x)));
    simd.reduce_sum_f32s(sum)
}

/// Appends, for every row of `stride` scores, the index of the first greatest of the first `width`.
pub(crate) struct Argmax<'a> {
    /// Rows of scores, as a linear layer wrote them.
    pub scores: &'a [f32],
    /// Numbers in a row.
    pub stride: usize,
    /// Scores in a row; what follows is filling.
    pub width: usize,
    /// Where to.
    pub out: &'a mut Vec<u16>,
}

impl Argmax<'_> {
    /// Runs it.
    pub fn apply(self) {
        Arch::new().dispatch(self);
    }
}

impl WithSimd for Argmax<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for row in self.scores.chunks_exact(self.stride) {
            self.out.push(greatest(simd, &row[..self.width]) as u16);
        }
    }
}

/// Where the first of the greatest numbers stands.
#[inline(always)]
pub(super) fn greatest<S: Simd>(simd: S, row: &[f32]) -> usize {
    let (whole, rest) = S::as_simd_f32s(row);
    let best = whole.iter().fold(simd.splat_f32s(f32::NEG_INFINITY), |best, x| simd.max_f32s(best, *x));
    let best = rest.iter().copied().fold(simd.reduce_max_f32s(best), f32::max);
    // The block that holds it first, then the place in the block: the maximum of a block vectorises.
    let block = row.chunks(64).position(|block| holds(block, best));
    let start = block.unwrap_or(0) * 64;
    start + row[start..].iter().position(|x| holds(&[*x], best)).unwrap_or(0)
}

/// Whether a number is among others, bit for bit: it was taken from them. Without an early end, so that it vectorises.
#[inline(always)]
fn holds(numbers: &[f32], one: f32) -> bool {
    numbers.iter().fold(0, |count, x| count + u32::from(x.to_bits() == one.to_bits())) > 0
}
