//! Who, to whom: states that differ nearly rule one act out; a person or body that both name says most.

use std::collections::BTreeSet;

use depeche_model::{Country, Entity, EventType, Sector};

use super::{Conflict, Sheet, weights as w};
use crate::{
    features::{Features, countries, is_named},
    names,
    words::{fold, skeleton},
};

/// Weighs both sides; in a mutual act, all parties together.
pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) -> Result<(), Conflict> {
    let consult = a.event() == EventType::Consult || b.event() == EventType::Consult;
    if a.mutual || b.mutual {
        let (one, other): (Vec<&Entity>, Vec<&Entity>) = (a.parties().collect(), b.parties().collect());
        let (x, y) = (countries(one.iter().copied()), countries(other.iter().copied()));
        // A party that a clause names is told, whether or not it was taken for a side.
        let told = |state: &&Country| {
            (x.contains(state) || a.states.contains(state)) && (y.contains(state) || b.states.contains(state))
        };
        let all: BTreeSet<Country> = x.iter().chain(&y).copied().collect();
        if all.iter().filter(told).count() < 2 && known(&one).min(known(&other)) > 1 {
            return Err(Conflict("parties that are not the same"));
        }
        if let Some((x, y)) = strangers(&one, &other) {
            sheet.add(w::OTHER_ACTOR, format!("parties of other states: {x}, {y}"));
            return Ok(());
        }
        side(sheet, "party", &one, &other, consult);
        return Ok(());
    }
    let (one, other) = (&a.telling.event, &b.telling.event);
    for (what, x, y) in [("actor", &one.actors, &other.actors), ("recipient", &one.recipients, &other.recipients)] {
        let (x, y): (Vec<&Entity>, Vec<&Entity>) = (x.iter().collect(), y.iter().collect());
        if let Some(pair) = strangers(&x, &y) {
            differ(sheet, what, pair, a, b);
        } else {
            side(sheet, what, &x, &y, consult);
            camps(sheet, what, &x, &y);
        }
    }
    if is_person(a) && is_crowd(b) || is_crowd(a) && is_person(b) {
        sheet.add(w::PERSON_OR_CROWD, "done to one person here, to several there");
    }
    Ok(())
}

fn known(side: &[&Entity]) -> usize {
    countries(side.iter().copied()).len()
}

fn shared(a: &[Country], b: &[Country]) -> Vec<Country> {
    a.iter().copied().filter(|country| b.contains(country)).collect()
}

/// Done to one person, whom it names: two capitalised words, and nobody else.
fn is_person(f: &Features<'_>) -> bool {
    matches!(&f.telling.event.recipients[..], [one] if !is_state(one) && written(one).len() > 1)
}

fn is_state(entity: &Entity) -> bool {
    entity.name.is_some() && !is_named(entity)
}

/// Done to people who are counted.
fn is_crowd(f: &Features<'_>) -> bool {
    let several = f.telling.event.size.and_then(|size| size.min).is_some_and(|size| (2..MONEY).contains(&size));
    several && f.telling.event.recipients.iter().all(|one| !is_named(one))
}

/// Sizes from here on are sums of money or whole peoples.
const MONEY: u64 = 10_000;

/// Sides of one state that cannot be each other: its army and its rebels, its soldiers and its villagers.
fn camps(sheet: &mut Sheet, what: &str, a: &[&Entity], b: &[&Entity]) {
    let all = |side: &[&Entity], of: fn(Sector) -> bool| !side.is_empty() && side.iter().all(|e| of(e.sector));
    let apart =
        |of: fn(Sector) -> bool, and: fn(Sector) -> bool| all(a, of) && all(b, and) || all(a, and) && all(b, of);
    if apart(is_armed, is_rebel) {
        sheet.add(w::OTHER_CAMP, format!("{what}s of two camps"));
    } else if what == "recipient" && apart(|s| is_armed(s) && s != Sector::Gov || is_rebel(s), is_civilian) {
        sheet.add(w::OTHER_CAMP, "armed recipients here, civilians there");
    }
}

const fn is_armed(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Cop)
}

const fn is_rebel(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Uaf)
}

const fn is_civilian(sector: Sector) -> bool {
    matches!(sector, Sector::Cvl | Sector::Ref | Sector::Med | Sector::Jrn | Sector::Edu | Sector::Rel)
}

/// The first states of two sides that have states and none in common.
fn strangers(a: &[&Entity], b: &[&Entity]) -> Option<(Country, Country)> {
    let (one, other) = (countries(a.iter().copied()), countries(b.iter().copied()));
    let pair = (*one.first()?, *other.first()?);
    shared(&one, &other).is_empty().then_some(pair)
}

