//! The grammar of temporal expressions, read from `lexicon/words/time.*.txt`.
//!
//! A table holds words with a value (`month 1 janvier janv.`), groups that phrases share, phrases with what they mean,
//! `never` phrases that only look like a date ("une fillette de 6 ans"), and the prepositions that bound one. Phrases
//! are stored in one trie per table, so that the four hundred that may begin with "le" cost a handful of tests.
//!
//! The longest phrase wins; of two equally long, the one written first. Brackets mark the extent where a phrase needs
//! its surroundings: `remonte au [<day> <month>]`.

use depeche_model::{Diagnostic, Language};
use rustc_hash::FxHashMap;

use super::{
    expression::Tense,
    sense::{Bound, DayPart, Frame, Season, Sense, Unit},
};
use crate::{numerals::Numerals, scan::fold};

/// What a word is known as, besides itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Class {
    Month(i8),
    Weekday(i8),
    Unit(Unit),
    Season(Season),
    DayPart(DayPart),
    Ordinal(i8),
}

/// A class as patterns name it, or a shape of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    Month,
    Weekday,
    Unit,
    Season,
    DayPart,
    Ordinal,
    /// Any number, in digits or words.
    Number,
    /// 1 to 31 in digits.
    Day,
    /// 1 to 12 in digits.
    MonthNumber,
    /// Four digits, 1000 to 2199.
    Year,
    /// Two digits of a year.
    ShortYear,
    /// A decade's first year: 1980.
    Decade,
    /// Two digits of a decade: 80.
    ShortDecade,
    /// 0 to 24.
    Hour,
    /// 0 to 59 in two digits.
    Minute,
    /// A Roman number.
    Roman,
}

impl Slot {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "month" => Self::Month,
            "weekday" => Self::Weekday,
            "unit" => Self::Unit,
            "season" => Self::Season,
            "daypart" => Self::DayPart,
            "ordinal" => Self::Ordinal,
            "n" => Self::Number,
            "day" => Self::Day,
            "mm" => Self::MonthNumber,
            "year" => Self::Year,
            "yy" => Self::ShortYear,
            "decade" => Self::Decade,
            "dd" => Self::ShortDecade,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "roman" => Self::Roman,
            _ => return None,
        })
    }
}

/// What a period behind a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dotted {
    /// The sentence's.
    #[default]
    Never,
    /// The word's, if there is one.
    May,
    /// The word's; without one, it is another word.
    Must,
}

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Atom {
    /// One of these words.
    Words(Vec<u16>),
    Slot(Slot),
    Group(u16),
    /// No space before the next word.
    Glued,
    Open,
    Close,
}

/// What a finished phrase sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Effect {
    /// `None` in a `never` phrase; groups leave it alone.
    pub frame: Option<Frame>,
    pub sets: Vec<(String, String)>,
    pub never: bool,
    pub line: u32,
}

/// A node of a trie.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub edges: Vec<(Atom, u32)>,
    pub accept: Option<u32>,
}

/// A compiled table.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub language: Option<Language>,
    pub words: FxHashMap<String, u16>,
    /// Classes of each word.
    pub classes: Vec<Vec<Class>>,
    /// Whether the word must begin with a capital.
    pub capital: Vec<bool>,
    /// Whether the word is an abbreviation: a period behind it may ("Jan"), must ("sept.") or may not belong to it.
    pub dotted: Vec<Dotted>,
    pub nodes: Vec<Node>,
    /// First node of the phrases, then of each group.
    pub roots: Vec<u32>,
    pub effects: Vec<Effect>,
    /// Words and runs of words that tell which way a clause points, by their first word.
    pub cues: FxHashMap<u16, Vec<(Tense, Vec<u16>)>>,
    /// Endings that do so, for words of five letters and more.
    pub endings: Vec<(Tense, String)>,
    /// Words that bound an expression, as they stand before it.
    pub bounds: Vec<(Bound, Vec<u16>)>,
    /// Which edges of the phrases' root a word can take; empty for most.
    pub starts: Vec<Vec<u32>>,
    /// The same for digits.
    pub digit_starts: Vec<u32>,
}

