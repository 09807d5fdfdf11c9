//! Language, natively: runs a trained spaCy pipeline without spaCy.
//!
//! Tokens, parts of speech with features, dictionary forms, dependency trees with sentence ends, and names: the pipeline is
//! trained with spaCy (`training/`), converted once to matrices and a manifest (`training/convert.py`), and run here. The
//! same weights on the same text give the same output as spaCy's own run; `cargo x parity` compares them.
//!
//! A text goes through `tokenizer` (spaCy's algorithm and the pipeline's own rules), `tok2vec` (words to vectors, on the
//! products of `matrix`), one linear layer each for features and edit trees (`lemma`), and two transition systems, `parser`
//! and `ner`, over the scores of `transition`. [`Pipeline`] ties them together; `batch` holds its memory.
//!
//! Two choices make it fast. What depends on a word type alone is computed once a type (`words`). And a batch of documents
//! goes through each layer at once, with weights packed for registers that the processor turns out to have.
#![forbid(unsafe_code)]

mod batch;
mod doc;
mod error;
mod hash;
mod lemma;
mod lexeme;
mod manifest;
mod matrix;
mod ner;
mod parsed;
mod parser;
mod pattern;
mod pipeline;
mod tok2vec;
mod tokenizer;
mod transition;
mod weights;
mod words;

pub use doc::{Doc, DocToken};
pub use error::ModelError;
pub use pipeline::Pipeline;
