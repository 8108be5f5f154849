//! The words of time, and the cutting of a sentence into them. Nearly every sentence is read here only: no word of time,
//! nothing more to do.

use super::meaning::{DayPart, Grain, Reference, Unit, Which};
use crate::span::Span;

/// What a word can be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Word {
    /// A word of no table: grammar never asks for it.
    Unknown,
    /// Nothing of its own; grammar asks for it by name ("of", "the", "early").
    Other,
    /// A month written out.
    Month(u8),
    /// A month cut short, which wants company ("Mar", "Jan" are people too).
    ShortMonth(u8),
    /// A weekday written out, Monday being 1.
    Weekday(u8),
    /// A weekday cut short.
    ShortWeekday(u8),
    /// Several of one weekday.
    Weekdays(u8),
    /// One unit of time ("week").
    One(Unit),
    /// Several ("weeks").
    Many(Unit),
    /// A span that is no unit to count in ("weekend", "quarter", "spring").
    Stretch(Grain),
    /// Part of a day.
    Part(DayPart),
    /// A day counted from today.
    Today(i8),
    /// What points at a time without telling it.
    Vague(Reference),
    /// How often, as a TIMEX3 value ("P1W").
    Often(&'static str),
    /// A number word.
    Cardinal(u16),
    /// A number word that ranks.
    Ordinal(u8),
    /// A word that picks one of several spans ("last", "next").
    Pick(Which),
    /// A time zone's short name.
    Zone,
    /// A holiday of fixed or counted date.
    Feast(Holiday),
    /// Other words that make it worth looking at a sentence ("noon" is a part; this is "fiscal", "midweek").
    Hint,
}

/// Holidays whose date does not depend on who keeps them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holiday {
    /// On a day of a month.
    Fixed(u8, u8),
    /// The n-th (or, with -1, the last) weekday of a month.
    Nth(i8, u8, u8),
}

use Grain::{Half, Quarter, Season, Weekend};
use Unit::{Century, Day, Decade, Fortnight, Hour, Minute, Second, Week, Year};
use Word::*;

