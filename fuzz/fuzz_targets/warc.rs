//! Any bytes after the first line of a WARC.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| depeche_fuzz::corpus(&[b"WARC/1.1\r\n", bytes].concat()));
