//! From what an expression means to days on the calendar.
//!
//! One function per [`Frame`]. What is not told is taken from the [`Anchor`]: the year of "le 12 août" from the day of
//! publication and the tense of the verb, the day of "la veille" from the date told before it.

use depeche_model::DateSpan;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::{
    calendar::{self, Stretch, days_between, enclosing, plus},
    expression::{Tense, TimeExpression},
    holidays,
    sense::{Base, Bound, DayPart, Frame, Overnight, Pick, Sense, Unit, Vague},
};

/// What an expression is resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// Day of publication.
    pub published: Date,
    /// The date told before it in the text, for "la veille", "two days later", "à 18 heures".
    pub reference: Option<DateSpan>,
    /// Tense of the verb that it belongs to.
    pub tense: Tense,
}

/// An expression on the calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resolved {
    /// First and last day; `None` for what has no place on the calendar (a bare duration, a recurrence, "now").
    pub dates: Option<DateSpan>,
    /// `TimeML` value: `2024-06-07`, `2024-W23`, `2024-06-07TMO`, `P3D`, `XXXX-WXX-4`, `PRESENT_REF`.
    pub value: String,
    /// How fine the expression is.
    pub granularity: Unit,
    /// Why, for a reader.
    pub reason: String,
}

/// Resolves one expression; `None` where it names no such day ("31 June").
pub fn resolve(expression: &TimeExpression, anchor: &Anchor) -> Option<Resolved> {
    let sense = &expression.sense;
    let anchor = &Anchor { tense: told_tense(expression, anchor.tense), ..*anchor };
    match sense.frame {
        Frame::Date => date(sense, anchor),
        Frame::Shift => shift(sense, anchor),
        Frame::Enclose => enclose(sense, anchor),
        Frame::Span => Some(span(sense, anchor)),
        Frame::Set => Some(set(sense)),
        Frame::Vague => Some(vague(sense, anchor)),
        Frame::Same => same(sense, anchor),
    }
}

/// A preposition tells more than the verb: "since Tuesday" looks back, "by Tuesday" ahead.
fn told_tense(expression: &TimeExpression, verb: Tense) -> Tense {
    match expression.bound {
        Bound::Since => Tense::Past,
        Bound::By | Bound::Until => Tense::Future,
        _ if verb == Tense::Unknown => expression.cue,
        _ => verb,
    }
}

fn told(stretch: Stretch, reason: impl Into<String>) -> Resolved {
    Resolved {
        dates: Some(DateSpan { start: stretch.first, end: stretch.last }),
        value: stretch.value,
        granularity: stretch.unit,
        reason: reason.into(),
    }
}

/// The day that an expression is counted from.
fn base(sense: &Sense, anchor: &Anchor) -> Date {
    match (sense.base, anchor.reference) {
        (Base::Text, Some(reference)) if sense.sign < 0 => reference.start,
        (Base::Text, Some(reference)) => reference.end,
        _ => anchor.published,
    }
}

/// Adds the part of the stretch, the part of the day and the clock.
fn finish(sense: &Sense, anchor: &Anchor, stretch: Stretch, reason: impl Into<String>) -> Option<Resolved> {
    let stretch = match sense.part {
        Some(part) if stretch.unit != Unit::Day => calendar::part_of(stretch, part, base(sense, anchor))?,
        _ => stretch,
    };
    let mut resolved = told(stretch, reason);
    if let (Some(dates), Some(overnight)) = (&mut resolved.dates, sense.overnight.or_else(|| night_only(sense, anchor)))
    {
        match overnight {
            Overnight::From => dates.end = plus(dates.start, 1.days())?,
            Overnight::To => {
                dates.start = plus(dates.end, (-1).days())?;
                if sense.overnight.is_some() {
                    resolved.value = dates.start.to_string();
                }
            }
        }
    }
    if let Some(hour) = sense.hour {
        let hour = if sense.afternoon && hour < 12 { hour + 12 } else { hour };
        let minute = sense.minute.unwrap_or(0);
        resolved.value = format!("{}T{hour:02}:{minute:02}", resolved.value);
        resolved.granularity = Unit::Minute;
    } else if let Some(part) = sense.daypart {
        resolved.value.push_str(match part {
            DayPart::Noon => "T12:00",
            DayPart::Morning | DayPart::Small => "TMO",
            DayPart::Afternoon => "TAF",
            DayPart::Evening => "TEV",
            DayPart::Night => "TNI",
            DayPart::Daytime => "TDT",
        });
        resolved.granularity = Unit::Hour;
    }
    Some(resolved)
}

