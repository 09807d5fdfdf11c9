//! `depeche watch`: polls feeds, codes what is new, keeps it; runs until it is stopped.
//!
//! A feed is asked for only if it changed, with the manners of every other fetch (robots.txt, a pause between two requests to a host). What
//! goes wrong with one feed is told, and that feed is asked less and less often until it answers again; the others go on. Articles of a poll
//! go in by one transaction, and only then is the version of the feed kept: a process that is killed loses nothing but time.

use std::{fs, path::PathBuf, thread, time::Duration};

use clap::Args;
use depeche::{
    Article, Coded, Coder, Diagnostic, Language,
    ingest::{
        self,
        corpus::{Corpus, Memory, Settings},
        http::{Answer, Client, Crawler, Policy, Validators},
    },
    store::FeedVersion,
};
use serde::Deserialize;

use crate::{
    Fatal, Outcome, ask,
    command::{Folders, add::Keep},
    render,
    run::{Clock, Sink as _, now},
};

/// Poll feeds, code their new articles and keep them in a store, until stopped.
#[derive(Args)]
pub(crate) struct Options {
    /// File that names the feeds; docs/store.md shows one.
    #[arg(value_name = "FEEDS.toml")]
    feeds: PathBuf,
    #[command(flatten)]
    into: ask::Into,
    /// Ask every feed once, and end.
    #[arg(long)]
    once: bool,
    /// Let addresses of this machine and of private networks be fetched.
    #[arg(long)]
    allow_private: bool,
}

/// What the file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    /// Minutes between two polls of a feed that does not say.
    #[serde(default = "minutes")]
    every_minutes: u64,
    /// Seconds between two requests to one host.
    #[serde(default = "seconds")]
    pause_seconds: u64,
    #[serde(rename = "feed")]
    feeds: Vec<Feed>,
}

/// One feed.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    url: String,
    /// In place of the feed's title.
    publisher: Option<String>,
    /// In place of what is detected.
    lang: Option<Language>,
    every_minutes: Option<u64>,
    /// Whether the page behind each entry is fetched and read in place of the entry's own text.
    #[serde(default)]
    follow: bool,
}

const fn minutes() -> u64 {
    15
}

const fn seconds() -> u64 {
    2
}

/// Longest time between two polls of a feed that fails.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

/// A feed, and when it is asked again.
struct Watched {
    feed: Feed,
    every: Duration,
    /// Polls in a row that failed.
    failures: u32,
    /// Time since the start at which it is due.
    due: Duration,
}

impl Options {
    pub(crate) fn run(self, folders: &Folders) -> Result<Outcome, Fatal> {
        let plan = plan(&self.feeds)?;
        let mut keep = Keep::new(self.into.open()?, folders.coder_label()?);
        let coder = folders.coder()?;
        let policy = Policy { allow_private: self.allow_private, ..Policy::default() };
        let crawler = Crawler::new(Client::new(policy), Clock::new(), Duration::from_secs(plan.pause_seconds));
        let every = |feed: &Feed| Duration::from_secs(60 * feed.every_minutes.unwrap_or(plan.every_minutes).max(1));
        let watch = |feed: &Feed| Watched { feed: feed.clone(), every: every(feed), failures: 0, due: Duration::ZERO };
        let mut all: Vec<Watched> = plan.feeds.iter().map(watch).collect();
        let start = now();
        let mut failed = false;
        loop {
            for watched in all.iter_mut().filter(|watched| watched.due <= start.elapsed()) {
                let outcome = Poll { coder: &coder, crawler: &crawler, keep: &mut keep }.poll(&watched.feed);
                failed |= watched.next(outcome, start.elapsed())?;
            }
            if self.once {
                keep.finish()?;
                let refused = keep.tell()?;
                return Ok(if failed || refused { Outcome::Partly } else { Outcome::Done });
            }
            let due = all.iter().map(|watched| watched.due).min().unwrap_or(PATIENCE);
            thread::sleep(due.saturating_sub(start.elapsed()));
        }
    }
}

fn plan(path: &PathBuf) -> Result<Plan, Diagnostic> {
    let at = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|e| {
        Diagnostic::error(&at, e.to_string()).hint("give a file that names feeds; docs/store.md shows one")
    })?;
    let plan: Plan = toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        Diagnostic::error(&at, e.message().to_owned()).at(line as u32, 0).hint("docs/store.md shows such a file")
    })?;
    match plan.feeds.iter().find(|feed| !feed.url.starts_with("http://") && !feed.url.starts_with("https://")) {
        Some(feed) => Err(Diagnostic::error(&at, format!("`{}` is no address", feed.url)).hint("write https://…")),
        None if plan.feeds.is_empty() => {
            Err(Diagnostic::error(&at, "it names no feed").hint("add a [[feed]] with url"))
        }
        None => Ok(plan),
    }
}

