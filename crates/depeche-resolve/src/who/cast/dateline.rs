//! Datelines: "ISLAMABAD/NEW DELHI, April 25 - ", "PARIS (AFP) — ".
//!
//! The towns of a dateline say where the story was written. They are no party to what it tells, and a parser, which has
//! seen few, hangs them on the first subject it finds.

use depeche_model::Parsed;

/// Longest dateline, in characters.
const LONGEST: usize = 70;

/// Takes the parties of datelines out of the index by head; the mentions themselves stay for whoever asks for places.
pub(super) fn silence(by_head: &mut [u32], parsed: &Parsed, whole: &str) {
    let mut start = 0;
    for paragraph in whole.split_inclusive('\n') {
        if let Some(length) = length(paragraph) {
            let end = start + length;
            let first = parsed.tokens.partition_point(|t| (t.span.start as usize) < start);
            let last = parsed.tokens.partition_point(|t| (t.span.start as usize) < end);
            by_head.iter_mut().take(last).skip(first).for_each(|slot| *slot = 0);
        }
        start += paragraph.len();
    }
}

/// Bytes of the dateline that a paragraph opens with, its dash included.
fn length(paragraph: &str) -> Option<usize> {
    let opening: String = paragraph.chars().take_while(|c| c.is_alphabetic()).collect();
    if opening.chars().count() < 3 || opening.chars().any(char::is_lowercase) {
        return None;
    }
    let dash = [" - ", " — ", " – ", "—"].iter().filter_map(|dash| Some((paragraph.find(dash)?, dash.len()))).min()?;
    (dash.0 <= LONGEST && !paragraph[..dash.0].contains(". ")).then_some(dash.0 + dash.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_capitals_up_to_a_dash() {
        assert_eq!(length("ISLAMABAD/NEW DELHI, April 25 - Pakistan closed"), Some(32));
        assert_eq!(length("TBILISI — Georgia's ruling party"), Some("TBILISI — ".len()));
        assert_eq!(length("NATO said on Friday that it would"), None);
        assert_eq!(length("Paris - une ville"), None);
    }
}
