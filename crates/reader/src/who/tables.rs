//! Reads the tables of `data/world`: CSV with a header row, and dates told to the day, month or year.

use std::borrow::Cow;

/// The fields of one CSV text, row by row, by column name. Quoted fields may hold commas, doubled quotes and line breaks.
pub(super) struct Rows<'a> {
    columns: Vec<Cow<'a, str>>,
    rest: &'a str,
    fields: Vec<Cow<'a, str>>,
}

impl<'a> Rows<'a> {
    /// Starts after the header row.
    pub fn new(text: &'a str) -> Rows<'a> {
        let mut rows = Rows { columns: Vec::new(), rest: text.trim_start_matches('\u{feff}'), fields: Vec::new() };
        rows.advance();
        rows.columns = std::mem::take(&mut rows.fields);
        rows
    }

    /// Where the columns of these names stand; a table without one reads as if it were empty there.
    pub fn places<const N: usize>(&self, names: [&str; N]) -> [usize; N] {
        names.map(|name| self.columns.iter().position(|c| c == name).unwrap_or(usize::MAX))
    }

    /// Moves to the next row that is not blank; false at the end.
    pub fn advance(&mut self) -> bool {
        loop {
            if self.rest.is_empty() {
                return false;
            }
            self.record();
            if self.fields.len() > 1 || self.fields.first().is_some_and(|f| !f.is_empty()) {
                return true;
            }
        }
    }

    /// The field in that place, without surrounding blanks.
    pub fn get(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", |f| f.trim())
    }

    /// The parts of a field that lists several, separated by `|`.
    pub fn list(&self, place: usize) -> impl Iterator<Item = &str> {
        self.get(place).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    fn record(&mut self) {
        self.fields.clear();
        loop {
            let (field, ended) = self.field();
            self.fields.push(field);
            if ended {
                return;
            }
        }
    }

    /// The next field, and whether its row ends with it.
    fn field(&mut self) -> (Cow<'a, str>, bool) {
        let rest = self.rest;
        if !rest.starts_with('"') {
            let end = rest.bytes().position(|b| matches!(b, b',' | b'\n')).unwrap_or(rest.len());
            let ended = rest.as_bytes().get(end) != Some(&b',');
            self.rest = rest.get(end + 1..).unwrap_or("");
            return (Cow::Borrowed(rest[..end].trim_end_matches('\r')), ended);
        }
        let mut value = String::new();
        let mut at = 1;
        while let Some(quote) = rest[at..].find('"') {
            value.push_str(&rest[at..at + quote]);
            at += quote + 1;
            if rest.as_bytes().get(at) != Some(&b'"') {
                break;
            }
            value.push('"');
            at += 1;
        }
        let tail = rest[at..].bytes().position(|b| matches!(b, b',' | b'\n')).map_or(rest.len(), |p| at + p);
        let ended = rest.as_bytes().get(tail) != Some(&b',');
        self.rest = rest.get(tail + 1..).unwrap_or("");
        (Cow::Owned(value), ended)
    }
}

/// A stretch of days, on a count of 372 days a year that keeps the order of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// The first day.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

/// The days of one year on that count.
pub(super) const YEAR: i32 = 372;

impl Days {
    /// Reads `YYYY-MM-DD…`, `YYYY-MM` or `YYYY`; nothing else (`XXXX-12-06`) says which days are meant.
    pub fn parse(text: &str) -> Option<Days> {
        let mut parts = text.get(..text.len().min(10))?.split('-');
        let year: i32 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut part = |low: i32, high: i32| {
            parts.next().and_then(|p| p.get(..2)).and_then(|p| p.parse().ok()).filter(|p| (low..=high).contains(p))
        };
        let month: Option<i32> = part(1, 12);
        let day: Option<i32> = month.and_then(|_| part(1, 31));
        let at = |month: i32, day: i32| year * YEAR + (month - 1) * 31 + day - 1;
        Some(match (month, day) {
            (Some(month), Some(day)) => Days { first: at(month, day), last: at(month, day) },
            (Some(month), None) => Days { first: at(month, 1), last: at(month, 31) },
            (None, _) => Days { first: at(1, 1), last: at(12, 31) },
        })
    }
}

impl Days {
    /// The days as they were told: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; `None` without bounds.
    pub fn text(self) -> Option<String> {
        if self.first == i32::MAX || self.first == i32::MIN {
            return None;
        }
        let (year, rest) = (self.first.div_euclid(YEAR), self.first.rem_euclid(YEAR));
        let (month, day) = (rest / 31 + 1, rest % 31 + 1);
        Some(match self.last - self.first {
            0 => format!("{year:04}-{month:02}-{day:02}"),
            1..31 => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_and_missing_columns() {
        let mut rows = Rows::new("id,name,note\na,\"One, \"\"two\"\"\",x|y\r\n\nb,Plain,\n");
        let [id, name, note, none] = rows.places(["id", "name", "note", "elsewhere"]);
        assert!(rows.advance());
        assert_eq!((rows.get(id), rows.get(name), rows.get(none)), ("a", "One, \"two\"", ""));
        assert_eq!(rows.list(note).collect::<Vec<_>>(), ["x", "y"]);
        assert!(rows.advance());
        assert_eq!((rows.get(id), rows.get(name), rows.get(note)), ("b", "Plain", ""));
        assert!(!rows.advance());
    }

    #[test]
    fn dates_keep_their_precision() {
        let day = Days::parse("2013-02-16T18:47").expect("a day");
        let month = Days::parse("2013-02").expect("a month");
        assert_eq!(day.first, day.last);
        assert!(month.first < day.first && day.first < month.last);
        assert_eq!(Days::parse("XXXX-12-06"), None);
        assert_eq!(Days::parse(""), None);
    }
}
