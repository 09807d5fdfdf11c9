//! Which date an event has, by rule.
//!
//! What this finds is one answer among those that [`super::choose`] weighs, and the weightiest. By rule, the date of an act is the expression nearest to its word in the tree, by [`crate::tree`]'s distance; under a limit it is
//! told, and bounds as its preposition says. Where the sentence tells none, the tense and the sentences before decide: a current
//! act is of the day of publication, a pluperfect of the date last told, or of none.

use depeche_model::{DateSpan, EventType, Parsed, Quad, Relation, Span, Upos};
use jiff::civil::Date;

use super::{
    Bound, Frame, Kind, Sense, Setting, Tense, Timed, Unit,
    calendar::days_between,
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

/// Where an act stands in a parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// The word that tells it: verb, noun or adjective.
    pub trigger: u32,
    /// First token of the clause that tells it, and one past the last.
    pub clause: (u32, u32),
    /// What it is: deeds are dated by the story of their paragraph, words by the day of publication.
    pub event: EventType,
}

impl Act {
    /// Whether it is a deed rather than words.
    pub(super) fn is_material(self) -> bool {
        matches!(self.event.quad(), Quad::MaterialCooperation | Quad::MaterialConflict)
    }

    /// Whether it is told as part of a story: deeds, meetings, easings.
    pub(super) fn is_told(self) -> bool {
        self.is_material() || matches!(self.event, EventType::Consult | EventType::Concede)
    }

    pub(super) fn holds(self, token: u32) -> bool {
        self.clause.0 <= token && token < self.clause.1
    }
}

/// Above this cost an expression belongs to another act.
const LIMIT: f32 = 6.0;

/// The same for what stands within its clause.
const WITHIN: f32 = 9.0;

/// The date of an act by rule, from the expressions of its article.
pub(super) fn by_rule(parsed: &Parsed, act: Act, timed: &[Timed], published: Option<Date>) -> Option<Attached> {
    let sentence = *parsed.sentences.get(parsed.sentence_of(act.trigger))?;
    // What the clause itself holds is its date, however the parser hung it; what stands outside must be near.
    let told = candidates(parsed, sentence, timed)
        .filter_map(|(index, head)| Some((index, head, cost(parsed, act, head, &timed[index], published)?)))
        .min_by(|a, b| a.2.total_cmp(&b.2))
        .filter(|&(_, head, cost)| cost < if act.holds(head) { WITHIN } else { LIMIT });
    match told {
        Some((index, ..)) => bounded(parsed, act, timed, index, published),
        None => untold(parsed, act, timed, published),
    }
}

/// Expressions of a sentence that have a place on the calendar, with their head tokens.
pub(super) fn candidates<'t>(
    parsed: &'t Parsed,
    sentence: (u32, u32),
    timed: &'t [Timed],
) -> impl Iterator<Item = (usize, u32)> + 't {
    timed.iter().enumerate().filter_map(move |(index, t)| {
        let (first, _) = tokens_of(parsed, t.expression.span);
        let dated = t.resolved.as_ref().is_some_and(|r| r.dates.is_some());
        let usable = match t.expression.kind {
            Kind::Date | Kind::Time => t.expression.sense.frame != Frame::Vague && !is_bare_hour(&t.expression.sense),
            Kind::Duration => t.expression.sense.sign != 0,
            Kind::Set => false,
        };
        let inside = sentence.0 <= first && first < sentence.1 && t.setting != Setting::Dateline;
        // "until Friday" limits an act and does not date it, unless it ends a range.
        let ends_range = index > 0 && timed[index - 1].expression.bound == Bound::From;
        let limit = match t.expression.bound {
            Bound::Until => !ends_range,
            Bound::Before => true,
            _ => false,
        };
        (dated && usable && inside && !limit)
            .then(|| head_of(parsed, t.expression.span))
            .flatten()
            .map(|head| (index, head))
    })
}

/// "à 19 heures" without a day: a curfew's hour, seldom an act's.
fn is_bare_hour(sense: &Sense) -> bool {
    let dayless = sense.weekday.is_none() && sense.day.is_none() && sense.month.is_none() && sense.holiday.is_none();
    sense.frame == Frame::Date && sense.hour.is_some() && dayless
}

