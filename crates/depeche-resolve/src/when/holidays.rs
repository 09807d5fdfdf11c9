//! Feasts: fixed days, days that hang on Easter, nth weekdays, and days of the Islamic and Hebrew calendars.
//!
//! Easter and the other calendars come from `calendrical_calculations`, the arithmetic under ICU4X. The Islamic
//! calendar is the tabular one: a sighted moon may differ by a day, so that spans are given where the news gives spans.

use calendrical_calculations::{
    gregorian::easter,
    hebrew::BookHebrew,
    islamic::{ISLAMIC_EPOCH_FRIDAY, fixed_from_tabular_islamic, tabular_islamic_from_fixed},
    rata_die::RataDie,
};
use jiff::{ToSpan, civil::Date};

/// How the day of a feast is found.
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Month, weekday (Monday 1), which one in the month; −1 the last.
    Nth(i8, i8, i8),
    /// Islamic month and day, and how many days it lasts.
    Islamic(u8, u8, i32),
    /// Hebrew civil month and day, and how many days it lasts.
    Hebrew(u8, u8, i32),
}

const FEASTS: &[(&str, Rule)] = &[
    ("new-year", Rule::Fixed(1, 1)),
    ("new-year-eve", Rule::Fixed(12, 31)),
    ("epiphany", Rule::Fixed(1, 6)),
    ("mlk-day", Rule::Nth(1, 1, 3)),
    ("valentine", Rule::Fixed(2, 14)),
    ("women-day", Rule::Fixed(3, 8)),
    ("nowruz", Rule::Fixed(3, 21)),
    ("mardi-gras", Rule::Easter(-47)),
    ("ash-wednesday", Rule::Easter(-46)),
    ("palm-sunday", Rule::Easter(-7)),
    ("maundy-thursday", Rule::Easter(-3)),
    ("good-friday", Rule::Easter(-2)),
    ("easter", Rule::Easter(0)),
    ("easter-monday", Rule::Easter(1)),
    ("labour-day", Rule::Fixed(5, 1)),
    ("victory-day", Rule::Fixed(5, 9)),
    ("ascension", Rule::Easter(39)),
    ("pentecost", Rule::Easter(49)),
    ("whit-monday", Rule::Easter(50)),
    ("memorial-day", Rule::Nth(5, 1, -1)),
    ("fete-musique", Rule::Fixed(6, 21)),
    ("independence-day", Rule::Fixed(7, 4)),
    ("bastille-day", Rule::Fixed(7, 14)),
    ("assumption", Rule::Fixed(8, 15)),
    ("us-labor-day", Rule::Nth(9, 1, 1)),
    ("halloween", Rule::Fixed(10, 31)),
    ("all-saints", Rule::Fixed(11, 1)),
    ("all-souls", Rule::Fixed(11, 2)),
    ("armistice", Rule::Fixed(11, 11)),
    ("thanksgiving", Rule::Nth(11, 4, 4)),
    ("christmas-eve", Rule::Fixed(12, 24)),
    ("christmas", Rule::Fixed(12, 25)),
    ("boxing-day", Rule::Fixed(12, 26)),
    ("ramadan", Rule::Islamic(9, 1, 30)),
    ("eid-al-fitr", Rule::Islamic(10, 1, 1)),
    ("eid-al-adha", Rule::Islamic(12, 10, 1)),
    ("ashura", Rule::Islamic(1, 10, 1)),
    ("mawlid", Rule::Islamic(3, 12, 1)),
    ("passover", Rule::Hebrew(8, 15, 7)),
    ("rosh-hashanah", Rule::Hebrew(1, 1, 2)),
    ("yom-kippur", Rule::Hebrew(1, 10, 1)),
    ("hanukkah", Rule::Hebrew(3, 25, 8)),
    ("sept-11", Rule::Fixed(9, 11)),
];

/// Number of a feast by the name that tables write.
pub(crate) fn index(name: &str) -> Option<u8> {
    FEASTS.iter().position(|(known, _)| *known == name).map(|n| n as u8)
}

/// First and last day of a feast that begins in a year; an Islamic feast may fall twice or not at all, the first counts.
pub(crate) fn in_year(feast: u8, year: i16) -> Option<(Date, Date)> {
    let (_, rule) = FEASTS.get(usize::from(feast))?;
    let day = |date: Date| Some((date, date));
    match *rule {
        Rule::Fixed(month, of_month) => day(Date::new(year, month, of_month).ok()?),
        Rule::Easter(after) => day(from_fixed(easter(i32::from(year)))?.checked_add(after.days()).ok()?),
        Rule::Nth(month, weekday, nth) => {
            let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
            day(Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?)
        }
        Rule::Islamic(month, of_month, length) => {
            let new_year = Date::new(year, 1, 1).ok()?;
            let (islamic, _, _) = tabular_islamic_from_fixed(to_fixed(new_year)?, ISLAMIC_EPOCH_FRIDAY);
            (islamic..islamic + 2).find_map(|y| {
                let first = from_fixed(fixed_from_tabular_islamic(y, month, of_month, ISLAMIC_EPOCH_FRIDAY))?;
                lasting(first, length).filter(|_| first.year() == year)
            })
        }
        Rule::Hebrew(month, of_month, length) => {
            let hebrew = i32::from(year) + 3760;
            (hebrew..hebrew + 2).find_map(|y| {
                let month =
                    if month > 6 && BookHebrew::is_hebrew_leap_year(y) { month } else { month - u8::from(month > 6) };
                let date = BookHebrew::from_civil_date(y, month, of_month);
                let first = from_fixed(BookHebrew::fixed_from_book_hebrew(date))?;
                lasting(first, length).filter(|_| first.year() == year)
            })
        }
    }
}

fn lasting(first: Date, days: i32) -> Option<(Date, Date)> {
    Some((first, first.checked_add((days - 1).days()).ok()?))
}

/// Rata die 1 is 1 January of year 1.
fn from_fixed(day: RataDie) -> Option<Date> {
    Date::new(1, 1, 1).ok()?.checked_add((day.to_i64_date() - 1).days()).ok()
}

fn to_fixed(date: Date) -> Option<RataDie> {
    let days = date.since((jiff::Unit::Day, Date::new(1, 1, 1).ok()?)).ok()?.get_days();
    Some(RataDie::new(i64::from(days) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        for (name, year, expected) in [
            ("easter", 2025, "2025-04-20"),
            ("ascension", 2024, "2024-05-09"),
            ("pentecost", 2023, "2023-05-28"),
            ("good-friday", 2022, "2022-04-15"),
            ("thanksgiving", 2024, "2024-11-28"),
            ("us-labor-day", 2024, "2024-09-02"),
            ("memorial-day", 2023, "2023-05-29"),
            ("ramadan", 2024, "2024-03-11"),
            ("eid-al-adha", 2023, "2023-06-28"),
            ("passover", 2024, "2024-04-23"),
            ("passover", 2023, "2023-04-06"),
            ("rosh-hashanah", 2023, "2023-09-16"),
            ("yom-kippur", 2023, "2023-09-25"),
            ("hanukkah", 2023, "2023-12-08"),
        ] {
            let (first, _) = in_year(index(name).unwrap(), year).unwrap();
            let apart = expected.parse::<Date>().unwrap().since(first).unwrap().get_days().abs();
            let lunar = ["ramadan", "eid-al-adha"].contains(&name);
            assert!(apart <= i32::from(lunar), "{name} {year}: {first}, expected {expected}");
        }
    }
}
