//! Finds out who is meant: chunks become mentions of entities, in the order of the text.

use super::scan::{Chunk, Determiner, Stretch, Titled, What, Words};
use super::tables::{Days, YEAR};
use super::words::{CALENDAR, FAMILY_FIRST_LANDS, FEMALE, FIRST_NAME_LANDS, FUNCTION, HIGH_KINDS, MALE};
use super::world::{Entry, Form, GIVEN, Gov, Kind, World, range};
use super::{Cast, Entity, EntityKind, Mention, MentionKind};
use crate::language::Sentence;
use crate::page::Page;
use crate::span::Span;

/// What stands between a chunk and the one before it in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Something else, or nothing before it.
    Other,
    /// A comma, perhaps with an article.
    Comma,
    /// An apostrophe and s.
    Possessive,
}

/// A chunk with what linking needs of its words.
struct Item {
    sentence: usize,
    span: Span,
    first: usize,
    end: usize,
    what: What,
    gap: Gap,
    /// The name's words, folded to a skeleton, see [`skeleton`].
    name: Vec<String>,
    /// The name as it is written.
    written: String,
    /// The title as it is written.
    title: String,
    /// The noun that names the holder, or a body's words, in lower case.
    head: String,
    /// Whether the words count only if the document has told them in full elsewhere.
    risky: bool,
    /// Whether the name begins with a given name that we know, or has several words.
    full: bool,
    /// Men (1), women (2) by the given name.
    given: u8,
}

/// Bodies of a government in another's country.
const MISSIONS: [&str; 4] = ["embassy", "mission", "consulate", "delegation"];

/// What is known of an entity beside the record's view of it.
#[derive(Default)]
struct Known {
    person: Option<u32>,
    government: Option<Gov>,
    name: Vec<String>,
    family_first: bool,
    /// Whether the first name alone may stand for the person.
    first_name: bool,
    gender: u8,
    kinds: Vec<Kind>,
    plural: bool,
    /// How often it was mentioned.
    count: usize,
}

struct Linker<'a> {
    world: &'a World,
    text: &'a str,
    date: Option<Days>,
    items: Vec<Item>,
    entities: Vec<Entity>,
    known: Vec<Known>,
    mentions: Vec<Mention>,
    /// By item: its entity, once linked.
    linked: Vec<Option<usize>>,
    /// By government: whether a form that cannot be anything else was seen.
    told: Vec<bool>,
    /// The government that the document has in mind where it names none ("the Foreign Secretary").
    home: Option<Gov>,
    /// The government whose own page it is.
    issuer: Option<Gov>,
    /// By government: how often the words name it, in the whole document.
    salience: Vec<usize>,
}

/// Everybody in the sentences, from words alone.
pub(super) fn link(world: &World, page: &Page, sentences: &[Sentence], published: Option<&str>) -> Cast {
    let mut linker = Linker {
        world,
        text: &page.text,
        date: published.and_then(Days::parse),
        items: Vec::new(),
        entities: Vec::new(),
        known: Vec::new(),
        mentions: Vec::new(),
        linked: Vec::new(),
        told: vec![false; world.governments.len()],
        home: None,
        issuer: [&page.outlet, &page.origin].into_iter().flatten().find_map(|name| world.government_in(name)),
        salience: vec![0; world.governments.len()],
    };
    linker.scan(sentences);
    linker.home = linker.find_home(page);
    linker.link();
    let mut mentions = linker.mentions;
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    Cast { entities: linker.entities, mentions }
}

