//! The lines of a saved page: where they stand, and what can be told of each without reading its neighbours.

use super::phrases::{self, Furniture, Phrases};
use crate::span::Span;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// As a sentence does.
    Sentence,
    /// Cut off, with an ellipsis.
    Ellipsis,
    /// With a colon.
    Colon,
    /// With anything else, as headlines and links do.
    Open,
}

/// One paragraph, heading, list item or label of a page: a line of the text, or several that were wrapped.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where it stands, without white space, bullet or number around it.
    pub span: Span,
    /// Columns before its first character, bullet included.
    pub indent: u32,
    /// Empty lines before it.
    pub gap: u32,
    /// What stands before its first word.
    pub bullet: Bullet,
    /// Number of words. Scripts without spaces count two characters a word.
    pub words: u32,
    /// How many words begin with a capital, and how many characters are digits.
    pub capitals: u32,
    /// Number of characters that are digits.
    pub digits: u32,
    /// Signs that stand between links (`|`, `·`, `»`, `>`).
    pub separators: u32,
    /// How it ends.
    pub ending: Ending,
    /// Number of function words.
    pub function_words: u32,
    /// What furniture its words say it is.
    pub furniture: Option<Furniture>,
    /// Hash of its folded words.
    pub hash: u64,
    /// Whether most of its letters belong to a script without spaces.
    pub unspaced: bool,
    /// Whether the page is in a language whose function words the tables do not have.
    pub foreign: bool,
}

/// What stands before the first word of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullet {
    /// Nothing.
    None,
    /// `•`, `*`, `+` and their like.
    Mark,
    /// A dash, which begins a turn of speech as often as a list item.
    Dash,
    /// `1.` or `1)`.
    Number,
}

impl Line {
    /// Whether the line reads as running text: whole sentences with function words in them.
    pub(super) fn is_prose(&self) -> bool {
        let ends = self.ending == Ending::Sentence || self.ending == Ending::Colon && self.words >= 8;
        if self.unspaced {
            return ends || self.words >= 20;
        }
        let function = if self.foreign { 0.3 } else { self.function_words as f32 / self.words.max(1) as f32 };
        let enough = function >= 0.12 || self.words < 8 && self.capitals <= 1 + self.words / 2;
        (ends && self.words >= 3 && enough || self.words >= 25 && function >= 0.2)
            && self.separators * 12 <= self.words
            && self.digits <= self.words * 3
    }
}

/// The lines of `text`, with wrapped ones joined.
pub(super) fn read(text: &str, phrases: &Phrases) -> Vec<Line> {
    let raw = split(text);
    let width = wrap_width(&raw);
    let mut lines = Vec::with_capacity(raw.len());
    let mut folded = String::new();
    let mut index = 0;
    while let Some(first) = raw.get(index) {
        let mut last = index;
        while let (Some(line), Some(next)) = (raw.get(last), raw.get(last + 1)) {
            let continued = match width {
                Some(width) => continues(first, line, next, width) || runs_on(line, next),
                None => runs_on(line, next),
            };
            if !continued {
                break;
            }
            last += 1;
        }
        let end = raw.get(last).map_or(first.span.end, |line| line.span.end);
        let span = Span { start: first.span.start, end };
        lines.push(describe(text, span, first, phrases, &mut folded));
        index = last + 1;
    }
    let whole = lines.iter().filter(|line| line.words >= 12 && line.ending == Ending::Sentence);
    let (words, known) = whole.fold((0, 0), |(words, known), line| (words + line.words, known + line.function_words));
    if known * 12 < words {
        lines.iter_mut().for_each(|line| line.foreign = true);
    }
    lines
}

/// What can be told of a text that is one line, without its place.
pub(super) fn of(text: &str, phrases: &Phrases) -> Line {
    let first = Raw {
        span: Span::new(0, text.len()),
        indent: 0,
        hang: 0,
        gap: 1,
        bullet: Bullet::None,
        width: 0,
        first_word: 0,
        closed: false,
        lower: false,
    };
    describe(text, first.span, &first, phrases, &mut String::new())
}

/// One physical line.
struct Raw {
    span: Span,
    indent: u32,
    /// Indent of the text after the bullet.
    hang: u32,
    gap: u32,
    bullet: Bullet,
    /// Width in characters, indent included.
    width: u32,
    /// Characters in the first word.
    first_word: u32,
    /// Whether the line ends as a sentence does.
    closed: bool,
    /// Whether it begins with a small letter.
    lower: bool,
}

