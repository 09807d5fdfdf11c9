//! Plain text: a title line, then paragraphs.
//!
//! Paragraphs are separated by blank lines; a file without any has one paragraph a line. Lines of a hard-wrapped paragraph are joined. The
//! first paragraph is the title if it is one line of headline length with no full stop, and more follows.

use crate::{Draft, furniture, normalise};

/// Longest title, in bytes.
const TITLE: usize = 250;
/// Lines up to this many characters may be the result of hard wrapping.
const WRAP: usize = 100;

/// Reads plain text. The text may hold any character; the result is normalised.
pub(crate) fn read(text: &str) -> Draft {
    let text = normalise::lines(text);
    let mut paragraphs = paragraphs(&text);
    let title = if is_title(&paragraphs) { paragraphs.remove(0) } else { String::new() };
    furniture::strip(&mut paragraphs);
    Draft { title, text: paragraphs.join("\n\n"), ..Draft::default() }
}

fn is_title(paragraphs: &[String]) -> bool {
    paragraphs.len() > 1 && paragraphs[0].len() <= TITLE && !paragraphs[0].ends_with(['.', ';', ',', ':'])
}

/// Blocks of lines, joined where they are one paragraph.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    let has_blank = text.trim().lines().any(|line| line.trim().is_empty());
    for line in text.lines().chain(std::iter::once("")) {
        if !line.trim().is_empty() && has_blank {
            block.push(line);
            continue;
        }
        push_block(&mut out, &block);
        block.clear();
        push_block(&mut out, &[line]);
    }
    out
}

/// One paragraph if the block is hard-wrapped, else one a line.
fn push_block(out: &mut Vec<String>, block: &[&str]) {
    let wrapped = block.iter().all(|line| line.chars().count() <= WRAP);
    let pieces = if wrapped { vec![block.join(" ")] } else { block.iter().map(|line| (*line).to_owned()).collect() };
    out.extend(pieces.iter().map(|piece| normalise::paragraph(piece)).filter(|piece| !piece.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_paragraphs() {
        let draft = read("Paris proteste\r\n\r\nLa France a protesté\r\nmardi.\r\n\r\n\r\nBerlin aussi.\r\n");
        assert_eq!(draft.title, "Paris proteste");
        assert_eq!(draft.text, "La France a protesté mardi.\n\nBerlin aussi.");
    }

    #[test]
    fn one_paragraph_a_line_where_none_is_blank() {
        let draft = read("Paris proteste\nLa France a protesté mardi.\nBerlin aussi.");
        assert_eq!(
            (draft.title.as_str(), draft.text.as_str()),
            ("Paris proteste", "La France a protesté mardi.\n\nBerlin aussi.")
        );
    }

    #[test]
    fn a_sentence_is_no_title() {
        let draft = read("La France a protesté mardi.\n\nBerlin aussi.");
        assert_eq!(draft.title, "");
        assert_eq!(read("Un seul paragraphe").text, "Un seul paragraphe");
    }
}
