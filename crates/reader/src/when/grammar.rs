//! The grammar of time expressions: from the atoms of a sentence to what its expressions say. Which day that is, `resolve` knows.
//!
//! Every rule is a function from a place in the sentence to the phrase that begins there, if one does. The longest wins.

use super::meaning::{Clock, DayPart, From, Grain, Meaning, Place, Reference, Share, Unit, Which, YearOf};
use super::words::{Atom, Holiday, Kind, Word};

/// One time expression, as atoms of its sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phrase {
    /// The first atom.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
    /// The share of it that is meant ("early", "late").
    pub share: Option<Share>,
    /// The time of day that is told with it.
    pub clock: Option<Clock>,
}

impl Phrase {
    fn new(first: usize, end: usize, meaning: Meaning) -> Phrase {
        Phrase { first, end, meaning, share: None, clock: None }
    }
}

/// The atoms of one sentence.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    text: &'a str,
    atoms: &'a [Atom],
}

type Rule = fn(&Cursor, usize) -> Option<Phrase>;

/// In order of preference among equally long ones.
const RULES: &[Rule] = &[day, calendar, span, length, often, clock_alone, vague];

/// Capitalised words behind which a number is a name ("Resolution 1973").
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "resolution", "flight", "article", "section", "no", "number", "room", "route", "channel", "unit", "decree", "law",
    "boeing", "airbus", "windows", "chapter",
];

/// Things that are counted or measured, so that the number before them is no year.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "people", "percent", "per", "million", "billion", "feet", "foot", "miles", "mile", "meters", "metres", "km",
    "tons", "tonnes", "pounds", "dollars", "troops", "men", "points", "hours", "kilometers", "kilometres", "acres",
    "degrees", "m", "mm", "kg", "women", "children", "gmt", "utc", "hrs",
];

/// Words before which a year or a month is surely one.
#[rustfmt::skip]
const BEFORE_DATE: &[&str] = &[
    "in", "of", "since", "by", "until", "till", "from", "to", "before", "after", "during", "through", "early", "late",
    "mid", "for", "last", "next", "this", "between", "and", "around", "about", "on", "over", "year", "throughout",
    "circa", "ca", "earlier", "later", "or", "end", "previous", "following", "each", "every", "fiscal", "as",
];

impl<'a> Cursor<'a> {
    /// Over the atoms of one sentence of `text`.
    pub fn new(text: &'a str, atoms: &'a [Atom]) -> Cursor<'a> {
        Cursor { text, atoms }
    }

    /// The word or mark at `at`; empty beyond the ends.
    pub fn text(&self, at: usize) -> &'a str {
        self.atoms.get(at).map_or("", |atom| self.text.get(atom.span.range()).unwrap_or(""))
    }

    fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |at| self.text(at))
    }

    fn word(&self, at: usize) -> Word {
        match self.atoms.get(at) {
            Some(Atom { kind: Kind::Word(word), .. }) => *word,
            _ => Word::Other,
        }
    }

    /// Whether it is a word that no rule asks for.
    fn unknown(&self, at: usize) -> bool {
        matches!(self.atoms.get(at), Some(Atom { kind: Kind::Word(Word::Unknown), .. }))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        !self.unknown(at) && self.text(at).eq_ignore_ascii_case(word)
    }

    fn any(&self, at: usize, words: &[&str]) -> bool {
        if self.unknown(at) {
            return false;
        }
        let text = self.text(at).as_bytes();
        let Some(first) = text.first().map(u8::to_ascii_lowercase) else { return false };
        // The words of the lists are in lower case.
        let alike = |word: &&str| word.len() == text.len() && word.as_bytes().first() == Some(&first);
        words.iter().any(|word| alike(word) && word.as_bytes().eq_ignore_ascii_case(text))
    }

    fn any_before(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && self.any(at - 1, words)
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        matches!(self.atoms.get(at), Some(atom) if atom.kind == Kind::Mark(mark))
    }

    fn joined(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| !atom.spaced)
    }

    fn capital(&self, at: usize) -> bool {
        self.text(at).starts_with(|ch: char| ch.is_uppercase())
    }

    fn lower(&self, at: usize) -> bool {
        self.text(at).starts_with(|ch: char| ch.is_lowercase())
    }

    /// A plain whole number and how many digits it has.
    fn plain(&self, at: usize) -> Option<(u32, u8)> {
        match self.atoms.get(at)?.kind {
            Kind::Number { value, digits: digits @ 1..=9 } => Some((value as u32, digits)),
            _ => None,
        }
    }

    /// Past one of these words, if it stands there.
    fn skip(&self, at: usize, words: &[&str]) -> usize {
        if self.any(at, words) { at + 1 } else { at }
    }

    fn skip_mark(&self, at: usize, mark: char) -> usize {
        if self.mark(at, mark) { at + 1 } else { at }
    }
}

/// Finds the phrases of one sentence, left to right, none overlapping.
pub fn phrases(cursor: &Cursor, found: &mut Vec<Phrase>) {
    let mut at = 0;
    while at < cursor.atoms.len() {
        // No rule begins with a word that none asks for.
        if cursor.unknown(at) {
            at += 1;
            continue;
        }
        let mut best: Option<Phrase> = None;
        for rule in RULES {
            if let Some(phrase) = rule(cursor, at)
                && best.is_none_or(|best| phrase.end > best.end)
            {
                best = Some(phrase);
            }
        }
        match best {
            Some(phrase) => {
                at = phrase.end.max(at + 1);
                found.push(phrase);
            }
            None => at += 1,
        }
    }
}

// ---------------------------------------------------------------- numbers

/// A number in figures or words ("15", "2.5", "2 1/2", "twenty-four", "a hundred", "two thousand").
fn number(c: &Cursor, at: usize) -> Option<(f64, usize)> {
    if let Kind::Number { value, digits } = c.atoms.get(at)?.kind {
        if let (Some((top, 1)), true, Some((bottom, 1))) = (c.plain(at + 1), c.mark(at + 2, '/'), c.plain(at + 3))
            && bottom > 0
        {
            return Some((value + f64::from(top) / f64::from(bottom), at + 4));
        }
        return (digits < 9).then_some((value, at + 1));
    }
    let mut total = 0.0;
    let mut next = at;
    // "a hundred", "a dozen"
    if c.any(at, &["a", "one"]) && (matches!(c.word(at + 1), Word::Cardinal(100 | 1000)) || c.is(at + 1, "dozen")) {
        next = at + 1;
        total = 1.0;
    }
    if c.is(next, "dozen") {
        return (next > at).then_some((12.0, next + 1));
    }
    while let Word::Cardinal(value) = c.word(next) {
        let value = f64::from(value);
        total = if value >= 100.0 { f64::max(total, 1.0) * value } else { total + value };
        next += 1;
        if c.mark(next, '-') && matches!(c.word(next + 1), Word::Cardinal(1..=9)) {
            next += 1;
        }
    }
    (next > at).then_some((total, next))
}

/// How many: a number, "a", "several", "a few", "half a". `None` inside is "some".
fn count(c: &Cursor, at: usize) -> Option<(Option<f64>, usize)> {
    if c.any(at, &["a", "the"]) && c.is(at + 1, "few") || c.is(at, "a") && c.is(at + 1, "number") && c.is(at + 2, "of")
    {
        return Some((None, at + if c.is(at + 1, "few") { 2 } else { 3 }));
    }
    if c.any(at, &["a", "the"]) && c.is(at + 1, "couple") {
        return Some((Some(2.0), c.skip(at + 2, &["of"])));
    }
    if c.is(at, "couple") {
        return Some((Some(2.0), c.skip(at + 1, &["of"])));
    }
    if c.any(at, &["several", "few", "many", "some", "numerous"]) && number(c, at + 1).is_none() {
        return Some((None, at + 1));
    }
    if c.is(at, "half") {
        let next = c.skip_mark(c.skip(at + 1, &["a", "an"]), '-');
        return Some((Some(0.5), next));
    }
    if let Some((value, next)) = number(c, at) {
        // "two or three", "10 to 14", "two and a half"
        let joins = c.any(next, &["to", "or"]) || c.mark(next, '-') && c.plain(next + 1).is_some();
        if let Some((_, end)) = number(c, next + 1).filter(|_| joins) {
            return Some((Some(value), end));
        }
        if c.is(next, "and") && c.is(next + 1, "a") && c.is(next + 2, "half") {
            return Some((Some(value + 0.5), next + 3));
        }
        return Some((
            Some(value),
            c.skip(next, &["more", "full", "additional", "straight", "consecutive", "further", "whole", "long"]),
        ));
    }
    if c.any(at, &["a", "an", "another"]) {
        if c.is(at, "another")
            && let Some((value, next)) = number(c, at + 1)
        {
            return Some((Some(value), next));
        }
        if c.is(at + 1, "half") && c.mark(at + 2, '-') {
            return Some((Some(0.5), at + 3));
        }
        return Some((Some(1.0), c.skip(at + 1, &["full", "single", "whole", "further", "additional"])));
    }
    None
}

