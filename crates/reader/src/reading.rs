//! The whole way through: one short function that calls the stages in order.

use crate::accounts::triggers::Carries;
use crate::accounts::{self, Account};
use crate::contacts;
use crate::language::{self, Sentence};
use crate::page::Page;
use crate::record;
use crate::said::{self, Statement};
use crate::span::{CodePoints, Span};
use crate::when::{self, TimeExpression};
use crate::who::{self, Cast, MentionKind};

/// In what form a document came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Media {
    /// Text as saved from a browser or left by a scraper.
    #[default]
    Text,
    /// HTML.
    Html,
}

/// What is known about a document from outside its text: from a manifest, a feed, a JSON line.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
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
    /// Its authors.
    pub byline: Vec<String>,
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
    /// What words mean a contact, and what becomes of it.
    pub rules: accounts::rules::Rules,
    /// Whether to give every sentence a tree, also those that can carry no contact: for `explain` and for scoring.
    pub parse_all: bool,
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
    /// What each voice says of contacts, in the order of the text.
    pub accounts: Vec<Account>,
}

impl Reader {
    /// A reader with the tables, model and rules that ship with the program.
    pub fn shipped() -> Reader {
        Reader {
            world: who::World::shipped(),
            model: language::Model::shipped(),
            rules: accounts::rules::Rules::shipped(),
            parse_all: false,
        }
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
        // A tree costs more than all the rest, and a sentence without the words of a rule carries no contact; nor does an
        // article that names one government alone.
        let worth_it = self.parse_all || several_governments(&cast);
        let mut scratch = language::Scratch::default();
        let mut told = None;
        for (number, sentence) in sentences.iter_mut().enumerate() {
            if !worth_it {
                break;
            }
            // Words that refer back need something close before them to refer to.
            let near = told.is_some_and(|last| number - last <= contacts::REACH);
            let mut a_contact = false;
            let mut needed = |sentence: &Sentence, tagged: bool| {
                let carries = self.rules.triggers.carried(&page.text, sentence, tagged);
                if carries == Carries::default() {
                    return false;
                }
                let sides = sides(&page.text, sentence, &cast, number);
                a_contact = carries.a_contact(sides) && (near || names_a_party(&cast, number));
                a_contact || near && carries.a_turn(sides)
            };
            // A tag costs a third of a tree, and rules out a third of those that the words alone let through.
            if self.parse_all || needed(sentence, false) {
                let mut worth_it = |tagged: &Sentence| self.parse_all || needed(tagged, true);
                match Plain::new(&page.text, sentence, number, &cast) {
                    Some(plain) => self.parse_names_whole(sentence, plain, &mut scratch, &mut worth_it),
                    None => {
                        self.model.tag_with(&page.text, sentence, &mut scratch);
                        if worth_it(sentence) {
                            self.model.parse_tagged(&page.text, sentence, &mut scratch);
                        }
                    }
                }
            }
            if a_contact {
                told = Some(number);
            }
        }
        done("parse");
        who::resolve(&self.world, &page, &sentences, &mut cast);
        done("resolve");
        let times = when::find(&page.text, &sentences, published.as_deref());
        done("when");
        let statements = said::find(&page, &sentences, &cast);
        done("said");
        let accounts = accounts::find(
            &self.rules,
            &accounts::Material {
                page: &page,
                sentences: &sentences,
                cast: &cast,
                times: &times,
                statements: &statements,
            },
        );
        done("accounts");
        Reading { page, sentences, cast, times, statements, accounts }
    }
}

impl Reader {
    /// Tags a sentence, and parses it if it is then `worth_it`, with each known name as one everyday word: the treebank that
    /// the parser has learned from knows few ministers, and "Turkish President Recep Tayyip Erdogan" is to it a riddle of
    /// five words where it is one name.
    fn parse_names_whole(
        &self,
        sentence: &mut Sentence,
        plain: Plain,
        scratch: &mut language::Scratch,
        worth_it: &mut dyn FnMut(&Sentence) -> bool,
    ) {
        let Plain { text, tokens, stands, kept } = plain;
        let mut short = Sentence { tokens, ..*sentence };
        self.model.tag_with(&text, &mut short, scratch);
        for (token, stand) in stands.iter().enumerate() {
            if token != *stand {
                let inside = &mut sentence.tokens[token];
                inside.upos = language::Upos::Propn;
                inside.xpos = language::Xpos::NNP;
                inside.head = *stand as u16;
                inside.deprel = language::Deprel::Compound;
            }
        }
        for (token, tagged) in kept.iter().zip(&short.tokens) {
            let span = sentence.tokens[*token].span;
            sentence.tokens[*token] = language::Token { span, ..*tagged };
        }
        if !worth_it(sentence) {
            return;
        }
        self.model.parse_tagged(&text, &mut short, scratch);
        for (token, parsed) in kept.iter().zip(&short.tokens) {
            let kept_token = &mut sentence.tokens[*token];
            kept_token.head = kept.get(parsed.head as usize).map_or(language::Token::ROOT, |head| *head as u16);
            kept_token.deprel = parsed.deprel;
            (kept_token.upos, kept_token.xpos) = (parsed.upos, parsed.xpos);
        }
        sentence.parsed = short.parsed;
    }
}

