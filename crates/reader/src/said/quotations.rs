//! Which characters stand between quotation marks.
//!
//! A hand scan over the marks of each block. Curly, angled and low marks say which way they face; straight ones face
//! where the neighbouring characters let them; a straight or curly single mark inside or at the end of a word is an
//! apostrophe. Nothing crosses a block, except that a quotation whose closing mark is missing goes on in the next block
//! when that opens with the same mark again, as newspapers print it.

use crate::page::Block;
use crate::span::Span;

/// One stretch between quotation marks, inside one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Index of the block.
    pub block: usize,
    /// With its marks.
    pub outer: Span,
    /// Without its marks.
    pub inner: Span,
    /// The quotation in which it stands, as an index into the list.
    pub parent: Option<usize>,
    /// Whether it was closed before the block ended.
    pub closed: bool,
    /// Whether it takes up the last quotation of the block before, which was left open.
    pub continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Double,
    Single,
    Angled,
    Corner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Facing {
    Open,
    Close,
    Either,
}

struct Mark {
    at: usize,
    end: usize,
    style: Style,
    facing: Facing,
    low: bool,
}

struct Pending {
    index: usize,
    style: Style,
    /// For single marks the place of the closing mark, found when it was opened: an apostrophe must not close it.
    closes_at: Option<usize>,
    /// Opened by a mark that elsewhere closes (»so«, ”so”) or stands low („so“): closed by one that elsewhere opens.
    reversed: bool,
}

/// Whether the text holds a byte that can be part of a quotation mark.
pub(super) fn may_hold_marks(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xE2 | 0xC2 | 0xE3))
}

/// Finds the quotations of every block, in order of their opening marks.
pub(super) fn find(text: &str, blocks: &[Block]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let body = text.get(block.span.range()).unwrap_or_default();
        if may_hold_marks(body) {
            in_block(text, index, block.span, &mut found);
        }
    }
    found
}

fn in_block(text: &str, block: usize, bounds: Span, found: &mut Vec<Quotation>) {
    let (start, end) = (bounds.start as usize, bounds.end as usize);
    let first = found.len();
    let left_open = found.last().is_some_and(|last| !last.closed && last.block + 1 == block);
    let marks = marks(text, start, end);
    let mut pending: Vec<Pending> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        while let Some(top) = pending.last() {
            if top.closes_at.is_none_or(|at| at >= mark.at) {
                break;
            }
            pending.pop();
        }
        let before = text[start..mark.at].chars().next_back();
        let after = text[mark.end..end].chars().next();
        let can_open = after.is_some_and(|c| !c.is_whitespace()) && before.is_none_or(opens_after);
        let can_close = before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '['));
        let innermost = pending.iter().rposition(|p| p.style == mark.style);
        if mark.style == Style::Single {
            if let Some(open) = pending.iter().rposition(|p| p.closes_at == Some(mark.at)) {
                close(found, &mut pending, open, mark.at, mark.end);
            } else if can_open
                && mark.facing != Facing::Close
                && !is_elision(&text[mark.end..end])
                && let Some(at) = single_close(text, &marks[number + 1..], end, pending.last().map(|p| p.style))
            {
                open(found, &mut pending, block, mark, end, Some(at));
            }
            continue;
        }
        let closes = match (innermost, mark.facing) {
            (Some(_), Facing::Close) => true,
            (Some(open), Facing::Open) => pending[open].reversed,
            (Some(_), Facing::Either) => can_close && (!can_open || before != Some(' ')),
            (None, _) => false,
        };
        if let (true, Some(place)) = (closes, innermost) {
            close(found, &mut pending, place, mark.at, mark.end);
        } else if mark.facing == Facing::Open || can_open {
            // The mark before it was never closed: it cannot reach past a new one of its own kind.
            if let Some(place) = innermost
                && mark.facing == Facing::Either
            {
                close(found, &mut pending, place, mark.at, mark.at);
            }
            open(found, &mut pending, block, mark, end, None);
        } else if innermost.is_none()
            && found.len() == first
            && can_close
            && (left_open || before.is_some_and(ends_speech))
        {
            // The opening mark was lost in typing or stands in the paragraph before.
            found.push(Quotation {
                block,
                outer: Span::new(start, mark.end),
                inner: Span::new(start, mark.at),
                parent: None,
                closed: true,
                continues: left_open,
            });
        }
    }
    for left in pending {
        if left.closes_at.is_none() {
            let trimmed = text[found[left.index].inner.range()].trim_end().len();
            let inner = &mut found[left.index].inner;
            inner.end = inner.start + trimmed as u32;
            found[left.index].outer.end = found[left.index].inner.end;
        }
    }
    if let Some(opening) = found.get_mut(first)
        && left_open
        && opening.outer.start == bounds.start
    {
        opening.continues = true;
    }
}

