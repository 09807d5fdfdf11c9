//! Every format, read by `readers.py` with pandas and `DuckDB`: the readers that people have.
//!
//! The Python is `DEPECHE_PYTHON`, else `python3`. Where there is none, or it has no pandas, the test says so and passes.

use std::{env, fs, path::Path, process::Command};

use depeche_export::{Format, Telling, Writer};
use depeche_model::Coded;

#[test]
fn pandas_and_duckdb_read_every_format() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = fs::read_to_string(tests.join("articles.jsonl")).unwrap();
    let articles: Vec<Coded> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let formats = Format::ALL.iter().filter(|format| format.is_lines() || cfg!(feature = "parquet"));
    for &format in formats {
        let file = fs::File::create(folder.path().join(format!("{format}.{}", format.extension()))).unwrap();
        let mut writer = Writer::new(format, file).unwrap();
        for coded in &articles {
            writer.write(&Telling::from(coded)).unwrap();
        }
        writer.finish().unwrap();
    }
    let python = env::var("DEPECHE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let Ok(output) = Command::new(&python).arg(tests.join("readers.py")).arg(folder.path()).output() else {
        println!("skipped: no Python at `{python}` (name one in DEPECHE_PYTHON)");
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("skipped: no pandas") || told.contains("read plover"), "{told}");
}
