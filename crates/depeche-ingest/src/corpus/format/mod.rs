//! The formats: one file each, and the one `match` that tells which a stream is.
//!
//! To add one: write a file here with a type that implements [`Format`], teach `sniff` its first bytes, and enter it in [`choose`].

mod addresses;
mod csv;
mod feed;
mod json_lines;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod warc;

use std::io::{self, Read, SeekFrom};

use depeche_model::Diagnostic;

use super::{
    Content, Files, Position, Settings,
    layers::{self, Bytes, Unwrapped},
    shown,
};
use crate::sniff::{self, Kind};

/// One document as its format hands it over.
pub(super) struct Member {
    /// Its place in the file, where the file holds several.
    pub label: Option<String>,
    /// Byte where the next one begins and the lines before it, if that is known and the file can be opened there.
    pub next: Option<(u64, u64)>,
    pub content: Content,
}

impl Member {
    /// The only document of its file.
    fn sole(content: Content) -> Self {
        Self { label: None, next: None, content }
    }

    /// One of several.
    fn numbered(number: u64, content: Content) -> Self {
        Self { label: Some(number.to_string()), next: None, content }
    }
}

/// A file's documents, one after the other.
pub(super) trait Format: Send {
    /// The next document; none at the end. After a failure that leaves no way on, none as well.
    fn next(&mut self) -> Option<Member>;

    /// Passes over documents that were taken before.
    fn skip(&mut self, count: u64) {
        for _ in 0..count {
            if self.next().is_none() {
                return;
            }
        }
    }
}

/// What every format is told about its file.
pub(super) struct Input {
    pub name: String,
    pub settings: Settings,
    /// Whether the file was found in a folder: what is no document is then passed over in silence.
    pub in_folder: bool,
}

/// Opens a file at a place in it. `None` for what is to be passed over.
pub(super) fn open(
    files: &dyn Files,
    mut input: Input,
    place: &Position,
) -> Result<Option<Box<dyn Format>>, Diagnostic> {
    if input.name.starts_with("http://") || input.name.starts_with("https://") {
        let mut address: Box<dyn Format> = Box::new(addresses::Address::new(input.name));
        address.skip(place.record);
        return Ok(Some(address));
    }
    let name = input.name.clone();
    shown(&name).clone_into(&mut input.name);
    let unwrapped = unwrap(files, &name).map_err(|error| unreadable(&input.name, &error))?;
    // Lines of an uncompressed file are found again by their place; everything else by counting.
    if unwrapped.layers == 0 && sniff::kind(&unwrapped.head) == Kind::JsonLines && place.offset > 0 && name != "-" {
        let mut file = files.open(&name).map_err(|error| unreadable(&name, &error))?;
        file.seek(SeekFrom::Start(place.offset)).map_err(|error| unreadable(&name, &error))?;
        let bytes: Bytes = Box::new(io::BufReader::new(file));
        return Ok(Some(Box::new(json_lines::JsonLines::new(bytes, input, place))));
    }
    let Some(mut format) = choose(files, unwrapped, input)? else { return Ok(None) };
    format.skip(place.record);
    Ok(Some(format))
}

fn unwrap(files: &dyn Files, name: &str) -> io::Result<Unwrapped> {
    let stream: Box<dyn Read + Send> = if name == "-" { files.standard_input() } else { Box::new(files.open(name)?) };
    layers::unwrap(stream)
}

/// What lies at an address.
pub(super) enum Within {
    /// One page or text, its compression taken off.
    One(Vec<u8>),
    /// A collection.
    Several(Box<dyn Format>),
}

/// Looks into bytes that were fetched.
pub(super) fn within(bytes: Vec<u8>, name: &str, settings: &Settings) -> Result<Within, Diagnostic> {
    let unwrapped = layers::unwrap(Box::new(io::Cursor::new(bytes))).map_err(|error| unreadable(name, &error))?;
    let input = Input { name: name.to_owned(), settings: settings.clone(), in_folder: false };
    Ok(match sniff::kind(&unwrapped.head) {
        Kind::JsonLines => {
            Within::Several(Box::new(json_lines::JsonLines::new(unwrapped.bytes, input, &Position::default())))
        }
        Kind::Warc => Within::Several(Box::new(warc::Warc::new(unwrapped.bytes, input))),
        Kind::Feed => Within::Several(Box::new(feed::Feed::new(unwrapped.bytes, input))),
        _ => Within::One(page::bounded(unwrapped.bytes, settings.options.max_bytes, name)?),
    })
}

/// The format of a stream.
fn choose(files: &dyn Files, unwrapped: Unwrapped, input: Input) -> Result<Option<Box<dyn Format>>, Diagnostic> {
    let Unwrapped { bytes, head, layers } = unwrapped;
    Ok(Some(match sniff::kind(&head) {
        Kind::JsonLines => Box::new(json_lines::JsonLines::new(bytes, input, &Position::default())),
        Kind::Warc => Box::new(warc::Warc::new(bytes, input)),
        Kind::Feed => Box::new(feed::Feed::new(bytes, input)),
        #[cfg(feature = "parquet")]
        Kind::Parquet => Box::new(parquet::Parquet::open(files, input, layers)?),
        Kind::Text if addresses::are(&head) => Box::new(addresses::Addresses::new(bytes, input)),
        Kind::Text if csv::is(&head, &input.settings.fields) => Box::new(csv::Csv::new(bytes, input)?),
        Kind::Html | Kind::Text => Box::new(page::Page::new(bytes, input)),
        Kind::Foreign(_) if input.in_folder => return Ok(None),
        other => {
            let _ = (files, layers);
            return Err(other.refusal(&input.name));
        }
    }))
}

/// A failure of the system, in words.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check its permissions",
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::Other => "the file is cut short or damaged; fetch it again",
        _ => "what stood before was read; the rest is lost",
    };
    Diagnostic::error(name, format!("reading failed: {error}")).hint(hint)
}
