//! EDTF (ISO 8601-2), as far as the record uses it: days, months and years, their intervals, open ends, doubt, and a year
//! that nobody told.

use jiff::civil::Date;
use std::fmt;

/// A day, or a month or year as a whole, with what is doubtful about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The year; `None` is written `XXXX`.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month; only beside a month.
    pub day: Option<u8>,
    /// About then (`~`).
    pub approximate: bool,
    /// Perhaps then (`?`).
    pub uncertain: bool,
}

impl Point {
    /// An exact year, month or day; `None` where there is no such date.
    pub fn new(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Option<Point> {
        // Without a year, a leap day is possible.
        let y = year.unwrap_or(2000);
        let known = match (month, day) {
            (None, None) => year.is_some(),
            (Some(m), d) => Date::new(y, m as i8, d.unwrap_or(1) as i8).is_ok(),
            (None, Some(_)) => false,
        };
        (known && (1..=9999).contains(&y)).then_some(Point { year, month, day, approximate: false, uncertain: false })
    }

    /// An exact day.
    pub fn day(date: Date) -> Point {
        Point {
            year: Some(date.year()),
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
            approximate: false,
            uncertain: false,
        }
    }

    /// The first day of it; `None` without a year.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1) as i8, self.day.unwrap_or(1) as i8).ok()
    }

    /// The last day of it; `None` without a year.
    pub fn last(self) -> Option<Date> {
        let month = Date::new(self.year?, self.month.unwrap_or(12) as i8, 1).ok()?;
        match self.day {
            Some(day) => Date::new(month.year(), month.month(), day as i8).ok(),
            None => Some(month.last_of_month()),
        }
    }

    fn parse(text: &str) -> Option<Point> {
        let bare = text.trim_end_matches(['~', '?', '%']);
        let marks = &text[bare.len()..];
        if marks.len() > 1 {
            return None;
        }
        let mut parts = bare.split('-');
        let year = match parts.next()? {
            "XXXX" => None,
            year => Some(number(year, 4)? as i16),
        };
        let month = parts.next().map(|m| number(m, 2)).map_or(Some(None), |m| m.map(|m| Some(m as u8)))?;
        let day = parts.next().map(|d| number(d, 2)).map_or(Some(None), |d| d.map(|d| Some(d as u8)))?;
        if parts.next().is_some() {
            return None;
        }
        let point = Point::new(year, month, day)?;
        Some(Point { approximate: marks.contains(['~', '%']), uncertain: marks.contains(['?', '%']), ..point })
    }
}

/// An unsigned number of exactly `width` ASCII digits.
fn number(text: &str, width: usize) -> Option<u16> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "XXXX")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        f.write_str(match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        })
    }
}

/// One EDTF value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One day, month or year.
    Point(Point),
    /// From one to another, both included; `None` is an open end (`..`). One of the two is there.
    Interval(Option<Point>, Option<Point>),
}

impl Edtf {
    /// Reads a value; a time of day behind a full date (`2013-02-16T18:47`) is left out. `None` for what is no EDTF value of
    /// the forms above, among them an interval that ends before it starts.
    pub fn parse(text: &str) -> Option<Edtf> {
        let text = text.trim();
        let Some((from, to)) = text.split_once('/') else {
            return Point::parse(text.split_once('T').map_or(text, |(day, _)| day)).map(Edtf::Point);
        };
        let end = |text: &str| if text == ".." { Some(None) } else { Point::parse(text).map(Some) };
        let (from, to) = (end(from)?, end(to)?);
        if from.is_none() && to.is_none() {
            return None;
        }
        if let (Some(first), Some(last)) = (from.and_then(Point::first), to.and_then(Point::last))
            && last < first
        {
            return None;
        }
        Some(Edtf::Interval(from, to))
    }

    /// The interval between two days, or the one day that both are.
    pub fn days(first: Date, last: Date) -> Edtf {
        if first == last {
            Edtf::Point(Point::day(first))
        } else {
            Edtf::Interval(Some(Point::day(first)), Some(Point::day(last)))
        }
    }

    /// The first and the last day that it allows; open ends are [`Date::MIN`] and [`Date::MAX`]. `None` where no year is told.
    pub fn interval(self) -> Option<(Date, Date)> {
        match self {
            Edtf::Point(point) => Some((point.first()?, point.last()?)),
            Edtf::Interval(from, to) => {
                let (first, last) = (from.and_then(Point::first), to.and_then(Point::last));
                if first.is_none() && last.is_none() {
                    return None;
                }
                Some((first.unwrap_or(Date::MIN), last.unwrap_or(Date::MAX)))
            }
        }
    }

    /// The same, with the year put in where none is told. `None` where that year has no such day.
    pub fn in_year(self, year: i16) -> Option<Edtf> {
        let put = |point: Point| {
            let filled = Point::new(Some(point.year.unwrap_or(year)), point.month, point.day)?;
            Some(Point { approximate: point.approximate, uncertain: point.uncertain, ..filled })
        };
        Some(match self {
            Edtf::Point(point) => Edtf::Point(put(point)?),
            Edtf::Interval(from, to) => Edtf::Interval(
                from.map(put).map_or(Some(None), |p| p.map(Some))?,
                to.map(put).map_or(Some(None), |p| p.map(Some))?,
            ),
        })
    }

