//! Are two tellings one act? A sum of reasons, each of which a person can check.
//!
//! Some things rule it out: types that cannot stand for one another, one article, sides that name other states, dates more
//! than [`STRETCH`] days apart, two passages of one text. All else weighs for or against, by
//! weights set in the open: who, when, where, how many, in what words, and whether the two articles tell one story.

use depeche_model::{EventType, Reason};

use crate::{Telling, block::STRETCH, features::Features, telling::gap};

mod figures;
mod place;
mod sides;
mod weights;
mod when;
mod wording;

/// Least score at which two tellings are one act.
pub const THRESHOLD: f32 = 3.5;

/// A score and what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Sum of the weights.
    pub score: f32,
    /// The grounds, weightiest first, whichever way they point.
    pub reasons: Vec<Reason>,
}

/// What rules out that two tellings are one act, for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict(pub &'static str);

/// Reasons as they are found.
#[derive(Default)]
pub(crate) struct Sheet(Vec<Reason>);

impl Sheet {
    fn add(&mut self, weight: f32, what: impl Into<String>) {
        self.0.push(Reason { what: what.into(), weight });
    }

    fn one(weight: f32, what: &str) -> Scored {
        Scored { score: weight, reasons: vec![Reason { what: what.to_owned(), weight }] }
    }

    fn close(self) -> Scored {
        // Summed in the order of finding, which is that of the code: the same pair gives the same bits.
        let score = self.0.iter().map(|reason| reason.weight).sum();
        let mut reasons = self.0;
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        Scored { score, reasons }
    }
}

/// The score of two tellings; `None` where something rules out that they are one act. The order of the two does not matter.
pub fn compare(a: &Telling, b: &Telling) -> Option<Scored> {
    explain(a, b).ok()
}

/// The same, with what rules it out.
pub fn explain(a: &Telling, b: &Telling) -> Result<Scored, Conflict> {
    judge(&Features::new(a), &Features::new(b))
}

/// The same for tellings prepared before.
pub(crate) fn judge(a: &Features<'_>, b: &Features<'_>) -> Result<Scored, Conflict> {
    let (a, b) = if a.telling.event.id <= b.telling.event.id { (a, b) } else { (b, a) };
    let mut sheet = Sheet::default();
    types(&mut sheet, a, b)?;
    if a.is_twin(b) {
        sheet.add(weights::ONE_BREATH, "one article tells both, in one breath");
    } else if a.telling.source.article == b.telling.source.article {
        sheet.add(weights::ONE_ARTICLE, "one article tells both");
    }
    if let Some(same) = wording::reprint(a, b) {
        return if same {
            Ok(Sheet::one(weights::SAME_TEXT, "the same words in two prints of one text"))
        } else {
            Err(Conflict("two passages of one text"))
        };
    }
    match (a.days, b.days) {
        (Some(one), Some(other)) if gap(one, other) <= STRETCH => {}
        (Some(_), Some(_)) => return Err(Conflict("dates too far apart")),
        _ => return Err(Conflict("no date to go by")),
    }
    sides::weigh(&mut sheet, a, b)?;
    when::weigh(&mut sheet, a, b);
    place::weigh(&mut sheet, a, b);
    figures::weigh(&mut sheet, a, b);
    wording::weigh(&mut sheet, a, b);
    Ok(sheet.close())
}

/// Types that can be one act: the same, or a plan and what it comes to.
fn types(sheet: &mut Sheet, a: &Features<'_>, b: &Features<'_>) -> Result<(), Conflict> {
    if a.event() == b.event() {
        return Ok(());
    }
    let comes_to = |plan: &Features<'_>, act: &Features<'_>| {
        plan.plan
            && match plan.event() {
                EventType::Agree => {
                    matches!(
                        act.event(),
                        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid
                    )
                }
                EventType::Concede => act.event() == EventType::Retreat,
                _ => false,
            }
    };
    if comes_to(a, b) || comes_to(b, a) {
        let signed = a.event() == EventType::Support || b.event() == EventType::Support;
        let weight = if signed { weights::PLAN_SIGNED } else { weights::PLAN };
        sheet.add(weight, "one tells the plan, the other the act");
        return Ok(());
    }
    Err(Conflict("types that are not one act"))
}
