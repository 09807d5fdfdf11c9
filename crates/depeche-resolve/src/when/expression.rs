//! A temporal expression as it stands in a text.

use depeche_model::Span;
use serde::Serialize;

use super::sense::{Bound, Kind, Sense};

/// Where a verb places its act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// Before publication.
    Past,
    /// At publication.
    Present,
    /// After publication.
    Future,
    /// Not told.
    #[default]
    Unknown,
}

/// A temporal expression, not yet anchored to a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeExpression {
    /// Bytes of its extent in the text: articles in, prepositions out, as `TimeML` has it.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: Kind,
    /// What it means.
    pub sense: Sense,
    /// How the words before it bound what it dates.
    pub bound: Bound,
    /// Which way the words around it point, where no parse tells the tense of its verb.
    pub cue: Tense,
    /// Line of the time table whose phrase it is, for `explain`.
    pub line: u32,
}