/// How far an expression is from an act; `None` where no path joins them.
pub(super) fn cost(parsed: &Parsed, act: Act, head: u32, timed: &Timed, published: Option<Date>) -> Option<f32> {
    let path = tree::path(parsed, act.trigger, act.clause, head)?;
    let near = if told_by_when(parsed, act.trigger, timed) { 1.0 } else { path.cost.min(beside(parsed, act, head)) };
    let mut total = near + misfit(parsed, act, timed, published);
    // "two days after a volley" dates the volley, not the act before or behind it.
    if timed.expression.sense.complement && !in_complement(parsed, act.trigger, timed.expression.span) {
        total += 5.0;
    }
    total += of_thing(parsed, act, timed, head);
    // "au pouvoir depuis vingt ans" dates a state beside the act.
    if timed.expression.sense.frame == Frame::Span && path.downs > 1 {
        total += 5.0;
    }
    match timed.expression.bound {
        Bound::Until | Bound::By | Bound::Before | Bound::After => total += 1.5,
        Bound::At | Bound::Since | Bound::From => {}
    }
    Some(total)
}

/// What the order of words says, where a parser may have hung a date on the wrong noun: in the clause of the act and with
/// no other verb between, it is the act's.
fn beside(parsed: &Parsed, act: Act, head: u32) -> f32 {
    let (first, last) = (act.trigger.min(head), act.trigger.max(head));
    let between = (first + 1..last).any(|i| {
        let word = &parsed.tokens[i as usize];
        word.upos == Upos::Verb || matches!(word.dep, Relation::Mark | Relation::Parataxis)
    });
    if act.holds(head) && !between { 1.5 + (last - first) as f32 * 0.05 } else { f32::INFINITY }
}

/// "le 7 avril, quand …", "on Wednesday, when …": what follows is of that day, whatever the parser hung it on.
fn told_by_when(parsed: &Parsed, trigger: u32, timed: &Timed) -> bool {
    let (_, end) = tokens_of(parsed, timed.expression.span);
    let word = |i: u32| parsed.tokens.get(i as usize);
    let next = if word(end).is_some_and(|t| t.upos == Upos::Punct) { end + 1 } else { end };
    let when = word(next).is_some_and(|t| matches!(t.lemma.as_str(), "when" | "quand" | "lorsque" | "lorsqu'" | "où"));
    when && trigger > next && !(next..trigger).any(|i| word(i).is_some_and(|t| t.upos == Upos::Punct))
}

/// "a condamné les heurts de vendredi", "a law of 1807": the date of a thing is no act's but its own.
fn of_thing(parsed: &Parsed, act: Act, timed: &Timed, head: u32) -> f32 {
    let thing = parsed.tokens[head as usize].head;
    if timed.setting != Setting::OfThing || thing == act.trigger {
        return 0.0;
    }
    match parsed.tokens[thing as usize].dep {
        Relation::Obl | Relation::OblMod | Relation::OblArg => 1.0,
        _ => WITHIN,
    }
}

/// Whether a trigger stands between an expression and the next comma.
fn in_complement(parsed: &Parsed, trigger: u32, expression: Span) -> bool {
    let (_, end) = tokens_of(parsed, expression);
    let stops = |&i: &u32| parsed.tokens[i as usize].upos == Upos::Punct;
    trigger >= end && !(end..trigger).any(|i| stops(&i))
}

/// A date to come does not fit a verb of the past, nor a past one a verb of the future.
fn misfit(parsed: &Parsed, act: Act, timed: &Timed, published: Option<Date>) -> f32 {
    let (Some(dates), Some(published)) = (timed.resolved.as_ref().and_then(|r| r.dates), published) else { return 0.0 };
    let Some(verb) = tense::governing_verb(parsed, act.trigger) else { return 0.0 };
    let form = tense::form(parsed, verb);
    match form.tense() {
        Tense::Past if dates.start > published => 4.0,
        Tense::Future if form != Form::Conditional && dates.end < published && !reported_within(parsed, verb, act) => {
            4.0
        }
        _ => 0.0,
    }
}

