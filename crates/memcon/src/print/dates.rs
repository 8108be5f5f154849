//! EDTF dates in words.

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An EDTF date, or a date with a time, as a person writes it: `12 Feb 2013`, `about Mar 2013`, `26–28 Feb 2013`. What it
/// does not know it gives back unchanged.
pub fn words(edtf: &str) -> String {
    let Some((from, to)) = edtf.split_once('/') else { return single(edtf) };
    match (from, to) {
        ("..", to) | ("", to) => format!("by {}", single(to)),
        (from, "..") | (from, "") => format!("from {}", single(from)),
        (from, to) => {
            let shared =
                from.rfind('-').filter(|at| from.len() == 10 && to.len() == 10 && from.get(..*at) == to.get(..*at));
            match shared.and_then(|at| from.get(at + 1..)) {
                Some(day) => format!("{}–{}", day.trim_start_matches('0'), single(to)),
                None => format!("{} – {}", single(from), single(to)),
            }
        }
    }
}

/// The day and month only, for a date beside another of the same year.
pub fn short(edtf: &str) -> String {
    let long = words(edtf);
    let cut = long.len().saturating_sub(5);
    let year = long.get(cut..).filter(|tail| tail.starts_with(' ') && tail[1..].bytes().all(|b| b.is_ascii_digit()));
    if year.is_some() && edtf.len() >= 10 { long.get(..cut).unwrap_or_default().to_string() } else { long }
}

fn single(edtf: &str) -> String {
    let (date, doubt) = match edtf.char_indices().last() {
        Some((at, '~')) => (edtf.get(..at), "about "),
        Some((at, '?')) => (edtf.get(..at), "perhaps "),
        Some((at, '%')) => (edtf.get(..at), "perhaps about "),
        _ => (Some(edtf), ""),
    };
    let date = date.unwrap_or_default();
    let (day, time) = date.split_once('T').unwrap_or((date, ""));
    let parts: Vec<&str> = day.split('-').collect();
    let month = |number: &str| number.parse::<usize>().ok().and_then(|n| MONTHS.get(n.checked_sub(1)?));
    let year = |year: &str| if year == "XXXX" { String::new() } else { format!(" {year}") };
    let told = match parts.as_slice() {
        [y] => Some((*y).to_string()),
        [y, m] => month(m).map(|m| format!("{m}{}", year(y))),
        [y, m, d] => month(m).map(|m| format!("{} {m}{}", d.trim_start_matches('0'), year(y))),
        _ => None,
    };
    match told {
        Some(told) if time.is_empty() => format!("{doubt}{told}"),
        Some(told) => format!("{doubt}{told}, {time}"),
        None => edtf.to_string(),
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
