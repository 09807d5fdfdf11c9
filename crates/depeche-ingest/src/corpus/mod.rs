//! Whole corpora: any mix of files, folders, globs, archives, feeds, tables and addresses, as one stream of documents.
//!
//! A researcher has ten million articles in WARC files, a newsroom a folder of saved pages, an analyst forty feeds. [`Corpus`] walks what it
//! is given in a fixed order (folders by name) and yields one [`Document`] at a time: raw bytes or a row, with the name it goes by and the
//! [`Position`] after it. Reading is on the caller's one thread and cheap; making an article out of a document ([`Document::read`]) is
//! the dear part and can be done on any thread. Memory is that of the documents in hand: no file is ever held whole, feeds excepted.
//!
//! What a file is, its bytes say; its name is not asked. Compression is looked through, as often as it was applied (up to three times). A
//! format is one file under `format`, entered in one `match`; see there for what each takes.
//!
//! Damage costs what is damaged: a bad line, row, member or file comes out as a document whose reading fails with a diagnostic, and the
//! stream goes on with the next.
//!
//! ```
//! use depeche_ingest::corpus::{Corpus, Memory, Settings};
//!
//! let files = Memory::from([
//!     ("news/a.txt", "Two ministers met in Paris on Tuesday to discuss the border, officials said.\n"),
//!     ("news/b.jsonl", "{\"id\":\"b1\",\"lang\":\"fr\",\"text\":\"Deux ministres se sont rencontrés.\"}\n{broken\n"),
//! ]);
//! let settings = Settings::default();
//! let read: Vec<_> = Corpus::new(files, ["news"], settings.clone()).map(|document| document.read(&settings)).collect();
//! assert_eq!(read[0].as_ref().unwrap().article.id, "news/a.txt");
//! assert_eq!(read[1].as_ref().unwrap().article.id, "b1");
//! assert!(read[2].as_ref().unwrap_err().to_string().contains("news/b.jsonl:2"));
//! ```

mod files;
mod format;
mod layers;
mod members;
mod walk;

use depeche_model::Diagnostic;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use members::goes_on;

pub use files::{Disk, Entry as FileEntry, Files, Memory, Stream};

use crate::{
    Draft, Options, Reading, Source,
    jsonl::{self, Entry, Fields},
};
use format::{Format, Input};
use walk::{Leaf, Walk};

/// How documents are to be read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What the caller knows better than the documents, and the bounds on each.
    pub options: Options,
    /// Names of the fields in JSON lines, CSV and Parquet.
    pub fields: Fields,
}

/// A place between two documents of a corpus: where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// File that the document before this place came from.
    pub file: String,
    /// Documents of that file that lie before this place.
    pub record: u64,
    /// Byte where the next one begins, in files where that is known without reading what stands before; else 0.
    #[serde(default)]
    pub offset: u64,
    /// Lines before that byte, blank ones counted; 0 where `offset` is.
    #[serde(default)]
    pub line: u64,
}

/// One document of a corpus, not yet read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called: its file, and its place in the file where that holds several.
    pub name: String,
    /// The place after it.
    pub position: Position,
    content: Content,
}

/// What a format hands over.
#[derive(Clone, Debug)]
enum Content {
    /// A page or plain text.
    Page { bytes: Vec<u8>, source: Source, id: Option<String> },
    /// One line of JSON, and its number.
    Line { bytes: Vec<u8>, number: u64 },
    /// A row of a table, and its number.
    Row { row: Map<String, Value>, number: u64 },
    /// An entry of a feed, its text still HTML.
    Entry { id: String, html: String, draft: Draft },
    /// An address to be fetched.
    Address(String),
    /// What was found at an address.
    Fetched { bytes: Vec<u8>, source: Source },
    /// A document that could not be taken out of its file.
    Failed(Diagnostic),
}

