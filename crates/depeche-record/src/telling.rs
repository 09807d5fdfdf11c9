//! What is merged: one event of one article, with what must be known of the article.

use depeche_model::{Article, DateSpan, Event, EventType, Language, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::words::Profile;

/// An article, as far as merging asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Id of the article.
    pub article: String,
    /// Outlet, where known.
    pub publisher: Option<String>,
    /// Language of the text.
    pub language: Language,
    /// Day of publication.
    pub published: Option<Date>,
    /// Id of the article whose text it prints again; see [`crate::Reprints`].
    pub reprint_of: Option<String>,
    /// Names and numbers of its whole text.
    pub profile: Profile,
}

impl Source {
    /// Of an article that is no reprint.
    pub fn of(article: &Article) -> Self {
        Self {
            article: article.id.clone(),
            publisher: article.publisher.clone(),
            language: article.language,
            published: article.published,
            reprint_of: None,
            profile: Profile::of(&article.whole()),
        }
    }

    /// The article whose text it is: its own, or that which it prints again.
    pub fn original(&self) -> &str {
        self.reprint_of.as_deref().unwrap_or(&self.article)
    }
}

/// One event of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// The article.
    pub source: Source,
    /// The event.
    pub event: Event,
}

/// Longest span, in days, that still says when an act was; "in May", "last month". Longer ones ("in 2024") are background.
const LONGEST: i32 = 45;

impl Telling {
    /// Whether the text says when, rather than leaving it to the day of publication.
    pub(crate) fn dated(&self) -> bool {
        let day = self.source.published;
        let told = self.event.spans.date.is_some()
            || self.event.date.is_some_and(|date| Some(date.start) != day || Some(date.end) != day);
        told && self.told().is_some_and(|date| !is_long(date))
    }

    /// The span that the text tells, unless it cannot be: what is done was not done after the day on which it is told.
    pub(crate) fn told(&self) -> Option<DateSpan> {
        let done = matches!(self.event.status, Status::Actual | Status::Historical) && !folds(self.event.event);
        self.event.date.filter(|date| !(done && self.source.published.is_some_and(|day| date.start > day)))
    }

    /// Days by which the act is looked up and compared: those told, else that of publication, which also stands in for a year or more.
    pub(crate) fn days(&self) -> Option<DateSpan> {
        let told = self.told().filter(|&date| !is_long(date));
        told.or(self.source.published.map(|day| DateSpan { start: day, end: day }))
    }

    /// Whether it tells a plan with a day still to come.
    pub(crate) fn is_plan(&self) -> bool {
        let coming = self.event.status == Status::Future || folds(self.event.event);
        let later = |day: Date| self.event.date.is_some_and(|date| date.end > day);
        coming && self.source.published.is_some_and(later)
    }
}

/// Whether a span is too long to say when an act was.
pub(crate) fn is_long(date: DateSpan) -> bool {
    days_between(date.start, date.end) > LONGEST
}

/// Whether acts still to come are coded as this type (GUIDELINES.md, "The sixteen types").
const fn folds(event: EventType) -> bool {
    matches!(event, EventType::Agree | EventType::Concede)
}

/// Days from one date to another; negative if the other is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Days that lie between two spans; 0 where they meet.
pub(crate) fn gap(a: DateSpan, b: DateSpan) -> i32 {
    days_between(a.end, b.start).max(days_between(b.end, a.start)).max(0)
}
