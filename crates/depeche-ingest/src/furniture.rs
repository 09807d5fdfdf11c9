//! Lines that belong to the page and not to the article: related headlines, share buttons, forms.
//!
//! Extractors judge blocks by their shape; a lone "À lire aussi : Burkina–Russie, vers un partenariat" has the shape of a paragraph and
//! would be coded as news. What tells it apart is its words, and those live in `lexicon/pages/furniture.txt`, a table that needs no Rust
//! to edit. The same table serves text that comes ready-made ([`spans`]): there nothing may be cut, so the coder is told what to skip.

use std::sync::LazyLock;

use depeche_model::Span;

/// The table, embedded.
const TABLE: &str = include_str!("../../../lexicon/pages/furniture.txt");

/// Longest paragraph that a `starts` line or a headline after `related` may be, in characters.
const SHORT: usize = 200;
/// Longest date stamp, in characters.
const STAMP: usize = 90;
/// Most headlines that one `related` line takes along.
const LIST: usize = 12;
/// Share of the paragraphs after which an `end` line is believed; a story may open on such words, a page closes on them.
const TAIL: f64 = 0.3;

#[derive(Debug, Default)]
struct Table {
    related: Vec<&'static str>,
    line: Vec<&'static str>,
    starts: Vec<&'static str>,
    end: Vec<&'static str>,
    stamp: Vec<&'static str>,
    caption: Vec<&'static str>,
}

static PHRASES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in TABLE.lines().map(str::trim) {
        match line.split_once(' ') {
            Some(("related", phrase)) => table.related.push(phrase.trim()),
            Some(("line", phrase)) => table.line.push(phrase.trim()),
            Some(("starts", phrase)) => table.starts.push(phrase.trim()),
            Some(("end", phrase)) => table.end.push(phrase.trim()),
            Some(("stamp", phrase)) => table.stamp.push(phrase.trim()),
            Some(("caption", phrase)) => table.caption.push(phrase.trim()),
            _ => {}
        }
    }
    table.related.sort_unstable();
    table.line.sort_unstable();
    table.end.sort_unstable();
    table
});

/// What a line is to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Part of the article, as far as its words tell.
    Text,
    /// Opens a list of other headlines: what follows goes as well, as long as it looks like headlines.
    ListOpener,
    /// Not text, by itself.
    Furniture,
    /// Not text, and nothing after it is.
    End,
}

/// What a paragraph is, by its words alone.
pub fn role(paragraph: &str) -> Role {
    let length = paragraph.chars().count();
    if length > SHORT * 2 {
        return Role::Text;
    }
    let words = folded(paragraph);
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    let within = |list: &[&str]| list.binary_search(&bare).is_ok();
    if bare.is_empty() || within(&PHRASES.line) {
        Role::Furniture
    } else if within(&PHRASES.end) {
        Role::End
    } else if within(&PHRASES.related) {
        Role::ListOpener
    } else if is_link_line(&words)
        || is_stamp(&words, length)
        || is_caption(&words)
        || opens(&PHRASES.starts, &words, length < SHORT)
    {
        Role::Furniture
    } else {
        Role::Text
    }
}

/// "Read more: some headline", "À lire aussi | un titre", "(Lire aussi : …)".
fn is_link_line(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some((opener, rest)) = words.split_once([':', '|', '»', '>', '→', '–']) else { return false };
    let opener = opener.trim_end_matches(|c: char| !c.is_alphanumeric());
    !rest.trim().is_empty() && PHRASES.related.binary_search(&opener).is_ok()
}

fn opens(phrases: &[&str], words: &str, short_enough: bool) -> bool {
    short_enough && phrases.iter().any(|phrase| words.starts_with(phrase))
}

/// "Publié le 4 mai 2024 à 10h12", "UPDATED: 11:05, Tue, Nov 19, 2019": a label and numbers, no sentence.
fn is_stamp(words: &str, length: usize) -> bool {
    opens(&PHRASES.stamp, words, length < STAMP)
        && words.contains(|c: char| c.is_ascii_digit())
        && !words.ends_with('.')
}

/// "… in Kabul on Friday. (AP Photo/X)": the credit that closes a caption.
fn is_caption(words: &str) -> bool {
    let inner = words.strip_suffix(')').or_else(|| words.strip_suffix(").")).and_then(|head| head.rsplit_once('('));
    inner.is_some_and(|(_, credit)| PHRASES.caption.iter().any(|phrase| credit.contains(phrase)))
}

