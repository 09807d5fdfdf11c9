//! Numbers of a text with their bounds and units.

use depeche_model::{Language, Range, Span};
use serde::Serialize;

use super::words::{Kind, Unit, Words};
use crate::{
    numerals::{Numeral, Numerals, Told},
    scan::Scan,
    when,
};

/// A number as it stands in a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// Bytes from the first word that bounds it to its unit.
    pub span: Span,
    /// Bytes of the number alone.
    pub number: Span,
    /// Least and greatest value; both equal where it is told exactly or roughly.
    pub range: Range,
    /// What it measures; `None` where it counts people, or things that no table knows.
    pub unit: Option<Unit>,
    /// Bytes of the word behind it, the noun that it counts unless a parse says otherwise.
    pub noun: Option<Span>,
}

/// Every number of a text that is no date, hour, rank or part of a name, in text order.
pub fn find(whole: &str, language: Language) -> Vec<Quantity> {
    let dates: Vec<Span> = when::find(whole, language).into_iter().map(|t| t.span).collect();
    find_among(whole, language, &dates)
}

/// The same where the dates of the text are known already, so that they are not looked for twice.
pub fn find_among(whole: &str, language: Language, dates: &[Span]) -> Vec<Quantity> {
    let scan = Scan::new(whole, language);
    let (numerals, words) = (Numerals::of(language), Words::of(language));
    let reader = Reader { scan: &scan, numerals, words };
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.words.len() {
        match reader.quantity(at) {
            Some((quantity, end)) => {
                if !dates.iter().any(|date| date.overlap(quantity.number) > 0) {
                    found.push(quantity);
                }
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    scan: &'a Scan,
    numerals: &'a Numerals,
    words: &'a Words,
}

/// How the words before a number bound it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    As,
    Least,
    Most,
}

impl Reader<'_> {
    /// A quantity whose number begins at a word, and the word after it.
    fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        let numeral = self.numeral(at)?;
        if self.is_name_or_rank(at, &numeral) {
            return None;
        }
        let (first, bounds) = self.before(at);
        let (mark, first) = self.mark_before(at, first);
        let (high, end) = self.upper(at, &numeral).unwrap_or((None, numeral.end));
        let low = numeral.value;
        let range = match (high, bounds, numeral.told) {
            (Some(high), ..) => range(Some(low), Some(high)),
            (None, Bounds::Most, _) => range(None, Some(low)),
            (None, Bounds::Least, _) | (None, _, Told::AtLeast | Told::Vague) => range(Some(low), None),
            (None, Bounds::As, _) => range(Some(low), Some(low)),
        };
        let (unit, last) = self.unit(end);
        let number = self.span(at, end);
        let noun = self.noun(end);
        let quantity = Quantity { span: self.span(first, last), number, range, unit: mark.or(unit), noun };
        Some((quantity, end))
    }

    /// A number worth counting: "plusieurs centaines" and "several hundred" are as vague as their noun.
    fn numeral(&self, at: usize) -> Option<Numeral> {
        let numeral = self.numerals.at(self.scan, at)?;
        match numeral.told {
            Told::Article => None,
            Told::Vague => {
                let next = self.numerals.at(self.scan, numeral.end)?;
                // "some 1,200" is a number, "several hundred" only its hundreds.
                let vague = next.told == Told::AtLeast || (next.told == Told::Exact && self.is_round_word(numeral.end));
                vague.then_some(Numeral { told: Told::AtLeast, ..next })
            }
            Told::AtLeast => Some(self.multiplied(numeral)),
            Told::Exact | Told::Round => Some(numeral),
        }
    }

    fn is_round_word(&self, at: usize) -> bool {
        matches!(self.scan.key(at), "hundred" | "thousand" | "million" | "dozen" | "cent" | "mille")
    }

    /// "des dizaines de milliers", "hundreds of thousands".
    fn multiplied(&self, numeral: Numeral) -> Numeral {
        if !matches!(self.scan.key(numeral.end), "de" | "of") {
            return numeral;
        }
        match self.numerals.at(self.scan, numeral.end + 1) {
            Some(next) if next.told == Told::AtLeast => {
                // "dizaines" is at least 24 alone, but counts tens before thousands.
                let first = if numeral.value < 100.0 { 10.0 } else { numeral.value };
                Numeral { value: first * next.value, end: next.end, told: Told::AtLeast }
            }
            _ => numeral,
        }
    }

    /// "G7", "Su-24", "F-16", "11th": no counts.
    fn is_name_or_rank(&self, at: usize, numeral: &Numeral) -> bool {
        let word = &self.scan.words[at];
        let hyphen_name = word.glued && at > 0 && word.number.is_some() && !self.is_mark(at - 1);
        let ordinal = self.scan.words.get(numeral.end).is_some_and(|next| next.glued)
            && matches!(
                self.scan.key(numeral.end),
                "e" | "er" | "eme" | "ers" | "st" | "nd" | "rd" | "th" | "/" | ":" | "s"
            );
        let age = self.scan.key(numeral.end) == "-"
            && matches!(self.scan.key(numeral.end + 1), "year" | "day" | "month" | "week" | "hour");
        let lone = word.number.is_none() && numeral.end == at + 1 && numeral.value <= 1.0;
        hyphen_name || ordinal || age || (lone && self.scan.key(at) != "one")
    }

    fn is_mark(&self, at: usize) -> bool {
        let quote = matches!(
            self.scan.key(at),
            "\"" | "'" | "(" | "«" | "“" | "—" | "," | "l'" | "d'" | "qu'" | "jusqu'" | "["
        );
        quote || self.words.kinds(self.scan.key(at)).iter().any(|kind| matches!(kind, Kind::Mark(_)))
    }

    /// Words before a number that bound it: "au moins", "more than", "jusqu'à", "près de".
    fn before(&self, at: usize) -> (usize, Bounds) {
        let mut first = at;
        for back in 1..=4 {
            let Some(index) = at.checked_sub(back) else { break };
            let key = self.scan.key(index);
            let kinds = self.words.kinds(key);
            let joint = matches!(
                key,
                "de" | "d'" | "a" | "au" | "to" | "than" | "at" | "une" | "un" | "the" | "les" | "la" | "no"
            );
            let than = matches!(self.scan.key(index + 1), "de" | "d'" | "than");
            let at_before = matches!(
                self.scan.key(index.wrapping_sub(1)),
                "au" | "at" | "a" | "tout" | "du" | "pas" | "no" | "not"
            );
            if kinds.contains(&Kind::Least) {
                let bounds = self.least_or_most(index, than, at_before);
                return bounds.map_or((first, Bounds::As), |bounds| (index - usize::from(at_before), bounds));
            }
            if kinds.contains(&Kind::Most) {
                let fits = match key {
                    "up" => self.scan.key(index + 1) == "to",
                    "most" => at_before,
                    "fewer" | "less" if self.scan.key(index.wrapping_sub(1)) == "no" => {
                        return if than { (index - 1, Bounds::Least) } else { (first, Bounds::As) };
                    }
                    "fewer" | "less" => than,
                    _ => true,
                };
                return if fits {
                    (index - usize::from(at_before && key == "most"), Bounds::Most)
                } else {
                    (first, Bounds::As)
                };
            }
            let opens = kinds.contains(&Kind::Between) || (back == 1 && matches!(key, "des" | "a" | "les"));
            if kinds.contains(&Kind::About) || (opens && self.takes_article(at, key)) {
                first = index;
            } else if !joint {
                break;
            }
        }
        (first, Bounds::As)
    }

    /// "entre 30 et 40", "des centaines", "a few hundred": words that belong to the number without bounding it.
    fn takes_article(&self, at: usize, key: &str) -> bool {
        match key {
            "entre" | "between" => true,
            "des" => self.numerals.at(self.scan, at).is_some_and(|n| n.told == Told::AtLeast),
            "a" => self.scan.key(at) == "few",
            _ => false,
        }
    }

    /// "au moins" and "plus de" are least, "moins de" and "au plus" most; other uses of the words bound nothing.
    fn least_or_most(&self, index: usize, than: bool, at_before: bool) -> Option<Bounds> {
        match self.scan.key(index) {
            "moins" | "least" if at_before && !than => Some(Bounds::Least),
            "moins" if than => Some(Bounds::Most),
            "plus" if than => Some(Bounds::Least),
            "plus" if at_before => Some(Bounds::Most),
            "more" => than.then_some(Bounds::Least),
            "over" | "exceeding" | "above" | "minimum" => Some(Bounds::Least),
            _ => None,
        }
    }

    /// A currency's mark before the number.
    fn mark_before(&self, at: usize, first: usize) -> (Option<Unit>, usize) {
        let Some(index) = at.checked_sub(1) else { return (None, first) };
        let mark = self.words.kinds(self.scan.key(index)).iter().find_map(|kind| match kind {
            Kind::Mark(unit) => Some(*unit),
            _ => None,
        });
        (mark, if mark.is_some() { first.min(index) } else { first })
    }

    /// The upper number of a range: "entre 30 et 40", "de 20 à 30", "30 to 40", "20-30".
    fn upper(&self, at: usize, low: &Numeral) -> Option<(Option<f64>, usize)> {
        let joint = self.scan.key(low.end);
        let opened = at.checked_sub(1).is_some_and(|i| self.words.kinds(self.scan.key(i)).contains(&Kind::Between));
        let ranges = match joint {
            "et" | "and" => opened,
            "a" | "to" | "-" | "ou" | "or" => true,
            _ => false,
        };
        let from = low.end + 1 + usize::from(self.mark_before(low.end + 2, 0).0.is_some() && ranges);
        let high = self.numerals.at(self.scan, from).filter(|_| ranges)?;
        let written = high.told == Told::Exact && low.told == Told::Exact;
        (written && high.value > low.value && high.value < low.value * 1000.0).then_some((Some(high.value), high.end))
    }

    /// The unit behind a number, past "de" and one adjective's room, and the word after it.
    fn unit(&self, end: usize) -> (Option<Unit>, usize) {
        let mut at = end;
        while matches!(self.scan.key(at), "de" | "d'" | "of" | "-") {
            at += 1;
        }
        for ahead in 0..2 {
            let found = self.words.kinds(self.scan.key(at + ahead)).iter().find_map(|kind| match kind {
                Kind::Unit(unit) | Kind::Mark(unit) => Some(*unit),
                _ => None,
            });
            let percent = found == Some(Unit::Percent) && matches!(self.scan.key(at), "pour" | "per");
            if percent && !matches!(self.scan.key(at + 1), "cent" | "cents") {
                return (None, end);
            }
            // "40 American dollars" has room for one word, "10 soldiers days ago" has not.
            if found.is_some() && (ahead == 0 || matches!(found, Some(Unit::Money(_)))) {
                return (found, at + ahead + 1 + usize::from(percent));
            }
        }
        (None, end)
    }

    fn noun(&self, end: usize) -> Option<Span> {
        let mut at = end;
        while matches!(self.scan.key(at), "de" | "d'" | "of" | "the" | "des" | "les") {
            at += 1;
        }
        let word = self.scan.words.get(at)?;
        self.scan.key(at).chars().next().filter(|c| c.is_alphabetic()).map(|_| word.span)
    }

    fn span(&self, first: usize, end: usize) -> Span {
        let last = end.max(first + 1) - 1;
        self.scan.words[first].span.cover(self.scan.words[last.min(self.scan.words.len() - 1)].span)
    }
}

fn range(min: Option<f64>, max: Option<f64>) -> Range {
    let whole = |value: f64| value.round().max(0.0) as u64;
    Range { min: min.map(whole), max: max.map(whole) }
}
