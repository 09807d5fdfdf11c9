//! A learned table: how much each feature speaks for each type.
//!
//! A line of the table is a feature, a tab, and the weights of all types in the codebook's order, in hundredths, with spaces
//! between. A text has a few hundred features, each the same for however often it holds; those that the table lacks say
//! nothing. The scores are the softmax of the sums.

use std::collections::HashMap;

use depeche_model::EventType;

/// Number of types.
const TYPES: usize = EventType::ALL.len();

/// Weights of every feature.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    table: HashMap<String, [f32; TYPES]>,
}

impl Weights {
    /// Reads a table; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// The number of the first line, from 1, that is no feature with sixteen weights.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut table = HashMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let (feature, weights) = row(line).ok_or(at + 1)?;
            table.insert(feature.to_owned(), weights);
        }
        Ok(Self { table })
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether the table holds nothing.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Score of each type, 0 to 1, together 1, the best first; of equal ones the earlier in the codebook.
    pub fn scores(&self, features: &[String]) -> Vec<(EventType, f32)> {
        let mut sums = [0.0_f32; TYPES];
        for weights in features.iter().filter_map(|feature| self.table.get(feature.as_str())) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
        let best = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let chances = sums.map(|sum| (sum - best).exp());
        let all: f32 = chances.iter().sum();
        let mut scores: Vec<_> = EventType::ALL.iter().copied().zip(chances.map(|chance| chance / all)).collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scores
    }
}

fn row(line: &str) -> Option<(&str, [f32; TYPES])> {
    let (feature, numbers) = line.split_once('\t')?;
    let mut weights = [0.0; TYPES];
    let mut numbers = numbers.split(' ');
    for weight in &mut weights {
        *weight = numbers.next()?.parse::<f32>().ok().filter(|w| w.is_finite())? / 100.0;
    }
    numbers.next().is_none().then_some((feature, weights))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_type_comes_first_and_scores_make_one() {
        let agree = "agree\t300 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0";
        let weights = Weights::read(&format!("# remark\n{agree}\n")).unwrap();
        let scores = weights.scores(&["agree".to_owned(), "unknown".to_owned()]);
        assert_eq!(scores[0].0, EventType::Agree);
        assert!(scores[0].1 > 0.5 && (scores.iter().map(|s| s.1).sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!(weights.scores(&[]).len(), TYPES);
    }

    #[test]
    fn a_bad_line_is_told_by_its_number() {
        assert_eq!(Weights::read("# head\nagree\t1 2 3\n").unwrap_err(), 2);
        assert_eq!(Weights::read("no tab").unwrap_err(), 1);
        assert_eq!(Weights::read(&format!("a\t{}", ["1"; 17].join(" "))).unwrap_err(), 1);
    }
}
