//! What a run tells at its end.

use std::fmt::{self, Write as _};

use clap::ValueEnum;

use super::tally::Tally;

/// How the summary is told, on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Lines for a person.
    Text,
    /// One JSON object on one line.
    Json,
    /// Not at all.
    None,
}

/// Reasons for failure that are named, the most frequent ones.
const NAMED: usize = 6;

/// Tells it.
pub(super) fn tell(tally: &Tally, form: Form) -> Result<(), serde_json::Error> {
    match form {
        Form::Text => anstream::eprintln!("{}", text(tally).unwrap_or_default().trim_end()),
        Form::Json => anstream::eprintln!("{}", serde_json::to_string(tally)?),
        Form::None => {}
    }
    Ok(())
}

fn text(tally: &Tally) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    let (articles, events) = (tally.articles, tally.events);
    writeln!(out, "{articles} article{}, {events} event{}, {} failed", plural(articles), plural(events), tally.failed)?;
    let languages: Vec<String> = tally.languages.iter().map(|(name, count)| format!("{name} {count}")).collect();
    lines(&mut out, "languages", &[languages.join(", ")])?;
    let skipped: Vec<String> =
        tally.skipped.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect();
    lines(&mut out, "skipped", &[skipped.join(", ")])?;
    lines(&mut out, "failed", &failures(tally))?;
    if tally.warned > 0 {
        lines(&mut out, "warned", &[format!("{} times, of articles coded all the same", tally.warned)])?;
    }
    let per_second = |count: u64| count as f64 / tally.seconds.max(1e-3);
    write!(out, "  time       {}, {:.0} articles/s", duration(tally.seconds), per_second(tally.articles))?;
    write!(out, ", {:.0} events/s", per_second(tally.events))?;
    if let Some((name, share)) = tally.stages.slowest() {
        write!(out, "; slowest stage: {name}, {:.0} % of the work", share * 100.0)?;
    }
    Ok(out)
}

/// A heading and what stands under it, a line each; nothing where there is nothing.
fn lines(out: &mut String, heading: &str, told: &[String]) -> fmt::Result {
    for (n, line) in told.iter().filter(|line| !line.is_empty()).enumerate() {
        writeln!(out, "  {:<10} {line}", if n == 0 { heading } else { "" })?;
    }
    Ok(())
}

/// The sorts of failure, the most frequent first.
fn failures(tally: &Tally) -> Vec<String> {
    let mut failures: Vec<_> = tally.failures.iter().collect();
    failures.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let mut told: Vec<String> = failures.iter().take(NAMED).map(|(sort, count)| format!("{count} {sort}")).collect();
    let rest: u64 = failures.iter().skip(NAMED).map(|(_, count)| *count).sum();
    if rest > 0 {
        told.push(format!("{rest} for other reasons"));
    }
    told
}

fn duration(seconds: f64) -> String {
    let whole = seconds as u64;
    match whole {
        0..60 => format!("{seconds:.1} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole / 60 % 60),
    }
}
