//! From text to syntactic words, as the English Web Treebank cuts them.
//!
//! White space always ends a word. What stands between is cut by hand-written rules: clitics come off ("do|n't",
//! "Lavrov|'s"), hyphens stand alone ("long|-|term") except after a prefix ("pre-war") and in telephone numbers and dates,
//! addresses of the web and of mail stay whole, abbreviations keep their full stop.

use crate::span::Span;

/// Abbreviations that keep their full stop, lower case, sorted. What has single letters between stops ("a.m.", "U.S.")
/// and single capitals ("J.") need not stand here.
const ABBREVIATIONS: &[&str] = &[
    "adj", "adm", "al", "apr", "assn", "asst", "aug", "ave", "bldg", "blvd", "brig", "bros", "ca", "capt", "cf",
    "cmdr", "co", "col", "comdr", "corp", "cpl", "ct", "dec", "dept", "det", "dist", "dr", "ed", "eds", "eg", "est",
    "etc", "ext", "feb", "fig", "fri", "ft", "gen", "gov", "govs", "hon", "hwy", "ie", "inc", "insp", "jan", "jr",
    "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mon", "mr", "mrs", "ms", "msgr", "mt", "mx", "nos",
    "nov", "oct", "op", "oz", "ph.d", "pres", "prof", "pvt", "rd", "rep", "reps", "rev", "rm", "sat", "sec", "sen",
    "sens", "sep", "sept", "sgt", "sqn", "sr", "st", "supt", "thu", "thur", "thurs", "treas", "tue", "tues", "univ",
    "vol", "vols", "vs", "wed",
];

/// Abbreviations only when a number follows: "No. 5", "p. 12".
const BEFORE_NUMBER: &[&str] = &["art", "no", "nr", "p", "para", "pp", "v"];

/// Prefixes that a hyphen does not cut off, lower case, sorted.
const PREFIXES: &[&str] = &[
    "ante", "anti", "arch", "bi", "bio", "co", "counter", "cyber", "de", "e", "eco", "ex", "extra", "hyper", "inter",
    "intra", "macro", "mega", "mid", "mini", "multi", "nano", "neo", "non", "over", "post", "pre", "pro", "pseudo",
    "quasi", "re", "semi", "sub", "super", "trans", "tri", "ultra", "un", "uni",
];

/// Words without apostrophe that are two, lower case, sorted, with the length in bytes of the first.
const FUSED: &[(&str, usize)] = &[
    ("aint", 2),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gimme", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("hadnt", 3),
    ("hasnt", 3),
    ("havent", 4),
    ("hes", 2),
    ("im", 1),
    ("isnt", 2),
    ("ive", 1),
    ("lemme", 3),
    ("shouldnt", 6),
    ("thats", 4),
    ("theres", 5),
    ("theyre", 4),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("wont", 2),
    ("wouldnt", 5),
    ("youre", 3),
    ("youve", 3),
];

/// The last letters of these.
const FUSED_ENDS: &[u8] = b"aemst";

/// Units that come off the number before them: "5pm", "35mm".
const UNITS: &[&str] = &[
    "am", "bn", "cm", "ft", "g", "gb", "ghz", "hrs", "k", "kg", "km", "kms", "kph", "kw", "lb", "lbs", "m", "mb", "mg",
    "mi", "min", "mins", "ml", "mm", "mph", "mw", "oz", "pm", "tn", "yr", "yrs",
];

/// Ends of host and file names, lower case, sorted.
const ENDINGS: &[&str] = &[
    "au", "biz", "ca", "ch", "cn", "co", "com", "de", "doc", "docx", "edu", "eu", "exe", "fr", "gif", "gov", "htm",
    "html", "il", "in", "info", "int", "io", "ir", "it", "jp", "jpg", "kr", "mil", "mp3", "net", "org", "pdf", "php",
    "pl", "png", "ppt", "ru", "tv", "tw", "txt", "ua", "uk", "url", "us", "xls", "xlsx", "xml", "zip",
];

