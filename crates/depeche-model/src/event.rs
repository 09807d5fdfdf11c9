//! A political event, resolved: the meaning of every field is `GUIDELINES.md`'s, restated in short.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Context, Country, EventType, Mode, Quad, Sector, Span, Status};

/// One side of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// The shortest phrase that names it, as written.
    pub text: String,
    /// State or body it belongs to; null where the text does not tell.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Sector,
    /// Canonical name of the table entry, where one was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Wikidata id, where the table has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Where `text` stands; null where only a table or the article's frame tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// First and last day of an event, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateSpan {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Name, as written.
    pub text: String,
    /// State that the place lies in; null where it lies in none or is not known.
    pub country: Option<Country>,
    /// First-level region, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Latitude in degrees, −90 to 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude in degrees, −180 to 180.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// `GeoNames` id, where the gazetteer has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonameid: Option<u32>,
}

/// Who is cited for an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The source, as written.
    pub text: String,
    /// State or body it belongs to.
    pub country: Option<Country>,
}

/// A number with its bounds; `max` is null for "at least", `min` for "up to".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// Least value told.
    pub min: Option<u64>,
    /// Greatest value told.
    pub max: Option<u64>,
}

/// Where the fields of an event stand in the whole text (title, line feed, text), in bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Spans {
    /// The clause that tells the event.
    pub evidence: Span,
    /// The word that the rule was triggered by.
    pub trigger: Span,
    /// Actors, in their order.
    pub actors: Vec<Option<Span>>,
    /// Recipients, in their order.
    pub recipients: Vec<Option<Span>>,
    /// The temporal expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Span>,
    /// The place name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Span>,
    /// The source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Span>,
}

/// One political act by an identifiable actor, told in one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Stable name: the same article, lexicon and models give the same id.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event: EventType,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Contexts.
    pub contexts: Vec<Context>,
    /// Who did it; in a mutual act, every participant.
    pub actors: Vec<Entity>,
    /// To whom it was directed.
    pub recipients: Vec<Entity>,
    /// When; null where the text gives no way to tell.
    pub date: Option<DateSpan>,
    /// Where it happened, if the text says so.
    pub place: Option<Place>,
    /// Done, planned, possible, denied or background.
    pub status: Status,
    /// Who is cited for it; null where the article tells it in its own voice.
    pub attribution: Option<Attribution>,
    /// People taking part, sent, arrested, freed, or the money given.
    pub size: Option<Range>,
    /// People killed.
    pub dead: Option<Range>,
    /// People injured.
    pub injured: Option<Range>,
    /// The clause that tells the act, an exact substring of title or text.
    pub evidence: String,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class.
    pub quad: Quad,
    /// Goldstein score of the CAMEO code, −10 to 10.
    pub goldstein: f32,
    /// PLOVER score of type and mode, −10 to 10.
    pub plover_score: f32,
    /// How sure the coder is, 0 to 1.
    pub confidence: f64,
    /// Name of the rule that fired.
    pub rule: String,
    /// Byte spans of every field.
    pub spans: Spans,
}