/// A sentence with its names made plain for the parser.
struct Plain {
    /// Its words with spaces between.
    text: String,
    /// Its tokens, whose spans are of `text`.
    tokens: Vec<language::Token>,
    /// For each token of the sentence the token that stands for it: the last of its name, else itself.
    stands: Vec<usize>,
    /// The tokens that are left, as indices into the sentence.
    kept: Vec<usize>,
}

impl Plain {
    /// `None` where the sentence holds no name.
    fn new(text: &str, sentence: &Sentence, number: usize, cast: &Cast) -> Option<Plain> {
        let count = sentence.tokens.len();
        let mut stands: Vec<usize> = (0..count).collect();
        let mut words: Vec<Option<&'static str>> = vec![None; count];
        let first = cast.mentions.partition_point(|m| m.sentence < number);
        for mention in cast.mentions[first..].iter().take_while(|m| m.sentence == number) {
            let name = mention.kind == MentionKind::Name && mention.first < mention.end && mention.end <= count;
            if name && (mention.first..mention.end).all(|t| stands[t] == t && words[t].is_none()) {
                stands[mention.first..mention.end].fill(mention.end - 1);
                // Names that the treebank has often, so that the parser takes them for what they are.
                words[mention.end - 1] = Some(match cast.entities.get(mention.entity).map(|e| e.kind) {
                    Some(who::EntityKind::Person) => "Bush",
                    Some(who::EntityKind::Government | who::EntityKind::Place) => "Iraq",
                    _ => "Congress",
                });
            }
        }
        if words.iter().all(Option::is_none) {
            return None;
        }
        let kept: Vec<usize> = (0..count).filter(|t| stands[*t] == *t).collect();
        let mut plain = String::with_capacity(sentence.span.len());
        let mut tokens = Vec::with_capacity(kept.len());
        for &token in &kept {
            let start = plain.len();
            plain.push_str(words[token].unwrap_or_else(|| sentence.tokens[token].span.of(text)));
            tokens.push(language::Token::bare(Span::new(start, plain.len())));
            plain.push(' ');
        }
        Some(Plain { text: plain, tokens, stands, kept })
    }
}

/// Whether a sentence names somebody who can be party to a contact.
fn names_a_party(cast: &Cast, number: usize) -> bool {
    let first = cast.mentions.partition_point(|m| m.sentence < number);
    cast.mentions[first..].iter().take_while(|m| m.sentence == number).any(|m| {
        let entity = cast.entities.get(m.entity);
        entity.is_some_and(|e| e.government.is_some() && e.kind != who::EntityKind::Place || !e.members.is_empty())
    })
}

/// How many sides can be in a sentence at most: those that it names, and one for each word that may stand for another.
fn sides(text: &str, sentence: &Sentence, cast: &Cast, number: usize) -> usize {
    const SEVERAL: &[&str] = &[
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "ourselves",
        "both",
        "two",
        "pair",
        "sides",
        "leaders",
        "presidents",
        "ministers",
        "each",
    ];
    const ONE: &[&str] = &[
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "i", "me", "my",
        "myself",
    ];
    let mut named: Vec<(Option<&str>, usize)> = Vec::new();
    let mut sides = 0;
    for mention in cast.of_sentence(number) {
        let Some(entity) = cast.entities.get(mention.entity) else { continue };
        sides += entity.members.len();
        let government = entity.government.as_deref();
        let name = (government, if government.is_some() { 0 } else { mention.entity });
        if !named.contains(&name) {
            named.push(name);
        }
    }
    sides += named.len();
    for token in &sentence.tokens {
        if sides >= 2 {
            break;
        }
        let Some(word) = text.get(token.span.range()).filter(|word| word.len() <= 10) else { continue };
        let is = |other: &&&str| other.eq_ignore_ascii_case(word);
        sides += if SEVERAL.iter().find(is).is_some() { 2 } else { usize::from(ONE.iter().find(is).is_some()) };
    }
    sides
}

