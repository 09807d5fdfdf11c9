//! From bytes to articles.
//!
//! A news page is mostly not news: menus, captions, lists of other headlines, share buttons, a form for comments. What the rest of
//! Dépêche reads, and what every later offset points into, is the [`Article`]: the words that a reader would read. This crate makes one out
//! of the bytes of one document ([`read`]), a stream of them out of JSON lines ([`jsonl::Reader`]), or any mix of
//! files, folders, archives, feeds and tables ([`corpus::Corpus`]).
//!
//! The way of a page: [`charset`] turns bytes into text, [`sniff`] says what it is, `html` refuses what would hurt a parser, parses,
//! reads the metadata, takes out the furniture, finds the main text and writes it down in paragraphs; [`normalise`] cleans the characters
//! and [`language`] says in which language it is. Nothing here reads a clock, a file or, outside the feature `http`, a network.
//!
//! Every failure is a [`Diagnostic`] that names the input, the place in it and the remedy. Nothing panics, whatever the bytes.
//!
//! ```
//! use depeche_ingest::{Options, Source, read};
//!
//! let page = b"<html lang=fr><head><title>Paris rappelle son ambassadeur - Le Journal</title>
//!     <meta property='article:published_time' content='2025-08-13T09:12:44+02:00'></head>
//!     <body><nav><a href=/>Accueil</a></nav><article><h1>Paris rappelle son ambassadeur</h1>
//!     <p>La France a rappel\xc3\xa9 mardi son ambassadeur pour consultations, a annonc\xc3\xa9 le minist\xc3\xa8re.</p></article></body></html>";
//! let reading = read(page, &Source::named("page.html"), &Options::default())?;
//! assert_eq!(reading.article.title, "Paris rappelle son ambassadeur");
//! assert_eq!(reading.article.published.map(|day| day.to_string()).as_deref(), Some("2025-08-13"));
//! assert!(reading.article.text.starts_with("La France a rappelé mardi"));
//! # Ok::<(), depeche_model::Diagnostic>(())
//! ```

pub mod charset;
pub mod corpus;
pub mod date;
pub mod furniture;
mod html;
#[cfg(feature = "http")]
pub mod http;
pub mod jsonl;
pub mod language;
pub mod normalise;
mod plain;
pub mod sniff;

use depeche_model::{Article, Diagnostic, Language};
use jiff::civil::Date;

use crate::sniff::Kind;

/// Where a document came from, as far as the caller knows.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Path, address or `<stdin>`; the `file` of every diagnostic, and the article's id unless [`Options::id`] gives one.
    pub name: String,
    /// Address that it was fetched from.
    pub url: Option<String>,
    /// Character set that the carrier declared (HTTP's `Content-Type`, a WARC record), as a label of the Encoding Standard.
    pub charset: Option<String>,
}

impl Source {
    /// A source of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What the caller knows better than the document, and the bounds on it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The article's id; the source's name where none is given.
    pub id: Option<String>,
    /// Language, in place of detection.
    pub language: Option<Language>,
    /// Day of publication, in place of the document's own.
    pub published: Option<Date>,
    /// Longest document in bytes; a longer one is refused. 16 MiB unless told.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { id: None, language: None, published: None, max_bytes: 16 << 20 }
    }
}

/// An article, and what is worth knowing about how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Warnings; the article is whole in spite of them.
    pub warnings: Vec<Diagnostic>,
}

/// What a format's reader found, before the steps that all formats share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub title: String,
    pub text: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Date>,
    /// What the document says of its language (`lang` attribute), unchecked.
    pub language: Option<String>,
}

/// Reads one document: an HTML page or plain text, whichever its content shows it to be.
///
/// The text that comes back is normalised (see [`normalise`]), its paragraphs are separated by blank lines and headings are paragraphs.
///
/// # Errors
/// Where no article can be had: the input is empty, too long, binary or a collection of several documents, is built to hurt a parser, has
/// no main text, or is in a language that is not coded.
pub fn read(bytes: &[u8], source: &Source, options: &Options) -> Result<Reading, Diagnostic> {
    let name = source.name.as_str();
    check_size(bytes, name, options.max_bytes)?;
    let mut warnings = Vec::new();
    let draft = match sniff::kind(bytes) {
        Kind::Html => {
            let text = charset::decode(bytes, source.charset.as_deref(), true, name, &mut warnings)?;
            html::read(&text, source, &mut warnings)?
        }
        Kind::Text => {
            let text = charset::decode(bytes, source.charset.as_deref(), false, name, &mut warnings)?;
            plain::read(&text)
        }
        other => return Err(other.refusal(name)),
    };
    finish(draft, source, options, warnings)
}

/// The start of a text, at most `max` bytes of it, cut between characters.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Runs a third-party reader; its panic is a failure like another. No input is known that makes one panic, and none shall end a run.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T + std::panic::UnwindSafe) -> Option<T> {
    std::panic::catch_unwind(work).ok()
}

/// Bounds on the whole input; what is empty is told here, before anything looks into it.
fn check_size(bytes: &[u8], name: &str, max: usize) -> Result<(), Diagnostic> {
    if bytes.len() > max {
        return Err(Diagnostic::error(name, format!("the document has {} bytes; the limit is {max}", bytes.len()))
            .hint("split it, or raise the limit with --max-bytes if it is one article"));
    }
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(Diagnostic::error(name, "the document is empty").hint("check that it was saved or fetched whole"));
    }
    Ok(())
}

/// The steps that every format shares: the caller's word, the language, the article.
pub(crate) fn finish(
    draft: Draft,
    source: &Source,
    options: &Options,
    mut warnings: Vec<Diagnostic>,
) -> Result<Reading, Diagnostic> {
    let name = source.name.as_str();
    if draft.text.is_empty() && draft.title.is_empty() {
        return Err(Diagnostic::error(name, "no article text was found").hint(
            "the page may build its text by script, or be a list of links; save it from a browser and try again",
        ));
    }
    let sample = if draft.text.is_empty() { &draft.title } else { &draft.text };
    let language = language::decide(sample, options.language, draft.language.as_deref(), name, &mut warnings)?;
    let article = Article {
        id: options.id.clone().unwrap_or_else(|| source.name.clone()),
        language,
        published: options.published.or(draft.published),
        title: draft.title,
        text: draft.text,
        url: draft.url.or_else(|| source.url.clone()),
        publisher: draft.publisher,
    };
    Ok(Reading { article, warnings })
}
