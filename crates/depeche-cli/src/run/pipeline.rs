//! The threads of a run: one reads, some fetch, as many as there are cores code, one writes.
//!
//! Documents travel in small batches, over channels that hold a few each; the [`Gate`] bounds the bytes of all that is anywhere between the
//! reader and the output. A batch knows its place in the corpus, so that the [writer](super::writer) can tell how far everything is done,
//! in whatever order batches come back.
//!
//! The reader and the fetchers are not waited for at the end: one may sit in a read from a terminal that will never come.

use std::{
    mem,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

use depeche::{
    Coder, Diagnostic,
    ingest::{
        corpus::{Corpus, Document, Position, Settings},
        jsonl::Entry,
    },
};

use super::{
    Coding, Known, Prepare, clock,
    failures::Failure,
    gate::Gate,
    remote::Remote,
    select::{Reason, Selection},
    tally::Stages,
    watched::Watched,
};

/// Most documents that travel together.
const MOST: usize = 8;
/// Bytes after which a batch is closed.
const ENOUGH: usize = 128 << 10;
/// Bytes that a document counts beyond its own.
const OVERHEAD: usize = 4 << 10;
/// Bytes that a document counts that is still to be fetched.
const UNFETCHED: usize = 1 << 20;
/// Bytes of documents under way, from the reader to the output.
const UNDER_WAY: usize = 24 << 20;
/// Batches that a channel holds for each thread.
const AHEAD: usize = 4;
/// Addresses fetched at a time; each host is still asked one thing at a time.
const FETCHERS: usize = 8;
/// How often a thread that has nothing to do looks whether the run has ended.
const LOOK: Duration = Duration::from_millis(50);

/// Things that travel together, and their place in the corpus.
pub(super) struct Batch<T> {
    /// Number of the first document, counted from where this run began.
    pub(super) first: u64,
    /// Documents from there on that the batch stands for, those that were done before included.
    pub(super) count: u64,
    /// The place after them.
    pub(super) after: Position,
    /// What they count at the gate.
    pub(super) bytes: usize,
    pub(super) items: Vec<T>,
    /// Addresses that gave what they gave at an earlier visit.
    pub(super) unchanged: u64,
    pub(super) stages: Stages,
}

/// What became of an article.
pub(super) enum Item<T> {
    /// What the sink takes, the article's language, its number of events.
    Coded(T, &'static str, u64),
    Skipped(Reason),
    Failed(Failure),
    /// The article before it is coded, and yet something is wrong with it.
    Warned(Failure),
}

/// What the threads work with.
pub(super) struct Plan<'a, T> {
    pub(super) coder: &'a Coder,
    pub(super) prepare: &'a Prepare<'a, T>,
    pub(super) known: &'a Known<'a>,
    pub(super) settings: &'a Settings,
    pub(super) selection: Selection,
    pub(super) threads: usize,
}

/// What the reader reads, and what it passes over because it was done before.
pub(super) struct Feed {
    pub(super) corpus: Corpus<Watched>,
    /// Numbers of documents that are done, as first and count.
    pub(super) done: Vec<(u64, u64)>,
    pub(super) remote: Arc<Remote>,
}

/// What the writer gets.
pub(super) struct Done<T> {
    pub(super) batches: Receiver<Batch<Item<T>>>,
    pub(super) gate: Arc<Gate>,
    /// Whether the reader came to the end of the corpus.
    pub(super) ended: Arc<AtomicBool>,
}

/// Runs the threads, and `write` on this one. Its end, whatever it is, ends them.
pub(super) fn run<T: Send, R>(plan: &Plan<'_, T>, feed: Feed, write: impl FnOnce(Done<T>) -> R) -> R {
    let (work, todo) = mpsc::sync_channel(plan.threads * AHEAD);
    let (finished, batches) = mpsc::sync_channel(plan.threads * AHEAD);
    let (gate, ended, stop) =
        (Arc::new(Gate::new(UNDER_WAY)), Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let reader = Reader { gate: Arc::clone(&gate), ended: Arc::clone(&ended), work, threads: plan.threads };
    thread::spawn(move || reader.run(feed));
    let todo = Mutex::new(todo);
    thread::scope(|scope| {
        for _ in 0..plan.threads {
            let (todo, finished, stop) = (&todo, finished.clone(), Arc::clone(&stop));
            scope.spawn(move || work_off(plan, todo, &finished, &stop));
        }
        drop(finished);
        let outcome = write(Done { batches, gate: Arc::clone(&gate), ended });
        stop.store(true, Ordering::Relaxed);
        gate.close();
        outcome
    })
}

/// The thread that reads.
struct Reader {
    gate: Arc<Gate>,
    ended: Arc<AtomicBool>,
    work: SyncSender<Batch<Document>>,
    threads: usize,
}

impl Reader {
    fn run(self, mut feed: Feed) {
        let mut fetchers = None;
        let (mut number, mut batches) = (0, 0);
        loop {
            // The first batches are small, so that a short corpus is spread over the threads as well.
            let most = MOST.min(1 + batches / self.threads);
            let Some(batch) = gather(&mut feed, number, most) else { break };
            (number, batches) = (number + batch.count, batches + 1);
            let to = if batch.items.iter().any(Document::is_remote) {
                fetchers.get_or_insert_with(|| fetch_for(&self.work, &feed.remote))
            } else {
                &self.work
            };
            if !self.gate.enter(batch.bytes) || to.send(batch).is_err() {
                return;
            }
        }
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// The next documents; none at the end.
fn gather(feed: &mut Feed, first: u64, most: usize) -> Option<Batch<Document>> {
    let start = clock::now();
    let mut batch = Batch {
        first,
        count: 0,
        after: Position::default(),
        bytes: 0,
        items: Vec::with_capacity(most),
        unchanged: 0,
        stages: Stages::default(),
    };
    while batch.items.len() < most && batch.bytes < ENOUGH {
        let Some(document) = feed.corpus.next() else { break };
        let number = first + batch.count;
        batch.count += 1;
        batch.after = document.position.clone();
        if feed.done.iter().any(|(first, count)| (*first..first + count).contains(&number)) {
            continue;
        }
        let remote = document.is_remote();
        batch.bytes += OVERHEAD + if remote { UNFETCHED } else { document.size() };
        batch.items.push(document);
    }
    batch.stages.input = start.elapsed().as_secs_f64();
    (batch.count > 0).then_some(batch)
}

/// Starts the threads that fetch, and gives the way to them.
fn fetch_for(work: &SyncSender<Batch<Document>>, remote: &Arc<Remote>) -> SyncSender<Batch<Document>> {
    let (sender, todo) = mpsc::sync_channel::<Batch<Document>>(FETCHERS);
    let todo = Arc::new(Mutex::new(todo));
    for _ in 0..FETCHERS {
        let (todo, work, remote) = (Arc::clone(&todo), work.clone(), Arc::clone(remote));
        thread::spawn(move || {
            loop {
                let next = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(mut batch) = next else { return };
                let asked = batch.items.len();
                batch.items = batch.items.into_iter().filter_map(|document| document.fetched(&*remote)).collect();
                batch.unchanged = (asked - batch.items.len()) as u64;
                if work.send(batch).is_err() {
                    return;
                }
            }
        });
    }
    sender
}

/// A thread that codes.
fn work_off<T>(
    plan: &Plan<'_, T>,
    todo: &Mutex<Receiver<Batch<Document>>>,
    finished: &SyncSender<Batch<Item<T>>>,
    stop: &AtomicBool,
) {
    loop {
        let next = todo.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK);
        let batch = match next {
            Ok(batch) => batch,
            Err(RecvTimeoutError::Timeout) if !stop.load(Ordering::Relaxed) => continue,
            Err(_) => return,
        };
        let Batch { first, count, after, bytes, items: documents, unchanged, mut stages } = batch;
        let mut items = Vec::with_capacity(documents.len());
        for document in documents {
            plan.document(document, &mut items, &mut stages);
        }
        if finished.send(Batch { first, count, after, bytes, items, unchanged, stages }).is_err() {
            return;
        }
    }
}

impl<T> Plan<'_, T> {
    /// Codes the articles of a document. Whatever goes wrong costs this document alone.
    fn document(&self, document: Document, items: &mut Vec<Item<T>>, stages: &mut Stages) {
        let (name, place) = (document.name.clone(), document.position.clone());
        let about = |diagnostic| Failure { document: name.clone(), place: place.clone(), diagnostic };
        let before = items.len();
        // No input is known that makes a stage panic, and none shall end a run of ten million articles.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
            let start = clock::now();
            let articles = document.articles(self.settings);
            stages.extraction += start.elapsed().as_secs_f64();
            for article in articles {
                let (item, warnings) = match article {
                    Err(diagnostic) => (Err(diagnostic), Vec::new()),
                    Ok(mut entry) => {
                        let warnings = mem::take(&mut entry.warnings);
                        (self.article(entry, stages), warnings)
                    }
                };
                let coded = matches!(item, Ok(Item::Coded(..)));
                items.push(item.unwrap_or_else(|diagnostic| Item::Failed(about(diagnostic))));
                items.extend(warnings.into_iter().filter(|_| coded).map(|warning| Item::Warned(about(warning))));
            }
        }));
        if outcome.is_err() {
            items.truncate(before);
            let mistake = Diagnostic::error(&name, "coding this document gave up: a mistake in depeche")
                .hint("the others were coded; please report it with this document");
            items.push(Item::Failed(about(mistake)));
        }
    }

    fn article(&self, entry: Entry, stages: &mut Stages) -> Result<Item<T>, Diagnostic> {
        if let Some(reason) = self.selection.refuses(&entry.article) {
            return Ok(Item::Skipped(reason));
        }
        if (self.known)(&entry.article)? {
            return Ok(Item::Skipped(Reason::Known));
        }
        let start = clock::now();
        let events = self.coder.code(&entry.article);
        let coded = clock::now();
        stages.coding += (coded - start).as_secs_f64();
        let (language, count) = (entry.article.language.code(), events.len() as u64);
        let item = (self.prepare)(Coding { entry, events });
        stages.rendering += coded.elapsed().as_secs_f64();
        Ok(Item::Coded(item?, language, count))
    }
}
