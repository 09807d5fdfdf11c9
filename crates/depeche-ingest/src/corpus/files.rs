//! The one door to files: everything else in this crate sees streams of bytes.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Cursor, Read, Seek},
    path::Path,
    sync::Arc,
};

/// An open file.
pub trait Stream: Read + Seek + Send {}

impl<T: Read + Seek + Send> Stream for T {}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path, the folder's included.
    pub path: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
}

/// Where files are: a disk, or a test's memory.
pub trait Files {
    /// Whether the path is a folder (`Some(true)`), a file (`Some(false)`) or nothing.
    fn is_folder(&self, path: &str) -> Option<bool>;

    /// Entries of a folder, sorted by path.
    ///
    /// # Errors
    /// As the system tells them.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// Opens a file.
    ///
    /// # Errors
    /// As the system tells them.
    fn open(&self, path: &str) -> io::Result<Box<dyn Stream>>;

    /// Standard input.
    fn standard_input(&self) -> Box<dyn Read + Send>;
}

/// The files of the system. Links to folders are not followed, so that no walk is endless.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn is_folder(&self, path: &str) -> Option<bool> {
        fs::metadata(path).ok().map(|data| data.is_dir())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let is_file =
                kind.is_file() || (kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|data| data.is_file()));
            if kind.is_dir() || is_file {
                let path = Path::new(folder).join(entry.file_name()).to_string_lossy().into_owned();
                entries.push(Entry { path, is_folder: kind.is_dir() });
            }
        }
        entries.sort();
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(File::open(path)?))
    }

    fn standard_input(&self) -> Box<dyn Read + Send> {
        Box::new(io::stdin())
    }
}

/// Files in memory, by path; standard input is the one named `-`.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<String, Arc<[u8]>>);

impl<P: Into<String>, B: AsRef<[u8]>, const N: usize> From<[(P, B); N]> for Memory {
    fn from(files: [(P, B); N]) -> Self {
        Self(files.into_iter().map(|(path, bytes)| (path.into(), Arc::from(bytes.as_ref()))).collect())
    }
}

impl Files for Memory {
    fn is_folder(&self, path: &str) -> Option<bool> {
        let inside = format!("{path}/");
        if self.0.contains_key(path) {
            Some(false)
        } else {
            self.0.keys().any(|key| key.starts_with(&inside)).then_some(true)
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let inside = if folder == "." { String::new() } else { format!("{folder}/") };
        let mut entries: Vec<Entry> = self
            .0
            .keys()
            .filter_map(|key| key.strip_prefix(&inside))
            .map(|rest| match rest.split_once('/') {
                Some((first, _)) => Entry { path: format!("{inside}{first}"), is_folder: true },
                None => Entry { path: format!("{inside}{rest}"), is_folder: false },
            })
            .collect();
        entries.sort();
        entries.dedup();
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Stream>> {
        let bytes = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(Arc::clone(bytes))))
    }

    fn standard_input(&self) -> Box<dyn Read + Send> {
        Box::new(Cursor::new(self.0.get("-").cloned().unwrap_or_default()))
    }
}
