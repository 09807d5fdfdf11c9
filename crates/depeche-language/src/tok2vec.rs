//! Words to vectors: hash embeddings of four attributes, a mixing layer, and convolutions over three words.
//!
//! Up to the mixing layer a vector depends on the word type alone, so it is computed once a type and kept; so is what it
//! adds to each of the three windows of the first convolution that it stands in. The other convolutions run over all tokens
//! of a batch at once, in tiles of four rows.
//!
//! Around a document lie empty rows; they too are convolved, as in thinc, because the training did so, but only as far as
//! a token can see them. Each document begins on a tile border, and an empty tile that is never computed keeps it apart
//! from its neighbour: its vectors are the same, bit for bit, whatever it shares a batch with.

use crate::ModelError;
use crate::hash::embedding_keys;
use crate::manifest;
use crate::matrix::{self, Convolution, GROUP, Layer, Normalize, TILE, Windows, panel_order};
use crate::weights::Weights;
use crate::words::Words;

/// Embedded attributes of a word.
const ATTRIBUTES: usize = 4;
/// Words that a convolution sees.
const WINDOW: usize = 3;

/// The seed and the rows of an embedding table.
type Table = (u32, Vec<f32>);

/// The normalisation after a layer.
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// One tok2vec.
pub(crate) struct Tok2Vec {
    width: usize,
    tables: Vec<Table>,
    mix: Layer,
    mix_norm: Norm,
    /// Products of a mixed vector with the first convolution's weights, for each place in the window.
    products: Layer,
    /// Bias of the first convolution, in panels.
    bias: Vec<f32>,
    first_norm: Norm,
    later: Vec<(Convolution, Norm)>,
}

/// Memory of a tok2vec that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    /// Mixed vectors of the word types.
    types: Vec<f32>,
    /// What each adds to the windows of the first convolution.
    products: Vec<f32>,
    sums: Vec<f32>,
    /// Rows of the batch.
    rows: Vec<f32>,
    next: Vec<f32>,
    /// Word type of every row.
    kinds: Vec<Option<u32>>,
    /// How far each row is from the nearest token.
    distances: Vec<u32>,
    /// First row of each document.
    starts: Vec<usize>,
    tiles: Vec<u32>,
    list: Vec<u32>,
    convolution: matrix::Memory,
}

impl Memory {
    /// Forgets the word types.
    pub fn clear(&mut self) {
        self.types.clear();
        self.products.clear();
    }
}

impl Norm {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self, ModelError> {
        let scale = weights.sized(&format!("{name}.scale"), width)?;
        Ok(Self { scale, shift: weights.sized(&format!("{name}.shift"), width)? })
    }

    fn apply(&self, rows: &mut [f32], list: Option<&[u32]>, residual: &[f32]) {
        Normalize { rows, list, residual, scale: &self.scale, shift: &self.shift }.apply();
    }
}

