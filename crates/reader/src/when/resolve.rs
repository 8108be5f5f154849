//! From what an expression says to when that is: its TIMEX3 value, and its EDTF value against the document's date and what the
//! text has spoken of before.

use super::TimeKind;
use super::edtf::{Edtf, Point};
use super::grammar::Phrase;
use super::meaning::{Clock, From, Grain, Meaning, Place, Reference, Share, Unit, Which, YearOf};
use super::tense::Tense;
use super::words::Holiday;
use crate::codes::DateBasis;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A stretch of whole days, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    first: Date,
    last: Date,
    grain: Grain,
    value: String,
}

/// When an expression is.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What it tells.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// EDTF value.
    pub edtf: Option<Edtf>,
    /// Where the date comes from.
    pub basis: DateBasis,
    /// For a duration, its length.
    pub minutes: Option<f64>,
}

/// What the dates of a document count from.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The document's date, as much as is known.
    published: Option<Point>,
    /// Whether the text tells of times long before its own ("in May" is that of the year just spoken of).
    narrative: bool,
    /// What was spoken of last.
    spoken: Option<Stretch>,
    /// The sentence in which that was, and whether with its year.
    spoken_at: Option<(usize, bool)>,
}

fn days(count: i64) -> Span {
    Span::new().try_days(count).unwrap_or_default()
}

fn plus(date: Date, count: i64) -> Date {
    date.saturating_add(days(count))
}

fn months(date: Date, count: i64) -> Date {
    date.first_of_month().saturating_add(Span::new().try_months(count).unwrap_or_default())
}

/// Monday is 1.
fn weekday(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_one_offset())
}

fn monday(date: Date) -> Date {
    plus(date, 1 - weekday(date))
}

fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn year_start(year: i16) -> Option<Date> {
    Date::new(year.clamp(1, 9998), 1, 1).ok()
}

/// The stretch of that grain around `date`; none for grains that do not tile the calendar.
fn around(grain: Grain, date: Date) -> Option<Stretch> {
    let stretch = |first: Date, last: Date, value: String| Some(Stretch { first, last, grain, value });
    let year = date.year();
    match grain {
        Grain::Day => stretch(date, date, date.to_string()),
        Grain::Week => stretch(monday(date), plus(monday(date), 6), week_value(date)),
        Grain::Weekend => stretch(plus(monday(date), 5), plus(monday(date), 6), format!("{}-WE", week_value(date))),
        Grain::Month => stretch(date.first_of_month(), date.last_of_month(), format!("{year:04}-{:02}", date.month())),
        Grain::Quarter => {
            let quarter = (date.month() - 1) / 3;
            let first = Date::new(year, quarter * 3 + 1, 1).ok()?;
            stretch(first, months(first, 2).last_of_month(), format!("{year:04}-Q{}", quarter + 1))
        }
        Grain::Half => {
            let half = (date.month() - 1) / 6;
            let first = Date::new(year, half * 6 + 1, 1).ok()?;
            stretch(first, months(first, 5).last_of_month(), format!("{year:04}-H{}", half + 1))
        }
        Grain::Year => stretch(year_start(year)?, year_start(year)?.last_of_year(), format!("{year:04}")),
        Grain::Decade => {
            let first = year_start(year / 10 * 10)?;
            stretch(first, year_start(year / 10 * 10 + 9)?.last_of_year(), format!("{:03}", year / 10))
        }
        Grain::Century => {
            let first = year_start((year / 100 * 100).max(1))?;
            stretch(first, year_start(year / 100 * 100 + 99)?.last_of_year(), format!("{:02}", year / 100))
        }
        _ => None,
    }
}

/// A day within the stretch of `grain` that lies `offset` stretches away.
fn shifted(grain: Grain, date: Date, offset: i64) -> Date {
    match grain {
        Grain::Week | Grain::Weekend => plus(date, 7 * offset),
        Grain::Month => months(date, offset),
        Grain::Quarter => months(date, 3 * offset),
        Grain::Half => months(date, 6 * offset),
        Grain::Year => months(date, 12 * offset),
        Grain::Decade => months(date, 120 * offset),
        Grain::Century => months(date, 1200 * offset),
        _ => plus(date, offset),
    }
}

fn season(year: i16, season: u8) -> Option<Stretch> {
    const CODES: [&str; 4] = ["SP", "SU", "FA", "WI"];
    let first = Date::new(year.clamp(1, 9998), 3 + 3 * i8::try_from(season).ok()?, 1).ok()?;
    let value = format!("{year:04}-{}", CODES.get(season as usize)?);
    Some(Stretch { first, last: months(first, 2).last_of_month(), grain: Grain::Season(season), value })
}

