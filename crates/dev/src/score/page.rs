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
    figures.extend(saved_snippets(bench)?);
    figures.extend(readability(bench)?);
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
    }
    Ok(figures(&tally, name))
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
        let comments = squash(
            page.comments
                .iter()
                .flat_map(|comment| [comment.author.as_deref().unwrap_or(""), comment.span.of(&page.text)]),
        );
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
            let leak = !snippet.is_empty() && body.contains(&snippet);
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

/// The same pages as a text browser saves them: the body's snippets only.
fn saved_snippets(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let folder = "data/trafilatura-eval";
    let (mut with, mut without, mut found, mut leaked) = (0, 0, 0, 0);
    for gold in bench.lines(&format!("{folder}/pages.dev.jsonl"))? {
        let Some(file) = gold["file"].as_str() else { continue };
        let html = decode(&unzip(&bench.shared.join(folder).join(file))?);
        let Some(text) = as_text(&html) else { return Ok(without_browser()) };
        let page = reader::page::find(&Source { text: &text, media: Media::Text, known: Known::default() });
        let body = squash(page.blocks.iter().map(|block| block.span.of(&page.text)));
        let id = gold["id"].as_str().unwrap_or("");
        let on_page = squash([text.as_str()].into_iter());
        for snippet in strings(&gold["with"]) {
            // What the browser itself changes is not for the reader to find.
            if !on_page.contains(&snippet) {
                continue;
            }
            with += 1;
            let hit = body.contains(&snippet);
            found += usize::from(hit);
            if !hit && bench.details {
                println!("{id} saved missed {snippet}");
            }
        }
        for snippet in strings(&gold["without"]) {
            without += 1;
            let hit = body.contains(&snippet);
            leaked += usize::from(hit);
            if hit && bench.details {
                println!("{id} saved leaked {snippet}");
            }
        }
    }
    let (precision, recall) = (found as f64 / (found + leaked).max(1) as f64, found as f64 / with.max(1) as f64);
    let note = format!("{found}/{with} without {leaked}/{without}");
    Ok(vec![Figure { name: "page/trafilatura-eval/saved body f1".to_string(), value: f1(precision, recall), note }])
}

/// Mozilla's test pages: the words of the body against those of Readability's own output, as HTML and as saved text.
fn readability(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let folder = bench.shared.join("data/readability-pages");
    let (mut html_sum, mut saved_sum, mut pages) = (0.0, 0.0, 0);
    let mut browser = true;
    for gold in bench.lines("data/readability-pages/pages.jsonl")? {
        let (Some(source), Some(expected)) = (gold["source"].as_str(), gold["expected"].as_str()) else { continue };
        let html = decode(&unzip(&folder.join(source))?);
        let expected = decode(&unzip(&folder.join(expected))?);
        let want = words(&strip_tags(&expected));
        if want.is_empty() {
            continue;
        }
        pages += 1;
        let one = |text: &str, media| {
            let page = reader::page::find(&Source { text, media, known: Known::default() });
            let body = squash(page.blocks.iter().map(|block| block.span.of(&page.text)));
            word_f1(&want, &words(&body))
        };
        let by_html = one(&html, Media::Html);
        html_sum += by_html;
        let by_text = match as_text(&html) {
            Some(text) => one(&text, Media::Text),
            None => {
                browser = false;
                0.0
            }
        };
        saved_sum += by_text;
        if bench.details && (by_html < 0.8 || by_text < 0.8) {
            println!("readability {} html {by_html:.3} saved {by_text:.3} {}", gold["id"], gold["meta_title"]);
        }
    }
    let mean = |sum: f64| sum / f64::from(pages.max(1));
    let note = format!("{pages} pages");
    let mut figures = vec![Figure {
        name: "page/readability-pages/body words f1".to_string(),
        value: mean(html_sum),
        note: note.clone(),
    }];
    if browser {
        figures.push(Figure {
            name: "page/readability-pages/saved body words f1".to_string(),
            value: mean(saved_sum),
            note,
        });
    } else {
        figures.extend(without_browser());
    }
    Ok(figures)
}

fn without_browser() -> Vec<Figure> {
    println!("page: no text browser (w3m) here: pages saved as text were not scored");
    Vec::new()
}

/// The page as w3m saves it, or `None` where there is no w3m.
fn as_text(html: &str) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new("w3m")
        .args(["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "100"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let bytes = html.as_bytes().to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The text between tags.
fn strip_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for ch in html.chars() {
        match ch {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            ch if !inside => text.push(ch),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&nbsp;", " ").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">")
}

/// Lower-case words and how often each comes. Of scripts without spaces each character is a word, since a text browser breaks
/// its lines anywhere among them.
fn words(text: &str) -> BTreeMap<String, usize> {
    let unspaced = |ch: char| matches!(ch, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let mut words = BTreeMap::new();
    for run in text.split(|ch: char| !ch.is_alphanumeric()) {
        for word in run.split_inclusive(unspaced).flat_map(|part| {
            let last = part.char_indices().next_back().filter(|(_, ch)| unspaced(*ch)).map_or(part.len(), |(at, _)| at);
            <[&str; 2]>::from(part.split_at(last))
        }) {
            if !word.is_empty() {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    words
}

fn word_f1(want: &BTreeMap<String, usize>, have: &BTreeMap<String, usize>) -> f64 {
    let shared: usize = want.iter().map(|(word, count)| have.get(word).copied().unwrap_or(0).min(*count)).sum();
    let (wanted, had): (usize, usize) = (want.values().sum(), have.values().sum());
    f1(shared as f64 / had.max(1) as f64, shared as f64 / wanted.max(1) as f64)
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
