//! From the line that a person wrote to a [`Query`].

use std::ops::Range;

use depeche_model::Diagnostic;

use super::{
    Query, Term,
    fields::{FIELDS, Value, Wrong, suggestion, text},
};

/// Longest query, in bytes.
const MAX_BYTES: usize = 16 << 10;
/// Most terms and alternatives.
const MAX_VALUES: usize = 200;

/// What turns a term round: the hyphen, and the minus sign that it is on paper.
const SIGNS: [char; 2] = ['-', '−'];

/// A term as it stands: byte ranges of the line.
struct Raw {
    at: usize,
    negated: bool,
    field: Option<Range<usize>>,
    values: Vec<Range<usize>>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// Where a field, a value or a quotation mark is wrong; the diagnostic's file is `<query>` and its column that of the fault.
    pub fn parse(line: &str) -> Result<Self, Diagnostic> {
        let mut query = Self::default();
        let (mut at, mut values) = (0, 0);
        if line.len() > MAX_BYTES {
            return Err(fault(line, 0, Wrong(format!("the query has more than {MAX_BYTES} bytes"), None)));
        }
        while let Some(start) = line[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
            let (raw, end) = term(line, start)?;
            values += raw.values.len();
            if values > MAX_VALUES {
                return Err(fault(line, start, Wrong(format!("the query has more than {MAX_VALUES} values"), None)));
            }
            query.terms.push(read(line, &raw)?);
            at = end;
        }
        Ok(query)
    }
}

/// Cuts a term out of the line; the second of the pair is the byte after it.
fn term(line: &str, start: usize) -> Result<(Raw, usize), Diagnostic> {
    let sign = SIGNS.iter().find(|sign| line[start..].starts_with(**sign));
    let negated = sign.is_some();
    let mut at = start + sign.map_or(0, |sign| sign.len_utf8());
    let name = line[at..].find(|c: char| !c.is_ascii_alphabetic()).map_or(line.len(), |n| at + n);
    let field = (name > at && line[name..].starts_with(':')).then_some(at..name);
    if field.is_some() {
        at = name + 1;
    }
    let mut values = Vec::new();
    loop {
        let (value, end) = value(line, at, field.is_some())?;
        values.push(value);
        at = end;
        if field.is_some() && line[at..].starts_with(',') {
            at += 1;
        } else {
            return Ok((Raw { at: start, negated, field, values }, at));
        }
    }
}

/// One value, and the byte after it. A comma ends a value only where alternatives may stand.
fn value(line: &str, start: usize, alternatives: bool) -> Result<(Range<usize>, usize), Diagnostic> {
    if line[start..].starts_with('"') {
        let close = line[start + 1..].find('"').map(|n| start + 1 + n);
        let close = close.ok_or_else(|| {
            fault(line, start, Wrong("this quotation mark is never closed".to_owned(), Some("add a \"".to_owned())))
        })?;
        return Ok((start + 1..close, close + 1));
    }
    let ends = |c: char| c.is_whitespace() || (alternatives && c == ',');
    let end = line[start..].find(ends).map_or(line.len(), |n| start + n);
    Ok((start..end, end))
}

