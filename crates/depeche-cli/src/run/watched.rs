//! The disk, with the bytes counted that are read from it, and without the files that the run itself writes.

use std::{
    ffi::OsString,
    fs,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use depeche::ingest::corpus::{Disk, FileEntry, Files, Stream};

/// The files of the system as a run sees them.
pub(super) struct Watched {
    read: Arc<AtomicU64>,
    /// Folder and name of each file that the run writes: an output beside its inputs is no input.
    own: Vec<(PathBuf, OsString)>,
}

impl Watched {
    /// The disk without the files `own`.
    pub(super) fn new(own: &[PathBuf], read: Arc<AtomicU64>) -> Self {
        Self { read, own: own.iter().filter_map(|path| place(path)).collect() }
    }

    /// Whether the run itself writes this file.
    pub(super) fn is_own(&self, path: &str) -> bool {
        let path = Path::new(path);
        let by_name = self.own.iter().filter(|(_, name)| path.file_name() == Some(name));
        let mut by_name = by_name.peekable();
        by_name.peek().is_some() && place(path).is_some_and(|place| by_name.any(|own| *own == place))
    }
}

/// The folder of a path, with no link in it, and its name there.
fn place(path: &Path) -> Option<(PathBuf, OsString)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some((fs::canonicalize(folder).ok()?, path.file_name()?.to_owned()))
}

impl Files for Watched {
    fn is_folder(&self, path: &str) -> Option<bool> {
        Disk.is_folder(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<FileEntry>> {
        let mut entries = Disk.list(folder)?;
        entries.retain(|entry| !self.is_own(&entry.path));
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(Counted { inner: Disk.open(path)?, read: Arc::clone(&self.read) }))
    }

    fn standard_input(&self) -> Box<dyn Read + Send> {
        Disk.standard_input()
    }
}

struct Counted {
    inner: Box<dyn Stream>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl Seek for Counted {
    /// What a run that goes on jumps over was read before.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.inner.seek(to)?;
        if let SeekFrom::Start(start) = to {
            self.read.fetch_max(start, Ordering::Relaxed);
        }
        Ok(at)
    }
}
