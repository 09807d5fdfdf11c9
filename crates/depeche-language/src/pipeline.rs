//! A trained pipeline: load it once, parse from as many threads as there are.

use std::sync::Mutex;

use compact_str::CompactString;
use depeche_model::{EntityTag, Feats, Parsed, Relation, Span, Token, Upos};

use crate::ModelError;
use crate::batch::Scratch;
use crate::doc::{Doc, DocToken};
use crate::lemma::EditTrees;
use crate::lexeme::Attributes;
use crate::manifest::Manifest;
use crate::matrix::Labels;
use crate::ner::{Ner, Place};
use crate::parser::Parser;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::{Piece, Tokenizer};
use crate::weights::Weights;

/// Tokens after which a batch goes through the network.
const BATCH: usize = 384;
/// Word types after which the memory of words is emptied; each takes about eight kilobytes.
const WORDS: usize = 1 << 13;

/// The networks of a pipeline.
pub(crate) struct Models {
    pub syntax: Tok2Vec,
    pub names: Tok2Vec,
    pub morphology: Labels,
    pub lemma_labels: Labels,
    pub parser: Parser,
    pub ner: Ner,
}

/// A trained pipeline of one language.
///
/// It keeps a pool of scratch memory, one piece for each thread that parses at the same time, with the words seen so far;
/// results do not depend on what was parsed before.
pub struct Pipeline {
    language: String,
    tokenizer: Tokenizer,
    models: Models,
    trees: EditTrees,
    /// Part of speech and features by label, as text.
    morphology: Vec<(String, String)>,
    /// The same as values.
    tags: Vec<(Upos, Feats)>,
    relations: Vec<Relation>,
    scratch: Mutex<Vec<Scratch>>,
}

impl Pipeline {
    /// Loads a pipeline from the bytes of `model.safetensors` and `manifest.json`.
    ///
    /// # Errors
    /// Where the two do not belong together, or hold what this engine cannot run.
    pub fn from_bytes(weights: &[u8], manifest: &[u8]) -> Result<Self, ModelError> {
        let mut manifest = Manifest::read(manifest)?;
        let weights = Weights::open(weights, &manifest.weights)?;
        let attributes = Attributes::new(&mut manifest);
        let syntax = Tok2Vec::read(&weights, "syntax", &manifest.syntax)?;
        let names = Tok2Vec::read(&weights, "names", &manifest.names)?;
        let trees = EditTrees::new(manifest.lemmas)?;
        let models = Models {
            morphology: labels(&weights, "morphology", syntax.width(), manifest.morphology.len())?,
            lemma_labels: labels(&weights, "lemmas", syntax.width(), trees.len())?,
            parser: Parser::read(&weights, &manifest.parser.moves, syntax.width())?,
            ner: Ner::read(&weights, &manifest.ner.moves, names.width())?,
            syntax,
            names,
        };
        let relation = |label: &str| if label == "ROOT" { Relation::Root } else { Relation::parse(label) };
        Ok(Self {
            language: manifest.language,
            tokenizer: Tokenizer::new(manifest.tokenizer, attributes),
            tags: manifest.morphology.iter().map(|(pos, feats)| (Upos::from_label(pos), Feats::parse(feats))).collect(),
            relations: models.parser.labels().iter().map(|label| relation(&label.text)).collect(),
            morphology: manifest.morphology,
            trees,
            models,
            scratch: Mutex::default(),
        })
    }

    /// Code of the language, `fr` or `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Parses a text; every line of it is a document of its own, so that no sentence crosses a line break.
    pub fn parse(&self, whole: &str) -> Parsed {
        self.parse_blocks(whole, &lines(whole))
    }

    /// Parses only parts of a text, each a document of its own; spans must be in order and on character boundaries, others
    /// are passed over. Offsets in the result count from the begin of the whole text.
    pub fn parse_blocks(&self, whole: &str, blocks: &[Span]) -> Parsed {
        let mut scratch = self.borrow();
        let mut parsed = Parsed::default();
        let mut bases = Vec::new();
        for block in blocks {
            let Some(text) = whole.get(block.start as usize..block.end as usize) else { continue };
            let first = scratch.pieces.len();
            self.tokenizer.tokens(text, &mut scratch.tokenizer, &mut scratch.pieces);
            scratch.documents.push(first..scratch.pieces.len());
            bases.push(block.start);
            if scratch.pieces.len() >= BATCH {
                self.flush(&mut scratch, &mut bases, &mut parsed);
            }
        }
        self.flush(&mut scratch, &mut bases, &mut parsed);
        self.give_back(scratch);
        parsed
    }

