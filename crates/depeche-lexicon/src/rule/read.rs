//! Reads one rule file. Every mistake is told with line, column and hint; the rest of the file is still read, so that an
//! analyst sees all of them at once.

use compact_str::CompactString;
use depeche_model::{Diagnostic, EventType, Language, Mode, plover};

use super::{Case, Needs, Rule, Second, expectation};
use crate::{Pattern, files::File, pattern};

const KEYS: &str =
    "keys are rule, event, modes, contexts, cameo, needs, mutual, plan, also, weight, fr, en, unless, why, test, never";

struct Reader<'f> {
    file: &'f File,
    rule: Rule,
    seen_event: bool,
    line: u32,
    found: Vec<Diagnostic>,
}

/// Reads a `.rule` file; the rule is returned only if it has no error.
pub(crate) fn read(file: &File, found: &mut Vec<Diagnostic>) -> Option<Rule> {
    let stem = file.name.rsplit('/').next().unwrap_or(&file.name).trim_end_matches(".rule");
    let rule = Rule {
        name: stem.into(),
        file: file.name.clone(),
        event: EventType::Agree,
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: CompactString::default(),
        needs: Needs::default(),
        mutual: false,
        plan: false,
        also: None,
        weight: 0.0,
        patterns: Vec::new(),
        unless: Vec::new(),
        why: String::new(),
        cases: Vec::new(),
    };
    let mut reader = Reader { file, rule, seen_event: false, line: 0, found: Vec::new() };
    for (number, line) in logical_lines(&file.text) {
        reader.line = number;
        reader.key(&line);
    }
    reader.finish();
    let errors = !reader.found.is_empty();
    found.append(&mut reader.found);
    (!errors).then_some(reader.rule)
}

/// Lines with their continuations (lines that begin with white space) joined; comments and blank lines dropped.
pub(crate) fn logical_lines(text: &str) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    for (i, raw) in text.lines().enumerate() {
        let raw = raw.trim_end();
        if raw.is_empty() || raw.starts_with('#') {
            continue;
        }
        match lines.last_mut() {
            Some((_, last)) if raw.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(raw.trim_start());
            }
            _ => lines.push((i as u32 + 1, raw.to_owned())),
        }
    }
    lines
}

