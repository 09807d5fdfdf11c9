//! Which date an event has.
//!
//! The date of an act is the expression nearest to its word in the tree, where near means few clause boundaries, not few
//! words: in "accusé mardi d'avoir attaqué la ville en mai", Tuesday is the accusing's and May the attack's. Every step
//! between the trigger and the expression has a cost by its relation; the cheapest expression under a limit is told, and
//! bounds as its preposition says. Where the sentence tells none, the tense and the sentences before decide: a current
//! act is of the day of publication, a pluperfect of the date last told, or of none.

use depeche_model::{DateSpan, Feats, Parsed, Relation, Span, Upos};
use jiff::civil::Date;

use super::{
    Bound, Frame, Kind, Tense, Timed,
    parse::{head_of, tokens_of},
};
use crate::tense::{self, Form};

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
pub fn attach(parsed: &Parsed, trigger: u32, clause: (u32, u32), timed: &[Timed], published: Option<Date>) -> Option<Attached> {
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
fn candidates<'t>(parsed: &'t Parsed, sentence: (u32, u32), timed: &'t [Timed]) -> impl Iterator<Item = (usize, u32)> + 't {
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
fn cost(parsed: &Parsed, trigger: u32, clause: (u32, u32), head: u32, timed: &Timed, published: Option<Date>) -> Option<f32> {
    let up = ancestors(parsed, trigger);
    let down = ancestors(parsed, head);
    let (ups, downs) = up.iter().enumerate().find_map(|(i, node)| Some((i, down.iter().position(|other| other == node)?)))?;
    let within = |node: u32| clause.0 <= node && node < clause.1;
    // "le 7 avril, quand …": what hangs on the date itself is of that date.
    let on_date = downs == 0;
    let climb = up[..ups].iter().map(|&node| if on_date { 1.0 } else { step_up(parsed, node) });
    let descend = down[..downs].iter().map(|&node| step_down(parsed, node, within(node)));
    let mut total = climb.sum::<f32>() + descend.sum::<f32>();
    let inside = clause.0 <= head && head < clause.1;
    let own = tense::governing_verb(parsed, trigger).map_or(Form::None, |verb| tense::form(parsed, verb));
    total += misfit(own, timed, published);
    // "two days after a volley": the volley's date, not that of the act before it.
    let behind = parsed.tokens[trigger as usize].span.start > timed.expression.span.end;
    if timed.expression.sense.complement && (!behind || inside) && downs > 1 {
        total += 3.0;
    }
    total += if inside { 0.0 } else { 1.5 };
    // A nearer word breaks ties.
    total += (trigger.abs_diff(head) as f32 * 0.02).min(1.0);
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

/// A token and all above it.
fn ancestors(parsed: &Parsed, token: u32) -> Vec<u32> {
    let mut path = vec![token];
    let mut at = token;
    while let Some(word) = parsed.tokens.get(at as usize) {
        if word.head == at || path.len() > 64 {
            break;
        }
        at = word.head;
        path.push(at);
    }
    path
}

/// Leaving a token towards its head: may the head's date be its own?
fn step_up(parsed: &Parsed, token: u32) -> f32 {
    let word = &parsed.tokens[token as usize];
    let participle = word.feats.has(Feats::PART) || word.feats.has(Feats::GER);
    match word.dep {
        Relation::Ccomp | Relation::Parataxis => 4.0,
        Relation::Advcl if participle => 1.0,
        Relation::Advcl | Relation::AdvclCleft => 3.0,
        Relation::AclRelcl => 5.0,
        Relation::Acl if participle => 3.0,
        Relation::Acl => 2.0,
        Relation::Xcomp => 1.0,
        Relation::Conj if word.upos == Upos::Verb => 1.5,
        Relation::Conj => 0.7,
        _ => 0.8,
    }
}

/// Reaching a token from its head: may the date below be the head's?
fn step_down(parsed: &Parsed, token: u32, within: bool) -> f32 {
    let word = &parsed.tokens[token as usize];
    let noun = parsed.tokens.get(word.head as usize).is_some_and(|head| matches!(head.upos, Upos::Noun | Upos::Propn));
    match word.dep {
        Relation::Ccomp => 5.0,
        // "…, a tranché lundi le ministre": told within the clause, it is the day of the act.
        Relation::Parataxis | Relation::ParataxisInsert if within => 1.0,
        Relation::Parataxis | Relation::ParataxisInsert => 4.5,
        // "le raid qui avait coûté la vie, le 1er avril, à …".
        Relation::AclRelcl | Relation::Acl if noun && within => 2.0,
        Relation::Advcl | Relation::AdvclCleft => 5.0,
        Relation::AclRelcl | Relation::Acl => 5.5,
        Relation::Xcomp => 1.5,
        Relation::Conj => 3.0,
        Relation::Obl | Relation::OblMod | Relation::OblTmod | Relation::OblNpmod | Relation::Advmod | Relation::NmodTmod => 0.3,
        Relation::Nmod => 0.8,
        _ => 0.9,
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
fn untold(parsed: &Parsed, trigger: u32, sentence: (u32, u32), timed: &[Timed], published: Option<Date>) -> Option<Attached> {
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
    let last = before.filter(|t| t.expression.bound == Bound::At).filter_map(|t| Some((t, t.resolved.as_ref()?.dates?))).next_back()?;
    Some(Attached { dates: last.1, span: Some(last.0.expression.span), explicit: false })
}
