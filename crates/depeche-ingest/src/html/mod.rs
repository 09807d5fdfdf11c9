//! HTML pages.
//!
//! One parse (html5ever through `dom_query`), then four passes over the one tree: metadata, furniture out, main text (`dom_smoothie`, the
//! readability algorithm), paragraphs. The extractor was chosen by measurement on the 91 pages of the article extraction benchmark
//! (`examples/extraction.rs`): as accurate as `trafilatura` at more than twice the speed, and it leaves the tree in our hands, so that
//! furniture can go before it counts and paragraphs come out as the page set them.

mod guard;
mod json_ld;
mod metadata;
mod prune;
mod render;

use std::panic::AssertUnwindSafe;

use depeche_model::Diagnostic;
use dom_query::Document;
use dom_smoothie::{Config, Readability};

use crate::{Draft, Source, furniture, normalise};

/// Element that `dom_smoothie` wraps the main text in.
const CONTENT: &str = "#readability-page-1";

/// Reads a decoded page.
///
/// # Errors
/// Where the page would hurt a parser (see `guard`).
pub(crate) fn read(html: &str, source: &Source, warnings: &mut Vec<Diagnostic>) -> Result<Draft, Diagnostic> {
    guard::check(html, &source.name)?;
    let doc = Document::from(html);
    guard::check_tree(&doc, &source.name)?;
    let metadata = metadata::read(&doc, source, warnings);
    prune::unread(&doc);
    let has_words = doc.body().is_some_and(|body| body.normalized_char_count() > 0);
    prune::furniture(&doc);
    let mut paragraphs = main_text(doc);
    if paragraphs.is_empty() && has_words {
        // A theme that names its stories like furniture loses them; better furniture than nothing.
        let doc = Document::from(html);
        prune::unread(&doc);
        paragraphs = main_text(doc);
    }
    drop_repeated_title(&mut paragraphs, &metadata.title);
    furniture::strip(&mut paragraphs);
    Ok(Draft { text: paragraphs.join("\n\n"), ..metadata })
}

/// Text of a piece of a page that is all article: an entry of a feed.
///
/// # Errors
/// Where the piece would hurt a parser.
pub(crate) fn fragment(html: &str, name: &str) -> Result<String, Diagnostic> {
    guard::check(html, name)?;
    let doc = Document::from(html);
    guard::check_tree(&doc, name)?;
    prune::unread(&doc);
    prune::furniture(&doc);
    let mut paragraphs = doc.body().map(|body| paragraphs_of(&body)).unwrap_or_default();
    furniture::strip(&mut paragraphs);
    Ok(paragraphs.join("\n\n"))
}

/// Paragraphs of the main text, normalised; none where the page has none.
fn main_text(doc: Document) -> Vec<String> {
    // A page that readability finds nothing in may still be a bare sequence of paragraphs.
    let spare = doc.clone();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(doc, None, Some(config)) else { return Vec::new() };
    let parsed = crate::guarded(AssertUnwindSafe(|| readability.parse().is_ok()));
    if parsed != Some(true) {
        return spare.body().map(|body| paragraphs_of(&body)).unwrap_or_default();
    }
    let content = readability.doc.select_single(CONTENT);
    content.nodes().first().map(paragraphs_of).unwrap_or_default()
}

fn paragraphs_of(node: &dom_query::NodeRef) -> Vec<String> {
    render::blocks(node).iter().map(|block| normalise::paragraph(block)).filter(|block| !block.is_empty()).collect()
}

/// The headline above the text is the article's title, not its first sentence.
fn drop_repeated_title(paragraphs: &mut Vec<String>, title: &str) {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = letters(title);
    if !title.is_empty() && paragraphs.len() > 1 && paragraphs.first().is_some_and(|first| letters(first) == title) {
        paragraphs.remove(0);
    }
}