fn holiday(year: i16, holiday: Holiday) -> Option<Stretch> {
    let day = match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month as i8, day as i8).ok()?,
        Holiday::Nth(nth, month, day) => {
            let first = Date::new(year, month as i8, 1).ok()?;
            let weekday = Weekday::from_monday_one_offset(day as i8).ok()?;
            match nth {
                // The Tuesday after the first Monday.
                0 => first.nth_weekday_of_month(1, Weekday::Monday).ok()?.saturating_add(1.day()),
                nth => first.nth_weekday_of_month(nth, weekday).ok()?,
            }
        }
    };
    around(Grain::Day, day)
}

/// One place of a given year.
fn place(year: i16, place: Place) -> Option<Stretch> {
    match place {
        Place::Year => around(Grain::Year, year_start(year)?),
        Place::Month(month) => around(Grain::Month, Date::new(year, month as i8, 1).ok()?),
        Place::Day(month, day) => around(Grain::Day, Date::new(year, month as i8, day as i8).ok()?),
        Place::Season(which) => season(year, which),
        Place::Quarter(quarter) => around(Grain::Quarter, Date::new(year, quarter as i8 * 3 - 2, 1).ok()?),
        Place::Half(half) => around(Grain::Half, Date::new(year, half as i8 * 6 - 5, 1).ok()?),
        Place::Holiday(which) => holiday(year, which),
        Place::DayOnly(_) => None,
    }
}

/// How unlikely a reading is: its distance, and more if it lies where the clause does not look.
fn cost(base: Date, first: Date, last: Date, tense: Tense) -> i64 {
    let gap = |from: Date, to: Date| to.duration_since(from).as_hours() / 24;
    if first <= base && base <= last {
        return 0;
    }
    match (last < base, tense) {
        (true, Tense::Future) => gap(last, base) * 4,
        (true, _) => gap(last, base),
        (false, Tense::Past) if first == last => gap(base, first) * 7,
        (false, Tense::Past) => gap(base, first) * 25,
        (false, Tense::Future) => gap(base, first),
        (false, Tense::Unknown) => gap(base, first) * 13 / 10,
    }
}

/// Where a quarter, half, year and the rest stand among the units, to tell what a partial date can still resolve.
fn coarseness(grain: Grain) -> u8 {
    match grain {
        Grain::Day | Grain::Weekday(_) | Grain::Holiday(_) => 0,
        Grain::Week | Grain::Weekend => 1,
        Grain::Month | Grain::Named(_) => 2,
        Grain::Quarter | Grain::Half | Grain::Season(_) => 3,
        Grain::Year | Grain::Decade | Grain::Century => 4,
    }
}

