//! Treebanks in CoNLL-U.

use flate2::read::MultiGzDecoder;
use reader::language::{Deprel, Sentence, Token, Upos, Xpos};
use reader::span::Span;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Its syntactic words.
    pub words: Vec<Word>,
    /// Whether a paragraph begins with it.
    pub paragraph: bool,
    /// Whether a news document holds it (by the document's name).
    pub news: bool,
}

/// One syntactic word.
#[derive(Clone, Debug)]
pub struct Word {
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index of the head in the sentence; [`Token::ROOT`] for the root.
    pub head: u16,
    /// Relation to it.
    pub deprel: Deprel,
    /// Whether white space follows.
    pub space: bool,
}

/// Reads a gzipped treebank. Empty nodes are left out.
pub fn read(path: &Path) -> std::io::Result<Vec<Tree>> {
    let bad = |line: &str| std::io::Error::other(format!("{}: not CoNLL-U: {line}", path.display()));
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let (mut paragraph, mut news) = (true, false);
    // The last word of a multiword token, and whether white space follows that token.
    let mut multiword: Option<(usize, usize, bool)> = None;
    for line in BufReader::new(MultiGzDecoder::new(std::fs::File::open(path)?)).lines() {
        let line = line?;
        if line.is_empty() {
            multiword = None;
            if !tree.words.is_empty() {
                tree.paragraph = std::mem::take(&mut paragraph);
                tree.news = news;
                trees.push(std::mem::take(&mut tree));
            }
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            paragraph |= comment.starts_with("newpar") || comment.starts_with("newdoc");
            if comment.starts_with("newdoc") {
                news = comment.contains("_news_") || comment.contains("newsgroup");
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else { return Err(bad(&line)) };
        let space = !misc.contains("SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (first.parse().map_err(|_| bad(&line))?, last.parse().map_err(|_| bad(&line))?);
            multiword = Some((first, last, space));
        } else if let Ok(id) = id.parse::<usize>() {
            let space = match multiword {
                Some((first, last, after)) if first <= id && id <= last => id == last && after,
                _ => space,
            };
            let head: usize = head.parse().map_err(|_| bad(&line))?;
            tree.words.push(Word {
                form: form.to_string(),
                lemma: lemma.to_string(),
                upos: Upos::parse(upos).ok_or_else(|| bad(&line))?,
                xpos: Xpos::parse(xpos).unwrap_or(Xpos::FW),
                head: if head == 0 { Token::ROOT } else { head as u16 - 1 },
                deprel: Deprel::parse(deprel)
                    .or_else(|| Deprel::parse(deprel.split(':').next().unwrap_or(deprel)))
                    .ok_or_else(|| bad(&line))?,
                space,
            });
        }
    }
    Ok(trees)
}

/// The text of the trees, a blank line between paragraphs, and one sentence for each tree with the treebank's own tokens,
/// tags and heads.
pub fn to_text(trees: &[Tree]) -> (String, Vec<Sentence>) {
    let mut text = String::new();
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut block = 0;
    for tree in trees {
        if tree.paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
            block += 1;
        }
        let mut tokens = Vec::new();
        for word in &tree.words {
            let start = text.len();
            text.push_str(&word.form);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                upos: word.upos,
                xpos: word.xpos,
                head: word.head,
                deprel: word.deprel,
            });
            if word.space {
                text.push(' ');
            }
        }
        let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
        sentences.push(Sentence { span, block, tokens, parsed: true });
    }
    (text, sentences)
}
