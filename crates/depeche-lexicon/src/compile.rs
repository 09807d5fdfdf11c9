//! All rules and words together, indexed for the coder.

use compact_str::CompactString;
use depeche_model::{Diagnostic, Language};
use rustc_hash::FxHashMap;

use crate::{Classes, Element, File, Pattern, Rule, TriggerPos, files, inflect, rule, vocabulary::Vocabulary, words};

/// One pattern and the rule that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternRef {
    /// Index into [`Lexicon::rules`].
    pub rule: u32,
    /// Index into that rule's patterns.
    pub pattern: u32,
}

/// The compiled lexicon.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    rules: Vec<Rule>,
    names: FxHashMap<CompactString, u32>,
    classes: [Classes; 2],
    triggers: [FxHashMap<CompactString, Vec<PatternRef>>; 2],
    forms: [FxHashMap<CompactString, CompactString>; 2],
    vocabulary: Vocabulary,
}

impl Lexicon {
    /// The lexicon that this build carries, with what is wrong in it: nothing, in a release.
    pub fn embedded() -> (Self, Vec<Diagnostic>) {
        Self::compile(&files::embedded())
    }

    /// Compiles files; a file with errors is left out and told of, the others are used.
    pub fn compile(files: &[File]) -> (Self, Vec<Diagnostic>) {
        let mut lexicon = Self::default();
        let mut found = Vec::new();
        for file in files.iter().filter(|file| file.name.ends_with(".words")) {
            words::read(file, &mut lexicon.classes, &mut found);
        }
        for file in files.iter().filter(|file| file.name.ends_with(".rule")) {
            if let Some(rule) = rule::read(file, &mut found) {
                lexicon.add(rule, &mut found);
            }
        }
        (lexicon, found)
    }

    fn add(&mut self, rule: Rule, found: &mut Vec<Diagnostic>) {
        if let Some(other) = self.rule(&rule.name) {
            let message = format!("a rule named `{}` stands already in {}", rule.name, other.file);
            found.push(Diagnostic::error(&rule.file, message).hint("rename one of them"));
            return;
        }
        let at = self.rules.len() as u32;
        self.names.insert(rule.name.clone(), at);
        for (i, pattern) in rule.patterns.iter().enumerate() {
            self.check_classes(&rule, pattern, found);
            for lemma in &pattern.trigger.lemmas {
                let entry = PatternRef { rule: at, pattern: i as u32 };
                if pattern.trigger.pos == TriggerPos::Verb {
                    self.add_forms(lemma, pattern.language);
                }
                self.triggers[words::index(pattern.language)].entry(lemma.clone()).or_default().push(entry);
            }
        }
        self.vocabulary.add(&rule);
        self.rules.push(rule);
    }

    /// Remembers whose forms these are; a form of two verbs belongs to the first in the order of files.
    fn add_forms(&mut self, lemma: &CompactString, language: Language) {
        let known = &self.triggers[words::index(language)];
        if known.contains_key(lemma) {
            return;
        }
        for form in inflect::forms(lemma, language) {
            self.forms[words::index(language)].entry(form).or_insert_with(|| lemma.clone());
        }
    }

    fn check_classes(&self, rule: &Rule, pattern: &Pattern, found: &mut Vec<Diagnostic>) {
        for element in &pattern.elements {
            if let Element::Class { name, .. } = element
                && !self.classes(pattern.language).has_class(name)
            {
                let message = format!("no word file has a class `{name}`");
                let hint = "add `class` and its words to a file of lexicon/words";
                found.push(Diagnostic::error(&rule.file, message).at(pattern.line, 1).hint(hint));
            }
        }
    }

    /// Every rule, in the order of files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by name.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.names.get(name).map(|&at| &self.rules[at as usize])
    }

    /// Word classes and cues of a language.
    pub fn classes(&self, language: Language) -> &Classes {
        &self.classes[words::index(language)]
    }

    /// Patterns that a lemma can trigger.
    pub fn triggered_by(&self, language: Language, lemma: &str) -> &[PatternRef] {
        self.triggers[words::index(language)].get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The trigger verb that a lower-case form belongs to, by conjugation alone.
    pub fn verb_of_form(&self, language: Language, form: &str) -> Option<&CompactString> {
        self.forms[words::index(language)].get(form)
    }

    /// Numbers of the words that patterns and vetoes ask for.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Rule and pattern of a reference.
    pub fn get(&self, at: PatternRef) -> (&Rule, &Pattern) {
        let rule = &self.rules[at.rule as usize];
        (rule, &rule.patterns[at.pattern as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), text: text.to_owned() }
    }

    const RULE: &str = "rule condemn\nevent ACCUSE\nmodes disapprove\ncameo 111\nfr ACTOR condamner RECIPIENT\nwhy Words.\n\
                        test fr Paris condamne Moscou. => FRA > RUS\n";

    #[test]
    fn a_rule_is_found_by_its_trigger() {
        let (lexicon, found) = Lexicon::compile(&[file("events/accuse/condemn.rule", RULE)]);
        assert_eq!(found, []);
        let [at] = lexicon.triggered_by(Language::French, "condamner") else { panic!() };
        assert_eq!(lexicon.get(*at).0.name, "condemn");
        assert!(lexicon.triggered_by(Language::English, "condamner").is_empty());
    }

    #[test]
    fn mistakes_name_file_line_and_remedy_and_leave_the_rest() {
        let bad = RULE.replace("111", "999").replace("condemn", "blame").replace("RECIPIENT", "VICTIM");
        let files = [file("events/accuse/blame.rule", &bad), file("events/accuse/condemn.rule", RULE)];
        let (lexicon, found) = Lexicon::compile(&files);
        assert_eq!(lexicon.rules().len(), 1);
        let places: Vec<_> = found.iter().map(|d| (d.line, d.column)).collect();
        assert!(places.contains(&(4, 7)) && places.contains(&(5, 20)), "{found:?}");
        assert!(found.iter().all(|d| d.hint.is_some()));
    }

    #[test]
    fn a_folder_that_is_not_the_types_is_told() {
        let (_, found) = Lexicon::compile(&[file("events/assault/condemn.rule", RULE)]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn the_embedded_lexicon_has_no_mistake() {
        let (_, found) = Lexicon::embedded();
        assert!(found.is_empty(), "{}", found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