impl Linker<'_> {
    fn scan(&mut self, sentences: &[Sentence]) {
        let mut words = Words::new(self.world, self.text);
        let mut chunks = Vec::new();
        let mut block = usize::MAX;
        for (index, sentence) in sentences.iter().enumerate() {
            words.fill(sentence);
            words.opens_block = sentence.block != block;
            block = sentence.block;
            chunks.clear();
            words.chunks(&mut chunks);
            let mut before: Option<Stretch> = None;
            for chunk in chunks.drain(..) {
                let stretch = chunk.words;
                if let Some(item) = self.item(&words, index, chunk, before) {
                    match &item.what {
                        What::Government { government, place: false, .. } => self.salience[*government as usize] += 1,
                        What::Person(t) | What::Nominal(t) => {
                            for government in &t.governments {
                                self.salience[*government as usize] += 1;
                            }
                        }
                        _ => {}
                    }
                    if let What::Government { government, .. } = item.what
                        && !item.risky
                        && item.span.of(self.text) != "Brussels"
                    {
                        self.told[government as usize] = true;
                    }
                    self.items.push(item);
                }
                before = Some(stretch);
            }
        }
    }

    /// The government whose officials the text names without saying whose they are; else the outlet's or the dateline's.
    fn find_home(&self, page: &Page) -> Option<Gov> {
        let mut votes: Vec<(Gov, usize)> = Vec::new();
        let mut vote = |government: Gov, weight: usize| match votes.iter_mut().find(|(g, _)| *g == government) {
            Some((_, count)) => *count += weight,
            None => votes.push((government, weight)),
        };
        for item in &self.items {
            match &item.what {
                What::Person(t)
                    if t.governments.is_empty() && t.head.is_some() && t.body.is_none() && item.name.len() > 1 =>
                {
                    let kinds = self.kinds(t, None);
                    if let Some(person) = self.in_world(&item.name, t.person, None, &kinds, &item.head, true)
                        && let Some((tenure, _)) = self.tenure(person, None, &kinds)
                    {
                        // Presidents are named without their country everywhere.
                        let high = tenure.kind == 0
                            || item.head == "president"
                            || self.world.kinds[tenure.kind as usize].as_str() == "head_of_government";
                        vote(tenure.government, if high { 1 } else { 3 });
                    }
                }
                What::Government { government, form: Form::Capital, place: true }
                    if item.first == 0 && item.sentence < 3 =>
                {
                    vote(*government, 2);
                }
                _ => {}
            }
        }
        for name in [&page.origin, &page.outlet].into_iter().flatten() {
            let outlet = self.world.outlets.iter().find(|o| o.name == *name);
            if let Some(country) = outlet.and_then(|o| o.country) {
                vote(country, 2);
            }
            // A government's own page: "The White House", "Ministry of Foreign Affairs of Iraq".
            if let Some(government) = self.world.government_in(name) {
                vote(government, 4);
            }
        }
        votes.into_iter().max_by_key(|(g, count)| (*count, std::cmp::Reverse(*g))).map(|(g, _)| g)
    }

    fn item(&self, words: &Words, sentence: usize, chunk: Chunk, before: Option<Stretch>) -> Option<Item> {
        let (from, to) = chunk.words;
        let (first, last) = (words.get(from)?, words.get(to.checked_sub(1)?)?);
        let gap = match before {
            Some((_, end)) if end < from && words.possessive(from - 1) && end + 1 == from => Gap::Possessive,
            Some((_, end)) if words.is(end, ",") || words.is(end, "(") || words.is(end, "\u{2013}") => {
                let skip = end + 1;
                let article = words.is(skip, "the") || words.is(skip, "a") || words.is(skip, "an");
                if skip + usize::from(article) == from { Gap::Comma } else { Gap::Other }
            }
            _ => Gap::Other,
        };
        // The full stop of "U.S." is the word's own.
        let stop =
            self.text.get(last.end as usize..).is_some_and(|rest| rest.starts_with('.')) && last.before == Some('.');
        let mut item = Item {
            sentence,
            span: Span { start: first.start, end: last.end + u32::from(stop) },
            first: first.token as usize,
            end: last.token as usize + 1,
            what: What::Unknown,
            gap,
            name: Vec::new(),
            written: String::new(),
            title: String::new(),
            head: String::new(),
            risky: false,
            full: false,
            given: 0,
        };
        match &chunk.what {
            What::Person(t) | What::Nominal(t) => {
                if let Some(name) = t.name {
                    item.name = name_words(words.text(name));
                    item.written = tidy(words.text(name));
                    let given = self.world.given.get(words.cased(name.0) as usize).copied().unwrap_or(0);
                    item.given = given & 3;
                    item.full = name.1 - name.0 > 1 && (given & (7 | GIVEN) != 0 || t.person.is_some());
                    if name.1 - name.0 == 1 && words.has(name.0, FUNCTION | CALENDAR) {
                        return None;
                    }
                }
                if let Some(title) = t.title {
                    item.title = tidy(words.text(title));
                }
                if let Some(head) = t.head {
                    item.head = words.word(head).to_lowercase();
                }
            }
            What::Body { .. } => item.head = words.text(chunk.words).to_lowercase(),
            What::Group { head, .. } => item.head = words.word(*head).to_lowercase(),
            What::Government { .. } => {
                item.risky =
                    to - from == 1 && self.world.risky.get(words.cased(from) as usize).copied().unwrap_or(false);
            }
            _ => {}
        }
        item.what = chunk.what;
        Some(item)
    }

    fn link(&mut self) {
        self.linked = vec![None; self.items.len()];
        let mut index = 0;
        while index < self.items.len() {
            if self.linked[index].is_none() {
                self.link_item(index);
            }
            index += 1;
        }
    }

    fn mention(&mut self, index: usize, kind: MentionKind, entity: usize) {
        let item = &self.items[index];
        self.mentions.push(Mention {
            span: item.span,
            sentence: item.sentence,
            first: item.first,
            end: item.end,
            kind,
            entity,
        });
        self.linked[index] = Some(entity);
        self.known[entity].count += 1;
    }

    fn entity(&mut self, entity: Entity, known: Known) -> usize {
        self.entities.push(entity);
        self.known.push(known);
        self.entities.len() - 1
    }

    fn link_item(&mut self, index: usize) {
        let what = std::mem::replace(&mut self.items[index].what, What::Unknown);
        match &what {
            // "Hague" after "William Hague", "Jordan" after "Michael Jordan".
            What::Government { .. } | What::Place(_) if self.namesake(index).is_some() => {
                if let Some(entity) = self.namesake(index) {
                    self.mention(index, MentionKind::Name, entity);
                }
            }
            What::Government { government, form, place } => {
                if !self.items[index].risky || self.told[*government as usize] {
                    let entity =
                        if *place { self.place(Some(*government), index) } else { self.government(*government) };
                    let kind = if *form == Form::Adjective { MentionKind::Adjective } else { MentionKind::Name };
                    self.mention(index, kind, entity);
                }
            }
            What::Body { governments, determiner, title, plain } => {
                self.body(index, governments, *determiner, *title, *plain);
            }
            What::Outlet(outlet) => {
                let outlet = &self.world.outlets[*outlet as usize];
                let government = outlet.state.map(|g| self.world.governments[g as usize].code.clone());
                let known = self.entities.iter().position(|e| e.kind == EntityKind::Outlet && e.name == outlet.name);
                let name = outlet.name.clone();
                let state = outlet.state;
                let entity = known.unwrap_or_else(|| {
                    self.entity(
                        plain(EntityKind::Outlet, name, government),
                        Known { government: state, ..Known::default() },
                    )
                });
                self.mention(index, MentionKind::Name, entity);
            }
            What::Place(country) => {
                let entity = self.place(*country, index);
                self.mention(index, MentionKind::Name, entity);
            }
            What::Person(t) => {
                if let Some(entity) = self.person(index, t, None) {
                    self.mention(index, MentionKind::Name, entity);
                }
            }
            What::Nominal(t) => self.nominal(index, t),
            What::Group { count, people, .. } => self.group(index, *count, *people),
            What::Unknown => {}
        }
        self.items[index].what = what;
    }

    /// The person told before whose family name a place's name is.
    fn namesake(&self, index: usize) -> Option<usize> {
        let word = name_words(self.items[index].span.of(self.text));
        let [word] = word.as_slice() else { return None };
        self.persons_before(index).find(|&e| {
            let known = &self.known[e];
            let family = if known.family_first { known.name.first() } else { known.name.last() };
            known.name.len() > 1 && family == Some(word)
        })
    }

    fn government(&mut self, government: Gov) -> usize {
        let code = &self.world.governments[government as usize].code;
        let found = self.entities.iter().position(|e| {
            matches!(e.kind, EntityKind::Government | EntityKind::Organization) && e.government.as_deref() == Some(code)
        });
        found.unwrap_or_else(|| {
            let g = &self.world.governments[government as usize];
            // An authority ("the Taliban") acts as a government; the rest of the organizations do not.
            let kind =
                if g.organization && g.kind != "authority" { EntityKind::Organization } else { EntityKind::Government };
            let entity = plain(kind, g.name.clone(), Some(g.code.clone()));
            self.entity(entity, Known { government: Some(government), ..Known::default() })
        })
    }

    fn place(&mut self, country: Option<Gov>, index: usize) -> usize {
        let name = self.items[index].span.of(self.text).to_string();
        let found = self.entities.iter().position(|e| e.kind == EntityKind::Place && e.name == name);
        // Who travels there goes to a union if the text names it.
        let told = |code: &str| self.coded(code).filter(|g| self.told[*g as usize]);
        let country = match name.as_str() {
            "Brussels" => told("EU").or_else(|| told("NATO")).or_else(|| self.coded("BEL")),
            _ => country,
        };
        found.unwrap_or_else(|| {
            let code = country.map(|g| self.world.governments[g as usize].code.clone());
            self.entity(plain(EntityKind::Place, name, code), Known { government: country, ..Known::default() })
        })
    }

    /// A part of a government.
    fn body(
        &mut self,
        index: usize,
        governments: &[Gov],
        determiner: Determiner,
        title: Option<u32>,
        plain_words: bool,
    ) {
        let mut government = governments.first().copied();
        if government.is_none() && determiner == Determiner::Possessor {
            government = self.possessor(index).and_then(|e| self.known[e].government);
        }
        let specific: Vec<Gov> = title
            .map(|node| {
                self.world
                    .titles_trie
                    .at(node)
                    .filter_map(|e| match e {
                        Entry::Body(office) => self.world.offices[office as usize].government,
                        _ => None,
                    })
                    .collect()
            })
            .unwrap_or_default();
        let generic = title.is_some_and(|node| {
            self.world.titles_trie.at(node).any(|e| match e {
                Entry::Body(office) => self.world.offices[office as usize].government.is_none(),
                _ => false,
            })
        });
        if government.is_none() && specific.len() == 1 && !generic {
            government = Some(specific[0]);
        }
        let head = self.items[index].head.clone();
        if government.is_none() && determiner == Determiner::Whose {
            government = self.owner_of_source(index).or_else(|| self.owner(index));
        }
        // The word is the American press's for its own government.
        if government.is_none()
            && self.items[index].head.ends_with("administration")
            && !self.items[index].head.contains("presidential")
        {
            government = self.coded("USA");
        }
        if government.is_none() {
            // The same words before, or a longer name that ends with them: "the ministry" after "the Foreign Ministry".
            let noun = head.rsplit(' ').next().unwrap_or("").to_string();
            let named = self.entities.iter().enumerate().rev().find(|(_, e)| {
                let name = e.name.to_lowercase();
                e.kind == EntityKind::Body
                    && (name == head
                        || name.ends_with(&head)
                        || plain_words && name.contains(&noun) && !noun.is_empty())
            });
            if let Some((entity, _)) = named {
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
            // A government that has such a body and was spoken of, or the last one whose official spoke.
            government = specific
                .iter()
                .copied()
                .filter(|g| self.known.iter().any(|k| k.government == Some(*g)))
                .max_by_key(|g| self.last_seen(*g))
                .or_else(|| self.home.filter(|_| self.capital(index) && specific.is_empty() && !self.abroad(&head)))
                .or_else(|| {
                    // A ministry is that of the side which acts, whomever it acts on; an embassy, that of its ambassador.
                    let abroad = MISSIONS.iter().any(|mission| head.contains(mission));
                    let acts = if abroad { None } else { self.foremost(index, |e| e.kind != EntityKind::Organization) };
                    acts.or_else(|| self.last_official(index))
                        .and_then(|e| self.known[e].government)
                        .filter(|g| !self.special(*g, &head))
                })
                .or_else(|| self.last_government(index))
                .filter(|g| !self.special(*g, &head));
            if plain_words && matches!(determiner, Determiner::None | Determiner::Indefinite) {
                return;
            }
            let vague = [
                "team",
                "side",
                "office",
                "agency",
                "service",
                "mission",
                "media",
                "television",
                "tv",
                "force",
                "police",
                "general",
                "guard",
                "guards",
                "air",
                "command",
                "council",
                "commission",
                "committee",
            ];
            if plain_words && title.is_none() && vague.contains(&noun.as_str()) {
                return;
            }
        }
        let Some(government) = government else { return };
        let code = self.world.governments[government as usize].code.clone();
        let name = tidy(self.items[index].span.of(self.text));
        let key = name.to_lowercase();
        let adjectiveless = |name: &str| name.to_lowercase();
        let found = self.entities.iter().position(|e| {
            e.kind == EntityKind::Body
                && e.government.as_deref() == Some(&code)
                && (adjectiveless(&e.name) == key
                    || e.name.to_lowercase().ends_with(&key)
                    || key.ends_with(&e.name.to_lowercase()))
        });
        let entity = found.unwrap_or_else(|| {
            self.entity(
                plain(EntityKind::Body, name, Some(code)),
                Known { government: Some(government), ..Known::default() },
            )
        });
        self.mention(index, MentionKind::Name, entity);
    }

    fn coded(&self, code: &str) -> Option<Gov> {
        self.world.governments.iter().position(|g| g.code == code).map(|g| g as Gov)
    }

    /// Whether an item is written with a capital.
    fn capital(&self, index: usize) -> bool {
        self.items[index].span.of(self.text).starts_with(char::is_uppercase)
    }

    /// Whether the words are of a body that the document's own country calls otherwise.
    fn abroad(&self, head: &str) -> bool {
        self.home.is_some_and(|home| self.special(home, head))
    }

    /// Whether a government has no body of that name: the United States have no foreign ministry.
    fn special(&self, government: Gov, head: &str) -> bool {
        let code = self.world.governments[government as usize].code.as_str();
        head.contains("ministry") && code == "USA" || head == "foreign ministry" && matches!(code, "GBR" | "PAK")
    }

    /// The entity before an apostrophe and s.
    fn possessor(&self, index: usize) -> Option<usize> {
        (self.items[index].gap == Gap::Possessive).then(|| self.linked.get(index.checked_sub(1)?).copied().flatten())?
    }

    /// Whose "its" or "their" before an item is: the nearest in its sentence, else the first of the sentence before.
    fn owner(&self, index: usize) -> Option<Gov> {
        let sentence = self.items[index].sentence;
        let government = |i: usize| {
            let entity = self.linked[i]?;
            self.known[entity].government.filter(|_| self.entities[entity].kind != EntityKind::Place)
        };
        let here = (0..index).rev().take_while(|&i| self.items[i].sentence == sentence).find_map(government);
        here.or_else(|| {
            let before: Vec<usize> = (0..index).rev().take_while(|&i| self.items[i].sentence + 1 >= sentence).collect();
            before.into_iter().rev().find_map(government)
        })
    }

    /// Whose "its" or "her" is before the source of what the sentence has told: "Peru is open to talks with Chile, its
    /// foreign minister said" is Peru's, and so is what opens a sentence after one about Peru.
    fn owner_of_source(&self, index: usize) -> Option<Gov> {
        let before = self.text.get(..self.items[index].span.start as usize)?.trim_end();
        let (lead, pronoun) = before.rsplit_once(|c: char| !c.is_alphabetic()).unwrap_or(("", before));
        let sentence = self.items[index].sentence;
        let opens = !(0..index).rev().take_while(|&i| self.items[i].sentence == sentence).any(|_| true)
            && pronoun.starts_with(char::is_uppercase);
        let tags = lead.trim_end().ends_with([',', '"', '\u{201d}']) && self.speaks(index);
        if !opens && !tags {
            return None;
        }
        let gender = match pronoun.to_lowercase().as_str() {
            "his" => Some(1),
            "her" => Some(2),
            "its" => None,
            _ => return None,
        };
        let found = self.foremost(index, |e| match (e.kind, gender) {
            (EntityKind::Person, Some(_)) => true,
            (EntityKind::Person, None) => tags,
            (_, gender) => gender.is_none(),
        });
        // A woman's office is no man's: the first of the other gender is passed over.
        let other = |e: usize| gender.is_some_and(|g| self.known[e].gender & 3 != 0 && self.known[e].gender & g == 0);
        let fits = |e: usize| !other(e) && self.known[e].government.is_some();
        let first = found.filter(|&e| fits(e));
        let first = first.or_else(|| gender.and_then(|_| self.persons_before(index).take(4).find(|&e| fits(e))));
        first.and_then(|e| self.known[e].government)
    }

    /// Whether nothing stands before an item's title that could name whom it is an office of ("Acme spokesman").
    fn is_bare_office(&self, index: usize) -> bool {
        let before = self.text.get(..self.items[index].span.start as usize).unwrap_or("").trim_end();
        before.is_empty() || before.ends_with([',', '.', '"', '\u{201d}']) || before.ends_with(" the")
    }

    /// Whether a verb of speaking comes after an item.
    fn speaks(&self, index: usize) -> bool {
        const SPEAKING: [&str; 10] =
            ["said", "says", "announced", "confirmed", "denied", "reported", "stated", "added", "told", "wrote"];
        let rest = self.text.get(self.items[index].span.end as usize..).unwrap_or("");
        rest.split_whitespace().take(3).any(|word| SPEAKING.contains(&word.trim_end_matches([',', '.', ':'])))
    }

    /// Whom the words before an item are about: in its sentence, or failing that the nearest of the three before, the
    /// first of a government who is no mere place, adjective or other side ("with Chile").
    fn foremost(&self, index: usize, fits: impl Fn(&Entity) -> bool) -> Option<usize> {
        let last = self.items[index].sentence;
        let kinds = [EntityKind::Person, EntityKind::Body, EntityKind::Government, EntityKind::Organization];
        for sentence in (last.saturating_sub(3)..=last).rev() {
            let from = self.items.partition_point(|item| item.sentence < sentence);
            let mut here = (from..index).take_while(|&i| self.items[i].sentence == sentence).filter_map(|i| {
                let entity = self.linked[i]?;
                let record = &self.entities[entity];
                let adjective = matches!(self.items[i].what, What::Government { form: Form::Adjective, .. });
                let whole = kinds.contains(&record.kind) && self.known[entity].government.is_some() && !adjective;
                (whole && fits(record)).then_some((i, entity))
            });
            let first = here.next();
            let Some((item, entity)) = first else { continue };
            if !self.after_preposition(item) {
                return Some(entity);
            }
            return Some(here.find(|(i, _)| !self.after_preposition(*i)).map_or(entity, |(_, entity)| entity));
        }
        None
    }

    /// Whether a preposition stands right before an item, its article apart.
    fn after_preposition(&self, index: usize) -> bool {
        const PREPOSITIONS: [&str; 12] =
            ["with", "to", "from", "by", "of", "at", "in", "on", "against", "for", "between", "about"];
        let before = self.text.get(..self.items[index].span.start as usize).unwrap_or("");
        let mut words = before.trim_end().rsplit(char::is_whitespace);
        let word = words.next().filter(|word| !word.eq_ignore_ascii_case("the")).or_else(|| words.next()).unwrap_or("");
        PREPOSITIONS.iter().any(|preposition| word.eq_ignore_ascii_case(preposition))
    }

    fn last_seen(&self, government: Gov) -> Option<usize> {
        (0..self.linked.len())
            .rev()
            .find(|&i| self.linked[i].is_some_and(|e| self.known[e].government == Some(government)))
    }

    /// The last person or body before an item, in its sentence or the few before.
    fn last_official(&self, index: usize) -> Option<usize> {
        let sentence = self.items[index].sentence;
        (0..index).rev().take_while(|&i| self.items[i].sentence + 3 >= sentence).find_map(|i| {
            self.linked[i].filter(|&e| {
                matches!(self.entities[e].kind, EntityKind::Person | EntityKind::Body)
                    && self.known[e].government.is_some()
            })
        })
    }

    fn last_government(&self, index: usize) -> Option<Gov> {
        (0..index).rev().find_map(|i| self.linked[i].and_then(|e| self.known[e].government))
    }

    /// Whether "its" stands before an item, standing words apart ("its new ambassador").
    fn is_its(&self, index: usize) -> bool {
        let before = self.text.get(..self.items[index].span.start as usize).unwrap_or("");
        before.trim_end().rsplit(' ').take(2).any(|word| word.eq_ignore_ascii_case("its"))
    }

    /// The last person before an item, nearest first.
    fn persons_before(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        (0..index).rev().filter_map(|i| self.linked[i]).filter(|&e| self.entities[e].kind == EntityKind::Person)
    }

    /// The offices that a title's words can mean: government (none for any) and kind.
    fn offices(&self, t: &Titled) -> Vec<(Option<Gov>, Kind)> {
        let Some(node) = t.office else { return Vec::new() };
        let trie = if t.abbreviated { &self.world.names } else { &self.world.titles_trie };
        trie.at(node)
            .filter_map(|e| match e {
                Entry::Office(office) => {
                    let office = &self.world.offices[office as usize];
                    Some((office.government, office.kind))
                }
                _ => None,
            })
            .collect()
    }

    /// The kinds of office that a title can mean in a government.
    fn kinds(&self, t: &Titled, government: Option<Gov>) -> Vec<Kind> {
        let offices = self.offices(t);
        let own: Vec<Kind> =
            offices.iter().filter(|(g, _)| g.is_some() && *g == government).map(|(_, kind)| *kind).collect();
        let mut kinds = if own.is_empty() {
            offices.iter().filter(|(g, _)| g.is_none() || government.is_none()).map(|(_, kind)| *kind).collect()
        } else {
            own
        };
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The government that a title's words name or imply.
    fn title_government(&self, index: usize, t: &Titled) -> Option<Gov> {
        if let Some(&government) = t.governments.first() {
            return Some(government);
        }
        if t.determiner == Determiner::Possessor
            && let Some(entity) = self.possessor(index)
        {
            return self.known[entity].government;
        }
        let offices = self.offices(t);
        let mut own: Vec<Gov> = offices.iter().filter_map(|(g, _)| *g).collect();
        own.sort_unstable();
        own.dedup();
        // "Secretary of State" by itself is known the world over; the British have several, for this and for that.
        if self.items[index].title.eq_ignore_ascii_case("secretary of state") {
            let usa = self.coded("USA");
            let elsewhere = |home: Gov| matches!(self.world.governments[home as usize].code.as_str(), "GBR" | "VAT");
            return usa.filter(|_| !self.home.is_some_and(elsewhere));
        }
        let one = (own.len() == 1 && offices.iter().all(|(g, _)| g.is_some())).then(|| own[0]);
        // "Treasury Secretary Smith": one country has it, unless the text is at home elsewhere.
        let title = self.items[index].title.as_str();
        let full = title.contains(' ') && t.name.is_some();
        // "The Kremlin spokesman": a name stands in the title, and one government has it.
        let named = title.starts_with(char::is_uppercase)
            && title.rsplit(' ').next().is_some_and(|noun| noun.starts_with(char::is_lowercase));
        one.filter(|g| {
            self.told[*g as usize]
                || named
                || !is_common_title(&self.items[index].head)
                || full && self.home.is_none_or(|home| home == *g)
                // "EU foreign policy chief": the title itself says whose.
                || self.items[index].title.split(' ').next() == Some(&self.world.governments[*g as usize].code)
        })
    }

    /// Who held an office of that kind on the document's date, if the tables are sure.
    fn holder(&self, government: Gov, kind: Kind) -> Option<u32> {
        let date = self.date?;
        let key = (government, kind);
        let tenures = &self.world.tenures;
        let from =
            self.world.holders.partition_point(|&t| (tenures[t as usize].government, tenures[t as usize].kind) < key);
        let mut active: Vec<(u32, bool)> = Vec::new();
        for &t in &self.world.holders[from..] {
            let tenure = &tenures[t as usize];
            if (tenure.government, tenure.kind) != key {
                break;
            }
            if tenure.start.first <= date.last && tenure.end.last >= date.first {
                let sure = tenure.start.last <= date.first && tenure.end.first > date.last;
                match active.iter_mut().find(|(person, _)| *person == tenure.person) {
                    Some((_, known)) => *known |= sure,
                    None => active.push((tenure.person, sure)),
                }
            }
        }
        if let [(only, _)] = active[..] {
            return Some(only);
        }
        let mut sure = active.iter().filter(|(_, sure)| *sure);
        match (sure.next(), sure.next()) {
            (Some((person, _)), None) if active.len() == 2 => Some(*person),
            _ => None,
        }
    }

    /// Who held one of the kinds of office, under a title with that noun: Iran's president is its head of government.
    fn office_holder(&self, government: Gov, kinds: &[Kind], head: &str) -> Option<u32> {
        const HIGHEST: [&str; 2] = ["head_of_state", "head_of_government"];
        let highest = kinds.iter().any(|k| HIGHEST.contains(&self.world.kinds[*k as usize].as_str()));
        if !highest {
            return kinds.iter().find_map(|kind| self.holder(government, *kind));
        }
        let noun = head.strip_suffix('s').unwrap_or(head);
        if noun == "counterpart" {
            return self.leader(government);
        }
        let mut holders = HIGHEST
            .iter()
            .filter_map(|k| self.kind_named(k))
            .filter_map(|kind| Some((kind, self.holder(government, kind)?)));
        let titled = |(kind, person): &(Kind, u32)| {
            let tenures = &self.world.tenures[range(&self.world.people[*person as usize].tenures)];
            tenures.iter().any(|t| {
                let active = self.date.is_some_and(|d| t.start.first <= d.last && t.end.last >= d.first);
                t.kind == *kind
                    && t.government == government
                    && active
                    && self.world.titles[t.title as usize].to_lowercase().contains(noun)
            })
        };
        if [
            "president",
            "minister",
            "king",
            "queen",
            "emir",
            "chancellor",
            "premier",
            "sultan",
            "emperor",
            "pope",
            "prince",
            "princess",
        ]
        .contains(&noun)
        {
            let exact = holders.find(titled).map(|(_, person)| person);
            // A king is no president, but a premier and a prime minister are the same office.
            let other = || kinds.iter().find_map(|kind| self.holder(government, *kind));
            return if matches!(noun, "president" | "prince" | "princess") { exact } else { exact.or_else(other) };
        }
        kinds.iter().find_map(|kind| self.holder(government, *kind))
    }

    /// The person that leads a state: head of state or of government, as its constitution has it.
    fn leader(&self, government: Gov) -> Option<u32> {
        let code = self.world.governments[government as usize].code.as_str();
        let changed = super::words::LEADERSHIP_CHANGED.iter().any(|(changed, until)| {
            *changed == code && self.date.zip(Days::parse(until)).is_some_and(|(date, until)| date.last < until.first)
        });
        let by_government = self.world.led_by_government[government as usize] != changed;
        let kind = if by_government { "head_of_government" } else { "head_of_state" };
        let kind = self.kind_named(kind)?;
        self.holder(government, kind)
    }

    fn kind_named(&self, name: &str) -> Option<Kind> {
        self.world.kinds.iter().position(|k| k == name).map(|k| k as Kind)
    }

    /// Links a name with its title. `hint` is what an apposition tells of it.
    fn person(&mut self, index: usize, t: &Titled, hint: Option<(&Titled, Option<Gov>)>) -> Option<usize> {
        let mut government = self.title_government(index, t);
        let mut kinds = self.kinds(t, government);
        let item = &self.items[index];
        let (mut title, mut head) = (item.title.clone(), item.head.clone());
        let mut former = t.former;
        if let Some((other, other_government)) = hint {
            government = government.or(other_government);
            if kinds.is_empty() && title.is_empty() {
                kinds = self.kinds(other, government);
                former |= other.former;
            }
        }
        if t.counterpart {
            let (antecedent_kind, other) = self.counterpart(index, government);
            kinds = antecedent_kind.into_iter().collect();
            government = government.or(other);
            title.clear();
            head.clear();
        }
        let item = &self.items[index];
        let name = item.name.clone();
        let gender = item.given
            | u8::from(t.gender & MALE != 0 && t.gender & FEMALE == 0)
            | u8::from(t.gender & FEMALE != 0 && t.gender & MALE == 0) << 1;
        let titled = t.head.is_some() || t.addressed || hint.is_some();
        // Already in the document, the nearest first.
        if let Some(entity) = self.in_document(index, &name, government, &kinds, &head, gender, t.person) {
            self.learn(entity, index, t, government, &kinds, &title, former, gender);
            return Some(entity);
        }
        let mut person = self.in_world(&name, t.person, government, &kinds, &head, titled);
        // "Congo's Felix Tshisekedi", "Crown Prince and Prime Minister Mohammed bin Salman": whom the tables have in high
        // office under this very name is meant, whichever country the words were taken for.
        if person.is_none() && name.len() > 1 && government.is_some() {
            let holder = self.in_world(&name, t.person, None, &[], "", true);
            let high = |person: &u32| {
                self.tenure(*person, None, &[]).is_some_and(|(t, former)| {
                    !former && HIGH_KINDS.contains(&self.world.kinds[t.kind as usize].as_str())
                })
            };
            if let Some(holder) = holder.filter(high) {
                person = Some(holder);
                government = self.tenure(holder, None, &[]).map(|(t, _)| t.government);
            }
        }
        let mut borrowed: Option<usize> = None;
        if person.is_none() && name.len() == 1 {
            // Told in full only later on.
            borrowed = (index + 1..self.items.len()).find(|&later| {
                let other = &self.items[later];
                other.full && matches(&other.name, &name, false) >= 3 && matches!(&other.what, What::Person(_))
            });
            if let Some(later) = borrowed
                && let What::Person(other) = &self.items[later].what
            {
                let other = other.clone();
                let other_government = government.or_else(|| self.title_government(later, &other));
                let other_name = self.items[later].name.clone();
                person = self.in_world(&other_name, other.person, other_government, &kinds, &head, true);
                government = government.or(other_government);
            }
            if person.is_none() && borrowed.is_none() && !titled {
                let word = self.world.words.get(&super::lexicon::fold(&item.written)) as usize;
                let common = self.world.given.get(word).is_some_and(|bits| bits & (7 | GIVEN) != 0);
                person = self.famous(&name[0], common);
                person?;
            }
        }
        if let Some(person) = person {
            if let Some(entity) = self.known.iter().position(|k| k.person == Some(person)) {
                self.learn(entity, index, t, government, &kinds, &title, former, gender);
                return Some(entity);
            }
            let entity = self.world_entity(person, government, &kinds, &title, former, gender);
            if t.elect {
                self.entities[entity].former = false;
            }
            return Some(entity);
        }
        // Nobody the tables know: a record of its own, if the words make a person of it.
        if !titled && let Some(entity) = self.unnamed_before(index) {
            let item = &self.items[index];
            self.known[entity].name = item.name.clone();
            (self.entities[entity].name, self.entities[entity].person) =
                (item.written.clone(), Some(item.written.clone()));
            return Some(entity);
        }
        // "The Somali envoy was told to leave. … Ambassador Rosa Quispe": he of whom there was word before.
        if government.is_none() && matches!(head.as_str(), "ambassador" | "envoy") {
            let envoy = |e: &usize| {
                let office = self.entities[*e].office.as_deref().unwrap_or("").to_lowercase();
                self.entities[*e].person.is_none()
                    && !self.known[*e].plural
                    && (office.contains("ambassador") || office.contains("envoy"))
            };
            let mut envoys: Vec<usize> = self.persons_before(index).filter(envoy).collect();
            envoys.sort_unstable();
            envoys.dedup();
            if let [only] = envoys[..] {
                let item = &self.items[index];
                self.known[only].name = item.name.clone();
                (self.entities[only].name, self.entities[only].person) =
                    (item.written.clone(), (item.name.len() > 1).then(|| item.written.clone()));
                return Some(only);
            }
        }
        let item = &self.items[index];
        if !titled && !item.full {
            return None;
        }
        let written = borrowed.map_or_else(|| item.written.clone(), |later| self.items[later].written.clone());
        let full_name = borrowed.map_or_else(|| name.clone(), |later| self.items[later].name.clone());
        let full = full_name.len() > 1;
        if government.is_none() && matches!(head.as_str(), "president" | "minister" | "premier" | "chancellor") {
            government = self.other_side(index).or_else(|| self.side_that_tells(index));
        }
        if government.is_none() && t.head.is_some() && is_ministerial(&head) {
            government = self.home;
        }
        // "…, Foreign Ministry spokeswoman Rosa Quispe said": she speaks for the side that acts.
        if government.is_none() && head.starts_with("spokes") && self.speaks(index) && self.is_bare_office(index) {
            government = self.foremost(index, |_| true).and_then(|e| self.known[e].government);
        }
        let code = government.map(|g| self.world.governments[g as usize].code.clone());
        let kind = kinds.first().map(|k| self.world.kinds[*k as usize].clone());
        let lands = |lands: &[&str]| {
            government.is_some_and(|g| lands.contains(&self.world.governments[g as usize].code.as_str()))
        };
        let (family_first, first_name) = (lands(FAMILY_FIRST_LANDS), lands(FIRST_NAME_LANDS));
        let entity = Entity {
            kind: EntityKind::Person,
            name: written.clone(),
            person: full.then_some(written),
            government: code,
            office: (!title.is_empty()).then(|| title.clone()),
            office_kind: kind,
            former,
            members: Vec::new(),
        };
        Some(self.entity(
            entity,
            Known {
                person: None,
                government,
                name: full_name,
                family_first,
                first_name,
                gender,
                kinds,
                plural: false,
                count: 0,
            },
        ))
    }

    /// The official who tells what the sentence says of an item: "a Peruvian spokesman denied that President Soto" had done
    /// something speaks of his own.
    fn side_that_tells(&self, index: usize) -> Option<Gov> {
        let sentence = self.items[index].sentence;
        let first = self.items.partition_point(|item| item.sentence < sentence);
        let official = |i: &usize| {
            let entity = self.linked[*i]?;
            let unnamed = self.entities[entity].kind == EntityKind::Body
                || self.entities[entity].kind == EntityKind::Person && self.entities[entity].person.is_none();
            self.known[entity].government.filter(|_| unnamed && !self.after_preposition(*i) && self.speaks(*i))
        };
        (first..index).find_map(|i| official(&i))
    }

    /// The other of the two governments that the text is about, for whom somebody of the one is received by or meets.
    fn other_side(&self, index: usize) -> Option<Gov> {
        if !self.after_preposition(index) {
            return None;
        }
        let mut by_weight: Vec<(usize, Gov)> =
            self.salience.iter().enumerate().map(|(government, count)| (*count, government as Gov)).collect();
        by_weight.sort_unstable_by_key(|(count, government)| (std::cmp::Reverse(*count), *government));
        let [(_, one), (second, other), third, ..] = by_weight[..] else { return None };
        let subject = self.foremost(index, |e| e.kind == EntityKind::Person).and_then(|e| self.known[e].government)?;
        // "Will travel to Peru, where he will meet President Soto".
        let here = self.items[index].sentence;
        let named_here =
            (0..index).rev().take_while(|&i| self.items[i].sentence == here).find_map(|i| match self.items[i].what {
                What::Government { government, place: true, form: Form::Name } => {
                    Some(government).filter(|g| *g != subject)
                }
                _ => None,
            });
        if named_here.is_some() {
            return named_here;
        }
        let two = second > 0 && third.0 * 3 <= second;
        if two && (subject == one || subject == other) {
            return Some(if subject == one { other } else { one });
        }
        // "Macri travelled to Brazil. He was received by Vice President Soto".
        let sentence = self.items[index].sentence;
        (0..index).rev().take_while(|&i| self.items[i].sentence + 1 >= sentence).find_map(|i| {
            match self.items[i].what {
                What::Government { government, place: true, .. } => Some(government).filter(|g| *g != subject),
                What::Place(country) => country.filter(|g| *g != subject),
                _ => None,
            }
        })
    }

    /// The one person of the sentence before of whom neither the tables nor the text have told a country or an office.
    fn unplaced_before(&self, index: usize) -> Option<usize> {
        let sentence = self.items[index].sentence;
        let mut unplaced: Vec<usize> = (0..index)
            .rev()
            .take_while(|&i| self.items[i].sentence + 1 >= sentence)
            .filter_map(|i| self.linked[i])
            .filter(|&e| {
                let (entity, known) = (&self.entities[e], &self.known[e]);
                entity.kind == EntityKind::Person
                    && entity.person.is_some()
                    && entity.office.is_none()
                    && known.person.is_none()
                    && known.government.is_none()
            })
            .collect();
        unplaced.dedup();
        (unplaced.len() == 1).then(|| unplaced[0])
    }

    /// The official without a name in the sentence before, if a full name begins this one and goes on alone later: "Peru has
    /// recalled its ambassador. Rosa Quispe was … Quispe said".
    fn unnamed_before(&self, index: usize) -> Option<usize> {
        let item = &self.items[index];
        let last = item.name.last().filter(|_| item.first == 0 && item.name.len() > 1 && item.name.len() < 4)?;
        if !self.items[index + 1..].iter().any(|later| later.name.len() == 1 && later.name.first() == Some(last)) {
            return None;
        }
        let mut unnamed: Vec<usize> = (0..index)
            .rev()
            .take_while(|&i| self.items[i].sentence + 1 >= item.sentence)
            .filter_map(|i| self.linked[i])
            .filter(|&e| {
                let (entity, known) = (&self.entities[e], &self.known[e]);
                let head = entity.office.as_deref().unwrap_or("").to_lowercase();
                entity.kind == EntityKind::Person
                    && entity.person.is_none()
                    && known.government.is_some()
                    && !known.plural
                    && ["ambassador", "envoy", "minister", "president", "premier", "consul"]
                        .iter()
                        .any(|w| head.contains(w))
            })
            .collect();
        unnamed.dedup();
        (unnamed.len() == 1).then(|| unnamed[0])
    }

    /// A person of this name among those the document has named.
    #[allow(clippy::too_many_arguments)]
    fn in_document(
        &self,
        index: usize,
        name: &[String],
        government: Option<Gov>,
        kinds: &[Kind],
        head: &str,
        gender: u8,
        person: Option<u32>,
    ) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        let mut seen: Vec<usize> = Vec::new();
        for entity in self.persons_before(index) {
            if seen.contains(&entity) {
                continue;
            }
            seen.push(entity);
            let known = &self.known[entity];
            if known.name.is_empty() {
                continue;
            }
            // "Sheikh Abdullah", "Prince Mohammed": who is so called goes by the first name.
            let royal =
                matches!(head, "sheikh" | "sheikha" | "prince" | "princess" | "king" | "queen" | "sultan" | "emir");
            let strength = answers(&known.name, name, known.family_first, known.first_name || royal);
            let same = person.is_some() && person == known.person;
            if strength == 0 && !same || person.is_some() && known.person.is_some() && !same {
                continue;
            }
            if name.len() == 1 && strength < 2 {
                continue;
            }
            if known.gender & 3 != 0 && gender & 3 != 0 && known.gender & gender == 0 {
                continue;
            }
            if let (Some(a), Some(b)) = (known.government, government)
                && self.world.governments[a as usize].code != self.world.governments[b as usize].code
                && !same
            {
                continue;
            }
            let mut score = strength * 10 - (seen.len() as i32).min(8);
            if kinds.iter().any(|k| known.kinds.contains(k)) {
                score += 6;
            } else if !head.is_empty()
                && self.entities[entity].office.as_ref().is_some_and(|o| !o.to_lowercase().contains(head))
            {
                score -= 3;
            }
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, entity));
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// A person of the tables by name, office, government and date.
    fn in_world(
        &self,
        name: &[String],
        exact: Option<u32>,
        government: Option<Gov>,
        kinds: &[Kind],
        head: &str,
        titled: bool,
    ) -> Option<u32> {
        let last = name.last()?;
        let first = name.first()?;
        let mut best: Option<(i32, u32)> = None;
        let mut tie = false;
        let mut consider = |person: u32, strength: i32| {
            let p = &self.world.people[person as usize];
            let mut score = strength * 4 + if exact == Some(person) { 4 } else { 0 };
            let mut fits_government = government.is_none();
            let (mut fits_kind, mut active_kind, mut active) = (false, false, false);
            for tenure in &self.world.tenures[range(&p.tenures)] {
                let same = government.is_none_or(|g| {
                    self.world.governments[g as usize].code == self.world.governments[tenure.government as usize].code
                });
                fits_government |= same;
                if !same {
                    continue;
                }
                let on = self.date.is_some_and(|d| {
                    tenure.start.first.saturating_sub(YEAR / 6) <= d.last
                        && tenure.end.last.saturating_add(YEAR / 4) >= d.first
                });
                active |= on;
                let title = &self.world.titles[tenure.title as usize];
                let fits = kinds.contains(&tenure.kind)
                    || kinds.is_empty() && !head.is_empty() && title.to_lowercase().contains(head);
                fits_kind |= fits;
                active_kind |= fits && on;
            }
            if !fits_government {
                return;
            }
            if strength < 4 {
                // A family name alone: the office must be theirs.
                let office_told = !kinds.is_empty() || !head.is_empty();
                let sure = if self.date.is_some() { active_kind } else { fits_kind };
                if !(office_told && sure || !office_told && government.is_some() && active && titled) {
                    return;
                }
            } else if exact != Some(person) && name.len() > 1 && !(fits_kind || government.is_some() || active) {
                return;
            }
            score += i32::from(active_kind) * 6 + i32::from(fits_kind) * 2 + i32::from(active) * 3;
            match best {
                Some((top, other)) if other != person && score == top => tie = true,
                Some((top, _)) if score < top => {}
                _ => {
                    best = Some((score, person));
                    tie = false;
                }
            }
        };
        let mut keys = vec![super::world::part_key(last)];
        if first != last {
            keys.push(super::world::part_key(first));
        }
        for key in keys {
            let from = self.world.parts.partition_point(|(part, _)| *part < key);
            for &(part, person) in &self.world.parts[from..] {
                if part != key {
                    break;
                }
                let p = &self.world.people[person as usize];
                let strength = match exact == Some(person) {
                    true => 5,
                    false => answers(&name_words(&p.name), name, p.family_first, p.first_name),
                };
                if strength >= 3 {
                    consider(person, strength);
                }
            }
        }
        if let Some(person) = exact {
            consider(person, 5);
        }
        best.filter(|_| !tie).map(|(_, person)| person)
    }

    /// A family name alone, never introduced: somebody of high office whom every reader knows. `common`: the word is many
    /// people's given name, or begins its sentence and may be no name.
    fn famous(&self, name: &str, common: bool) -> Option<u32> {
        const COMMON: &[&str] = &[
            "may", "major", "price", "young", "long", "king", "grand", "day", "west", "white", "green", "black",
            "state", "north", "south", "east", "united", "new", "van", "ban", "sun", "hu", "bo", "wen", "li", "he",
            "you", "ma", "le", "to", "do", "no", "key", "peace", "khan", "singh", "kim", "lee", "wang", "ali", "ahmed",
            "hassan", "mohamed", "smith", "jones", "martin", "thomas", "robinson",
        ];
        // Words and names of many that are a leader's where the document speaks of that government: "Bush and Hu".
        const ELSEWHERE_COMMON: &[&str] =
            &["brown", "bush", "carter", "ford", "hague", "hunt", "johnson", "moon", "park", "rice", "straw", "truss"];
        let elsewhere_common = ELSEWHERE_COMMON.contains(&name);
        let common = common || elsewhere_common || name == "xi";
        let date = self.date?;
        // Two letters are a name only where the head of that state must be meant.
        let short = name.chars().count() < 4;
        if short && name != "xi" || COMMON.contains(&name) {
            return None;
        }
        let key = super::world::part_key(name);
        let from = self.world.parts.partition_point(|(part, _)| *part < key);
        // The best of those whom the document or the reader has in mind, and whoever else sits in a high office.
        let mut found: Option<(usize, u32)> = None;
        let mut tie = false;
        let mut sitting: Vec<u32> = Vec::new();
        for &(part, person) in &self.world.parts[from..] {
            if part != key {
                break;
            }
            let p = &self.world.people[person as usize];
            let words = name_words(&p.name);
            let family = if p.family_first { words.first() } else { words.last() };
            let first = words.first().filter(|_| p.first_name);
            if ![family, first].into_iter().flatten().any(|word| word == name) {
                continue;
            }
            for tenure in &self.world.tenures[range(&p.tenures)] {
                let on = tenure.start.first <= date.last && tenure.end.last >= date.first;
                let rank = HIGH_KINDS.iter().position(|k| *k == self.world.kinds[tenure.kind as usize]);
                let Some(rank) = rank.filter(|rank| on && *rank < 10) else { continue };
                if rank < 7 && !sitting.contains(&person) {
                    sitting.push(person);
                }
                // Only where the document speaks of that government at all, or everybody knows the name.
                let code = self.world.governments[tenure.government as usize].code.as_str();
                let near = self.told[tenure.government as usize]
                    || !elsewhere_common
                        && ["USA", "RUS", "CHN", "GBR", "FRA", "DEU", "UKR", "IRN", "ISR", "TUR", "IND"]
                            .contains(&code)
                        && rank < 2;
                match found {
                    _ if !near => {}
                    Some((top, other)) if rank == top && other != person => tie = true,
                    Some((top, _)) if rank > top => {}
                    _ => (found, tie) = (Some((rank, person)), false),
                }
            }
        }
        if found.is_none() && !common {
            // Nobody else of that name leads a state or its diplomacy.
            return match sitting[..] {
                [only] => Some(only),
                _ => None,
            };
        }
        found.filter(|_| !tie).map(|(_, person)| person)
    }

    /// The entity of a person of the tables.
    fn world_entity(
        &mut self,
        person: u32,
        government: Option<Gov>,
        kinds: &[Kind],
        title: &str,
        former: bool,
        gender: u8,
    ) -> usize {
        let p = &self.world.people[person as usize];
        let tenure = self.tenure(person, government, kinds);
        let over = tenure.is_some_and(|(_, over)| over);
        let tenure = tenure.map(|(t, _)| t);
        let government = government.or(tenure.map(|t| t.government));
        let told = kinds.iter().any(|k| tenure.is_some_and(|t| t.kind == *k));
        // What somebody becomes years later is not the office now.
        let to_come = |t: &&super::world::Tenure| {
            self.date.is_some_and(|date| t.start.first > date.last.saturating_add(YEAR / 4))
        };
        let later = tenure.is_some_and(|t| to_come(&t));
        let office = if title.is_empty() && later {
            None
        } else if title.is_empty() || told && !later {
            tenure.map(|t| self.world.titles[t.title as usize].clone())
        } else {
            Some(title.to_string())
        };
        let office_kind = kinds.first().copied().filter(|_| !told).or(tenure.map(|t| t.kind));
        let name = name_words(&p.name);
        let given = p.name.split_whitespace().find_map(|word| {
            let given =
                self.world.given.get(self.world.words.get(&super::lexicon::fold(word)) as usize).copied().unwrap_or(0)
                    & 3;
            (given != 0).then_some(given)
        });
        let entity = Entity {
            kind: EntityKind::Person,
            name: p.name.clone(),
            person: Some(p.name.clone()),
            government: government.map(|g| self.world.governments[g as usize].code.clone()),
            office,
            office_kind: office_kind.map(|k| self.world.kinds[k as usize].clone()),
            former: former || over,
            members: Vec::new(),
        };
        let (family_first, first_name) = (p.family_first, p.first_name);
        let mut all = kinds.to_vec();
        all.extend(tenure.map(|t| t.kind));
        let gender = if gender & 3 != 0 { gender } else { given.unwrap_or(0) };
        self.entity(
            entity,
            Known {
                person: Some(person),
                government,
                name,
                family_first,
                first_name,
                gender,
                kinds: all,
                plural: false,
                count: 0,
            },
        )
    }

    /// The tenure that counts for a person at the document's date, and whether it was over by then.
    fn tenure(&self, person: u32, government: Option<Gov>, kinds: &[Kind]) -> Option<(&super::world::Tenure, bool)> {
        let p = &self.world.people[person as usize];
        let code = government.map(|g| self.world.governments[g as usize].code.as_str());
        let rank = |t: &super::world::Tenure| {
            // France's president is a prince of Andorra, and nobody calls him so; nor is the British monarch met as that of
            // another realm.
            let title = &self.world.titles[t.title as usize];
            let realm = title == "Monarch" && self.world.governments[t.government as usize].code != "GBR";
            if title.contains("Co-Prince") || realm {
                return usize::MAX;
            }
            HIGH_KINDS.iter().position(|k| *k == self.world.kinds[t.kind as usize]).unwrap_or(HIGH_KINDS.len())
        };
        let tenures = || {
            self.world.tenures[range(&p.tenures)]
                .iter()
                .filter(move |t| code.is_none_or(|c| self.world.governments[t.government as usize].code == c))
        };
        let Some(date) = self.date else {
            let best = tenures().min_by_key(|t| {
                (rank(t) == usize::MAX, !kinds.contains(&t.kind), rank(t), std::cmp::Reverse(t.start.first))
            });
            return best.map(|t| (t, false));
        };
        let active = tenures().filter(|t| t.start.first <= date.last && t.end.last >= date.first).min_by_key(|t| {
            (
                rank(t) == usize::MAX,
                !kinds.contains(&t.kind),
                t.end.first <= date.first,
                rank(t),
                std::cmp::Reverse(t.start.first),
            )
        });
        if let Some(active) = active {
            return Some((active, false));
        }
        let past = tenures()
            .filter(|t| t.end.last < date.first)
            .min_by_key(|t| (!kinds.contains(&t.kind), std::cmp::Reverse(t.end.last), rank(t)));
        let future =
            tenures().filter(|t| t.start.first > date.last).min_by_key(|t| (!kinds.contains(&t.kind), t.start.first));
        match (past, future) {
            (_, Some(future)) if future.start.first - date.last < YEAR / 4 => Some((future, false)),
            (Some(past), _) => Some((past, date.first.saturating_sub(past.end.last) > YEAR / 12)),
            (None, Some(future)) => Some((future, false)),
            (None, None) => None,
        }
    }

    /// Takes over what a later mention tells of an entity that the document left unsaid.
    #[allow(clippy::too_many_arguments)]
    fn learn(
        &mut self,
        entity: usize,
        index: usize,
        t: &Titled,
        government: Option<Gov>,
        kinds: &[Kind],
        title: &str,
        former: bool,
        gender: u8,
    ) {
        let item = &self.items[index];
        let known = &mut self.known[entity];
        let record = &mut self.entities[entity];
        if known.government.is_none() {
            known.government = government;
            record.government = government.map(|g| self.world.governments[g as usize].code.clone());
        }
        if record.office.is_none() && !title.is_empty() {
            record.office = Some(title.to_string());
            record.office_kind = kinds.first().map(|k| self.world.kinds[*k as usize].clone());
        }
        if known.kinds.is_empty() {
            known.kinds = kinds.to_vec();
        }
        known.gender |= gender;
        record.former = record.former && !t.elect || former && known.person.is_none();
        // The fuller name of somebody whom the tables do not know.
        if known.person.is_none() && item.name.len() > known.name.len() && t.name.is_some() {
            known.name = item.name.clone();
            record.name = item.written.clone();
            record.person = Some(item.written.clone());
        }
    }

    /// Whose counterpart: the kind of office, and the other government if the words name none.
    fn counterpart(&self, index: usize, government: Option<Gov>) -> (Option<Kind>, Option<Gov>) {
        let sentence = self.items[index].sentence;
        let here =
            (0..index).rev().take_while(|&i| self.items[i].sentence == sentence).filter_map(|i| self.linked[i]).find(
                |&e| {
                    self.entities[e].kind == EntityKind::Person
                        && (government.is_none() || self.known[e].government != government)
                },
            );
        let antecedent = here.or_else(|| {
            self.persons_before(index)
                .find(|&e| self.known[e].government.is_some() && self.known[e].government != government)
        });
        let Some(antecedent) = antecedent else { return (None, None) };
        let kind = self.entities[antecedent].office_kind.as_deref().and_then(|k| self.kind_named(k));
        let own = self.known[antecedent].government;
        let other = (0..index).rev().filter_map(|i| self.linked[i]).find_map(|e| {
            self.known[e].government.filter(|g| Some(*g) != own && self.entities[e].kind != EntityKind::Place)
        });
        (kind, other)
    }

    /// A person by description.
    fn nominal(&mut self, index: usize, t: &Titled) {
        // "India's foreign minister, Pranab Mukherjee": the name follows.
        if !t.plural {
            if let Some(entity) = self.apposed_name(index, t) {
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
            // "…, Fumio Kishida, the official said": the official is another.
            let another = t.determiner == Determiner::The && is_anonymous(&self.items[index].head);
            if let Some(entity) = self.apposed_to(index, t).filter(|_| !another) {
                let government = self.title_government(index, t);
                let kinds = self.kinds(t, government);
                let title = self.items[index].title.clone();
                self.learn(entity, index, t, government, &kinds, &title, t.former, 0);
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
        }
        let mut government = self.title_government(index, t);
        let mut kinds = self.kinds(t, government);
        let head = self.items[index].head.clone();
        if t.counterpart {
            let (kind, other) = self.counterpart(index, government);
            kinds = kind.into_iter().collect();
            if t.governments.is_empty() {
                government = other;
            }
        }
        if government.is_none() && self.items[index].title.to_lowercase().starts_with("administration") {
            government = self.coded("USA");
        }
        if t.determiner == Determiner::None && government.is_none() && !t.counterpart {
            return;
        }
        if t.plural {
            self.several(index, t, government, &kinds);
            return;
        }
        let gender = u8::from(t.gender & MALE != 0) | u8::from(t.gender & FEMALE != 0) << 1;
        // "Putin's spokesman" speaks for the head of state.
        if head.starts_with("spokes") && kinds.is_empty() && t.determiner == Determiner::Possessor {
            let whose = self.possessor(index).and_then(|e| self.entities[e].office_kind.clone());
            let kind = match whose.as_deref() {
                Some("head_of_state" | "head_of_government") => Some("spokesperson_head"),
                Some("foreign_minister") => Some("spokesperson_foreign"),
                Some("defense_minister") => Some("spokesperson_military"),
                _ => None,
            };
            kinds.extend(kind.and_then(|k| self.kind_named(k)));
        }
        if government.is_none() && t.determiner == Determiner::Whose {
            government = self.owner_of_source(index);
        }
        // "Peru has recalled its ambassador".
        if government.is_none() && t.determiner == Determiner::Whose && self.is_its(index) {
            government = self.last_government(index);
        }
        if government.is_none() && t.determiner == Determiner::Whose {
            government = self.persons_before(index).find_map(|e| self.known[e].government);
        }
        let indefinite = t.determiner == Determiner::Indefinite;
        let anonymous = is_anonymous(&head);
        if let (Some(g), false, false) = (government, indefinite, anonymous) {
            if let Some(entity) = self.holder_in_document(index, g, &kinds, &head, t.former) {
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
            let person = if t.former {
                None
            } else if matches!(head.as_str(), "leader" | "ruler" | "strongman" | "statesman")
                && !self.items[index].title.to_lowercase().contains("supreme")
            {
                self.leader(g)
            } else {
                self.office_holder(g, &kinds, &head)
            };
            if let Some(person) = person {
                let entity = match self.known.iter().position(|k| k.person == Some(person)) {
                    Some(entity) => entity,
                    None => self.world_entity(person, Some(g), &kinds, "", false, gender),
                };
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
        }
        // "Mark Brown flew to Beijing. The Cook Islands prime minister": whose country and office were not told before.
        if let (Some(g), Determiner::The, false) = (government, t.determiner, t.former || anonymous || kinds.is_empty())
            && let Some(entity) = self.unplaced_before(index)
        {
            let title = self.items[index].title.clone();
            self.learn(entity, index, t, Some(g), &kinds, &title, false, gender);
            self.mention(index, MentionKind::Nominal, entity);
            return;
        }
        // "The President" in a release of the White House is its own, whoever else was named.
        if let (None, Some(own), Determiner::The) = (government, self.issuer, t.determiner)
            && matches!(head.as_str(), "president" | "secretary")
            && self.items[index]
                .span
                .of(self.text)
                .split(' ')
                .filter(|word| *word != "the")
                .all(|word| word.starts_with(char::is_uppercase))
        {
            // "The Secretary" on the pages of the Department of State is its own.
            let own_kinds = match head.as_str() {
                "secretary" => self.kind_named("foreign_minister").into_iter().collect(),
                _ => self.kinds(t, Some(own)),
            };
            let bare = head == "president" || self.items[index].title.eq_ignore_ascii_case("secretary");
            if let Some(person) = self.office_holder(own, &own_kinds, &head).filter(|_| bare && !anonymous) {
                let entity = match self.known.iter().position(|k| k.person == Some(person)) {
                    Some(entity) => entity,
                    None => self.world_entity(person, Some(own), &own_kinds, "", false, gender),
                };
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
        }
        if government.is_none() && !indefinite {
            // "the minister", "the official": the last one of whom it can be said.
            let offices = self.offices(t);
            let title = self.items[index].title.to_lowercase();
            let mut fitting: Vec<usize> = Vec::new();
            // "The president-elect" is in office nowhere yet.
            let elect = title.ends_with("-elect") || t.elect;
            for entity in self.persons_before(index) {
                let fits = if elect {
                    self.takes_office(entity, &kinds)
                } else {
                    self.can_be(entity, &title, &head, &kinds, gender)
                };
                if !fitting.contains(&entity) && fits {
                    fitting.push(entity);
                }
            }
            // Two presidents, and the press of one of them speaks: "the president" is its own.
            let own = fitting.iter().copied().find(|&e| self.home.is_some() && self.known[e].government == self.home);
            if let Some(entity) = own.filter(|_| !is_anonymous(&head)).or(fitting.first().copied()) {
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
            // A title that one government alone has, or one of those spoken of.
            let own: Vec<Gov> = offices.iter().filter_map(|(g, _)| *g).collect();
            government = own
                .iter()
                .copied()
                .filter(|g| self.told[*g as usize])
                .max_by_key(|g| self.last_seen(*g))
                .or_else(|| own.first().copied().filter(|_| own.len() == 1 && !is_common_title(&head)));
            if let Some(g) = government {
                kinds = self.kinds(t, government);
                if let Some(person) = kinds.iter().find_map(|kind| self.holder(g, *kind)) {
                    let entity = match self.known.iter().position(|k| k.person == Some(person)) {
                        Some(entity) => entity,
                        None => self.world_entity(person, Some(g), &kinds, "", false, gender),
                    };
                    self.mention(index, MentionKind::Nominal, entity);
                    return;
                }
            }
        }
        if government.is_none() && !indefinite && t.determiner != Determiner::Whose && !t.counterpart {
            return;
        }
        let name = tidy(self.items[index].span.of(self.text));
        if !indefinite {
            let same = self
                .entities
                .iter()
                .position(|e| e.kind == EntityKind::Person && e.person.is_none() && e.name.eq_ignore_ascii_case(&name));
            if let Some(entity) = same {
                self.mention(index, MentionKind::Nominal, entity);
                return;
            }
        }
        let entity = self.nameless(name, government, &kinds, self.items[index].title.clone(), t.former, false, gender);
        self.mention(index, MentionKind::Nominal, entity);
    }

    #[allow(clippy::too_many_arguments)]
    fn nameless(
        &mut self,
        name: String,
        government: Option<Gov>,
        kinds: &[Kind],
        office: String,
        former: bool,
        plural: bool,
        gender: u8,
    ) -> usize {
        let entity = Entity {
            kind: EntityKind::Person,
            name,
            person: None,
            government: government.map(|g| self.world.governments[g as usize].code.clone()),
            office: (!office.is_empty() && !plural).then_some(office),
            office_kind: kinds.first().map(|k| self.world.kinds[*k as usize].clone()),
            former,
            members: Vec::new(),
        };
        self.entity(entity, Known { government, kinds: kinds.to_vec(), plural, gender, ..Known::default() })
    }

    /// Whether a person can be called "the …".
    fn can_be(&self, entity: usize, title: &str, head: &str, kinds: &[Kind], gender: u8) -> bool {
        let known = &self.known[entity];
        if known.plural || gender & 3 != 0 && known.gender & 3 != 0 && gender & known.gender == 0 {
            return false;
        }
        let record = &self.entities[entity];
        let office = record.office.as_deref().unwrap_or("").to_lowercase().replace("defence", "defense");
        let title = title.replace("defence", "defense");
        if is_anonymous(head) {
            return record.name.to_lowercase().contains(head) && record.person.is_none() || office.contains(head);
        }
        if head.starts_with("spokes") {
            return office.contains("spokes") || record.office_kind.as_deref().is_some_and(|k| k.starts_with("spokes"));
        }
        if head == "leader" {
            return record.office_kind.as_deref().is_some_and(|k| k.starts_with("head_of") || k == "political_chief")
                || office.contains("leader");
        }
        let generic = title == head;
        let same_kind = kinds.iter().any(|k| known.kinds.contains(k));
        if office.is_empty() {
            return same_kind;
        }
        // The words must fit too: a Secretary of State is no "foreign minister", a presidential spokesman no "president".
        let has = |words: &str| format!(" {office} ").contains(&format!(" {words} "));
        has(&title)
            || generic && office.split_whitespace().any(|word| word == head) && !deputises(&office, &title)
            || same_kind && office.contains(head)
    }

    /// Whether the tables have a person take such an office after the document was written.
    fn takes_office(&self, entity: usize, kinds: &[Kind]) -> bool {
        let later = |person: u32| {
            let tenures = &self.world.tenures[range(&self.world.people[person as usize].tenures)];
            tenures.iter().any(|t| kinds.contains(&t.kind) && self.date.is_some_and(|d| t.start.first > d.last))
        };
        self.known[entity].person.is_some_and(later)
    }

    /// A person of that government and office whom the document has named.
    fn holder_in_document(
        &self,
        index: usize,
        government: Gov,
        kinds: &[Kind],
        head: &str,
        former: bool,
    ) -> Option<usize> {
        let code = &self.world.governments[government as usize].code;
        let mut persons: Vec<usize> = Vec::new();
        for entity in self.persons_before(index) {
            if !persons.contains(&entity) {
                persons.push(entity);
            }
        }
        persons.into_iter().find(|&entity| {
            let known = &self.known[entity];
            let record = &self.entities[entity];
            let leads = head == "leader"
                && record
                    .office_kind
                    .as_deref()
                    .is_some_and(|k| k == "head_of_state" || k == "head_of_government" || k == "political_chief");
            let sovereign = matches!(head, "president" | "king" | "queen" | "emir" | "chancellor");
            let office = record.office.as_deref().unwrap_or("").to_lowercase();
            record.government.as_deref() == Some(code)
                && record.former == former
                && !known.plural
                && (leads || kinds.iter().any(|k| known.kinds.contains(k)) && (!sovereign || office.contains(head)))
        })
    }

    /// The named person right after a description and a comma.
    fn apposed_name(&mut self, index: usize, t: &Titled) -> Option<usize> {
        let apposed = |at: usize| {
            self.items.get(at).filter(|item| item.gap == Gap::Comma && item.sentence == self.items[index].sentence)
        };
        let mut next = index + 1;
        // "the Minister of State, Minister of Foreign Affairs, Nadir …": a second office stands between.
        if let Some(Item { what: What::Nominal(second), .. }) = apposed(next)
            && second.governments.is_empty()
            && second.determiner == Determiner::None
            && !second.plural
            && !t.plural
        {
            next += 1;
        }
        // "The Chargé d'Affaires of Ghana in Nairobi, Mrs Ama Serwaa": where the envoy serves stands between.
        let envoy = matches!(self.items[index].head.as_str(), "ambassador" | "envoy" | "consul")
            || self.items[index].head.starts_with("charg");
        if envoy
            && let Some(post) = self.items.get(next)
            && post.gap != Gap::Comma
            && matches!(post.what, What::Place(_) | What::Government { .. })
        {
            next += 1;
        }
        let item = apposed(next)?;
        let What::Person(named) = &item.what else { return None };
        let noble = matches!(
            item.head.as_str(),
            "prince" | "princess" | "king" | "queen" | "emir" | "sultan" | "general" | "ayatollah"
        ) || item.head == "ambassador" && named.governments.is_empty();
        if named.head.is_some() && !noble || !(item.full || item.name.len() > 1 || noble || named.addressed) {
            return None;
        }
        let mut named = named.clone();
        if noble {
            // A style before the name; the office is the one told before the comma.
            named.head = None;
            named.office = None;
            named.title = None;
            let government = self.title_government(index, t);
            let kinds = self.kinds(t, government);
            let holder = government.and_then(|g| self.office_holder(g, &kinds, &self.items[index].head));
            let named_so = |person: &u32| {
                let words = name_words(&self.world.people[*person as usize].name);
                self.items[next].name.iter().all(|w| words.contains(w))
            };
            named.person = named.person.or(holder.filter(named_so));
        }
        let mut government = self.title_government(index, t);
        let mut hint = t.clone();
        if t.counterpart {
            let (_, other) = self.counterpart(index, government);
            government = government.or(other);
        }
        if government.is_none() && t.determiner == Determiner::Whose {
            government = self.persons_before(index).find_map(|e| self.known[e].government);
        }
        if government.is_none() && t.determiner == Determiner::Indefinite {
            return None;
        }
        // "Spain's ambassador brought a letter. … the ambassador, Pedro Soto": he of whom there was word before.
        if government.is_none() && t.determiner == Determiner::The {
            let (title, head) = (self.items[index].title.to_lowercase(), self.items[index].head.clone());
            let nameless = |e: &usize| self.entities[*e].person.is_none() && self.can_be(*e, &title, &head, &[], 0);
            government = self.persons_before(index).find(nameless).and_then(|e| self.known[e].government);
        }
        hint.counterpart = t.counterpart;
        let entity = self.person(next, &named, Some((&hint, government)))?;
        if self.entities[entity].office.is_none() && !t.counterpart {
            let title = self.items[index].title.clone();
            self.entities[entity].office = (!title.is_empty()).then_some(title);
        }
        // The office between two commas comes to the name a second time.
        if self.linked[next].is_none() {
            self.mention(next, MentionKind::Name, entity);
        }
        Some(entity)
    }

    /// The named person right before a comma and this description.
    fn apposed_to(&self, index: usize, t: &Titled) -> Option<usize> {
        let mut from = index;
        // "Kumar, the ministry's Joint Secretary": the possessor stands between.
        if t.determiner == Determiner::Possessor && self.items[index].gap == Gap::Possessive {
            from = index.checked_sub(1)?;
        }
        let before = from.checked_sub(1)?;
        if self.items[from].gap != Gap::Comma || self.items[before].sentence != self.items[index].sentence {
            return None;
        }
        if !matches!(self.items[before].what, What::Person(_)) {
            return None;
        }
        let entity = self.linked[before]?;
        let known = &self.known[entity];
        let government = self.title_government(index, t);
        if let (Some(a), Some(b)) = (known.government, government)
            && self.world.governments[a as usize].code != self.world.governments[b as usize].code
        {
            return None;
        }
        Some(entity)
    }

    /// "the foreign ministers of South Korea, China and Japan", "U.S. officials", "his Turkish and Qatari counterparts".
    fn several(&mut self, index: usize, t: &Titled, government: Option<Gov>, kinds: &[Kind]) {
        let name = tidy(self.items[index].span.of(self.text));
        let mut governments = t.governments.clone();
        if governments.is_empty() && t.determiner == Determiner::Whose && !kinds.is_empty() {
            // "India and Pakistan … their foreign ministers": those of the sentence.
            let sentence = self.items[index].sentence;
            let here: Vec<usize> = (0..index)
                .rev()
                .take_while(|&i| self.items[i].sentence == sentence)
                .filter_map(|i| self.linked[i])
                .collect();
            governments = self
                .apart(here.into_iter().filter(|&e| self.entities[e].kind == EntityKind::Government))
                .into_iter()
                .filter_map(|e| self.known[e].government)
                .collect();
            governments.truncate(2);
            governments.reverse();
        }
        if governments.len() < 2 {
            let same = self
                .entities
                .iter()
                .position(|e| e.person.is_none() && e.kind == EntityKind::Person && e.name.eq_ignore_ascii_case(&name));
            let entity =
                same.unwrap_or_else(|| self.nameless(name, government, kinds, String::new(), t.former, true, 0));
            self.mention(index, MentionKind::Nominal, entity);
            return;
        }
        let mut members = Vec::new();
        let head = self.items[index].head.clone();
        for &g in &governments {
            let person = if t.former || is_anonymous(&head) {
                None
            } else if head == "leaders" {
                self.leader(g)
            } else {
                self.office_holder(g, kinds, &head)
            };
            let member = match person {
                Some(person) => match self.known.iter().position(|k| k.person == Some(person)) {
                    Some(entity) => entity,
                    None => self.world_entity(person, Some(g), kinds, "", false, 0),
                },
                None => {
                    let code = self.world.governments[g as usize].name.clone();
                    let title = self.items[index].title.clone();
                    self.nameless(format!("{title} of {code}"), Some(g), kinds, String::new(), t.former, false, 0)
                }
            };
            members.push(member);
        }
        self.make_group(index, name, members, MentionKind::Group);
    }

    fn make_group(&mut self, index: usize, name: String, mut members: Vec<usize>, kind: MentionKind) {
        members.dedup();
        let found = self.entities.iter().position(|e| e.kind == EntityKind::Group && e.members == members);
        let entity = found.unwrap_or_else(|| {
            let mut entity = plain(EntityKind::Group, name, None);
            entity.members = members;
            self.entity(entity, Known { plural: true, ..Known::default() })
        });
        self.mention(index, kind, entity);
    }

    /// "the two", "both sides", "the leaders".
    fn group(&mut self, index: usize, count: usize, people: bool) {
        let wanted = count.max(2);
        let candidates = self.candidates(index, people);
        let at = |back: usize| candidates.iter().filter(move |(_, b)| *b == back).map(|(e, _)| *e);
        let mut found: Vec<usize> = self.apart(at(0));
        if found.len() < wanted {
            // Members of a group spoken of before are as good as named.
            found = self.group_before(index, wanted, people).unwrap_or_default();
        }
        if found.is_empty() && count == 0 {
            // "the leaders" after a list of them.
            found = (0..4).map(|back| self.apart(at(back))).find(|members| members.len() >= 2).unwrap_or_default();
        }
        if found.is_empty() && !people {
            let alone = self.apart(at(1));
            found = if alone.len() == wanted {
                alone
            } else {
                (1..9)
                    .map(|reach| self.apart(candidates.iter().filter(|(_, back)| *back <= reach).map(|(e, _)| *e)))
                    .find(|members| members.len() >= wanted)
                    .unwrap_or_default()
            };
        }
        if found.is_empty() {
            // Those who were last named side by side.
            found = self.side_by_side(index, wanted, people).unwrap_or_default();
        }
        if found.is_empty() {
            // The nearest person, and the nearest of another government of like rank.
            let persons: Vec<usize> = candidates.iter().map(|(e, _)| *e).collect();
            if let Some(first) = persons.iter().copied().find(|e| self.rank(*e) < 8).or(persons.first().copied()) {
                found = vec![first];
                for alike in [true, false] {
                    for &other in &persons {
                        let apart =
                            found.iter().all(|&f| self.entities[f].government != self.entities[other].government);
                        let fits = !alike || self.rank(other) == self.rank(first);
                        if found.len() < wanted && apart && fits && (self.rank(other) < 8 || !alike) {
                            found.push(other);
                        }
                    }
                }
            }
        }
        if found.len() < 2 {
            return;
        }
        if count > 0 && found.len() > count {
            // More than were counted: those of whom the document speaks most.
            let mut ranked: Vec<(usize, usize)> =
                found.iter().enumerate().map(|(place, e)| (place, self.weight(*e))).collect();
            ranked.sort_by_key(|(place, weight)| (std::cmp::Reverse(*weight), *place));
            found = ranked.into_iter().take(count).map(|(place, _)| found[place]).collect();
        }
        found.sort_unstable();
        if !people {
            // The two countries are the governments themselves, whoever of them was named.
            found = found
                .iter()
                .map(|&e| match self.known[e].government {
                    Some(g) if self.entities[e].kind != EntityKind::Group => self.government(g),
                    _ => e,
                })
                .collect();
        }
        found.sort_unstable();
        let name = tidy(self.items[index].span.of(self.text));
        self.make_group(index, name, found, MentionKind::Group);
    }

    /// The members that the nearest sentence before names together, where it names just so many.
    fn side_by_side(&self, index: usize, wanted: usize, people: bool) -> Option<Vec<usize>> {
        let sentence = self.items[index].sentence;
        (1..9.min(sentence + 1)).find_map(|back| {
            let from = self.items[..index].partition_point(|i| i.sentence < sentence - back);
            let named = (from..index)
                .take_while(|&i| self.items[i].sentence == sentence - back)
                .filter_map(|i| self.linked[i])
                .filter(|&e| self.is_candidate(e, index, people) && (!people || self.rank(e) < 8));
            let members = self.apart(named);
            (members.len() == wanted).then_some(members)
        })
    }

    /// Whether an entity may be a member of the group that stands at `index`.
    fn is_candidate(&self, entity: usize, index: usize, people: bool) -> bool {
        let record = &self.entities[entity];
        let head = self.items[index].head.as_str();
        let fits = match record.kind {
            EntityKind::Person => !self.known[entity].plural && (!people || self.fits_plural(entity, head)),
            EntityKind::Government | EntityKind::Body => !people,
            _ => false,
        };
        fits && record.government.is_some() && !(record.former && people)
    }

    /// Those who may be members of a group: each once, the nearest first, with the number of sentences back.
    fn candidates(&self, index: usize, people: bool) -> Vec<(usize, usize)> {
        let sentence = self.items[index].sentence;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for before in (0..index).rev() {
            let item = &self.items[before];
            if item.sentence + 8 < sentence {
                break;
            }
            let Some(entity) = self.linked[before] else { continue };
            if self.is_candidate(entity, index, people) && found.iter().all(|(e, _)| *e != entity) {
                found.push((entity, sentence - item.sentence));
            }
        }
        found
    }

    /// The first of each government.
    fn apart(&self, entities: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for entity in entities {
            if found.iter().all(|&f| self.entities[f].government != self.entities[entity].government) {
                found.push(entity);
            }
        }
        found
    }

    /// The members of the last group of that size, in the few sentences before.
    fn group_before(&self, index: usize, wanted: usize, people: bool) -> Option<Vec<usize>> {
        let sentence = self.items[index].sentence;
        (0..index).rev().take_while(|&i| self.items[i].sentence + 3 >= sentence).find_map(|i| {
            let record = &self.entities[self.linked[i]?];
            let persons = record.members.iter().all(|&m| self.entities[m].kind == EntityKind::Person);
            (record.kind == EntityKind::Group && record.members.len() == wanted && persons == people)
                .then(|| record.members.clone())
        })
    }

    /// How much the document speaks of an entity's government.
    fn weight(&self, entity: usize) -> usize {
        let code = &self.entities[entity].government;
        let spoken: usize =
            self.entities.iter().zip(&self.known).filter(|(e, _)| e.government == *code).map(|(_, k)| k.count).sum();
        spoken + self.known[entity].government.map_or(0, |g| self.salience[g as usize])
    }

    /// The rank of a person's office: leaders, foreign ministers, soldiers … and, last, those who only speak for others.
    fn rank(&self, entity: usize) -> usize {
        match self.entities[entity].office_kind.as_deref().unwrap_or("") {
            "head_of_state" | "head_of_government" | "deputy_head_of_state" | "crown_prince" | "political_chief" => 0,
            "president_commission" | "president_council" | "secretary_general" => 0,
            "foreign_minister" | "foreign_secretary" | "deputy_foreign_minister" | "high_representative" => 1,
            "defense_minister" => 2,
            "military_chief" | "dgmo" => 3,
            "national_security_adviser" | "intelligence_chief" => 4,
            kind if kind.starts_with("spokesperson") => 8,
            _ => 5,
        }
    }

    /// Whether a person is one of "the ministers", "the presidents", "the leaders".
    fn fits_plural(&self, entity: usize, head: &str) -> bool {
        let record = &self.entities[entity];
        let kind = record.office_kind.as_deref().unwrap_or("");
        let office = record.office.as_deref().unwrap_or("").to_lowercase();
        if kind.is_empty() && office.is_empty() {
            // A counterpart by name alone may be whatever the other is.
            return true;
        }
        match head {
            "presidents" => office.contains("president"),
            "ministers" => kind.contains("minister") || kind == "head_of_government" || office.contains("secretary"),
            "officers" | "generals" | "commanders" => {
                matches!(kind, "military_chief" | "dgmo" | "spokesperson_military")
            }
            "premiers" | "chancellors" => kind == "head_of_government",
            "leaders" => {
                kind.starts_with("head_of")
                    || kind.starts_with("deputy_head")
                    || kind == "political_chief"
                    || kind == "crown_prince"
                    || kind == "president_commission"
                    || kind == "president_council"
                    || kind == "secretary_general"
            }
            _ => true,
        }
    }
}

/// An entity that is no person.
fn plain(kind: EntityKind, name: String, government: Option<String>) -> Entity {
    Entity { kind, name, person: None, government, office: None, office_kind: None, former: false, members: Vec::new() }
}

/// Whether a noun tells no office of which there is one holder.
fn is_common_title(head: &str) -> bool {
    head.starts_with("spokes")
        || matches!(
            head,
            "director"
                | "adviser"
                | "advisor"
                | "aide"
                | "official"
                | "chief"
                | "head"
                | "representative"
                | "minister"
                | "president"
                | "chairman"
                | "commander"
                | "general"
        )
}

/// Whether a noun names nobody in particular.
fn is_anonymous(head: &str) -> bool {
    matches!(
        head,
        "official"
            | "officials"
            | "source"
            | "sources"
            | "diplomat"
            | "diplomats"
            | "aide"
            | "aides"
            | "adviser"
            | "advisor"
            | "advisers"
            | "advisors"
            | "officer"
            | "officers"
            | "representative"
            | "representatives"
            | "lawmaker"
            | "lawmakers"
            | "legislator"
            | "senator"
            | "senators"
            | "politician"
            | "negotiator"
            | "negotiators"
            | "delegate"
            | "delegates"
            | "deputies"
            | "deputy"
            | "congressman"
            | "congresswoman"
            | "parliamentarian"
            | "parliamentarians"
            | "cleric"
            | "general"
            | "generals"
            | "commanders"
            | "governor"
            | "mayor"
    )
}

/// Whether a noun tells a state office, whatever its field.
fn is_ministerial(head: &str) -> bool {
    matches!(
        head,
        "minister"
            | "secretary"
            | "ambassador"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "undersecretary"
            | "adviser"
            | "advisor"
            | "coordinator"
            | "premier"
    )
}

/// Whether an office is a deputy's where the title is not.
fn deputises(office: &str, title: &str) -> bool {
    ["deputy", "vice", "assistant", "spokes"].iter().any(|word| office.contains(word) && !title.contains(word))
}

/// A name or title with its white space folded.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The words of a name for comparison: see [`skeleton`]. Initials written together or apart are alike ("M.K.", "MK").
pub(super) fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in super::lexicon::pieces(name) {
        if !piece.text.chars().any(char::is_alphanumeric) || matches!(piece.text, "Jr" | "Sr" | "II" | "III") {
            continue;
        }
        words.push(skeleton(piece.text));
    }
    words
}

/// One form for the usual ways of writing a word of a name in Latin letters: "Sergei", "Sergey"; "Lavrov", "Lawrow";
/// "Zelensky", "Zelenskyy", "Zelenskiy"; "Mohammed", "Muhammad".
pub(super) fn skeleton(word: &str) -> String {
    let mut folded = super::lexicon::fold(word).into_owned();
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
    } else {
        folded = folded.to_lowercase();
    }
    match folded.as_str() {
        "mohammed" | "muhammad" | "mohamed" | "mohammad" | "muhammed" | "mohamad" | "mohamud" => {
            return "mohamad".to_string();
        }
        "aleksandr" | "aleksander" => return "alexander".to_string(),
        "mehmood" | "mahmood" | "mehmud" => return "mahmud".to_string(),
        _ => {}
    }
    let mut out = String::with_capacity(folded.len());
    let mut last = '\0';
    let mut chars = folded.chars().peekable();
    while let Some(a) = chars.next() {
        let b = chars.peek().copied().unwrap_or(' ');
        let first = last == '\0';
        let (to, both) = match (a, b) {
            ('w', _) if !first => ('v', false),
            ('e' | 'i' | 'y', 'y' | 'i') => ('i', true),
            ('y', _) if !first => ('i', false),
            ('o', 'u' | 'o') => ('u', true),
            ('p', 'h') => ('f', true),
            ('k', 'h') => ('h', true),
            ('q', _) if !first => ('k', false),
            (a, _) => (a, false),
        };
        if both {
            chars.next();
        }
        if to != last || to.is_numeric() {
            out.push(to);
        }
        last = to;
    }
    out
}

/// As [`matches`]; with `first_name`, the first name alone is as good as the family name.
fn answers(known: &[String], name: &[String], family_first: bool, first_name: bool) -> i32 {
    let first = first_name && name.len() == 1 && known.first() == name.first();
    matches(known, name, family_first).max(if first { 3 } else { 0 })
}

/// How well a name answers to another: 5 the same, 4 the same family name and no other given name, 3 the family name alone,
/// 2 the family name with an initial, 1 another part of it, 0 not at all.
pub(super) fn matches(known: &[String], name: &[String], family_first: bool) -> i32 {
    if known.is_empty() || name.is_empty() {
        return 0;
    }
    if known == name {
        return 5;
    }
    let strong = |w: &String| w.chars().count() > 1;
    if name.len() == 1 {
        let word = &name[0];
        let family = if family_first { known.first() } else { known.last() };
        if family == Some(word) {
            return 3;
        }
        if known.len() > 2 && known[1..].contains(word) && word.len() > 3 {
            return 2;
        }
        return i32::from(known.contains(word) && word.len() > 2);
    }
    if known.len() == 1 {
        return if name.last() == known.last() || name.first() == known.first() { 3 } else { 0 };
    }
    // "bin Salman", "López Obrador", "Suu Kyi".
    if known.ends_with(name) || family_first && known.starts_with(name) {
        return 4;
    }
    let (short, long) = if name.len() <= known.len() { (name, known) } else { (known, name) };
    let family = |words: &[String]| if family_first { words.first().cloned() } else { words.last().cloned() };
    if family(known) != family(name)
        && !(short.iter().filter(|w| strong(w)).all(|w| long.contains(w)) && short.len() > 1)
    {
        return 0;
    }
    // "Cho Hyun" is not "Cho Hyun-dong": where the family name goes first, each syllable of the given name counts.
    if family_first && known.len() < name.len() && known.len() == 2 {
        return 0;
    }
    // Given names must agree, or be initials of one another.
    let agrees = |a: &String, b: &String| {
        a == b || (!strong(a) || !strong(b)) && a.chars().next() == b.chars().next() || nickname(a, b) || nickname(b, a)
    };
    if known.len() == name.len() && !known.iter().zip(name).all(|(a, b)| agrees(a, b)) {
        return if short.iter().all(|w| long.contains(w)) { 4 } else { 0 };
    }
    if agrees(&known[0], &name[0]) && known.last() == name.last() {
        return 4;
    }
    if short.iter().all(|w| long.contains(w)) {
        return 4;
    }
    // "MK" and "M", "K".
    let initials = |words: &[String]| words[..words.len() - 1].concat();
    if known.last() == name.last() && initials(known) == initials(name) {
        return 5;
    }
    0
}

/// Short forms of given names that the press uses.
fn nickname(short: &str, long: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("joe", "josef"),
        ("bil", "viliam"),
        ("bil", "wiliam"),
        ("jim", "james"),
        ("bob", "robert"),
        ("dick", "richard"),
        ("mike", "michael"),
        ("tony", "antoni"),
        ("tony", "anthoni"),
        ("chuck", "charles"),
        ("tom", "thomas"),
        ("dan", "daniel"),
        ("pat", "patrick"),
        ("liz", "elizabeth"),
        ("ken", "kenneth"),
        ("nick", "nicholas"),
        ("ben", "benjamin"),
        ("steve", "steven"),
        ("ed", "edward"),
        ("ted", "edward"),
        ("rob", "robert"),
        ("matt", "mathev"),
    ];
    PAIRS.iter().any(|(s, l)| *s == short && *l == long) || short.len() >= 3 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("Lavrov", "Lawrow"),
            ("Sergei", "Sergey"),
            ("Zelensky", "Zelenskyy"),
            ("Zelenskiy", "Zelensky"),
            ("Erdoğan", "Erdogan"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("Kerry"), skeleton("Perry"));
    }

    #[test]
    fn names_answer_to_family_names_only_where_they_stand() {
        let m = |known: &str, name: &str, first| matches(&name_words(known), &name_words(name), first);
        assert_eq!(m("John Kerry", "Kerry", false), 3);
        assert_eq!(m("Xi Jinping", "Xi", true), 3);
        assert_eq!(m("Hillary Clinton", "Bill Clinton", false), 0);
        assert!(m("John Kerry", "John F. Kerry", false) >= 4);
        assert!(m("M. K. Narayanan", "MK Narayanan", false) >= 4);
        assert!(m("Mohammed bin Salman", "bin Salman", false) >= 4);
    }
}