/// Past "about", "nearly", "more than", "at least" and the like.
fn about(c: &Cursor, at: usize) -> usize {
    if c.any(at, &["about", "around", "nearly", "almost", "roughly", "approximately", "over", "under", "some", "just"])
    {
        // "over the past year" is no "more than".
        let the =
            c.is(at + 1, "the") || matches!(c.word(at + 1), Word::Pick(_)) || c.any(at + 1, &["several", "recent"]);
        return match c.is(at, "just") {
            true if c.any(at + 1, &["over", "under", "about"]) => at + 2,
            true => at,
            false if the => at,
            false => at + 1,
        };
    }
    if c.any(at, &["more", "less", "fewer"]) && c.is(at + 1, "than") {
        return at + 2;
    }
    if c.is(at, "no") && c.any(at + 1, &["more", "less"]) && c.is(at + 2, "than") {
        return at + 3;
    }
    if c.is(at, "at") && c.any(at + 1, &["least", "most"])
        || c.is(at, "up") && c.is(at + 1, "to")
        || c.is(at, "close") && c.is(at + 1, "to")
    {
        return at + 2;
    }
    at
}

/// A year in figures, or spoken ("nineteen ninety-six", "two thousand five").
fn year(c: &Cursor, at: usize) -> Option<(i16, usize)> {
    if let Some((value @ 1000..=2199, 4)) = c.plain(at) {
        // "2013.", "2013/14" and "2013-14" are years; "2013%" and "2013:" are not.
        let bad = c.mark(at + 1, '%') || c.mark(at + 1, ':') && c.joined(at + 1) && c.plain(at + 2).is_some();
        return (!bad).then_some((value as i16, at + 1));
    }
    if c.mark(at, '\'')
        && c.joined(at + 1)
        && let Some((value, 2)) = c.plain(at + 1)
    {
        return Some((if value < 40 { 2000 } else { 1900 } + value as i16, at + 2));
    }
    let tens = |at: usize| match (c.word(at), c.word(at + 2)) {
        (Word::Cardinal(tens @ 20..=90), Word::Cardinal(ones @ 1..=9)) if c.mark(at + 1, '-') => {
            Some((tens + ones, at + 3))
        }
        (Word::Cardinal(value @ 10..=90), _) => Some((value, at + 1)),
        _ => None,
    };
    if let Word::Cardinal(century @ 18..=20) = c.word(at) {
        let (rest, next) = tens(at + 1)?;
        return Some((century as i16 * 100 + rest as i16, next));
    }
    if c.word(at) == Word::Cardinal(2) && c.word(at + 1) == Word::Cardinal(1000) {
        let next = c.skip(at + 2, &["and"]);
        return Some(match c.word(next) {
            Word::Cardinal(ones @ 1..=19) => (2000 + ones as i16, next + 1),
            _ => (2000, at + 2),
        });
    }
    None
}

/// A day of the month ("12", "12th", "twelfth", "twenty-first").
fn day_number(c: &Cursor, at: usize) -> Option<(u8, usize)> {
    if let Some((value @ 1..=31, 1 | 2)) = c.plain(at) {
        let next = if c.joined(at + 1) && c.any(at + 1, &["st", "nd", "rd", "th"]) { at + 2 } else { at + 1 };
        let clock = c.mark(next, ':') && c.joined(next) && c.plain(next + 1).is_some();
        let other =
            c.mark(next, '%') || c.any(next, &["percent", "am", "pm"]) || c.is(next, "p") && c.mark(next + 1, '.');
        return (!clock && !other).then_some((value as u8, next));
    }
    match (c.word(at), c.word(at + 2)) {
        (Word::Cardinal(tens @ (20 | 30)), Word::Ordinal(ones @ 1..=9)) if c.mark(at + 1, '-') => {
            Some((tens as u8 + ones, at + 3))
        }
        (Word::Ordinal(value), _) => Some((value, at + 1)),
        _ => None,
    }
}

// ---------------------------------------------------------------- hours

/// "2:30 p.m. EST", "11:53pm IST", "02:57 UTC", "1830 GMT", "noon", "3 o'clock".
fn hours(c: &Cursor, at: usize) -> Option<(Clock, usize)> {
    if let Word::Part(part @ (DayPart::Noon | DayPart::Midnight)) = c.word(at) {
        return Some((Clock::Part(part), zone(c, at + 1)));
    }
    if let Some((value, 4)) = c.plain(at)
        && value / 100 < 24
        && value % 100 < 60
        && (c.word(at + 1) == Word::Zone && c.capital(at + 1)
            || c.any(at + 1, &["hours", "hrs"])
            || c.any(at + 1, &["local"]))
    {
        let next = c.skip(at + 1, &["hours", "hrs"]);
        return Some((Clock::At((value / 100) as u8, (value % 100) as u8), zone(c, next)));
    }
    let (hour, minute, next, told) = match (c.plain(at), c.atoms.get(at)?.kind) {
        (Some((hour @ 0..=24, 1 | 2)), _) => {
            if c.mark(at + 1, ':') && c.joined(at + 1) {
                let (minute @ 0..=59, 2) = c.plain(at + 2)? else { return None };
                let seconds = c.mark(at + 3, ':') && matches!(c.plain(at + 4), Some((_, 2)));
                (hour, minute, at + if seconds { 5 } else { 3 }, true)
            } else {
                (hour, 0, at + 1, false)
            }
        }
        (None, Kind::Number { value, .. }) if value < 25.0 && c.text(at).contains('.') => {
            let (hour, minute) = c.text(at).split_once('.')?;
            if minute.len() != 2 {
                return None;
            }
            (hour.parse().ok()?, minute.parse().ok().filter(|m| *m < 60)?, at + 1, false)
        }
        _ => return None,
    };
    let (half, next) = if c.any(next, &["am", "pm"]) {
        (Some(c.is(next, "pm")), next + 1)
    } else if c.any(next, &["a", "p"]) && c.mark(next + 1, '.') && c.is(next + 2, "m") {
        (Some(c.is(next, "p")), if c.mark(next + 3, '.') && c.joined(next + 3) { next + 4 } else { next + 3 })
    } else if c.is(next, "o") && c.mark(next + 1, '\'') && c.is(next + 2, "clock") {
        let in_the = c.is(next + 3, "in") && c.is(next + 4, "the");
        match c.word(next + 5) {
            Word::Part(DayPart::Morning) if in_the => (Some(false), next + 6),
            Word::Part(DayPart::Afternoon | DayPart::Evening) if in_the => (Some(true), next + 6),
            _ => (None, next + 3),
        }
    } else if told || c.any(next, &["hrs"]) {
        (None, c.skip(next, &["hours", "hrs"]))
    } else {
        return None;
    };
    // "a 3:2 vote" and "16:9" are no times.
    if half.is_none() && hour == 24 || half.is_some() && hour == 0 {
        return None;
    }
    let hour = match half {
        Some(pm) if hour <= 12 => hour % 12 + if pm { 12 } else { 0 },
        _ => hour,
    };
    Some((Clock::At(hour as u8, minute as u8), zone(c, next)))
}

/// Past "EST", "local time", "Washington time", "Eastern Daylight Time".
fn zone(c: &Cursor, at: usize) -> usize {
    if c.word(at) == Word::Zone && c.text(at).chars().all(|ch| ch.is_ascii_uppercase()) {
        return at + 1;
    }
    if c.is(at, "local") && c.is(at + 1, "time") || c.capital(at) && c.is(at + 1, "time") {
        return at + 2;
    }
    if c.capital(at)
        && (c.any(at + 1, &["standard", "daylight", "summer"]) || c.capital(at + 1))
        && c.is(at + 2, "time")
    {
        return at + 3;
    }
    at
}

/// A time of day with no day beside it.
fn clock_alone(c: &Cursor, at: usize) -> Option<Phrase> {
    let (clock, end) = hours(c, at)?;
    Some(Phrase { clock: Some(clock), ..Phrase::new(at, end, Meaning::Hours) })
}

