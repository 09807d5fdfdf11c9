//! From bytes to text, in whatever character set the publisher used, whatever it claimed.
//!
//! Order of belief: a byte-order mark; bytes that are valid UTF-8 and hold something beyond ASCII (chance does not produce that); what the
//! carrier declared; what the page declares; a statistical guess (`chardetng`, Firefox's own). A declaration that yields broken characters
//! where the guess yields none is overruled, with a warning.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use depeche_model::Diagnostic;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// How far into a page a `meta` declaration is looked for, in bytes. The standard says 1024; real pages are later.
const META_WINDOW: usize = 8192;
/// Share of characters that may be broken before the input counts as binary.
const MAX_BROKEN: f64 = 0.1;

/// Decodes a whole document; `declared` is the carrier's word, `page` says whether to look for a `meta` declaration.
///
/// # Errors
/// Where the bytes are no text in any character set.
pub fn decode(
    bytes: &[u8],
    declared: Option<&str>,
    page: bool,
    name: &str,
    warnings: &mut Vec<Diagnostic>,
) -> Result<String, Diagnostic> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return checked(encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned(), name, warnings);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return checked(encoding.decode_without_bom_handling(bytes).0.into_owned(), name, warnings);
    }
    let label = declared.map(str::to_owned).or_else(|| if page { meta_charset(bytes) } else { None });
    if let Ok(text) = std::str::from_utf8(bytes) {
        let claimed = label.as_deref().and_then(|l| Encoding::for_label(l.as_bytes()));
        if !text.is_ascii() && claimed.is_some_and(|c| c != UTF_8) {
            warnings.push(wrong_label(name, label.as_deref(), UTF_8));
        }
        return checked(text.to_owned(), name, warnings);
    }
    let (text, overruled) = by_label_or_guess(bytes, label.as_deref());
    if let Some(encoding) = overruled {
        warnings.push(wrong_label(name, label.as_deref(), encoding));
    }
    checked(text, name, warnings)
}

/// The label in `text/html; charset=utf-8`.
pub(crate) fn of_content_type(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
}

/// Decodes bytes that are not UTF-8. Returns the encoding that overruled the label, where one did.
fn by_label_or_guess(bytes: &[u8], label: Option<&str>) -> (String, Option<&'static Encoding>) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // Whoever could read the word `utf-16` in the page was not reading UTF-16; the standard takes it for UTF-8.
    let known = label.and_then(|l| Encoding::for_label(l.as_bytes()));
    let known = known.map(|c| if c == UTF_16LE || c == UTF_16BE { UTF_8 } else { c });
    let Some(claimed) = known else {
        // No label, or one that nobody knows: an unknown label is not worth a warning if the guess reads well.
        let encoding = if looks_utf8(bytes) { UTF_8 } else { guess };
        let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
        return (text, None);
    };
    let (by_claim, had_errors) = claimed.decode_without_bom_handling(bytes);
    // ISO 8859 has control characters where Windows has quotes and dashes; no page means the former.
    let misread = had_errors || by_claim.contains(|c| matches!(c, '\u{80}'..='\u{9f}'));
    if !misread || claimed == guess {
        return (by_claim.into_owned(), None);
    }
    // A UTF-8 page with a few damaged characters stays UTF-8; one in which every accent is damaged was never that.
    let damaged = broken(&by_claim);
    let controls = by_claim.chars().filter(|c| matches!(c, '\u{80}'..='\u{9f}')).count();
    let whole = by_claim.chars().filter(|c| !c.is_ascii()).count() - damaged - controls;
    if controls == 0 && damaged < whole {
        return (by_claim.into_owned(), None);
    }
    (guess.decode_without_bom_handling(bytes).0.into_owned(), Some(guess))
}

/// Whether most of the bytes beyond ASCII form UTF-8 sequences.
fn looks_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged * 4 < whole
}

/// Replacement characters in a text.
fn broken(text: &str) -> usize {
    text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count()
}