fn read(line: &str, raw: &Raw) -> Result<Term, Diagnostic> {
    let value = |range: &Range<usize>| Value {
        text: &line[range.clone()],
        quoted: range.start > 0 && line[..range.start].ends_with('"') && line[range.end..].starts_with('"'),
    };
    let values: Vec<Value<'_>> = raw.values.iter().map(value).collect();
    if let Some(empty) = raw.values.iter().find(|range| line[(*range).clone()].trim().is_empty()) {
        let hint = "write a value after the colon or comma, without a blank".to_owned();
        return Err(fault(line, empty.start, Wrong("a value is missing".to_owned(), Some(hint))));
    }
    let Some(range) = &raw.field else {
        let test = text(values[0].text).map_err(|wrong| fault(line, raw.at, wrong))?;
        return Ok(Term { negated: raw.negated, test });
    };
    let name = line[range.clone()].to_ascii_lowercase();
    let Some(field) = FIELDS.iter().find(|field| field.name == name) else {
        let hint = suggestion(&name, FIELDS.iter().map(|field| field.name)).replace("`?", ":`?");
        return Err(fault(line, range.start, Wrong(format!("there is no field `{name}`"), Some(hint))));
    };
    let read = |values: &[Value<'_>]| (field.read)(values);
    let test = read(&values).map_err(|wrong| {
        // The first value that fails alone is the one to point at.
        let at = values.iter().position(|value| read(&[*value]).is_err()).unwrap_or(0);
        fault(line, raw.values[at].start, Wrong(format!("{}: {}", field.name, wrong.0), wrong.1))
    })?;
    Ok(Term { negated: raw.negated, test })
}

fn fault(line: &str, at: usize, Wrong(message, hint): Wrong) -> Diagnostic {
    let column = line[..at].chars().count() + 1;
    let error = Diagnostic::error("<query>", message).at(1, column as u32);
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use depeche_model::{Country, EventType, Sector};

    use super::*;
    use crate::query::{Bound, Phrase, Test, Who};

    fn test(line: &str) -> Test {
        Query::parse(line).unwrap().terms.remove(0).test
    }

    #[test]
    fn fields_values_alternatives_and_negation() {
        let rus = Country::new("RUS").unwrap();
        assert_eq!(test("actor:RUS.MIL"), Test::Actor(vec![Who::Both(rus, Sector::Mil)]));
        assert_eq!(
            test("actor:RUS,\"REB\",Q42,\"Kim  Jong-un\""),
            Test::Actor(vec![
                Who::Country(rus),
                Who::Name("reb".to_owned()),
                Who::Wikidata("Q42".to_owned()),
                Who::Name("kim jong un".to_owned())
            ])
        );
        assert_eq!(test("TYPE:aid,Threaten"), Test::Type(vec![EventType::Aid, EventType::Threaten]));
        assert_eq!(test("confidence:>=0.5"), Test::Confidence(Bound::AtLeast(0.5)));
        let query = Query::parse("  obus -\"trois drones*\"  −place:Odesa ").unwrap();
        assert_eq!(query.terms.iter().map(|t| t.negated).collect::<Vec<_>>(), [false, true, true]);
        let words = vec!["trois".to_owned(), "drones".to_owned()];
        assert_eq!(query.terms[1].test, Test::Text(vec![Phrase { words, prefix: true }]));
        assert_eq!(Query::parse(" ").unwrap(), Query::default());
    }

    #[test]
    fn every_example_is_read() {
        for field in FIELDS {
            assert!(Query::parse(field.example).is_ok(), "{field:?}");
        }
    }

    #[test]
    fn every_field_is_documented() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/query.md");
        let docs = std::fs::read_to_string(docs).unwrap();
        for field in FIELDS {
            let row = format!("| `{}` | {} | `{}` |", field.name, field.meaning, field.example);
            assert!(docs.contains(&row), "docs/query.md lacks the row\n{row}");
        }
    }

    /// Query, column of the fault, a part of the message and a part of the hint.
    #[test]
    fn faults_are_told_with_their_column() {
        let cases = [
            ("tpye:AID", 1, "no field `tpye`", "did you mean `type:`?"),
            ("élan type:AIDE", 11, "`AIDE` is none", "did you mean `AID`?"),
            ("type:AID,,X", 10, "missing", "write a value"),
            ("actor:", 7, "missing", "write a value"),
            ("source:\"Yon", 8, "never closed", "add a"),
            ("dyad:RUS", 6, "no pair", "RUS-PRK"),
            ("after:2024,2025", 7, "one value", "again"),
            ("after:2024-13", 7, "no day", "2024-10"),
            ("confidence:high", 12, "no bound", ">0.5"),
            ("actor:USA,rus", 11, "code or a name", "as RUS"),
            ("actor:rus.mil", 7, "country and sector", "capitals"),
            ("status:done", 8, "none of its values", "actual, future"),
            ("--", 1, "neither letter", ""),
        ];
        for (line, column, message, hint) in cases {
            let error = Query::parse(line).unwrap_err();
            assert_eq!((error.line, error.column), (1, column), "{line}: {error}");
            assert!(error.message.contains(message), "{line}: {error}");
            assert!(error.hint.unwrap_or_default().contains(hint), "{line}");
        }
        assert!(Query::parse(&"x ".repeat(9000)).is_err() && Query::parse(&"x ".repeat(300)).is_err());
    }
}
