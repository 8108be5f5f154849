//! Trains the model of `reader::language` on a treebank: the same file, byte for byte, for the same input and seed.

mod clusters;
pub mod conllu;
mod learner;
mod lemmas;
mod name_sentences;
pub mod names;
mod network;

use conllu::Tree;
use flate2::read::MultiGzDecoder;
use learner::{Learner, Random, sparse};
use reader::codes::BlockKind;
use reader::language::linear::{Sparse, Weights};
use reader::language::parser::{Action, NONE, State, Word};
use reader::language::tagger::{self, Lexical, Lexicon};
use reader::language::{Model, Token, Upos, Xpos, input, split};
use reader::page::Block;
use reader::span::Span;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Into how many parts the training data are cut, so that each is tagged by a model that has not seen it.
const FOLDS: usize = 4;

/// How many groups of words ([`clusters`]).
const GROUPS: usize = 250;

/// The words of running text, as the lexicon knows them, with 0 after each sentence: of the treebank, and of the documents
/// of `files` (JSON lines with a field `text`, gzipped).
fn running(trees: &[Tree], files: &[PathBuf]) -> std::io::Result<Vec<u64>> {
    let none = Lexicon::write(&[]);
    let none = Lexicon::read(&none).ok_or_else(|| std::io::Error::other("an empty lexicon does not read back"))?;
    let mut words = Vec::new();
    for tree in trees {
        words.extend(tree.words.iter().map(|w| Lexical::of(&w.form, &none).word).chain([0]));
    }
    for path in files {
        for line in BufReader::new(MultiGzDecoder::new(std::fs::File::open(path)?)).lines() {
            let document: serde_json::Value = serde_json::from_str(&line?)?;
            let text = document["text"].as_str().unwrap_or("");
            let mut blocks = Vec::new();
            let mut at = 0;
            for part in text.split_inclusive('\n') {
                let span = Span::new(at, at + part.len());
                blocks.push(Block { kind: BlockKind::Paragraph, span });
                at += part.len();
            }
            for sentence in split(text, &blocks) {
                words.extend(sentence.tokens.iter().map(|t| Lexical::of(t.span.of(text), &none).word).chain([0]));
            }
        }
    }
    Ok(words)
}

