//! Any bytes as JSON lines: each line an article or a diagnostic, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| depeche_fuzz::corpus(&[b"{\"id\":\"a\",\"lang\":\"en\",\"text\":\"x\"}\n", bytes].concat()));