impl Grammar {
    /// Reads and compiles a table.
    pub fn read(file: &str, text: &str, language: Language) -> Result<Self, Diagnostic> {
        let mut reader = Reader { grammar: Self::default(), groups: FxHashMap::default(), file };
        reader.grammar.language = Some(language);
        reader.grammar.words.insert(String::new(), 0);
        reader.grammar.classes.push(Vec::new());
        reader.grammar.capital.push(false);
        reader.grammar.dotted.push(Dotted::Never);
        reader.grammar.nodes.push(Node::default());
        reader.grammar.roots.push(0);
        for key in sorted(Numerals::of(language).keys()) {
            reader.grammar.word(key);
        }
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if !line.is_empty() {
                reader.line(line, index as u32 + 1)?;
            }
        }
        reader.grammar.index_starts();
        Ok(reader.grammar)
    }

    /// Number of a word, given one if it has none yet.
    fn word(&mut self, key: &str) -> u16 {
        if let Some(&id) = self.words.get(key) {
            return id;
        }
        let id = u16::try_from(self.classes.len()).unwrap_or(u16::MAX);
        self.words.insert(key.to_owned(), id);
        self.classes.push(Vec::new());
        self.capital.push(false);
        self.dotted.push(Dotted::Never);
        id
    }

    fn insert(&mut self, root: u32, atoms: &[Atom], effect: u32) {
        let mut node = root;
        for atom in atoms {
            let known = self.nodes[node as usize].edges.iter().find(|(a, _)| a == atom).map(|&(_, next)| next);
            node = known.unwrap_or_else(|| {
                let next = self.nodes.len() as u32;
                self.nodes.push(Node::default());
                self.nodes[node as usize].edges.push((atom.clone(), next));
                next
            });
        }
        self.nodes[node as usize].accept.get_or_insert(effect);
    }

    /// Which way a clause points by the words from `at` on, given as numbers and folded text.
    pub fn cue(&self, ids: &[u16], key: &str) -> Option<Tense> {
        let sequences = ids.first().and_then(|first| self.cues.get(first)).map_or(&[][..], Vec::as_slice);
        let longest = sequences.iter().filter(|(_, words)| ids.starts_with(words)).max_by_key(|(_, words)| words.len());
        let by_ending = || self.endings.iter().find(|(_, ending)| key.len() > 4 && key.ends_with(ending.as_str()));
        longest.map(|&(tense, _)| tense).or_else(|| by_ending().map(|&(tense, _)| tense))
    }

    /// Which edges of the root each word can take, so that most words are passed over at once.
    fn index_starts(&mut self) {
        self.starts = vec![Vec::new(); self.classes.len()];
        for (index, (atom, next)) in self.nodes[0].edges.clone().iter().enumerate() {
            let mut words = vec![false; self.classes.len()];
            let mut digits = false;
            self.first_words(atom, *next, &mut words, &mut digits);
            for (word, _) in words.iter().enumerate().filter(|(_, can)| **can) {
                self.starts[word].push(index as u32);
            }
            if digits {
                self.digit_starts.push(index as u32);
            }
        }
    }

    fn first_words(&self, atom: &Atom, next: u32, words: &mut [bool], digits: &mut bool) {
        match atom {
            Atom::Words(ids) => ids.iter().for_each(|&id| words[id as usize] = true),
            Atom::Slot(slot) => {
                *digits |= slot.takes_digits();
                for (id, classes) in self.classes.iter().enumerate() {
                    words[id] |= classes.iter().any(|class| slot.takes(*class));
                }
                if *slot == Slot::Number {
                    let numerals = self.language.map(Numerals::of);
                    for (key, &id) in &self.words {
                        words[id as usize] |= numerals.is_some_and(|n| n.begins(key));
                    }
                }
                if *slot == Slot::Roman {
                    words[0] = true;
                }
            }
            Atom::Group(group) => {
                let root = self.roots[*group as usize] as usize;
                for (a, n) in &self.nodes[root].edges {
                    self.first_words(a, *n, words, digits);
                }
            }
            Atom::Open | Atom::Close | Atom::Glued => {
                let edges = &self.nodes[next as usize].edges;
                for (a, n) in edges {
                    self.first_words(a, *n, words, digits);
                }
            }
        }
    }
}

impl Slot {
    /// Whether digits can fill it.
    pub const fn takes_digits(self) -> bool {
        !matches!(
            self,
            Self::Month | Self::Weekday | Self::Unit | Self::Season | Self::DayPart | Self::Ordinal | Self::Roman
        )
    }

    /// Whether a word of that class fills it.
    pub const fn takes(self, class: Class) -> bool {
        matches!(
            (self, class),
            (Self::Month, Class::Month(_))
                | (Self::Weekday, Class::Weekday(_))
                | (Self::Unit, Class::Unit(_))
                | (Self::Season, Class::Season(_))
                | (Self::DayPart, Class::DayPart(_))
                | (Self::Ordinal, Class::Ordinal(_))
        )
    }
}

fn sorted<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys
}