/// Trains on the train split under `ud`, writes the model to `out` and the table of lemmas beside it.
pub fn run(ud: &Path, texts: &[PathBuf], out: &Path, seed: u64) -> ExitCode {
    let written = conllu::read(&ud.join("en_ewt-ud-train.conllu.gz")).and_then(|trees| {
        std::fs::write(out.with_file_name("model-lemmas.csv"), lemmas::table(&trees))?;
        let bytes = train(&trees, texts, seed)?;
        println!("{}: {} bytes", out.display(), bytes.len());
        std::fs::write(out, bytes)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How far the right class must lead, so that nothing is learnt from a decision: about a third of what one step of learning
/// moves. (A perceptron with margins: Krauth and Mézard 1987.)
const TAGGER_MARGIN: i32 = 30;

/// How many features a table of the tagger holds.
const TAGGER: usize = 220_000;

/// A sentence to learn tags from.
struct Example {
    lexical: Vec<Lexical>,
    gold: Vec<u8>,
}

fn train(trees: &[Tree], texts: &[PathBuf], seed: u64) -> std::io::Result<Vec<u8>> {
    let clock = Instant::now();
    let tags = joint_tags(trees);
    let groups = clusters::clusters(&running(trees, texts)?, GROUPS);
    println!("{} words in groups, {} s", groups.len(), clock.elapsed().as_secs());
    let (lexicon, counts) = lexicon(trees, &groups);
    let table = Lexicon::read(&lexicon).ok_or_else(|| std::io::Error::other("the lexicon does not read back"))?;
    let number = |upos: Upos, xpos: Xpos| tags.iter().position(|t| *t == (upos, xpos)).unwrap_or(0) as u8;
    let examples: Vec<Example> = trees
        .iter()
        .map(|tree| Example {
            lexical: tree.words.iter().map(|w| Lexical::of(&w.form, &table)).collect(),
            gold: tree.words.iter().map(|w| number(w.upos, w.xpos)).collect(),
        })
        .collect();
    let classes = tags.len();
    println!("{} sentences, {classes} joint tags", trees.len());

    let (tagger, guesses) = std::thread::scope(|scope| {
        let tagger = scope.spawn(|| sparse(&train_tagger(&examples, |_| true, classes, 6, seed), TAGGER));
        let guesses = unseen(&examples, classes, seed);
        (tagger.join().unwrap_or_default(), guesses)
    });
    println!("tagger: unseen {:.4}, {} s", accuracy(&examples, &guesses), clock.elapsed().as_secs());

    let inputs: Vec<Vec<Word>> = examples
        .iter()
        .zip(&guesses)
        .map(|(example, numbers)| {
            let mut out = Vec::new();
            input(&tags, &example.lexical, numbers, &mut out);
            out
        })
        .collect();
    let golds: Vec<Gold> = trees.iter().map(Gold::of).collect();
    let right: Vec<&[u8]> = examples.iter().map(|example| &example.gold[..]).collect();
    let lessons = network::Lessons { golds: &golds, inputs: &inputs, tags: &right, counts: &counts };
    let network = network::train(&lessons, network::ROUNDS, seed);
    println!("parser: {} s", clock.elapsed().as_secs());
    let network = network.write();
    println!("bytes: lexicon {}, tagger {}, network {}", lexicon.len(), tagger.len(), network.len());
    Ok(Model::write(&tags, &lexicon, [&tagger, &network]))
}

/// Every pair of universal and Penn tag, the most frequent first.
fn joint_tags(trees: &[Tree]) -> Vec<(Upos, Xpos)> {
    let mut counts: BTreeMap<(Upos, Xpos), usize> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        *counts.entry((word.upos, word.xpos)).or_default() += 1;
    }
    let mut tags: Vec<_> = counts.into_iter().collect();
    tags.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    tags.into_iter().map(|(tag, _)| tag).take(250).collect()
}

/// The words seen at least three times, with the set of tags that each had in at least a fortieth of its uses, and the group
/// of each word.
fn lexicon(trees: &[Tree], groups: &[(u64, u8)]) -> (Vec<u8>, Vec<usize>) {
    let none = Lexicon::write(&[]);
    let Some(none) = Lexicon::read(&none) else { return Default::default() };
    let mut counts: BTreeMap<u64, BTreeMap<(Upos, Xpos), usize>> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        let key = Lexical::of(&word.form, &none).word;
        *counts.entry(key).or_default().entry((word.upos, word.xpos)).or_default() += 1;
    }
    let mut sets: BTreeMap<Vec<(Upos, Xpos)>, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let totals: BTreeMap<u64, usize> = counts.iter().map(|(word, tags)| (*word, tags.values().sum())).collect();
    for (key, tags) in counts {
        let total: usize = tags.values().sum();
        if total >= 3 {
            let set: Vec<_> = tags.iter().filter(|(_, n)| **n * 40 >= total).map(|(tag, _)| *tag).collect();
            *sets.entry(set.clone()).or_default() += 1;
            rows.push((key, set));
        }
    }
    // The 254 commonest sets have numbers of their own; the others share one.
    let mut common: Vec<_> = sets.into_iter().collect();
    common.sort_by_key(|(set, count)| (std::cmp::Reverse(*count), set.clone()));
    let number =
        |set: &Vec<(Upos, Xpos)>| common.iter().take(254).position(|(s, _)| s == set).map_or(255, |i| i as u8 + 1);
    let mut words: BTreeMap<u64, (u8, u8, u16)> = groups.iter().map(|(word, group)| (*word, (0, *group, 0))).collect();
    for (word, set) in &rows {
        words.entry(*word).or_default().0 = number(set);
    }
    // Number 0 stands for unknown words.
    let mut often = vec![0];
    for (word, count) in &totals {
        if *count >= 2 && often.len() < usize::from(u16::MAX) {
            words.entry(*word).or_default().2 = often.len() as u16;
            often.push(*count);
        }
    }
    let words: Vec<_> = words.into_iter().map(|(word, (set, group, id))| (word, set, group, id)).collect();
    (Lexicon::write(&words), often)
}

/// Trains a tagger on the sentences that `keep` keeps.
fn train_tagger(
    examples: &[Example],
    keep: impl Fn(usize) -> bool,
    classes: usize,
    epochs: usize,
    seed: u64,
) -> Learner {
    let mut learner = Learner::new(3);
    let mut random = Random(seed);
    let mut features = Vec::new();
    let mut scores = vec![0; classes];
    let mut tags: Vec<u8> = Vec::new();
    for _ in 0..epochs {
        for index in random.order(examples.len()) {
            if !keep(index) {
                continue;
            }
            let example = &examples[index];
            tags.clear();
            for (at, gold) in example.gold.iter().enumerate() {
                tagger::features(&example.lexical, at, &tags, &mut features);
                scores.fill(0);
                learner.add(&features, &mut scores);
                tags.push(tagger::best(&scores));
                learn(&mut learner, &features, &mut scores, *gold, TAGGER_MARGIN);
            }
        }
    }
    learner
}

/// Learns from one decision if class `gold` does not lead by `margin`.
fn learn(learner: &mut Learner, features: &[u64], scores: &mut [i32], gold: u8, margin: i32) {
    scores[gold as usize] -= margin;
    let rival = tagger::best(scores);
    if rival != gold {
        learner.update(features, gold, rival);
    }
    learner.tick();
}

/// Tags every sentence by a model that was trained on others.
fn unseen(examples: &[Example], classes: usize, seed: u64) -> Vec<Vec<u8>> {
    // Neighbouring sentences are often alike, so parts are runs of a hundred.
    let part = |index: usize| index / 100 % FOLDS;
    let tables = std::thread::scope(|scope| {
        let train = |fold| sparse(&train_tagger(examples, |i| part(i) != fold, classes, 3, seed), TAGGER);
        let runs: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || train(fold))).collect();
        runs.into_iter().map(|run| Sparse::read(&run.join().unwrap_or_default())).collect::<Vec<_>>()
    });
    let (mut features, mut leads) = (Vec::new(), Vec::new());
    let tag = |(index, example): (usize, &Example)| {
        let mut tags = Vec::new();
        if let Some(table) = &tables[part(index)] {
            tagger::tag(table, classes, &example.lexical, &mut tags, &mut leads, &mut features);
        }
        tags
    };
    examples.iter().enumerate().map(tag).collect()
}