impl Calendar {
    /// For a document published then, whose phrases these are.
    pub fn new<'a>(published: Option<&str>, phrases: impl Iterator<Item = &'a Phrase>) -> Calendar {
        let published = published.and_then(|text| match Edtf::parse(text)? {
            Edtf::Point(point) => Some(point),
            Edtf::Interval(..) => None,
        });
        let year = published.and_then(|p| p.year);
        let (mut told, mut far, mut near) = (0, 0, 0);
        for phrase in phrases {
            match phrase.meaning {
                Meaning::Calendar { year: YearOf::Told(y), .. } => {
                    told += 1;
                    far += usize::from(year.is_none_or(|published| (published - y).abs() > 1));
                }
                Meaning::Today(_)
                | Meaning::Relative(_, Which::Last | Which::This | Which::Next)
                | Meaning::Relative(Grain::Weekday(_), Which::Bare)
                | Meaning::Offset { from: From::Now, .. } => near += 1,
                _ => {}
            }
        }
        let narrative = far >= 4 && far * 10 >= told * 7 && far > 2 * near;
        Calendar { published, narrative, spoken: None, spoken_at: None }
    }

    /// The document's day, if it is known to the day.
    fn today(&self) -> Option<Date> {
        self.published.filter(|p| p.day.is_some())?.first()
    }

    /// The day that deictic expressions ("last year") of this grain count from.
    fn now(&self, grain: Grain) -> Option<Date> {
        if self.narrative
            && let Some(spoken) = &self.spoken
        {
            return Some(spoken.first);
        }
        let published = self.published?;
        let known = match published {
            Point { day: Some(_), .. } => 0,
            Point { month: Some(_), .. } => 2,
            _ => 4,
        };
        // A partial date can tell its month or year, and no less.
        if coarseness(grain) < known { None } else { published.first() }
    }

    /// The day that anaphoric expressions ("the following year") count from.
    fn then(&self, grain: Grain) -> Option<Date> {
        match &self.spoken {
            Some(spoken) if coarseness(grain) >= coarseness(spoken.grain) => Some(spoken.first),
            Some(spoken) if self.narrative => Some(spoken.first),
            // "two weeks later" than some month is not known, unless that is the document's own.
            Some(spoken) => self.now(grain).filter(|now| spoken.first <= *now && *now <= spoken.last),
            None => self.now(grain),
        }
    }

    /// Remembers what was spoken of.
    fn remember(&mut self, stretch: &Stretch, sentence: usize, told: bool) {
        self.spoken = Some(stretch.clone());
        self.spoken_at = Some((sentence, told));
    }

    /// Resolves one phrase. `ahead` is the phrase that an offset counts from, if one follows; `bare` says that nothing follows at all.
    pub fn resolve(&mut self, phrase: &Phrase, tense: Tense, sentence: usize, ahead: Option<&Phrase>) -> Resolved {
        let date = |value: String, edtf: Option<Edtf>, basis: DateBasis| Resolved {
            kind: TimeKind::Date,
            value,
            edtf,
            basis,
            minutes: None,
        };
        match phrase.meaning {
            Meaning::Vague(reference) => {
                let value = match reference {
                    Reference::Past => "PAST_REF",
                    Reference::Present => "PRESENT_REF",
                    Reference::Future => "FUTURE_REF",
                };
                date(value.to_string(), None, DateBasis::Resolved)
            }
            Meaning::Length { count, unit, and } => length(count, unit, and),
            Meaning::Often(value) => set(value.to_string()),
            Meaning::Every(count, unit) => set(period(count, unit)),
            Meaning::EveryWeekday(day, part) => set(format!("XXXX-WXX-{day}{}", part.map_or("", |p| p.code()))),
            Meaning::EveryMonth(month) => set(format!("XXXX-{month:02}")),
            Meaning::BeforeChrist(year) => date(format!("BC{year:04}"), None, DateBasis::Stated),
            Meaning::Decade(year) => match year_start(year).and_then(|first| around(Grain::Decade, first)) {
                Some(stretch) => self.finish(phrase, stretch, DateBasis::Stated),
                None => date(String::new(), None, DateBasis::Stated),
            },
            Meaning::Century(year) => match year_start(year).and_then(|first| around(Grain::Century, first)) {
                Some(stretch) => self.finish(phrase, stretch, DateBasis::Stated),
                None => date(String::new(), None, DateBasis::Stated),
            },
            Meaning::Hours => {
                let day = self
                    .spoken
                    .clone()
                    .filter(|s| self.spoken_at.is_some_and(|(at, _)| at == sentence) && s.grain == Grain::Day);
                let base = day.as_ref().map(|s| s.first);
                let value = base.or(self.today()).map_or("XXXX-XX-XX".to_string(), |d| d.to_string());
                let mut resolved = with_clock(date(value, None, DateBasis::Resolved), phrase.clock);
                resolved.edtf = base.map(|day| Edtf::Point(Point::day(day)));
                resolved
            }
            Meaning::Figures(year, a, b) => self.figures(phrase, sentence, (year, a, b)),
            Meaning::Calendar { year, place: where_, weekday } => {
                self.calendar(phrase, tense, sentence, (year, where_, weekday))
            }
            Meaning::Range(first, last) => self.range(phrase, tense, sentence, first, last),
            Meaning::Weekdays(first, last) => {
                let (first, last) = (i64::from(first), i64::from(last));
                let Some(now) = self.now(Grain::Day) else {
                    return date(format!("XXXX-WXX-{first}/XXXX-WXX-{last}"), None, DateBasis::Resolved);
                };
                // The days go together: the end of the range looks where the clause looks.
                let end = by_tense(now, last, tense);
                let start = plus(end, -(last - first).rem_euclid(7));
                if let Some(stretch) = around(Grain::Day, end) {
                    self.remember(&stretch, sentence, false);
                }
                date(start.to_string(), Some(Edtf::days(start, end)), DateBasis::Resolved)
            }
            Meaning::WeekdayOf(day, which) => {
                let base = if matches!(which, Which::Last | Which::This | Which::Next | Which::Latest) {
                    self.now(Grain::Day)
                } else {
                    self.then(Grain::Day)
                };
                let Some(base) = base else { return date(format!("XXXX-WXX-{day}"), None, DateBasis::Resolved) };
                let week = shifted(Grain::Week, base, direction(which));
                self.day(phrase, sentence, plus(monday(week), i64::from(day) - 1))
            }
            Meaning::DayOf(day, which) => {
                let pointed = matches!(which, Which::Last | Which::This | Which::Next | Which::Latest);
                let base = if pointed { self.now(Grain::Month) } else { self.then(Grain::Month) };
                let month = base.map(|base| shifted(Grain::Month, base, direction(which)));
                match month.and_then(|month| Date::new(month.year(), month.month(), day as i8).ok()) {
                    Some(day) => self.day(phrase, sentence, day),
                    None => date(format!("XXXX-XX-{day:02}"), None, DateBasis::Resolved),
                }
            }
            Meaning::Today(offset) => self.today_and_near(phrase, sentence, i64::from(offset)),
            Meaning::Relative(grain, which) => match self.relative(grain, which, tense) {
                Some(stretch) => {
                    let resolved = self.finish(phrase, stretch.clone(), DateBasis::Resolved);
                    self.remember(&stretch, sentence, false);
                    resolved
                }
                None => date(unknown(grain), None, DateBasis::Resolved),
            },
            Meaning::Offset { count, unit, from, back } => {
                self.offset(phrase, tense, sentence, ahead, (count, unit, from, back))
            }
        }
    }

    fn day(&mut self, phrase: &Phrase, sentence: usize, day: Date) -> Resolved {
        let stretch = Stretch { first: day, last: day, grain: Grain::Day, value: day.to_string() };
        self.remember(&stretch, sentence, false);
        self.finish(phrase, stretch, DateBasis::Resolved)
    }

    fn today_and_near(&mut self, phrase: &Phrase, sentence: usize, offset: i64) -> Resolved {
        let overnight = matches!(phrase.clock, Some(Clock::Part(super::meaning::DayPart::Overnight)));
        if let Some(today) = self.today() {
            let mut resolved = self.day(phrase, sentence, plus(today, offset));
            if overnight {
                resolved.edtf = Some(Edtf::days(plus(today, -1), today));
            }
            return resolved;
        }
        // With day and month but no year, the neighbours are known all the same, the end of February aside.
        let near = self.published.and_then(|p| {
            let on = |year: i16| Some(plus(Date::new(year, p.month? as i8, p.day? as i8).ok()?, offset));
            let (common, leap) = (on(2001)?, on(2004)?);
            (common.month() == leap.month() && common.day() == leap.day()).then_some(common)
        });
        let edtf = near.and_then(|d| Point::new(None, Some(d.month() as u8), Some(d.day() as u8))).map(Edtf::Point);
        let value = edtf.map_or("XXXX-XX-XX".to_string(), |e| e.to_string());
        with_clock(
            Resolved { kind: TimeKind::Date, value, edtf, basis: DateBasis::Resolved, minutes: None },
            phrase.clock,
        )
    }

    /// Ambiguous figures are read as the date that lies near the document's, if only one does.
    fn figures(&mut self, phrase: &Phrase, sentence: usize, (year, a, b): (i16, u8, u8)) -> Resolved {
        const NEAR: i64 = 45;
        let month_first = place(year, Place::Day(a, b));
        let day_first = place(year, Place::Day(b, a));
        let near = |stretch: &Option<Stretch>| match (stretch, self.today()) {
            (Some(s), Some(today)) => cost(today, s.first, s.last, Tense::Unknown) <= NEAR,
            _ => false,
        };
        let chosen = match (near(&month_first), near(&day_first)) {
            (true, false) => month_first.clone(),
            (false, true) => day_first,
            _ => None,
        };
        match chosen {
            Some(stretch) => {
                self.remember(&stretch, sentence, true);
                self.finish(phrase, stretch, DateBasis::Stated)
            }
            None => Resolved {
                kind: TimeKind::Date,
                value: month_first.map_or(String::new(), |s| s.value),
                edtf: Point::new(Some(year), None, None).map(Edtf::Point),
                basis: DateBasis::Stated,
                minutes: None,
            },
        }
    }

    /// The year that a month or day without one belongs to.
    fn year_of(&self, year: YearOf, where_: Place, weekday: Option<u8>, tense: Tense, sentence: usize) -> Option<i16> {
        match year {
            YearOf::Told(year) => return Some(year),
            YearOf::Pointed(which) => {
                return Some(self.relative(Grain::Year, which, tense)?.first.year());
            }
            YearOf::Unsaid => {}
        }
        let same_sentence = self.spoken_at.is_some_and(|(at, told)| told && at == sentence);
        let spoken = self
            .spoken
            .as_ref()
            .filter(|_| self.narrative || same_sentence || self.published.is_none_or(|p| p.year.is_none()));
        let known = |year: i16| {
            let stretch = place(year, where_)?;
            let fits = weekday.is_none_or(|day| i64::from(day) == self::weekday(stretch.first));
            fits.then_some(stretch)
        };
        if let Some(spoken) = spoken {
            // Stories run forward: the year just spoken of, or the next if that lies long behind.
            let base = spoken.first;
            let whole_year = coarseness(spoken.grain) >= 4;
            if whole_year {
                return Some(base.year());
            }
            let candidates = (base.year() - 1..=base.year() + 1).filter_map(|y| Some((y, known(y)?)));
            return candidates
                .min_by_key(|(_, s)| match s.last < base {
                    true => base.duration_since(s.last).as_hours() / 24 * 3 / 2,
                    false => s.first.duration_since(base).as_hours() / 24,
                })
                .map(|(year, _)| year);
        }
        let published = self.published?;
        let base = published.first()?;
        let span = if weekday.is_some() { 7 } else { 1 };
        (base.year() - span..=base.year() + span)
            .filter_map(|year| {
                let stretch = known(year)?;
                // Quarters are reported when they are over, or nearly.
                Some((cost(base, stretch.first, stretch.last, tense), year))
            })
            .min()
            .map(|(_, year)| year)
    }

    fn calendar(
        &mut self,
        phrase: &Phrase,
        tense: Tense,
        sentence: usize,
        (year, where_, weekday): (YearOf, Place, Option<u8>),
    ) -> Resolved {
        let told = matches!(year, YearOf::Told(_));
        let basis = if told { DateBasis::Stated } else { DateBasis::Resolved };
        if let Place::DayOnly(day) = where_ {
            return self.day_only(phrase, tense, sentence, day, weekday);
        }
        let tense = if matches!(where_, Place::Quarter(_)) && tense == Tense::Unknown { Tense::Past } else { tense };
        let found = self.year_of(year, where_, weekday, tense, sentence);
        let stretch = found.and_then(|year| place(year, where_));
        // A year in which the weekday is another was misprinted, or the weekday was; the date stands.
        let stretch = stretch.or_else(|| place(self.year_of(year, where_, None, tense, sentence)?, where_));
        match stretch {
            Some(stretch) => {
                self.remember(&stretch, sentence, told);
                self.finish(phrase, stretch, basis)
            }
            None => {
                let point = match where_ {
                    Place::Month(month) => Point::new(None, Some(month), None),
                    Place::Day(month, day) => Point::new(None, Some(month), Some(day)),
                    Place::Holiday(Holiday::Fixed(month, day)) => Point::new(None, Some(month), Some(day)),
                    _ => None,
                };
                let value = match (point, where_) {
                    (Some(point), _) => point.to_string(),
                    (None, Place::Season(season)) => {
                        format!("XXXX-{}", ["SP", "SU", "FA", "WI"][season.min(3) as usize])
                    }
                    (None, Place::Quarter(quarter)) => format!("XXXX-Q{quarter}"),
                    (None, Place::Half(half)) => format!("XXXX-H{half}"),
                    _ => "XXXX-XX-XX".to_string(),
                };
                let edtf = point.map(Edtf::Point);
                with_clock(
                    Resolved { kind: TimeKind::Date, value, edtf, basis: DateBasis::Stated, minutes: None },
                    phrase.clock,
                )
            }
        }
    }

    /// "the 14th": of the month spoken of, or the nearest where the clause looks.
    fn day_only(&mut self, phrase: &Phrase, tense: Tense, sentence: usize, day: u8, weekday: Option<u8>) -> Resolved {
        let spoken = self.spoken.as_ref().filter(|s| coarseness(s.grain) <= 2);
        let recent = self.spoken_at.is_some_and(|(at, _)| at == sentence);
        let on = |base: Date, offset: i64| {
            let month = months(base, offset);
            let date = Date::new(month.year(), month.month(), day as i8).ok()?;
            weekday.is_none_or(|w| i64::from(w) == self::weekday(date)).then_some(date)
        };
        let found = match spoken {
            Some(spoken) if (recent || self.narrative) && weekday.is_none() => on(spoken.first, 0)
                .filter(|d| *d >= spoken.first || !self.narrative)
                .or_else(|| on(spoken.first, 1))
                .or_else(|| on(spoken.first, 0)),
            _ => {
                let span = if weekday.is_some() { 12 } else { 1 };
                self.now(Grain::Day)
                    .and_then(|now| (-span..=span).filter_map(|k| on(now, k)).min_by_key(|d| cost(now, *d, *d, tense)))
            }
        };
        match found {
            Some(date) => self.day(phrase, sentence, date),
            None => {
                let value = format!("XXXX-XX-{day:02}");
                with_clock(
                    Resolved { kind: TimeKind::Date, value, edtf: None, basis: DateBasis::Resolved, minutes: None },
                    phrase.clock,
                )
            }
        }
    }

    fn range(
        &mut self,
        phrase: &Phrase,
        tense: Tense,
        sentence: usize,
        first: (YearOf, Place),
        last: (YearOf, Place),
    ) -> Resolved {
        let told = matches!(last.0, YearOf::Told(_));
        let basis = if told { DateBasis::Stated } else { DateBasis::Resolved };
        let end = self.year_of(last.0, last.1, None, tense, sentence).and_then(|year| place(year, last.1));
        let start = end.as_ref().and_then(|end| {
            let year = match first.0 {
                YearOf::Told(year) if first.0 != last.0 => year,
                _ => end.last.year(),
            };
            let start = place(year, first.1)?;
            if start.first <= end.last { Some(start) } else { place(year - 1, first.1) }
        });
        match (start, end) {
            (Some(start), Some(end)) => {
                self.remember(&end, sentence, told);
                let edtf = Edtf::days(start.first, end.last);
                // TIMEX3 has no ranges; the first of the two dates stands for both.
                with_clock(
                    Resolved { kind: TimeKind::Date, value: start.value, edtf: Some(edtf), basis, minutes: None },
                    phrase.clock,
                )
            }
            _ => {
                let point = |place| match place {
                    Place::Day(month, day) => Point::new(None, Some(month), Some(day)),
                    _ => None,
                };
                let edtf = point(first.1).zip(point(last.1)).map(|(a, b)| Edtf::Interval(Some(a), Some(b)));
                let value = edtf.map_or("XXXX-XX-XX".to_string(), |e| e.to_string());
                Resolved { kind: TimeKind::Date, value, edtf, basis: DateBasis::Stated, minutes: None }
            }
        }
    }

    /// "last week", "the following year", "this Sunday", "last spring".
    fn relative(&self, grain: Grain, which: Which, tense: Tense) -> Option<Stretch> {
        let anaphoric = matches!(which, Which::Previous | Which::Following | Which::Same);
        let base = if anaphoric { self.then(grain)? } else { self.now(grain)? };
        let offset = direction(which);
        match grain {
            Grain::Weekday(day) => {
                let day = i64::from(day);
                let found = match which {
                    Which::Last | Which::Previous => by_tense(plus(base, -1), day, Tense::Past),
                    Which::Next | Which::Following => by_tense(plus(base, 1), day, Tense::Future),
                    Which::Same | Which::Latest => by_tense(base, day, Tense::Past),
                    Which::This => by_tense(base, day, if tense == Tense::Past { tense } else { Tense::Future }),
                    Which::Bare => by_tense(base, day, tense),
                };
                around(Grain::Day, found)
            }
            Grain::Weekend => {
                let within = weekday(base) >= 6;
                let offset = match (which, tense) {
                    (Which::Bare | Which::This, Tense::Past) if !within => -1,
                    (Which::Bare, Tense::Unknown) if !within => -1,
                    (Which::Last, _) if !within => -1,
                    (Which::Next, _) if !within && weekday(base) <= 2 => 0,
                    _ => offset,
                };
                around(Grain::Weekend, shifted(Grain::Week, base, offset))
            }
            Grain::Season(season_) => {
                let candidates = (base.year() - 2..=base.year() + 1).filter_map(|year| season(year, season_));
                match which {
                    Which::Last | Which::Previous | Which::Latest => {
                        candidates.filter(|s| s.last < base).max_by_key(|s| s.first)
                    }
                    Which::Next | Which::Following => candidates.filter(|s| s.first > base).min_by_key(|s| s.first),
                    Which::This if base.month() > 2 => season(base.year(), season_),
                    _ => candidates.min_by_key(|s| cost(base, s.first, s.last, tense)),
                }
            }
            Grain::Named(month) => {
                let month = month as i8;
                let year = base.year();
                let year = match which {
                    Which::Last | Which::Previous | Which::Latest => year - i16::from(month >= base.month()),
                    Which::Next | Which::Following => year + i16::from(month <= base.month()),
                    _ => year,
                };
                around(Grain::Month, Date::new(year, month, 1).ok()?)
            }
            Grain::Holiday(which_day) => {
                let candidates = (base.year() - 1..=base.year() + 1).filter_map(|year| holiday(year, which_day));
                match which {
                    Which::Last | Which::Previous | Which::Latest => {
                        candidates.filter(|s| s.first < base).max_by_key(|s| s.first)
                    }
                    Which::Next | Which::Following => candidates.filter(|s| s.first > base).min_by_key(|s| s.first),
                    Which::This => holiday(base.year(), which_day),
                    _ => candidates.min_by_key(|s| cost(base, s.first, s.last, tense)),
                }
            }
            Grain::Quarter if matches!(which, Which::Latest | Which::Bare) => {
                // "the quarter" is the one spoken of; failing that, the last that is over.
                match &self.spoken {
                    Some(spoken) if spoken.grain == Grain::Quarter && which == Which::Bare => Some(spoken.clone()),
                    _ => around(Grain::Quarter, shifted(Grain::Quarter, base, -1)),
                }
            }
            _ => around(grain, shifted(grain, base, offset)),
        }
    }

    /// "six days ago", "two weeks later", "a year earlier", "six days after the test of February 11".
    fn offset(
        &mut self,
        phrase: &Phrase,
        tense: Tense,
        sentence: usize,
        ahead: Option<&Phrase>,
        (count, unit, from, back): (Option<f64>, Unit, From, bool),
    ) -> Resolved {
        let sign = if back { -1.0 } else { 1.0 };
        let date = |value: String, edtf: Option<Edtf>| Resolved {
            kind: TimeKind::Date,
            value,
            edtf,
            basis: DateBasis::Resolved,
            minutes: None,
        };
        let vague = if back { "PAST_REF" } else { "FUTURE_REF" };
        let event = if from == From::Ahead {
            ahead.and_then(|other| {
                let mut probe = self.clone();
                probe.resolve(other, tense, sentence, None);
                probe.spoken.filter(|s| s.grain == Grain::Day)
            })
        } else {
            None
        };
        let grain = unit.grain();
        let base = match (&event, from) {
            (Some(event), _) => Some(event.first),
            (None, From::Now) => self.now(grain),
            _ => self.then(grain),
        };
        let Some(base) = base else { return date(vague.to_string(), None) };
        let Some(count) = count else {
            // Several of a unit are fewer than make the next.
            let bounds = match unit {
                Unit::Day => Some((2, 7)),
                Unit::Week => Some((14, 56)),
                Unit::Month => Some((60, 365)),
                _ => None,
            };
            let edtf = bounds.map(|(near, far)| {
                let (a, b) = (plus(base, near * sign as i64), plus(base, far * sign as i64));
                Edtf::days(a.min(b), a.max(b))
            });
            return date(vague.to_string(), edtf);
        };
        // "a year earlier" beside a quarter is that quarter of the year before.
        let quarter = self.spoken.as_ref().filter(|s| s.grain == Grain::Quarter && unit == Unit::Year);
        let stretch = match (unit, quarter) {
            (_, Some(quarter)) => around(Grain::Quarter, shifted(Grain::Year, quarter.first, (count * sign) as i64)),
            (Unit::Second | Unit::Minute | Unit::Hour, _) => {
                let whole = (count * unit.minutes() / (24.0 * 60.0)) as i64;
                around(Grain::Day, plus(base, whole * sign as i64))
            }
            (Unit::Day, _) => around(Grain::Day, plus(base, (count * sign) as i64)),
            (Unit::Week | Unit::Fortnight, _) => {
                let day = plus(base, (count * sign * unit.minutes() / (24.0 * 60.0)) as i64);
                if event.is_some() { around(Grain::Day, day) } else { around(Grain::Week, day) }
            }
            (Unit::Decade, _) => around(Grain::Year, shifted(Grain::Year, base, (10.0 * count * sign) as i64)),
            (Unit::Century, _) => around(Grain::Year, shifted(Grain::Year, base, (100.0 * count * sign) as i64)),
            _ => around(grain, shifted(grain, base, (count * sign) as i64)),
        };
        match stretch {
            Some(stretch) => {
                let resolved = self.finish(phrase, stretch.clone(), DateBasis::Resolved);
                if quarter.is_none() {
                    self.remember(&stretch, sentence, false);
                }
                resolved
            }
            None => date(vague.to_string(), None),
        }
    }

    /// A stretch as a resolved expression, with its share and its hour.
    fn finish(&self, phrase: &Phrase, stretch: Stretch, basis: DateBasis) -> Resolved {
        let edtf = self.share(&stretch, phrase.share);
        let value = if phrase.share == Some(Share::LastDay) { stretch.last.to_string() } else { stretch.value };
        with_clock(Resolved { kind: TimeKind::Date, value, edtf: Some(edtf), basis, minutes: None }, phrase.clock)
    }

    fn share(&self, stretch: &Stretch, share: Option<Share>) -> Edtf {
        let (first, last) = (stretch.first, stretch.last);
        let point = |date: Date, month: bool, day: bool| Point {
            year: Some(date.year()),
            month: month.then_some(date.month() as u8),
            day: day.then_some(date.day() as u8),
            approximate: false,
            uncertain: false,
        };
        let months_between = |a: i64, b: i64| {
            Edtf::Interval(Some(point(months(first, a), true, false)), Some(point(months(first, b), true, false)))
        };
        match (share, stretch.grain) {
            (Some(Share::LastDay), _) => return Edtf::Point(Point::day(last)),
            (Some(Share::Earlier), _) => {
                let now = if self.narrative { self.spoken.as_ref().map(|s| s.first) } else { self.today() };
                if let Some(now) = now.filter(|now| first < *now && *now <= last) {
                    return Edtf::days(first, now);
                }
            }
            (Some(Share::Later), _) => {
                let now = if self.narrative { self.spoken.as_ref().map(|s| s.first) } else { self.today() };
                if let Some(now) = now.filter(|now| first <= *now && *now < last) {
                    return Edtf::days(now, last);
                }
            }
            (Some(share), Grain::Week) => {
                let (a, b) = match share {
                    Share::Start | Share::Early => (0, 2),
                    Share::Middle => (1, 3),
                    Share::End => (4, 6),
                    _ => (3, 6),
                };
                return Edtf::days(plus(first, a), plus(first, b));
            }
            (Some(share), Grain::Month) => {
                let day = |n: i64| plus(first, n - 1);
                return match share {
                    Share::Start => Edtf::days(first, day(8)),
                    Share::End => Edtf::days(plus(last, -7), last),
                    Share::Early => Edtf::days(first, day(15)),
                    Share::Middle => Edtf::days(day(8), day(22)),
                    Share::Week(week @ 1..=4) => Edtf::days(day(7 * i64::from(week) - 6), day(7 * i64::from(week))),
                    Share::Week(_) => Edtf::days(plus(last, -6), last),
                    Share::Half(1) => Edtf::days(first, day(15)),
                    Share::Third(third @ 1..=2) => {
                        Edtf::days(day(10 * i64::from(third) - 9), day(10 * i64::from(third)))
                    }
                    Share::Third(_) => Edtf::days(day(21), last),
                    _ => Edtf::days(day(16), last),
                };
            }
            (Some(share), Grain::Year) => {
                return match share {
                    Share::Start => months_between(0, 1),
                    Share::End => months_between(10, 11),
                    Share::Early => months_between(0, 4),
                    Share::Middle => months_between(3, 8),
                    _ => months_between(7, 11),
                };
            }
            _ => {}
        }
        match stretch.grain {
            Grain::Month => Edtf::Point(point(first, true, false)),
            Grain::Year => Edtf::Point(point(first, false, false)),
            Grain::Quarter | Grain::Half | Grain::Season(_) => {
                Edtf::Interval(Some(point(first, true, false)), Some(point(last, true, false)))
            }
            Grain::Decade | Grain::Century => {
                Edtf::Interval(Some(point(first, false, false)), Some(point(last, false, false)))
            }
            _ => Edtf::days(first, last),
        }
    }
}

