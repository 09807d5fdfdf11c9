//! What the embedding looks at in a word: its normal form, first letter, last three letters and shape.
//!
//! The predicates on characters follow Python's `str` methods, which the model was trained with; where Rust's own differ
//! (a letter in Rust includes marks and letter numbers), the Unicode category decides as in Python.

use rustc_hash::FxHashMap;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::hash::string_id;
use crate::manifest::Manifest;

/// Characters from which the shape is no longer worth writing.
const LONG: usize = 100;
/// Equal characters in a row that a shape shows.
const SHAPE_RUN: usize = 4;
/// Characters beyond the decimal digits that Python counts as digits.
const OTHER_DIGITS: [(u32, u32); 20] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x1_0a40, 0x1_0a43),
    (0x1_0e60, 0x1_0e68),
    (0x1_1052, 0x1_105a),
    (0x1_f100, 0x1_f10a),
];

/// Whether Python's `str.isspace` holds of a character.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

fn is_letter(c: char) -> bool {
    use GeneralCategory::{LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter};
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let kind = c.general_category();
    matches!(kind, LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter)
}

fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let code = u32::from(c);
    c.general_category() == GeneralCategory::DecimalNumber
        || OTHER_DIGITS.iter().any(|&(low, high)| (low..=high).contains(&code))
}

/// The word's outline: `Xxxx` for `Paris`, `dd/dd` for `24/12`.
fn shape(text: &str, out: &mut String) {
    out.clear();
    if text.chars().nth(LONG - 1).is_some() {
        out.push_str("LONG");
        return;
    }
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let mark = match c {
            c if is_letter(c) && c.is_uppercase() => 'X',
            c if is_letter(c) => 'x',
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(mark) { run + 1 } else { 0 };
        last = Some(mark);
        if run < SHAPE_RUN {
            out.push(mark);
        }
    }
}

/// Numbers the attributes of words as the string store of the trained pipeline did.
pub(crate) struct Attributes {
    norms: FxHashMap<String, String>,
    symbols: FxHashMap<String, u64>,
}

impl Attributes {
    /// From the manifest's tables.
    pub fn new(manifest: &mut Manifest) -> Self {
        Self { norms: std::mem::take(&mut manifest.norms), symbols: std::mem::take(&mut manifest.symbols) }
    }

    fn id(&self, text: &str) -> u64 {
        if text.is_empty() { 0 } else { self.symbols.get(text).copied().unwrap_or_else(|| string_id(text)) }
    }

    /// Identifiers of normal form, prefix, suffix and shape; `norm` is the normal form that a special case gives.
    pub fn of(&self, text: &str, norm: Option<&str>) -> [u64; 4] {
        let norm = match norm.or_else(|| self.norms.get(text).map(String::as_str)) {
            Some(norm) => self.id(norm),
            None => self.id(&text.to_lowercase()),
        };
        let first = text.char_indices().nth(1).map_or(text, |(at, _)| &text[..at]);
        let last = text.char_indices().rev().nth(2).map_or(text, |(at, _)| &text[at..]);
        let mut outline = String::new();
        shape(text, &mut outline);
        [norm, self.id(first), self.id(last), self.id(&outline)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_spacy() {
        let mut out = String::new();
        for (word, expected) in [
            ("Paris", "Xxxxx"),
            ("États-Unis", "Xxxxx-Xxxx"),
            ("2024", "dddd"),
            ("10.000", "dd.ddd"),
            ("aaaaaaaa", "xxxx"),
            ("km²", "xxd"),
            ("C++", "X++"),
            ("ⅣB", "ⅣX"),
        ] {
            shape(word, &mut out);
            assert_eq!(out, expected, "{word}");
        }
        shape(&"a".repeat(100), &mut out);
        assert_eq!(out, "LONG");
    }

    #[test]
    fn separators_of_information_are_space_as_in_python() {
        assert!(is_space('\u{1f}') && is_space('\u{a0}') && is_space('\u{85}'));
        assert!(!is_space('\u{200b}'));
    }
}