// Calendar fields -----------------------------------------------------------------------------------------------------

fn date(sense: &Sense, anchor: &Anchor) -> Option<Resolved> {
    let base = base(sense, anchor);
    let (stretch, reason) = if let Some(unit @ (Unit::Decade | Unit::Century)) = sense.unit {
        let stretch =
            if unit == Unit::Decade { calendar::decade(sense.year?)? } else { calendar::century(sense.ordinal?)? };
        (stretch, "named in full".to_owned())
    } else if let Some(year) = sense.year {
        (in_year(sense, year)?, "told with its year".to_owned())
    } else if sense.month.is_some() && sense.day.is_some() && sense.weekday.is_some() && sense.pick.is_none() {
        (on_weekday(sense, anchor, base)?, "the nearest year in which that day falls on that weekday".to_owned())
    } else if let Some(weekday) = sense.weekday.filter(|_| sense.month.is_none()) {
        weekday_near(sense, weekday, anchor, base)?
    } else if sense.day.is_some() && sense.month.is_none() {
        day_of_month(sense, anchor, base)?
    } else if has_calendar(sense) {
        nearest_year(sense, anchor, base)?
    } else {
        clock_only(sense, anchor)
    };
    finish(sense, anchor, stretch, reason)
}

fn has_calendar(sense: &Sense) -> bool {
    sense.month.is_some()
        || sense.season.is_some()
        || sense.quarter.is_some()
        || sense.half.is_some()
        || sense.holiday.is_some()
}

/// The stretch that the fields name within a year.
fn in_year(sense: &Sense, year: i16) -> Option<Stretch> {
    if let Some(feast) = sense.holiday {
        let (first, last) = holidays::in_year(feast, year)?;
        let value = if first == last { first.to_string() } else { format!("{first}/{last}") };
        return Some(Stretch { first, last, value, unit: Unit::Day });
    }
    match (sense.month, sense.day, sense.season, sense.quarter, sense.half) {
        (Some(month), Some(day), ..) => Date::new(year, month, day).ok().map(calendar::day),
        (Some(month), None, ..) => calendar::month(year, month),
        (None, _, Some(season), ..) => calendar::season(year, season),
        (None, _, None, Some(quarter), _) => calendar::quarter(year, quarter),
        (None, _, None, None, Some(half)) => calendar::half(year, half),
        (None, None, None, None, None) => calendar::year(year),
        (None, Some(_), ..) => None,
    }
}

/// Which of this year's, last year's and next year's is meant.
fn nearest_year(sense: &Sense, anchor: &Anchor, base: Date) -> Option<(Stretch, String)> {
    let all: Vec<Stretch> = (-1..=1).filter_map(|n| in_year(sense, base.year() + n)).collect();
    let past = || all.iter().rev().find(|s| s.first <= base);
    let future = || all.iter().find(|s| s.last >= base);
    let before = || all.iter().rev().find(|s| s.last < base);
    let after = || all.iter().find(|s| s.first > base);
    let near = || all.iter().min_by_key(|s| distance(s, base));
    let fine = sense.day.is_some() || sense.holiday.is_some();
    // A verb may mislead, the calendar may not: "le 18 août" told on 1 August is this year's.
    let reach = if fine { 75 } else { 62 };
    let close = near().filter(|s| distance(s, base) < reach);
    let quarterly = sense.quarter.is_some() || sense.half.is_some();
    let (found, reason) = match (sense.pick, anchor.tense) {
        (Some(Pick::Last), _) => (before(), "the last one before the day it is counted from"),
        (Some(Pick::Next), _) => (after(), "the first one after the day it is counted from"),
        (Some(Pick::This), _) => (all.iter().find(|s| s.first.year() == base.year()), "this year's"),
        _ if quarterly => (past(), "the last one that has begun"),
        (None, Tense::Past | Tense::Future) if close.is_some() => (close, "the nearest one"),
        (_, Tense::Past) => (past(), "the last one, as the verb is in the past"),
        (_, Tense::Future) => (future(), "the next one, as the verb looks ahead"),
        _ if close.is_some() => (close, "the nearest one"),
        _ if fine => (past(), "the last one"),
        _ => (past().filter(|s| days_between(s.last, base) < 245).or_else(near), "the last one"),
    };
    found.map(|stretch| (stretch.clone(), reason.to_owned()))
}

