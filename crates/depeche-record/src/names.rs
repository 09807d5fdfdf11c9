//! Names that French and English spell apart: states with their people and capitals, and international bodies.
//!
//! `Allemagne` and `German`, `OTAN` and `NATO` share no letters to go by. The tables of the lexicon that tell parties give both forms, so
//! they are read here as well: every form leads to one **label**, the state's code or the body's name, whatever the language.

use std::sync::LazyLock;

use depeche_model::Country;
use rustc_hash::FxHashMap;

use crate::words::fold;

/// Most words of a form that is looked for.
pub(crate) const LONGEST: usize = 5;

/// What a form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Code of the state, or name of the body.
    pub label: &'static str,
    /// The state, where it is one (or the United Nations, or the European Union).
    pub state: Option<Country>,
}

/// A form as the table writes it. Two of one spelling and other meanings mean nothing.
struct Form {
    named: Option<Named>,
    /// As written, where its capitals tell it from a word: `US`, `UN`.
    exact: Option<&'static str>,
    /// Whether it is written with a capital.
    capital: bool,
}

/// What words that follow one another stand for, as one name: those as written, and the same folded with a blank between.
pub(crate) fn lookup(written: &[&str], folded: &str) -> Option<Named> {
    let form = FORMS.get(folded)?;
    let first = written.first()?;
    if form.exact.is_some_and(|exact| exact != *first) {
        return None;
    }
    let fits = !form.capital || first.chars().next().is_some_and(char::is_uppercase);
    form.named.filter(|_| fits)
}

static FORMS: LazyLock<FxHashMap<String, Form>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    let states = include_str!("../../../lexicon/actors/states.tsv");
    for fields in rows(states) {
        // Names, adjectives, people, capitals and nicknames; what follows needs the state named elsewhere.
        let Some(state) = fields.first().and_then(|code| Country::new(code)) else { continue };
        for form in fields.iter().skip(1).take(5).flat_map(|cell| spelled(cell)) {
            keep(&mut forms, form, Named { label: fields[0], state: Some(state) });
        }
    }
    let bodies = include_str!("../../../lexicon/actors/bodies.tsv");
    for fields in rows(bodies) {
        let [name, cell, code, ..] = fields[..] else { continue };
        let whole = matches!(name, "United Nations" | "European Union").then(|| Country::new(code)).flatten();
        let label = whole.map_or(name, |_| code);
        for form in spelled(cell) {
            keep(&mut forms, form, Named { label, state: whole });
        }
    }
    forms
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// The forms in a cell, without the language before each.
fn spelled(cell: &'static str) -> impl Iterator<Item = &'static str> {
    let bare = |form: &'static str| form.trim_start_matches("fr:").trim_start_matches("en:");
    cell.split(';').map(str::trim).filter(|form| !form.is_empty()).map(bare)
}

fn keep(forms: &mut FxHashMap<String, Form>, form: &'static str, named: Named) {
    let words: Vec<String> = form.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold).collect();
    if words.is_empty() || words.len() > LONGEST {
        return;
    }
    let capitals = form.len() < 6 && form.chars().all(char::is_uppercase);
    let this = Form {
        named: Some(named),
        exact: capitals.then_some(form),
        capital: form.chars().next().is_some_and(char::is_uppercase),
    };
    let known = forms.entry(words.join(" ")).or_insert(this);
    if known.named != Some(named) {
        known.named = None;
    }
    known.capital &= form.chars().next().is_some_and(char::is_uppercase);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<&'static str> {
        let words: Vec<&str> = text.split(' ').collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        lookup(&words, &folded.join(" ")).map(|named| named.label)
    }

    #[test]
    fn both_languages_lead_to_one_label() {
        for (french, english) in [
            ("Allemagne", "German"),
            ("Londres", "London"),
            ("nord coréen", "North Korean"),
            ("Union européenne", "European Union"),
            ("OMS", "World Health Organization"),
        ] {
            assert!(label(french).is_some(), "{french} is not known");
            assert_eq!(label(french), label(english), "{french}, {english}");
        }
    }

    #[test]
    fn words_are_no_names() {
        for word in ["Un", "us", "qui"] {
            assert_eq!(label(word), None, "{word}");
        }
        assert_eq!(label("UN"), Some("UNO"));
    }
}
