//! JSON lines: one article a line, as `depeche code` takes them and gives them back.
//!
//! Each line is an object with `id`, `lang`, `published`, `title`, `text`, or the names that [`Fields`] maps to these. The object is kept
//! as read, keys in order, so that the output line can be the same with `events` added. Title and text are **not** normalised: whoever
//! wrote the line has offsets of their own, and evidence must be a substring of what they sent.
//!
//! Memory is bounded by the longest line allowed; a longer one is skipped without being held, and named.

use std::io::{self, BufRead};

use depeche_model::{Article, Diagnostic, Language};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::{
    Options,
    date::{self, Order},
    language,
};

/// Which keys of the object hold what. Each is tried as a plain key, then as a path of keys joined by dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Name of the article.
    pub id: String,
    /// Language.
    pub language: String,
    /// Day of publication.
    pub published: String,
    /// Headline.
    pub title: String,
    /// Body.
    pub text: String,
    /// Address.
    pub url: String,
    /// Publisher.
    pub publisher: String,
}

impl Default for Fields {
    fn default() -> Self {
        let own = str::to_owned;
        Self {
            id: own("id"),
            language: own("lang"),
            published: own("published"),
            title: own("title"),
            text: own("text"),
            url: own("url"),
            publisher: own("publisher"),
        }
    }
}

impl Fields {
    /// The default names with some replaced, each told as `ours=theirs`: `text=body`, `published=meta.date`.
    ///
    /// # Errors
    /// Where a pair has no `=` or names no field of ours.
    pub fn mapped<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Diagnostic> {
        let mut fields = Self::default();
        for pair in pairs.iter().map(AsRef::as_ref) {
            let refusal = |what: &str| {
                Diagnostic::error("--map", format!("`{pair}` {what}"))
                    .hint("write ours=theirs, where ours is id, lang, published, title, text, url or publisher")
            };
            let (ours, theirs) = pair.split_once('=').ok_or_else(|| refusal("has no `=`"))?;
            let slot = match ours.trim() {
                "id" => &mut fields.id,
                "lang" => &mut fields.language,
                "published" => &mut fields.published,
                "title" => &mut fields.title,
                "text" => &mut fields.text,
                "url" => &mut fields.url,
                "publisher" => &mut fields.publisher,
                _ => return Err(refusal("names no field of an article")),
            };
            theirs.trim().clone_into(slot);
        }
        Ok(fields)
    }
}

/// One article of a stream, with the object that it came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The article.
    pub article: Article,
    /// The line's object, keys in order.
    pub object: Map<String, Value>,
    /// What is worth knowing about how it was read.
    pub warnings: Vec<Diagnostic>,
}

/// One line of a stream and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Number of the line, from 1.
    pub number: u64,
    /// Byte where the next line begins: where to go on after this one.
    pub next: u64,
    /// The article, or why there is none.
    pub result: Result<Entry, Diagnostic>,
}

/// One line of a stream as bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawLine {
    pub number: u64,
    pub next: u64,
    /// The line without its end, or why it was not kept.
    pub bytes: Result<Vec<u8>, Diagnostic>,
}

/// What came of reading one line.
enum Taken {
    /// The line without its end.
    Line(Vec<u8>),
    /// It is longer than may be kept.
    TooLong,
    /// The input is at its end.
    End,
}

impl Taken {
    fn of(line: Vec<u8>, kept: bool) -> Self {
        if kept { Self::Line(line) } else { Self::TooLong }
    }
}

