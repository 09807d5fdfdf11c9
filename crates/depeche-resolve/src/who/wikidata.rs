//! A persons table from a Wikidata JSON dump.
//!
//! The dump is one entity a line, in a JSON array, as Wikidata publishes it. [`Reader::line`] keeps three sorts of entity:
//! states (by their ISO code, P298), positions (by the state they belong to, P1001 or P17) and humans (Q5) who held a
//! position (P39) with its first and last day (P580, P582). [`Reader::table`] joins them into the text of a table that
//! [`super::Directory::from_tables`] reads. Which office a position is, its English label says: it is read like any other
//! noun of role, so that no list of Wikidata ids has to be kept.

use std::{collections::BTreeMap, fmt::Write as _};

use depeche_model::{Diagnostic, Language};
use serde_json::Value;

use super::{Directory, fold, trie::Word};

/// Collects what a persons table needs, entity by entity.
#[derive(Debug, Default)]
pub struct Reader {
    states: BTreeMap<String, String>,
    positions: BTreeMap<String, Position>,
    persons: BTreeMap<String, Person>,
}

#[derive(Debug)]
struct Position {
    label: String,
    state: String,
}

#[derive(Debug)]
struct Person {
    name: String,
    forms: Vec<String>,
    held: Vec<Held>,
}

#[derive(Debug)]
struct Held {
    position: String,
    from: String,
    to: String,
}

impl Reader {
    /// Reads one line of a dump; brackets and empty lines are passed over, entities of other sorts are forgotten.
    ///
    /// `line` is its number, for the message. Errors where the line is no JSON.
    pub fn line(&mut self, number: u32, text: &str) -> Result<(), Diagnostic> {
        let text = text.trim().trim_end_matches(',');
        if matches!(text, "" | "[" | "]") {
            return Ok(());
        }
        let entity: Value = serde_json::from_str(text).map_err(|error| {
            Diagnostic::error("wikidata", format!("no JSON entity: {error}"))
                .at(number, error.column() as u32)
                .hint("give a Wikidata JSON dump: one entity a line")
        })?;
        let Some(id) = entity["id"].as_str() else { return Ok(()) };
        if let Some(code) = claims(&entity, "P298").find_map(text_of) {
            self.states.insert(id.to_owned(), code);
        }
        if let Some(state) = ["P1001", "P17"].iter().find_map(|p| claims(&entity, p).find_map(item_of)) {
            let label = label(&entity, "en").unwrap_or_default();
            self.positions.insert(id.to_owned(), Position { label, state });
        }
        if claims(&entity, "P31").any(|claim| item_of(claim).as_deref() == Some("Q5")) {
            self.persons.extend(person(&entity).map(|person| (id.to_owned(), person)));
        }
        Ok(())
    }

    /// The table, and how many terms had a position that no noun of role knows.
    pub fn table(&self, directory: &Directory) -> (String, usize) {
        let mut table = String::from("# Persons read from a Wikidata dump.\n# source: Wikidata (CC0)\n");
        table.push_str("name\tforms\tshort\tcountry\tsector\toffice\tfrom\tto\twikidata\n");
        let mut unknown = 0;
        for (id, person) in &self.persons {
            for held in &person.held {
                match self.row(directory, id, person, held) {
                    Some(row) => table.push_str(&row),
                    None => unknown += 1,
                }
            }
        }
        (table, unknown)
    }

    fn row(&self, directory: &Directory, id: &str, person: &Person, held: &Held) -> Option<String> {
        let position = self.positions.get(&held.position)?;
        let code = self.states.get(&position.state)?;
        let (sector, office) = office(directory, &position.label)?;
        let short = person.name.rsplit(' ').next().unwrap_or_default();
        let mut row = String::new();
        let forms = person.forms.join("; ");
        let (name, from, to) = (&person.name, &held.from, &held.to);
        writeln!(row, "{name}\t{forms}\t{short}\t{code}\t{sector}\t{office}\t{from}\t{to}\t{id}").ok()?;
        Some(row)
    }
}

/// Sector and office of a position by the longest noun of role in its English label.
fn office(directory: &Directory, label: &str) -> Option<(String, String)> {
    let words: Vec<Word> = fold::pieces(label).iter().map(|p| directory.nouns.word(p)).collect();
    let found = (0..words.len()).flat_map(|at| directory.nouns.prefixes(&words[at..]).collect::<Vec<_>>());
    let english = found.filter_map(|(length, refs)| {
        let role = refs.iter().find(|r| r.language == Language::English)?.role;
        Some((length, role))
    });
    let (_, role) = english.max_by_key(|(length, role)| (*length, std::cmp::Reverse(*role)))?;
    let role = &directory.roles[role as usize];
    Some((role.sector.to_string(), role.offices.first()?.to_string()))
}