#[rustfmt::skip]
const WORDS: &[(&str, Word)] = &[
    ("january", Month(1)), ("february", Month(2)), ("march", Month(3)), ("april", Month(4)), ("may", Month(5)), ("june", Month(6)),
    ("july", Month(7)), ("august", Month(8)), ("september", Month(9)), ("october", Month(10)), ("november", Month(11)), ("december", Month(12)),
    ("jan", ShortMonth(1)), ("feb", ShortMonth(2)), ("mar", ShortMonth(3)), ("apr", ShortMonth(4)), ("jun", ShortMonth(6)), ("jul", ShortMonth(7)),
    ("aug", ShortMonth(8)), ("sep", ShortMonth(9)), ("sept", ShortMonth(9)), ("oct", ShortMonth(10)), ("nov", ShortMonth(11)), ("dec", ShortMonth(12)),
    ("monday", Weekday(1)), ("tuesday", Weekday(2)), ("wednesday", Weekday(3)), ("thursday", Weekday(4)), ("friday", Weekday(5)),
    ("saturday", Weekday(6)), ("sunday", Weekday(7)),
    ("mon", ShortWeekday(1)), ("tue", ShortWeekday(2)), ("tues", ShortWeekday(2)), ("wed", ShortWeekday(3)), ("thu", ShortWeekday(4)),
    ("thur", ShortWeekday(4)), ("thurs", ShortWeekday(4)), ("fri", ShortWeekday(5)), ("sat", ShortWeekday(6)), ("sun", ShortWeekday(7)),
    ("mondays", Weekdays(1)), ("tuesdays", Weekdays(2)), ("wednesdays", Weekdays(3)), ("thursdays", Weekdays(4)), ("fridays", Weekdays(5)),
    ("saturdays", Weekdays(6)), ("sundays", Weekdays(7)),
    ("second", Ordinal(2)), ("seconds", Many(Second)), ("minute", One(Minute)), ("minutes", Many(Minute)), ("mins", Many(Minute)), ("min", One(Minute)),
    ("hour", One(Hour)), ("hours", Many(Hour)), ("hrs", Many(Hour)), ("day", One(Day)), ("days", Many(Day)), ("week", One(Week)), ("weeks", Many(Week)),
    ("fortnight", One(Fortnight)), ("month", One(Unit::Month)), ("months", Many(Unit::Month)), ("year", One(Year)), ("years", Many(Year)),
    ("decade", One(Decade)), ("decades", Many(Decade)), ("century", One(Century)), ("centuries", Many(Century)),
    ("quarter", Stretch(Quarter)), ("quarters", Many(Unit::Quarter)), ("weekend", Stretch(Weekend)), ("half", Stretch(Half)),
    ("spring", Stretch(Season(0))), ("summer", Stretch(Season(1))), ("fall", Stretch(Season(2))), ("autumn", Stretch(Season(2))), ("winter", Stretch(Season(3))),
    ("morning", Part(DayPart::Morning)), ("dawn", Part(DayPart::Dawn)), ("noon", Part(DayPart::Noon)), ("midday", Part(DayPart::Noon)), ("afternoon", Part(DayPart::Afternoon)),
    ("evening", Part(DayPart::Evening)), ("night", Part(DayPart::Night)), ("midnight", Part(DayPart::Midnight)), ("overnight", Part(DayPart::Overnight)),
    ("today", Today(0)), ("yesterday", Today(-1)), ("tomorrow", Today(1)), ("tonight", Today(0)),
    ("now", Vague(Reference::Present)), ("currently", Vague(Reference::Present)), ("nowadays", Vague(Reference::Present)),
    ("current", Vague(Reference::Present)), ("presently", Vague(Reference::Present)),
    ("recently", Vague(Reference::Past)), ("recent", Vague(Reference::Past)), ("lately", Vague(Reference::Past)),
    ("soon", Vague(Reference::Future)), ("future", Vague(Reference::Future)), ("past", Pick(Which::Last)),
    ("daily", Often("P1D")), ("weekly", Often("P1W")), ("biweekly", Often("P2W")), ("fortnightly", Often("P2W")), ("monthly", Often("P1M")), ("quarterly", Often("P3M")), ("yearly", Often("P1Y")), ("annually", Often("P1Y")),
    ("hourly", Often("PT1H")), ("nightly", Often("P1D")), ("annual", Often("P1Y")),
    ("one", Cardinal(1)), ("two", Cardinal(2)), ("three", Cardinal(3)), ("four", Cardinal(4)), ("five", Cardinal(5)), ("six", Cardinal(6)), ("seven", Cardinal(7)),
    ("eight", Cardinal(8)), ("nine", Cardinal(9)), ("ten", Cardinal(10)), ("eleven", Cardinal(11)), ("twelve", Cardinal(12)), ("thirteen", Cardinal(13)),
    ("fourteen", Cardinal(14)), ("fifteen", Cardinal(15)), ("sixteen", Cardinal(16)), ("seventeen", Cardinal(17)), ("eighteen", Cardinal(18)),
    ("nineteen", Cardinal(19)), ("twenty", Cardinal(20)), ("thirty", Cardinal(30)), ("forty", Cardinal(40)), ("fifty", Cardinal(50)), ("sixty", Cardinal(60)),
    ("seventy", Cardinal(70)), ("eighty", Cardinal(80)), ("ninety", Cardinal(90)), ("hundred", Cardinal(100)), ("thousand", Cardinal(1000)),
    ("first", Ordinal(1)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)), ("sixth", Ordinal(6)), ("seventh", Ordinal(7)),
    ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)), ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)), ("thirteenth", Ordinal(13)),
    ("fourteenth", Ordinal(14)), ("fifteenth", Ordinal(15)), ("sixteenth", Ordinal(16)), ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)), ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)),
    ("last", Pick(Which::Last)), ("this", Pick(Which::This)), ("next", Pick(Which::Next)), ("coming", Pick(Which::Next)), ("upcoming", Pick(Which::Next)),
    ("latest", Pick(Which::Latest)), ("previous", Pick(Which::Previous)), ("preceding", Pick(Which::Previous)), ("prior", Pick(Which::Previous)), ("following", Pick(Which::Following)), ("same", Pick(Which::Same)),
    ("that", Pick(Which::Same)),
    ("gmt", Zone), ("utc", Zone), ("est", Zone), ("edt", Zone), ("et", Zone), ("cst", Zone), ("cdt", Zone), ("ct", Zone), ("mst", Zone), ("mdt", Zone), ("pst", Zone), ("pdt", Zone),
    ("pt", Zone), ("bst", Zone), ("ist", Zone), ("cet", Zone), ("cest", Zone), ("eet", Zone), ("eest", Zone), ("msk", Zone), ("jst", Zone), ("kst", Zone), ("pkt", Zone), ("wib", Zone), ("sgt", Zone), ("aest", Zone), ("hkt", Zone),
    ("christmas", Feast(Holiday::Fixed(12, 25))), ("halloween", Feast(Holiday::Fixed(10, 31))),
    ("thanksgiving", Feast(Holiday::Nth(4, 11, 4))),
    ("midweek", Hint), ("nineties", Hint), ("eighties", Hint), ("seventies", Hint), ("sixties", Hint), ("fifties", Hint), ("forties", Hint), ("thirties", Hint), ("twenties", Hint), ("hrs", Hint),
    ("weeklong", Hint), ("yearlong", Hint), ("monthlong", Hint), ("daylong", Hint), ("fiscal", Hint), ("ago", Hint), ("moment", Hint),
];

