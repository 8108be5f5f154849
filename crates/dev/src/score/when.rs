//! Figures of `when`: TempEval-3 (TimeBank and AQUAINT), WikiWars, and the relative dates of GUM's news.

use super::{Bench, Figure, f1};
use reader::codes::BlockKind;
use reader::language::{Model, Sentence, split};
use reader::page::Block;
use reader::span::{CodePoints, Span};
use reader::when::{TimeExpression, TimeKind, find};
use serde_json::Value;

/// One annotated time expression; offsets in code points.
struct Gold {
    start: usize,
    end: usize,
    kind: String,
    value: String,
}

/// What was counted over a data set.
#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    overlapping: usize,
    exact: usize,
    value: usize,
    kind: usize,
}

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let model = Model::shipped();
    let (mut tempeval, mut parsed) = (Counts::default(), Counts::default());
    let mut speed = Speed::default();
    for part in ["timebank", "aquaint"] {
        for doc in bench.lines(&format!("data/tempeval3/{part}.train.jsonl"))? {
            let gold = annotated(&doc["timex"], "value");
            tempeval.add(bench.details, &doc, &gold, "\n\n", None);
            parsed.add(false, &doc, &gold, "\n\n", Some(&model));
            speed.add(&doc);
        }
    }
    tempeval.figures("when/tempeval3", true, &mut figures);
    parsed.figures("when/tempeval3-parsed", true, &mut figures);
    figures.push(speed.figure());
    let mut wikiwars = Counts::default();
    for doc in bench.lines("data/wikiwars/wikiwars.train.jsonl")? {
        wikiwars.add(bench.details, &doc, &outermost(annotated(&doc["timex2"], "val")), "\n", None);
    }
    wikiwars.figures("when/wikiwars", false, &mut figures);
    let (mut right, mut of) = (0, 0);
    for part in ["train", "dev"] {
        for doc in bench.lines(&format!("data/gum-entities-dates/gum.{part}.jsonl.gz"))? {
            if doc["genre"] == "news" {
                relative_dates(bench, &doc, &mut right, &mut of);
            }
        }
    }
    figures.push(Figure::rate("when/gum-news/relative_dates_resolved", right, of));
    let (mut right, mut of) = (0, 0);
    for gold in ["gold/seeds.jsonl", "gold/cases.jsonl"] {
        for doc in bench.lines(gold)? {
            contact_dates(bench, &doc, &mut right, &mut of)?;
        }
    }
    figures.push(Figure::rate("when/gold/contact_dates_found", right, of));
    Ok(figures)
}

fn annotated(list: &Value, value: &str) -> Vec<Gold> {
    let gold = |item: &Value| {
        Some(Gold {
            start: item["start"].as_u64()? as usize,
            end: item["end"].as_u64()? as usize,
            kind: item["type"].as_str().unwrap_or_default().to_string(),
            value: item[value].as_str().unwrap_or_default().to_string(),
        })
    };
    list.as_array().into_iter().flatten().filter_map(gold).collect()
}

/// Without those that stand inside another.
fn outermost(mut gold: Vec<Gold>) -> Vec<Gold> {
    gold.sort_by_key(|g| (g.start, std::cmp::Reverse(g.end)));
    let mut kept: Vec<Gold> = Vec::new();
    for one in gold {
        if kept.last().is_none_or(|last| one.end > last.end) {
            kept.push(one);
        }
    }
    kept
}

/// The sentences of a text whose paragraphs are parted by `gap`.
fn sentences(text: &str, gap: &str) -> Vec<Sentence> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split(gap) {
        let body = part.trim();
        if !body.is_empty() {
            let start = at + (part.len() - part.trim_start().len());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + body.len()) });
        }
        at += part.len() + gap.len();
    }
    split(text, &blocks)
}

/// Reads one annotated document, with trees if there is a model.
fn read(doc: &Value, gap: &str, model: Option<&Model>) -> Vec<TimeExpression> {
    let text = doc["text"].as_str().unwrap_or_default();
    let published = doc["dct"].as_str().map(|dct| dct.get(..10).unwrap_or(dct));
    let mut sentences = sentences(text, gap);
    if let Some(model) = model {
        sentences.iter_mut().for_each(|sentence| model.parse(text, sentence));
    }
    find(text, &sentences, published)
}

/// How fast sentences are read: all of them, words of time or not.
#[derive(Default)]
struct Speed {
    sentences: usize,
    seconds: f64,
}

impl Speed {
    fn add(&mut self, doc: &Value) {
        let text = doc["text"].as_str().unwrap_or_default();
        let sentences = sentences(text, "\n\n");
        let start = std::time::Instant::now();
        std::hint::black_box(find(text, &sentences, Some("2013-02-16")));
        self.seconds += start.elapsed().as_secs_f64();
        self.sentences += sentences.len();
    }

    fn figure(&self) -> Figure {
        let value = if self.seconds > 0.0 { self.sentences as f64 / self.seconds } else { 0.0 };
        Figure {
            name: "when/speed/sentences_per_second".to_string(),
            value,
            note: format!("{} sentences", self.sentences),
        }
    }
}

