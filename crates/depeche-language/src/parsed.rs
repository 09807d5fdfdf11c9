//! From spaCy's document to [`Parsed`]: white space drops out, heads and sentences are counted anew.

use std::ops::Range;

use depeche_model::{EntityTag, Parsed, Relation};

use crate::batch::Scratch;
use crate::pipeline::Pipeline;

/// Appends the tokens and sentences of one document of the batch, whose text begins at byte `base`.
///
/// A token whose head is white space hangs on that one's head. Heads stay inside their sentence: where a lifted arc left
/// it, the token becomes a root.
pub(crate) fn append(pipeline: &Pipeline, scratch: &Scratch, document: Range<usize>, base: u32, parsed: &mut Parsed) {
    let words = &scratch.tokenizer.words;
    let space = |token: usize| words.get(scratch.pieces[document.start + token].word).space;
    let heads = &scratch.answers.head[document.clone()];
    let starts = &scratch.answers.start[document.clone()];
    let first = parsed.tokens.len();
    let mut places = vec![None; heads.len()];
    let mut sentence = first;
    for token in 0..heads.len() {
        if starts[token] {
            close(parsed, &mut sentence);
        }
        if !space(token) {
            places[token] = Some(parsed.tokens.len() as u32);
            parsed.tokens.push(pipeline.token(scratch, document.start + token, base));
        }
    }
    close(parsed, &mut sentence);
    for token in 0..heads.len() {
        if let Some(place) = places[token] {
            attach(parsed, place, places[visible_head(heads, token, &space)]);
        }
    }
    names(parsed, first);
}

/// The head of a token that is no white space, or the root it would hang on.
fn visible_head(heads: &[u32], token: usize, space: &impl Fn(usize) -> bool) -> usize {
    let mut head = heads[token] as usize;
    while space(head) && heads[head] as usize != head {
        head = heads[head] as usize;
    }
    head
}

/// Sets the head of a token, or makes it a root where the head is none of its sentence.
fn attach(parsed: &mut Parsed, token: u32, head: Option<u32>) {
    let (from, to) = parsed.sentences.get(parsed.sentence_of(token)).copied().unwrap_or_default();
    let head = head.filter(|head| (from..to).contains(head)).unwrap_or(token);
    let own = &mut parsed.tokens[token as usize];
    own.head = head;
    if head == token {
        own.dep = Relation::Root;
    }
}

/// Ends the sentence that began at a token, if it holds any.
fn close(parsed: &mut Parsed, sentence: &mut usize) {
    let end = parsed.tokens.len();
    if *sentence < end {
        parsed.sentences.push((*sentence as u32, end as u32));
        *sentence = end;
    }
}

/// A name goes on only after a token of the same name.
fn names(parsed: &mut Parsed, first: usize) {
    for token in first..parsed.tokens.len() {
        if let EntityTag::Inside(kind) = parsed.tokens[token].ent {
            let before = (token > first).then(|| parsed.tokens[token - 1].ent.kind()).flatten();
            if before != Some(kind) {
                parsed.tokens[token].ent = EntityTag::Begin(kind);
            }
        }
    }
}
