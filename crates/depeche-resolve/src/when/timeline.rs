//! Every expression of a text on the calendar, with dates carried forward.

use depeche_model::{DateSpan, Language};
use jiff::civil::Date;

use super::{
    Anchor, Bound, Kind, Resolved, Tense, TimeExpression,
    calendar::days_between,
    find, resolve,
    sense::{Base, DayPart, Frame, Pick, Unit},
};

/// An expression and its place on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// As it stands in the text.
    pub expression: TimeExpression,
    /// Where it lies; `None` where it names no such day.
    pub resolved: Option<Resolved>,
    /// End of the paragraph that it stands in, in bytes of the text.
    pub paragraph: u32,
    /// What it does in its sentence, as far as the words beside it tell.
    pub setting: Setting,
}

/// What an expression does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It may date an act.
    Free,
    /// It stands in the title, where tenses mislead.
    Title,
    /// It dates a thing: "Friday's clashes", "une loi de 1807", "the 2018 peace agreement".
    OfThing,
    /// It is the day of writing before the text: "MOSCOW, Aug 12 (Reuters) -".
    Dateline,
}

impl Timed {
    /// Whether a place behind it stands in its paragraph.
    pub(crate) const fn same_paragraph(&self, byte: u32) -> bool {
        byte < self.paragraph
    }
}

/// Finds and resolves all expressions of a text; "la veille", "two days later" and hours are counted from the last day
/// told before them. Tense comes from the words around an expression.
pub fn timeline(whole: &str, language: Language, published: Date) -> Vec<Timed> {
    on_calendar(whole, find(whole, language), published, |_| Tense::Unknown)
}

/// The same for expressions at hand, with a teller of tense, such as a parse.
pub fn on_calendar(
    whole: &str,
    found: Vec<TimeExpression>,
    published: Date,
    tense: impl Fn(&TimeExpression) -> Tense,
) -> Vec<Timed> {
    let mut story = Story { whole, published, told: Vec::new() };
    let mut all: Vec<Timed> = Vec::with_capacity(found.len());
    let mut rest = found.into_iter().peekable();
    while let Some(expression) = rest.next() {
        let reference = story.reference(&expression);
        let tense = tense(&expression);
        // "vers 0 h 40, jeudi": an hour may stand before its day.
        let day_behind = rest.peek().filter(|next| hour_before_day(whole, &expression, next));
        let ahead = day_behind.and_then(|next| resolve(next, &Anchor { published, reference, tense })?.dates);
        let anchor = Anchor { published, reference: ahead.or(reference), tense };
        // "entre mardi et mercredi": the end of a range is counted from its beginning.
        let opened =
            all.last().filter(|last: &&Timed| last.expression.bound == Bound::From && expression.bound == Bound::Until);
        let anchor = match opened.and_then(|last| last.resolved.as_ref()?.dates) {
            Some(from) => Anchor { published: from.start, reference: Some(from), tense: Tense::Future },
            None => anchor,
        };
        let mut resolved = resolve(&expression, &anchor);
        if let Some(night) = resolved.as_mut().filter(|_| is_bare_night(&expression)) {
            night.dates = story.night_before(&expression).or(night.dates);
        }
        if let Some(next) = resolved.as_ref().and_then(|r| carried(whole, &expression, r)) {
            story.told.push((expression.span.end, next));
        }
        let end = expression.span.end as usize;
        let paragraph = whole.get(end..).and_then(|rest| rest.find("\n\n")).map_or(whole.len(), |n| end + n) as u32;
        let setting = setting(whole, &expression);
        all.push(Timed { expression, resolved, paragraph, setting });
    }
    all
}

/// The dates told so far.
struct Story<'t> {
    whole: &'t str,
    published: Date,
    told: Vec<(u32, DateSpan)>,
}

impl Story<'_> {
    /// The date that an expression is counted from: the last one told, in its own paragraph or else in the week of
    /// publication; an older one in another paragraph was an aside.
    fn reference(&self, expression: &TimeExpression) -> Option<DateSpan> {
        let sense = &expression.sense;
        let long_ago =
            sense.base == Base::Text && sense.sign < 0 && sense.length && sense.count.is_some_and(|n| n >= 2.0);
        let near = |&&(end, dates): &&(u32, DateSpan)| {
            let between = self.whole.get(end as usize..expression.span.start as usize).unwrap_or("");
            // "Six jours plus tôt" in a new sentence is counted from today, "la veille" from the story.
            if long_ago && between.contains(". ") {
                return false;
            }
            !between.contains("\n\n") || days_between(dates.end, self.published).abs() <= 7
        };
        self.told.iter().rev().find(near).map(|&(_, dates)| dates)
    }
}

