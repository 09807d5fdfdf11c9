//! The formats: their names, how they are chosen, and the lines of those that are lines.

use std::{fmt, io, str::FromStr};

use depeche_model::{Diagnostic, Status};

use crate::{Telling, gdelt, icews, json_lines, mentions, plover, polecat, table, wide};

/// A format of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One article with its events a line, as JSON; nothing is left out.
    JsonLines,
    /// One event a row, typed and nested, compressed by columns.
    Parquet,
    /// One event a row, with a header; lists in one cell.
    Csv,
    /// The forty columns of POLECAT.
    Polecat,
    /// The twenty columns of ICEWS.
    Icews,
    /// The 61 columns of GDELT 2.0's table of events; no header.
    Gdelt,
    /// The sixteen columns of GDELT 2.0's table of mentions; no header.
    GdeltMentions,
    /// PLOVER 2.0's JSON, one event a line.
    Plover,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::JsonLines,
        Self::Parquet,
        Self::Csv,
        Self::Polecat,
        Self::Icews,
        Self::Gdelt,
        Self::GdeltMentions,
        Self::Plover,
    ];

    /// The name that a person types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Polecat => "polecat",
            Self::Icews => "icews",
            Self::Gdelt => "gdelt",
            Self::GdeltMentions => "gdelt-mentions",
            Self::Plover => "plover",
        }
    }

    /// What it is, in a few words, for a list of choices.
    pub const fn about(self) -> &'static str {
        match self {
            Self::JsonLines => "one article with its events a line",
            Self::Parquet => "one event a row, typed and nested",
            Self::Csv => "one event a row, with a header",
            Self::Polecat => "POLECAT's 40 columns, tab-separated",
            Self::Icews => "ICEWS's 20 columns, tab-separated, one pair a row",
            Self::Gdelt => "GDELT 2.0's 61 columns of events, tab-separated, no header, one pair a row",
            Self::GdeltMentions => "GDELT 2.0's 16 columns of mentions",
            Self::Plover => "PLOVER 2.0 JSON, one event a line",
        }
    }

    /// Ending of its files, without the dot, as the makers of the format give it.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines | Self::Plover => "jsonl",
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Polecat => "txt",
            Self::Icews => "tab",
            Self::Gdelt => "export.CSV",
            Self::GdeltMentions => "mentions.CSV",
        }
    }

    /// The format that a file's name tells, whatever its capitals: `.jsonl`, `.ndjson` and `.json` JSON lines, `.parquet`, `.tab` ICEWS,
    /// `.export.csv` and `.mentions.csv` GDELT, any other `.csv` the plain table. None where the ending tells nothing.
    pub fn of_name(name: &str) -> Option<Self> {
        const ENDINGS: &[(&str, Format)] = &[
            (".export.csv", Format::Gdelt),
            (".mentions.csv", Format::GdeltMentions),
            (".csv", Format::Csv),
            (".jsonl", Format::JsonLines),
            (".ndjson", Format::JsonLines),
            (".json", Format::JsonLines),
            (".parquet", Format::Parquet),
            (".tab", Format::Icews),
        ];
        let name = name.to_ascii_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|&(_, format)| format)
    }

    /// Whether an event's status can be told in it; where not, only acts that were done are written (`actual`, `historical`).
    pub const fn tells_status(self) -> bool {
        matches!(self, Self::JsonLines | Self::Parquet | Self::Csv | Self::Plover)
    }

    /// Whether it holds events of a status.
    pub const fn holds(self, status: Status) -> bool {
        self.tells_status() || matches!(status, Status::Actual | Status::Historical)
    }

    /// Whether it is made of lines, so that files of it can be joined and lines made on any thread; Parquet is not.
    pub const fn is_lines(self) -> bool {
        !matches!(self, Self::Parquet)
    }

    /// Names of the columns, in their order, of the formats that are tables of text; none for the others.
    pub fn columns(self) -> Vec<&'static str> {
        match self {
            Self::Csv => table::names(&wide::Row::COLUMNS),
            Self::Polecat => table::names(&polecat::Row::COLUMNS),
            Self::Icews => table::names(&icews::Row::COLUMNS),
            Self::Gdelt => table::names(&gdelt::Row::COLUMNS),
            Self::GdeltMentions => table::names(&gdelt::Row::MENTION),
            Self::JsonLines | Self::Parquet | Self::Plover => Vec::new(),
        }
    }

    /// The line that opens a file, line feed included; empty for formats without one.
    pub fn header(self) -> String {
        match self {
            Self::Csv => self.columns().join(",") + "\n",
            Self::Polecat | Self::Icews => self.columns().join("\t") + "\n",
            Self::JsonLines | Self::Parquet | Self::Gdelt | Self::GdeltMentions | Self::Plover => String::new(),
        }
    }

    /// Appends the lines of one article, each with its line feed, to `out`, and says how many there are.
    ///
    /// # Errors
    /// For Parquet, which is not made of lines; the others only where `telling` cannot be written as JSON, which it always can.
    pub fn lines(self, telling: &Telling<'_>, out: &mut Vec<u8>) -> io::Result<u64> {
        match self {
            Self::JsonLines => json_lines::append(telling, out),
            Self::Csv => wide::append(telling, out),
            Self::Polecat => Ok(polecat::append(telling, out)),
            Self::Icews => Ok(icews::append(telling, out)),
            Self::Gdelt => Ok(gdelt::append(telling, out)),
            Self::GdeltMentions => Ok(mentions::append(telling, out)),
            Self::Plover => plover::append(telling, out),
            Self::Parquet => Err(io::Error::new(io::ErrorKind::Unsupported, "a Parquet file is not made of lines")),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = Diagnostic;

    fn from_str(name: &str) -> Result<Self, Diagnostic> {
        let found = Self::ALL.iter().copied().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
            Diagnostic::error("--format", format!("`{name}` is no format")).hint(format!("one of {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_files_tell_their_format() {
        for &format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            let told = Format::of_name(&format!("out.{}", format.extension()));
            let expected = match format {
                Format::Plover => Some(Format::JsonLines),
                Format::Polecat => None,
                other => Some(other),
            };
            assert_eq!(told, expected, "{format}");
        }
        assert_eq!(Format::of_name("2024.EXPORT.csv"), Some(Format::Gdelt));
        assert_eq!(Format::of_name("events"), None);
        let error = "phoenix".parse::<Format>().unwrap_err();
        assert!(error.hint.unwrap().contains("gdelt-mentions"));
    }
}