// ---------------------------------------------------------------- the calendar

/// A month's name, the atom behind it, and whether it can hardly be anything else.
fn month(c: &Cursor, at: usize) -> Option<(u8, usize, bool)> {
    if !c.capital(at) {
        return None;
    }
    match c.word(at) {
        Word::Month(month) => Some((month, at + 1, !matches!(month, 3 | 4 | 5 | 6 | 8))),
        Word::ShortMonth(month) => {
            let stop = c.mark(at + 1, '.') && c.joined(at + 1) && at + 2 < c.atoms.len();
            Some((month, if stop { at + 2 } else { at + 1 }, stop && !matches!(month, 1 | 3 | 6)))
        }
        _ => None,
    }
}

/// A weekday and the atom behind it.
fn weekday(c: &Cursor, at: usize) -> Option<(u8, usize)> {
    match c.word(at) {
        Word::Weekday(day) => {
            // "Good Friday", "Bloody Sunday" and "Sunday Times" are names.
            let name = c.any_before(
                at,
                &["good", "bloody", "ash", "palm", "holy", "maundy", "super", "cyber", "easter", "black"],
            ) && c.before(at).starts_with(char::is_uppercase)
                || c.any(at + 1, &["times", "telegraph", "mail", "express", "herald", "mirror"]) && c.capital(at + 1);
            (c.capital(at) && !name).then_some((day, at + 1))
        }
        Word::ShortWeekday(day) if c.capital(at) => {
            let next = if c.mark(at + 1, '.') && c.joined(at + 1) { at + 2 } else { at + 1 };
            let beside = c.skip_mark(next, ',');
            let safe = next > at + 1
                && matches!(c.word(at), Word::ShortWeekday(2..=5))
                && !c.capital(next)
                && next < c.atoms.len();
            let dated = month(c, beside).is_some_and(|(_, end, _)| day_number(c, end).is_some())
                || day_number(c, beside).is_some_and(|(_, end)| month(c, end).is_some());
            (dated || safe).then_some((day, next))
        }
        _ => None,
    }
}

/// The year told or pointed at behind a month or season: "2013", ", 2013", "of 2013", "this year", "of that year".
fn year_behind(c: &Cursor, at: usize, comma: bool) -> (YearOf, usize) {
    let next = if comma { c.skip_mark(at, ',') } else { at };
    if let Some((year, end)) = year(c, next).filter(|_| c.plain(next).is_some() || !c.mark(at, ',')) {
        return (YearOf::Told(year), end);
    }
    let next = c.skip(c.skip_mark(at, ','), &["of", "in", "the"]);
    let next = c.skip(next, &["the"]);
    if let Some((year, end)) = year(c, next).filter(|_| c.is(at, "of")) {
        return (YearOf::Told(year), end);
    }
    if let Word::Pick(which) = c.word(next)
        && c.is(next + 1, "year")
        && (c.joined(next) || !c.mark(at, ',') || which == Which::Last)
    {
        return (YearOf::Pointed(which), next + 2);
    }
    (YearOf::Unsaid, at)
}

/// "February 12", "Feb. 5-6", "12 February 2013", "13 and 15 May", "the 12th of February", "2013-02-12", "12/02/2013".
fn date(c: &Cursor, at: usize) -> Option<Phrase> {
    let calendar = |year, place| Meaning::Calendar { year, place, weekday: None };
    if let Some((month, next, _)) = month(c, at) {
        let next = c.skip(next, &["the"]);
        let (day, next) = day_number(c, next).filter(|(_, end)| !counts_things(c, *end) || c.plain(next).is_none())?;
        if let Some((last, end)) = to_day(c, next, c.any_before(at, &["between"])) {
            let (year, end) = year_behind(c, end, true);
            if last > day {
                return Some(Phrase::new(
                    at,
                    end,
                    Meaning::Range((year, Place::Day(month, day)), (year, Place::Day(month, last))),
                ));
            }
        }
        // "April 24 and 25", but not "on April 24 and 25 people"
        if c.is(next, "and")
            && c.plain(next + 1).is_some()
            && let Some((last, end)) = day_number(c, next + 1)
            && last > day
            && (!(c.lower(end) || c.capital(end)) || c.any(end, BEFORE_DATE))
        {
            let (year, end) = year_behind(c, end, true);
            return Some(Phrase::new(
                at,
                end,
                Meaning::Range((year, Place::Day(month, day)), (year, Place::Day(month, last))),
            ));
        }
        let (year, end) = year_behind(c, next, true);
        return Some(Phrase::new(at, end, calendar(year, Place::Day(month, day))));
    }
    let start = if c.is(at, "the") { at + 1 } else { at };
    if let Some((first, next)) = day_number(c, start) {
        let (last, next) = to_day(c, next, true).map_or((None, next), |(last, next)| (Some(last), next));
        let next = c.skip(c.skip(next, &["of"]), &["of"]);
        let hyphen = c.mark(next, '-') && c.joined(next) && c.joined(next + 1);
        if let Some((month, end, _)) = month(c, if hyphen { next + 1 } else { next }) {
            let dashed = hyphen && c.mark(end, '-');
            let (year, end) = if dashed { year_behind(c, end + 1, false) } else { year_behind(c, end, true) };
            let end = if dashed && year == YearOf::Unsaid { end - 1 } else { end };
            return Some(match last.filter(|last| *last > first) {
                Some(last) => Phrase::new(
                    at,
                    end,
                    Meaning::Range((year, Place::Day(month, first)), (year, Place::Day(month, last))),
                ),
                None => Phrase::new(at, end, calendar(year, Place::Day(month, first))),
            });
        }
    }
    figures(c, at)
}

/// Whether what follows a number is a thing that can be counted, so that "May 15 people" is no date.
fn counts_things(c: &Cursor, at: usize) -> bool {
    c.any(
        at,
        &[
            "people", "percent", "million", "billion", "troops", "soldiers", "years", "days", "months", "hours",
            "minutes", "weeks", "per",
        ],
    ) || matches!(c.word(at), Word::Many(_))
}

/// "-6", "to 15", "and 15" behind a day.
fn to_day(c: &Cursor, at: usize, and: bool) -> Option<(u8, usize)> {
    let joins =
        c.mark(at, '-') || c.mark(at, '\u{2014}') || c.any(at, &["to", "through", "until"]) || and && c.is(at, "and");
    c.plain(at + 1).filter(|_| joins)?;
    day_number(c, at + 1)
}