/// Sides of other states. Where the clause of one names the state that the other has there, a role was probably taken for another; but
/// two sides in each other's place are two acts, an accusation and its answer.
fn differ(sheet: &mut Sheet, what: &str, (one, other): (Country, Country), a: &Features<'_>, b: &Features<'_>) {
    let has = |f: &Features<'_>, actor: bool, state: Country| {
        let side = if actor { &f.telling.event.actors } else { &f.telling.event.recipients };
        side.iter().any(|entity| entity.country == Some(state))
    };
    let actor = what == "actor";
    let crossed = has(a, !actor, other) && has(b, !actor, one);
    let named = a.states.contains(&other) || b.states.contains(&one);
    let itself = !actor && (has(a, true, one) || has(b, true, other));
    let weight = match (actor, !crossed && (named || itself)) {
        (true, false) => w::OTHER_ACTOR,
        (true, true) => w::OTHER_ACTOR_NAMED,
        (false, false) => w::OTHER_RECIPIENT,
        (false, true) => w::OTHER_RECIPIENT_NAMED,
    };
    sheet.add(weight, format!("{what}s of other states: {one}, {other}"));
}

fn side(sheet: &mut Sheet, what: &str, a: &[&Entity], b: &[&Entity], guests: bool) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let (one, other) = (countries(a.iter().copied()), countries(b.iter().copied()));
    let both = shared(&one, &other);
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y)));
    if let Some((x, _)) = pairs().find(|(x, y)| same_party(x, y)) {
        sheet.add(w::SAME_PARTY, format!("same {what}: {}", x.name.as_deref().unwrap_or(&x.text)));
    } else if let Some(&country) = both.first() {
        let alike =
            pairs().any(|(x, y)| x.country == Some(country) && y.country == x.country && sectors(x.sector, y.sector));
        sheet.add(if alike { w::SAME_SECTOR } else { w::SAME_COUNTRY }, format!("same {what}: {country}"));
        if a.iter().chain(b).all(|one| is_named(one) || written(one).len() > 1) {
            sheet.add(if guests { w::OTHER_GUEST } else { w::OTHER_PARTY }, format!("another {what} of {country}"));
        }
    } else {
        let alike = pairs().any(|(x, y)| x.country == y.country && sectors(x.sector, y.sector));
        let weight = if alike { w::SAME_COUNTRY } else { w::UNKNOWN_PARTY };
        sheet.add(
            weight,
            if alike { format!("{what} unidentified in both") } else { format!("{what} unidentified in one") },
        );
    }
    if one.len().max(other.len()) > 1 {
        let subset = both.len() == one.len() || both.len() == other.len();
        match (one == other, subset) {
            (true, _) => sheet.add(w::SAME_GROUP, format!("all of several {what} states the same")),
            (false, false) => sheet.add(w::OTHER_GROUP, format!("some {what} states differ")),
            _ => {}
        }
    }
}

/// One table entry, or one name as written: two capitalised words or more, one of them alike.
fn same_party(a: &Entity, b: &Entity) -> bool {
    if is_named(a) && is_named(b) {
        return (a.wikidata.is_some() && a.wikidata == b.wikidata) || (a.name == b.name && a.country == b.country);
    }
    if a.name.is_some() && !is_named(a) || b.name.is_some() && !is_named(b) {
        return false;
    }
    let (one, other) = (written(a), written(b));
    one.len() > 1 && other.len() > 1 && one.iter().any(|name| name.len() > 2 && other.contains(name))
}

/// Skeletons of an entity's capitalised words, but those of its state: two Greek ministers are two.
fn written(entity: &Entity) -> Vec<String> {
    let words = entity.text.split(|c: char| !c.is_alphanumeric());
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let of_state = |word: &&str| names::lookup(&[word], &fold(word)).is_some();
    words.filter(|word| capital(word) && !of_state(word)).map(|word| skeleton(&fold(word))).collect()
}

/// Sectors that two articles give to one party: a state acts by its army, an opposition is made of citizens.
fn sectors(a: Sector, b: Sector) -> bool {
    let armed = |s: Sector| matches!(s, Sector::Gov | Sector::Mil);
    let people = |s: Sector| matches!(s, Sector::Cvl | Sector::Opp | Sector::Edu | Sector::Lab | Sector::Soc);
    a == b || (armed(a) && armed(b)) || (people(a) && people(b))
}
