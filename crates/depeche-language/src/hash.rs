//! The two hash functions that a spaCy pipeline is trained with.
//!
//! Strings become 64-bit identifiers with `MurmurHash64A`, seed 1; an identifier becomes four rows of an embedding table
//! with the 128-bit variant of `MurmurHash3` for one 64-bit key. Both are by Austin Appleby, public domain; a wrong bit here
//! would look like a badly trained model, so the tests hold values that spaCy itself printed.

/// Seed that spaCy hashes every string with.
const STRING_SEED: u64 = 1;

/// `MurmurHash64A` of the bytes of a string, as spaCy's string store numbers it. Reserved names are not known here.
pub fn string_id(text: &str) -> u64 {
    murmur64a(text.as_bytes(), STRING_SEED)
}

/// `MurmurHash64A`.
pub fn murmur64a(data: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (data.len() as u64).wrapping_mul(M);
    let (words, tail) = data.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

/// Four 32-bit keys of one identifier, by the table's own seed.
pub fn embedding_keys(id: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn finish(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        assert_eq!(string_id("coffee"), 3_197_928_453_018_144_401);
        assert_eq!(string_id("apple"), 8_566_208_034_543_834_098);
    }
}