/// How many stretches away.
fn direction(which: Which) -> i64 {
    match which {
        Which::Last | Which::Previous | Which::Latest => -1,
        Which::Next | Which::Following => 1,
        Which::Bare | Which::This | Which::Same => 0,
    }
}

/// The weekday nearest to `base` where the clause looks, `base` included; back if that is not known.
fn by_tense(base: Date, day: i64, tense: Tense) -> Date {
    match tense {
        Tense::Future => plus(base, (day - weekday(base)).rem_euclid(7)),
        _ => plus(base, -(weekday(base) - day).rem_euclid(7)),
    }
}

/// The value of what cannot be placed.
fn unknown(grain: Grain) -> String {
    match grain {
        Grain::Weekday(day) => format!("XXXX-WXX-{day}"),
        Grain::Week => "XXXX-WXX".to_string(),
        Grain::Weekend => "XXXX-WXX-WE".to_string(),
        Grain::Month => "XXXX-XX".to_string(),
        Grain::Named(month) => format!("XXXX-{month:02}"),
        Grain::Quarter => "XXXX-QX".to_string(),
        Grain::Half => "XXXX-HX".to_string(),
        Grain::Season(season) => format!("XXXX-{}", ["SP", "SU", "FA", "WI"][season.min(3) as usize]),
        Grain::Year | Grain::Decade | Grain::Century => "XXXX".to_string(),
        Grain::Day | Grain::Holiday(_) => "XXXX-XX-XX".to_string(),
    }
}