/// Faces drawn in type.
const EMOTICONS: &[&str] = &[
    ":-)", ":-(", ";-)", ":-D", ":-P", ":'(", "^_^", ":)", ":(", ";)", ":D", ":P", ":p", "=)", "=(", "<3", ":/", ";D",
];

const CLITICS: &[&str] = &["d", "ll", "m", "re", "s", "ve"];

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '‘' | 'ʼ' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a character belongs inside words: letters, digits, and the marks that combine with them.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{FE0F}')
}

/// White space, and the characters that show nothing.
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C');
    }
    c.is_whitespace()
}

/// Lower-cases an ASCII word into `buffer`; `None` if it is longer or not ASCII.
fn lower<'b>(word: &str, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
    let bytes = word.as_bytes();
    let place = buffer.get_mut(..bytes.len())?;
    for (to, from) in place.iter_mut().zip(bytes) {
        if !from.is_ascii() {
            return None;
        }
        *to = from.to_ascii_lowercase();
    }
    std::str::from_utf8(place).ok()
}

fn listed(word: &str, list: &[&str]) -> bool {
    let mut buffer = [0; 16];
    lower(word, &mut buffer).is_some_and(|w| list.binary_search(&w).is_ok())
}

/// Cuts `span` of `text` into words, which are appended to `out` in order. Together they cover all that is not white space.
pub(crate) fn tokenize(text: &str, span: Span, out: &mut Vec<Span>) {
    let Some(body) = text.get(span.range()) else { return };
    let base = span.start as usize;
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // The fast way: a run of letters between two spaces.
        let from = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        if at == bytes.len() || bytes[at] == b' ' || bytes[at] == b'\n' {
            if at > from {
                push_word(body, from, at, base, out);
            }
            at += 1;
            continue;
        }
        let rest = &body[at..];
        let length = rest.find(is_space).unwrap_or(rest.len());
        Chunk::new(body, from, at + length).cut(base, out);
        at += length;
        at += body[at..].chars().next().map_or(0, char::len_utf8);
    }
}

/// What stands between two white spaces.
struct Chunk<'a> {
    body: &'a str,
    start: usize,
    end: usize,
    /// Whether it may hold an address.
    address: bool,
}