impl Watched {
    /// Tells what became of a poll and when the next is due; whether it failed.
    ///
    /// # Errors
    /// Where the store failed: that is no feed's fault, and ends the watch.
    fn next(&mut self, outcome: Result<Polled, Trouble>, now: Duration) -> Result<bool, Fatal> {
        let failed = match outcome {
            Ok(Polled { articles, events, failures }) => {
                failures.iter().for_each(warn);
                if articles > 0 {
                    anstream::eprintln!("{}: {articles} new articles, {events} events", self.feed.url);
                }
                self.failures = 0;
                !failures.is_empty()
            }
            Err(Trouble::Store(error)) => return Err(error.into()),
            Err(Trouble::Feed(error)) => {
                warn(&error);
                self.failures += 1;
                true
            }
        };
        self.due = now + (self.every * 2_u32.saturating_pow(self.failures.min(10))).min(PATIENCE.max(self.every));
        Ok(failed)
    }
}

fn warn(error: &Diagnostic) {
    anstream::eprintln!("{}{error}{:#}", render::ERROR, render::ERROR);
}

/// What a poll brought.
#[derive(Default)]
struct Polled {
    articles: u64,
    events: u64,
    /// Entries that gave no article.
    failures: Vec<Diagnostic>,
}

/// What goes wrong with a poll.
enum Trouble {
    Feed(Diagnostic),
    Store(Diagnostic),
}

/// A poll at work.
struct Poll<'a> {
    coder: &'a Coder,
    crawler: &'a Crawler<Clock>,
    keep: &'a mut Keep,
}

impl Poll<'_> {
    fn poll(mut self, feed: &Feed) -> Result<Polled, Trouble> {
        let FeedVersion { etag, last_modified } = self.keep.store().feed(&feed.url).map_err(Trouble::Store)?;
        let known = Validators { etag, last_modified };
        let page = match self.crawler.fetch_if_changed(&feed.url, &known).map_err(Trouble::Feed)? {
            Answer::Unchanged => return Ok(Polled::default()),
            Answer::Page(page) => page,
        };
        let mut polled = Polled::default();
        let options = ingest::Options { language: feed.lang, ..ingest::Options::default() };
        let settings = Settings { options, ..Settings::default() };
        // The bytes are read as a file of that name would be: whatever form the feed has, it is told by its content.
        let files = Memory::from([("feed", page.bytes.as_slice())]);
        for document in Corpus::new(files, ["feed"], settings.clone()) {
            match document.read(&settings) {
                Ok(entry) => self.entry(feed, entry.article, &mut polled)?,
                Err(error) => polled.failures.push(Diagnostic { file: feed.url.clone(), ..error }),
            }
        }
        self.keep.flush().map_err(Trouble::Store)?;
        let version = FeedVersion { etag: page.validators.etag, last_modified: page.validators.last_modified };
        // An entry that failed is tried again at the next poll: the feed must not be taken for known.
        if polled.failures.is_empty() {
            self.keep.store().keep_feed(&feed.url, &version).map_err(Trouble::Store)?;
        }
        Ok(polled)
    }

    fn entry(&mut self, feed: &Feed, entry: Article, polled: &mut Polled) -> Result<(), Trouble> {
        let mut article = entry;
        if let Some(publisher) = &feed.publisher {
            article.publisher = Some(publisher.clone());
        }
        if feed.follow {
            // A page is fetched once; that it was corrected, only its feed's own text would tell.
            if self.keep.store().head(&article.id).map_err(Trouble::Store)?.is_some() {
                return Ok(());
            }
            match self.page(feed, &article) {
                Ok(page) => article = page,
                Err(error) => {
                    polled.failures.push(error);
                    return Ok(());
                }
            }
        }
        if self.keep.knows(&article).map_err(Trouble::Store)? {
            return Ok(());
        }
        let events = self.coder.code(&article);
        polled.articles += 1;
        polled.events += events.len() as u64;
        self.keep.put(Coded { article, events }).map_err(Trouble::Store)
    }

    /// The page behind an entry, under the entry's id.
    fn page(&self, feed: &Feed, entry: &Article) -> Result<Article, Diagnostic> {
        let url = entry.url.as_ref().ok_or_else(|| {
            Diagnostic::error(&feed.url, format!("the entry {} has no address to follow", entry.id))
                .hint("leave `follow` out for this feed")
        })?;
        let Answer::Page(page) = self.crawler.fetch_if_changed(url, &Validators::default())? else {
            return Err(Diagnostic::error(url, "the server answered 304 to a plain request").hint("try later"));
        };
        let options = ingest::Options {
            id: Some(entry.id.clone()),
            language: feed.lang,
            published: entry.published,
            ..ingest::Options::default()
        };
        let article = ingest::read(&page.bytes, &page.source, &options)?.article;
        Ok(Article { publisher: entry.publisher.clone().or(article.publisher.clone()), ..article })
    }
}
