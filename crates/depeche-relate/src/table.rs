//! Tables of sentences, one a line, columns parted by tabs.
//!
//! Some have a header and some have none; some mark the parties in the sentence and others name them in columns of their own. A
//! first line is a header if one of its cells is a name that such tables use and none is a marked sentence. Without a header the marked
//! sentence is the column with marks in it; where no cell has any, the columns are sentence, source, target.

use depeche_model::Language;

use crate::{Marked, Unmarked};

/// How to read the lines of a table; learned from its first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    header: bool,
    id: Option<usize>,
    sentence: Option<usize>,
    source: Option<usize>,
    target: Option<usize>,
    language: Option<usize>,
    label: Option<usize>,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The column `id`, if there is one.
    pub id: Option<String>,
    /// The sentence and its parties.
    pub marked: Marked,
    /// The column `lang`, where it names a language that is read here.
    pub language: Option<Language>,
    /// The column `root` or `type`: what somebody says the type is.
    pub label: Option<String>,
}

const SENTENCE: &[&str] = &["marked_sentence", "sentence", "text", "phrase"];
const SOURCE: &[&str] = &["source", "actor", "source_text", "acteur"];
const TARGET: &[&str] = &["target", "recipient", "target_text", "cible"];

impl Table {
    /// From the first line.
    pub fn of(first: &str) -> Self {
        let cells = cells(first);
        let at = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
        let named = Self {
            header: true,
            id: at(&["id"]),
            sentence: at(SENTENCE),
            source: at(SOURCE),
            target: at(TARGET),
            language: at(&["lang", "language", "langue"]),
            label: at(&["root", "type", "label"]),
        };
        let marked = cells.iter().position(|cell| cell.contains("<s>") || cell.contains("<t>"));
        match (named.sentence, marked) {
            (Some(_), None) => named,
            (_, Some(at)) => Self { sentence: Some(at), ..Self::default() },
            (None, None) => Self { sentence: Some(0), source: Some(1), target: Some(2), ..Self::default() },
        }
    }

    /// Whether the first line names the columns.
    pub fn has_header(&self) -> bool {
        self.header
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Where the sentence or one of its parties is not there.
    pub fn row(&self, line: &str) -> Result<Row, Unmarked> {
        let cells = cells(line);
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map(String::as_str).filter(|c| !c.is_empty());
        let sentence = cell(self.sentence).unwrap_or("");
        let marked = match (cell(self.source), cell(self.target)) {
            (Some(source), Some(target)) if !sentence.contains("<s>") => Marked::find(sentence, source, target)?,
            _ => Marked::read(sentence)?,
        };
        let language = cell(self.language).and_then(|name| name.parse().ok());
        Ok(Row { id: cell(self.id).map(str::to_owned), marked, language, label: cell(self.label).map(str::to_owned) })
    }
}

/// Cells of a line; quotation marks around one, as spreadsheets write them, are taken off.
fn cells(line: &str) -> Vec<String> {
    line.trim_end_matches(['\r', '\n']).split('\t').map(|cell| unquoted(cell.trim())).collect()
}

fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_the_columns() {
        let table = Table::of("id\tmarked_sentence\troot\tquad");
        assert!(table.has_header());
        let row = table.row("7\t\"<s>Rome</s> said \"\"no\"\" to <t>Bern</t>.\"\tREJECT\t3\r\n").unwrap();
        assert_eq!((row.id.as_deref(), row.label.as_deref()), (Some("7"), Some("REJECT")));
        assert_eq!(row.marked.text, "Rome said \"no\" to Bern.");
    }

    #[test]
    fn parties_may_stand_in_columns_of_their_own() {
        let table = Table::of("sentence\tsource\ttarget\tlang");
        let row = table.row("Rome a refusé la demande de Berne.\tRome\tBerne\tfr").unwrap();
        assert_eq!(row.language, Some(Language::French));
        assert_eq!(row.marked.pair.target.unwrap().of(&row.marked.text), "Berne");
        let bare = Table::of("Rome snubbed Bern.\tRome\tBern");
        assert!(!bare.has_header());
        assert!(bare.row("Rome snubbed Bern.\tRome\tBern").is_ok());
    }

    #[test]
    fn without_a_header_the_marks_show_the_column() {
        let first = "ACCUSE\ten\t<s>Rome</s> blamed <t>Bern</t>.";
        let table = Table::of(first);
        assert!(!table.has_header());
        assert_eq!(table.row(first).unwrap().marked.text, "Rome blamed Bern.");
        assert!(table.row("ACCUSE\ten").is_err());
    }
}
