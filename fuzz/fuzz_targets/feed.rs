//! Any bytes after the opening tag of a feed: RSS, RDF or Atom, as the first byte says.
#![no_main]

use libfuzzer_sys::fuzz_target;

const OPENINGS: [&[u8]; 3] = [
    b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    b"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    depeche_fuzz::corpus(&[OPENINGS[usize::from(*first) % OPENINGS.len()], rest].concat());
});
