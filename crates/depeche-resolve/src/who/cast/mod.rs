//! From a parse to its parties.
//!
//! The passes run in a fixed order, each reading what those before it found:
//! 1. `names`: forms of the tables, by longest match;
//! 2. `persons`: personal names that no table has;
//! 3. `phrase`: offices, roles and groups, with whose they are; a description gives its person country and sector;
//! 4. `refer`: quantities, pronouns, "the two leaders" and other words that stand for a party named before;
//! 5. `focus`: the country that the context gives to what is still without one.

mod dateline;
mod draft;
mod focus;
mod names;
mod pair;
mod persons;
mod phrase;
mod refer;
mod scene;

use depeche_model::{Cast, Country, EntityKind, EntityTag, Language, Parsed, PartyKind, Sector, Upos};
use jiff::civil::Date;

use self::{
    draft::{Draft, Ground},
    phrase::{Cover, Noun},
    scene::Scene,
};
use super::Directory;

pub use crate::place::Geography;

/// Knows no place.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoGeography;

impl Geography for NoGeography {
    fn country_of(&self, _: &str) -> Option<Country> {
        None
    }
}

/// Every party that the words of an article name.
///
/// `whole` is the text that the parse's spans index; `published` decides who holds an office.
pub fn cast(
    parsed: &Parsed,
    whole: &str,
    language: Language,
    published: Option<Date>,
    directory: &Directory,
    geography: &dyn Geography,
) -> Cast {
    let scene = Scene::new(parsed, whole, language, published, directory, geography);
    let hits = names::hits(&scene);
    let tally = names::tally(&scene, &hits);
    let mut drafts = names::drafts(&scene, &hits, &tally);
    let covered = cover(&scene, &drafts);
    drafts.extend(persons::unknown(&scene, &covered));
    drafts.sort_by_key(|d| d.first);
    let covered = cover(&scene, &drafts);
    drafts.extend(places(&scene, &covered));
    drafts.sort_by_key(|d| d.first);
    describe(&scene, &mut drafts);
    refer::qualified(&scene, &mut drafts);
    refer::adjectives(&scene, &mut drafts);
    drafts.retain(|d| !matches!(d.role, Some((_, super::RoleSort::Act))));
    drafts.sort_by_key(|d| (d.first, std::cmp::Reverse(d.end)));
    persons::tie_surnames(&mut drafts);
    refer::bodies(&scene, &mut drafts);
    refer::named_holders(&scene, &mut drafts);
    refer::repeated(&scene, &mut drafts);
    refer::owned(&scene, &mut drafts);
    pair::pairs(&scene, &mut drafts, &tally);
    let main = focus::main_country(&scene, &drafts, &tally);
    focus::fill(&scene, &mut drafts, main, &tally);
    offices(&scene, &mut drafts);
    refer::pronouns(&scene, &mut drafts);
    refer::quantities(&scene, &mut drafts);
    finish(&scene, drafts)
}

/// Which draft covers each token.
fn cover(scene: &Scene<'_>, drafts: &[Draft]) -> Vec<Option<u32>> {
    let mut cover = vec![None; scene.len() as usize];
    for (index, draft) in drafts.iter().enumerate() {
        for token in draft.first..draft.end {
            cover[token as usize] = Some(index as u32);
        }
    }
    cover
}

/// Names of places that no table has: tagged as such, or proper nouns beside a preposition or a role that the gazetteer
/// knows.
fn places(scene: &Scene<'_>, covered: &[Option<u32>]) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut token = 0;
    while token < scene.len() {
        let mut end = token + 1;
        let tagged = scene.entity(token) == EntityTag::Begin(EntityKind::Location);
        if covered[token as usize].is_none() && (tagged || maybe_place(scene, token)) && !phrase::is_noun(scene, token)
        {
            while tagged
                && end < scene.len()
                && scene.entity(end) == EntityTag::Inside(EntityKind::Location)
                && covered[end as usize].is_none()
            {
                end += 1;
            }
            let mut draft = Draft::new(scene, token, end, PartyKind::Place);
            draft.sector = Sector::Cvl;
            let country = scene.geography.country_of(scene.parsed.span(token, end).of(scene.whole));
            draft.place(country.map(|c| scene.directory.sovereign(c)), Ground::Table, "gazetteer");
            if tagged || draft.country.is_some() {
                found.push(draft);
            }
        }
        token = end;
    }
    found
}

/// English months that towns share their names with.
const MONTHS: [&str; 6] = ["january", "march", "april", "june", "july", "august"];

/// Whether an untagged proper noun stands where places do: after a preposition of place or movement, or before a role.
fn maybe_place(scene: &Scene<'_>, token: u32) -> bool {
    let Some(before) = token.checked_sub(1) else { return false };
    let tag = scene.entity(token);
    let lone = tag == EntityTag::Out || tag == EntityTag::Begin(EntityKind::Person);
    let noun = matches!(scene.upos(token), Upos::Noun | Upos::X | Upos::Adj) && scene.locative(before);
    let word = (scene.upos(token) == Upos::Propn || noun)
        && scene.capital(token)
        && lone
        && !MONTHS.contains(&scene.key(token));
    let preposition = scene.upos(before) == Upos::Adp
        && !matches!(scene.key(before), "by" | "par" | "with" | "avec" | "for" | "pour");
    word && scene.text(token).len() > 3 && (preposition || phrase::is_noun(scene, token + 1))
}

