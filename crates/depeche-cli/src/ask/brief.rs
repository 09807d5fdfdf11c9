//! A brief: what happened, in the order of time, each statement with a footnote to who reports it.

use std::{collections::BTreeMap, fmt::Write as _};

use depeche::store::Head;

/// Statements and their sources, as Markdown.
#[derive(Default)]
pub(crate) struct Brief {
    text: String,
    /// Numbers of the sources, by id of the article.
    numbers: BTreeMap<String, usize>,
    notes: Vec<String>,
}

impl Brief {
    /// A brief under a heading.
    pub(crate) fn new(title: &str) -> Self {
        Self { text: format!("# {}\n", escape(title)), ..Self::default() }
    }

    /// A part of it.
    pub(crate) fn heading(&mut self, title: &str) {
        let _ = write!(self.text, "\n## {}\n\n", escape(title));
    }

    /// A statement, who reports it, and the words that do.
    pub(crate) fn statement(&mut self, what: &str, quoted: &str, sources: &[Head]) {
        let notes: Vec<String> = sources.iter().map(|source| format!("[^{}]", self.number(source))).collect();
        let _ = writeln!(self.text, "- {}{}", escape(what), notes.concat());
        let _ = writeln!(self.text, "  > {}", escape(quoted));
    }

    /// A line under the last statement.
    pub(crate) fn remark(&mut self, remark: &str) {
        let _ = writeln!(self.text, "\n  {}", escape(remark));
    }

    fn number(&mut self, source: &Head) -> usize {
        if let Some(number) = self.numbers.get(&source.id) {
            return *number;
        }
        let number = self.notes.len() + 1;
        self.numbers.insert(source.id.clone(), number);
        self.notes.push(note(source));
        number
    }

    /// The whole, with its footnotes.
    pub(crate) fn end(mut self) -> String {
        if self.notes.is_empty() {
            self.text.push_str("\nNothing is known of it.\n");
        }
        for (n, note) in self.notes.iter().enumerate() {
            let _ = writeln!(self.text, "{}[^{}]: {note}", if n == 0 { "\n" } else { "" }, n + 1);
        }
        self.text
    }
}

/// Who, what, when, where: as a reader would cite it.
fn note(source: &Head) -> String {
    let title = if source.title.is_empty() { &source.id } else { &source.title };
    let mut out = source.publisher.as_ref().map_or_else(String::new, |name| format!("{}, ", escape(name)));
    let _ = write!(out, "“{}”", escape(title));
    if let Some(day) = source.published {
        let _ = write!(out, ", {day}");
    }
    match &source.url {
        Some(url) => {
            let _ = write!(out, ", <{url}>.");
        }
        None => {
            let _ = write!(out, " ({}).", escape(&source.id));
        }
    }
    out
}

/// Text that Markdown leaves as it is, on one line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
