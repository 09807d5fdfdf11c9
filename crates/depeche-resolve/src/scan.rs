//! Words, numbers and marks of a text, with nothing known about grammar.
//!
//! Dates and quantities are read from the text itself, before and without any parse: they must be found in titles,
//! in what a tagger garbles ("21h45", "Sept. 11-12"), and in articles that are never parsed at all. The scan is one
//! pass; each word is folded once (lower case, no accents) into one shared buffer, so that a whole article costs two
//! allocations.

use depeche_model::{Language, Span};

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes in the text.
    pub span: Span,
    /// Bytes of its folded form in [`Scan::folded`].
    key: (u32, u32),
    /// Its value, if it is written in digits.
    pub number: Option<f64>,
    /// How many digits it is written with; 0 where it has a separator, so that "2 000" is no year.
    pub digits: u8,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether nothing stands between it and the word before.
    pub glued: bool,
}

/// A scanned text.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    folded: String,
    /// Words in text order.
    pub words: Vec<Word>,
}

impl Scan {
    /// Scans a text.
    pub fn new(text: &str, language: Language) -> Self {
        let mut scan = Self { folded: String::with_capacity(text.len()), words: Vec::with_capacity(text.len() / 5) };
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let end = if first.is_alphabetic() {
                scan.letters(text, at, language)
            } else if first.is_ascii_digit() {
                scan.digits(text, at, language)
            } else {
                let end = at + first.len_utf8();
                // The gap between paragraphs is a mark of its own.
                let gap = text[at..].starts_with("\n\n");
                if gap || (!first.is_whitespace() && first != '\u{200b}') {
                    scan.push(text, at, end, None, 0);
                }
                end
            };
            at = end;
        }
        scan
    }

    /// Folded form of a word; empty past the end.
    pub fn key(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |w| &self.folded[w.key.0 as usize..w.key.1 as usize])
    }

    fn push(&mut self, text: &str, start: usize, end: usize, number: Option<f64>, digits: u8) {
        let from = self.folded.len();
        let raw = &text[start..end];
        fold_into(raw, &mut self.folded);
        let glued = self.words.last().is_some_and(|w| w.span.end as usize == start);
        let capital = raw.chars().next().is_some_and(char::is_uppercase);
        let span = Span::new(start as u32, end as u32);
        self.words.push(Word { span, key: (from as u32, self.folded.len() as u32), number, digits, capital, glued });
    }

    /// A run of letters: French keeps an elided apostrophe with it ("l'"), both keep dotted capitals ("a.m.").
    fn letters(&mut self, text: &str, start: usize, language: Language) -> usize {
        let run = run_end(text, start, char::is_alphabetic);
        let rest = &text[run..];
        let apostrophe = rest.chars().next().filter(|c| matches!(c, '\'' | '’'));
        let mut end = run;
        if let Some(mark) = apostrophe {
            let after = run + mark.len_utf8();
            let follows = text[after..].chars().next().is_some_and(char::is_alphanumeric);
            let word = &text[start..run];
            if follows && (word.eq_ignore_ascii_case("aujourd") || word.eq_ignore_ascii_case("o")) {
                end = run_end(text, after, char::is_alphabetic);
            } else if follows && language == Language::French {
                end = after;
            }
        } else if text[start..run].chars().count() == 1 {
            end = dotted_end(text, run);
        }
        self.push(text, start, end, None, 0);
        end
    }

    /// A run of digits, with the separators of thousands and decimals that the language allows.
    fn digits(&mut self, text: &str, start: usize, language: Language) -> usize {
        let first = run_end(text, start, |c| c.is_ascii_digit());
        let mut end = first;
        let mut plain = String::from(&text[start..first]);
        let mut grouped = false;
        if first - start <= 3 {
            while let Some((separator, next)) = group_of_three(text, end, language) {
                plain.push_str(&text[end + separator..next]);
                (end, grouped) = (next, true);
            }
        }
        let mut decimal = false;
        if let Some(next) = decimals(text, end, language) {
            plain.push('.');
            plain.push_str(&text[end + 1..next]);
            (end, decimal) = (next, true);
        }
        let digits = if grouped || decimal { 0 } else { u8::try_from(first - start).unwrap_or(u8::MAX) };
        self.push(text, start, end, plain.parse().ok(), digits);
        end
    }
}

fn run_end(text: &str, start: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[start..].find(|c| !belongs(c)).map_or(text.len(), |n| start + n)
}

/// End of ".m." after a single letter, or the place given where nothing of the kind stands there.
fn dotted_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = from;
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic) {
        if bytes.get(end + 2).is_some_and(u8::is_ascii_alphabetic) {
            break;
        }
        end += 2;
    }
    if end > from && bytes.get(end) == Some(&b'.') { end + 1 } else { end }
}

/// Length of a separator of thousands at `at`, and the end of the three digits behind it.
fn group_of_three(text: &str, at: usize, language: Language) -> Option<(usize, usize)> {
    let separator = text[at..].chars().next()?;
    let allowed = match language {
        Language::French => matches!(separator, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.'),
        Language::English => matches!(separator, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
    };
    let from = at + separator.len_utf8();
    let end = run_end(text, from, |c| c.is_ascii_digit());
    (allowed && end - from == 3).then_some((separator.len_utf8(), end))
}

/// End of the decimals behind a comma or point at `at`.
fn decimals(text: &str, at: usize, language: Language) -> Option<usize> {
    let point = if language == Language::French { b',' } else { b'.' };
    if text.as_bytes().get(at) != Some(&point) {
        return None;
    }
    let end = run_end(text, at + 1, |c| c.is_ascii_digit());
    (end > at + 1).then_some(end)
}

/// Appends a word in lower case without accents, its apostrophes straight.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => out.push(c),
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'À' | 'Â' | 'Ä' | 'Á' => out.push('a'),
            'ç' | 'Ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => out.push('e'),
            'î' | 'ï' | 'í' | 'Î' | 'Ï' => out.push('i'),
            'ô' | 'ö' | 'ó' | 'Ô' | 'Ö' => out.push('o'),
            'û' | 'ù' | 'ü' | 'ú' | 'Û' | 'Ù' | 'Ü' => out.push('u'),
            'œ' | 'Œ' => out.push_str("oe"),
            '’' | '‘' => out.push('\''),
            '–' | '—' | '‑' => out.push('-'),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// A word in lower case without accents.
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, language: Language) -> Vec<String> {
        let scan = Scan::new(text, language);
        (0..scan.words.len()).map(|i| scan.key(i).to_owned()).collect()
    }

    #[test]
    fn french_keeps_elisions_and_thousands() {
        assert_eq!(
            keys("Jusqu’à l'été, 10 000 aujourd’hui", Language::French),
            ["jusqu'", "a", "l'", "ete", ",", "10 000", "aujourd'hui"]
        );
        let scan = Scan::new("2,5 et 10.000", Language::French);
        assert_eq!(scan.words[0].number, Some(2.5));
        assert_eq!(scan.words[2].number, Some(10_000.0));
    }

    #[test]
    fn english_keeps_dotted_hours_and_thousands() {
        assert_eq!(keys("9 a.m. on Aug. 12", Language::English), ["9", "a.m.", "on", "aug", ".", "12"]);
        let scan = Scan::new("1,200 of 2.5", Language::English);
        assert_eq!(scan.words[0].number, Some(1200.0));
        assert_eq!(scan.words[2].number, Some(2.5));
        assert_eq!(Scan::new("in 2024", Language::English).words[1].digits, 4);
    }
}