/// The days of an expression as its preposition bounds them: "since X" lasts to publication, a range to its end.
pub(super) fn bounded(
    parsed: &Parsed,
    act: Act,
    timed: &[Timed],
    index: usize,
    published: Option<Date>,
) -> Option<Attached> {
    let this = &timed[index];
    let mut dates = this.resolved.as_ref()?.dates?;
    let consecutive = |a: &Timed, b: &Timed| {
        let (a, b) = (a.resolved.as_ref()?.dates?, b.resolved.as_ref()?.dates?);
        (a.end.tomorrow().ok()? == b.start).then_some(DateSpan { start: a.start, end: b.end })
    };
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
        // "since Feb. 14, when a youth …": what hangs on the date is of that day.
        Bound::Since
            if hangs_on(parsed, act.trigger, this.expression.span) || told_by_when(parsed, act.trigger, this) => {}
        _ if since_clause(parsed, act.trigger, this.expression.span) => {
            dates.end = published.unwrap_or(dates.end).max(dates.start);
        }
        Bound::Since => dates.end = published.unwrap_or(dates.end).max(dates.start),
        // "on Saturday and Sunday" is both.
        Bound::At => {
            let next = timed.get(index + 1).filter(|next| next.expression.span.start < this.expression.span.end + 8);
            dates = next.and_then(|next| consecutive(this, next)).unwrap_or(dates);
        }
        Bound::By | Bound::Before | Bound::After => {}
    }
    if this.expression.sense.frame == Frame::Enclose && this.expression.sense.sign == 0 {
        dates = up_to_today(parsed, act, dates, published);
    }
    Some(Attached { dates, span: Some(this.expression.span), explicit: true })
}

/// "have been held since the mayor was arrested on March 19": the clause of "since" bounds like the preposition.
fn since_clause(parsed: &Parsed, trigger: u32, expression: Span) -> bool {
    let (first, _) = tokens_of(parsed, expression);
    let stretch = parsed.tokens.get(trigger as usize + 1..first as usize).unwrap_or(&[]);
    let since = stretch.iter().rposition(|t| matches!(t.lemma.as_str(), "since" | "depuis"));
    since.is_some_and(|at| !stretch[at..].iter().any(|t| t.upos == Upos::Punct))
}

/// What happened "this year" happened by today, what will happen is still to come.
fn up_to_today(parsed: &Parsed, act: Act, dates: DateSpan, published: Option<Date>) -> DateSpan {
    let Some(today) = published.filter(|day| dates.start <= *day && *day <= dates.end) else { return dates };
    let form = tense::governing_verb(parsed, act.trigger).map_or(Form::None, |verb| tense::form(parsed, verb));
    match form.tense() {
        Tense::Past => DateSpan { end: today, ..dates },
        Tense::Future => DateSpan { start: today, ..dates },
        _ => dates,
    }
}

/// Whether a token depends, however far, on a word of an expression.
fn hangs_on(parsed: &Parsed, token: u32, expression: Span) -> bool {
    let (first, end) = tokens_of(parsed, expression);
    let mut at = token;
    for _ in 0..64 {
        if first <= at && at < end {
            return true;
        }
        let head = parsed.tokens[at as usize].head;
        if head == at {
            break;
        }
        at = head;
    }
    false
}

