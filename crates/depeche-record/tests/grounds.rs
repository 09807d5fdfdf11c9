//! Single grounds for and against one act, each on a telling of the gold that is changed in one thing.

mod common;

use common::Set;
use depeche_model::{DateSpan, Entity, Range, Sector, Span, Status};
use depeche_record::{Telling, merge, score};

/// A hand-coded telling: article and act.
fn telling(event: &str) -> Telling {
    let (all, _) = common::by_hand(&Set::Tuned.acts(), &common::sources(&Set::Tuned.articles()));
    all.into_iter().find(|telling| telling.event.id == event).unwrap()
}

fn points(one: &Telling, other: &Telling) -> f32 {
    score::compare(one, other).map_or(f32::NEG_INFINITY, |scored| scored.score)
}

fn says(one: &Telling, other: &Telling, ground: &str) -> bool {
    let reasons = score::compare(one, other).unwrap().reasons;
    reasons.iter().any(|reason| reason.what.contains(ground))
}

fn day(text: &str) -> DateSpan {
    let day = text.parse().unwrap();
    DateSpan { start: day, end: day }
}

#[test]
fn two_events_of_one_breath_are_one_act() {
    let mut first = telling("rec-001#sumy-drones");
    first.event.rule = "kill".to_owned();
    first.event.spans.evidence = Span::new(40, 60);
    let mut second = first.clone();
    second.event.id = "rec-001#again".to_owned();
    second.event.rule = "strike".to_owned();
    second.event.spans.evidence = Span::new(80, 130);
    let reports = |all: &[&Telling]| -> Vec<usize> {
        let all: Vec<Telling> = all.iter().copied().cloned().collect();
        merge(&all, &[]).records.iter().map(|record| record.reports.len()).collect()
    };
    assert_eq!(reports(&[&first, &second]), [2], "the coder tells one act by two rules");
    assert_eq!(reports(&[&first, &second, &telling("rec-003#sumy-drones")]), [3]);
    second.event.spans.evidence = Span::new(400, 450);
    assert_eq!(reports(&[&first, &second]), [1, 1], "paragraphs apart it tells two");
}

#[test]
fn a_day_after_publication_is_not_believed_of_what_is_done() {
    let (one, mut other) = (telling("rec-042#jordan-summons"), telling("rec-043#jordan-summons"));
    let right = points(&one, &other);
    other.event.date = Some(day("2025-05-11"));
    assert!(points(&one, &other) > right - 2.5, "a week too late costs little: {}", points(&one, &other));
    other.event.status = Status::Future;
    assert!(points(&one, &other) < right - 4.0, "of a plan it counts");
}

#[test]
fn a_long_span_is_compared_by_its_bounds() {
    let (mut one, mut other) = (telling("rec-006#iris-third"), telling("rec-007#iris-third"));
    let year = |year: i16| DateSpan { start: jiff::civil::date(year, 1, 1), end: jiff::civil::date(year, 12, 31) };
    (one.event.date, other.event.date) = (Some(year(2024)), Some(year(2024)));
    assert!(says(&one, &other, "the same span"));
    other.event.date = Some(year(2023));
    assert!(says(&one, &other, "do not meet"));
}

#[test]
fn an_army_is_not_the_rebels_of_its_state() {
    let one = telling("rec-001#sumy-drones");
    let mut other = telling("rec-003#sumy-drones");
    let alike = points(&one, &other);
    other.event.actors[0].sector = Sector::Reb;
    assert!(says(&one, &other, "two camps") && points(&one, &other) < alike - 1.0);
    let mut other = telling("rec-003#sumy-drones");
    other.event.recipients[0].sector = Sector::Mil;
    assert!(says(&one, &other, "civilians"));
}

#[test]
fn ministers_of_one_state_are_told_apart_by_their_names_alone() {
    let person =
        |text: &str| Entity { text: text.to_owned(), ..telling("rec-001#sumy-drones").event.actors[0].clone() };
    let (mut one, mut other) = (telling("rec-001#sumy-drones"), telling("rec-003#sumy-drones"));
    one.event.actors = vec![person("the Russian minister Ivan Petrov")];
    other.event.actors = vec![person("the Russian minister Oleg Sidorenko")];
    assert!(says(&one, &other, "another actor"), "the adjective of a state is no name");
    other.event.actors = vec![person("le ministre russe Ivan Petrov")];
    assert!(says(&one, &other, "same actor: the Russian minister Ivan Petrov"));
}

#[test]
fn one_person_and_a_counted_crowd_are_two() {
    let (mut one, mut other) = (telling("rec-019#meddeb-arrest"), telling("rec-020#meddeb-arrest"));
    assert!(!says(&one, &other, "to several"));
    other.event.size = Some(Range { min: Some(4), max: Some(4) });
    other.event.recipients[0].name = None;
    other.event.recipients[0].text = "four journalists".to_owned();
    one.event.recipients[0].name = None;
    assert!(says(&one, &other, "to several"));
}
