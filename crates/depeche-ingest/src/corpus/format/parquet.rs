//! Parquet: rows of a columnar file, read row group by row group.
//!
//! Apache's own crate without its Arrow half, which takes a quarter of the time to build and gives rows, which is what is wanted. The
//! index of such a file stands at its end, so it must be a plain file: not compressed as a whole, not standard input.

use std::{
    io::{self, BufReader, Read, Seek, SeekFrom},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use ::parquet::{
    errors::{ParquetError, Result as ParquetResult},
    file::{
        reader::{ChunkReader, FileReader, Length},
        serialized_reader::SerializedFileReader,
    },
    record::{Field, Row, reader::RowIter},
};
use bytes::Bytes as Chunk;
use depeche_model::Diagnostic;
use serde_json::{Map, Value};

use super::{Format, Input, Member, unreadable};
use crate::corpus::{Content, Files, files::Stream};

pub(super) struct Parquet {
    rows: Option<RowIter<'static>>,
    name: String,
    number: u64,
}

impl Parquet {
    pub(super) fn open(files: &dyn Files, input: Input, layers: usize) -> Result<Self, Diagnostic> {
        let name = input.name;
        if layers > 0 || name == "<stdin>" {
            return Err(Diagnostic::error(name, "a Parquet file must be a plain file: its index stands at its end")
                .hint("unpack it, or save standard input to a file first"));
        }
        let mut file = files.open(&name).map_err(|error| unreadable(&name, &error))?;
        let length = file.seek(SeekFrom::End(0)).map_err(|error| unreadable(&name, &error))?;
        let shared = Shared { file: Arc::new(Mutex::new(file)), length };
        let rows = crate::guarded(AssertUnwindSafe(|| {
            SerializedFileReader::new(shared)
                .map(|reader| RowIter::from_file_into(Box::new(reader) as Box<dyn FileReader>))
        }));
        let rows = rows.unwrap_or_else(|| Err(ParquetError::General("the reader gave up".to_owned())));
        let rows = rows.map_err(|error| damaged(&name, &error))?;
        Ok(Self { rows: Some(rows), name, number: 0 })
    }
}

impl Format for Parquet {
    fn next(&mut self) -> Option<Member> {
        let rows = self.rows.as_mut()?;
        let outcome = crate::guarded(AssertUnwindSafe(|| rows.next()))
            .unwrap_or_else(|| Some(Err(ParquetError::General("the reader gave up".to_owned()))))?;
        self.number += 1;
        let content = match outcome {
            Ok(row) => Content::Row { row: object(row), number: self.number },
            Err(error) => {
                // Columns are out of step after a failure; no later row can be trusted.
                self.rows = None;
                Content::Failed(damaged(&self.name, &error).at(u32::try_from(self.number).unwrap_or(u32::MAX), 0))
            }
        };
        Some(Member::numbered(self.number, content))
    }
}

fn damaged(name: &str, error: &ParquetError) -> Diagnostic {
    Diagnostic::error(name, format!("the Parquet file cannot be read: {error}"))
        .hint("the file is cut short or damaged; fetch it again")
}

fn object(row: Row) -> Map<String, Value> {
    row.into_columns().into_iter().map(|(name, field)| (name, value(&field))).collect()
}

/// A field as JSON. Strings whose column is not marked as text come as bytes; UTF-8 is what they nearly always are.
fn value(field: &Field) -> Value {
    match field {
        Field::Str(text) => Value::String(text.clone()),
        Field::Bytes(bytes) => Value::String(String::from_utf8_lossy(bytes.data()).into_owned()),
        other => other.to_json_value(),
    }
}

/// A file that several readers read at places of their own.
struct Shared {
    file: Arc<Mutex<Box<dyn Stream>>>,
    length: u64,
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = BufReader<At>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(At { file: Arc::clone(&self.file), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Chunk> {
        if start.saturating_add(length as u64) > self.length {
            return Err(ParquetError::EOF("the file is cut short".to_owned()));
        }
        let mut out = vec![0; length];
        At { file: Arc::clone(&self.file), at: start }.read_exact(&mut out)?;
        Ok(out.into())
    }
}

/// A place in a shared file.
struct At {
    file: Arc<Mutex<Box<dyn Stream>>>,
    at: u64,
}

impl Read for At {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let length = file.read(buffer)?;
        self.at += length as u64;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use ::parquet::{
        data_type::{ByteArray, ByteArrayType, Int32Type},
        file::writer::SerializedFileWriter,
        schema::parser::parse_message_type,
    };

    use crate::{
        corpus::{Corpus, Memory, Position, Settings},
        jsonl::Fields,
    };

    /// Two row groups of two rows: an id marked as text, a body that is not, a day.
    fn file() -> Vec<u8> {
        let schema = "message m { required binary id (UTF8); required binary body; required int32 day (DATE); }";
        let schema = std::sync::Arc::new(parse_message_type(schema).unwrap());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, std::sync::Arc::default()).unwrap();
        for group in 0..2 {
            let mut rows = writer.next_row_group().unwrap();
            let text = |value: String| ByteArray::from(value.into_bytes());
            let body = "Le ministre a rencontré mardi son homologue dans la capitale, selon un communiqué.";
            let ids = [text(format!("{group}a")), text(format!("{group}b"))];
            for values in [ids, [text(body.to_owned()), text(body.to_owned())]] {
                let mut column = rows.next_column().unwrap().unwrap();
                column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
                column.close().unwrap();
            }
            let mut column = rows.next_column().unwrap().unwrap();
            column.typed::<Int32Type>().write_batch(&[19_847, 19_848], None, None).unwrap();
            column.close().unwrap();
            rows.close().unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn read(bytes: &[u8], place: Option<Position>) -> Vec<String> {
        let settings =
            Settings { fields: Fields::mapped(&["text=body", "published=day"]).unwrap(), ..Settings::default() };
        let corpus = Corpus::new(Memory::from([("t", bytes)]), ["t"], settings.clone());
        let corpus = match place {
            Some(place) => corpus.resume(place),
            None => corpus,
        };
        corpus
            .map(|document| match document.read(&settings) {
                Ok(entry) => format!("{} {}", entry.article.id, entry.article.published.unwrap()),
                Err(error) => error.message,
            })
            .collect()
    }

    #[test]
    fn rows_of_every_group_are_read() {
        let bytes = file();
        assert_eq!(read(&bytes, None), ["0a 2024-05-04", "0b 2024-05-05", "1a 2024-05-04", "1b 2024-05-05"]);
        let place = Position { file: "t".to_owned(), record: 3, ..Default::default() };
        assert_eq!(read(&bytes, Some(place)), ["1b 2024-05-05"]);
    }

    #[test]
    fn damage_is_told() {
        let bytes = file();
        for cut in [4, bytes.len() / 2, bytes.len() - 1] {
            let told = read(&bytes[..cut], None);
            assert!(told.iter().any(|line| line.contains("cannot be read")), "{cut}: {told:?}");
        }
        for at in (4..bytes.len() - 8).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xff;
            assert!(read(&damaged, None).len() <= 5, "{at}");
        }
    }
}
