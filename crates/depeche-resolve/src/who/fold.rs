//! Spelling made comparable: `Côte-d’Ivoire`, `cote d'ivoire` and `CÔTE D'IVOIRE` are one key.
//!
//! A form and a text are both cut into **pieces**, runs of letters and digits without case or accents. Hyphens,
//! apostrophes and spaces only separate pieces; full stops between single letters vanish (`U.S.` is `us`). Case is not
//! lost: [`Case`] says what a form asks of the text that matches it, so that `us` never is a country.

use compact_str::CompactString;

/// What the capitals of a form ask of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Written small in the table: any case matches.
    Any,
    /// Written with a capital: the first letter must be one.
    Initial,
    /// A short acronym (up to three letters): all must be capitals.
    Caps,
}

impl Case {
    /// What a form as written in a table asks for.
    pub(crate) fn of(form: &str) -> Self {
        let letters = || form.chars().filter(|c| c.is_alphabetic());
        if letters().count() <= 3 && letters().all(char::is_uppercase) {
            Self::Caps
        } else if form.chars().next().is_some_and(char::is_uppercase) {
            Self::Initial
        } else {
            Self::Any
        }
    }

    /// Whether a text with this first letter and these capitals will do.
    pub(crate) fn allows(self, initial: bool, caps: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => initial,
            Self::Caps => caps,
        }
    }
}

/// Letter without case and accent; two letters for ligatures.
fn plain(c: char, out: &mut CompactString) {
    let base = match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'À' | 'Á' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'Ā' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'È' | 'É' | 'Ê' | 'Ë' | 'ə' | 'Ə' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'İ' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' | 'Ò' | 'Ó' | 'Ô' | 'Ö' | 'Õ' | 'Ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => 'c',
        'ñ' | 'ń' | 'ň' | 'Ñ' => 'n',
        'ş' | 'ș' | 'š' | 'ś' | 'Ş' | 'Ș' | 'Š' | 'Ś' => 's',
        'ž' | 'ź' | 'ż' | 'Ž' | 'Ż' | 'Ź' => 'z',
        'ğ' | 'Ğ' => 'g',
        'ł' | 'Ł' => 'l',
        'ý' | 'ÿ' => 'y',
        'ț' | 'ţ' | 'Ț' | 'Ţ' => 't',
        'ř' | 'Ř' => 'r',
        'đ' | 'Đ' | 'ď' => 'd',
        'œ' | 'Œ' => return out.push_str("oe"),
        'æ' | 'Æ' => return out.push_str("ae"),
        'ß' => return out.push_str("ss"),
        other => return out.extend(other.to_lowercase()),
    };
    out.push(base);
}

/// The pieces of a text, in order.
pub(crate) fn pieces(text: &str) -> Vec<CompactString> {
    let mut out = Vec::with_capacity(3);
    let mut piece = CompactString::default();
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            plain(c, &mut piece);
        } else if !piece.is_empty() && (c != '.' || !dotted(text, at)) {
            out.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        out.push(piece);
    }
    out
}

/// Whether the full stop at byte `at` belongs to dotted initials (`U.S.`).
fn dotted(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let letter = before.next().is_some_and(char::is_alphabetic) && !before.next().is_some_and(char::is_alphabetic);
    let mut after = text[at + 1..].chars();
    letter && after.next().is_none_or(char::is_alphabetic)
}

/// All pieces joined with single spaces: a key for comparison.
pub(crate) fn key(text: &str) -> CompactString {
    let mut out = CompactString::default();
    for piece in pieces(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_share_a_key() {
        assert_eq!(key("Côte-d’Ivoire"), key("COTE D'IVOIRE"));
        assert_eq!(key("Kim Jong-un"), key("Kim Jong Un"));
        assert_eq!(key("U.S."), "us");
        assert_eq!(key("D.R. Congo"), "dr congo");
        assert_eq!(key("St. Lucia"), "st lucia");
    }

    #[test]
    fn capitals_of_a_form_bind_the_text() {
        assert_eq!(Case::of("US"), Case::Caps);
        assert_eq!(Case::of("U.S."), Case::Caps);
        assert_eq!(Case::of("Turkey"), Case::Initial);
        assert_eq!(Case::of("russe"), Case::Any);
        assert!(!Case::Caps.allows(true, false));
    }
}
