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
    let sentences = parsed.sentences.len();
    close(parsed, &mut sentence);
    let _ = sentences;
    for token in 0..heads.len() {
        let Some(place) = places[token] else { continue };
        let mut head = heads[token] as usize;
        while space(head) && heads[head] as usize != head {
            head = heads[head] as usize;
        }
        let head = places[head].filter(|&head| parsed.sentence_of(head) == parsed.sentence_of(place));
        let own = &mut parsed.tokens[place as usize];
        own.head = head.unwrap_or(place);
        if own.head == place {
            own.dep = Relation::Root;
        }
    }
    names(parsed, first);
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