impl Counts {
    fn add(&mut self, details: bool, doc: &Value, gold: &[Gold], gap: &str, model: Option<&Model>) {
        let text = doc["text"].as_str().unwrap_or_default();
        let found = read(doc, gap, model);
        let points = CodePoints::new(text);
        let mut taken = vec![false; found.len()];
        self.gold += gold.len();
        self.found += found.len();
        let show = |verdict: &str, start: usize, end: usize, rest: String| {
            if details {
                let text: Vec<char> = text.chars().collect();
                let cut = |a: usize, b: usize| {
                    text[a.min(text.len())..b.min(text.len())].iter().collect::<String>().replace('\n', " ")
                };
                let id = doc["id"].as_str().unwrap_or_default();
                println!(
                    "{verdict}\t{id}\t{}[{}]{}\t{rest}",
                    cut(start.saturating_sub(50), start),
                    cut(start, end),
                    cut(end, end + 30)
                );
            }
        };
        for one in gold {
            let hit = found.iter().enumerate().position(|(at, expression)| {
                let span = points.span(expression.span);
                !taken[at] && span.start < one.end && one.start < span.end
            });
            let Some(hit) = hit else {
                show("MISSED", one.start, one.end, format!("{} {}", one.kind, one.value));
                continue;
            };
            taken[hit] = true;
            let expression = &found[hit];
            let span = points.span(expression.span);
            self.overlapping += 1;
            self.exact += usize::from(span.start == one.start && span.end == one.end);
            self.value += usize::from(expression.value == one.value);
            self.kind += usize::from(kind_name(expression.kind) == one.kind);
            if expression.value != one.value {
                show("VALUE", span.start, span.end, format!("{} not {}", expression.value, one.value));
            }
            if span.start != one.start || span.end != one.end {
                let gold_text: String = text.chars().skip(one.start).take(one.end - one.start).collect();
                show("EXTENT", span.start, span.end, gold_text.replace('\n', " "));
            }
        }
        for (at, expression) in found.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            let span = points.span(found[at].span);
            show("SPURIOUS", span.start, span.end, expression.value.clone());
        }
    }

    fn figures(&self, name: &str, kinds: bool, figures: &mut Vec<Figure>) {
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let note = format!("{} of {}, {} found", self.overlapping, self.gold, self.found);
        let relaxed = f1(share(self.overlapping, self.found), share(self.overlapping, self.gold));
        let strict = f1(share(self.exact, self.found), share(self.exact, self.gold));
        let mut push =
            |what: &str, value: f64| figures.push(Figure { name: format!("{name}/{what}"), value, note: note.clone() });
        push("relaxed_f1", relaxed);
        push("strict_f1", strict);
        push("value_right", share(self.value, self.overlapping));
        if kinds {
            push("value_f1", relaxed * share(self.value, self.overlapping));
            push("type_f1", relaxed * share(self.kind, self.overlapping));
        }
    }
}

fn kind_name(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    }
}

/// Dates of GUM without a year of their own, and whether they came out with exactly the day or interval that stands there.
fn relative_dates(bench: &Bench, doc: &Value, right: &mut usize, of: &mut usize) {
    let text = doc["text"].as_str().unwrap_or_default();
    let found = read(doc, "\n", None);
    let points = CodePoints::new(text);
    for date in doc["dates"].as_array().into_iter().flatten() {
        let part = |name: &str| date[name].as_str();
        let told = part("text").unwrap_or_default();
        let want = match (part("when"), part("from"), part("to")) {
            (Some(when), ..) if when.len() <= 10 => when.to_string(),
            (None, Some(from), Some(to)) => format!("{from}/{to}"),
            _ => continue,
        };
        let digits = told.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
        if digits || told.contains("0s") {
            continue;
        }
        let (start, end) = (date["start"].as_u64().unwrap_or(0) as usize, date["end"].as_u64().unwrap_or(0) as usize);
        let hit = found.iter().find(|expression| {
            let span = points.span(expression.span);
            span.start < end && start < span.end
        });
        // An interval of months is the interval of their days.
        let same = hit.and_then(|e| e.edtf.as_deref()).is_some_and(|edtf| {
            // Ranges are one expression here and two there.
            // "March 11 this year" is one expression here and two there.
            let within = hit.is_some_and(|e| points.span(e.span).start < start) && edtf.starts_with(&want);
            edtf == want
                || within
                || edtf.split('/').any(|end| end == want)
                || edtf.contains('/')
                    && want.contains('/')
                    && reader::when::interval(edtf) == reader::when::interval(&want)
        });
        *of += 1;
        *right += usize::from(same);
        if bench.details && !same {
            println!(
                "GUM\t{}\t{told}\t{:?} not {want}",
                doc["id"].as_str().unwrap_or_default(),
                hit.and_then(|e| e.edtf.as_deref())
            );
        }
    }
}

/// Days of the gold contacts, and whether some expression of the document tells exactly that day or stretch: what the record
/// can reach at best.
fn contact_dates(bench: &Bench, doc: &Value, right: &mut usize, of: &mut usize) -> std::io::Result<()> {
    let Some(path) = doc["doc"].as_str() else { return Ok(()) };
    let text = String::from_utf8_lossy(&std::fs::read(bench.shared.join(path))?).into_owned();
    let published = doc["known_published"].as_str().or(doc["published"].as_str());
    let found = find(&text, &sentences(&text, "\n"), published);
    for contact in doc["contacts"].as_array().into_iter().flatten() {
        let Some(when) = contact["when"].as_str() else { continue };
        let want = reader::when::interval(when);
        let hit = found
            .iter()
            .filter_map(|e| e.edtf.as_deref())
            .any(|edtf| edtf == when || want.is_some() && reader::when::interval(edtf) == want);
        *of += 1;
        *right += usize::from(hit);
        if bench.details && !hit {
            println!("GOLD\t{path}\t{when}\t{}", contact["evidence"][0].as_str().unwrap_or_default());
        }
    }
    Ok(())
}
