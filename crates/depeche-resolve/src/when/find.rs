//! Finds the temporal expressions of a text.
//!
//! Three passes over one scan: phrases of the grammar, left to right and longest first; lone numbers that share the month of
//! a neighbour ("les 6 et 13 avril", "between 3 and 7 May"); and the words around each expression, which tell how it bounds
//! its event and which way it points.

use std::sync::LazyLock;

use depeche_model::Language;

use super::{
    expression::{Tense, TimeExpression},
    grammar::Grammar,
    matching::{Match, Matcher},
    sense::{Bound, Frame, Sense},
};
use crate::{
    numerals::Numerals,
    scan::{Scan, fold},
};

const FRENCH: &str = include_str!("../../../../lexicon/words/time.fr.txt");
const ENGLISH: &str = include_str!("../../../../lexicon/words/time.en.txt");

static GRAMMARS: LazyLock<[Grammar; 2]> = LazyLock::new(|| {
    [("time.fr.txt", FRENCH, Language::French), ("time.en.txt", ENGLISH, Language::English)]
        // A test reads both tables; an edited one that does not read finds nothing rather than bringing the program down.
        .map(|(file, text, language)| Grammar::read(file, text, language).unwrap_or_default())
});

/// Every temporal expression of a text, in text order.
pub fn find(whole: &str, language: Language) -> Vec<TimeExpression> {
    let grammar = &GRAMMARS[usize::from(language == Language::English)];
    let scan = Scan::new(whole, language);
    let matcher = Matcher::new(grammar, Numerals::of(language), &scan);
    let mut found = phrases(&matcher);
    share_months(&mut found, &scan);
    found.iter().enumerate().map(|(index, m)| expression(index, m, &found, &matcher, grammar)).collect()
}

