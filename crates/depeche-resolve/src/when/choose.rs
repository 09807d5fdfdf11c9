//! Which date an event has, where several speak for themselves.
//!
//! A sentence may name two days, or none while the story is still on yesterday's; tense, place in the paragraph and sort of
//! act say which is meant, none of them for certain. So every answer is weighed: no date, the day of publication, each
//! expression of the sentence, the days last told before it and first told after it. Plain features, the answer that the rules
//! of [`super::attach`] give among them, have the weights of a table, `lexicon/judge/dates.tsv`, learned by
//! `training/dates.py` from articles coded by hand. Answers that name the same days support each other.

use depeche_lexicon::{Weights, choose};
use depeche_model::{DateSpan, Parsed, Upos};
use jiff::civil::Date;

use super::{
    Timed,
    attach::{Act, Attached, bounded, by_rule, candidates, cost, is_of_the_story, reported_within},
    calendar::days_between,
    parse::tokens_of,
};
use crate::tense::{self, Form};

static TABLE: Weights = Weights::new(include_str!("../../../../lexicon/judge/dates.tsv"));

/// One answer to when an act happened.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The date; `None` for "the text does not say".
    pub date: Option<Attached>,
    /// What describes it.
    pub features: Vec<String>,
    /// Sum of the weights of its features.
    pub score: f32,
}

impl Choice {
    fn days(&self) -> Option<DateSpan> {
        self.date.map(|date| date.dates)
    }
}

/// The date of an act, from the expressions of its article; `None` where the text gives no way to tell.
pub fn attach(parsed: &Parsed, act: Act, timed: &[Timed], published: Option<Date>) -> Option<Attached> {
    let choices = consider(parsed, act, timed, published);
    let days = choose(choices.iter().map(|c| (c.days(), c.score))).map(|index| choices[index].days());
    // Of answers with the same days an expression of the sentence itself is what the text says.
    let of_days = || choices.iter().filter(|c| Some(c.days()) == days).filter_map(|c| c.date);
    of_days().find(|date| date.explicit).or_else(|| of_days().next())
}

/// Every answer to when an act happened, "no date" first, with its features and their sum.
pub fn consider(parsed: &Parsed, act: Act, timed: &[Timed], published: Option<Date>) -> Vec<Choice> {
    let Some(&sentence) = parsed.sentences.get(parsed.sentence_of(act.trigger)) else { return Vec::new() };
    let view = View::new(parsed, act, timed, published, sentence);
    let mut choices = vec![view.choice("none", None, Vec::new())];
    choices.extend(published.map(|day| {
        let today = Attached { dates: DateSpan { start: day, end: day }, span: None, explicit: false };
        view.choice("today", Some(today), Vec::new())
    }));
    choices.extend(view.own());
    choices.extend(view.before());
    choices.extend(view.after());
    for choice in &mut choices {
        choice.score = TABLE.sum(&choice.features);
    }
    choices
}

/// An act seen from the dates around it.
struct View<'a> {
    parsed: &'a Parsed,
    act: Act,
    timed: &'a [Timed],
    published: Option<Date>,
    sentence: (u32, u32),
    /// What the rules say.
    rule: Option<Attached>,
    form: Form,
    /// A deed, a thing told, or words.
    class: &'static str,
    /// Headline, one of the first two sentences, or later.
    part: &'static str,
    said: bool,
    /// Expressions of the sentence that may date something, with head and cost, the nearest first.
    near: Vec<(usize, u32, Option<f32>)>,
}

/// Most days told before or after an act that are weighed.
const OFFERED: usize = 2;
/// Sentences that they may be away.
const REACH: usize = 8;

impl<'a> View<'a> {
    fn new(parsed: &'a Parsed, act: Act, timed: &'a [Timed], published: Option<Date>, sentence: (u32, u32)) -> Self {
        let verb = tense::governing_verb(parsed, act.trigger);
        let mut near: Vec<_> = candidates(parsed, sentence, timed)
            .map(|(index, head)| (index, head, cost(parsed, act, head, &timed[index], published)))
            .collect();
        near.sort_by(|a, b| a.2.unwrap_or(99.0).total_cmp(&b.2.unwrap_or(99.0)));
        let class = match (act.is_material(), act.is_told()) {
            (true, _) => "deed",
            (false, true) => "told",
            (false, false) => "words",
        };
        Self {
            rule: by_rule(parsed, act, timed, published),
            form: verb.map_or(Form::None, |verb| tense::form(parsed, verb)),
            said: verb.is_some_and(|verb| reported_within(parsed, verb, act)),
            part: ["title", "lead", "lead"].get(parsed.sentence_of(act.trigger)).unwrap_or(&"body"),
            parsed,
            act,
            timed,
            published,
            sentence,
            class,
            near,
        }
    }

