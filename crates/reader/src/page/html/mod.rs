//! Pages in HTML: the body by the votes of two extraction libraries and of the page's own markup and words.

mod comments;
mod dates;
mod meta;
mod render;
mod tree;

use super::lines::{self, Ending, Line};
use super::phrases::{Furniture, Phrases};
use super::{Block, Comment, Page, spam};
use crate::codes::BlockKind;
use crate::span::Span;
use dom_query::Document;
use render::{APART, Classes, Piece};
use std::collections::HashSet;

/// Reads a page in HTML.
pub(super) fn read(html: &str, url: Option<&str>) -> Page {
    if let Some(problem) = tree::hostile(html) {
        let text = tree::flat_text(html);
        let mut page = super::saved::read(&text);
        page.text = text;
        page.problems.push(problem.to_string());
        return page;
    }
    let phrases = Phrases::shipped();
    let mut classes = Classes::shipped();
    let document = Document::from(html);
    let nodes = tree::flatten(&document);
    let pieces = render::lay_out(&nodes, &mut classes);
    let lines: Vec<Line> = pieces.iter().map(|piece| lines::of(&piece.text, phrases)).collect();
    let meta = meta::read(&nodes, &pieces, url);
    let buttons: Vec<bool> = lines.iter().map(is_button).collect();
    let threads = comments::gather(&nodes, &pieces, &buttons);
    let votes = [trafilatura_vote(html), readability_vote(document)];
    let kept = body(&pieces, &lines, &votes, meta.title.as_deref());
    write(meta, &pieces, &kept, threads)
}

fn is_button(line: &Line) -> bool {
    matches!(
        line.furniture,
        Some(Furniture::Share | Furniture::Menu | Furniture::End | Furniture::Plea | Furniture::Related)
    ) && line.words <= 12
}

/// What an extraction library kept of the page.
#[derive(Default)]
struct Vote {
    /// Hashes of its lines, folded.
    lines: HashSet<u64>,
    /// Hashes of every four words in a row.
    shingles: HashSet<u64>,
}

const SHINGLE: usize = 4;

impl Vote {
    fn of(html: &str) -> Vote {
        let nodes = tree::flatten(&Document::from(html));
        let pieces = render::lay_out(&nodes, &mut Classes::shipped());
        let mut vote = Vote::default();
        let mut folded = String::new();
        for piece in &pieces {
            super::phrases::fold(&piece.text, &mut folded);
            vote.lines.insert(super::phrases::hash(&folded));
            vote.shingles.extend(shingles(&folded));
        }
        vote
    }

    /// How much of a folded text was kept, 0 to 1.
    fn share(&self, folded: &str, words: usize) -> f32 {
        if words < SHINGLE + 2 {
            return if self.lines.contains(&super::phrases::hash(folded)) { 1.0 } else { 0.0 };
        }
        let (mut all, mut kept) = (0, 0);
        for shingle in shingles(folded) {
            all += 1;
            kept += usize::from(self.shingles.contains(&shingle));
        }
        kept as f32 / all.max(1) as f32
    }
}

fn shingles(folded: &str) -> impl Iterator<Item = u64> + '_ {
    let mut words = [0u64; SHINGLE];
    folded.split(' ').enumerate().filter_map(move |(at, word)| {
        words.rotate_left(1);
        words[SHINGLE - 1] = super::phrases::hash(word);
        (at + 1 >= SHINGLE)
            .then(|| words.iter().fold(0u64, |all, word| all.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word))
    })
}

fn trafilatura_vote(html: &str) -> Vote {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    match trafilatura::extract(html, &options) {
        Ok(result) => Vote::of(&result.content_html),
        Err(_) => Vote::default(),
    }
}

fn readability_vote(document: Document) -> Vote {
    let config = dom_smoothie::Config {
        max_elements_to_parse: 60_000,
        disable_json_ld: true,
        ..dom_smoothie::Config::default()
    };
    let article =
        dom_smoothie::Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse());
    article.map_or_else(|_| Vote::default(), |article| Vote::of(&article.content))
}

