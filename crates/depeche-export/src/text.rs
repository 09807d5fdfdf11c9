//! Cells: what may stand in one, and how several values share it.

use std::borrow::Cow;

/// A cell of a tab-separated format. Readers disagree on quotes there (the makers' files are malformed where they matter), so none is
/// written: a tab or line break becomes a space, a double quote an apostrophe.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let unfit = |c: char| c.is_control() || c == '"' || c == '\u{2028}' || c == '\u{2029}';
    if !text.contains(unfit) {
        return Cow::Borrowed(text);
    }
    let fit = |c: char| match c {
        '"' => '\'',
        c if unfit(c) => ' ',
        c => c,
    };
    Cow::Owned(text.chars().map(fit).collect())
}

/// Values of a list in one cell, parted by a semicolon and a space; a semicolon within a value becomes a comma.
pub(crate) fn list<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut out = String::new();
    for (n, value) in values.into_iter().enumerate() {
        if n > 0 {
            out.push_str("; ");
        }
        out.push_str(&value.as_ref().replace(';', ","));
    }
    out
}

/// A number as the shortest decimal that reads back to it; nothing for none.
pub(crate) fn number<N: ToString>(value: Option<N>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Characters of `whole` before a byte.
pub(crate) fn characters(whole: &str, byte: u32) -> usize {
    whole.get(..byte as usize).map_or(0, |before| before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_no_break_and_no_quote() {
        assert_eq!(plain("l’armée \"loyale\"\tdu\r\nnord"), "l’armée 'loyale' du  nord");
        assert!(matches!(plain("armée"), Cow::Borrowed("armée")));
    }

    #[test]
    fn a_list_has_one_sort_of_separator() {
        assert_eq!(list(["a", "b; c", ""]), "a; b, c; ");
        assert_eq!(list([""; 0]), "");
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(characters("été", 2), 1);
        assert_eq!(characters("été", 99), 0);
    }
}
