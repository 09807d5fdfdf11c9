//! The fields of the query language, each entered once: its name, its meaning, an example, and how its value is read.

use depeche_model::{Context, Country, EventType, Mode, Quad, Sector, Status};

use super::{Bound, Days, Named, Phrase, Test, Who};
use crate::fold;

/// A value that does not fit its field: what is wrong, and the remedy where one is known.
pub(super) struct Wrong(pub(super) String, pub(super) Option<String>);

/// A value as written.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    /// Without its quotation marks.
    pub(super) text: &'a str,
    /// Whether it stood between quotation marks: then it is a name, never a code.
    pub(super) quoted: bool,
}

/// What a person may know of a field.
#[derive(Clone, Copy)]
pub struct FieldHelp {
    /// As written before the colon.
    pub name: &'static str,
    /// What it asks.
    pub meaning: &'static str,
    /// A term that uses it.
    pub example: &'static str,
    /// Reads a value's alternatives.
    pub(super) read: fn(&[Value<'_>]) -> Result<Test, Wrong>,
}

impl std::fmt::Debug for FieldHelp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.name, self.meaning, self.example)
    }
}

const fn field(
    name: &'static str,
    meaning: &'static str,
    example: &'static str,
    read: fn(&[Value<'_>]) -> Result<Test, Wrong>,
) -> FieldHelp {
    FieldHelp { name, meaning, example, read }
}

/// Every field.
pub const FIELDS: &[FieldHelp] = &[
    field("actor", "who did it: country, sector, both, Wikidata id or name", "actor:RUS.MIL", |v| {
        names(v, who, Who::Name).map(Test::Actor)
    }),
    field("recipient", "to whom it was done, written as for actor", "recipient:UKR,POL", |v| {
        names(v, who, Who::Name).map(Test::Recipient)
    }),
    field("country", "either side, written as for actor", "country:\"Sergey Lavrov\"", |v| {
        names(v, who, Who::Name).map(Test::Party)
    }),
    field("dyad", "two countries that act on one another, or together", "dyad:RUS-PRK", dyad),
    field("sector", "sector of either side", "sector:MIL,REB", |v| {
        all(v, |v| named::<Sector>(v, Sector::ALL, Sector::name).map(Who::Sector)).map(Test::Party)
    }),
    field("type", "PLOVER type", "type:AID,COOPERATE", |v| {
        all(v, |v| named(v, EventType::ALL, EventType::name)).map(Test::Type)
    }),
    field("mode", "PLOVER mode", "mode:visit", |v| all(v, |v| named(v, Mode::ALL, Mode::name)).map(Test::Mode)),
    field("context", "PLOVER context", "context:military", |v| {
        all(v, |v| named(v, Context::ALL, Context::name)).map(Test::Context)
    }),
    field("quad", "quad class, 1 to 4 or its name", "quad:4", |v| all(v, quad).map(Test::Quad)),
    field("status", "actual, future, hypothetical, negated or historical", "status:actual", |v| {
        all(v, |v| named(v, Status::ALL, Status::name)).map(Test::Status)
    }),
    field("cameo", "beginning of the CAMEO code", "cameo:19", |v| all(v, digits).map(Test::Cameo)),
    field("place", "where: country, or words of the name", "place:Odesa", |v| {
        names(v, place, Named::Name).map(Test::Place)
    }),
    field("according", "who is cited: country, or words of the name", "according:KOR", |v| {
        names(v, place, Named::Name).map(Test::According)
    }),
    field("source", "words of the publisher's name", "source:\"Yonhap\"", |v| all(v, words).map(Test::Source)),
    field("lang", "language of the article", "lang:fr", |v| {
        all(v, |v| v.parse().map_err(|e: depeche_model::UnknownLanguage| Wrong(e.to_string(), None)))
            .map(Test::Language)
    }),
    field(
        "text",
        "words of the article, one after the other; `*` ends a beginning",
        "text:\"artillery shell*\"",
        |v| all(v, phrase).map(Test::Text),
    ),
    field("after", "starts on this day, month, year or later", "after:2024-10", |v| {
        days(v).map(|d| Test::After(d.first))
    }),
    field("before", "starts before this day, month or year", "before:2025", |v| days(v).map(|d| Test::Before(d.first))),
    field("on", "starts within this day, month or year", "on:2024-10-03", |v| days(v).map(Test::On)),
    field("confidence", "least confidence, or a bound with >, >=, < or <=", "confidence:>0.5", bound),
    field("rule", "name of the rule that fired", "rule:send-troops", |v| all(v, whole).map(Test::Rule)),
    field("id", "id of the event, or of its article", "id:fr-1-niamey#3", |v| all(v, whole).map(Test::Id)),
];

fn all<T>(values: &[Value<'_>], one: impl Fn(&str) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    values.iter().map(|value| one(value.text)).collect()
}

/// The same where a name may stand for a code.
fn names<T>(
    values: &[Value<'_>],
    code: impl Fn(&str) -> Result<T, Wrong>,
    name: fn(String) -> T,
) -> Result<Vec<T>, Wrong> {
    values.iter().map(|value| if value.quoted { words(value.text).map(name) } else { code(value.text) }).collect()
}

/// The value of that name, in whatever case and with `_` or `-`.
fn named<T: Copy + 'static>(value: &str, known: &'static [T], name: fn(T) -> &'static str) -> Result<T, Wrong> {
    let plain = |text: &str| text.to_lowercase().replace('_', "-");
    let found = known.iter().find(|known| plain(name(**known)) == plain(value)).copied();
    found.ok_or_else(|| {
        let names = known.iter().map(|known| name(*known));
        Wrong(format!("`{value}` is none of its values"), Some(suggestion(value, names)))
    })
}

/// "did you mean", or the whole list where nothing comes near.
pub(super) fn suggestion<'a>(value: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    let value = value.to_lowercase();
    let near = names
        .clone()
        .map(|name| (strsim::damerau_levenshtein(&value, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min();
    match near {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None => format!("one of {}", names.collect::<Vec<_>>().join(", ")),
    }
}

fn who(value: &str) -> Result<Who, Wrong> {
    let sector = |code: &str| code.parse::<Sector>().ok();
    if let Some((country, part)) = value.split_once('.') {
        if let (Some(country), Some(sector)) = (Country::new(country), sector(part)) {
            return Ok(Who::Both(country, sector));
        }
        if country.len() == 3 && part.len() == 3 {
            return Err(Wrong(
                format!("`{value}` is no country and sector"),
                Some("write capitals, as RUS.MIL".to_owned()),
            ));
        }
    }
    if let Some(sector) = sector(value) {
        return Ok(Who::Sector(sector));
    }
    if value.len() == 3 && value.bytes().all(|b| b.is_ascii_lowercase()) {
        let hint = format!("write the code as {}, or the name as \"{value}\"", value.to_uppercase());
        return Err(Wrong(format!("`{value}` may be a code or a name"), Some(hint)));
    }
    if let Some(country) = Country::new(value) {
        return Ok(Who::Country(country));
    }
    if value.len() > 1 && value.starts_with('Q') && value[1..].bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Who::Wikidata(value.to_owned()));
    }
    words(value).map(Who::Name)
}

fn place(value: &str) -> Result<Named, Wrong> {
    Country::new(value).map_or_else(|| words(value).map(Named::Name), |country| Ok(Named::Country(country)))
}

fn words(value: &str) -> Result<String, Wrong> {
    let key = fold::key(value);
    if key.is_empty() { Err(Wrong(format!("`{value}` has neither letter nor figure"), None)) } else { Ok(key) }
}

fn phrase(value: &str) -> Result<Phrase, Wrong> {
    words(value).map(|_| Phrase { words: fold::words(value), prefix: value.trim_end().ends_with('*') })
}

/// A phrase, for a word without a field.
pub(super) fn text(value: &str) -> Result<Test, Wrong> {
    phrase(value).map(|phrase| Test::Text(vec![phrase]))
}

#[allow(clippy::unnecessary_wraps)] // other values may be wrong
fn whole(value: &str) -> Result<String, Wrong> {
    Ok(value.to_owned())
}

fn digits(value: &str) -> Result<String, Wrong> {
    let code = value.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 4;
    if code {
        Ok(value.to_owned())
    } else {
        Err(Wrong(format!("`{value}` is no CAMEO code"), Some("write two to four figures, as 19 or 190".to_owned())))
    }
}

fn quad(value: &str) -> Result<Quad, Wrong> {
    let numbered = Quad::ALL.iter().find(|quad| quad.number().to_string() == value).copied();
    numbered.map_or_else(|| named(value, Quad::ALL, Quad::name), Ok)
}

fn single<'a>(values: &[Value<'a>]) -> Result<&'a str, Wrong> {
    match values {
        [value] => Ok(value.text),
        _ => Err(Wrong("this field takes one value".to_owned(), Some("write the term again for another".to_owned()))),
    }
}

