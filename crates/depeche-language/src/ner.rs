//! Names, by begin, inside, last, unit and out moves.

use crate::ModelError;
use crate::transition::{Memory as Scores, Scorer};
use crate::weights::Weights;

/// Tokens that a state looks at: the current one, the first of the open name, the one before the current.
const PLACES: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// A trained name finder.
pub(crate) struct Ner {
    scorer: Scorer,
    moves: Vec<(Kind, u16)>,
    labels: Vec<String>,
    /// Moves with no name open: may one begin (bit 0), may the token be one alone (bit 1).
    outside: [Vec<f32>; 4],
    /// Moves inside a name, by label: may it go on after the token.
    inside: Vec<[Vec<f32>; 2]>,
}

/// Place of a token in a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// In no name.
    #[default]
    Out,
    /// First token of a name with this label number.
    Begin(u16),
    /// Later token.
    Inside(u16),
}

/// What the finder must know of a document's tokens.
pub(crate) struct Context<'c> {
    /// First token in the batch.
    pub offset: usize,
    /// Whether a sentence begins, by token.
    pub starts: &'c [bool],
}

impl Ner {
    /// Reads the layers.
    pub fn read(weights: &Weights, names: &[String], inputs: usize) -> Result<Self, ModelError> {
        let mut labels: Vec<String> = Vec::new();
        let mut moves = Vec::new();
        for name in names {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let kind = match kind {
                "B" => Kind::Begin,
                "I" => Kind::In,
                "L" => Kind::Last,
                "U" => Kind::Unit,
                "O" => Kind::Out,
                _ => return Err(ModelError::new("manifest.json, ner.moves", format!("unknown move {name}"))),
            };
            let number = labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.to_owned());
                labels.len() - 1
            });
            moves.push((kind, number as u16));
        }
        let scorer = Scorer::read(weights, "ner", inputs, PLACES, moves.len())?;
        // The unit move without a label only confirms annotation set by hand, of which there is none.
        let labelled = |index: usize| !labels[moves[index].1 as usize].is_empty();
        let outside = std::array::from_fn(|able| {
            scorer.allow(|i| match moves[i].0 {
                Kind::Begin => able & 1 == 1 && labelled(i),
                Kind::Unit => able & 2 == 2 && labelled(i),
                kind => kind == Kind::Out,
            })
        });
        let inside = (0..labels.len() as u16)
            .map(|label| {
                [false, true].map(|on| {
                    scorer.allow(|i| moves[i] == (Kind::Last, label) || (on && moves[i] == (Kind::In, label)))
                })
            })
            .collect();
        Ok(Self { scorer, moves, labels, outside, inside })
    }

    /// Label by number.
    pub fn label(&self, number: u16) -> &str {
        &self.labels[number as usize]
    }

    /// Prepares a batch of token vectors.
    pub fn prepare(&self, rows: &[f32], count: usize, scores: &mut Scores) {
        self.scorer.prepare(rows, count, scores);
    }

    /// Sets the places of the tokens of one document, which must be `Out` before. `space` says which tokens are white space.
    pub fn find(&self, context: &Context, space: impl Fn(usize) -> bool, scores: &mut Scores, places: &mut [Place]) {
        let length = places.len();
        let mut open: Option<(usize, u16)> = None;
        for token in 0..length {
            let goes_on = token + 1 < length && !context.starts[token + 1];
            let at = |token: usize| Some((context.offset + token) as u32);
            let tokens = [at(token), open.and_then(|(start, _)| at(start)), open.and_then(|_| at(token - 1))];
            let allowed = match open {
                Some((_, label)) => &self.inside[label as usize][usize::from(goes_on)],
                None => &self.outside[usize::from(goes_on && !space(token)) | usize::from(!space(token)) << 1],
            };
            let Some(index) = self.scorer.best(&tokens, allowed, scores) else { return };
            let (kind, label) = self.moves[index];
            match kind {
                Kind::Begin => open = Some((token, label)),
                Kind::Unit => places[token] = Place::Begin(label),
                Kind::Last => {
                    if let Some((start, label)) = open.take() {
                        places[start..=token].fill(Place::Inside(label));
                        places[start] = Place::Begin(label);
                    }
                }
                Kind::In | Kind::Out => {}
            }
        }
    }
}