fn split(text: &str) -> Vec<Raw> {
    let mut raw = Vec::new();
    let mut at = 0;
    let mut gap = 0;
    for piece in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) {
        let start = at;
        at += piece.len();
        let body = piece.trim();
        if body.is_empty() {
            // "\r\n" is one line end.
            gap += u32::from(piece != "\n" || !text.get(..start).is_some_and(|before| before.ends_with('\r')));
            continue;
        }
        let lead = piece.len() - piece.trim_start().len();
        let indent = piece[..lead].chars().map(|ch| if ch == '\t' { 4 } else { 1 }).sum::<u32>();
        let (bullet, skip) = bullet(body);
        let body = &body[skip..];
        let width = body.chars().count() as u32;
        let hang = indent + skip as u32;
        raw.push(Raw {
            span: Span::new(start + lead + skip, start + lead + skip + body.len()),
            indent,
            hang,
            gap,
            bullet,
            width: hang + width,
            first_word: body.split(' ').next().map_or(0, |word| word.chars().count() as u32),
            closed: ending(body) == Ending::Sentence,
            lower: body.chars().next().is_some_and(char::is_lowercase),
        });
        gap = 0;
    }
    raw
}

/// The width at which the text was wrapped, if it was: few lines are wider than a terminal's, and many come close to
/// the widest of them.
fn wrap_width(raw: &[Raw]) -> Option<u32> {
    const WIDEST: u32 = 110;
    let mut counts = [0usize; WIDEST as usize + 1];
    let (mut long, mut wide) = (0, 0);
    for pair in raw.windows(2) {
        let [line, next] = pair else { continue };
        if line.width > WIDEST {
            wide += 1;
        } else if line.width >= 45 {
            long += 1;
            if next.gap == 0 {
                counts[line.width as usize] += 1;
            }
        }
    }
    let followed: usize = counts.iter().sum();
    if followed < 4 || wide * 2 > long || followed * 4 < long {
        return None;
    }
    // The widest but for strays.
    let mut above = 0;
    let mut width = WIDEST;
    for candidate in (45..=WIDEST).rev() {
        above += counts[candidate as usize];
        width = candidate;
        if above * 50 > followed {
            break;
        }
    }
    // Lines of one paragraph each would not crowd under one width.
    let near: usize = counts[(width.saturating_sub(14) as usize)..].iter().sum();
    (near * 5 >= followed * 2).then_some(width)
}

/// Whether `next` goes on with the paragraph that began at `first` and has come to `line`.
fn continues(first: &Raw, line: &Raw, next: &Raw, width: u32) -> bool {
    if next.gap > 0 || next.bullet != Bullet::None {
        return false;
    }
    // The first line of a paragraph may be indented more or, with a bullet, less than the others.
    let aligned = next.indent == line.indent
        || next.indent == line.hang
        || next.indent < first.indent + 9 && line.span == first.span;
    aligned && line.width + 1 + next.first_word > width.saturating_sub(if line.closed { 2 } else { 6 })
}

/// Whether a sentence that `line` leaves open goes on in `next`, whatever width the rest of the text was wrapped at.
fn runs_on(line: &Raw, next: &Raw) -> bool {
    let aligned = next.indent == line.indent || next.indent == line.hang;
    next.gap == 0
        && next.lower
        && next.bullet == Bullet::None
        && aligned
        && !line.closed
        && (50..=120).contains(&line.width)
}

/// The bullet or number at the start of a line, and its length in bytes with the white space after it.
fn bullet(body: &str) -> (Bullet, usize) {
    let after = |rest: &str| body.len() - rest.trim_start().len();
    let mut chars = body.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    let spaced = rest.starts_with([' ', '\t', '\u{a0}']) && !rest.trim().is_empty();
    match first {
        '•' | '*' | '+' | '▪' | '●' | '◦' | '‣' | '■' | '□' | '○' | '★' | '☆' | '»' | '›' if spaced => {
            (Bullet::Mark, after(rest))
        }
        '•' | '●' | '▪' if !rest.trim().is_empty() => (Bullet::Mark, after(rest)),
        '-' | '–' | '—' if spaced => (Bullet::Dash, after(rest)),
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            let rest = body[digits..].strip_prefix(['.', ')']).unwrap_or("");
            let item = digits <= 3 && rest.starts_with([' ', '\t']) && !rest.trim().is_empty();
            if item { (Bullet::Number, after(rest)) } else { (Bullet::None, 0) }
        }
        _ => (Bullet::None, 0),
    }
}

