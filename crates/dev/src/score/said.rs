//! Figures of `said`: attributions of PolNeAR (development part) and the statements of the gold records.

use super::{Bench, Figure, f1};
use reader::codes::{BlockKind, StatementKind};
use reader::page::{Block, Page};
use reader::said::Statement;
use reader::span::{CodePoints, Span};
use reader::{Known, Media, Reader, Source};
use serde_json::Value;

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut figures = polnear(bench)?;
    for file in ["seeds", "cases"] {
        figures.extend(gold(bench, file)?);
    }
    Ok(figures)
}

/// Token-level F1 of source, cue and content: a token is one run of letters and digits, and counts once for each part
/// however many attributions it stands in.
fn polnear(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut counts = [Count::default(); 3];
    for article in bench.lines("data/polnear/polnear.dev.jsonl.gz")? {
        let text = article["text"].as_str().unwrap_or_default();
        let page = paragraphs(text, article["date"].as_str());
        let (page, statements) = read(bench.reader, page);
        let points = CodePoints::new(&page.text);
        let words = words(&page.text);
        let mut gold: [Vec<(usize, usize)>; 3] = Default::default();
        for attribution in article["attributions"].as_array().into_iter().flatten() {
            for (part, spans) in ["source", "cue", "content"].iter().zip(&mut gold) {
                for span in attribution[part].as_array().into_iter().flatten() {
                    let at = |i: usize| span[i].as_u64().unwrap_or(0) as usize;
                    spans.push((at(0), at(1)));
                }
            }
        }
        let mut found: [Vec<(usize, usize)>; 3] = Default::default();
        for statement in &statements {
            let mut add = |part: usize, span: Span| {
                let span = points.span(span);
                found[part].push((span.start, span.end));
            };
            statement.source.into_iter().for_each(|span| add(0, span));
            statement.cue.into_iter().for_each(|span| add(1, span));
            statement.content.iter().for_each(|span| add(2, *span));
        }
        for ((gold, found), count) in gold.iter().zip(&found).zip(&mut counts) {
            for &(start, end) in &words {
                let covers = |spans: &Vec<(usize, usize)>| spans.iter().any(|s| s.0 < end && start < s.1);
                count.add(covers(gold), covers(found));
            }
        }
        if bench.details {
            details(&page.text, &points, &gold, &found, &words);
        }
    }
    let names = ["source", "cue", "content"];
    Ok(names.iter().zip(counts).map(|(name, count)| count.figure(&format!("said/polnear/{name}_f1"))).collect())
}

/// Prints each paragraph in which content differs, with the words that only gold has in `-[…]` and those that only the
/// reader has in `+[…]`.
fn details(
    text: &str,
    points: &CodePoints,
    gold: &[Vec<(usize, usize)>; 3],
    found: &[Vec<(usize, usize)>; 3],
    words: &[(usize, usize)],
) {
    let covers = |spans: &Vec<(usize, usize)>, start, end| spans.iter().any(|s| s.0 < end && start < s.1);
    let chars: Vec<char> = text.chars().collect();
    let _ = points;
    for (part, name) in ["source", "cue", "content"].iter().enumerate() {
        let mut line = String::new();
        let mut differs = false;
        let mut at = 0;
        for &(start, end) in words {
            let gap: String = chars[at..start].iter().collect();
            if gap.contains('\n') {
                if differs {
                    println!("  {name:8}{line}");
                }
                line.clear();
                differs = false;
            }
            line.push_str(gap.trim_matches('\n'));
            let word: String = chars[start..end].iter().collect();
            match (covers(&gold[part], start, end), covers(&found[part], start, end)) {
                (true, false) => line += &format!("-[{word}]"),
                (false, true) => line += &format!("+[{word}]"),
                (true, true) => line += &format!("={word}"),
                _ => line += &word,
            }
            differs |= covers(&gold[part], start, end) != covers(&found[part], start, end);
            at = end;
        }
        if differs {
            println!("  {name:8}{line}");
        }
    }
}

/// A page whose every line is a paragraph.
fn paragraphs(text: &str, published: Option<&str>) -> Page {
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
    Page { text: text.to_string(), blocks, published: published.map(str::to_string), ..Page::default() }
}

/// Every stage up to the statements, without looking for the article first.
fn read(reader: &Reader, page: Page) -> (Page, Vec<Statement>) {
    let published = page.published.clone();
    let mut sentences = reader::language::split(&page.text, &page.blocks);
    let mut cast = reader::who::find(&reader.world, &page, &sentences, published.as_deref());
    for sentence in &mut sentences {
        reader.model.parse(&page.text, sentence);
    }
    reader::who::resolve(&reader.world, &page, &sentences, &mut cast);
    let statements = reader::said::find(&page, &sentences, &cast);
    (page, statements)
}

