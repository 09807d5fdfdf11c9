//! A file that is one document: a page or plain text.

use std::io::Read;

use depeche_model::Diagnostic;

use super::{Format, Input, Member, unreadable};
use crate::{
    Source,
    corpus::{Content, layers::Bytes},
};

/// The one document, until it is taken.
pub(super) struct Page(Option<(Bytes, Input)>);

impl Page {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        Self(Some((bytes, input)))
    }
}

impl Format for Page {
    fn next(&mut self) -> Option<Member> {
        let (bytes, input) = self.0.take()?;
        Some(Member::sole(match bounded(bytes, input.settings.options.max_bytes, &input.name) {
            Ok(bytes) => Content::Page { bytes, source: Source::named(input.name), id: None },
            Err(error) => Content::Failed(error),
        }))
    }

    fn skip(&mut self, count: u64) {
        if count > 0 {
            self.0 = None;
        }
    }
}

/// The whole of a stream, unless it is longer than `max`.
pub(super) fn bounded(bytes: impl Read, max: usize, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::new();
    bytes.take(max as u64 + 1).read_to_end(&mut out).map_err(|error| unreadable(name, &error))?;
    if out.len() > max {
        return Err(Diagnostic::error(name, format!("the document has more than {max} bytes"))
            .hint("split it, or raise the limit with --max-bytes if it is one article"));
    }
    Ok(out)
}
