//! Tables as text: CSV, with a comma, semicolon, tab or bar between the fields.
//!
//! The first row names the columns; which of them is what, [`Fields`] tells. Any character set: what is not UTF-8 is read by the
//! statistical guess over the first bytes, or by its byte-order mark. A quote left open would swallow the rest of the file; the budget on
//! each row ends that, with the line named.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use depeche_model::Diagnostic;
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde_json::{Map, Value};

use super::{Format, Input, Member, unreadable};
use crate::{
    corpus::{Content, layers::Bytes},
    jsonl::Fields,
};

/// What may stand between fields.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// Whether a stream that begins so is a table: its first line has the text's or the title's column among others.
pub(super) fn is(head: &[u8], fields: &Fields) -> bool {
    separator(head, fields).is_some()
}

/// The separator under which the first line names the text's or the title's column.
fn separator(head: &[u8], fields: &Fields) -> Option<u8> {
    let line = head.split(|b| *b == b'\n').next()?;
    let line = String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line));
    SEPARATORS.into_iter().find(|separator| {
        let names: Vec<&str> = line.split(char::from(*separator)).map(|name| name.trim().trim_matches('"')).collect();
        names.len() > 1 && [&fields.text, &fields.title].iter().any(|wanted| names.contains(&wanted.as_str()))
    })
}

pub(super) struct Csv {
    rows: csv::Reader<Box<dyn Read + Send>>,
    columns: Vec<String>,
    left: Arc<AtomicUsize>,
    input: Input,
    number: u64,
    ended: bool,
}

impl Csv {
    /// Reads the header.
    pub(super) fn new(mut bytes: Bytes, input: Input) -> Result<Self, Diagnostic> {
        let head = bytes.fill_buf().map_err(|error| unreadable(&input.name, &error))?.to_vec();
        let separator = separator(&head, &input.settings.fields).unwrap_or(b',');
        let encoding = if is_utf8_so_far(&head) { None } else { Some(guess(&head)) };
        let text = DecodeReaderBytesBuilder::new().encoding(encoding).bom_override(true).build(bytes);
        let left = Arc::new(AtomicUsize::new(input.settings.options.max_bytes));
        let budget: Box<dyn Read + Send> = Box::new(Budget { inner: text, left: Arc::clone(&left) });
        let mut rows = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(budget);
        let header = rows.byte_headers().map_err(|error| Self::failure(&input, &error, 1))?;
        let columns = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        Ok(Self { rows, columns, left, input, number: 1, ended: false })
    }

    fn failure(input: &Input, error: &csv::Error, line: u64) -> Diagnostic {
        let message = match error.kind() {
            csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => {
                let max = input.settings.options.max_bytes;
                return Diagnostic::error(
                    &input.name,
                    format!("a row has more than {max} bytes; a quote may be left open"),
                )
                .at(u32::try_from(line).unwrap_or(u32::MAX), 0)
                .hint("close the quote that opens in this row; the rows after it were not read");
            }
            csv::ErrorKind::Io(io) => return unreadable(&input.name, io),
            _ => error.to_string(),
        };
        Diagnostic::error(&input.name, message).at(u32::try_from(line).unwrap_or(u32::MAX), 0).hint("mend the row")
    }

    fn row(&self, record: &csv::ByteRecord) -> Result<Map<String, Value>, Diagnostic> {
        if record.len() != self.columns.len() {
            let message = format!("the row has {} fields, the header {}", record.len(), self.columns.len());
            return Err(Diagnostic::error(&self.input.name, message)
                .at(u32::try_from(self.number).unwrap_or(u32::MAX), 0)
                .hint("quote fields that hold the separator or a line end"));
        }
        let values = record.iter().map(|field| Value::String(String::from_utf8_lossy(field).into_owned()));
        Ok(self.columns.iter().cloned().zip(values).collect())
    }
}

impl Format for Csv {
    fn next(&mut self) -> Option<Member> {
        if self.ended {
            return None;
        }
        // A whole buffer may have been read ahead for the row before; the budget is for what this one adds.
        self.left.store(self.input.settings.options.max_bytes, Ordering::Relaxed);
        let mut record = csv::ByteRecord::new();
        let outcome = self.rows.read_byte_record(&mut record);
        let at = record.position().map_or_else(|| self.rows.position().line(), csv::Position::line);
        let content = match outcome {
            Ok(false) => return None,
            Ok(true) => {
                self.number = at;
                match self.row(&record) {
                    Ok(row) => Content::Row { row, number: at },
                    Err(error) => Content::Failed(error),
                }
            }
            Err(error) => {
                self.ended = true;
                Content::Failed(Self::failure(&self.input, &error, self.number + 1))
            }
        };
        Some(Member::numbered(at, content))
    }
}

fn is_utf8_so_far(head: &[u8]) -> bool {
    // The head may end inside a character: then the error has no length.
    std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn guess(head: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// A reader that stops when what one row may take is used up.
struct Budget<R> {
    inner: R,
    left: Arc<AtomicUsize>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(buffer)?;
        self.left.store(left.saturating_sub(length), Ordering::Relaxed);
        Ok(length)
    }
}
