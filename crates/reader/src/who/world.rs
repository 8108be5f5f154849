//! The tables of who is who, compiled for matching.

use super::lexicon::{Map, Trie, Vocabulary, WordId, fold, pieces};
use super::tables::{Days, Rows, YEAR};
use super::words::{self, Classes};

/// Index of a government (a state, an organization or an authority) in [`World::governments`].
pub(super) type Gov = u16;

/// Index of a kind of office in [`World::kinds`].
pub(super) type Kind = u8;

/// How a phrase names a government.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Its name or abbreviation.
    Name,
    /// Its adjective ("Russian", "U.S.").
    Adjective,
    /// Its people ("Russians").
    People,
    /// Its capital.
    Capital,
    /// A house or agency that stands for it.
    Metonym,
}

/// What a phrase of the tables stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A government.
    Government(Gov, Form),
    /// A person's full name.
    Person(u32),
    /// A title; index in [`World::offices`].
    Office(u16),
    /// A body that speaks for a government; index in [`World::offices`].
    Body(u16),
    /// A newspaper, agency or broadcaster; index in [`World::outlets`].
    Outlet(u16),
    /// A city or region that stands for no government, and the country that it lies in.
    Place(Option<Gov>),
}

/// A state, an organization or an authority.
pub(super) struct Government {
    /// ISO 3166-1 alpha-3, or the organization's code, as the record prints it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is an organization or an authority rather than a state.
    pub organization: bool,
    /// `igo`, `un_body`, `authority` …; a state's status.
    pub kind: String,
}

/// A row of `offices.csv`.
pub(super) struct Office {
    /// The government; `None` for any country.
    pub government: Option<Gov>,
    /// Its kind.
    pub kind: Kind,
}

/// A row of `people.csv`.
pub(super) struct Person {
    /// The name.
    pub name: String,
    /// Which of [`World::tenures`] are theirs.
    pub tenures: std::ops::Range<u32>,
    /// Whether the family name stands first.
    pub family_first: bool,
    /// Whether the first name alone may stand for the person.
    pub first_name: bool,
}

/// A row of `tenures.csv`.
pub(super) struct Tenure {
    /// The person.
    pub person: u32,
    /// The government.
    pub government: Gov,
    /// The kind of office.
    pub kind: Kind,
    /// Index in [`World::titles`].
    pub title: u16,
    /// First day at the earliest and at the latest.
    pub start: Days,
    /// Last day; far in the future where none is told.
    pub end: Days,
}

/// A row of `outlets.csv`.
pub(super) struct Outlet {
    /// The name.
    pub name: String,
    /// The country where it is published.
    pub country: Option<Gov>,
    /// The government that it speaks for, where it is a state's.
    pub state: Option<Gov>,
    /// Whether its name is a common word that needs "the" ("the Guardian").
    pub article: bool,
}

/// The texts of tables: CSV with a header row, the columns as in `data/world/README.md`. Any of them may be empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables<'a> {
    /// `countries.csv`.
    pub countries: &'a str,
    /// `organizations.csv`.
    pub organizations: &'a str,
    /// `offices.csv`.
    pub offices: &'a str,
    /// `people.csv`.
    pub people: &'a str,
    /// `tenures.csv`.
    pub tenures: &'a str,
    /// `outlets.csv`.
    pub outlets: &'a str,
    /// `places.csv`.
    pub places: &'a str,
    /// `personal_names.csv`.
    pub personal_names: &'a str,
    /// `well_known.csv`.
    pub well_known: &'a str,
}

impl Tables<'static> {
    /// The tables that ship with the program.
    pub const SHIPPED: Tables<'static> = SHIPPED;
}

const SHIPPED: Tables = Tables {
    countries: include_str!("../../data/world/countries.csv"),
    organizations: include_str!("../../data/world/organizations.csv"),
    offices: include_str!("../../data/world/offices.csv"),
    people: include_str!("../../data/world/people.csv"),
    tenures: include_str!("../../data/world/tenures.csv"),
    outlets: include_str!("../../data/world/outlets.csv"),
    places: include_str!("../../data/world/places.csv"),
    personal_names: include_str!("../../data/world/personal_names.csv"),
    well_known: include_str!("../../data/world/well_known.csv"),
};

