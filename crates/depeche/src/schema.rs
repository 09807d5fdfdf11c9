//! The JSON Schema of what `depeche code` writes.

use depeche_model::{Article, Event};
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

/// A coded article: the article's own fields and its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    title = "Coded article",
    description = "One line of `depeche code`: an article and the political events that it tells"
)]
pub struct Coded {
    /// The article as it came in.
    #[serde(flatten)]
    pub article: Article,
    /// Its events, in text order.
    pub events: Vec<Event>,
}

/// Schema of one output line, as committed in `docs/schema/article.schema.json`.
pub fn article_schema() -> Schema {
    schemars::schema_for!(Coded)
}
