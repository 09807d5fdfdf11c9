//! A record: one act, and all that was reported of it.
//!
//! An [`Event`](crate::Event) is one article's telling. A [`Record`] gathers the tellings of one act: each is a [`Report`]
//! with its outlet, language, day and status, the figures that it gives, and where it differs from the others. Reprints of
//! one agency text are reports of one source. What a person joined or split by hand is a [`Ruling`] between two events,
//! and outlives every run.
//!
//! Nothing here decides which events are one act: that is `depeche-record`'s.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Attribution, Context, Country, DateSpan, Entity, EventType, Language, Mode, Place, Quad, Range, Status,
    plover::names,
};

names! {
    /// Where an act stands, by all that was reported of it.
    RecordStatus, "status of a record" {
        /// Told as done, and nobody denies it.
        Done = "done",
        /// Told as done by one side of it only, and by no article in its own voice.
        Claimed = "claimed",
        /// Told as done, and denied: by a report that tells it as not done, or by a side of it.
        Disputed = "disputed",
        /// Announced, not yet told as done.
        Planned = "planned",
        /// Only told as something that might be.
        Possible = "possible",
        /// Told as not done, and by nobody as done since.
        Denied = "denied",
        /// Told only as background to other news.
        Background = "background",
    }
}

names! {
    /// A field in which reports of one act may differ.
    Field, "field of a report" {
        /// People killed.
        Dead = "dead",
        /// People injured.
        Injured = "injured",
        /// People taking part, or the money given.
        Size = "size",
        /// Done, planned, possible, not done.
        Status = "status",
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Countries of those who did it.
        Actors = "actors",
        /// Countries of those to whom it was done.
        Recipients = "recipients",
    }
}

/// What one report says in a field where another report of the same act says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What this report says, for a person: `7`, `at least 4`, `2024-05-07`, `RUS`.
    pub told: String,
}

/// One ground for or against two tellings being one act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The ground, for a person: `same place: Odesa`, `published 2 days apart`.
    pub what: String,
    /// Its weight in the score; above 0 speaks for one act, below 0 for two.
    pub weight: f32,
}

/// Why a report belongs to its record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Id of the event of the same record that it is most like.
    pub event: String,
    /// Sum of the reasons' weights; infinite scores do not occur, a join by hand counts 0 and says so in `by_hand`.
    pub score: f32,
    /// What the score is made of, weightiest first.
    pub reasons: Vec<Reason>,
    /// Whether a person joined the two.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
}

/// One article's telling of the act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Id of the article.
    pub article: String,
    /// Id of the event in it.
    pub event: String,
    /// Outlet, where known.
    pub publisher: Option<String>,
    /// Language of the article.
    #[serde(rename = "lang")]
    pub language: Language,
    /// Day of publication.
    pub published: Option<Date>,
    /// Id of the article whose text it prints again; null where it is a text of its own. Never a chain: the article named
    /// is no reprint itself.
    pub reprint_of: Option<String>,
    /// Done, planned, possible, denied or background, as this article tells it.
    pub status: Status,
    /// Who is cited for it.
    pub attribution: Option<Attribution>,
    /// When, as told.
    pub date: Option<DateSpan>,
    /// People taking part, or the money given, as told.
    pub size: Option<Range>,
    /// People killed, as told.
    pub dead: Option<Range>,
    /// People injured, as told.
    pub injured: Option<Range>,
    /// The clause that tells the act.
    pub evidence: String,
    /// Where it differs from other reports, in the order of [`Field`].
    pub differs: Vec<Difference>,
    /// Why it belongs here; null for the first report.
    pub link: Option<Link>,
}

/// A denial of the act by a side of it. The denial is an act of its own (REJECT) with a record of its own; here it is only
/// pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Denial {
    /// Id of the REJECT event.
    pub event: String,
    /// Id of the article that tells it.
    pub article: String,
    /// Who denies, as written.
    pub by: String,
    /// State or body that the denier belongs to.
    pub country: Option<Country>,
    /// The clause that tells the denial.
    pub evidence: String,
}

