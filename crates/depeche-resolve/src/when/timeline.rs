//! Every expression of a text on the calendar, with dates carried forward.

use depeche_model::{DateSpan, Language};
use jiff::civil::Date;

use super::{
    Anchor, Kind, Resolved, Tense, TimeExpression, find, resolve,
    sense::{Frame, Pick, Unit},
};

/// An expression and its place on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// As it stands in the text.
    pub expression: TimeExpression,
    /// Where it lies; `None` where it names no such day.
    pub resolved: Option<Resolved>,
}

/// Finds and resolves all expressions of a text; "la veille", "two days later" and hours are counted from the last day
/// told before them. Tense comes from the words around an expression.
pub fn timeline(whole: &str, language: Language, published: Date) -> Vec<Timed> {
    on_calendar(find(whole, language), published, |_| Tense::Unknown)
}

/// The same for expressions at hand, with a teller of tense, such as a parse.
pub fn on_calendar(found: Vec<TimeExpression>, published: Date, tense: impl Fn(&TimeExpression) -> Tense) -> Vec<Timed> {
    let mut reference: Option<DateSpan> = None;
    let mut all = Vec::with_capacity(found.len());
    for expression in found {
        let anchor = Anchor { published, reference, tense: tense(&expression) };
        let resolved = resolve(&expression, &anchor);
        if let Some(next) = resolved.as_ref().and_then(|r| carried(&expression, r)) {
            reference = Some(next);
        }
        all.push(Timed { expression, resolved });
    }
    all
}

/// The date that later expressions are counted from: days, not years, lengths or "now".
fn carried(expression: &TimeExpression, resolved: &Resolved) -> Option<DateSpan> {
    let fine = matches!(resolved.granularity, Unit::Day | Unit::Hour | Unit::Minute | Unit::Weekend);
    let dated = matches!(expression.kind, Kind::Date | Kind::Time);
    let told = matches!(expression.sense.frame, Frame::Date | Frame::Shift | Frame::Same | Frame::Enclose);
    let kept = expression.sense.pick != Some(Pick::Same);
    resolved.dates.filter(|_| fine && dated && told && kept)
}
