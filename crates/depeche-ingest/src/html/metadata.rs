//! Title, publisher, address, day and language, from what a page says about itself.
//!
//! Sources in order of trust: Open Graph and its kin, written for each article by the publisher's system; JSON-LD; elements of the
//! page; the address. The first that reads well wins; a day out of range is told and passed over.

use depeche_model::Diagnostic;
use dom_query::{Document, NodeRef};
use jiff::civil::Date;

use super::json_ld::{self, JsonLd};
use crate::{
    Draft, Source,
    date::{self, DateError, Order},
    normalise,
};

/// `property`, `name` or `itemprop` of meta elements that hold the day of publication, most trusted first, in lower case.
const DATE_KEYS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "publication-date",
    "date_published",
    "originalpublicationdate",
    "article.published",
    "article_date_original",
    "displaydate",
    "ptime",
    "date",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "og:pubdate",
    "article:publicationdate",
];
/// Elements of the page that hold it, most trusted first.
const DATE_ELEMENTS: &[&str] = &[
    "time[itemprop=datePublished]",
    "[itemprop=datePublished]",
    "time[pubdate]",
    "time.entry-date",
    "time.published",
    "abbr.published",
    "header time",
    "article time[datetime]",
    "time[datetime]",
    ".entry-date",
    ".published",
    ".post-date",
    ".article-date",
    ".date-published",
    ".publish-date",
    ".pubdate",
];
/// Separators between headline and site name in `<title>`.
const TITLE_SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " » ", " « ", " : : ", " :: "];

/// Everything but the text.
pub(super) fn read(doc: &Document, source: &Source, warnings: &mut Vec<Diagnostic>) -> Draft {
    let metas = Metas::of(doc);
    let linked = json_ld::read(doc);
    let publisher = publisher(&metas, &linked);
    let language = language(doc, &metas, &linked);
    let order = language.as_deref().map(Order::of_locale).unwrap_or_default();
    let url = canonical(doc, &metas, &linked, source);
    Draft {
        title: title(doc, &metas, &linked, publisher.as_deref()),
        published: published(doc, &metas, &linked, url.as_deref(), order, &source.name, warnings),
        text: String::new(),
        url,
        publisher,
        language,
    }
}

/// The page's meta elements, read once.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(doc: &Document) -> Self {
        let mut metas = Vec::new();
        for node in doc.select("meta[content]").nodes() {
            let content = normalise::paragraph(&html_escape::decode_html_entities(&node.attr_or("content", "")));
            if content.is_empty() {
                continue;
            }
            for key in ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|key| node.attr(key)) {
                metas.push((key.trim().to_ascii_lowercase(), content.clone()));
            }
        }
        Self(metas)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, content)| content.as_str())
    }

    fn first(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.get(key)).map(str::to_owned)
    }
}

fn text_of(node: &NodeRef) -> Option<String> {
    Some(normalise::paragraph(&node.text())).filter(|text| !text.is_empty())
}

fn title(doc: &Document, metas: &Metas, linked: &JsonLd, publisher: Option<&str>) -> String {
    let page = doc.select_single("title").nodes().first().and_then(text_of);
    let headings = doc.select("h1");
    let heading = headings.nodes().iter().find_map(text_of).filter(|_| headings.length() == 1);
    let told = metas
        .first(&["og:title", "twitter:title", "dc.title"])
        .or_else(|| linked.headline.as_deref().map(normalise::paragraph));
    match (told, heading, page) {
        (Some(told), _, _) => without_site(&told, publisher),
        (None, Some(heading), _) => heading,
        (None, None, Some(page)) => without_suffix(&page, publisher),
        (None, None, None) => headings.nodes().iter().find_map(text_of).unwrap_or_default(),
    }
}

/// A told title less the site's name, where that ends or opens it.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    let Some(publisher) = publisher else { return title.to_owned() };
    let same = |part: &str| part.trim().eq_ignore_ascii_case(publisher);
    for separator in TITLE_SEPARATORS {
        if let Some((head, _)) =
            title.rsplit_once(separator).filter(|(head, tail)| same(tail) && !head.trim().is_empty())
        {
            return head.trim().to_owned();
        }
        if let Some((_, tail)) =
            title.split_once(separator).filter(|(head, tail)| same(head) && !tail.trim().is_empty())
        {
            return tail.trim().to_owned();
        }
    }
    title.to_owned()
}