/// Which pieces are body, and as what.
fn body(pieces: &[Piece], lines: &[Line], votes: &[Vote; 2], title: Option<&str>) -> Vec<Option<BlockKind>> {
    let mut folded = String::new();
    let title_hash = title.map(|title| {
        super::phrases::fold(title, &mut folded);
        super::phrases::hash(&folded)
    });
    let mut kept: Vec<Option<BlockKind>> = Vec::with_capacity(pieces.len());
    for (piece, line) in pieces.iter().zip(lines) {
        let words = super::phrases::fold(&piece.text, &mut folded);
        let [first, second] = votes;
        let (first, second) = (first.share(&folded, words), second.share(&folded, words));
        let linked = piece.linked as f32 / piece.text.len().max(1) as f32;
        let mut score = 2.0 * first + 1.2 * second;
        score += if line.is_prose() { 0.5 } else { 0.0 };
        score -= if linked > 0.6 { 0.8 } else { 0.0 };
        score -= 1.1 * (piece.place & APART).count_ones().min(2) as f32;
        score -= match line.furniture {
            Some(Furniture::End | Furniture::Comments | Furniture::Copyright | Furniture::Plea) => 3.0,
            Some(Furniture::Advert | Furniture::Menu | Furniture::Share | Furniture::Related) => 2.4,
            Some(Furniture::Caption) => 1.3,
            Some(Furniture::Editor) => 1.0,
            None => 0.0,
        };
        let keep = score >= 1.5 && Some(line.hash) != title_hash && words > 0 && piece.place & render::COMMENTS == 0;
        kept.push(keep.then_some(piece.kind));
    }
    // Libraries drop leads that stand in the article's header.
    if let Some(first) = kept.iter().position(Option::is_some) {
        let from = first.saturating_sub(8);
        for ((kept, piece), line) in kept.iter_mut().zip(pieces).zip(lines).take(first).skip(from) {
            let lead = line.is_prose()
                && line.words >= 12
                && line.furniture.is_none()
                && Some(line.hash) != title_hash
                && piece.linked * 5 < piece.text.len() * 2
                && piece.place & (APART | render::CAPTION | render::HIDDEN) == 0;
            if lead {
                *kept = Some(if piece.kind == BlockKind::Heading { BlockKind::Paragraph } else { piece.kind });
            }
        }
    }
    // The date under the headline is no part of the article; a date among its paragraphs may head what happened on it.
    for ((kept, piece), line) in kept.iter_mut().zip(pieces).zip(lines) {
        if kept.is_some() && line.is_prose() && line.words >= 12 {
            break;
        }
        if line.words <= 12
            && line.digits > 0
            && line.ending == Ending::Open
            && crate::when::document_date(&piece.text).is_some()
        {
            *kept = None;
        }
    }
    // A heading at the end heads nothing.
    while let Some(last) = kept.iter().rposition(Option::is_some).filter(|last| kept[*last] == Some(BlockKind::Heading))
    {
        kept[last] = None;
    }
    kept
}

/// Writes the text that is kept, and the spans in it.
fn write(meta: meta::Meta, pieces: &[Piece], kept: &[Option<BlockKind>], threads: Vec<comments::Found>) -> Page {
    let mut page = Page {
        title: meta.title,
        outlet: meta.outlet,
        byline: meta.byline,
        published: meta.published,
        language: meta.language,
        ..Page::default()
    };
    if let Some(title) = &page.title {
        page.title_span = Some(Span::new(0, title.len()));
        page.text.push_str(title);
    }
    for (piece, kind) in pieces.iter().zip(kept) {
        let Some(kind) = kind else { continue };
        let span = append(&mut page.text, &piece.text, "\n\n");
        page.blocks.push(Block { kind: *kind, span });
    }
    for (index, found) in threads.into_iter().enumerate() {
        let mut span: Option<Span> = None;
        for (at, piece) in found.pieces.iter().filter_map(|at| pieces.get(*at)).enumerate() {
            let part = append(&mut page.text, &piece.text, if at == 0 { "\n\n" } else { "\n" });
            span = Some(span.map_or(part, |span: Span| span.cover(part)));
        }
        let span = span.unwrap_or_default();
        let spam = spam::is_spam(found.author.as_deref(), span.of(&page.text));
        let parent = found.parent.map(|parent| parent + 1);
        page.comments.push(Comment {
            number: index + 1,
            author: found.author,
            posted: found.posted,
            parent,
            span,
            spam,
        });
    }
    page
}

