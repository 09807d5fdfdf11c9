//! Compression, looked through.
//!
//! gzip and Zstandard, in one or many members, laid over each other up to three deep. A WARC's Zstandard dictionary (a first frame of
//! magic `5D 2A 4D 18`, itself perhaps compressed) is applied. What comes out is bounded by whoever reads it, never unpacked ahead.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::members::{Members, goes_on};
use crate::sniff::{self, Kind};

/// A stream of bytes that a format reads.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// Bytes that are looked at to tell what a stream is.
const HEAD: usize = 16 << 10;
/// Compression over compression is followed this deep.
const DEPTH: usize = 3;
/// Size of reads from a file.
const BUFFER: usize = 64 << 10;
/// Magic of the frame that holds a WARC's dictionary, little-endian.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// Longest dictionary taken, in bytes.
const MAX_DICTIONARY: u64 = 32 << 20;

/// A stream with its compression taken off, its first bytes, and how many layers were taken off.
pub(super) struct Unwrapped {
    pub bytes: Bytes,
    pub head: Vec<u8>,
    pub layers: usize,
}

/// Takes the compression off a stream.
pub(super) fn unwrap(stream: Box<dyn Read + Send>) -> io::Result<Unwrapped> {
    let mut bytes: Bytes = Box::new(BufReader::with_capacity(BUFFER, stream));
    for layers in 0.. {
        let (head, whole) = peek(bytes)?;
        bytes = match sniff::kind(&head) {
            Kind::Gzip if layers < DEPTH => Box::new(BufReader::with_capacity(BUFFER, Members::new(whole))),
            Kind::Zstd if layers < DEPTH => zstd(whole, &[])?,
            _ if head.starts_with(&DICTIONARY) && layers < DEPTH => {
                let (dictionary, rest) = dictionary(whole)?;
                zstd(rest, &dictionary)?
            }
            _ => return Ok(Unwrapped { bytes: whole, head, layers }),
        };
    }
    Err(io::ErrorKind::InvalidData.into())
}

fn zstd(bytes: Bytes, dictionary: &[u8]) -> io::Result<Bytes> {
    Ok(Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_dictionary(bytes, dictionary)?)))
}

/// The dictionary at the start of a stream, and the stream after it.
fn dictionary(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut header = [0u8; 8];
    bytes.read_exact(&mut header)?;
    let length = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
    if length > MAX_DICTIONARY {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the dictionary is too long"));
    }
    let mut raw = Vec::new();
    (&mut bytes).take(length).read_to_end(&mut raw)?;
    if sniff::kind(&raw) == Kind::Zstd {
        let mut plain = Vec::new();
        zstd::Decoder::new(raw.as_slice())?.take(MAX_DICTIONARY).read_to_end(&mut plain)?;
        raw = plain;
    }
    Ok((raw, bytes))
}

/// The first bytes of a stream, and the stream with them still on it.
fn peek(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::with_capacity(HEAD);
    let failure = (&mut bytes).take(HEAD as u64).read_to_end(&mut head).err();
    match failure {
        // Damage is told in its place, to whoever reads up to it.
        Some(error) if goes_on(&error) => {
            let shown = head.clone();
            if head.is_empty() {
                (&mut bytes).take(HEAD as u64).read_to_end(&mut head)?;
            }
            let whole = Cursor::new(shown.clone()).chain(BufReader::new(Once(Some(error))));
            let rest = Cursor::new(if shown.is_empty() { head.clone() } else { Vec::new() }).chain(bytes);
            Ok((head, Box::new(whole.chain(rest))))
        }
        Some(error) => Err(error),
        None => Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes)))),
    }
}

/// A stream that fails once and is then at its end.
struct Once(Option<io::Error>);

impl Read for Once {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn plain(bytes: Vec<u8>) -> (Vec<u8>, usize) {
        let mut unwrapped = unwrap(Box::new(Cursor::new(bytes))).unwrap();
        let mut out = Vec::new();
        unwrapped.bytes.read_to_end(&mut out).unwrap();
        (out, unwrapped.layers)
    }

    #[test]
    fn layers_come_off_and_members_are_joined() {
        assert_eq!(plain(b"plain".to_vec()), (b"plain".to_vec(), 0));
        assert_eq!(plain([gzip(b"one "), gzip(b"two")].concat()), (b"one two".to_vec(), 1));
        let frames = [zstd::encode_all(&b"one "[..], 1).unwrap(), zstd::encode_all(&b"two"[..], 1).unwrap()].concat();
        assert_eq!(plain(gzip(&frames)), (b"one two".to_vec(), 2));
    }

    #[test]
    fn a_dictionary_in_front_is_applied() {
        let samples: Vec<Vec<u8>> = (0..400)
            .map(|n| {
                format!("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\n\r\n")
                    .into_bytes()
            })
            .collect();
        let trained = zstd::dict::from_samples(&samples, 1024).unwrap();
        let mut encoder = zstd::Encoder::with_dictionary(Vec::new(), 3, &trained).unwrap();
        encoder.write_all(&samples[7]).unwrap();
        let frame = encoder.finish().unwrap();
        for told in [trained.clone(), zstd::encode_all(trained.as_slice(), 1).unwrap()] {
            let file = [&DICTIONARY[..], &(told.len() as u32).to_le_bytes(), &told, &frame].concat();
            assert_eq!(plain(file).0, samples[7]);
        }
    }
}
