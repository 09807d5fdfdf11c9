//! The one door to every format: a header, the rows of each article, an end.

use std::io::{self, Write};

use crate::{Format, Telling};

/// Writes coded articles in one format.
pub struct Writer<W: Write + Send> {
    kind: Kind<W>,
    rows: u64,
}

enum Kind<W: Write + Send> {
    Lines {
        format: Format,
        out: W,
        line: Vec<u8>,
    },
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::parquet::Writer<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// A writer that has written the format's header, where it has one.
    ///
    /// # Errors
    /// Where `out` cannot be written to, or the format was left out of this build.
    pub fn new(format: Format, mut out: W) -> io::Result<Self> {
        let kind = match format {
            #[cfg(feature = "parquet")]
            Format::Parquet => Kind::Parquet(Box::new(crate::parquet::Writer::new(out)?)),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                return Err(io::Error::new(io::ErrorKind::Unsupported, "this build was made without Parquet"));
            }
            _ => {
                out.write_all(format.header().as_bytes())?;
                Kind::Lines { format, out, line: Vec::new() }
            }
        };
        Ok(Self { kind, rows: 0 })
    }

    /// Writes an article and its events; an article without events leaves a mark in JSON lines only.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&mut self, telling: &Telling<'_>) -> io::Result<()> {
        match &mut self.kind {
            Kind::Lines { format, out, line } => {
                line.clear();
                self.rows += format.lines(telling, line)?;
                out.write_all(line)
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet(writer) => {
                self.rows += writer.write(telling)?;
                Ok(())
            }
        }
    }

    /// Rows written so far: articles in JSON lines, events or pairs of sides in the others.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes what is held back and the format's end, and gives the output back, flushed.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn finish(self) -> io::Result<W> {
        let mut out = match self.kind {
            Kind::Lines { out, .. } => out,
            #[cfg(feature = "parquet")]
            Kind::Parquet(writer) => writer.finish()?,
        };
        out.flush()?;
        Ok(out)
    }
}
