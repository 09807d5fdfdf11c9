//! The bar on the terminal.

use std::{
    fs,
    io::IsTerminal as _,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::{clock, tally::Tally};

/// With the size of the inputs known.
const SIZED: &str = "{spinner} {percent:>3} % {wide_bar:.dim} {msg} · {elapsed} · {eta} left";
/// Without.
const ENDLESS: &str = "{spinner} {msg} · {elapsed}";

/// A bar that runs with the bytes read, where their sum is known. Not on a terminal, it shows nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// Articles and events of the runs before.
    before: (u64, u64),
    read: Arc<AtomicU64>,
    size: Arc<AtomicU64>,
}

impl Progress {
    /// A bar for inputs of which `read` counts the bytes.
    pub(super) fn new(inputs: &[String], read: Arc<AtomicU64>, tally: &Tally) -> Self {
        let bar = ProgressBar::no_length();
        let size = Arc::new(AtomicU64::new(0));
        if std::io::stderr().is_terminal() {
            bar.set_style(ProgressStyle::with_template(ENDLESS).unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(200));
            if let Some(paths) = on_disk(inputs) {
                let size = Arc::clone(&size);
                thread::spawn(move || size.store(measure(paths), Ordering::Relaxed));
            }
        }
        Self { bar, started: clock::now(), before: (tally.articles, tally.events), read, size }
    }

    /// Shows where the run is.
    pub(super) fn show(&self, tally: &Tally) {
        if self.bar.is_hidden() {
            return;
        }
        let size = self.size.load(Ordering::Relaxed);
        if size > 0 {
            if self.bar.length().is_none() {
                let style = ProgressStyle::with_template(SIZED);
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            }
            self.bar.set_length(size);
            self.bar.set_position(self.read.load(Ordering::Relaxed).min(size));
        }
        let seconds = self.started.elapsed().as_secs_f64().max(1e-3);
        let (articles, events) = self.before;
        self.bar.set_message(format!(
            "{} articles ({:.0}/s), {} events ({:.0}/s), {} failed",
            tally.articles,
            (tally.articles - articles) as f64 / seconds,
            tally.events,
            (tally.events - events) as f64 / seconds,
            tally.failed
        ));
    }

    /// Takes the bar away while something is printed.
    pub(super) fn suspend(&self, work: impl FnOnce()) {
        self.bar.suspend(work);
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// The inputs as paths, if each is a file or folder: what comes from elsewhere has no size to be known.
fn on_disk(inputs: &[String]) -> Option<Vec<PathBuf>> {
    inputs.iter().map(|input| Some(PathBuf::from(input)).filter(|path| path.exists())).collect()
}

/// Bytes of all files below some paths.
fn measure(mut paths: Vec<PathBuf>) -> u64 {
    let mut bytes = 0;
    while let Some(path) = paths.pop() {
        match fs::symlink_metadata(&path) {
            Ok(data) if data.is_dir() => {
                paths.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
            }
            Ok(data) => bytes += data.len(),
            Err(_) => {}
        }
    }
    bytes
}
