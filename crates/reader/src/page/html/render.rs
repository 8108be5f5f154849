//! A page's text as a browser would lay it out in lines, each with what its place in the page says about it.

use super::tree::Node;
use crate::codes::BlockKind;
use std::collections::HashMap;

/// What a place in the page is for, told by element names, roles, and words in classes and ids. A set of bits.
pub(super) type Place = u32;

/// Inside an advertisement.
pub(super) const ADVERT: Place = 1 << 0;
/// Inside a portrait of the author.
pub(super) const BIOGRAPHY: Place = 1 << 1;
/// Inside the authors' line.
pub(super) const BYLINE: Place = 1 << 2;
/// Inside a caption.
pub(super) const CAPTION: Place = 1 << 3;
/// Inside readers' comments.
pub(super) const COMMENTS: Place = 1 << 4;
/// Inside what the page itself calls its content.
pub(super) const CONTENT: Place = 1 << 5;
/// Inside a date.
pub(super) const DATE: Place = 1 << 6;
/// Inside the page's foot.
pub(super) const FOOTER: Place = 1 << 7;
/// Inside the page's head.
pub(super) const HEADER: Place = 1 << 8;
/// Not shown.
pub(super) const HIDDEN: Place = 1 << 9;
/// Inside a menu.
pub(super) const NAV: Place = 1 << 10;
/// Asks for consent, money or an address.
pub(super) const PLEA: Place = 1 << 11;
/// Inside a list of other stories.
pub(super) const RELATED: Place = 1 << 12;
/// Among buttons for sharing.
pub(super) const SHARE: Place = 1 << 13;
/// Beside the article.
pub(super) const SIDEBAR: Place = 1 << 14;
/// Among tags and categories.
pub(super) const TAGS: Place = 1 << 15;
/// In a headline.
pub(super) const TITLE: Place = 1 << 16;
/// Inside a form.
pub(super) const FORM: Place = 1 << 17;
/// Inside a figure.
pub(super) const FIGURE: Place = 1 << 18;
/// Inside an `article` element.
pub(super) const ARTICLE: Place = 1 << 19;
/// Inside a link.
pub(super) const LINK: Place = 1 << 20;
/// Inside a table.
pub(super) const TABLE: Place = 1 << 21;
/// Inside the `main` element.
pub(super) const MAIN: Place = 1 << 22;

/// The places that never hold the body.
pub(super) const APART: Place =
    ADVERT | BIOGRAPHY | COMMENTS | FOOTER | NAV | PLEA | RELATED | SHARE | SIDEBAR | TAGS | FORM;

/// One line of the page as laid out.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its text, white space collapsed, breaks kept as newlines.
    pub text: String,
    /// What its element makes it.
    pub kind: BlockKind,
    /// Level of a heading, 1 to 6; else 0.
    pub level: u8,
    /// Where it stands.
    pub place: Place,
    /// Bytes of it that are links.
    pub linked: usize,
    /// Index of the block element that holds it.
    pub node: usize,
    /// The comment that it is part of: index of the element that holds the comment.
    pub comment: Option<usize>,
}

/// Whether elements of this name stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "select"
            | "option"
            | "button"
            | "textarea"
            | "input"
            | "iframe"
            | "object"
            | "embed"
            | "head"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "math"
            | "#"
    )
}

/// The words of class and id names that tell places, from `data/page/classes.csv`.
pub(super) struct Classes {
    rows: Vec<(Place, String)>,
    seen: HashMap<String, Place>,
}

impl Classes {
    /// Reads the table.
    pub(super) fn shipped() -> Classes {
        let rows = include_str!("../../../data/page/classes.csv").lines().skip(1);
        let rows =
            rows.filter_map(|row| row.split_once(',')).map(|(what, name)| (place_named(what), format!(" {name} ")));
        Classes { rows: rows.collect(), seen: HashMap::new() }
    }

    /// Whether an element's id or class speaks of comments.
    fn calls_comments(&mut self, node: &Node) -> bool {
        ["class", "id"].iter().any(|key| node.attribute(key).is_some_and(|value| self.places(value) & COMMENTS != 0))
    }

    /// The places that an id or class attribute names.
    fn places(&mut self, value: &str) -> Place {
        if let Some(place) = self.seen.get(value) {
            return *place;
        }
        let words = format!(" {} ", words(value));
        let place =
            self.rows.iter().filter(|(_, name)| words.contains(name.as_str())).fold(0, |all, (place, _)| all | place);
        // "commentlinks", "commentwrapper".
        let commenting = words.split(' ').any(|word| {
            word.starts_with("comment") && !word.starts_with("commentar") && !word.starts_with("commentat")
        });
        let place = place | if commenting { COMMENTS } else { 0 };
        self.seen.insert(value.to_string(), place);
        place
    }
}

