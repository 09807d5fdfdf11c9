//! Runs the literate tables under `tests/suite/when`.

use depeche_model::Language;
use depeche_resolve::when;
use jiff::civil::Date;

const FRENCH: &str = include_str!("../../../tests/suite/when/fr.tsv");
const ENGLISH: &str = include_str!("../../../tests/suite/when/en.tsv");
const NONE: &str = include_str!("../../../tests/suite/when/none.tsv");
const STORY: &str = include_str!("../../../tests/suite/when/story.tsv");

/// Lines of a table that hold a case, with their numbers.
fn cases(table: &str) -> impl Iterator<Item = (usize, &str)> {
    table
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn run(table: &str, language: Language) -> (usize, Vec<String>) {
    let mut published: Date = "2025-08-13".parse().unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for (number, line) in cases(table) {
        if let Some(day) = line.strip_prefix("@ ") {
            published = day.trim().parse().unwrap();
            continue;
        }
        count += 1;
        let fields: Vec<&str> = line.split('\t').collect();
        let [marked, value, days] = fields[..] else { panic!("line {number}: three fields are wanted") };
        let wanted = &marked[marked.find('[').unwrap() + 1..marked.find(']').unwrap()];
        let text = marked.replace(['[', ']'], "");
        let found = when::timeline(&text, language, published);
        let got =
            found.iter().map(|t| (t.expression.span.of(&text), t.resolved.as_ref())).find(|(span, _)| *span == wanted);
        let Some((_, Some(resolved))) = got else {
            let all: Vec<&str> = found.iter().map(|t| t.expression.span.of(&text)).collect();
            wrong.push(format!("line {number}: [{wanted}] not found in {text:?}, but {all:?}"));
            continue;
        };
        let dates = resolved.dates.map_or("-".to_owned(), |d| {
            if d.start == d.end { d.start.to_string() } else { format!("{}..{}", d.start, d.end) }
        });
        if resolved.value != value || dates != days {
            wrong.push(format!("line {number}: [{wanted}] is {} {dates}, wanted {value} {days}", resolved.value));
        }
    }
    (count, wrong)
}

#[test]
fn french_expressions_mean_their_days() {
    let (count, wrong) = run(FRENCH, Language::French);
    assert!(count >= 150, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_expressions_mean_their_days() {
    let (count, wrong) = run(ENGLISH, Language::English);
    assert!(count >= 150, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn look_alikes_are_no_expressions() {
    for (number, line) in cases(NONE) {
        let (language, text) = line.split_once('\t').unwrap();
        let found = when::find(text, language.parse().unwrap());
        let all: Vec<&str> = found.iter().map(|t| t.span.of(text)).collect();
        assert!(all.is_empty(), "line {number}: {text:?} has {all:?}");
    }
}

#[test]
fn stories_carry_their_dates() {
    for (number, line) in cases(STORY) {
        let fields: Vec<&str> = line.split('\t').collect();
        let found = when::timeline(fields[2], fields[1].parse().unwrap(), fields[0].parse().unwrap());
        let values: Vec<&str> = found.iter().map(|t| t.resolved.as_ref().map_or("?", |r| &r.value)).collect();
        assert_eq!(values.join(" "), fields[3], "line {number}: {}", fields[2]);
    }
}

#[test]
fn a_question_is_answered_with_reason_and_runner_up() {
    let answer = when::lookup("mardi", Language::French, "2025-08-13".parse().unwrap()).unwrap();
    assert_eq!(answer.resolved.value, "2025-08-12");
    assert!(answer.resolved.reason.contains("last one"), "{}", answer.resolved.reason);
    assert_eq!(answer.runner_up.unwrap().value, "2025-08-19");
    assert!(when::lookup("rien de tel", Language::French, "2025-08-13".parse().unwrap()).is_none());
}

#[test]
fn no_calendar_holds_it() {
    let published = "2025-08-13".parse().unwrap();
    for (language, text) in [
        (Language::French, "Il est mort il y a 99999999999 jours."),
        (Language::French, "Il partira dans 99999999999 ans."),
        (Language::French, "Il est mort le 31 février 2025."),
        (Language::English, "He died 99999999999 weeks ago."),
        (Language::English, "He died on February 29, 2023."),
    ] {
        let found = when::timeline(text, language, published);
        assert!(!found.is_empty(), "{text:?} has no expression");
        assert!(found.iter().all(|t| t.resolved.as_ref().is_none_or(|r| r.dates.is_none())), "{text:?}: {found:?}");
    }
}
