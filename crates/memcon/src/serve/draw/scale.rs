//! Days to the right: where a day stands in a picture, and which days are written under it.

use crate::serve::words::say;
use jiff::civil::Date;
use store::Day;

/// From days to places across a picture. Long stretches in which nothing lies may be folded away.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Never empty, in order.
    pieces: Vec<Piece>,
}

/// Days that are drawn without a fold.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
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
    /// What.
    pub words: String,
    /// The year, in a line of its own, where the words would leave it open.
    pub year_below: Option<String>,
    /// Whether a year begins there.
    pub year: bool,
}

/// Units that a fold takes.
const FOLD: f64 = 34.0;
/// Folds at most: more would make a timeline hard to read.
const FOLDS: usize = 4;
/// Units that a piece takes at least.
const NARROWEST: f64 = 90.0;

impl Piece {
    fn days(&self) -> Day {
        self.last - self.first + 1
    }

    fn day_width(&self) -> f64 {
        self.width / self.days() as f64
    }
}

impl Scale {
    /// From the first day to the last, with some air at both ends, between `left` and `left + width`.
    pub fn new(first: Day, last: Day, left: f64, width: f64) -> Scale {
        let (first, last) = (first.min(last), first.max(last));
        let air = ((last - first) / 25).max(1);
        Scale { pieces: vec![Piece { first: first - air, last: last + air, left, width }] }
    }

    /// The same for stretches of days, with the time between them folded away where it is a quarter of the whole or more.
    pub fn folded(stretches: &[(Day, Day)], left: f64, width: f64) -> Scale {
        let mut sorted = stretches.to_vec();
        sorted.sort_unstable();
        let mut pieces: Vec<(Day, Day)> = Vec::new();
        for (first, last) in sorted {
            match pieces.last_mut() {
                Some((_, end)) if first <= *end + 1 => *end = (*end).max(last),
                _ => pieces.push((first, last)),
            }
        }
        let Some(mut whole) = pieces.first().zip(pieces.last()).map(|((first, _), (_, last))| last - first + 1) else {
            return Scale::new(0, 0, left, width);
        };
        let mut folds: Vec<usize> = Vec::new();
        while folds.len() < FOLDS {
            let gap = |at: usize| pieces.get(at + 1).zip(pieces.get(at)).map_or(0, |((next, _), (_, end))| next - end);
            let widest = (0..pieces.len()).filter(|at| !folds.contains(at)).max_by_key(|at| gap(*at));
            match widest.map(|at| (at, gap(at))) {
                Some((at, days)) if days > 60 && days * 4 >= whole => {
                    whole -= days;
                    folds.push(at);
                }
                _ => break,
            }
        }
        let mut joined: Vec<(Day, Day)> = Vec::new();
        for (at, (first, last)) in pieces.iter().enumerate() {
            match joined.last_mut() {
                Some((_, end)) if !folds.contains(&(at - 1)) => *end = *last,
                _ => joined.push((*first, *last)),
            }
        }
        for (first, last) in &mut joined {
            let air = ((*last - *first) / 25).max(1);
            (*first, *last) = (*first - air, *last + air);
        }
        // Each piece as wide as its days ask for, and none too narrow to be seen.
        let days: Day = joined.iter().map(|(first, last)| last - first + 1).sum();
        let room = width - FOLD * (joined.len() - 1) as f64 - NARROWEST * joined.len() as f64;
        let mut x = left;
        let pieces = joined.into_iter().map(|(first, last)| {
            let width = NARROWEST + room.max(0.0) * (last - first + 1) as f64 / days.max(1) as f64;
            let piece = Piece { first, last, left: x, width };
            x += width + FOLD;
            piece
        });
        Scale { pieces: pieces.collect() }
    }

    /// The first and the last day that are drawn.
    pub fn days(&self) -> (Day, Day) {
        (self.pieces.first().map_or(0, |piece| piece.first), self.pieces.last().map_or(0, |piece| piece.last))
    }

    /// The piece in which a day lies, or the nearest one before it.
    fn piece(&self, day: Day) -> Option<&Piece> {
        self.pieces.iter().rev().find(|piece| piece.first <= day).or(self.pieces.first())
    }

    /// Units of the picture that this day takes.
    pub fn day_width(&self, day: Day) -> f64 {
        self.piece(day).map_or(1.0, Piece::day_width)
    }

    /// Where a day begins, held inside the picture.
    pub fn start(&self, day: Day) -> f64 {
        let Some(piece) = self.piece(day) else { return 0.0 };
        let day = day.clamp(piece.first, piece.last + 1);
        piece.left + (day - piece.first) as f64 * piece.day_width()
    }

    /// The middle of a stretch of days.
    pub fn middle(&self, (first, last): (Day, Day)) -> f64 {
        let end = self.piece(last).map_or(0.0, |piece| {
            piece.left + (last.clamp(piece.first - 1, piece.last) + 1 - piece.first) as f64 * piece.day_width()
        });
        (self.start(first) + end) / 2.0
    }

    /// The same, or where that part of the day stands which is told.
    pub fn place(&self, days: (Day, Day), time: Option<f64>) -> f64 {
        match time {
            Some(time) if days.0 == days.1 => self.start(days.0) + time * self.day_width(days.0),
            _ => self.middle(days),
        }
    }

    /// The middles of the folds, each with the days that it hides.
    pub fn folds(&self) -> Vec<(f64, Day)> {
        let pairs = self.pieces.iter().zip(self.pieces.iter().skip(1));
        pairs.map(|(one, next)| (next.left - FOLD / 2.0, next.first - one.last - 1)).collect()
    }

    /// Days, months or years, as many as can be told apart; with `hours` also those.
    pub fn ticks(&self, hours: bool) -> Vec<Tick> {
        self.pieces.iter().flat_map(|piece| piece.ticks(hours)).collect()
    }
}