fn accuracy(examples: &[Example], tags: &[Vec<u8>]) -> f64 {
    let (mut right, mut of) = (0, 0);
    for (example, tags) in examples.iter().zip(tags) {
        right += example.gold.iter().zip(tags).filter(|(a, b)| a == b).count();
        of += tags.len();
    }
    right as f64 / of.max(1) as f64
}

/// The tree to be learnt.
pub struct Gold {
    heads: Vec<u16>,
    labels: Vec<u8>,
    children: Vec<Vec<u16>>,
}

impl Gold {
    fn of(tree: &Tree) -> Gold {
        let mut children = vec![Vec::new(); tree.words.len()];
        for (index, word) in tree.words.iter().enumerate() {
            if word.head != Token::ROOT {
                children[word.head as usize].push(index as u16);
            }
        }
        Gold {
            heads: tree.words.iter().map(|w| if w.head == Token::ROOT { NONE } else { w.head }).collect(),
            labels: tree.words.iter().map(|w| w.deprel as u8).collect(),
            children,
        }
    }

    /// How many attachments of the gold tree a step makes impossible (Goldberg and Nivre 2013).
    fn cost(&self, state: &State, action: Action) -> usize {
        let next = state.next as u16;
        let on_stack = |word: u16| word < next && state.nodes[word as usize].head == NONE;
        let top = state.stack.last().copied().unwrap_or(NONE);
        if action == Action::Shift {
            let head = self.heads[next as usize];
            let dependents = self.children[next as usize].iter().filter(|d| on_stack(**d)).count();
            return dependents + usize::from(head != NONE && head != top && on_stack(head));
        }
        let head = self.heads[top as usize];
        let dependents = self.children[top as usize].iter().filter(|d| **d >= next).count();
        let under = state.stack.len().checked_sub(2).map(|i| state.stack[i]);
        let lost = match action {
            Action::Left => head == NONE || head > next || Some(head) == under,
            _ => head == NONE || head >= next,
        };
        dependents + usize::from(lost)
    }
}
