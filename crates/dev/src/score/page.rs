//! Figures of `page`: title, house, authors, date, body and comments of saved pages, by the rules of the codebook.

use super::{Bench, Figure};
use reader::codes::BlockKind;
use reader::page::Page;
use reader::{Known, Media, Source};
use serde_json::Value;
use std::collections::BTreeMap;

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    figures.extend(gold(bench, "seeds")?);
    figures.extend(gold(bench, "cases")?);
    Ok(figures)
}

/// Right and all, by what was counted.
type Tally = BTreeMap<String, (usize, usize)>;

fn count(tally: &mut Tally, what: &str, right: bool) {
    let (hits, all) = tally.entry(what.to_string()).or_default();
    *hits += usize::from(right);
    *all += 1;
}

fn figures(tally: &Tally, data: &str) -> Vec<Figure> {
    tally.iter().map(|(what, (right, all))| Figure::rate(&format!("page/{data}/{what}"), *right, *all)).collect()
}

/// The codebook's gold: what the saved pages should come out as.
fn gold(bench: &Bench, name: &str) -> std::io::Result<Vec<Figure>> {
    let mut tally = Tally::new();
    for gold in bench.lines(&format!("gold/{name}.jsonl"))? {
        let Some(doc) = gold["doc"].as_str() else { continue };
        let text = std::fs::read_to_string(bench.shared.join(doc))?;
        let page = reader::page::find(&Source { text: &text, media: Media::Text, known: Known::default() });
        if bench.details {
            println!("{doc}");
        }
        count(&mut tally, "text unchanged", page.text == text);
        article(&gold, &page, &mut tally, bench.details);
        if bench.details && std::env::var_os("PAGE_BLOCKS").is_some() {
            show(&page);
        }
    }
    Ok(figures(&tally, name))
}

fn show(page: &Page) {
    println!("    title {:?} lang {:?}", page.title, page.language);
    println!("    {:?} {:?} {:?} {:?}", page.outlet, page.origin, page.byline, page.published);
    for block in &page.blocks {
        let text = block.span.of(&page.text);
        let chars: Vec<char> = text.chars().collect();
        let head: String = chars.iter().take(70).collect();
        let tail: String = chars.iter().skip(chars.len().saturating_sub(30).max(70)).collect();
        println!("    {:9} {head} … {tail}", block.kind.name());
    }
    for c in &page.comments {
        let head: String = c.span.of(&page.text).chars().take(40).collect();
        println!("    {} {:?} {:?} {:?} {} {:?}", c.number, c.author, c.posted, c.parent, c.spam, head);
    }
}

/// Counts one article's fields as the codebook's scorer does.
fn article(gold: &Value, page: &Page, tally: &mut Tally, details: bool) {
    let want = &gold["article"];
    let mut check = |field: &str, right: bool, have: String| {
        count(tally, field, right);
        if details && !right {
            let want = if want[field].is_null() { &gold[field] } else { &want[field] };
            println!("  {field:10} want {want} have {have}");
        }
    };
    let fields = [("title", &page.title), ("outlet", &page.outlet), ("origin", &page.origin)];
    for (field, have) in fields {
        let have = have.as_deref().unwrap_or("");
        if let Some(want) = want[field].as_str() {
            check(field, fold(want) == fold(have), format!("{have:?}"));
        }
    }
    if let Some(published) = gold["published"].as_str() {
        let have = page.published.as_deref().unwrap_or("");
        check("published", have.get(..10) == published.get(..10), format!("{have:?}"));
    }
    let byline: Vec<String> = want["byline"]
        .as_array()
        .map_or(vec![], |names| names.iter().filter_map(|name| name.as_str()).map(fold).collect());
    let mut have: Vec<String> = page.byline.iter().map(|name| fold(name)).collect();
    have.sort();
    let mut wanted = byline.clone();
    wanted.sort();
    // The codebook's scorer counts a byline only where the gold has one; a name that is none counts apart.
    check(if byline.is_empty() { "no byline" } else { "byline" }, have == wanted, format!("{:?}", page.byline));
    let body: Vec<&str> = page
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::List))
        .map(|block| block.span.of(&page.text))
        .collect();
    for (field, have) in [("body_first", body.first()), ("body_last", body.last())] {
        if let Some(want) = want[field].as_str() {
            let have = have.copied().unwrap_or("");
            check(field, squeeze(have).contains(squeeze(want).trim()), format!("{have:?}"));
        }
    }
    if let Some(want) = want["comments"].as_u64() {
        check("comments", page.comments.len() as u64 == want, page.comments.len().to_string());
    }
}

/// ASCII letters and digits of a text without accents, lower case, single spaces.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    for ch in text.chars().flat_map(char::to_lowercase) {
        let plain = match ch {
            'à'..='å' => 'a',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ò'..='ö' => 'o',
            'ù'..='ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            'ğ' => 'g',
            'ş' => 's',
            ch => ch,
        };
        if plain.is_ascii_alphanumeric() {
            folded.push(plain);
        } else if plain.is_ascii() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_string()
}

/// Text with plain quotation marks and single spaces.
fn squeeze(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|ch| match ch {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            ch => ch,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
