//! What a document is, by its first bytes. Extensions and content types lie too often to be asked.

use depeche_model::Diagnostic;
use memchr::memmem;

/// How far into a document its kind shows, in bytes.
const WINDOW: usize = 16 << 10;

/// Kinds of input that Dépêche can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An HTML page.
    Html,
    /// Plain text, or anything not recognised.
    Text,
    /// JSON, one object a line.
    JsonLines,
    /// RSS, RDF or Atom.
    Feed,
    /// Web archive.
    Warc,
    /// Apache Parquet.
    Parquet,
    /// Compressed with gzip.
    Gzip,
    /// Compressed with Zstandard.
    Zstd,
    /// A known format that holds no text for us (PDF, Word, pictures, archives); the name says which.
    Foreign(&'static str),
}

/// Opening bytes that settle the matter.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"\x1f\x8b", Kind::Gzip),
    (b"\x28\xb5\x2f\xfd", Kind::Zstd),
    (b"PAR1", Kind::Parquet),
    (b"WARC/", Kind::Warc),
    (b"%PDF-", Kind::Foreign("PDF")),
    (b"PK\x03\x04", Kind::Foreign("ZIP or Office")),
    (b"\xd0\xcf\x11\xe0", Kind::Foreign("Word 97")),
    (b"{\\rtf", Kind::Foreign("RTF")),
    (b"\x89PNG", Kind::Foreign("PNG")),
    (b"\xff\xd8\xff", Kind::Foreign("JPEG")),
    (b"GIF8", Kind::Foreign("GIF")),
    (b"\x7fELF", Kind::Foreign("program")),
];

/// Tags that an HTML page shows early, in lower case.
const HTML_TAGS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<article",
    b"<title",
    b"<meta",
    b"<div",
    b"<p>",
    b"<p ",
    b"<h1",
    b"<table",
    b"<section",
    b"<span",
    b"<script",
    b"<ul",
    b"<li>",
    b"<br",
    b"<a href",
    b"<h2",
    b"<form",
    b"<!--",
];

/// The kind of a document.
pub fn kind(bytes: &[u8]) -> Kind {
    for (magic, kind) in MAGIC {
        if bytes.starts_with(magic) {
            return *kind;
        }
    }
    let head: Vec<u8> = bytes.iter().take(WINDOW).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .or(head.strip_prefix(b"\xff\xfe"))
        .or(head.strip_prefix(b"\xfe\xff"))
        .unwrap_or(&head);
    let head = head.trim_ascii_start();
    if head.starts_with(b"{")
        && head.iter().skip(1).find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'"' | b'}'))
    {
        return Kind::JsonLines;
    }
    // A file of lines whose first is damaged is one of lines still.
    if !head.starts_with(b"<") && memmem::find(head, b"\n{\"").is_some() {
        return Kind::JsonLines;
    }
    if head.starts_with(b"<")
        && [&b"<rss"[..], b"<feed", b"<rdf:rdf"].iter().any(|tag| memmem::find(head, tag).is_some())
    {
        // A page may quote a feed's tag; a feed never opens with a page's.
        if memmem::find(head, b"<html").is_none() {
            return Kind::Feed;
        }
    }
    if HTML_TAGS.iter().any(|tag| memmem::find(head, tag).is_some()) { Kind::Html } else { Kind::Text }
}

impl Kind {
    /// Why a document of this kind cannot be read as one article.
    pub(crate) fn refusal(self, name: &str) -> Diagnostic {
        match self {
            Self::Foreign(format) => Diagnostic::error(name, format!("this is a {format} file, not a page or text"))
                .hint("save it as HTML or plain text first"),
            Self::JsonLines | Self::Feed | Self::Warc | Self::Parquet => {
                Diagnostic::error(name, "this is a collection of articles, not one")
                    .hint("use `depeche code` to read it")
            }
            Self::Gzip | Self::Zstd => {
                Diagnostic::error(name, "this is compressed").hint("use `depeche code`, which reads compressed input")
            }
            Self::Html | Self::Text => Diagnostic::error(name, "this document cannot be read"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(kind(b"  <!DOCTYPE HTML><title>x</title>"), Kind::Html);
        assert_eq!(kind(b"\xef\xbb\xbf<p>x</p>"), Kind::Html);
        assert_eq!(kind(b"<?xml version='1.0'?><rss version='2.0'>"), Kind::Feed);
        assert_eq!(kind(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"), Kind::Html);
        assert_eq!(kind(b"{\"id\": 1}"), Kind::JsonLines);
        assert_eq!(kind(b"x\": 1}\n{\"id\": 2}\n"), Kind::JsonLines);
        assert_eq!(kind(b"<html><script>\n{\"id\": 2}\n</script>"), Kind::Html);
        assert_eq!(kind(b"{curly} words open this text"), Kind::Text);
        assert_eq!(kind("Trump : « 3 < 4 »".as_bytes()), Kind::Text);
        assert_eq!(kind(b"%PDF-1.7"), Kind::Foreign("PDF"));
        assert_eq!(kind(b"<\0h\0t\0m\0l\0>\0"), Kind::Html);
    }
}