/// Dates in figures.
fn figures(c: &Cursor, at: usize) -> Option<Phrase> {
    let calendar = |year: i16, month: u32, day: u32| {
        let place = Place::Day(month as u8, day as u8);
        Meaning::Calendar { year: YearOf::Told(year), place, weekday: None }
    };
    let Kind::Mark(mark @ ('-' | '/' | '.')) = c.atoms.get(at + 1)?.kind else { return None };
    if !c.mark(at + 3, mark) || (1..5).any(|i| !c.joined(at + i)) || at > 0 && c.joined(at) && c.mark(at - 1, mark) {
        return None;
    }
    let (a, b, third) = (c.plain(at)?, c.plain(at + 2)?, c.plain(at + 4)?);
    let meaning = match (a, b, third) {
        ((year @ 1000..=2199, 4), (month @ 1..=12, _), (day @ 1..=31, 1 | 2)) => calendar(year as i16, month, day),
        ((a @ 1..=31, 1 | 2), (b @ 1..=31, 1 | 2), (year, digits @ (2 | 4))) => {
            let year = match digits {
                2 if mark == '.' => return None,
                2 => year as i16 + if year < 40 { 2000 } else { 1900 },
                _ => year as i16,
            };
            match (a, b) {
                (13.., 1..=12) => calendar(year, b, a),
                (1..=12, 13..) => calendar(year, a, b),
                (1..=12, 1..=12) if mark == '.' || a == b => calendar(year, b, a),
                (1..=12, 1..=12) => Meaning::Figures(year, a as u8, b as u8),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Phrase::new(at, at + 5, meaning))
}

/// A day, with the weekday beside it, as a range, and with its hour or part.
fn day(c: &Cursor, at: usize) -> Option<Phrase> {
    // The hour goes first: "10 p.m. on Wednesday", "noon Saturday", "2 p.m. EST, Nov. 9".
    if let Some((clock, next)) = hours(c, at) {
        let next = c.skip(c.skip_mark(next, ','), &["on"]);
        let phrase = bare_day(c, next)?;
        return Some(Phrase { first: at, clock: Some(clock), ..phrase });
    }
    // The part goes first: "the evening of Nov. 28", "late on the night of February 11", "mid-afternoon yesterday".
    let start = if c.any(at, &["the", "late", "early", "mid"]) { c.skip_mark(at + 1, '-') } else { at };
    if let Word::Part(part) = c.word(start) {
        let next = c.skip(start + 1, &["hours"]);
        let next = c.skip(next, &["of", "on"]);
        if let Some(phrase) = bare_day(c, next) {
            let clock = Some(Clock::Part(part));
            return Some(Phrase { first: at, clock, ..phrase });
        }
    }
    let start = early(c, at);
    let phrase = bare_day(c, start)?;
    let mut phrase = Phrase { first: at, ..with_hours(c, phrase) };
    if start > at
        && matches!(phrase.meaning, Meaning::Calendar { place: Place::Day(..), .. })
        && c.any(at, &["early", "late"])
    {
        phrase.share = None;
    }
    Some(phrase)
}

/// Past "early", "late", "earlier", "later" before a day.
fn early(c: &Cursor, at: usize) -> usize {
    if c.any(at, &["early", "late", "earlier", "later"]) { c.skip(at + 1, &["on"]) } else { at }
}

/// A day with what can be told of its hour behind it.
fn with_hours(c: &Cursor, phrase: Phrase) -> Phrase {
    let next = c.skip(phrase.end, &["early", "late"]);
    if let Word::Part(part) = c.word(next)
        && !matches!(part, DayPart::Midnight)
    {
        let (clock, end) = (Some(Clock::Part(part)), zone(c, next + 1));
        // "Tuesday night, June 18"
        if let Meaning::Relative(Grain::Weekday(day), Which::Bare) = phrase.meaning
            && c.mark(end, ',')
            && let Some(Phrase { end, meaning: Meaning::Calendar { year, place: place @ Place::Day(..), .. }, .. }) =
                date(c, end + 1)
        {
            return Phrase { end, clock, meaning: Meaning::Calendar { year, place, weekday: Some(day) }, ..phrase };
        }
        return Phrase { end, clock, ..phrase };
    }
    if let Some((clock, end)) = hours(c, c.skip(c.skip_mark(phrase.end, ','), &["at", "around", "by"])) {
        return Phrase { end, clock: Some(clock), ..phrase };
    }
    phrase
}

fn bare_day(c: &Cursor, at: usize) -> Option<Phrase> {
    if let Word::Today(offset) = c.word(at) {
        let clock = c.is(at, "tonight").then_some(Clock::Part(DayPart::Night));
        return Some(Phrase { clock, ..Phrase::new(at, at + 1, Meaning::Today(offset)) });
    }
    if let Some((first, next)) = weekday(c, at) {
        return Some(weekday_phrase(c, at, first, next));
    }
    let picked = picked_weekday(c, at);
    if picked.is_some() {
        return picked;
    }
    let phrase = date(c, at)?;
    if let Meaning::Calendar { year, place: place @ Place::Day(..), .. } = phrase.meaning {
        // "from November 20 to December 11", "January 23 - March 9 2014"
        let from = c.any_before(at, &["from", "between"]);
        let joins = c.mark(phrase.end, '-')
            || from && c.any(phrase.end, &["to", "through", "until"])
            || c.any_before(at, &["between"]) && c.is(phrase.end, "and");
        if joins
            && let Some(Phrase {
                end,
                meaning: Meaning::Calendar { year: last_year, place: last @ Place::Day(..), .. },
                ..
            }) = date(c, phrase.end + 1)
        {
            let first_year = if year == YearOf::Unsaid { last_year } else { year };
            return Some(Phrase::new(at, end, Meaning::Range((first_year, place), (last_year, last))));
        }
        // "February 12 (Tuesday)"
        if c.mark(phrase.end, '(')
            && let Some((day, next)) = weekday(c, phrase.end + 1)
            && c.mark(next, ')')
        {
            return Some(Phrase::new(at, next + 1, Meaning::Calendar { year, place, weekday: Some(day) }));
        }
    }
    Some(phrase)
}

/// "Tuesday", "Tuesday, February 12", "Sunday (5th)", "Sunday to Tuesday", "Tuesday of last week".
fn weekday_phrase(c: &Cursor, at: usize, first: u8, next: usize) -> Phrase {
    let bare = Meaning::Relative(Grain::Weekday(first), Which::Bare);
    let inner = if c.mark(next, '(') { next + 1 } else { c.skip(c.skip_mark(next, ','), &["the"]) };
    if let Some(phrase) = date(c, inner)
        && let Meaning::Calendar { year, place, .. } = phrase.meaning
    {
        let end = if c.mark(next, '(') { c.skip_mark(phrase.end, ')') } else { phrase.end };
        return Phrase::new(at, end, Meaning::Calendar { year, place, weekday: Some(first) });
    }
    if let Some((day, end)) = day_number(c, inner).filter(|(_, end)| *end == inner + 2 && c.plain(inner).is_some()) {
        // The suffix ("5th") is what makes it a day.
        let closed = !c.mark(next, '(') || c.mark(end, ')');
        if closed && !c.lower(end) || c.any(end, BEFORE_DATE) || c.mark(next, '(') {
            let end = if c.mark(next, '(') { c.skip_mark(end, ')') } else { end };
            let place = Place::DayOnly(day);
            return Phrase::new(at, end, Meaning::Calendar { year: YearOf::Unsaid, place, weekday: Some(first) });
        }
    }
    let joins = c.mark(next, '-')
        || c.any(next, &["to", "through", "until"])
        || c.is(next, "and") && c.any_before(at, &["between"]);
    if joins && let Some((last, end)) = weekday(c, next + 1) {
        return Phrase::new(at, end, Meaning::Weekdays(first, last));
    }
    let week = c.skip(next, &["of"]);
    if let Word::Pick(which) = c.word(week)
        && c.is(week + 1, "week")
    {
        return Phrase::new(at, week + 2, Meaning::WeekdayOf(first, which));
    }
    Phrase::new(at, next, bare)
}

/// "last Friday", "the previous Friday", "this coming Sunday, March 8th".
fn picked_weekday(c: &Cursor, at: usize) -> Option<Phrase> {
    let (which, next) = pick(c, at)?;
    let (day, next) = weekday(c, next)?;
    let phrase = weekday_phrase(c, at, day, next);
    Some(match phrase.meaning {
        Meaning::Relative(grain, _) => Phrase::new(at, phrase.end, Meaning::Relative(grain, which)),
        _ => phrase,
    })
}

/// "last", "the next", "this past", "that same": which of several, and the atom behind.
fn pick(c: &Cursor, at: usize) -> Option<(Which, usize)> {
    let the = c.any(at, &["the", "its", "their", "his", "her"]);
    let start = if the { at + 1 } else { at };
    let which = match c.word(start) {
        Word::Pick(which) => which,
        Word::Vague(Reference::Present) if c.is(start, "current") => Which::This,
        _ => return None,
    };
    let mut next = start + 1;
    let mut which = which;
    if let Word::Pick(second) = c.word(next) {
        which = if which == Which::Same { Which::Same } else { second };
        next += 1;
    }
    // "the next day" counts from what was spoken of; "next week" from today.
    if the && which == Which::Next && c.is(start, "next") {
        which = Which::Following;
    }
    Some((which, next))
}

/// A month, a year, a decade, a quarter, a season of a told or unsaid year; "the 14th".
fn calendar(c: &Cursor, at: usize) -> Option<Phrase> {
    let (share, start) = share(c, at);
    let phrase = calendar_place(c, start, share.is_some())?;
    Some(Phrase { first: at, share, ..phrase })
}

/// "early", "mid-", "late in", "the end of", "earlier", and the atom behind it; only what can stand before a span.
fn share(c: &Cursor, at: usize) -> (Option<Share>, usize) {
    let the = c.skip(at, &["the", "its"]);
    let noun = |share| if c.is(the + 1, "of") { (Some(share), the + 2) } else { (None, at) };
    let adjective = |share: Share| {
        let next = c.skip_mark(the + 1, '-');
        let next = if matches!(share, Share::Middle) { next } else { c.skip(next, &["in"]) };
        (Some(share), next)
    };
    match () {
        _ if c.any(the, &["end", "close"]) => noun(Share::End),
        _ if c.any(the, &["beginning", "start", "outset"]) => noun(Share::Start),
        _ if c.any(the, &["middle"]) => noun(Share::Middle),
        _ if c.any(the, &["early"]) => adjective(Share::Early),
        _ if c.any(the, &["mid"]) => adjective(Share::Middle),
        _ if c.any(the, &["late"]) => adjective(Share::Late),
        _ if c.any(at, &["earlier"]) => adjective(Share::Earlier),
        _ if c.any(at, &["later"]) => adjective(Share::Later),
        _ => part_of_month(c, the).map_or((None, at), |(share, next)| (Some(share), next)),
    }
}

/// "first week of", "last ten days of", "second half of" before a month, and the atom behind it.
fn part_of_month(c: &Cursor, at: usize) -> Option<(Share, usize)> {
    let rank = match c.word(at) {
        Word::Ordinal(rank @ 1..=4) => rank,
        Word::Pick(Which::Last) if c.is(at, "last") => 5,
        Word::Other if c.is(at, "final") => 5,
        _ => return None,
    };
    let (share, next) = match c.word(at + 1) {
        Word::One(Unit::Week) => (Share::Week(rank), at + 2),
        Word::One(Unit::Fortnight) | Word::Stretch(Grain::Half) if rank < 3 => (Share::Half(rank), at + 2),
        Word::Cardinal(10) if c.is(at + 2, "days") && rank != 4 => (Share::Third(rank.min(3)), at + 3),
        _ => return None,
    };
    let of = c.is(next, "of").then_some(next + 1)?;
    let pointed = pick(c, of).is_some_and(|(_, next)| c.is(next, "month"));
    (pointed || month(c, of).is_some()).then_some((share, of))
}

fn calendar_place(c: &Cursor, at: usize, shared: bool) -> Option<Phrase> {
    let phrase = |end, year, place| Some(Phrase::new(at, end, Meaning::Calendar { year, place, weekday: None }));
    let the = c.skip(at, &["the", "a", "its"]);
    // "fiscal 1989", "the year 2000", "fiscal year 2013"
    let label = c.skip(the, &["fiscal"]);
    let label = c.skip(label, &["year"]);
    if label > the
        && let Some((year, end)) = year(c, label)
    {
        return phrase(end, YearOf::Told(year), Place::Year);
    }
    if let Some((month, next, sure)) = month(c, at) {
        let (year, end) = year_behind(c, next, true);
        let company = shared || year != YearOf::Unsaid || c.any_before(at, BEFORE_DATE);
        // "May" and "August" alone may be a person or a verb; a capital behind makes a name of it ("April Glaspie", "March Violets").
        let short = matches!(c.word(at), Word::ShortMonth(_));
        let named = c.capital(next) && year == YearOf::Unsaid && !sure;
        let told = (sure || company || !short && month != 5 && month != 3 && at > 0)
            && (!named || shared)
            && (!short || sure || year != YearOf::Unsaid);
        return if told { phrase(end, year, Place::Month(month)) } else { None };
    }
    if let Some(found) = named_span(c, at) {
        return Some(found);
    }
    if let Some((season, next)) = season(c, c.skip(the, &["early", "late", "mid"])) {
        let (year, end) = year_behind(c, next, true);
        // "the fall of Baghdad", "spring water", "Summer Olympics"
        let risky = season == 0 || c.is(next - 1, "fall");
        let in_the = the > at
            && c.any_before(
                at,
                &["in", "during", "over", "by", "until", "since", "through", "for", "this", "of", "throughout"],
            );
        let bare = c.any_before(
            at,
            &["in", "during", "by", "until", "since", "through", "early", "late", "last", "this", "next"],
        );
        let plain = c.lower(next - 1) && !c.is(next, "of") && (bare || in_the || !risky && the > at || shared);
        return if year != YearOf::Unsaid || plain { phrase(end, year, Place::Season(season)) } else { None };
    }
    if the > at
        && let Some((day, end)) = day_number(c, the).filter(|(_, end)| c.plain(the).is_none() || *end == the + 2)
        && let Some((which, end)) = month_pointed_at(c, end)
    {
        return Some(Phrase::new(at, end, Meaning::DayOf(day, which)));
    }
    if let Some((day, end)) =
        day_number(c, the).filter(|(_, end)| the > at && c.plain(the).is_some() && *end == the + 2)
    {
        // "on the 14th", but not "the 6th Fleet" or "the 5th round".
        let free = !(c.lower(end) || c.capital(end))
            || c.any(end, BEFORE_DATE)
            || c.any(end, &["at", "with", "when", "that", "but", "if", "is", "was", "will", "has", "had"]);
        let led = c.any_before(
            at,
            &[
                "on", "by", "until", "till", "from", "since", "through", "before", "after", "of", "and", "to",
                "between", "for",
            ],
        );
        return if free && led && !c.mark(end, '-') { phrase(end, YearOf::Unsaid, Place::DayOnly(day)) } else { None };
    }
    if let Some((holiday, end)) = holiday(c, at) {
        let (year, end) = year_behind(c, end, true);
        return phrase(end, year, Place::Holiday(holiday));
    }
    year_alone(c, at, shared)
}

/// "of this month", "of the month", "instant" behind a day.
fn month_pointed_at(c: &Cursor, at: usize) -> Option<(Which, usize)> {
    const LETTERS: [(&[&str], Which); 3] =
        [(&["instant", "inst"], Which::This), (&["ultimo", "ult"], Which::Last), (&["proximo", "prox"], Which::Next)];
    if let Some((_, which)) = LETTERS.iter().find(|(words, _)| c.any(at, words)) {
        return Some((*which, at + 1));
    }
    if !c.is(at, "of") {
        return None;
    }
    let (which, next) = pick(c, at + 1).or_else(|| c.is(at + 1, "the").then_some((Which::Same, at + 2)))?;
    c.is(next, "month").then_some((which, next + 1))
}

/// Decades, centuries, quarters and halves: "the 1990s", "the '80s", "the nineties", "the 19th century", "the third quarter of 2009".
fn named_span(c: &Cursor, at: usize) -> Option<Phrase> {
    let the = c.skip(at, &["the", "its", "a"]);
    let after_share = {
        let (share, next) = share(c, the);
        if share.is_some() && next == the + 1 || c.mark(next.saturating_sub(1), '-') && share.is_some() {
            next
        } else {
            the
        }
    };
    let core = after_share;
    let quote = c.skip_mark(core, '\'');
    if let Some((value, digits @ (2 | 4))) = c.plain(quote)
        && c.is(quote + 1, "s")
        && c.joined(quote + 1)
        && value % 10 == 0
    {
        let decade = match digits {
            4 if (1000..2100).contains(&value) => value as i16,
            2 if quote > core || the > at => 1900 + value as i16 - if value == 0 { -100 } else { 0 },
            _ => return None,
        };
        return Some(Phrase::new(at, quote + 2, Meaning::Decade(decade)));
    }
    const DECADES: [&str; 8] =
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    if the > at
        && let Some(place) = DECADES.iter().position(|name| c.is(core, name))
    {
        // "in his sixties" is an age.
        return (!c.any(at, &["his", "her", "its", "their"]))
            .then(|| Phrase::new(at, core + 1, Meaning::Decade(1920 + 10 * place as i16)));
    }
    let (ordinal, next) = match day_number(c, core) {
        Some((value, next)) if c.plain(core).is_none() || next == core + 2 => (value, next),
        _ => (0, core),
    };
    let next = c.skip_mark(next, '-');
    if ordinal > 0 && c.any(next, &["century"]) {
        return Some(Phrase::new(at, next + 1, Meaning::Century(i16::from(ordinal) * 100 - 100)));
    }
    // "the 1988 third quarter", "last year's third quarter", "the third quarter of last year"
    let told = year(c, the).filter(|_| c.plain(the).is_some());
    let pointed = pick(c, at).filter(|(_, next)| c.is(*next, "year") && c.mark(next + 1, '\'') && c.is(next + 2, "s"));
    let (year, core) = match (told, pointed) {
        (Some((year, next)), _) => (YearOf::Told(year), next),
        (None, Some((which, next))) => (YearOf::Pointed(which), next + 3),
        (None, None) => (YearOf::Unsaid, core),
    };
    let ago = c.is(core, "year") && c.mark(core + 1, '-') && c.any(core + 2, &["ago", "earlier"]);
    let (year, core) =
        if ago && year == YearOf::Unsaid { (YearOf::Pointed(Which::Previous), core + 3) } else { (year, core) };
    let core = c.skip_mark(c.skip(core, &["fiscal", "flat", "current", "final"]), '-');
    let rank = match c.word(core) {
        Word::Ordinal(rank @ 1..=4) => rank,
        Word::Pick(Which::Last) if c.is(core, "last") && the > at => 9,
        Word::Other if c.is(core, "latter") => 9,
        _ => match c.plain(core) {
            Some((rank @ 1..=4, 1)) if c.joined(core + 1) && c.any(core + 1, &["st", "nd", "rd", "th"]) => rank as u8,
            _ => return None,
        },
    };
    let next = if c.plain(core).is_some() { core + 2 } else { core + 1 };
    let next = c.skip_mark(c.skip(next, &["fiscal"]), '-');
    match c.word(next) {
        Word::Stretch(Grain::Quarter) if rank <= 4 => {
            let (year, end) = if year == YearOf::Unsaid { year_behind(c, next + 1, false) } else { (year, next + 1) };
            // "its third-quarter loss" needs no article.
            let first = if year == YearOf::Unsaid && c.mark(next - 1, '-') { core } else { at };
            Some(Phrase::new(first, end, Meaning::Calendar { year, place: Place::Quarter(rank), weekday: None }))
        }
        Word::Stretch(Grain::Half) => {
            let (year, end) = if year == YearOf::Unsaid { year_behind(c, next + 1, false) } else { (year, next + 1) };
            let half = if rank == 1 { 1 } else { 2 };
            (year != YearOf::Unsaid && rank != 3 && rank != 4)
                .then(|| Phrase::new(at, end, Meaning::Calendar { year, place: Place::Half(half), weekday: None }))
        }
        _ => None,
    }
}

/// A season's name.
fn season(c: &Cursor, at: usize) -> Option<(u8, usize)> {
    match c.word(at) {
        Word::Stretch(Grain::Season(season)) => Some((season, at + 1)),
        _ => None,
    }
}

/// "Christmas Day", "New Year's Eve", "Thanksgiving", "the Fourth of July" is a date already.
fn holiday(c: &Cursor, at: usize) -> Option<(Holiday, usize)> {
    if !c.capital(at) {
        return None;
    }
    if let Word::Feast(holiday) = c.word(at) {
        return Some(match (c.is(at, "christmas"), c.is(at + 1, "eve"), c.is(at + 1, "day")) {
            (true, true, _) => (Holiday::Fixed(12, 24), at + 2),
            (_, _, true) => (holiday, at + 2),
            _ => (holiday, at + 1),
        });
    }
    let new_year = c.is(at, "new") && c.is(at + 1, "year") && c.mark(at + 2, '\'') && c.is(at + 3, "s");
    const DAYS: &[(&[&str], Holiday)] = &[
        (&["may", "day"], Holiday::Fixed(5, 1)),
        (&["labor", "day"], Holiday::Nth(1, 9, 1)),
        (&["memorial", "day"], Holiday::Nth(-1, 5, 1)),
        (&["bastille", "day"], Holiday::Fixed(7, 14)),
        (&["election", "day"], Holiday::Nth(0, 11, 2)),
    ];
    match () {
        _ if new_year && c.is(at + 4, "eve") => Some((Holiday::Fixed(12, 31), at + 5)),
        _ if new_year && c.is(at + 4, "day") => Some((Holiday::Fixed(1, 1), at + 5)),
        _ => {
            let (names, holiday) =
                DAYS.iter().find(|(names, _)| c.is(at, names[0]) && c.is(at + 1, names[1]) && c.capital(at + 1))?;
            Some((*holiday, at + names.len()))
        }
    }
}

/// A year in figures with nothing beside it, or before Christ.
fn year_alone(c: &Cursor, at: usize, shared: bool) -> Option<Phrase> {
    // "480 BC"
    if let Some((value @ 1..=4000, _)) = c.plain(at)
        && (c.any(at + 1, &["bc", "bce"]) || c.is(at + 1, "b") && c.mark(at + 2, '.') && c.is(at + 3, "c"))
    {
        let end = if c.is(at + 1, "b") { c.skip_mark(at + 4, '.') } else { at + 2 };
        return Some(Phrase::new(at, end, Meaning::BeforeChrist(value as u16)));
    }
    if at > 1
        && c.mark(at - 1, '-')
        && c.joined(at)
        && c.joined(at - 1)
        && let (Some((first, _)), Some((_, 2))) = (year(c, at - 2), c.plain(at))
        && let Some(last) = end_of_years(c, first, at)
    {
        return Some(Phrase::new(
            at,
            at + 1,
            Meaning::Calendar { year: YearOf::Told(last), place: Place::Year, weekday: None },
        ));
    }
    let (value, end) = year(c, at)?;
    let spoken = c.plain(at).is_none();
    let led = shared || c.any_before(at, BEFORE_DATE);
    let numbered = c.capital(at.wrapping_sub(1)) && c.any_before(at, NUMBERED);
    let preceded = numbered
        || at > 0
            && (c.mark(at - 1, '$')
                || c.mark(at - 1, '#')
                || c.mark(at - 1, '.') && c.joined(at)
                || c.mark(at - 1, '/')
                || c.mark(at - 1, '\u{a3}')
                || c.mark(at - 1, '\u{20ac}'));
    if preceded || c.mark(end, '/') && c.joined(end) && !led {
        return None;
    }
    if spoken && c.mark(at, '\'') {
        return led.then(|| {
            Phrase::new(at, end, Meaning::Calendar { year: YearOf::Told(value), place: Place::Year, weekday: None })
        });
    }
    // "2009-2012", "2012-13": two years, each for itself.
    let ranged = |at: usize| c.mark(at, '-') && c.joined(at) && c.joined(at + 1);
    if ranged(end) && (1500..2100).contains(&value) && end_of_years(c, value, end + 1).is_some()
        || at > 1 && ranged(at - 1) && year(c, at - 2).is_some()
    {
        return Some(Phrase::new(
            at,
            end,
            Meaning::Calendar { year: YearOf::Told(value), place: Place::Year, weekday: None },
        ));
    }
    let follows = c.text(end);
    let unit = c.any(end, MEASURES) || matches!(c.word(end), Word::Many(_));
    // "2013 troops" counts; "the 2013 elections" tells a year.
    let plural = follows.len() > 3
        && c.lower(end)
        && follows.ends_with('s')
        && !follows.ends_with("ss")
        && !c.any(end, &["was", "does", "series", "as", "has", "his", "this", "its", "is"]);
    let named = c.any_before(at, &["the", "s", "'", "its", "their", "a"]);
    let strong = led && !c.any_before(at, &["of", "and", "to", "from", "for", "about", "around", "over", "or", "as"]);
    let modern = (1900..2060).contains(&value);
    let fits = !unit && (modern && (!plural || named || strong) || (1000..1900).contains(&value) && led && !plural);
    (fits || spoken).then(|| {
        Phrase::new(at, end, Meaning::Calendar { year: YearOf::Told(value), place: Place::Year, weekday: None })
    })
}

/// The second year of "2009-2012" or "2012-13".
fn end_of_years(c: &Cursor, first: i16, at: usize) -> Option<i16> {
    let last = match c.plain(at)? {
        (last, 4) => last as i16,
        (last, 2) => first / 100 * 100 + last as i16,
        _ => return None,
    };
    (last > first && last < first + 200).then_some(last)
}

// ---------------------------------------------------------------- spans counted from another

/// "last week", "earlier this year", "the following day", "that evening", "the end of the month", "January last year".
fn span(c: &Cursor, at: usize) -> Option<Phrase> {
    let (share, start) = share(c, at);
    let (which, next) = pick(c, start)
        .or_else(|| (c.any(start, &["the", "its"])).then_some((Which::Bare, start + 1)))
        .or_else(|| share.filter(|s| !matches!(s, Share::Earlier | Share::Later)).map(|_| (Which::Bare, start)))?;
    let phrase = |end, grain| Some(Phrase { share, ..Phrase::new(at, end, Meaning::Relative(grain, which)) });
    let part = |end: usize, part: DayPart| {
        let clock = Some(Clock::Part(part));
        let meaning = match which {
            Which::This => Meaning::Today(0),
            Which::Last if matches!(part, DayPart::Night | DayPart::Evening) => Meaning::Today(-1),
            Which::Same | Which::Following | Which::Previous => Meaning::Relative(Grain::Day, which),
            _ => return None,
        };
        Some(Phrase { clock, share: None, ..Phrase::new(at, end, meaning) })
    };
    // "This Week" is a programme.
    let always_capital =
        matches!(c.word(next), Word::Weekday(_) | Word::Month(_) | Word::ShortMonth(_) | Word::Feast(_));
    if at > 0 && c.capital(next) && !always_capital && !c.lower(next - 1) {
        return None;
    }
    match c.word(next) {
        Word::Part(p) => part(next + 1, p),
        Word::One(Unit::Day) => match which {
            // "the last day of the talks" and "this day and age" are not told.
            Which::Same | Which::Following | Which::Previous => Some(with_hours(c, phrase(next + 1, Grain::Day)?)),
            Which::Bare if c.any(next + 1, &["before", "after"]) => beside(c, at, next, Unit::Day),
            Which::Bare if share == Some(Share::Earlier) || share == Some(Share::Later) => {
                Some(Phrase { share: None, ..Phrase::new(at, next + 1, Meaning::Relative(Grain::Day, Which::Same)) })
            }
            _ => None,
        },
        Word::One(unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century)) => {
            if which == Which::Bare {
                if c.any(next + 1, &["before", "after", "earlier"]) && share.is_none() {
                    return beside(c, at, next, unit);
                }
                let ends = share.is_some()
                    || c.any_before(at, &["during", "in", "for", "of", "over", "within"])
                        && matches!(unit, Unit::Year | Unit::Week)
                        && !c.any(next + 1, &["of"])
                        && !c.lower(next + 1);
                if !ends || c.is(next + 1, "of") && !share.is_some_and(|s| s == Share::End) {
                    return None;
                }
                // "the week of March 9" belongs to the day; left to the day.
                return phrase(next + 1, unit.grain());
            }
            if c.is(next + 1, "and") && c.is(next + 2, "a") && c.is(next + 3, "half") {
                return None;
            }
            // "last year's third quarter" is longer and goes elsewhere.
            phrase(next + 1, unit.grain())
        }
        // "a quarter-century", "quarter-to-quarter"
        Word::Stretch(Grain::Quarter) if c.mark(next + 1, '-') => None,
        Word::Stretch(grain @ (Grain::Weekend | Grain::Quarter)) => {
            if which == Which::Bare && grain == Grain::Quarter && c.is(next + 1, "of") && !c.any(next + 2, &["the"]) {
                return None;
            }
            phrase(next + 1, grain)
        }
        Word::Stretch(grain @ Grain::Season(_)) if which != Which::Bare => phrase(next + 1, grain),
        // "last Oct. 23"
        Word::Month(_) | Word::ShortMonth(_) if which != Which::Bare && date(c, next).is_some() => {
            date(c, next).map(|phrase| Phrase { first: at, ..phrase })
        }
        Word::Month(month) if which != Which::Bare && c.capital(next) => phrase(next + 1, Grain::Named(month)),
        Word::ShortMonth(month) if which != Which::Bare && c.capital(next) => {
            phrase(c.skip_mark(next + 1, '.'), Grain::Named(month))
        }
        Word::Feast(_) if which != Which::Bare => {
            let (holiday, end) = holiday(c, next)?;
            phrase(end, Grain::Holiday(holiday))
        }
        Word::Hint if c.is(next, "fiscal") && c.is(next + 1, "year") && which != Which::Bare => {
            phrase(next + 2, Grain::Year)
        }
        Word::Other if c.any(next, &["period", "fiscal"]) && which == Which::Latest => phrase(next + 1, Grain::Quarter),
        Word::Other if c.is(next, "full") && c.is(next + 1, "year") => phrase(next + 2, Grain::Year),
        _ => None,
    }
}

/// "the day before", "the year after".
fn beside(c: &Cursor, at: usize, unit_at: usize, unit: Unit) -> Option<Phrase> {
    let back = !c.is(unit_at + 1, "after");
    // "the day before yesterday", "the day after tomorrow", "the day before last Tuesday"
    if unit == Unit::Day
        && let Some(Phrase { end, meaning: Meaning::Today(offset), .. }) = bare_day(c, unit_at + 2)
    {
        return Some(Phrase::new(at, end, Meaning::Today(offset + if back { -1 } else { 1 })));
    }
    let meaning = Meaning::Offset { count: Some(1.0), unit, from: From::Ahead, back };
    Some(Phrase::new(at, unit_at + 2, meaning))
}

// ---------------------------------------------------------------- lengths and offsets

/// "six days", "half an hour", "15-minute", "the past two months", "two weeks later", "a year ago", "weeks of".
fn length(c: &Cursor, at: usize) -> Option<Phrase> {
    // "the past two months", "the first nine months", "recent weeks", "the next few days"
    let the = c.skip(about(c, at), &["the"]);
    let led = matches!(c.word(the), Word::Pick(_)) || c.any(the, &["recent", "first"]);
    let led_by_number = led && count(c, the + 1).is_some() && !c.any(the + 1, &["a", "an"]);
    let start = if led_by_number || led && matches!(c.word(the + 1), Word::Many(_)) { the + 1 } else { at };
    let mut next = if start > at { start } else { about(c, at) };
    if start == at
        && c.is(next, "the")
        && number(c, next + 1).is_some_and(|(_, end)| matches!(c.word(end), Word::Many(Unit::Month)))
    {
        // Reports of business: "the nine months".
        next += 1;
    }
    let (amount, unit_at) = match count(c, next) {
        Some((amount, next)) => (amount, next),
        None if matches!(c.word(next), Word::Many(_)) => (None, next),
        None => return lasting(c, at),
    };
    let counted = unit_at > next;
    let article = c.any(next, &["a", "an"]) && unit_at == next + 1;
    let joint = c.mark(unit_at, '-') && c.joined(unit_at);
    let unit_at = if joint { unit_at + 1 } else { unit_at };
    let unit_at = c.skip(unit_at, &["trading", "working", "business", "more", "calendar", "long", "additional"]);
    let (unit, plural) = match c.word(unit_at) {
        Word::One(unit) => (unit, false),
        Word::Many(unit) => (unit, true),
        Word::Stretch(Grain::Quarter) if joint => return None,
        Word::Stretch(Grain::Weekend) => return None,
        Word::Ordinal(2) if counted && !article && joint => (Unit::Second, false),
        _ => return None,
    };
    // "three-quarters of it" is a share.
    if unit == Unit::Quarter && joint {
        return None;
    }
    // "60 Minutes" is a programme.
    if c.capital(unit_at) && c.plain(next).is_some() && c.text(unit_at).chars().any(char::is_lowercase) {
        return None;
    }
    if article && unit == Unit::Second || c.any(next, &["some", "many"]) && !plural {
        return None;
    }
    let mut end = unit_at + 1;
    let mut amount = amount;
    let mut and = 0.0;
    if c.is(end, "and") && c.is(end + 1, "a") && c.is(end + 2, "half") {
        amount = amount.map(|n| n + 0.5);
        end += 3;
    } else if c.is(end, "and") || c.mark(end, ',') {
        // "an hour and 20 minutes"
        if let Some((value, next)) = number(c, end + 1)
            && let Word::Many(small) = c.word(next)
            && small.minutes() < unit.minutes()
        {
            and = value * small.minutes();
            end = next + 1;
        }
    } else if c.is(end, "or") && c.any(end + 1, &["two", "so", "three"]) {
        end += 2;
    }
    // "two years old", "an 8-month-old": ages.
    let old = c.mark(end, '-') && c.is(end + 1, "old") || c.is(end, "old") || c.is(end, "of") && c.is(end + 1, "age");
    if old {
        return None;
    }
    if c.mark(end, '-') && c.is(end + 1, "long") {
        end += 2;
    }
    let offset = |end, from, back| {
        let first = if start > at { start } else { at };
        Some(Phrase::new(first, end, Meaning::Offset { count: amount, unit, from, back }))
    };
    if !joint {
        match () {
            _ if c.is(end, "ago") => return offset(end + 1, From::Now, true),
            _ if c.is(end, "from") && c.any(end + 1, &["now", "today"]) => return offset(end + 2, From::Now, false),
            _ if c.any(end, &["hence"]) => return offset(end + 1, From::Now, false),
            _ if c.any(end, &["earlier", "previously"]) => return offset(end + 1, From::Spoken, true),
            _ if c.any(end, &["later", "afterwards", "afterward"]) => return offset(end + 1, From::Spoken, false),
            _ if c.any(end, &["before"]) => return offset(end + 1, From::Ahead, true),
            _ if c.any(end, &["after"]) => return offset(end + 1, From::Ahead, false),
            _ if c.is(end, "in") && c.is(end + 1, "advance") => return offset(end + 2, From::Ahead, true),
            _ => {}
        }
    }
    if !counted && start == at {
        // Several of a unit, of which no more is said: only where it must be a length ("for weeks", "after months of talks").
        let told = c
            .any_before(at, &["for", "in", "over", "after", "within", "of", "several", "took", "last", "lasted", "by"])
            || c.is(end, "of") && unit.minutes() > 60.0
            || c.is(end, "ahead");
        let ahead = c.is(end, "ahead");
        return told.then(|| {
            Phrase::new(at, if ahead { end + 1 } else { end }, Meaning::Length { count: None, unit, and: 0.0 })
        });
    }
    // "$5 a year", "twice a week": how often.
    if article
        && !joint
        && at > 0
        && (c.any_before(at, &["times", "once", "twice", "percent", "million", "billion", "cents", "dollars"])
            || matches!(c.atoms[at - 1].kind, Kind::Number { .. }))
    {
        return Some(Phrase::new(at, end, Meaning::Every(Some(1.0), unit)));
    }
    if led && start > at {
        // "the past week" without a number went elsewhere.
        return Some(Phrase::new(at, end, Meaning::Length { count: amount, unit, and }));
    }
    // "one day" with a unit of one, "a minute": fine. "a second" is not, and went above.
    Some(Phrase::new(at, end, Meaning::Length { count: amount, unit, and }))
}

/// "weeklong", "year-long", "decades-long".
fn lasting(c: &Cursor, at: usize) -> Option<Phrase> {
    const LASTING: [(&str, Unit); 4] =
        [("daylong", Unit::Day), ("weeklong", Unit::Week), ("monthlong", Unit::Month), ("yearlong", Unit::Year)];
    if let Some((_, unit)) = LASTING.iter().find(|(word, _)| c.is(at, word)) {
        return Some(Phrase::new(at, at + 1, Meaning::Length { count: Some(1.0), unit: *unit, and: 0.0 }));
    }
    let unit = match c.word(at) {
        Word::One(unit) => (unit, Some(1.0)),
        Word::Many(unit) => (unit, None),
        _ => return None,
    };
    let long = c.mark(at + 1, '-') && c.is(at + 2, "long");
    long.then(|| Phrase::new(at, at + 3, Meaning::Length { count: unit.1, unit: unit.0, and: 0.0 }))
}

// ---------------------------------------------------------------- sets and references

/// "every Monday", "each year", "daily", "Tuesdays", "per day".
fn often(c: &Cursor, at: usize) -> Option<Phrase> {
    match c.word(at) {
        // "the Daily Telegraph" is a name.
        Word::Often(value) if c.lower(at) || at == 0 && !c.capital(at + 1) => {
            return Some(Phrase::new(at, at + 1, Meaning::Often(value)));
        }
        Word::Weekdays(day) if c.capital(at) => return Some(Phrase::new(at, at + 1, Meaning::EveryWeekday(day, None))),
        Word::Weekday(day) if c.capital(at) && c.any(at + 1, &["mornings", "afternoons", "evenings", "nights"]) => {
            let part = match () {
                _ if c.is(at + 1, "mornings") => DayPart::Morning,
                _ if c.is(at + 1, "afternoons") => DayPart::Afternoon,
                _ if c.is(at + 1, "evenings") => DayPart::Evening,
                _ => DayPart::Night,
            };
            return Some(Phrase::new(at, at + 2, Meaning::EveryWeekday(day, Some(part))));
        }
        _ => {}
    }
    if c.is(at, "per")
        && let Word::One(unit) = c.word(at + 1)
    {
        return Some(Phrase::new(at, at + 2, Meaning::Every(Some(1.0), unit)));
    }
    if !c.any(at, &["every", "each"]) {
        return None;
    }
    let (amount, next) = number(c, at + 1).unwrap_or((1.0, at + 1));
    let (amount, next) = match c.word(at + 1) {
        Word::Other if c.is(at + 1, "other") => (2.0, at + 2),
        Word::Other if c.any(at + 1, &["few", "several"]) => {
            return match c.word(at + 2) {
                Word::Many(unit) => Some(Phrase::new(at, at + 3, Meaning::Every(None, unit))),
                _ => None,
            };
        }
        _ => (amount, next),
    };
    match c.word(next) {
        Word::One(unit) | Word::Many(unit) => Some(Phrase::new(at, next + 1, Meaning::Every(Some(amount), unit))),
        Word::Stretch(Grain::Quarter) => Some(Phrase::new(at, next + 1, Meaning::Every(Some(amount), Unit::Quarter))),
        Word::Weekday(day) => {
            let part = match c.word(next + 1) {
                Word::Part(part) => Some(part),
                _ => None,
            };
            Some(Phrase::new(at, next + 1 + usize::from(part.is_some()), Meaning::EveryWeekday(day, part)))
        }
        Word::Month(month) if c.capital(next) => Some(Phrase::new(at, next + 1, Meaning::EveryMonth(month))),
        Word::Part(DayPart::Morning | DayPart::Evening | DayPart::Night | DayPart::Afternoon) => {
            Some(Phrase::new(at, next + 1, Meaning::Every(Some(1.0), Unit::Day)))
        }
        _ => None,
    }
}

/// "now", "recently", "the future", "in the past", "at the moment", "these days", "overnight", "year-end".
fn vague(c: &Cursor, at: usize) -> Option<Phrase> {
    let the = c.skip(at, &["the"]);
    let found = |end, reference| Some(Phrase::new(at, end, Meaning::Vague(reference)));
    match c.word(the) {
        Word::Other if c.any(the, &["near", "foreseeable", "immediate", "distant"]) && c.is(the + 1, "future") => {
            return found(the + 2, Reference::Future);
        }
        Word::Other if c.is(at, "more") && c.is(at + 1, "recently") => return found(at + 2, Reference::Past),
        Word::Vague(Reference::Future) if c.is(the, "future") => return found(the + 1, Reference::Future),
        // "as soon as", "soon after": no time is told.
        Word::Vague(Reference::Future)
            if c.any(at + 1, &["as", "after", "enough"]) || c.any_before(at, &["as", "too", "how"]) => {}
        Word::Vague(reference) if the == at && (c.lower(at) || reference != Reference::Future) => {
            return found(at + 1, reference);
        }
        Word::Pick(Which::Last)
            if the > at && c.is(the, "past") && c.any_before(at, &["in", "from", "of"]) && !c.lower(the + 1) =>
        {
            return found(the + 1, Reference::Past);
        }
        Word::Part(DayPart::Overnight) if the == at => {
            let clock = Some(Clock::Part(DayPart::Overnight));
            return Some(Phrase { clock, ..Phrase::new(at, at + 1, Meaning::Today(0)) });
        }
        Word::Hint if c.is(the, "moment") && the > at && c.any_before(at, &["at"]) => {
            return found(the + 1, Reference::Present);
        }
        _ => {}
    }
    if c.is(at, "right") && c.is(at + 1, "now") {
        return found(at + 2, Reference::Present);
    }
    if c.is(at, "these") && c.is(at + 1, "days") {
        return found(at + 2, Reference::Present);
    }
    // "year-end", "year's end", "the year end"
    let possessive = c.mark(the + 1, '\'') && c.is(the + 2, "s");
    let end_at = if possessive { the + 3 } else { c.skip_mark(the + 1, '-') };
    if c.any(the, &["year", "month", "week"]) && c.is(end_at, "end") && (end_at > the + 1 || c.is(the, "year")) {
        let Word::One(unit) = c.word(the) else { return None };
        let share = Some(Share::LastDay);
        return Some(Phrase { share, ..Phrase::new(at, end_at + 1, Meaning::Relative(unit.grain(), Which::Bare)) });
    }
    // "a year-earlier", "year-ago" without a quarter behind
    if c.is(the, "year") && c.mark(the + 1, '-') && c.any(the + 2, &["ago", "earlier"]) {
        let end = if c.any(the + 3, &["period", "quarter"]) { the + 4 } else { the + 3 };
        return Some(Phrase::new(
            at,
            end,
            Meaning::Offset { count: Some(1.0), unit: Unit::Year, from: From::Spoken, back: true },
        ));
    }
    None
}
