//! What a time expression says, before it is known when: what the grammar makes and the calendar resolves.

use super::words::Holiday;

/// Units to count time in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Two weeks.
    Fortnight,
    /// Months.
    Month,
    /// Three months.
    Quarter,
    /// Years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// Its length in minutes; months and years as the calendar has them on average.
    pub fn minutes(self) -> f64 {
        const DAY: f64 = 24.0 * 60.0;
        const YEAR: f64 = 365.2425 * DAY;
        match self {
            Unit::Second => 1.0 / 60.0,
            Unit::Minute => 1.0,
            Unit::Hour => 60.0,
            Unit::Day => DAY,
            Unit::Week => 7.0 * DAY,
            Unit::Fortnight => 14.0 * DAY,
            Unit::Month => YEAR / 12.0,
            Unit::Quarter => YEAR / 4.0,
            Unit::Year => YEAR,
            Unit::Decade => 10.0 * YEAR,
            Unit::Century => 100.0 * YEAR,
        }
    }

    /// The calendar span of that length.
    pub fn grain(self) -> Grain {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Grain::Day,
            Unit::Week | Unit::Fortnight => Grain::Week,
            Unit::Month => Grain::Month,
            Unit::Quarter => Grain::Quarter,
            Unit::Year => Grain::Year,
            Unit::Decade => Grain::Decade,
            Unit::Century => Grain::Century,
        }
    }
}

/// A span of the calendar, as one that can be last, this or next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grain {
    /// A day.
    Day,
    /// A day of the week, Monday being 1.
    Weekday(u8),
    /// Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// A certain month of some year.
    Named(u8),
    /// Three months, from January on.
    Quarter,
    /// Six months.
    Half,
    /// Spring 0, summer 1, autumn 2, winter 3 (of the north).
    Season(u8),
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A holiday.
    Holiday(Holiday),
}

/// Which of several spans is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Not said ("Tuesday", "summer").
    Bare,
    /// The one before that of the document's date.
    Last,
    /// That of the document's date.
    This,
    /// The one after that of the document's date.
    Next,
    /// The last that is over ("the latest quarter").
    Latest,
    /// The one before that the text has just spoken of.
    Previous,
    /// The one after that.
    Following,
    /// The one just spoken of ("that year", "the same day").
    Same,
}

/// A year, told or pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearOf {
    /// Not said.
    Unsaid,
    /// Told.
    Told(i16),
    /// Pointed at ("last year's third quarter", "June of that year").
    Pointed(Which),
}

/// A place in the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// The year itself.
    Year,
    /// A month.
    Month(u8),
    /// A day of a month.
    Day(u8, u8),
    /// A day of a month that is not named ("the 14th").
    DayOnly(u8),
    /// A season, as in [`Grain::Season`].
    Season(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// A holiday.
    Holiday(Holiday),
}

/// Part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
    Overnight,
}

impl DayPart {
    /// What TIMEX3 writes behind the day.
    pub fn code(self) -> &'static str {
        match self {
            DayPart::Dawn | DayPart::Morning => "TMO",
            DayPart::Noon => "T12:00",
            DayPart::Afternoon => "TAF",
            DayPart::Evening => "TEV",
            DayPart::Night | DayPart::Overnight => "TNI",
            DayPart::Midnight => "T24:00",
        }
    }
}

/// Time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Part of it.
    Part(DayPart),
    /// Hour and minute.
    At(u8, u8),
}

/// Part of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Start,
    Early,
    Middle,
    Late,
    End,
    /// Its last day ("year-end").
    LastDay,
    /// Before the document's date, but in the same span ("earlier this week").
    Earlier,
    /// After it.
    Later,
    /// A week of a month, 1 to 4; 5 is its last ("the second week of June").
    Week(u8),
    /// Half of a month, 1 or 2 ("the first half of May").
    Half(u8),
    /// Ten days of a month, 1 to 3 ("the last ten days of July").
    Third(u8),
}

/// What is pointed at without being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    Past,
    Present,
    Future,
}

/// From where an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The document's date ("ago", "from now").
    Now,
    /// What the text has just spoken of ("later", "earlier").
    Spoken,
    /// The next date of the sentence ("six days after the test of February 11"), where there is one.
    Ahead,
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// A place in the calendar, with the weekday that stands beside it.
    Calendar {
        /// The year.
        year: YearOf,
        /// The place.
        place: Place,
        /// The weekday.
        weekday: Option<u8>,
    },
    /// From one place to another.
    Range((YearOf, Place), (YearOf, Place)),
    /// From one weekday to another.
    Weekdays(u8, u8),
    /// A span counted from another.
    Relative(Grain, Which),
    /// A day of a week that is pointed at ("Tuesday of last week").
    WeekdayOf(u8, Which),
    /// A day of a month that is pointed at ("the 3rd of this month", "the 14th instant").
    DayOf(u8, Which),
    /// Today and its neighbours, in days.
    Today(i8),
    /// Some time before or after.
    Offset {
        /// How many; `None` for "several".
        count: Option<f64>,
        /// Of what.
        unit: Unit,
        /// Counted from where.
        from: From,
        /// Whether back in time.
        back: bool,
    },
    /// A decade by its first year.
    Decade(i16),
    /// A century by the years before its first ("the 19th" is 1800).
    Century(i16),
    /// A year before Christ.
    BeforeChrist(u16),
    /// A date in figures that can be read in two ways: year, first number, second number.
    Figures(i16, u8, u8),
    /// Time of day alone.
    Hours,
    /// No telling when.
    Vague(Reference),
    /// A length of time.
    Length {
        /// How many; `None` for "several".
        count: Option<f64>,
        /// Of what.
        unit: Unit,
        /// More of it in minutes ("an hour and 20 minutes").
        and: f64,
    },
    /// Every so often.
    Often(&'static str),
    /// Every one of a kind.
    Every(Option<f64>, Unit),
    /// Every such weekday.
    EveryWeekday(u8, Option<DayPart>),
    /// Every such month.
    EveryMonth(u8),
}
