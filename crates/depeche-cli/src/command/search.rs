//! `depeche search`: articles that have words.

use clap::Args;
use depeche::store::Archive as _;
use serde_json::json;

use crate::{
    Fatal, Outcome,
    ask::{self, Form, Sheet},
};

/// Find articles of a store by their words; every field of a query narrows the search.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    asked: ask::Asked,
    #[command(flatten)]
    at: ask::At,
    /// Most articles.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How they are told.
    #[arg(long, value_enum, default_value_t = Form::Table, value_name = "FORM")]
    format: Form,
    #[command(flatten)]
    whither: ask::Whither,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let (query, store) = (self.asked.query()?, self.at.read()?);
        let hits = store.search(&query, self.limit)?;
        if hits.is_empty() {
            anstream::eprintln!("no article");
        }
        let columns = [
            ("published", "day"),
            ("publisher", "publisher"),
            ("title", "title"),
            ("excerpt", "excerpt"),
            ("events", "events"),
            ("id", "id"),
        ];
        let mut sheet = Sheet::new(&columns);
        for hit in hits {
            sheet.row([
                json!(hit.article.published),
                json!(hit.article.publisher),
                json!(hit.article.title),
                json!(hit.excerpt),
                json!(hit.events),
                json!(hit.article.id),
            ]);
        }
        let mut output = self.whither.open()?;
        sheet.write(self.format, &mut output.out)?;
        output.end()?;
        Ok(Outcome::Done)
    }
}
