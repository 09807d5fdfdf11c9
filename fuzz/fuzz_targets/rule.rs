//! Any text as a rule or word file: every mistake is told with its place, never a panic.
#![no_main]

use depeche::lexicon::{File, Lexicon};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = |name: &str| File { name: name.to_owned(), text: text.to_owned() };
    let (_, found) = Lexicon::compile(&[file("words/fuzz.words"), file("events/accuse/fuzz.rule")]);
    let lines = text.lines().count() as u32;
    assert!(found.iter().all(|d| d.line <= lines && !d.message.is_empty()), "a mistake outside the file: {found:?}");
});