/// A table half read.
struct Reader<'f> {
    grammar: Grammar,
    groups: FxHashMap<String, u16>,
    file: &'f str,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: u32) -> Result<(), Diagnostic> {
        let (head, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let done = match head {
            "month" | "weekday" | "unit" | "season" | "daypart" | "ordinal" => self.class(head, rest),
            "bound" => self.bound(rest),
            "cue" | "ending" => self.cue(head, rest),
            "group" => self.group(rest, number),
            "phrase" => self.phrase(rest, false, number),
            "never" => self.phrase(rest, true, number),
            _ => Err(format!("`{head}` begins no line of a time table")),
        };
        done.map_err(|message| {
            Diagnostic::error(self.file, message).at(number, 1).hint("see the head of the file for the form of a line")
        })
    }

    /// `month 1 janvier janv.`
    fn class(&mut self, head: &str, rest: &str) -> Result<(), String> {
        let mut fields = rest.split_whitespace();
        let value = fields.next().ok_or("a value is missing")?;
        let number = || value.parse::<i8>().map_err(|_| format!("`{value}` is no number"));
        let class = match head {
            "month" => Class::Month(number()?),
            "weekday" => Class::Weekday(number()?),
            "ordinal" => Class::Ordinal(number()?),
            "unit" => Class::Unit(Unit::from_key(value).ok_or_else(|| format!("`{value}` is no unit"))?),
            "season" => Class::Season(Season::from_key(value).ok_or_else(|| format!("`{value}` is no season"))?),
            _ => Class::DayPart(DayPart::from_key(value).ok_or_else(|| format!("`{value}` is no part of a day"))?),
        };
        for form in fields {
            let stem = form.trim_end_matches('.');
            let id = self.grammar.word(&fold(stem)) as usize;
            let known = self.grammar.classes[id].contains(&class);
            if stem.len() < form.len() {
                self.grammar.dotted[id] = if known { Dotted::May } else { Dotted::Must };
            }
            if !known {
                self.grammar.classes[id].push(class);
            }
            self.grammar.capital[id] = form.chars().next().is_some_and(char::is_uppercase);
        }
        Ok(())
    }

    /// `bound since à partir de`
    fn bound(&mut self, rest: &str) -> Result<(), String> {
        let (key, words) = rest.split_once(char::is_whitespace).ok_or("words are missing")?;
        let bound = Bound::from_key(key).ok_or_else(|| format!("`{key}` is no bound"))?;
        for sequence in words.split('|') {
            let ids = sequence.split_whitespace().map(|word| self.grammar.word(&fold(word))).collect();
            self.grammar.bounds.push((bound, ids));
        }
        Ok(())
    }

    /// `cue future sera | va être`, `ending future era | eront`
    fn cue(&mut self, head: &str, rest: &str) -> Result<(), String> {
        let (key, words) = rest.split_once(char::is_whitespace).ok_or("words are missing")?;
        let tense = match key {
            "past" => Tense::Past,
            "future" => Tense::Future,
            _ => return Err(format!("`{key}` is neither past nor future")),
        };
        for sequence in words.split('|') {
            if head == "ending" {
                self.grammar.endings.push((tense, fold(sequence.trim())));
                continue;
            }
            let ids: Vec<u16> = sequence.split_whitespace().map(|word| self.grammar.word(&fold(word))).collect();
            let first = *ids.first().ok_or("a `|` stands beside nothing")?;
            self.grammar.cues.entry(first).or_default().push((tense, ids));
        }
        Ok(())
    }

    /// `group last dernier | dernière = pick=last`
    fn group(&mut self, rest: &str, line: u32) -> Result<(), String> {
        let (name, rest) = rest.split_once(char::is_whitespace).ok_or("a pattern is missing")?;
        let group = self.groups.get(name).copied().unwrap_or_else(|| {
            let root = self.grammar.nodes.len() as u32;
            self.grammar.nodes.push(Node::default());
            self.grammar.roots.push(root);
            self.grammar.roots.len() as u16 - 1
        });
        self.groups.insert(name.to_owned(), group);
        let (pattern, sets) = rest.split_once(" =").unwrap_or((rest, ""));
        let effect = self.effect(None, sets, false, line)?;
        let root = self.grammar.roots[group as usize];
        self.insert(root, pattern, effect)
    }

    /// `phrase il y a [<n> <unit>] = shift sign=-1`
    fn phrase(&mut self, rest: &str, never: bool, line: u32) -> Result<(), String> {
        let (pattern, meaning) = rest.split_once(" =").unwrap_or((rest, ""));
        let meaning = meaning.trim();
        let (head, sets) = meaning.split_once(char::is_whitespace).unwrap_or((meaning, ""));
        let frame = match (never, Frame::from_key(head)) {
            (true, _) => None,
            (false, Some(frame)) => Some(frame),
            (false, None) => return Err(format!("`{head}` is no frame")),
        };
        let effect = self.effect(frame, sets, never, line)?;
        self.insert(0, pattern, effect)
    }

    fn effect(&mut self, frame: Option<Frame>, sets: &str, never: bool, line: u32) -> Result<u32, String> {
        let mut pairs = Vec::new();
        for set in sets.split_whitespace() {
            let (key, value) = set.split_once('=').ok_or_else(|| format!("`{set}` is not of the form key=value"))?;
            Sense::default().set(key, value).ok_or_else(|| format!("`{set}` sets nothing that there is"))?;
            pairs.push((key.to_owned(), value.to_owned()));
        }
        self.grammar.effects.push(Effect { frame, sets: pairs, never, line });
        Ok(self.grammar.effects.len() as u32 - 1)
    }

    fn insert(&mut self, root: u32, pattern: &str, effect: u32) -> Result<(), String> {
        let tokens = lex(pattern);
        let mut at = 0;
        let sequences = self.alternatives(&tokens, &mut at)?;
        if at != tokens.len() {
            return Err(format!("`{}` closes nothing", tokens[at]));
        }
        for sequence in sequences {
            if sequence.is_empty() {
                return Err("a pattern may not match nothing".to_owned());
            }
            self.grammar.insert(root, &sequence, effect);
        }
        Ok(())
    }

    /// `a b | c`: every sequence of atoms that it stands for.
    fn alternatives(&mut self, tokens: &[String], at: &mut usize) -> Result<Vec<Vec<Atom>>, String> {
        let mut all = Vec::new();
        let mut current: Vec<Vec<Atom>> = vec![Vec::new()];
        while let Some(token) = tokens.get(*at) {
            if token == ")" {
                break;
            }
            *at += 1;
            if token == "|" {
                all.append(&mut current);
                current.push(Vec::new());
                continue;
            }
            let mut choices = if token == "(" {
                let inner = self.alternatives(tokens, at)?;
                if tokens.get(*at).map(String::as_str) != Some(")") {
                    return Err("a `(` is not closed".to_owned());
                }
                *at += 1;
                merge_words(inner)
            } else {
                vec![vec![self.atom(token)?]]
            };
            if tokens.get(*at).map(String::as_str) == Some("?") {
                *at += 1;
                choices.push(Vec::new());
            }
            current = current
                .iter()
                .flat_map(|head| choices.iter().map(move |tail| [&head[..], &tail[..]].concat()))
                .collect();
        }
        all.append(&mut current);
        Ok(all)
    }

    fn atom(&mut self, token: &str) -> Result<Atom, String> {
        Ok(match token {
            "[" => Atom::Open,
            "]" => Atom::Close,
            "+" => Atom::Glued,
            _ if token.starts_with('<') => {
                let key = token.trim_matches(['<', '>']);
                Atom::Slot(Slot::from_key(key).ok_or_else(|| format!("`{token}` is no slot"))?)
            }
            _ if token.starts_with('@') => {
                Atom::Group(*self.groups.get(&token[1..]).ok_or_else(|| format!("`{token}` is no group yet"))?)
            }
            "LP" => Atom::Words(vec![self.grammar.word("(")]),
            "RP" => Atom::Words(vec![self.grammar.word(")")]),
            _ => Atom::Words(vec![self.grammar.word(&fold(token))]),
        })
    }
}

