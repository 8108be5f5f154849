//! Readers' comments in saved text: where the thread begins, who wrote what when, and what answers what.
//!
//! Sites print a thread in few ways. Either an author's line opens a comment and a stamp (its date, "Reply") closes it, or
//! author and stamp stand together before the text. Answers are told by indentation, or by naming whom they answer.

use super::Comment;
use super::lines::{Bullet, Ending, Line};
use super::phrases::{self, Furniture};
use super::spam;
use crate::span::Span;
use crate::when::document_date;

/// The comments found, and the lines that they take up.
pub(super) struct Thread {
    pub comments: Vec<Comment>,
    /// Index of the line that heads the thread.
    pub first: usize,
    /// One past the last line of the thread.
    pub end: usize,
}

/// A line that tells who wrote a comment or when.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stamp {
    author: Option<String>,
    /// Whom the comment answers, where the stamp says so.
    answers: Option<String>,
    posted: Option<String>,
}

/// The most words that a line may have and still be a stamp.
const STAMP_WORDS: u32 = 16;

/// Finds the thread, if there is one.
pub(super) fn find(text: &str, lines: &[Line]) -> Option<Thread> {
    let heads: Vec<usize> =
        (0..lines.len()).filter(|&at| lines.get(at).is_some_and(|line| is_heading(text, line))).collect();
    // A count of comments above the article is no heading of a thread: the article would be the first comment.
    let prose: u32 = lines.iter().filter(|line| line.is_prose()).map(|line| line.words).sum();
    let plausible = |thread: &Thread| {
        let words = |comment: &Comment| comment.span.of(text).split_ascii_whitespace().count();
        thread.comments.iter().all(|comment| words(comment) <= (prose as usize * 7 / 20).max(150))
    };
    // The best of the headings is the one under which most comments stand; a page may name its comments in the menu too.
    let headed = heads
        .iter()
        .take(8)
        .map(|&head| thread(text, lines, head, head + 1))
        .filter(|thread| !thread.comments.is_empty() && plausible(thread))
        .max_by_key(|thread| (thread.comments.len(), thread.first));
    headed.or_else(|| {
        // Without a heading, two stamps that could not be anything else.
        let is_open = |line: &Line| stamp_before(text, line).is_some_and(|s| s.author.is_some());
        let opens: Vec<usize> = (0..lines.len()).filter(|&at| lines.get(at).is_some_and(is_open)).take(2).collect();
        match opens[..] {
            [first, _] => {
                Some(thread(text, lines, first, first)).filter(|thread| thread.comments.len() >= 2 && plausible(thread))
            }
            _ => None,
        }
    })
}

/// "soundoff (63 Responses)", "12 comments", "4 thoughts on …", "Comments (3)".
fn is_heading(text: &str, line: &Line) -> bool {
    if line.words > 14 {
        return false;
    }
    if line.furniture == Some(Furniture::Comments) {
        return true;
    }
    if line.digits == 0 || line.words > 14 {
        return false;
    }
    let mut folded = String::new();
    phrases::fold(line.span.of(text), &mut folded);
    let mut words = folded.split(' ');
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let number = |word: &str| word.parse::<u32>().is_ok();
    let noun = |word: &str| {
        matches!(
            word,
            "comments"
                | "comment"
                | "responses"
                | "response"
                | "replies"
                | "reply"
                | "thoughts"
                | "thought"
                | "kommentare"
                | "kommentar"
                | "commentaires"
                | "commentaire"
                | "comentarios"
                | "comentario"
                | "commenti"
                | "reacties"
                | "antworten"
                | "reaktionen"
                | "gedanken"
                | "respuestas"
                | "réponses"
        )
    };
    number(first) && noun(second) || noun(first) && number(second)
}

/// Reads the lines from `from` as a thread headed by line `head`.
fn thread(text: &str, lines: &[Line], head: usize, from: usize) -> Thread {
    let trailing = read_trailing(text, lines, from);
    let leading = read_leading(text, lines, from);
    let mut part = if trailing.comments.len() > leading.comments.len() { trailing } else { leading };
    for comment in &mut part.comments {
        comment.spam = spam::is_spam(comment.author.as_deref(), comment.span.of(text));
    }
    // A heading far above its comments is a count at the head of the article.
    let first = if part.first > head + HEADING_LINES { part.first } else { head };
    Thread { comments: part.comments, first, end: part.end }
}

/// How many lines may stand between a thread's heading and its first comment.
const HEADING_LINES: usize = 8;