impl<'a> Chunk<'a> {
    fn new(body: &'a str, start: usize, end: usize) -> Chunk<'a> {
        let text = &body[start..end];
        let address = text.contains("://") || text.contains('@') || text.contains("www.") || text.contains("mailto:");
        Chunk { body, start, end, address }
    }

    fn char(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = self.body.as_bytes()[at];
        if byte.is_ascii() { Some(byte as char) } else { self.body[at..self.end].chars().next() }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.body[self.start..at].chars().next_back()
    }

    /// The end of the run of word characters from `at`.
    fn run(&self, at: usize) -> usize {
        let rest = &self.body[at..self.end];
        at + rest.find(|c| !is_word(c)).unwrap_or(rest.len())
    }

    fn cut(&self, base: usize, out: &mut Vec<Span>) {
        let mut at = self.start;
        while let Some(c) = self.char(at) {
            let next = self.char(at + c.len_utf8());
            if self.address
                && (is_word(c))
                && let Some(end) = self.address_end(at)
            {
                out.push(Span::new(base + at, base + end));
                at = end;
            } else if is_word(c) || self.is_number_sign(at, c, next) || (c == '#' && next == Some('\'')) {
                let end = self.word_end(at);
                push_word(self.body, at, end, base, out);
                at = end;
            } else if let Some(end) = self.emoticon_end(at, c) {
                out.push(Span::new(base + at, base + end));
                at = end;
            } else if let Some(end) = self.clipped_end(at, c) {
                out.push(Span::new(base + at, base + end));
                at = end;
            } else {
                let end = self.run_of_marks(at, c);
                out.push(Span::new(base + at, base + end));
                at = end;
            }
        }
    }

    /// ".04", "+1" at the beginning of a chunk.
    fn is_number_sign(&self, at: usize, c: char, next: Option<char>) -> bool {
        (c == '.' || c == '+')
            && next.is_some_and(|n| n.is_ascii_digit())
            && self.before(at).is_none_or(|b| "($£€-".contains(b))
    }

    /// The end of a web or mail address that begins at `at`.
    fn address_end(&self, at: usize) -> Option<usize> {
        let rest = &self.body[at..self.end];
        let stop = rest.find(['<', '>', '"', '“', '”', '|']).unwrap_or(rest.len());
        let mut whole = rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}', '*']);
        while whole.ends_with(')') && !whole.contains('(') {
            whole = whole[..whole.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
        }
        let web = whole.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()));
        let mail = whole
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !user.contains(['(', ',', '/']));
        (web || mail || whole.starts_with("www.") || whole.starts_with("mailto:")).then_some(at + whole.len())
    }

    fn emoticon_end(&self, at: usize, c: char) -> Option<usize> {
        if !matches!(c, ':' | ';' | '=' | '^' | '<') || self.before(at).is_some_and(|b| b.is_ascii_digit()) {
            return None;
        }
        let rest = &self.body[at..self.end];
        let face = EMOTICONS.iter().find(|e| rest.starts_with(**e))?;
        let end = at + face.len();
        (!self.char(end).is_some_and(is_word)).then_some(end)
    }

    /// "'s" on its own, "'72", "'90s", "'em".
    fn clipped_end(&self, at: usize, c: char) -> Option<usize> {
        if !is_apostrophe(c) {
            return None;
        }
        let from = at + c.len_utf8();
        let end = self.run(from);
        let word = &self.body[from..end];
        let decade =
            word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && matches!(&word[2..], "" | "s");
        let known = listed(word, &["cause", "d", "em", "ll", "m", "re", "s", "til", "tis", "twas", "ve"]);
        (decade || known).then_some(end)
    }

    /// The end of a run of marks that make one token: "...", "--", "?!".
    fn run_of_marks(&self, at: usize, c: char) -> usize {
        let same: &[char] = match c {
            '!' | '?' => &['!', '?'],
            '.' | '-' | '$' | '*' | '=' | '_' | '~' | '+' | '#' | '^' | '\'' | '`' | '<' | '>' | '—' | '–' | '•'
            | '’' | '‘' => &[c],
            _ => return at + c.len_utf8(),
        };
        let rest = &self.body[at..self.end];
        at + rest.find(|c| !same.contains(&c)).unwrap_or(rest.len())
    }

    /// The end of the word that begins at `from`, before clitics are cut off.
    fn word_end(&self, from: usize) -> usize {
        let first = self.char(from).map_or(1, char::len_utf8);
        let mut at = if self.char(from).is_some_and(is_word) { self.run(from) } else { self.run(from + first) };
        while let Some(c) = self.char(at) {
            let after = at + c.len_utf8();
            let word = &self.body[from..at];
            let next = self.char(after);
            let digit_before = word.ends_with(|c: char| c.is_ascii_digit());
            let digit_next = next.is_some_and(|n| n.is_ascii_digit());
            let word_next = next.is_some_and(is_word);
            let join = match c {
                '.' if word_next => {
                    let label = word.rsplit('.').next().unwrap_or("");
                    let single = label.chars().nth(1).is_none();
                    (digit_before && digit_next) || (single && !digit_before) || self.is_host(after)
                }
                '.' => {
                    if next != Some('.') && is_abbreviation(word, self.body, after) {
                        return after;
                    }
                    false
                }
                ',' => digit_before && digit_next && self.run(after) == after + 3,
                ':' => digit_before && digit_next,
                '/' => digit_before && digit_next && self.is_date(from, after),
                '&' => {
                    let end = self.run(after);
                    word_next && word.len() <= 3 && end - after <= 3 && !word.ends_with(|c: char| c.is_ascii_digit())
                }
                '@' | '_' => word_next,
                '*' => word_next && !digit_before && !digit_next,
                '$' => {
                    matches!(word, "US" | "U" | "A" | "C" | "HK" | "NZ" | "AU" | "CA") && (next.is_none() || digit_next)
                }
                _ if is_apostrophe(c) => word_next && (c != '‘') && !(digit_before && digit_next),
                _ if is_hyphen(c) && word_next => {
                    if word.bytes().all(|b| b.is_ascii_digit()) {
                        match self.number_groups_end(from) {
                            Some(end) => return end,
                            None => false,
                        }
                    } else {
                        listed(word, PREFIXES)
                    }
                }
                _ => false,
            };
            if !join {
                break;
            }
            if c == '$' {
                return after;
            }
            at = self.run(after);
        }
        at
    }

    /// Whether what begins at `at` ends as host or file names do.
    fn is_host(&self, mut at: usize) -> bool {
        loop {
            let end = self.run(at);
            if end == at {
                return false;
            }
            let more = self.char(end) == Some('.') && self.char(end + 1).is_some_and(is_word);
            if !more {
                let label = &self.body[at..end];
                return listed(label, ENDINGS) && !label.starts_with(|c: char| c.is_uppercase() && label.len() == 2);
            }
            at = end + 1;
        }
    }

    /// "11/28/2000", "9/11", but not "1/2".
    fn is_date(&self, from: usize, after: usize) -> bool {
        let whole = &self.body[from..self.run(after)];
        !matches!(whole, "1/2" | "1/3" | "2/3" | "1/4" | "3/4" | "50/50" | "24/7")
    }

    /// The end of a telephone number or a date whose groups of digits are joined by hyphens.
    fn number_groups_end(&self, from: usize) -> Option<usize> {
        let rest = &self.body[from..self.end];
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
        let whole = rest[..length].trim_end_matches('-');
        let mut groups = [0; 4];
        let mut count = 0;
        for group in whole.split('-') {
            *groups.get_mut(count)? = group.len();
            count += 1;
        }
        let known = matches!(
            &groups[..count],
            [1, 4] | [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 2, 2] | [1 | 2, 1 | 2, 2 | 4] | [5, 4]
        );
        known.then_some(from + whole.len())
    }
}

