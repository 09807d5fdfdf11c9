//! The store on disk: one SQLite file in a folder of its own.
//!
//! SQLite gives what a record of years needs: transactions that survive a pulled plug, readers that no writer blocks (write-ahead log), a
//! file that every language reads, full-text search. What it lacks, speed over millions of events in whatever order, is made up for by
//! laying out what is asked often: `sides` is an index by party and day, `dyads` are sums kept by each transaction.
//!
//! `schema` opens and migrates, `write` puts in, `compile` turns a query into SQL and chooses where to begin, `read` answers.

mod compile;
mod dictionary;
mod error;
mod feeds;
mod read;
mod records;
mod rollup;
mod row;
mod schema;
mod sums;
mod verify;
mod write;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use depeche_model::Diagnostic;
use rusqlite::{Connection, OpenFlags};

pub use feeds::FeedVersion;
pub use verify::Contents;

use dictionary::Dictionaries;
use error::tell;
use schema::State;

/// Name of the file in the store's folder.
const FILE: &str = "depeche.sqlite";

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a writer waits for another to finish.
    pub wait: Duration,
    /// Largest size of the store's file in bytes; what would pass it fails as a full disk does.
    pub max_bytes: Option<u64>,
    /// Whether records are kept in step with the events. Without, events come in faster and belong to no record.
    pub merge: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wait: Duration::from_secs(10), max_bytes: None, merge: true }
    }
}

/// A store on disk.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    dictionaries: Dictionaries,
    /// Texts that merging knows of.
    texts: records::Texts,
    /// The version of the file's data that was last seen, as SQLite counts what others write.
    seen: Option<i64>,
    merge: bool,
}

impl Store {
    /// Opens the store in a folder for reading and writing; makes folder and store where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be made or written, what is there is no store, or a later version wrote it.
    pub fn open(folder: &Path, settings: &Settings) -> Result<Self, Diagnostic> {
        Self::open_with(folder, settings, schema::STEPS)
    }

    fn open_with(folder: &Path, settings: &Settings, steps: &[&str]) -> Result<Self, Diagnostic> {
        fs::create_dir_all(folder).map_err(|e| {
            Diagnostic::error(folder.display().to_string(), format!("the store's folder cannot be made: {e}"))
                .hint("check the path and its permissions, or give another with --store")
        })?;
        let path = folder.join(FILE);
        let mut connection = Connection::open(&path).map_err(|e| tell(&path, &e))?;
        connection.busy_timeout(settings.wait).map_err(|e| tell(&path, &e))?;
        let state = schema::state(&connection, &path, steps)?;
        writing(&connection, settings, &state).map_err(|e| tell(&path, &e))?;
        if state != State::Current {
            schema::migrate(&mut connection, &path, steps)?;
        }
        Ok(Self { merge: settings.merge, ..Self::of(connection, path) })
    }

    /// Opens the store in a folder for reading; nothing in it is changed, and no writer is waited for.
    ///
    /// # Errors
    /// Where there is no store, or one that this version cannot read.
    pub fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(Diagnostic::error(folder.display().to_string(), "there is no store here")
                .hint("make one with `depeche add ARTICLES --store FOLDER`, or name another folder"));
        }
        let mut connection = read_only(&path)?;
        match schema::state(&connection, &path, schema::STEPS)? {
            State::Current => {}
            State::Empty => {
                return Err(Diagnostic::error(path.display().to_string(), "the store is empty")
                    .hint("put articles in with `depeche add`"));
            }
            // An old store is brought up to date; where that may not be, it is told.
            State::Old => {
                drop(connection);
                connection = Self::open(folder, &Settings::default())?.connection;
            }
        }
        Ok(Self::of(connection, path))
    }

    /// A store in memory, gone when dropped.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn temporary() -> Result<Self, Diagnostic> {
        let path = PathBuf::from("<memory>");
        let mut connection = Connection::open_in_memory().map_err(|e| tell(&path, &e))?;
        schema::migrate(&mut connection, &path, schema::STEPS)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self::of(connection, path))
    }

    fn of(connection: Connection, path: PathBuf) -> Self {
        let (dictionaries, texts) = (Dictionaries::default(), records::Texts::default());
        Self { connection, path, dictionaries, texts, seen: None, merge: true }
    }

    /// Path of the store's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn tell(&self, error: &rusqlite::Error) -> Diagnostic {
        tell(&self.path, error)
    }
}

