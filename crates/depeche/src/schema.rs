//! The JSON Schema of what `depeche code` writes.

use depeche_model::Coded;
use schemars::Schema;

/// Schema of one output line, as committed in `docs/schema/article.schema.json`.
pub fn article_schema() -> Schema {
    schemars::schema_for!(Coded)
}
