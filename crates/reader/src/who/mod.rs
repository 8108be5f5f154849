//! Who is named: governments, organizations, offices and people, and what refers back to them.
//!
//! `world` compiles the tables of `data/world`; `scan` finds, sentence by sentence, the stretches of words that speak of
//! somebody; `link` finds out who is meant, offices by the document's date; `pronouns` links what refers back.

mod lexicon;
mod link;
mod lookup;
mod pronouns;
mod scan;
mod tables;
mod words;
mod world;

pub use lookup::{Answer, Held};
pub use world::{Tables, World};

use crate::language::Sentence;
use crate::page::Page;
use crate::span::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A state, or an authority that acts as one, as a whole ("Moscow", "the United States", "the Taliban").
    Government,
    /// A part of a government that speaks or acts for it ("the State Department", "the Kremlin").
    Body,
    /// An international organization.
    Organization,
    /// A newspaper, agency or broadcaster.
    Outlet,
    /// A place that only says where.
    Place,
    /// Several of the above ("the two", "both sides", "Kerry and Hagel").
    Group,
}

/// Somebody that the document speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// How the record calls it: a person's full name, a body's name as the text gives it, a government's name.
    pub name: String,
    /// The person's full name, where it is a known or fully named person.
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: Option<String>,
    /// The office held ("Secretary of State"), at the date of the document.
    pub office: Option<String>,
    /// The kind of that office in `offices.csv` (`foreign_minister`, `spokesperson_foreign`, …).
    pub office_kind: Option<String>,
    /// Whether the text or the tables say that the office is no longer held.
    pub former: bool,
    /// For a group, the indices of its members in [`Cast::entities`].
    pub members: Vec<usize>,
}

/// How the text refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name, with or without a title.
    Name,
    /// By office or description ("the Russian foreign minister", "his U.S. counterpart", "a senior State Department official").
    Nominal,
    /// By pronoun.
    Pronoun,
    /// An adjective or possessive of a government ("Russian", "U.S.") that is not part of a longer mention.
    Adjective,
    /// Several at once ("the two", "both sides").
    Group,
}

/// One place in the text where an entity is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, title and all ("Russian Foreign Minister Sergei Lavrov").
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// First token in that sentence.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// Index in [`Cast::entities`].
    pub entity: usize,
}

/// Everybody in a document, and where.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// Mentions, in order of their start; longer first. They do not overlap, except that a `Group` may hold others.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// The mentions of one sentence, in order.
    pub fn of_sentence(&self, sentence: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        let length = self.mentions[from..].partition_point(|m| m.sentence == sentence);
        &self.mentions[from..from + length]
    }

    /// The entity of a mention.
    pub fn entity(&self, mention: &Mention) -> Option<&Entity> {
        self.entities.get(mention.entity)
    }

    /// The mention that holds a token: the shortest, so a member rather than its group.
    pub fn at(&self, sentence: usize, token: usize) -> Option<&Mention> {
        self.of_sentence(sentence)
            .iter()
            .filter(|m| (m.first..m.end).contains(&token))
            .min_by_key(|m| (m.end - m.first, m.kind == MentionKind::Group))
    }

    /// The governments of an entity, its members' for a group, without repetition, in order.
    pub fn governments(&self, entity: usize) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        let Some(record) = self.entities.get(entity) else { return codes };
        let members = record.members.iter().filter_map(|m| self.entities.get(*m));
        for code in std::iter::once(record).chain(members).filter_map(|e| e.government.as_deref()) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }
}

/// Finds names, offices and descriptions in every sentence, from words alone: no tags or trees are needed.
/// `published` is the document's date (`YYYY-MM-DD…`), against which offices are resolved.
pub fn find(world: &World, page: &Page, sentences: &[Sentence], published: Option<&str>) -> Cast {
    link::link(world, page, sentences, published)
}

/// Links pronouns, "the two", "both sides" and the like in the sentences that have trees.
pub fn resolve(world: &World, page: &Page, sentences: &[Sentence], cast: &mut Cast) {
    pronouns::resolve(world, page, sentences, cast);
}
