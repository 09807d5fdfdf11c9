//! Any bytes as a file of a corpus, whatever its format.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| depeche_fuzz::corpus(bytes));
