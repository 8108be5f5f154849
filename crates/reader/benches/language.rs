//! Speed of splitting, tagging and parsing, in bytes a second of running text.

use divan::counter::BytesCount;
use reader::codes::BlockKind;
use reader::language::{Model, Scratch, Sentence, split};
use reader::page::Block;
use reader::span::Span;

fn main() {
    divan::main();
}

/// A paragraph of news in our own words, many times over.
fn text() -> String {
    "MOSCOW, Feb. 12 — Russian Foreign Minister Sergei Lavrov said on Tuesday that he had received a request for a call from \
     U.S. Secretary of State John Kerry, and that the two would speak “in the next few days.” The State Department's \
     spokeswoman told reporters that Kerry had tried to reach his counterpart twice since the North Korean nuclear test, but \
     the minister, who was travelling in Africa, hadn't returned the calls. “We have reached out,” she said. “We're waiting.”\n"
        .repeat(200)
}

fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + line.len()) });
        at += line.len();
    }
    blocks
}

fn sentences() -> (String, Vec<Sentence>) {
    let text = text();
    let sentences = split(&text, &blocks(&text));
    (text, sentences)
}

#[divan::bench]
fn load() -> Model {
    Model::shipped()
}

#[divan::bench]
fn splitting(bench: divan::Bencher) {
    let text = text();
    let blocks = blocks(&text);
    bench.counter(BytesCount::of_str(&text)).bench_local(|| split(&text, &blocks));
}

#[divan::bench]
fn tagging(bench: divan::Bencher) {
    let (text, mut sentences) = sentences();
    let (model, mut scratch) = (Model::shipped(), Scratch::default());
    bench.counter(BytesCount::of_str(&text)).bench_local(|| {
        for sentence in &mut sentences {
            model.tag_with(&text, sentence, &mut scratch);
        }
    });
}

#[divan::bench]
fn parsing(bench: divan::Bencher) {
    let (text, mut sentences) = sentences();
    let (model, mut scratch) = (Model::shipped(), Scratch::default());
    bench.counter(BytesCount::of_str(&text)).bench_local(|| {
        for sentence in &mut sentences {
            model.parse_with(&text, sentence, &mut scratch);
        }
    });
}
