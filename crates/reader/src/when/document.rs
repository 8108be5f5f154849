//! The date of a document, from its byline, dateline, page furniture or address, in the manners of many countries' press.

use super::edtf::Point;

/// The months' names by language, one row a language, several spellings to a cell.
const MONTHS: &str = include_str!("../../data/when/months.csv");

/// Words after which the date of publication stands, if a line tells two dates.
const PUBLISHED: &[&str] =
    &["published", "posted", "issued", "publié", "publicado", "pubblicato", "veröffentlicht", "yayınlanma"];

/// Words that may stand between the parts of a date ("16 de febrero de 2013", "1er mai", "16th of May").
const BETWEEN: &[&str] = &["de", "del", "of", "the", "st", "nd", "rd", "th", "er", "d", "e", "г", "º", "ª"];

/// A word, a number or a mark of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'a> {
    Word(&'a str),
    /// Its value and how many digits it is written with. Longer numbers than a date needs have the value `u32::MAX`.
    Number(u32, usize),
    Mark(char),
}

/// A date found in the line: its pieces, the date, and whether the month's name is another language's than English.
struct Candidate {
    first: usize,
    end: usize,
    point: Point,
    foreign: bool,
}

/// Reads the date that a line of page furniture tells: a byline, a dateline ("ISLAMABAD, Dec 6:"), an address with a date in it.
/// Returns `2013-02-16`, with the time of day if it is told (`2013-02-16T18:47`, local to the page), or less (`2013-02`,
/// `XXXX-12-06`). `None` where there is no date, or only one that can be read in two ways ("10/11/2024").
pub fn document_date(line: &str) -> Option<String> {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let pieces = pieces(line);
    let candidates = candidates(&pieces);
    let published = pieces.iter().position(|p| matches!(p, Piece::Word(w) if is_one_of(w, PUBLISHED)));
    // A whole date goes before less, then the one behind "published", then the first.
    let chosen = candidates.iter().min_by_key(|c| {
        (c.point.year.is_none(), c.point.day.is_none(), published.is_some_and(|at| c.first < at), c.first)
    })?;
    let whole = chosen.point.year.is_some() && chosen.point.day.is_some();
    let time = if whole { time_of_day(&pieces, chosen, &candidates) } else { None };
    Some(match time {
        Some((hour, minute)) => format!("{}T{hour:02}:{minute:02}", chosen.point),
        None => chosen.point.to_string(),
    })
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    let word = word.to_lowercase();
    words.contains(&word.as_str())
}

/// Cuts the line into runs of letters, runs of digits and single marks. White space is left out.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(ch) = rest.chars().next() {
        let run = |member: fn(char) -> bool| rest.find(|c| !member(c)).unwrap_or(rest.len());
        let length = if ch.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            pieces.push(Piece::Number(rest[..length].parse().unwrap_or(u32::MAX), length));
            length
        } else if ch.is_alphabetic() {
            let length = run(char::is_alphabetic);
            pieces.push(Piece::Word(&rest[..length]));
            length
        } else {
            if !ch.is_whitespace() {
                pieces.push(Piece::Mark(ch));
            }
            ch.len_utf8()
        };
        rest = &rest[length..];
    }
    pieces
}

/// Month, and whether only another language than English calls it so.
fn month(word: &str) -> Option<(u8, bool)> {
    let word = word.to_lowercase();
    MONTHS.lines().skip(1).enumerate().find_map(|(row, line)| {
        let mut months = line.split(',').skip(1);
        let at = months.position(|names| names.split(' ').any(|name| name == word))?;
        Some((at as u8 + 1, row > 0))
    })
}

fn candidates(pieces: &[Piece]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for at in 0..pieces.len() {
        let candidate = match pieces[at] {
            Piece::Number(..) => numeric(pieces, at),
            Piece::Word(word) => named(pieces, at, word),
            Piece::Mark(_) => None,
        };
        let Some(candidate) = candidate else { continue };
        if found.last().is_none_or(|last| last.end <= candidate.first) {
            found.push(candidate);
        }
    }
    found
}

fn year(piece: Option<&Piece>) -> Option<i16> {
    match piece {
        Some(Piece::Number(value, 4)) if (1600..2200).contains(value) => Some(*value as i16),
        _ => None,
    }
}

fn small(piece: Option<&Piece>, most: u32) -> Option<u8> {
    match piece {
        Some(Piece::Number(value, 1 | 2)) if (1..=most).contains(value) => Some(*value as u8),
        _ => None,
    }
}

