//! Any bytes as a page, of text or of HTML: the article is found without a panic, and every span lies in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reader::span::Span;
use reader::{Known, Media, Source};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let media = if kind % 2 == 0 { Media::Text } else { Media::Html };
    let text = String::from_utf8_lossy(rest);
    let page = reader::page::find(&Source { text: &text, media, known: Known::default() });
    let whole = |span: Span| assert!(page.text.get(span.range()).is_some(), "a span outside the text");
    page.blocks.iter().for_each(|block| whole(block.span));
    page.comments.iter().for_each(|comment| whole(comment.span));
    page.title_span.into_iter().for_each(whole);
});
