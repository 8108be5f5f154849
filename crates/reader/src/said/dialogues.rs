//! Interviews and transcripts: turns without quotation marks, told by how their paragraphs begin.
//!
//! Two forms are known. In the one each turn begins with a dash and question and answer alternate; in the other each
//! begins with a label and a colon ("MR. PRICE: …", "Question: …"). A dash or a colon alone proves nothing, so it takes
//! three turns to make a dialogue.

use crate::codes::BlockKind;
use crate::page::Block;
use crate::span::Span;

/// One turn of a dialogue: a whole block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Index of the block.
    pub block: usize,
    /// The label without its colon; nothing where turns begin with a dash.
    pub label: Option<Span>,
    /// What is said.
    pub content: Span,
    /// Whether this is the side that asks.
    pub asks: bool,
}

/// The fewest turns that make a dialogue.
const FEWEST: usize = 3;

/// The farthest a label's colon may stand from the start of its block, in bytes.
const LONGEST_LABEL: usize = 48;

/// Finds the turns of all dialogues, in order.
pub(super) fn find(text: &str, blocks: &[Block]) -> Vec<Turn> {
    let spoken = |block: &Block| block.kind != BlockKind::Heading && block.kind != BlockKind::Caption;
    let mut dashed = Vec::new();
    let mut labelled = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| spoken(block)) {
        let body = text.get(block.span.range()).unwrap_or_default();
        if let Some(content) = after_dash(text, block.span) {
            dashed.push(Turn { block: index, label: None, content, asks: false });
        } else if let Some(label) = label(body) {
            let start = block.span.start as usize;
            let content = body[label + 1..].trim_start().len();
            labelled.push(Turn {
                block: index,
                label: Some(Span::new(start, start + label)),
                content: Span::new(block.span.end as usize - content, block.span.end as usize),
                asks: is_question(&body[..label]),
            });
        }
    }
    // A list of points begins with dashes too; in a dialogue somebody asks.
    if dashed.len() < FEWEST || !dashed.iter().any(|turn| turn.content.of(text).trim_end().ends_with('?')) {
        dashed.clear();
    }
    for (number, turn) in dashed.iter_mut().enumerate() {
        turn.asks = number % 2 == 0;
    }
    let repeated = |turn: &Turn| {
        let same = |other: &&Turn| other.label.map(|l| l.of(text)) == turn.label.map(|l| l.of(text));
        turn.asks || labelled.iter().filter(same).count() > 1
    };
    let labelled: Vec<Turn> = labelled.iter().filter(|turn| repeated(turn)).copied().collect();
    let mut turns = dashed;
    if labelled.len() >= FEWEST {
        turns.extend(labelled);
    }
    turns.sort_by_key(|turn| turn.block);
    turns
}

/// What follows the dash that a block begins with, or that stands before it on its line as a list's bullet does.
fn after_dash(text: &str, block: Span) -> Option<Span> {
    const DASHES: [char; 4] = ['-', '–', '—', '―'];
    let body = text.get(block.range())?;
    if let Some(rest) = body.strip_prefix(DASHES).filter(|rest| rest.starts_with(char::is_whitespace)) {
        return Some(Span::new(block.end as usize - rest.trim_start().len(), block.end as usize));
    }
    let before = text.get(..block.start as usize)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    (line.len() < 12 && line.ends_with(char::is_whitespace) && line.trim().strip_prefix(DASHES) == Some(""))
        .then_some(block)
}

/// The length of the label that a block begins with: a few capitalized words before a colon and a space.
fn label(body: &str) -> Option<usize> {
    let colon = body.bytes().take(LONGEST_LABEL).position(|byte| byte == b':')?;
    let label = &body[..colon];
    let words: Vec<&str> = label.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
    let spaced = body[colon + 1..].starts_with(char::is_whitespace);
    (spaced && (1..=5).contains(&words.len()) && words.iter().all(capital)).then_some(colon)
}

fn is_question(label: &str) -> bool {
    matches!(label.trim().to_ascii_lowercase().as_str(), "q" | "question" | "reporter" | "moderator" | "journalist")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + line.len()) });
            at += line.len() + 1;
        }
        let found: Vec<(&str, bool)> = find(text, &blocks).iter().map(|t| (t.content.of(text), t.asks)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn turns_that_begin_with_a_dash_alternate() {
        check(
            "The envoy answered.\n- Did they meet?\n- They did.\n- Where?\nThe hall was full.\n- In Vienna.",
            &[("Did they meet?", true), ("They did.", false), ("Where?", true), ("In Vienna.", false)],
        );
    }

    #[test]
    fn a_dash_may_stand_before_its_block() {
        let text = "- Did they meet?\n- They did.\n- Where?";
        let at = [(2, 16), (19, 28), (31, 37)];
        let blocks = at.map(|(start, end)| Block { kind: BlockKind::Paragraph, span: Span::new(start, end) });
        let found: Vec<&str> = find(text, &blocks).iter().map(|t| t.content.of(text)).collect();
        assert_eq!(found, ["Did they meet?", "They did.", "Where?"]);
    }

    #[test]
    fn a_list_of_points_is_no_dialogue() {
        check("Agreed were:\n- a hotline\n- a visit\n- a new round", &[]);
        check("- What now?\n- Nobody knows.", &[]);
    }

    #[test]
    fn turns_with_labels() {
        check(
            "QUESTION: Did he call?\nMR. ORTEGA: He did not.\nQUESTION: Will he?\nMR. ORTEGA: I expect so.",
            &[("Did he call?", true), ("He did not.", false), ("Will he?", true), ("I expect so.", false)],
        );
        check("OSLO: The talks ended.\nVIENNA: They began again.\nPRAGUE: Nobody came.", &[]);
    }
}
