//! Stretches of the calendar and their ISO names.
//!
//! Every sum here is jiff's; this file only says which days a week, a season or a century is, and how `TimeML` writes it.

use jiff::{
    Span, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};

use super::sense::{Part, Season, Unit};

/// A run of days with its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// `TimeML` value: `2024-06-07`, `2024-W23`, `2024-SU`, `199`.
    pub value: String,
    /// How fine the expression was.
    pub unit: Unit,
}

/// One day.
pub(crate) fn day(date: Date) -> Stretch {
    Stretch { first: date, last: date, value: date.to_string(), unit: Unit::Day }
}

/// The week that holds a day, Monday to Sunday.
pub(crate) fn week(date: Date) -> Option<Stretch> {
    let iso = date.iso_week_date();
    let first = ISOWeekDate::new(iso.year(), iso.week(), Weekday::Monday).ok()?.date();
    let value = format!("{:04}-W{:02}", iso.year(), iso.week());
    Some(Stretch { first, last: plus(first, 6.days())?, value, unit: Unit::Week })
}

/// The weekend of the week that holds a day.
pub(crate) fn weekend(date: Date) -> Option<Stretch> {
    let week = week(date)?;
    let value = format!("{}-WE", week.value);
    Some(Stretch { first: plus(week.first, 5.days())?, last: week.last, value, unit: Unit::Weekend })
}

/// A month.
pub(crate) fn month(year: i16, month: i8) -> Option<Stretch> {
    let first = Date::new(year, month, 1).ok()?;
    Some(Stretch { first, last: first.last_of_month(), value: format!("{year:04}-{month:02}"), unit: Unit::Month })
}

/// A quarter of a year, 1 to 4.
pub(crate) fn quarter(year: i16, quarter: i8) -> Option<Stretch> {
    let first = Date::new(year, quarter * 3 - 2, 1).ok()?;
    let last = Date::new(year, quarter * 3, 1).ok()?.last_of_month();
    Some(Stretch { first, last, value: format!("{year:04}-Q{quarter}"), unit: Unit::Quarter })
}

/// A half of a year, 1 or 2.
pub(crate) fn half(year: i16, half: i8) -> Option<Stretch> {
    let first = Date::new(year, half * 6 - 5, 1).ok()?;
    let last = Date::new(year, half * 6, 1).ok()?.last_of_month();
    Some(Stretch { first, last, value: format!("{year:04}-H{half}"), unit: Unit::Half })
}

/// A year.
pub(crate) fn year(year: i16) -> Option<Stretch> {
    let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
    Some(Stretch { first, last, value: format!("{year:04}"), unit: Unit::Year })
}

/// The season that begins in a year, by whole months: winter is December to February.
pub(crate) fn season(year: i16, season: Season) -> Option<Stretch> {
    let month = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Fall => 9,
        Season::Winter => 12,
    };
    let first = Date::new(year, month, 1).ok()?;
    let last = plus(first, 2.months())?.last_of_month();
    Some(Stretch { first, last, value: format!("{year:04}-{}", season.key()), unit: Unit::Quarter })
}

/// The decade that holds a year.
pub(crate) fn decade(of: i16) -> Option<Stretch> {
    let start = of - of.rem_euclid(10);
    let (first, last) = (Date::new(start, 1, 1).ok()?, Date::new(start + 9, 12, 31).ok()?);
    Some(Stretch { first, last, value: format!("{:03}", start / 10), unit: Unit::Decade })
}

/// A century by its ordinal: the 19th is 1801 to 1900, `18`.
pub(crate) fn century(ordinal: i16) -> Option<Stretch> {
    let (first, last) = (Date::new(ordinal * 100 - 99, 1, 1).ok()?, Date::new(ordinal * 100, 12, 31).ok()?);
    Some(Stretch { first, last, value: format!("{:02}", ordinal - 1), unit: Unit::Century })
}

/// The stretch of a unit that holds a day.
pub(crate) fn enclosing(unit: Unit, date: Date) -> Option<Stretch> {
    match unit {
        Unit::Week => week(date),
        Unit::Weekend => weekend(date),
        Unit::Month => month(date.year(), date.month()),
        Unit::Quarter => quarter(date.year(), (date.month() - 1) / 3 + 1),
        Unit::Half => half(date.year(), (date.month() - 1) / 6 + 1),
        Unit::Year => year(date.year()),
        Unit::Decade => decade(date.year()),
        Unit::Century => century((date.year() - 1) / 100 + 1),
        _ => Some(day(date)),
    }
}