/// `<title>` less what looks like a site's name at its end: a last part much shorter than the rest.
fn without_suffix(title: &str, publisher: Option<&str>) -> String {
    let named = without_site(title, publisher);
    if named != title {
        return named;
    }
    let last = TITLE_SEPARATORS.iter().filter_map(|s| title.rsplit_once(s)).min_by_key(|(_, tail)| tail.len());
    match last {
        Some((head, tail)) if tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3 => {
            head.trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

fn publisher(metas: &Metas, linked: &JsonLd) -> Option<String> {
    metas
        .first(&["og:site_name"])
        .or_else(|| linked.publisher.as_deref().map(normalise::paragraph))
        .or_else(|| {
            metas.first(&[
                "dc.publisher",
                "dcterms.publisher",
                "publisher",
                "application-name",
                "twitter:app:name:iphone",
            ])
        })
        .filter(|name| !name.starts_with("http") && !name.starts_with('@'))
}

fn language(doc: &Document, metas: &Metas, linked: &JsonLd) -> Option<String> {
    let tag = doc
        .html_root()
        .attr("lang")
        .or_else(|| doc.html_root().attr("xml:lang"))
        .map(|v| v.trim().to_owned())
        .filter(|v| !v.is_empty());
    tag.or_else(|| metas.first(&["og:locale", "content-language", "language", "dc.language"]))
        .or_else(|| linked.language.clone())
}

fn canonical(doc: &Document, metas: &Metas, linked: &JsonLd, source: &Source) -> Option<String> {
    let link = doc.select_single("link[rel=canonical]").attr("href").map(|v| v.trim().to_owned());
    [link, metas.first(&["og:url"]), linked.url.clone(), source.url.clone()]
        .into_iter()
        .flatten()
        .find_map(|url| absolute(&url, source.url.as_deref()))
}

/// An absolute address, joined to the source's where it is rooted; `None` for anything else.
fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url.to_owned());
    }
    let base = base?;
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = url.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    url.starts_with('/').then(|| format!("{scheme}://{host}{url}"))
}

/// The day, from the first place that tells one; days out of range are told.
fn published(
    doc: &Document,
    metas: &Metas,
    linked: &JsonLd,
    url: Option<&str>,
    order: Order,
    name: &str,
    warnings: &mut Vec<Diagnostic>,
) -> Option<Date> {
    let told = DATE_KEYS.iter().filter_map(|key| metas.get(key).map(str::to_owned));
    let trusted = told.clone().take(1).chain(linked.published.clone()).chain(told);
    let elements = DATE_ELEMENTS.iter().flat_map(|selector| {
        let nodes = doc.select(selector).nodes().to_vec();
        nodes.into_iter().take(2).filter_map(|node| {
            ["datetime", "content", "title"]
                .iter()
                .find_map(|a| node.attr(a))
                .map(|v| v.to_string())
                .or_else(|| text_of(&node))
        })
    });
    let mut out_of_range = None;
    let found = trusted.chain(elements).find_map(|text| match date::parse(&text, order) {
        Ok(day) => Some(day),
        Err(DateError::Unreadable(_)) => None,
        Err(error @ DateError::OutOfRange(_)) => {
            out_of_range.get_or_insert(error);
            None
        }
    });
    let found = found.or_else(|| url.and_then(day_in_url));
    if let Some(error) = out_of_range {
        let remedy = if found.is_some() { "another of its dates was used" } else { "give the day with --published" };
        warnings.push(Diagnostic::warning(name, error.to_string()).hint(remedy));
    }
    found
}

/// `/2025/08/13/` or `/2025-08-13-` in an address.
fn day_in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let starts = path
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && (*at == 0 || !path.as_bytes()[at - 1].is_ascii_digit()));
    starts
        .filter_map(|(at, _)| path.get(at..at + 10))
        .filter(|text| text.contains(['/', '-']))
        .find_map(|text| date::parse(text, Order::DayMonth).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> (Draft, Vec<Diagnostic>) {
        let mut warnings = Vec::new();
        let source = Source {
            name: "t".to_owned(),
            url: Some("https://example.org/monde/2024/05/04/a.html".to_owned()),
            charset: None,
        };
        (read(&Document::from(html), &source, &mut warnings), warnings)
    }

    #[test]
    fn site_names_leave_titles() {
        assert_eq!(
            of("<title>Paris rappelle son ambassadeur - Le Monde</title>").0.title,
            "Paris rappelle son ambassadeur"
        );
        assert_eq!(of("<title>Meeting in Doha – talks go on</title>").0.title, "Meeting in Doha");
        let page = "<meta property=og:site_name content='BBC News'><meta property=og:title content='Talks - day two - BBC News'>";
        assert_eq!(of(page).0.title, "Talks - day two");
        assert_eq!(of("<title>x</title><h1>Un <b>titre</b></h1>").0.title, "Un titre");
        assert_eq!(of("<meta property=og:title content='L&amp;#8217;accord'>").0.title, "L’accord");
    }

    #[test]
    fn days_come_from_the_first_place_that_reads() {
        let day = |html: &str| of(html).0.published.map(|d| d.to_string());
        assert_eq!(day("<meta name=date content=soon><time datetime=2024-05-05>").as_deref(), Some("2024-05-05"));
        assert_eq!(
            day("<html lang=fr><span class=published>Publié le 6 mai 2024</span>").as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(day("<p>rien").as_deref(), Some("2024-05-04"), "from the address");
    }

    #[test]
    fn a_year_out_of_range_is_told() {
        let (draft, warnings) =
            of("<meta property=article:published_time content=0001-01-01T00:00:00Z><time datetime=2024-05-05>");
        assert_eq!(draft.published.map(|d| d.to_string()).as_deref(), Some("2024-05-05"));
        assert!(warnings[0].message.contains("1900 to 2100"), "{warnings:?}");
    }

    #[test]
    fn addresses_are_made_absolute() {
        assert_eq!(of("<link rel=canonical href=/a/b>").0.url.as_deref(), Some("https://example.org/a/b"));
        assert_eq!(
            of("<link rel=canonical href='javascript:x'>").0.url.as_deref(),
            Some("https://example.org/monde/2024/05/04/a.html")
        );
    }
}