/// Whether the full stop after `word` belongs to it. `after` is the byte of `body` after the stop.
fn is_abbreviation(word: &str, body: &str, after: usize) -> bool {
    let mut chars = word.chars();
    if let (Some(first), None) = (chars.next(), chars.next()) {
        return first.is_uppercase();
    }
    if word.contains('.') {
        let letters =
            word.split('.').all(|label| label.chars().nth(1).is_none() && label.chars().all(char::is_alphabetic));
        return letters || listed(word, ABBREVIATIONS);
    }
    if listed(word, ABBREVIATIONS) {
        // "sat.", "mon.", "op." in lower case are words; months and days are written with a capital.
        let calendar = matches!(
            word,
            "sat" | "sun" | "mar" | "mon" | "wed" | "dec" | "jan" | "co" | "al" | "col" | "gen" | "est" | "det" | "fig"
        );
        return !calendar || word == "al";
    }
    let number = body[after..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    number && listed(word, BEFORE_NUMBER)
}

/// Appends the word from `from` to `to`, its clitics cut off.
fn push_word(body: &str, from: usize, to: usize, base: usize, out: &mut Vec<Span>) {
    let word = &body[from..to];
    if let Some(first) = split_point(word)
        && first > 0
        && first < word.len()
    {
        out.push(Span::new(base + from, base + from + first));
        out.push(Span::new(base + from + first, base + to));
    } else {
        out.push(Span::new(base + from, base + to));
    }
}

/// Where in `word` the second of two words begins.
fn split_point(word: &str) -> Option<usize> {
    let mut buffer = [0; 16];
    let bytes = word.as_bytes();
    let letters = bytes.iter().all(u8::is_ascii_alphabetic);
    if letters && !FUSED_ENDS.contains(&bytes.last()?.to_ascii_lowercase()) {
        return None;
    }
    if let Some((mark, c)) = word.char_indices().rev().find(|(_, c)| !letters && is_apostrophe(*c)) {
        let tail = &word[mark + c.len_utf8()..];
        if listed(tail, CLITICS) {
            return Some(mark);
        }
        if tail.eq_ignore_ascii_case("t") && mark > 0 && bytes[mark - 1].eq_ignore_ascii_case(&b'n') {
            return Some(mark - 1);
        }
        return None;
    }
    if bytes.first()?.is_ascii_digit() {
        let digits = bytes.iter().position(|b| b.is_ascii_alphabetic())?;
        return listed(&word[digits..], UNITS).then_some(digits);
    }
    if !(2..=8).contains(&bytes.len()) {
        return None;
    }
    let low = lower(word, &mut buffer)?;
    let index = FUSED.binary_search_by(|(form, _)| (*form).cmp(low)).ok()?;
    let (form, first) = FUSED[index];
    // "Im" and "Hes" are names.
    (!matches!(form, "im" | "ive" | "hes") || bytes[0].is_ascii_lowercase()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_are_cut_as_in_the_treebank() {
        for (text, expected) in [
            ("They don't know Lavrov's plan.", "They|do|n't|know|Lavrov|'s|plan|."),
            ("U.S.-Russian talks", "U.S.|-|Russian|talks"),
            ("He cannot; I'm gonna.", "He|can|not|;|I|'m|gon|na|."),
            ("the ministers' pre-war, long-term plan", "the|ministers|'|pre-war|,|long|-|term|plan"),
            ("$5.2 million (3%) at 10:30 a.m.", "$|5.2|million|(|3|%|)|at|10:30|a.m."),
            ("1,200 men, 5pm… wait...", "1,200|men|,|5|pm|…|wait|..."),
            ("“No,” he said.", "“|No|,|”|he|said|."),
            (
                "See https://state.gov/r/pa/ or write to press@state.gov.",
                "See|https://state.gov/r/pa/|or|write|to|press@state.gov|.",
            ),
            ("Mr. Kerry, Brig. Gen. Pat Ryder, Feb. 12", "Mr.|Kerry|,|Brig.|Gen.|Pat|Ryder|,|Feb.|12"),
            ("call 713-853-3989 by 2013-02-16 in 2003-04", "call|713-853-3989|by|2013-02-16|in|2003|-|04"),
            ("and/or 9/11", "and|/|or|9/11"),
            ("Hello :) --ok--", "Hello|:)|--|ok|--"),
            ("the end.The next", "the|end|.|The|next"),
            ("AT&T’s O'Neill in the '90s", "AT&T|’s|O'Neill|in|the|'90s"),
        ] {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn lists_are_sorted() {
        for list in [ABBREVIATIONS, BEFORE_NUMBER, PREFIXES, UNITS, ENDINGS, CLITICS] {
            assert!(list.is_sorted());
        }
        assert!(FUSED.is_sorted());
        assert!(FUSED.iter().all(|(form, _)| form.bytes().next_back().is_some_and(|last| FUSED_ENDS.contains(&last))));
    }

    #[test]
    fn words_cover_all_but_white_space_of_any_text() {
        // Strings made of awkward pieces, by a fixed recurrence.
        let pieces = [
            "a", "'", "’", "-", ".", ",", "5", "$", "@", "://", " ", "\u{a0}", "é", "\u{301}", "😀", "U.S", "n't",
            "\n", "/", "&", "www.", ":)", "(", "“", "中", "\u{200b}", "#", "+",
        ];
        let mut state = 7u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let mut out = Vec::new();
            tokenize(&text, Span::new(0, text.len()), &mut out);
            let mut at = 0;
            for span in out {
                assert!(!span.is_empty());
                assert!(text[at..span.start as usize].chars().all(is_space), "{text:?}");
                assert!(!span.of(&text).chars().any(is_space), "{text:?}");
                at = span.end as usize;
            }
            assert!(text[at..].chars().all(is_space), "{text:?}");
        }
    }
}
