//! Measures size, dead and injured of gold events, given where each is told.
//!
//! ```text
//! cargo run --release -p depeche-resolve --example quantity_gold -- GOLD.jsonl PARSES.jsonl [errors]
//! ```
//!
//! Precision and recall over the events whose field is told or found; the trigger is the head of the gold evidence.

#[allow(dead_code)]
mod support;

use std::{env, path::PathBuf};

use depeche_model::Range;
use depeche_resolve::{quantity, when};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let usage = "usage: quantity_gold GOLD.jsonl PARSES.jsonl [errors]";
    let mut arguments = env::args().skip(1);
    let gold = PathBuf::from(arguments.next().ok_or(usage)?);
    let parses = PathBuf::from(arguments.next().ok_or(usage)?);
    let show = arguments.next().is_some();
    // For each field: told, found, right.
    let mut scores = [[0_u32; 3]; 3];
    for case in support::read(&gold, &parses)? {
        let quantities = quantity::find(&case.text, case.language);
        for event in &case.events {
            let Some((clause, trigger)) = case.clause(event) else { continue };
            let act = when::Act { trigger, clause, event: event.event };
            let found = quantity::attach(&case.parsed, &case.text, case.language, act, &event.modes, &quantities);
            let fields = [
                ("size", event.size, found.size),
                ("dead", event.dead, found.dead),
                ("injured", event.injured, found.injured),
            ];
            for (field, (name, told, found)) in fields.into_iter().enumerate() {
                scores[field][0] += u32::from(told.is_some());
                scores[field][1] += u32::from(found.is_some());
                scores[field][2] += u32::from(told.is_some() && told == found);
                if show && told != found {
                    let word = case.parsed.text(&case.text, trigger);
                    println!(
                        "{} {name} {:?} gold {} found {} {word} | {}",
                        case.id,
                        event.event,
                        write(told),
                        write(found),
                        event.evidence.replace('\n', " ")
                    );
                }
            }
        }
    }
    for (name, [told, found, right]) in ["size", "dead", "injured"].into_iter().zip(scores) {
        println!(
            "{name:8} told {told:3} found {found:3} right {right:3}  P {:.2} R {:.2}",
            ratio(right, found),
            ratio(right, told)
        );
    }
    Ok(())
}

fn write(range: Option<Range>) -> String {
    let end = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    range.map_or("-".to_owned(), |r| format!("{}..{}", end(r.min), end(r.max)))
}

fn ratio(right: u32, all: u32) -> f64 {
    f64::from(right) / f64::from(all.max(1))
}
