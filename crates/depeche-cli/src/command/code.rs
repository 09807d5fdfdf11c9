//! `depeche code`: articles as JSON lines in, the same lines with their events out, in the order given, on all cores.
//!
//! One thread reads, as many as there are cores code, one writes. Work travels in small batches over bounded channels, so
//! that memory stays the same whatever the length of the input. A file is written under another name and takes its own
//! when it is whole.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    num::NonZero,
    path::{Path, PathBuf},
    sync::{Mutex, mpsc},
    thread,
    time::Duration,
};

use clap::Args;
use depeche::{
    Coder, Diagnostic, Language,
    ingest::{self, jsonl},
};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use crate::{Fatal, Outcome, render};

/// Code articles given as JSON lines (`id`, `lang`, `published`, `title`, `text`); the same lines come out with `events`.
#[derive(Args)]
pub(crate) struct Options {
    /// Files of JSON lines; `-` is standard input.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// File to write; standard output where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Threads that code; all cores where not given.
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Language of every article, in place of `lang`.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
    /// Day of publication of every article, in place of `published`.
    #[arg(long, value_name = "DAY")]
    published: Option<Date>,
    /// Longest line, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    max_bytes: usize,
}

/// Articles that travel together.
const BATCH: usize = 16;
/// Batches under way for each thread.
const AHEAD: usize = 4;

struct Batch<T> {
    number: u64,
    items: Vec<T>,
}

/// What became of a line.
enum Item {
    /// The line to write, and its number of events.
    Line(String, u64),
    Failed(Diagnostic),
}

#[derive(Default)]
struct Counts {
    articles: u64,
    events: u64,
    failed: u64,
}

impl Options {
    pub(crate) fn run(self, load: &dyn Fn() -> Result<Coder, Fatal>) -> Result<Outcome, Fatal> {
        let coder = load()?;
        let mut readers = Vec::new();
        for input in &self.inputs {
            readers.push(self.open(input)?);
        }
        let bar = progress();
        let counts = match &self.out {
            None => self.stream(&coder, readers, &mut BufWriter::new(io::stdout().lock()), &bar)?,
            Some(path) => self.file(&coder, readers, path, &bar)?,
        };
        bar.finish_and_clear();
        anstream::eprintln!("{} articles, {} events, {} failed", counts.articles, counts.events, counts.failed);
        Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::Partly })
    }

    fn open(&self, input: &str) -> Result<jsonl::Reader<Box<dyn BufRead + Send>>, Fatal> {
        let (name, input): (&str, Box<dyn BufRead + Send>) = if input == "-" {
            ("<stdin>", Box::new(BufReader::new(io::stdin())))
        } else {
            let file = File::open(input)
                .map_err(|e| Diagnostic::error(input, e.to_string()).hint("check the path and its permissions"))?;
            (input, Box::new(BufReader::with_capacity(1 << 18, file)))
        };
        let options = ingest::Options {
            language: self.lang,
            published: self.published,
            max_bytes: self.max_bytes,
            ..ingest::Options::default()
        };
        Ok(jsonl::Reader::new(input, name, options))
    }

    /// Writes beside the file that is asked for and renames at the end: what stands under its name is always whole.
    fn file(
        &self,
        coder: &Coder,
        readers: Vec<jsonl::Reader<Box<dyn BufRead + Send>>>,
        path: &Path,
        bar: &ProgressBar,
    ) -> Result<Counts, Fatal> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let at = |e: io::Error| {
            Diagnostic::error(path.display().to_string(), e.to_string())
                .hint("check the folder, its permissions and its free space")
        };
        let file = tempfile::NamedTempFile::new_in(folder).map_err(at)?;
        let mut out = BufWriter::new(file);
        let counts = self.stream(coder, readers, &mut out, bar)?;
        let file = out.into_inner().map_err(|e| at(e.into_error()))?;
        file.as_file().sync_all().map_err(at)?;
        file.persist(path).map_err(|e| at(e.error))?;
        Ok(counts)
    }

    fn stream(
        &self,
        coder: &Coder,
        readers: Vec<jsonl::Reader<Box<dyn BufRead + Send>>>,
        out: &mut dyn Write,
        bar: &ProgressBar,
    ) -> Result<Counts, Fatal> {
        let threads = self.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
        let (work, todo) = mpsc::sync_channel::<Batch<jsonl::Line>>(threads * AHEAD);
        let (finished, done) = mpsc::sync_channel::<Batch<Item>>(threads * AHEAD);
        let todo = Mutex::new(todo);
        thread::scope(|scope| {
            scope.spawn(move || feed(readers, &work));
            for _ in 0..threads {
                let (todo, finished) = (&todo, finished.clone());
                scope.spawn(move || work_off(coder, todo, &finished));
            }
            drop(finished);
            write(&done, out, bar)
        })
    }
}

