//! Words that stand for a party named before, and words that only count one.

use depeche_model::{PartyKind, Sector, Upos};
use rustc_hash::FxHashMap;

use crate::who::RoleSort;

use super::{
    draft::{Draft, Ground},
    scene::Scene,
};

/// An adjective of country acts with the sector of its noun: "frappes russes" are the army's.
pub(super) fn adjectives(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let nouns: FxHashMap<u32, Sector> =
        drafts.iter().filter(|d| d.role.is_some()).map(|d| (d.head, d.sector)).collect();
    for index in 0..drafts.len() {
        if drafts[index].kind != PartyKind::Adjective {
            continue;
        }
        if let Some(sector) = noun_sector(scene, &nouns, drafts, index) {
            drafts[index].sector = sector;
        }
    }
}

/// Sector of the noun that an adjective stands beside, over at most three coordinated adjectives.
fn noun_sector(scene: &Scene<'_>, nouns: &FxHashMap<u32, Sector>, drafts: &[Draft], index: usize) -> Option<Sector> {
    let draft = &drafts[index];
    let (floor, ceiling) = scene.sentence(draft.first);
    let french = scene.language == depeche_model::Language::French;
    let mut at = if french { draft.first } else { draft.end - 1 };
    for _ in 0..8 {
        let next =
            if french { at.checked_sub(1).filter(|t| *t >= floor)? } else { Some(at + 1).filter(|t| *t < ceiling)? };
        if let Some(sector) = nouns.get(&next) {
            return Some(*sector);
        }
        let adjective = drafts.iter().any(|d| d.kind == PartyKind::Adjective && d.first <= next && next < d.end);
        let joined = matches!(scene.key(next), "et" | "and" | "or" | "ou" | "") || scene.upos(next) == Upos::Adj;
        let compound = !french && matches!(scene.upos(next), Upos::Noun | Upos::Propn | Upos::Num);
        if !(adjective || joined || compound) {
            break;
        }
        at = next;
    }
    nouns.get(&scene.head(draft.head)).copied()
}

/// Third-person pronouns take the last fitting party.
pub(super) fn pronouns(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for token in 0..scene.len() {
        let plural = match scene.key(token) {
            "il" | "elle" | "he" | "she" | "lui" | "him" | "it" => Some(false),
            "ils" | "elles" | "they" | "them" | "eux" | "leur" => Some(true),
            _ => None,
        };
        let Some(plural) = plural.filter(|_| scene.upos(token) == Upos::Pron) else { continue };
        let Some(antecedent) = antecedent(scene, drafts, token, plural) else { continue };
        let mut draft = Draft::new(scene, token, token + 1, PartyKind::Anaphor);
        draft.head = token;
        draft.plural = plural;
        found.push((draft, antecedent));
    }
    for (draft, antecedent) in found {
        drafts.push(draft);
        let later = drafts.len() - 1;
        super::persons::follow(drafts, later, antecedent);
    }
}

fn antecedent(scene: &Scene<'_>, drafts: &[Draft], token: u32, plural: bool) -> Option<usize> {
    let sentence = scene.parsed.sentence_of(token);
    let personal = matches!(scene.key(token), "il" | "elle" | "he" | "she" | "lui" | "him");
    let english_it = scene.key(token) == "it";
    let score = |draft: &Draft| {
        let distance = sentence - scene.parsed.sentence_of(draft.first).min(sentence);
        let subject =
            matches!(scene.dep(draft.head), depeche_model::Relation::Nsubj | depeche_model::Relation::NsubjPass);
        (distance < 3)
            .then(|| i64::from(subject) * 60 - 50 * i64::from(distance as u32) - i64::from(token - draft.first) / 4)
    };
    let fits = |draft: &Draft| {
        draft.first < token
            && match draft.kind {
                PartyKind::Person => !plural && !english_it,
                PartyKind::Office => !plural && !draft.plural && !english_it,
                PartyKind::Group | PartyKind::People => draft.plural == plural || plural,
                PartyKind::State | PartyKind::Organization => {
                    !plural && (!personal || scene.language == depeche_model::Language::French)
                }
                _ => false,
            }
    };
    let candidates = drafts.iter().enumerate().filter(|(_, d)| fits(d)).filter_map(|(i, d)| score(d).map(|s| (s, i)));
    candidates.max().map(|(_, i)| i)
}

