//! `depeche records`: acts of a store that a query means, each with all its reports.

use std::io::Write as _;

use clap::Args;
use depeche::{
    Record,
    export::{Format, parquet},
    store::{Archive as _, Head, Store},
};
use serde_json::{Value, json};

use crate::{
    Fatal, Outcome,
    ask::{self, As, Brief, Form, Sheet},
    render,
};

/// Tell the records of a store that a query means: one act an entry, however many articles report it.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    list: ask::Listing,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let ask::Listing { asked, at, format, whither, .. } = &self.list;
        let (query, store) = (asked.query()?, at.read()?);
        let form = match *format {
            As::Export(Format::JsonLines | Format::Csv | Format::Parquet) | As::Table | As::Markdown => *format,
            As::Export(other) => {
                return Err(format!(
                    "records are not told as {other}: it has a row for each event\n  hint: use jsonl, csv or parquet, or `depeche events`"
                )
                .into());
            }
        };
        let records = store.records(&query, self.list.limit())?;
        let mut output = whither.open()?;
        let out = &mut output.out;
        match form {
            As::Table => table(&records).write(Form::Table, out)?,
            As::Markdown => out.write_all(brief(&store, &records)?.as_bytes())?,
            As::Export(Format::Csv) => table(&records).write(Form::Csv, out)?,
            As::Export(Format::Parquet) => {
                parquet::records(&records, &mut **out)?;
            }
            As::Export(_) => {
                for record in &records {
                    writeln!(out, "{}", serde_json::to_string(record)?)?;
                }
            }
        }
        if records.is_empty() {
            anstream::eprintln!("no record");
        }
        output.end()?;
        Ok(Outcome::Done)
    }
}

fn table(all: &[Record]) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("day", "day"),
        ("who", "who"),
        ("act", "act"),
        ("sources", "sources"),
        ("reports", "reports"),
        ("differences", "differences"),
        ("evidence", "evidence"),
        ("id", "id"),
    ]);
    for record in all {
        let differences = record.disagreements().join("; ");
        sheet.row([
            json!(record.date.map_or_else(|| "undated".to_owned(), |date| date.start.to_string())),
            json!(render::parties(&record.actors, &record.recipients)),
            json!(act(record)),
            json!(record.sources),
            json!(record.reports.len()),
            if differences.is_empty() { Value::Null } else { json!(differences) },
            json!(record.evidence),
            json!(record.id),
        ]);
    }
    sheet
}

/// Type, modes and status.
pub(crate) fn act(record: &Record) -> String {
    format!("{}{}, {}", record.event, render::modes(&record.modes), record.status)
}

/// Records in the order of time, each with all who report it and where they differ.
fn brief(store: &Store, all: &[Record]) -> Result<String, Fatal> {
    let mut brief = Brief::new("Record");
    let mut sorted: Vec<&Record> = all.iter().collect();
    sorted.sort_by_key(|record| (record.date.is_none(), record.date.map(|date| date.start), record.id.clone()));
    let mut month = None;
    for record in sorted {
        let this = record.date.map_or_else(|| "Undated".to_owned(), |date| date.start.strftime("%Y-%m").to_string());
        if month.as_ref() != Some(&this) {
            brief.heading(&this);
            month = Some(this);
        }
        let what = format!(
            "{}: {}, {}",
            render::date(record.date),
            render::parties(&record.actors, &record.recipients),
            act(record)
        );
        brief.statement(&what, &record.evidence, &sources(store, record)?);
        let differences = record.disagreements();
        if !differences.is_empty() {
            brief.remark(&format!("Reports differ: {}.", differences.join("; ")));
        }
    }
    Ok(brief.end())
}

/// Heads of the articles that report a record, each once.
fn sources(store: &Store, record: &Record) -> Result<Vec<Head>, Fatal> {
    let mut out: Vec<Head> = Vec::new();
    for report in &record.reports {
        if out.iter().all(|head| head.id != report.article) {
            out.extend(store.head(&report.article)?);
        }
    }
    Ok(out)
}
