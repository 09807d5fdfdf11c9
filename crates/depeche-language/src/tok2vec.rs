//! Words to vectors: hash embeddings of four attributes, a mixing layer, and convolutions over three words.
//!
//! Up to the mixing layer a vector depends on the word type alone, so it is computed once a type and kept. The convolutions
//! run over all tokens of a batch at once. Between documents lie as many empty rows as there are convolutions; they too are
//! convolved, as in thinc, because the training did so.

use crate::ModelError;
use crate::hash::embedding_keys;
use crate::manifest;
use crate::matrix::{Layer, Normalize};
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
    convolutions: Vec<Block>,
}

/// Memory of a tok2vec that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    /// Mixed vectors of the word types.
    types: Vec<f32>,
    sums: Vec<f32>,
    /// Rows of the batch, with an empty row before and after.
    rows: Vec<f32>,
    next: Vec<f32>,
}

impl Memory {
    /// Forgets the word types.
    pub fn clear(&mut self) {
        self.types.clear();
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
        if tables.len() != ATTRIBUTES || !fits || width % crate::matrix::GROUP != 0 {
            return Err(ModelError::new(format!("{prefix}.embed"), "needs four tables, of a width that 16 divides"));
        }
        let mix = Block::read(weights, &format!("{prefix}.layer.0"), width * ATTRIBUTES)?;
        let convolutions = (1..=shape.depth)
            .map(|index| Block::read(weights, &format!("{prefix}.layer.{index}"), width * WINDOW))
            .collect::<Result<Vec<_>, _>>()?;
        if std::iter::once(&mix).chain(&convolutions).any(|block| block.layer.outputs() != width) {
            return Err(ModelError::new(format!("{prefix}.layer"), "layers of different widths"));
        }
        Ok(Self { width, tables, mix, convolutions })
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
        let (width, pad) = (self.width, self.padding());
        memory.rows.clear();
        // One empty row more on each side, for the windows of the first and the last row.
        memory.rows.resize((pad + 1) * width, 0.0);
        for document in documents {
            for &word in document {
                memory.rows.extend_from_slice(&memory.types[word as usize * width..][..width]);
            }
            memory.rows.resize(memory.rows.len() + pad * width, 0.0);
        }
        memory.rows.resize(memory.rows.len() + width, 0.0);
        let size = memory.rows.len();
        memory.next.clear();
        memory.next.resize(size, 0.0);
        for block in &self.convolutions {
            let count = size / width - 2;
            let inner = width..size - width;
            block.layer.apply(&memory.rows, width, count, &mut memory.next[inner.clone()]);
            let (rows, residual) = (&mut memory.next[inner.clone()], &memory.rows[inner]);
            Normalize { rows, residual, scale: &block.scale, shift: &block.shift }.apply();
            std::mem::swap(&mut memory.rows, &mut memory.next);
        }
        &mut memory.rows[width..size - width]
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
        Normalize { rows, residual: &[], scale: &self.mix.scale, shift: &self.mix.shift }.apply();
    }
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