/// A day moved by so many units; hours and less move by whole days only.
pub(crate) fn moved(date: Date, unit: Unit, count: f32, sign: i8) -> Option<Date> {
    let whole = i64::from(sign) * count.round() as i64;
    let span: Span = match unit {
        Unit::Second | Unit::Minute | Unit::Moment => 0.days(),
        Unit::Hour => in_days(i64::from(sign) * (count / 24.0).round() as i64)?,
        Unit::Day | Unit::Night => in_days(whole)?,
        Unit::Week | Unit::Weekend => in_days(whole.checked_mul(7)?)?,
        Unit::Month => in_months(count, sign)?,
        Unit::Quarter => in_months(count * 3.0, sign)?,
        Unit::Half => in_months(count * 6.0, sign)?,
        Unit::Year => in_months(count * 12.0, sign)?,
        Unit::Decade => in_months(count * 120.0, sign)?,
        Unit::Century => in_months(count * 1200.0, sign)?,
        Unit::Millennium => in_months(count * 12000.0, sign)?,
    };
    plus(date, span)
}

/// So many days, unless no calendar holds them ("il y a 999999999 jours").
fn in_days(days: i64) -> Option<Span> {
    Span::new().try_days(days).ok()
}

fn in_months(count: f32, sign: i8) -> Option<Span> {
    Span::new().try_months(i64::from(sign) * count.round() as i64).ok()
}

/// A day and a span; `None` out of range.
pub(crate) fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

/// Days from one day to another, negative where the second is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    to.since((jiff::Unit::Day, from)).map_or(0, |span| span.get_days())
}

/// A part of a stretch. Of a month "early" is days 1 to 10, "mid" 11 to 20, "late" 21 to its end (guideline 8); of a year
/// it is four months, of a decade three or four years, of anything else a third of its days.
pub(crate) fn part_of(stretch: Stretch, part: Part, base: Date) -> Option<Stretch> {
    let (first, last) = (stretch.first, stretch.last);
    let third = i64::from(days_between(first, last) + 1) / 3;
    // Where the middle and the last part begin.
    let (mid, late) = match stretch.unit {
        Unit::Month => (plus(first, 10.days())?, plus(first, 20.days())?),
        Unit::Year => (plus(first, 4.months())?, plus(first, 8.months())?),
        Unit::Decade => (plus(first, 4.years())?, plus(first, 7.years())?),
        _ => (plus(first, third.max(1).days())?, plus(first, (third * 2).days())?),
    };
    let (first, last) = match part {
        Part::Early => (first, mid.yesterday().ok()?),
        Part::Mid => (mid, late.yesterday().ok()?.max(mid)),
        Part::Late => (late.min(last), last),
        Part::Sofar => (first, base.clamp(first, last)),
        Part::Rest => (base.clamp(first, last), last),
    };
    Some(Stretch { first, last, ..stretch })
}

/// `TimeML`'s name for a length of time: `P3D`, `PT30M`, `P2Y6M`, `PXW`.
pub(crate) fn duration(count: Option<f32>, unit: Unit) -> String {
    let (scale, letter, finer) = match unit {
        Unit::Second => (1.0, "S", None),
        Unit::Minute => (1.0, "M", Some((60.0, "S"))),
        Unit::Hour => (1.0, "H", Some((60.0, "M"))),
        Unit::Day => (1.0, "D", None),
        Unit::Night => (1.0, "N", None),
        Unit::Weekend => (2.0, "D", None),
        Unit::Week => (1.0, "W", None),
        Unit::Month => (1.0, "M", None),
        Unit::Quarter => (1.0, "Q", None),
        Unit::Half => (6.0, "M", None),
        Unit::Year => (1.0, "Y", Some((12.0, "M"))),
        Unit::Decade => (10.0, "Y", None),
        Unit::Century => (100.0, "Y", None),
        Unit::Millennium => (1000.0, "Y", None),
        Unit::Moment => (1.0, "X", None),
    };
    let time = if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { "T" } else { "" };
    let Some(count) = count else { return format!("P{time}X{letter}") };
    let count = count * scale;
    match finer {
        Some((per, small)) if count.fract() > 0.0 => {
            let rest = (count.fract() * per).round();
            let whole = if count < 1.0 { String::new() } else { format!("{}{letter}", count.trunc()) };
            format!("P{time}{whole}{rest}{small}")
        }
        _ => format!("P{time}{count}{letter}"),
    }
}
