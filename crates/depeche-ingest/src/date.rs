//! Days of publication, in the many forms that pages and feeds write them.
//!
//! The day is the one on the publisher's own calendar: of `2025-08-13T23:30:00-04:00` the 13th, wherever the reader sits. The clock time
//! is left out; relative dates in an article need no more than its day. Years outside 1900 to 2100 are refused: they are template
//! placeholders and epoch zeros, and a wrong day is worse than none.

use std::fmt;

use jiff::civil::Date;

/// Years that a publication day may fall in.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Order of day and month in dates of the form 04/05/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Day first, as nearly everywhere.
    #[default]
    DayMonth,
    /// Month first, as in the United States.
    MonthDay,
}

impl Order {
    /// The order that a language tag stands for: month first for American English alone.
    pub fn of_locale(tag: &str) -> Self {
        if tag.replace('_', "-").eq_ignore_ascii_case("en-us") { Self::MonthDay } else { Self::DayMonth }
    }
}

/// Why a string gives no day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// No form of date that is known.
    Unreadable(String),
    /// A date, but in no year that news is from.
    OutOfRange(String),
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(text) => write!(f, "`{}` is not a date", short(text)),
            Self::OutOfRange(text) => {
                write!(f, "the date `{}` lies outside {} to {}", short(text), YEARS.start(), YEARS.end())
            }
        }
    }
}

impl std::error::Error for DateError {}

/// Enough of a value to recognise it by.
fn short(text: &str) -> &str {
    crate::cut(text, 40)
}

/// Month names and abbreviations of both languages, without accents and in lower case; the index over 4 is no matter, the number is.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("janvier", 1),
    ("jan", 1),
    ("janv", 1),
    ("february", 2),
    ("fevrier", 2),
    ("feb", 2),
    ("fev", 2),
    ("fevr", 2),
    ("march", 3),
    ("mars", 3),
    ("mar", 3),
    ("april", 4),
    ("avril", 4),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("june", 6),
    ("juin", 6),
    ("jun", 6),
    ("july", 7),
    ("juillet", 7),
    ("jul", 7),
    ("juil", 7),
    ("august", 8),
    ("aout", 8),
    ("aug", 8),
    ("september", 9),
    ("septembre", 9),
    ("sep", 9),
    ("sept", 9),
    ("october", 10),
    ("octobre", 10),
    ("oct", 10),
    ("november", 11),
    ("novembre", 11),
    ("nov", 11),
    ("december", 12),
    ("decembre", 12),
    ("dec", 12),
];

/// Reads a day out of a date, a date with time, a date in words, or seconds or milliseconds since 1970.
///
/// ```
/// use depeche_ingest::date::{Order, parse};
/// for text in ["2025-08-13T09:12:44+00:00", "Wed, 13 Aug 2025 09:12:44 GMT", "Publié le 13 août 2025 à 9h12", "August 13, 2025", "13/08/2025", "1755076364"] {
///     assert_eq!(parse(text, Order::DayMonth).unwrap().to_string(), "2025-08-13", "{text}");
/// }
/// ```
///
/// # Errors
/// Where no day can be read, or it lies outside [`YEARS`].
pub fn parse(text: &str, order: Order) -> Result<Date, DateError> {
    let text = text.trim();
    let (year, month, day) = iso(text)
        .or_else(|| epoch(text))
        .or_else(|| numeric(text, order))
        .or_else(|| worded(text))
        .ok_or_else(|| DateError::Unreadable(text.to_owned()))?;
    if !YEARS.contains(&year) {
        return Err(DateError::OutOfRange(text.to_owned()));
    }
    Date::new(year, month, day).map_err(|_| DateError::Unreadable(text.to_owned()))
}

type Parts = (i16, i8, i8);

