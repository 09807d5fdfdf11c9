//! Numbers in digits and in words, of French and English alike.
//!
//! Both languages build a number the same way: units add up, hundreds multiply what stands before them, thousands and
//! more close a group. What differs (quatre-vingt, "and", hyphens) is a handful of words in `lexicon/words/numbers.*.txt`
//! and two lines here. A number is exact here; "about", "more than" and the like are read by [`crate::quantity`].

use std::sync::LazyLock;

use depeche_model::{Diagnostic, Language};
use rustc_hash::FxHashMap;

use crate::scan::{Scan, fold};

const FRENCH: &str = include_str!("../../../lexicon/words/numbers.fr.txt");
const ENGLISH: &str = include_str!("../../../lexicon/words/numbers.en.txt");

static TABLES: LazyLock<[Numerals; 2]> = LazyLock::new(|| {
    [("numbers.fr.txt", FRENCH), ("numbers.en.txt", ENGLISH)]
        .map(|(file, text)| Numerals::read(file, text).unwrap_or_default())
});

/// What a number word does to the number that is being read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Value(f64),
    Article,
    Times(f64),
    Round(f64),
    Some(f64),
    Vague,
}

/// How a number was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Exactly, in digits or words.
    Exact,
    /// By a rounded noun: "une trentaine", "a dozen".
    Round,
    /// By an indefinite plural: "des centaines", "dozens"; the value is the least that it can mean.
    AtLeast,
    /// By an article alone: "a", "une".
    Article,
    /// Not at all: "quelques", "several"; the value is 0.
    Vague,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// Its value.
    pub value: f64,
    /// Index of the word after it.
    pub end: usize,
    /// How it was told.
    pub told: Told,
}

/// The number words of one language.
#[derive(Debug, Default)]
pub(crate) struct Numerals {
    words: FxHashMap<String, Part>,
}

impl Numerals {
    /// The embedded table of a language.
    pub fn of(language: Language) -> &'static Self {
        &TABLES[usize::from(language == Language::English)]
    }

    /// Reads a table; see the head of the shipped ones for the form.
    pub fn read(file: &str, text: &str) -> Result<Self, Diagnostic> {
        let mut words = FxHashMap::default();
        for (index, line) in text.lines().enumerate() {
            let mut fields = line.split('#').next().unwrap_or("").split_whitespace();
            let Some(kind) = fields.next() else { continue };
            let at = |message: String| Diagnostic::error(file, message).at(index as u32 + 1, 1);
            let value: f64 = fields
                .next()
                .and_then(|field| field.parse().ok())
                .ok_or_else(|| at(format!("`{kind}` needs a number")).hint("write: kind, value, forms"))?;
            let part = match kind {
                "value" => Part::Value(value),
                "article" => Part::Article,
                "times" => Part::Times(value),
                "round" => Part::Round(value),
                "some" => Part::Some(value),
                "vague" => Part::Vague,
                _ => return Err(at(format!("`{kind}` is no kind of number word")).hint("see the head of the file")),
            };
            for form in fields {
                words.entry(fold(form)).or_insert(part);
            }
        }
        Ok(Self { words })
    }

    /// Whether a word can begin a number.
    pub fn begins(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// Every word of the table, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The longest number that begins at a word.
    pub fn at(&self, scan: &Scan, start: usize) -> Option<Numeral> {
        let mut reading = Reading { numerals: self, scan, total: 0.0, current: 0.0, last: None, told: Told::Exact };
        let mut end = reading.first(start)?;
        while reading.told != Told::Vague && reading.told != Told::AtLeast {
            let joined = reading.skip_joint(end);
            match reading.next(joined) {
                Some(next) => end = next,
                None => break,
            }
        }
        Some(Numeral { value: reading.total + reading.current, end, told: reading.told })
    }
}

/// A number half read.
struct Reading<'a> {
    numerals: &'a Numerals,
    scan: &'a Scan,
    total: f64,
    current: f64,
    last: Option<f64>,
    told: Told,
}