/// "Des dizaines de Ouagalais", "thousands of young people", "members of the RSF": the counting noun stands for the counted.
pub(super) fn quantities(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let mut found: Vec<Draft> = Vec::new();
    for token in 0..scene.len() {
        if !counts(scene.key(token)) || drafts.iter().any(|d| d.head == token) {
            continue;
        }
        let (_, ceiling) = scene.sentence(token);
        let inner = (token + 1..ceiling.min(token + 7))
            .find_map(|t| drafts.iter().position(|d| d.head == t && d.kind != PartyKind::Adjective));
        let linked = matches!(scene.key(token + 1), "de" | "d" | "of" | "des" | "du");
        if let Some(inner) = inner.filter(|_| linked) {
            let mut draft = drafts[inner].clone();
            draft.head = token;
            draft.same = Some(inner);
            found.push(draft);
        } else if matches!(scene.key(token), "thousands" | "hundreds" | "dozens" | "milliers" | "centaines") {
            let mut draft = Draft::new(scene, token, token + 1, PartyKind::Group);
            draft.sector = Sector::Cvl;
            let near = drafts
                .iter()
                .rev()
                .find(|d| d.first < token && d.country.is_some_and(depeche_model::Country::is_state));
            draft.place(near.and_then(|d| d.country), Ground::Focus, "a crowd; country in focus");
            found.push(draft);
        }
    }
    drafts.append(&mut found);
}

fn counts(key: &str) -> bool {
    matches!(
        key,
        "dizaine"
            | "dizaines"
            | "douzaine"
            | "quinzaine"
            | "vingtaine"
            | "trentaine"
            | "quarantaine"
            | "cinquantaine"
            | "soixantaine"
            | "centaine"
            | "centaines"
            | "millier"
            | "milliers"
            | "million"
            | "millions"
            | "majorite"
            | "plupart"
            | "tiers"
            | "moitie"
            | "dozens"
            | "scores"
            | "hundreds"
            | "thousands"
            | "tens"
            | "majority"
            | "most"
            | "half"
            | "some"
            | "members"
            | "membres"
            | "membre"
            | "member"
            | "groupe"
            | "group"
            | "elements"
            | "groups"
            | "groupes"
            | "series"
            | "salvo"
            | "wave"
            | "vague"
            | "salve"
            | "part"
            | "partie"
            | "un"
            | "une"
            | "one"
            | "deux"
            | "two"
            | "three"
            | "trois"
            | "several"
            | "many"
            | "certains"
            | "poignee"
            | "handful"
            | "crowd"
            | "foule"
    )
}

/// Chain number of each draft: drafts of one entry, one person or one antecedent share it.
pub(super) fn chains(drafts: &[Draft]) -> Vec<u32> {
    let mut chains: Vec<u32> = Vec::with_capacity(drafts.len());
    let mut by_name: FxHashMap<&str, u32> = FxHashMap::default();
    let mut by_entry: FxHashMap<u32, u32> = FxHashMap::default();
    for (index, draft) in drafts.iter().enumerate() {
        let fresh = index as u32;
        let earlier = draft.same.filter(|&s| s < index).map(|s| chains[s]);
        let chain = earlier.unwrap_or_else(|| match draft.entry {
            Some(entry) => *by_entry.entry(entry).or_insert(fresh),
            None if !draft.name.is_empty() => *by_name.entry(draft.name.as_str()).or_insert(fresh),
            None => fresh,
        });
        chains.push(chain);
    }
    chains
}

/// Nouns for a body named before: "l'organisation", "the bloc", "les rebelles", "the inspectors".
pub(super) fn bodies(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let Some((_, sort)) = drafts[index].role.filter(|_| drafts[index].country.is_none()) else { continue };
        let key = scene.key(drafts[index].head);
        let wanted: &[Sector] = match (drafts[index].sector, sort) {
            (_, RoleSort::Organisation) => &[],
            (Sector::Reb, _) => &[Sector::Reb],
            (Sector::Mil, _) if matches!(key, "peacekeepers" | "peacekeeper") => &[Sector::Mil, Sector::Gov],
            (Sector::Gov, _) if matches!(key, "inspectors" | "inspecteurs" | "inspecteur" | "inspector") => {
                &[Sector::Gov]
            }
            _ => continue,
        };
        let bodies = sort == RoleSort::Organisation || wanted.contains(&Sector::Gov);
        let fits = |d: &Draft| {
            d.kind == PartyKind::Organization
                && d.first < drafts[index].first
                && (wanted.is_empty() && d.sector != Sector::Jrn || wanted.contains(&d.sector))
                && (!wanted.contains(&Sector::Gov) || d.country.is_some_and(|c| !c.is_state()))
        };
        let found = drafts.iter().enumerate().filter(|(_, d)| fits(d)).max_by_key(|(_, d)| d.first).map(|(i, _)| i);
        let Some(found) = found else { continue };
        let (country, sector, entry) = (drafts[found].country, drafts[found].sector, drafts[found].entry);
        let draft = &mut drafts[index];
        draft.place(country, Ground::Antecedent, &format!("body named at token {found}"));
        if bodies && sort == RoleSort::Organisation {
            draft.sector = sector;
            draft.same = Some(found);
            draft.entry = entry;
        }
    }
}

