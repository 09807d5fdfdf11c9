//! One phrase, no text around it: "le chef de la diplomatie russe", "Hamas", "Merkel".
//!
//! Needs no parse. Every reading of the phrase is an [`Answer`]; the best comes first, the next is the runner-up.

use compact_str::CompactString;
use depeche_model::{Country, Language, Sector};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    Directory,
    entry::{Entry, EntryKind, FormSort, RoleSort},
    fold,
    trie::Word,
};

/// One reading of a phrase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Canonical name; empty for a description that names nobody.
    pub name: String,
    /// State or body.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Sector,
    /// Office held on the day; empty for none.
    pub office: String,
    /// Wikidata id, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Table and line, and how they were reached.
    pub reason: String,
    /// Rank among the answers, higher is better; not a probability.
    pub score: u32,
}

/// Every reading of a phrase on a day, best first. Without a day, persons are what their last term makes them.
///
/// ```
/// use depeche_resolve::who::{Directory, lookup};
///
/// let directory = Directory::embedded();
/// let answers = lookup(&directory, "le chef de la diplomatie russe", Some("2015-03-02".parse()?));
/// assert_eq!(answers[0].name, "Sergey Lavrov");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lookup(directory: &Directory, phrase: &str, on: Option<Date>) -> Vec<Answer> {
    let pieces = content(phrase);
    let mut answers: Vec<Answer> = names(directory, &pieces, on);
    for language in Language::ALL {
        answers.extend(description(directory, &pieces, language, on));
    }
    answers
        .sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)).then_with(|| a.reason.cmp(&b.reason)));
    answers.dedup_by(|b, a| a.name == b.name && a.country == b.country && a.sector == b.sector && a.office == b.office);
    answers
}

/// The pieces of a phrase without a leading article.
fn content(phrase: &str) -> Vec<CompactString> {
    let mut pieces = fold::pieces(phrase);
    let article = pieces
        .first()
        .is_some_and(|p| matches!(p.as_str(), "le" | "la" | "l" | "les" | "un" | "une" | "des" | "the" | "a" | "an"));
    if article && pieces.len() > 1 {
        pieces.remove(0);
    }
    pieces
}

/// Entries that the whole phrase names.
fn names(directory: &Directory, pieces: &[CompactString], on: Option<Date>) -> Vec<Answer> {
    let refs = directory.names.get(pieces).iter();
    let valid = refs.filter(|r| on.is_none_or(|day| directory.entries[r.entry as usize].valid_on(day)));
    valid
        .map(|r| {
            let entry = &directory.entries[r.entry as usize];
            let base = match r.sort {
                FormSort::Full => 900,
                FormSort::Name | FormSort::Nickname => 850,
                FormSort::Capital => 800,
                FormSort::Adjective | FormSort::Inhabitant => 750,
                FormSort::Short => 700,
                FormSort::Byname => 200,
            };
            of_entry(directory, entry, on, base, "by name")
        })
        .collect()
}

fn of_entry(directory: &Directory, entry: &Entry, on: Option<Date>, score: u32, how: &str) -> Answer {
    let mut answer = Answer {
        name: entry.name.to_string(),
        country: entry.country,
        sector: entry.sector,
        office: String::new(),
        wikidata: entry.wikidata.as_ref().map(ToString::to_string),
        reason: format!("{}:{}, {how}", entry.table, entry.line),
        score,
    };
    if entry.kind == EntryKind::Person
        && let Some(standing) = directory.standing(entry, on)
    {
        answer.country = Some(standing.country);
        answer.sector = standing.sector;
        answer.office = standing.office.to_string();
        answer.score += if standing.current { 40 } else { 0 };
        answer.reason.push_str(if standing.current { "" } else { "; out of office on that day" });
    }
    answer
}

