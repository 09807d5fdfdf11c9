//! Merging by hand-coded gold events: figures, order, growth, rulings, what a record says.

mod common;

use std::{collections::BTreeMap, sync::LazyLock};

use common::{Figures, Set};
use depeche_model::{Field, Range, Record, RecordStatus, Ruling, Verdict};
use depeche_record::{Telling, block::blocks, merge, neighbourhood, record_id};

static GOLD: LazyLock<(Vec<Telling>, BTreeMap<String, String>)> = LazyLock::new(|| {
    let sources = common::sources(&Set::Tuned.articles());
    common::by_hand(&Set::Tuned.acts(), &sources)
});

fn tellings() -> Vec<Telling> {
    GOLD.0.clone()
}

/// The record of the event that this article tells of this act.
fn record_of<'a>(records: &'a [Record], event: &str) -> &'a Record {
    records.iter().find(|record| record.reports.iter().any(|report| report.event == event)).unwrap()
}

/// A shuffle that is the same everywhere.
fn shuffled(mut all: Vec<Telling>, seed: u64) -> Vec<Telling> {
    let mut state = seed;
    for at in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(at, (state >> 33) as usize % (at + 1));
    }
    all
}

#[test]
fn pairs_of_hand_coded_events_are_merged_rightly() {
    for set in Set::ALL {
        let articles = set.articles();
        let (tellings, acts) = common::by_hand(&set.acts(), &common::sources(&articles));
        let (merged, truth) = (common::merged(&merge(&tellings, &[]).records), common::truth(&acts));
        let all = Figures::of(&merged, &truth);
        assert!(all.precision() >= 0.97 && all.recall() >= 0.9, "{set:?}, precision, recall: {all}");
        let languages = articles.into_iter().map(|a| (a.id, a.language)).collect();
        let across = Figures::of(&common::across(&merged, &languages, true), &common::across(&truth, &languages, true));
        assert!(across.truth > 50, "{set:?} has pairs across languages");
        assert!(across.precision() >= 0.97 && across.recall() >= 0.9, "{set:?}, across languages: {across}");
    }
}

#[test]
fn the_order_of_tellings_and_rulings_changes_nothing() {
    let rulings = [
        rule("rec-003#sumy-eu", "rec-004#sumy-eu2", Verdict::Different),
        rule("rec-001#sumy-drones", "rec-066#arm-aze", Verdict::Same),
    ];
    let expected = merge(&tellings(), &rulings);
    let reversed: Vec<Ruling> = rulings.iter().rev().cloned().collect();
    for seed in 0..12 {
        assert_eq!(merge(&shuffled(tellings(), seed), &reversed), expected, "seed {seed}");
    }
}

#[test]
fn articles_added_one_by_one_give_the_records_of_all_at_once() {
    let rulings = [rule("rec-001#sumy-drones", "rec-066#arm-aze", Verdict::Same)];
    let expected = merge(&tellings(), &rulings).records;
    for seed in [3, 11] {
        let mut known: Vec<Telling> = Vec::new();
        let mut records: Vec<Record> = Vec::new();
        for telling in shuffled(tellings(), seed) {
            known.push(telling.clone());
            let fetch = |block: &str| -> Result<Vec<Telling>, String> {
                Ok(known.iter().filter(|t| blocks(t).iter().any(|b| b == block)).cloned().collect())
            };
            let named = |event: &str| -> Result<Option<Telling>, String> {
                Ok(known.iter().find(|t| t.event.id == event).cloned())
            };
            let touched = neighbourhood(vec![telling], &rulings, fetch, named).unwrap();
            assert!(touched.len() < 30, "a new telling touches few others, not {}", touched.len());
            let ids: Vec<&str> = touched.iter().map(|t| t.event.id.as_str()).collect();
            records.retain(|record| !record.reports.iter().any(|report| ids.contains(&report.event.as_str())));
            records.extend(merge(&touched, &rulings).records);
        }
        records.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
        assert_eq!(records, expected, "seed {seed}");
    }
}

fn rule(one: &str, other: &str, verdict: Verdict) -> Ruling {
    Ruling { one: one.to_owned(), other: other.to_owned(), verdict }
}

