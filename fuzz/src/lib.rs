//! What the targets that read corpora hold every input to.

use depeche_ingest::{
    Options,
    corpus::{Corpus, Memory, Position, Settings},
};

/// Longest document, in bytes: small, so that limits are met.
const MAX: usize = 64 << 10;

/// Reads bytes as a file: every document is an article or a diagnostic, there is an end, and a run that goes on from any place meets the same
/// documents as one that was not stopped.
///
/// # Panics
/// Where that does not hold.
pub fn corpus(bytes: &[u8]) {
    let settings = Settings { options: Options { max_bytes: MAX, ..Options::default() }, ..Settings::default() };
    let open = || Corpus::new(Memory::from([("in", bytes)]), ["in"], settings.clone());
    let mut places: Vec<Position> = Vec::new();
    for document in open() {
        places.push(document.position.clone());
        assert!(places.len() <= bytes.len() + 1, "more documents than bytes");
        for article in document.articles(&settings) {
            if let Err(diagnostic) = article {
                assert!(!diagnostic.message.is_empty());
            }
        }
    }
    if let Some(place) = places.get(places.len() / 2) {
        let rest: Vec<Position> = open().resume(place.clone()).map(|document| document.position).collect();
        assert_eq!(rest, places[places.len() / 2 + 1..], "a run that goes on meets other documents");
    }
}