fn distance(stretch: &Stretch, base: Date) -> i32 {
    if stretch.first > base { days_between(base, stretch.first) } else { days_between(stretch.last, base).max(0) }
}

/// "samedi 4 janvier": the weekday tells the year.
fn on_weekday(sense: &Sense, anchor: &Anchor, base: Date) -> Option<Stretch> {
    let weekday = sense.weekday?;
    (-5..=5)
        .filter_map(|n| Date::new(base.year() + n, sense.month?, sense.day?).ok())
        .filter(|date| date.weekday().to_monday_one_offset() == weekday)
        .min_by_key(|date| days_between(base, *date).abs())
        .filter(|date| days_between(base, *date).abs() < 400)
        .map(calendar::day)
        .or_else(|| nearest_year(&Sense { weekday: None, ..*sense }, anchor, base).map(|(stretch, _)| stretch))
}

/// A weekday by the tense of its verb: in the past the last one, the day of publication included.
fn weekday_near(sense: &Sense, weekday: i8, anchor: &Anchor, base: Date) -> Option<(Stretch, String)> {
    if let Some(day) = sense.day {
        return weekday_and_day(weekday, day, anchor, base);
    }
    let today = base.weekday().to_monday_one_offset();
    let back = i32::from((today - weekday).rem_euclid(7));
    let ahead = i32::from((weekday - today).rem_euclid(7));
    let (days, reason) = match (sense.pick, anchor.tense) {
        (Some(Pick::Last), _) => (if back == 0 { -7 } else { -back }, "the last one before that day"),
        (Some(Pick::Next), _) => (if ahead == 0 { 7 } else { ahead }, "the first one after that day"),
        (Some(Pick::Same), _) | (_, Tense::Past) => {
            (-back, "the last one, that day included, as the verb is in the past")
        }
        (_, Tense::Future) => (ahead, "the next one, that day included, as the verb looks ahead"),
        _ => (-back, "the last one, that day included"),
    };
    Some((calendar::day(plus(base, days.days())?), reason.to_owned()))
}

/// "mardi 12": the nearest month in which the 12th is a Tuesday.
fn weekday_and_day(weekday: i8, day: i8, anchor: &Anchor, base: Date) -> Option<(Stretch, String)> {
    let found = (-6..=6)
        .filter_map(|n: i32| plus(base.first_of_month(), n.months()))
        .filter_map(|first| Date::new(first.year(), first.month(), day).ok())
        .filter(|date| date.weekday().to_monday_one_offset() == weekday)
        .min_by_key(|date| days_between(base, *date).abs());
    match found {
        Some(date) => {
            Some((calendar::day(date), "the nearest month in which that day falls on that weekday".to_owned()))
        }
        None => day_of_month(&Sense { day: Some(day), ..Sense::default() }, anchor, base),
    }
}

