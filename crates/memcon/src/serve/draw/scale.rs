//! Days to the right: where a day stands in a picture, and which days are written under it.

use jiff::civil::Date;
use store::Day;

/// From days to places across a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    first: Day,
    last: Day,
    left: f64,
    width: f64,
}

/// A line through the picture, and what is written under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub x: f64,
    /// What; empty for a line of less weight.
    pub words: String,
    /// Whether a year begins there.
    pub year: bool,
}

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Scale {
    /// From the first day to the last, with some air at both ends, between `left` and `left + width`.
    pub fn new(first: Day, last: Day, left: f64, width: f64) -> Scale {
        let (first, last) = (first.min(last), first.max(last));
        let air = ((last - first) / 25).max(1);
        Scale { first: first - air, last: last + air, left, width }
    }

    /// The first and the last day that are drawn.
    pub fn days(&self) -> (Day, Day) {
        (self.first, self.last)
    }

    /// Units of the picture that a day takes.
    pub fn day_width(&self) -> f64 {
        self.width / (self.last - self.first + 1) as f64
    }

    /// Where a day begins, held inside the picture.
    pub fn start(&self, day: Day) -> f64 {
        let day = day.clamp(self.first, self.last + 1);
        self.left + (day - self.first) as f64 * self.day_width()
    }

    /// The middle of a stretch of days.
    pub fn middle(&self, (first, last): (Day, Day)) -> f64 {
        (self.start(first) + self.start(last + 1)) / 2.0
    }

    /// Days, months or years, as many as can be told apart.
    pub fn ticks(&self) -> Vec<Tick> {
        let (Some(from), Some(to)) = (store::date(self.first), store::date(self.last)) else { return Vec::new() };
        let width = self.day_width();
        let mut ticks = Vec::new();
        let mut add = |date: Date, words: String| {
            let day = store::number(date);
            if day > self.first && day <= self.last {
                ticks.push(Tick { x: self.start(day), words, year: date.month() == 1 && date.day() == 1 });
            }
        };
        let month = |date: Date| MONTHS.get(date.month().unsigned_abs() as usize - 1).copied().unwrap_or_default();
        if width >= 3.2 {
            // Days: every one, every second, every seventh.
            let every = [1, 2, 7].into_iter().find(|every| width * *every as f64 >= 38.0).unwrap_or(14);
            let mut day = self.first;
            while day <= self.last {
                if let Some(date) = store::date(day) {
                    // The first that is written, and the first of every month, say which month it is.
                    let first = day <= self.first + every;
                    let words = if first || i64::from(date.day()) <= every || every == 14 {
                        format!("{} {}", date.day(), month(date))
                    } else {
                        date.day().to_string()
                    };
                    add(date, words);
                }
                day += every;
            }
            return ticks;
        }
        let years = i64::from(to.year()) - i64::from(from.year()) + 1;
        // Months: every one, every third, every sixth; else years.
        let every = [1, 3, 6].into_iter().find(|every| width * 30.4 * f64::from(*every) >= 34.0);
        let step_years =
            [1, 2, 5, 10, 25, 50, 100].into_iter().find(|n| width * 365.0 * *n as f64 >= 40.0).unwrap_or(250);
        for year in i64::from(from.year())..i64::from(from.year()) + years {
            let Ok(year_number) = i16::try_from(year) else { continue };
            for number in 1..=12i8 {
                let Ok(date) = Date::new(year_number, number, 1) else { continue };
                match every {
                    Some(every) if (i32::from(number) - 1) % every == 0 => {
                        let words = if number == 1 { year.to_string() } else { month(date).to_owned() };
                        add(date, words);
                    }
                    None if number == 1 && year % step_years == 0 => add(date, year.to_string()),
                    _ => {}
                }
            }
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(from: &str, to: &str) -> Scale {
        let day = |text: &str| store::number(text.parse().unwrap());
        Scale::new(day(from), day(to), 100.0, 1000.0)
    }

    #[test]
    fn ticks_fit_whatever_the_stretch() {
        for (from, to) in [
            ("2013-02-12", "2013-02-12"),
            ("2013-02-12", "2013-02-18"),
            ("2013-01-01", "2013-12-31"),
            ("1991-01-01", "2026-12-31"),
            ("1648-10-24", "2026-12-31"),
            ("0001-01-01", "9990-12-31"),
        ] {
            let ticks = scale(from, to).ticks();
            assert!(!ticks.is_empty() && ticks.len() < 60, "{from} {to}: {}", ticks.len());
            for (one, next) in ticks.iter().zip(ticks.iter().skip(1)) {
                assert!(next.x - one.x > 20.0, "{from} {to}: {one:?} {next:?}");
            }
        }
    }

    #[test]
    fn a_day_outside_stays_at_the_edge() {
        let scale = scale("2013-02-12", "2013-02-18");
        assert_eq!(scale.start(0), 100.0);
        assert_eq!(scale.start(99_999), 1100.0);
    }
}