/// UTF-16 whose mark was lost shows as Latin letters with a nul on one side of each.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(META_WINDOW) & !1];
    if head.len() < 8 {
        return None;
    }
    let nuls = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), head.len() / 2);
    if odd * 10 > pairs * 6 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 6 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The label in `<meta charset=…>` or `<meta http-equiv=content-type content="…; charset=…">`.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(META_WINDOW)].to_ascii_lowercase();
    for tag in memmem::find_iter(&head, b"<meta") {
        let end = memchr::memchr(b'>', &head[tag..]).map_or(head.len(), |n| tag + n);
        let Some(at) = memmem::find(&head[tag..end], b"charset") else { continue };
        let value = head[tag + at + b"charset".len()..end].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let length =
            value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
        if length > 0 {
            return Some(String::from_utf8_lossy(&value[..length]).into_owned());
        }
    }
    None
}

fn wrong_label(name: &str, label: Option<&str>, used: &'static Encoding) -> Diagnostic {
    let label = label.unwrap_or("none");
    Diagnostic::warning(name, format!("the declared character set `{label}` is wrong; read as {}", used.name()))
        .hint("correct the declaration if you publish this document")
}

/// Refuses what is no text, and tells of nul bytes and broken characters.
fn checked(text: String, name: &str, warnings: &mut Vec<Diagnostic>) -> Result<String, Diagnostic> {
    let total = text.chars().count().max(1) as f64;
    let nuls = memchr::memchr_iter(0, text.as_bytes()).count();
    let damaged = broken(&text);
    let control = text.bytes().filter(|b| *b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0)).count();
    if (nuls + damaged + control) as f64 / total > MAX_BROKEN {
        return Err(
            Diagnostic::error(name, "this is binary data, not text").hint("give a page, plain text or JSON lines")
        );
    }
    if nuls > 0 {
        warnings
            .push(Diagnostic::warning(name, format!("{nuls} nul bytes were dropped")).hint("the file may be damaged"));
    }
    if damaged > 0 {
        warnings.push(
            Diagnostic::warning(name, format!("{damaged} characters are broken"))
                .hint("the file may be damaged or mixed in encoding"),
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> (String, usize) {
        let mut warnings = Vec::new();
        let text = decode(bytes, declared, true, "t", &mut warnings).unwrap();
        (text, warnings.len())
    }

    const PHRASE: &str =
        "À l’été, la Première ministre s’est engagée à livrer des systèmes de défense ; « rien n’est décidé ».";

    #[test]
    fn declared_sets_are_believed_where_they_fit() {
        let latin = encoding_rs::WINDOWS_1252.encode(PHRASE).0.into_owned();
        assert_eq!(text(&latin, Some("iso-8859-1")), (PHRASE.to_owned(), 0));
        let page =
            [b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-15'>", latin.as_slice()].concat();
        assert!(text(&page, None).0.ends_with(PHRASE));
    }

    #[test]
    fn wrong_labels_are_overruled_with_a_warning() {
        let latin = encoding_rs::WINDOWS_1252.encode(PHRASE).0.into_owned();
        assert_eq!(text(&latin, Some("utf-8")), (PHRASE.to_owned(), 1));
        assert_eq!(text(&latin, Some("iso-8859-15")), (PHRASE.to_owned(), 1), "quotes that only Windows has");
        assert_eq!(text(PHRASE.as_bytes(), Some("windows-1252")), (PHRASE.to_owned(), 1));
        assert_eq!(text(&latin, None), (PHRASE.to_owned(), 0));
        assert_eq!(text(&latin, Some("utf-16")), (PHRASE.to_owned(), 1), "a page that says so in Latin letters");
    }

    #[test]
    fn one_damaged_byte_does_not_turn_a_page_into_latin() {
        let mut bytes = PHRASE.as_bytes().to_vec();
        bytes.push(0xe9);
        assert_eq!(text(&bytes, None).0, format!("{PHRASE}\u{fffd}"));
        assert_eq!(text(&bytes, Some("utf-8")).0, format!("{PHRASE}\u{fffd}"));
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let little: Vec<u8> = PHRASE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&little, None).0, PHRASE);
        let big: Vec<u8> = std::iter::once(0xfeff).chain(PHRASE.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&big, None).0, PHRASE);
    }

    #[test]
    fn labels_of_content_types() {
        assert_eq!(of_content_type("text/html; Charset=\"ISO-8859-1\"").as_deref(), Some("ISO-8859-1"));
        assert_eq!(of_content_type("text/html"), None);
    }

    #[test]
    fn binary_is_refused() {
        let bytes: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 % 32).collect();
        let error = decode(&bytes, None, false, "noise.bin", &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("binary"), "{error}");
    }
}
