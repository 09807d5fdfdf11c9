//! Reads a pattern line: groups and options are expanded, then each sequence of words is assembled.

use std::borrow::Cow;

use compact_str::CompactString;
use depeche_model::{Language, Sector};

use super::{Element, KINDS, Position, Slot, SlotRole, Trigger, TriggerPos};

/// What is wrong with a line, and at which character (from 0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternError {
    pub at: usize,
    pub message: String,
    pub hint: &'static str,
}

impl PatternError {
    fn new(at: usize, message: impl Into<String>, hint: &'static str) -> Self {
        Self { at, message: message.into(), hint }
    }
}

/// A word of the line and where it starts, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word<'t> {
    text: Cow<'t, str>,
    at: usize,
}

const MOST_EXPANSIONS: usize = 96;

/// Reads one line; groups and options make several patterns of it.
pub(crate) fn parse(line: &str, language: Language) -> Result<Vec<(Trigger, Vec<Element>)>, PatternError> {
    let words = split(line);
    let mut at = 0;
    let expanded = sequence(&words, &mut at, None)?;
    if let Some(word) = words.get(at) {
        return Err(PatternError::new(
            word.at,
            format!("`{}` closes nothing", word.text),
            "remove it or open the group before",
        ));
    }
    if expanded.len() > MOST_EXPANSIONS {
        return Err(PatternError::new(
            0,
            format!("the groups make {} patterns of this line", expanded.len()),
            "split the line in two",
        ));
    }
    expanded.iter().flat_map(|words| split_phrasal(words)).map(|words| assemble(&words, language)).collect()
}

/// `reject|rule_out|turn_down` are verbs with particles of their own, one pattern each; in `pick|round_up` all take `up`.
fn split_phrasal<'t>(words: &[Word<'t>]) -> Vec<Vec<Word<'t>>> {
    let mixed = |word: &Word<'_>| {
        let mut alternatives = word.text.split('|');
        let last = alternatives.next_back().unwrap_or("");
        alternatives.any(|a| a.contains('_'))
            && (last.contains('_') || last.chars().next().is_some_and(char::is_lowercase))
    };
    let Some(at) = words.iter().position(mixed) else { return vec![words.to_vec()] };
    let one = |alternative: &str| {
        let mut copy = words.to_vec();
        copy[at].text = Cow::Owned(alternative.to_owned());
        copy
    };
    words[at].text.split('|').map(one).collect()
}

fn split(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut start, mut start_char) = (None, 0);
    for (count, (byte, c)) in line.char_indices().enumerate() {
        let bracket = matches!(c, '[' | ']' | '(' | ')');
        let lone_bar = c == '|' && line[byte + 1..].starts_with([' ', ']', ')']);
        if bracket || c.is_whitespace() || (lone_bar && start.is_none()) {
            if let Some(from) = start.take() {
                words.push(Word { text: Cow::Borrowed(&line[from..byte]), at: start_char });
            }
            if !c.is_whitespace() {
                words.push(Word { text: Cow::Borrowed(&line[byte..=byte]), at: count });
            }
        } else if start.is_none() {
            (start, start_char) = (Some(byte), count);
        }
    }
    if let Some(from) = start {
        words.push(Word { text: Cow::Borrowed(&line[from..]), at: start_char });
    }
    words
}

