//! Tense from a parse: which way the verb of each expression points.

use depeche_model::{Feats, Language, Parsed, Span};
use jiff::civil::Date;

use super::{Tense, TimeExpression, Timed, find, find::cue_of, on_calendar};
use crate::tense;

/// Finds and resolves the expressions of a parsed article; the tense of an expression is its verb's.
pub fn read(parsed: &Parsed, whole: &str, language: Language, published: Date) -> Vec<Timed> {
    on_calendar(whole, find(whole, language), published, |expression| tense_of(parsed, whole, language, expression))
}

fn tense_of(parsed: &Parsed, whole: &str, language: Language, expression: &TimeExpression) -> Tense {
    let Some(head) = head_of(parsed, expression.span) else { return Tense::Unknown };
    let Some(verb) = tense::governing_verb(parsed, head) else { return Tense::Unknown };
    if is_planned(parsed, whole, language, head, verb) {
        return Tense::Future;
    }
    let past = parsed.tokens[verb as usize].feats.has(Feats::PAST);
    match tense::form(parsed, verb).tense() {
        // "décrété mardi": a past participle looks back without an auxiliary.
        Tense::Unknown if past => Tense::Past,
        // A present or bare infinitive leaves it to the words around the expression.
        Tense::Present => Tense::Unknown,
        told => told,
    }
}

/// "attendu lundi", "la rencontre prévue mercredi", "a vote scheduled for Tuesday": a past participle that looks ahead.
fn is_planned(parsed: &Parsed, whole: &str, language: Language, head: u32, verb: u32) -> bool {
    let word = &parsed.tokens[verb as usize];
    let direct = parsed.tokens[head as usize].head == verb || head == verb;
    direct && word.feats.has(Feats::PART) && cue_of(word.span.of(whole), language) == Some(Tense::Future)
}

/// Tokens that a span covers, wholly or in part: first, and one past the last.
pub(crate) fn tokens_of(parsed: &Parsed, span: Span) -> (u32, u32) {
    let first = parsed.tokens.partition_point(|t| t.span.end <= span.start);
    let end = parsed.tokens.partition_point(|t| t.span.start < span.end);
    (first as u32, end as u32)
}

/// The token of a span that depends on something outside it.
pub(crate) fn head_of(parsed: &Parsed, span: Span) -> Option<u32> {
    let (first, end) = tokens_of(parsed, span);
    (first..end).find(|&i| {
        let head = parsed.tokens[i as usize].head;
        head == i || head < first || head >= end
    })
}
