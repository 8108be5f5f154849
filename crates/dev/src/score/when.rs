//! Figures of `when`: TempEval-3 (TimeBank and AQUAINT), WikiWars, and the relative dates of GUM's news.

use super::{Bench, Figure, f1};
use reader::codes::BlockKind;
use reader::language::{Sentence, split};
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
    let mut tempeval = Counts::default();
    for part in ["timebank", "aquaint"] {
        for doc in bench.lines(&format!("data/tempeval3/{part}.train.jsonl"))? {
            tempeval.add(bench, &doc, &annotated(&doc["timex"], "value"), "\n\n");
        }
    }
    tempeval.figures("when/tempeval3", true, &mut figures);
    let mut wikiwars = Counts::default();
    for doc in bench.lines("data/wikiwars/wikiwars.train.jsonl")? {
        wikiwars.add(bench, &doc, &outermost(annotated(&doc["timex2"], "val")), "\n");
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

/// Reads one annotated document.
fn read(doc: &Value, gap: &str) -> Vec<TimeExpression> {
    let text = doc["text"].as_str().unwrap_or_default();
    let published = doc["dct"].as_str().map(|dct| dct.get(..10).unwrap_or(dct));
    find(text, &sentences(text, gap), published)
}

impl Counts {
    fn add(&mut self, bench: &Bench, doc: &Value, gold: &[Gold], gap: &str) {
        let text = doc["text"].as_str().unwrap_or_default();
        let found = read(doc, gap);
        let points = CodePoints::new(text);
        let mut taken = vec![false; found.len()];
        self.gold += gold.len();
        self.found += found.len();
        let show = |verdict: &str, start: usize, end: usize, rest: String| {
            if bench.details {
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
    let found = read(doc, "\n");
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
            edtf == want
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