/// Cuts a stream into lines within a limit; blank lines are passed over.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    name: String,
    max: usize,
    number: u64,
    offset: u64,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R, name: String, max: usize) -> Self {
        Self { input, name, max, number: 0, offset: 0, failed: false }
    }

    /// The same over an input that is already at byte `offset`, behind `number` lines.
    pub(crate) fn at(mut self, number: u64, offset: u64) -> Self {
        (self.number, self.offset) = (number, offset);
        self
    }

    /// Reads one line.
    fn take(&mut self) -> io::Result<Taken> {
        let (mut line, mut kept, mut any) = (Vec::new(), true, false);
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                return Ok(if any { Taken::of(line, kept) } else { Taken::End });
            }
            any = true;
            let end = memchr::memchr(b'\n', available);
            let part = &available[..end.unwrap_or(available.len())];
            kept = kept && line.len() + part.len() <= self.max;
            if kept {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let used = end.map_or(available.len(), |n| n + 1);
            self.input.consume(used);
            self.offset += used as u64;
            if end.is_some() {
                return Ok(Taken::of(line, kept));
            }
        }
    }

    fn line(&self, bytes: Result<Vec<u8>, Diagnostic>) -> RawLine {
        let bytes = bytes.map_err(|error| error.at(u32::try_from(self.number).unwrap_or(u32::MAX), 0));
        RawLine { number: self.number, next: self.offset, bytes }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = RawLine;

    fn next(&mut self) -> Option<RawLine> {
        while !self.failed {
            self.number += 1;
            match self.take() {
                Ok(Taken::End) => return None,
                Ok(Taken::TooLong) => {
                    let failure = Diagnostic::error(&self.name, format!("the line has more than {} bytes", self.max));
                    return Some(self.line(Err(failure.hint("raise the limit with --max-bytes if it is one article"))));
                }
                Ok(Taken::Line(line))
                    if line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii().is_empty() => {}
                Ok(Taken::Line(line)) => return Some(self.line(Ok(line))),
                Err(error) => {
                    self.failed = !crate::corpus::goes_on(&error);
                    let failure = Diagnostic::error(&self.name, format!("reading failed: {error}"));
                    return Some(
                        self.line(Err(failure.hint("what stood before was read; the rest is cut short or damaged"))),
                    );
                }
            }
        }
        None
    }
}

/// Reads articles out of JSON lines, one at a time; blank lines are passed over.
///
/// ```
/// use depeche_ingest::{Options, jsonl::Reader};
///
/// let input = "{\"id\":\"a\",\"lang\":\"en\",\"published\":\"2024-05-04\",\"title\":\"\",\"text\":\"Two were arrested.\"}\n\nnot json\n";
/// let lines: Vec<_> = Reader::new(input.as_bytes(), "news.jsonl", Options::default()).collect();
/// assert_eq!(lines[0].result.as_ref().unwrap().article.id, "a");
/// assert!(lines[1].result.as_ref().unwrap_err().to_string().starts_with("error: news.jsonl:3:2: "));
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    options: Options,
    fields: Fields,
}

impl<R: BufRead> Reader<R> {
    /// A reader of `input`, which diagnostics call `name`. Of the options the language, the day (both in place of the lines' own) and the
    /// length limit of a line apply.
    pub fn new(input: R, name: impl Into<String>, options: Options) -> Self {
        Self { lines: Lines::new(input, name.into(), options.max_bytes), options, fields: Fields::default() }
    }

    /// The same with other names of fields.
    #[must_use]
    pub fn fields(mut self, fields: Fields) -> Self {
        self.fields = fields;
        self
    }

    /// The same over an input that is already at byte `offset`, behind `number` lines.
    #[must_use]
    pub fn at(mut self, number: u64, offset: u64) -> Self {
        self.lines = self.lines.at(number, offset);
        self
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let RawLine { number, next, bytes } = self.lines.next()?;
        let result = bytes.and_then(|bytes| {
            parse(&bytes, &self.lines.name, number, &self.fields, &self.options).map_err(|error| {
                let column = error.column;
                error.at(u32::try_from(number).unwrap_or(u32::MAX), column)
            })
        });
        Some(Line { number, next, result })
    }
}