impl Reader<'_> {
    fn error(&mut self, column: usize, message: impl Into<String>, hint: &str) {
        self.found.push(Diagnostic::error(&self.file.name, message).at(self.line, column as u32).hint(hint));
    }

    fn key(&mut self, line: &str) {
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let value = rest.trim();
        let column = line.chars().count() - rest.trim_start().chars().count() + 1;
        let (key, extra) = key.split_once('/').unwrap_or((key, ""));
        match key {
            "rule" if value != self.rule.name => {
                let message = format!("the rule is named `{value}` but its file `{}`", self.rule.name);
                self.error(column, message, "give both one name");
            }
            "rule" => {}
            "event" => self.event(value, column),
            "modes" => self.rule.modes = self.list(value, column),
            "contexts" => self.rule.contexts = self.list(value, column),
            "cameo" => match plover::cameo(value) {
                Some(_) => self.rule.cameo = value.into(),
                None => {
                    self.error(
                        column,
                        format!("`{value}` is no CAMEO code"),
                        "see crates/depeche-model/data/cameo.tsv",
                    );
                }
            },
            "needs" => self.needs(value, column),
            "mutual" => self.rule.mutual = true,
            "plan" => self.rule.plan = true,
            "also" => self.also(value, column),
            "weight" => match value.parse() {
                Ok(weight) => self.rule.weight = weight,
                Err(_) => self.error(column, format!("`{value}` is no number"), "write a weight such as 1 or -0.5"),
            },
            "fr" => self.pattern(Language::French, extra, value, column),
            "en" => self.pattern(Language::English, extra, value, column),
            "unless" => self.unless(value, column),
            "why" => value.clone_into(&mut self.rule.why),
            "test" => self.case(value, column, true),
            "never" => self.case(value, column, false),
            _ => self.error(1, format!("`{key}` is no key"), KEYS),
        }
    }

    fn event(&mut self, value: &str, column: usize) {
        match value.parse::<EventType>() {
            Ok(event) => {
                self.rule.event = event;
                self.seen_event = true;
                let folder = self.file.name.split('/').nth(1).unwrap_or("").to_ascii_uppercase();
                if folder != event.name() {
                    let hint = format!("move it to events/{}/", event.name().to_ascii_lowercase());
                    self.error(column, format!("a rule of {event} lies in the folder of {folder}"), &hint);
                }
            }
            Err(message) => self.error(column, message, "the sixteen types are AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"),
        }
    }

    fn list<T: std::str::FromStr<Err = String>>(&mut self, value: &str, column: usize) -> Vec<T> {
        let mut out = Vec::new();
        for name in value.split([' ', ',']).filter(|name| !name.is_empty() && *name != "-") {
            match name.parse() {
                Ok(item) => out.push(item),
                Err(message) => self.error(column, message, "names are those of GUIDELINES.md, separated by spaces"),
            }
        }
        out
    }

    fn needs(&mut self, value: &str, column: usize) {
        for side in value.split_whitespace() {
            match side {
                "actor" => self.rule.needs.actor = true,
                "recipient" => self.rule.needs.recipient = true,
                _ => self.error(column, format!("`{side}` is no side"), "write `actor`, `recipient` or both"),
            }
        }
    }

    fn also(&mut self, value: &str, column: usize) {
        let mut words = value.split_whitespace();
        let event = words.next().unwrap_or("").parse();
        let rest: Vec<&str> = words.collect();
        let (code, modes): (Vec<&str>, Vec<&str>) =
            rest.into_iter().partition(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        match (event, code.first().and_then(|code| plover::cameo(code))) {
            (Ok(event), Some(entry)) => {
                let modes = self.list(&modes.join(" "), column);
                self.rule.also = Some(Second { event, modes, cameo: entry.code.into() });
            }
            _ => self.error(
                column,
                format!("`{value}` tells no second event"),
                "write TYPE, modes and CAMEO code: also COERCE arrest 173",
            ),
        }
    }

    fn pattern(&mut self, language: Language, extra: &str, value: &str, column: usize) {
        let (mut modes, mut cameo) = (Vec::new(), None);
        for name in extra.split([',', '/']).filter(|name| !name.is_empty()) {
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                match plover::cameo(name) {
                    Some(entry) => cameo = Some(entry.code.into()),
                    None => {
                        self.error(1, format!("`{name}` is no CAMEO code"), "see crates/depeche-model/data/cameo.tsv");
                    }
                }
            } else {
                modes.extend(self.list::<Mode>(name, 1));
            }
        }
        match pattern::parse(value, language) {
            Ok(all) => {
                for (trigger, elements) in all {
                    let (modes, cameo) = (modes.clone(), cameo.clone());
                    self.rule.patterns.push(Pattern { language, trigger, elements, modes, cameo, line: self.line });
                }
            }
            Err(error) => self.error(column + error.at, error.message, error.hint),
        }
    }

    fn language(&mut self, value: &str, column: usize) -> Option<(Language, String)> {
        let (code, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
        let language = code.parse::<Language>().ok();
        if language.is_none() || rest.trim().is_empty() {
            self.error(column, "language or text is missing", "write `fr` or `en` and then the text");
            return None;
        }
        language.map(|language| (language, rest.trim().to_owned()))
    }

    fn unless(&mut self, value: &str, column: usize) {
        if let Some((language, words)) = self.language(value, column) {
            let words: Vec<&str> = words.split([',', '|']).map(str::trim).filter(|w| !w.is_empty()).collect();
            if let Some(phrase) = words.iter().find(|word| word.contains(' ')) {
                let message = format!("`{phrase}` is no single word");
                self.error(column, message, "a veto is one word; separate vetoes by commas");
                return;
            }
            self.rule.unless.extend(words.into_iter().map(|word| (language, CompactString::from(word))));
        }
    }

    fn case(&mut self, value: &str, column: usize, test: bool) {
        let Some((language, text)) = self.language(value, column) else { return };
        let line = self.line;
        if !test {
            self.rule.cases.push(Case { language, sentence: text, expect: None, line });
            return;
        }
        let Some((sentence, expected)) = text.rsplit_once("=>") else {
            self.error(column, "the test does not say what it expects", "end it with `=> PRK > RUS` or `=> FRA+DEU`");
            return;
        };
        match expectation::parse(expected.trim(), self.rule.event) {
            Ok(expect) => {
                self.rule.cases.push(Case {
                    language,
                    sentence: sentence.trim().to_owned(),
                    expect: Some(expect),
                    line,
                });
            }
            Err(message) => self.error(
                column,
                message,
                "write `=> PRK.GOV > RUS.MIL modes drone status negated size 10000.. dead 4`",
            ),
        }
    }

    fn finish(&mut self) {
        self.line = 0;
        if !self.seen_event {
            self.error(0, "the rule has no event type", "add a line `event ACCUSE`");
        }
        if self.rule.cameo.is_empty() {
            self.error(0, "the rule has no CAMEO code", "add a line `cameo 111`");
        }
        if self.rule.patterns.is_empty() {
            self.error(0, "the rule has no pattern", "add a line that begins with `fr` or `en`");
        }
        if !self.rule.cases.iter().any(|case| case.expect.is_some()) {
            self.error(0, "the rule has no test", "add a line `test fr … => ACTOR > RECIPIENT`");
        }
        let event = self.rule.event;
        let modes = self.rule.modes.iter().chain(self.rule.patterns.iter().flat_map(|p| &p.modes));
        let foreign: Vec<_> = modes.filter(|mode| !event.modes().contains(mode)).copied().collect();
        for mode in foreign {
            self.error(0, format!("{event} has no mode `{mode}`"), "see the table of types in GUIDELINES.md");
        }
    }
}
