//! JSON lines: the article's own fields, and its events under `events`.

use std::io;

use serde::{Serialize, ser::SerializeMap};
use serde_json::{Map, Value};

use crate::Telling;

/// Where the events stand in the object.
const EVENTS: &str = "events";

/// Appends the one line of an article.
pub(crate) fn append(telling: &Telling<'_>, out: &mut Vec<u8>) -> io::Result<u64> {
    match telling.fields {
        Some(fields) => serde_json::to_writer(&mut *out, &Line { fields, telling })?,
        None => serde_json::to_writer(&mut *out, &Own { article: telling.article, events: telling.events })?,
    }
    out.push(b'\n');
    Ok(1)
}

/// An article without an object of its own, as [`depeche_model::Coded`] is written.
#[derive(Serialize)]
struct Own<'a> {
    #[serde(flatten)]
    article: &'a depeche_model::Article,
    events: &'a [depeche_model::Event],
}

/// The object that came in, its fields in their order; `events` in place of any that it had, else at the end.
struct Line<'a> {
    fields: &'a Map<String, Value>,
    telling: &'a Telling<'a>,
}

impl Serialize for Line<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.fields {
            match name.as_str() {
                EVENTS => map.serialize_entry(EVENTS, self.telling.events)?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        if !self.fields.contains_key(EVENTS) {
            map.serialize_entry(EVENTS, self.telling.events)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_user_come_back_in_their_order() {
        let coded: depeche_model::Coded =
            serde_json::from_str(r#"{"id":"a","lang":"en","text":"x","events":[]}"#).unwrap();
        let Value::Object(fields) = serde_json::json!({"section": 3, "id": "a", "events": "old", "text": "x"}) else {
            panic!("an object")
        };
        let mut out = Vec::new();
        append(&Telling { fields: Some(&fields), ..Telling::from(&coded) }, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"section\":3,\"id\":\"a\",\"events\":[],\"text\":\"x\"}\n");
    }
}
