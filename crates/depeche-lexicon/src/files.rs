//! The lexicon's files as text: those embedded in the binary, or a user's own.

/// One file of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below `lexicon/`, with forward slashes: `events/aid/send-troops.rule`.
    pub name: String,
    /// Its text.
    pub text: String,
}

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The lexicon that this build carries, in the order of paths.
pub fn embedded() -> Vec<File> {
    EMBEDDED.iter().map(|&(name, text)| File { name: name.to_owned(), text: text.to_owned() }).collect()
}
