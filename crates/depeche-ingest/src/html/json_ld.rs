//! JSON-LD: what publishers tell search engines about an article.

use dom_query::Document;
use serde_json::Value;

/// Types of schema.org that are an article, by ending.
const ARTICLE_ENDINGS: &[&str] = &["Article", "NewsArticle", "BlogPosting", "Report", "LiveBlogPosting", "WebPage"];
/// Deepest nesting that is searched.
const DEPTH: usize = 6;

/// The fields that matter here, of the page's first article object; other objects fill what it leaves open.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// Reads every JSON-LD block of a page; broken ones are passed over, as every other reader of them does.
pub(super) fn read(doc: &Document) -> JsonLd {
    let mut found = JsonLd::default();
    for script in doc.select("script[type='application/ld+json']").nodes() {
        if let Ok(value) = serde_json::from_str::<Value>(script.text().trim().trim_end_matches(';')) {
            visit(&value, DEPTH, &mut found);
        }
    }
    found
}

fn visit(value: &Value, depth: usize, found: &mut JsonLd) {
    match value {
        Value::Array(items) if depth > 0 => items.iter().for_each(|item| visit(item, depth - 1, found)),
        Value::Object(object) if depth > 0 => {
            if is_article(object.get("@type")) {
                take(object, found);
            }
            if let Some(graph) = object.get("@graph") {
                visit(graph, depth - 1, found);
            }
            if let Some(main) = object.get("mainEntity") {
                visit(main, depth - 1, found);
            }
        }
        _ => {}
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let ends = |v: &Value| v.as_str().is_some_and(|s| ARTICLE_ENDINGS.iter().any(|end| s.ends_with(end)));
    match kind {
        Some(Value::Array(kinds)) => kinds.iter().any(ends),
        Some(kind) => ends(kind),
        None => false,
    }
}

fn take(object: &serde_json::Map<String, Value>, found: &mut JsonLd) {
    let text = |key: &str| object.get(key).and_then(name_of);
    let fill = |slot: &mut Option<String>, value: Option<String>| *slot = slot.take().or(value);
    fill(&mut found.headline, text("headline"));
    fill(&mut found.published, text("datePublished").or_else(|| text("dateCreated")));
    fill(&mut found.publisher, text("publisher"));
    fill(&mut found.url, text("url").or_else(|| text("mainEntityOfPage")));
    fill(&mut found.language, text("inLanguage"));
}

/// A string, or the name or id of an object, or the first of a list of them.
fn name_of(value: &Value) -> Option<String> {
    let value = match value {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let text = match value {
        Value::Object(object) => object.get("name").or_else(|| object.get("@id"))?.as_str()?,
        other => other.as_str()?,
    };
    let text = html_escape::decode_html_entities(text.trim()).into_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_and_lists_are_searched() {
        let doc = Document::from(
            r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"L&#8217;accord","datePublished":"2024-05-04T10:00:00+02:00",
            "publisher":{"@type":"Organization","name":"Le Journal"},"mainEntityOfPage":{"@id":"https://example.org/a"}}]}</script><script type="application/ld+json">{broken</script>"#,
        );
        let found = read(&doc);
        assert_eq!(found.headline.as_deref(), Some("L’accord"));
        assert_eq!(found.published.as_deref(), Some("2024-05-04T10:00:00+02:00"));
        assert_eq!(found.publisher.as_deref(), Some("Le Journal"));
        assert_eq!(found.url.as_deref(), Some("https://example.org/a"));
    }
}
