//! Any bytes as a page: an article or a diagnostic, never a panic, and within bounds of time and memory.
#![no_main]

use depeche_ingest::{Options, Source, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read(bytes, &Source::named("fuzz.html"), &Options::default()) {
        Ok(reading) => assert!(!reading.article.whole().trim().is_empty(), "an article without a word"),
        Err(diagnostic) => assert!(!diagnostic.message.is_empty() && diagnostic.file == "fuzz.html"),
    }
});
