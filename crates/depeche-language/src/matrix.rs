//! Matrix products, the only place where time is spent.
//!
//! A layer's weights are packed once, when a model is loaded: outputs in groups of sixteen (one AVX-512 register, two of
//! AVX2, four of SSE or NEON), three groups side by side in a panel, so that the inner loop reads them in order. For a
//! maxout layer the three groups of a panel are the three pieces of the same outputs and the maximum is taken in registers;
//! for a linear layer they are neighbours. The tile loop keeps eight rows by three groups in registers (four by three
//! where there are only sixteen). Written once over `pulp`, which picks the instruction set when the program runs.

use pulp::{Arch, Simd, WithSimd};

/// Outputs in a group.
pub(crate) const GROUP: usize = 16;
/// Groups in a panel.
const GROUPS: usize = 3;
/// Rows of a tile where there are registers for them, and where not.
const TALL: usize = 8;
const SHORT: usize = 4;

/// How the three groups of a panel become outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The maximum of the three: sixteen outputs a panel.
    Maxout,
    /// All of them: forty-eight outputs a panel.
    Linear,
}

/// A layer's weights, packed.
#[derive(Debug)]
pub(crate) struct Layer {
    kind: Kind,
    inputs: usize,
    outputs: usize,
    /// Outputs with those added to fill the last panel.
    stride: usize,
    /// Panel after panel, input after input, three groups of sixteen.
    panels: Vec<f32>,
    /// Forty-eight a panel.
    bias: Vec<f32>,
}

impl Layer {
    /// A maxout layer of three pieces from weights `[output][piece][input]` and bias `[output][piece]`.
    pub fn maxout(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len() / GROUPS;
        Self::pack(Kind::Maxout, inputs, outputs, |output, group| {
            let row = output * GROUPS + group;
            (row < bias.len()).then(|| (&weights[row * inputs..(row + 1) * inputs], bias[row]))
        })
    }

    /// A linear layer from weights `[output][input]` and one bias an output.
    pub fn linear(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        Self::pack(Kind::Linear, inputs, outputs, |panel_output, group| {
            let row = panel_output / GROUP * GROUP * GROUPS + group * GROUP + panel_output % GROUP;
            (row < outputs).then(|| (&weights[row * inputs..(row + 1) * inputs], bias[row]))
        })
    }

    /// `row(16 × panel + lane, group)` gives the weights of one register lane.
    fn pack<'w>(
        kind: Kind,
        inputs: usize,
        outputs: usize,
        row: impl Fn(usize, usize) -> Option<(&'w [f32], f32)>,
    ) -> Self {
        let per_panel = if kind == Kind::Maxout { GROUP } else { GROUP * GROUPS };
        let count = outputs.div_ceil(per_panel);
        let width = GROUP * GROUPS;
        let mut panels = vec![0.0; count * inputs * width];
        let mut biases = vec![0.0; count * width];
        for panel in 0..count {
            for (group, lane) in (0..GROUPS).flat_map(|group| (0..GROUP).map(move |lane| (group, lane))) {
                let Some((weights, bias)) = row(panel * GROUP + lane, group) else { continue };
                let place = group * GROUP + lane;
                biases[panel * width + place] = bias;
                for (input, weight) in weights.iter().enumerate() {
                    panels[(panel * inputs + input) * width + place] = *weight;
                }
            }
        }
        Self { kind, inputs, outputs, stride: count * per_panel, panels, bias: biases }
    }

    /// Numbers an output row takes, with filling.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Outputs of the layer.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Inputs of the layer.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Computes `count` rows, one after the other.
    pub fn apply(&self, input: &[f32], step: usize, count: usize, output: &mut [f32]) {
        Arch::new().dispatch(Product { layer: self, input, count, output, row: |i| (i * step, i * self.stride) });
    }

    /// Computes the rows of a list over windows: row `r` of the output from all of row `r - 1`, `r` and `r + 1` of the
    /// input, both of `width` numbers a row.
    pub fn apply_windows(&self, input: &[f32], width: usize, list: &[u32], output: &mut [f32]) {
        let row = |i: usize| ((list[i] as usize - 1) * width, list[i] as usize * width);
        Arch::new().dispatch(Product { layer: self, input, count: list.len(), output, row });
    }
}