impl Piece {
    fn ticks(&self, hours: bool) -> Vec<Tick> {
        let (from, to) = (store::date(self.first).unwrap_or(Date::MIN), store::date(self.last).unwrap_or(Date::MAX));
        let width = self.day_width();
        let month = |date: Date| say!(&format!("month-{}", date.month()));
        let mut ticks: Vec<Tick> = Vec::new();
        let mut add = |date: Date, words: String, tells_year: bool| {
            let day = store::number(date);
            if day > self.first && day <= self.last {
                let new_year = date.month() == 1 && date.day() == 1;
                let year_below = (!tells_year && (ticks.is_empty() || new_year)).then(|| date.year().to_string());
                let x = self.left + (day - self.first) as f64 * width;
                ticks.push(Tick { x, words, year_below, year: new_year });
            }
        };
        if width >= 3.2 {
            // Days: every one, every second, every seventh.
            let every = [1, 2, 7].into_iter().find(|every| width * *every as f64 >= 38.0).unwrap_or(14);
            let mut day = self.first + 1;
            while day <= self.last {
                if let Some(date) = store::date(day) {
                    // The first that is written, and the first of every month, say which month it is.
                    let first = day == self.first + 1;
                    let words = if first || i64::from(date.day()) <= every || every == 14 {
                        say!("date-day-alone", day = date.day().to_string(), month = month(date))
                    } else {
                        date.day().to_string()
                    };
                    add(date, words, false);
                }
                day += every;
            }
            let every = [1, 3, 6, 12].into_iter().find(|every| hours && width * f64::from(*every) / 24.0 >= 38.0);
            for (day, hour) in every.into_iter().flat_map(|every| {
                (self.first..=self.last)
                    .flat_map(move |day| (every..24).step_by(every as usize).map(move |hour| (day, hour)))
            }) {
                let x = self.left + ((day - self.first) as f64 + f64::from(hour) / 24.0) * width;
                ticks.push(Tick { x, words: format!("{hour}:00"), year_below: None, year: false });
            }
            ticks.sort_by(|one, other| one.x.total_cmp(&other.x));
            return ticks;
        }
        // Months: every one, every third, every sixth; else years.
        let every = [1, 3, 6].into_iter().find(|every| width * 30.4 * f64::from(*every) >= 34.0);
        let step_years = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000]
            .into_iter()
            .find(|n| width * 365.0 * *n as f64 >= 40.0)
            .unwrap_or(2_500);
        for year in from.year()..=to.year() {
            for number in 1..=12i8 {
                let Ok(date) = Date::new(year, number, 1) else { continue };
                match every {
                    Some(every) if (i32::from(number) - 1) % every == 0 => match number {
                        1 => add(date, year.to_string(), true),
                        _ => add(date, month(date), false),
                    },
                    None if number == 1 && i64::from(year) % step_years == 0 => add(date, year.to_string(), true),
                    _ => {}
                }
            }
        }
        // A line of weight says where a year begins among months; among years it says nothing.
        if every.is_none() {
            ticks.iter_mut().for_each(|tick| tick.year = false);
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
            let ticks = scale(from, to).ticks(true);
            assert!(!ticks.is_empty() && ticks.len() < 60, "{from} {to}: {}", ticks.len());
            for (one, next) in ticks.iter().zip(ticks.iter().skip(1)) {
                assert!(next.x - one.x > 20.0, "{from} {to}: {one:?} {next:?}");
            }
        }
    }

    #[test]
    fn a_day_is_wide_enough_for_its_hours() {
        let scale = scale("2013-02-12", "2013-02-12");
        let words: Vec<String> = scale.ticks(true).into_iter().map(|tick| tick.words).collect();
        assert!(
            words.windows(3).any(|three| three == ["21:00", "13 Feb", "3:00"] || three == ["21:00", "13", "3:00"]),
            "{words:?}"
        );
        assert!(scale.ticks(false).iter().all(|tick| !tick.words.contains(':')));
        let day = store::number("2013-02-12".parse().unwrap());
        let place = |time: Option<f64>| scale.place((day, day), time);
        assert!(place(Some(0.25)) < place(None) && place(None) < place(Some(0.75)));
    }

    #[test]
    fn a_day_outside_stays_at_the_edge() {
        let scale = scale("2013-02-12", "2013-02-18");
        assert_eq!(scale.start(0), 100.0);
        assert_eq!(scale.start(99_999), 1100.0);
    }

    #[test]
    fn long_empty_stretches_are_folded_and_days_keep_their_order() {
        let day = |text: &str| store::number(text.parse().unwrap());
        let one = |text: &str| (day(text), day(text));
        let days = ["1991-05-01", "2013-02-12", "2013-02-17", "2013-03-30", "2024-03-05"];
        let scale = Scale::folded(&days.map(one), 100.0, 1000.0);
        assert_eq!(scale.folds().len(), 2);
        let places = days.map(|text| scale.middle(one(text)));
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert!(places.iter().all(|x| (100.0..=1100.1).contains(x)), "{places:?}");
        assert!(places[2] - places[1] > 20.0, "{places:?}");
        for (x, hidden) in scale.folds() {
            assert!(hidden > 3_000 && places.iter().all(|place| (place - x).abs() > 10.0));
        }
        let near =
            Scale::folded(&[one("2013-02-12"), one("2013-02-28"), (day("2013-01-01"), day("2013-12-31"))], 0.0, 100.0);
        assert!(near.folds().is_empty());
        assert!(Scale::folded(&[], 0.0, 100.0).folds().is_empty());
        assert!(scale.ticks(false).iter().all(|tick| !tick.words.is_empty()));
    }
}
