//! What SQLite reports, told to a person.

use std::path::Path;

use depeche_model::Diagnostic;
use rusqlite::{Error, ErrorCode};

/// The diagnostic of a failure in the store at a path.
pub(super) fn tell(path: &Path, error: &Error) -> Diagnostic {
    let at = path.display().to_string();
    let Some(code) = error.sqlite_error_code() else {
        return Diagnostic::error(at, format!("the store holds what this program cannot read: {error}"))
            .hint("run `depeche store --check`; if it was written by another program, restore it from a copy");
    };
    let (message, hint) = match code {
        ErrorCode::DiskFull => (
            "the disk is full; nothing of the last batch was kept, all before it was",
            "free some space and run the same command again: it goes on where it stopped",
        ),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => (
            "the store may not be written here",
            "ask for write permission on the folder and its files, or give another with --store",
        ),
        ErrorCode::CannotOpen => (
            "the store cannot be opened",
            "check that the folder exists, that it may be read, and for `add` and `watch` that it may be written",
        ),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => (
            "another process is writing to the store and did not finish in time",
            "wait for it to end and try again, or raise --wait",
        ),
        ErrorCode::NotADatabase => (
            "this file is no store, or is damaged at its beginning",
            "give the folder of a store with --store, or restore it from a copy",
        ),
        ErrorCode::DatabaseCorrupt => {
            ("the store is damaged", "restore it from a copy, or make it anew with `depeche add`")
        }
        ErrorCode::SystemIoFailure => (
            "the disk failed while the store was read or written; nothing of the last batch was kept, all before it was",
            "check the disk, its free space and limits on file size, then run the same command again",
        ),
        _ => return Diagnostic::error(at, format!("the store failed: {error}")),
    };
    Diagnostic::error(at, format!("{message} ({error})")).hint(hint)
}