/// Reads the bytes of one line. `number` serves as the article's name where the object has none.
///
/// # Errors
/// Where the line is no JSON object, lacks a text, or holds a day or language that cannot be used.
pub fn parse(bytes: &[u8], name: &str, number: u64, fields: &Fields, options: &Options) -> Result<Entry, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| broken(name, &error))?;
    let Value::Object(object) = value else {
        return Err(
            Diagnostic::error(name, "the line is no JSON object").hint("write one {\"id\": …, \"text\": …} a line")
        );
    };
    entry(object, name, number, fields, options)
}

/// An article out of an object, whichever format it came in.
pub(crate) fn entry(
    object: Map<String, Value>,
    name: &str,
    number: u64,
    fields: &Fields,
    options: &Options,
) -> Result<Entry, Diagnostic> {
    let mut warnings = Vec::new();
    let title = string(&object, &fields.title, name)?.unwrap_or_default();
    let text = string(&object, &fields.text, name)?.unwrap_or_default();
    if text.trim().is_empty() && title.trim().is_empty() {
        let message = format!("the article has neither `{}` nor `{}`", fields.text, fields.title);
        return Err(Diagnostic::error(name, message).hint("map another field with --map text=NAME"));
    }
    let told = match options.language {
        Some(language) => Some(language),
        None => told_language(&object, fields, name)?,
    };
    let language = match told {
        Some(language) => language,
        None => language::decide(if text.trim().is_empty() { &title } else { &text }, None, None, name, &mut warnings)?,
    };
    let published = match options.published {
        Some(day) => Some(day),
        None => published(&object, fields, name)?,
    };
    let article = Article {
        id: string(&object, &fields.id, name)?.unwrap_or_else(|| format!("{name}:{number}")),
        language,
        published,
        title,
        text,
        url: string(&object, &fields.url, name)?,
        publisher: string(&object, &fields.publisher, name)?,
    };
    Ok(Entry { article, object, warnings })
}

fn broken(name: &str, error: &serde_json::Error) -> Diagnostic {
    // The message ends with serde's own place, which counts the line as the first; ours stands before it.
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    let what = if error.is_eof() { "the line is cut short".to_owned() } else { format!("the line is no JSON: {text}") };
    Diagnostic::error(name, what)
        .at(0, error.column() as u32)
        .hint("write one whole object a line, in UTF-8, line feeds inside strings as \\n")
}

/// The value under a key, or a path of keys.
fn find<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    let found = object.get(key).or_else(|| {
        let (first, rest) = key.split_once('.')?;
        find(object.get(first)?.as_object()?, rest)
    });
    found.filter(|value| !value.is_null())
}

/// A string; numbers are taken as written. Blank strings stay, except where they stand for nothing (see callers).
fn string(object: &Map<String, Value>, key: &str, name: &str) -> Result<Option<String>, Diagnostic> {
    match find(object, key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(Diagnostic::error(name, format!("`{key}` is no string"))
            .hint("give plain text; join lists of paragraphs by blank lines")),
    }
}

fn told_language(object: &Map<String, Value>, fields: &Fields, name: &str) -> Result<Option<Language>, Diagnostic> {
    match string(object, &fields.language, name)?.filter(|tag| !tag.trim().is_empty()) {
        None => Ok(None),
        Some(tag) => tag.trim().parse().map(Some).map_err(|_| language::refusal(tag.trim(), name)),
    }
}

