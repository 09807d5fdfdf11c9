//! What a page may not do to its reader.
//!
//! HTML parsers never fail, so a hostile or broken page costs time and memory instead: a million nested tags make tree walks overflow the
//! stack and scope checks quadratic; formatting tags left open are copied by the standard's own rules into every later paragraph; a tag with
//! a hundred thousand attributes is compared with itself. One linear scan over the tags, before parsing, bounds all three. It follows the
//! tree builder closely enough to count, no closer; [`check_tree`] then measures the real depth of what was built.

use depeche_model::Diagnostic;
use dom_query::Document;
use memchr::{memchr, memmem};

/// Deepest nesting of elements. Browsers cut at 512 (Blink, `WebKit`); no news page in hand comes near 100.
pub(super) const MAX_DEPTH: usize = 256;
/// Most tags in a page; the news page in hand with the most has 1,575. Several steps of the extractor are quadratic in it at worst.
const MAX_TAGS: usize = 60_000;
/// Most attributes on one tag.
const MAX_ATTRIBUTES: usize = 512;
/// Most elements that reopened formatting may add.
const MAX_REOPENED: usize = 300_000;

/// Elements without content, and those whose end the parser implies: neither adds to the nesting by itself.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "html", "head", "body", "rp",
    "rt", "path", "use", "rect", "circle",
];
/// Elements whose content is text to the parser, whatever it looks like.
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"];
/// Formatting elements, which the parser reopens in later blocks until they are closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that an end tag from inside does not close across.
const BARRIER: &[&str] = &["table", "object", "template", "marquee", "applet", "svg", "math", "caption"];
/// Inline elements besides the formatting ones: their end tags do not close a block.
const INLINE: &[&str] = &[
    "span", "abbr", "cite", "label", "sub", "sup", "time", "q", "mark", "ins", "del", "bdi", "bdo", "var", "kbd",
    "samp", "data",
];

/// Refuses a page whose tags would hurt a parser, before one sees it.
pub(super) fn check(html: &str, name: &str) -> Result<(), Diagnostic> {
    let mut scan = Scan { html, stack: Vec::new(), tags: 0, open_formatting: 0, reopened: 0 };
    scan.run().map_err(|(at, what)| {
        let line = memchr::memchr_iter(b'\n', &html.as_bytes()[..at]).count() + 1;
        Diagnostic::error(name, what)
            .at(line as u32, 0)
            .hint("the page is damaged or built to harm; save its text as plain text to read it")
    })
}

/// Refuses a tree that is deeper than the scan could tell.
pub(super) fn check_tree(doc: &Document, name: &str) -> Result<(), Diagnostic> {
    let (mut node, mut depth) = (Some(doc.root()), 0usize);
    while let Some(here) = node {
        if let Some(child) = here.first_child() {
            depth += 1;
            if depth > MAX_DEPTH + 8 {
                return Err(Diagnostic::error(name, too_deep())
                    .hint("the page is damaged or built to harm; save its text as plain text to read it"));
            }
            node = Some(child);
            continue;
        }
        let mut at = here;
        node = loop {
            if let Some(next) = at.next_sibling() {
                break Some(next);
            }
            let Some(parent) = at.parent() else { break None };
            depth = depth.saturating_sub(1);
            at = parent;
        };
    }
    Ok(())
}

fn too_deep() -> String {
    format!("tags are nested more than {MAX_DEPTH} deep")
}

/// A place in the page and what is wrong there.
type Refusal = (usize, String);

struct Scan<'a> {
    html: &'a str,
    /// Names of the elements that count as open.
    stack: Vec<&'a str>,
    tags: usize,
    open_formatting: usize,
    reopened: usize,
}

impl<'a> Scan<'a> {
    fn run(&mut self) -> Result<(), Refusal> {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(next) = memchr(b'<', &bytes[at..]) {
            at += next + 1;
            at = match bytes.get(at) {
                Some(b'!') if bytes[at..].starts_with(b"!--") => after(bytes, at + 1, b"-->"),
                Some(b'!' | b'?') => after(bytes, at, b">"),
                Some(b'/') => self.end_tag(at + 1),
                Some(c) if c.is_ascii_alphabetic() => self.start_tag(at)?,
                _ => at,
            };
        }
        Ok(())
    }

    /// A start tag whose name begins at `at`; returns where to go on.
    fn start_tag(&mut self, at: usize) -> Result<usize, Refusal> {
        self.tags += 1;
        self.reopened += self.open_formatting;
        if self.tags > MAX_TAGS {
            return Err((at, format!("the page has more than {MAX_TAGS} tags")));
        }
        if self.reopened > MAX_REOPENED {
            return Err((at, "formatting tags are left open by the thousand".to_owned()));
        }
        let name = self.name_at(at);
        let (end, attributes, closed) = tag_end(self.html.as_bytes(), at + name.len());
        if attributes > MAX_ATTRIBUTES {
            return Err((at, format!("a tag has more than {MAX_ATTRIBUTES} attributes")));
        }
        if is_one_of(name, RAW) {
            return Ok(self.after_raw(name, end));
        }
        if is_one_of(name, FLAT) || closed {
            return Ok(end);
        }
        self.open_formatting += usize::from(is_one_of(name, FORMATTING));
        self.stack.push(name);
        if self.stack.len() > MAX_DEPTH { Err((at, too_deep())) } else { Ok(end) }
    }

