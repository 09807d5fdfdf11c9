//! The network's answers for a batch of documents, as numbers.
//!
//! Documents are short, a paragraph mostly, so several go through the matrix products together; the answers stay numbers
//! until someone asks for labels.

use std::ops::Range;

use crate::ner::{Context, Place};
use crate::pipeline::Models;
use crate::tokenizer::Piece;
use crate::{matrix, parser, tok2vec, tokenizer, transition};

/// Memory that one thread reuses from text to text. After the first few texts no token costs an allocation.
#[derive(Default)]
pub(crate) struct Scratch {
    pub tokenizer: tokenizer::Memory,
    pub pieces: Vec<Piece>,
    /// Tokens of each document.
    pub documents: Vec<Range<usize>>,
    word_ids: Vec<u32>,
    syntax: tok2vec::Memory,
    names: tok2vec::Memory,
    dense: Vec<f32>,
    ranking: matrix::Ranking,
    parser: parser::Memory,
    ner: transition::Memory,
    pub answers: Answers,
}

/// One entry a token of the batch.
#[derive(Default)]
pub(crate) struct Answers {
    pub morph: Vec<u16>,
    pub lemma: Vec<u16>,
    /// Head, counted in the document.
    pub head: Vec<u32>,
    pub dep: Vec<u16>,
    pub start: Vec<bool>,
    pub place: Vec<Place>,
}

impl Scratch {
    /// Forgets the documents, not the words.
    pub fn begin(&mut self) {
        self.pieces.clear();
        self.documents.clear();
    }

    /// Forgets the words as well.
    pub fn forget(&mut self) {
        self.begin();
        self.tokenizer.clear();
        self.syntax.clear();
        self.names.clear();
    }

    /// Runs the whole pipeline over the documents.
    pub fn run(&mut self, models: &Models) {
        self.answers.clear();
        if self.pieces.is_empty() {
            return;
        }
        self.word_ids.clear();
        self.word_ids.extend(self.pieces.iter().map(|piece| piece.word));
        self.vectors(&models.syntax, true);
        models.morphology.best(&self.dense, &mut self.ranking, &mut self.answers.morph);
        models.lemma_labels.best(&self.dense, &mut self.ranking, &mut self.answers.lemma);
        self.parse(models);
        self.vectors(&models.names, false);
        self.find_names(models);
    }

    /// Fills the dense rows with the vectors of one tok2vec.
    fn vectors(&mut self, tok2vec: &tok2vec::Tok2Vec, syntax: bool) {
        let memory = if syntax { &mut self.syntax } else { &mut self.names };
        let documents = self.documents.iter().map(|range| &self.word_ids[range.clone()]);
        let (rows, starts) = tok2vec.rows(&self.tokenizer.words, documents, memory);
        self.dense.clear();
        for (document, start) in self.documents.iter().zip(starts) {
            let width = tok2vec.width();
            self.dense.extend_from_slice(&rows[start * width..(start + document.len()) * width]);
        }
    }

    fn parse(&mut self, models: &Models) {
        models.parser.prepare(&self.dense, self.pieces.len(), &mut self.parser);
        for document in &self.documents {
            let words = &self.tokenizer.words;
            let pieces = &self.pieces[document.clone()];
            let space = |token: usize| words.get(pieces[token].word).space;
            let output = models.parser.parse(document.start, document.len(), space, &mut self.parser);
            self.answers.head.extend_from_slice(output.heads);
            self.answers.dep.extend_from_slice(output.labels);
            self.answers.start.extend_from_slice(output.starts);
        }
    }

    fn find_names(&mut self, models: &Models) {
        models.ner.prepare(&self.dense, self.pieces.len(), &mut self.ner);
        self.answers.place.resize(self.pieces.len(), Place::Out);
        for document in &self.documents {
            let words = &self.tokenizer.words;
            let pieces = &self.pieces[document.clone()];
            let space = |token: usize| words.get(pieces[token].word).space;
            let context = Context { offset: document.start, starts: &self.answers.start[document.clone()] };
            models.ner.find(&context, space, &mut self.ner, &mut self.answers.place[document.clone()]);
        }
    }
}

impl Answers {
    fn clear(&mut self) {
        self.morph.clear();
        self.lemma.clear();
        self.head.clear();
        self.dep.clear();
        self.start.clear();
        self.place.clear();
    }
}
