//! `depeche show`: one event, record or article, with the words that tell it where they stand.

use clap::Args;
use depeche::{
    Diagnostic, Event, Reason, Record,
    store::{Archive as _, Store, Version},
};

use crate::{Fatal, Outcome, ask, command::records, render};

/// Show an event, a record or an article of a store, with its evidence in context.
#[derive(Args)]
pub(crate) struct Options {
    /// Id of an event, a record or an article.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    at: ask::At,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let (store, id) = (self.at.read()?, self.id.as_str());
        let versions = store.article(id)?;
        if let Some(current) = versions.first() {
            article(current, &versions);
            return Ok(Outcome::Done);
        }
        match store.record(id)? {
            Some(found) if found.id == id => record(&store, &found)?,
            Some(found) => event(&store, id, &found)?,
            None => {
                return Err(Diagnostic::error(id, "the store has no event, record or article of this id")
                    .hint("`depeche events`, `depeche records` and `depeche search` tell ids")
                    .into());
            }
        }
        Ok(Outcome::Done)
    }
}

fn article(current: &Version, versions: &[Version]) {
    let told = &current.article;
    let day = told.published.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    anstream::println!("{}\n{day} · {} · {}", told.title, told.publisher.as_deref().unwrap_or("no publisher"), told.id);
    if versions.len() > 1 {
        anstream::println!("version {} of {}; the earlier ones are kept", current.version, versions.len());
    }
    anstream::println!("\n{}\n", textwrap::fill(&told.text, render::width()));
    let whole = told.whole();
    for event in &current.events {
        anstream::println!("{}{}", render::block(event, &whole, render::width()), named(&event.id));
    }
}

fn named(id: &str) -> String {
    format!("    {}{id}{:#}\n", render::DIM, render::DIM)
}

/// An event with its sentence, and the other reports of its act.
fn event(store: &Store, id: &str, record: &Record) -> Result<(), Fatal> {
    let Some(report) = record.reports.iter().find(|report| report.event == id) else { return Ok(()) };
    let Some((whole, found)) = evidence(store, &report.article, id)? else { return Ok(()) };
    anstream::println!("{}", render::block(&found, &whole, render::width()));
    let others = record.reports.len() - 1;
    anstream::println!("    rule {} · confidence {:.2}", found.rule, found.confidence);
    anstream::println!("    article {} · {}", report.article, report.publisher.as_deref().unwrap_or("no publisher"));
    anstream::println!(
        "    record {} · {}",
        record.id,
        match others {
            0 => "no other report".to_owned(),
            1 => "one other report".to_owned(),
            n => format!("{n} other reports"),
        }
    );
    Ok(())
}

/// The whole text of an article, and one of its events.
fn evidence(store: &Store, article: &str, event: &str) -> Result<Option<(String, Event)>, Fatal> {
    let Some(version) = store.article(article)?.into_iter().next() else { return Ok(None) };
    let found = version.events.into_iter().find(|one| one.id == event);
    Ok(found.map(|event| (version.article.whole(), event)))
}

fn record(store: &Store, record: &Record) -> Result<(), Fatal> {
    let width = render::width();
    anstream::println!("{:<23} {}", render::date(record.date), render::who(&record.actors, &record.recipients));
    let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut told = vec![
        records::act(record),
        plural(record.reports.len(), "report"),
        plural(record.sources as usize, "independent source"),
        plural(record.outlets as usize, "outlet"),
    ];
    if let Some(place) = &record.place {
        told.push(format!("at {}", place.text));
    }
    for (name, number) in [("size", record.size), ("dead", record.dead), ("injured", record.injured)] {
        told.extend(number.map(|number| format!("{name} {}", render::range(number))));
    }
    anstream::println!("    {}", told.join(" · "));
    for line in record.disagreements() {
        anstream::println!("    differ: {line}");
    }
    anstream::println!();
    for report in &record.reports {
        let day = report.published.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        let publisher = report.publisher.as_deref().unwrap_or("no publisher");
        anstream::println!("  {day} · {publisher} · {} · {}", report.language, report.event);
        if let Some(original) = &report.reprint_of {
            anstream::println!("    prints again {original}");
        }
        match evidence(store, &report.article, &report.event)? {
            Some((whole, event)) => anstream::print!("{}", render::quote(&whole, event.spans.evidence, width)),
            None => anstream::println!("    │ {}", report.evidence),
        }
        if let Some(link) = &report.link {
            let why = if link.by_hand { "joined by hand".to_owned() } else { grounds(&link.reasons) };
            let why = format!("as {}: {why}", link.event);
            for line in textwrap::wrap(&why, width - 4) {
                anstream::println!("    {}{line}{:#}", render::DIM, render::DIM);
            }
        }
    }
    for denial in &record.denials {
        anstream::println!("\n  denied by {} ({})\n    │ {}", denial.by, denial.event, denial.evidence);
    }
    Ok(())
}

/// What speaks for one act, and what against it, weightiest first.
fn grounds(reasons: &[Reason]) -> String {
    let side = |of: fn(f32) -> bool| -> Vec<&str> {
        reasons.iter().filter(|reason| of(reason.weight)).map(|reason| reason.what.as_str()).collect()
    };
    let (grounds, against) = (side(|weight| weight >= 0.0), side(|weight| weight < 0.0));
    if against.is_empty() {
        grounds.join(", ")
    } else {
        format!("{}; against it: {}", grounds.join(", "), against.join(", "))
    }
}
