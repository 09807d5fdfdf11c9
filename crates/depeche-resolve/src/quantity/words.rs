//! The table of what numbers count, read from `lexicon/words/counted.*.txt`.

use std::sync::LazyLock;

use depeche_model::{Diagnostic, Language};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::scan::fold;

const FRENCH: &str = include_str!("../../../../lexicon/words/counted.fr.txt");
const ENGLISH: &str = include_str!("../../../../lexicon/words/counted.en.txt");

static TABLES: LazyLock<[Words; 2]> = LazyLock::new(|| {
    [("counted.fr.txt", FRENCH), ("counted.en.txt", ENGLISH)]
        .map(|(file, text)| Words::read(file, text).unwrap_or_default())
});

/// What a number measures, where it does not count people or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Money, by ISO 4217 code.
    Money(&'static str),
    /// Hundredths.
    Percent,
    /// Length or area.
    Length,
    /// Weight.
    Weight,
    /// Time, ages included.
    Time,
    /// Degrees.
    Heat,
    /// Things that are neither people nor money: weapons, vehicles, votes, places.
    Other,
}

/// What a word does beside a number or a victim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Unit(Unit),
    Mark(Unit),
    About,
    Least,
    Most,
    Between,
    Person,
    Dead,
    Hurt,
    Kill,
    Die,
    Injure,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(crate) struct Words {
    kinds: FxHashMap<String, Vec<Kind>>,
}

impl Words {
    /// The embedded table of a language.
    pub fn of(language: Language) -> &'static Self {
        &TABLES[usize::from(language == Language::English)]
    }

    /// Whether a word, in any spelling, is of a kind.
    pub fn is(&self, word: &str, kind: Kind) -> bool {
        self.kinds(&fold(word)).contains(&kind)
    }

    /// Kinds of a folded word.
    pub fn kinds(&self, key: &str) -> &[Kind] {
        self.kinds.get(key).map_or(&[], Vec::as_slice)
    }

    /// Reads a table; see the head of `counted.fr.txt` for the form.
    pub fn read(file: &str, text: &'static str) -> Result<Self, Diagnostic> {
        let mut kinds: FxHashMap<String, Vec<Kind>> = FxHashMap::default();
        for (index, line) in text.lines().enumerate() {
            let mut fields = line.split('#').next().unwrap_or("").split_whitespace();
            let (Some(head), value) = (fields.next(), fields.next().unwrap_or("-")) else { continue };
            let kind = kind(head, value).ok_or_else(|| {
                Diagnostic::error(file, format!("`{head} {value}` is no kind of word"))
                    .at(index as u32 + 1, 1)
                    .hint("write: kind, value or -, forms; the kinds stand at the head of counted.fr.txt")
            })?;
            for form in fields {
                kinds.entry(fold(form)).or_default().push(kind);
            }
        }
        Ok(Self { kinds })
    }
}

fn kind(head: &str, value: &'static str) -> Option<Kind> {
    let code = value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase());
    Some(match head {
        "money" if code => Kind::Unit(Unit::Money(value)),
        "mark" if code => Kind::Mark(Unit::Money(value)),
        "percent" => Kind::Unit(Unit::Percent),
        "length" => Kind::Unit(Unit::Length),
        "weight" => Kind::Unit(Unit::Weight),
        "time" => Kind::Unit(Unit::Time),
        "heat" => Kind::Unit(Unit::Heat),
        "other" => Kind::Unit(Unit::Other),
        "about" => Kind::About,
        "least" => Kind::Least,
        "most" => Kind::Most,
        "between" => Kind::Between,
        "person" => Kind::Person,
        "dead" => Kind::Dead,
        "hurt" => Kind::Hurt,
        "kill" => Kind::Kill,
        "die" => Kind::Die,
        "injure" => Kind::Injure,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_read() {
        Words::read("counted.fr.txt", FRENCH).unwrap();
        Words::read("counted.en.txt", ENGLISH).unwrap();
        assert_eq!(Words::read("t", "\nodd - x").unwrap_err().line, 2);
    }
}
