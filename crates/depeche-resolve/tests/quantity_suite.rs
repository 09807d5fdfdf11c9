//! Runs the literate tables under `tests/suite/quantity`.

use depeche_model::Language;
use depeche_resolve::quantity::{self, Unit};

const FRENCH: &str = include_str!("../../../tests/suite/quantity/fr.tsv");
const ENGLISH: &str = include_str!("../../../tests/suite/quantity/en.tsv");
const NONE: &str = include_str!("../../../tests/suite/quantity/none.tsv");

fn cases(table: &str) -> impl Iterator<Item = (usize, &str)> {
    table
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn name(unit: Option<Unit>) -> &'static str {
    match unit {
        None => "-",
        Some(Unit::Money(code)) => code,
        Some(Unit::Percent) => "percent",
        Some(Unit::Length) => "length",
        Some(Unit::Weight) => "weight",
        Some(Unit::Time) => "time",
        Some(Unit::Heat) => "heat",
        Some(Unit::Other) => "other",
    }
}

fn wrong(table: &str, language: Language) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in cases(table) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [marked, min, max, unit] = fields[..] else { panic!("line {number}: four fields are wanted") };
        let wanted = &marked[marked.find('[').unwrap() + 1..marked.find(']').unwrap()];
        let text = marked.replace(['[', ']'], "");
        let found = quantity::find(&text, language);
        let Some(got) = found.iter().find(|q| q.span.of(&text) == wanted) else {
            let all: Vec<&str> = found.iter().map(|q| q.span.of(&text)).collect();
            wrong.push(format!("line {number}: [{wanted}] not found, but {all:?}"));
            continue;
        };
        let end = |value: Option<u64>| value.map_or("-".to_owned(), |v| v.to_string());
        let (a, b, u) = (end(got.range.min), end(got.range.max), name(got.unit));
        if (a.as_str(), b.as_str(), u) != (min, max, unit) {
            wrong.push(format!("line {number}: [{wanted}] is {a}..{b} {u}, wanted {min}..{max} {unit}"));
        }
    }
    wrong
}

#[test]
fn french_numbers_have_their_bounds() {
    let wrong = wrong(FRENCH, Language::French);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_numbers_have_their_bounds() {
    let wrong = wrong(ENGLISH, Language::English);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_ranks_and_dates_count_nothing() {
    for (number, line) in cases(NONE) {
        let (language, text) = line.split_once('\t').unwrap();
        let found = quantity::find(text, language.parse().unwrap());
        let all: Vec<&str> = found.iter().map(|q| q.span.of(text)).collect();
        assert!(all.is_empty(), "line {number}: {text:?} has {all:?}");
    }
}