fn person(entity: &Value) -> Option<Person> {
    let name = label(entity, "en").or_else(|| label(entity, "fr"))?;
    let mut forms = Vec::new();
    if let Some(french) = label(entity, "fr").filter(|french| *french != name) {
        forms.push(format!("fr:{french}"));
    }
    for language in ["fr", "en"] {
        for alias in entity["aliases"][language].as_array().into_iter().flatten() {
            let value = alias["value"].as_str().filter(|a| a.contains(' ') && !a.contains([';', '\t', '\n']));
            forms.extend(value.map(|a| format!("{language}:{a}")));
        }
    }
    let held = claims(entity, "P39").filter_map(|claim| {
        let day = |property: &str| claim["qualifiers"][property].get(0).and_then(time_of).unwrap_or_default();
        Some(Held { position: item_of(claim)?, from: day("P580"), to: day("P582") })
    });
    Some(Person { name, forms, held: held.collect() })
}

/// Claims of a property that are not deprecated.
fn claims<'v>(entity: &'v Value, property: &str) -> impl Iterator<Item = &'v Value> {
    entity["claims"][property].as_array().into_iter().flatten().filter(|claim| claim["rank"] != "deprecated")
}

fn text_of(claim: &Value) -> Option<String> {
    claim["mainsnak"]["datavalue"]["value"].as_str().map(ToOwned::to_owned)
}

fn item_of(claim: &Value) -> Option<String> {
    claim["mainsnak"]["datavalue"]["value"]["id"].as_str().map(ToOwned::to_owned)
}

/// A day, month or year as the tables write it, from a Wikidata time of precision 11, 10 or 9.
fn time_of(snak: &Value) -> Option<String> {
    let value = &snak["datavalue"]["value"];
    let time = value["time"].as_str()?.strip_prefix('+')?;
    let length = match value["precision"].as_u64()? {
        11 => 10,
        10 => 7,
        9 => 4,
        _ => return None,
    };
    time.get(..length).map(ToOwned::to_owned)
}

fn label(entity: &Value, language: &str) -> Option<String> {
    let label = entity["labels"][language]["value"].as_str()?;
    (!label.is_empty() && !label.contains(['\t', '\n', ';'])).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three entities of the form of a dump: a state, a position, a person in it.
    const DUMP: &str = r#"[
{"type":"item","id":"Q1","labels":{"en":{"value":"Syldavia"}},"claims":{"P298":[{"rank":"normal","mainsnak":{"datavalue":{"value":"SYL"}}}]}},
{"type":"item","id":"Q2","labels":{"en":{"value":"Minister of Foreign Affairs of Syldavia"}},"claims":{"P1001":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q1"}}}}]}},
{"type":"item","id":"Q3","labels":{"en":{"value":"Ottokar Müsstler"},"fr":{"value":"Ottocar Musstler"}},"aliases":{"fr":[{"value":"O. Musstler"}]},"claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],"P39":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q2"}}},"qualifiers":{"P580":[{"datavalue":{"value":{"time":"+2012-05-16T00:00:00Z","precision":11}}}],"P582":[{"datavalue":{"value":{"time":"+2014-00-00T00:00:00Z","precision":9}}}]}}]}}
]"#;

    #[test]
    fn a_dump_becomes_a_table_that_answers() -> Result<(), Box<dyn std::error::Error>> {
        let mut reader = Reader::default();
        for (number, line) in (1..).zip(DUMP.lines()) {
            reader.line(number, line)?;
        }
        let (table, unknown) = reader.table(&Directory::embedded());
        assert_eq!(unknown, 0, "{table}");
        let directory = Directory::from_tables([("dump.tsv", table.as_str())]);
        assert!(directory.problems().is_empty());
        let syldavia = depeche_model::Country::new("SYL").ok_or("code")?;
        let holder = directory.holder(syldavia, "foreign-minister", "2013-01-01".parse()?).ok_or("holder")?;
        assert_eq!((holder.name.as_str(), holder.wikidata.as_deref()), ("Ottokar Müsstler", Some("Q3")));
        assert!(directory.holder(syldavia, "foreign-minister", "2015-01-01".parse()?).is_none());
        Ok(())
    }

    #[test]
    fn what_is_no_json_is_reported_with_its_line() {
        let error = Reader::default().line(7, "{\"id\":").map_err(|d| d.line);
        assert_eq!(error, Err(7));
    }
}
