//! From a tree to paragraphs: one for each block, as a reader would see them.
//!
//! Headings, list items and table rows are paragraphs of their own. A line break inside a block ends a paragraph only after the end of a
//! sentence: old pages set paragraphs with `<br>`, others merely break a line.

use dom_query::NodeRef;

/// Elements that do not start a new paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];
/// Elements whose content no reader sees as text.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio", "canvas",
    "button", "input", "select", "textarea", "img", "picture", "source", "head", "title",
];

/// The paragraphs under a node, not yet normalised; some may be blank.
pub(super) fn blocks(root: &NodeRef) -> Vec<String> {
    let mut out = Out::default();
    let mut node = root.first_child();
    // Iterative, so that depth costs no stack: down to the first child, else on to the next sibling, else up.
    while let Some(here) = node {
        let enter = out.open(&here);
        if let Some(child) = here.first_child().filter(|_| enter) {
            node = Some(child);
            continue;
        }
        out.close(&here);
        node = next(&here, root, &mut out);
    }
    out.flush();
    out.blocks
}

/// The node after `here` in document order that is not inside it, closing what is left on the way; none at the end of `root`.
fn next<'a>(here: &NodeRef<'a>, root: &NodeRef, out: &mut Out) -> Option<NodeRef<'a>> {
    let mut at = *here;
    loop {
        if let Some(sibling) = at.next_sibling() {
            return Some(sibling);
        }
        at = at.parent().filter(|parent| parent.id != root.id)?;
        out.close(&at);
    }
}

#[derive(Default)]
struct Out {
    blocks: Vec<String>,
    current: String,
}

/// What an element does to the flow.
enum Flow {
    Inline,
    Block,
    Cell,
    Break,
    Unseen,
}

fn flow(node: &NodeRef) -> Flow {
    let Some(name) = node.qual_name_ref() else { return Flow::Inline };
    match name.local.as_ref() {
        "br" => Flow::Break,
        "td" | "th" => Flow::Cell,
        n if INLINE.contains(&n) => Flow::Inline,
        n if UNSEEN.contains(&n) => Flow::Unseen,
        _ => Flow::Block,
    }
}

impl Out {
    /// Enters a node; whether its children are to be seen.
    fn open(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            node.query(|n| {
                if let dom_query::NodeData::Text { contents } = &n.data {
                    self.current.push_str(contents);
                }
            });
            return false;
        }
        if !node.is_element() {
            return false;
        }
        match flow(node) {
            Flow::Inline => {}
            Flow::Block => self.flush(),
            Flow::Cell => {
                if !self.current.trim().is_empty() {
                    self.current.push_str(" | ");
                }
            }
            Flow::Break => self.line_break(),
            Flow::Unseen => return false,
        }
        true
    }

    /// Leaves a node.
    fn close(&mut self, node: &NodeRef) {
        if node.is_element() && matches!(flow(node), Flow::Block) {
            self.flush();
        }
    }

    fn line_break(&mut self) {
        if self.current.trim_end_matches(['"', '”', '»', ')', ' ', '\u{a0}', '\n']).ends_with(['.', '!', '?', '…', ':'])
        {
            self.flush();
        } else {
            self.current.push(' ');
        }
    }

    fn flush(&mut self) {
        if !self.current.trim().is_empty() {
            self.blocks.push(std::mem::take(&mut self.current));
        }
        self.current.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<String> {
        let doc = dom_query::Document::from(html);
        blocks(&doc.body().unwrap()).iter().map(|b| crate::normalise::paragraph(b)).collect()
    }

    #[test]
    fn blocks_become_paragraphs() {
        assert_eq!(
            of("<h2>Un</h2><p>Deux <b>tr</b>ois<div>Quatre<ul><li>Cinq<li>Six</ul>Sept"),
            ["Un", "Deux trois", "Quatre", "Cinq", "Six", "Sept"]
        );
        assert_eq!(of("<table><tr><td>Lyon<td>3<tr><th>Nice<td>1</table>"), ["Lyon | 3", "Nice | 1"]);
    }

    #[test]
    fn breaks_end_sentences_not_lines() {
        assert_eq!(of("<p>Paris a signé.<br>Berlin aussi,<br>hier</p>"), ["Paris a signé.", "Berlin aussi, hier"]);
    }

    #[test]
    fn unseen_is_not_text() {
        assert_eq!(of("<p>a<script>b</script><button>c</button>d</p>"), ["ad"]);
    }
}
