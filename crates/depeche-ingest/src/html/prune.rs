//! Furniture by its markup: what goes before the main text is looked for.
//!
//! Captions, asides, share bars, newsletter boxes, comment forms and lists of related headlines are named by their elements and classes
//! more reliably than by their shape. Classes are read word by word (`wp-element-caption` is `wp`, `element`, `caption`), so that
//! `shareholder` is no `share`. What is too large to be furniture stays, whatever it is called: themes give the body odd names.

use dom_query::{Document, NodeRef, Selection};

/// Elements that never hold the story's own words.
const ELEMENTS: &str = "figure, figcaption, nav, form, noscript, dialog, menu, button, select, footer, video, audio, iframe, svg, template";

/// Words of a class or id that name furniture wherever they stand.
const WORDS: &[&str] = &[
    "caption",
    "captions",
    "figcaption",
    "legend",
    "legende",
    "credit",
    "credits",
    "newsletter",
    "newsletters",
    "share",
    "sharing",
    "sharebar",
    "social",
    "related",
    "relatedarticles",
    "relateds",
    "recirc",
    "recirculation",
    "recommended",
    "recommendation",
    "recommendations",
    "outbrain",
    "taboola",
    "trending",
    "promo",
    "promos",
    "breadcrumb",
    "breadcrumbs",
    "subscribe",
    "subscription",
    "paywall",
    "comments",
    "respond",
    "commentlist",
    "disqus",
    "advert",
    "advertisement",
    "ads",
    "sponsored",
    "cookie",
    "cookies",
    "consent",
    "popup",
    "modal",
    "toolbar",
    "byline",
    "tags",
    "taglist",
    "author",
    "authors",
    "bio",
    "hidden",
    "skip",
    "print",
    "signup",
    "readmore",
    "lireaussi",
    "followus",
];
/// Pairs of words that name furniture together.
const PAIRS: &[(&str, &str)] = &[
    ("read", "more"),
    ("read", "also"),
    ("also", "read"),
    ("lire", "aussi"),
    ("see", "also"),
    ("more", "stories"),
    ("more", "news"),
    ("more", "from"),
    ("most", "read"),
    ("most", "popular"),
    ("you", "may"),
    ("up", "next"),
    ("sign", "up"),
    ("inline", "related"),
    ("story", "links"),
    ("follow", "us"),
    ("comment", "form"),
];
/// Furniture longer than this many characters, or than this share of the page's text, is believed to be the story.
const MAX_CHARS: usize = 1500;
const MAX_SHARE: f64 = 0.3;

/// Share of a list's characters that lie in links from which it is a list of links, and the same for a lone paragraph.
const LIST_LINKS: f64 = 0.75;
const PARAGRAPH_LINKS: f64 = 0.95;
/// Longest paragraph, in characters, that can be a lone link to another story.
const LONE_LINK: usize = 200;
/// Longest heading of a list of links, in characters.
const LIST_HEADING: usize = 80;

/// Removes what no reader sees, and what would cost the extractor time for nothing.
pub(super) fn unread(doc: &Document) {
    doc.select("script, style, link").remove();
    breaks(doc);
}

/// Removes furniture from a parsed page.
pub(super) fn furniture(doc: &Document) {
    let Some(body) = doc.body() else { return };
    let total = body.normalized_char_count();
    for node in doc.select(ELEMENTS).nodes() {
        let size = if node.has_name("figure") || node.has_name("form") || node.has_name("footer") {
            node.normalized_char_count()
        } else {
            0
        };
        if is_furniture_size(size, total) {
            node.remove_from_parent();
        }
    }
    for node in doc.select("[class], [id], [hidden], [aria-hidden=true]").nodes() {
        if (is_hidden(node) || is_named_furniture(node))
            && !is_root(node)
            && is_furniture_size(node.normalized_char_count(), total)
        {
            node.remove_from_parent();
        }
    }
    links(doc, total);
}

/// The line break right before a node, blanks apart.
fn break_before<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut at = node.prev_sibling();
    while let Some(blank) = at.filter(|at| at.is_text() && !at.is_nonempty_text()) {
        at = blank.prev_sibling();
    }
    at.filter(|at| at.has_name("br"))
}

/// Cuts runs of line breaks to two, which is what makes a paragraph: the extractor's time is quadratic in longer ones.
fn breaks(doc: &Document) {
    for node in doc.select("br").nodes() {
        if break_before(node).is_some_and(|first| break_before(&first).is_some()) {
            node.remove_from_parent();
        }
    }
}

