//! Which days an EDTF date allows (ISO 8601-2, levels 0 and 1 as the codebook uses them).

use jiff::civil::Date;

/// Days counted from 1970-01-01.
pub type Day = i64;

/// A day as a number.
pub fn number(date: Date) -> Day {
    // A civil date lies between the years -9999 and 9999, so the difference always fits.
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// The date of a day's number, where it lies between the years -9999 and 9999.
pub fn date(day: Day) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The first and last day that `edtf` allows; an open end is `None`. `None` for the whole where no year is told
/// (`XXXX-02-11`) or where it is no date.
///
/// Times of day are dropped; `~`, `?` and `%` widen nothing; unknown digits (`201X`, `2013-XX-05`) take their widest range.
pub fn bounds(edtf: &str) -> Option<(Option<Day>, Option<Day>)> {
    let edtf = edtf.trim();
    let (first, last) = match edtf.split_once('/') {
        Some((first, last)) => (edge(first, false), edge(last, true)),
        None => (edge(edtf, false), edge(edtf, true)),
    };
    match (first, last) {
        (None, None) => None,
        (Some(first), Some(last)) if first > last => None,
        both => Some(both),
    }
}

/// As [`bounds`], with an open end closed at the other.
pub fn span(edtf: &str) -> Option<(Day, Day)> {
    match bounds(edtf)? {
        (Some(first), Some(last)) => Some((first, last)),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}

/// One end of a date: its first day, or its last.
fn edge(part: &str, last: bool) -> Option<Day> {
    let part = part.trim().trim_matches(['~', '?', '%']);
    let part = part.split('T').next().unwrap_or(part);
    let mut fields = part.split('-').map(|field| field.trim_matches(['~', '?', '%']));
    let year = fields.next()?;
    if year.len() != 4 || year.starts_with('X') {
        return None;
    }
    let year: i16 = year.replace('X', if last { "9" } else { "0" }).parse().ok()?;
    let month = match fields.next() {
        None | Some("XX") => None,
        Some(month) => Some(month.parse::<i8>().ok()?),
    };
    let day = match fields.next() {
        None | Some("XX") => None,
        Some(day) => Some(day.parse::<i8>().ok()?),
    };
    if fields.next().is_some() {
        return None;
    }
    // Seasons of EDTF: 21 spring to 24 winter; winter is the one that begins in that year.
    let (year, month) = match month {
        Some(season @ 21..=24) => {
            let start = [3, 6, 9, 12][usize::from(season.unsigned_abs()) - 21];
            match (last, start) {
                (false, _) => (year, Some(start)),
                (true, 12) => (year + 1, Some(2)),
                (true, _) => (year, Some(start + 2)),
            }
        }
        month => (year, month),
    };
    let month = month.unwrap_or(if last { 12 } else { 1 });
    let start = Date::new(year, month, 1).ok()?;
    let day = match day {
        Some(day) => day,
        None if last => start.days_in_month(),
        None => 1,
    };
    Some(number(Date::new(year, month, day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(edtf: &str) -> String {
        let show = |day: Option<Day>| day.and_then(date).map_or("..".to_owned(), |d| d.to_string());
        bounds(edtf).map_or("none".to_owned(), |(a, b)| format!("{} {}", show(a), show(b)))
    }

    #[test]
    fn every_form_of_the_codebook_has_its_days() {
        for (edtf, expected) in [
            ("2013-02-12", "2013-02-12 2013-02-12"),
            ("2013-02-16T18:47", "2013-02-16 2013-02-16"),
            ("2013-02", "2013-02-01 2013-02-28"),
            ("2012-02~", "2012-02-01 2012-02-29"),
            ("2013-03?", "2013-03-01 2013-03-31"),
            ("2013", "2013-01-01 2013-12-31"),
            ("201X", "2010-01-01 2019-12-31"),
            ("2013-22", "2013-06-01 2013-08-31"),
            ("2013-24", "2013-12-01 2014-02-28"),
            ("2013-02-26/2013-02-28", "2013-02-26 2013-02-28"),
            ("2013-02-16/..", "2013-02-16 .."),
            ("../2013-02", ".. 2013-02-28"),
            ("XXXX-02-11", "none"),
            ("2013-02-30", "none"),
            ("2013-03-01/2013-02-01", "none"),
            ("last week", "none"),
            ("", "none"),
            ("20é3", "none"),
        ] {
            assert_eq!(shown(edtf), expected, "{edtf}");
        }
        assert_eq!(number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(date(number(jiff::civil::date(1899, 12, 31))), Some(jiff::civil::date(1899, 12, 31)));
    }
}