impl Reading<'_> {
    fn part(&self, at: usize) -> Option<Part> {
        self.numerals.words.get(self.scan.key(at)).copied()
    }

    /// The first word: digits or a number word.
    fn first(&mut self, at: usize) -> Option<usize> {
        let word = self.scan.words.get(at)?;
        if let Some(value) = word.number {
            self.current = value;
            return Some(at + 1);
        }
        match self.part(at)? {
            Part::Value(value) => (self.current, self.last) = (value, Some(value)),
            Part::Times(value) if value <= 1000.0 && self.scan.key(at).len() > 3 => self.current = value,
            Part::Article => (self.current, self.told) = (1.0, Told::Article),
            Part::Some(value) => (self.current, self.told) = (value, Told::AtLeast),
            Part::Vague => self.told = Told::Vague,
            Part::Times(_) | Part::Round(_) => return None,
        }
        Some(at + 1)
    }

    /// Past a hyphen or an "et"/"and" that joins two number words; the place given where neither stands there.
    fn skip_joint(&self, at: usize) -> usize {
        let written = self.last.is_some() || self.current >= 100.0;
        match self.scan.key(at) {
            "-" if written && self.scan.words[at].glued => at + 1,
            "et" if self.last.is_some_and(|v| v >= 20.0) => at + 1,
            "and" if self.current >= 100.0 && self.last.is_none() && is(self.current % 100.0, 0.0) => at + 1,
            _ => at,
        }
    }

    /// A further word; `None` where the number ends.
    fn next(&mut self, at: usize) -> Option<usize> {
        match self.part(at)? {
            Part::Value(value) if self.told == Told::Exact => self.add(value)?,
            Part::Article if self.told == Told::Exact && self.last.is_some_and(|v| v >= 20.0) => self.add(1.0)?,
            Part::Times(value) => self.multiply(value),
            Part::Round(value) => {
                self.multiply(value);
                self.told = Told::Round;
            }
            Part::Some(value) if self.told == Told::Exact && value >= 1000.0 => self.multiply(value),
            _ => return None,
        }
        Some(at + 1)
    }

    /// A unit behind tens, or anything under a hundred behind hundreds and thousands.
    fn add(&mut self, value: f64) -> Option<()> {
        let fits = match self.last {
            // "quatre-vingt".
            Some(four) if is(four, 4.0) && is(value, 20.0) => {
                self.current += 76.0;
                self.last = Some(80.0);
                return Some(());
            }
            Some(ten) if is(ten, 10.0) => (7.0..10.0).contains(&value),
            // "soixante-dix", "quatre-vingt-dix-huit".
            Some(tens) if is(tens, 60.0) || is(tens, 80.0) => value < 20.0,
            Some(tens) => tens >= 20.0 && value < 10.0,
            None => value < 100.0 && (self.total > 0.0 || self.current >= 100.0) && is(self.current % 100.0, 0.0),
        };
        if !fits || is(value, 0.0) {
            return None;
        }
        self.current += value;
        self.last = Some(value);
        Some(())
    }

    fn multiply(&mut self, value: f64) {
        if value >= 1000.0 {
            self.total += if is(self.current, 0.0) { value } else { self.current * value };
            self.current = 0.0;
        } else {
            self.current = if is(self.current, 0.0) { value } else { self.current * value };
        }
        self.last = None;
        if self.told == Told::Article {
            self.told = Told::Exact;
        }
    }
}

/// Whether two whole numbers are the same.
fn is(value: f64, whole: f64) -> bool {
    (value - whole).abs() < 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, language: Language) -> Option<f64> {
        let scan = Scan::new(text, language);
        let numeral = Numerals::of(language).at(&scan, 0)?;
        assert_eq!(numeral.end, scan.words.len(), "{text} was not read whole");
        Some(numeral.value)
    }

    #[test]
    fn tables_read() {
        Numerals::read("fr", FRENCH).unwrap();
        Numerals::read("en", ENGLISH).unwrap();
        assert!(Numerals::read("t", "odd 3 x").unwrap_err().to_string().contains("t:1:1"));
    }

    #[test]
    fn french_numbers() {
        for (text, expected) in [
            ("dix-sept", 17.0),
            ("vingt et un", 21.0),
            ("soixante-quinze", 75.0),
            ("quatre-vingt-dix-huit", 98.0),
            ("quatre-vingts", 80.0),
            ("deux cent trente", 230.0),
            ("trois mille cinq cents", 3500.0),
            ("2,5 millions", 2_500_000.0),
            ("une trentaine", 30.0),
            ("10 000", 10_000.0),
            ("mille deux", 1002.0),
            ("un millier", 1000.0),
            ("cent vingt", 120.0),
            ("deux milliards", 2_000_000_000.0),
        ] {
            assert_eq!(value(text, Language::French), Some(expected), "{text}");
        }
    }

    #[test]
    fn english_numbers() {
        for (text, expected) in [
            ("twenty-three", 23.0),
            ("two hundred and six", 206.0),
            ("1,200", 1200.0),
            ("a hundred", 100.0),
            ("a dozen", 12.0),
            ("2.5 million", 2_500_000.0),
            ("one thousand two hundred", 1200.0),
            ("hundreds", 100.0),
        ] {
            assert_eq!(value(text, Language::English), Some(expected), "{text}");
        }
    }
}
