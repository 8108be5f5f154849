//! A parsed page as one flat list of nodes in reading order, and a guard against pages made to be slow to parse.

use dom_query::{Document, NodeRef};

/// An element or a text of the page.
#[derive(Debug)]
pub(super) struct Node {
    /// Index of the parent; the root is its own.
    pub parent: usize,
    /// One past the index of its last descendant.
    pub end: usize,
    /// The element's name, lower case; empty for text.
    pub name: String,
    /// The text, for text.
    pub text: String,
    /// The attributes that reading needs.
    pub attributes: Vec<(&'static str, String)>,
}

impl Node {
    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the node is a text.
    pub(super) fn is_text(&self) -> bool {
        self.name.is_empty()
    }
}

const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "itemprop",
    "itemtype",
    "datetime",
    "rel",
    "href",
    "content",
    "property",
    "name",
    "hidden",
    "style",
    "aria-hidden",
    "role",
    "type",
    "lang",
    "http-equiv",
    "title",
    "data-author",
    "data-time",
    "data-date",
    "data-timestamp",
    "pubdate",
    "alt",
];

/// Flattens a document.
pub(super) fn flatten(document: &Document) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let root = document.root();
    // The way from the root to the current node, as indexes into `nodes`.
    let mut open: Vec<usize> = Vec::new();
    let mut current: Option<NodeRef> = Some(root);
    while let Some(node) = current {
        let index = nodes.len();
        nodes.push(read(&node, open.last().copied().unwrap_or(0)));
        if let Some(child) = node.first_child() {
            open.push(index);
            current = Some(child);
            continue;
        }
        if let Some(node) = nodes.get_mut(index) {
            node.end = index + 1;
        }
        current = None;
        let mut at = node;
        loop {
            if let Some(next) = at.next_sibling() {
                current = Some(next);
                break;
            }
            let (Some(parent), Some(index)) = (at.parent(), open.pop()) else { break };
            let end = nodes.len();
            if let Some(node) = nodes.get_mut(index) {
                node.end = end;
            }
            at = parent;
        }
    }
    nodes
}

fn read(node: &NodeRef, parent: usize) -> Node {
    let (mut name, mut text, mut attributes) = (String::new(), String::new(), Vec::new());
    if node.is_text() {
        text = node.text().to_string();
    } else if let Some(element) = node.element_ref() {
        name = element.name.local.to_string();
        drop(element);
        for attr in node.attrs() {
            let key: &str = &attr.name.local;
            if let Some(key) = ATTRIBUTES.iter().find(|name| **name == key) {
                attributes.push((*key, attr.value.to_string()));
            }
        }
    } else {
        // The document, a comment, a doctype.
        name = if node.is_document() || node.is_fragment() { "#document" } else { "#" }.to_string();
    }
    Node { parent, end: 0, name, text, attributes }
}

/// The deepest nesting, largest page, most tags and longest tag that are parsed. Parsers take time that grows with the
/// square of depth and of attributes; pages that people wrote stay far below.
const DEPTH: usize = 700;
const BYTES: usize = 12_000_000;
const TAGS: usize = 200_000;
const TAG_BYTES: usize = 200_000;

