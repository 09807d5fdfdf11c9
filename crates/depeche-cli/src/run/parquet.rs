//! Parquet as an output: one file, or a folder of months.
//!
//! A Parquet file is whole only with the index at its end, so a run cannot come back into the middle of one. A single [`Table`] is therefore
//! begun again by `--resume`. [`Months`] closes all the files under way every [`ROLL`] rows and begins new ones, numbered on: between two such
//! rounds it can come back to, and what it holds in memory is bounded by the rows of one round, however many months a corpus spans.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use depeche::{
    Diagnostic,
    export::{Format, Telling, Writer},
};
use serde_json::{Value, json};

use super::{Coding, Sink, append::sync_folder, beside};
use crate::Fatal;

/// Rows after which the files of a round are closed.
const ROLL: u64 = 100_000;
/// Folder of articles without a day, by the name that Hive, `DuckDB` and Arrow read as null.
const DAYLESS: &str = "__HIVE_DEFAULT_PARTITION__";

/// A Parquet file under way.
struct Open {
    writer: Writer<BufWriter<File>>,
    path: PathBuf,
}

impl Open {
    fn create(path: PathBuf) -> Result<Self, Diagnostic> {
        let file = File::create(&path).map_err(|error| failure(&path, &error))?;
        let writer = Writer::new(Format::Parquet, BufWriter::new(file)).map_err(|error| failure(&path, &error))?;
        Ok(Self { writer, path })
    }

    /// Takes an article, and says how many rows it gave.
    fn take(&mut self, coding: &Coding) -> Result<u64, Diagnostic> {
        let before = self.writer.rows();
        let telling = Telling { article: &coding.entry.article, events: &coding.events, fields: None };
        self.writer.write(&telling).map_err(|error| failure(&self.path, &error))?;
        Ok(self.writer.rows() - before)
    }

    /// Ends the file, safe against loss of power.
    fn close(self) -> Result<(), Diagnostic> {
        let written = self.writer.finish().and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error));
        written.and_then(|file| file.sync_all()).map_err(|error| failure(&self.path, &error))
    }
}

fn failure(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), error.to_string())
        .hint("check the folder, its permissions and its free space")
}

/// Puts what stands at `FILE.part` under its own name.
fn rename(path: &Path) -> Result<(), Fatal> {
    fs::rename(beside(path, ".part"), path).map_err(|error| failure(path, &error))?;
    Ok(sync_folder(path)?)
}

/// One file.
pub(crate) struct Table {
    path: PathBuf,
    open: Option<Open>,
}

impl Table {
    /// The file at `path`; it grows under another name (`FILE.part`).
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), open: None }
    }
}

impl Sink<Coding> for Table {
    fn open(&mut self, mark: Option<&Value>) -> Result<(), Fatal> {
        // A mark is given by the last commit alone, after which nothing more is taken.
        if mark.is_none() {
            self.open = Some(Open::create(beside(&self.path, ".part"))?);
        }
        Ok(())
    }

    fn take(&mut self, item: Coding) -> Result<(), Fatal> {
        let open = self.open.as_mut().ok_or("the output is not open")?;
        open.take(&item)?;
        Ok(())
    }

    fn commit(&mut self, last: bool) -> Result<Option<Value>, Fatal> {
        if !last {
            return Ok(None);
        }
        if let Some(open) = self.open.take() {
            open.close()?;
        }
        Ok(Some(json!({ "whole": true })))
    }

    fn finish(&mut self) -> Result<(), Fatal> {
        if beside(&self.path, ".part").exists() { rename(&self.path) } else { Ok(()) }
    }
}

/// A folder of months, each a folder of numbered files.
pub(crate) struct Months {
    path: PathBuf,
    /// Files under way, by month.
    open: BTreeMap<String, Open>,
    /// Number of the round, which is that of its files.
    round: u64,
    /// Rows of the round.
    rows: u64,
}

impl Months {
    /// The folder at `path`; it grows under another name (`FOLDER.part`).
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), open: BTreeMap::new(), round: 0, rows: 0 }
    }

    fn part(&self) -> PathBuf {
        beside(&self.path, ".part")
    }

    /// The file of a month in this round.
    fn month(&mut self, month: String) -> Result<&mut Open, Diagnostic> {
        if !self.open.contains_key(&month) {
            let folder = self.part().join(format!("month={month}"));
            fs::create_dir_all(&folder).map_err(|error| failure(&folder, &error))?;
            let open = Open::create(folder.join(format!("part-{}.parquet", self.round)))?;
            self.open.insert(month.clone(), open);
        }
        self.open.get_mut(&month).ok_or_else(|| Diagnostic::error(month, "the month's file is gone"))
    }

    /// Removes the files of this round and later ones.
    fn forget(&self) -> io::Result<()> {
        for folder in fs::read_dir(self.part())? {
            let folder = folder?.path();
            for file in fs::read_dir(&folder)? {
                let path = file?.path();
                let number =
                    path.file_stem().and_then(|stem| stem.to_str()?.strip_prefix("part-")?.parse::<u64>().ok());
                if number.is_none_or(|number| number >= self.round) {
                    fs::remove_file(path)?;
                }
            }
            if fs::read_dir(&folder)?.next().is_none() {
                fs::remove_dir(folder)?;
            }
        }
        Ok(())
    }
}

