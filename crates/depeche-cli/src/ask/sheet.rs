//! A table, and the forms in which it is told.

use std::io::Write;

use clap::ValueEnum;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use depeche::export::parquet::{self, Cells};
use serde_json::{Map, Value};

use crate::{Fatal, render};

/// Forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Columns for a person.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// A table in Markdown.
    #[value(alias = "md")]
    Markdown,
    /// Parquet, typed columns.
    Parquet,
}

/// Columns of whole numbers, of numbers and of days, by the name that programs get; all others are text.
const WHOLE: &[&str] = &[
    "events",
    "done",
    "forth",
    "back",
    "mutual",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "undone",
];
const NUMBERS: &[&str] = &["goldstein"];
const DAYS: &[&str] = &["published"];

/// Columns that are never broken into lines, by the name that programs get.
const UNBROKEN: &[&str] = &["day", "published", "month", "id"];

/// A table: columns have the name that programs get and the one that a person gets.
pub(crate) struct Sheet {
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// An empty table of these columns.
    pub(crate) fn new(columns: &[(&'static str, &'static str)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, a value a column; null is an empty cell.
    pub(crate) fn row(&mut self, values: impl IntoIterator<Item = Value>) {
        self.rows.push(values.into_iter().collect());
    }

    /// Writes it.
    pub(crate) fn write(&self, form: Form, out: &mut (dyn Write + Send)) -> Result<(), Fatal> {
        match form {
            Form::Table => writeln!(out, "{}", self.table(presets::NOTHING, false))?,
            Form::Markdown => writeln!(out, "{}", self.table(presets::ASCII_MARKDOWN, true))?,
            Form::Jsonl => {
                for row in &self.rows {
                    let names = self.columns.iter().map(|(name, _)| (*name).to_owned());
                    let object: Map<String, Value> = names.zip(row.iter().cloned()).collect();
                    writeln!(out, "{}", Value::Object(object))?;
                }
            }
            Form::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(self.columns.iter().map(|(name, _)| name))?;
                for row in &self.rows {
                    csv.write_record(row.iter().map(text))?;
                }
                csv.flush()?;
            }
            Form::Parquet => {
                let columns: Vec<(&'static str, Cells)> =
                    self.columns.iter().enumerate().map(|(n, &(name, _))| (name, self.cells(n, name))).collect();
                parquet::table(&columns, out)?;
            }
        }
        Ok(())
    }

    /// A column, typed by its name.
    fn cells(&self, n: usize, name: &str) -> Cells {
        let cells = || self.rows.iter().map(|row| &row[n]);
        if WHOLE.contains(&name) {
            Cells::Whole(cells().map(Value::as_i64).collect())
        } else if NUMBERS.contains(&name) {
            Cells::Number(cells().map(Value::as_f64).collect())
        } else if DAYS.contains(&name) {
            Cells::Day(cells().map(|cell| cell.as_str().and_then(|day| day.parse().ok())).collect())
        } else {
            Cells::Text(cells().map(|cell| (!cell.is_null()).then(|| text(cell))).collect())
        }
    }

    fn table(&self, preset: &str, markdown: bool) -> Table {
        let mut table = Table::new();
        table.load_preset(preset);
        if !markdown {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(render::width() as u16);
        }
        table.set_header(self.columns.iter().map(|(_, title)| title));
        let cell = |value: &Value| if markdown { text(value).replace('|', "\\|") } else { text(value) };
        table.add_rows(self.rows.iter().map(|row| row.iter().map(cell)));
        for (n, column) in table.column_iter_mut().enumerate() {
            // What is no running text is of no use in pieces.
            if !markdown && UNBROKEN.contains(&self.columns[n].0) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
            if self.rows.iter().all(|row| row[n].is_number() || row[n].is_null()) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }
}

/// A value as a cell shows it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