/// The phrase as an office or role with a country.
fn description(directory: &Directory, pieces: &[CompactString], language: Language, on: Option<Date>) -> Vec<Answer> {
    let numbers = |find: &dyn Fn(&str) -> Word| pieces.iter().map(|p| find(p)).collect::<Vec<Word>>();
    let nouns = numbers(&|p| directory.nouns.word(p));
    let noun = (0..pieces.len()).find_map(|at| {
        let found = directory
            .nouns
            .prefixes(&nouns[at..])
            .filter_map(|(n, refs)| refs.iter().find(|r| r.language == language).map(|r| (at, at + n, r.role)));
        found.last()
    });
    let Some((first, end, role)) = noun else { return Vec::new() };
    let names = numbers(&|p| directory.names.word(p));
    let outside = (0..pieces.len()).filter(|at| *at < first || *at >= end);
    let owner = outside.filter_map(|at| owner(directory, &names[at..], language, on)).max_by_key(|(length, _)| *length);
    let role = &directory.roles[role as usize];
    let owner = owner.map(|(_, entry)| entry);
    let country = owner.and_then(|e| directory.standing(e, on).map_or(e.country, |s| Some(s.country)));
    let body = owner.filter(|e| e.kind == EntryKind::Organization && role.sector == Sector::Gov).map(|e| e.sector);
    let reason = match owner {
        Some(owner) => format!("noun of role in {language}; {}:{} {}", owner.table, owner.line, owner.name),
        None => format!("noun of role in {language}, no country told"),
    };
    let bare = Answer {
        name: String::new(),
        country,
        sector: body.unwrap_or(role.sector),
        office: role.offices.first().map_or_else(String::new, ToString::to_string),
        wikidata: None,
        reason: reason.clone(),
        score: 300 + 10 * (end - first) as u32 + if country.is_some() { 100 } else { 0 },
    };
    let holder = on
        .zip(country)
        .filter(|_| role.sort == RoleSort::Office)
        .and_then(|(day, country)| role.single_offices().find_map(|office| directory.holder(country, office, day)));
    let held = holder.map(|entry| Answer {
        reason: format!("{reason}; {}:{} held the office", entry.table, entry.line),
        office: bare.office.clone(),
        ..of_entry(directory, entry, on, bare.score + 400, "by office")
    });
    held.into_iter().chain([bare]).collect()
}

/// The longest name at the start of `words`, and its entry.
fn owner<'d>(
    directory: &'d Directory,
    words: &[Word],
    language: Language,
    on: Option<Date>,
) -> Option<(usize, &'d Entry)> {
    let longest = directory.names.prefixes(words).filter_map(|(length, refs)| {
        let fits = |r: &&super::entry::FormRef| {
            r.language.is_none_or(|l| l == language) && !matches!(r.sort, FormSort::Byname | FormSort::Short)
        };
        let mut entries = refs.iter().filter(fits).map(|r| &directory.entries[r.entry as usize]);
        entries.find(|e| on.is_none_or(|day| e.valid_on(day))).map(|e| (length, e))
    });
    longest.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(phrase: &str, day: &str) -> Answer {
        lookup(&Directory::embedded(), phrase, day.parse().ok()).remove(0)
    }

    #[test]
    fn an_office_is_held_on_a_day() {
        assert_eq!(first("le président américain", "2016-05-03").name, "Barack Obama");
        assert_eq!(first("the Russian foreign minister", "2015-03-02").name, "Sergey Lavrov");
        assert_eq!(first("le chef de la diplomatie russe", "2015-03-02").name, "Sergey Lavrov");
    }

    #[test]
    fn a_name_out_of_office_is_an_elite() {
        assert_eq!(first("Barack Obama", "2019-01-01").sector, Sector::Eli);
        assert_eq!(first("Barack Obama", "2010-01-01").sector, Sector::Gov);
    }

    #[test]
    fn a_description_without_a_holder_is_its_state_and_sector() {
        let answer = first("l'armée chinoise", "2020-01-01");
        assert_eq!((answer.country, answer.sector), (Country::new("CHN"), Sector::Mil));
        let answer = first("a Hamas spokesman", "2020-01-01");
        assert_eq!((answer.country, answer.sector), (Country::new("PSE"), Sector::Reb));
    }

    #[test]
    fn nonsense_has_no_answer() {
        assert!(lookup(&Directory::embedded(), "xyzzy plugh", None).is_empty());
        assert!(lookup(&Directory::embedded(), "", None).is_empty());
    }
}
