//! Web archives: the pages in a WARC file's response records.
//!
//! The format is a list of header, length, body. It is read here rather than by the one crate there is for it (`warc` 0.4), which holds headers
//! and bodies of any length and ends at the first damaged record: an archive of ten million pages has some. Here a damaged record is told,
//! and reading goes on at the next line that opens a record, or with the next gzip member. Header lines are parsed by `httparse`.
//!
//! Taken are responses with status 200 that are HTML or plain text, resources of those types, and conversions (the text of WET files).
//! An article's id is its record's own (`WARC-Record-ID`), so that damage before it changes nothing.
//! The rest (requests, metadata, pictures, redirects) is passed over.

use std::io::{self, BufRead, Read};

use depeche_model::Diagnostic;
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::{Format, Input, Member, page::bounded, unreadable};
use crate::{
    Source,
    corpus::{Content, goes_on, layers::Bytes},
};

/// Longest header of a record, in bytes.
const MAX_HEADER: usize = 64 << 10;
/// Most fields in a header.
const MAX_FIELDS: usize = 128;

pub(super) struct Warc {
    bytes: Bytes,
    input: Input,
    /// Records read, of any type.
    number: u64,
    /// Whether the line that opens the next record has been read already.
    opened: bool,
    ended: bool,
}

/// What a record's header says that matters here.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    content_type: String,
    url: Option<String>,
    /// The record's own name, unique in the world.
    id: Option<String>,
    length: u64,
}

/// What came of looking for the next record's header.
enum Found {
    Header(Header),
    Damaged(String),
    End,
}

impl Warc {
    pub(super) fn new(bytes: Bytes, input: Input) -> Self {
        Self { bytes, input, number: 0, opened: false, ended: false }
    }

    /// Reads on to the next record and its header. Lines before a record's first are empty; others are damage.
    fn header(&mut self) -> io::Result<Found> {
        let mut header = Vec::new();
        if !std::mem::take(&mut self.opened) {
            let mut lost = false;
            loop {
                let line = self.line()?;
                self.opened = line.starts_with(b"WARC/");
                if lost && (self.opened || line.is_empty()) {
                    return Ok(Found::Damaged("something stands between two records".to_owned()));
                }
                if line.is_empty() {
                    return Ok(Found::End);
                }
                if std::mem::take(&mut self.opened) {
                    break;
                }
                lost = lost || !line.trim_ascii().is_empty();
            }
        }
        loop {
            let line = self.line()?;
            if line.trim_ascii().is_empty() {
                break;
            }
            header.extend_from_slice(&line);
            if header.len() > MAX_HEADER || line.len() >= MAX_HEADER {
                return Ok(Found::Damaged("the record's header is too long".to_owned()));
            }
        }
        header.extend_from_slice(b"\r\n");
        Ok(parse_header(&header).map_or_else(Found::Damaged, Found::Header))
    }