/// Runs of letters and digits, in code points.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, ch) in text.chars().chain([' ']).enumerate() {
        match (ch.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[derive(Clone, Copy, Default)]
struct Count {
    both: usize,
    gold: usize,
    found: usize,
}

impl Count {
    fn add(&mut self, gold: bool, found: bool) {
        self.both += usize::from(gold && found);
        self.gold += usize::from(gold);
        self.found += usize::from(found);
    }

    fn figure(&self, name: &str) -> Figure {
        let rate = |of: usize| if of == 0 { 0.0 } else { self.both as f64 / of as f64 };
        let (precision, recall) = (rate(self.found), rate(self.gold));
        Figure { name: name.to_string(), value: f1(precision, recall), note: format!("p {precision:.3} r {recall:.3}") }
    }
}

/// Quotation recall and precision, recall of reported speech and the right speaker, by the codebook's rules.
fn gold(bench: &Bench, file: &str) -> std::io::Result<Vec<Figure>> {
    let manifest = std::fs::read_to_string(bench.shared.join("gold/manifest.csv"))?;
    let (mut quotes, mut exact, mut reported, mut speakers) = ((0, 0), (0, 0), (0, 0), (0, 0));
    let count = |tally: &mut (usize, usize), right: bool| {
        tally.0 += usize::from(right);
        tally.1 += 1;
    };
    for document in bench.lines(&format!("gold/{file}.jsonl"))? {
        let path = document["doc"].as_str().unwrap_or_default();
        let text = std::fs::read_to_string(bench.shared.join(path))?;
        let published = manifest
            .lines()
            .filter_map(|line| line.split_once(','))
            .find(|(name, _)| path.ends_with(name) || name.ends_with(path))
            .map(|(_, rest)| rest.split(',').next().unwrap_or_default().to_string());
        let known = Known { published, ..Known::default() };
        let reading = bench.reader.read(&Source { text: &text, media: Media::Text, known });
        let text = &reading.page.text;
        let squeezed = squeeze(text);
        let mut used = vec![false; reading.statements.len()];
        if bench.details {
            println!("{path}");
        }
        for statement in document["statements"].as_array().into_iter().flatten() {
            let starts = statement["starts"].as_str().unwrap_or_default();
            let Some(at) = locate(starts, &squeezed) else { continue };
            let hit = reading.statements.iter().position(|s| s.content.iter().any(|c| c.overlaps(at)));
            let kind = statement["kind"].as_str().unwrap_or_default();
            count(if kind == "quote" { &mut quotes } else { &mut reported }, hit.is_some());
            let Some(hit) = hit else {
                if bench.details {
                    println!("  missed   {kind}: {starts}");
                }
                continue;
            };
            used[hit] = true;
            if statement["speaker"].is_string() {
                let right = speaker_right(statement, &reading.statements[hit], &reading.cast.entities);
                count(&mut speakers, right);
                if bench.details && !right {
                    let name = reading.statements[hit].speaker_name.as_deref().unwrap_or("-");
                    println!("  speaker  {} <> {name}: {starts}", statement["speaker"]);
                }
            }
        }
        for (statement, used) in reading.statements.iter().zip(&used) {
            if statement.kind == StatementKind::Quote {
                count(&mut exact, *used);
                if bench.details && !used {
                    let quoted = statement.content.first().map_or("", |c| c.of(text));
                    println!("  spurious {}: {quoted}", statement.speaker_name.as_deref().unwrap_or("-"));
                }
            }
        }
    }
    Ok(vec![
        Figure::rate(&format!("said/{file}/quote_recall"), quotes.0, quotes.1),
        Figure::rate(&format!("said/{file}/quote_precision"), exact.0, exact.1),
        Figure::rate(&format!("said/{file}/reported_recall"), reported.0, reported.1),
        Figure::rate(&format!("said/{file}/speaker"), speakers.0, speakers.1),
    ])
}

/// The same person or body by any of its names; a body that is not a person also by its government.
fn speaker_right(gold: &Value, found: &Statement, entities: &[reader::who::Entity]) -> bool {
    let wanted = gold["speaker"].as_str().unwrap_or_default();
    let entity = found.speaker.and_then(|index| entities.get(index));
    let person = entity.and_then(|e| e.person.as_deref());
    let names = [person, found.speaker_name.as_deref(), entity.and_then(|e| e.office.as_deref())];
    if names.iter().flatten().any(|name| same_person(wanted, name)) {
        return true;
    }
    let government = gold["government"].as_str();
    person.is_none() && government.is_some() && government == found.speaker_government.as_deref()
}

/// The same family name in whichever order the name is written.
fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let (Some(a_last), Some(b_last), Some(a_first), Some(b_first)) = (a.last(), b.last(), a.first(), b.first()) else {
        return false;
    };
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words.dedup();
        words
    };
    a_last == b_last || a_first == b_first && a_first.len() > 3 || sorted(&a) == sorted(&b)
}

/// Lower-case words without accents; letters that have no ASCII base are dropped, as the gold scorer does.
fn fold(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'ì' | 'î' | 'ï' => Some('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => Some('o'),
            'ú' | 'ù' | 'û' | 'ü' => Some('u'),
            'ğ' => Some('g'),
            'ş' => Some('s'),
            'ç' => Some('c'),
            'ñ' => Some('n'),
            c if c.is_ascii() => Some(c),
            _ => None,
        })
        .collect();
    plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

/// The text with plain quotation marks and folded white space, and the byte offset of each of its characters.
fn squeeze(text: &str) -> (Vec<char>, Vec<(usize, usize)>) {
    let (mut out, mut at, mut blank) = (Vec::new(), Vec::new(), true);
    for (index, ch) in text.char_indices() {
        let plain = match ch {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            ch if ch.is_whitespace() => ' ',
            ch => ch,
        };
        if plain != ' ' || !blank {
            out.push(plain);
            at.push((index, index + ch.len_utf8()));
        }
        blank = plain == ' ';
    }
    (out, at)
}

/// Where a snippet first stands in a squeezed text.
fn locate(snippet: &str, (text, at): &(Vec<char>, Vec<(usize, usize)>)) -> Option<Span> {
    let needle: Vec<char> = squeeze(snippet.trim()).0;
    let found = text.windows(needle.len().max(1)).position(|window| window == needle.as_slice())?;
    Some(Span::new(at.get(found)?.0, at.get(found + needle.len() - 1)?.1))
}
