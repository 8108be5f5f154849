//! Readers' comments in a page's markup: an element each, nested or in a flat list.

use super::render::{self, COMMENTS, FORM, Piece, Place};
use super::tree::Node;
use crate::when::document_date;
use std::collections::BTreeMap;

/// A comment as the markup has it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub author: Option<String>,
    pub posted: Option<String>,
    /// Index in the list of the comment that it answers.
    pub parent: Option<usize>,
    /// Indexes of the pieces that are its text.
    pub pieces: Vec<usize>,
}

/// Whether an element holds one comment. `None` where it tells nothing.
pub(super) fn opens_comment(node: &Node, place: Place, share: f32) -> Option<bool> {
    if place & COMMENTS == 0 || place & FORM != 0 || share > 0.7 {
        return None;
    }
    if !matches!(
        node.name.as_str(),
        "li" | "article" | "div" | "tr" | "dl" | "dd" | "section" | "table" | "td" | "dt" | "blockquote" | "p"
    ) {
        return None;
    }
    is_item(node).then_some(true)
}

/// Whether an element is one comment by its type, its number or its class.
fn is_item(node: &Node) -> bool {
    let typed =
        node.attribute("itemtype").is_some_and(|kind| kind.ends_with("/Comment") || kind.ends_with("/UserComments"))
            || node.attribute("itemprop") == Some("comment");
    let numbered = node.attribute("id").map(render::words).is_some_and(|id| is_numbered(&id));
    let classed = node.attribute("class").is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| {
            let words = render::words(class);
            is_numbered(&words) || ITEMS.contains(&words.as_str())
        })
    });
    typed || numbered || classed
}

/// Whether an element that calls itself comments and holds most of the page is a long thread, and not the page's frame: it
/// has several comments and no headline inside.
pub(super) fn is_long_thread(nodes: &[Node], at: usize) -> bool {
    let inside = nodes.get(at + 1..nodes.get(at).map_or(at + 1, |node| node.end)).unwrap_or(&[]);
    let headed = inside.iter().any(|node| matches!(node.name.as_str(), "h1" | "main" | "article"));
    !headed && inside.iter().filter(|node| node.name != "a" && is_item(node)).take(4).count() == 4
}

/// Class names of one comment.
const ITEMS: &[&str] = &[
    "comment",
    "comment item",
    "comments item",
    "commentitem",
    "comment entry",
    "comment container",
    "comment wrap",
    "comment wrapper",
    "comment single",
    "single comment",
    "comment box",
    "comment block",
    "comment post",
    "comment list item",
    "comments list item",
    "comments comment",
    "comment comment",
    "user comment",
    "c comment",
    "b comment",
    "kommentar",
    "comentario",
    "commentaire",
    "reactie",
    "reader comment",
    "kommentar item",
    "comment row",
    "media comment",
    "post reply",
    "comment li",
    "comment content wrapper",
    "commentbox",
    "comment holder",
    "comment node",
    "comment frame",
    "leserkommentar",
];

/// "comment 123", "li comment 123", "c 123"; a long number is enough.
fn is_numbered(words: &str) -> bool {
    let Some((name, number)) = words.rsplit_once(' ') else { return false };
    let counted = number.bytes().all(|byte| byte.is_ascii_digit());
    counted
        && (number.len() >= 3
            || name == "c"
            || name.ends_with("comment")
            || name.ends_with("kommentar")
            || name.ends_with("comment id"))
}

/// The digits of an element's id, which wrappers of one comment share.
fn number(node: &Node) -> Option<String> {
    let words = render::words(node.attribute("id")?);
    words
        .rsplit_once(' ')
        .map(|(_, number)| number.to_string())
        .filter(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// Gathers the comments. `is_button` tells furniture by piece.
pub(super) fn gather(nodes: &[Node], pieces: &[Piece], is_button: &[bool]) -> Vec<Found> {
    // Elements that hold comments, in reading order, and the pieces that stand in each and in no inner one.
    let mut items: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        let Some(item) = piece.comment else { continue };
        let item = outermost(nodes, item);
        items.entry(item).or_default().push(index);
    }
    if items.is_empty() {
        return flat(nodes, pieces, is_button);
    }
    let mut found: Vec<Found> = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (&item, own) in &items {
        let signature = signature(nodes, item, &items);
        let text: Vec<usize> =
            own.iter().copied().filter(|&at| is_text(nodes, pieces, is_button, at, &signature)).collect();
        if text.is_empty() {
            continue;
        }
        let parent = ancestors(nodes, item).find_map(|above| numbers.get(&above).copied());
        numbers.insert(item, found.len());
        found.push(Found { author: signature.author, posted: signature.posted, parent, pieces: text });
    }
    found
}

/// The outermost of the elements that wrap the same comment.
fn outermost(nodes: &[Node], item: usize) -> usize {
    let own = nodes.get(item).and_then(number);
    if own.is_none() {
        return item;
    }
    ancestors(nodes, item).take(4).filter(|&above| nodes.get(above).and_then(number) == own).last().unwrap_or(item)
}

fn ancestors(nodes: &[Node], at: usize) -> impl Iterator<Item = usize> + '_ {
    let mut current = at;
    std::iter::from_fn(move || {
        let parent = nodes.get(current)?.parent;
        (parent < current).then(|| {
            current = parent;
            parent
        })
    })
}

#[derive(Default)]
struct Signature {
    author: Option<String>,
    posted: Option<String>,
    /// Elements that tell author or date.
    nodes: Vec<usize>,
}

