//! Time expressions, and the EDTF value that each has against the document's date.

mod document;
pub mod edtf;
mod grammar;
mod meaning;
mod resolve;
mod tense;
mod words;

pub use document::document_date;
pub use edtf::interval;

use crate::codes::DateBasis;
use crate::language::Sentence;
use crate::span::Span;
use grammar::{Cursor, Phrase};
use meaning::{From, Meaning};
use resolve::Calendar;
use tense::Tense;

/// What a time expression tells (TimeML's types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day or something longer on the calendar ("Tuesday", "March 2013", "last week").
    Date,
    /// A time of day ("Tuesday evening", "3 p.m.").
    Time,
    /// A length of time ("six days", "30 minutes").
    Duration,
    /// Something that recurs ("every Monday").
    Set,
}

/// One time expression of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands, without preposition ("Tuesday", "the 14th", "six days").
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// First token in that sentence.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What it tells.
    pub kind: TimeKind,
    /// TIMEX3 value (`2013-02-12`, `2013-W07`, `P6D`, `PRESENT_REF`, `2013-02-12TEV`).
    pub value: String,
    /// EDTF value for dates and times (`2013-02-12`, `2013-03~`, `2013-02-04/2013-02-10`), day precision at most; `None`
    /// for durations, sets and what cannot be placed.
    pub edtf: Option<String>,
    /// Whether the text gives the full date or it was counted from the document's.
    pub basis: DateBasis,
    /// For a duration, its length in minutes, where it has one.
    pub minutes: Option<f64>,
}

/// Finds every time expression. `published` is the document's date (`2013-02-16T18:47`, `2013-02`, `XXXX-12-06`), if known.
/// Tags are used where a sentence has them, to tell "Friday's talks were" from "will be".
pub fn find(text: &str, sentences: &[Sentence], published: Option<&str>) -> Vec<TimeExpression> {
    let mut atoms = Vec::new();
    let mut found: Vec<Placed> = Vec::new();
    let mut phrases = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if !words::cut(text, sentence.span, &mut atoms) {
            continue;
        }
        phrases.clear();
        let cursor = Cursor::new(text, &atoms);
        grammar::phrases(&cursor, &mut phrases);
        for (at, phrase) in phrases.iter().enumerate() {
            let mut phrase = *phrase;
            let ahead = ahead(&atoms, &phrases, at);
            let mut open = false;
            if let Meaning::Offset { count, unit, from: From::Ahead, .. } = phrase.meaning
                && ahead.is_none()
                && matches!(atoms.get(phrase.end).map(|atom| atom.kind), Some(words::Kind::Word(_)))
            {
                // Counted from an event whose date is not told: "two weeks after the talks broke down" is a length.
                let counted = !cursor.text(phrase.first).eq_ignore_ascii_case("the");
                if counted {
                    phrase.meaning = Meaning::Length { count, unit, and: 0.0 };
                    phrase.end -= 1;
                }
                open = true;
            }
            let (Some(first), Some(last)) = (atoms.get(phrase.first), atoms.get(phrase.end.wrapping_sub(1))) else {
                continue;
            };
            found.push(Placed {
                sentence: index,
                phrase,
                span: first.span.cover(last.span),
                tense: tense::tense(text, sentence, &atoms, phrase.first, phrase.end),
                ahead,
                open,
            });
        }
    }
    let mut calendar = Calendar::new(published, found.iter().map(|placed| &placed.phrase));
    let mut expressions = Vec::with_capacity(found.len());
    for placed in &found {
        let Some(sentence) = sentences.get(placed.sentence) else { continue };
        let span = placed.span;
        let mut resolved = calendar.resolve(&placed.phrase, placed.tense, placed.sentence, placed.ahead.as_ref());
        if placed.open {
            // "the day before the talks": whenever those were.
            resolved.edtf = None;
        }
        let first = sentence.tokens.iter().position(|t| t.span.end > span.start).unwrap_or(0);
        let end = sentence.tokens.iter().rposition(|t| t.span.start < span.end).map_or(first + 1, |last| last + 1);
        expressions.push(TimeExpression {
            span,
            sentence: placed.sentence,
            first,
            end: end.max(first + 1),
            kind: resolved.kind,
            value: resolved.value,
            edtf: resolved.edtf.map(|edtf| edtf.to_string()),
            basis: resolved.basis,
            minutes: resolved.minutes,
        });
    }
    expressions
}

