//! EDTF dates in words.

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An EDTF date, or a date with a time, as a person writes it: `12 Feb 2013`, `about Mar 2013`, `26–28 Feb 2013`. What it
/// does not know it gives back unchanged.
pub fn words(edtf: &str) -> String {
    told(edtf, &english)
}

/// A phrase of a date by its name, with its values by theirs; months are numbers.
pub type Phrase<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// The same in the phrases of some language.
pub fn told(edtf: &str, say: Phrase) -> String {
    let single = |edtf: &str| single(edtf, say);
    let Some((from, to)) = edtf.split_once('/') else { return single(edtf) };
    match (from, to) {
        ("..", to) | ("", to) => say("by", &[("date", &single(to))]),
        (from, "..") | (from, "") => say("from", &[("date", &single(from))]),
        (from, to) => {
            let shared =
                from.rfind('-').filter(|at| from.len() == 10 && to.len() == 10 && from.get(..*at) == to.get(..*at));
            match shared.and_then(|at| from.get(at + 1..)) {
                Some(day) => say("days", &[("day", day.trim_start_matches('0')), ("to", &single(to))]),
                None => say("range", &[("from", &single(from)), ("to", &single(to))]),
            }
        }
    }
}

fn english(name: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
    let month = |number: &str| number.parse::<usize>().ok().and_then(|n| MONTHS.get(n.checked_sub(1)?)).unwrap_or(&"");
    match (name, values.as_slice()) {
        ("days", [day, to]) => format!("{day}–{to}"),
        ("range", [from, to]) => format!("{from} – {to}"),
        ("time", [date, time]) => format!("{date}, {time}"),
        ("month", [number, rest @ ..]) => [&[*month(number)], rest].concat().join(" "),
        ("day", [day, number, rest @ ..]) => [&[*day, *month(number)], rest].concat().join(" "),
        (doubt, [date]) => format!("{} {date}", doubt.replace('-', " ")),
        (_, other) => other.join(" "),
    }
}

/// The day and month only, for a date beside another of the same year.
pub fn short(edtf: &str) -> String {
    let long = words(edtf);
    let cut = long.len().saturating_sub(5);
    let year = long.get(cut..).filter(|tail| tail.starts_with(' ') && tail[1..].bytes().all(|b| b.is_ascii_digit()));
    if year.is_some() && edtf.len() >= 10 { long.get(..cut).unwrap_or_default().to_string() } else { long }
}

fn single(edtf: &str, say: Phrase) -> String {
    let (date, doubt) = match edtf.char_indices().last() {
        Some((at, '~')) => (edtf.get(..at), Some("about")),
        Some((at, '?')) => (edtf.get(..at), Some("perhaps")),
        Some((at, '%')) => (edtf.get(..at), Some("perhaps-about")),
        _ => (Some(edtf), None),
    };
    let date = date.unwrap_or_default();
    let (day, time) = date.split_once('T').unwrap_or((date, ""));
    let parts: Vec<&str> = day.split('-').collect();
    let month = |month: &str| month.parse::<u8>().ok().filter(|month| (1..=12).contains(month)).map(|m| m.to_string());
    let told = match parts.as_slice() {
        [year] => Some((*year).to_string()),
        ["XXXX", m] => month(m).map(|m| say("month", &[("month", &m)])),
        [year, m] => month(m).map(|m| say("month", &[("month", &m), ("year", year)])),
        ["XXXX", m, d] => month(m).map(|m| say("day", &[("day", d.trim_start_matches('0')), ("month", &m)])),
        [year, m, d] => {
            month(m).map(|m| say("day", &[("day", d.trim_start_matches('0')), ("month", &m), ("year", year)]))
        }
        _ => None,
    };
    let Some(told) = told else { return edtf.to_string() };
    let told = if time.is_empty() { told } else { say("time", &[("date", &told), ("time", time)]) };
    match doubt {
        Some(doubt) => say(doubt, &[("date", &told)]),
        None => told,
    }
}

/// Days from one EDTF date to another, where both are days.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let day = |edtf: &str| edtf.trim_end_matches(['~', '?', '%']).parse::<jiff::civil::Date>().ok();
    let (from, to) = (day(from)?, day(to)?);
    Some(i64::from(from.until(to).ok()?.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words() {
        for (edtf, said) in [
            ("2013-02-12", "12 Feb 2013"),
            ("2013-02", "Feb 2013"),
            ("2013", "2013"),
            ("2013-03~", "about Mar 2013"),
            ("2013%", "perhaps about 2013"),
            ("../2013-02", "by Feb 2013"),
            ("2013-02-26/2013-02-28", "26–28 Feb 2013"),
            ("2013-02-26/2013-03-01", "26 Feb 2013 – 1 Mar 2013"),
            ("2013-02-16/..", "from 16 Feb 2013"),
            ("XXXX-02-11", "11 Feb"),
            ("2013-02-16T18:47", "16 Feb 2013, 18:47"),
            ("soon", "soon"),
            ("", ""),
        ] {
            assert_eq!(words(edtf), said);
        }
        assert_eq!((short("2013-02-05"), short("2013-02")), ("5 Feb".to_string(), "Feb 2013".to_string()));
        assert_eq!(days_between("2013-02-12", "2013-02-17"), Some(5));
        assert_eq!(days_between("2013-02", "2013-02-17"), None);
    }
}
