//! How many: a figure that both give is a strong tie; tolls rise, so figures that differ count against only when far apart.

use depeche_model::Range;

use super::{Sheet, weights as w};
use crate::features::Features;

pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (one, other) = (&a.telling.event, &b.telling.event);
    figure(sheet, "dead", one.dead, other.dead, w::OTHER_TOLL);
    figure(sheet, "injured", one.injured, other.injured, w::OTHER_TOLL);
    figure(sheet, "size", one.size, other.size, w::OTHER_SIZE);
}

fn figure(sheet: &mut Sheet, what: &str, a: Option<Range>, b: Option<Range>, other: f32) {
    let (Some(a), Some(b)) = (a, b) else { return };
    let value = |range: Range| range.min.or(range.max).unwrap_or(0);
    let (least, most) = (value(a).min(value(b)), value(a).max(value(b)));
    if a == b || least == most {
        let weight = if least < 10 { w::SAME_SMALL_FIGURE } else { w::SAME_FIGURE };
        sheet.add(weight, format!("same {what}: {least}"));
    } else if meet(a, b) {
        sheet.add(w::FIGURES_MEET, format!("{what} of {least} and {most} can be one"));
    } else if least >= 4 && most - least <= least / 3 {
        sheet.add(w::NEAR_FIGURES, format!("{what} of {least} and {most} are near"));
    } else if most > least.saturating_mul(2) {
        sheet.add(other, format!("{what} of {least} and {most}"));
    }
}

fn meet(a: Range, b: Range) -> bool {
    let (low, high) = (|r: Range| r.min.unwrap_or(0), |r: Range| r.max.unwrap_or(u64::MAX));
    low(a) <= high(b) && low(b) <= high(a)
}
