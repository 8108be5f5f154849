//! Figures of `language`: sentences and words from raw text, tags and trees on the treebank's own words, by the rules of the
//! CoNLL 2018 shared task (relations count without their subtypes).

use super::{Bench, Figure, f1};
use crate::train::conllu::{self, Tree, Word};
use reader::codes::BlockKind;
use reader::language::{Model, Scratch, Sentence, Token, Upos, lemma};
use reader::page::Block;
use reader::span::Span;
use std::collections::HashSet;
use std::time::Instant;

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    score_model(bench, &Model::shipped())
}

/// Scores the stage with a model of one's own.
pub fn score_model(bench: &Bench, model: &Model) -> std::io::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (data, path) in
        [("ud-ewt", "data/ud-ewt/en_ewt-ud-dev.conllu.gz"), ("ud-gum", "data/ud-gum/en_gum-ud-dev.slim.conllu.gz")]
    {
        let trees = conllu::read(&bench.shared.join(path))?;
        score_split(data, &trees, bench.details, &mut figures);
        score_trees(data, &trees, model, &mut figures);
        for class in [Upos::Verb, Upos::Noun] {
            let words: Vec<&Word> = trees.iter().flat_map(|t| &t.words).filter(|w| w.upos == class).collect();
            let wrong: Vec<&&Word> = words.iter().filter(|w| lemma(&w.form, class) != w.lemma.to_lowercase()).collect();
            let name = format!("language/{data}/lemma-{}", class.name().to_lowercase());
            figures.push(Figure::rate(&name, words.len() - wrong.len(), words.len()));
            if bench.details {
                for word in wrong {
                    println!("{data} lemma of {}: {}, not {}", word.form, word.lemma, lemma(&word.form, class));
                }
            }
        }
        if data == "ud-gum" {
            let news: Vec<Tree> = trees.iter().filter(|t| t.news).cloned().collect();
            score_split("ud-gum-news", &news, bench.details, &mut figures);
            score_trees("ud-gum-news", &news, model, &mut figures);
        }
    }
    Ok(figures)
}

/// Sentences and words found in the raw text of the trees.
fn score_split(data: &str, trees: &[Tree], details: bool, figures: &mut Vec<Figure>) {
    let (text, gold) = conllu::to_text(trees);
    let blocks = paragraphs(&text);
    let found = reader::language::split(&text, &blocks);
    let words = |sentences: &[Sentence]| -> HashSet<Span> {
        sentences.iter().flat_map(|s| s.tokens.iter().map(|t| t.span)).collect()
    };
    let spans = |sentences: &[Sentence]| -> HashSet<Span> { sentences.iter().map(|s| s.span).collect() };
    for (what, gold, found) in [("sentences", spans(&gold), spans(&found)), ("words", words(&gold), words(&found))] {
        let both = gold.intersection(&found).count();
        let value = f1(both as f64 / found.len().max(1) as f64, both as f64 / gold.len().max(1) as f64);
        let note = format!("{both}/{}/{}", gold.len(), found.len());
        figures.push(Figure { name: format!("language/{data}/{what}"), value, note });
        if details {
            let mut wrong: Vec<&Span> = found.difference(&gold).collect();
            wrong.sort();
            for span in wrong {
                let end = gold.iter().any(|g| g.end == span.end);
                let start = gold.iter().any(|g| g.start == span.start);
                let from = text[..span.start as usize].char_indices().rev().nth(20).map_or(0, |(i, _)| i);
                let to =
                    text[span.end as usize..].char_indices().nth(30).map_or(text.len(), |(i, _)| span.end as usize + i);
                println!(
                    "{data} {what} {start} {end}: {:?}",
                    format!("{}⟦{}⟧{}", &text[from..span.start as usize], span.of(&text), &text[span.end as usize..to])
                );
            }
        }
    }
}

/// Tags and trees on the treebank's own words.
fn score_trees(data: &str, trees: &[Tree], model: &Model, figures: &mut Vec<Figure>) {
    let (text, gold) = conllu::to_text(trees);
    let mut found: Vec<Sentence> = gold.clone();
    for token in found.iter_mut().flat_map(|s| &mut s.tokens) {
        *token = Token::bare(token.span);
    }
    let mut scratch = Scratch::default();
    let clock = Instant::now();
    for sentence in &mut found {
        model.parse_with(&text, sentence, &mut scratch);
    }
    let seconds = clock.elapsed().as_secs_f64();
    let pairs: Vec<(&Token, &Token)> =
        gold.iter().zip(&found).flat_map(|(g, f)| g.tokens.iter().zip(&f.tokens)).collect();
    let plain = |t: &Token| t.deprel.name().split(':').next();
    let mut rate = |what: &str, right: fn(&Token, &Token) -> bool| {
        let right = pairs.iter().filter(|(g, f)| right(g, f)).count();
        figures.push(Figure::rate(&format!("language/{data}/{what}"), right, pairs.len()));
    };
    rate("upos", |g, f| g.upos == f.upos);
    rate("xpos", |g, f| g.xpos == f.xpos);
    rate("uas", |g, f| g.head == f.head);
    let right = pairs.iter().filter(|(g, f)| g.head == f.head && plain(g) == plain(f)).count();
    figures.push(Figure::rate(&format!("language/{data}/las"), right, pairs.len()));
    figures.push(Figure {
        name: format!("language/{data}/words-a-second"),
        value: pairs.len() as f64 / seconds,
        note: format!("{:.3} s", seconds),
    });
}

/// One block for each paragraph of the text.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + part.len()) });
        at += part.len() + 2;
    }
    blocks
}
