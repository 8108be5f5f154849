//! The whole way through: one short function that calls the stages in order.

use crate::language::{self, Sentence};
use crate::page::Page;
use crate::said::{self, Statement};
use crate::when::{self, TimeExpression};
use crate::who::{self, Cast};

/// In what form a document came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Text as saved from a browser or left by a scraper.
    Text,
    /// HTML.
    Html,
}

/// What is known about a document from outside its text: from a manifest, a feed, a JSON line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// When it was published.
    pub published: Option<String>,
    /// Where it stood.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub origin: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// One document to read.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The decoded text, or the HTML.
    pub text: &'a str,
    /// Which of the two.
    pub media: Media,
    /// What is known about it already; it goes before what the page says.
    pub known: Known,
}

/// The program's knowledge, loaded once and shared between threads.
pub struct Reader {
    /// Who is who.
    pub world: who::World,
    /// The tagger and parser.
    pub model: language::Model,
}

/// All that was found in one document.
pub struct Reading {
    /// The article.
    pub page: Page,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Who is in it.
    pub cast: Cast,
    /// Its time expressions.
    pub times: Vec<TimeExpression>,
    /// Who says what.
    pub statements: Vec<Statement>,
}

impl Reader {
    /// A reader with the tables, model and rules that ship with the program.
    pub fn shipped() -> Reader {
        Reader { world: who::World::shipped(), model: language::Model::shipped() }
    }

    /// Reads one document, stage by stage.
    pub fn read(&self, source: &Source) -> Reading {
        self.read_watched(source, &mut |_| {})
    }

    /// As [`Reader::read`]; calls `done` with the name of each stage as it ends, so that a caller with a clock can time it.
    pub fn read_watched(&self, source: &Source, done: &mut dyn FnMut(&'static str)) -> Reading {
        let page = crate::page::find(source);
        done("page");
        let published = page.published.clone();
        let mut sentences = language::split(&page.text, &page.blocks);
        done("split");
        let mut cast = who::find(&self.world, &page, &sentences, published.as_deref());
        done("who");
        for sentence in &mut sentences {
            self.model.parse(&page.text, sentence);
        }
        done("parse");
        who::resolve(&self.world, &page, &sentences, &mut cast);
        done("resolve");
        let times = when::find(&page.text, &sentences, published.as_deref());
        done("when");
        let statements = said::find(&page, &sentences, &cast);
        done("said");
        Reading { page, sentences, cast, times, statements }
    }
}
