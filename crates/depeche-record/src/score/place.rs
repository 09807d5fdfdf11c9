//! Where: one town in both is a strong tie, two towns far apart nearly rule one act out. A state says little.

use depeche_model::Place;

use super::{Sheet, weights as w};
use crate::{
    features::Features,
    words::{fold, skeleton},
};

/// Kilometres within which two names may be one place, and beyond which they are not.
const NEAR: f64 = 40.0;
const FAR: f64 = 80.0;

pub(super) fn weigh(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) {
    let (Some(one), Some(other)) = (&a.telling.event.place, &b.telling.event.place) else { return };
    if one.country.is_some() && other.country.is_some() && one.country != other.country {
        sheet.add(w::OTHER_STATE, format!("other place: {}, {}", one.text, other.text));
        return;
    }
    if is_state(one) || is_state(other) || is_noun(one) || is_noun(other) {
        return;
    }
    let same_id = one.geonameid.is_some() && one.geonameid == other.geonameid;
    let (x, y) = (bones(one), bones(other));
    if same_id || x.iter().any(|bone| y.contains(bone)) {
        sheet.add(w::SAME_PLACE, format!("same place: {}", one.text));
        return;
    }
    match distance(one, other) {
        Some(km) if km < NEAR => sheet.add(w::NEAR, format!("places {km:.0} km apart")),
        Some(km) if km > FAR && !is_wide(one) && !is_wide(other) => {
            sheet.add(w::FAR, format!("places {km:.0} km apart"));
        }
        Some(_) => {}
        None => sheet.add(w::OTHER_PLACE, format!("other name of place: {}, {}", one.text, other.text)),
    }
}

/// A state as a place: the gazetteer gives it an id and no region.
fn is_state(place: &Place) -> bool {
    place.geonameid.is_some() && place.region.is_none()
}

/// A region, a sea, a river: too wide for a distance to say anything.
fn is_wide(place: &Place) -> bool {
    place.country.is_none() || place.region.as_deref().is_some_and(|region| fold(region) == fold(&place.text))
}

/// A common noun ("the courthouse") may be anywhere.
fn is_noun(place: &Place) -> bool {
    !place.text.chars().any(char::is_uppercase)
}

/// Skeletons of the capitalised words: `Sea of Japan` and `mer du Japon` share one.
fn bones(place: &Place) -> Vec<String> {
    let words = place.text.split(|c: char| !c.is_alphanumeric());
    let names = words.filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    names.map(|word| skeleton(&fold(word))).filter(|bones| bones.len() > 1).collect()
}

/// Great-circle distance in kilometres, where both have coordinates.
fn distance(a: &Place, b: &Place) -> Option<f64> {
    const EARTH: f64 = 6371.0;
    let point = |p: &Place| Some((p.lat?.to_radians(), p.lon?.to_radians()));
    let ((lat1, lon1), (lat2, lon2)) = (point(a)?, point(b)?);
    let h = ((lat2 - lat1) / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    Some(2.0 * EARTH * h.sqrt().min(1.0).asin())
}
