//! A plain table as Parquet: columns of text, whole numbers, numbers or days, any of which may be empty in a row.

use std::io::{self, Write};

use arrow_array::{Float64Array, Int64Array, StringArray};
use jiff::civil::Date;

use super::{
    arrays::{Column, days, open},
    whole,
};

/// A column of a table: the cells of all rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Text.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// Days.
    Day(Vec<Option<Date>>),
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Whole(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Day(cells) => cells.len(),
        }
    }

    /// The cells of some rows as a column; of no rows, an empty one.
    fn column(&self, name: &'static str, rows: &[usize]) -> Column {
        match self {
            Self::Text(cells) => {
                let cell = |&row: &usize| cells.get(row).and_then(Option::as_deref);
                open(name, rows.iter().map(cell).collect::<StringArray>())
            }
            Self::Whole(cells) => {
                open(name, rows.iter().map(|&row| cells.get(row).copied().flatten()).collect::<Int64Array>())
            }
            Self::Number(cells) => {
                open(name, rows.iter().map(|&row| cells.get(row).copied().flatten()).collect::<Float64Array>())
            }
            Self::Day(cells) => {
                let cells: Vec<Option<Date>> = rows.iter().map(|&row| cells.get(row).copied().flatten()).collect();
                open(name, days(&cells.iter().collect::<Vec<_>>(), |cell| *cell))
            }
        }
    }
}

/// Writes a table as a whole Parquet file and gives the output back.
///
/// # Errors
/// Where the output cannot be written to. Columns of unequal length are filled up with empty cells.
pub fn table<W: Write + Send>(columns: &[(&'static str, Cells)], out: W) -> io::Result<W> {
    let rows: Vec<usize> = (0..columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default()).collect();
    whole(&rows, out, |run| Ok(columns.iter().map(|(name, cells)| cells.column(name, run)).collect()))
}