/// "2013-02-16", "2013/02/16", "/2013/02/", "16.02.2013", "28.09.19", "28/09/2013", "2013年2月16日".
fn numeric(pieces: &[Piece], first: usize) -> Option<Candidate> {
    let joint = *pieces.get(first + 1)?;
    let same = |at: usize| pieces.get(at) == Some(&joint);
    let found = |end: usize, point: Point| Some(Candidate { first, end, point, foreign: false });
    if matches!(joint, Piece::Word("年" | "년")) {
        let month = small(pieces.get(first + 2), 12)?;
        let day = small(pieces.get(first + 4), 31);
        return found(first + 6, Point::new(Some(year(pieces.get(first))?), Some(month), day)?);
    }
    let Piece::Mark(mark @ ('-' | '/' | '.' | '_')) = joint else { return None };
    if let Some(y) = year(pieces.get(first)) {
        let month = small(pieces.get(first + 2), 12)?;
        if same(first + 3)
            && let Some(day) = small(pieces.get(first + 4), 31)
        {
            return found(first + 5, Point::new(Some(y), Some(month), Some(day))?);
        }
        // An address names the month's folder; elsewhere "2013-02" may be a season, a score or a model.
        let folder = mark == '/' && same(first + 3) && first > 0 && same(first - 1);
        return if folder { found(first + 3, Point::new(Some(y), Some(month), None)?) } else { None };
    }
    let (a, b) = (small(pieces.get(first), 31)?, small(pieces.get(first + 2), 31)?);
    let y = if same(first + 3) { year(pieces.get(first + 4)) } else { return None };
    let y = match short_year(pieces, first, mark) {
        Some(short) => short,
        None => y?,
    };
    // With full stops the day goes first wherever dates are written so; otherwise only a number over 12, or the weekday, tells.
    let day_first = Point::new(Some(y), Some(b), Some(a));
    let month_first = Point::new(Some(y), Some(a), Some(b));
    let point = match (day_first, month_first) {
        (day_first, _) if mark == '.' => day_first?,
        (Some(one), Some(other)) if one != other => by_weekday(pieces, one, other)?,
        (one, other) => one.or(other)?,
    };
    found(first + 5, point)
}

/// The year of "28.09.19": two digits, as are day and month, with full stops between and none behind, so that no version or
/// section is one. In "28.09.1912:44", as forums leave it, the time of day follows without a space.
fn short_year(pieces: &[Piece], first: usize, mark: char) -> Option<i16> {
    let two = |at: usize| matches!(pieces.get(at), Some(Piece::Number(_, 2)));
    let beside = |at: Option<usize>| at.is_some_and(|at| matches!(pieces.get(at), Some(Piece::Mark('.' | '/' | '-'))));
    if mark != '.' || !two(first) || !two(first + 2) || beside(first.checked_sub(1)) {
        return None;
    }
    let clock = pieces.get(first + 5) == Some(&Piece::Mark(':')) && two(first + 6);
    let short = match pieces.get(first + 4)? {
        Piece::Number(value, 2) if !clock && !beside(Some(first + 5)) => *value,
        Piece::Number(value, 4) if clock && value % 100 < 24 => value / 100,
        _ => return None,
    };
    // The web is younger than 1970.
    i16::try_from(if short < 70 { 2000 + short } else { 1900 + short }).ok()
}

/// The one of two dates that falls on the weekday that the line names.
fn by_weekday(pieces: &[Piece], one: Point, other: Point) -> Option<Point> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let named = pieces.iter().find_map(|piece| match piece {
        Piece::Word(word) if word.len() >= 3 => {
            let word = word.to_lowercase();
            DAYS.iter().position(|day| *day == word || word.len() <= 4 && day.starts_with(&word))
        }
        _ => None,
    })?;
    let falls = |point: Point| point.first().is_some_and(|d| d.weekday().to_monday_zero_offset() as usize == named);
    match (falls(one), falls(other)) {
        (true, false) => Some(one),
        (false, true) => Some(other),
        _ => None,
    }
}

