//! By what servers know the versions of feeds that were read.

use depeche_model::Diagnostic;
use rusqlite::{OptionalExtension as _, params};

use super::Store;

/// By what a server knows a version of a feed: what HTTP calls `ETag` and `Last-Modified`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedVersion {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Store {
    /// The version of a feed that was last read; empty where none was.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn feed(&self, url: &str) -> Result<FeedVersion, Diagnostic> {
        let find = "SELECT etag, last_modified FROM feeds WHERE url = ?1";
        let version = |row: &rusqlite::Row<'_>| Ok(FeedVersion { etag: row.get(0)?, last_modified: row.get(1)? });
        let found = self.connection.query_row(find, [url], version).optional();
        found.map(Option::unwrap_or_default).map_err(|e| self.tell(&e))
    }

    /// Keeps the version of a feed, once all of its articles are in.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn keep_feed(&mut self, url: &str, version: &FeedVersion) -> Result<(), Diagnostic> {
        let keep = "INSERT OR REPLACE INTO feeds (url, etag, last_modified) VALUES (?1, ?2, ?3)";
        let kept = self.connection.execute(keep, params![url, version.etag, version.last_modified]);
        kept.map(|_| ()).map_err(|e| self.tell(&e))
    }
}