/// Single-word alternatives become one atom, so that "(le|la|les)" does not triple a phrase.
fn merge_words(choices: Vec<Vec<Atom>>) -> Vec<Vec<Atom>> {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for choice in choices {
        match &choice[..] {
            [Atom::Words(ids)] => words.extend_from_slice(ids),
            _ => others.push(choice),
        }
    }
    if !words.is_empty() {
        words.sort_unstable();
        words.dedup();
        others.insert(0, vec![Atom::Words(words)]);
    }
    others
}

/// Splits a pattern at spaces and around its marks.
fn lex(pattern: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for field in pattern.split_whitespace() {
        let mut word = String::new();
        for c in field.chars() {
            if matches!(c, '(' | ')' | '|' | '?' | '[' | ']' | '+') {
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                tokens.push(c.to_string());
            } else {
                word.push(c);
            }
        }
        if !word.is_empty() {
            tokens.push(word);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_tells_its_place() {
        for bad in ["moth 1 x", "month x y", "phrase a b = dance", "phrase (a = date", "phrase <foo> = date", "group g"]
        {
            let error = Grammar::read("t.txt", &format!("# head\n{bad}"), Language::English).unwrap_err();
            assert_eq!(error.line, 2, "{bad}: {error}");
        }
    }

    #[test]
    fn options_and_alternatives_share_a_trie() {
        let grammar =
            Grammar::read("t", "phrase (the|this)? day (before|after yesterday)? = shift", Language::English).unwrap();
        assert_eq!(grammar.nodes[0].edges.len(), 2);
    }
}
