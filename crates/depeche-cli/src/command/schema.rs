//! `depeche schema`: the JSON Schema of the output.

use clap::Args;
use depeche::article_schema;

use crate::{Fatal, Outcome};

/// Print the JSON Schema of a coded article.
#[derive(Args)]
pub(crate) struct Options {}

impl Options {
    #[allow(clippy::unused_self)] // one form for all commands
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        anstream::println!("{}", serde_json::to_string_pretty(&article_schema())?);
        Ok(Outcome::Done)
    }
}
