//! Figures of `language`: sentences and words from raw text, tags and trees on the treebank's own words, by the rules of the
//! CoNLL 2018 shared task (relations count without their subtypes).

use super::{Bench, Figure, f1};
use crate::train::conllu::{self, Tree};
use reader::codes::BlockKind;
use reader::language::Sentence;
use reader::page::Block;
use reader::span::Span;
use std::collections::HashSet;

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (data, path) in
        [("ud-ewt", "data/ud-ewt/en_ewt-ud-dev.conllu.gz"), ("ud-gum", "data/ud-gum/en_gum-ud-dev.slim.conllu.gz")]
    {
        let trees = conllu::read(&bench.shared.join(path))?;
        score_split(data, &trees, bench.details, &mut figures);
        if data == "ud-gum" {
            let news: Vec<Tree> = trees.iter().filter(|t| t.news).cloned().collect();
            score_split("ud-gum-news", &news, bench.details, &mut figures);
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
