//! The words of `lexicon/places/words.tsv`: prepositions and nouns that tell places.

use std::sync::OnceLock;

use depeche_model::Language;
use rustc_hash::FxHashSet;

use super::{Kind, entry, fold::fold};

/// Sets of folded words, French and English.
#[derive(Debug, Default)]
pub(super) struct Words {
    locative: [FxHashSet<&'static str>; 2],
    fixed: [FxHashSet<&'static str>; 2],
    region: [FxHashSet<&'static str>; 2],
    settlement: [FxHashSet<&'static str>; 2],
    site: [FxHashSet<&'static str>; 2],
    deictic: [FxHashSet<&'static str>; 2],
    demonstrative: [FxHashSet<&'static str>; 2],
    pointer: [FxHashSet<&'static str>; 2],
    never: [FxHashSet<&'static str>; 2],
    part: [FxHashSet<&'static str>; 2],
    named: [FxHashSet<&'static str>; 2],
}

impl Words {
    /// The embedded table, read once.
    pub fn get() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Self::read(include_str!("../../../../lexicon/places/words.tsv")))
    }

    fn read(table: &'static str) -> Self {
        let mut words = Self::default();
        for (_, columns) in entry::lines(table) {
            let &[class, language, forms] = columns.as_slice() else { continue };
            let sets = match class {
                "locative" => &mut words.locative,
                "static" => &mut words.fixed,
                "region" => &mut words.region,
                "settlement" => &mut words.settlement,
                "site" => &mut words.site,
                "deictic" => &mut words.deictic,
                "demonstrative" => &mut words.demonstrative,
                "pointer" => &mut words.pointer,
                "never" => &mut words.never,
                "part" => &mut words.part,
                "named" => &mut words.named,
                _ => continue,
            };
            sets[usize::from(language == "en")].extend(forms.split(';'));
        }
        words
    }

    /// Whether a preposition puts a name after it somewhere.
    pub fn locates(&self, word: &str, language: Language) -> bool {
        self.locative[side(language)].contains(fold(word).as_str())
    }

    /// Whether a preposition tells where an act is done.
    pub fn fixes(&self, word: &str, language: Language) -> bool {
        self.fixed[side(language)].contains(fold(word).as_str())
    }

    /// Whether a noun, by its lemma or form, is a place by itself.
    pub fn is_site(&self, word: &str, language: Language) -> bool {
        self.site[side(language)].contains(fold(word).as_str())
    }

    /// Whether a noun tells a sort of place: "province", "town".
    pub fn is_sort(&self, word: &str, language: Language) -> bool {
        let key = fold(word);
        self.region[side(language)].contains(key.as_str()) || self.settlement[side(language)].contains(key.as_str())
    }

    /// Whether a determiner points to what was named before: "the town", "la ville", "this border".
    pub fn points_with(&self, word: &str, language: Language) -> bool {
        self.pointer[side(language)].contains(word.to_lowercase().as_str())
    }

    /// Whether a determiner points to one that was named before and to no other: "cette", "that".
    pub fn demonstrates(&self, word: &str, language: Language) -> bool {
        self.demonstrative[side(language)].contains(word.to_lowercase().as_str())
    }

    /// Whether a word points to a place named before.
    pub fn points_back(&self, word: &str, language: Language) -> bool {
        // "là" points, "la" does not: the accent counts here.
        self.deictic[side(language)].contains(word.to_lowercase().as_str())
    }

    /// Whether a noun is a part of a place: "faubourgs", "outskirts".
    pub fn is_part(&self, word: &str, language: Language) -> bool {
        self.part[side(language)].contains(fold(word).as_str())
    }

    /// Whether a folded word is never a place.
    pub fn is_never(&self, key: &str, language: Language) -> bool {
        self.never[side(language)].contains(key)
    }

    /// Whether a noun makes a name of what stands beside it: "rue", "Avenue".
    pub fn names(&self, word: &str, language: Language) -> bool {
        self.named[side(language)].contains(fold(word).as_str())
    }

    /// The sort of place that the last words before a name tell: "dans la province de", "the city of".
    pub fn sort_before(&self, before: &str, language: Language) -> Option<Kind> {
        let key = fold(before);
        let mut words = key.rsplit(' ');
        let link = words.next()?;
        let linked = match language {
            Language::French => matches!(link, "de" | "d" | "du" | "des"),
            Language::English => link == "of",
        };
        let noun = if linked { words.next()? } else { link };
        if self.region[side(language)].contains(noun) {
            Some(Kind::Region)
        } else if self.settlement[side(language)].contains(noun) {
            Some(Kind::City)
        } else {
            None
        }
    }

    /// Whether the words before a name lead from an adjective to it: "the Kenyan city of", "l'île comorienne d'".
    pub fn leads_to_name(&self, before: &str, language: Language) -> bool {
        let key = fold(before);
        let last = key.rsplit(' ').next().unwrap_or_default();
        match language {
            Language::French => matches!(last, "de" | "d" | "du" | "des"),
            Language::English => {
                let noun =
                    self.settlement[1].contains(last) || self.region[1].contains(last) || self.site[1].contains(last);
                noun || last == "of"
            }
        }
    }

    /// Whether the text between two names says that the second holds the first: ", ", ", au ", " (", ", grand port de l'".
    pub fn is_containing(gap: &str, language: Language) -> bool {
        if gap.contains(['\n', '.', ';', ':', '!', '?']) {
            return false;
        }
        let opened = gap.trim_start().starts_with([',', '(']);
        let key = fold(gap);
        if key.is_empty() {
            return opened;
        }
        let words: Vec<&str> = key.split(' ').collect();
        let links: &[&str] = match language {
            Language::French => &["de", "d", "du", "des", "en", "au", "aux", "dans", "la", "le", "l", "les", "a"],
            Language::English => {
                &["of", "in", "the", "s", "eastern", "western", "northern", "southern", "central", "from"]
            }
        };
        let all = words.iter().all(|w| links.contains(w) || matches!(*w, "nord" | "sud" | "est" | "ouest" | "centre"));
        let last = words.last().is_some_and(|w| links.contains(w) && !matches!(*w, "a" | "from"));
        all && words.iter().any(|w| !matches!(*w, "la" | "le" | "the" | "l" | "s" | "de" | "of" | "d"))
            && words.len() <= 5
            || (opened && (all || last))
    }
}

const fn side(language: Language) -> usize {
    match language {
        Language::French => 0,
        Language::English => 1,
    }
}
