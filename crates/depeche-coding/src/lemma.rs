//! Lemmas of triggers that the tagger did not know.
//!
//! A rare verb behind an auxiliary is easily taken for a noun or adjective ("ont sollicité l'asile"), and its lemma is then
//! its form. What stands behind an auxiliary and ends like a participle is read as the verb that the lexicon knows.

use depeche_model::{Language, Relation as R, Tree, Upos};

use crate::Input;

/// The infinitive of a participle that was not tagged as a verb; `None` for any other token.
pub(crate) fn guess(input: &Input<'_>, tree: &Tree<'_>, at: u32) -> Option<String> {
    let token = tree.token(at);
    if !input.lexicon.triggered_by(input.language, &token.lemma).is_empty() && token.upos == Upos::Verb {
        return None;
    }
    if token.upos != Upos::Verb && !is_behind_auxiliary(tree, at) {
        return None;
    }
    let form = token.span.of(input.whole).to_lowercase();
    let known = |lemma: &String| !input.lexicon.triggered_by(input.language, lemma).is_empty();
    infinitives(&form, input.language).into_iter().find(known)
}

/// Whether a token carries an auxiliary, as only verbs do.
pub(crate) fn is_behind_auxiliary(tree: &Tree<'_>, at: u32) -> bool {
    tree.children_by(at, &[R::Aux, R::AuxTense, R::AuxPass]).next().is_some()
}

/// Infinitives that a participle or finite form may belong to, the likeliest first.
fn infinitives(form: &str, language: Language) -> Vec<String> {
    match language {
        Language::French => {
            let stem = ["ées", "és", "ée", "é"].iter().find_map(|ending| form.strip_suffix(ending));
            stem.map(|stem| vec![format!("{stem}er")]).unwrap_or_default()
        }
        Language::English => {
            let Some(stem) = form.strip_suffix("ed") else {
                return form.strip_suffix('s').map(|stem| vec![stem.to_owned()]).unwrap_or_default();
            };
            let mut all = vec![stem.to_owned(), format!("{stem}e")];
            let mut last = stem.chars().rev();
            if let (Some(a), Some(b)) = (last.next(), last.next())
                && a == b
            {
                all.push(stem[..stem.len() - a.len_utf8()].to_owned());
            }
            all.extend(stem.strip_suffix('i').map(|stem| format!("{stem}y")));
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_lead_to_their_verbs() {
        assert_eq!(infinitives("sollicitées", Language::French), ["solliciter"]);
        assert!(infinitives("banned", Language::English).contains(&"ban".to_owned()));
        assert!(infinitives("denied", Language::English).contains(&"deny".to_owned()));
        assert!(infinitives("accused", Language::English).contains(&"accuse".to_owned()));
        assert!(infinitives("gare", Language::French).is_empty());
    }
}