/// How a text ends, quotation marks and brackets set aside.
pub(super) fn ending(text: &str) -> Ending {
    let core = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“', '›', '*', ' ', '\u{a0}']);
    if core.ends_with("...") || core.ends_with('…') || core.ends_with("[..") {
        return Ending::Ellipsis;
    }
    match core.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '।' | '؟' | '۔' | '．' | '‽') => Ending::Sentence,
        Some(':' | '：') => Ending::Colon,
        // A quotation may end with its comma outside.
        Some(',') if core.len() < text.len() => Ending::Sentence,
        _ => Ending::Open,
    }
}

fn describe(text: &str, span: Span, first: &Raw, phrases: &Phrases, folded: &mut String) -> Line {
    let body = span.of(text);
    let mut words = phrases::fold(body, folded);
    let ending = ending(body);
    let mut found = phrases.match_line(folded, words, ending == Ending::Sentence);
    let hash = phrases::hash(folded);
    // "Read also: Ministers meet in Oslo" is furniture by its label.
    if found.furniture.is_none()
        && words <= 30
        && let Some((label, _)) = body.split_once(':')
        && label.len() <= 24
    {
        let count = phrases::fold(label, folded);
        let label = phrases.match_line(folded, count, false).furniture;
        found.furniture = label.filter(|what| *what == Furniture::Related);
    }
    let (mut capitals, mut digits, mut separators, mut unspaced) = (0, 0, 0, 0usize);
    let mut before = ' ';
    for ch in body.chars() {
        if ch.is_alphabetic() {
            let at_word = !before.is_alphanumeric() && !matches!(before, '\'' | '’');
            capitals += u32::from(at_word && ch.is_uppercase());
            unspaced += usize::from(is_unspaced(ch));
        } else if ch.is_ascii_digit() {
            digits += 1;
        } else if matches!(ch, '|' | '·' | '»' | '«' | '>' | '•' | '›' | '←' | '→') {
            separators += u32::from(before == ' ');
        }
        before = ch;
    }
    // "Support The Harbour Post!"
    let asks = words <= 6
        && ending != Ending::Colon
        && body
            .strip_prefix("Support ")
            .or_else(|| body.strip_prefix("SUPPORT "))
            .is_some_and(|name| name.starts_with(char::is_uppercase))
        && !body.ends_with('.');
    let unspaced_words = unspaced / 2;
    let is_unspaced = unspaced_words > words;
    words = words.max(unspaced_words);
    Line {
        span,
        indent: first.indent,
        gap: first.gap,
        bullet: first.bullet,
        words: words as u32,
        capitals,
        digits,
        separators,
        ending,
        function_words: found.function_words,
        furniture: found.furniture.or(asks.then_some(Furniture::Plea)),
        hash,
        unspaced: is_unspaced,
        foreign: false,
    }
}

/// Chinese, Japanese and Thai are written without spaces between words.
fn is_unspaced(ch: char) -> bool {
    matches!(ch, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        read(text, Phrases::shipped()).iter().map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn one_line_a_paragraph_stays_so() {
        let text = "The two ministers met on Monday in the capital, an official told reporters afterwards, and spoke for an hour.\n\
                    They will meet again.\n\nNo date was given.\n";
        assert_eq!(texts(text).len(), 3);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "A short headline\n\n\
                    The two ministers met on Monday in the capital, an official told\n\
                    reporters afterwards, and spoke for an hour about the border, about\n\
                    trade and about the prisoners whom both sides hold. They did not speak\n\
                    to the press.\n\n\
                    The next meeting is planned for March, when both of them will be in\n\
                    the north for a conference, and may last for two days, said the\n\
                    official.\n";
        let lines = texts(text);
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("The two ministers") && lines[1].ends_with("to the press."));
        assert!(lines[2].ends_with("official."));
    }

    #[test]
    fn bullets_and_numbers_stand_outside_the_span() {
        assert_eq!(
            texts("  • one thing\n  2. another thing\n- Who called?"),
            ["one thing", "another thing", "Who called?"]
        );
        assert_eq!(texts("2.5 million people\n* * *"), ["2.5 million people", "* *"]);
    }

    #[test]
    fn endings() {
        assert_eq!(ending("He said “yes.”"), Ending::Sentence);
        assert_eq!(ending("More on this..."), Ending::Ellipsis);
        assert_eq!(ending("Related articles:"), Ending::Colon);
        assert_eq!(ending("Ministers meet"), Ending::Open);
    }

    #[test]
    fn carriage_returns_and_odd_characters_are_borne() {
        assert_eq!(texts("one\r\n\r\ntwo\rthree\u{2028}four\u{0}"), ["one", "two", "three", "four\u{0}"]);
        assert_eq!(texts(""), Vec::<&str>::new());
        assert_eq!(texts("\u{feff}\n•\n"), ["\u{feff}", "•"]);
    }
}
