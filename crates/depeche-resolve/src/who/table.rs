//! Tab-separated tables: comments, one header line, one entry a line.
//!
//! The reader is strict about shape (a line needs as many cells as the header, less empty ones at the end) and silent
//! about meaning; [`super::check`] looks at that.

use depeche_model::{Diagnostic, Language};

/// One line of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    /// Line in the file, from 1.
    pub line: u32,
    cells: Vec<&'t str>,
}

/// A table whose header has been read.
#[derive(Clone, Debug)]
pub(crate) struct Table<'t> {
    /// Name of the file, relative to the lexicon.
    pub file: &'t str,
    header: Vec<&'t str>,
    /// Entries in file order.
    pub rows: Vec<Row<'t>>,
}

impl<'t> Table<'t> {
    /// Reads a whole table; lines of the wrong shape are left out and reported.
    pub(crate) fn read(file: &'t str, text: &'t str, problems: &mut Vec<Diagnostic>) -> Self {
        let mut table = Self { file, header: Vec::new(), rows: Vec::new() };
        for (number, line) in (1u32..).zip(text.lines()) {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if table.header.is_empty() {
                table.header = cells;
            } else if cells.len() > table.header.len() {
                let message = format!("{} cells where the header has {}", cells.len(), table.header.len());
                problems.push(Diagnostic::error(file, message).at(number, 1).hint("separate cells with one tab"));
            } else {
                table.rows.push(Row { line: number, cells });
            }
        }
        table
    }

    /// Whether the header names this column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.header.contains(&column)
    }

    /// A cell by the name of its column; empty where the line is short or the column absent.
    pub(crate) fn cell(&self, row: &Row<'t>, column: &str) -> &'t str {
        let at = self.header.iter().position(|name| *name == column);
        at.and_then(|at| row.cells.get(at)).copied().unwrap_or("")
    }
}

/// The forms of a cell: separated by `;`, each with an optional `fr:` or `en:`.
pub(crate) fn forms(cell: &str) -> impl Iterator<Item = (Option<Language>, &str)> {
    cell.split(';').map(str::trim).filter(|form| !form.is_empty()).map(|form| {
        if let Some(rest) = form.strip_prefix("fr:") {
            (Some(Language::French), rest.trim())
        } else if let Some(rest) = form.strip_prefix("en:") {
            (Some(Language::English), rest.trim())
        } else {
            (None, form)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_pass_and_long_ones_are_reported() {
        let mut problems = Vec::new();
        let table = Table::read("a.tsv", "# about\nname\tforms\n\nx\ny\tfr:z; w\na\tb\tc\n", &mut problems);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, 6);
        let all: Vec<_> = forms(table.cell(&table.rows[1], "forms")).collect();
        assert_eq!(all, [(Some(Language::French), "z"), (None, "w")]);
    }
}