/// The marks of a block, in order.
fn marks(text: &str, start: usize, end: usize) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = start;
    while let Some(step) =
        text.as_bytes()[at..end].iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xE2 | 0xC2 | 0xE3))
    {
        at += step;
        let rest = &text[at..end];
        let ch = rest.chars().next().unwrap_or(' ');
        let doubled = rest.starts_with("''") || rest.starts_with("``");
        let length = if doubled { 2 } else { ch.len_utf8() };
        let (style, facing) = match ch {
            '“' => (Style::Double, Facing::Open),
            '„' | '‟' => (Style::Double, Facing::Open),
            '”' => (Style::Double, Facing::Close),
            '"' => (Style::Double, Facing::Either),
            '`' if doubled => (Style::Double, Facing::Open),
            '\'' if doubled => (Style::Double, Facing::Either),
            '‘' | '‚' | '‛' | '`' => (Style::Single, Facing::Open),
            // A closing single mark never opens: it is an apostrophe or the end of what ‘ began.
            '’' => (Style::Single, Facing::Close),
            '\'' => (Style::Single, Facing::Either),
            '«' => (Style::Angled, Facing::Open),
            '»' => (Style::Angled, Facing::Close),
            '「' | '『' => (Style::Corner, Facing::Open),
            '」' | '』' => (Style::Corner, Facing::Close),
            _ => {
                at += ch.len_utf8();
                continue;
            }
        };
        marks.push(Mark { at, end: at + length, style, facing, low: matches!(ch, '„' | '‚') });
        at += length;
    }
    marks
}

fn open(
    found: &mut Vec<Quotation>,
    pending: &mut Vec<Pending>,
    block: usize,
    mark: &Mark,
    end: usize,
    closes: Option<usize>,
) {
    let parent = pending.last().map(|p| p.index);
    let reversed = mark.low || mark.facing == Facing::Close;
    pending.push(Pending { index: found.len(), style: mark.style, closes_at: closes, reversed });
    found.push(Quotation {
        block,
        outer: Span::new(mark.at, end),
        inner: Span::new(mark.end, end),
        parent,
        closed: false,
        continues: false,
    });
}

/// Closes the quotation at `place` in `pending`, and with it whatever was opened inside it and never closed.
fn close(found: &mut [Quotation], pending: &mut Vec<Pending>, place: usize, at: usize, end: usize) {
    for left in pending.drain(place..).rev() {
        if let Some(quotation) = found.get_mut(left.index) {
            quotation.inner.end = (at as u32).max(quotation.inner.start);
            quotation.outer.end = (end as u32).max(quotation.inner.end);
            quotation.closed = true;
        }
    }
}