fn append(text: &mut String, part: &str, joint: &str) -> Span {
    if !text.is_empty() {
        text.push_str(joint);
    }
    let start = text.len();
    text.push_str(part);
    Span::new(start, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html lang="en"><head><title>Ministers meet on the ferry | The Fjord Post</title>
        <meta property="og:site_name" content="The Fjord Post">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ministers meet on the ferry",
        "author": [{"@type": "Person", "name": "Ann Lee"}], "datePublished": "2011-03-03T16:05:00Z"}</script></head>
        <body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>
        <article><h1>Ministers meet on the ferry</h1>
        <div class="entry-content"><p>The ministers of the two countries met on a ferry on Monday and talked for an hour about fish, an official said.</p>
        <p>“It was short,” she said, “and we did not agree on everything, but we did agree on the next date.”</p>
        <p><a href=/x>Read also: Storm closes the harbour</a></p>
        <p>They will meet again in April, when the ice has gone and the ferry runs every day of the week, the official said.</p></div></article>
        <div id="comments"><h3>2 comments</h3><ol class="comment-list">
        <li class="comment" id="comment-11"><div class="comment-author">Cy says:</div><time datetime="2011-03-04T10:00">x</time><p>Fish again.</p><a class="reply">Reply</a>
        <ul class="children"><li class="comment" id="comment-12"><cite>Dee</cite><p>What else is there?</p></li></ul></li></ol></div>
        <footer>© 2024 The Fjord Post</footer></body></html>"#;

    #[test]
    fn body_head_and_comments_of_a_page() {
        let page = read(PAGE, None);
        assert_eq!(page.title.as_deref(), Some("Ministers meet on the ferry"));
        assert_eq!(page.outlet.as_deref(), Some("The Fjord Post"));
        assert_eq!(page.byline, ["Ann Lee"]);
        assert_eq!(page.published.as_deref(), Some("2011-03-03T16:05"));
        let body: Vec<&str> = page.blocks.iter().map(|block| &block.span.of(&page.text)[..8]).collect();
        assert_eq!(body, ["The mini", "“It wa", "They wil"]);
        let comments: Vec<_> =
            page.comments.iter().map(|c| (c.author.as_deref(), c.parent, c.span.of(&page.text))).collect();
        assert_eq!(comments, [(Some("Cy"), None, "Fish again."), (Some("Dee"), Some(1), "What else is there?")]);
        assert_eq!(page.comments[0].posted.as_deref(), Some("2011-03-04T10:00"));
    }

    #[test]
    fn a_thread_that_is_longer_than_the_article_is_still_a_thread() {
        let says = "I have crossed on this ferry every day for ten years and never met a minister, nor any fish. ";
        let items: String = (101..109)
            .map(|n| {
                format!(
                    "<li id=message-{n}><a class=author href=/u>Cy {n}</a><div><p>{}</p></div></li>",
                    says.repeat(6)
                )
            })
            .collect();
        let thread = format!("<div class=sect-comments><ul>{items}</ul></div><footer>");
        let page = read(&PAGE.replace("<footer>", &thread).replace("id=\"comments\"", "id=\"x\""), None);
        assert!(page.comments.len() >= 8, "{:?}", page.comments);
        assert!(page.blocks.iter().all(|block| !block.span.of(&page.text).contains("ten years")));
    }

    /// Pages as the press of several countries prints them: what stands around three paragraphs about one meeting.
    #[test]
    fn the_press_of_several_countries() {
        let first = "<p>The foreign minister of Ruritania met her counterpart from Freedonia in the capital on Tuesday and \
                     spoke with him for two hours about grain, a spokesman said.</p>";
        let last = "<p>The two sides had not spoken since the autumn, when a ship was held in the strait for nine days and its \
                    crew was questioned by the coast guard.</p>";
        let around = [
            // A paywall under the part that may be read, and a byline with the hour.
            format!(
                "<article><h1>Ministers meet in the capital</h1><p class=byline>Joan Ba, Diplomatic Editor<br>Tuesday May 14 \
                 2019, 6.00pm</p>{first}{last}<div class=paywall><h3>Want to read more?</h3><p>This article is for subscribers \
                 only. Subscribe today and get unlimited digital access for a crown.</p></div></article>"
            ),
            // The date above the text, tags and other stories below.
            format!(
                "<div class=article><div class=article__date>14 мая 2019, 18:40</div><h1>Ministers meet in the \
                 capital</h1><div class=article__text>{first}<div>Подпишитесь на наш канал</div>{last}</div></div>\
                 <div class=news-list><h3>Читайте также</h3><a href=1>Курс рубля вырос на торгах</a></div>"
            ),
            // A table for a layout.
            format!(
                "<table><tr><td><a href=/>Home</a><br><a href=/v>Visas</a></td><td><b>Ministers meet in the \
                 capital</b><br><br>14.05.2019<br><br>{first}{last}</td></tr></table>"
            ),
            // Another story between two paragraphs, and a form for comments.
            format!(
                "<div class=haber-detay><h1>Ministers meet in the capital</h1><div class=tarih>14.05.2019 - 16:02</div>\
                 <div class=haber-metni>{first}<p><a href=/x><b>\u{130}LGİLİ HABER: Altın fiyatları yükseldi</b></a></p>{last}</div>\
                 <div><h3>Yorumlar</h3><p>Yorum yapmak için giriş yapın</p></div></div>"
            ),
        ];
        for body in around {
            let html =
                format!("<html><head><title>Ministers meet in the capital</title></head><body>{body}</body></html>");
            let page = read(&html, None);
            let blocks: Vec<&str> = page.blocks.iter().map(|block| block.span.of(&page.text)).collect();
            let blocks: Vec<&&str> = blocks.iter().filter(|block| **block != "Ministers meet in the capital").collect();
            assert_eq!(blocks.len(), 2, "{blocks:?}");
            assert!(blocks[0].starts_with("The foreign minister") && blocks[1].starts_with("The two sides"));
            assert!(page.published.is_some_and(|date| date.starts_with("2019-05-14")));
            assert!(!page.byline.iter().any(|name| name.starts_with('6')));
        }
    }

    #[test]
    fn spans_stand_in_the_text_that_is_kept() {
        let page = read(PAGE, None);
        let mut last = page.title_span.map_or(0, |span| span.end);
        for span in page.blocks.iter().map(|b| b.span).chain(page.comments.iter().map(|c| c.span)) {
            assert!(span.start >= last && page.text.get(span.range()).is_some());
            last = span.end;
        }
    }

    #[test]
    fn hostile_pages_are_read_flat_with_a_note() {
        let deep =
            format!("{}<p>The ministers met on Monday and talked for an hour about fish.</p>", "<div>".repeat(100_000));
        let page = read(&deep, None);
        assert_eq!(page.problems.len(), 1);
        assert_eq!(page.blocks.len(), 1);
        for html in ["", "<", "<p", "&#x110000;", "<script>", "<title></title>", "\u{0}<p>\u{feff}"] {
            read(html, None);
        }
    }
}
