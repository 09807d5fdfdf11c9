//! One document with spaCy's own labels, for comparing and measuring.

use compact_str::CompactString;

/// A token with the labels of the trained pipeline. White space may be a token here.
#[derive(Clone, Debug, PartialEq)]
pub struct DocToken<'p> {
    /// First byte in the text; for words given as tokens, in their concatenation with one space after each that has one.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Part of speech, `""` if the label has none.
    pub pos: &'p str,
    /// Features as `Name=Value|Name=Value`.
    pub morph: &'p str,
    /// Dictionary form.
    pub lemma: CompactString,
    /// Index of the head; its own at a root.
    pub head: u32,
    /// Relation, `ROOT` at a root.
    pub dep: &'p str,
    /// Whether a sentence begins here.
    pub sent_start: bool,
    /// Whether it begins a name, or goes on with one, and the name's label.
    pub ent: Option<(bool, &'p str)>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc<'p> {
    /// Tokens in text order.
    pub tokens: Vec<DocToken<'p>>,
}
