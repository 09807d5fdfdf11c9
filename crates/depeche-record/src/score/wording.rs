//! In what words: rule and modes, which know no language; names, numbers and roots of the two clauses; the two stories.

use depeche_model::EventType;

use super::{Sheet, weights as w};
use crate::{features::Features, status::is_material, telling::gap, words::Term};

pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    rule(sheet, a, b);
    modes(sheet, a, b);
    clauses(sheet, a, b);
    story(sheet, a, b);
    let one_day = a.days.zip(b.days).is_some_and(|(one, other)| gap(one, other) <= 1);
    if a.leads && b.leads && one_day {
        sheet.add(w::BOTH_LEAD, "both open their articles");
    }
}

fn rule(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (one, other) = (&a.telling.event.rule, &b.telling.event.rule);
    if one.is_empty() || other.is_empty() {
        return;
    }
    if one == other {
        sheet.add(w::SAME_RULE, format!("same rule: {one}"));
    } else if a.telling.event.cameo == b.telling.event.cameo {
        sheet.add(w::SAME_CODE, format!("two rules of one code: {one}, {other}"));
    } else {
        sheet.add(w::OTHER_RULE, format!("two rules: {one}, {other}"));
    }
}

fn modes(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (one, other) = (&a.telling.event.modes, &b.telling.event.modes);
    if one.is_empty() || other.is_empty() {
        return;
    }
    if one == other {
        sheet.add(w::SAME_MODES, "same modes");
    } else if !one.iter().any(|mode| other.contains(mode)) {
        let weight = if is_material(a.event()) && a.event() != EventType::Protest {
            w::OTHER_MODES
        } else {
            w::OTHER_VERBAL_MODES
        };
        sheet.add(weight, format!("modes {}, {}", one[0], other[0]));
    }
}

/// Two prints of one text: the same words are the same act, and other words another.
pub(super) fn reprint(a: &Features<'_>, b: &Features<'_>) -> Option<bool> {
    let (one, other) = (&a.telling.source, &b.telling.source);
    if one.original() != other.original() || one.article == other.article {
        return None;
    }
    let words = |f: &Features<'_>| f.names.iter().chain(&f.numbers).chain(&f.roots).cloned().collect::<Vec<_>>();
    let (one, other) = (words(a), words(b));
    Some(a.telling.event.evidence == b.telling.event.evidence || share(&one, &other) >= SAME_CLAUSE)
}

/// Share of the shorter clause's words that makes two clauses of one text the same.
const SAME_CLAUSE: f32 = 0.8;

fn clauses(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let names = common(&a.names, &b.names);
    let one_language = a.telling.source.language == b.telling.source.language;
    if names.is_empty() && one_language && !a.names.is_empty() && !b.names.is_empty() {
        sheet.add(w::OTHER_NAMES, "other names in the two clauses");
    } else if !names.is_empty() {
        sheet.add(w::SHARED_NAME * names.len().min(2) as f32, format!("names in both clauses: {}", list(&names)));
    }
    let numbers = common(&a.numbers, &b.numbers);
    if !numbers.is_empty() {
        sheet.add(
            w::SHARED_NUMBER * numbers.len().min(2) as f32,
            format!("numbers in both clauses: {}", list(&numbers)),
        );
    }
    let roots = common(&a.roots, &b.roots);
    let weight = if one_language {
        let share = share(&a.roots, &b.roots);
        w::SHARED_PARTS.iter().find(|(least, _)| share >= *least).map_or(0.0, |&(_, weight)| weight)
    } else {
        w::SHARED_WORDS[roots.len().min(w::SHARED_WORDS.len() - 1)]
    };
    if !roots.is_empty() {
        sheet.add(weight, format!("words in both clauses: {}", list(&roots)));
    } else if a.roots.len().min(b.roots.len()) >= w::ENOUGH_WORDS {
        sheet.add(weight, "no word in both clauses");
    }
}

fn story(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    if a.telling.source.article == b.telling.source.article {
        return;
    }
    let (both, least) = a.telling.source.profile.shared(&b.telling.source.profile);
    if least == 0 {
        return;
    }
    let share = both as f32 / least as f32;
    if share < 0.1 {
        sheet.add(w::OTHER_STORY, "the articles share hardly a name or number");
    } else if both > 1 {
        let weight = (share * w::STORY_SLOPE - 0.35).min(w::SAME_STORY);
        sheet.add(weight, format!("the articles share {both} of {least} names and numbers"));
    }
}

fn common(a: &[Term], b: &[Term]) -> Vec<Term> {
    a.iter().filter(|term| b.contains(term)).cloned().collect()
}

/// Share of the shorter list that stands in the other; 0 where one is empty.
fn share(a: &[Term], b: &[Term]) -> f32 {
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { common(a, b).len() as f32 / least as f32 }
}

fn list(terms: &[Term]) -> String {
    let text = |term: &Term| match term {
        Term::State(state) => state.to_string(),
        Term::Name(word) | Term::Number(word) | Term::Root(word) => word.clone(),
    };
    terms.iter().map(text).collect::<Vec<_>>().join(", ")
}