/// Where a single mark that was just opened closes: at the first mark that ends a word, unless that one looks like a
/// plural's apostrophe ("the ministers’ talks") and another follows. Nothing if none does: it was an apostrophe itself.
fn single_close(text: &str, marks: &[Mark], end: usize, enclosing: Option<Style>) -> Option<usize> {
    let mut apostrophe = None;
    for mark in marks {
        if enclosing == Some(mark.style) && mark.facing != Facing::Open {
            break;
        }
        if mark.style != Style::Single {
            continue;
        }
        let before = text[..mark.at].chars().next_back();
        let mut after = text[mark.end..end].chars();
        let next = after.next();
        if mark.facing == Facing::Open || before.is_none_or(char::is_whitespace) {
            // Another one opens first: what looked like an apostrophe was the end.
            if apostrophe.is_some() {
                break;
            }
            continue;
        }
        if next.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let plural = before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z'))
            && next == Some(' ')
            && after.next().is_some_and(char::is_lowercase);
        if !plural {
            return Some(mark.at);
        }
        apostrophe = apostrophe.or(Some(mark.at));
    }
    apostrophe
}

/// Whether an opening mark may stand after this character.
fn opens_after(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | ':' | ',' | '"' | '“' | '‘' | '\'' | '«' | '…')
}

/// Whether speech ends with this character, before its closing mark.
fn ends_speech(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…')
}

/// Whether what follows a single mark is a word or number that begins with an apostrophe: '90s, 'em, 'tis.
fn is_elision(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s')
        || matches!(word.as_str(), "em" | "til" | "tis" | "twas" | "cause" | "n" | "s" | "re" | "ll" | "ve" | "d")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::BlockKind;

    /// Draws every quotation as carets under its line, one row a quotation, `^` for what is quoted.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + line.len()) });
            at += line.len() + 1;
        }
        let found: Vec<&str> = find(text, &blocks).iter().map(|q| q.inner.of(text)).collect();
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn marks_of_every_style() {
        check("“We met,” she said.", &["We met,"]);
        check("\"We met,\" she said.", &["We met,"]);
        check("‘We met,’ she said.", &["We met,"]);
        check("'We met,' she said.", &["We met,"]);
        check("«We met», she said.", &["We met"]);
        check("„We met“, she said.", &["We met"]);
        check("``We met,'' she said.", &["We met,"]);
        check("''We met,'' she said.", &["We met,"]);
        check("She called it an (\"open\") door.", &["open"]);
        check("She said—\"no\"—and left.", &["no"]);
    }

    #[test]
    fn apostrophes_are_not_quotation_marks() {
        check("The ministers' talks didn't end Oslo's worry, it's said, in the '90s.", &[]);
        check("The ministers’ talks didn’t end Oslo’s worry, it’s said.", &[]);
        check("‘The ministers’ talks don’t end,’ she said.", &["The ministers’ talks don’t end,"]);
        check("'The envoy's plane left,' he said of the envoys' trip.", &["The envoy's plane left,"]);
        check("the ‘Friends’ and the ‘Partners’ met", &["Friends", "Partners"]);
    }

    #[test]
    fn quotations_inside_quotations() {
        check("“He told me ‘come back’ twice,” she said.", &["He told me ‘come back’ twice,", "come back"]);
        check("\"He said 'no' to us,\" she said.", &["He said 'no' to us,", "no"]);
        check("‘He said “no” to us,’ she said.", &["He said “no” to us,", "no"]);
    }

    #[test]
    fn a_quotation_left_open_ends_with_its_block() {
        check("“We met, she said.\nNobody else came.", &["We met, she said."]);
        check("“We met.\n“We parted,” she said.", &["We met.", "We parted,"]);
        check("We will talk again,” she said.", &["We will talk again,"]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_block() {
        let text = "\"We met.\n\"We parted,\" she said.";
        let blocks = [
            Block { kind: BlockKind::Paragraph, span: Span::new(0, 8) },
            Block { kind: BlockKind::Paragraph, span: Span::new(9, text.len()) },
        ];
        let found = find(text, &blocks);
        assert_eq!(found.iter().map(|q| (q.closed, q.continues)).collect::<Vec<_>>(), [(false, false), (true, true)]);
    }

    #[test]
    fn no_input_breaks_the_scan() {
        for text in ["", "\"", "'", "”", "’’’", "\"'\"'\"'", "“‘“‘", "» «", "''", "``", "'a", "a'", "\u{201c}"]
        {
            let _ = find(text, &[Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }]);
        }
    }
}