#[test]
fn a_join_by_hand_holds_and_says_so() {
    let join = rule("rec-066#arm-aze", "rec-001#sumy-drones", Verdict::Same);
    let merged = merge(&tellings(), &[join]);
    let record = record_of(&merged.records, "rec-066#arm-aze");
    assert!(record.reports.iter().any(|report| report.event == "rec-001#sumy-drones"));
    assert!(record.reports.iter().any(|report| report.link.as_ref().is_some_and(|link| link.by_hand)));
    assert_eq!(merged.ignored, []);
}

#[test]
fn a_split_by_hand_holds_and_forbids_a_join() {
    let (one, other) = ("rec-062#ocean-lark", "rec-063#ocean-lark");
    let together = merge(&tellings(), &[]).records;
    assert!(record_of(&together, one).reports.iter().any(|report| report.event == other));
    let split = rule(one, other, Verdict::Different);
    let apart = merge(&tellings(), std::slice::from_ref(&split)).records;
    assert!(!record_of(&apart, one).reports.iter().any(|report| report.event == other));
    let join = rule(other, one, Verdict::Same);
    let both = merge(&tellings(), &[join.clone(), split]);
    assert_eq!(both.ignored, [join]);
    assert_eq!(both.records, apart);
}

#[test]
fn rulings_about_unknown_events_wait() {
    let waiting = [rule("rec-001#sumy-drones", "not-yet#1", Verdict::Same)];
    assert_eq!(merge(&tellings(), &waiting), merge(&tellings(), &[]));
}

#[test]
fn a_record_keeps_what_each_report_says() {
    let records = merge(&tellings(), &[]).records;
    let sumy = record_of(&records, "rec-001#sumy-drones");
    assert_eq!(sumy.dead, Some(Range { min: Some(4), max: Some(7) }));
    assert!(sumy.disagreements().contains(&"dead 4 to 7".to_owned()), "{:?}", sumy.disagreements());
    let told = |event: &str| {
        let report = sumy.reports.iter().find(|report| report.event == event).unwrap();
        report.differs.iter().find(|d| d.field == Field::Dead).map(|d| d.told.clone())
    };
    assert_eq!(told("rec-001#sumy-drones").as_deref(), Some("4"));
    assert_eq!(told("rec-003#sumy-drones").as_deref(), Some("7"));
    assert_eq!(sumy.first_seen.map(|day| day.to_string()).as_deref(), Some("2025-03-04"));
    assert_eq!(sumy.id, record_id("rec-001#sumy-drones"));
}

#[test]
fn reprints_are_one_source_and_many_outlets() {
    let records = merge(&tellings(), &[]).records;
    let expulsion = record_of(&records, "rec-014#aze-expels");
    assert!(expulsion.reports.iter().any(|report| report.reprint_of.as_deref() == Some("rec-014")));
    assert!(expulsion.sources < expulsion.outlets, "{} {}", expulsion.sources, expulsion.outlets);
}

#[test]
fn a_plan_that_is_carried_out_is_one_record() {
    let records = merge(&tellings(), &[]).records;
    let visit = record_of(&records, "rec-008#ruto-kampala");
    assert_eq!((visit.event.name(), visit.status, visit.reports.len()), ("CONSULT", RecordStatus::Done, 3));
    let alone = merge(&tellings().into_iter().filter(|t| t.source.article == "rec-008").collect::<Vec<_>>(), &[]);
    assert_eq!(record_of(&alone.records, "rec-008#ruto-kampala").status, RecordStatus::Planned);
}

#[test]
fn two_acts_of_one_dyad_in_one_week_stay_two() {
    let records = merge(&tellings(), &[]).records;
    for (one, other) in [
        ("rec-001#sumy-drones", "rec-004#sumy-missiles"),
        ("rec-062#ocean-lark", "rec-064#thalia"),
        ("rec-023#belgrade-12", "rec-026#belgrade-19"),
        ("rec-014#aze-expels", "rec-018#fra-expels"),
        ("rec-070#nabatieh", "rec-071#tyre-drone"),
        ("rec-045#un-kigali", "rec-047#us-kigali"),
        ("rec-019#meddeb-arrest", "rec-022#radio-arrest"),
    ] {
        assert_ne!(record_of(&records, one).id, record_of(&records, other).id, "{one}, {other}");
    }
}
