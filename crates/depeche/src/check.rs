//! Runs the tests that the lexicon's rules carry.

use depeche_lexicon::{Case, Expectation, Rule, Side};
use depeche_model::{Article, Entity, Event};
use jiff::civil::{Date, date};

use crate::Coder;

/// A test of a rule file that did not come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// File of the rule, below `lexicon/`.
    pub file: String,
    /// Line of the test.
    pub line: u32,
    /// Its sentence.
    pub sentence: String,
    /// What was expected and what came out.
    pub message: String,
}

/// Outcome of all tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReport {
    /// Rules read.
    pub rules: usize,
    /// Pattern lines, groups expanded.
    pub patterns: usize,
    /// Tests and never-cases run.
    pub cases: usize,
    /// Those that failed.
    pub failures: Vec<Failure>,
}

/// The day on which a rule's test sentence is read: a Wednesday.
const TEST_DAY: Date = date(2025, 6, 18);

/// Runs the tests of every rule whose name contains `filter`.
pub fn check(coder: &Coder, filter: &str) -> CheckReport {
    let mut report = CheckReport::default();
    for rule in coder.knowledge().lexicon.rules().iter().filter(|rule| rule.name.contains(filter)) {
        report.rules += 1;
        report.patterns += rule.patterns.len();
        for case in &rule.cases {
            report.cases += 1;
            if let Err(message) = run(coder, rule, case) {
                report.failures.push(Failure {
                    file: rule.file.clone(),
                    line: case.line,
                    sentence: case.sentence.clone(),
                    message,
                });
            }
        }
    }
    report
}

fn run(coder: &Coder, rule: &Rule, case: &Case) -> Result<(), String> {
    let article = Article {
        id: "test".to_owned(),
        language: case.language,
        published: Some(TEST_DAY),
        title: String::new(),
        text: case.sentence.clone(),
        url: None,
        publisher: None,
    };
    // A test asks whether the rule holds, not how sure the judge is of a sentence without its article; a never-case asks
    // for what users would see.
    let events = if case.expect.is_some() { coder.code_from(&article, 0.0) } else { coder.code(&article) };
    match &case.expect {
        None => match events.iter().find(|event| event.rule == rule.name) {
            Some(event) => Err(format!("the rule fired and must not: {}", describe(event))),
            None => Ok(()),
        },
        Some(expect) if events.iter().any(|event| meets(event, expect)) => Ok(()),
        Some(expect) => {
            let got: Vec<String> = events.iter().map(describe).collect();
            let got = if got.is_empty() { "nothing".to_owned() } else { got.join("; ") };
            Err(format!("expected {}; got {got}", wanted(expect)))
        }
    }
}

fn meets(event: &Event, expect: &Expectation) -> bool {
    event.event == expect.event
        && same_side(&event.actors, &expect.actors)
        && same_side(&event.recipients, &expect.recipients)
        && expect
            .modes
            .as_ref()
            .is_none_or(|modes| modes.len() == event.modes.len() && modes.iter().all(|m| event.modes.contains(m)))
        && expect.status.is_none_or(|status| status == event.status)
        && expect.size.is_none_or(|size| event.size == Some(size))
        && expect.dead.is_none_or(|dead| event.dead == Some(dead))
        && expect.injured.is_none_or(|injured| event.injured == Some(injured))
}

fn same_side(got: &[Entity], expected: &[Side]) -> bool {
    let fits = |e: &Entity, s: &Side| e.country == s.country && s.sector.is_none_or(|sector| sector == e.sector);
    got.iter().all(|e| expected.iter().any(|s| fits(e, s))) && expected.iter().all(|s| got.iter().any(|e| fits(e, s)))
}

fn describe(event: &Event) -> String {
    let side = |side: &[Entity]| {
        let all: Vec<String> = side
            .iter()
            .map(|e| format!("{}.{}", e.country.map_or_else(|| "?".to_owned(), |c| c.to_string()), e.sector))
            .collect();
        if all.is_empty() { "-".to_owned() } else { all.join("+") }
    };
    let modes: Vec<&str> = event.modes.iter().map(|m| m.name()).collect();
    let number = |name: &str, range: Option<depeche_model::Range>| {
        let shown = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
        range.map_or_else(String::new, |r| format!(" {name} {}..{}", shown(r.min), shown(r.max)))
    };
    format!(
        "{} {} > {} modes {} status {}{}{}{} ({})",
        event.event,
        side(&event.actors),
        side(&event.recipients),
        if modes.is_empty() { "-".to_owned() } else { modes.join(",") },
        event.status,
        number("size", event.size),
        number("dead", event.dead),
        number("injured", event.injured),
        event.rule,
    )
}

fn wanted(expect: &Expectation) -> String {
    let side = |side: &[Side]| {
        let one = |s: &Side| {
            let country = s.country.map_or_else(|| "?".to_owned(), |c| c.to_string());
            s.sector.map_or_else(|| country.clone(), |sector| format!("{country}.{sector}"))
        };
        let all: Vec<String> = side.iter().map(one).collect();
        if all.is_empty() { "-".to_owned() } else { all.join("+") }
    };
    format!("{} {} > {}", expect.event, side(&expect.actors), side(&expect.recipients))
}