    fn own(&self) -> impl Iterator<Item = Choice> + '_ {
        self.near.iter().enumerate().filter_map(|(rank, &(index, head, cost))| {
            let date = bounded(self.parsed, self.act, self.timed, index, self.published)?;
            let this = &self.timed[index];
            let inside = self.act.holds(head);
            let cost = cost.map_or(12, |cost| (cost.clamp(0.0, 11.0)) as u32);
            let order = if head < self.act.trigger { "before" } else { "behind" };
            let more = vec![
                format!("own|cost={cost}"),
                format!("own|cost={cost}|inside={inside}"),
                format!("own|rank={}", rank.min(2)),
                format!("own|rank={}|inside={inside}|{order}", rank.min(2)),
                format!("own|setting={:?}", this.setting),
                format!("own|setting={:?}|{}", this.setting, self.class),
                format!("own|bound={:?}", this.expression.bound),
                format!("own|bound={:?}|{}", this.expression.bound, self.class),
                format!("own|frame={:?}", this.expression.sense.frame),
                format!("own|complement={}|inside={inside}", this.expression.sense.complement),
                format!("own|only={}|inside={inside}", self.near.len() == 1),
                format!("own|{:?}|cost={cost}", self.form),
            ];
            Some(self.choice("own", Some(date), more))
        })
    }

    /// The days of the story last told before the sentence.
    fn before(&self) -> impl Iterator<Item = Choice> + '_ {
        let start = self.parsed.tokens.get(self.sentence.0 as usize).map_or(0, |t| t.span.start);
        let told = self.timed.iter().rev().filter(move |t| t.expression.span.end <= start && is_of_the_story(t));
        told.take(OFFERED).enumerate().filter_map(move |(rank, t)| {
            let paragraph = t.same_paragraph(start);
            let back = self.sentences_to(t).min(4);
            let more = vec![
                format!("before|rank={rank}|paragraph={paragraph}"),
                format!("before|back={back}|paragraph={paragraph}"),
                format!("before|paragraph={paragraph}|{:?}|{}", self.form, self.class),
                format!("before|rank={rank}|paragraph={paragraph}|{}", self.class),
                format!("before|setting={:?}", t.setting),
            ];
            self.carried("before", t, more)
        })
    }

    /// The first days of the story told after the sentence.
    fn after(&self) -> impl Iterator<Item = Choice> + '_ {
        let end = self.parsed.tokens.get(self.sentence.1 as usize - 1).map_or(0, |t| t.span.end);
        let told = self.timed.iter().filter(move |t| t.expression.span.start >= end && is_of_the_story(t));
        told.take(1).filter_map(move |t| {
            let ahead = self.sentences_to(t).min(4);
            let first = !self.timed.iter().any(|t| t.expression.span.end <= end && is_of_the_story(t));
            let more = vec![
                format!("after|ahead={ahead}|first={first}"),
                format!("after|first={first}|{}|{}", self.part, self.class),
                format!("after|first={first}|{}|ahead={ahead}", self.part),
                format!("after|first={first}|{}|{:?}", self.part, self.form),
            ];
            self.carried("after", t, more)
        })
    }

    fn carried(&self, source: &str, told: &Timed, more: Vec<String>) -> Option<Choice> {
        let dates = told.resolved.as_ref()?.dates?;
        let date = Attached { dates, span: Some(told.expression.span), explicit: false };
        (self.sentences_to(told) <= REACH).then(|| self.choice(source, Some(date), more))
    }

    /// Sentences between the act and an expression, one for the next; a heading is none.
    fn sentences_to(&self, told: &Timed) -> usize {
        let other = self.parsed.sentence_of(tokens_of(self.parsed, told.expression.span).0);
        let own = self.parsed.sentence_of(self.act.trigger);
        let told = |&(first, end): &(u32, u32)| {
            self.parsed.tokens[first as usize..end as usize].iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux))
        };
        let between = self.parsed.sentences.get(own.min(other) + 1..own.max(other)).unwrap_or_default();
        usize::from(own != other) + between.iter().filter(|s| told(s)).count()
    }

    fn choice(&self, source: &str, date: Option<Attached>, mut features: Vec<String>) -> Choice {
        let (form, class, event) = (self.form, self.class, self.act.event.name());
        let rule = date.map(|d| d.dates) == self.rule.map(|r| r.dates);
        let any = !self.near.is_empty();
        features.extend([
            source.to_owned(),
            format!("{source}|{form:?}"),
            format!("{source}|{class}"),
            format!("{source}|{class}|{form:?}"),
            format!("{source}|{event}"),
            format!("{source}|any={any}"),
            format!("{source}|any={any}|{class}"),
            format!("{source}|{}|any={any}", self.part),
            format!("{source}|{}|any={any}|{class}", self.part),
            format!("{source}|said={}|{class}", self.said),
            format!("rule={rule}"),
            format!("rule={rule}|{source}"),
            format!("rule={rule}|{source}|{class}"),
        ]);
        if let (Some(date), Some(published)) = (date, self.published) {
            let age = match days_between(date.dates.end, published) {
                ..0 => "ahead",
                0 => "today",
                1 => "yesterday",
                2..8 => "week",
                _ => "old",
            };
            features.push(format!("{source}|age={age}"));
            features.push(format!("{source}|age={age}|{class}"));
            features.push(format!("age={age}|{form:?}"));
        }
        Choice { date, features, score: 0.0 }
    }
}