/// Whether an article names two governments or more.
fn several_governments(cast: &Cast) -> bool {
    let mut governments = cast.entities.iter().filter_map(|e| e.government.as_deref());
    governments.next().is_some_and(|first| governments.any(|other| other != first))
}

impl Reading {
    /// What was found, in the form that is printed and stored. `document` says what came in; its `chars` is filled in
    /// here, since only the page knows the text that offsets count in.
    pub fn record(&self, document: record::Document) -> record::DocumentRecord {
        let points = CodePoints::new(&self.page.text);
        let chars = points.at(self.page.text.len() as u32);
        let joined = contacts::of_document(&self.page, &self.cast, &self.statements, &self.accounts, &points);
        record::DocumentRecord {
            document: record::Document { chars, ..document },
            article: self.article(&points),
            contacts: joined.contacts,
            accounts: joined.accounts,
            disputes: joined.disputes,
            statements: self.statements.iter().enumerate().map(|(at, s)| self.statement(&points, at, s)).collect(),
        }
    }

    fn article(&self, points: &CodePoints) -> record::Article {
        let page = &self.page;
        let body = page.blocks.iter().map(|block| {
            let at = points.span(block.span);
            record::Block { kind: block.kind, start: at.start, end: at.end }
        });
        let comments = page.comments.iter().map(|comment| {
            let at = points.span(comment.span);
            record::Comment {
                number: comment.number,
                author: comment.author.clone(),
                posted: comment.posted.clone(),
                parent: comment.parent,
                start: at.start,
                end: at.end,
                spam: comment.spam,
            }
        });
        record::Article {
            title: page.title.clone(),
            outlet: page.outlet.clone(),
            origin: page.origin.clone(),
            byline: page.byline.clone(),
            published: page.published.clone(),
            language: page.language.clone(),
            body: body.collect(),
            comments: comments.collect(),
        }
    }

    fn statement(&self, points: &CodePoints, number: usize, statement: &Statement) -> record::Statement {
        let entity = statement.speaker.and_then(|at| self.cast.entities.get(at));
        let speaker = record::Speaker {
            name: statement.speaker_name.clone().or_else(|| entity.map(|e| e.name.clone())),
            person: entity.and_then(|e| e.person.clone()),
            government: entity.and_then(|e| e.government.clone()),
            office: entity.and_then(|e| e.office.clone()),
        };
        record::Statement {
            id: statement_id(number),
            speaker,
            kind: statement.kind,
            cue: statement.cue.map(|span| self.evidence(points, span)),
            addressee: statement.addressee.map(|span| span.of(&self.page.text).to_string()),
            when: self.said_on(statement),
            content: statement.content.iter().map(|span| self.evidence(points, *span)).collect(),
            within: statement.within.map(statement_id),
        }
    }

    /// The date that stands beside the cue ("told reporters on Thursday"): the nearest one in the cue's sentence that is
    /// no part of what was said.
    fn said_on(&self, statement: &Statement) -> Option<String> {
        const NEAR: u32 = 40;
        let cue = statement.cue?;
        let gap = |span: Span| span.start.saturating_sub(cue.end).max(cue.start.saturating_sub(span.end));
        let sentence = self.sentences.iter().find(|s| s.span.contains(cue))?;
        let beside = self.times.iter().filter(|time| {
            sentence.span.contains(time.span)
                && gap(time.span) <= NEAR
                && !statement.content.iter().any(|content| content.overlaps(time.span))
        });
        beside.filter(|time| time.edtf.is_some()).min_by_key(|time| gap(time.span))?.edtf.clone()
    }

    /// The characters at `span`, with their place in code points.
    pub(crate) fn evidence(&self, points: &CodePoints, span: Span) -> record::Evidence {
        let at = points.span(span);
        record::Evidence { start: at.start, end: at.end, quote: span.of(&self.page.text).to_string() }
    }
}

/// The id that statement `number` (from 0) is printed with.
fn statement_id(number: usize) -> String {
    format!("s{}", number + 1)
}