/// What a row of `well_known.csv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WellKnown {
    /// A company, party, club, armed group or the like.
    Organization,
    /// A place.
    Place,
    /// Nobody and nowhere ("GDP", "Brexit", "Muslims").
    Other,
}

/// A word of `personal_names.csv` that is a given name.
pub(super) const GIVEN: u8 = 8;
/// A word of `personal_names.csv` that is a family name.
pub(super) const FAMILY: u8 = 16;

/// The tables of who is who, compiled for matching.
pub struct World {
    pub(super) words: Vocabulary,
    /// By word: the classes of `words.rs` that hold it.
    pub(super) classes: Vec<Classes>,
    /// By word: whether it is a man's (1) or a woman's (2) given name, a family name that stands first (4), [`GIVEN`] or
    /// [`FAMILY`].
    pub(super) given: Vec<u8>,
    /// The singular of the plurals among the words for holders of an office.
    pub(super) singular: Map<WordId, WordId>,
    /// Names, as they are written.
    pub(super) names: Trie<Entry>,
    /// Names that only [`super::names`] looks up.
    pub(super) well_known: Trie<WellKnown>,
    /// Titles and bodies, lower case.
    pub(super) titles_trie: Trie<Entry>,
    pub(super) governments: Vec<Government>,
    pub(super) kinds: Vec<String>,
    pub(super) offices: Vec<Office>,
    pub(super) people: Vec<Person>,
    /// Ordered by person.
    pub(super) tenures: Vec<Tenure>,
    /// Indices into `tenures`, ordered by government and kind.
    pub(super) holders: Vec<u32>,
    pub(super) titles: Vec<String>,
    pub(super) outlets: Vec<Outlet>,
    /// Words of people's names, by [`part_key`], each with a person, ordered.
    pub(super) parts: Vec<(u32, u32)>,
    /// By government: whether the head of government leads.
    pub(super) led_by_government: Vec<bool>,
    /// By word: whether a name that consists of it needs the document to have told it in full.
    pub(super) risky: Vec<bool>,
}

impl World {
    /// The tables that ship with the program.
    pub fn shipped() -> World {
        World::with(&Tables::default())
    }

    /// The tables that ship with the program, and rows of one's own after them. Rows that name an unknown person or
    /// government are left out.
    pub fn with(own: &Tables) -> World {
        let mut world = World {
            words: Vocabulary::with_capacity(24_000),
            classes: Vec::new(),
            given: Vec::new(),
            singular: Map::default(),
            names: Trie::with_capacity(40_000),
            well_known: Trie::with_capacity(2_000),
            titles_trie: Trie::with_capacity(4_000),
            governments: Vec::new(),
            kinds: Vec::new(),
            offices: Vec::new(),
            people: Vec::new(),
            tenures: Vec::new(),
            holders: Vec::new(),
            titles: Vec::new(),
            outlets: Vec::new(),
            parts: Vec::new(),
            led_by_government: Vec::new(),
            risky: Vec::new(),
        };
        let mut ids = Ids::default();
        world.add_singulars();
        for tables in [&SHIPPED, own] {
            world.add_countries(tables.countries, &mut ids);
            world.add_organizations(tables.organizations, &mut ids);
        }
        for tables in [&SHIPPED, own] {
            world.add_offices(tables.offices, &mut ids);
            world.add_outlets(tables.outlets, &ids);
            world.add_people(tables.people, &mut ids);
            world.add_places(tables.places, &ids);
        }
        world.prefer_defaults(include_str!("../../data/world/ambiguous_forms.csv"));
        for tables in [&SHIPPED, own] {
            world.add_tenures(tables.tenures, &mut ids);
        }
        world.tenures.sort_by_key(|t| t.person);
        for index in 0..world.tenures.len() {
            let person = world.tenures[index].person as usize;
            let range = &mut world.people[person].tenures;
            if range.end == 0 {
                range.start = index as u32;
            }
            range.end = index as u32 + 1;
        }
        for person in &mut world.people {
            let governs = |lands: &[&str]| {
                let tenures = &world.tenures[range(&person.tenures)];
                tenures.iter().any(|t| lands.contains(&world.governments[t.government as usize].code.as_str()))
            };
            let (family_first, first_name) = (governs(words::FAMILY_FIRST_LANDS), governs(words::FIRST_NAME_LANDS));
            (person.family_first, person.first_name) = (family_first, first_name);
        }
        world.holders = (0..world.tenures.len() as u32).collect();
        let tenures = &world.tenures;
        world.holders.sort_by_key(|&t| (tenures[t as usize].government, tenures[t as usize].kind, t));
        world.add_parts();
        world.led_by_government =
            world.governments.iter().map(|g| words::LED_BY_GOVERNMENT.contains(&g.code.as_str())).collect();
        world.add_classes();
        for tables in [&SHIPPED, own] {
            world.add_personal_names(tables.personal_names);
            world.add_well_known(tables.well_known);
        }
        world
    }

