//! `depeche events`: the events of a store that a query means, the newest first.

use std::io::Write;

use clap::Args;
use depeche::{
    Article, Coded, Status,
    export::{Format, Telling, Writer},
    store::{Archive as _, Query, Store, Told},
};
use serde_json::{Value, json};

use crate::{
    Fatal, Outcome,
    ask::{self, As, Brief, Form, Sheet},
    render,
};

/// Tell the events of a store that a query means, the newest first.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    list: ask::Listing,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let ask::Listing { asked, at, format, whither, .. } = &self.list;
        let (query, store, limit) = (asked.query()?, at.read()?, self.list.limit());
        let mut output = whither.open()?;
        let out = &mut output.out;
        match *format {
            As::Table => {
                let told = newest(&store, &query, limit)?;
                if told.is_empty() {
                    anstream::eprintln!("no event");
                }
                table(&told).write(Form::Table, out)?;
            }
            As::Markdown => out.write_all(brief(&newest(&store, &query, limit)?).as_bytes())?,
            As::Export(Format::JsonLines) => {
                for told in store.events(&query, limit)? {
                    writeln!(out, "{}", line(&told?)?)?;
                }
            }
            As::Export(format) => {
                export(&store, &query, limit, format, out)?;
            }
        }
        output.end()?;
        Ok(Outcome::Done)
    }
}

fn newest(store: &Store, query: &Query, limit: Option<usize>) -> Result<Vec<Told>, Fatal> {
    Ok(store.events(query, limit)?.collect::<Result<_, _>>()?)
}

fn table(all: &[Told]) -> Sheet {
    let columns =
        [("day", "day"), ("who", "who"), ("act", "act"), ("source", "source"), ("evidence", "evidence"), ("id", "id")];
    let mut sheet = Sheet::new(&columns);
    for Told { event, article, .. } in all {
        let status = if event.status == Status::Actual { String::new() } else { format!(", {}", event.status) };
        let cells = [
            event.date.map_or_else(|| "undated".to_owned(), |date| date.start.to_string()),
            render::parties(&event.actors, &event.recipients),
            format!("{}{}{status}", event.event, render::modes(&event.modes)),
            article.publisher.clone().unwrap_or_default(),
            event.evidence.clone(),
            event.id.clone(),
        ];
        sheet.row(cells.map(Value::from));
    }
    sheet
}

/// The events in the order of time, undated ones last, each with its source.
fn brief(all: &[Told]) -> String {
    let mut brief = Brief::new("Events");
    let mut sorted: Vec<&Told> = all.iter().collect();
    sorted.sort_by_key(|told| (told.event.date.is_none(), told.event.date.map(|date| date.start)));
    let mut month = None;
    for told in sorted {
        let this =
            told.event.date.map_or_else(|| "Undated".to_owned(), |date| date.start.strftime("%Y-%m").to_string());
        if month.as_ref() != Some(&this) {
            brief.heading(&this);
            month = Some(this);
        }
        let event = &told.event;
        let status = if event.status == Status::Actual { String::new() } else { format!(", {}", event.status) };
        let what = format!(
            "{}: {}, {}{status}",
            render::date(event.date),
            render::parties(&event.actors, &event.recipients),
            event.event
        );
        brief.statement(&what, &event.evidence, std::slice::from_ref(&told.article));
    }
    brief.end()
}

/// An event as a line of JSON: its fields, the head of its article, its record.
fn line(told: &Told) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(&told.event)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("article".to_owned(), serde_json::to_value(&told.article)?);
        object.insert("record".to_owned(), json!(told.record));
    }
    Ok(value)
}

/// Writes events in a format of others, article by article.
pub(crate) fn export(
    store: &Store,
    query: &Query,
    limit: Option<usize>,
    format: Format,
    out: &mut (dyn Write + Send),
) -> Result<u64, Fatal> {
    let mut writer = Writer::new(format, out)?;
    match limit {
        None => {
            for coded in store.coded(query)? {
                writer.write(&Telling::from(&coded?))?;
            }
        }
        Some(limit) => {
            for told in newest(store, query, Some(limit))? {
                let article = whole(store, &told)?;
                writer.write(&Telling::from(&Coded { article, events: vec![told.event] }))?;
            }
        }
    }
    let rows = writer.rows();
    writer.finish()?;
    Ok(rows)
}

/// The article that tells an event.
fn whole(store: &Store, told: &Told) -> Result<Article, Fatal> {
    let versions = store.article(&told.article.id)?;
    let version = versions.into_iter().next().ok_or("an article went while it was read; ask again")?;
    Ok(version.article)
}
