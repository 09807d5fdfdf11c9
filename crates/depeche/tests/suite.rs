//! Runs the literate suite of `tests/suite/events`: sentences and the events that they must give.
//!
//! `tests/suite/events/README.md` describes the notation.

mod common;

use std::fs;

use common::{BOLD_CODER, CODER, repository};
use depeche::{Article, Country, Entity, Event, Language, Range};

struct Case {
    at: String,
    language: Language,
    sentence: String,
    expected: Vec<String>,
    known: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = repository("tests/suite/events");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|name| name != "README.md")
    });
    files.sort();
    files.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &std::path::Path) -> Vec<Case> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        let Some(line) = line.strip_prefix("    ") else { continue };
        let at = format!("{name}:{}", number + 1);
        if let Some(expected) = line.strip_prefix("=> ") {
            cases.last_mut().expect("a sentence stands before what it gives").expected.push(expected.to_owned());
        } else if let Some(reason) = line.strip_prefix("known: ") {
            cases.last_mut().expect("a sentence stands before its failure").known = Some(reason.to_owned());
        } else {
            let (language, sentence) = line.split_once(' ').unwrap_or_else(|| panic!("{at}: no sentence"));
            let language = language.parse().unwrap_or_else(|e| panic!("{at}: {e}"));
            cases.push(Case { at, language, sentence: sentence.to_owned(), expected: Vec::new(), known: None });
        }
    }
    cases
}

fn code(case: &Case) -> Vec<Event> {
    let nothing = case.expected.iter().any(|one| one == "nothing");
    let coder = if nothing { &*CODER } else { &*BOLD_CODER };
    coder.code(&Article {
        id: case.at.clone(),
        language: case.language,
        published: "2025-06-18".parse().ok(),
        title: String::new(),
        text: case.sentence.clone(),
        url: None,
        publisher: None,
    })
}

fn side_fits(got: &[Entity], expected: &str) -> bool {
    if expected == "*" {
        return true;
    }
    let expected: Vec<&str> = if expected == "-" { Vec::new() } else { expected.split('+').collect() };
    let fits = |entity: &Entity, one: &str| {
        let (country, sector) = one.split_once('.').map_or((one, None), |(country, sector)| (country, Some(sector)));
        let country_fits = country == "?" || entity.country == Country::new(country);
        country_fits && sector.is_none_or(|sector| entity.sector.to_string() == sector)
    };
    got.iter().all(|e| expected.iter().any(|one| fits(e, one)))
        && expected.iter().all(|one| got.iter().any(|e| fits(e, one)))
}

fn range(text: &str) -> Option<Range> {
    let number = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a number"));
    match text.split_once("..") {
        _ if text == "-" => None,
        Some((min, max)) => Some(Range { min: number(min), max: number(max) }),
        None => Some(Range { min: number(text), max: number(text) }),
    }
}

/// Country of a place or source; `-` for none told, `?` for one without a country.
#[allow(clippy::option_option)] // not told, told without a country, told with one
fn country(told: Option<Option<Country>>) -> String {
    told.map_or_else(|| "-".to_owned(), |country| country.map_or_else(|| "?".to_owned(), |c| c.to_string()))
}

fn field_fits(event: &Event, key: &str, value: &str) -> bool {
    match key {
        "status" => event.status.to_string() == value,
        "modes" => {
            let mut modes: Vec<&str> = event.modes.iter().map(|m| m.name()).collect();
            let mut expected: Vec<&str> = value.split(',').filter(|m| *m != "-").collect();
            modes.sort_unstable();
            expected.sort_unstable();
            modes == expected
        }
        "date" => {
            let (start, end) = value.split_once("..").unwrap_or((value, value));
            event.date.map_or(value == "-", |d| d.start.to_string() == start && d.end.to_string() == end)
        }
        "at" => country(event.place.as_ref().map(|p| p.country)) == value,
        "by" => country(event.attribution.as_ref().map(|a| a.country)) == value,
        "size" => event.size == range(value),
        "dead" => event.dead == range(value),
        "injured" => event.injured == range(value),
        _ => panic!("`{key}` is no field of the suite"),
    }
}

fn fits(event: &Event, expected: &str) -> bool {
    let mut words = expected.split_whitespace().peekable();
    let (kind, actors) = (words.next().expect("a type"), words.next().expect("actors"));
    let recipients = words.next_if_eq(&">").and_then(|_| words.next());
    let mut good = event.event.name() == kind && side_fits(&event.actors, actors);
    good &= side_fits(&event.recipients, recipients.unwrap_or("-"));
    while let Some(key) = words.next() {
        good &= field_fits(event, key, words.next().unwrap_or_else(|| panic!("`{key}` has no value: {expected}")));
    }
    good
}

fn holds(case: &Case, events: &[Event]) -> bool {
    match case.expected.as_slice() {
        [nothing] if nothing == "nothing" => events.is_empty(),
        expected => expected.iter().all(|one| events.iter().any(|event| fits(event, one))),
    }
}

fn describe(event: &Event) -> String {
    let side = |side: &[Entity]| {
        let one = |e: &Entity| format!("{}.{}", country(Some(e.country)), e.sector);
        if side.is_empty() { "-".to_owned() } else { side.iter().map(one).collect::<Vec<_>>().join("+") }
    };
    let number = |range: Option<Range>| {
        let shown = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
        range.map_or_else(|| "-".to_owned(), |r| format!("{}..{}", shown(r.min), shown(r.max)))
    };
    let modes: Vec<&str> = event.modes.iter().map(|m| m.name()).collect();
    format!(
        "{} {} > {} status {} modes {} date {} at {} by {} size {} dead {} injured {} ({})",
        event.event,
        side(&event.actors),
        side(&event.recipients),
        event.status,
        if modes.is_empty() { "-".to_owned() } else { modes.join(",") },
        event.date.map_or_else(|| "-".to_owned(), |d| format!("{}..{}", d.start, d.end)),
        country(event.place.as_ref().map(|p| p.country)),
        country(event.attribution.as_ref().map(|a| a.country)),
        number(event.size),
        number(event.dead),
        number(event.injured),
        event.rule,
    )
}

#[test]
fn every_case_gives_its_events() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} cases were read: the suite lies in tests/suite/events", cases.len());
    let (mut failed, mut known) = (Vec::new(), 0);
    for case in &cases {
        assert!(!case.expected.is_empty(), "{}: the case expects nothing; write `=> nothing`", case.at);
        let events = code(case);
        match (&case.known, holds(case, &events)) {
            (None, true) => {}
            (Some(_), false) => known += 1,
            (Some(_), true) => println!("{}: passes now; delete its `known:` line", case.at),
            (None, false) => {
                let got: Vec<String> = events.iter().map(describe).collect();
                let got = if got.is_empty() { "nothing".to_owned() } else { got.join("\n       ") };
                failed.push(format!(
                    "{}: {}\n  want {}\n  got  {got}",
                    case.at,
                    case.sentence,
                    case.expected.join("\n       ")
                ));
            }
        }
    }
    println!("{} cases, {known} known failures", cases.len());
    assert!(failed.is_empty(), "{} of {} cases fail\n{}", failed.len(), cases.len(), failed.join("\n"));
}
