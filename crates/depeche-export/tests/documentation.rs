//! `docs/formats.md` against the code: every column of every format, in its order, and the types of Parquet.

use std::{fs, path::Path};

use depeche_export::Format;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md")).unwrap()
}

/// First cells of the table rows of a section, without their backticks; a row may tell several columns, parted by commas.
fn columns(title: &str) -> Vec<String> {
    let page = page();
    let section =
        page.split("\n## ").find(|section| section.starts_with(title)).unwrap_or_else(|| panic!("no `{title}`"));
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next().map(str::to_owned));
    rows.flat_map(|cell| cell.split(", ").map(|name| name.trim_matches('`').to_owned()).collect::<Vec<_>>()).collect()
}

#[test]
fn every_column_is_told_in_its_order() {
    for (format, title) in [
        (Format::Csv, "CSV"),
        (Format::Polecat, "POLECAT"),
        (Format::Icews, "ICEWS"),
        (Format::Gdelt, "GDELT 2.0 events"),
        (Format::GdeltMentions, "GDELT 2.0 mentions"),
    ] {
        assert_eq!(columns(title), format.columns(), "docs/formats.md, {title}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn the_schema_of_parquet_is_told() {
    let schema = depeche_export::parquet::schema().unwrap();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(columns("Parquet"), names);
    let page = page();
    for field in schema.fields() {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` | `", field.name())));
        let row = row.unwrap_or_else(|| panic!("`{}` has no row with its type", field.name()));
        let null = if field.is_nullable() { " | yes |" } else { " | no |" };
        let told = kind(field.data_type());
        assert!(row.contains(&format!("`{told}`")) && row.contains(null), "{row}\nshould tell `{told}`{null}");
    }
}

#[cfg(feature = "parquet")]
fn kind(data: &arrow_schema::DataType) -> String {
    use arrow_schema::DataType;
    match data {
        DataType::Utf8 => "utf8".to_owned(),
        DataType::List(item) => format!("list<{}>", kind(item.data_type())),
        DataType::Struct(fields) => {
            let one = |field: &std::sync::Arc<arrow_schema::Field>| {
                let null = if field.is_nullable() { "?" } else { "" };
                format!("{}: {}{null}", field.name(), kind(field.data_type()))
            };
            format!("struct<{}>", fields.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string().to_lowercase(),
    }
}
