//! Words made comparable between tellings, and between two languages.
//!
//! Four kinds survive translation. **States** are known by every form that the lexicon gives them ([`names`]). **Names** keep their consonants: `Soumy` and `Sumy`, `Nabatiyé` and `Nabatieh` have one
//! [skeleton](skeleton). **Numbers** keep their digits, however they are grouped. **Words** of one root mostly keep their
//! first letters (`diplomate`, `diplomat`), and the rest of the vocabulary of politics stands in a small table of two
//! columns, `lexicon/words/bilingual.tsv`.

use std::sync::LazyLock;

use depeche_model::Country;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::names;

/// A piece of text, made comparable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Term {
    /// A state, its people or its capital; the United Nations or the European Union.
    State(Country),
    /// Skeleton of a capitalised word, or name of an international body.
    Name(String),
    /// A number of two digits or more.
    Number(String),
    /// Root of any other word of four letters or more: its line in the bilingual table, or its first letters.
    Root(String),
}

/// Names and numbers of a whole article, sorted: what its story is about, whatever the language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile(Vec<u64>);

/// Least length of a skeleton in a profile, in letters: shorter ones fit too many names.
const TELLING: usize = 3;

impl Profile {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let mut all: Vec<u64> = terms(text)
            .into_iter()
            .filter_map(|term| match term {
                Term::State(state) => Some(state.to_string()),
                Term::Name(name) if name.len() >= TELLING => Some(name),
                Term::Number(number) if number.len() > 1 && !is_year(&number) => Some(number),
                _ => None,
            })
            .map(|term| twox_hash::XxHash64::oneshot(0, term.as_bytes()))
            .collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Terms that both have, and the size of the smaller.
    pub(crate) fn shared(&self, other: &Self) -> (usize, usize) {
        let both = self.0.iter().filter(|term| other.0.binary_search(term).is_ok()).count();
        (both, self.0.len().min(other.0.len()))
    }
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Words of a text as terms, sorted, each once.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let (pieces, mut all) = (pieces(text), Vec::new());
    let (mut at, mut first) = (0, true);
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Number(digits) => all.extend((digits.len() > 1).then(|| Term::Number(digits.clone()))),
            Piece::Word(word) => {
                if let Some((term, words)) = known(&pieces[at - 1..]) {
                    all.push(term);
                    at += words - 1;
                } else {
                    all.extend(self::term(word, first));
                }
            }
            Piece::End => {
                first = true;
                continue;
            }
        }
        first = false;
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The longest name of a state or body that a text begins with, and its number of words.
fn known<'a>(pieces: &[Piece<'a>]) -> Option<(Term, usize)> {
    let word = |piece: &Piece<'a>| if let Piece::Word(word) = piece { Some(*word) } else { None };
    let written: Vec<&str> = pieces.iter().take(names::LONGEST).map_while(word).collect();
    let folded: Vec<String> = written.iter().map(|word| fold(word)).collect();
    (1..=written.len()).rev().find_map(|n| {
        let named = names::lookup(&written[..n], &folded[..n].join(" "))?;
        let term = named.state.map_or_else(|| Term::Name(named.label.to_owned()), Term::State);
        Some((term, n))
    })
}

/// A word as a term. At the head of a sentence a capital says nothing, unless the bilingual table lacks the word.
fn term(word: &str, first: bool) -> Option<Term> {
    let plain = fold(word);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let known = root(&plain);
    if capital && !(first && known.is_some()) && !is_common(&plain) {
        let bones = skeleton(&plain);
        return (bones.len() > 1).then_some(Term::Name(bones));
    }
    if plain.chars().count() < 4 || is_common(&plain) {
        return None;
    }
    Some(Term::Root(known.map_or_else(|| prefix(&plain), ToOwned::to_owned)))
}

/// Letters of a root: enough to tell words apart, few enough for two languages' endings.
const PREFIX: usize = 5;

fn prefix(plain: &str) -> String {
    plain.chars().take(PREFIX).collect()
}

enum Piece<'a> {
    Word(&'a str),
    Number(String),
    End,
}

