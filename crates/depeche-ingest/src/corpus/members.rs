//! gzip in members, of which some may be damaged.
//!
//! A gzip file may be many one after the other, and web archives are: a member a record. A damaged member costs itself: its error is told
//! once, and reading goes on with the next member that opens well. Where that begins must be searched for from the start of the damaged
//! one: a member that is cut short is followed at once by the next, and the decoder has read into that before it noticed.

use std::{
    error, fmt,
    io::{self, BufRead, Read},
};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::layers::Bytes;

/// How a member begins: magic and the one method there is.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
/// Most compressed bytes of a member that are kept, to search them again: more than any web page takes.
const KEPT: usize = 4 << 20;
/// Compressed bytes by which a member shows that it opens well; more than any gzip header and Huffman tables.
const PROBE: usize = 2048;
/// Bytes read at a time in a search.
const STEP: usize = 64 << 10;

/// A failure after which reading goes on, with what stands behind the damage.
#[derive(Debug)]
struct Passing(io::Error);

impl fmt::Display for Passing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for Passing {}

/// Whether a reader that failed so can be read on.
pub(crate) fn goes_on(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn error::Error + Send + Sync>::is::<Passing>)
}

/// All members of a stream, joined.
pub(super) struct Members {
    state: State,
    /// Whether nothing can be read any more.
    ended: bool,
}

enum State {
    /// Between two members.
    Between(Replay),
    /// In one.
    Within(Box<GzDecoder<Replay>>),
    /// While one becomes the other.
    Moving,
}

impl Members {
    pub(super) fn new(bytes: Bytes) -> Self {
        let input = Replay { inner: bytes, again: Vec::new(), at: 0, kept: Vec::new(), whole: true };
        Self { state: State::Between(input), ended: false }
    }

    /// Opens the next member, or ends.
    fn begin(&mut self, mut input: Replay) -> io::Result<()> {
        // Tapes and some writers pad with zeros.
        loop {
            let available = input.fill_buf()?;
            let zeros = available.iter().take_while(|byte| **byte == 0).count();
            if zeros == 0 {
                break;
            }
            input.consume(zeros);
        }
        if input.fill_buf()?.is_empty() {
            self.ended = true;
            return Ok(());
        }
        (input.kept, input.whole) = (Vec::new(), true);
        self.state = State::Within(Box::new(GzDecoder::new(input)));
        Ok(())
    }

    /// Goes to the next member that opens well, or ends.
    fn recover(&mut self, input: Replay) -> io::Result<()> {
        match input.search()? {
            Some(input) => self.state = State::Between(input),
            None => self.ended = true,
        }
        Ok(())
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            match std::mem::replace(&mut self.state, State::Moving) {
                State::Between(input) => self.begin(input)?,
                State::Within(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if !buffer.is_empty() => self.state = State::Between(decoder.into_inner()),
                    Ok(length) => {
                        self.state = State::Within(decoder);
                        return Ok(length);
                    }
                    Err(error) => {
                        self.recover(decoder.into_inner())?;
                        return Err(io::Error::new(error.kind(), Passing(error)));
                    }
                },
                // The stream beneath failed while it was moved.
                State::Moving => self.ended = true,
            }
        }
        Ok(0)
    }
}

/// A stream that keeps what was taken of it since a member began.
struct Replay {
    inner: Bytes,
    /// Bytes to be read before those of the stream.
    again: Vec<u8>,
    /// How many of them were.
    at: usize,
    kept: Vec<u8>,
    /// Whether everything since then is kept.
    whole: bool,
}

impl Replay {
    /// The stream from the next member on that opens well.
    fn search(mut self) -> io::Result<Option<Self>> {
        let mut window = if self.whole { std::mem::take(&mut self.kept) } else { Vec::new() };
        // The damaged member's own beginning is not the next one's.
        let mut from = usize::from(!window.is_empty());
        loop {
            let ended = !self.more(&mut window)?;
            while let Some(found) = memmem::find(&window[from..], &MAGIC) {
                from += found;
                if !ended && window.len() - from < PROBE {
                    break;
                }
                if opens_well(&window[from..]) {
                    window.drain(..from);
                    window.extend_from_slice(&self.again[self.at..]);
                    return Ok(Some(Self { again: window, at: 0, kept: Vec::new(), whole: true, ..self }));
                }
                from += 1;
            }
            if ended {
                return Ok(None);
            }
            // What was searched is let go, but for the start of what the next bytes may complete.
            let unread =
                memmem::find(&window[from..], &MAGIC).map_or(window.len().saturating_sub(2), |found| from + found);
            window.drain(..unread.max(from.min(window.len())));
            from = 0;
        }
    }

