//! "Les deux pays", "both sides", "the two leaders": one phrase that stands for several parties named before.
//!
//! The noun says what is meant: states for countries, capitals, governments and sides; persons for men, leaders and
//! ministers. The last distinct ones before the phrase are its members, as many as it counts.

use depeche_model::{Country, PartyKind, Sector};

use super::{
    draft::{Draft, Ground},
    names::Tally,
    scene::Scene,
};

/// What a plural noun is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    States,
    Persons,
}

/// Finds such phrases and names their members; nouns that depend on one ("frontier guards of the two countries")
/// take its countries.
pub(super) fn pairs(scene: &Scene<'_>, drafts: &mut Vec<Draft>, tally: &Tally) {
    let mut found = Vec::new();
    for token in 0..scene.len() {
        let Some(count) = count(scene, token) else { continue };
        let Some((head, of)) = (token + 1..scene.len().min(token + 4)).find_map(|t| Some((t, made_of(scene.key(t))?)))
        else {
            continue;
        };
        if scene.sentence(head) != scene.sentence(token) || (token + 1..head).any(|t| is_stop(scene, t)) {
            continue;
        }
        found.push((token, head, count, of));
    }
    for (first, head, count, of) in found {
        let members = members(scene, drafts, tally, first, count, of);
        if members.len() < 2 {
            continue;
        }
        let described = drafts.iter().position(|d| d.head == head && d.role.is_some());
        let index = described.unwrap_or_else(|| {
            let mut draft = Draft::new(scene, first, head + 1, PartyKind::Anaphor);
            draft.head = head;
            draft.sector = Sector::Gov;
            drafts.push(draft);
            drafts.len() - 1
        });
        stand_for(drafts, index, members);
        depend(scene, drafts, index);
    }
}

/// Makes a draft stand for its members.
fn stand_for(drafts: &mut [Draft], index: usize, members: Vec<usize>) {
    let mut countries: Vec<Country> = Vec::new();
    for &member in &members {
        if let Some(country) = drafts[member].country.filter(|c| !countries.contains(c)) {
            countries.push(country);
        }
    }
    let sector = drafts[members[0]].sector;
    let shared = members.iter().all(|&m| drafts[m].kind == PartyKind::Person && drafts[m].sector == sector);
    let draft = &mut drafts[index];
    if shared {
        draft.sector = sector;
    }
    draft.kind = PartyKind::Anaphor;
    draft.country = None;
    draft.open = false;
    draft.plural = true;
    draft.place(countries.first().copied(), Ground::Antecedent, "stands for the parties named before");
    draft.also = countries.into_iter().skip(1).collect();
    draft.members = members;
}

/// Gives the countries of a phrase to the noun that it complements.
fn depend(scene: &Scene<'_>, drafts: &mut [Draft], index: usize) {
    let (first, also, country) = (drafts[index].first, drafts[index].also.clone(), drafts[index].country);
    let Some(link) = first.checked_sub(1) else { return };
    let link = if scene.upos(link) == depeche_model::Upos::Det { link.saturating_sub(1) } else { link };
    if !matches!(scene.key(link), "de" | "des" | "of" | "from") {
        return;
    }
    let holder =
        drafts.iter().position(|d| d.role.is_some() && d.head < link && link - d.head <= 3 && d.members.is_empty());
    if let Some(holder) = holder.filter(|&h| drafts[h].ground > Ground::Phrase) {
        drafts[holder].country = None;
        drafts[holder].place(country, Ground::Phrase, "of the parties named before");
        drafts[holder].also = also;
    }
}

/// How many a counting word counts, where it opens such a phrase.
fn count(scene: &Scene<'_>, token: u32) -> Option<usize> {
    let before = token.checked_sub(1).map_or("", |t| scene.key(t));
    let definite = matches!(before, "les" | "des" | "aux" | "ces" | "ses" | "leurs" | "the" | "these" | "those");
    match scene.key(token) {
        "both" => Some(2),
        "deux" | "two" if definite => Some(2),
        "trois" | "three" if definite => Some(3),
        _ => None,
    }
}

fn is_stop(scene: &Scene<'_>, token: u32) -> bool {
    use depeche_model::Upos::{Adp, Cconj, Punct, Verb};
    matches!(scene.upos(token), Adp | Cconj | Punct | Verb)
}

