//! The article as the passes see it: tokens with folded text, and small questions about them.

use compact_str::CompactString;
use depeche_model::{EntityKind, EntityTag, Language, Parsed, Relation, Upos};
use jiff::civil::Date;

use super::Geography;
use crate::who::{Directory, fold, trie::Word};

/// One piece of a token, numbered in both tries.
pub(super) struct Piece {
    pub name: Word,
    pub noun: Word,
    pub token: u32,
    pub first: bool,
    pub last: bool,
}

/// An article with its tables.
pub(super) struct Scene<'a> {
    pub parsed: &'a Parsed,
    pub whole: &'a str,
    pub language: Language,
    pub day: Option<Date>,
    pub directory: &'a Directory,
    pub geography: &'a dyn Geography,
    keys: Vec<CompactString>,
    pub pieces: Vec<Piece>,
    starts: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        parsed: &'a Parsed,
        whole: &'a str,
        language: Language,
        day: Option<Date>,
        directory: &'a Directory,
        geography: &'a dyn Geography,
    ) -> Self {
        let (mut keys, mut pieces, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for token in 0..parsed.tokens.len() as u32 {
            starts.push(pieces.len() as u32);
            let parts = fold::pieces(parsed.text(whole, token));
            for (i, part) in parts.iter().enumerate() {
                pieces.push(Piece {
                    name: directory.names.word(part),
                    noun: directory.nouns.word(part),
                    token,
                    first: i == 0,
                    last: i + 1 == parts.len(),
                });
            }
            keys.push(match parts.len() {
                1 => parts.into_iter().next().unwrap_or_default(),
                _ => parts.join(" ").into(),
            });
        }
        starts.push(pieces.len() as u32);
        let paragraphs = paragraphs(parsed, whole);
        Self { parsed, whole, language, day, directory, geography, keys, pieces, starts, paragraphs }
    }

    pub(super) fn len(&self) -> u32 {
        self.parsed.tokens.len() as u32
    }

    /// Pieces from the first of a token on.
    pub(super) fn pieces_from(&self, token: u32) -> &[Piece] {
        self.starts.get(token as usize).map_or(&[], |&at| &self.pieces[at as usize..])
    }

    /// Text of a token as written.
    pub(super) fn text(&self, token: u32) -> &'a str {
        self.parsed.text(self.whole, token)
    }

    /// Text of a token without case and accents; empty for punctuation and out of range.
    pub(super) fn key(&self, token: u32) -> &str {
        self.keys.get(token as usize).map_or("", CompactString::as_str)
    }

    pub(super) fn upos(&self, token: u32) -> Upos {
        self.parsed.tokens.get(token as usize).map_or(Upos::X, |t| t.upos)
    }

    pub(super) fn dep(&self, token: u32) -> Relation {
        self.parsed.tokens.get(token as usize).map_or(Relation::Dep, |t| t.dep)
    }

    pub(super) fn head(&self, token: u32) -> u32 {
        self.parsed.tokens.get(token as usize).map_or(token, |t| t.head)
    }

    pub(super) fn entity(&self, token: u32) -> EntityTag {
        self.parsed.tokens.get(token as usize).map_or(EntityTag::Out, |t| t.ent)
    }

    pub(super) fn is_person(&self, token: u32) -> bool {
        self.entity(token).kind() == Some(EntityKind::Person)
    }

    /// Whether a token starts with a capital.
    pub(super) fn capital(&self, token: u32) -> bool {
        self.text(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether every letter of a token range is a capital.
    pub(super) fn caps(&self, first: u32, end: u32) -> bool {
        (first..end).all(|t| self.text(t).chars().all(|c| !c.is_lowercase()))
    }

    /// Number of the line that a token stands on: headline 0, then one for each line feed.
    pub(super) fn paragraph(&self, token: u32) -> u32 {
        self.paragraphs.get(token as usize).copied().unwrap_or(0)
    }

    /// Sentence that holds a token, as a token range.
    pub(super) fn sentence(&self, token: u32) -> (u32, u32) {
        self.parsed.sentences.get(self.parsed.sentence_of(token)).copied().unwrap_or((0, self.len()))
    }

    /// The token of a range that the parse hangs outside it: its syntactic head. Where the parse is torn, the first
    /// noun in French and the last in English.
    pub(super) fn head_of(&self, first: u32, end: u32) -> u32 {
        let outside = |t: &u32| {
            let head = self.head(*t);
            (head < first || head >= end || head == *t) && !matches!(self.upos(*t), Upos::Punct | Upos::Adp | Upos::Det)
        };
        let mut found = (first..end).filter(outside);
        match self.language {
            Language::French => found.next(),
            Language::English => found.next_back(),
        }
        .unwrap_or(first)
    }

    /// Whether a token is a preposition that puts what follows in a place.
    pub(super) fn locative(&self, token: u32) -> bool {
        match self.language {
            Language::French => {
                matches!(self.key(token), "a" | "en" | "dans" | "pres" | "sur" | "au" | "aux")
            }
            Language::English => {
                matches!(self.key(token), "in" | "at" | "near" | "around" | "outside" | "across")
            }
        }
    }

    /// Whether a token is a third-person possessive determiner.
    pub(super) fn possessive(&self, token: u32) -> bool {
        match self.language {
            Language::French => matches!(self.key(token), "son" | "sa" | "ses" | "leur" | "leurs"),
            Language::English => matches!(self.key(token), "his" | "her" | "its" | "their"),
        }
    }
}

/// For each token, the line feeds before it.
fn paragraphs(parsed: &Parsed, whole: &str) -> Vec<u32> {
    let (mut lines, mut at) = (0, 0);
    let mut numbers = Vec::with_capacity(parsed.tokens.len());
    for token in &parsed.tokens {
        let start = token.span.start as usize;
        if let Some(between) = whole.get(at..start) {
            lines += between.bytes().filter(|b| *b == b'\n').count() as u32;
            at = start;
        }
        numbers.push(lines);
    }
    numbers
}
