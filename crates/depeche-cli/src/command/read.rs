//! `depeche read`: pages or texts in, their events out for a person to read.

use std::{
    fs,
    io::{self, Read as _},
};

use clap::{Args, ValueEnum};
use depeche::{Article, Coded, Coder, Diagnostic, Event, Language, ingest};
use jiff::civil::Date;

use crate::{Fatal, Outcome, render};

/// Read articles (HTML or plain text) and print the political events that they tell.
#[derive(Args)]
pub(crate) struct Options {
    /// Files or addresses; `-` or nothing is standard input.
    #[arg(value_name = "FILE|URL")]
    inputs: Vec<String>,
    /// Day of publication, where the page does not say or says it wrong.
    #[arg(long, value_name = "DAY")]
    published: Option<Date>,
    /// Language; detected where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Longest input, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    max_bytes: usize,
    /// Let addresses of this machine and of private networks be fetched.
    #[arg(long)]
    allow_private: bool,
}

/// How events are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A block an event, for a person.
    Table,
    /// One JSON document: an array of articles with their events.
    Json,
    /// One article with its events a line.
    Jsonl,
}

impl Options {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let coder = load()?;
        let inputs = if self.inputs.is_empty() { vec!["-".to_owned()] } else { self.inputs.clone() };
        let (mut failed, mut all) = (false, Vec::new());
        for input in &inputs {
            match self.article(input) {
                Ok(reading) => {
                    reading.warnings.iter().for_each(|warning| anstream::eprintln!("{warning}"));
                    let events = coder.code(&reading.article);
                    self.print(reading.article, events, &mut all)?;
                }
                Err(diagnostic) => {
                    failed = true;
                    anstream::eprintln!("{}{diagnostic}{:#}", render::ERROR, render::ERROR);
                }
            }
        }
        if self.format == Format::Json {
            anstream::println!("{}", serde_json::to_string_pretty(&all)?);
        }
        Ok(if failed { Outcome::Partly } else { Outcome::Done })
    }

    fn article(&self, input: &str) -> Result<ingest::Reading, Diagnostic> {
        let options = ingest::Options {
            language: self.lang,
            published: self.published,
            max_bytes: self.max_bytes,
            ..ingest::Options::default()
        };
        let (bytes, source) = self.bytes(input)?;
        ingest::read(&bytes, &source, &options)
    }

    fn bytes(&self, input: &str) -> Result<(Vec<u8>, ingest::Source), Diagnostic> {
        if input.starts_with("http://") || input.starts_with("https://") {
            let policy = ingest::http::Policy {
                max_bytes: self.max_bytes,
                allow_private: self.allow_private,
                ..ingest::http::Policy::default()
            };
            let page = ingest::http::Client::new(policy).fetch(input)?;
            return Ok((page.bytes, page.source));
        }
        let (name, bytes) = if input == "-" { ("<stdin>", stdin(self.max_bytes)) } else { (input, fs::read(input)) };
        let bytes = bytes
            .map_err(|error| Diagnostic::error(name, error.to_string()).hint("check the path and its permissions"))?;
        Ok((bytes, ingest::Source::named(name)))
    }

    fn print(&self, article: Article, events: Vec<Event>, all: &mut Vec<Coded>) -> Result<(), Fatal> {
        match self.format {
            Format::Table => table(&article, &events),
            Format::Json => all.push(Coded { article, events }),
            Format::Jsonl => anstream::println!("{}", serde_json::to_string(&Coded { article, events })?),
        }
        Ok(())
    }
}

/// Standard input, one byte past the limit at most, so that the reader can refuse what is too long.
fn stdin(limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn table(article: &Article, events: &[Event]) {
    let width = render::width();
    let day = article.published.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let publisher = article.publisher.as_deref().map_or_else(String::new, |name| format!(" · {name}"));
    let title = if article.title.is_empty() { &article.id } else { &article.title };
    anstream::println!(
        "{title}\n{}{day}{publisher} · {} · {}{:#}\n",
        render::DIM,
        article.language,
        count(events.len()),
        render::DIM
    );
    let whole = article.whole();
    for event in events {
        anstream::println!("{}", render::block(event, &whole, width));
    }
}

fn count(events: usize) -> String {
    match events {
        0 => "no event".to_owned(),
        1 => "1 event".to_owned(),
        n => format!("{n} events"),
    }
}
