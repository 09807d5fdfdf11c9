//! Where an act stands, by all its reports: planned, then done; claimed by one side; denied; both.

use depeche_model::{Country, EventType, RecordStatus, Status};

use crate::{Telling, features::countries};

/// The status that the tellings of one act give it, denials by its own sides left out (`crate::denial`).
pub(crate) fn of(tellings: &[&Telling]) -> RecordStatus {
    let any = |wanted: fn(&Telling) -> bool| tellings.iter().any(|telling| wanted(telling));
    let done = any(|t| t.event.status == Status::Actual && !t.is_plan());
    let denied = any(|t| t.event.status == Status::Negated);
    let planned = any(|t| t.event.status == Status::Future || t.is_plan());
    if done && denied {
        RecordStatus::Disputed
    } else if done {
        if tellings.iter().all(|t| is_claim(t)) { RecordStatus::Claimed } else { RecordStatus::Done }
    } else if denied {
        RecordStatus::Denied
    } else if planned {
        RecordStatus::Planned
    } else if any(|t| t.event.status == Status::Hypothetical) {
        RecordStatus::Possible
    } else {
        RecordStatus::Background
    }
}

/// Told on the word of a side of it. Words are what is told of a verbal act, so only the material ones are claimed.
fn is_claim(telling: &Telling) -> bool {
    let event = &telling.event;
    let sides: Vec<Country> = countries(event.actors.iter().chain(&event.recipients));
    let side = |country: Option<Country>| country.is_some_and(|country| sides.contains(&country));
    is_material(event.event) && event.attribution.as_ref().is_some_and(|source| side(source.country))
}

/// Deeds, which can be denied; words were said or not.
pub(crate) const fn is_material(event: EventType) -> bool {
    matches!(
        event,
        EventType::Cooperate
            | EventType::Aid
            | EventType::Retreat
            | EventType::Protest
            | EventType::Sanction
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault
    )
}
