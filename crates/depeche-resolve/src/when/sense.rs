//! What a temporal expression means before it is anchored to a day.
//!
//! A [`Sense`] is a flat record: a phrase of the grammar names the frame, the words fill the fields. Flat, because the
//! same words mean the same thing in every frame ("dernier" always looks back, "début" always takes the first third),
//! and because a match in progress must be cheap to copy.

use serde::Serialize;

macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $key:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// From the word that tables write.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }

            /// The word that tables write.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
    };
}

keyed! {
    /// TIMEX3 type.
    Kind {
        /// A day or longer stretch of the calendar.
        Date = "DATE",
        /// A part of a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurrence.
        Set = "SET",
    }
}

keyed! {
    /// How the fields of a sense work together.
    Frame {
        /// Fields of the calendar: year, season, month, day, weekday.
        Date = "date",
        /// So many units from a base: "il y a deux semaines", "hier", "the day after".
        Shift = "shift",
        /// The unit that encloses the base, or one so many away: "cette semaine", "last year".
        Enclose = "enclose",
        /// A length of time; with a direction, the one that ends or begins at the base ("ces trois derniers jours").
        Span = "span",
        /// A recurrence: "chaque jour", "every Monday", "annual".
        Set = "set",
        /// The past, present or future without a date: "now", "récemment".
        Vague = "vague",
        /// The same stretch as the base: "ce jour-là", "at that time".
        Same = "same",
    }
}

keyed! {
    /// Calendar unit.
    Unit {
        /// A second.
        Second = "second",
        /// A minute.
        Minute = "minute",
        /// An hour.
        Hour = "hour",
        /// A day.
        Day = "day",
        /// A night: counted like a day.
        Night = "night",
        /// Saturday and Sunday.
        Weekend = "weekend",
        /// Monday to Sunday.
        Week = "week",
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// Six months.
        Half = "half",
        /// A year.
        Year = "year",
        /// Ten years.
        Decade = "decade",
        /// A hundred years.
        Century = "century",
        /// A thousand years.
        Millennium = "millennium",
        /// A stretch of no told length.
        Moment = "moment",
    }
}

keyed! {
    /// Season.
    Season {
        /// March to May, as the news speaks of it.
        Spring = "SP",
        /// June to August.
        Summer = "SU",
        /// September to November.
        Fall = "FA",
        /// December to February.
        Winter = "WI",
    }
}

keyed! {
    /// Part of a day, by its `TimeML` letters.
    DayPart {
        /// Morning, dawn.
        Morning = "MO",
        /// Noon, midday.
        Noon = "NO",
        /// Afternoon.
        Afternoon = "AF",
        /// Evening.
        Evening = "EV",
        /// Night.
        Night = "NI",
        /// The small hours, which belong to the day that is named.
        Small = "SM",
        /// Daylight, "dans la journée".
        Daytime = "DT",
    }
}

keyed! {
    /// Which part of a stretch is meant.
    Part {
        /// The first third.
        Early = "early",
        /// The middle third.
        Mid = "mid",
        /// The last third.
        Late = "late",
        /// From its first day to the base: "earlier this month".
        Sofar = "sofar",
        /// From the base to its last day: "later this year".
        Rest = "rest",
    }
}

keyed! {
    /// Which of several like it.
    Pick {
        /// The last one before the base.
        Last = "last",
        /// The first one after the base.
        Next = "next",
        /// The one that holds the base, or nearest to it.
        This = "this",
        /// The one named before in the text.
        Same = "same",
    }
}

keyed! {
    /// From where a shift is counted.
    Base {
        /// The day of publication.
        Now = "now",
        /// Another date in the text.
        Text = "text",
    }
}

keyed! {
    /// How the expression bounds what it dates: the words before it tell.
    Bound {
        /// It dates it: "mardi", "on Tuesday".
        At = "at",
        /// Begins there and lasts: "depuis 2022", "since mid-September".
        Since = "since",
        /// Begins there: "du 3 (au 7)", "à partir du 30 août", "from Monday".
        From = "from",
        /// Ends there: "(du 3) au 7", "jusqu'au 15 août", "until Friday".
        Until = "until",
        /// Some time up to there: "d'ici à fin juin", "by Friday".
        By = "by",
        /// Before it.
        Before = "before",
        /// After it.
        After = "after",
    }
}

keyed! {
    /// Which of the two days of a night is named.
    Overnight {
        /// The first: "dans la nuit de samedi".
        From = "from",
        /// The second: "dans la nuit de jeudi à vendredi" ends with it.
        To = "to",
    }
}

/// Where a vague expression points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vague {
    /// `PAST_REF`.
    Past,
    /// `PRESENT_REF`.
    Present,
    /// `FUTURE_REF`.
    Future,
}