/// "articleBody_main" as "article body main".
pub(super) fn words(value: &str) -> String {
    let mut words = String::with_capacity(value.len() + 8);
    let mut before = ' ';
    for ch in value.chars().take(400) {
        if ch.is_alphanumeric() {
            if ch.is_uppercase() && before.is_lowercase()
                || ch.is_ascii_digit() != before.is_ascii_digit() && before != ' '
            {
                words.push(' ');
            }
            words.extend(ch.to_lowercase());
            before = ch;
        } else {
            if before != ' ' {
                words.push(' ');
            }
            before = ' ';
        }
    }
    words.trim_end().to_string()
}

fn place_named(name: &str) -> Place {
    match name {
        "advert" => ADVERT,
        "biography" => BIOGRAPHY,
        "byline" => BYLINE,
        "caption" => CAPTION,
        "comments" => COMMENTS,
        "content" => CONTENT,
        "date" => DATE,
        "footer" => FOOTER,
        "header" => HEADER,
        "hidden" => HIDDEN,
        "nav" => NAV,
        "plea" => PLEA,
        "related" => RELATED,
        "share" => SHARE,
        "sidebar" => SIDEBAR,
        "tags" => TAGS,
        "title" => TITLE,
        _ => 0,
    }
}

/// What is inherited by what stands inside an element.
#[derive(Clone, Copy)]
struct Open {
    end: usize,
    place: Place,
    kind: BlockKind,
    level: u8,
    block: usize,
    comment: Option<usize>,
    is_block: bool,
}

/// Lays a page out.
pub(super) fn lay_out(nodes: &[Node], classes: &mut Classes) -> Vec<Piece> {
    let lengths = text_lengths(nodes);
    let whole = lengths.first().copied().unwrap_or(0).max(1);
    let mut out = Layout::default();
    let root = Open {
        end: nodes.len(),
        place: 0,
        kind: BlockKind::Paragraph,
        level: 0,
        block: 0,
        comment: None,
        is_block: true,
    };
    let mut open = vec![root];
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        while open.len() > 1 && open.last().is_some_and(|top| top.end <= at) {
            if let Some(top) = open.pop().filter(|top| top.is_block) {
                out.flush(&top);
            }
        }
        let top = open.last().copied().unwrap_or(root);
        if node.is_text() {
            out.push(&node.text, top.place & LINK != 0);
            at += 1;
            continue;
        }
        if is_skipped(&node.name) {
            at = node.end.max(at + 1);
            continue;
        }
        if node.name == "br" {
            out.line_break(&top);
            at += 1;
            continue;
        }
        let is_block = is_block(&node.name);
        if is_block {
            out.flush(&top);
        }
        let share = lengths.get(at).copied().unwrap_or(0) as f32 / whole as f32;
        let mut inner = Open { end: node.end, is_block, ..top };
        inner.place |= places(node, classes, share);
        if share > 0.6 && is_block && classes.calls_comments(node) && super::comments::is_long_thread(nodes, at) {
            inner.place |= COMMENTS;
        }
        if is_block {
            inner.block = at;
        }
        match node.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                inner.kind = BlockKind::Heading;
                inner.level = node.name.as_bytes().get(1).map_or(0, |digit| digit - b'0');
            }
            "li" | "dd" | "dt" => inner.kind = BlockKind::List,
            "blockquote" => inner.kind = BlockKind::Quote,
            "figcaption" => inner.kind = BlockKind::Caption,
            _ => {}
        }
        if let Some(found) = super::comments::opens_comment(node, inner.place, share) {
            inner.comment = if found { Some(at) } else { inner.comment };
        }
        open.push(inner);
        at += 1;
    }
    while let Some(top) = open.pop() {
        out.flush(&top);
    }
    out.pieces
}

/// Characters of visible text under each node.
fn text_lengths(nodes: &[Node]) -> Vec<usize> {
    let mut lengths = vec![0usize; nodes.len()];
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        if is_skipped(&node.name) {
            at = node.end.max(at + 1);
            continue;
        }
        if node.is_text() {
            lengths[at] = node.text.trim().len();
        }
        at += 1;
    }
    // Children stand behind their parents.
    for at in (1..nodes.len()).rev() {
        if let Some(node) = nodes.get(at) {
            lengths[node.parent] += lengths[at];
        }
    }
    lengths
}