    /// An end tag whose name begins at `at`: closes the innermost open element of that name, as far as the parser would.
    fn end_tag(&mut self, at: usize) -> usize {
        let bytes = self.html.as_bytes();
        let name = self.name_at(at);
        let inline = is_one_of(name, FORMATTING) || is_one_of(name, INLINE);
        if is_one_of(name, FORMATTING) {
            self.open_formatting = self.open_formatting.saturating_sub(1);
        }
        for (depth, open) in self.stack.iter().enumerate().rev() {
            if open.eq_ignore_ascii_case(name) {
                self.stack.truncate(depth);
                break;
            }
            let crosses_block = inline && !is_one_of(open, FORMATTING) && !is_one_of(open, INLINE);
            if is_one_of(open, BARRIER) || crosses_block {
                break;
            }
        }
        after(bytes, at, b">")
    }

    /// Where the content of a raw element ends.
    fn after_raw(&self, name: &str, from: usize) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = from;
        while let Some(next) = memmem::find(&bytes[at..], b"</") {
            at += next + 2;
            if bytes[at..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes())) {
                return after(bytes, at, b">");
            }
        }
        bytes.len()
    }

    /// The tag name at a position.
    fn name_at(&self, at: usize) -> &'a str {
        let rest = &self.html[at..];
        let length =
            rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
        &rest[..length]
    }
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// One past the next `end` at or after `from`; the end of input where there is none.
fn after(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    bytes.get(from..).and_then(|rest| memmem::find(rest, end)).map_or(bytes.len(), |n| from + n + end.len())
}

/// From inside a tag: one past its `>`, how many attributes it has at most, and whether it closes itself.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize, bool) {
    let (mut at, mut attributes, mut between) = (from, 0usize, true);
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return (at + 1, attributes, false),
            // Self-closing means something on SVG only, but to ignore it there would count every shape as open.
            b'"' | b'\'' if at > 0 && value_starts(bytes, at) => {
                at += memchr(b, &bytes[at + 1..]).map_or(bytes.len() - at, |n| n + 1);
            }
            _ if b.is_ascii_whitespace() || b == b'/' => between = true,
            _ => {
                attributes += usize::from(between && b != b'=');
                between = false;
            }
        }
        at += 1;
    }
    (bytes.len(), attributes, false)
}

/// Whether the quote at `at` opens an attribute's value: it follows an equals sign.
fn value_starts(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_sloppy_pages_pass() {
        let list = "<li><p>x<br>".repeat(5_000);
        assert!(check(&format!("<ul>{list}</ul>"), "t").is_ok());
        let blocks = "<div class='a > b'><b>x</div>".repeat(400);
        assert!(check(&blocks, "t").is_ok());
        let script = format!("<script>{}</script>", "'<div>'+".repeat(5_000));
        assert!(check(&script, "t").is_ok());
        assert!(check("<a <b </ <> <!-- ", "t").is_ok());
        let shapes = format!("<svg>{}</svg>", "<g><path d='M0 0'/></g>".repeat(3_000));
        assert!(check(&shapes, "t").is_ok());
    }

    #[test]
    fn endless_nesting_is_refused_however_it_is_dressed() {
        for page in
            ["<div>", "<span>", "<b>", "<span><div></span>", "<table><tr><td>", "<div><table><td></div>", "<DIV\n>"]
        {
            let error = check(&page.repeat(100_000), "deep.html").unwrap_err();
            assert!(error.message.contains("nested") || error.message.contains("formatting"), "{page}: {error}");
        }
    }

    #[test]
    fn formatting_bombs_and_attribute_bombs_are_refused() {
        let fonts = (0..60).map(|n| format!("<font size={n}>")).collect::<Vec<_>>().concat();
        let bomb = format!("<div>{fonts}</div>").repeat(2_000);
        assert!(check(&bomb, "t").is_err());
        let attributes = (0..10_000).map(|n| format!(" a{n}=1")).collect::<Vec<_>>().concat();
        assert!(check(&format!("<p{attributes}>"), "t").is_err());
    }

    #[test]
    fn the_tree_is_measured_too() {
        let deep = Document::from("<div>".repeat(2_000));
        assert!(check_tree(&deep, "t").is_err());
        assert!(check_tree(&Document::from("<div><p>x</p></div>"), "t").is_ok());
    }
}