/// Puts the time of day behind the value of a day.
fn with_clock(resolved: Resolved, clock: Option<Clock>) -> Resolved {
    let value = match clock {
        None => return resolved,
        Some(Clock::Part(part)) => format!("{}{}", resolved.value, part.code()),
        Some(Clock::At(hour, minute)) => format!("{}T{hour:02}:{minute:02}", resolved.value),
    };
    Resolved { kind: TimeKind::Time, value, ..resolved }
}

fn set(value: String) -> Resolved {
    Resolved { kind: TimeKind::Set, value, edtf: None, basis: DateBasis::Resolved, minutes: None }
}

fn length(count: Option<f64>, unit: Unit, and: f64) -> Resolved {
    let minutes = count.map(|count| count * unit.minutes() + and);
    let mut value = period(count, unit);
    if and > 0.0 {
        match unit {
            Unit::Hour => value = format!("{value}{and}M"),
            Unit::Year => value = format!("{value}{}M", (and / Unit::Month.minutes()).round()),
            _ => {}
        }
    }
    Resolved { kind: TimeKind::Duration, value, edtf: None, basis: DateBasis::Stated, minutes }
}

/// A length of time in ISO 8601 ("P6D", "PT30M", "PXW").
fn period(count: Option<f64>, unit: Unit) -> String {
    let (times, time, letter, part) = match unit {
        Unit::Second => (1.0, true, "S", None),
        Unit::Minute => (1.0, true, "M", Some((60.0, "S"))),
        Unit::Hour => (1.0, true, "H", Some((60.0, "M"))),
        Unit::Day => (1.0, false, "D", None),
        Unit::Week => (1.0, false, "W", None),
        Unit::Fortnight => (2.0, false, "W", None),
        Unit::Month => (1.0, false, "M", None),
        Unit::Quarter => (1.0, false, "Q", None),
        Unit::Year => (1.0, false, "Y", Some((12.0, "M"))),
        Unit::Decade => (10.0, false, "Y", None),
        Unit::Century => (100.0, false, "Y", None),
    };
    let start = if time { "PT" } else { "P" };
    let Some(count) = count else {
        let letter = match unit {
            Unit::Decade => "E",
            Unit::Century => "C",
            _ => letter,
        };
        return format!("{start}X{letter}");
    };
    let whole = count * times;
    match part {
        // "two and a half years" is P2Y6M, "half an hour" PT30M.
        Some((parts, small)) if whole.fract() == 0.5 => match whole.trunc() {
            0.0 => format!("{start}{}{small}", parts / 2.0),
            n => format!("{start}{n}{letter}{}{small}", parts / 2.0),
        },
        _ => format!("{start}{whole}{letter}"),
    }
}
