//! Figures of `page`: title, house, authors, date, body and comments of saved pages, by the rules of the codebook.

use super::{Bench, Figure, f1};
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
    figures.extend(snippets(bench)?);
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

/// trafilatura's evaluation pages: snippets that must and must not be in the body, by trafilatura's own rules.
fn snippets(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let folder = "data/trafilatura-eval";
    let mut tally = Tally::new();
    let (mut with, mut without, mut found, mut leaked, mut comment_leaks) = (0, 0, 0, 0, 0);
    let (mut bytes, mut seconds) = (0usize, 0.0f64);
    for gold in bench.lines(&format!("{folder}/pages.dev.jsonl"))? {
        let Some(file) = gold["file"].as_str() else { continue };
        let html = decode(&unzip(&bench.shared.join(folder).join(file))?);
        let started = std::time::Instant::now();
        let url = gold["url"].as_str().filter(|url| url.starts_with("http")).map(str::to_string);
        let known = Known { url, ..Known::default() };
        let page = reader::page::find(&Source { text: &html, media: Media::Html, known });
        seconds += started.elapsed().as_secs_f64();
        bytes += html.len();
        let body = squash(page.blocks.iter().map(|block| block.span.of(&page.text)));
        let comments = squash(page.comments.iter().map(|comment| comment.span.of(&page.text)));
        let say = |what: &str, text: &str| {
            if bench.details {
                println!("{} {what:9} {text}", gold["id"].as_str().unwrap_or(""));
            }
        };
        for snippet in strings(&gold["with"]) {
            with += 1;
            let hit = body.contains(&snippet);
            found += usize::from(hit);
            if !hit {
                say("missed", &snippet);
            }
        }
        for snippet in strings(&gold["without"]) {
            without += 1;
            let hit = body.contains(&snippet);
            leaked += usize::from(hit);
            if hit {
                say("leaked", &snippet);
            }
        }
        for snippet in strings(&gold["comments"]) {
            let hit = comments.contains(&snippet);
            count(&mut tally, "comments", hit);
            let leak = body.contains(&snippet);
            comment_leaks += usize::from(leak);
            if !hit || leak {
                say(if leak { "comment in body" } else { "no comment" }, &snippet);
            }
        }
        let fields = [
            ("title", page.title.clone().unwrap_or_default()),
            ("author", page.byline.join("; ")),
            ("date", page.published.clone().unwrap_or_default().chars().take(10).collect()),
        ];
        for (field, have) in fields {
            let want = strings(&gold[field]).join("; ");
            if want.is_empty() {
                continue;
            }
            let right = squash([have.as_str()].into_iter()) == want;
            count(&mut tally, field, right);
            if !right {
                say(field, &format!("want {want:?} have {have:?}"));
            }
        }
    }
    let (precision, recall) = (found as f64 / (found + leaked).max(1) as f64, found as f64 / with.max(1) as f64);
    let mut figures = figures(&tally, "trafilatura-eval");
    figures.push(Figure {
        name: "page/trafilatura-eval/body f1".to_string(),
        value: f1(precision, recall),
        note: format!("{found}/{with} without {leaked}/{without}"),
    });
    figures.push(Figure {
        name: "page/trafilatura-eval/comments kept out of the body".to_string(),
        value: 1.0 - comment_leaks as f64 / 199.0,
        note: format!("{comment_leaks} leaked"),
    });
    let rate = bytes as f64 / 1e6 / seconds.max(1e-9);
    println!("page/trafilatura-eval: {rate:.1} MB/s, {:.1} ms a page", 1000.0 * seconds / 171.0);
    Ok(figures)
}

/// A string or a list of strings, white space squashed.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![squash([text.as_str()].into_iter())],
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(|text| squash([text].into_iter())).collect(),
        _ => Vec::new(),
    }
}

/// Texts joined, with single spaces.
fn squash<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn unzip(path: &std::path::Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?), &mut bytes)?;
    Ok(bytes)
}

/// The text of a page as stored: by its mark, by what it declares, or by its bytes.
fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_string();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let label = label.map(|rest| {
        rest.chars().take_while(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_')).collect::<String>()
    });
    let declared = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = declared
        .filter(|encoding| *encoding != encoding_rs::UTF_8 || !encoding.decode(bytes).2)
        .unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode(bytes).0.into_owned()
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
