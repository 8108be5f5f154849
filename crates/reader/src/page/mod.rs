//! From the document's text, or its HTML, to the article: what is body, what is furniture, who published it and when.

mod comments;
mod html;
mod imprint;
mod lines;
mod phrases;
mod saved;
mod spam;

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
    /// What could not be read as it should, in words for people.
    pub problems: Vec<String>,
}

/// Labels at the head of a page that tells what never was.
const MADE_UP_TITLES: &[&str] = &["satire", "parody", "spoof", "fiction", "short story"];

/// What a page says of itself, or of the book that it reviews, where what it tells never was.
const MADE_UP: &[&str] = &[
    "satirical website",
    "satirical site",
    "satirical news",
    "satire site",
    "is a satire",
    "is satire",
    "is a parody",
    "work of fiction",
    "everything on it is made up",
    "april fool",
];

impl Page {
    /// Whether the page says of itself that what it tells is made up: satire, a parody, the review of a novel.
    pub fn is_made_up(&self) -> bool {
        let title = self.title.as_deref().unwrap_or_default().to_lowercase();
        let labelled = MADE_UP_TITLES.iter().any(|label| {
            title.strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with([':', '-', '|', '\u{2013}']))
        });
        let mut head = title.clone();
        for block in self.blocks.iter().take(5) {
            head.push(' ');
            head.push_str(&block.span.of(&self.text).to_lowercase());
        }
        let novel = title.contains("review") && ["novel", "thriller", "sitcom"].iter().any(|word| head.contains(word));
        labelled || novel || MADE_UP.iter().any(|phrase| head.contains(phrase))
    }
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
    let mut page = match source.media {
        crate::Media::Text => Page { text: source.text.to_string(), ..saved::read(source.text) },
        crate::Media::Html => html::read(source.text, source.known.url.as_deref()),
    };
    // The first line of a paragraph that is wrapped at a fixed width is no headline: it runs on in the next.
    if source.media == crate::Media::Text
        && let (Some(title), Some(first)) = (page.title_span, page.blocks.first_mut())
        && title.len() > 40
        && first.span.start == title.end + 1
        && page.text[title.end as usize..].starts_with('\n')
        && first.span.of(&page.text).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    {
        first.span = title.cover(first.span);
        (page.title, page.title_span) = (None, None);
    }
    // A few lines and nothing else are body, whatever they look like: what was pasted, a wire flash, a tweet.
    if page.blocks.is_empty() && page.comments.is_empty() && page.text.len() < 4_000 {
        let mut at = 0;
        let few = page.text.split_whitespace().nth(20).is_none();
        for line in page.text.split_inclusive('\n') {
            let words = line.trim();
            if words.split_whitespace().nth(4).is_some() || few && words.contains(char::is_alphabetic) {
                let start = at + (line.len() - line.trim_start().len());
                page.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + words.len()) });
            }
            at += line.len();
        }
    }
    let known = source.known.clone();
    if let Some(url) = &known.url
        && page.published.as_ref().is_none_or(|date| date.starts_with('X') || date.len() < 10)
    {
        page.published = crate::when::document_date(url).or(page.published);
    }
    page.published = known.published.or(page.published);
    page.outlet = known.outlet.or(page.outlet);
    page.origin = known.origin.or(page.origin);
    page.title = known.title.or(page.title);
    if !known.byline.is_empty() {
        page.byline = known.byline;
    }
    page.language = known.language.or_else(|| language(&page)).or(page.language);
    page
}

/// The language of the body, where a few hundred bytes of it tell.
fn language(page: &Page) -> Option<String> {
    let mut sample = String::new();
    for block in &page.blocks {
        sample.extend(block.span.of(&page.text).chars().take(600 - sample.len().min(600)));
        sample.push(' ');
        if sample.len() >= 600 {
            break;
        }
    }
    if is_english(&sample) {
        return Some("en".to_string());
    }
    let found = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    Some(tag(found.lang()).to_string())
}

/// Whether a text is plainly English, by words that no other language has so many of. It spares most pages the comparison with
/// the letters of seventy languages.
fn is_english(text: &str) -> bool {
    const COMMON: &[&str] = &["the", "of", "and", "that", "with", "for", "was", "has", "were", "will"];
    let (mut words, mut common) = (0, 0);
    for word in text.split_ascii_whitespace() {
        words += 1;
        common += usize::from(COMMON.contains(&word));
    }
    common >= 8 && common * 10 >= words
}

/// The BCP 47 tag: two letters where ISO 639-1 has them.
fn tag(language: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match language {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod made_up_tests {
    use super::*;

    fn titled(title: &str, text: &str) -> bool {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let page =
            Page { text: text.to_string(), title: Some(title.to_string()), blocks: vec![block], ..Page::default() };
        page.is_made_up()
    }

    #[test]
    fn a_page_may_say_that_it_is_made_up() {
        assert!(titled("SATIRE: The king rings the queen", "He rang her."));
        assert!(titled("The king rings the queen", "The Turnip is a satirical website."));
        assert!(titled("Review: a thriller with a telephone", "The king rings the queen."));
        assert!(!titled("Satire is no crime, minister tells envoy", "They met on Monday."));
        assert!(!titled("Review of the treaty begins", "The ministers met on Monday."));
    }
}
