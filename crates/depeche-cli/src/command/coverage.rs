//! `depeche lexicon check --coverage`: what the tests of the rules leave untested.
//!
//! A trigger is tested where its lemma stands in a test sentence of its rule. Tests lack variety where they are all of one
//! language, all of one trigger, or none of them says what the rule must leave alone.

use std::collections::BTreeSet;

use depeche::{
    Coder, Language,
    lexicon::{Case, Rule},
};

/// Prints one line for each gap, and the sum.
pub(crate) fn print(coder: &Coder, filter: &str) {
    let (mut triggers, mut untested) = (0, 0);
    for rule in coder.knowledge().lexicon.rules().iter().filter(|rule| rule.name.contains(filter)) {
        let mut used = BTreeSet::new();
        for language in Language::ALL {
            let asked = asked(rule, language);
            let seen = seen(coder, rule, language);
            let missing: Vec<&str> = asked.iter().filter(|lemma| !seen.contains(**lemma)).copied().collect();
            used.extend(asked.iter().filter(|lemma| seen.contains(**lemma)).copied());
            triggers += asked.len();
            untested += missing.len();
            if !missing.is_empty() {
                anstream::println!("{}: {language} triggers without a test: {}", rule.file, missing.join(", "));
            }
            if !asked.is_empty() && !positive(rule).any(|case| case.language == language) {
                anstream::println!("{}: no {language} test", rule.file);
            }
        }
        if used.len() == 1 && positive(rule).count() > 1 {
            anstream::println!("{}: every test has the trigger {}", rule.file, used.into_iter().collect::<String>());
        }
        if rule.cases.iter().all(|case| case.expect.is_some()) {
            anstream::println!("{}: no never-case", rule.file);
        }
    }
    anstream::println!("{} of {triggers} triggers stand in a test of their rule", triggers - untested);
}

fn positive(rule: &Rule) -> impl Iterator<Item = &Case> {
    rule.cases.iter().filter(|case| case.expect.is_some())
}

/// Lemmas that trigger a rule in a language.
fn asked(rule: &Rule, language: Language) -> BTreeSet<&str> {
    let patterns = rule.patterns.iter().filter(|pattern| pattern.language == language);
    patterns.flat_map(|pattern| &pattern.trigger.lemmas).map(|lemma| &lemma[..]).collect()
}

/// Lemmas and forms of a rule's test sentences in a language.
fn seen(coder: &Coder, rule: &Rule, language: Language) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for case in positive(rule).filter(|case| case.language == language) {
        let parsed = coder.parse(&case.sentence, language);
        for token in &parsed.tokens {
            seen.insert(token.lemma.to_string());
            seen.insert(token.span.of(&case.sentence).to_lowercase());
        }
    }
    seen
}
