//! Forms of trigger verbs.
//!
//! A tagger that has not seen "abattus" or "élargi" makes up a lemma, and the pattern that waits for the verb never hears
//! of it. The lexicon knows its verbs, so it can say which forms they take: `lexicon/words/verbs.fr.txt` lists French
//! endings by the end of the infinitive. English endings are few enough for rules.

use compact_str::CompactString;
use depeche_model::Language;

static FRENCH: &str = include_str!("../../../lexicon/words/verbs.fr.txt");

/// Third-person forms and participles of a verb, without the infinitive.
pub(crate) fn forms(lemma: &str, language: Language) -> Vec<CompactString> {
    match language {
        Language::French => french(lemma),
        Language::English => english(lemma),
    }
}

fn french(lemma: &str) -> Vec<CompactString> {
    let families = FRENCH.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let fits = families.filter(|(ending, _)| lemma.ends_with(ending));
    let Some((ending, endings)) = fits.max_by_key(|(ending, _)| ending.len()) else { return Vec::new() };
    let stem = &lemma[..lemma.len() - ending.len()];
    endings.split(' ').map(|end| CompactString::from(format!("{stem}{end}"))).collect()
}

fn english(lemma: &str) -> Vec<CompactString> {
    let mut all = Vec::with_capacity(6);
    let mut add = |form: String| all.push(CompactString::from(form));
    let consonant_y =
        lemma.ends_with('y') && !lemma.ends_with("ay") && !lemma.ends_with("ey") && !lemma.ends_with("oy");
    match (lemma.strip_suffix('e'), lemma.strip_suffix('y')) {
        (Some(stem), _) => {
            add(format!("{lemma}s"));
            add(format!("{lemma}d"));
            add(format!("{stem}ing"));
        }
        (_, Some(stem)) if consonant_y => {
            add(format!("{stem}ies"));
            add(format!("{stem}ied"));
            add(format!("{lemma}ing"));
        }
        _ => {
            let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end));
            add(format!("{lemma}{}", if sibilant { "es" } else { "s" }));
            add(format!("{lemma}ed"));
            add(format!("{lemma}ing"));
            if let Some(last) = lemma.chars().next_back().filter(|c| !"aeiouwxy".contains(*c)) {
                add(format!("{lemma}{last}ed"));
                add(format!("{lemma}{last}ing"));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_the_forms_of_their_family() {
        let has = |lemma: &str, form: &str, language| forms(lemma, language).iter().any(|f| f == form);
        for (lemma, form) in [
            ("abattre", "abattus"),
            ("élargir", "élargi"),
            ("prier", "prié"),
            ("dépêcher", "dépêche"),
            ("dépêcher", "dépêchés"),
            ("retenir", "retiennent"),
            ("exclure", "exclut"),
            ("rappeler", "rappelle"),
            ("suspendre", "suspendu"),
            ("recevoir", "reçu"),
            ("engager", "engageait"),
        ] {
            assert!(has(lemma, form, Language::French), "{lemma} {form}");
        }
        for (lemma, form) in [("ban", "banned"), ("deny", "denied"), ("accuse", "accusing"), ("clash", "clashes")] {
            assert!(has(lemma, form, Language::English), "{lemma} {form}");
        }
    }
}