    /// Reads some more; whether there was any.
    fn more(&mut self, window: &mut Vec<u8>) -> io::Result<bool> {
        let available = if self.at < self.again.len() { &self.again[self.at..] } else { self.inner.fill_buf()? };
        let length = available.len().min(STEP);
        window.extend_from_slice(&available[..length]);
        if self.at < self.again.len() {
            self.at += length;
        } else {
            self.inner.consume(length);
        }
        Ok(length > 0)
    }
}

/// Whether a member that begins so gives something.
fn opens_well(bytes: &[u8]) -> bool {
    // The upper three flags are reserved.
    bytes.get(3).is_some_and(|flags| flags & 0xe0 == 0)
        && matches!(GzDecoder::new(&bytes[..bytes.len().min(PROBE)]).read(&mut [0; 16]), Ok(1..))
}

impl BufRead for Replay {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        let fits = self.whole && self.kept.len() + amount <= KEPT;
        if self.at < self.again.len() {
            if fits {
                self.kept.extend_from_slice(&self.again[self.at..self.at + amount]);
            }
            self.at += amount;
            if self.at == self.again.len() {
                (self.again, self.at) = (Vec::new(), 0);
            }
        } else {
            // The buffer is at hand: this reads nothing.
            if fits && let Ok(available) = self.inner.fill_buf() {
                self.kept.extend_from_slice(&available[..amount.min(available.len())]);
            }
            self.inner.consume(amount);
        }
        if !fits {
            (self.kept, self.whole) = (Vec::new(), false);
        }
    }
}

impl Read for Replay {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What is read, and how many failures there were.
    fn read(bytes: Vec<u8>) -> (String, usize) {
        let mut members = Members::new(Box::new(io::BufReader::with_capacity(700, io::Cursor::new(bytes))));
        let (mut out, mut failures, mut buffer) = (Vec::new(), 0, [0; 900]);
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return (String::from_utf8(out).unwrap(), failures),
                Ok(length) => out.extend_from_slice(&buffer[..length]),
                Err(error) => {
                    assert!(goes_on(&error), "{error}");
                    failures += 1;
                }
            }
        }
    }

    /// A text that does not compress to nothing.
    fn text(name: &str) -> String {
        let word = |n: u64| format!("{name}{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20);
        (0..400).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_member_cut_anywhere_costs_itself() {
        let (one, two, three) = (member(&text("one")), member(&text("two")), member(&text("three")));
        let whole = [one.clone(), two.clone(), three.clone()].concat();
        assert_eq!(read(whole), (text("one") + &text("two") + &text("three"), 0));
        for cut in (12..two.len()).step_by(97) {
            let (out, failures) = read([&one[..], &two[..cut], &three].concat());
            assert!(out.starts_with(&text("one")) && out.ends_with(&text("three")), "cut at {cut}");
            assert!(failures >= 1, "cut at {cut}");
        }
        let (out, failures) = read([&one[..], &two[..two.len() / 2]].concat());
        assert!(out.starts_with(&text("one")) && failures == 1);
    }

    #[test]
    fn flipped_bytes_and_what_stands_between_members_are_told() {
        let (one, two, three) = (member(&text("one")), member(&text("two")), member(&text("three")));
        for at in (0..two.len()).step_by(61) {
            let mut flipped = two.clone();
            flipped[at] ^= 0x55;
            let (out, failures) = read([&one[..], &flipped, &three].concat());
            assert!(out.starts_with(&text("one")) && out.ends_with(&text("three")), "flipped at {at}");
            // The time and the system in the header are read by nobody.
            assert!(failures >= 1 || (4..10).contains(&at), "flipped at {at}");
        }
        let (out, failures) = read([&one[..], &[0; 512], &three, b"tail that is no gzip"].concat());
        assert_eq!((out, failures), (text("one") + &text("three"), 1));
    }
}
