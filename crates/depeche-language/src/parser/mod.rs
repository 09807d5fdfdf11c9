//! Dependency trees, by spaCy's arc-eager transitions.
//!
//! `state` holds what is on the stack and in the buffer and which moves are allowed; `tree` turns the arcs into heads,
//! labels and sentence starts, lifting decorated labels (`obj||xcomp`) back to where projectivity had to move them from.

pub(crate) mod state;
mod tree;

use crate::ModelError;
use crate::transition::{Memory as Scores, Scorer};
use crate::weights::Weights;
use state::{MoveKind, State};
use tree::Tree;

/// Tokens that a state looks at.
const PLACES: usize = 8;
/// Kinds of moves.
const KINDS: usize = 5;
/// Moves allowed for each token before the parse is given up; trained parsers need about two.
const PATIENCE: usize = 64;

/// A relation label.
pub(crate) struct Label {
    /// As it stands on a token when the tree is finished.
    pub text: String,
    /// Where projectivity moved an arc: the label it becomes and the label of its true head.
    lifted: Option<(u16, u16)>,
}

/// A trained parser.
pub(crate) struct Parser {
    scorer: Scorer,
    moves: Vec<(MoveKind, u16)>,
    labels: Vec<Label>,
    root: u16,
    /// Rows of allowed moves, by set of allowed kinds.
    allowed: Vec<Vec<f32>>,
}

/// Memory that one thread reuses.
#[derive(Default)]
pub(crate) struct Memory {
    scores: Scores,
    state: State,
    tree: Tree,
}

/// What the parser says of the tokens of one document.
pub(crate) struct Output<'o> {
    /// Head of each token, counted in the document; itself at a root.
    pub heads: &'o [u32],
    /// Label numbers.
    pub labels: &'o [u16],
    /// Whether a sentence begins.
    pub starts: &'o [bool],
}

impl Parser {
    /// Reads the parser's layers.
    pub fn read(weights: &Weights, names: &[String], inputs: usize) -> Result<Self, ModelError> {
        let mut labels = Vec::new();
        let mut moves = Vec::new();
        for name in names {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let Some(kind) = MoveKind::parse(kind) else {
                return Err(ModelError::new("manifest.json, parser.moves", format!("unknown move {name}")));
            };
            moves.push((kind, number(&mut labels, label)));
        }
        let root = number(&mut labels, "ROOT");
        let scorer = Scorer::read(weights, "parser", inputs, PLACES, moves.len())?;
        let allowed =
            (0..1_usize << KINDS).map(|kinds| scorer.allow(|i| kinds >> moves[i].0 as usize & 1 == 1)).collect();
        Ok(Self { scorer, moves, labels, root, allowed })
    }

    /// Label by number.
    pub fn label(&self, number: u16) -> &Label {
        &self.labels[number as usize]
    }

    /// All labels.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Prepares a batch of token vectors, one after the other.
    pub fn prepare(&self, rows: &[f32], count: usize, memory: &mut Memory) {
        self.scorer.prepare(rows, count, &mut memory.scores);
    }

    /// Parses the document whose tokens begin at `offset` in the batch; `space` says which are white space.
    pub fn parse<'m>(
        &self,
        offset: usize,
        length: usize,
        space: impl Fn(usize) -> bool,
        memory: &'m mut Memory,
    ) -> Output<'m> {
        let Memory { scores, state, tree } = memory;
        state.reset(length);
        let mut patience = length * PATIENCE;
        while !state.is_final() {
            let places = state.places().map(|token| token.map(|t| t + offset as u32));
            let best = self.scorer.best(&places, &self.allowed[state.allowed()], scores);
            match best {
                Some(index) if patience > 0 => state.advance(self.moves[index]),
                _ => state.give_up(),
            }
            patience = patience.saturating_sub(1);
        }
        tree.build(&state.arcs(), self, space);
        Output { heads: &tree.heads, labels: &tree.labels, starts: &tree.starts }
    }
}

/// The number of a label, new or known, with those that it is made of.
fn number(labels: &mut Vec<Label>, text: &str) -> u16 {
    if let Some(known) = labels.iter().position(|label| label.text == text) {
        return known as u16;
    }
    let lifted = text.split_once("||").map(|(own, head)| (number(labels, own), number(labels, head)));
    labels.push(Label { text: text.to_owned(), lifted });
    labels.len() as u16 - 1
}
