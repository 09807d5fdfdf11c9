//! What each report says otherwise than the others: figures, status, date, place, sides.

use depeche_model::{Country, DateSpan, Difference, Entity, Field, Place, Range};

use crate::{
    Telling,
    features::countries,
    telling::gap,
    words::{fold, skeleton},
};

/// For each telling, the fields in which another says something else.
pub(crate) fn of(tellings: &[&Telling]) -> Vec<Vec<Difference>> {
    let mut all = vec![Vec::new(); tellings.len()];
    for &field in Field::ALL {
        let told: Vec<Option<String>> = tellings.iter().map(|telling| value(field, telling)).collect();
        let differs =
            |x: usize, y: usize| told[x].is_some() && told[y].is_some() && contradict(field, tellings[x], tellings[y]);
        for (at, value) in told.iter().enumerate() {
            let Some(value) = value else { continue };
            if (0..tellings.len()).any(|other| other != at && differs(at, other)) {
                all[at].push(Difference { field, told: value.clone() });
            }
        }
    }
    all
}

/// What a telling says in a field, for a person; nothing where it says nothing.
fn value(field: Field, telling: &Telling) -> Option<String> {
    let event = &telling.event;
    match field {
        Field::Dead => event.dead.map(range),
        Field::Injured => event.injured.map(range),
        Field::Size => event.size.map(range),
        Field::Status => Some(if telling.is_plan() { "planned".to_owned() } else { event.status.to_string() }),
        Field::Date => event.date.filter(|_| telling.dated()).map(days),
        Field::Place => {
            event.place.as_ref().map(|place| state(place).map_or_else(|| place.text.clone(), |s| s.to_string()))
        }
        Field::Actors => side(&event.actors),
        Field::Recipients => side(&event.recipients),
    }
}

fn range(range: Range) -> String {
    match (range.min, range.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "some".to_owned(),
    }
}

fn days(date: DateSpan) -> String {
    if date.start == date.end { date.start.to_string() } else { format!("{} to {}", date.start, date.end) }
}

fn side(side: &[Entity]) -> Option<String> {
    let codes: Vec<String> = countries(side).iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| codes.join(" + "))
}

/// Whether two tellings cannot both be right in a field. A narrower date and a finer place agree with a wider one.
fn contradict(field: Field, a: &Telling, b: &Telling) -> bool {
    let (x, y) = (&a.event, &b.event);
    let figures = |one: Option<Range>, other: Option<Range>| one != other;
    match field {
        Field::Dead => figures(x.dead, y.dead),
        Field::Injured => figures(x.injured, y.injured),
        Field::Size => figures(x.size, y.size),
        Field::Status => value(field, a) != value(field, b),
        Field::Date => x.date.zip(y.date).is_some_and(|(one, other)| gap(one, other) > 0),
        Field::Place => x.place.as_ref().zip(y.place.as_ref()).is_some_and(|(one, other)| elsewhere(one, other)),
        Field::Actors => countries(&x.actors) != countries(&y.actors),
        Field::Recipients => countries(&x.recipients) != countries(&y.recipients),
    }
}

/// Whether two places are two: in other states, or of other names. A state agrees with every place in it.
fn elsewhere(one: &Place, other: &Place) -> bool {
    let same_id = one.geonameid.is_some() && one.geonameid == other.geonameid;
    let wide = state(one).is_some() || state(other).is_some();
    one.country != other.country || !wide && !same_id && skeleton(&fold(&one.text)) != skeleton(&fold(&other.text))
}

/// The state that a place is, if it is one: the gazetteer gives it an id and no region.
fn state(place: &Place) -> Option<Country> {
    place.country.filter(|_| place.geonameid.is_some() && place.region.is_none())
}
