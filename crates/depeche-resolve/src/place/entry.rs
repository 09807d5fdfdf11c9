//! The tables written by hand: states, regions and the places that conflict news names.
//!
//! They are small, so they are read at the start: two thousand lines in a few milliseconds.

use depeche_model::{Country, Diagnostic, Language};

use super::Kind;

/// One line of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Names in the order of [`Language::ALL`], the one to print first.
    pub names: [Vec<String>; 2],
    pub kind: Kind,
    pub country: Option<Country>,
    pub lat: f64,
    pub lon: f64,
    pub geonameid: Option<u32>,
    /// For a territory, the state that it belongs to.
    pub state: Option<Country>,
}

impl Entry {
    /// The name to print in a language.
    pub fn name(&self, language: Language) -> &str {
        let [french, english] = &self.names;
        let (first, second) = if language == Language::French { (french, english) } else { (english, french) };
        first.first().or(second.first()).map_or("", String::as_str)
    }
}

/// Lines of a table without comments, with their numbers from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u32, Vec<&str>)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()).map(
        |(number, line)| {
            let columns = line.split('\t').map(str::trim).collect();
            (number, columns)
        },
    )
}

/// Reads a table of places: `fr en country kind lat lon`.
pub(super) fn places(file: &str, text: &str) -> Result<Vec<Entry>, Diagnostic> {
    let mut entries = Vec::new();
    for (line, columns) in lines(text) {
        let wrong = |what: String, hint: &str| Diagnostic::error(file, what).at(line, 1).hint(hint);
        let &[french, english, country, kind, lat, lon] = columns.as_slice() else {
            return Err(wrong(
                format!("has {} columns, not 6", columns.len()),
                "fr, en, country, kind, lat, lon, parted by tabs",
            ));
        };
        let kind = Kind::from_label(kind).ok_or_else(|| {
            wrong(format!("`{kind}` is no kind of place"), "the kinds are listed in `Kind` of place/mod.rs")
        })?;
        entries.push(Entry {
            names: [forms(french), forms(english)],
            kind,
            country: country_of(country).map_err(|e| wrong(e, "ISO 3166 alpha-3, or `-` for none"))?,
            lat: point(lat, 90.0).map_err(|e| wrong(e, "degrees from -90 to 90"))?,
            lon: point(lon, 180.0).map_err(|e| wrong(e, "degrees from -180 to 180"))?,
            geonameid: None,
            state: None,
        });
    }
    Ok(entries)
}

/// Reads the states: names from `actors/states.tsv`, points from `places/countries.tsv`.
pub(super) fn states(names: &str, points: &str) -> Result<Vec<Entry>, Diagnostic> {
    let mut entries = Vec::new();
    let table: Vec<_> = lines(names).collect();
    for (line, columns) in lines(points) {
        let wrong = |what: String| Diagnostic::error("places/countries.tsv", what).at(line, 1);
        let &[code, name, lat, lon, geonameid, state] = columns.as_slice() else {
            return Err(wrong(format!("has {} columns, not 6", columns.len())));
        };
        let forms = table.iter().find(|(_, c)| c.first() == Some(&code)).and_then(|(_, c)| c.get(1));
        entries.push(Entry {
            names: forms.map_or_else(|| [vec![name.to_owned()], vec![name.to_owned()]], |f| by_language(f)),
            kind: Kind::Country,
            country: country_of(code).map_err(wrong)?,
            lat: point(lat, 90.0).map_err(wrong)?,
            lon: point(lon, 180.0).map_err(wrong)?,
            geonameid: geonameid.parse().ok(),
            state: Country::new(state),
        });
    }
    Ok(entries)
}

/// Splits `fr:Tchad; en:Chad; Mali` by language; a form without a mark is both.
pub(super) fn by_language(forms: &str) -> [Vec<String>; 2] {
    let mut split = [Vec::new(), Vec::new()];
    for form in forms.split(';').map(str::trim).filter(|f| !f.is_empty()) {
        if let Some(french) = form.strip_prefix("fr:") {
            split[0].push(french.trim().to_owned());
        } else if let Some(english) = form.strip_prefix("en:") {
            split[1].push(english.trim().to_owned());
        } else {
            for side in &mut split {
                side.push(form.to_owned());
            }
        }
    }
    split
}

fn forms(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned).collect()
}

fn country_of(code: &str) -> Result<Option<Country>, String> {
    if code == "-" { Ok(None) } else { code.parse().map(Some) }
}

fn point(text: &str, limit: f64) -> Result<f64, String> {
    text.parse().ok().filter(|v: &f64| v.abs() <= limit).ok_or_else(|| format!("`{text}` is no coordinate"))
}