/// Reads author and date from the elements of a comment, those of inner comments left out.
fn signature(nodes: &[Node], item: usize, items: &BTreeMap<usize, Vec<usize>>) -> Signature {
    let mut found = Signature::default();
    let end = nodes.get(item).map_or(item, |node| node.end);
    let mut at = item;
    while at < end {
        let Some(node) = nodes.get(at) else { break };
        if at > item && items.contains_key(&at) {
            at = node.end.max(at + 1);
            continue;
        }
        // The element itself may name its author in its class, for styling.
        if !node.is_text() && at > item {
            let mut words = String::new();
            for key in ["class", "itemprop", "rel", "id"] {
                if let Some(value) = node.attribute(key) {
                    words.push(' ');
                    words.push_str(&render::words(value));
                }
            }
            words.push(' ');
            let has = |names: &[&str]| names.iter().any(|name| words.contains(name));
            let small = node.end - at < 40;
            if small
                && (node.name == "cite"
                    || has(&[" author", " fn ", " name ", " username ", " user ", " nick", " autor", " commenter "]))
            {
                let text = text_of(nodes, at);
                if found.author.is_none() && (1..=80).contains(&text.len()) {
                    found.author = author(&text);
                }
                if text.len() <= 120 {
                    found.nodes.push(at);
                }
            }
            if node.name == "time"
                || small
                    && has(&[
                        " date",
                        " time",
                        " timestamp",
                        " datum",
                        " meta",
                        " permalink",
                        " posted",
                        " published",
                        " ago ",
                    ])
            {
                let text = text_of(nodes, at);
                if found.posted.is_none() {
                    let stamp = node.attribute("datetime").or_else(|| node.attribute("content"));
                    found.posted = stamp
                        .and_then(document_date)
                        .or_else(|| (text.len() <= 120).then(|| document_date(&text)).flatten());
                }
                if text.len() <= 120 {
                    found.nodes.push(at);
                }
            }
        }
        at += 1;
    }
    found
}

/// "Ann says:" is Ann.
fn author(text: &str) -> Option<String> {
    let mut name = text.trim().trim_end_matches(':').trim();
    for verb in [" says", " said", " sagt", " sagte", " schrieb", " wrote", " dice", " dit", " meint", " on", " am"] {
        name = name.strip_suffix(verb).unwrap_or(name);
    }
    for lead in ["By ", "by ", "Von ", "von ", "Posted by "] {
        name = name.strip_prefix(lead).unwrap_or(name);
    }
    let name = name.trim();
    (!name.is_empty() && name.split(' ').count() <= 7).then(|| name.to_string())
}

/// The text of a node, white space collapsed.
pub(super) fn text_of(nodes: &[Node], at: usize) -> String {
    let end = nodes.get(at).map_or(at, |node| node.end);
    let mut text = String::new();
    for node in nodes.get(at..end).unwrap_or(&[]).iter().filter(|node| node.is_text()) {
        for word in node.text.split_whitespace() {
            if !text.is_empty() && (node.text.starts_with(char::is_whitespace) || !text.ends_with(' ')) {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.len() > 4000 {
            break;
        }
    }
    text.replace("  ", " ").trim().to_string()
}

/// Whether a piece is a comment's own words: no signature, no button.
fn is_text(nodes: &[Node], pieces: &[Piece], is_button: &[bool], at: usize, signature: &Signature) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    if piece.place & FORM != 0 || is_button.get(at).copied().unwrap_or(false) {
        return false;
    }
    let words = piece.text.split_whitespace().count();
    if words <= 14 {
        // Inside an element that tells author or date, or around one and little longer.
        let end = nodes.get(piece.node).map_or(0, |node| node.end);
        let signed = signature.nodes.iter().any(|&node| {
            node <= piece.node && piece.node < nodes.get(node).map_or(0, |n| n.end) || piece.node <= node && node < end
        });
        if signed || signature.author.as_deref() == Some(piece.text.as_str()) {
            return false;
        }
        if words <= 10 && piece.text.bytes().any(|byte| byte.is_ascii_digit()) && document_date(&piece.text).is_some() {
            return false;
        }
    }
    if piece.linked * 10 > piece.text.len() * 9 && words <= 6 {
        return false;
    }
    piece.text.chars().any(char::is_alphanumeric)
}

/// Comments without an element each: a line with author or date opens one.
fn flat(nodes: &[Node], pieces: &[Piece], is_button: &[bool]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut signed: Option<Found> = None;
    let mut last_signature = false;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.place & COMMENTS == 0 || piece.place & FORM != 0 {
            continue;
        }
        let signature = signature(nodes, piece.node, &BTreeMap::new());
        let short = piece.text.split_whitespace().count() <= 14;
        let dated = short && piece.text.bytes().any(|b| b.is_ascii_digit()) && document_date(&piece.text).is_some();
        if short && (dated || signature.author.is_some() || signature.posted.is_some()) {
            if !last_signature {
                signed = Some(Found::default());
            }
            let open = signed.get_or_insert_with(Found::default);
            open.author = open.author.take().or(signature.author);
            open.posted = open.posted.take().or(signature.posted).or_else(|| document_date(&piece.text));
            last_signature = true;
            continue;
        }
        if !is_text(nodes, pieces, is_button, at, &Signature::default())
            || piece.kind == crate::codes::BlockKind::Heading
        {
            continue;
        }
        last_signature = false;
        match signed.take() {
            Some(open) => found.push(Found { pieces: vec![at], ..open }),
            None => match found.last_mut() {
                Some(open) => open.pieces.push(at),
                // Words before the first signature introduce the thread, unless they are long enough to be a comment.
                None if !short => found.push(Found { pieces: vec![at], ..Found::default() }),
                None => {}
            },
        }
    }
    found
}