/// Whoever fetches addresses; `http::Crawler` does.
pub trait Fetch: Sync {
    /// The bytes at an address and what is known of them; none where they are those of an earlier visit.
    ///
    /// # Errors
    /// Where they cannot be had.
    fn fetch(&self, url: &str) -> Result<Option<(Vec<u8>, Source)>, Diagnostic>;
}

impl Document {
    /// Makes the article of a document that holds one.
    ///
    /// The entry's object is the line's or row's own, so that it can be given back with events added; for pages, text and feeds it is
    /// the article's.
    ///
    /// # Errors
    /// Where there is no article to be had; the diagnostic names the document. An address must have been [fetched](Self::fetched).
    pub fn read(self, settings: &Settings) -> Result<Entry, Diagnostic> {
        let Settings { options, fields } = settings;
        match self.content {
            Content::Page { bytes, source, id } => {
                crate::read(&bytes, &source, &Options { id, ..options.clone() }).map(whole)
            }
            Content::Fetched { bytes, source } => crate::read(&bytes, &source, options).map(whole),
            Content::Line { bytes, number } => {
                jsonl::parse(&bytes, shown(&self.position.file), number, fields, options)
                    .map_err(|error| at_line(error, number))
            }
            Content::Row { row, number } => jsonl::entry(row, shown(&self.position.file), number, fields, options)
                .map_err(|error| at_line(error, number)),
            Content::Entry { id, html, mut draft } => {
                draft.text = crate::html::fragment(&html, &self.name)?;
                let options = Options { id: Some(id), ..options.clone() };
                crate::finish(draft, &Source::named(self.name), &options, Vec::new()).map(whole)
            }
            Content::Address(url) => Err(no_network(&url)),
            Content::Failed(error) => Err(error),
        }
    }

    /// Makes the articles: of most documents one; of what was fetched as many as it holds, be it a feed, an archive or JSON lines.
    pub fn articles(self, settings: &Settings) -> Vec<Result<Entry, Diagnostic>> {
        let Content::Fetched { bytes, source } = self.content else { return vec![self.read(settings)] };
        match format::within(bytes, &source.name, settings) {
            Err(error) => vec![Err(error)],
            Ok(format::Within::One(bytes)) => vec![crate::read(&bytes, &source, &settings.options).map(whole)],
            Ok(format::Within::Several(mut format)) => {
                let mut articles = Vec::new();
                while let Some(member) = format.next() {
                    let name =
                        member.label.map_or_else(|| source.name.clone(), |label| format!("{}:{label}", source.name));
                    let position = Position { file: source.name.clone(), ..Position::default() };
                    articles.push(Self { name, position, content: member.content }.read(settings));
                }
                articles
            }
        }
    }

    /// The same document with the bytes at its address, where it is one; none where they are those of an earlier visit.
    #[must_use]
    pub fn fetched(self, fetch: &dyn Fetch) -> Option<Self> {
        let Content::Address(url) = &self.content else { return Some(self) };
        let content = match fetch.fetch(url) {
            Ok(None) => return None,
            Ok(Some((bytes, source))) => Content::Fetched { bytes, source },
            Err(error) => Content::Failed(error),
        };
        Some(Self { content, ..self })
    }

    /// Bytes held until it is read: what it takes to bound the memory of documents under way.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Page { bytes, .. } | Content::Line { bytes, .. } | Content::Fetched { bytes, .. } => bytes.len(),
            Content::Row { row, .. } => row.values().map(|value| value.as_str().map_or(8, str::len)).sum(),
            Content::Entry { html, .. } => html.len(),
            Content::Address(_) | Content::Failed(_) => 0,
        }
    }

    /// Whether it must be fetched before it can be read.
    pub fn is_remote(&self) -> bool {
        matches!(self.content, Content::Address(_))
    }
}

/// What an input is called in messages and ids.
fn shown(input: &str) -> &str {
    if input == "-" { "<stdin>" } else { input }
}