/// `2025-08-13…`, `2025/08/13…`, `20250813…`.
fn iso(text: &str) -> Option<Parts> {
    let b = text.as_bytes();
    let number = |range: std::ops::Range<usize>| {
        let part = b.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0i16, |n, d| n * 10 + i16::from(d - b'0')))
    };
    let year = number(0..4)?;
    let (month, day, end) = match b.get(4)? {
        separator @ (b'-' | b'/' | b'.') => {
            if b.get(7) != Some(separator) {
                return None;
            }
            (number(5..7)?, number(8..10)?, 10)
        }
        _ => (number(4..6)?, number(6..8)?, 8),
    };
    // Longer runs of digits are epochs or identifiers; a compact date may go on with its time only after a `T` or as 14 digits.
    let compact_stamp = end == 8 && b.len() == 14 && b.iter().all(u8::is_ascii_digit);
    if b.get(end).is_some_and(u8::is_ascii_digit) && !compact_stamp {
        return None;
    }
    Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// Seconds or milliseconds since 1970, UTC.
fn epoch(text: &str) -> Option<Parts> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()).then_some(text)?;
    let seconds = match digits.len() {
        9..=10 => digits.parse::<i64>().ok()?,
        12..=13 => digits.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let date = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some((date.year(), date.month(), date.day()))
}

/// `13/08/2025`, `13.08.2025`, `8-13-2025`: where one number exceeds 12 it is the day, else the order decides.
fn numeric(text: &str, order: Order) -> Option<Parts> {
    let token = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .find(|t| t.split(['/', '.', '-']).count() == 3 && t.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut parts = token.split(['/', '.', '-']).map(str::parse::<i16>);
    let (first, second, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if year < 1000 {
        return None;
    }
    let month_first = second > 12 || (order == Order::MonthDay && first <= 12);
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// `13 août 2025`, `Wed, 13 Aug 2025`, `August 13th, 2025`, `1er mai 2024`: a month's name beside a day and a year.
fn worded(text: &str) -> Option<Parts> {
    let plain = plain_letters(text);
    let tokens: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).collect();
    for (at, token) in tokens.iter().enumerate() {
        let Some(month) = MONTHS.iter().find(|(name, _)| name == token).map(|(_, number)| *number) else { continue };
        let before = at.checked_sub(1).and_then(|n| day_number(tokens[n]));
        let after = tokens.get(at + 1).and_then(|t| day_number(t));
        let year = |n: usize| tokens.get(n).filter(|t| t.len() == 4).and_then(|t| t.parse::<i16>().ok());
        if let Some((day, year)) = before.zip(year(at + 1)).or_else(|| after.zip(year(at + 2))) {
            return Some((year, month, day));
        }
    }
    None
}

/// `13`, `1er`, `2nd`.
fn day_number(token: &str) -> Option<i8> {
    let digits = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| token.strip_suffix(end)).unwrap_or(token);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// Lower case without the accents that French months carry.
fn plain_letters(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'û' | 'ù' => 'u',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        parse(text, Order::DayMonth).map_or_else(|e| e.to_string(), |d| d.to_string())
    }

    #[test]
    fn forms_of_one_day() {
        for text in [
            "2024-05-04",
            "2024-05-04 10:00:00",
            "2024-05-04T23:59:59-0400",
            "20240504",
            "20240504T101500Z",
            "20240504101500",
            "2024/05/04",
            "Sat, 04 May 2024 10:00:00 +0200",
            "4 mai 2024",
            "le 4 mai 2024 à 10h",
            "May 4, 2024",
            "May 4th 2024, 10:00 am",
            "04/05/2024 10:00",
            "4.5.2024",
            "1714800000",
            "1714800000000",
        ] {
            assert_eq!(day(text), "2024-05-04", "{text}");
        }
        assert_eq!(day("1er février 2024"), "2024-02-01");
        assert_eq!(day("5/14/2024"), "2024-05-14");
        assert_eq!(parse("05/04/2024", Order::of_locale("en_US")).unwrap().to_string(), "2024-05-04");
    }

    #[test]
    fn what_is_no_date_is_told() {
        for text in ["", "hier", "2024-13-45", "May 2024", "12", "123456789012345678901234567890"] {
            assert!(matches!(parse(text, Order::DayMonth), Err(DateError::Unreadable(_))), "{text}");
        }
        for text in ["0001-01-01T00:00:00Z", "1899-12-31", "9999-12-31", "2101-01-01"] {
            assert!(matches!(parse(text, Order::DayMonth), Err(DateError::OutOfRange(_))), "{text}");
        }
    }
}