/// Comments in one of the shapes, from the first line of the first to one past the last line of the last.
struct Part {
    comments: Vec<Comment>,
    first: usize,
    end: usize,
}

/// The comments under construction, and the open ones that an answer may belong to.
#[derive(Default)]
struct Tree {
    comments: Vec<Comment>,
    /// Indent and number of the comments above the next one.
    above: Vec<(u32, usize)>,
}

impl Tree {
    fn add(&mut self, indent: u32, stamp: Stamp, span: Span) {
        let number = self.comments.len() + 1;
        self.above.retain(|(column, _)| *column < indent);
        let named = stamp.answers.and_then(|name| {
            // A thread's answers stand near what they answer.
            let mut before = self.comments.iter().rev().take(500);
            before.find(|c| c.author.as_deref() == Some(&name)).map(|c| c.number)
        });
        let parent = named.or_else(|| self.above.last().map(|(_, number)| *number));
        self.above.push((indent, number));
        self.comments.push(Comment { number, author: stamp.author, posted: stamp.posted, parent, span, spam: false });
    }
}

/// Comments that a bullet or number and a name open, and a stamp closes.
fn read_trailing(text: &str, lines: &[Line], from: usize) -> Part {
    let mut tree = Tree::default();
    let mut begin = None;
    let mut opened: Option<usize> = None;
    let mut end = from;
    for at in from..lines.len() {
        let Some(line) = lines.get(at) else { break };
        let closes = stamp_after(text, line);
        match (opened, closes) {
            (Some(open), Some(posted)) => {
                let Some(first) = lines.get(open) else { continue };
                begin.get_or_insert(open);
                let author = first.span.of(text).trim_end_matches(':').trim().to_string();
                let body = match (lines.get(open + 1), at.checked_sub(1).and_then(|last| lines.get(last))) {
                    (Some(begin), Some(last)) if open + 1 < at => begin.span.cover(last.span),
                    _ => Span { start: first.span.end, end: first.span.end },
                };
                tree.add(first.indent, Stamp { author: Some(author), posted: Some(posted), answers: None }, body);
                opened = None;
                end = at + 1;
            }
            (None, None) if line.bullet != Bullet::None && line.words <= 8 => opened = Some(at),
            (None, None) if line.furniture == Some(Furniture::End) && !tree.comments.is_empty() => break,
            _ => {}
        }
    }
    Part { comments: tree.comments, first: begin.unwrap_or(from), end }
}

/// Comments that author and stamp open, on one line or on two.
fn read_leading(text: &str, lines: &[Line], from: usize) -> Part {
    struct Open {
        indent: u32,
        stamp: Stamp,
        /// Where the comment's own text begins.
        body: usize,
        /// The line on which author or stamp begin.
        first: usize,
    }
    let mut opens: Vec<Open> = Vec::new();
    let mut end = lines.len();
    let mut at = from;
    while let Some(line) = lines.get(at) {
        if line.furniture == Some(Furniture::End) && !opens.is_empty() && line.words <= 12 {
            end = at;
            break;
        }
        if let Some(stamp) = stamp_before(text, line) {
            let first = opens.last().map_or(from, |open| open.body);
            let name =
                at.checked_sub(1).filter(|above| *above >= first).and_then(|above| Some((above, lines.get(above)?)));
            match (stamp.author.is_some(), name.filter(|(_, line)| is_name(text, line))) {
                (true, _) => {
                    // "Name says:" may have its date on the next line.
                    let mut stamp = stamp;
                    let mut body = at + 1;
                    if stamp.posted.is_none()
                        && let Some(next) = lines.get(body)
                        && let Some(posted) = stamp_after(text, next)
                    {
                        stamp.posted = Some(posted);
                        body += 1;
                    }
                    opens.push(Open { indent: line.indent, stamp, body, first: at });
                }
                (false, Some((above, name))) => {
                    let author = name.span.of(text).trim_end_matches([':', '•', '|', ' ', ',']).to_string();
                    let stamp = Stamp { author: Some(author), ..stamp };
                    opens.push(Open { indent: name.indent, stamp, body: at + 1, first: above });
                }
                (false, None) => {}
            }
        }
        at += 1;
    }
    let mut tree = Tree::default();
    let mut last = from;
    for index in 0..opens.len() {
        let Some(open) = opens.get(index) else { break };
        let stop = opens.get(index + 1).map_or(end, |next| next.first);
        let is_button = |line: &Line| {
            matches!(line.furniture, Some(Furniture::Share | Furniture::Menu | Furniture::Related)) && line.words <= 4
        };
        let mut text_lines = lines
            .get(open.body..stop)
            .unwrap_or(&[])
            .iter()
            .enumerate()
            .filter(|(_, line)| !is_button(line) && line.words > 0);
        let first = text_lines.next();
        let final_line = text_lines.next_back().or(first);
        let span = match (first, final_line) {
            (Some((_, first)), Some((offset, line))) => {
                last = open.body + offset + 1;
                first.span.cover(line.span)
            }
            _ => {
                last = open.body;
                let end = lines.get(open.body.saturating_sub(1)).map_or(0, |line| line.span.end);
                Span { start: end, end }
            }
        };
        tree.add(open.indent, open.stamp.clone(), span);
    }
    Part { comments: tree.comments, first: opens.first().map_or(from, |open| open.first), end: last }
}