    /// A year that it tells.
    fn year(self) -> Option<i16> {
        match self {
            Edtf::Point(point) => point.year,
            Edtf::Interval(from, to) => from.and_then(|p| p.year).or(to.and_then(|p| p.year)),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let end = |f: &mut fmt::Formatter, end: &Option<Point>| match end {
            Some(point) => write!(f, "{point}"),
            None => f.write_str(".."),
        };
        match self {
            Edtf::Point(point) => write!(f, "{point}"),
            Edtf::Interval(from, to) => {
                end(f, from)?;
                f.write_str("/")?;
                end(f, to)
            }
        }
    }
}

/// The first and the last day that an EDTF value allows; open ends are [`Date::MIN`] and [`Date::MAX`]. `None` where it
/// cannot be read or tells no year.
pub fn interval(edtf: &str) -> Option<(Date, Date)> {
    Edtf::parse(edtf)?.interval()
}

/// Whether two EDTF values can mean the same day when each is widened by `slack_days`. A year that only one of them tells
/// counts for both. `false` where either cannot be read.
pub fn compatible(a: &str, b: &str, slack_days: i32) -> bool {
    let (Some(a), Some(b)) = (Edtf::parse(a), Edtf::parse(b)) else { return false };
    // Where neither tells a year, any leap year will do.
    let year = a.year().or(b.year()).unwrap_or(2000);
    let days = |edtf: Edtf| edtf.in_year(year).and_then(Edtf::interval);
    let (Some(a), Some(b)) = (days(a), days(b)) else { return false };
    let slack = jiff::Span::new().try_days(slack_days).unwrap_or_default();
    a.0.saturating_sub(slack) <= b.1 && b.0 <= a.1.saturating_add(slack)
}

/// An EDTF value so many days later; `None` where it names no days or cannot be read.
pub fn shifted(edtf: &str, days: i32) -> Option<String> {
    let (first, last) = interval(edtf)?;
    let by = jiff::Span::new().try_days(days).ok()?;
    Some(Edtf::days(first.checked_add(by).ok()?, last.checked_add(by).ok()?).to_string())
}

/// The one of two EDTF values that tells more: the one that can be read, then the one with a year, then the one of fewer days,
/// then the one without `~` or `?`; `a` if they are alike.
pub fn narrower<'a>(a: &'a str, b: &'a str) -> &'a str {
    let rank = |text: &str| {
        let edtf = Edtf::parse(text);
        let interval = edtf.and_then(Edtf::interval);
        let days = interval.map_or(i64::MAX, |(first, last)| last.duration_since(first).as_hours() / 24);
        (edtf.is_none(), interval.is_none(), days, text.contains(['~', '?', '%']))
    };
    if rank(b) < rank(a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_form_comes_back_as_written() {
        for text in [
            "2013-02-12",
            "2013-03",
            "2013",
            "2013-03~",
            "2013-03?",
            "2013-03%",
            "2013-02-26/2013-02-28",
            "2013-02-16/..",
            "../2013-02-16",
            "XXXX-02-11",
            "XXXX-02",
            "2012-02-29",
            "XXXX-02-29",
            "1990/1999",
            "2013-02-26/2013-03~",
        ] {
            assert_eq!(Edtf::parse(text).map(|e| e.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn every_day_comes_back() {
        let mut day = date(1999, 1, 1);
        while day < date(2005, 1, 1) {
            let edtf = Edtf::Point(Point::day(day));
            assert_eq!(Edtf::parse(&edtf.to_string()), Some(edtf));
            assert_eq!(edtf.interval(), Some((day, day)));
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "/",
            "../..",
            "2013-13",
            "2013-02-30",
            "2013-2-3",
            "XXXX",
            "2013-02-28/2013-02-26",
            "13-02-2013",
            "2013-",
            "2013-02-12x",
            "201é",
            "2013-02-12~~",
            "0000",
            "2013-02-12/2013-02-13/2013-02-14",
            "PRESENT_REF",
            "2013-W07",
        ] {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
    }

    #[test]
    fn intervals_are_first_and_last_day() {
        assert_eq!(interval("2013-02"), Some((date(2013, 2, 1), date(2013, 2, 28))));
        assert_eq!(interval("2012~"), Some((date(2012, 1, 1), date(2012, 12, 31))));
        assert_eq!(interval("2013-02-16T18:47"), Some((date(2013, 2, 16), date(2013, 2, 16))));
        assert_eq!(interval("2013-02-16/.."), Some((date(2013, 2, 16), Date::MAX)));
        assert_eq!(interval("XXXX-02-11"), None);
    }

    #[test]
    fn dates_meet_with_slack_and_without_a_year() {
        assert!(compatible("2013-02-12", "2013-02", 0));
        assert!(compatible("2013-02-12", "2013-02-13", 1));
        assert!(!compatible("2013-02-12", "2013-02-14", 1));
        assert!(compatible("2013-02-16/..", "2024-01-01", 0));
        assert!(compatible("XXXX-02-11", "2013-02-11", 0));
        assert!(compatible("XXXX-02-11", "XXXX-02", 0));
        assert!(!compatible("XXXX-02-11", "2013-03", 0));
        assert!(!compatible("PRESENT_REF", "2013-03", 0));
        assert!(compatible("../2013-02-16", "0001-01-01", 400));
    }

    #[test]
    fn the_narrower_tells_more() {
        assert_eq!(narrower("2013-02", "2013-02-12"), "2013-02-12");
        assert_eq!(narrower("2013-02-12", "2013-02"), "2013-02-12");
        assert_eq!(narrower("XXXX-02-11", "2013"), "2013");
        assert_eq!(narrower("2013-02~", "2013-02"), "2013-02");
        assert_eq!(narrower("2013-02-16/..", "2013"), "2013");
        assert_eq!(narrower("nonsense", "2013"), "2013");
        assert_eq!(narrower("2013", "2013"), "2013");
    }
}
