//! Words as they are compared: lower case, without accents, cut where neither letter nor figure stands.
//!
//! This is what FTS5's tokenizer `unicode61 remove_diacritics 2` does to articles, so that a query finds the same words whichever way
//! it is answered: in the index, or by [`find`] on a text.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::query::{Phrase, Query, Test};

/// A word: where it stands, in bytes, and its folded form.
struct Word {
    at: Range<usize>,
    folded: String,
}

fn tokens(text: &str) -> Vec<Word> {
    let (mut out, mut open) = (Vec::<Word>::new(), false);
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_combining_mark(c) {
            if let Some(word) = out.last_mut().filter(|_| open) {
                word.at.end = end;
            }
            continue;
        }
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            out.push(Word { at: start..end, folded: String::new() });
            open = true;
        }
        if let Some(word) = out.last_mut() {
            word.at.end = end;
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    word.folded.extend(part.to_lowercase());
                }
            });
        }
    }
    out
}

/// The words of a text, folded, in order.
pub(crate) fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|word| word.folded).collect()
}

/// A name as names are looked up: its folded words with one blank between.
pub(crate) fn key(text: &str) -> String {
    words(text).join(" ")
}

/// Where the words of a phrase first stand one after the other, as numbers of words; the last may be a beginning where `prefix`.
fn position(text: &[Word], phrase: &[String], prefix: bool) -> Option<usize> {
    let (last, first) = phrase.split_last()?;
    text.windows(phrase.len()).position(|window| {
        let end = &window[first.len()].folded;
        window.iter().zip(first).all(|(word, wanted)| word.folded == *wanted)
            && if prefix { end.starts_with(last.as_str()) } else { end == last }
    })
}

/// Whether a text has the words of a phrase.
pub(crate) fn contains(text: &str, phrase: &[String], prefix: bool) -> bool {
    position(&tokens(text), phrase, prefix).is_some()
}

/// Words told on each side of those found.
const AROUND: usize = 12;

/// The words of a phrase between `‹` and `›`, with some on each side; `None` where the text lacks them.
pub(crate) fn excerpt(text: &str, phrase: &[String], prefix: bool) -> Option<String> {
    let words = tokens(text);
    let at = position(&words, phrase, prefix)?;
    let last = at + phrase.len() - 1;
    let (from, to) = (at.saturating_sub(AROUND), (last + AROUND).min(words.len() - 1));
    let start = if from == 0 { 0 } else { words[from].at.start };
    let end = if to == words.len() - 1 { text.len() } else { words[to].at.end };
    let (mark, over) = (words[at].at.start, words[last].at.end);
    let told = format!(
        "{}{}‹{}›{}{}",
        if from == 0 { "" } else { "… " },
        &text[start..mark],
        &text[mark..over],
        &text[over..end],
        if to == words.len() - 1 { "" } else { " …" }
    );
    Some(told.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What to show of an article for a query: the words around the first phrase that it has, in the text rather than the title; the
/// beginning of the text where the query wants no words.
pub(crate) fn around(query: &Query, title: &str, text: &str) -> String {
    let phrases = query.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.test {
        Test::Text(phrases) => Some(phrases),
        _ => None,
    });
    let phrases: Vec<&Phrase> = phrases.flatten().collect();
    let found = [text, title]
        .into_iter()
        .find_map(|text| phrases.iter().find_map(|phrase| excerpt(text, &phrase.words, phrase.prefix)));
    found.unwrap_or_else(|| {
        let first: Vec<&str> = text.split_whitespace().take(2 * AROUND).collect();
        first.join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_marks_do_not_count() {
        assert_eq!(key("  L’Élysée, « prêt » : 3 000 obus "), "l elysee pret 3 000 obus");
        assert_eq!(key("e\u{301}te\u{301}"), "ete");
        assert!(contains("Des milliers d’OBUS d'artillerie", &words("obus d artillerie"), false));
        assert!(contains("artillery shells", &words("artillery she"), true));
        assert!(!contains("artillery shells", &words("artillery she"), false));
        assert!(!contains("anything", &[], false));
    }

    #[test]
    fn an_excerpt_marks_what_was_found() {
        let text = "Un deux.\n\nLes Élus ont voté.";
        assert_eq!(excerpt(text, &words("élu"), true).as_deref(), Some("Un deux. Les ‹Élus› ont voté."));
        assert_eq!(excerpt(text, &words("élu"), false), None);
        let long = "mot ".repeat(40) + "obus " + &"mot ".repeat(40);
        let told = excerpt(&long, &words("obus"), false).unwrap();
        assert!(told.starts_with("… mot") && told.ends_with("mot …") && told.len() < 120, "{told}");
    }
}