/// The other words that [`super::grammar`] asks for by name, so that nearly all of a text's words need not be held against
/// any of them. A test holds this list to the grammar.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "a", "about", "acres", "additional", "advance", "after", "afternoons", "afterward", "afterwards", "age",
    "ahead", "airbus", "almost", "am", "an", "and", "another", "approximately", "around", "article", "as", "ash",
    "at", "b", "bastille", "bc", "bce", "before", "beginning", "between", "billion", "black", "bloody", "boeing",
    "business", "but", "by", "c", "ca", "calendar", "cents", "channel", "chapter", "children", "circa", "clock",
    "close", "consecutive", "couple", "cyber", "daylight", "decree", "degrees", "distant", "does", "dollars",
    "dozen", "during", "each", "earlier", "early", "easter", "election", "end", "enough", "eve", "evenings",
    "every", "express", "feet", "few", "fewer", "final", "flat", "flight", "foot", "for", "foreseeable", "from",
    "full", "further", "good", "had", "has", "hence", "her", "herald", "his", "holy", "how", "if", "immediate",
    "in", "inst", "instant", "is", "its", "just", "kg", "kilometers", "kilometres", "km", "labor", "lasted", "late", "later", "latter",
    "law", "least", "less", "local", "long", "m", "mail", "many", "maundy", "memorial", "men", "meters", "metres",
    "mid", "middle", "mile", "miles", "million", "mirror", "mm", "more", "mornings", "most", "nd", "near", "nearly",
    "new", "nights", "no", "number", "numerous", "o", "of", "old", "on", "once", "or", "other", "outset", "over", "p",
    "palm", "people", "per", "percent", "period", "pm", "points", "pounds", "previously", "prox", "proximo", "rd", "resolution",
    "right", "room", "roughly", "route", "s", "section", "series", "several", "since", "single", "so", "soldiers",
    "some", "ss", "st", "standard", "start", "straight", "super", "telegraph", "th", "than", "the", "their",
    "these", "through", "throughout", "till", "time", "times", "to", "tonnes", "tons", "too", "took", "trading",
    "troops", "twice", "ult", "ultimo", "under", "unit", "until", "up", "was", "when", "whole", "will", "windows", "with", "within",
    "women", "working",
];

const SLOTS: usize = 1024;

/// A word of [`WORDS`] or, after them, of [`NAMED`].
const fn row(at: usize) -> (&'static str, Word) {
    if at < WORDS.len() { WORDS[at] } else { (NAMED[at - WORDS.len()], Other) }
}

const fn hash(word: &[u8]) -> usize {
    // FNV-1a over lower-cased ASCII.
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < word.len() {
        hash = (hash ^ word[at].to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 15)) as usize % SLOTS
}

/// The number of each word's [`row`], plus one, by its hash; built by the compiler.
const TABLE: [u16; SLOTS] = {
    let mut table = [0u16; SLOTS];
    let mut at = 0;
    while at < WORDS.len() + NAMED.len() {
        let mut slot = hash(row(at).0.as_bytes());
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = at as u16 + 1;
        at += 1;
    }
    table
};

const LONGEST: usize = 13;

/// What the word is; letter case aside.
pub fn word(text: &str) -> Word {
    if text.len() > LONGEST {
        return Unknown;
    }
    let mut slot = hash(text.as_bytes());
    while let Some(at) = (TABLE[slot] as usize).checked_sub(1) {
        let (form, word) = row(at);
        if form.eq_ignore_ascii_case(text) {
            return word;
        }
        slot = (slot + 1) % SLOTS;
    }
    Unknown
}

/// A run of letters, a number, or one mark.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// What an [`Atom`] is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Letters.
    Word(Word),
    /// Digits, thousands and decimals included; `digits` counts them where they are plain, and is 0 otherwise.
    Number {
        /// Its value.
        value: f64,
        /// How many digits, 0 if it is written with separators.
        digits: u8,
    },
    /// Anything else; quotation marks and dashes made plain.
    Mark(char),
}