/// One act, and every report of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Name: `r` and twelve letters and digits, made of the id of the earliest report's event. It stays while later reports
    /// are added; an earlier report or a join gives the record the name of its new first report.
    pub id: String,
    /// PLOVER type; of a plan that was carried out, the type of the act itself.
    #[serde(rename = "type")]
    pub event: EventType,
    /// Modes that any report names.
    pub modes: Vec<Mode>,
    /// Contexts that any report names.
    pub contexts: Vec<Context>,
    /// CAMEO code of the fullest report.
    pub cameo: String,
    /// Quad class of the type.
    pub quad: Quad,
    /// Goldstein score of the CAMEO code, −10 to 10.
    pub goldstein: f32,
    /// PLOVER score of type and mode, −10 to 10.
    pub plover_score: f32,
    /// Who did it; each country and name once.
    pub actors: Vec<Entity>,
    /// To whom it was directed; each country and name once.
    pub recipients: Vec<Entity>,
    /// When, by the narrowest date that most reports allow; null where none tells.
    pub date: Option<DateSpan>,
    /// Where, by the most precise place told.
    pub place: Option<Place>,
    /// Where it stands.
    pub status: RecordStatus,
    /// Least and greatest number of people taking part (or money given) over all reports.
    pub size: Option<Range>,
    /// Least and greatest number killed over all reports.
    pub dead: Option<Range>,
    /// Least and greatest number injured over all reports.
    pub injured: Option<Range>,
    /// Day of the first report.
    pub first_seen: Option<Date>,
    /// Day of the last report.
    pub last_seen: Option<Date>,
    /// Independent sources: articles that reprint one text count once.
    pub sources: u32,
    /// Outlets that carry it, reprints included.
    pub outlets: u32,
    /// The clause that tells it best, from the fullest report.
    pub evidence: String,
    /// The weakest score that holds the record together; null where it has one report, or all were joined by hand.
    pub score: Option<f32>,
    /// Every report, by day, then article, then event.
    pub reports: Vec<Report>,
    /// Who denies it.
    pub denials: Vec<Denial>,
}

impl Record {
    /// Day that the record is sorted by: its date's start, else its first report's day.
    pub fn day(&self) -> Option<Date> {
        self.date.map(|date| date.start).or(self.first_seen)
    }

    /// Where its reports disagree, for a person: `dead 4 to 7`, `status: actual by Moscow, denied by Kyiv`.
    pub fn disagreements(&self) -> Vec<String> {
        Field::ALL.iter().filter_map(|&field| self.disagreement(field)).collect()
    }

    fn disagreement(&self, field: Field) -> Option<String> {
        let told = |report: &Report| report.differs.iter().find(|d| d.field == field).map(|d| d.told.clone());
        let range = match field {
            Field::Dead => self.dead,
            Field::Injured => self.injured,
            Field::Size => self.size,
            _ => None,
        };
        let all = || self.reports.iter().filter_map(|r| Some((r, told(r)?)));
        let denied = field == Field::Status && !self.denials.is_empty();
        if all().next().is_none() && !denied {
            return None;
        }
        if let Some(Range { min: Some(min), max: Some(max) }) = range {
            return Some(format!("{field} {min} to {max}"));
        }
        let mut said: Vec<String> = Vec::new();
        for (report, value) in all() {
            let one = match (&report.attribution, field) {
                (Some(by), Field::Status) => format!("{value} by {}", by.text),
                _ => value,
            };
            if !said.contains(&one) {
                said.push(one);
            }
        }
        if denied {
            let mut by: Vec<&str> = self.denials.iter().map(|d| d.by.as_str()).collect();
            by.dedup();
            said.push(format!("denied by {}", by.join(" and ")));
        }
        Some(format!("{field}: {}", said.join(", ")))
    }

    /// Countries of a side, each once, in order of first mention.
    pub fn countries(side: &[Entity]) -> Vec<Country> {
        let mut all: Vec<Country> = Vec::new();
        for country in side.iter().filter_map(|entity| entity.country) {
            if !all.contains(&country) {
                all.push(country);
            }
        }
        all
    }
}

/// What a person ruled about two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are one act.
    Same,
    /// They are two acts.
    Different,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Same => "same",
            Self::Different => "different",
        })
    }
}

/// A join or split by hand: it holds in every later run, as long as both events exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Ruling {
    /// Id of one event.
    pub one: String,
    /// Id of the other.
    pub other: String,
    /// One act or two.
    pub verdict: Verdict,
}