impl Story<'_> {
    /// "dans la nuit" without a day in its sentence is the night that ended on the day of publication.
    fn night_before(&self, expression: &TimeExpression) -> Option<DateSpan> {
        let told_here = self.told.last().is_some_and(|&(end, _)| {
            let between = self.whole.get(end as usize..expression.span.start as usize).unwrap_or("");
            !between.contains(". ") && !between.contains('\n')
        });
        let night = DateSpan { start: self.published.yesterday().ok()?, end: self.published };
        (!told_here).then_some(night)
    }
}

fn is_bare_night(expression: &TimeExpression) -> bool {
    let sense = &expression.sense;
    let dayless = sense.weekday.is_none() && sense.day.is_none() && sense.month.is_none() && sense.year.is_none();
    sense.frame == Frame::Date && sense.daypart == Some(DayPart::Night) && dayless
}

/// What an expression does in its sentence, by the words right beside it.
fn setting(whole: &str, expression: &TimeExpression) -> Setting {
    let (start, end) = (expression.span.start as usize, expression.span.end as usize);
    let (Some(before), Some(after)) = (whole.get(..start), whole.get(end..)) else { return Setting::Free };
    let line = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    if !before.contains('\n') && whole.contains('\n') {
        return Setting::Title;
    }
    let city = line.split([',', ' ']).next().unwrap_or("");
    let capitals = city.len() > 2 && city.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '/' | '.'));
    if capitals && line.len() < 60 && after.trim_start().starts_with(['-', '—', '–', '(', ':']) {
        return Setting::Dateline;
    }
    let possessive = after.starts_with("'s") || after.starts_with("’s");
    let sense = &expression.sense;
    let bare_year = sense.year.is_some() && sense.month.is_none() && sense.part.is_none() && sense.frame == Frame::Date;
    let word = before.trim_end().rsplit([' ', '\n', '’', '\'']).next().unwrap_or("").to_lowercase();
    let of_year = bare_year
        && matches!(word.as_str(), "de" | "d" | "du" | "of" | "the" | "a" | "its" | "his" | "her" | "their" | "that");
    let of_thing = matches!(word.as_str(), "de" | "du" | "of") && !before.trim_end().ends_with("partir de");
    if possessive || of_year || of_thing { Setting::OfThing } else { Setting::Free }
}

/// Whether an hour without a day is followed at once by a day.
fn hour_before_day(whole: &str, hour: &TimeExpression, day: &TimeExpression) -> bool {
    let (sense, next) = (&hour.sense, &day.sense);
    let bare = sense.frame == Frame::Date && sense.hour.is_some() && sense.weekday.is_none() && sense.day.is_none();
    let between = whole.get(hour.span.end as usize..day.span.start as usize).unwrap_or("x");
    let joined = matches!(between.trim(), "" | "," | "le" | "on" | "GMT");
    let dated =
        next.weekday.is_some() || next.day.is_some() || (next.frame == Frame::Shift && next.unit == Some(Unit::Day));
    bare && joined && dated && next.hour.is_none()
}

/// The date that later expressions are counted from: a day that the story is on, not a year, a length, a limit, or the
/// date of a thing ("le référendum de la veille", "reporté au 15 décembre").
fn carried(whole: &str, expression: &TimeExpression, resolved: &Resolved) -> Option<DateSpan> {
    let sense = &expression.sense;
    let fine = matches!(resolved.granularity, Unit::Day | Unit::Hour | Unit::Minute | Unit::Weekend);
    let dated = matches!(expression.kind, Kind::Date | Kind::Time) || sense.length;
    let told = matches!(sense.frame, Frame::Date | Frame::Shift | Frame::Same | Frame::Enclose);
    let kept = sense.pick != Some(Pick::Same) && !sense.complement && expression.bound == Bound::At;
    let before = whole.get(..expression.span.start as usize).unwrap_or("").trim_end();
    let limit = before.ends_with(" au");
    resolved.dates.filter(|_| fine && dated && told && kept && !limit && setting(whole, expression) != Setting::OfThing)
}
