//! The date of publication as people and feeds write it, in the form that the reader takes.

/// `given` as `2013-02-16T18:47`, `2013-02-16`, `2013-02`, `2013` or `XXXX-12-06`, whichever it tells. The time is local to
/// the page, so a zone is left away. `None` if it is no date.
pub fn published(given: &str) -> Option<String> {
    let given = given.trim();
    iso(given).or_else(|| compact(given)).or_else(|| internet(given)).or_else(|| epoch(given))
}

/// A date in the extended form of ISO 8601, or less than a whole one.
fn iso(given: &str) -> Option<String> {
    let (date, time) = given.split_at(given.find(['T', 't', ' ']).unwrap_or(given.len()));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let between = |part: &str, high: u8| digits(part, 2) && (1..=high).contains(&part.parse().unwrap_or(0));
    let known_year = digits(year, 4);
    let right = parts.next().is_none()
        && (known_year || year == "XXXX" && month.is_some())
        && month.is_none_or(|month| between(month, 12))
        && day.is_none_or(|day| between(day, 31));
    let (true, Some(_)) = (right, month.or(known_year.then_some(year))) else { return None };
    if let (true, Some(_)) = (known_year, day) {
        date.parse::<jiff::civil::Date>().ok()?;
    }
    let clock = time.get(1..6).filter(|clock| clock.get(..2).is_some_and(|hour| digits(hour, 2) && hour <= "23"));
    let clock = clock.filter(|c| c.get(2..3) == Some(":") && c.get(3..5).is_some_and(|m| digits(m, 2) && m <= "59"));
    match (time.is_empty(), day, clock) {
        (true, _, _) => Some(date.to_string()),
        (false, Some(_), Some(clock)) => Some(format!("{date}T{clock}")),
        (false, Some(_), None) if time.trim().is_empty() => Some(date.to_string()),
        _ => None,
    }
}

/// `20130216`, as news corpora write it.
fn compact(given: &str) -> Option<String> {
    let (date, time) = (given.get(..8)?, given.get(8..)?);
    if !date.bytes().all(|b| b.is_ascii_digit()) || !(time.is_empty() || time.starts_with('T')) {
        return None;
    }
    iso(&format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..8)?))
}

/// `Sat, 16 Feb 2013 18:47:00 -0500`, as feeds and mail write it.
fn internet(given: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(given).ok()?;
    Some(zoned.datetime().strftime("%Y-%m-%dT%H:%M").to_string())
}

/// Seconds or milliseconds since 1970, in UTC.
fn epoch(given: &str) -> Option<String> {
    let number: i64 = given.split('.').next()?.parse().ok()?;
    let seconds = match given.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ if given.contains('.') => number,
        _ => return None,
    };
    let instant = jiff::Timestamp::from_second(seconds).ok()?;
    Some(instant.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%dT%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn dates_keep_their_precision() {
        for (given, expected) in [
            ("2013-02-16", Some("2013-02-16")),
            ("2013-02", Some("2013-02")),
            ("2013", Some("2013")),
            ("XXXX-12-06", Some("XXXX-12-06")),
            ("2013-02-16T18:47:10-05:00", Some("2013-02-16T18:47")),
            ("2013-02-16 18:47", Some("2013-02-16T18:47")),
            ("20130216", Some("2013-02-16")),
            ("Sat, 16 Feb 2013 18:47:00 -0500", Some("2013-02-16T18:47")),
            ("1361058420", Some("2013-02-16T23:47")),
            ("2013-02-30", None),
            ("2013-13", None),
            ("yesterday", None),
            ("", None),
            ("2013-02-16Tnever", None),
        ] {
            assert_eq!(published(given).as_deref(), expected, "{given}");
        }
    }
}
