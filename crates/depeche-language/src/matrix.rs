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

    /// Computes `count` rows. Row `i` of the input begins at `i × step`; rows may overlap. Row `i` of the output begins at
    /// `i × stride`.
    pub fn apply(&self, input: &[f32], step: usize, count: usize, output: &mut [f32]) {
        Arch::new().dispatch(Product { layer: self, input, step, count, output });
    }
}

struct Product<'a> {
    layer: &'a Layer,
    input: &'a [f32],
    step: usize,
    count: usize,
    output: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if S::REGISTER_COUNT >= 32 { self.run::<S, TALL>(simd) } else { self.run::<S, SHORT>(simd) }
    }
}

impl Product<'_> {
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
        let rows: [&[f32]; R] = std::array::from_fn(|r| &self.input[(row + r) * self.step..][..inputs]);
        for part in 0..GROUP / lanes {
            let sums = sums::<S, R>(simd, rows, panel, bias, part);
            for (r, sum) in sums.into_iter().enumerate() {
                let start = (row + r) * self.layer.stride + part * lanes;
                match self.layer.kind {
                    Kind::Maxout => {
                        let best = simd.max_f32s(simd.max_f32s(sum[0], sum[1]), sum[2]);
                        store::<S>(&mut self.output[start + index * GROUP..], best);
                    }
                    Kind::Linear => {
                        for (group, one) in sum.into_iter().enumerate() {
                            store::<S>(&mut self.output[start + (index * GROUPS + group) * GROUP..], one);
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
    let mut sums = [std::array::from_fn(|group| bias[group * per_group + part]); R];
    let inputs = rows[0].len();
    let rows: [&[f32]; R] = rows.map(|row| &row[..inputs]);
    for (k, weight) in weights.chunks_exact(per_group * GROUPS).enumerate().take(inputs) {
        let w: [S::f32s; GROUPS] = std::array::from_fn(|group| weight[group * per_group + part]);
        for r in 0..R {
            let x = simd.splat_f32s(rows[r][k]);
            for group in 0..GROUPS {
                sums[r][group] = simd.mul_add_f32s(x, w[group], sums[r][group]);
            }
        }
    }
    sums
}

#[inline(always)]
fn store<S: Simd>(to: &mut [f32], value: S::f32s) {
    S::as_mut_simd_f32s(&mut to[..S::F32_LANES]).0[0] = value;
}

/// Normalises rows to mean 0 and variance 1, then scales and shifts them; adds a residual row if there is one.
pub(crate) struct Normalize<'a> {
    /// Rows of the layer's width, changed in place.
    pub rows: &'a mut [f32],
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
        let mut residual = self.residual.chunks_exact(width);
        for row in self.rows.chunks_exact_mut(width) {
            let row = S::as_mut_simd_f32s(row).0;
            let mean = total(simd, row, |x| x) / width as f32;
            let mean = simd.splat_f32s(mean);
            let variance = total(simd, row, |x| {
                let d = simd.sub_f32s(x, mean);
                simd.mul_f32s(d, d)
            }) / width as f32;
            let factor = simd.splat_f32s(1.0 / (variance + EPSILON).sqrt());
            let (scale, shift) = (S::as_simd_f32s(self.scale).0, S::as_simd_f32s(self.shift).0);
            for ((x, g), b) in row.iter_mut().zip(scale).zip(shift) {
                *x = simd.mul_add_f32s(simd.mul_f32s(simd.sub_f32s(*x, mean), factor), *g, *b);
            }
            if let Some(other) = residual.next() {
                for (x, r) in row.iter_mut().zip(S::as_simd_f32s(other).0) {
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

/// Index of the first greatest number.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
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
        let mut output = vec![0.0; layer.stride() * count];
        layer.apply(&input, step, count, &mut output);
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
        Normalize { rows: &mut rows, residual: &[], scale: &scale, shift: &shift }.apply();
        for row in rows.chunks(96) {
            let mean = row.iter().sum::<f32>() / 96.0;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 96.0;
            assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn of_equal_scores_the_first_wins() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0, 2.0]), 1);
    }
}
