//! Every format, made from three articles of `tests/articles`, against the file that was last looked at.
//!
//! The articles stand in `articles.jsonl` beside this file, coded once and kept, so that a better rule changes no file here; two of them were
//! given a publisher, one an address. `DEPECHE_BLESS=1 cargo test -p depeche-export` writes the golden files anew; `git diff` shows the change.

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use depeche_export::{Format, Telling, Writer};
use depeche_model::{Coded, Status};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn articles() -> Vec<Coded> {
    let text = fs::read_to_string(folder().join("articles.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn written(format: Format) -> (Vec<u8>, u64) {
    let mut writer = Writer::new(format, Vec::new()).unwrap();
    for coded in &articles() {
        writer.write(&Telling::from(coded)).unwrap();
    }
    let rows = writer.rows();
    (writer.finish().unwrap(), rows)
}

fn text(format: Format) -> String {
    String::from_utf8(written(format).0).unwrap()
}

fn golden(format: Format) {
    let path = folder().join("golden").join(format!("{format}.{}", format.extension()));
    let got = text(format);
    if env::var_os("DEPECHE_BLESS").is_some() {
        fs::write(&path, &got).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (n, (got, expected)) in got.lines().zip(expected.lines()).enumerate() {
        assert_eq!(got, expected, "{format}: line {} differs from {}", n + 1, path.display());
    }
    assert_eq!(got.lines().count(), expected.lines().count(), "{format}");
}

/// Rows of a tab-separated format, header included.
fn cells(format: Format) -> Vec<Vec<String>> {
    text(format).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn every_format_of_lines_is_as_last_looked_at() {
    for &format in Format::ALL.iter().filter(|format| format.is_lines()) {
        golden(format);
    }
}

#[test]
fn json_lines_read_back_to_the_same() {
    let back: Vec<Coded> = text(Format::JsonLines).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, articles());
}

#[test]
fn formats_without_a_status_hold_only_what_was_done() {
    let events: Vec<_> = articles().into_iter().flat_map(|coded| coded.events).collect();
    let done = events.iter().filter(|event| matches!(event.status, Status::Actual | Status::Historical)).count();
    assert!(done < events.len(), "the articles hold no act that was not done");
    assert_eq!(cells(Format::Polecat).len(), done + 1);
    assert_eq!(text(Format::Plover).lines().count(), events.len());
    assert_eq!(written(Format::Csv).1, events.len() as u64);
}

#[test]
fn every_row_has_every_column() {
    for (format, columns) in
        [(Format::Polecat, 40), (Format::Icews, 20), (Format::Gdelt, 61), (Format::GdeltMentions, 16)]
    {
        let rows = cells(format);
        assert!(rows.len() > 20 && rows.iter().all(|row| row.len() == columns), "{format}");
    }
}

#[test]
fn mentions_belong_to_events() {
    let ids = |format: Format| -> Vec<String> { cells(format).into_iter().map(|mut row| row.swap_remove(0)).collect() };
    let events = ids(Format::Gdelt);
    assert_eq!(events, ids(Format::GdeltMentions));
    assert_eq!(events.iter().collect::<BTreeSet<_>>().len(), events.len(), "an id stands twice");
    let icews: Vec<String> = ids(Format::Icews).split_off(1);
    assert_eq!(events, icews, "the same pair has the same number in both");
}

#[test]
fn offsets_of_mentions_are_characters_of_the_whole() {
    let articles = articles();
    for row in cells(Format::GdeltMentions).iter().filter(|row| row[7] != row[9]) {
        let length: usize = row[12].parse().unwrap();
        let whole = articles.iter().map(|coded| coded.article.whole()).find(|w| w.chars().count() == length).unwrap();
        let action: usize = row[9].parse().unwrap();
        let triggers = articles.iter().filter(|coded| coded.article.whole() == whole).flat_map(|coded| &coded.events);
        let told = whole.chars().skip(action).collect::<String>();
        assert!(triggers.into_iter().any(|event| told.starts_with(event.spans.trigger.of(&whole))), "{row:?}");
    }
}

#[test]
fn csv_reads_back_with_csv() {
    let (bytes, _) = written(Format::Csv);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let events: Vec<_> = articles().into_iter().flat_map(|coded| coded.events).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), events.len());
    for (row, event) in rows.iter().zip(&events) {
        assert_eq!(&row[at("event")], event.id);
        assert_eq!(&row[at("evidence")], event.evidence);
        assert_eq!(row[at("goldstein")].parse::<f32>().unwrap().to_bits(), event.goldstein.to_bits());
        assert_eq!(row[at("confidence")].parse::<f64>().unwrap().to_bits(), event.confidence.to_bits());
        assert_eq!(row[at("size_min")].parse().ok(), event.size.and_then(|range| range.min));
        assert_eq!(row[at("date_start")].parse().ok(), event.date.map(|date| date.start));
        let countries: Vec<&str> = row[at("actor_country")].split("; ").collect();
        assert!(event.actors.is_empty() || countries.len() == event.actors.len());
    }
}

#[test]
fn quotes_and_breaks_of_a_text_break_no_row() {
    let mut coded = articles().remove(0);
    coded.article.publisher = Some("Le \"Fleuve\"\tdu\nSoir".to_owned());
    coded.events[0].actors[0].name = None;
    coded.events[0].actors[0].text = "\"a\";\tb\r\nc, d".to_owned();
    for &format in Format::ALL.iter().filter(|format| format.is_lines()) {
        let lines = |coded: &Coded| {
            let mut out = Vec::new();
            let told = format.lines(&Telling::from(coded), &mut out).unwrap();
            (told, String::from_utf8(out).unwrap())
        };
        let (told, out) = lines(&coded);
        if format == Format::Csv {
            let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_bytes()).into_records().count();
            assert_eq!(rows as u64, told);
        } else {
            assert_eq!(out.lines().count() as u64, told, "{format}");
        }
        assert!(!matches!(format, Format::Polecat | Format::Icews | Format::Gdelt) || !out.contains('"'), "{format}");
    }
}
