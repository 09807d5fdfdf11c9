//! How closely a place is known, from what an event says of it.
//!
//! A place comes with a name, a state, often a point, a region that it lies in, an id. Whether it is a city or a camp is not
//! carried, but three cases can be told apart: the state as a whole (its own id), a spot within a named region, and the rest.

use depeche_model::{Country, Place};

use crate::codes;

/// How closely a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The state as a whole.
    State,
    /// A city or landmark within a region.
    Spot,
    /// A region, or a landmark whose region is not known.
    Open,
}

/// How closely a place is known.
pub(crate) fn level(place: &Place) -> Level {
    let whole = place.country.and_then(codes::state).and_then(|state| state.geonameid);
    match place.geonameid {
        Some(id) if whole == Some(id) => Level::State,
        _ if place.region.is_some() => Level::Spot,
        _ => Level::Open,
    }
}

/// FIPS 10-4 code of the state that a place lies in. Palestine has one for each of its parts, so its region decides.
pub(crate) fn fips(place: &Place) -> &'static str {
    match (place.country.as_ref().map(Country::as_str), place.region.as_deref()) {
        (Some("PSE"), Some("Gaza Strip")) => "GZ",
        (Some("PSE"), Some("West Bank")) => "WE",
        _ => place.country.and_then(codes::state).map_or("", |state| state.fips),
    }
}

/// Name of a place: the state's in English for a whole state, else as written.
pub(crate) fn name(place: &Place) -> &str {
    match level(place) {
        Level::State => place.country.and_then(codes::state).map_or(&place.text, |state| state.name),
        Level::Spot | Level::Open => &place.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, region: Option<&str>, geonameid: Option<u32>) -> Place {
        let country = Country::new(country);
        Place { text: "x".to_owned(), country, region: region.map(str::to_owned), lat: None, lon: None, geonameid }
    }

    #[test]
    fn levels_are_told_apart() {
        let niger = place("NER", None, Some(2_440_476));
        assert_eq!((level(&niger), name(&niger), fips(&niger)), (Level::State, "Niger", "NG"));
        assert_eq!(level(&place("NER", Some("Niamey"), Some(2_440_485))), Level::Spot);
        assert_eq!(level(&place("JPN", None, None)), Level::Open);
        assert_eq!(fips(&place("PSE", Some("Gaza Strip"), None)), "GZ");
        assert_eq!(fips(&place("PSE", None, None)), "");
        assert_eq!(fips(&place("?", None, None)), "");
    }
}
