//! Who is named: governments, organizations, offices and people, and what refers back to them.

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

/// The tables of who is who, compiled for matching.
pub struct World {}

impl World {
    /// The tables that ship with the program.
    pub fn shipped() -> World {
        World {}
    }
}

/// Finds names, offices and descriptions in every sentence, from words alone: no tags or trees are needed.
/// `published` is the document's date (`YYYY-MM-DD…`), against which offices are resolved.
pub fn find(world: &World, page: &Page, sentences: &[Sentence], published: Option<&str>) -> Cast {
    let _ = (world, page, sentences, published);
    Cast::default()
}

/// Links pronouns, "the two", "both sides" and the like in the sentences that have trees.
pub fn resolve(world: &World, page: &Page, sentences: &[Sentence], cast: &mut Cast) {
    let _ = (world, page, sentences, cast);
}