    /// Puts the state that a form of several means where nothing else tells ("Congo") before the others.
    fn prefer_defaults(&mut self, text: &str) {
        let mut rows = Rows::new(text);
        let [form, claimants, default] = rows.places(["form", "claimants", "default"]);
        while rows.advance() {
            let state = rows.get(default);
            if !rows.get(claimants).contains('|') || state.len() != 3 {
                continue;
            }
            let Some(gov) = self.governments.iter().position(|g| g.code == state) else { continue };
            let phrase = self.phrase(rows.get(form));
            let Some((length, node)) = self.names.longest(&phrase) else { continue };
            let meant = |e: &Entry| matches!(e, Entry::Government(g, _) if usize::from(*g) == gov);
            let entry = self.names.at(node).find(meant).filter(|_| length == phrase.len());
            if let Some(entry) = entry {
                self.names.put_first(node, entry);
            }
        }
    }

    fn add_countries(&mut self, text: &str, ids: &mut Ids) {
        let mut rows = Rows::new(text);
        let [iso3, name, official, adjectives, demonyms, capitals, metonyms, aliases, historic, status] =
            rows.places([
                "iso3",
                "name",
                "official_name",
                "adjectives",
                "demonyms",
                "capitals",
                "metonyms",
                "aliases",
                "historic",
                "status",
            ]);
        while rows.advance() {
            let gov = self.government(rows.get(iso3), rows.get(name), false, rows.get(status), ids);
            for form in rows.list(adjectives) {
                self.name(form, Entry::Government(gov, Form::Adjective));
            }
            // "Russian" is an adjective here; only forms that are nothing else mean the people.
            let people: Vec<&str> =
                rows.list(demonyms).filter(|d| !rows.list(adjectives).any(|a| a == *d) || *d == "Chinese").collect();
            for form in people.into_iter().filter(|form| *form != "Chinese") {
                self.name(form, Entry::Government(gov, Form::People));
            }
            for form in [name, official].into_iter().flat_map(|c| rows.list(c)) {
                self.name(form, Entry::Government(gov, Form::Name));
            }
            for form in rows.list(aliases).chain(rows.list(historic)) {
                let adjective = rows.list(historic).any(|h| h == form) && is_adjective(form);
                self.name(form, Entry::Government(gov, if adjective { Form::Adjective } else { Form::Name }));
            }
            for form in rows.list(capitals) {
                self.name(form, Entry::Government(gov, Form::Capital));
            }
            for form in rows.list(metonyms) {
                let capital = rows.list(capitals).any(|c| c == form);
                self.name(form, Entry::Government(gov, if capital { Form::Capital } else { Form::Metonym }));
            }
        }
    }