/// Cuts `span` of `text` into atoms, and tells whether any of them can be part of a time expression.
pub fn cut(text: &str, span: Span, atoms: &mut Vec<Atom>) -> bool {
    atoms.clear();
    let Some(body) = text.get(span.range()) else { return false };
    let bytes = body.as_bytes();
    let base = span.start as usize;
    let (mut at, mut spaced, mut worth) = (0, true, false);
    while at < bytes.len() {
        let from = at;
        let kind = match bytes[at] {
            b' ' | b'\n' | b'\t' | b'\r' => {
                (at, spaced) = (at + 1, true);
                continue;
            }
            b'0'..=b'9' => {
                let kind = number(bytes, &mut at);
                worth |= !matches!(kind, Kind::Number { digits: 0, .. });
                kind
            }
            byte if byte.is_ascii_alphabetic() || byte >= 0x80 => {
                let mut end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let plain = bytes.get(end).is_none_or(u8::is_ascii);
                for ch in body[end..].chars().take_while(|_| !plain) {
                    if !(ch.is_ascii_alphabetic() || !ch.is_ascii() && ch.is_alphabetic()) {
                        break;
                    }
                    end += ch.len_utf8();
                }
                if end == at {
                    let ch = body[at..].chars().next().unwrap_or(' ');
                    at += ch.len_utf8();
                    if ch.is_whitespace() {
                        spaced = true;
                        continue;
                    }
                    Kind::Mark(match ch {
                        '\u{2018}' | '\u{2019}' => '\'',
                        '\u{2010}'..='\u{2013}' => '-',
                        other => other,
                    })
                } else {
                    at = end;
                    let word = word(&body[from..end]);
                    // "last" and "that" stand everywhere; "the past", "nineteen ninety-one" and "the latest quarter" tell by themselves.
                    worth |= !matches!(
                        word,
                        Unknown
                            | Other
                            | Pick(Which::This | Which::Same | Which::Next | Which::Following)
                            | Cardinal(_)
                            | Ordinal(_)
                    ) || matches!(word, Cardinal(19));
                    Kind::Word(word)
                }
            }
            // "[Ten] years ago": what an editor put into a quotation.
            b'[' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                at += 1;
                continue;
            }
            b']' if at > 0 && bytes[at - 1].is_ascii_alphabetic() => {
                at += 1;
                continue;
            }
            byte => {
                at += 1;
                Kind::Mark(byte as char)
            }
        };
        atoms.push(Atom { span: Span::new(base + from, base + at), kind, spaced });
        spaced = false;
    }
    worth
}

/// Reads "15", "1,500", "2.5"; but "16.02.2013" as three numbers, and "5,2013" as two.
fn number(bytes: &[u8], at: &mut usize) -> Kind {
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let length = digits(*at);
    let mut value = 0.0;
    for byte in &bytes[*at..*at + length] {
        value = value * 10.0 + f64::from(byte - b'0');
    }
    *at += length;
    let mut plain = true;
    while length <= 3 && bytes.get(*at) == Some(&b',') && digits(*at + 1) == 3 {
        for byte in &bytes[*at + 1..*at + 4] {
            value = value * 10.0 + f64::from(byte - b'0');
        }
        *at += 4;
        plain = false;
    }
    let fraction = digits(*at + 1);
    if bytes.get(*at) == Some(&b'.') && fraction > 0 {
        let end = *at + 1 + fraction;
        let more = bytes.get(end) == Some(&b'.') && digits(end + 1) > 0;
        let again = *at > length && bytes.get(*at - length - 1) == Some(&b'.');
        if !more && !again {
            let mut place = 0.1;
            for byte in &bytes[*at + 1..end] {
                value += place * f64::from(byte - b'0');
                place /= 10.0;
            }
            *at = end;
            plain = false;
        }
    }
    Kind::Number { value, digits: if plain { length.min(255) as u8 } else { 0 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found() {
        for (text, _) in WORDS {
            assert!(text.len() <= LONGEST, "{text}");
            assert!(!matches!(word(text), Other | Unknown), "{text}");
            assert_eq!(word(text), word(&text.to_uppercase()));
        }
        assert_eq!(word("diplomacy"), Unknown);
        assert_eq!(word("Friday"), Weekday(5));
    }

    #[test]
    fn every_word_that_the_grammar_asks_for_is_known() {
        let grammar = include_str!("grammar.rs").split("#[cfg(test)]").next().unwrap_or_default();
        let code = grammar.lines().filter(|line| !line.trim_start().starts_with("//"));
        let mut asked = 0;
        for line in code {
            for text in line.split('"').skip(1).step_by(2) {
                let is_word = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
                assert!(!is_word || word(text) != Unknown, "{text}");
                asked += usize::from(is_word);
            }
        }
        assert!(asked > 300);
        for text in NAMED {
            assert!(text.len() <= LONGEST && word(text) == Other, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_whole() {
        let mut atoms = Vec::new();
        let text = "1,500 2.5 16.02.2013 5,2013 2013 11:53pm";
        cut(text, crate::span::Span::new(0, text.len()), &mut atoms);
        let kinds: Vec<String> = atoms.iter().map(|a| a.span.of(text).to_string()).collect();
        assert_eq!(
            kinds,
            ["1,500", "2.5", "16", ".", "02", ".", "2013", "5", ",", "2013", "2013", "11", ":", "53", "pm"]
        );
    }
}
