//! Matrix products, the only place where time is spent.
//!
//! A layer's weights are packed once, when a model is loaded: outputs in groups of sixteen (one AVX-512 register, two of
//! AVX2, four of SSE or NEON), three groups side by side in a panel, so that the inner loop reads them in order. For a
//! maxout layer the three groups of a panel are the three pieces of the same outputs and the maximum is taken in registers;
//! for a linear layer they are neighbours. The tile loop keeps eight rows by three groups in registers (four by three
//! where there are only sixteen). Written once over `pulp`, which picks the instruction set when the program runs.
//!
//! `convolution` saves half of the products over windows, `labels` half of those of which only the best is wanted; `rows`
//! holds what is done to rows between the products.

// Code compiled for an instruction set must be inlined into the function that pulp compiles for it, or it is compiled
// without; and loops over a few registers say by index what the compiler is to unroll.
#![allow(clippy::inline_always, clippy::needless_range_loop)]

mod convolution;
mod labels;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use convolution::{Convolution, Memory, TILE};
pub(crate) use labels::{Labels, Memory as Ranking};
use pulp::{Arch, Simd, WithSimd};
use rows::Argmax;
pub(crate) use rows::{Normalize, Windows};

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
        Arch::new().dispatch(Product { layer: self, input, step, count, output });
    }
}

/// Rows of maxout weights or biases, `[output][piece]`, as panels: sixteen outputs of each piece in turn.
pub(crate) fn panel_order(outputs: usize) -> impl Iterator<Item = usize> {
    let place = move |at: usize| {
        let (panel, piece, lane) = (at / (GROUP * GROUPS), at / GROUP % GROUPS, at % GROUP);
        (panel * GROUP + lane) * GROUPS + piece
    };
    (0..outputs * GROUPS).map(place)
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
        let width = GROUP * GROUPS;
        let panels = layer.panels.chunks_exact(layer.inputs * width).zip(layer.bias.chunks_exact(width));
        for (index, (panel, bias)) in panels.enumerate() {
            let mut row = 0;
            while row + R <= self.count {
                self.tile::<S, R>(simd, index, panel, bias, row);
                row += R;
            }
            if row < self.count && self.count >= R {
                // The last tile covers some rows a second time, which costs less than rows one by one.
                self.tile::<S, R>(simd, index, panel, bias, self.count - R);
                row = self.count;
            }
            while row + 2 <= self.count {
                self.tile::<S, 2>(simd, index, panel, bias, row);
                row += 2;
            }
            if row < self.count {
                self.tile::<S, 1>(simd, index, panel, bias, row);
            }
        }
    }

    /// `R` rows of one panel.
    #[inline(always)]
    fn tile<S: Simd, const R: usize>(&mut self, simd: S, index: usize, panel: &[f32], bias: &[f32], row: usize) {
        let inputs = self.layer.inputs;
        let lanes = S::F32_LANES.min(GROUP);
        // Plain loops: functions of the library would not be compiled for the processor's registers.
        let mut rows: [&[f32]; R] = [&[]; R];
        for r in 0..R {
            rows[r] = &self.input[(row + r) * self.step..][..inputs];
        }
        for part in 0..GROUP / lanes {
            let sums = sums::<S, R>(simd, rows, panel, bias, part);
            for r in 0..R {
                let (start, sum) = ((row + r) * self.layer.stride + part * lanes, &sums[r]);
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
