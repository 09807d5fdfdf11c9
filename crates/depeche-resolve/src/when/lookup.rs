//! One expression asked about on its own: `depeche when "mardi dernier" --published 2025-08-13`.

use depeche_model::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Anchor, Resolved, Tense, TimeExpression, find, resolve};

/// What an expression means on a day, why, and what else it could mean.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The words that were read as an expression.
    pub text: String,
    /// The entry: what the grammar made of them, with the line of the table.
    pub expression: TimeExpression,
    /// The reading.
    pub resolved: Resolved,
    /// The second-best reading, where another tense would give one.
    pub runner_up: Option<Resolved>,
}

/// Reads the first expression of a phrase; `None` where it holds none.
pub fn lookup(phrase: &str, language: Language, published: Date) -> Option<Answer> {
    let expression = find(phrase, language).into_iter().next()?;
    let reading = |tense| resolve(&expression, &Anchor { published, reference: None, tense });
    let resolved = reading(Tense::Unknown)?;
    let runner_up =
        [Tense::Past, Tense::Future].into_iter().filter_map(reading).find(|other| other.dates != resolved.dates);
    Some(Answer { text: expression.span.of(phrase).to_owned(), expression, resolved, runner_up })
}