/// Words of a stamp that are neither date nor author.
const STAMP_VOCABULARY: &[&str] = &[
    "reply",
    "permalink",
    "link",
    "report",
    "flag",
    "share",
    "like",
    "quote",
    "edit",
    "on",
    "at",
    "the",
    "of",
    "posted",
    "am",
    "pm",
    "et",
    "est",
    "edt",
    "gmt",
    "utc",
    "um",
    "uhr",
    "am",
    "ago",
    "a",
    "an",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "says",
    "said",
    "wrote",
    "says",
    "writes",
    "sagt",
    "schrieb",
    "dice",
    "dit",
    "antworten",
    "répondre",
    "responder",
    "à",
    "edited",
    "th",
    "st",
    "nd",
    "rd",
    "x",
    "comment",
    "in",
    "to",
    "by",
    "date",
    "vor",
    "hace",
    "il",
    "y",
    "de",
    "le",
    "el",
    "#",
    "log",
];

/// The date of a line that is nothing but a date and buttons.
fn stamp_after(text: &str, line: &Line) -> Option<String> {
    if line.words > STAMP_WORDS || line.digits == 0 {
        return None;
    }
    let body = line.span.of(text);
    // A comment has its day; "November 2019" heads an archive.
    let posted = document_date(body).filter(|date| date.len() >= 10)?;
    (foreign_words(body) <= 1).then_some(posted)
}

/// Words of a stamp that its vocabulary does not know and that have no digit; a month's name is one.
fn foreign_words(body: &str) -> usize {
    let mut folded = String::new();
    phrases::fold(body, &mut folded);
    let strange = |word: &&str| !STAMP_VOCABULARY.contains(word) && !word.bytes().any(|byte| byte.is_ascii_digit());
    folded.split(' ').filter(strange).count()
}

/// Reads a line as a stamp that stands before a comment's text, with or without its author.
fn stamp_before(text: &str, line: &Line) -> Option<Stamp> {
    if line.words > STAMP_WORDS || line.words == 0 {
        return None;
    }
    let body = line.span.of(text);
    if line.digits == 0 && line.ending != Ending::Colon && !body.contains(" ago") {
        return None;
    }
    if let Some(posted) = stamp_after(text, line) {
        return Some(Stamp { posted: Some(posted), ..Stamp::default() });
    }
    // "Name says:", "Name on April 3, 2013 at 5:00 pm said:"
    let trimmed = body.trim_end_matches(':').trim_end();
    for verb in ["says", "said", "wrote", "writes", "sagt", "sagte", "schrieb", "dice", "dijo", "a dit", "dit"] {
        if let Some(author) = trimmed.strip_suffix(verb).filter(|_| body.ends_with(':'))
            && author.ends_with([' ', '…', '.'])
        {
            return Some(named(author.trim_end_matches(['.', '…', ' ']), None));
        }
    }
    // "Name • 3 years ago", "Name | April 3, 2013", "Name - 4 April 2013"
    for joint in [" • ", " · ", " | ", " – ", " — ", " - ", ", ", " on ", " am ", " says: "] {
        if let Some((author, rest)) = body.split_once(joint)
            && is_when(rest)
        {
            return Some(named(author, Some(rest)));
        }
    }
    is_when(body).then(|| Stamp { posted: document_date(body), ..Stamp::default() })
}

/// "3 years ago", or a date and little else.
fn is_when(text: &str) -> bool {
    let ago =
        text.contains(" ago") || text.starts_with("vor ") || text.starts_with("hace ") || text.starts_with("il y a ");
    let digits = text.bytes().any(|byte| byte.is_ascii_digit()) || text.starts_with("a ") || text.starts_with("an ");
    digits && foreign_words(text) <= usize::from(!ago) && (ago || document_date(text).is_some())
}