impl Sink<Coding> for Months {
    fn open(&mut self, mark: Option<&Value>) -> Result<(), Fatal> {
        let part = self.part();
        let Some(mark) = mark else {
            if self.path.exists() {
                return Err(Diagnostic::error(self.path.display().to_string(), "the folder is already there")
                    .hint("remove it, or give another --out")
                    .into());
            }
            if part.exists() {
                fs::remove_dir_all(&part).map_err(|error| failure(&part, &error))?;
            }
            fs::create_dir_all(&part).map_err(|error| failure(&part, &error))?;
            return Ok(());
        };
        self.round = mark["round"].as_u64().ok_or("the checkpoint tells no round of the output")?;
        // Killed between the renaming and the end: nothing is left to do.
        if part.exists() {
            self.forget().map_err(|error| failure(&part, &error))?;
        }
        Ok(())
    }

    fn take(&mut self, item: Coding) -> Result<(), Fatal> {
        if item.events.is_empty() {
            return Ok(());
        }
        let day = item.entry.article.published;
        let month = day.map_or_else(|| DAYLESS.to_owned(), |day| day.strftime("%Y-%m").to_string());
        self.rows += self.month(month)?.take(&item)?;
        Ok(())
    }

    fn commit(&mut self, last: bool) -> Result<Option<Value>, Fatal> {
        if !last && self.rows < ROLL {
            return Ok(None);
        }
        for (_, open) in std::mem::take(&mut self.open) {
            let path = open.path.clone();
            open.close()?;
            sync_folder(&path)?;
        }
        sync_folder(&self.part().join("month"))?;
        (self.round, self.rows) = (self.round + 1, 0);
        Ok(Some(json!({ "round": self.round })))
    }

    fn finish(&mut self) -> Result<(), Fatal> {
        if self.part().exists() { rename(&self.path) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use depeche::{Coded, ingest::jsonl::Entry};

    use super::*;

    fn coding(published: &str) -> Coding {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/articles/expected.jsonl");
        let text = fs::read_to_string(path).unwrap();
        let Coded { mut article, events } = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        article.published = published.parse().ok();
        Coding { entry: Entry { article, object: serde_json::Map::new(), warnings: Vec::new() }, events }
    }

    /// Names and sizes of the files below a folder.
    fn files(folder: &Path) -> BTreeMap<PathBuf, u64> {
        let mut all = BTreeMap::new();
        for month in fs::read_dir(folder).unwrap() {
            for file in fs::read_dir(month.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                all.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::metadata(&path).unwrap().len());
            }
        }
        all
    }

    #[test]
    fn a_run_that_was_killed_comes_back_to_its_round() {
        let folder = tempfile::tempdir().unwrap();
        let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
        let run = |sink: &mut Months, rest: &[&str]| {
            for day in rest {
                sink.take(coding(day)).unwrap();
            }
            let mark = sink.commit(true).unwrap().unwrap();
            sink.finish().unwrap();
            mark
        };
        let begin = |path: &Path| {
            let mut sink = Months::new(path);
            sink.open(None).unwrap();
            sink.take(coding("2024-03-01")).unwrap();
            assert!(sink.commit(false).unwrap().is_none(), "a round of eight rows was closed");
            sink.rows = ROLL;
            let mark = sink.commit(false).unwrap().unwrap();
            (sink, mark)
        };
        let (mut sink, _) = begin(&whole);
        run(&mut sink, &["2024-03-31", "none"]);

        let (mut sink, mark) = begin(&killed);
        sink.take(coding("2024-03-31")).unwrap();
        sink.take(coding("2024-04-01")).unwrap();
        drop(sink);
        let mut sink = Months::new(&killed);
        sink.open(Some(&mark)).unwrap();
        let mark = run(&mut sink, &["2024-03-31", "none"]);
        assert_eq!(files(&whole), files(&killed));
        assert_eq!(files(&whole).len(), 3, "two of March, one without a day");

        let mut again = Months::new(&killed);
        again.open(Some(&mark)).unwrap();
        again.finish().unwrap();
    }
}
