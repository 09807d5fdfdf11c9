//! Who, to whom: states that differ nearly rule one act out; a person or body that both name says most.

use depeche_model::{Country, Entity, EventType, Sector};

use super::{Conflict, Sheet, weights as w};
use crate::{
    features::{Features, countries, is_named},
    words::{fold, skeleton},
};

/// Weighs both sides; in a mutual act, all parties together.
pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) -> Result<(), Conflict> {
    let consult = a.event() == EventType::Consult || b.event() == EventType::Consult;
    if a.mutual || b.mutual {
        let (one, other): (Vec<&Entity>, Vec<&Entity>) = (a.parties().collect(), b.parties().collect());
        let shared = shared(&countries(one.iter().copied()), &countries(other.iter().copied()));
        if shared.len() < 2 && known(&one).min(known(&other)) > 1 {
            return Err(Conflict("parties that are not the same"));
        }
        side(sheet, "party", &one, &other, consult);
        return Ok(());
    }
    let (one, other) = (&a.telling.event, &b.telling.event);
    for (what, x, y) in [("actor", &one.actors, &other.actors), ("recipient", &one.recipients, &other.recipients)] {
        side(sheet, what, &x.iter().collect::<Vec<_>>(), &y.iter().collect::<Vec<_>>(), consult);
    }
    Ok(())
}

fn known(side: &[&Entity]) -> usize {
    countries(side.iter().copied()).len()
}

fn shared(a: &[Country], b: &[Country]) -> Vec<Country> {
    a.iter().copied().filter(|country| b.contains(country)).collect()
}

fn side(sheet: &mut Sheet, what: &str, a: &[&Entity], b: &[&Entity], guests: bool) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let (one, other) = (countries(a.iter().copied()), countries(b.iter().copied()));
    let both = shared(&one, &other);
    if !one.is_empty() && !other.is_empty() && both.is_empty() {
        let weight = if what == "recipient" { w::OTHER_RECIPIENT } else { w::OTHER_ACTOR };
        sheet.add(weight, format!("{what}s of other states: {}, {}", one[0], other[0]));
        return;
    }
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y)));
    if let Some((x, _)) = pairs().find(|(x, y)| same_party(x, y)) {
        sheet.add(w::SAME_PARTY, format!("same {what}: {}", x.name.as_deref().unwrap_or(&x.text)));
    } else if let Some(&country) = both.first() {
        let alike =
            pairs().any(|(x, y)| x.country == Some(country) && y.country == x.country && sectors(x.sector, y.sector));
        sheet.add(if alike { w::SAME_SECTOR } else { w::SAME_COUNTRY }, format!("same {what}: {country}"));
        if a.iter().all(|x| is_named(x)) && b.iter().all(|y| is_named(y)) {
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

/// Skeletons of an entity's capitalised words.
fn written(entity: &Entity) -> Vec<String> {
    let words = entity.text.split(|c: char| !c.is_alphanumeric());
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    words.filter(capital).map(|word| skeleton(&fold(word))).collect()
}

/// Sectors that two articles give to one party: a state acts by its army, an opposition is made of citizens.
fn sectors(a: Sector, b: Sector) -> bool {
    let armed = |s: Sector| matches!(s, Sector::Gov | Sector::Mil);
    let people = |s: Sector| matches!(s, Sector::Cvl | Sector::Opp | Sector::Edu | Sector::Lab | Sector::Soc);
    a == b || (armed(a) && armed(b)) || (people(a) && people(b))
}
