//! Word files, `lexicon/words/*.words`: classes that patterns name with `@`, and cues that add modes or contexts.
//!
//! ```text
//! class troops
//! fr    soldat, militaire, troupe
//! en    soldier, troop, serviceman
//!
//! cue   mode ASSAULT drone
//! fr    drone, Shahed
//! en    drone, UAV
//!
//! cue   context military
//! fr    armée, missile
//! en    army, missile
//! ```

use compact_str::CompactString;
use depeche_model::{Context, Diagnostic, EventType, Language, Mode};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{files::File, rule};

/// What a cue adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// A mode to events of a type.
    Mode(EventType, Mode),
    /// A context to any event.
    Context(Context),
}

/// Classes and cues of one language.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    classes: FxHashMap<CompactString, FxHashSet<CompactString>>,
    cues: FxHashMap<CompactString, Vec<Cue>>,
}

impl Classes {
    /// Whether the class exists.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes.contains_key(class)
    }

    /// Whether a lemma (or lower-case form) belongs to a class.
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }

    /// What a lemma hints at.
    pub fn cues(&self, lemma: &str) -> &[Cue] {
        self.cues.get(lemma).map_or(&[], Vec::as_slice)
    }
}

enum Block {
    Class(CompactString),
    Cue(Cue),
}

/// Reads a `.words` file into the two languages' tables.
pub(crate) fn read(file: &File, tables: &mut [Classes; 2], found: &mut Vec<Diagnostic>) {
    let mut block = None;
    for (line, text) in rule::logical_lines(&file.text) {
        let (key, value) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        let value = value.trim();
        let mut error = |message: String, hint: &str| {
            found.push(Diagnostic::error(&file.name, message).at(line, 1).hint(hint));
        };
        match key {
            "class" => {
                for table in tables.iter_mut() {
                    table.classes.entry(value.into()).or_default();
                }
                block = Some(Block::Class(value.into()));
            }
            "cue" => match cue(value) {
                Ok(cue) => block = Some(Block::Cue(cue)),
                Err(message) => error(message, "write `cue mode ASSAULT drone` or `cue context military`"),
            },
            "fr" | "en" => {
                let table = &mut tables[usize::from(key == "en")];
                let words = value.split(',').map(str::trim).filter(|w| !w.is_empty()).map(|w| w.replace('’', "'"));
                match &block {
                    Some(Block::Class(name)) => {
                        let class = table.classes.entry(name.clone()).or_default();
                        class.extend(words.map(CompactString::from));
                    }
                    Some(Block::Cue(cue)) => words.for_each(|w| table.cues.entry(w.into()).or_default().push(*cue)),
                    None => error("words before any class".to_owned(), "begin with `class NAME` or `cue …`"),
                }
            }
            _ => error(format!("`{key}` is no key of a word file"), "keys are class, cue, fr, en"),
        }
    }
}

fn cue(value: &str) -> Result<Cue, String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    match words.as_slice() {
        ["mode", event, mode] => {
            let (event, mode): (EventType, Mode) = (event.parse()?, mode.parse()?);
            if event.modes().contains(&mode) {
                Ok(Cue::Mode(event, mode))
            } else {
                Err(format!("{event} has no mode `{mode}`"))
            }
        }
        ["context", context] => Ok(Cue::Context(context.parse()?)),
        _ => Err(format!("`{value}` tells no cue")),
    }
}

/// Index of a language in a pair of tables.
pub(crate) const fn index(language: Language) -> usize {
    match language {
        Language::French => 0,
        Language::English => 1,
    }
}
