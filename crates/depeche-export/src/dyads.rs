//! One source, one target: events as the pairs that ICEWS and GDELT count.
//!
//! An event here has sides of any number. The makers of those data sets write a row for each pair; in a mutual act, where every
//! participant is an actor, they write each pair in both directions. The same is done here, in an order that hangs on nothing but the event.

use std::hash::Hasher;

use depeche_model::{Entity, Event};
use siphasher::sip::SipHasher13;

/// CAMEO's signing of an agreement: a SUPPORT whose actors sign with each other.
const TREATY: &str = "057";

/// A pair of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dyad<'a> {
    /// Number within its event, from 0.
    number: u32,
    /// Who did it.
    pub source: Option<&'a Entity>,
    /// To whom.
    pub target: Option<&'a Entity>,
}

/// The pairs of an event; one half-empty pair where a side is not told.
pub(crate) fn dyads(event: &Event) -> Vec<Dyad<'_>> {
    let pairs: Vec<(Option<&Entity>, Option<&Entity>)> = match (event.actors.as_slice(), event.recipients.as_slice()) {
        (actors @ [_, _, ..], []) if event.event.may_be_mutual() || event.cameo == TREATY => mutual(actors),
        (actors, []) => actors.iter().map(|actor| (Some(actor), None)).collect(),
        ([], recipients) => recipients.iter().map(|recipient| (None, Some(recipient))).collect(),
        (actors, recipients) => {
            actors.iter().flat_map(|a| recipients.iter().map(move |r| (Some(a), Some(r)))).collect()
        }
    };
    (0..).zip(pairs).map(|(number, (source, target))| Dyad { number, source, target }).collect()
}

/// Every pair of participants, there and back.
fn mutual(actors: &[Entity]) -> Vec<(Option<&Entity>, Option<&Entity>)> {
    let later = |n: usize| actors[n + 1..].iter();
    let both = |(n, a)| later(n).flat_map(move |b| [(Some(a), Some(b)), (Some(b), Some(a))]);
    actors.iter().enumerate().flat_map(both).collect()
}

impl Dyad<'_> {
    /// A number for the pair: a hash of the event's id and the pair's place, so that the same article always gives the same one. It has 53
    /// bits, which is what R and spreadsheets hold exactly; among ten million rows the chance of any two being equal is one in two hundred.
    pub(crate) fn id(&self, event: &Event) -> u64 {
        let mut hasher = SipHasher13::new_with_keys(0, 0);
        hasher.write(event.id.as_bytes());
        hasher.write(&self.number.to_le_bytes());
        hasher.finish() >> 11
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, actors: &[&str], recipients: &[&str]) -> Event {
        let side = |texts: &[&str]| -> Vec<_> {
            texts.iter().map(|t| serde_json::json!({"text": t, "country": null, "sector": "GOV"})).collect()
        };
        serde_json::from_value(serde_json::json!({
            "id": "a#1", "type": kind, "modes": [], "contexts": [], "actors": side(actors), "recipients": side(recipients),
            "date": null, "place": null, "status": "actual", "attribution": null, "size": null, "dead": null, "injured": null,
            "evidence": "", "cameo": "040", "quad": "verbal cooperation", "goldstein": 1.0, "plover_score": 2.0,
            "confidence": 0.5, "rule": "meet",
            "spans": {"evidence": {"start": 0, "end": 0}, "trigger": {"start": 0, "end": 0}, "actors": [], "recipients": []}
        }))
        .unwrap()
    }

    fn pairs(event: &Event) -> Vec<String> {
        let text = |side: Option<&Entity>| side.map_or("-", |e| &e.text).to_owned();
        dyads(event).iter().map(|d| text(d.source) + text(d.target).as_str()).collect()
    }

    #[test]
    fn sides_become_pairs() {
        assert_eq!(pairs(&event("AID", &["a", "b"], &["c", "d"])), ["ac", "ad", "bc", "bd"]);
        assert_eq!(pairs(&event("CONSULT", &["a", "b", "c"], &[])), ["ab", "ba", "ac", "ca", "bc", "cb"]);
        assert_eq!(pairs(&event("PROTEST", &["a", "b"], &[])), ["a-", "b-"]);
        assert_eq!(pairs(&event("ASSAULT", &[], &["c"])), ["-c"]);
        assert!(pairs(&event("ASSAULT", &[], &[])).is_empty());
    }

    #[test]
    fn ids_differ_by_pair_and_stay() {
        let event = event("AID", &["a", "b"], &["c"]);
        let ids: Vec<u64> = dyads(&event).iter().map(|d| d.id(&event)).collect();
        assert_ne!(ids[0], ids[1]);
        assert!(ids.iter().all(|&id| id < 1 << 53));
        assert_eq!(ids[0], dyads(&event)[0].id(&event));
    }
}
