//! The versions of the schema, and the way from each to the next.
//!
//! The file says which version it is (`user_version`) and that it is a store (`application_id`). A step is a file of SQL that turns the version
//! before it into its own; a store is brought up to date in one transaction when it is opened for writing. A later version than
//! this program's is refused: what it means is not known here.

use std::path::Path;

use depeche_model::Diagnostic;
use rusqlite::{Connection, TransactionBehavior};

use super::error::tell;

/// `Dpch`, as SQLite's header keeps it.
const APPLICATION: i32 = 0x4470_6368;

/// The steps from an empty file to this program's version.
pub(super) const STEPS: &[&str] = &[include_str!("schema/001.sql")];

/// Where a file stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing in it yet.
    Empty,
    /// A store of an earlier version.
    Old,
    /// A store of this version.
    Current,
}

/// What a file is to a program that knows these steps.
pub(super) fn state(connection: &Connection, path: &Path, steps: &[&str]) -> Result<State, Diagnostic> {
    let number =
        |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(|e| tell(path, &e));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
    let full: bool = connection.query_row(tables, [], |row| row.get(0)).map_err(|e| tell(path, &e))?;
    if !full && version == 0 {
        return Ok(State::Empty);
    }
    let at = path.display().to_string();
    if application != APPLICATION {
        return Err(Diagnostic::error(at, "this is an SQLite file, but no store of Dépêche")
            .hint("give the folder of a store with --store"));
    }
    let known = known(steps);
    match version.cmp(&known) {
        std::cmp::Ordering::Less => Ok(State::Old),
        std::cmp::Ordering::Equal => Ok(State::Current),
        std::cmp::Ordering::Greater => Err(Diagnostic::error(
            at,
            format!("the store has version {version}; this program knows versions up to {known}"),
        )
        .hint("a later Dépêche wrote it: use that one, or another store")),
    }
}

/// The version that the steps lead to.
fn known(steps: &[&str]) -> i32 {
    i32::try_from(steps.len()).unwrap_or(i32::MAX)
}

/// Brings a file up to date; all steps or none.
pub(super) fn migrate(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), Diagnostic> {
    let run = |connection: &mut Connection| -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for the lock.
        let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for step in steps.iter().skip(usize::try_from(version).unwrap_or_default()) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", known(steps))?;
        transaction.commit()
    };
    run(connection).map_err(|e| tell(path, &e))
}
