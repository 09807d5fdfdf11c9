//! Addresses: fetched with manners, and where asked only if they changed since the last run.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use depeche::{
    Diagnostic,
    ingest::{
        Source,
        corpus::Fetch,
        http::{Answer, Client, Crawler, Policy, Validators},
    },
};

use super::{append::sync_folder, clock::Clock, sink::beside};

/// Versions of pages by address, as the servers name them.
type Versions = BTreeMap<String, Validators>;

/// Whoever fetches for a run.
pub(super) struct Remote {
    crawler: Crawler<Clock>,
    /// File that keeps the versions from one run to the next.
    path: Option<PathBuf>,
    before: Versions,
    now: Mutex<Versions>,
}

impl Remote {
    /// A crawler under a policy, and the versions that a file keeps, if one does.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(super) fn new(policy: Policy, pause: Duration, path: Option<&Path>) -> Result<Self, Diagnostic> {
        let before = path.map_or_else(|| Ok(Versions::new()), load)?;
        let crawler = Crawler::new(Client::new(policy), Clock::new(), pause);
        Ok(Self { crawler, path: path.map(Path::to_owned), before, now: Mutex::default() })
    }

    /// Keeps the versions seen, at the end of a run: were they kept sooner, what a run that is killed had not yet written would be taken for
    /// known by the next.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn save(&self) -> Result<(), Diagnostic> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut all = self.before.clone();
        all.extend(self.now.lock().unwrap_or_else(PoisonError::into_inner).clone());
        let new = beside(path, ".new");
        let written = serde_json::to_vec_pretty(&all).map_err(io::Error::other).and_then(|bytes| {
            fs::write(&new, bytes)?;
            fs::rename(&new, path)?;
            sync_folder(path)
        });
        written.map_err(|error| failure(path, &error.to_string(), "check the folder and its permissions"))
    }
}

fn load(path: &Path) -> Result<Versions, Diagnostic> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| failure(path, &error.to_string(), "remove the file; every page is then fetched anew")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Versions::new()),
        Err(error) => Err(failure(path, &error.to_string(), "check the path and its permissions")),
    }
}

fn failure(path: &Path, what: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), what).hint(hint)
}

impl Fetch for Remote {
    fn fetch(&self, url: &str) -> Result<Option<(Vec<u8>, Source)>, Diagnostic> {
        let none = Validators::default();
        let known = self.before.get(url).unwrap_or(&none);
        match self.crawler.fetch_if_changed(url, known)? {
            Answer::Unchanged => Ok(None),
            Answer::Page(page) => {
                if self.path.is_some() && page.validators != none {
                    let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
                    now.insert(url.to_owned(), page.validators);
                }
                Ok(Some((page.bytes, page.source)))
            }
        }
    }
}