/// What an expression means, unanchored.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sense {
    /// How the fields work together.
    pub frame: Frame,
    /// Year, 1 to 2999.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month, 1 to 31.
    pub day: Option<i8>,
    /// Day of the week, Monday 1 to Sunday 7.
    pub weekday: Option<i8>,
    /// Season.
    pub season: Option<Season>,
    /// Quarter of the year, 1 to 4.
    pub quarter: Option<i8>,
    /// Half of the year, 1 to 2.
    pub half: Option<i8>,
    /// Feast, an index into `holidays::NAMES`.
    pub holiday: Option<u8>,
    /// How many units; `None` where it is not told ("quelques jours").
    pub count: Option<f32>,
    /// Ordinal of a century or decade.
    pub ordinal: Option<i16>,
    /// Unit.
    pub unit: Option<Unit>,
    /// Direction of a shift or stretch: −1 back, 1 forward, 0 neither.
    pub sign: i8,
    /// Which of several like it.
    pub pick: Option<Pick>,
    /// Which part of it.
    pub part: Option<Part>,
    /// Part of the day.
    pub daypart: Option<DayPart>,
    /// Hour of the clock, 0 to 24.
    pub hour: Option<i8>,
    /// Minute, 0 to 59.
    pub minute: Option<i8>,
    /// Whether an hour told as 1 to 12 is after noon.
    pub afternoon: bool,
    /// From where it is counted.
    pub base: Base,
    /// Where it points, if it is vague.
    pub vague: Option<Vague>,
    /// Whether a night makes it two days, and which of them is named.
    pub overnight: Option<Overnight>,
    /// Whether its extent is but a length of time, the word that makes it a date standing outside ("il y a [deux ans]",
    /// "[two days] later"): `TimeML` gives such an extent the value of a duration.
    pub length: bool,
    /// Whether it dates what is told behind it: in "two days after a volley", the volley.
    pub complement: bool,
}

impl Default for Sense {
    fn default() -> Self {
        Self {
            frame: Frame::Date,
            year: None,
            month: None,
            day: None,
            weekday: None,
            season: None,
            quarter: None,
            half: None,
            holiday: None,
            count: None,
            ordinal: None,
            unit: None,
            sign: 0,
            pick: None,
            part: None,
            daypart: None,
            hour: None,
            minute: None,
            afternoon: false,
            base: Base::Now,
            vague: None,
            overnight: None,
            length: false,
            complement: false,
        }
    }
}

impl Sense {
    /// TIMEX3 type.
    pub fn kind(&self) -> Kind {
        match self.frame {
            Frame::Set => Kind::Set,
            Frame::Span => Kind::Duration,
            Frame::Shift if self.length => Kind::Duration,
            _ if self.hour.is_some() || self.daypart.is_some() => Kind::Time,
            _ => Kind::Date,
        }
    }

    /// Sets a field from a table's `key=value`; `None` where there is no such key or value.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "year" => self.year = Some(value.parse().ok()?),
            "month" => self.month = Some(value.parse().ok()?),
            "day" => self.day = Some(value.parse().ok()?),
            "weekday" => self.weekday = Some(value.parse().ok()?),
            "season" => self.season = Some(Season::from_key(value)?),
            // The ordinal before it says which: "the third quarter".
            "ordinal" if value == "day" => (self.ordinal, self.day) = (self.day.map(i16::from), None),
            "quarter" if value == "ordinal" => self.quarter = self.ordinal.map(|n| n as i8),
            "half" if value == "ordinal" => self.half = self.ordinal.map(|n| n as i8),
            "quarter" => self.quarter = Some(value.parse().ok()?),
            "half" => self.half = Some(value.parse().ok()?),
            "holiday" => self.holiday = Some(super::holidays::index(value)?),
            "n" => self.count = if value == "x" { None } else { Some(value.parse().ok()?) },
            "plus" => self.count = Some(self.count.unwrap_or(0.0) + value.parse::<f32>().ok()?),
            "unit" => self.unit = Some(Unit::from_key(value)?),
            "sign" => self.sign = value.parse().ok()?,
            "pick" => self.pick = Some(Pick::from_key(value)?),
            "part" => self.part = Some(Part::from_key(value)?),
            "daypart" => self.daypart = Some(DayPart::from_key(value)?),
            "hour" => self.hour = Some(value.parse().ok()?),
            "minute" => self.minute = Some(value.parse().ok()?),
            "afternoon" => self.afternoon = value == "yes",
            "base" => self.base = Base::from_key(value)?,
            "overnight" => self.overnight = Some(Overnight::from_key(value)?),
            "length" => self.length = value == "yes",
            "complement" => self.complement = value == "yes",
            "vague" => {
                self.vague = Some(match value {
                    "past" => Vague::Past,
                    "present" => Vague::Present,
                    "future" => Vague::Future,
                    _ => return None,
                });
            }
            _ => return None,
        }
        Some(())
    }
}
