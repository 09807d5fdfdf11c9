//! Words to vectors: hash embeddings of four attributes, a mixing layer, and convolutions over three words.
//!
//! Up to the mixing layer a vector depends on the word type alone, so it is computed once a type and kept; so is what it
//! adds to each of the three windows of the first convolution that it stands in. The other convolutions run over all tokens
//! of a batch at once. Between documents lie as many empty rows as there are convolutions; they too are convolved, as in
//! thinc, because the training did so, but only as far as a token can see them.

use crate::ModelError;
use crate::hash::embedding_keys;
use crate::manifest;
use crate::matrix::{GROUP, Layer, Normalize, Windows};
use crate::weights::Weights;
use crate::words::Words;

/// Embedded attributes of a word.
const ATTRIBUTES: usize = 4;
/// Words that a convolution sees.
const WINDOW: usize = 3;

/// A maxout layer with the normalisation after it.
struct Block {
    layer: Layer,
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// One tok2vec.
pub(crate) struct Tok2Vec {
    width: usize,
    tables: Vec<(u32, Vec<f32>)>,
    mix: Block,
    /// Products of a mixed vector with the first convolution's weights, for each place in the window.
    products: Layer,
    /// Bias of the first convolution, in panels.
    bias: Vec<f32>,
    convolutions: Vec<Block>,
}

/// Memory of a tok2vec that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    /// Mixed vectors of the word types.
    types: Vec<f32>,
    /// What each adds to the windows of the first convolution.
    products: Vec<f32>,
    sums: Vec<f32>,
    /// Rows of the batch, with an empty row before and after.
    rows: Vec<f32>,
    next: Vec<f32>,
    /// Word type of every row.
    kinds: Vec<Option<u32>>,
    /// How far each row is from the nearest token.
    distances: Vec<u32>,
    list: Vec<u32>,
}

impl Memory {
    /// Forgets the word types.
    pub fn clear(&mut self) {
        self.types.clear();
        self.products.clear();
    }
}

impl Block {
    fn read(weights: &Weights, name: &str, inputs: usize) -> Result<Self, ModelError> {
        let (bias, _) = weights.get(&format!("{name}.b"))?;
        let width = bias.len() / WINDOW;
        let values = weights.sized(&format!("{name}.W"), inputs * bias.len())?;
        let scale = weights.sized(&format!("{name}.scale"), width)?;
        let shift = weights.sized(&format!("{name}.shift"), width)?;
        Ok(Self { layer: Layer::maxout(&values, &bias, inputs), scale, shift })
    }
}

impl Tok2Vec {
    /// Reads the tables and layers whose names begin with `prefix`.
    pub fn read(weights: &Weights, prefix: &str, shape: &manifest::Embedding) -> Result<Self, ModelError> {
        let mut tables = Vec::new();
        let mut width = 0;
        for (column, &seed) in shape.seeds.iter().enumerate() {
            let name = format!("{prefix}.embed.{column}");
            let (table, size) = weights.get(&name)?;
            width = size.last().copied().unwrap_or(0);
            tables.push((seed, table));
        }
        let fits = tables.iter().all(|(_, t)| width > 0 && !t.is_empty() && t.len().is_multiple_of(width));
        if tables.len() != ATTRIBUTES || !fits || !width.is_multiple_of(GROUP) {
            return Err(ModelError::new(format!("{prefix}.embed"), "needs four tables, of a width that 16 divides"));
        }
        let mix = Block::read(weights, &format!("{prefix}.layer.0"), width * ATTRIBUTES)?;
        let convolutions = (1..=shape.depth)
            .map(|index| Block::read(weights, &format!("{prefix}.layer.{index}"), width * WINDOW))
            .collect::<Result<Vec<_>, _>>()?;
        let even = std::iter::once(&mix).chain(&convolutions).all(|block| block.layer.outputs() == width);
        if !even || convolutions.is_empty() {
            return Err(ModelError::new(format!("{prefix}.layer"), "layers of different widths, or no convolution"));
        }
        let first = weights.get(&format!("{prefix}.layer.1.W"))?.0;
        let bias = panels(&weights.get(&format!("{prefix}.layer.1.b"))?.0);
        let products = Layer::linear(&by_place(&first, width), &vec![0.0; WINDOW * WINDOW * width], width);
        Ok(Self { width, tables, mix, products, bias, convolutions })
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Empty rows between documents.
    pub fn padding(&self) -> usize {
        self.convolutions.len()
    }

    /// Computes the vectors of a batch: word types of each document. The result has a row for each token and for each empty
    /// row: [`Tok2Vec::padding`] before the first document, between documents and after the last.
    pub fn rows<'m, 'w>(
        &self,
        words: &Words,
        documents: impl Iterator<Item = &'w [u32]>,
        memory: &'m mut Memory,
    ) -> &'m mut [f32] {
        self.embed(words, memory);
        self.lay_out(documents, memory);
        let width = self.width;
        for (layer, block) in self.convolutions.iter().enumerate() {
            let Memory { rows, next, products, kinds, distances, list, .. } = memory;
            let reach = (self.padding() - layer - 1) as u32;
            list.clear();
            list.extend((0..distances.len() as u32).filter(|&row| distances[row as usize] <= reach));
            if layer == 0 {
                Windows { products, bias: &self.bias, kinds, list, output: next }.apply();
            } else {
                block.layer.apply_windows(rows, width, list, next);
            }
            Normalize { rows: next, list: Some(list), residual: rows, scale: &block.scale, shift: &block.shift }
                .apply();
            std::mem::swap(rows, next);
        }
        let size = memory.rows.len();
        &mut memory.rows[width..size - width]
    }

