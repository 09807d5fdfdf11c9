//! Which date an event has.
//!
//! The date of an act is the expression nearest to its word in the tree, by [`crate::tree`]'s distance; under a limit it is
//! told, and bounds as its preposition says. Where the sentence tells none, the tense and the sentences before decide: a current
//! act is of the day of publication, a pluperfect of the date last told, or of none.

use depeche_model::{DateSpan, Parsed, Span};
use jiff::civil::Date;

use super::{
    Bound, Frame, Kind, Tense, Timed,
    parse::{head_of, tokens_of},
};
use crate::{
    tense::{self, Form},
    tree,
};

/// The date of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attached {
    /// First and last day.
    pub dates: DateSpan,
    /// The expression that tells it; `None` where the day of publication stands in.
    pub span: Option<Span>,
    /// Whether an expression of the same sentence tells it.
    pub explicit: bool,
}

/// Above this cost an expression belongs to another act.
const LIMIT: f32 = 6.0;

/// The date of the act that `trigger` tells in the clause from token `clause.0` up to `clause.1`.
pub fn attach(
    parsed: &Parsed,
    trigger: u32,
    clause: (u32, u32),
    timed: &[Timed],
    published: Option<Date>,
) -> Option<Attached> {
    let sentence = *parsed.sentences.get(parsed.sentence_of(trigger))?;
    let told = candidates(parsed, sentence, timed)
        .filter_map(|(index, head)| Some((index, cost(parsed, trigger, clause, head, &timed[index], published)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|&(_, cost)| cost < LIMIT);
    if let Some((index, _)) = told {
        return bounded(timed, index, published);
    }
    untold(parsed, trigger, sentence, timed, published)
}

/// Expressions of a sentence that have a place on the calendar, with their head tokens.
fn candidates<'t>(
    parsed: &'t Parsed,
    sentence: (u32, u32),
    timed: &'t [Timed],
) -> impl Iterator<Item = (usize, u32)> + 't {
    timed.iter().enumerate().filter_map(move |(index, t)| {
        let (first, _) = tokens_of(parsed, t.expression.span);
        let dated = t.resolved.as_ref().is_some_and(|r| r.dates.is_some());
        let usable = match t.expression.kind {
            Kind::Date | Kind::Time => t.expression.sense.frame != Frame::Vague,
            Kind::Duration => t.expression.sense.sign != 0,
            Kind::Set => false,
        };
        let inside = sentence.0 <= first && first < sentence.1;
        (dated && usable && inside).then(|| head_of(parsed, t.expression.span)).flatten().map(|head| (index, head))
    })
}

/// How far an expression is from a trigger; `None` where no path joins them.
fn cost(
    parsed: &Parsed,
    trigger: u32,
    clause: (u32, u32),
    head: u32,
    timed: &Timed,
    published: Option<Date>,
) -> Option<f32> {
    let path = tree::path(parsed, trigger, clause, head)?;
    let own = tense::governing_verb(parsed, trigger).map_or(Form::None, |verb| tense::form(parsed, verb));
    let mut total = path.cost + misfit(own, timed, published);
    // "two days after a volley": the volley's date, not that of the act before it.
    let inside = clause.0 <= head && head < clause.1;
    let behind = parsed.tokens[trigger as usize].span.start > timed.expression.span.end;
    if timed.expression.sense.complement && (!behind || inside) && path.downs > 1 {
        total += 3.0;
    }
    match timed.expression.bound {
        Bound::Until | Bound::By | Bound::Before | Bound::After => total += 1.5,
        Bound::At | Bound::Since | Bound::From => {}
    }
    Some(total)
}

/// A date to come does not fit a verb of the past, nor a past one a verb of the future.
fn misfit(own: Form, timed: &Timed, published: Option<Date>) -> f32 {
    let (Some(dates), Some(published)) = (timed.resolved.as_ref().and_then(|r| r.dates), published) else { return 0.0 };
    match own.tense() {
        Tense::Past if dates.start > published => 4.0,
        Tense::Future if own != Form::Conditional && dates.end < published => 4.0,
        _ => 0.0,
    }
}

/// The days of an expression as its preposition bounds them: "since X" lasts to publication, a range to its end.
fn bounded(timed: &[Timed], index: usize, published: Option<Date>) -> Option<Attached> {
    let this = &timed[index];
    let mut dates = this.resolved.as_ref()?.dates?;
    let neighbour = |other: Option<&Timed>, bound: Bound| {
        other.filter(|t| t.expression.bound == bound).and_then(|t| t.resolved.as_ref()?.dates)
    };
    match this.expression.bound {
        Bound::From => {
            if let Some(end) = neighbour(timed.get(index + 1), Bound::Until) {
                dates.end = end.end.max(dates.start);
            }
        }
        Bound::Until => {
            if let Some(start) = index.checked_sub(1).and_then(|before| neighbour(timed.get(before), Bound::From)) {
                dates.start = start.start.min(dates.end);
            }
        }
        Bound::Since => dates.end = published.unwrap_or(dates.end).max(dates.start),
        Bound::At | Bound::By | Bound::Before | Bound::After => {}
    }
    Some(Attached { dates, span: Some(this.expression.span), explicit: true })
}

/// No expression of the sentence tells it.
fn untold(
    parsed: &Parsed,
    trigger: u32,
    sentence: (u32, u32),
    timed: &[Timed],
    published: Option<Date>,
) -> Option<Attached> {
    let verb = tense::governing_verb(parsed, trigger);
    let form = verb.map_or(Form::None, |verb| tense::form(parsed, verb));
    match form {
        Form::Pluperfect => earlier(parsed, sentence, timed),
        Form::Future | Form::Conditional | Form::Modal | Form::FuturePerfect => None,
        _ => published.map(|day| Attached { dates: DateSpan { start: day, end: day }, span: None, explicit: false }),
    }
}

/// The last date told before a sentence.
fn earlier(parsed: &Parsed, sentence: (u32, u32), timed: &[Timed]) -> Option<Attached> {
    let from = parsed.tokens.get(sentence.0 as usize)?.span.start;
    let before = timed.iter().filter(|t| t.expression.span.start < from && t.expression.kind != Kind::Set);
    let last = before
        .filter(|t| t.expression.bound == Bound::At)
        .filter_map(|t| Some((t, t.resolved.as_ref()?.dates?)))
        .next_back()?;
    Some(Attached { dates: last.1, span: Some(last.0.expression.span), explicit: false })
}
