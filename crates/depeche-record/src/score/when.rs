//! When: a day that both tell says much, two days apart nearly as much against; an untold day is that of publication.

use depeche_model::{DateSpan, EventType};
use jiff::civil::Date;

use super::{Sheet, weights as w};
use crate::{
    features::Features,
    status::is_material,
    telling::{days_between, gap},
};

/// A date that tells a day: of two days at most.
const A_DAY: i32 = 1;

pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (Some(one), Some(other)) = (a.days, b.days) else { return };
    if a.is_undated() || b.is_undated() {
        sheet.add(w::NO_DAY, "one is background without a day");
    }
    let promises = a.event() == EventType::Agree && b.event() == EventType::Agree;
    if let (Some(x), Some(y)) = (a.telling.source.published, b.telling.source.published)
        && promises
        && a.plan != b.plan
    {
        sheet.add(w::PROMISE, "the day of a promise here, that of what is promised there");
        published(sheet, x, y);
        return;
    }
    years(sheet, (a.long, a.dated.then_some(one)), (b.long, b.dated.then_some(other)));
    match (a.dated || a.plan, b.dated || b.plan) {
        (true, true) => told(sheet, one, other, if is_material(a.event()) { &w::DAYS_APART } else { &w::WORDS_APART }),
        (false, false) => published(sheet, one.start, other.start),
        (true, false) => after(sheet, one, other.start),
        (false, true) => after(sheet, other, one.start),
    }
}

/// Spans of months or years, held against one another and against told days.
fn years(sheet: &mut Sheet, a: (Option<DateSpan>, Option<DateSpan>), b: (Option<DateSpan>, Option<DateSpan>)) {
    let ((Some(long), _), (other_long, day)) = (if a.0.is_some() { (a, b) } else { (b, a) }) else { return };
    match other_long {
        Some(same) if same == long => sheet.add(w::SAME_YEARS, "the same span of months or years"),
        Some(span) if gap(long, span) > 0 => sheet.add(w::OTHER_YEARS, "spans of months or years that do not meet"),
        None if day.is_some_and(|day| gap(long, day) > 0) => {
            sheet.add(w::OTHER_YEARS, "a day outside of the other's months or years");
        }
        _ => {}
    }
}

fn published(sheet: &mut Sheet, a: Date, b: Date) {
    let days = days_between(a, b).unsigned_abs() as usize;
    sheet.add(at(&w::PUBLISHED_APART, days), format!("published {days} days apart"));
}

fn told(sheet: &mut Sheet, a: DateSpan, b: DateSpan, apart: &[f32]) {
    let day = |span: DateSpan| days_between(span.start, span.end) <= A_DAY;
    match gap(a, b) {
        0 if day(a) && day(b) => sheet.add(w::SAME_DAY, format!("same day: {}", a.start.max(b.start))),
        0 => sheet.add(w::SAME_DAYS, "dates that overlap"),
        days => sheet.add(at(apart, days as usize - 1), format!("told {days} days apart")),
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
