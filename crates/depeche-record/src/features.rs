//! A telling with what comparing asks for computed once.

use depeche_model::{Country, DateSpan, Entity, EventType, Status};

use crate::{
    Telling,
    telling::is_long,
    words::{Term, fold, skeleton, terms},
};

/// A telling, ready to be compared.
pub(crate) struct Features<'a> {
    pub telling: &'a Telling,
    /// Days by which the act is compared.
    pub days: Option<DateSpan>,
    /// Whether the text says when.
    pub dated: bool,
    /// A span of months or years, which says little of when.
    pub long: Option<DateSpan>,
    /// Whether it tells a plan with a day to come.
    pub plan: bool,
    /// Whether it stands in headline or lead.
    pub leads: bool,
    /// Both sides are actors.
    pub mutual: bool,
    /// States that the evidence names, sides included.
    pub states: Vec<Country>,
    /// Names in the evidence that are neither a side nor the place.
    pub names: Vec<Term>,
    /// Numbers in the evidence.
    pub numbers: Vec<Term>,
    /// Other words of the evidence.
    pub roots: Vec<Term>,
}

impl<'a> Features<'a> {
    pub(crate) fn new(telling: &'a Telling) -> Self {
        let event = &telling.event;
        let known = known(telling);
        let (mut names, mut numbers, mut roots, mut states) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for term in terms(&event.evidence) {
            match &term {
                Term::Name(name) if !known.contains(name) => names.push(term),
                Term::Name(_) => {}
                Term::State(state) => states.push(*state),
                Term::Number(_) => numbers.push(term),
                Term::Root(_) => roots.push(term),
            }
        }
        Self {
            telling,
            days: telling.days(),
            dated: telling.dated(),
            long: telling.told().filter(|&date| is_long(date)),
            plan: telling.is_plan(),
            leads: (1..LEAD).contains(&event.spans.evidence.end),
            mutual: event.recipients.is_empty() && event.actors.len() > 1,
            states,
            names,
            numbers,
            roots,
        }
    }

    /// Whether another event of the same article is the same act, told again in the same breath: the coder makes two events of
    /// "four were killed when drones struck", and of one clause that two rules fit.
    pub(crate) fn is_twin(&self, other: &Self) -> bool {
        let (one, two) = (&self.telling.event, &other.telling.event);
        let (a, b) = (one.spans.evidence, two.spans.evidence);
        let gap = i64::from(a.start.max(b.start)) - i64::from(a.end.min(b.end));
        self.telling.source.article == other.telling.source.article
            && one.event == two.event
            && a.end > 0
            && b.end > 0
            && (gap < 0 || gap < BREATH && one.rule != two.rule)
    }

    pub(crate) fn event(&self) -> EventType {
        self.telling.event.event
    }

    /// Whether it is background, and no day is told of it.
    pub(crate) fn is_undated(&self) -> bool {
        self.telling.event.date.is_none() && self.telling.event.status == Status::Historical
    }

    /// Everybody in it, whatever the side.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &'a Entity> + use<'a> {
        self.telling.event.actors.iter().chain(&self.telling.event.recipients)
    }
}

/// Bytes of headline and lead, about.
const LEAD: u32 = 400;

/// Bytes between two clauses of one sentence, at most.
const BREATH: i64 = 40;

/// Skeletons of the names that sides, place and source are written with.
fn known(telling: &Telling) -> Vec<String> {
    let event = &telling.event;
    let parties = event.actors.iter().chain(&event.recipients).map(|e| e.text.as_str());
    let place = event.place.iter().map(|p| p.text.as_str());
    let source = event.attribution.iter().map(|a| a.text.as_str());
    parties
        .chain(place)
        .chain(source)
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(|word| skeleton(&fold(word)))
        .collect()
}

/// Countries of a side, sorted, each once.
pub(crate) fn countries<'a>(side: impl IntoIterator<Item = &'a Entity>) -> Vec<Country> {
    let mut all: Vec<Country> = side.into_iter().filter_map(|entity| entity.country).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether an entity's table entry names a person, body or group rather than the state itself (whose name is its code).
pub(crate) fn is_named(entity: &Entity) -> bool {
    entity.name.as_ref().is_some_and(|name| entity.country.is_none_or(|country| country.as_str() != name))
}