/// Reads lines into batches until the input or the other end is gone.
fn feed(readers: Vec<jsonl::Reader<Box<dyn BufRead + Send>>>, work: &mpsc::SyncSender<Batch<jsonl::Line>>) {
    let mut lines = readers.into_iter().flatten().peekable();
    for number in 0.. {
        let items: Vec<_> = lines.by_ref().take(BATCH).collect();
        if items.is_empty() || work.send(Batch { number, items }).is_err() {
            return;
        }
    }
}

fn work_off(coder: &Coder, todo: &Mutex<mpsc::Receiver<Batch<jsonl::Line>>>, finished: &mpsc::SyncSender<Batch<Item>>) {
    loop {
        let batch = match todo.lock() {
            Ok(todo) => todo.recv(),
            Err(_) => return,
        };
        let Ok(batch) = batch else { return };
        let items = batch.items.into_iter().map(|line| code_line(coder, line)).collect();
        if finished.send(Batch { number: batch.number, items }).is_err() {
            return;
        }
    }
}

fn code_line(coder: &Coder, line: jsonl::Line) -> Item {
    let mut entry = match line.result {
        Ok(entry) => entry,
        Err(diagnostic) => return Item::Failed(diagnostic),
    };
    let events = coder.code(&entry.article);
    let count = events.len() as u64;
    let written = serde_json::to_value(events).and_then(|events| {
        entry.object.insert("events".to_owned(), events);
        serde_json::to_string(&entry.object)
    });
    match written {
        Ok(line) => Item::Line(line, count),
        Err(error) => Item::Failed(Diagnostic::error(&entry.article.id, error.to_string())),
    }
}

/// Writes batches in their order.
fn write(done: &mpsc::Receiver<Batch<Item>>, out: &mut dyn Write, bar: &ProgressBar) -> Result<Counts, Fatal> {
    let (mut counts, mut next, mut waiting) = (Counts::default(), 0, BTreeMap::new());
    for batch in done {
        waiting.insert(batch.number, batch.items);
        while let Some(items) = waiting.remove(&next) {
            next += 1;
            for item in items {
                write_item(item, out, bar, &mut counts)?;
            }
            bar.set_position(counts.articles + counts.failed);
            bar.set_message(format!("{} events, {} failed", counts.events, counts.failed));
        }
    }
    out.flush()?;
    Ok(counts)
}

fn write_item(item: Item, out: &mut dyn Write, bar: &ProgressBar, counts: &mut Counts) -> io::Result<()> {
    match item {
        Item::Line(line, events) => {
            counts.articles += 1;
            counts.events += events;
            out.write_all(line.as_bytes())?;
            out.write_all(b"\n")
        }
        Item::Failed(diagnostic) => {
            counts.failed += 1;
            bar.suspend(|| anstream::eprintln!("{}{diagnostic}{:#}", render::ERROR, render::ERROR));
            Ok(())
        }
    }
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}, {elapsed} · {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