/// A definite noun without a country takes that of the same noun earlier in the text: "the Myanmar junta … the junta".
pub(super) fn repeated(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for index in 0..drafts.len() {
        let Some((_, sort)) = drafts[index].role else { continue };
        let general = matches!(sort, RoleSort::Body)
            || matches!(sort, RoleSort::Office | RoleSort::Person) && !drafts[index].plural;
        if !general || drafts[index].open {
            continue;
        }
        let key = scene.key(drafts[index].head);
        if drafts[index].country.is_some() {
            if drafts[index].ground <= Ground::Phrase && drafts[index].name.is_empty() {
                seen.insert(key, index);
            }
        } else if let Some(&earlier) = seen.get(key) {
            let country = drafts[earlier].country;
            let reason = format!("as `{key}` at token {}", drafts[earlier].head);
            drafts[index].place(country, Ground::Antecedent, &reason);
        }
    }
}

/// "The prime minister" without a country is the one whom the text names by name.
pub(super) fn named_holders(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let Some(day) = scene.day else { return };
    for index in 0..drafts.len() {
        let Some((role, RoleSort::Office)) = drafts[index].role else { continue };
        if drafts[index].country.is_some() || drafts[index].plural || drafts[index].entry.is_some() {
            continue;
        }
        let offices = &scene.directory.roles[role as usize].offices;
        let holds = |draft: &Draft| {
            let entry = draft.entry.and_then(|e| scene.directory.entries.get(e as usize));
            entry.is_some_and(|e| {
                e.terms.iter().any(|t| offices.contains(&t.office) && t.from.is_some() && t.covers(day))
            })
        };
        let named = drafts.iter().enumerate().filter(|(_, d)| d.kind == PartyKind::Person && holds(d));
        let found = named
            .min_by_key(|(_, d)| (d.first > drafts[index].first, d.first.abs_diff(drafts[index].first)))
            .map(|(i, _)| i);
        if let Some(found) = found {
            super::persons::follow(drafts, index, found);
        }
    }
}

/// "Its defence ministry", "sa délégation": the owner is the party that the pronoun would mean.
pub(super) fn owned(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if draft.country.is_some()
            || draft.open
            || draft.role.is_none()
            || draft.kind == PartyKind::Anaphor
            || !draft.name.is_empty()
        {
            continue;
        }
        let (floor, _) = scene.sentence(draft.first);
        let inside = |&t: &u32| {
            matches!(scene.upos(t), Upos::Adj | Upos::Noun | Upos::Num | Upos::Propn) && !scene.possessive(t)
        };
        let before = (floor..draft.head).rev().take(4).find(|t| !inside(t));
        let Some(determiner) = before.filter(|&t| scene.possessive(t)) else { continue };
        let plural = matches!(scene.key(determiner), "leur" | "leurs" | "their");
        if let Some(owner) = antecedent(scene, drafts, determiner, plural) {
            let country = drafts[owner].country;
            let reason = format!("owned by token {}", drafts[owner].head);
            drafts[index].place(country, Ground::Antecedent, &reason);
        }
    }
}

/// An adjective of another country beside a body's name says whose it is: "les carabiniers chiliens", "the Japanese
/// Communist Party".
pub(super) fn qualified(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let adjectives: Vec<(u32, u32, Option<depeche_model::Country>)> = drafts
        .iter()
        .filter(|d| d.kind == PartyKind::Adjective && d.country.is_some_and(depeche_model::Country::is_state))
        .map(|d| (d.first, d.end, d.country))
        .collect();
    for draft in drafts.iter_mut().filter(|d| d.kind == PartyKind::Organization) {
        let beside = |&&(first, end, _): &&(u32, u32, _)| match scene.language {
            depeche_model::Language::French => first == draft.end,
            depeche_model::Language::English => end == draft.first,
        };
        let Some(&(.., country)) = adjectives.iter().find(beside) else { continue };
        if draft.country != country && draft.country.is_some_and(depeche_model::Country::is_state) {
            draft.country = country;
            draft.entry = None;
            draft.ground = Ground::Phrase;
            draft.reason.push_str("; of another country by the adjective beside it");
        }
    }
}
