//! "Les deux pays", "both sides", "the two leaders": one phrase that stands for several parties named before.
//!
//! The noun says what is meant: states for countries, capitals, governments and sides; persons for men, leaders and
//! ministers. The last distinct ones before the phrase are its members, as many as it counts.

use depeche_model::{Country, PartyKind};

use super::{
    draft::{Draft, Ground},
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
pub(super) fn pairs(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
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
        let members = members(scene, drafts, first, count, of);
        if members.len() < 2 {
            continue;
        }
        let index = match drafts.iter().position(|d| d.head == head && d.role.is_some()) {
            Some(index) => index,
            None => {
                let mut draft = Draft::new(scene, first, head + 1, PartyKind::Anaphor);
                draft.head = head;
                draft.sector = depeche_model::Sector::Gov;
                drafts.push(draft);
                drafts.len() - 1
            }
        };
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
    let draft = &mut drafts[index];
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

/// The last distinct parties of a sort before a token, in text order.
fn members(scene: &Scene<'_>, drafts: &[Draft], token: u32, count: usize, of: Of) -> Vec<usize> {
    let persons = last(scene, drafts, token, count, |d| d.kind == PartyKind::Person && d.country.is_some());
    if of == Of::Persons && persons.len() == count {
        return persons;
    }
    let strong = |d: &Draft| {
        matches!(d.kind, PartyKind::State | PartyKind::Person | PartyKind::Organization | PartyKind::People)
            && d.country.is_some()
            && d.sector != depeche_model::Sector::Jrn
            && d.country.is_some_and(Country::is_state)
    };
    let states = last(scene, drafts, token, count, strong);
    if states.len() == count {
        states
    } else {
        last(scene, drafts, token, count, |d| d.country.is_some_and(Country::is_state))
    }
}

fn last(scene: &Scene<'_>, drafts: &[Draft], token: u32, count: usize, fits: impl Fn(&Draft) -> bool) -> Vec<usize> {
    let sentence = scene.parsed.sentence_of(token);
    let mut order: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].first < token && fits(&drafts[i])).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(drafts[i].first));
    let mut chosen: Vec<usize> = Vec::new();
    for index in order {
        let near = sentence - scene.parsed.sentence_of(drafts[index].first) <= 5;
        let person =
            |i: usize| (drafts[i].kind == PartyKind::Person).then_some((drafts[i].entry, drafts[i].name.as_str()));
        let distinct = chosen.iter().all(|&c| {
            drafts[c].country != drafts[index].country && (person(c).is_none() || person(c) != person(index))
        });
        if near && distinct && chosen.len() < count {
            chosen.push(index);
        }
    }
    chosen.sort_by_key(|&i| drafts[i].first);
    chosen
}