struct Product<'a, F> {
    layer: &'a Layer,
    input: &'a [f32],
    count: usize,
    output: &'a mut [f32],
    /// Where a row begins in the input and in the output.
    row: F,
}

impl<F: Fn(usize) -> (usize, usize)> WithSimd for Product<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if S::REGISTER_COUNT >= 32 { self.run::<S, TALL>(simd) } else { self.run::<S, SHORT>(simd) }
    }
}

impl<F: Fn(usize) -> (usize, usize)> Product<'_, F> {
    #[inline(always)]
    fn run<S: Simd, const R: usize>(mut self, simd: S) {
        let layer = self.layer;
        let panel_size = layer.inputs * GROUP * GROUPS;
        let panels = layer.panels.chunks_exact(panel_size).zip(layer.bias.chunks_exact(GROUP * GROUPS));
        for (index, (panel, bias)) in panels.enumerate() {
            let mut row = 0;
            while row + R <= self.count {
                self.tile::<S, R>(simd, index, panel, bias, row);
                row += R;
            }
            if row < self.count && self.count >= R {
                // The last tile covers some rows a second time, which costs less than rows one by one.
                self.tile::<S, R>(simd, index, panel, bias, self.count - R);
            } else {
                while row < self.count {
                    self.tile::<S, 1>(simd, index, panel, bias, row);
                    row += 1;
                }
            }
        }
    }

    /// `R` rows of one panel.
    #[inline(always)]
    fn tile<S: Simd, const R: usize>(&mut self, simd: S, index: usize, panel: &[f32], bias: &[f32], row: usize) {
        let inputs = self.layer.inputs;
        let lanes = S::F32_LANES.min(GROUP);
        // Plain loops: functions of the library would not be compiled for the processor's registers.
        let mut starts = [0; R];
        let mut rows: [&[f32]; R] = [&[]; R];
        for r in 0..R {
            let (from, to) = (self.row)(row + r);
            starts[r] = to;
            rows[r] = &self.input[from..][..inputs];
        }
        for part in 0..GROUP / lanes {
            let sums = sums::<S, R>(simd, rows, panel, bias, part);
            for r in 0..R {
                let (start, sum) = (starts[r] + part * lanes, &sums[r]);
                match self.layer.kind {
                    Kind::Maxout => {
                        let best = simd.max_f32s(simd.max_f32s(sum[0], sum[1]), sum[2]);
                        store::<S>(&mut self.output[start + index * GROUP..], best);
                    }
                    Kind::Linear => {
                        for group in 0..GROUPS {
                            store::<S>(&mut self.output[start + (index * GROUPS + group) * GROUP..], sum[group]);
                        }
                    }
                }
            }
        }
    }
}

/// The inner loop: bias plus products of `R` rows with three registers of weights.
#[inline(always)]
fn sums<S: Simd, const R: usize>(
    simd: S,
    rows: [&[f32]; R],
    panel: &[f32],
    bias: &[f32],
    part: usize,
) -> [[S::f32s; GROUPS]; R] {
    let per_group = GROUP / S::F32_LANES;
    let weights = S::as_simd_f32s(panel).0;
    let bias = S::as_simd_f32s(bias).0;
    let mut sums = [[bias[part], bias[per_group + part], bias[2 * per_group + part]]; R];
    let inputs = rows[0].len();
    let mut rows = rows;
    for row in &mut rows {
        *row = &row[..inputs];
    }
    for (k, weight) in weights.chunks_exact(per_group * GROUPS).enumerate().take(inputs) {
        let w = [weight[part], weight[per_group + part], weight[2 * per_group + part]];
        for r in 0..R {
            let x = simd.splat_f32s(rows[r][k]);
            for group in 0..GROUPS {
                sums[r][group] = simd.mul_add_f32s(x, w[group], sums[r][group]);
            }
        }
    }
    // Copied one by one: the caller's loop over the rows would keep the sums themselves in memory, and out of registers.
    let mut done = [[bias[0]; GROUPS]; R];
    for r in 0..R {
        for group in 0..GROUPS {
            done[r][group] = sums[r][group];
        }
    }
    done
}

