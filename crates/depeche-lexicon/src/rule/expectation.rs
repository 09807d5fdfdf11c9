//! The right side of a test: `PRK.GOV > RUS.MIL modes drone status negated size 10000.. dead 4`.

use depeche_model::{Country, EventType, Range};

use super::{Expectation, Side};

/// Reads it; the error says what is wrong.
pub(super) fn parse(text: &str, event: EventType) -> Result<Expectation, String> {
    let mut out = Expectation {
        event,
        actors: Vec::new(),
        recipients: Vec::new(),
        modes: None,
        status: None,
        size: None,
        dead: None,
        injured: None,
    };
    let mut words = text.split_whitespace().peekable();
    if let Some(event) = words.peek().and_then(|word| word.strip_suffix(':')) {
        out.event = event.parse()?;
        words.next();
    }
    out.actors = sides(words.next().ok_or("the actor is missing")?)?;
    if words.peek() == Some(&">") {
        words.next();
        out.recipients = sides(words.next().ok_or("the recipient is missing after `>`")?)?;
    }
    while let Some(key) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{key}` has no value"))?;
        match key {
            "modes" | "mode" => {
                let modes: Result<Vec<_>, _> = value.split(',').filter(|m| *m != "-").map(str::parse).collect();
                out.modes = Some(modes?);
            }
            "status" => out.status = Some(value.parse()?),
            "size" => out.size = Some(range(value)?),
            "dead" => out.dead = Some(range(value)?),
            "injured" => out.injured = Some(range(value)?),
            _ => return Err(format!("`{key}` is no field of a test")),
        }
    }
    Ok(out)
}

fn sides(word: &str) -> Result<Vec<Side>, String> {
    if word == "-" {
        return Ok(Vec::new());
    }
    word.split(['+', ',']).map(side).collect()
}

fn side(word: &str) -> Result<Side, String> {
    let (country, sector) = word.split_once('.').map_or((word, None), |(c, s)| (c, Some(s)));
    let country = match country {
        "?" => None,
        code => Some(code.parse::<Country>()?),
    };
    Ok(Side { country, sector: sector.map(str::parse).transpose()? })
}

fn range(word: &str) -> Result<Range, String> {
    let number = |text: &str| -> Result<Option<u64>, String> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| format!("`{text}` is no number")) }
    };
    match word.split_once("..") {
        Some((min, max)) => Ok(Range { min: number(min)?, max: number(max)? }),
        None => number(word).map(|n| Range { min: n, max: n }),
    }
}

#[cfg(test)]
mod tests {
    use depeche_model::{Sector, Status};

    use super::*;

    #[test]
    fn reads_every_field() {
        let e = parse("PRK.GOV+? > RUS.MIL modes - status negated size 10000.. dead 4", EventType::Aid).unwrap();
        assert_eq!(e.actors.len(), 2);
        assert_eq!(e.actors[1].country, None);
        assert_eq!(e.recipients[0].sector, Some(Sector::Mil));
        assert_eq!((e.status, e.size), (Some(Status::Negated), Some(Range { min: Some(10000), max: None })));
        assert_eq!(parse("COERCE: - > USA", EventType::Sanction).unwrap().event, EventType::Coerce);
    }

    #[test]
    fn refuses_what_is_no_field() {
        for text in ["", "FRA >", "FRA > DEU place Paris", "france", "FRA size many"] {
            assert!(parse(text, EventType::Aid).is_err(), "{text}");
        }
    }
}
