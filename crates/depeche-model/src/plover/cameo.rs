//! CAMEO's codes: names, Goldstein scores, and what each becomes in PLOVER.
//!
//! The table is `data/cameo.tsv`; its head names the sources.

use std::sync::OnceLock;

use super::{Context, EventType, Mode};

/// One CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cameo {
    /// Two to four digits.
    pub code: &'static str,
    /// Name in the CAMEO manual.
    pub name: &'static str,
    /// Goldstein score, −10 to 10; where the source has none, that of the nearest broader code.
    pub goldstein: f32,
    /// PLOVER type; `None` for the statements of root 01 and 02 that PLOVER dropped.
    pub event: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
}

/// Every code, in the order of the manual.
pub fn codes() -> &'static [Cameo] {
    static CODES: OnceLock<Vec<Cameo>> = OnceLock::new();
    CODES.get_or_init(|| include_str!("../../data/cameo.tsv").lines().filter_map(parse).collect())
}

/// The entry of a code.
pub fn cameo(code: &str) -> Option<&'static Cameo> {
    codes().binary_search_by(|entry| entry.code.cmp(code)).ok().map(|at| &codes()[at])
}

fn parse(line: &'static str) -> Option<Cameo> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.split('\t');
    let (code, name) = (fields.next()?, fields.next()?);
    Some(Cameo {
        code,
        name,
        goldstein: fields.next()?.parse().ok()?,
        event: fields.next().and_then(|name| name.parse().ok()),
        mode: fields.next().and_then(|name| name.parse().ok()),
        contexts: fields.next().unwrap_or("").split(' ').filter_map(|name| name.parse().ok()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_sorted_and_in_range() {
        let lines = include_str!("../../data/cameo.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(codes().len(), lines, "a line of cameo.tsv does not parse");
        assert!(codes().is_sorted_by(|a, b| a.code < b.code));
        assert!(codes().iter().all(|entry| entry.goldstein.abs() <= 10.0));
        assert!(codes().iter().all(|entry| entry.event.is_some() || entry.code < "03"));
    }

    #[test]
    fn a_mode_belongs_to_its_type() {
        for entry in codes() {
            if let (Some(event), Some(mode)) = (entry.event, entry.mode) {
                assert!(event.modes().contains(&mode), "{}: {event} has no mode {mode}", entry.code);
            }
        }
    }
}
