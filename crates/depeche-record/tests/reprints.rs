//! Reprints: found whatever the order, and nothing else taken for one.

mod common;

use std::collections::BTreeMap;

use common::Set;
use depeche_model::Article;
use depeche_record::{Change, Copy, Reprints};

fn copy(reprints: &Reprints, article: &Article) -> Copy {
    Copy {
        article: article.id.clone(),
        language: article.language,
        published: article.published,
        signature: reprints.signature(&article.text),
    }
}

fn originals(articles: &[Article]) -> BTreeMap<String, String> {
    let mut reprints = Reprints::default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for article in articles {
        for Change { article, reprint_of } in reprints.insert(copy(&reprints, article)) {
            match reprint_of {
                Some(original) => known.insert(article, original),
                None => known.remove(&article),
            };
        }
    }
    for article in articles {
        assert_eq!(known.get(&article.id).map(String::as_str), reprints.original_of(&article.id), "{}", article.id);
    }
    known
}

#[test]
fn agency_copy_under_another_headline_is_found() {
    let found = originals(&Set::Tuned.articles());
    let expected = [("rec-015", "rec-014"), ("rec-016", "rec-075"), ("rec-076", "rec-063")];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
}

#[test]
fn the_order_of_articles_changes_nothing() {
    let mut articles = Set::Tuned.articles();
    let expected = originals(&articles);
    articles.reverse();
    assert_eq!(originals(&articles), expected);
    articles.sort_by(|a, b| a.title.cmp(&b.title));
    assert_eq!(originals(&articles), expected);
}

#[test]
fn an_original_that_goes_leaves_its_reprint_an_original() {
    let articles = Set::Tuned.articles();
    let mut reprints = Reprints::default();
    for article in &articles {
        reprints.insert(copy(&reprints, article));
    }
    let changes = reprints.remove("rec-014");
    assert_eq!(changes, [Change { article: "rec-015".to_owned(), reprint_of: None }]);
    assert_eq!(reprints.original_of("rec-015"), None);
    let again = articles.iter().find(|article| article.id == "rec-014").unwrap();
    let changes = reprints.insert(copy(&reprints, again));
    assert_eq!(changes, [Change { article: "rec-015".to_owned(), reprint_of: Some("rec-014".to_owned()) }]);
}

#[test]
fn the_same_text_a_month_later_is_no_reprint() {
    let articles = Set::Tuned.articles();
    let mut reprints = Reprints::default();
    reprints.insert(copy(&reprints, &articles[0]));
    let late = Article { id: "late".to_owned(), published: "2025-04-20".parse().ok(), ..articles[0].clone() };
    assert_eq!(reprints.insert(copy(&reprints, &late)), []);
}

#[test]
fn texts_too_short_to_tell_are_never_reprints() {
    let mut reprints = Reprints::default();
    let articles = Set::Tuned.articles();
    for id in ["a", "b"] {
        let short = Article { id: id.to_owned(), text: "More follows.".to_owned(), ..articles[0].clone() };
        assert_eq!(reprints.insert(copy(&reprints, &short)), []);
    }
}

/// Stores keep signatures, so they must not change with a library: if this fails, stores have to make them anew.
#[test]
fn signatures_stay_what_they_are() {
    let signature = Reprints::default().signature(&Set::Tuned.articles()[0].text);
    let kept = serde_json::to_value(&signature).unwrap();
    let first: Vec<u64> = kept.as_array().unwrap().iter().take(3).filter_map(serde_json::Value::as_u64).collect();
    assert_eq!((kept.as_array().unwrap().len(), first), (126, vec![8_925_825, 10_378_893, 13_964_331]));
}
