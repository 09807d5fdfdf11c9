//! Whatever the bytes: an article or a diagnostic, never a panic.

use depeche_ingest::{
    Options, Source,
    corpus::{Corpus, Memory, Settings},
    jsonl::Reader,
    read,
};
use proptest::prelude::*;

/// Pieces that steer random input into the parsers' corners.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b"<html lang=fr>",
        b"<p>",
        b"</p>",
        b"<div class='share",
        b"<table><tr><td>",
        b"</table>",
        b"<!--",
        b"-->",
        b"<script>",
        b"</script>",
        b"<a href=",
        b"<b><i>",
        b"<meta charset=utf-16>",
        b"<title>",
        b"{\"text\":\"",
        b"\"}\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\0",
        b"&#x0;&amp;",
        b"<svg><p>",
        b"<template>",
        b"<form>",
        b"Le ministre a rencontr\xc3\xa9 le pr\xc3\xa9sident. ",
        b"<br>",
        b"<figure>",
        b"<meta property=article:published_time content=2024-02-30>",
        b"<time datetime=",
        b"A lire aussi :",
        b"<frameset>",
        b"<select><option>",
        b"\r",
        b"WARC/1.0\r\n",
        b"WARC-Type: response\r\n",
        b"Content-Length: 9\r\n\r\n",
        b"\x1f\x8b\x08\0\0\0\0\0\0\0",
        b"\x28\xb5\x2f\xfd",
        b"PAR1",
        b"id,text\n",
        b"\"",
        b"<rss version='2.0'><channel>",
        b"<item><title>",
        b"</item>",
        b"<feed><entry>",
        b"https://example.org/a\n",
    ];
    prop_oneof![3 => proptest::sample::select(words).prop_map(<[u8]>::to_vec), 1 => proptest::collection::vec(any::<u8>(), 0..20)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn read_never_panics(pieces in proptest::collection::vec(piece(), 0..40)) {
        let bytes = pieces.concat();
        match read(&bytes, &Source::named("x"), &Options::default()) {
            Ok(reading) => {
                let text = &reading.article.text;
                let unclean = text.contains(['\0', '\r', '\u{ad}']);
                prop_assert!(!unclean && text.trim() == text);
                let one_line_each = text.split("\n\n").all(|p| !p.contains('\n'));
                prop_assert!(one_line_each);
            }
            Err(error) => prop_assert!(!error.message.is_empty() && error.file == "x"),
        }
    }

    #[test]
    fn json_lines_never_panic(pieces in proptest::collection::vec(piece(), 0..40)) {
        let bytes = pieces.concat();
        let lines: Vec<_> = Reader::new(bytes.as_slice(), "x", Options::default()).collect();
        let last = lines.last().map_or(0, |line| line.next);
        prop_assert!(last <= bytes.len() as u64);
    }

    #[test]
    fn corpora_never_panic(pieces in proptest::collection::vec(piece(), 0..40)) {
        let files = Memory::from([("a", pieces.concat())]);
        let settings = Settings::default();
        for document in Corpus::new(files, ["a"], settings.clone()) {
            if let Err(error) = document.read(&settings) {
                prop_assert!(error.hint.is_some(), "{}", error);
            }
        }
    }
}