impl Tok2Vec {
    /// Reads the tables and layers whose names begin with `prefix`.
    pub fn read(weights: &Weights, prefix: &str, shape: &manifest::Embedding) -> Result<Self, ModelError> {
        let (tables, width) = tables(weights, prefix, &shape.seeds)?;
        let layer = |index: usize, inputs: usize| {
            let name = format!("{prefix}.layer.{index}");
            let values = weights.sized(&format!("{name}.W"), inputs * WINDOW * width)?;
            let bias = weights.sized(&format!("{name}.b"), WINDOW * width)?;
            Ok((values, bias, Norm::read(weights, &name, width)?))
        };
        let (values, bias, mix_norm) = layer(0, width * ATTRIBUTES)?;
        let mix = Layer::maxout(&values, &bias, width * ATTRIBUTES);
        let (values, bias, first_norm) = layer(1, width * WINDOW)?;
        let products = Layer::linear(&by_place(&values, width), &vec![0.0; WINDOW * WINDOW * width], width);
        let bias = panel_order(width).map(|row| bias[row]).collect();
        let convolution = |index| {
            let (values, bias, norm) = layer(index, width * WINDOW)?;
            Ok((Convolution::new(&values, &bias), norm))
        };
        let others = (2..=shape.depth).map(convolution).collect::<Result<_, ModelError>>()?;
        Ok(Self { width, tables, mix, mix_norm, products, bias, first_norm, later: others })
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Computes the vectors of a batch, given the word types of each document: rows of [`Tok2Vec::width`] numbers, and the
    /// first row of each document.
    pub fn rows<'m, 'w>(
        &self,
        words: &Words,
        documents: impl Iterator<Item = &'w [u32]>,
        memory: &'m mut Memory,
    ) -> (&'m [f32], &'m [usize]) {
        self.embed(words, memory);
        self.lay_out(documents, memory);
        let Memory { rows, next, products, kinds, distances, tiles, list, convolution, .. } = memory;
        let reach = self.later.len() as u32;
        list.clear();
        list.extend((0..distances.len() as u32).filter(|&row| distances[row as usize] <= reach));
        Windows { products, bias: &self.bias, kinds, list, output: next }.apply();
        self.first_norm.apply(next, Some(list), rows);
        std::mem::swap(rows, next);
        for (layer, (weights, norm)) in self.later.iter().enumerate() {
            let reach = reach - 1 - layer as u32;
            let near = |tile: &u32| distances[*tile as usize..][..TILE].iter().any(|&distance| distance <= reach);
            tiles.clear();
            tiles.extend((1..distances.len() as u32 - 1).step_by(TILE).filter(near));
            weights.apply(rows, tiles, next, convolution);
            list.clear();
            list.extend(tiles.iter().flat_map(|tile| *tile..*tile + TILE as u32));
            norm.apply(next, Some(list), rows);
            std::mem::swap(rows, next);
        }
        (&memory.rows, &memory.starts)
    }

    /// Sets the rows of a batch before the first convolution.
    ///
    /// One empty row at each end closes the outermost windows; between them are tiles. Before a document lie an empty tile
    /// that no token can see and as many that one can; after it as many rows as one can see, up to the tile's border.
    fn lay_out<'w>(&self, documents: impl Iterator<Item = &'w [u32]>, memory: &mut Memory) {
        let seen = self.later.len();
        let Memory { rows, next, kinds, types, distances, starts, .. } = memory;
        kinds.clear();
        starts.clear();
        kinds.push(None);
        for document in documents {
            kinds.resize(kinds.len() + TILE + seen.next_multiple_of(TILE), None);
            starts.push(kinds.len());
            kinds.extend(document.iter().map(|&word| Some(word)));
            kinds.resize((kinds.len() - 1 + seen).next_multiple_of(TILE) + 1, None);
        }
        kinds.push(None);
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
        self.mix.apply(&memory.sums, width * ATTRIBUTES, fresh, rows);
        self.mix_norm.apply(rows, None, &[]);
        let size = self.products.stride();
        memory.products.resize((known + fresh) * size, 0.0);
        self.products.apply(&memory.types[known * width..], width, fresh, &mut memory.products[known * size..]);
    }
}

/// Embedding tables with their seeds, and their width.
fn tables(weights: &Weights, prefix: &str, seeds: &[u32]) -> Result<(Vec<Table>, usize), ModelError> {
    let mut tables = Vec::new();
    let mut width = 0;
    for (column, &seed) in seeds.iter().enumerate() {
        let (table, size) = weights.get(&format!("{prefix}.embed.{column}"))?;
        width = size.last().copied().unwrap_or(0);
        tables.push((seed, table));
    }
    let fits = tables.iter().all(|(_, t)| width > 0 && !t.is_empty() && t.len().is_multiple_of(width));
    if tables.len() == ATTRIBUTES && fits && width.is_multiple_of(GROUP) {
        Ok((tables, width))
    } else {
        Err(ModelError::new(format!("{prefix}.embed"), "needs four tables, of a width that 16 divides"))
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
