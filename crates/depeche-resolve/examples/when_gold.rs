//! Measures the dates of gold events, given where each is told.
//!
//! ```text
//! cargo run --release -p depeche-resolve --example when_gold -- GOLD.jsonl PARSES.jsonl [errors]
//! ```
//!
//! The trigger is the head of the gold evidence, so that this measures dates alone, not the finding of events.

#[allow(dead_code)]
mod support;

use std::{env, path::PathBuf};

use depeche_resolve::when;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let usage = "usage: when_gold GOLD.jsonl PARSES.jsonl [errors]";
    let mut arguments = env::args().skip(1);
    let gold = PathBuf::from(arguments.next().ok_or(usage)?);
    let parses = PathBuf::from(arguments.next().ok_or(usage)?);
    let show = arguments.next().is_some();
    let (mut right, mut right_by_status, mut all) = (0_u32, 0_u32, 0_u32);
    for case in support::read(&gold, &parses)? {
        let timed = when::read(&case.parsed, &case.text, case.language, case.published);
        for event in &case.events {
            let Some((clause, trigger)) = case.clause(event) else { continue };
            let attached = when::attach(
                &case.parsed,
                when::Act { trigger, clause, event: event.event },
                &timed,
                Some(case.published),
            );
            all += 1;
            let found = attached.map(|a| a.dates);
            // The caller knows the status: what is not of the news of the day has no date unless one is told.
            let current = matches!(event.status.as_str(), "actual" | "negated");
            let told = attached.filter(|a| current || a.explicit).map(|a| a.dates);
            right_by_status += u32::from(told == event.date);
            if found == event.date {
                right += 1;
            } else if show {
                let write = |d: Option<depeche_model::DateSpan>| {
                    d.map_or("-".to_owned(), |d| format!("{}..{}", d.start, d.end))
                };
                let word = case.parsed.text(&case.text, trigger);
                let how = attached.and_then(|a| a.span).map_or("", |s| s.of(&case.text));
                println!(
                    "{} {} {:?} {} gold {} found {} by [{how}] {word} | {}",
                    case.id,
                    case.published,
                    event.event,
                    event.status,
                    write(event.date),
                    write(found),
                    event.evidence.replace('\n', " ")
                );
            }
        }
    }
    let share = |right: u32| f64::from(right) / f64::from(all.max(1));
    println!("{right} of {all} dates right: {:.3}; {:.3} with the status given", share(right), share(right_by_status));
    Ok(())
}