    fn add_organizations(&mut self, text: &str, ids: &mut Ids) {
        let mut rows = Rows::new(text);
        let [id, kind, name, abbreviations, aliases, metonyms] =
            rows.places(["id", "kind", "name", "abbreviations", "aliases", "metonyms"]);
        while rows.advance() {
            // Listed in the table so that it is not read as a country; it is nobody that one can meet.
            if rows.get(id) == "THEWEST" {
                continue;
            }
            let whole = words::PART_OF.iter().find(|(part, _)| *part == rows.get(id)).map(|(_, whole)| *whole);
            let code = whole.unwrap_or(rows.get(id));
            let gov = self.governments.len() as Gov;
            self.governments.push(Government {
                code: code.to_string(),
                name: rows.get(name).to_string(),
                organization: true,
                kind: rows.get(kind).to_string(),
            });
            ids.governments.insert(rows.get(id).to_string(), gov);
            for form in [name, abbreviations, aliases].into_iter().flat_map(|c| rows.list(c)) {
                self.name(form, Entry::Government(gov, Form::Name));
            }
            for form in rows.list(metonyms).filter(|form| *form == "Brussels") {
                self.name(form, Entry::Government(gov, Form::Capital));
            }
        }
    }

    fn add_offices(&mut self, text: &str, ids: &mut Ids) {
        let mut rows = Rows::new(text);
        let [jurisdiction, kind, titles] = rows.places(["jurisdiction", "kind", "titles"]);
        let mut of_any = Vec::new();
        while rows.advance() {
            if rows.get(jurisdiction) == "*" {
                of_any.extend(rows.list(titles).map(str::to_string));
            }
        }
        let mut rows = Rows::new(text);
        while rows.advance() {
            let government = ids.governments.get(rows.get(jurisdiction)).copied();
            if government.is_none() && rows.get(jurisdiction) != "*" {
                continue;
            }
            let kind_id = self.kind(rows.get(kind), ids);
            let body = rows.get(kind) == "institution";
            for title in rows.list(titles) {
                // People, not a body.
                if title == "officials" {
                    continue;
                }
                // "President of Kenya": the matcher finds the office, and reads after it whose it is.
                let (office, land) = title.split_once(" of ").unwrap_or((title, ""));
                let land = self.phrase(land);
                let own = self.names.longest(&land).is_some_and(|(length, node)| {
                    let is_own = |e| matches!(e, Entry::Government(g, Form::Name) if Some(g) == government);
                    length == land.len() && self.names.at(node).any(is_own)
                });
                let title = if own && !land.is_empty() { office } else { title };
                // Each title is an office of its own for the matcher: a body's name is the words that it is called by.
                let office = self.offices.len() as u16;
                let entry = if body { Entry::Body(office) } else { Entry::Office(office) };
                let phrase = self.phrase(title);
                if title.chars().any(char::is_lowercase) {
                    let lower = title.to_lowercase();
                    let mut phrase = self.phrase(&lower);
                    for word in &mut phrase {
                        *word = self.singular.get(word).copied().unwrap_or(*word);
                    }
                    self.titles_trie.add(&phrase, entry);
                } else {
                    self.names.add(&phrase, entry);
                }
                // "Envoy", "MFA": what every government has tells of none.
                let shared = matches!(rows.get(kind), "institution" | "ambassador" | "special_envoy")
                    && of_any.iter().any(|form| form.eq_ignore_ascii_case(title));
                let government = government.filter(|_| !shared);
                self.offices.push(Office { government, kind: kind_id });
            }
        }
    }

    fn add_people(&mut self, text: &str, ids: &mut Ids) {
        let mut rows = Rows::new(text);
        let [id, name, aliases] = rows.places(["id", "name", "aliases"]);
        while rows.advance() {
            let person = self.people.len() as u32;
            ids.people.insert(rows.get(id).to_string(), person);
            for form in [name, aliases].into_iter().flat_map(|c| rows.list(c)) {
                let phrase = self.phrase(form);
                // A single word would be a surname or a given name of many.
                if phrase.len() > 1 {
                    self.names.add(&phrase, Entry::Person(person));
                }
                for word in super::link::name_words(form) {
                    self.parts.push((part_key(&word), person));
                }
            }
            self.people.push(Person {
                name: rows.get(name).to_string(),
                tenures: 0..0,
                family_first: false,
                first_name: false,
            });
        }
    }

