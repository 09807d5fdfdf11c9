//! RSS, RDF and Atom: one document an entry.
//!
//! A feed is read whole (within the limit on a document), for its format has no other way; it is a few hundred kilobytes. An entry's text is
//! its content, or its summary where that is all there is.

use std::panic::AssertUnwindSafe;

use depeche_model::Diagnostic;
use feed_rs::{
    model::{Entry, Feed as Parsed},
    parser,
};

use super::{Format, Input, Member, page::bounded};
use crate::{
    Draft,
    corpus::{Content, layers::Bytes},
    date::YEARS,
    normalise,
};

pub(super) struct Feed {
    /// The stream, until the first entry is asked for.
    unread: Option<Bytes>,
    input: Input,
    entries: std::vec::IntoIter<Content>,
    number: u64,
}

impl Feed {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        Self { unread: Some(bytes), input, entries: Vec::new().into_iter(), number: 0 }
    }

    fn read(&self, bytes: Bytes) -> Result<Parsed, Diagnostic> {
        let name = &self.input.name;
        let bytes = bounded(bytes, self.input.settings.options.max_bytes, name)?;
        let parser = parser::Builder::new().sanitize_content(false).build();
        let parsed = crate::guarded(AssertUnwindSafe(|| parser.parse(bytes.as_slice())));
        let hint = "check it with a feed validator; entries are read only from a feed that is whole";
        match parsed {
            Some(Ok(feed)) => Ok(feed),
            Some(Err(error)) => Err(Diagnostic::error(name, format!("the feed cannot be read: {error}")).hint(hint)),
            None => Err(Diagnostic::error(name, "the feed cannot be read").hint(hint)),
        }
    }
}

impl Format for Feed {
    fn next(&mut self) -> Option<Member> {
        if let Some(bytes) = self.unread.take() {
            let contents = match self.read(bytes) {
                Ok(feed) => {
                    let (publisher, language) = (feed.title.map(|t| normalise::paragraph(&t.content)), feed.language);
                    feed.entries
                        .into_iter()
                        .map(|entry| content(entry, publisher.as_ref(), language.as_ref()))
                        .collect()
                }
                Err(error) => vec![Content::Failed(error)],
            };
            self.entries = contents.into_iter();
        }
        let content = self.entries.next()?;
        self.number += 1;
        Some(Member::numbered(self.number, content))
    }
}

fn content(entry: Entry, publisher: Option<&String>, language: Option<&String>) -> Content {
    let plain = |html: &str| normalise::paragraph(&html_escape::decode_html_entities(html));
    let url = entry.links.first().map(|link| link.href.clone());
    let day = entry.published.or(entry.updated).and_then(|time| jiff::Timestamp::from_second(time.timestamp()).ok());
    let draft = Draft {
        title: entry.title.map(|title| plain(&title.content)).unwrap_or_default(),
        text: String::new(),
        url,
        publisher: publisher.cloned(),
        published: day.map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date()).filter(|day| YEARS.contains(&day.year())),
        language: entry.language.or_else(|| language.cloned()),
    };
    let body = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
    let html = body.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
    Content::Entry { id: entry.id, html, draft }
}
