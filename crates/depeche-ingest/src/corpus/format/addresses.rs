//! Addresses: one given, or a file of them, one a line; `#` opens a comment.

use super::{Format, Input, Member};
use crate::{
    corpus::{Content, layers::Bytes},
    jsonl::Lines,
};

/// Longest address, in bytes.
const MAX: usize = 8192;

/// Whether a stream that begins so is a list of addresses.
pub(super) fn are(head: &[u8]) -> bool {
    // A cut through the last line does no harm: half an address looks like one, and half a scheme is no more than half a line.
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some_and(|first| is_address(first))
        && lines.all(|line| is_address(line) || "https://".starts_with(line))
}

fn is_address(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(char::is_whitespace)
}

/// One address, until it is taken.
pub(super) struct Address(Option<String>);

impl Address {
    pub(super) fn new(url: String) -> Self {
        Self(Some(url))
    }
}

impl Format for Address {
    fn next(&mut self) -> Option<Member> {
        self.0.take().map(|url| Member::sole(Content::Address(url)))
    }
}

/// A file of addresses.
pub(super) struct Addresses(Lines<Bytes>);

impl Addresses {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        Self(Lines::new(bytes, input.name, MAX))
    }
}

impl Format for Addresses {
    fn next(&mut self) -> Option<Member> {
        loop {
            let line = self.0.next()?;
            let content = match line.bytes {
                Err(error) => Content::Failed(error),
                Ok(bytes) => {
                    let url = String::from_utf8_lossy(&bytes).trim().to_owned();
                    if url.starts_with('#') {
                        continue;
                    }
                    Content::Address(url)
                }
            };
            return Some(Member::numbered(line.number, content));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_addresses_are_told_from_text() {
        assert!(are(b"# feeds\nhttps://example.org/a\n\nhttp://example.org/b\nhttps://exam"));
        assert!(!are(b"https://example.org/a says so\n") && !are(b"") && !are(b"A text about https://example.org\n"));
    }
}