fn published(object: &Map<String, Value>, fields: &Fields, name: &str) -> Result<Option<Date>, Diagnostic> {
    match string(object, &fields.published, name)?.filter(|day| !day.trim().is_empty()) {
        None => Ok(None),
        Some(day) => date::parse(&day, Order::DayMonth).map(Some).map_err(|error| {
            Diagnostic::error(name, format!("`{}`: {error}", fields.published))
                .hint("write days as YYYY-MM-DD, or leave the field out")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &str) -> Vec<Line> {
        Reader::new(input.as_bytes(), "in.jsonl", Options::default()).collect()
    }

    #[test]
    fn the_object_comes_back_in_order_with_every_key() {
        let line = r#"{"text":"Deux personnes ont été arrêtées.","z":[1,2.50],"lang":"fr","a":{"k":null},"id":7,"published":null}"#;
        let entry = lines(line)[0].result.clone().unwrap();
        assert_eq!(serde_json::to_string(&entry.object).unwrap(), line.replace("2.50", "2.5"));
        assert_eq!((entry.article.id.as_str(), entry.article.published), ("7", None));
    }

    #[test]
    fn text_is_left_as_sent() {
        let text = "a\r\n\u{ad}b\u{a0}c  d e f g two were arrested";
        let line = serde_json::json!({"id": "x", "lang": "en", "text": text}).to_string();
        assert_eq!(lines(&line)[0].result.as_ref().unwrap().article.text, text);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let faults = [
            ("{\"id\":\"a\"", "cut short"),
            ("[1]", "no JSON object"),
            ("{\"id\":\"a\",\"lang\":\"en\"}", "neither `text` nor `title`"),
            ("{\"id\":\"a\",\"lang\":\"de\",\"text\":\"x\"}", "language `de` is not coded"),
            ("{\"id\":\"a\",\"lang\":\"en\",\"text\":\"x\",\"published\":\"yesterday\"}", "not a date"),
            ("{\"id\":\"a\",\"lang\":\"en\",\"text\":\"x\",\"published\":\"0001-01-01\"}", "outside 1900 to 2100"),
            ("{\"id\":\"a\",\"lang\":\"en\",\"text\":[\"x\"]}", "`text` is no string"),
        ];
        for (line, expected) in faults {
            let error = lines(&format!("\n{line}\n"))[0].result.clone().unwrap_err();
            assert!(error.message.contains(expected) && error.line == 2 && error.hint.is_some(), "{line}: {error}");
        }
        let deep = format!("{{\"text\":{}", "[".repeat(100_000));
        assert!(lines(&deep)[0].result.is_err());
    }

    #[test]
    fn bad_bytes_and_long_lines_cost_one_line_each() {
        let mut input = b"{\"id\":\"a\",\"lang\":\"en\",\"text\":\"x\xff\"}\n".to_vec();
        input.extend(format!("{{\"id\":\"b\",\"text\":\"{}\"}}\n", "y".repeat(5000)).bytes());
        input.extend(b"{\"id\":\"c\",\"lang\":\"en\",\"text\":\"z\"}");
        let options = Options { max_bytes: 1000, ..Options::default() };
        let lines: Vec<_> = Reader::new(io::BufReader::with_capacity(16, input.as_slice()), "in", options).collect();
        assert_eq!(lines.iter().map(|l| l.result.is_ok()).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((lines[2].number, lines[2].next), (3, input.len() as u64));
    }

    #[test]
    fn a_reader_resumes_where_another_stopped() {
        let input = "{\"id\":\"a\",\"lang\":\"en\",\"text\":\"x\"}\n{\"id\":\"b\",\"lang\":\"en\",\"text\":\"y\"}\n";
        let first = lines(input).remove(0);
        let rest = &input.as_bytes()[first.next as usize..];
        let second = Reader::new(rest, "in.jsonl", Options::default()).at(first.number, first.next).next().unwrap();
        assert_eq!(second, lines(input).remove(1));
    }

    #[test]
    fn other_names_and_paths_can_be_mapped() {
        let fields = Fields::mapped(&["text=body", "published = meta.date", "id=uri"]).unwrap();
        let line = r#"{"uri":"u","body":"Two men were arrested in the capital on Tuesday, police said.","meta":{"date":"4 May 2024"}}"#;
        let article = Reader::new(line.as_bytes(), "in", Options::default())
            .fields(fields)
            .next()
            .unwrap()
            .result
            .unwrap()
            .article;
        assert_eq!(
            (article.id.as_str(), article.published.unwrap().to_string().as_str(), article.language),
            ("u", "2024-05-04", Language::English)
        );
        assert!(Fields::mapped(&["author=x"]).is_err() && Fields::mapped(&["text"]).is_err());
    }
}
