//! Which pairs of countries an act counts for, and in which month.

use depeche_model::{Country, DateSpan, Entity, Event, Quad, Record, RecordStatus, Status};

use crate::archive::Counts;

/// A pair of countries that an act counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// Who acts; of a mutual act, the first of the alphabet.
    pub actor: Country,
    /// Who is acted upon; of a mutual act, the other.
    pub recipient: Country,
    /// Whether both act.
    pub mutual: bool,
}

/// An act as the counts see it.
pub(crate) struct Act {
    /// As `2024-10`.
    pub month: String,
    /// Each once.
    pub pairs: Vec<Pair>,
    /// What it adds to the counts of each pair.
    pub counts: Counts,
}

impl Act {
    /// Of an event; `None` where it has no date or no pair.
    pub(crate) fn of_event(event: &Event) -> Option<Self> {
        let done = event.status == Status::Actual;
        Self::new(event.date, &event.actors, &event.recipients, done, event.quad, event.goldstein)
    }

    /// Of a record; `None` where it has no date or no pair.
    pub(crate) fn of_record(record: &Record) -> Option<Self> {
        let done = matches!(record.status, RecordStatus::Done | RecordStatus::Claimed | RecordStatus::Disputed);
        Self::new(record.date, &record.actors, &record.recipients, done, record.quad, record.goldstein)
    }

    fn new(
        date: Option<DateSpan>,
        actors: &[Entity],
        recipients: &[Entity],
        done: bool,
        quad: Quad,
        goldstein: f32,
    ) -> Option<Self> {
        let month = date?.start.strftime("%Y-%m").to_string();
        let pairs = pairs(actors, recipients);
        let mut counts = Counts::default();
        if done {
            counts.quads[quad as usize] = 1;
            counts.goldstein_tenths = (f64::from(goldstein) * 10.0).round() as i64;
        } else {
            counts.undone = 1;
        }
        (!pairs.is_empty()).then_some(Self { month, pairs, counts })
    }
}

fn pairs(actors: &[Entity], recipients: &[Entity]) -> Vec<Pair> {
    let countries = |side: &[Entity]| side.iter().filter_map(|entity| entity.country).collect::<Vec<_>>();
    let (actors, recipients) = (countries(actors), countries(recipients));
    let mut out = Vec::new();
    if recipients.is_empty() {
        for (n, a) in actors.iter().enumerate() {
            for b in actors[n + 1..].iter().filter(|b| *b != a) {
                out.push(Pair { actor: *a.min(b), recipient: *a.max(b), mutual: true });
            }
        }
    } else {
        for actor in &actors {
            out.extend(recipients.iter().map(|r| Pair { actor: *actor, recipient: *r, mutual: false }));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