/// The places that an element opens. `share` is how much of the page's text it holds.
fn places(node: &Node, classes: &mut Classes, share: f32) -> Place {
    let mut place = match node.name.as_str() {
        "nav" => NAV,
        "header" => HEADER,
        "footer" => FOOTER,
        "aside" => SIDEBAR,
        "form" => FORM,
        "figure" => FIGURE,
        "article" => ARTICLE,
        "a" => LINK,
        "table" => TABLE,
        "main" => MAIN,
        "time" => DATE,
        "figcaption" => CAPTION,
        _ => 0,
    };
    match node.attribute("role") {
        Some("navigation" | "menu" | "menubar") => place |= NAV,
        Some("complementary") => place |= SIDEBAR,
        Some("contentinfo") => place |= FOOTER,
        Some("main") => place |= MAIN,
        Some("dialog" | "alertdialog") => place |= PLEA,
        _ => {}
    }
    if node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || node.attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
    {
        place |= HIDDEN;
    }
    match node.attribute("itemprop") {
        Some("articleBody") => place |= CONTENT,
        Some("author") => place |= BYLINE,
        Some("datePublished" | "dateModified") => place |= DATE,
        Some("comment") => place |= COMMENTS,
        _ => {}
    }
    for name in ["class", "id"] {
        if let Some(value) = node.attribute(name) {
            place |= classes.places(value);
        }
    }
    // What holds most of the page is not apart from it, whatever its classes say.
    if matches!(node.name.as_str(), "html" | "body") || share > 0.6 {
        place &= CONTENT | ARTICLE | MAIN | TABLE;
    } else if share > 0.3 {
        place &= !(SHARE | TAGS | ADVERT | BYLINE | DATE | PLEA | NAV | HEADER | RELATED | HIDDEN | CAPTION | TITLE);
    }
    place
}

#[derive(Default)]
struct Layout {
    pieces: Vec<Piece>,
    text: String,
    linked: usize,
    /// Whether white space was read since the last character.
    blank: bool,
    /// Whether the last thing read was a line break.
    broken: bool,
}

impl Layout {
    fn push(&mut self, text: &str, link: bool) {
        for ch in text.chars() {
            if ch.is_whitespace() || matches!(ch, '\u{200b}' | '\u{feff}') {
                self.blank = self.blank || ch.is_whitespace();
                continue;
            }
            if self.blank && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.blank = false;
            self.broken = false;
            self.text.push(ch);
            if link {
                self.linked += ch.len_utf8();
            }
        }
    }

    /// One break is a new line, two are a new paragraph.
    fn line_break(&mut self, top: &Open) {
        if self.broken {
            self.flush(top);
        } else if !self.text.is_empty() {
            self.text.push('\n');
            self.broken = true;
        }
        self.blank = false;
    }

    fn flush(&mut self, top: &Open) {
        self.blank = false;
        self.broken = false;
        let text = std::mem::take(&mut self.text);
        let text = text.trim_end();
        if !text.is_empty() {
            self.pieces.push(Piece {
                text: text.to_string(),
                kind: if top.place & CAPTION != 0 && top.kind != BlockKind::Heading {
                    BlockKind::Caption
                } else {
                    top.kind
                },
                level: top.level,
                place: top.place,
                linked: self.linked,
                node: top.block,
                comment: top.comment,
            });
        }
        self.linked = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;
    use dom_query::Document;

    fn pieces(html: &str) -> Vec<Piece> {
        lay_out(&tree::flatten(&Document::from(html)), &mut Classes::shipped())
    }

    #[test]
    fn lines_as_a_browser_lays_them_out() {
        let pieces = pieces(
            "<div>One <b>two</b><br>three<br><br>four<p>five\n six</p><ul><li>seven</ul><script>x</script></div>",
        );
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["One two\nthree", "four", "five six", "seven"]);
        assert_eq!(pieces[3].kind, BlockKind::List);
    }

    #[test]
    fn places_are_inherited() {
        let long = "word ".repeat(100);
        let pieces = pieces(&format!(
            "<div class=siteNav><a href=x>Home</a></div><div class='entry-content'><p>{long}</p></div>"
        ));
        assert!(pieces[0].place & NAV != 0 && pieces[0].linked == 4);
        assert!(pieces[1].place & CONTENT != 0 && pieces[1].place & APART == 0);
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("articleBody_main--x2"), "article body main x 2");
    }
}