/// "February 16th, 2013", "28 September 2013", "16-Feb-2013", "11 novembre 2024", "2013 February 16", "Feb 2013", "Dec 6".
fn named(pieces: &[Piece], at: usize, word: &str) -> Option<Candidate> {
    // A month's name counts only beside a day or a year, which most words have not; looking names up takes longer.
    let beside = pieces.get(at.saturating_sub(3)..pieces.len().min(at + 4)).unwrap_or_default();
    if !beside.iter().any(|piece| matches!(piece, Piece::Number(..))) {
        return None;
    }
    let (month, foreign) = month(word)?;
    let filler = |piece: &Piece| match piece {
        Piece::Mark(mark) => matches!(mark, '.' | ',' | '-' | '/' | '°'),
        Piece::Word(word) => is_one_of(word, BETWEEN),
        Piece::Number(..) => false,
    };
    // The next piece in a direction that is no filler; at most two may stand between.
    let after = |from: usize| (from + 1..pieces.len().min(from + 4)).find(|i| !filler(&pieces[*i]));
    let before = |from: usize| (from.saturating_sub(3)..from).rev().find(|i| !filler(&pieces[*i]));
    let day_at = |i: Option<usize>| i.and_then(|i| Some((i, small(pieces.get(i), 31)?)));
    let year_at = |i: Option<usize>| i.and_then(|i| Some((i, year(pieces.get(i))?)));
    let is_clock = |i: usize| {
        matches!((pieces.get(i + 1), pieces.get(i + 2)), (Some(Piece::Mark(':')), Some(Piece::Number(_, 2))))
    };

    let (left, right) = (before(at), after(at));
    let (mut first, mut last) = (at, at);
    let (mut day, mut y) = (None, None);
    if let Some((i, d)) = day_at(left).filter(|(i, _)| *i < 1 || pieces[i - 1] != Piece::Mark(':')) {
        // "16 February 2013", "16 February"
        (first, day) = (i, Some(d));
        if let Some((i, found)) = year_at(right) {
            (last, y) = (i, Some(found));
        }
    }
    if y.is_none()
        && let Some((i, d)) = day_at(right).filter(|(i, _)| !is_clock(*i))
    {
        // "February 16, 2013", "2013 February 16", "February 16"
        if let Some((j, found)) = year_at(after(i)) {
            (first, last, day, y) = (at, j, Some(d), Some(found));
        } else if let Some((j, found)) = year_at(left) {
            (first, last, day, y) = (j, i, Some(d), Some(found));
        } else if day.is_none() {
            (last, day) = (i, Some(d));
        }
    }
    if day.is_none()
        && let Some((i, found)) = year_at(right)
    {
        (last, y) = (i, Some(found));
    }
    // A word that is a month only in another language, or is not written as a name, needs the company of a year, or of both.
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let enough = match (day, y) {
        (Some(_), Some(_)) => true,
        (Some(_), None) => capital && !foreign,
        (None, Some(_)) => capital || (foreign && word.chars().count() > 3),
        (None, None) => false,
    };
    if !enough {
        return None;
    }
    Some(Candidate { first, end: last + 1, point: Point::new(y, Some(month), day)?, foreign })
}

/// Hour and minute told behind the date, or else before it.
fn time_of_day(pieces: &[Piece], date: &Candidate, all: &[Candidate]) -> Option<(u32, u32)> {
    const NEAR: usize = 10;
    let next = all.iter().map(|c| c.first).filter(|first| *first >= date.end).min().unwrap_or(pieces.len());
    let previous = all.iter().map(|c| c.end).filter(|end| *end <= date.first).max().unwrap_or(0);
    let behind = date.end..next.min(date.end + NEAR);
    let before = previous.max(date.first.saturating_sub(NEAR))..date.first;
    behind
        .into_iter()
        .find_map(|at| clock(pieces, at, next, date.foreign))
        .or_else(|| before.into_iter().find_map(|at| clock(pieces, at, date.first, date.foreign)))
}

