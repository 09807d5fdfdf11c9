//! Any bytes as JSON lines: each line an article or a diagnostic, never a panic.
#![no_main]

use depeche::ingest::{Options, jsonl::Reader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for line in Reader::new(bytes, "fuzz.jsonl", Options::default()) {
        if let Err(diagnostic) = line.result {
            assert!(!diagnostic.message.is_empty());
        }
    }
});