/// "le 15": of this month, the one before or the one after, by tense.
fn day_of_month(sense: &Sense, anchor: &Anchor, base: Date) -> Option<(Stretch, String)> {
    let base = anchor.reference.map_or(base, |reference| reference.start);
    let all = (-1..=1)
        .filter_map(|n: i32| plus(base.first_of_month(), n.months()))
        .filter_map(|first| Date::new(first.year(), first.month(), sense.day?).ok());
    let found = match (sense.pick, anchor.tense) {
        (Some(Pick::Last), _) | (None, Tense::Past) => all.filter(|date| *date <= base).max(),
        (Some(Pick::Next), _) | (None, Tense::Future) => all.filter(|date| *date >= base).min(),
        _ => all.min_by_key(|date| days_between(base, *date).abs()),
    };
    found.map(|date| (calendar::day(date), "that day of the month, by the tense of the verb".to_owned()))
}

/// "dans la nuit": behind the day told before it; without one, the night that ended on the day of publication.
fn night_only(sense: &Sense, anchor: &Anchor) -> Option<Overnight> {
    let dayless = sense.frame == Frame::Date
        && !has_calendar(sense)
        && sense.weekday.is_none()
        && sense.day.is_none()
        && sense.year.is_none();
    let night = dayless && sense.daypart == Some(DayPart::Night) && sense.overnight.is_none();
    night.then_some(if anchor.reference.is_some() { Overnight::From } else { Overnight::To })
}

/// "à 18 heures", "dans la nuit": on the day told before, else the day of publication.
fn clock_only(sense: &Sense, anchor: &Anchor) -> (Stretch, String) {
    match anchor.reference.filter(|_| sense.pick != Some(Pick::This)) {
        Some(reference) => (calendar::day(reference.end), "on the day told before it".to_owned()),
        None => (calendar::day(anchor.published), "on the day of publication".to_owned()),
    }
}

// Shifts and stretches ------------------------------------------------------------------------------------------------

/// "il y a deux semaines", "la veille": guideline 8 makes weeks ago one day; months and years ago are whole ones.
fn shift(sense: &Sense, anchor: &Anchor) -> Option<Resolved> {
    let unit = sense.unit?;
    let Some(count) = sense.count else {
        let value = calendar::duration(None, unit);
        return Some(Resolved { dates: None, value, granularity: unit, reason: "how long ago is not told".to_owned() });
    };
    let base = base(sense, anchor);
    let date = calendar::moved(base, unit, count, sense.sign)?;
    let coarse = match unit {
        Unit::Month | Unit::Quarter | Unit::Half if count.fract() == 0.0 => enclosing(Unit::Month, date)?,
        Unit::Year | Unit::Decade if count.fract() == 0.0 => enclosing(Unit::Year, date)?,
        Unit::Century | Unit::Millennium => enclosing(Unit::Year, date)?,
        Unit::Week => Stretch { value: calendar::week(date)?.value, unit: Unit::Week, ..calendar::day(date) },
        Unit::Weekend => enclosing(Unit::Weekend, date)?,
        _ => calendar::day(date),
    };
    let counted = match sense.base {
        Base::Text if anchor.reference.is_some() => "counted from the date told before it",
        _ => "counted from the day of publication",
    };
    let mut resolved = finish(sense, anchor, coarse, counted)?;
    if sense.length {
        resolved.value = calendar::duration(Some(count), unit);
    }
    Some(resolved)
}

/// "cette semaine", "l'an dernier", "the next month".
fn enclose(sense: &Sense, anchor: &Anchor) -> Option<Resolved> {
    let unit = sense.unit?;
    let base = base(sense, anchor);
    let count = sense.count.unwrap_or(1.0);
    let date = match (unit, sense.sign) {
        (Unit::Weekend, 0) => weekend_meant(base, anchor.tense)?,
        (Unit::Weekend, -1) if base.weekday().to_monday_one_offset() < 6 => plus(base, (-1).weeks())?,
        (Unit::Weekend, 1) if base.weekday().to_monday_one_offset() < 6 => base,
        (_, 0) => base,
        (_, sign) => calendar::moved(base, unit, count, sign)?,
    };
    let reason = match sense.sign {
        0 => "the one that holds the day it is counted from",
        -1 => "the one before",
        _ => "the one after",
    };
    let within = Sense { frame: Frame::Date, unit: None, ..*sense };
    let stretch = match (unit, has_calendar(sense)) {
        (Unit::Year, true) => in_year(&within, date.year())?,
        (Unit::Month, _) if sense.day.is_some() => {
            calendar::day(Date::new(date.year(), date.month(), sense.day?).ok()?)
        }
        _ => enclosing(unit, date)?,
    };
    finish(sense, anchor, stretch, reason)
}