/// Cuts at whatever is no letter or digit; `1 200`, `1,200` and `1.200` are one number.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let (digits, used) = number(rest);
            all.push(Piece::Number(digits));
            rest = &rest[used..];
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            all.push(Piece::Word(&rest[..end]));
            rest = &rest[end..];
        } else {
            if matches!(c, '.' | '!' | '?' | '\n' | '«' | '“' | '"') {
                all.push(Piece::End);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    all
}

/// Digits of a number at the head of a text, groups of three joined, and the bytes that it takes.
fn number(text: &str) -> (String, usize) {
    let run = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let head = run(text);
    let mut used = head;
    let mut digits = text[..used].to_owned();
    while digits.len() <= 15 && used > 0 {
        let Some(separator) =
            text[used..].chars().next().filter(|c| matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}'))
        else {
            break;
        };
        let next = used + separator.len_utf8();
        let group = run(&text[next..]);
        if group != 3 || head > 3 {
            break;
        }
        digits.push_str(&text[next..next + group]);
        used = next + group;
    }
    (digits, used)
}

/// Small letters without accents.
pub(crate) fn fold(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Consonants of a folded name, by sound as both languages spell it: `moustafaiev` and `mustafayev` are `mstfv`. A plural
/// or French feminine ending falls with its vowel; names of one or two consonants keep their vowels.
pub(crate) fn skeleton(plain: &str) -> String {
    let spelled = [
        ("tch", "s"),
        ("sch", "s"),
        ("ch", "s"),
        ("sh", "s"),
        ("ph", "f"),
        ("ck", "k"),
        ("dj", "j"),
        ("ou", "u"),
        ("w", "v"),
    ];
    let sound = spelled.iter().fold(plain.to_owned(), |name, (from, to)| name.replace(from, to));
    let mut bones = String::new();
    for c in sound.chars() {
        let one = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            'c' | 'q' => 'k',
            'z' | 'x' => 's',
            other => other,
        };
        if !bones.ends_with(one) {
            bones.push(one);
        }
    }
    if bones.len() < TELLING { sound.trim_end_matches(['e', 's']).to_owned() } else { bones }
}

static BILINGUAL: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../lexicon/words/bilingual.tsv");
    let mut roots = FxHashMap::default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((french, english)) = line.split_once('\t') else { continue };
        let name = english.split(',').next().unwrap_or(english).trim();
        for word in french.split(',').chain(english.split(',')) {
            roots.insert(prefix(&stem(&fold(word.trim()))), name);
        }
    }
    roots
});

/// Line of the bilingual table that a folded word stands in, by its first English word.
fn root(plain: &str) -> Option<&'static str> {
    BILINGUAL.get(&prefix(&stem(plain))).copied()
}

/// A word without the endings of number and gender, roughly; only ever compared with other stems.
fn stem(plain: &str) -> String {
    let short = plain.strip_suffix("aux").map_or_else(|| plain.to_owned(), |head| format!("{head}al"));
    let short = short.trim_end_matches('s');
    let bare = short.strip_suffix('e').filter(|_| short.len() > 4);
    bare.unwrap_or(short).to_owned()
}

/// Words without weight: they stand in every clause.
fn is_common(plain: &str) -> bool {
    COMMON.contains(plain)
}

static COMMON: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "about after also aout apres april aussi avait avant avec avoir avril been before being cette comme contre dans \
     december decembre deux dimanche dont elle elles entre est etait ete etre february fevrier five four friday \
     from have he hers heures his hours ils in into it its january janvier jeudi jour juillet juin july june la \
     last le les leur leurs lors lundi mai mais march mardi mars mercredi monday more most november novembre \
     october octobre over par pendant plus pour quatre quelque said same samedi sans saturday selon sept september \
     septembre ses seven several some sont sous sunday sur than that their them they this three thursday tout trois \
     tuesday une vendredi wednesday week were when where which while will with would"
        .split_whitespace()
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_bones_in_both_languages() {
        for (french, english) in [
            ("Soumy", "Sumy"),
            ("Nabatiyé", "Nabatieh"),
            ("Moustafaïev", "Mustafayev"),
            ("Chahin", "Shahin"),
            ("Zelenski", "Zelensky"),
        ] {
            assert_eq!(skeleton(&fold(french)), skeleton(&fold(english)), "{french}, {english}");
        }
        assert_ne!(skeleton(&fold("Thalia")), skeleton(&fold("Ocean")));
    }

    #[test]
    fn grouped_digits_are_one_number() {
        for text in ["1200", "1 200", "1,200", "1\u{202f}200"] {
            assert_eq!(terms(text), [Term::Number("1200".to_owned())], "{text}");
        }
        assert_eq!(terms("in 2024, 300 men").len(), 2, "a year and a number stay two");
    }

    #[test]
    fn words_of_one_line_are_one_root() {
        assert_eq!(root("petroliers"), root("tanker"));
        assert!(root("petrolier").is_some());
    }
}
