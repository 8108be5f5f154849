//! Trains the model of `reader::who::names`: a structured averaged perceptron (Collins 2002).
//!
//! Learnt from the sentences of CrossNER politics (train and dev: MIT, the text CC BY-SA), from Universal NER's annotations of
//! UD English EWT's dev split (CC BY-SA 4.0), and from sentences made here (`name_sentences.rs`), others in each round, so that
//! none of them is learnt by heart; the annotated sentences come again with other names in them.

use super::learner::{Learner, Random, sparse_mean};
use super::name_sentences::{Tables, document, renamed};
use reader::codes::BlockKind;
use reader::page::Block;
use reader::span::Span;
use reader::who::World;
use reader::who::names::{Example, Role, decode, examples, transition};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

/// The annotated sentences, under the folder of the benchmark data.
const SOURCES: &[&str] = &[
    "data/crossner-politics/politics.train.jsonl",
    "data/crossner-politics/politics.dev.jsonl",
    "data/uner/uner_en_ewt.dev.jsonl",
];
/// How many models are trained; the mean of them is written.
const MODELS: u64 = 4;
/// How often each sees the annotated sentences.
const ROUNDS: usize = 5;
/// How many documents are made in each round, and of how many sentences.
const MADE: (usize, usize) = (200, 8);
/// How many features the table holds.
const FEATURES: usize = 120_000;
/// The class that takes weight which belongs to no tag.
const NOWHERE: u8 = 7;

/// An annotated sentence: its text, and each name as first and last byte and class.
type Annotated = (String, Vec<(usize, usize, u8)>);

/// A sentence and its right tags.
struct Lesson {
    example: Example,
    gold: Vec<u8>,
}

/// Trains on the data under `shared` and writes the model to `out`.
pub fn run(shared: &Path, out: &Path, seed: u64) -> ExitCode {
    let world = World::shipped();
    let written = annotated(shared).and_then(|annotated| {
        let models: Vec<Learner> = (0..MODELS).map(|model| train(&world, &annotated, seed + model)).collect();
        let bytes = sparse_mean(&models, FEATURES);
        println!("{}: {} bytes", out.display(), bytes.len());
        std::fs::write(out, bytes)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train-names: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The class of a label: person, organization, place.
fn class(label: &str) -> Option<u8> {
    match label {
        "person" | "politician" | "PER" => Some(0),
        "organisation" | "politicalparty" | "ORG" => Some(1),
        "location" | "country" | "LOC" => Some(2),
        _ => None,
    }
}

fn annotated(shared: &Path) -> std::io::Result<Vec<Annotated>> {
    let mut all = Vec::new();
    for name in SOURCES {
        for line in BufReader::new(std::fs::File::open(shared.join(name))?).lines() {
            let document: serde_json::Value = serde_json::from_str(&line?)?;
            let text = document["text"].as_str().unwrap_or("");
            let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let byte = |key: &serde_json::Value| at.get(key.as_u64()? as usize).copied();
            let names = document["entities"].as_array().into_iter().flatten().filter_map(|entity| {
                let class = class(entity["label"].as_str().unwrap_or(""))?;
                Some((byte(&entity["start"])?, byte(&entity["end"])?, class))
            });
            all.push((text.to_string(), names.collect()));
        }
    }
    Ok(all)
}

/// The sentences of a text with the names in it: first and last byte, and class.
fn lesson(world: &World, text: &str, gold: &[(usize, usize, u8)]) -> Vec<Lesson> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive('\n') {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + part.trim_end().len()) });
        at += part.len();
    }
    let sentences = reader::language::split(text, &blocks);
    let tagged = |example: Example| {
        let mut open: Option<(usize, u8)> = None;
        let mut tags = Vec::new();
        for (span, role) in example.spans.iter().zip(&example.roles) {
            let start = span.start as usize;
            let name = gold.iter().find(|(from, end, _)| (*from..*end).contains(&start)).map(|g| (g.0, g.2));
            let further = name.is_some() && name == open;
            let name = name.filter(|_| *role == Role::Free || further && *role == Role::Inner);
            tags.push(name.map_or(0, |(_, class)| class + if further { 4 } else { 1 }));
            open = name;
        }
        Lesson { example, gold: tags }
    };
    examples(world, text, &sentences).into_iter().map(tagged).collect()
}

fn train(world: &World, annotated: &[Annotated], seed: u64) -> Learner {
    let tables = Tables::read();
    let told: Vec<Lesson> = annotated.iter().flat_map(|(text, names)| lesson(world, text, names)).collect();
    let mut learner = Learner::new(2);
    let mut random = Random(seed);
    for round in 0..ROUNDS {
        let mut made = Vec::new();
        for _ in 0..MADE.0 {
            let (text, names) = document(&tables, &mut random, MADE.1);
            made.extend(lesson(world, &text, &names));
        }
        // The annotated sentences once more, with other names in them.
        for (text, names) in annotated {
            if let Some((text, names)) = renamed(&tables, &mut random, text, names) {
                made.extend(lesson(world, &text, &names));
            }
        }
        let all: Vec<&Lesson> = told.iter().chain(&made).collect();
        let mut wrong = 0;
        for index in random.order(all.len()) {
            let Lesson { example, gold } = all[index];
            let guess = decode(&learner, example);
            let mut before = (0, 0);
            for (at, tags) in gold.iter().copied().zip(guess).enumerate() {
                if tags.0 != tags.1 {
                    wrong += 1;
                    learner.update(&example.features[at], tags.0, tags.1);
                }
                if (before.0, tags.0) != (before.1, tags.1) {
                    learner.update(&[transition(before.0)], tags.0, NOWHERE);
                    learner.update(&[transition(before.1)], NOWHERE, tags.1);
                }
                before = tags;
                learner.tick();
            }
        }
        println!("round {}: {} sentences, {wrong} words wrong", round + 1, all.len());
    }
    learner
}
