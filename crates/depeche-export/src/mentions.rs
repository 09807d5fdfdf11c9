//! GDELT 2.0's table of mentions: where each row of the table of events was told. Here every row is told once, in the article at hand.

use depeche_model::{Article, Span};

use crate::{
    Telling, gdelt,
    gdelt::Row,
    table::{self, Column, column, unknown},
    text,
};

/// Appends the rows of an article, and says how many.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> u64 {
    let whole = telling.article.whole();
    gdelt::rows(telling, &whole).map(|row| table::append(&Row::MENTION, &row, "", out)).count() as u64
}

impl Row<'_> {
    /// The columns of the table of mentions, in their order.
    pub(crate) const MENTION: [Column<Self>; 16] = [
        column("GLOBALEVENTID", |row| row.dyad.id(row.event).to_string()),
        unknown("EventTimeDate"),
        unknown("MentionTimeDate"),
        column("MentionType", |row| identifier(row.article).0.to_string()),
        column("MentionSourceName", |row| source(row.article)),
        column("MentionIdentifier", |row| identifier(row.article).1),
        unknown("SentenceID"),
        column("Actor1CharOffset", |row| offset(row, row.dyad.source.and_then(|entity| entity.span))),
        column("Actor2CharOffset", |row| offset(row, row.dyad.target.and_then(|entity| entity.span))),
        column("ActionCharOffset", |row| offset(row, Some(row.event.spans.trigger))),
        column("InRawText", |_| "1".to_owned()),
        column("Confidence", |row| (row.event.confidence * 100.0).round().to_string()),
        column("MentionDocLen", |row| row.whole.chars().count().to_string()),
        unknown("MentionDocTone"),
        unknown("MentionDocTranslationInfo"),
        unknown("Extras"),
    ];
}

fn offset(row: &Row<'_>, span: Option<Span>) -> String {
    text::number(span.map(|span| text::characters(row.whole, span.start)))
}

/// How the article is cited, and GDELT's number for that: 1 an address, 2 a citation made of what is known of it, its id at least.
pub(crate) fn identifier(article: &Article) -> (u8, String) {
    if let Some(url) = &article.url {
        return (1, url.clone());
    }
    let title = Some(article.title.clone()).filter(|title| !title.is_empty());
    let day = article.published.map(|day| day.to_string());
    let parts: Vec<String> = [title, article.publisher.clone(), day].into_iter().flatten().collect();
    (2, if parts.is_empty() { article.id.clone() } else { parts.join(", ") })
}

/// The address's host without `www.`, else the publisher.
fn source(article: &Article) -> String {
    let host = article.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next()).and_then(|host| host.rsplit('@').next());
    match host.and_then(|host| host.split(':').next()) {
        Some(host) => host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase(),
        None => article.publisher.clone().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(rest: &serde_json::Value) -> Article {
        let mut value = serde_json::json!({"id": "a-1", "lang": "fr", "text": "x"});
        value.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn an_article_is_cited_by_what_is_known() {
        let on_the_web =
            article(&serde_json::json!({"url": "https://www.Example.org:8080/a?b", "publisher": "Le Journal"}));
        assert_eq!(identifier(&on_the_web), (1, "https://www.Example.org:8080/a?b".to_owned()));
        assert_eq!(source(&on_the_web), "example.org");
        let printed = article(&serde_json::json!({"title": "T", "publisher": "Le Journal", "published": "2024-03-18"}));
        assert_eq!(identifier(&printed), (2, "T, Le Journal, 2024-03-18".to_owned()));
        assert_eq!(source(&printed), "Le Journal");
        assert_eq!(identifier(&article(&serde_json::json!({}))), (2, "a-1".to_owned()));
    }
}
