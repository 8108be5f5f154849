//! From the document's text, or its HTML, to the article: what is body, what is furniture, who published it and when.

use crate::codes::BlockKind;
use crate::span::Span;

/// The article found on a page. Every span is in bytes of [`Page::text`].
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The text that every later stage reads. For a text document it is the decoded document itself, unchanged;
    /// for HTML it is the text rendered from the page (menus and all), in reading order.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// Where the headline stands, if it stands in the text.
    pub title_span: Option<Span>,
    /// Where the article stood ("Connecticut Public").
    pub outlet: Option<String>,
    /// Who wrote it, when that is another house ("NPR"); the outlet otherwise.
    pub origin: Option<String>,
    /// The authors.
    pub byline: Vec<String>,
    /// When it was published: `2013-02-16`, `2013-02-16T18:47`, or less (`2013-02`, `XXXX-12-06`), never more than the page tells.
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The body, in order. Blocks do not overlap.
    pub blocks: Vec<Block>,
    /// Readers' comments, in order of appearance.
    pub comments: Vec<Comment>,
}

/// One stretch of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// One reader's comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its number on the page, from 1 in order of appearance.
    pub number: usize,
    /// The name that its author gave.
    pub author: Option<String>,
    /// When it was posted: `2021-04-10T07:09`, local to the page.
    pub posted: Option<String>,
    /// The [`Comment::number`] of the comment that it answers.
    pub parent: Option<usize>,
    /// Its text.
    pub span: Span,
    /// Whether it looks like spam.
    pub spam: bool,
}

/// Finds the article in a document. What is already known of it (a manifest's title or date) goes before what the page says.
pub fn find(source: &crate::Source) -> Page {
    // Provisional: every paragraph is body.
    let text = source.text.to_string();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + body.len()) });
        }
        at += line.len();
    }
    Page { text, blocks, published: source.known.published.clone(), ..Page::default() }
}
