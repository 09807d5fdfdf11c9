//! Any text as an article: events whose evidence is their span, never a panic.
#![no_main]

use std::sync::LazyLock;

use depeche::{Article, Coder, Language};
use libfuzzer_sys::fuzz_target;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::embedded().expect("the build carries its knowledge"));

fuzz_target!(|text: &str| {
    for language in Language::ALL {
        let published = "2025-06-18".parse().ok();
        let (id, title) = ("fuzz".to_owned(), String::new());
        let article = Article { id, language, published, title, text: text.to_owned(), url: None, publisher: None };
        let whole = article.whole();
        for event in CODER.code(&article) {
            assert_eq!(event.spans.evidence.of(&whole), event.evidence);
        }
    }
});