fn dyad(values: &[Value<'_>]) -> Result<Test, Wrong> {
    let value = single(values)?;
    let pair = value.split_once('-').and_then(|(a, b)| Some((Country::new(a)?, Country::new(b)?)));
    pair.map(|(a, b)| Test::Dyad(a, b)).ok_or_else(|| {
        Wrong(
            format!("`{value}` is no pair of countries"),
            Some("write two codes of three capitals: RUS-PRK".to_owned()),
        )
    })
}

fn days(values: &[Value<'_>]) -> Result<Days, Wrong> {
    single(values)?.parse().map_err(|message| Wrong(message, Some("write 2024, 2024-10 or 2024-10-03".to_owned())))
}

fn bound(values: &[Value<'_>]) -> Result<Test, Wrong> {
    type Form = (&'static str, fn(f64) -> Bound);
    let value = single(values)?;
    let forms: [Form; 5] =
        [(">=", Bound::AtLeast), ("<=", Bound::AtMost), (">", Bound::Above), ("<", Bound::Below), ("", Bound::AtLeast)];
    let found = forms.iter().find_map(|(sign, form)| value.strip_prefix(sign).map(|rest| (rest, form)));
    let number = found.and_then(|(rest, form)| Some(form(rest.parse().ok().filter(|n: &f64| n.is_finite())?)));
    number.map(Test::Confidence).ok_or_else(|| {
        Wrong(format!("`{value}` is no bound on a confidence"), Some("write 0.5, >0.5 or <=0.5".to_owned()))
    })
}
