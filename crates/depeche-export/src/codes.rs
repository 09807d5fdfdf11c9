//! What others call a state, a body and a sector, by the tables in `data/`.

use std::sync::OnceLock;

use depeche_model::{Country, Entity, Sector};

const COUNTRIES: &str = include_str!("../data/countries.tsv");
const SECTORS: &str = include_str!("../data/sectors.tsv");

/// A state, territory or body in the words of other formats; empty where a format has none.
#[derive(Debug)]
pub(crate) struct State {
    code: Country,
    /// English short name.
    pub name: &'static str,
    /// Name in ICEWS.
    pub icews: &'static str,
    /// Code in PLOVER and POLECAT.
    pub plover: &'static str,
    /// Actor code in CAMEO.
    pub cameo: &'static str,
    /// GDELT's known group.
    pub group: &'static str,
    /// GDELT's type of a body.
    pub body: &'static str,
    /// FIPS 10-4.
    pub fips: &'static str,
    /// Number in the Correlates of War list.
    pub cow: &'static str,
    /// `GeoNames` id of the whole.
    pub geonameid: Option<u32>,
}

/// A sector in the words of other formats.
#[derive(Debug)]
pub(crate) struct Role {
    sector: Sector,
    /// Role in CAMEO.
    pub cameo: &'static str,
    /// Sectors of ICEWS, parted by commas.
    pub icews: &'static str,
    bodies: &'static str,
}

/// The line of a state or body; none for a code that the table lacks.
pub(crate) fn state(country: Country) -> Option<&'static State> {
    static STATES: OnceLock<Vec<State>> = OnceLock::new();
    let states = STATES.get_or_init(|| {
        let mut states: Vec<State> = lines(COUNTRIES).filter_map(|line| read_state(&line)).collect();
        states.sort_by_key(|state| state.code);
        states
    });
    states.binary_search_by_key(&country, |state| state.code).ok().map(|at| &states[at])
}

/// The line of a sector.
pub(crate) fn role(sector: Sector) -> Option<&'static Role> {
    static ROLES: OnceLock<Vec<Role>> = OnceLock::new();
    let roles = ROLES.get_or_init(|| lines(SECTORS).filter_map(|line| read_role(&line)).collect());
    roles.iter().find(|role| role.sector == sector)
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn read_state(fields: &[&'static str]) -> Option<State> {
    let &[code, name, icews, plover, cameo, group, body, fips, cow, geonameid] = fields else { return None };
    let or = |own: &'static str, other: &'static str| if own.is_empty() { other } else { own };
    Some(State {
        code: Country::new(code)?,
        name,
        icews: or(icews, name),
        plover: or(plover, code),
        cameo: or(cameo, code),
        group,
        body,
        fips,
        cow,
        geonameid: geonameid.parse().ok(),
    })
}

fn read_role(fields: &[&'static str]) -> Option<Role> {
    let &[sector, cameo, icews, bodies] = fields else { return None };
    Some(Role { sector: sector.parse().ok()?, cameo, icews, bodies })
}

/// An actor of CAMEO, taken apart as GDELT does; what is not known is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Actor {
    /// The whole code: state or body, then role.
    pub code: String,
    /// State.
    pub country: &'static str,
    /// Known group.
    pub group: &'static str,
    /// Body, else role.
    pub first: &'static str,
    /// Role of a part of a body.
    pub second: &'static str,
}

impl Actor {
    /// The actor that an entity is.
    pub(crate) fn of(entity: &Entity) -> Self {
        let state = entity.country.and_then(state);
        let role = role(entity.sector);
        let code = state.map_or("", |state| state.cameo);
        let body = state.map_or("", |state| state.body);
        let own = |role: &Role| entity.country.is_some_and(|c| role.bodies.split(' ').any(|body| body == c.as_str()));
        let role = role.filter(|role| !own(role)).map_or("", |role| role.cameo);
        let (first, second) = if body.is_empty() { (role, "") } else { (body, role) };
        let country = match entity.country {
            Some(Country::EUR) => "EUR",
            Some(country) if country.is_state() => code,
            _ => "",
        };
        Self { code: format!("{code}{role}"), country, group: state.map_or("", |state| state.group), first, second }
    }
}

/// The name of an entity: a state's English name, the canonical name of the table, or the words of the text.
pub(crate) fn name(entity: &Entity) -> &str {
    match &entity.name {
        Some(name) => Country::new(name).and_then(state).map_or(name, |state| state.name),
        None => &entity.text,
    }
}

/// Whether an entity is a state itself rather than somebody of it.
pub(crate) fn is_state(entity: &Entity) -> bool {
    entity.name.as_deref().and_then(Country::new).and_then(state).is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let codes: Vec<_> =
            lines(COUNTRIES).map(|fields| read_state(&fields).unwrap_or_else(|| panic!("{fields:?}")).code).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "a code stands twice");
        for &sector in Sector::ALL {
            assert!(role(sector).is_some(), "{sector} has no line");
        }
        assert_eq!(lines(SECTORS).count(), Sector::ALL.len());
    }

    /// Two states with one code would be one state in the reader's table.
    #[test]
    fn codes_of_others_name_one_state_each() {
        for pick in
            [|s: &State| s.fips, |s: &State| s.cow, |s: &State| s.cameo, |s: &State| s.plover, |s: &State| s.name]
        {
            let mut seen = BTreeSet::new();
            for state in lines(COUNTRIES).filter_map(|fields| read_state(&fields)) {
                assert!(pick(&state).is_empty() || seen.insert(pick(&state)), "{} stands twice", pick(&state));
            }
        }
    }

    #[test]
    fn every_state_of_the_lexicon_has_a_line() {
        for table in ["actors/states.tsv", "places/countries.tsv"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon").join(table);
            let text = std::fs::read_to_string(path).unwrap();
            for code in text.lines().filter_map(|line| line.split('\t').next()).filter_map(Country::new) {
                assert!(state(code).is_some(), "{table}: {code} is not in countries.tsv");
            }
        }
    }

    fn actor(country: &str, sector: Sector) -> String {
        let country = Country::new(country);
        let entity = Entity { text: "x".to_owned(), country, sector, name: None, wikidata: None, span: None };
        let Actor { code, country, group, first, second } = Actor::of(&entity);
        format!("{code}|{country}|{group}|{first}|{second}")
    }

    #[test]
    fn actors_are_coded_as_gdelt_codes_them() {
        assert_eq!(actor("USA", Sector::Gov), "USAGOV|USA||GOV|");
        assert_eq!(actor("ROU", Sector::Jrn), "ROMMED|ROM||MED|");
        assert_eq!(actor("SDN", Sector::Prm), "SDNMIL|SDN||MIL|");
        assert_eq!(actor("UNO", Sector::Gov), "IGOUNO||UNO|IGO|");
        assert_eq!(actor("UNO", Sector::Mil), "IGOUNOMIL||UNO|IGO|MIL");
        assert_eq!(actor("EUR", Sector::Gov), "IGOEUREEC|EUR|EEC|IGO|");
        assert_eq!(actor("IMG", Sector::Reb), "IMG|||IMG|");
        assert_eq!(actor("?", Sector::Uaf), "UAF|||UAF|");
        assert_eq!(actor("?", Sector::Unk), "||||");
    }
}