    /// Sets the rows of a batch before the first convolution. One empty row more on each side closes the outermost windows.
    fn lay_out<'w>(&self, documents: impl Iterator<Item = &'w [u32]>, memory: &mut Memory) {
        let pad = self.padding();
        memory.kinds.clear();
        memory.kinds.resize(pad + 1, None);
        for document in documents {
            memory.kinds.extend(document.iter().map(|&word| Some(word)));
            memory.kinds.resize(memory.kinds.len() + pad, None);
        }
        memory.kinds.push(None);
        let Memory { rows, next, kinds, types, distances, .. } = memory;
        rows.clear();
        for kind in kinds.iter() {
            match kind {
                Some(word) => rows.extend_from_slice(&types[*word as usize * self.width..][..self.width]),
                None => rows.resize(rows.len() + self.width, 0.0),
            }
        }
        next.clear();
        next.resize(rows.len(), 0.0);
        measure(kinds, distances);
    }

    /// Mixed vectors of the word types that have none yet.
    fn embed(&self, words: &Words, memory: &mut Memory) {
        let width = self.width;
        let known = memory.types.len() / width;
        let fresh = words.len() - known;
        if fresh == 0 {
            return;
        }
        memory.sums.clear();
        memory.sums.resize(fresh * width * ATTRIBUTES, 0.0);
        for (index, row) in memory.sums.chunks_exact_mut(width * ATTRIBUTES).enumerate() {
            let keys = words.get((known + index) as u32).keys;
            for ((sum, key), (seed, table)) in row.chunks_exact_mut(width).zip(keys).zip(&self.tables) {
                add_rows(sum, key, *seed, table);
            }
        }
        memory.types.resize((known + fresh) * width, 0.0);
        let rows = &mut memory.types[known * width..];
        self.mix.layer.apply(&memory.sums, width * ATTRIBUTES, fresh, rows);
        Normalize { rows, list: None, residual: &[], scale: &self.mix.scale, shift: &self.mix.shift }.apply();
        let size = self.products.stride();
        memory.products.resize((known + fresh) * size, 0.0);
        self.products.apply(&memory.types[known * width..], width, fresh, &mut memory.products[known * size..]);
    }
}

/// Distance of every row from the nearest token; 0 at a token.
fn measure(kinds: &[Option<u32>], distances: &mut Vec<u32>) {
    distances.clear();
    let mut far = u32::MAX;
    for kind in kinds {
        far = if kind.is_some() { 0 } else { far.saturating_add(1) };
        distances.push(far);
    }
    far = u32::MAX;
    for distance in distances.iter_mut().rev() {
        far = far.saturating_add(1).min(*distance);
        *distance = far;
    }
}

/// Rows of maxout weights or biases, `[output][piece]`, as panels: sixteen outputs of each piece in turn.
fn panel_order(outputs: usize) -> impl Iterator<Item = usize> {
    let place = move |at: usize| {
        let (panel, piece, lane) = (at / (GROUP * WINDOW), at / GROUP % WINDOW, at % GROUP);
        (panel * GROUP + lane) * WINDOW + piece
    };
    (0..outputs * WINDOW).map(place)
}

fn panels(bias: &[f32]) -> Vec<f32> {
    panel_order(bias.len() / WINDOW).map(|row| bias[row]).collect()
}

/// Weights `[output][piece][place][input]` as a linear layer whose outputs are, place after place, panels.
fn by_place(weights: &[f32], width: usize) -> Vec<f32> {
    let inputs = width * WINDOW;
    let row = |place: usize, row: usize| &weights[row * inputs + place * width..][..width];
    (0..WINDOW).flat_map(|place| panel_order(width).flat_map(move |at| row(place, at)).copied()).collect()
}

/// Adds the four rows of a table that a key falls on.
fn add_rows(sum: &mut [f32], key: u64, seed: u32, table: &[f32]) {
    let count = (table.len() / sum.len()) as u32;
    for row in embedding_keys(key, seed) {
        let start = (row % count) as usize * sum.len();
        for (a, b) in sum.iter_mut().zip(&table[start..]) {
            *a += b;
        }
    }
}