    /// One line with its end, cut at the header's limit.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.bytes).take(MAX_HEADER as u64).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// A record's body if it is worth having and short enough; else it is passed over.
    fn body(&mut self, header: &Header) -> io::Result<Option<Vec<u8>>> {
        let max = self.input.settings.options.max_bytes as u64;
        if header.length > max || !header.is_wanted() {
            let passed = io::copy(&mut (&mut self.bytes).take(header.length), &mut io::sink())?;
            return if passed == header.length { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        let mut body = Vec::with_capacity(header.length as usize);
        let length = (&mut self.bytes).take(header.length).read_to_end(&mut body)?;
        if length as u64 == header.length { Ok(Some(body)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// The next document, or nothing for a record that is passed over. `Err` where the stream itself fails.
    fn record(&mut self) -> io::Result<Option<Content>> {
        let header = match self.header()? {
            Found::End => {
                self.ended = true;
                return Ok(None);
            }
            Found::Damaged(what) => {
                self.number += 1;
                return Ok(Some(Content::Failed(self.failure(None, &what))));
            }
            Found::Header(header) => header,
        };
        self.number += 1;
        let Some(body) = self.body(&header)? else {
            let max = self.input.settings.options.max_bytes;
            let too_long = header.is_wanted() && header.length > max as u64;
            return Ok(too_long.then(|| {
                Content::Failed(self.failure(header.url.as_deref(), &format!("the record has more than {max} bytes")))
            }));
        };
        let source = Source { name: self.name(header.url.as_deref()), url: header.url.clone(), charset: None };
        if header.kind != "response" {
            return Ok(Some(Content::Page { bytes: body, source, id: header.id }));
        }
        let max = self.input.settings.options.max_bytes;
        Ok(match page(&body, max, &source.name) {
            Ok(Some((bytes, charset))) => {
                Some(Content::Page { bytes, source: Source { charset, ..source }, id: header.id })
            }
            Ok(None) => None,
            Err(error) => Some(Content::Failed(error)),
        })
    }

    /// File, number of the record, address.
    fn name(&self, url: Option<&str>) -> String {
        let place = format!("{}:{}", self.input.name, self.number);
        url.map_or_else(|| place.clone(), |url| format!("{place} {url}"))
    }

    fn failure(&self, url: Option<&str>, what: &str) -> Diagnostic {
        Diagnostic::error(self.name(url), what)
            .hint("the archive is damaged here; reading went on with the next record")
    }
}

impl Format for Warc {
    fn next(&mut self) -> Option<Member> {
        while !self.ended {
            let before = self.number;
            match self.record() {
                Ok(None) => {}
                Ok(Some(content)) => return Some(Member::numbered(self.number, content)),
                Err(error) => {
                    // A damaged gzip member was one record, read as far as it could be.
                    self.ended = !goes_on(&error);
                    (self.number, self.opened) = (self.number.max(before + 1), false);
                    return Some(Member::numbered(self.number, Content::Failed(unreadable(&self.name(None), &error))));
                }
            }
        }
        None
    }
}

impl Header {
    fn is_wanted(&self) -> bool {
        match self.kind.as_str() {
            "response" => self.content_type.starts_with("application/http"),
            "resource" | "conversion" => is_text(&self.content_type),
            _ => false,
        }
    }
}

fn is_text(content_type: &str) -> bool {
    let plain = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    ["text/html", "text/plain", "application/xhtml+xml"].contains(&plain.as_str())
}

fn parse_header(bytes: &[u8]) -> Result<Header, String> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let (_, fields) = match httparse::parse_headers(bytes, &mut fields) {
        Ok(httparse::Status::Complete(parsed)) => parsed,
        Ok(httparse::Status::Partial) => return Err("the record's header is cut short".to_owned()),
        Err(error) => return Err(format!("the record's header cannot be read: {error}")),
    };
    let mut header = Header::default();
    let mut length = None;
    for field in fields {
        let value = String::from_utf8_lossy(field.value).trim().to_owned();
        match field.name.to_ascii_lowercase().as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "content-type" => header.content_type = value,
            "warc-target-uri" => header.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-record-id" => header.id = Some(value.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty()),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    header.length = length.ok_or("the record's header tells no length")?;
    Ok(header)
}

/// A page and its declared character set.
type Body = (Vec<u8>, Option<String>);

/// The page in an HTTP answer and its declared character set; none if it is no page.
fn page(answer: &[u8], max: usize, name: &str) -> Result<Option<Body>, Diagnostic> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let Ok(httparse::Status::Complete(start)) = response.parse(answer) else {
        return Err(Diagnostic::error(name, "the record holds no HTTP answer").hint("the archive is damaged here"));
    };
    let field = |wanted: &str| {
        let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(wanted));
        found.map(|field| String::from_utf8_lossy(field.value).trim().to_owned()).unwrap_or_default()
    };
    let content_type = field("content-type");
    if response.code != Some(200) || !(is_text(&content_type) || content_type.is_empty()) {
        return Ok(None);
    }
    let body = &answer[start..];
    let body =
        if field("transfer-encoding").to_ascii_lowercase().contains("chunked") { joined(body) } else { body.to_vec() };
    let bytes = match field("content-encoding").to_ascii_lowercase().as_str() {
        // Archives are often stored decoded with the header left as it was.
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => bounded(MultiGzDecoder::new(body.as_slice()), max, name)?,
        "deflate" => bounded(DeflateDecoder::new(body.as_slice()), max, name).unwrap_or(body),
        "br" if std::str::from_utf8(&body).is_err() => {
            return Err(Diagnostic::error(name, "the page is compressed with Brotli")
                .hint("have the crawler store pages decoded"));
        }
        _ => body,
    };
    Ok(Some((bytes, crate::charset::of_content_type(&content_type))))
}

/// The chunks of a chunked body, joined; the body as it is where it is not chunked after all.
fn joined(body: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), body);
    while let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(rest) {
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let Some(chunk) = end.and_then(|end| rest.get(start..end)) else {
            out.extend_from_slice(&rest[start..]);
            return out;
        };
        if chunk.is_empty() {
            return out;
        }
        out.extend_from_slice(chunk);
        rest = &rest[start + chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
    if out.is_empty() { body.to_vec() } else { out }
}