/// "ce week-end": the past one from Monday to Wednesday, the coming one from Thursday on, unless the verb tells.
fn weekend_meant(base: Date, tense: Tense) -> Option<Date> {
    let today = base.weekday().to_monday_one_offset();
    match tense {
        _ if today >= 6 => Some(base),
        Tense::Past => plus(base, (-1).weeks()),
        Tense::Future => Some(base),
        _ if today <= 3 => plus(base, (-1).weeks()),
        _ => Some(base),
    }
}

fn span(sense: &Sense, anchor: &Anchor) -> Resolved {
    let unit = sense.unit.unwrap_or(Unit::Moment);
    let base = base(sense, anchor);
    let moved =
        sense.count.filter(|_| sense.sign != 0).and_then(|count| calendar::moved(base, unit, count, sense.sign));
    let dates = moved.map(|other| DateSpan { start: base.min(other), end: base.max(other) });
    let reason = match sense.sign {
        0 => "a length of time, not a place on the calendar",
        -1 => "the stretch that ends on the day it is counted from",
        _ => "the stretch that begins on the day it is counted from",
    };
    Resolved { dates, value: calendar::duration(sense.count, unit), granularity: unit, reason: reason.to_owned() }
}

fn set(sense: &Sense) -> Resolved {
    let unit = sense.unit.unwrap_or(Unit::Day);
    let mut value = match sense.weekday {
        Some(day) => format!("XXXX-WXX-{day}"),
        None => match (sense.month, sense.season, sense.unit) {
            (Some(month), ..) => format!("XXXX-{month:02}"),
            (None, Some(season), _) => format!("XXXX-{}", season.key()),
            (None, None, None) if sense.daypart.is_some() => "XXXX-XX-XX".to_owned(),
            _ => calendar::duration(Some(sense.count.unwrap_or(1.0)), unit),
        },
    };
    if let Some(part) = sense.daypart {
        value.push('T');
        value.push_str(part.key());
    }
    Resolved { dates: None, value, granularity: unit, reason: "a recurrence".to_owned() }
}

fn vague(sense: &Sense, anchor: &Anchor) -> Resolved {
    let (value, reason) = match sense.vague {
        Some(Vague::Past) => ("PAST_REF", "some time in the past"),
        Some(Vague::Future) => ("FUTURE_REF", "some time to come"),
        _ => ("PRESENT_REF", "the time of writing"),
    };
    let today = DateSpan { start: anchor.published, end: anchor.published };
    let dates = (value == "PRESENT_REF").then_some(today);
    Resolved { dates, value: value.to_owned(), granularity: Unit::Moment, reason: reason.to_owned() }
}

/// "ce jour-là", "le soir même": the date told before; without one, the day of publication.
fn same(sense: &Sense, anchor: &Anchor) -> Option<Resolved> {
    let today = DateSpan { start: anchor.published, end: anchor.published };
    let reference = anchor.reference.unwrap_or(today);
    let stretch = if reference.start == reference.end {
        calendar::day(reference.start)
    } else {
        let value = format!("{}/{}", reference.start, reference.end);
        Stretch { first: reference.start, last: reference.end, value, unit: Unit::Day }
    };
    let stretch = match sense.unit {
        Some(unit @ (Unit::Week | Unit::Month | Unit::Year)) => enclosing(unit, stretch.first)?,
        _ if sense.hour.is_some() || sense.daypart.is_some() => calendar::day(reference.end),
        _ => stretch,
    };
    finish(sense, anchor, stretch, "the date told before it")
}