fn made_of(key: &str) -> Option<Of> {
    Some(match key {
        "pays" | "capitales" | "etats" | "voisins" | "parties" | "camps" | "gouvernements" | "allies" | "nations"
        | "puissances" | "presidences" | "delegations" | "adversaires" | "rivaux" | "belligerants" | "armees"
        | "diplomaties" | "republiques" | "partenaires" | "countries" | "sides" | "governments" | "neighbours"
        | "neighbors" | "capitals" | "states" | "powers" | "foes" | "rivals" | "armies" | "militaries" | "partners"
        | "republics" | "enemies" | "camp" | "adversaries" => Of::States,
        "hommes" | "dirigeants" | "presidents" | "chefs" | "ministres" | "leaders" | "men" | "ministers" | "women"
        | "femmes" | "responsables" | "diplomates" | "premiers" | "dignitaires" | "envoys" | "generals"
        | "generaux" => Of::Persons,
        _ => return None,
    })
}

/// The members of a phrase that counts `count` of a sort, in text order.
fn members(scene: &Scene<'_>, drafts: &[Draft], tally: &Tally, token: u32, count: usize, of: Of) -> Vec<usize> {
    if of == Of::Persons {
        let persons = last_persons(scene, drafts, token, count);
        if persons.len() == count {
            return persons;
        }
    }
    states(scene, drafts, tally, token, count)
}

/// Sentences that a phrase looks back over.
const REACH: usize = 5;

/// The last distinct persons of distinct countries.
fn last_persons(scene: &Scene<'_>, drafts: &[Draft], token: u32, count: usize) -> Vec<usize> {
    let sentence = scene.parsed.sentence_of(token);
    let person = |i: usize| (drafts[i].entry, drafts[i].name.as_str());
    let near = |d: &Draft| d.first < token && sentence - scene.parsed.sentence_of(d.first) <= REACH;
    let mut order: Vec<usize> = (0..drafts.len())
        .filter(|&i| drafts[i].kind == PartyKind::Person && drafts[i].country.is_some() && near(&drafts[i]))
        .collect();
    order.sort_by_key(|&i| std::cmp::Reverse(drafts[i].first));
    let mut chosen: Vec<usize> = Vec::new();
    for index in order {
        let fresh = chosen.iter().all(|&c| person(c) != person(index) && drafts[c].country != drafts[index].country);
        if fresh && chosen.len() < count {
            chosen.push(index);
        }
    }
    chosen.sort_by_key(|&i| drafts[i].first);
    chosen
}

/// The states that the text so far is most about, those in this sentence and the one before ahead of the rest.
fn states(scene: &Scene<'_>, drafts: &[Draft], tally: &Tally, token: u32, count: usize) -> Vec<usize> {
    let sentence = scene.parsed.sentence_of(token);
    let mut seen: Vec<(Country, f32, usize)> = Vec::new();
    for (index, draft) in drafts.iter().enumerate().filter(|(_, d)| d.first < token && speaks(d)) {
        let Some(country) = draft.country else { continue };
        let distance = sentence - scene.parsed.sentence_of(draft.first);
        let weight = if distance <= 1 { 2.0 } else { 1.0 };
        match seen.iter_mut().find(|(c, ..)| *c == country) {
            Some((_, score, last)) => (*score, *last) = (*score + weight, index),
            None => seen.push((country, weight + 0.5 * tally.get(&country).copied().unwrap_or(0) as f32, index)),
        }
    }
    seen.sort_by(|a, b| b.1.total_cmp(&a.1).then(drafts[b.2].first.cmp(&drafts[a.2].first)));
    let mut chosen: Vec<usize> = seen.into_iter().take(count).map(|(.., index)| index).collect();
    chosen.sort_by_key(|&i| drafts[i].first);
    chosen
}

/// Whether a draft names a state or one who belongs to it.
fn speaks(draft: &Draft) -> bool {
    let kind = matches!(
        draft.kind,
        PartyKind::State | PartyKind::Person | PartyKind::Organization | PartyKind::People | PartyKind::Adjective
    );
    kind && draft.sector != Sector::Jrn && draft.country.is_some_and(Country::is_state)
}
