//! Days, months and years, as a query writes them.

use std::str::FromStr;

use jiff::{ToSpan as _, civil::Date};

/// A stretch of days, both ends included: of a day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Days {
    /// Whether a day lies within.
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The day after, where the calendar has one.
    pub fn next(self) -> Date {
        self.last.tomorrow().unwrap_or(self.last)
    }
}

impl FromStr for Days {
    type Err = String;

    /// Reads `2024`, `2024-10` or `2024-10-03`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day, month or year");
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if parts.len() > 3 || parts[0].len() != 4 || !parts.iter().all(|part| digits(part)) {
            return Err(wrong());
        }
        let number = |at: usize| parts.get(at).map_or(Ok(1), |part| part.parse::<i8>()).map_err(|_| wrong());
        let year = parts[0].parse::<i16>().map_err(|_| wrong())?;
        let first = Date::new(year, number(1)?, number(2)?).map_err(|_| wrong())?;
        let next = match parts.len() {
            1 => first.checked_add(1.year()),
            2 => first.checked_add(1.month()),
            _ => return Ok(Self { first, last: first }),
        };
        let last = next.and_then(Date::yesterday).map_err(|_| wrong())?;
        Ok(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_are_stretches() {
        let of = |text: &str| text.parse::<Days>().map(|d| format!("{}..{}", d.first, d.last));
        assert_eq!(of("2024").as_deref(), Ok("2024-01-01..2024-12-31"));
        assert_eq!(of("2024-02").as_deref(), Ok("2024-02-01..2024-02-29"));
        assert_eq!(of("2024-02-07").as_deref(), Ok("2024-02-07..2024-02-07"));
        for wrong in ["", "24", "2024-13", "2024-02-30", "2024-1-1-1", "2024-", "today", "2024-+1", "9999"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