    /// Analyses a text as one document, with the labels of the trained pipeline and white space as spaCy keeps it.
    pub fn annotate(&self, text: &str) -> Doc<'_> {
        let mut scratch = self.borrow();
        self.tokenizer.tokens(text, &mut scratch.tokenizer, &mut scratch.pieces);
        self.finish(scratch)
    }

    /// Analyses words given as tokens, each with whether a space follows.
    pub fn annotate_words(&self, words: &[(&str, bool)]) -> Doc<'_> {
        let mut scratch = self.borrow();
        let mut start = 0;
        for (text, space) in words {
            let word = self.tokenizer.word(text, &mut scratch.tokenizer.words);
            let end = start + text.len() as u32;
            scratch.pieces.push(Piece { word, start, end });
            start = end + u32::from(*space);
        }
        self.finish(scratch)
    }

    fn finish(&self, mut scratch: Scratch) -> Doc<'_> {
        scratch.documents.push(0..scratch.pieces.len());
        scratch.run(&self.models);
        let tokens = (0..scratch.pieces.len()).map(|token| self.doc_token(&scratch, token)).collect();
        self.give_back(scratch);
        Doc { tokens }
    }

    fn doc_token(&self, scratch: &Scratch, token: usize) -> DocToken<'_> {
        let (piece, answers) = (scratch.pieces[token], &scratch.answers);
        let (pos, morph) = &self.morphology[answers.morph[token] as usize];
        let word = scratch.tokenizer.words.get(piece.word);
        DocToken {
            start: piece.start,
            end: piece.end,
            pos,
            morph,
            lemma: self.trees.lemma(answers.lemma[token] as usize, &word.text),
            head: answers.head[token],
            dep: &self.models.parser.label(answers.dep[token]).text,
            sent_start: token == 0 || answers.start[token],
            ent: match answers.place[token] {
                Place::Out => None,
                Place::Begin(label) => Some((true, self.models.ner.label(label))),
                Place::Inside(label) => Some((false, self.models.ner.label(label))),
            },
        }
    }

    /// Runs the batch and appends its tokens and sentences.
    fn flush(&self, scratch: &mut Scratch, bases: &mut Vec<u32>, parsed: &mut Parsed) {
        scratch.run(&self.models);
        for (document, base) in scratch.documents.iter().zip(bases.iter()) {
            crate::parsed::append(self, scratch, document.clone(), *base, parsed);
        }
        bases.clear();
        restart(scratch);
    }

    /// A token of the result, its head still to be set.
    pub(crate) fn token(&self, scratch: &Scratch, token: usize, base: u32) -> Token {
        let (piece, answers) = (scratch.pieces[token], &scratch.answers);
        let (upos, feats) = self.tags[answers.morph[token] as usize];
        Token {
            span: Span::new(base + piece.start, base + piece.end),
            lemma: self.lemma(scratch, token),
            upos,
            feats,
            head: 0,
            dep: self.relations[answers.dep[token] as usize],
            ent: self.tag(answers.place[token]),
        }
    }

    fn lemma(&self, scratch: &Scratch, token: usize) -> CompactString {
        let word = scratch.tokenizer.words.get(scratch.pieces[token].word);
        self.trees.lemma(scratch.answers.lemma[token] as usize, &word.text)
    }

    fn tag(&self, place: Place) -> EntityTag {
        let kind = |label| EntityTag::from_label(&["B-", self.models.ner.label(label)].concat()).kind();
        match place {
            Place::Out => EntityTag::Out,
            Place::Begin(label) => kind(label).map_or(EntityTag::Out, EntityTag::Begin),
            Place::Inside(label) => kind(label).map_or(EntityTag::Out, EntityTag::Inside),
        }
    }

    fn borrow(&self) -> Scratch {
        // A thread that panicked while it held the list left it whole: pushing and popping cannot fail half-way.
        let mut pool = self.scratch.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        pool.pop().unwrap_or_default()
    }

    fn give_back(&self, mut scratch: Scratch) {
        restart(&mut scratch);
        self.scratch.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(scratch);
    }
}

/// Ready for the next batch; words are forgotten when there are too many.
fn restart(scratch: &mut Scratch) {
    if scratch.tokenizer.words.len() > WORDS { scratch.forget() } else { scratch.begin() }
}

fn labels(weights: &Weights, name: &str, inputs: usize, outputs: usize) -> Result<Labels, ModelError> {
    let values = weights.sized(&format!("{name}.W"), inputs * outputs)?;
    let bias = weights.sized(&format!("{name}.b"), outputs)?;
    // Older models have no basis and are run without.
    let basis = weights.get(&format!("{name}.basis")).ok().filter(|(_, shape)| shape.last() == Some(&inputs));
    Ok(Labels::new(&values, &bias, inputs, basis.as_ref().map(|(values, _)| values.as_slice())))
}

/// Bytes after which a line is cut at white space; no sentence is as long, and it bounds the memory of a batch.
const LONGEST_LINE: usize = 1 << 15;

/// The lines of a text that hold more than white space.
fn lines(whole: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in whole.split('\n') {
        let mut rest = line;
        while !rest.is_empty() {
            let length = if rest.len() <= LONGEST_LINE { rest.len() } else { cut(rest) };
            if !rest[..length].trim().is_empty() {
                spans.push(Span::new(start as u32, (start + length) as u32));
            }
            start += length;
            rest = &rest[length..];
        }
        start += 1;
    }
    spans
}

/// Where to cut a line that is too long: after its last white space within the limit, or at the limit.
fn cut(line: &str) -> usize {
    let limit = (0..=LONGEST_LINE).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let white = line[..limit].char_indices().rev().find(|(_, c)| c.is_whitespace());
    white.map_or(limit, |(at, c)| at + c.len_utf8())
}