fn named(author: &str, when: Option<&str>) -> Stamp {
    let mut author = author.trim();
    let mut when = when.map(str::to_string);
    // "Name on April 3, 2013"
    if when.is_none()
        && let Some((name, rest)) = author.split_once(" on ")
        && is_when(rest)
    {
        (author, when) = (name, Some(rest.to_string()));
    }
    author = author.strip_prefix("by ").or_else(|| author.strip_prefix("Posted by ")).unwrap_or(author);
    // Disqus: "Name > Other", "Name ↩ Other"; elsewhere "Name in reply to Other".
    let mut answers = None;
    for joint in [" > ", " ↩ ", " ➤ ", " in reply to ", " → ", " replied to "] {
        if let Some((name, other)) = author.split_once(joint) {
            answers = Some(other.trim().to_string());
            author = name.trim();
        }
    }
    let posted = when.and_then(|when| document_date(&when));
    Stamp { author: (!author.is_empty()).then(|| author.to_string()), answers, posted }
}

/// Whether a line could be the name of a comment's author.
fn is_name(text: &str, line: &Line) -> bool {
    let body = line.span.of(text);
    let initial =
        body.strip_suffix('.').is_some_and(|body| body.rsplit(' ').next().is_some_and(|last| last.len() <= 2));
    (1..=6).contains(&line.words)
        && line.furniture.is_none()
        && (initial || matches!(line.ending, Ending::Open | Ending::Colon))
        && body.len() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::lines;
    use crate::page::phrases::Phrases;

    /// `number author posted parent: text`, a line a comment.
    fn shown(text: &str) -> String {
        let lines = lines::read(text, Phrases::shipped());
        let Some(thread) = find(text, &lines) else { return "none".to_string() };
        let comments = thread.comments.iter().map(|c| {
            let parent = c.parent.map_or("-".to_string(), |p| p.to_string());
            let (author, posted) = (c.author.as_deref().unwrap_or("?"), c.posted.as_deref().unwrap_or("?"));
            format!("{} {author} {posted} {parent}: {}", c.number, c.span.of(text).replace('\n', "/"))
        });
        comments.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn numbered_thread_with_stamps_after() {
        let text = "soundoff (9 Responses)\n  1. Ann\n\n    Call him again.\n\n    April 3, 2013 at 7:09 am | Reply\n    • Bob\n\n      \
                    He did.\n      Twice.\n\n      April 3, 2013 at 8:00 pm | Reply\n      • Cy\n\n\n        April 4, 2013 at 1:00 am |\n  2. Dee\n\n    \
                    So what\n\n    April 5, 2013 at 9:00 am | Reply\n\nPost a comment\n";
        assert_eq!(
            shown(text),
            "1 Ann 2013-04-03T07:09 -: Call him again.\n2 Bob 2013-04-03T20:00 1: He did./      Twice.\n\
             3 Cy 2013-04-04T01:00 2: \n4 Dee 2013-04-05T09:00 -: So what"
        );
    }

    #[test]
    fn says_with_the_date_below() {
        let text = "2 thoughts on “The call”\n\nAnn says:\nApril 3, 2013 at 7:09 am\n\nNobody calls back.\n\nReply\n\n\
                    Bob says:\nApril 4, 2013 at 7:10 am\n\nIndeed.\n\nReply\n\nLeave a Reply\n\nYour name\n";
        assert_eq!(shown(text), "1 Ann 2013-04-03T07:09 -: Nobody calls back.\n2 Bob 2013-04-04T07:10 -: Indeed.");
    }

    #[test]
    fn threads_that_name_whom_they_answer() {
        let text = "Comments\n\nAnn • 3 years ago\nNobody calls back.\n\nBob > Ann • 2 years ago\nIndeed.\n";
        assert_eq!(shown(text), "1 Ann ? -: Nobody calls back.\n2 Bob ? 1: Indeed.");
    }

    #[test]
    fn names_above_dates() {
        let text =
            "Comments (2)\n\nAnn B.\n3 April 2013 10:15\nNobody calls back.\n\nCy\n4 April 2013 11:15\nIndeed.\n";
        assert_eq!(shown(text), "1 Ann B. 2013-04-03T10:15 -: Nobody calls back.\n2 Cy 2013-04-04T11:15 -: Indeed.");
    }

    #[test]
    fn an_article_is_no_thread() {
        assert_eq!(shown("Comments\n\nThe minister called on Monday, May 3, 2010, and nobody answered.\n"), "none");
    }
}
