//! What holds of any text: nothing panics, and every span points at what it says.

mod common;

use std::fmt::Write as _;

use common::{BOLD_CODER, articles};
use depeche::{Article, Event, Language, Span};
use proptest::prelude::*;

fn article(language: Language, title: String, text: String) -> Article {
    let published = "2025-06-18".parse().ok();
    Article { id: "any".to_owned(), language, published, title, text, url: None, publisher: None }
}

/// Every span of an event, named.
fn spans(event: &Event) -> Vec<(&'static str, Span)> {
    let s = &event.spans;
    let mut all = vec![("evidence", s.evidence), ("trigger", s.trigger)];
    all.extend(s.actors.iter().flatten().map(|&span| ("actor", span)));
    all.extend(s.recipients.iter().flatten().map(|&span| ("recipient", span)));
    all.extend(event.actors.iter().chain(&event.recipients).filter_map(|e| e.span).map(|span| ("entity", span)));
    let more = [("date", s.date), ("place", s.place), ("attribution", s.attribution)];
    all.extend(more.into_iter().filter_map(|(name, span)| Some((name, span?))));
    all
}

/// What is wrong with the events of an article; empty where all holds.
fn wrong(article: &Article) -> String {
    let whole = article.whole();
    let mut told = String::new();
    for event in BOLD_CODER.code(article) {
        for (name, span) in spans(&event) {
            if whole.get(span.start as usize..span.end as usize).is_none_or(str::is_empty) {
                let _ = writeln!(told, "{}: span {span:?} of {name} is empty or off a character boundary", event.rule);
            }
        }
        if event.evidence != event.spans.evidence.of(&whole) {
            let _ = writeln!(told, "{}: evidence `{}` is not its span", event.rule, event.evidence);
        }
        if event.spans.actors.len() != event.actors.len() || event.spans.recipients.len() != event.recipients.len() {
            let _ = writeln!(told, "{}: sides and their spans differ in number", event.rule);
        }
        if event.date.is_some_and(|d| d.start > d.end) {
            let _ = writeln!(told, "{}: the date ends before it starts", event.rule);
        }
        if !(0.0..=1.0).contains(&event.confidence) {
            let _ = writeln!(told, "{}: confidence {} is out of range", event.rule, event.confidence);
        }
    }
    told
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::French), Just(Language::English)]
}

/// Words that mean something to the rules and tables, in any order, with what breaks tokenisers between them.
fn salad() -> impl Strategy<Value = String> {
    let words = "Paris Moscou a condamné condemned bombed tué killed 12 soldats soldiers ’ « » \u{a0} mardi Tuesday , . \n\n l’ONU \
                 UN said selon according to ministre minister 31 février été été 99999999999999999999 — 🙂 e\u{301}";
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    prop::collection::vec(prop::sample::select(words), 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(language in language(), title in "\\PC{0,60}", text in any::<String>()) {
        let told = wrong(&article(language, title, text));
        prop_assert!(told.is_empty(), "{}", told);
    }

    #[test]
    fn any_salad_of_news_words_is_survived(language in language(), text in salad()) {
        let told = wrong(&article(language, String::new(), text));
        prop_assert!(told.is_empty(), "{}", told);
    }

    /// News cut at any character, in the right language or the wrong one.
    #[test]
    fn any_piece_of_an_article_is_survived(which in 0usize..6, from in 0usize..400, length in 0usize..600, language in language()) {
        let articles = articles();
        let whole = articles[which % articles.len()].whole();
        let text: String = whole.chars().skip(from).take(length).collect();
        let told = wrong(&article(language, String::new(), text));
        prop_assert!(told.is_empty(), "{}", told);
    }
}

#[test]
fn events_of_whole_articles_point_at_what_they_say() {
    for article in articles() {
        assert_eq!(wrong(&article), "", "{}", article.id);
    }
}
