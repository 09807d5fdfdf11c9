//! When: a day that both tell says much, two days apart nearly as much against; an untold day is that of publication.

use depeche_model::DateSpan;
use jiff::civil::Date;

use super::{Sheet, weights as w};
use crate::{
    features::Features,
    telling::{days_between, gap},
};

/// A date that tells a day: of two days at most.
const A_DAY: i32 = 1;

pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (Some(one), Some(other)) = (a.days, b.days) else { return };
    if a.is_undated() || b.is_undated() {
        sheet.add(w::NO_DAY, "one is background without a day");
    }
    match (a.dated || a.plan, b.dated || b.plan) {
        (true, true) => told(sheet, one, other),
        (false, false) => {
            let days = days_between(one.start, other.start).unsigned_abs() as usize;
            sheet.add(at(&w::PUBLISHED_APART, days), format!("published {days} days apart"));
        }
        (true, false) => after(sheet, one, other.start),
        (false, true) => after(sheet, other, one.start),
    }
}

fn told(sheet: &mut Sheet, a: DateSpan, b: DateSpan) {
    let day = |span: DateSpan| days_between(span.start, span.end) <= A_DAY;
    match gap(a, b) {
        0 if day(a) && day(b) => sheet.add(w::SAME_DAY, format!("same day: {}", a.start.max(b.start))),
        0 => sheet.add(w::SAME_DAYS, "dates that overlap"),
        days => sheet.add(at(&w::DAYS_APART, days as usize - 1), format!("told {days} days apart")),
    }
}

/// One tells a day, the other only when it was published: news is told on its day or the next.
fn after(sheet: &mut Sheet, told: DateSpan, published: Date) {
    let days = days_between(told.end, published);
    if (told.start..=told.end).contains(&published) {
        sheet.add(w::TOLD_AFTER[0], "published on the day that the other tells");
    } else if days > 0 {
        sheet.add(
            at(&w::TOLD_AFTER, days as usize),
            format!("published {days} days after the day that the other tells"),
        );
    } else {
        sheet.add(at(&w::DAYS_APART, (-days) as usize), "published before the day that the other tells");
    }
}

/// The weight for a number of days; the last one for more than the table has.
fn at(table: &[f32], days: usize) -> f32 {
    table.get(days).or(table.last()).copied().unwrap_or(0.0)
}