/// No expression of the sentence tells it: the story does, or the day of publication.
fn untold(parsed: &Parsed, act: Act, timed: &[Timed], published: Option<Date>) -> Option<Attached> {
    let verb = tense::governing_verb(parsed, act.trigger);
    let form = verb.map_or(Form::None, |verb| tense::form(parsed, verb));
    let today = published.map(|day| Attached { dates: DateSpan { start: day, end: day }, span: None, explicit: false });
    let opening = || opening(parsed, act, timed);
    match form {
        Form::Pluperfect => earlier(parsed, act, timed, 8),
        // Deeds go on in the story of their paragraph and then of the article, words are of the day.
        Form::Preterite | Form::Imperfect | Form::Participle if act.is_told() => {
            earlier(parsed, act, timed, 3).or_else(opening).or_else(|| lead(timed, published)).or(today)
        }
        Form::Perfect if act.is_material() => earlier(parsed, act, timed, 1).or_else(opening).or(today),
        // "ne s'associera pas", "would not see him": a refusal or threat is said today, a plan is not.
        Form::Future | Form::Conditional | Form::Modal | Form::FuturePerfect => {
            let said = verb.is_some_and(|verb| reported_within(parsed, verb, act));
            let words = !act.is_material() && !matches!(act.event, EventType::Agree | EventType::Concede);
            today.filter(|_| said || words)
        }
        Form::Present | Form::Participle | Form::Preterite | Form::Perfect | Form::None => opening().or(today),
        _ => today,
    }
}

/// A title or lead that no date stands before takes the first one that the story tells, within the next sentences.
fn opening(parsed: &Parsed, act: Act, timed: &[Timed]) -> Option<Attached> {
    let own = parsed.sentence_of(act.trigger);
    let (first, end) = *parsed.sentences.get(own)?;
    let (start, end) = (parsed.tokens.get(first as usize)?.span.start, parsed.tokens.get((end - 1) as usize)?.span.end);
    if timed.iter().any(|t| t.expression.span.end <= start && is_of_the_story(t)) {
        return None;
    }
    let next = timed.iter().find(|t| t.expression.span.start >= end && is_of_the_story(t))?;
    let ahead = parsed.sentence_of(tokens_of(parsed, next.expression.span).0) - own;
    let dates = next.resolved.as_ref()?.dates?;
    (ahead <= 2).then_some(Attached { dates, span: Some(next.expression.span), explicit: false })
}

/// The day that the story is about: the first one it tells, in the week before publication.
fn lead(timed: &[Timed], published: Option<Date>) -> Option<Attached> {
    let first = timed.iter().find(|t| is_of_the_story(t))?;
    let dates = first.resolved.as_ref()?.dates?;
    let recent = (0..=7).contains(&days_between(dates.end, published?));
    recent.then_some(Attached { dates, span: Some(first.expression.span), explicit: false })
}

/// The last date told before a sentence in its paragraph, at most so many sentences back.
fn earlier(parsed: &Parsed, act: Act, timed: &[Timed], reach: usize) -> Option<Attached> {
    let own = parsed.sentence_of(act.trigger);
    let first = parsed.tokens.get(parsed.sentences.get(own)?.0 as usize)?.span.start;
    let last = timed.iter().rev().filter(|t| t.expression.span.end <= first).find(|t| is_of_the_story(t))?;
    let back = own - parsed.sentence_of(tokens_of(parsed, last.expression.span).0);
    let dates = last.resolved.as_ref()?.dates?;
    (last.same_paragraph(first) && back <= reach).then_some(Attached {
        dates,
        span: Some(last.expression.span),
        explicit: false,
    })
}

pub(super) fn is_of_the_story(timed: &Timed) -> bool {
    let fine = |unit| matches!(unit, Unit::Day | Unit::Hour | Unit::Minute | Unit::Weekend);
    let dated = timed.resolved.as_ref().is_some_and(|r| r.dates.is_some() && fine(r.granularity));
    dated
        && timed.expression.bound == Bound::At
        && timed.expression.kind != Kind::Set
        && !timed.expression.sense.complement
}

/// "Riga ne délivrera aucun visa, a tranché le ministre": a plan or threat is of the day it was spoken, where the clause
/// holds the speaking.
pub(super) fn reported_within(parsed: &Parsed, verb: u32, act: Act) -> bool {
    let speaks = |index: u32| {
        let tense = tense::form(parsed, index).tense();
        act.holds(index) && matches!(tense, Tense::Past | Tense::Present)
    };
    let word = &parsed.tokens[verb as usize];
    let above = matches!(word.dep, Relation::Ccomp | Relation::Parataxis) && speaks(word.head);
    above
        || parsed
            .children(verb)
            .any(|(index, t)| matches!(t.dep, Relation::Parataxis | Relation::ParataxisInsert) && speaks(index))
}
