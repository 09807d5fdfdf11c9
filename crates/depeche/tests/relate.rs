//! Relation mode on sentences of our own that its weights were not learned from.

mod common;

use depeche::{
    EventType, Language,
    relation::{Marked, Table, Weights},
};

const SUITE: &str = include_str!("../../../tests/suite/relations.tsv");
/// Share of the sentences whose type must come out.
const LEAST: f64 = 0.9;

#[test]
fn nine_of_ten_sentences_get_their_type_in_both_languages() {
    let coder = &*common::CODER;
    let table = Table::of(SUITE.lines().next().unwrap());
    for language in Language::ALL {
        let (mut all, mut wrong) = (0, Vec::new());
        for line in SUITE.lines().skip(1) {
            let row = table.row(line).unwrap();
            if row.language == Some(language) {
                let related = coder.relate(&row.marked, language);
                all += 1;
                if Some(related.event.name()) != row.label.as_deref() {
                    wrong.push(format!("{} for {line}", related.event));
                }
            }
        }
        let share = 1.0 - wrong.len() as f64 / f64::from(all);
        assert!(share >= LEAST, "{language}: {share:.2} right\n{}", wrong.join("\n"));
    }
}

#[test]
fn no_sentence_of_the_suite_was_learned_from() {
    let learned = include_str!("../../../training/relations.tsv");
    for line in SUITE.lines().skip(1) {
        let sentence = line.rsplit('\t').next().unwrap();
        assert!(!learned.contains(sentence), "{sentence}");
    }
}

#[test]
fn there_is_always_an_answer_and_the_rule_gives_modes_and_code() {
    let coder = &*common::CODER;
    let told = |text: &str| coder.relate(&Marked::read(text).unwrap(), Language::English);
    let expelled = told("<s>Chad</s> expelled <t>the German ambassador</t>.");
    assert_eq!((expelled.event, expelled.cameo.as_str()), (EventType::Sanction, "161"));
    assert!(expelled.rule.is_some() && !expelled.modes.is_empty());
    for odd in
        ["<s>Chad</s>", "<s>.</s> <t>?</t>", "<t>🙂</t> blorp <s>a</s>", "<s>Chad</s> likes cake and <t>tea</t>."]
    {
        let related = told(odd);
        assert_eq!(related.scores.len(), EventType::ALL.len());
        assert!((related.scores.iter().map(|s| s.1).sum::<f32>() - 1.0).abs() < 1e-4, "{odd}");
        assert_eq!(related.score.to_bits(), related.scores[0].1.to_bits());
    }
}

#[test]
fn other_weights_give_other_answers() {
    let weights = Weights::read("bias\t0 0 0 0 0 0 0 0 0 0 0 500 0 0 0 0").unwrap();
    let marked = Marked::read("<s>Chad</s> expelled <t>the German ambassador</t>.").unwrap();
    let related = common::CODER.relate_with(&marked, Language::English, &weights);
    assert_eq!(related.event, EventType::Protest);
}
