//! A maxout convolution over three rows with half the multiplications.
//!
//! Four neighbouring outputs of a window of three see six inputs. Winograd's trick turns twelve products with the weights
//! into six: inputs are mixed into six points (`spread`), each point is multiplied with a mix of the weights prepared
//! when the model is loaded, and the four outputs are mixed from the six products (`gather`). The mixes are sums with small
//! whole factors; they cost a twentieth of what they save. The numbers are those of the points 0, 1, -1, 2, -2 and
//! infinity, as in the literature (Lavin and Gray 2016, F(4,3)).
//!
//! Rounding in a tile depends a little on all of its six inputs, also on those that an output does not see. Callers keep
//! documents on tile borders with an empty tile between them, so that no document's numbers depend on its neighbour's.

use pulp::{Arch, Simd, WithSimd};

use super::{GROUP, GROUPS, Layer, panel_order};

/// Outputs of a tile.
pub(crate) const TILE: usize = 4;
/// Points of a tile.
const POINTS: usize = TILE + 2;
/// Tiles that go through the products together; their points and products stay in the second cache beside the weights.
const TILES: usize = 16;
/// How the three weights of a window mix into the weights of a point.
const WEIGHTS: [[f64; 3]; POINTS] = [
    [1.0 / 4.0, 0.0, 0.0],
    [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
    [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
    [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
    [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
    [0.0, 0.0, 1.0],
];

/// The prepared weights.
pub(crate) struct Convolution {
    width: usize,
    points: Vec<Layer>,
    /// In panels.
    bias: Vec<f32>,
}

/// Memory for points and products.
#[derive(Default)]
pub(crate) struct Memory {
    points: Vec<f32>,
    products: Vec<f32>,
}

impl Convolution {
    /// From maxout weights `[output][piece][place][input]` and bias `[output][piece]`, as many outputs as inputs.
    pub fn new(weights: &[f32], bias: &[f32]) -> Self {
        let width = bias.len() / GROUPS;
        let none = vec![0.0; bias.len()];
        let point = |mix: &[f64; 3]| {
            let row = |row: usize| (0..width).map(move |input| mixed(weights, mix, row * width * 3 + input, width));
            let mixed: Vec<f32> = panel_order(width).flat_map(row).collect();
            Layer::linear(&mixed, &none, width)
        };
        let points = WEIGHTS.iter().map(point).collect();
        Self { width, points, bias: panel_order(width).map(|row| bias[row]).collect() }
    }

    /// Computes the rows of tiles, each given by its first row: row `r` of the output from rows `r - 1`, `r` and `r + 1`.
    pub fn apply(&self, input: &[f32], tiles: &[u32], output: &mut [f32], memory: &mut Memory) {
        let (width, wide) = (self.width, self.bias.len());
        let mut rest = tiles;
        while !rest.is_empty() {
            // A few tiles alone would use the registers badly, so the last round takes up to half as many again.
            let count = if rest.len() < TILES + TILES / 2 { rest.len() } else { TILES };
            let (tiles, later) = rest.split_at(count);
            rest = later;
            memory.points.resize(POINTS * count * width, 0.0);
            memory.products.resize(POINTS * count * wide, 0.0);
            Arch::new().dispatch(Spread { width, input, tiles, points: &mut memory.points });
            let points = memory.points.chunks_exact(count * width);
            let products = memory.products.chunks_exact_mut(count * wide);
            for ((layer, from), to) in self.points.iter().zip(points).zip(products) {
                layer.apply(from, width, count, to);
            }
            Arch::new().dispatch(Gather { bias: &self.bias, tiles, products: &memory.products, output });
        }
    }
}

fn mixed(weights: &[f32], mix: &[f64; 3], at: usize, step: usize) -> f32 {
    mix.iter().enumerate().map(|(place, factor)| factor * f64::from(weights[at + place * step])).sum::<f64>() as f32
}

/// Six rows of inputs to six points, tile by tile.
struct Spread<'a> {
    width: usize,
    input: &'a [f32],
    tiles: &'a [u32],
    points: &'a mut [f32],
}

impl WithSimd for Spread<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let registers = self.width / S::F32_LANES;
        let next = self.tiles.len() * registers;
        let points = S::as_mut_simd_f32s(self.points).0;
        let (two, four, five) = (simd.splat_f32s(2.0), simd.splat_f32s(4.0), simd.splat_f32s(5.0));
        for (tile, first) in self.tiles.iter().enumerate() {
            let start = (*first as usize - 1) * self.width;
            let rows = S::as_simd_f32s(&self.input[start..start + POINTS * self.width]).0;
            for column in 0..registers {
                let (d0, d1, d2) = (rows[column], rows[registers + column], rows[2 * registers + column]);
                let rows = &rows[3 * registers..];
                let (d3, d4, d5) = (rows[column], rows[registers + column], rows[2 * registers + column]);
                let outer = simd.sub_f32s(d4, simd.mul_f32s(four, d2));
                let odd = simd.sub_f32s(d3, simd.mul_f32s(four, d1));
                let even = simd.sub_f32s(d4, d2);
                let twice = simd.mul_f32s(two, simd.sub_f32s(d3, d1));
                let low = simd.sub_f32s(simd.mul_f32s(four, d0), simd.mul_f32s(five, d2));
                let high = simd.sub_f32s(simd.mul_f32s(four, d1), simd.mul_f32s(five, d3));
                let out = [
                    simd.add_f32s(low, d4),
                    simd.add_f32s(outer, odd),
                    simd.sub_f32s(outer, odd),
                    simd.add_f32s(even, twice),
                    simd.sub_f32s(even, twice),
                    simd.add_f32s(high, d5),
                ];
                let at = tile * registers + column;
                for point in 0..POINTS {
                    points[point * next + at] = out[point];
                }
            }
        }
    }
}

/// Six products to four rows of outputs, with bias and the maximum over the pieces.
struct Gather<'a, 'o> {
    bias: &'a [f32],
    tiles: &'a [u32],
    products: &'a [f32],
    output: &'o mut [f32],
}

impl WithSimd for Gather<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let per_group = GROUP / S::F32_LANES;
        let bias = S::as_simd_f32s(self.bias).0;
        let (wide, registers) = (bias.len(), bias.len() / GROUPS);
        let next = self.tiles.len() * wide;
        let products = S::as_simd_f32s(self.products).0;
        let output = S::as_mut_simd_f32s(self.output).0;
        for (tile, first) in self.tiles.iter().enumerate() {
            for column in 0..registers {
                let start = column / per_group * per_group * GROUPS + column % per_group;
                let at = tile * wide + start;
                let a = mix(simd, products, at, next, bias[start]);
                let b = mix(simd, products, at + per_group, next, bias[start + per_group]);
                let c = mix(simd, products, at + 2 * per_group, next, bias[start + 2 * per_group]);
                for row in 0..TILE {
                    let best = simd.max_f32s(simd.max_f32s(a[row], b[row]), c[row]);
                    output[(*first as usize + row) * registers + column] = best;
                }
            }
        }
    }
}

/// Four outputs from six products that lie `step` apart.
#[inline(always)]
fn mix<S: Simd>(simd: S, products: &[S::f32s], at: usize, step: usize, bias: S::f32s) -> [S::f32s; TILE] {
    // No closures: one that is not inlined would be compiled without the processor's registers.
    let (m0, m1, m2) = (products[at], products[at + step], products[at + 2 * step]);
    let (m3, m4, m5) = (products[at + 3 * step], products[at + 4 * step], products[at + 5 * step]);
    let (near, across) = (simd.add_f32s(m1, m2), simd.sub_f32s(m1, m2));
    let (far, beyond) = (simd.add_f32s(m3, m4), simd.sub_f32s(m3, m4));
    let (near, across) = (simd.add_f32s(near, bias), simd.add_f32s(across, bias));
    let (two, four, eight) = (simd.splat_f32s(2.0), simd.splat_f32s(4.0), simd.splat_f32s(8.0));
    [
        simd.add_f32s(simd.add_f32s(near, far), m0),
        simd.mul_add_f32s(two, beyond, across),
        simd.mul_add_f32s(four, far, near),
        simd.add_f32s(simd.mul_add_f32s(eight, beyond, across), m5),
    ]
}