    fn add_tenures(&mut self, text: &str, ids: &mut Ids) {
        let mut rows = Rows::new(text);
        let [person, jurisdiction, kind, title, start, end, source] =
            rows.places(["person", "jurisdiction", "kind", "title", "start", "end", "source"]);
        while rows.advance() {
            let (Some(&person), Some(&government)) =
                (ids.people.get(rows.get(person)), ids.governments.get(rows.get(jurisdiction)))
            else {
                continue;
            };
            let kind = self.kind(rows.get(kind), ids);
            let fresh = self.titles.len() as u16;
            let title = match ids.titles.get(rows.get(title)) {
                Some(known) => *known,
                None => {
                    self.titles.push(rows.get(title).to_string());
                    ids.titles.insert(rows.get(title).to_string(), fresh);
                    fresh
                }
            };
            let start = Days::parse(rows.get(start)).unwrap_or(Days { first: i32::MIN, last: i32::MIN });
            let mut end = Days::parse(rows.get(end)).unwrap_or(Days { first: i32::MAX, last: i32::MAX });
            // The last day attested is not the day of leaving.
            if rows.get(source).contains("end=last-seen") {
                end.last += YEAR;
            }
            self.tenures.push(Tenure { person, government, kind, title, start, end });
        }
    }

    fn add_outlets(&mut self, text: &str, ids: &Ids) {
        let mut rows = Rows::new(text);
        let [name, aliases, country, state] = rows.places(["name", "aliases", "country", "state"]);
        while rows.advance() {
            let outlet = self.outlets.len() as u16;
            let mut article = false;
            for form in [name, aliases].into_iter().flat_map(|c| rows.list(c)) {
                self.name(form, Entry::Outlet(outlet));
                article |= form.strip_prefix("The ").is_some_and(|rest| !rest.contains(' '));
            }
            let government = |place| ids.governments.get(rows.get(place)).copied();
            let (country, state) = (government(country), government(state));
            self.outlets.push(Outlet { name: rows.get(name).to_string(), country, state, article });
        }
    }

    fn add_places(&mut self, text: &str, ids: &Ids) {
        let mut rows = Rows::new(text);
        let [name, country] = rows.places(["name", "country"]);
        while rows.advance() {
            let phrase = self.phrase(rows.get(name));
            // A capital or a metonym goes before: it can speak.
            let taken = self.names.longest(&phrase).is_some_and(|(length, _)| length == phrase.len());
            if !taken {
                self.names.add(&phrase, Entry::Place(ids.governments.get(rows.get(country)).copied()));
            }
        }
    }

    /// Names that stand for no government, and capitalised words that are no names.
    fn add_well_known(&mut self, text: &str) {
        let mut rows = Rows::new(text);
        let [kind, names] = rows.places(["kind", "names"]);
        while rows.advance() {
            let kind = match rows.get(kind) {
                "organization" => WellKnown::Organization,
                "place" => WellKnown::Place,
                _ => WellKnown::Other,
            };
            for name in rows.list(names) {
                let phrase = self.phrase(name);
                self.well_known.add(&phrase, kind);
            }
        }
    }

    /// Given and family names, whoever has them.
    fn add_personal_names(&mut self, text: &str) {
        let mut rows = Rows::new(text);
        let [kind, names] = rows.places(["kind", "words"]);
        while rows.advance() {
            let bit = if rows.get(kind) == "given" { GIVEN } else { FAMILY };
            for name in rows.list(names) {
                for word in pieces(name) {
                    let word = self.words.add(&fold(word.text)) as usize;
                    if self.given.len() <= word {
                        self.given.resize(word + 1, 0);
                    }
                    self.given[word] |= bit;
                }
            }
        }
    }

    fn add_parts(&mut self) {
        self.parts.sort_unstable();
        self.parts.dedup();
    }