/// Reads words up to `close`, and returns every sequence that the groups allow.
fn sequence<'t>(words: &[Word<'t>], at: &mut usize, close: Option<&str>) -> Result<Vec<Vec<Word<'t>>>, PatternError> {
    let opened = at.checked_sub(1).and_then(|i| words.get(i)).map_or(0, |w| w.at);
    let mut done: Vec<Vec<Word<'t>>> = Vec::new();
    let mut current: Vec<Vec<Word<'t>>> = vec![Vec::new()];
    while let Some(word) = words.get(*at) {
        match &*word.text {
            open @ ("[" | "(") => {
                *at += 1;
                let mut inner = fold_words(sequence(words, at, Some(if open == "[" { "]" } else { ")" }))?);
                if word.text == "(" {
                    inner.push(Vec::new());
                }
                current = current
                    .iter()
                    .flat_map(|head| inner.iter().map(|tail| [head.clone(), tail.clone()].concat()))
                    .collect();
            }
            "|" if close.is_some() => {
                *at += 1;
                done.append(&mut current);
                current = vec![Vec::new()];
            }
            "]" | ")" => {
                if close == Some(&*word.text) {
                    *at += 1;
                    done.append(&mut current);
                    return Ok(done);
                }
                break;
            }
            _ => {
                *at += 1;
                for head in &mut current {
                    head.push(word.clone());
                }
            }
        }
    }
    if let Some(close) = close {
        return Err(PatternError::new(
            opened,
            "this group is never closed",
            if close == "]" { "add `]`" } else { "add `)`" },
        ));
    }
    done.append(&mut current);
    Ok(done)
}

