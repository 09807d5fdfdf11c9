//! Sentences with a marked source and target.

use std::fmt;

use depeche_model::Span;

use crate::Pair;

/// A sentence whose source and target are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sentence, marks taken out.
    pub text: String,
    /// Its parties.
    pub pair: Pair,
}

/// Why a sentence could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// What is missing, in one sentence without a final period.
    pub message: String,
    /// The remedy.
    pub hint: &'static str,
}

impl fmt::Display for Unmarked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.hint)
    }
}

impl std::error::Error for Unmarked {}

const MARKS: [&str; 4] = ["<s>", "</s>", "<t>", "</t>"];
const HINT: &str = "put the source between <s> and </s> and the target between <t> and </t>";

impl Marked {
    /// Reads a sentence with one `<s>…</s>` and one `<t>…</t>`, in any order; of several, the first counts. One may stand inside
    /// the other, and one may be missing.
    ///
    /// # Errors
    /// Where nothing is marked, a mark is not closed, or holds no words.
    pub fn read(sentence: &str) -> Result<Self, Unmarked> {
        let mut text = String::with_capacity(sentence.len());
        let mut at: [Option<u32>; 4] = [None; 4];
        let mut rest = sentence;
        while let Some(open) = rest.find('<') {
            text.push_str(&rest[..open]);
            rest = &rest[open..];
            if let Some(mark) = MARKS.iter().position(|mark| rest.starts_with(mark)) {
                let end = text.len() as u32;
                at[mark] = at[mark].or(Some(end));
                rest = &rest[MARKS[mark].len()..];
            } else {
                text.push('<');
                rest = &rest[1..];
            }
        }
        text.push_str(rest);
        let source = span(&text, at[0], at[1], "source")?;
        let target = span(&text, at[2], at[3], "target")?;
        if source.is_none() && target.is_none() {
            return Err(Unmarked { message: "neither source nor target is marked".to_owned(), hint: HINT });
        }
        Ok(Self { pair: Pair { source, target }, text })
    }

    /// A sentence and its parties as they are written in it; the target is looked for outside the source first.
    ///
    /// # Errors
    /// Where the sentence does not hold one of them.
    pub fn find(sentence: &str, source: &str, target: &str) -> Result<Self, Unmarked> {
        let absent = |what: &str, words: &str| Unmarked {
            message: format!("the {what} `{words}` is not in the sentence"),
            hint: "write it letter for letter as the sentence has it",
        };
        let (source, target) = (source.trim(), target.trim());
        if source.is_empty() || target.is_empty() {
            return Err(Unmarked { message: "the source or the target is empty".to_owned(), hint: HINT });
        }
        let first = whole_word(sentence, source, None).ok_or_else(|| absent("source", source))?;
        let second = whole_word(sentence, target, Some(first))
            .or_else(|| whole_word(sentence, target, None))
            .ok_or_else(|| absent("target", target))?;
        Ok(Self { text: sentence.to_owned(), pair: Pair { source: Some(first), target: Some(second) } })
    }
}

/// The bytes between two marks, white space at their ends left out.
fn span(text: &str, open: Option<u32>, close: Option<u32>, what: &str) -> Result<Option<Span>, Unmarked> {
    let (open, close) = match (open, close) {
        (None, None) => return Ok(None),
        (Some(open), Some(close)) => (open, close),
        _ => return Err(Unmarked { message: format!("the mark of the {what} is open at one end"), hint: HINT }),
    };
    let inner = text.get(open as usize..close as usize).unwrap_or("");
    let kept = inner.trim();
    if kept.is_empty() {
        return Err(Unmarked { message: format!("the mark of the {what} holds no words"), hint: HINT });
    }
    let start = open + (inner.len() - inner.trim_start().len()) as u32;
    Ok(Some(Span::new(start, start + kept.len() as u32)))
}

/// Where the words stand, outside `taken`: not inside a longer word, if there is a choice.
fn whole_word(sentence: &str, words: &str, taken: Option<Span>) -> Option<Span> {
    let spans = sentence.match_indices(words).map(|(at, _)| Span::new(at as u32, (at + words.len()) as u32));
    let free: Vec<Span> = spans.filter(|span| taken.is_none_or(|other| span.overlap(other) == 0)).collect();
    let borders = |span: &&Span| {
        let before = sentence[..span.start as usize].chars().next_back();
        let after = sentence[span.end as usize..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    free.iter().find(borders).or(free.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_out_and_spans_fit_what_is_left() {
        let read = Marked::read("On Monday <t>the rebels </t>were bombed by <s>l’armée</s>.").unwrap();
        assert_eq!(read.text, "On Monday the rebels were bombed by l’armée.");
        assert_eq!(read.pair.source.unwrap().of(&read.text), "l’armée");
        assert_eq!(read.pair.target.unwrap().of(&read.text), "the rebels");
    }

    #[test]
    fn one_party_may_stand_inside_the_other() {
        let read = Marked::read("<s>The <t>Ghanaian</t> army</s> patrols; 3 < 4.").unwrap();
        assert_eq!(read.pair.source.unwrap().of(&read.text), "The Ghanaian army");
        assert_eq!(read.pair.target.unwrap().of(&read.text), "Ghanaian");
        assert!(read.text.ends_with("3 < 4."));
    }

    #[test]
    fn one_party_may_be_missing() {
        let read = Marked::read("<s>Paris</s> rejoiced.").unwrap();
        assert_eq!((read.pair.source, read.pair.target), (Some(Span::new(0, 5)), None));
    }

    #[test]
    fn what_is_missing_is_said() {
        for (sentence, word) in [
            ("Paris slept.", "neither"),
            ("<s>Paris <t>slept</t>", "source"),
            ("</s>Paris<s> <t>slept</t>", "source"),
            ("<s>Paris</s> <t> </t>", "target"),
            ("", "neither"),
        ] {
            let error = Marked::read(sentence).unwrap_err();
            assert!(error.message.contains(word), "{sentence}: {error}");
        }
    }

    #[test]
    fn parties_are_found_by_their_words_and_not_inside_others() {
        let read = Marked::find("Niamey and Niger met; Mali met Niger's envoy.", "Niger", "Mali").unwrap();
        assert_eq!(read.pair.source, Some(Span::new(11, 16)));
        let twice = Marked::find("Chad fights Chad.", "Chad", "Chad").unwrap();
        assert_ne!(twice.pair.source, twice.pair.target);
        assert!(Marked::find("Chad fights.", "Chad", "Mali").unwrap_err().message.contains("Mali"));
    }
}
