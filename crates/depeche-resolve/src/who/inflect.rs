//! Regular plurals of role nouns, so that the table lists singulars only.
//!
//! French inflects every word before the first preposition (`ministres des Affaires étrangères`), English the last
//! word before one (`ministers of defence`). Irregular plurals stand in the table beside their singular.

use depeche_model::Language;

/// The regular plural of a noun phrase; the phrase itself where it has none.
pub(crate) fn plural(form: &str, language: Language) -> String {
    let words: Vec<&str> = form.split(' ').collect();
    let stop = match language {
        Language::French => words.iter().position(|w| is_link(w)),
        Language::English => words.iter().position(|w| matches!(*w, "of" | "for" | "to" | "at")),
    };
    let head = stop.unwrap_or(words.len());
    let inflected = words.iter().enumerate().map(|(i, word)| match language {
        Language::French if i < head => french(word),
        Language::English if i + 1 == head => english(word),
        _ => (*word).to_owned(),
    });
    inflected.collect::<Vec<_>>().join(" ")
}

/// Whether a French word opens a complement: it and what follows do not agree with the head.
fn is_link(word: &str) -> bool {
    matches!(word, "de" | "du" | "des" | "à" | "au" | "aux" | "en" | "par")
        || word.starts_with("d'")
        || word.starts_with("d’")
}

fn french(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) || word.contains('-') && word.starts_with("porte") {
        word.to_owned()
    } else if word.ends_with("eau") || word.ends_with("eu") {
        format!("{word}x")
    } else if let Some(stem) = word.strip_suffix("al") {
        format!("{stem}aux")
    } else {
        format!("{word}s")
    }
}

fn english(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("man").filter(|s| !s.is_empty()) {
        return format!("{stem}men");
    }
    let consonant_y = word.ends_with('y') && !ends_with_vowel_y(word);
    if word.ends_with('s') && !word.ends_with("ss") {
        word.to_owned()
    } else if consonant_y {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn ends_with_vowel_y(word: &str) -> bool {
    ["ay", "ey", "oy", "uy"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_inflect_and_complements_do_not() {
        assert_eq!(plural("ministre des Affaires étrangères", Language::French), "ministres des Affaires étrangères");
        assert_eq!(plural("chef d'état-major", Language::French), "chefs d'état-major");
        assert_eq!(plural("général", Language::French), "généraux");
        assert_eq!(plural("tribunal", Language::French), "tribunaux");
        assert_eq!(plural("minister of defence", Language::English), "ministers of defence");
        assert_eq!(plural("foreign ministry", Language::English), "foreign ministries");
        assert_eq!(plural("spokesman", Language::English), "spokesmen");
        assert_eq!(plural("trench", Language::English), "trenches");
    }
}
