//! The manifest beside the weights: everything about a pipeline that is not a matrix.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::ModelError;
use crate::pattern::Node;

/// Version of the layout that this engine reads.
const FORMAT: u32 = 1;

/// What `training/convert.py` writes to `manifest.json`; unknown fields (scores, licences) are for people.
#[derive(Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    pub language: String,
    pub weights: Weights,
    pub syntax: Embedding,
    pub names: Embedding,
    pub parser: Moves,
    pub ner: Moves,
    /// Part of speech and features by label.
    pub morphology: Vec<(String, String)>,
    pub lemmas: Lemmas,
    pub tokenizer: Rules,
    /// Normal form of a word, where it is not its lower case.
    pub norms: FxHashMap<String, String>,
    /// Strings that the string store numbers by hand.
    pub symbols: FxHashMap<String, u64>,
}

/// What the weights must be.
#[derive(Deserialize)]
pub(crate) struct Weights {
    pub bytes: usize,
    pub crc32: u32,
}

/// Shape of one tok2vec.
#[derive(Deserialize)]
pub(crate) struct Embedding {
    pub seeds: Vec<u32>,
    pub depth: usize,
}

/// Moves of a transition system, in the order of its scores.
#[derive(Deserialize)]
pub(crate) struct Moves {
    pub moves: Vec<String>,
}

/// Edit trees and the tree of each label.
#[derive(Deserialize)]
pub(crate) struct Lemmas {
    pub labels: Vec<u32>,
    pub trees: Vec<Tree>,
}

/// An edit tree: a part kept between two edited ones, or one string put for another.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Tree {
    /// Characters before and after the kept part, and the trees for them (-1: keep nothing).
    Match(u32, u32, i32, i32),
    /// What must stand there, and what is put for it.
    Replace(String, String),
}

/// Tokenizer rules.
#[derive(Deserialize)]
pub(crate) struct Rules {
    pub sets: Vec<Vec<u32>>,
    pub prefix: Option<Node>,
    pub suffix: Option<Node>,
    pub infix: Option<Node>,
    pub token: Option<Node>,
    pub url: Option<Node>,
    /// Tokens of a special case, each with its normal form if it has one of its own.
    pub special: FxHashMap<String, Vec<(String, Option<String>)>>,
}

impl Manifest {
    /// Reads the JSON and refuses another format.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|e| ModelError::new("manifest.json", e))?;
        if manifest.format != FORMAT {
            let found = manifest.format;
            return Err(ModelError::new("manifest.json", format!("format {found}, this program reads {FORMAT}")));
        }
        Ok(manifest)
    }
}