#[inline(always)]
fn store<S: Simd>(to: &mut [f32], value: S::f32s) {
    S::as_mut_simd_f32s(&mut to[..S::F32_LANES]).0[0] = value;
}

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
            let row = &row[..self.width];
            let (whole, rest) = S::as_simd_f32s(row);
            let best = whole.iter().fold(simd.splat_f32s(f32::NEG_INFINITY), |best, x| simd.max_f32s(best, *x));
            let best = rest.iter().copied().fold(simd.reduce_max_f32s(best), f32::max);
            // The block that holds it first, then the place in the block: the maximum of a block vectorises.
            let block = row.chunks(64).position(|block| block.iter().fold(false, |any, x| any | (*x == best)));
            let start = block.unwrap_or(0) * 64;
            let place = row[start..].iter().position(|x| *x == best).unwrap_or(0);
            self.out.push((start + place) as u16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small numbers that differ from place to place.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + seed * 104_729) % 1013) as f32 / 506.5 - 1.0).collect()
    }

    fn plain(weights: &[f32], bias: &[f32], row: &[f32]) -> Vec<f32> {
        let products = weights.chunks(row.len()).map(|w| w.iter().zip(row).map(|(a, b)| a * b).sum::<f32>());
        products.zip(bias).map(|(p, b)| p + b).collect()
    }

    #[test]
    fn linear_layers_equal_the_plain_sum() {
        for (inputs, outputs, count) in [(96, 64, 13), (64, 1024, 3), (5, 7, 9), (96, 523, 8)] {
            let (weights, bias) = (numbers(inputs * outputs, 1), numbers(outputs, 2));
            let layer = Layer::linear(&weights, &bias, inputs);
            let input = numbers(inputs * count, 3);
            let mut output = vec![0.0; layer.stride() * count];
            layer.apply(&input, inputs, count, &mut output);
            for (row, got) in input.chunks(inputs).zip(output.chunks(layer.stride())) {
                for (a, b) in plain(&weights, &bias, row).iter().zip(got) {
                    assert!((a - b).abs() < 1e-3, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn maxout_takes_the_greatest_piece_of_overlapping_rows() {
        let (inputs, outputs, count, step) = (288, 96, 11, 96);
        let (weights, bias) = (numbers(inputs * outputs * 3, 4), numbers(outputs * 3, 5));
        let layer = Layer::maxout(&weights, &bias, inputs);
        let input = numbers(step * (count + 2), 6);
        let mut output = vec![0.0; layer.stride() * (count + 2)];
        let list: Vec<u32> = (1..=count as u32).collect();
        layer.apply_windows(&input, step, &list, &mut output);
        let output = &output[step..];
        for i in 0..count {
            let all = plain(&weights, &bias, &input[i * step..i * step + inputs]);
            for (pieces, got) in all.chunks(3).zip(&output[i * outputs..]) {
                let best = pieces.iter().copied().fold(f32::MIN, f32::max);
                assert!((best - got).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn normalised_rows_have_mean_zero_and_variance_one() {
        let mut rows = numbers(96 * 2, 7);
        let (scale, shift) = (vec![1.0; 96], vec![0.0; 96]);
        Normalize { rows: &mut rows, list: None, residual: &[], scale: &scale, shift: &shift }.apply();
        for row in rows.chunks(96) {
            let mean = row.iter().sum::<f32>() / 96.0;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 96.0;
            assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn of_equal_scores_the_first_wins() {
        let mut scores = numbers(300, 8);
        scores[290] = 9.0;
        scores[133] = 2.0;
        scores[140] = 2.0;
        let mut out = Vec::new();
        Argmax { scores: &scores, stride: 150, width: 141, out: &mut out }.apply();
        assert_eq!(out, [133, 140], "290 is the last of the second row's scores");
    }
}
