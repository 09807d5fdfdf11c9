//! The characters of a text, made dependable, before any offset points into it.
//!
//! Done to pages and plain text: line ends become `\n`; control characters, soft hyphens, zero-width spaces, byte-order marks and
//! directional marks are dropped; runs of spaces and tabs become one space; composed forms replace letter-plus-accent (NFC). **Kept** as
//! written: no-break spaces (U+00A0, U+202F), which French typography puts before « : » and inside numbers, and typographic quotes, dashes
//! and apostrophes. Text that arrives ready-made in JSON lines is not touched at all: its author's offsets must stay true.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters that a reader does not see.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
}

/// Spaces that fold to one plain space; the no-break spaces are not among them.
const fn is_plain_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{205f}' | '\u{3000}'
    ) && !matches!(c, '\u{2007}')
}

/// Cleans one paragraph: no line break is left in it, nor space at its ends.
pub fn paragraph(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_plain_space(c) {
            gap = true;
        } else if !is_invisible(c) && !c.is_control() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    let trimmed = out.trim_matches(|c: char| c.is_whitespace());
    if is_nfc_quick(trimmed.chars()) == IsNormalized::Yes { trimmed.to_owned() } else { trimmed.nfc().collect() }
}

/// Line ends of any system, as `\n`.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}'], "\n").replace('\u{2029}', "\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_goes_and_typography_stays() {
        assert_eq!(
            paragraph("\u{feff}  le gou\u{ad}ver\u{ad}ne\u{200b}ment\t a\r\n dit\u{a0}:  «\u{202f}non\u{202f}»\0 "),
            "le gouvernement a dit\u{a0}: «\u{202f}non\u{202f}»"
        );
        assert_eq!(paragraph("Ce\u{301}line"), "Céline");
        assert_eq!(paragraph(" \u{a0} "), "");
    }

    #[test]
    fn line_ends_are_one_kind() {
        assert_eq!(lines("a\r\nb\rc\u{2029}d"), "a\nb\nc\n\nd");
    }
}
