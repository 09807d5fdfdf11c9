//! What a table must hold for its answers to be right: codes that exist, dates where an office has them, one holder at
//! a time where an office has one.

use std::collections::BTreeMap;

use depeche_model::{Country, Diagnostic};
use jiff::{ToSpan as _, civil::Date};
use rustc_hash::FxHashSet;

use super::{Directory, Entry, EntryKind, Term};

/// Offices that one person holds at a time; a term in one needs its dates.
const SINGLE: [&str; 4] = ["head-of-state", "head-of-government", "foreign-minister", "defence-minister"];
/// Codes of PLOVER that are no state, Kosovo, and the codes of ISO 3166-3 for states that are no more.
const BODIES: [&str; 12] = ["UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "XKX", "SUN", "YUG", "SCG", "CSK", "DDR"];
/// States whose head is a college.
const COLLEGES: [&str; 4] = ["BIH", "SMR", "AND", "CHE"];
/// Days by which two terms may touch: an outgoing holder hands over on the day that the next one enters.
const HANDOVER: i64 = 7;
/// The same where a day is known to the month or year only, and stands for the widest span.
const LOOSE: i64 = 366;

/// A person and one term of theirs.
type Held<'d> = (&'d Entry, &'d Term);

/// Everything that is wrong with the tables of a directory, in the order of their names and lines; empty when all is well.
pub fn check(directory: &Directory) -> Vec<Diagnostic> {
    let mut found = directory.problems().to_vec();
    let states: FxHashSet<Country> = states(directory);
    let mut terms: BTreeMap<(&str, Country, &str), Vec<Held<'_>>> = BTreeMap::new();
    for entry in directory.entries() {
        if let Some(country) = entry.country.filter(|c| !states.contains(c)) {
            found.push(unknown(entry, entry.line, country));
        }
        for term in &entry.terms {
            term_alone(entry, term, &states, &mut found);
            if SINGLE.contains(&term.office.as_str()) && term.country.is_state() {
                terms
                    .entry((entry.table.as_str(), term.country, term.office.as_str()))
                    .or_default()
                    .push((entry, term));
            }
        }
    }
    for ((_, country, office), mut held) in terms {
        held.sort_by_key(|(_, term)| (term.from, term.line));
        for pair in held.windows(2) {
            found.extend(overlap(country, office, pair[0], pair[1]));
        }
    }
    found.sort_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)));
    found
}

fn states(directory: &Directory) -> FxHashSet<Country> {
    let named = directory.entries().iter().filter(|e| e.kind == EntryKind::State).filter_map(|e| Country::new(&e.name));
    named.chain(BODIES.iter().filter_map(|code| Country::new(code))).collect()
}

fn unknown(entry: &Entry, line: u32, country: Country) -> Diagnostic {
    let message = format!("`{}` belongs to `{country}`, which the table of states does not have", entry.name);
    Diagnostic::error(entry.table.as_str(), message)
        .at(line, 1)
        .hint("write a code of actors/states.tsv, or UNO, EUR, IGO, NGO, MNC, IMG")
}

/// What one term alone can get wrong.
fn term_alone(entry: &Entry, term: &Term, states: &FxHashSet<Country>, found: &mut Vec<Diagnostic>) {
    if !states.contains(&term.country) && Some(term.country) != entry.country {
        found.push(unknown(entry, term.line, term.country));
    }
    if term.from.is_some_and(|from| term.to.is_some_and(|to| to < from)) {
        let message = format!("the term of `{}` ends before it starts", entry.name);
        found.push(Diagnostic::error(entry.table.as_str(), message).at(term.line, 1).hint("swap `from` and `to`"));
    }
    if SINGLE.contains(&term.office.as_str()) && term.country.is_state() && term.from.is_none() {
        let message = format!("`{}` holds {} without a first day", entry.name, term.office);
        found.push(
            Diagnostic::error(entry.table.as_str(), message)
                .at(term.line, 1)
                .hint("fill `from`: a day, a month or a year"),
        );
    }
}

/// Two holders of one office at one time.
fn overlap(country: Country, office: &str, first: Held<'_>, second: Held<'_>) -> Option<Diagnostic> {
    if first.0.name == second.0.name || COLLEGES.contains(&country.as_str()) && office == "head-of-state" {
        return None;
    }
    let starts = second.1.from?;
    let ends = first.1.to.unwrap_or(Date::MAX);
    let loose = first.1.loose || second.1.loose;
    let allowed = starts.checked_add(if loose { LOOSE } else { HANDOVER }.days()).unwrap_or(Date::MAX);
    (ends > allowed).then(|| {
        let until = first.1.to.map_or_else(|| "no end".to_owned(), |to| to.to_string());
        let message = format!(
            "{office} of {country}: `{}` from {starts} overlaps `{}` ({until}, line {})",
            second.0.name, first.0.name, first.1.line
        );
        Diagnostic::error(second.0.table.as_str(), message)
            .at(second.1.line, 1)
            .hint("end the earlier term, or give the acting holder its own line")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "name\tforms\tshort\tcountry\tsector\toffice\tfrom\tto\twikidata\n";
    const STATES: (&str, &str) = ("states.tsv", "code\tnames\tadjectives\tpeople\tcapitals\tnicknames\nFRA\tFrance\n");

    fn messages(rows: &str) -> Vec<String> {
        let text = format!("{HEADER}{rows}");
        let directory = Directory::from_tables([STATES, ("p.tsv", text.as_str())]);
        check(&directory).into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn two_holders_at_one_time_are_reported() {
        let found =
            messages("A A\t\t\tFRA\tGOV\thead-of-state\t2000\t2006\nB B\t\t\tFRA\tGOV\thead-of-state\t2005-01-01\t\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("overlaps"));
    }

    #[test]
    fn a_handover_is_no_overlap() {
        let rows = "A A\t\t\tFRA\tGOV\thead-of-state\t2000\t2005-05\nB B\t\t\tFRA\tGOV\thead-of-state\t2005-05-14\t\n";
        assert!(messages(rows).is_empty());
    }

    #[test]
    fn unknown_codes_dates_and_lines_are_reported() {
        assert!(messages("A A\t\t\tQQQ\tGOV\t\t\t\n")[0].contains("QQQ"));
        assert!(messages("A A\t\t\tFRA\tGOV\thead-of-state\t\t\n")[0].contains("without a first day"));
        assert!(messages("A A\t\t\tFRA\tGOV\tminister\t2001\t2000\n")[0].contains("before it starts"));
        assert!(messages("A A\t\t\tFRA\tNIL\t\t\t\n")[0].contains("no sector"));
        assert!(messages("A A\t\t\tFRA\tGOV\t\tsoon\t\n")[0].contains("no date"));
    }

    #[test]
    fn the_shipped_tables_pass() {
        let found = check(&Directory::embedded());
        let shown: Vec<String> = found.iter().take(2000).map(ToString::to_string).collect();
        assert!(found.is_empty(), "{} problems:\n{}", found.len(), shown.join("\n"));
    }
}