/// Says why a page should not be given to a parser, after one cheap pass over its bytes.
pub(super) fn hostile(html: &str) -> Option<&'static str> {
    if html.len() > BYTES {
        return Some("page too large to parse: read as flat text");
    }
    // Elements that HTML closes on its own do not nest.
    const SELF_CLOSING: &[&str] =
        &["p", "li", "td", "tr", "th", "dt", "dd", "option", "thead", "tbody", "colgroup", "rp", "rt"];
    const VOID: &[&str] = &[
        "br", "img", "hr", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr", "param",
    ];
    let bytes = html.as_bytes();
    let (mut depth, mut tags, mut at) = (0usize, 0usize, 0usize);
    while let Some(open) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')).map(|found| at + found)
    {
        at = open + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length =
            bytes.get(start..).unwrap_or(&[]).iter().take(20).take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 {
            continue;
        }
        let name = html.get(start..start + length).unwrap_or("").to_ascii_lowercase();
        let close = bytes
            .get(start..)
            .and_then(|rest| rest.iter().position(|b| *b == b'>'))
            .map_or(bytes.len(), |found| start + found);
        if matches!(name.as_str(), "script" | "style") && !closing {
            // What they hold is no markup.
            let end = format!("</{name}");
            at = find_ignoring_case(bytes, close, end.as_bytes()).unwrap_or(bytes.len());
            continue;
        }
        if close - open > TAG_BYTES {
            return Some("tag too long to parse: read as flat text");
        }
        tags += 1;
        let is = |names: &[&str]| names.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(usize::from(!is(SELF_CLOSING)));
        } else if !is(VOID) && !is(SELF_CLOSING) && close.checked_sub(1).and_then(|i| bytes.get(i)) != Some(&b'/') {
            depth += 1;
        }
        if depth > DEPTH {
            return Some("nesting too deep to parse: read as flat text");
        }
        if tags > TAGS {
            return Some("too many tags to parse: read as flat text");
        }
        at = close;
    }
    None
}

fn find_ignoring_case(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle)).map(|found| from + found)
}

/// The page's text without parsing: tags out, blocks on lines of their own, the commonest entities decoded.
pub(super) fn flat_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let bytes = html.as_bytes();
    let mut at = 0;
    while at < html.len() {
        let open = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|b| *b == b'<'))
            .map_or(html.len(), |found| at + found);
        decode(html.get(at..open).unwrap_or(""), &mut text);
        if open >= html.len() {
            break;
        }
        let close = bytes
            .get(open..)
            .and_then(|rest| rest.iter().position(|b| *b == b'>'))
            .map_or(html.len(), |found| open + found);
        let name: String = html
            .get(open + 1..close)
            .unwrap_or("")
            .chars()
            .take(12)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        let name = name.trim_start_matches('/').to_ascii_lowercase();
        at = close + 1;
        if matches!(name.as_str(), "script" | "style") && bytes.get(open + 1) != Some(&b'/') {
            at = find_ignoring_case(bytes, close, format!("</{name}").as_bytes()).unwrap_or(html.len());
        } else if super::render::is_block(&name) || name == "br" {
            text.push('\n');
        }
    }
    text
}

fn decode(raw: &str, text: &mut String) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|b| b == b';');
        let found = end.and_then(|end| {
            let ch = match rest.get(1..end)? {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                "mdash" => '—',
                "ndash" => '–',
                "rsquo" => '’',
                "lsquo" => '‘',
                "rdquo" => '”',
                "ldquo" => '“',
                "hellip" => '…',
                other => {
                    let number = other.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((ch, end + 1))
        });
        match found {
            Some((ch, length)) => {
                text.push(ch);
                rest = &rest[length..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_come_in_reading_order_with_their_ends() {
        let nodes = flatten(&Document::from("<body><div id=a><p>one <b>two</b></p></div><p>three</p></body>"));
        let texts: Vec<&str> = nodes.iter().filter(|node| node.is_text()).map(|node| node.text.as_str()).collect();
        assert_eq!(texts, ["one ", "two", "three"]);
        let div = nodes.iter().position(|node| node.attribute("id") == Some("a")).expect("it is there");
        let inside: Vec<&str> = nodes[div..nodes[div].end].iter().map(|node| node.name.as_str()).collect();
        assert_eq!(inside, ["div", "p", "", "b", ""]);
    }

    #[test]
    fn deep_pages_are_told_before_parsing() {
        assert!(hostile(&"<div>".repeat(100_000)).is_some());
        assert!(hostile(&"<p>one</p><div>two</div>".repeat(1000)).is_none());
        assert!(hostile(&format!("<a {}>", "x=1 ".repeat(100_000))).is_some());
        assert!(hostile("<script>if (a < b) { '<div>' }</script><").is_none());
    }

    #[test]
    fn flat_text_keeps_words_and_lines() {
        assert_eq!(flat_text("<p>A &amp; B</p><script>x<y</script><p>&#8220;C&bogus;").trim(), "A & B\n\n“C&bogus;");
    }
}
