//! Tables of named columns: the name and what fills it are declared side by side, once.

use crate::text;

/// A column of a format whose rows are made from `R`.
pub(crate) struct Column<R: ?Sized> {
    /// As the format's makers write it.
    pub name: &'static str,
    /// What stands in it.
    pub fill: fn(&R) -> String,
}

/// A column.
pub(crate) const fn column<R>(name: &'static str, fill: fn(&R) -> String) -> Column<R> {
    Column { name, fill }
}

/// A column that Dépêche knows nothing for.
pub(crate) const fn unknown<R>(name: &'static str) -> Column<R> {
    Column { name, fill: |_| String::new() }
}

/// The names of columns.
pub(crate) fn names<R>(columns: &[Column<R>]) -> Vec<&'static str> {
    columns.iter().map(|column| column.name).collect()
}

/// Appends a row, its cells parted by tabs; an empty cell becomes `missing`.
pub(crate) fn append<R>(columns: &[Column<R>], row: &R, missing: &str, out: &mut Vec<u8>) {
    for (n, column) in columns.iter().enumerate() {
        if n > 0 {
            out.push(b'\t');
        }
        let cell = (column.fill)(row);
        let cell = if cell.is_empty() { missing } else { &text::plain(&cell) };
        out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'\n');
}