/// Lower case, one kind of apostrophe and space.
fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | 'ʼ' | '`' => '\'',
            '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Whether a paragraph looks like a headline in a list rather than like a sentence of the story.
fn is_headline(paragraph: &str) -> bool {
    paragraph.chars().count() < SHORT
        && !paragraph.trim_end_matches(['"', '”', '»', ')', ' ', '\u{a0}']).ends_with(['.', '!', '…'])
}

/// For each paragraph, whether it is furniture.
fn judge<S: AsRef<str>>(paragraphs: &[S]) -> Vec<bool> {
    let mut drop = vec![false; paragraphs.len()];
    let mut in_list = 0usize;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let paragraph = paragraph.as_ref();
        match role(paragraph) {
            Role::ListOpener => (drop[at], in_list) = (true, LIST),
            Role::Furniture => drop[at] = true,
            Role::End if at as f64 >= paragraphs.len() as f64 * TAIL => {
                drop[at..].fill(true);
                break;
            }
            Role::End | Role::Text if in_list > 0 && is_headline(paragraph) => {
                (drop[at], in_list) = (true, in_list - 1);
            }
            Role::End | Role::Text => in_list = 0,
        }
    }
    // A rule that would take everything has misread the document.
    if drop.iter().all(|d| *d) { vec![false; paragraphs.len()] } else { drop }
}

/// Takes the furniture out of a list of paragraphs.
pub fn strip(paragraphs: &mut Vec<String>) {
    let mut drop = judge(paragraphs).into_iter();
    paragraphs.retain(|_| !drop.next().unwrap_or(false));
}

/// Byte ranges of `text`'s paragraphs that are furniture, in order; for text that must be kept as given.
///
/// ```
/// let text = "Two were arrested.\n\nREAD MORE: Minister sacked over leak";
/// let spans = depeche_ingest::furniture::spans(text);
/// assert_eq!(spans[0].of(text), "READ MORE: Minister sacked over leak");
/// ```
pub fn spans(text: &str) -> Vec<Span> {
    let mut paragraphs: Vec<&str> = text.split('\n').collect();
    paragraphs.retain(|line| !line.trim().is_empty());
    let base = text.as_ptr() as usize;
    judge(&paragraphs)
        .iter()
        .zip(&paragraphs)
        .filter(|(drop, _)| **drop)
        .map(|(_, line)| {
            let start = line.as_ptr() as usize - base;
            Span::new(start as u32, (start + line.len()) as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_words() {
        assert_eq!(role("À lire aussi :"), Role::ListOpener);
        assert_eq!(role("READ MORE: Tunis bars lawmakers from entering"), Role::Furniture);
        assert_eq!(role("Lire aussi | Un accord en vue à Doha"), Role::Furniture);
        assert_eq!(
            role("Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *"),
            Role::Furniture
        );
        assert_eq!(role("Laisser un commentaire"), Role::End);
        assert_eq!(role("Publié le 4 mai 2024 à 10h12"), Role::Furniture);
        assert_eq!(role("Publié le 4 mai, le rapport de 300 pages accuse Alger."), Role::Text);
        assert_eq!(role("Soldiers guard a post near Kidal in 2013. (AP Photo/Ali Sow, File)"), Role::Furniture);
        assert_eq!(role("The army took Kidal on Friday. (AFP)"), Role::Text);
        assert_eq!(role("La police a dispersé les manifestants."), Role::Text);
        assert_eq!(role("Watch out for the snow, the mayor said: roads are closed."), Role::Text);
    }

    #[test]
    fn a_list_ends_where_sentences_begin() {
        let mut paragraphs: Vec<String> = [
            "Un.",
            "À lire aussi :",
            "Trump prêt pour la guerre ?",
            "Burkina–Russie : vers un partenariat",
            "Deux phrases suivent.",
        ]
        .map(str::to_owned)
        .to_vec();
        strip(&mut paragraphs);
        assert_eq!(paragraphs, ["Un.", "Deux phrases suivent."]);
    }

    #[test]
    fn a_text_is_never_wholly_dropped() {
        let mut paragraphs = vec!["Watch".to_owned()];
        strip(&mut paragraphs);
        assert_eq!(paragraphs, ["Watch"]);
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let entries = TABLE.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).count();
        let table = &*PHRASES;
        assert_eq!(
            entries,
            table.related.len()
                + table.line.len()
                + table.starts.len()
                + table.end.len()
                + table.stamp.len()
                + table.caption.len()
        );
    }
}