/// A reading with the article as its object.
fn whole(reading: Reading) -> Entry {
    let Reading { article, warnings } = reading;
    let object = match serde_json::to_value(&article) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    };
    Entry { article, object, warnings }
}

fn at_line(error: Diagnostic, number: u64) -> Diagnostic {
    let column = error.column;
    error.at(u32::try_from(number).unwrap_or(u32::MAX), column)
}

fn no_network(url: &str) -> Diagnostic {
    Diagnostic::error(url, "this is an address, and nothing here fetches").hint("save the page and give the file")
}

/// A stream of documents over files, folders, globs and addresses.
pub struct Corpus<F> {
    walk: Walk<F>,
    settings: Settings,
    open: Option<Open>,
    /// Where to go on, until that file has been reached.
    resume: Option<Position>,
}

/// The file being read.
struct Open {
    name: String,
    format: Box<dyn Format>,
    taken: u64,
}

impl<F: Files> Corpus<F> {
    /// A stream over `inputs`: paths, folders, globs (`*`, `?`, `[…]`, `**`), addresses, and `-` for standard input.
    pub fn new<I: IntoIterator<Item = S>, S: Into<String>>(files: F, inputs: I, settings: Settings) -> Self {
        let inputs = inputs.into_iter().map(Into::into).collect();
        Self { walk: Walk::new(files, inputs), settings, open: None, resume: None }
    }

    /// The same from a place on. The inputs must be those of the run that told the place.
    #[must_use]
    pub fn resume(mut self, position: Position) -> Self {
        self.resume = Some(position);
        self
    }

    /// Opens a file, at the place to go on from if that lies in it. `Err` is what to yield in its stead; `None` to pass over it.
    fn start(&mut self, leaf: Leaf) -> Option<Result<Open, Diagnostic>> {
        let place = match self.resume.take() {
            Some(position) if position.file != leaf.name => {
                self.resume = Some(position);
                return None;
            }
            place => place.unwrap_or_default(),
        };
        let input = Input { name: leaf.name.clone(), settings: self.settings.clone(), in_folder: leaf.in_folder };
        let format = match format::open(self.walk.files(), input, &place) {
            Ok(format) => format?,
            // What failed to open was one document, and it was taken if the place lies behind it.
            Err(_) if place.record > 0 => return None,
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(Open { name: leaf.name, format, taken: place.record }))
    }

    fn failed(name: String, record: u64, error: Diagnostic) -> Document {
        let position = Position { file: name.clone(), record, ..Position::default() };
        Document { position, name, content: Content::Failed(error) }
    }

    /// What is left to say when the inputs are at their end.
    fn end(&mut self) -> Option<Document> {
        let place = self.resume.take()?;
        let error = Diagnostic::error(&place.file, "the place to go on from is not among the inputs")
            .hint("give the same inputs as the run that stopped, or start anew without --resume");
        Some(Self::failed(place.file, place.record, error))
    }
}

impl<F: Files> Iterator for Corpus<F> {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(member) = open.format.next() {
                    open.taken += 1;
                    let file = shown(&open.name);
                    let name = member.label.map_or_else(|| file.to_owned(), |label| format!("{file}:{label}"));
                    let (offset, line) = member.next.unwrap_or_default();
                    let position = Position { file: open.name.clone(), record: open.taken, offset, line };
                    return Some(Document { name, position, content: member.content });
                }
                self.open = None;
            }
            match self.walk.next() {
                None => return self.end(),
                Some(Err(error)) => {
                    if self.resume.is_none() {
                        return Some(Self::failed(error.file.clone(), 1, error));
                    }
                }
                Some(Ok(leaf)) => {
                    let name = leaf.name.clone();
                    match self.start(leaf) {
                        Some(Ok(open)) => self.open = Some(open),
                        Some(Err(error)) => return Some(Self::failed(name, 1, error)),
                        None => {}
                    }
                }
            }
        }
    }
}