/// Adds offices, roles and groups, and ties them to the persons whom they describe.
fn describe(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let mut cover = Cover { draft: cover(scene, drafts), noun: vec![None; scene.len() as usize] };
    let nouns = phrase::nouns(scene, &cover);
    for noun in &nouns {
        for token in noun.first..noun.end {
            cover.noun[token as usize] = Some(noun.role);
        }
    }
    let mut described = Vec::new();
    for noun in &nouns {
        let words = phrase::words(scene, &cover, drafts, noun);
        let mut draft = phrase::draft(scene, noun, &words);
        if words.placed.is_some() {
            draft.place(words.placed, Ground::Place, "country of the place it is put in");
        }
        if let Some(person) = words.person {
            identify(scene, &mut draft, &mut drafts[person as usize], noun);
        }
        if words.possessed && words.countries.is_empty() {
            draft.reason.push_str("; possessed");
        }
        described.push(draft);
    }
    drafts.extend(described);
}

/// Gives a description the identity of its person, and an unknown person what the description says.
fn identify(scene: &Scene<'_>, role: &mut Draft, person: &mut Draft, noun: &Noun) {
    let sort = scene.directory.roles[noun.role as usize].sort;
    if noun.plural
        || matches!(
            sort,
            super::RoleSort::Asset | super::RoleSort::Nation | super::RoleSort::Body | super::RoleSort::Organisation
        )
    {
        return;
    }
    if person.entry.is_none() {
        if person.sector == Sector::Unk || person.sector == Sector::Cvl {
            person.sector = role.sector;
        }
        person.place(role.country, role.ground.max(Ground::Phrase), "described in the text");
    } else {
        if !person.current
            && sort != super::RoleSort::People
            && role.sector != Sector::Cvl
            && role.country == person.country
        {
            person.sector = role.sector;
            person.reason.push_str("; described in the text");
        }
        role.sector = person.sector;
        role.country = person.country;
        role.ground = Ground::Table;
    }
    role.entry = person.entry;
    scene.parsed.span(person.first, person.end).of(scene.whole).clone_into(&mut role.name);
    (role.first, role.end) = (person.first, person.end);
    role.reason.push_str("; names its person");
}

/// Looks an office up by country and day: "le président américain".
fn offices(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let Some(day) = scene.day else { return };
    for draft in drafts.iter_mut() {
        let Some((role, _)) = draft.role else { continue };
        let Some(country) = draft.country.filter(|_| draft.entry.is_none() && draft.name.is_empty() && !draft.plural)
        else {
            continue;
        };
        if draft.sector == Sector::Eli {
            continue;
        }
        let mut offices = scene.directory.roles[role as usize].single_offices();
        if let Some(holder) = offices.find_map(|o| scene.directory.holder_index(country, o, day)) {
            draft.entry = Some(holder);
            let name = &scene.directory.entries[holder as usize].name;
            draft.reason.push_str("; ");
            draft.reason.push_str(name);
            draft.reason.push_str(" held the office");
        }
    }
}

/// Puts the drafts in text order, keeping what points from one to another.
fn in_order(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].first, std::cmp::Reverse(drafts[i].end), drafts[i].head, i));
    let mut place = vec![0; drafts.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut sorted: Vec<Draft> = order.iter().filter_map(|&old| slots[old].take()).collect();
    for draft in &mut sorted {
        draft.same = draft.same.map(|old| place[old]);
        for member in &mut draft.members {
            *member = place[*member];
        }
    }
    sorted
}

/// Numbers the chains and the heads.
fn finish(scene: &Scene<'_>, drafts: Vec<Draft>) -> Cast {
    let drafts = in_order(drafts);
    let chains = refer::chains(&drafts);
    let mut by_head = heads(scene, &drafts);
    dateline::silence(&mut by_head, scene.parsed, scene.whole);
    let parties = drafts.into_iter().zip(chains).map(|(draft, chain)| draft.party(scene, chain)).collect();
    Cast { parties, by_head }
}

/// The party of each head token; of two with one head, the one named by name, else the longer.
fn heads(scene: &Scene<'_>, drafts: &[Draft]) -> Vec<u32> {
    let mut by_head = vec![0u32; scene.len() as usize];
    let rank = |d: &Draft| (d.kind != PartyKind::Place, d.role.is_some() || d.entry.is_some(), d.end - d.first);
    for (index, draft) in drafts.iter().enumerate() {
        let slot = &mut by_head[draft.head as usize];
        if *slot == 0 || rank(draft) > rank(&drafts[*slot as usize - 1]) {
            *slot = index as u32 + 1;
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        if matches!(draft.kind, PartyKind::Person | PartyKind::Organization | PartyKind::State | PartyKind::Place) {
            for token in draft.first..draft.end {
                let slot = &mut by_head[token as usize];
                if *slot == 0 {
                    *slot = index as u32 + 1;
                }
            }
        }
    }
    by_head
}
