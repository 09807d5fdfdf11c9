//! JSON lines, cut into lines here and read wherever the document is.

use super::{Format, Input, Member};
use crate::{
    corpus::{Content, Position, layers::Bytes},
    jsonl::Lines,
};

pub(super) struct JsonLines(Lines<Bytes>);

impl JsonLines {
    /// Lines of a stream that stands at a place: behind `place.line` lines, at byte `place.offset`.
    pub(super) fn new(bytes: Bytes, input: Input, place: &Position) -> Self {
        let lines = Lines::new(bytes, input.name, input.settings.options.max_bytes);
        Self(if place.offset > 0 { lines.at(place.line, place.offset) } else { lines })
    }
}

impl Format for JsonLines {
    fn next(&mut self) -> Option<Member> {
        let line = self.0.next()?;
        let content = match line.bytes {
            Ok(bytes) => Content::Line { bytes, number: line.number },
            Err(error) => Content::Failed(error),
        };
        Some(Member { next: Some((line.next, line.number)), ..Member::numbered(line.number, content) })
    }
}
