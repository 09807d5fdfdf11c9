//! Parquet, read back with Arrow's own reader: types, counts, values, and the golden rows.
#![cfg(feature = "parquet")]

use std::{env, fs, path::PathBuf};

use arrow_array::{
    Array, Date32Array, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray, cast::AsArray,
};
use arrow_schema::DataType;
use bytes::Bytes;
use depeche_export::{Format, Telling, Writer, parquet::schema};
use depeche_model::Coded;
use parquet::{
    arrow::arrow_reader::ParquetRecordBatchReaderBuilder,
    file::reader::{FileReader, SerializedFileReader},
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn articles() -> Vec<Coded> {
    let text = fs::read_to_string(folder().join("articles.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn file(times: usize) -> Bytes {
    let mut writer = Writer::new(Format::Parquet, Vec::new()).unwrap();
    for _ in 0..times {
        for coded in &articles() {
            writer.write(&Telling::from(coded)).unwrap();
        }
    }
    writer.finish().unwrap().into()
}

fn batches(bytes: Bytes) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap().with_batch_size(1 << 20).build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn column<'a, T: Array + 'static>(batch: &'a RecordBatch, name: &str) -> &'a T {
    batch.column_by_name(name).unwrap().as_any().downcast_ref().unwrap()
}

#[test]
fn a_file_reads_back_to_the_events_that_went_in() {
    let batch = &batches(file(1))[0];
    let events: Vec<_> = articles().into_iter().flat_map(|coded| coded.events).collect();
    assert_eq!(batch.num_rows(), events.len());
    assert_eq!(batch.schema().fields(), schema().unwrap().fields());
    let (ids, starts) = (column::<StringArray>(batch, "event"), column::<Date32Array>(batch, "date_start"));
    let (actors, place) = (column::<ListArray>(batch, "actors"), column::<StructArray>(batch, "place"));
    let (size, confidence) = (column::<StructArray>(batch, "size"), column::<Float64Array>(batch, "confidence"));
    for (n, event) in events.iter().enumerate() {
        assert_eq!(ids.value(n), event.id);
        let day = event.date.map(|date| date.start.to_string());
        assert_eq!(starts.is_valid(n).then(|| starts.value_as_date(n).unwrap().to_string()), day);
        let side = actors.value(n);
        let (texts, countries) = (side.as_struct().column(0).as_string::<i32>(), side.as_struct().column(1));
        let got: Vec<_> = texts.iter().zip(countries.as_string::<i32>()).collect();
        let countries: Vec<Option<String>> = event.actors.iter().map(|a| a.country.map(|c| c.to_string())).collect();
        let told: Vec<_> = event.actors.iter().zip(&countries).map(|(a, c)| (Some(&*a.text), c.as_deref())).collect();
        assert_eq!(got, told);
        assert_eq!(place.is_valid(n), event.place.is_some());
        let least: &Int64Array = size.column(0).as_any().downcast_ref().unwrap();
        let min = event.size.and_then(|range| range.min);
        assert_eq!((size.is_valid(n) && least.is_valid(n)).then(|| least.value(n)), min.map(u64::cast_signed));
        assert_eq!(confidence.value(n).to_bits(), event.confidence.to_bits());
    }
}

#[test]
fn days_are_days_and_sides_are_lists_of_structs() {
    let schema = schema().unwrap();
    let is = |name: &str| schema.field_with_name(name).unwrap().data_type().clone();
    assert_eq!(is("date_start"), DataType::Date32);
    let DataType::List(item) = is("actors") else { panic!("actors are no list") };
    assert!(matches!(item.data_type(), DataType::Struct(fields) if fields.len() == 7));
    let DataType::Struct(bounds) = is("dead") else { panic!("dead is no struct") };
    assert!(bounds.iter().all(|bound| bound.data_type() == &DataType::Int64 && bound.is_nullable()));
}

#[test]
fn the_same_rows_give_the_same_bytes_and_long_files_keep_their_count() {
    assert_eq!(file(1), file(1));
    let rows: usize = batches(file(60)).iter().map(RecordBatch::num_rows).sum();
    assert_eq!(rows, 60 * articles().iter().map(|coded| coded.events.len()).sum::<usize>());
}

#[test]
fn a_file_without_events_is_a_file() {
    let bytes: Bytes = Writer::new(Format::Parquet, Vec::new()).unwrap().finish().unwrap().into();
    assert_eq!(SerializedFileReader::new(bytes).unwrap().metadata().file_metadata().num_rows(), 0);
}

/// The rows as JSON, by the reader that knows no Arrow.
#[test]
fn rows_are_as_last_looked_at() {
    let reader = SerializedFileReader::new(file(1)).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    let got: String = rows.map(|row| row.unwrap().to_json_value().to_string() + "\n").collect();
    let path = folder().join("golden/parquet.jsonl");
    if env::var_os("DEPECHE_BLESS").is_some() {
        fs::write(&path, &got).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (got, expected) in got.lines().zip(expected.lines()) {
        assert_eq!(got, expected);
    }
    assert_eq!(got.lines().count(), expected.lines().count());
}

#[test]
fn a_record_is_one_row_with_its_reports() {
    let report = |article: &str| {
        serde_json::json!({
            "article": article, "event": format!("{article}#1"), "publisher": "Wire", "lang": "fr", "published": "2024-03-01", "reprint_of": null,
            "status": "actual", "attribution": null, "date": null, "size": null, "dead": {"min": 4, "max": 4}, "injured": null,
            "evidence": "x", "differs": [{"field": "dead", "told": "4"}], "link": null
        })
    };
    let record: depeche_model::Record = serde_json::from_value(serde_json::json!({
        "id": "r1", "type": "ASSAULT", "modes": ["drone"], "contexts": [], "cameo": "195", "quad": "material conflict", "goldstein": -10.0,
        "plover_score": -9.0, "actors": [{"text": "Russie", "country": "RUS", "sector": "MIL"}], "recipients": [],
        "date": {"start": "2024-03-01", "end": "2024-03-02"}, "place": null, "status": "done", "size": null,
        "dead": {"min": 4, "max": 7}, "injured": null, "first_seen": "2024-03-01", "last_seen": "2024-03-02", "sources": 2, "outlets": 2,
        "evidence": "x", "score": 5.5, "reports": [report("a"), report("b")],
        "denials": [{"event": "c#1", "article": "c", "by": "Moscou", "country": "RUS", "evidence": "y"}]
    }))
    .unwrap();
    let all = vec![record; 1500];
    let batches = batches(depeche_export::parquet::records(&all, Vec::new()).unwrap().into());
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 1500);
    let row = &batches[0];
    let lists = |name: &str| row.column_by_name(name).unwrap().as_list::<i32>().value(0);
    assert_eq!(row.column_by_name("status").unwrap().as_string::<i32>().value(0), "done");
    let dead = row.column_by_name("dead").unwrap().as_struct();
    assert_eq!(dead.column_by_name("max").unwrap().as_primitive::<arrow_array::types::Int64Type>().value(0), 7);
    let reports = lists("reports");
    let reports = reports.as_struct();
    assert_eq!(reports.column_by_name("article").unwrap().as_string::<i32>().value(1), "b");
    assert_eq!(
        reports.column_by_name("differs").unwrap().as_list::<i32>().value(0).as_string::<i32>().value(0),
        "dead: 4"
    );
    assert_eq!(lists("denials").as_struct().column_by_name("by").unwrap().as_string::<i32>().value(0), "Moscou");
    let none = depeche_export::parquet::records(&[], Vec::new()).unwrap();
    assert!(none.ends_with(b"PAR1"), "no record is a file without rows");
}

#[test]
fn a_table_keeps_its_types_and_its_gaps() {
    use depeche_export::parquet::{Cells, table};
    let day = "2024-03-01".parse().ok();
    let columns = [
        ("name", Cells::Text(vec![Some("a".to_owned()), None])),
        ("acts", Cells::Whole(vec![Some(3), Some(4)])),
        ("score", Cells::Number(vec![None, Some(-2.5)])),
        ("day", Cells::Day(vec![day])),
    ];
    let batches = batches(table(&columns, Vec::new()).unwrap().into());
    let kinds: Vec<DataType> = batches[0].schema().fields().iter().map(|field| field.data_type().clone()).collect();
    assert_eq!(kinds, [DataType::Utf8, DataType::Int64, DataType::Float64, DataType::Date32]);
    assert_eq!(batches[0].num_rows(), 2);
    let nulls: Vec<usize> = batches[0].columns().iter().map(Array::null_count).collect();
    assert_eq!(nulls, [1, 0, 1, 1]);
}