/// Phrases, left to right and longest first.
fn phrases(matcher: &Matcher<'_>) -> Vec<Match> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < matcher.scan.words.len() {
        match best_at(matcher, at) {
            Some(m) => {
                at = m.end.max(at + 1);
                if !m.never {
                    found.push(m);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// The phrase that begins at a word, unless it begins with mere context and a longer one begins within that.
fn best_at(matcher: &Matcher<'_>, at: usize) -> Option<Match> {
    let found = matcher.at(at)?;
    let mut within = (at + 1..=found.first).filter(|_| !found.never).filter_map(|other| matcher.at(other));
    within.rfind(|other| other.seen > found.seen).or(Some(found))
}

/// "les 6 et 13 avril", "3 to 7 May", "May 3 and 4", "April 3-7": a lone day beside a day with its month.
fn share_months(found: &mut Vec<Match>, scan: &Scan) {
    let mut more = Vec::new();
    for m in found.iter().filter(|m| m.sense.day.is_some() && m.sense.month.is_some()) {
        // The day may lead or follow its month; the lone one stands on the same side.
        let day_first = (m.first..m.end).find(|&i| is_day(scan, i)).is_some_and(|day| {
            (m.first..m.end).position(|i| scan.words[i].number.is_none() && scan.key(i).len() > 2) != Some(0)
                || day == m.first
        });
        if day_first {
            leading_days(m, scan, &mut more);
        } else {
            following_days(m, scan, &mut more);
        }
    }
    if !more.is_empty() {
        let overlap = |a: &Match, b: &Match| a.first < b.end && b.first < a.end;
        // A day found without its month gives way to the same day with it.
        found.retain(|m| m.sense.month.is_some() || m.sense.day.is_none() || !more.iter().any(|o| overlap(m, o)));
        more.retain(|m| !found.iter().any(|o| overlap(m, o)));
        found.append(&mut more);
        found.sort_by_key(|m| m.first);
    }
}

fn is_day(scan: &Scan, at: usize) -> bool {
    scan.words
        .get(at)
        .is_some_and(|w| (1..=2).contains(&w.digits) && w.number.is_some_and(|n| (1.0..=31.0).contains(&n)))
}

fn lone(m: &Match, scan: &Scan, first: usize, day: usize) -> Match {
    let value = scan.words[day].number.map(|n| n as i8);
    let sense = Sense { day: value, weekday: None, hour: None, minute: None, daypart: None, ..m.sense };
    Match { first, end: day + 1, seen: day + 1, sense, ..*m }
}

/// Lone days before "13 avril": "les 6 et", "du 3 au", "3, 4 and".
fn leading_days(m: &Match, scan: &Scan, more: &mut Vec<Match>) {
    let mut at = m.first;
    while at >= 2 {
        let joint = matches!(scan.key(at - 1), "et" | "and" | "au" | "a" | "to" | "-" | "," | "ou" | "or");
        if !joint {
            break;
        }
        let weekday_between =
            usize::from(!is_day(scan, at - 2) && at >= 3 && is_day(scan, at - 3) && scan.key(at - 2) == "er");
        let day = at - 2 - weekday_between;
        if !is_day(scan, day) {
            break;
        }
        let article = day > 0 && matches!(scan.key(day - 1), "le" | "les" | "the");
        let first = if article { day - 1 } else { day };
        let mut found = lone(m, scan, first, day);
        found.end += weekday_between;
        more.push(found);
        at = first;
    }
}

/// Lone days behind "May 3": "-7", "and 4", "to 7".
fn following_days(m: &Match, scan: &Scan, more: &mut Vec<Match>) {
    let joint = matches!(scan.key(m.end), "and" | "to" | "-" | "or" | "through" | "until");
    let at = m.end + 1;
    if joint && is_day(scan, at) && !matches!(scan.key(at + 1), "%" | "percent" | "people") {
        more.push(lone(m, scan, at, at));
    }
}

fn expression(index: usize, m: &Match, all: &[Match], matcher: &Matcher<'_>, grammar: &Grammar) -> TimeExpression {
    let scan = matcher.scan;
    let first = scan.words[m.first].span;
    let extent = first.cover(scan.words[m.end.max(m.first + 1) - 1].span);
    let bound = bound(m.first, matcher, grammar);
    // "du 3 au 7 mai": "du" and "au" bound only together.
    let ranges_on = all.get(index + 1).is_some_and(|n| closes(scan, m.first, m.end, n.first));
    let ranged = index > 0 && closes(scan, all[index - 1].first, all[index - 1].end, m.first);
    let bound = match bound {
        Bound::At | Bound::Until if ranged => Bound::Until,
        Bound::At if ranges_on => Bound::From,
        other => other,
    };
    TimeExpression {
        span: extent,
        kind: m.sense.kind(),
        sense: m.sense,
        bound,
        cue: cue(m, matcher, grammar),
        line: m.line,
    }
}

/// Whether the words between two dates make them a range; "et" and "and" do so only behind "entre" and "between".
fn closes(scan: &Scan, first: usize, end: usize, next: usize) -> bool {
    let opened = matches!(scan.key(first.wrapping_sub(1)), "between" | "entre");
    let joins = |key: &str| match key {
        "au" | "a" | "to" | "-" | "jusqu'" | "until" | "through" | "till" => true,
        "et" | "and" => opened,
        _ => false,
    };
    next > end && next <= end + 2 && (end..next).all(|i| joins(scan.key(i)) || matches!(scan.key(i), "le" | "the"))
}

/// The longest bounding preposition that ends where the extent begins.
fn bound(first: usize, matcher: &Matcher<'_>, grammar: &Grammar) -> Bound {
    let before = &matcher.ids[..first];
    grammar
        .bounds
        .iter()
        .filter(|(_, words)| before.ends_with(words))
        .max_by_key(|(_, words)| words.len())
        .map_or(Bound::At, |&(bound, _)| bound)
}

/// Which way a participle or other single word points, by the table; "attendu" and "scheduled" look ahead.
pub(crate) fn cue_of(word: &str, language: Language) -> Option<Tense> {
    let grammar = &GRAMMARS[usize::from(language == Language::English)];
    let key = fold(word);
    let id = grammar.words.get(&key).copied()?;
    grammar.cues.get(&id)?.iter().find(|(_, words)| words.len() == 1).map(|&(tense, _)| tense)
}

/// Which way the clause around an expression points, by the nearest cue. A parse tells better where there is one; this
/// keeps dates right where there is none.
fn cue(m: &Match, matcher: &Matcher<'_>, grammar: &Grammar) -> Tense {
    if matches!(m.sense.frame, Frame::Span | Frame::Set | Frame::Vague) {
        return Tense::Unknown;
    }
    let scan = matcher.scan;
    // "will be held": a participle behind "be" tells nothing of its own.
    let bare = |at: usize| scan.key(at.wrapping_sub(1)) == "be";
    let points =
        |at: usize| grammar.cue(&matcher.ids[at..], scan.key(at)).filter(|tense| *tense != Tense::Past || !bare(at));
    let within = |&at: &usize| !ends_sentence(scan, at);
    let before = (m.first.saturating_sub(REACH)..m.first).rev().take_while(within);
    let behind = (m.end..(m.end + REACH).min(scan.words.len())).take_while(within);
    let first =
        |words: &mut dyn Iterator<Item = usize>| words.enumerate().find_map(|(far, at)| Some((far, points(at)?)));
    match (first(&mut before.into_iter()), first(&mut behind.into_iter())) {
        // What stands behind is more often another clause's.
        (Some((near, tense)), Some((far, other))) => {
            if near <= far + 3 {
                tense
            } else {
                other
            }
        }
        (Some((_, tense)), None) | (None, Some((_, tense))) => tense,
        (None, None) => Tense::Unknown,
    }
}

/// How many words from an expression a cue may stand.
const REACH: usize = 13;

fn ends_sentence(scan: &Scan, at: usize) -> bool {
    matches!(scan.key(at), "." | "!" | "?" | ";" | "\n") && !scan.words.get(at + 1).is_some_and(|w| w.glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_read() {
        Grammar::read("time.fr.txt", FRENCH, Language::French).unwrap();
        Grammar::read("time.en.txt", ENGLISH, Language::English).unwrap();
    }

    #[test]
    fn what_counts_units_names_one() {
        for (file, text) in [("time.fr.txt", FRENCH), ("time.en.txt", ENGLISH)] {
            for (index, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with("phrase")) {
                let (pattern, meaning) = line.split_once(" =").unwrap();
                let frame = meaning.split_whitespace().next().unwrap();
                let counts = matches!(frame, "shift" | "enclose" | "span");
                let named = pattern.contains("<unit>") || meaning.contains("unit=");
                assert!(!counts || named, "{file}:{}: `{frame}` needs a <unit> or unit=", index + 1);
            }
        }
    }
}