/// `[a | b | c]` of single words is one word with alternatives: one pattern, not three.
fn fold_words(alternatives: Vec<Vec<Word<'_>>>) -> Vec<Vec<Word<'_>>> {
    let plain = |word: &Word<'_>| word.text.chars().all(|c| !c.is_uppercase() && !matches!(c, '@' | ':' | '!'));
    let marker =
        |word: &Word<'_>| Language::ALL.iter().any(|&l| is_preposition(word.text.split('|').next().unwrap_or(""), l));
    let single = |words: &Vec<Word<'_>>| matches!(words.as_slice(), [word] if plain(word) && !marker(word));
    if alternatives.len() < 2 || !alternatives.iter().all(single) {
        return alternatives;
    }
    let at = alternatives[0][0].at;
    let text: Vec<&str> = alternatives.iter().flatten().map(|word| &*word.text).collect();
    vec![vec![Word { text: Cow::Owned(text.join("|")), at }]]
}

const ARTICLES: &[&str] = &[
    "le", "la", "les", "l'", "un", "une", "son", "sa", "ses", "leur", "leurs", "the", "a", "an", "his", "her", "its",
    "their",
];

const PREPOSITIONS_FR: &[&str] = &[
    "à",
    "de",
    "en",
    "par",
    "pour",
    "contre",
    "sur",
    "avec",
    "vers",
    "dans",
    "chez",
    "entre",
    "sous",
    "devant",
    "envers",
    "auprès",
    "face",
    "parmi",
    "hors",
    "depuis",
    "après",
    "avant",
    "sans",
    "lors",
    "près",
    "malgré",
    "derrière",
    "durant",
    "pendant",
    "via",
    "autour",
    "selon",
    "que",
    "comme",
    "aux",
    "au",
    "du",
    "des",
    "d'",
    "jusqu'à",
    "jusque",
    "dès",
    "afin",
];

const PREPOSITIONS_EN: &[&str] = &[
    "to",
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "against",
    "from",
    "into",
    "onto",
    "over",
    "under",
    "toward",
    "towards",
    "about",
    "between",
    "among",
    "upon",
    "through",
    "across",
    "off",
    "out",
    "up",
    "down",
    "behind",
    "before",
    "after",
    "near",
    "around",
    "amid",
    "outside",
    "inside",
    "within",
    "without",
    "alongside",
    "as",
    "that",
    "along",
    "beside",
    "beyond",
    "during",
];

/// Whether a word is a preposition or marker of the language, as the notation reads it.
pub fn is_preposition(word: &str, language: Language) -> bool {
    match language {
        Language::French => PREPOSITIONS_FR.contains(&word),
        Language::English => PREPOSITIONS_EN.contains(&word),
    }
}

/// Folds contracted French prepositions so that `au` and `à` are one.
fn fold_preposition(word: &str) -> CompactString {
    match word {
        "au" | "aux" => "à".into(),
        "du" | "des" | "d'" => "de".into(),
        other => other.into(),
    }
}

struct Assembler {
    trigger: Option<Trigger>,
    elements: Vec<Element>,
    reflexive: bool,
    behind: Vec<CompactString>,
}

fn assemble(words: &[Word<'_>], language: Language) -> Result<(Trigger, Vec<Element>), PatternError> {
    let mut state = Assembler { trigger: None, elements: Vec::new(), reflexive: false, behind: Vec::new() };
    for (i, word) in words.iter().enumerate() {
        let first = word.text.split('|').next().unwrap_or("");
        if ARTICLES.contains(&&*word.text) {
            continue;
        }
        if (word.text == "se" || word.text == "s'") && state.trigger.is_none() {
            state.reflexive = true;
        } else if is_role(first) {
            state.role(word)?;
        } else if let Some(name) = word.text.strip_prefix('@') {
            let behind = std::mem::take(&mut state.behind);
            state.elements.push(Element::Class { name: name.into(), behind });
        } else if is_preposition(first, language) && state.trigger.is_some() {
            state.preposition(word, words.get(i + 1).is_some());
        } else {
            state.word(word)?;
        }
    }
    let at = words.first().map_or(0, |w| w.at);
    let Some(trigger) = state.trigger else {
        return Err(PatternError::new(
            at,
            "the line has no trigger",
            "write the lemma of the verb, or of a noun with `:n`",
        ));
    };
    if !state.behind.is_empty() {
        state.elements.push(Element::Word { lemmas: state.behind, behind: Vec::new() });
    }
    Ok((trigger, state.elements))
}

fn is_role(word: &str) -> bool {
    let name = word.split(['!', '@']).next().unwrap_or(word);
    name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase())
}

impl Assembler {
    fn preposition(&mut self, word: &Word<'_>, more: bool) {
        // Two in a row: the first was a particle after all ("put up with").
        if !self.behind.is_empty() {
            let lemmas = std::mem::take(&mut self.behind);
            self.elements.push(Element::Word { lemmas, behind: Vec::new() });
        }
        let alternatives: Vec<CompactString> = word.text.split('|').map(fold_preposition).collect();
        if more {
            self.behind = alternatives;
        } else {
            self.elements.push(Element::Word { lemmas: alternatives, behind: Vec::new() });
        }
    }

    fn role(&mut self, word: &Word<'_>) -> Result<(), PatternError> {
        let required = word.text.contains('!');
        let plain = word.text.replace('!', "");
        let mut parts = plain.split('@');
        let name = parts.next().unwrap_or("");
        let kinds: Vec<CompactString> = parts.flat_map(|kinds| kinds.split('|')).map(CompactString::from).collect();
        let behind = std::mem::take(&mut self.behind);
        let role = match name {
            "ACTOR" => SlotRole::Actor,
            "SPEAKER" => {
                let slot = Slot { role: SlotRole::Actor, position: Position::Speaking, kinds, required: true };
                self.elements.push(Element::Slot(slot));
                return Ok(());
            }
            "RECIPIENT" => SlotRole::Recipient,
            "CO" => SlotRole::Co,
            "THEME" => SlotRole::Theme,
            "INF" => {
                self.elements.push(Element::Infinitive { behind });
                return Ok(());
            }
            "THAT" => {
                self.elements.push(Element::That);
                return Ok(());
            }
            _ => {
                let hint = "roles are ACTOR, SPEAKER, RECIPIENT, CO, THEME, INF, THAT; other words are lower case";
                return Err(PatternError::new(word.at, format!("`{name}` is no role"), hint));
            }
        };
        for kind in &kinds {
            let known = kind.parse::<Sector>().is_ok() || KINDS.contains(&kind.as_str());
            if !known {
                let hint =
                    "kinds are state, person, organization, people, group, place, asset, human, or a PLOVER sector";
                return Err(PatternError::new(word.at, format!("`{kind}` is no kind of party"), hint));
            }
        }
        let position = if !behind.is_empty() {
            Position::Behind(behind)
        } else if self.trigger.is_none() {
            Position::Before
        } else {
            Position::After
        };
        self.elements.push(Element::Slot(Slot { role, position, kinds, required }));
        Ok(())
    }

    fn word(&mut self, word: &Word<'_>) -> Result<(), PatternError> {
        let (text, pos) = match word.text.rsplit_once(':') {
            Some((text, "n")) => (text, TriggerPos::Noun),
            Some((text, "v")) => (text, TriggerPos::Verb),
            Some((text, "a")) => (text, TriggerPos::Adjective),
            Some((_, other)) => {
                let message = format!("`:{other}` is no part of speech");
                return Err(PatternError::new(word.at, message, "use :n, :v or :a"));
            }
            None => (&*word.text, TriggerPos::Verb),
        };
        if text.split('|').any(str::is_empty) {
            return Err(PatternError::new(
                word.at,
                "an alternative is empty",
                "write a|b without spaces and without a lone bar",
            ));
        }
        if let Some(c) = text.chars().find(|c| !(c.is_alphanumeric() || "|_'’-./".contains(*c))) {
            return Err(PatternError::new(
                word.at,
                format!("`{c}` means nothing here"),
                "words are letters, digits, `-`, `'`, `_`, `|`",
            ));
        }
        let text = text.replace('’', "'").to_lowercase();
        if self.trigger.is_some() {
            let behind = std::mem::take(&mut self.behind);
            let lemmas = text.split('|').map(|w| CompactString::from(w.replace('_', " "))).collect();
            self.elements.push(Element::Word { lemmas, behind });
            return Ok(());
        }
        let (lemmas, particle) = match text.split_once('_') {
            Some((verbs, particle)) => (verbs.to_owned(), Some(CompactString::from(particle))),
            None => (text, None),
        };
        let lemmas = lemmas.split('|').map(CompactString::from).collect();
        self.trigger = Some(Trigger { lemmas, pos, particle, reflexive: self.reflexive });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str, language: Language) -> (Trigger, Vec<Element>) {
        let mut all = parse(line, language).unwrap();
        assert_eq!(all.len(), 1, "{line}");
        all.remove(0)
    }

    #[test]
    fn a_plain_line_has_subject_trigger_and_object() {
        let (trigger, elements) = one("ACTOR condamner|dénoncer RECIPIENT!", Language::French);
        assert_eq!(trigger.lemmas, ["condamner", "dénoncer"]);
        assert_eq!(elements.len(), 2);
        let Element::Slot(slot) = &elements[1] else { panic!() };
        assert_eq!((slot.role, &slot.position, slot.required), (SlotRole::Recipient, &Position::After, true));
    }

    #[test]
    fn groups_and_options_expand() {
        let all = parse("ACTOR send @troops [to | in support of] RECIPIENT", Language::English).unwrap();
        assert_eq!(all.len(), 2);
        let Element::Word { lemmas, behind } = &all[1].1[2] else { panic!("{:?}", all[1].1) };
        assert_eq!((lemmas[0].as_str(), behind[0].as_str()), ("support", "in"));
        assert_eq!(parse("ACTOR reculer (devant RECIPIENT)", Language::French).unwrap().len(), 2);
    }

    #[test]
    fn particles_articles_and_pronominals_are_read() {
        let (trigger, elements) = one("ACTOR call_off the strike", Language::English);
        assert_eq!((trigger.particle.as_deref(), elements.len()), (Some("off"), 2));
        assert!(one("ACTOR se retirer de THEME", Language::French).0.reflexive);
    }

    #[test]
    fn phrasal_verbs_in_a_list_keep_their_particles() {
        let all = parse("ACTOR reject|rule_out|turn_down RECIPIENT", Language::English).unwrap();
        let particles: Vec<_> = all.iter().map(|(t, _)| t.particle.as_deref()).collect();
        assert_eq!(particles, [None, Some("out"), Some("down")]);
        assert_eq!(one("ACTOR pick|round_up RECIPIENT", Language::English).0.lemmas, ["pick", "round"]);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (line, at) in
            [("ACTOR", 0), ("ACTOR [a | b", 6), ("ACTOR faire VICTIM", 12), ("ACTOR a||b", 6), ("a RECIPIENT@dog", 2)]
        {
            let error = parse(line, Language::French).unwrap_err();
            assert_eq!(error.at, at, "{line}: {}", error.message);
        }
    }
}