/// Removes lists of links with the heading over each, and paragraphs that are one link: other stories, not this one.
fn links(doc: &Document, total: usize) {
    for node in doc.select("ul, ol, p").nodes() {
        let size = node.normalized_char_count();
        let linked: usize =
            Selection::from(*node).select("a[href]").nodes().iter().map(NodeRef::normalized_char_count).sum();
        let share = linked as f64 / size.max(1) as f64;
        let is_list = !node.has_name("p");
        let goes = if is_list {
            share >= LIST_LINKS && is_furniture_size(size, total)
        } else {
            share >= PARAGRAPH_LINKS && size < LONE_LINK
        };
        if !goes || linked == 0 {
            continue;
        }
        if let Some(heading) = node.prev_element_sibling().filter(|before| is_list && heads_a_list(before)) {
            heading.remove_from_parent();
        }
        node.remove_from_parent();
    }
}

/// Whether an element is a heading, or a few words set as a paragraph like one.
fn heads_a_list(node: &NodeRef) -> bool {
    let is_heading = ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name));
    let text = node.text();
    let is_label = node.has_name("p") && !text.trim_end().ends_with(['.', '!', '?', '»', '”', '"']);
    (is_heading || is_label) && node.normalized_char_count() < LIST_HEADING
}

fn is_furniture_size(size: usize, total: usize) -> bool {
    size < MAX_CHARS && (size as f64) < total as f64 * MAX_SHARE
}

/// Elements that carry the page rather than a part of it; a class on them says what the page is, not what to leave out.
fn is_root(node: &NodeRef) -> bool {
    ["html", "body", "main", "article", "h1"].iter().any(|name| node.has_name(name))
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|v| &*v == "true")
}

fn is_named_furniture(node: &NodeRef) -> bool {
    let matches = |value: &str| {
        let mut before = String::new();
        for word in words(value) {
            if WORDS.contains(&word.as_str()) || PAIRS.contains(&(before.as_str(), word.as_str())) {
                return true;
            }
            before = word;
        }
        false
    };
    node.class().is_some_and(|v| matches(&v)) || node.id_attr().is_some_and(|v| matches(&v))
}

/// The words of a class list: split at what is no letter and where lower case turns to upper, in lower case.
fn words(value: &str) -> impl Iterator<Item = String> {
    let mut words: Vec<String> = Vec::new();
    let mut lower_before = false;
    let mut fresh = true;
    for c in value.chars() {
        if !c.is_alphabetic() {
            fresh = true;
            continue;
        }
        if fresh || (lower_before && c.is_uppercase()) {
            words.push(String::new());
        }
        (fresh, lower_before) = (false, c.is_lowercase());
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_by_the_word() {
        assert_eq!(
            words("wp-element-caption relatedLinks_2 A").collect::<Vec<_>>(),
            ["wp", "element", "caption", "related", "links", "a"]
        );
        let page = "<body><p class='shareholder'>Un texte assez long pour rester dans la page, et plus encore.</p><p>Encore du texte ici, assez.</p><div class='share-bar'>Tweet</div><p class=ReadMore>Titre</p></body>";
        let doc = Document::from(page);
        furniture(&doc);
        let text = doc.text();
        assert!(text.contains("assez long"));
        assert!(!text.contains("Tweet") && !text.contains("Titre"), "{text}");
    }

    #[test]
    fn lists_of_links_go_with_their_heading() {
        let story = "<p>Les ministres se sont réunis mardi à <a href=/b>Bruxelles</a>.</p>".repeat(9);
        let doc = Document::from(format!(
            "<body>{story}<h3>Dans la même veine</h3><ul><li><a href=/c>Un titre</a></li><li><a href=/d>Un autre</a></li></ul>
             <p><a href=/e>Un titre seul</a></p><h3>Mesures</h3><ul><li>Un <a href=/f>couvre-feu</a> de nuit dès lundi.</li></ul></body>"
        ));
        furniture(&doc);
        let text = doc.text();
        assert!(!text.contains("veine") && !text.contains("Un titre"), "{text}");
        assert!(text.contains("Bruxelles") && text.contains("Mesures") && text.contains("couvre-feu"), "{text}");
    }

    #[test]
    fn a_story_with_an_odd_class_stays() {
        let story = "<p>Les ministres se sont réunis mardi à Bruxelles.</p>".repeat(60);
        let doc = Document::from(format!("<body><div class='social'>{story}</div></body>"));
        furniture(&doc);
        assert!(doc.text().contains("Bruxelles"));
    }
}