/// "18:47", "06:47 PM", "11:53pm", "22h15", "9 a.m.", and in other languages "11.49".
fn clock(pieces: &[Piece], at: usize, end: usize, foreign: bool) -> Option<(u32, u32)> {
    let piece = |i: usize| if i < end { pieces.get(i).copied() } else { None };
    let Piece::Number(hour, 1 | 2) = piece(at)? else { return None };
    if at > 0
        && matches!(pieces[at - 1], Piece::Mark(':' | '.' | '+' | '/'))
        && matches!(pieces.get(at.wrapping_sub(2)), Some(Piece::Number(..)))
    {
        return None;
    }
    let (minute, mut rest) = match (piece(at + 1), piece(at + 2)) {
        (Some(Piece::Mark(':' | '.') | Piece::Word("h" | "H")), Some(Piece::Number(minute, 2))) => {
            (Some(minute), at + 3)
        }
        (Some(Piece::Word("h")), _) => (Some(0), at + 2),
        _ => (None, at + 1),
    };
    if piece(rest) == Some(Piece::Mark(':')) && matches!(piece(rest + 1), Some(Piece::Number(_, 2))) {
        rest += 2;
    }
    let half = match (piece(rest), piece(rest + 1), piece(rest + 2)) {
        (Some(Piece::Word(w)), ..) if w.eq_ignore_ascii_case("am") => Some(0),
        (Some(Piece::Word(w)), ..) if w.eq_ignore_ascii_case("pm") => Some(12),
        (Some(Piece::Word("a" | "A")), Some(Piece::Mark('.')), Some(Piece::Word("m" | "M"))) => Some(0),
        (Some(Piece::Word("p" | "P")), Some(Piece::Mark('.')), Some(Piece::Word("m" | "M"))) => Some(12),
        _ => None,
    };
    let by_stop = matches!(piece(at + 1), Some(Piece::Mark('.')));
    if half.is_none() && (minute.is_none() || by_stop && !foreign) {
        return None;
    }
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        _ => hour,
    };
    let minute = minute.unwrap_or(0);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_presses() {
        for (line, expected) in [
            ("February 16th, 2013 06:47 PM ET", "2013-02-16T18:47"),
            ("Published: Feb 09, 2023 11:57 PM", "2023-02-09T23:57"),
            ("28 September 2013 | 22:12 Code : 1922111", "2013-09-28T22:12"),
            ("11.49 - lunedì 11 novembre 2024", "2024-11-11T11:49"),
            ("2024-11-10T08:00:00Z", "2024-11-10T08:00"),
            ("2024-11-10T23:05:00+05:30", "2024-11-10T23:05"),
            ("ISLAMABAD, Dec 6:", "XXXX-12-06"),
            ("13/11/2024", "2024-11-13"),
            ("11/13/2024, 9:05 a.m.", "2024-11-13T09:05"),
            ("Sunday, 10/11/2024", "2024-11-10"),
            ("Sat Dec 6, 2008 11:53pm IST", "2008-12-06T23:53"),
            ("Mon., 12:05 AM, 3 March 2014", "2014-03-03T00:05"),
            ("16-Feb-2013", "2013-02-16"),
            ("16.02.2013 14:30", "2013-02-16T14:30"),
            ("am 16.02.2013", "2013-02-16"),
            ("Gast am 16.02.2013 um 14:30 Uhr", "2013-02-16T14:30"),
            ("16.02.13 14:30", "2013-02-16T14:30"),
            ("16.02.1914:30", "2019-02-16"),
            ("16.02.1914", "1914-02-16"),
            ("16. Februar 2013, 14:30 Uhr", "2013-02-16T14:30"),
            ("Publié le 16 février 2013 à 22h15", "2013-02-16T22:15"),
            ("16 de febrero de 2013", "2013-02-16"),
            ("1º de março de 2022", "2022-03-01"),
            ("16 Şubat 2013 Cumartesi 18:20", "2013-02-16T18:20"),
            ("Selasa, 7 Februari 2023 10:15 WIB", "2023-02-07T10:15"),
            ("16 февраля 2013 г., 12:40", "2013-02-16T12:40"),
            ("2013. február 16.", "2013-02-16"),
            ("2013年2月16日", "2013-02-16"),
            ("https://news.example/world/2013/02/16/talks-resume.html", "2013-02-16"),
            ("https://news.example/2013/02/talks-resume", "2013-02"),
            ("February 2013", "2013-02"),
            ("By A Writer | May 3, 2021", "2021-05-03"),
            ("Updated: Feb 10, 2023 10:00 AM | Published: Feb 9, 2023 11:57 PM", "2023-02-09T23:57"),
            ("Posted 8:15 p.m. Friday, Sept. 27, 2013", "2013-09-27T20:15"),
            ("WASHINGTON, Feb. 14 (Reuters) -", "XXXX-02-14"),
            ("2013 February 16", "2013-02-16"),
        ] {
            assert_eq!(document_date(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_tells_no_date() {
        for line in [
            "",
            "10/11/2024",
            "idINIndia-36906020081206",
            "© 2013 The Daily",
            "Page 3 of 16",
            "by 12 votes",
            "30 February 2013",
            "they may 3 times",
            "13.5.",
            "call 555-12-20134",
            "Chapter 4, verse 12",
            "Version 10.11.12.3",
            "section 3.2.10",
            "11:30",
            "set 12 agosto",
        ] {
            assert_eq!(document_date(line), None, "{line}");
        }
    }

    #[test]
    fn no_line_breaks_it() {
        for line in [
            "1年",
            "年",
            "12/",
            "٣ مارس 2013",
            "é12é13é2013",
            "99999999999999999999",
            "1:1:1:1",
            "may may 1 2013 may",
            "12 p.",
            "2013/",
        ] {
            let _ = document_date(line);
        }
    }
}
