//! The packed gazetteer: read where it lies, nothing parsed, nothing allocated.
//!
//! Eighty thousand places and a hundred and forty thousand names would take a tenth of a second to read into hash maps
//! at every start. `training/gazetteer.py` therefore writes them sorted, and a look-up is a binary search:
//!
//! ```text
//! "DPGAZ001", number of regions u32, lengths of the five sections u32 each, then the sections:
//!   countries  three letters each
//!   places     20 bytes each, regions first: `GeoNames` id u32, latitude u24, longitude u24, population/10 u24,
//!              country u8, region name u24, name u24 (both into the pool)
//!   pool       zero-terminated UTF-8 names
//!   starts     u32 offsets of the blocks of keys
//!   keys       blocks of 16 sorted keys: bytes shared with the key before u8, further bytes u8, those bytes,
//!              number of places u8, each u24 with bit 23 set for an alternate name
//! ```
//!
//! All numbers are little-endian; 24 bits hold a degree to about two metres. Reading never panics: a damaged file that
//! passes [`Store::new`] gives empty names and misses, no more.

use std::borrow::Cow;

use depeche_model::{Country, Diagnostic};

const MAGIC: &[u8; 8] = b"DPGAZ001";
const PLACE: usize = 20;
const ALTERNATE: u32 = 1 << 23;

/// A place as stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored<'s> {
    pub name: &'s str,
    pub region: &'s str,
    pub country: Option<Country>,
    pub lat: f64,
    pub lon: f64,
    /// People, to the ten; 0 where `GeoNames` has none.
    pub population: u32,
    pub geonameid: u32,
    pub is_region: bool,
}

/// The bytes and where their sections lie.
#[derive(Debug)]
pub(super) struct Store {
    bytes: Cow<'static, [u8]>,
    regions: u32,
    /// Starts of the five sections and the end of the last.
    bounds: [usize; 6],
}

impl Store {
    /// Checks the head of the file; `file` names it in errors.
    pub fn new(bytes: Cow<'static, [u8]>, file: &str) -> Result<Self, Diagnostic> {
        let broken = |what: &str| {
            Diagnostic::error(file, what)
                .hint("rebuild it: python training/gazetteer.py --out lexicon/places/geonames.bin")
        };
        if bytes.get(..8) != Some(MAGIC) {
            return Err(broken("is no gazetteer of this version"));
        }
        let mut bounds = [32; 6];
        for section in 0..5 {
            bounds[section + 1] = bounds[section] + little(&bytes, 12 + 4 * section, 4) as usize;
        }
        if bounds[5] != bytes.len() {
            return Err(broken("ends too early or too late"));
        }
        Ok(Self { regions: little(&bytes, 8, 4), bytes, bounds })
    }

    fn section(&self, index: usize) -> &[u8] {
        self.bytes.get(self.bounds[index]..self.bounds[index + 1]).unwrap_or_default()
    }

    /// Number of places.
    pub fn len(&self) -> u32 {
        (self.section(1).len() / PLACE) as u32
    }

    /// A place by number.
    pub fn place(&self, number: u32) -> Stored<'_> {
        let record = self.section(1).get(number as usize * PLACE..).unwrap_or_default();
        let code = little(record, 13, 1) as usize * 3;
        let code = self.section(0).get(code..code + 3).and_then(|c| std::str::from_utf8(c).ok());
        Stored {
            name: self.text(little(record, 17, 3)),
            region: self.text(little(record, 14, 3)),
            country: code.and_then(Country::new),
            lat: degrees(little(record, 4, 3), 180.0),
            lon: degrees(little(record, 7, 3), 360.0),
            population: little(record, 10, 3).saturating_mul(10),
            geonameid: little(record, 0, 4),
            is_region: number < self.regions,
        }
    }

    fn text(&self, at: u32) -> &str {
        let rest = self.section(2).get(at as usize..).unwrap_or_default();
        let end = rest.iter().position(|&b| b == 0).unwrap_or(0);
        std::str::from_utf8(&rest[..end]).unwrap_or_default()
    }

    /// Places that bear a folded name, each with whether it is its main name; greatest first within regions and cities.
    pub fn find(&self, key: &str) -> Vec<(u32, bool)> {
        let (starts, keys) = (self.section(3), self.section(4));
        let blocks = starts.len() / 4;
        let first = |block: usize| {
            let at = little(starts, block * 4, 4) as usize;
            let length = little(keys, at + 1, 1) as usize;
            keys.get(at + 2..at + 2 + length).unwrap_or_default()
        };
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = usize::midpoint(low, high);
            if first(middle) <= key.as_bytes() { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return Vec::new() };
        let end = if low < blocks { little(starts, low * 4, 4) as usize } else { keys.len() };
        search(keys.get(little(starts, block * 4, 4) as usize..end).unwrap_or_default(), key.as_bytes())
    }
}

/// Walks one block for a key.
fn search(mut block: &[u8], key: &[u8]) -> Vec<(u32, bool)> {
    // `matched` bytes of the key agree with the entry before.
    let mut matched = 0;
    while let [shared, length, rest @ ..] = block {
        let (shared, length) = (*shared as usize, *length as usize);
        let Some((tail, rest)) = rest.split_at_checked(length) else { break };
        let places = little(rest, 0, 1) as usize;
        if shared <= matched {
            let wanted = key.get(shared..).unwrap_or_default();
            let common = tail.iter().zip(wanted).take_while(|(a, b)| a == b).count();
            if common == tail.len() && common == wanted.len() {
                let numbers = (0..places).map(|i| little(rest, 1 + 3 * i, 3));
                return numbers.map(|n| (n & !ALTERNATE, n & ALTERNATE == 0)).collect();
            }
            matched = shared + common;
        }
        block = rest.get(1 + 3 * places..).unwrap_or_default();
    }
    Vec::new()
}

/// A little-endian number of up to four bytes; bytes past the end read as zero.
fn little(bytes: &[u8], at: usize, width: usize) -> u32 {
    (0..width).rev().fold(0, |n, i| n << 8 | u32::from(bytes.get(at + i).copied().unwrap_or(0)))
}

fn degrees(value: u32, span: f64) -> f64 {
    let exact = f64::from(value) / f64::from(0xFF_FFFF) * span - span / 2.0;
    // What 24 bits can tell, and no digits more.
    (exact * 1e4).round() / 1e4
}
