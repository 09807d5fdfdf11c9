//! A file that grows by whole records and can be cut back to any length that was synced.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::Path,
};

use depeche::Diagnostic;

/// The file, its name for messages, and its length.
pub(crate) struct Append {
    out: BufWriter<File>,
    name: String,
    length: u64,
}

impl Append {
    /// An empty file, whatever stood there.
    ///
    /// # Errors
    /// Where it cannot be written, or another run is writing it.
    pub(crate) fn create(path: &Path) -> Result<Self, Diagnostic> {
        Self::open(path, true, 0)
    }

    /// The file that stands there, cut back to `length` bytes.
    ///
    /// # Errors
    /// Where there is none, it is shorter, cannot be written, or another run is writing it.
    pub(crate) fn reopen(path: &Path, length: u64) -> Result<Self, Diagnostic> {
        Self::open(path, false, length)
    }

    fn open(path: &Path, create: bool, length: u64) -> Result<Self, Diagnostic> {
        let name = path.display().to_string();
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(create)
            .truncate(false)
            .open(path)
            .map_err(|error| failure(&name, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(Diagnostic::error(name, "another run is writing this file")
                    .hint("wait for it to end, or give another --out"));
            }
            // Some network file systems know no locks; then nobody is kept out.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let stands = file.metadata().map_err(|error| failure(&name, &error))?.len();
        if stands < length {
            return Err(Diagnostic::error(
                name,
                format!("the file has {stands} bytes where the checkpoint says {length}"),
            )
            .hint("it was changed since; run again without --resume, the file with .resume removed"));
        }
        file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|error| failure(&name, &error))?;
        Ok(Self { out: BufWriter::with_capacity(1 << 16, file), name, length })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Where the disk is full or gone.
    pub(crate) fn write(&mut self, record: &[u8]) -> Result<(), Diagnostic> {
        self.out.write_all(record).map_err(|error| failure(&self.name, &error))?;
        self.length += record.len() as u64;
        Ok(())
    }

    /// Makes what was written safe against loss of power, and tells the length.
    ///
    /// # Errors
    /// Where the disk is full or gone.
    pub(crate) fn sync(&mut self) -> Result<u64, Diagnostic> {
        let synced = self.out.flush().and_then(|()| self.out.get_ref().sync_data());
        synced.map_err(|error| failure(&self.name, &error))?;
        Ok(self.length)
    }
}

fn failure(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(name, error.to_string()).hint("check the folder, its permissions and its free space")
}

/// Makes the names in the folder of a file safe: a file that was renamed is found after loss of power only then.
///
/// # Errors
/// As the system tells them; where folders cannot be synced, nothing is done.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder) {
        Ok(folder) if cfg!(unix) => folder.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_back_to_a_length_that_was_synced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut file = Append::create(&path).unwrap();
        file.write(b"one\n").unwrap();
        let length = file.sync().unwrap();
        file.write(b"two\nhal").unwrap();
        drop(file);
        let mut file = Append::reopen(&path, length).unwrap();
        file.write(b"three\n").unwrap();
        assert_eq!(file.sync().unwrap(), 10);
        assert_eq!(fs::read(&path).unwrap(), b"one\nthree\n");
        assert!(Append::reopen(&path, 0).is_err_and(|error| error.message.contains("another run")));
        drop(file);
        assert!(Append::reopen(&path, 11).is_err_and(|error| error.message.contains("10 bytes")));
    }
}