    fn add_singulars(&mut self) {
        let plurals =
            words::WORDS.iter().filter(|(class, _)| *class == words::HOLDERS).flat_map(|(_, l)| l.split_whitespace());
        for plural in plurals {
            let singular = match plural {
                "spokespeople" => "spokesperson".to_string(),
                _ => match (plural.strip_suffix("ies"), plural.strip_suffix("men"), plural.strip_suffix('s')) {
                    (Some(stem), ..) => format!("{stem}y"),
                    (_, Some(stem), _) => format!("{stem}man"),
                    (_, _, Some(stem)) => stem.to_string(),
                    _ => continue,
                },
            };
            let (plural, singular) = (self.words.add(plural), self.words.add(&singular));
            self.singular.insert(plural, singular);
        }
    }

    fn add_classes(&mut self) {
        let mut classed: Vec<(WordId, Classes)> = Vec::new();
        for (class, list) in words::WORDS {
            for word in list.split_whitespace() {
                classed.push((self.words.add(word), *class));
            }
        }
        let mut given: Vec<(WordId, u8)> = Vec::new();
        for (gender, list) in [(1, words::MEN), (2, words::WOMEN), (4, words::FAMILY_FIRST)] {
            for name in list.split_whitespace() {
                given.push((self.words.add(name), gender));
            }
        }
        let risky: Vec<WordId> = words::RISKY.split_whitespace().map(|w| self.words.add(w)).collect();
        self.classes = vec![0; self.words.len()];
        for (word, class) in classed {
            self.classes[word as usize] |= class;
        }
        self.given = vec![0; self.words.len()];
        for (word, gender) in given {
            self.given[word as usize] |= gender;
        }
        self.risky = vec![false; self.words.len()];
        for word in risky {
            self.risky[word as usize] = true;
        }
    }

    fn government(&mut self, code: &str, name: &str, organization: bool, kind: &str, ids: &mut Ids) -> Gov {
        if let Some(&known) = ids.governments.get(code) {
            return known;
        }
        let gov = self.governments.len() as Gov;
        self.governments.push(Government {
            code: code.to_string(),
            name: name.to_string(),
            organization,
            kind: kind.to_string(),
        });
        ids.governments.insert(code.to_string(), gov);
        gov
    }

    fn kind(&mut self, name: &str, ids: &mut Ids) -> Kind {
        if let Some(&known) = ids.kinds.get(name) {
            return known;
        }
        let kind = self.kinds.len() as Kind;
        self.kinds.push(name.to_string());
        ids.kinds.insert(name.to_string(), kind);
        kind
    }

    /// The words of a phrase, as numbers, a leading "the" dropped.
    fn phrase(&mut self, text: &str) -> Vec<WordId> {
        let text = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
        pieces(text).map(|piece| self.words.add(&fold(piece.text))).collect()
    }

    fn name(&mut self, form: &str, entry: Entry) {
        let phrase = self.phrase(form);
        self.names.add(&phrase, entry);
    }
}

/// A number for a word of a name. Two words may share one, so whoever looks up compares the names.
pub(super) fn part_key(word: &str) -> u32 {
    use std::hash::Hasher;
    let mut hasher = super::lexicon::Quick::default();
    hasher.write(word.as_bytes());
    hasher.finish() as u32
}

/// Identifiers of the tables while they are read.
#[derive(Default)]
struct Ids {
    governments: Map<String, Gov>,
    people: Map<String, u32>,
    kinds: Map<String, Kind>,
    titles: Map<String, u16>,
}

/// Adjectives among the historic forms ("Soviet", "West German").
fn is_adjective(form: &str) -> bool {
    matches!(form, "Soviet" | "Yugoslav" | "Czechoslovak" | "Ottoman" | "Rhodesian" | "Siamese" | "Zairian" | "Zairean")
        || form.ends_with(" German")
        || form.ends_with(" Vietnamese")
        || form.ends_with(" Yemeni")
}

pub(super) fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}