/// Prepared statements kept.
const STATEMENTS: usize = 64;

/// Settings of a writer: a write-ahead log, so that readers are never blocked; a page cache that holds the indexes' upper parts.
fn writing(connection: &Connection, settings: &Settings, state: &State) -> rusqlite::Result<()> {
    if *state == State::Empty {
        connection.pragma_update(None, "page_size", 8192)?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -(256 << 10))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    if let Some(bytes) = settings.max_bytes {
        let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page;
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Opens for reading. Where the folder may not be written and no log lies in it, the file is read as it stands.
fn read_only(path: &Path) -> Result<Connection, Diagnostic> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let probe = |connection: Connection| {
        connection.busy_timeout(Settings::default().wait)?;
        connection.pragma_update(None, "cache_size", -(128 << 10))?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    };
    let first = Connection::open_with_flags(path, flags).and_then(probe);
    let log = path.with_extension("sqlite-wal");
    match first {
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen)
                && fs::metadata(&log).map_or(true, |log| log.len() == 0) =>
        {
            let address = format!("file:{}?immutable=1", escape(path));
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(address, flags).and_then(probe).map_err(|e| tell(path, &e))
        }
        other => other.map_err(|e| tell(path, &e)),
    }
}

/// A path as SQLite's addresses want it.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Archive as _, Query};

    /// The version after this one, as a test of today imagines it.
    fn next() -> Vec<&'static str> {
        let step = "ALTER TABLE events ADD COLUMN mood TEXT; CREATE VIEW v_moods AS SELECT pk, mood FROM events;";
        schema::STEPS.iter().copied().chain([step]).collect()
    }

    fn version(store: &Store) -> i32 {
        store.connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    fn article(id: &str) -> depeche_model::Coded {
        let article = serde_json::json!({"id": id, "lang": "fr", "title": "Titre", "text": "Des obus.", "events": []});
        serde_json::from_value(article).unwrap()
    }

    #[test]
    fn the_next_version_takes_this_ones_store_over_and_this_one_refuses_the_nexts() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let mut store = Store::open(folder.path(), &settings).unwrap();
        store.put(&[article("a")], "one").unwrap();
        let today = version(&store);
        drop(store);

        let later = Store::open_with(folder.path(), &settings, &next()).unwrap();
        assert_eq!(version(&later), today + 1);
        assert_eq!(later.search(&Query::parse("obus").unwrap(), 9).unwrap().len(), 1);
        assert!(later.connection.prepare("SELECT mood FROM v_moods").is_ok());
        drop(later);

        for error in [Store::open(folder.path(), &settings).unwrap_err(), Store::read(folder.path()).unwrap_err()] {
            assert!(error.message.contains("this program knows versions up to"), "{error}");
            assert!(error.hint.unwrap().contains("a later Dépêche wrote it"));
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_store_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        Store::open(folder.path(), &settings).unwrap().put(&[article("a")], "one").unwrap();
        let broken: Vec<&str> =
            schema::STEPS.iter().copied().chain(["CREATE TABLE half (n); SELECT nothing FROM nowhere;"]).collect();
        assert!(Store::open_with(folder.path(), &settings, &broken).is_err());
        let store = Store::open(folder.path(), &settings).unwrap();
        assert_eq!(version(&store), i32::try_from(schema::STEPS.len()).unwrap());
        assert!(store.connection.prepare("SELECT n FROM half").is_err());
        assert_eq!(store.verify().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_store_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = Store::read(folder.path()).unwrap_err();
        assert!(error.message.contains("there is no store here"), "{error}");
        fs::write(folder.path().join(FILE), "Dear diary, today I was no database at all.".repeat(99)).unwrap();
        let error = Store::open(folder.path(), &Settings::default()).unwrap_err();
        assert!(error.message.contains("no store"), "{error}");
        fs::remove_file(folder.path().join(FILE)).unwrap();
        let other = Connection::open(folder.path().join(FILE)).unwrap();
        other.execute_batch("CREATE TABLE shopping (item TEXT)").unwrap();
        let error = Store::open(folder.path(), &Settings::default()).unwrap_err();
        assert!(error.message.contains("no store of Dépêche"), "{error}");
    }
}
