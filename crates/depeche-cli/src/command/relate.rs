//! `depeche relate`: sentences with a marked source and target in, the best type of act out.

use std::{
    fmt::Write as _,
    fs,
    io::{self, IsTerminal as _, Read as _},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use depeche::{
    Coder, Diagnostic, Language, Related, ingest,
    relation::{Row, Table, Weights},
};
use serde_json::json;

use crate::{Fatal, Outcome, render};

/// Say which act a sentence tells between a source and a target that are marked in it.
///
/// A line is a sentence with `<s>…</s>` around the source and `<t>…</t>` around the target, or with both in columns of their own
/// (`sentence`, `source`, `target`); `id` and `lang` are read where a header names them. Every line that can be read gets an answer.
#[derive(Args)]
pub(crate) struct Options {
    /// Tables with tabs between columns, with or without a header; `-` or nothing is standard input.
    #[arg(value_name = "FILE")]
    inputs: Vec<String>,
    /// Language of every sentence that has no `lang`; detected where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
    /// How to print; a table on a terminal and tsv elsewhere, where not given.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Types to show in the table.
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,
    /// Weights other than this build's, as training/relate.py writes them.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
}

/// How relations are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A block a sentence, for a person.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// A header and a line a sentence: id, type, score, modes, CAMEO code, rule, then the score of each type.
    Tsv,
}

impl Options {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let weights = self.weights.as_deref().map(read_weights).transpose()?;
        let coder = load()?;
        let elsewhere = if io::stdout().is_terminal() { Format::Table } else { Format::Tsv };
        let format = self.format.unwrap_or(elsewhere);
        if format == Format::Tsv {
            anstream::println!("{}", header());
        }
        let inputs = if self.inputs.is_empty() { vec!["-".to_owned()] } else { self.inputs.clone() };
        let mut failed = 0;
        for input in &inputs {
            let (name, text) = text(input)?;
            for (line, row) in rows(&text) {
                match row {
                    Ok(row) => {
                        let language = self.language(&row, &name);
                        let related = match &weights {
                            Some(weights) => coder.relate_with(&row.marked, language, weights),
                            None => coder.relate(&row.marked, language),
                        };
                        let id = row.id.clone().unwrap_or_else(|| line.to_string());
                        anstream::println!("{}", self.line(format, &id, language, &row, &related));
                    }
                    Err(diagnostic) => {
                        failed += 1;
                        let diagnostic = Diagnostic { file: name.clone(), ..diagnostic }.at(line, 0);
                        anstream::eprintln!("{}{diagnostic}{:#}", render::ERROR, render::ERROR);
                    }
                }
            }
        }
        Ok(if failed == 0 { Outcome::Done } else { Outcome::Partly })
    }

    /// The language told, else the one detected, else the nearer of the two: there is always an answer.
    fn language(&self, row: &Row, name: &str) -> Language {
        let text = &row.marked.text;
        let detected = || ingest::language::decide(text, None, None, name, &mut Vec::new());
        row.language.or(self.lang).or_else(|| detected().ok()).unwrap_or_else(|| ingest::language::nearest(text))
    }

    fn line(&self, format: Format, id: &str, language: Language, row: &Row, related: &Related) -> String {
        match format {
            Format::Table => self.block(id, row, related),
            Format::Tsv => tsv(id, related),
            Format::Jsonl => {
                let scores: serde_json::Map<_, _> =
                    related.scores.iter().map(|(event, score)| (event.name().to_owned(), rounded(*score))).collect();
                let part = |span: Option<depeche::Span>| span.map(|span| span.of(&row.marked.text));
                json!({
                    "id": id, "lang": language.code(), "sentence": row.marked.text,
                    "source": part(row.marked.pair.source), "target": part(row.marked.pair.target),
                    "type": related.event.name(), "score": rounded(related.score), "modes": related.modes,
                    "cameo": related.cameo, "quad": related.quad, "goldstein": related.goldstein,
                    "rule": related.rule, "scores": scores,
                })
                .to_string()
            }
        }
    }

    fn block(&self, id: &str, row: &Row, related: &Related) -> String {
        let mut out = format!("{}{id}{:#}", render::DIM, render::DIM);
        for (n, (event, score)) in related.scores.iter().take(self.top.max(1)).enumerate() {
            if n == 0 {
                let style = render::colour(related.quad);
                let _ = write!(out, "\t{style}{event}{style:#} {score:.2}{} · CAMEO {}", modes(related), related.cameo);
            } else {
                let _ = write!(out, "{} · {event} {score:.2}{:#}", render::DIM, render::DIM);
            }
        }
        for line in textwrap::wrap(&row.marked.text, render::width() - 4) {
            let _ = write!(out, "\n    {}│{:#} {line}", render::DIM, render::DIM);
        }
        out
    }
}

fn read_weights(path: &std::path::Path) -> Result<Weights, Diagnostic> {
    let wrong = |message: String| Diagnostic::error(path.display().to_string(), message);
    let text = fs::read_to_string(path).map_err(|e| wrong(e.to_string()).hint("name a file of training/relate.py"))?;
    Weights::read(&text).map_err(|line| {
        let hint = "a line is a feature, a tab, and a whole number for each of the sixteen types";
        wrong("no weights of a feature".to_owned()).at(line as u32, 0).hint(hint)
    })
}

/// Name and text of an input.
fn text(input: &str) -> Result<(String, String), Diagnostic> {
    let (name, read) = if input == "-" {
        let mut bytes = Vec::new();
        ("<stdin>", io::stdin().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (input, fs::read(input))
    };
    let bytes = read.map_err(|e| Diagnostic::error(name, e.to_string()).hint("check the path and its permissions"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Diagnostic::error(name, "the text is not UTF-8").hint("save the table as UTF-8"))?;
    Ok((name.to_owned(), text.trim_start_matches('\u{feff}').to_owned()))
}

/// Rows of a table with the numbers of their lines, from 1; blank lines are none.
fn rows(text: &str) -> impl Iterator<Item = (u32, Result<Row, Diagnostic>)> + '_ {
    let table = text.lines().find(|line| !line.trim().is_empty()).map(Table::of).unwrap_or_default();
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.skip(usize::from(table.has_header())).map(move |(line, number)| {
        let row = table.row(line).map_err(|e| Diagnostic::error("", e.message).hint(e.hint));
        (number, row)
    })
}

fn modes(related: &Related) -> String {
    let names: Vec<&str> = related.modes.iter().map(|mode| mode.name()).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

fn rounded(score: f32) -> serde_json::Value {
    json!((f64::from(score) * 1e4).round() / 1e4)
}

fn header() -> String {
    let types: Vec<&str> = depeche::EventType::ALL.iter().map(|event| event.name()).collect();
    format!("id\ttype\tscore\tmodes\tcameo\trule\t{}", types.join("\t"))
}

fn tsv(id: &str, related: &Related) -> String {
    let names: Vec<&str> = related.modes.iter().map(|mode| mode.name()).collect();
    let rule = related.rule.as_deref().unwrap_or("");
    let mut out =
        format!("{id}\t{}\t{:.4}\t{}\t{}\t{rule}", related.event, related.score, names.join(","), related.cameo);
    for event in depeche::EventType::ALL {
        let score = related.scores.iter().find(|(other, _)| other == event).map_or(0.0, |(_, score)| *score);
        let _ = write!(out, "\t{score:.4}");
    }
    out
}
