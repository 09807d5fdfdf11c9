//! Relation mode: the type of act between two parties that the caller has marked, always an answer.
//!
//! The scores come from weights learned for the task (`lexicon/judge/relations.tsv`); modes and the CAMEO code come from the rule
//! of that type that fits the pair best, where one holds.

use std::sync::OnceLock;

use depeche_coding::Input;
use depeche_model::{EventType, Language, Mode, Quad, Span, plover};
use depeche_relate::{Marked, Reading, Weights};
use serde::Serialize;

use crate::{
    Coder,
    analysis::{self, Text},
};

/// What a sentence tells between its marked parties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The best type.
    #[serde(rename = "type")]
    pub event: EventType,
    /// Its modes, where a rule knows them.
    pub modes: Vec<Mode>,
    /// CAMEO code: the rule's, or the broadest of the type.
    pub cameo: String,
    /// Quad class of the type.
    pub quad: Quad,
    /// Goldstein score of the code, −10 to 10.
    pub goldstein: f32,
    /// Score of the best type, 0 to 1.
    pub score: f32,
    /// The rule of that type that fits the pair best, if any holds in the sentence.
    pub rule: Option<String>,
    /// Every type with its score, the best first; together they make 1.
    pub scores: Vec<(EventType, f32)>,
}

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    // A test holds that the table is read whole.
    WEIGHTS.get_or_init(|| Weights::read(include_str!("../../../lexicon/judge/relations.tsv")).unwrap_or_default())
}

/// The broadest CAMEO code of a type.
const fn broadest(event: EventType) -> &'static str {
    match event {
        EventType::Agree => "030",
        EventType::Consult => "040",
        EventType::Support => "050",
        EventType::Cooperate => "060",
        EventType::Aid => "070",
        EventType::Concede => "080",
        EventType::Retreat => "08",
        EventType::Request => "100",
        EventType::Accuse => "110",
        EventType::Reject => "120",
        EventType::Threaten => "130",
        EventType::Protest => "140",
        EventType::Mobilize => "150",
        EventType::Sanction => "160",
        EventType::Coerce => "170",
        EventType::Assault => "190",
    }
}

impl Coder {
    /// What a sentence tells between the parties marked in it, by the weights of this build.
    ///
    /// ```no_run
    /// use depeche::{Coder, Language, relation::Marked};
    ///
    /// let coder = Coder::embedded()?;
    /// let marked = Marked::read("<s>Bamako</s> a expulsé <t>trois diplomates français</t>.")?;
    /// let related = coder.relate(&marked, Language::French);
    /// println!("{} {:.2} {}", related.event, related.score, related.cameo);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn relate(&self, marked: &Marked, language: Language) -> Related {
        self.relate_with(marked, language, weights())
    }

    /// The same by other weights, as `training/relate.py` writes them.
    pub fn relate_with(&self, marked: &Marked, language: Language, weights: &Weights) -> Related {
        let reading = self.consider_pair(marked, language);
        let scores = weights.scores(&reading.features);
        // The scores hold every type, so there is a first.
        let (event, score) = scores.first().copied().unwrap_or((EventType::Consult, 0.0));
        let witness = reading.witnesses.iter().find(|mention| mention.event == event);
        let code = witness.map_or_else(|| broadest(event).to_owned(), |mention| mention.cameo.clone());
        Related {
            event,
            modes: witness.map_or_else(Vec::new, |mention| mention.modes.clone()),
            goldstein: plover::cameo(&code).map_or(0.0, |entry| entry.goldstein),
            cameo: code,
            quad: event.quad(),
            score,
            rule: witness.map(|mention| mention.rule.clone()),
            scores,
        }
    }

    /// Features of two marked parties and the rules that hold between them, for training.
    pub fn consider_pair(&self, marked: &Marked, language: Language) -> Reading {
        let parsed = self.parse(&marked.text, language);
        let text = Text { id: "", whole: &marked.text, title: Span::default(), language, published: None, least: 0.0 };
        let cast = analysis::cast(self.knowledge(), text, &parsed);
        let lexicon = &self.knowledge().lexicon;
        let input = Input { whole: &marked.text, language, parsed: &parsed, cast: &cast, lexicon, least: 0.0 };
        depeche_relate::read(&input, marked.pair)
    }
}

#[cfg(test)]
mod tests {
    use depeche_model::plover::codes;

    use super::*;

    #[test]
    fn the_weights_of_this_build_are_read_whole() {
        let text = include_str!("../../../lexicon/judge/relations.tsv");
        let rows = text.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(Weights::read(text).map(|weights| weights.len()), Ok(rows));
        assert!(rows > 1000);
    }

    #[test]
    fn the_broadest_code_of_a_type_is_one_of_its_own() {
        for &event in EventType::ALL {
            let code = broadest(event);
            assert!(codes().iter().any(|entry| entry.code == code && entry.event == Some(event)), "{event} {code}");
        }
    }
}
