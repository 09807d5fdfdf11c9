//! `depeche record`: what a person knows better than the merging. It holds in every later run.

use clap::{Args, Subcommand};
use depeche::{
    Diagnostic, Record, Ruling, Verdict,
    store::{Archive as _, Store},
};

use crate::{Fatal, Outcome, ask};

/// Join and split records by hand; later runs obey.
#[derive(Subcommand)]
pub(crate) enum Command {
    Join(Join),
    Split(Split),
}

/// Say that two records are one act.
#[derive(Args)]
pub(crate) struct Join {
    /// Id of a record, or of an event in it.
    #[arg(value_name = "ID")]
    one: String,
    /// Id of the other.
    #[arg(value_name = "ID")]
    other: String,
    #[command(flatten)]
    into: ask::Into,
}

/// Say that an event is another act than the rest of its record.
#[derive(Args)]
pub(crate) struct Split {
    /// Id of the event that is to stand apart.
    #[arg(value_name = "EVENT")]
    event: String,
    #[command(flatten)]
    into: ask::Into,
}

impl Command {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        match self {
            Self::Join(Join { one, other, into }) => {
                let mut store = existing(&into)?;
                let (a, b) = (find(&store, &one)?, find(&store, &other)?);
                if a.id == b.id {
                    anstream::eprintln!("they are one record already: {}", a.id);
                    return Ok(Outcome::Done);
                }
                rule(&mut store, &a, &b.reports.iter().map(|r| r.event.clone()).collect::<Vec<_>>(), Verdict::Same)?;
                anstream::eprintln!("joined: {}", find(&store, &a.reports[0].event)?.id);
            }
            Self::Split(Split { event, into }) => {
                let mut store = existing(&into)?;
                let mut rest = find(&store, &event)?;
                rest.reports.retain(|report| report.event != event);
                if rest.reports.is_empty() {
                    return Err(Diagnostic::error(&event, "it is the only report of its record")
                        .hint("give the id of one event of a record that has several; `depeche show RECORD` tells them")
                        .into());
                }
                rule(&mut store, &rest, std::slice::from_ref(&event), Verdict::Different)?;
                let left = find(&store, &rest.reports[0].event)?.id;
                anstream::eprintln!("split: {} and {left}", find(&store, &event)?.id);
            }
        }
        Ok(Outcome::Done)
    }
}

/// The store, which must be there: there is nothing to rule about in a new one.
fn existing(into: &ask::Into) -> Result<Store, Diagnostic> {
    into.at.read()?;
    into.open()
}

fn find(store: &Store, id: &str) -> Result<Record, Diagnostic> {
    store.record(id)?.ok_or_else(|| {
        Diagnostic::error(id, "the store has no record or event of this id").hint("`depeche records` tells ids")
    })
}

/// Rules about every pair of a record's report and one of the events.
fn rule(store: &mut Store, record: &Record, events: &[String], verdict: Verdict) -> Result<(), Diagnostic> {
    let pair = |one: &str, other: &str| Ruling { one: one.to_owned(), other: other.to_owned(), verdict };
    let rulings: Vec<Ruling> = record
        .reports
        .iter()
        .flat_map(|report| events.iter().map(|event| pair(&report.event, event)).collect::<Vec<_>>())
        .collect();
    store.rule(&rulings)
}