/// A phrase in its place.
struct Placed {
    sentence: usize,
    phrase: Phrase,
    span: Span,
    tense: Tense,
    /// What an offset counts from ("six days after the test of February 11").
    ahead: Option<Phrase>,
    /// Whether it counts from an event whose date is not told.
    open: bool,
}

/// The date that the offset at `at` counts from, if one follows in the same breath.
fn ahead(atoms: &[words::Atom], phrases: &[Phrase], at: usize) -> Option<Phrase> {
    const NEAR: usize = 8;
    let phrase = phrases.get(at)?;
    if !matches!(phrase.meaning, Meaning::Offset { from: From::Ahead, .. }) {
        return None;
    }
    let next = phrases.get(at + 1).filter(|next| next.first <= phrase.end + NEAR)?;
    let between = atoms.get(phrase.end..next.first)?;
    let broken = between.iter().any(|atom| matches!(atom.kind, words::Kind::Mark(',' | ';' | ':' | '.' | '(')));
    (!broken).then_some(*next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::BlockKind;
    use crate::language::split;
    use crate::page::Block;

    fn read(text: &str, published: Option<&str>) -> Vec<TimeExpression> {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        find(text, &split(text, &[block]), published)
    }

    /// One expression as the table writes it: `[words] TIMEX3 EDTF-or-minutes`.
    fn shown(text: &str, expression: &TimeExpression) -> String {
        let minutes = expression.minutes.map(|m| m.round().to_string());
        let told = expression.edtf.clone().or(minutes).unwrap_or("-".to_string());
        format!("[{}] {} {told}", expression.span.of(text), expression.value)
    }

    #[test]
    fn the_table_of_examples_holds() {
        let table = include_str!("../../data/when/examples.md");
        let (mut rows, mut wrong) = (0, Vec::new());
        for row in table
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| ---") && !line.starts_with("| sentence |"))
        {
            let cells: Vec<&str> =
                row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_end_matches('|').trim()).collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or("");
            let published = Some(cell(1)).filter(|p| *p != "none");
            let text = cell(0).replace(['[', ']'], "");
            let spans = cell(0).split('[').skip(1).filter_map(|rest| rest.split_once(']'));
            let values = cell(2).split(';').zip(cell(3).split(';'));
            let expected: Vec<String> =
                spans.zip(values).map(|((span, _), (value, edtf))| format!("[{span}] {value} {edtf}")).collect();
            let found: Vec<String> = read(&text, published).iter().map(|e| shown(&text, e)).collect();
            rows += 1;
            if found != expected {
                wrong.push(format!("{text}\n   found    {found:?}\n   expected {expected:?}"));
            }
        }
        assert!(rows > 150, "the table must be read");
        assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn every_edtf_value_can_be_read_back() {
        let text = "Since early May, on 5-7 June 2012, from Monday to Friday, in the 1990s, late last week and a few days ago.";
        let found = read(text, Some("2013-02-16"));
        assert!(found.len() >= 5);
        for expression in found {
            let edtf = expression.edtf.unwrap();
            assert_eq!(edtf::Edtf::parse(&edtf).map(|e| e.to_string()), Some(edtf));
        }
    }

    #[test]
    fn tokens_cover_the_expression() {
        let text = "They spoke at 2:30 p.m. on Feb. 12.";
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let sentences = split(text, &[block]);
        for expression in find(text, &sentences, None) {
            let tokens = &sentences[expression.sentence].tokens[expression.first..expression.end];
            let cover = tokens.first().unwrap().span.cover(tokens.last().unwrap().span);
            assert!(cover.contains(expression.span) || expression.span.overlaps(cover));
        }
    }

    #[test]
    fn no_text_breaks_it() {
        // Every piece beside every other, so that each rule meets the sentence's end and strange neighbours.
        let pieces = [
            "the",
            "12",
            "-",
            "of",
            "May",
            "’",
            "\u{301}",
            "2013",
            "1/0",
            "99999999999999999999",
            "'",
            "09",
            "Sunday",
            "(",
            "half",
            "a",
            "year",
            "nineteen",
            "and",
            "7:",
            "é",
            "last",
            "0000",
            "31",
            "February",
            "quarter",
            "ago",
            "century",
            "9999",
            "year's",
            "BC",
            "“",
            "next",
        ];
        let published =
            [None, Some("2013-02-29"), Some("0001-01-01"), Some("9999-12-31"), Some("XXXX-02-29"), Some("x")];
        for (at, a) in pieces.iter().enumerate() {
            for b in pieces {
                for c in pieces {
                    let text = format!("{a} {b} {c}{a}");
                    read(&text, published[at % published.len()]);
                }
            }
        }
    }
}
