//! Questions to the record.

use crate::days::{self, Day};
use crate::error::{Result, StoreError};
use crate::filter::{Cursor, Filter, UNDATED};
use crate::merging::{State, Told, contact_from, days_of, founding_key, join, load_record};
use crate::opening::Store;
use crate::text::Characters;
use crate::writing::{known_from_json, unpack};
use reader::Known;
use reader::codes::{StatementKind, Status, StepKind};
use reader::record::{DocumentRecord, MergedContact, Party, Statement};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A contact as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The contact.
    #[serde(flatten)]
    pub contact: MergedContact,
    /// How it came to stand in the record.
    #[serde(with = "state_name")]
    pub state: State,
    /// How many independent texts tell of it: copies of one origin count once.
    pub sources: usize,
}

impl Shown {
    /// Its place in the order of contacts: a page that ends with it goes on from there.
    pub fn cursor(&self) -> Cursor {
        cursor_of(&self.contact)
    }
}

mod state_name {
    use super::State;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(state.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
        let name = String::deserialize(deserializer)?;
        State::parse(&name).ok_or_else(|| serde::de::Error::custom("no such state"))
    }
}

/// A page of answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The answers, in order.
    pub items: Vec<T>,
    /// Where the next page begins, where there is one.
    pub next: Option<Cursor>,
}

/// One document of the record, without what was found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Row number.
    #[serde(skip)]
    pub id: i64,
    /// Its path when it was read.
    pub path: String,
    /// Where it was got.
    pub url: Option<String>,
    /// Digest of its bytes.
    pub sha256: String,
    /// Which revision of its address it is, from 1.
    pub revision: i64,
    /// Whether it is the latest.
    pub current: bool,
    /// When it was recorded, UTC.
    pub recorded: String,
    /// The version of the program that read it.
    pub reader: String,
    /// Headline.
    pub title: Option<String>,
    /// Where it stood.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub origin: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The path of the document that it copies, where it copies one.
    pub copy_of: Option<String>,
    /// `exact`, `near` or `excerpt`.
    pub copy_kind: Option<String>,
}

/// A statement with the document that it stands in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementHit {
    /// The statement.
    #[serde(flatten)]
    pub statement: Statement,
    /// Path of its document.
    pub document: String,
    /// Where it stood.
    pub outlet: Option<String>,
    /// When the document was published.
    pub published: Option<String>,
}

/// Which statements are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementFilter {
    /// The speaker's government is one of these.
    pub governments: Vec<String>,
    /// Part of the speaker's name, in any case.
    pub person: Option<String>,
    /// Quoted or reported.
    pub kind: Option<StatementKind>,
    /// Words of its content, as [`Store::search`] takes them.
    pub words: Option<String>,
    /// Said on this day or later (where no day is told, published).
    pub from: Option<jiff::civil::Date>,
    /// Said on this day or earlier.
    pub to: Option<jiff::civil::Date>,
    /// Only documents published by then.
    pub as_of: Option<jiff::civil::Date>,
    /// At most that many.
    pub limit: Option<usize>,
    /// Only what comes after this place.
    pub after: Option<Cursor>,
}

/// Where words were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In an article's title or body.
    Article,
    /// In a statement.
    Statement,
    /// In the evidence of an account.
    Evidence,
}

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// The words, as [`Store::search`] takes them.
    pub words: String,
    /// Where to look.
    pub places: Vec<Place>,
    /// Only in documents published on this day or later.
    pub from: Option<jiff::civil::Date>,
    /// Only in documents published on this day or earlier.
    pub to: Option<jiff::civil::Date>,
    /// Only documents published by then.
    pub as_of: Option<jiff::civil::Date>,
    /// At most that many in each place.
    pub limit: usize,
    /// Only what comes after so many in each place.
    pub after: usize,
}

/// One place where words were found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// Path of the document.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// Where it stood.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The contact that the words are evidence for.
    pub contact: Option<String>,
    /// Who says the words, where they are a statement's.
    pub speaker: Option<String>,
    /// Some of the text around the first word found.
    pub snippet: String,
    /// First code point of the snippet in the document's text, where it is a stretch of it.
    pub start: Option<usize>,
    /// Whether the best come first; where more than [`RANKED`] places of one kind match, those recorded last do.
    pub ranked: bool,
}

/// Places of one kind that are put into order by how well they match. Common words stand in more, and weighing all of those
/// would take seconds and tell little.
pub const RANKED: usize = 5_000;

/// The rhythm of contacts between two governments, or between two people of different governments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The two people, in alphabetical order; left out where it is a pair of governments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<[String; 2]>,
    /// The two governments, in alphabetical order; of two people, those for which they were in touch last.
    pub governments: [String; 2],
    /// Contacts in all.
    pub contacts: usize,
    /// Contacts that took place.
    pub held: usize,
    /// Contacts a month, from the first month with one to the last: the mean.
    pub per_month: Option<f64>,
    /// Contacts in each month (`2013-02`) that has one.
    pub months: BTreeMap<String, usize>,
    /// Contacts that somebody asked for or tried.
    pub asked: usize,
    /// Of those, the share that stayed without an answer.
    pub unanswered_share: Option<f64>,
    /// Response times known, in days.
    pub response_times: usize,
    /// Their median.
    pub median_response_days: Option<f64>,
    /// How many contacts each of the two asked for.
    pub initiated: [usize; 2],
    /// From -1 (all by the second) to 1 (all by the first); unknown where no initiator is.
    pub initiator_balance: Option<f64>,
    /// Contacts on which accounts disagree.
    pub disputed: usize,
}

/// Documents that were read for some parties and a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// Documents published in the period.
    pub documents: usize,
    /// Of these, how many name every party.
    pub naming: usize,
    /// Of these, how many tell of a contact between them.
    pub telling: usize,
    /// The same three for each month (`2013-02`).
    pub months: BTreeMap<String, [usize; 3]>,
    /// The same three for each outlet.
    pub outlets: BTreeMap<String, [usize; 3]>,
    /// Documents without a date, which belong to no period.
    pub undated: usize,
}

/// A text that was published more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Family {
    /// The document in which it stood first.
    pub origin: DocumentRow,
    /// Its copies, oldest first.
    pub copies: Vec<DocumentRow>,
}

/// What is kept of a document.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The row.
    pub row: DocumentRow,
    /// What was found in it.
    pub record: DocumentRecord,
    /// The text that the record's offsets count in.
    pub text: String,
    /// The bytes as they came in.
    pub bytes: Vec<u8>,
    /// What was known about it from elsewhere.
    pub known: Known,
}

const DOCUMENT: &str = "documents.id, documents.path, documents.url, documents.sha256, documents.revision, \
     documents.current, documents.recorded, documents.reader, documents.title, documents.outlet, documents.origin, \
     documents.published, documents.language, origin.path, documents.copy_kind \
     FROM documents LEFT JOIN documents AS origin ON origin.id = documents.copy_of";

fn document_row(row: &rusqlite::Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        path: row.get(1)?,
        url: row.get(2)?,
        sha256: row.get(3)?,
        revision: row.get(4)?,
        current: row.get(5)?,
        recorded: row.get(6)?,
        reader: row.get(7)?,
        title: row.get(8)?,
        outlet: row.get(9)?,
        origin: row.get(10)?,
        published: row.get(11)?,
        language: row.get(12)?,
        copy_of: row.get(13)?,
        copy_kind: row.get(14)?,
    })
}

impl Store {
    /// The contacts that the filter asks for, oldest first, undated ones last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn contacts(&self, filter: &Filter) -> Result<Page<Shown>> {
        if let Some(day) = filter.as_of {
            return self.contacts_as_of(filter, day);
        }
        let mut items = Vec::new();
        self.each_contact(filter, &mut |shown| {
            items.push(shown);
            filter.limit.is_none_or(|limit| items.len() <= limit)
        })?;
        Ok(page(items, filter.limit, Shown::cursor))
    }

    /// Hands those contacts to `take`, in that order and one at a time, for as long as it says that it wants more: however
    /// many there are, one is held.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn each_contact(&self, filter: &Filter, take: &mut dyn FnMut(Shown) -> bool) -> Result<()> {
        if let Some(day) = filter.as_of {
            self.contacts_as_of(filter, day)?.items.into_iter().all(take);
            return Ok(());
        }
        let (conditions, values) = filter.conditions();
        // Rows are put into order by their days alone; the contacts themselves are read one by one, as far as they are
        // wanted.
        let mut query = self.connection.prepare(&format!(
            "SELECT id FROM contacts WHERE {conditions} ORDER BY coalesce(first_day, {UNDATED}), key"
        ))?;
        let mut whole = self.connection.prepare_cached(
            "SELECT state, coalesce(final, machine),
                 (SELECT count(DISTINCT coalesce(copy_of, documents.id)) FROM contact_documents
                  JOIN documents ON documents.id = document WHERE contact = contacts.id)
             FROM contacts WHERE id = ?1",
        )?;
        let mut rows = query.query(params_from_iter(values)).map_err(query_error)?;
        while let Some(row) = rows.next().map_err(query_error)? {
            let (state, blob, sources) = whole.query_row([row.get::<_, i64>(0)?], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
            })?;
            let contact = contact_from(&blob)?;
            if !filter.holds(&contact) {
                continue;
            }
            let state = State::parse(&state).unwrap_or(State::Machine);
            if !take(Shown { contact, state, sources: sources.max(1) as usize }) {
                break;
            }
        }
        Ok(())
    }

    /// The contacts that the documents published by a day tell of, joined anew from those documents alone.
    fn contacts_as_of(&self, filter: &Filter, day: jiff::civil::Date) -> Result<Page<Shown>> {
        let told = Told::load_as_of(&self.connection, &filter.parties, days::number(day))?;
        let active = self.active_corrections()?.until(day);
        let keyed = join(&told.records)
            .into_iter()
            .map(|contact| {
                let key = self.key_of(&contact, &told)?;
                Ok((key.clone(), with_key(contact, &key)))
            })
            .collect::<Result<Vec<_>>>()?;
        let digests = told.digests();
        let rows = crate::corrections::apply(keyed, &active, &[], &digests);
        let with_words = match (&filter.words, &filter.outlet) {
            (None, None) => None,
            _ => Some(self.keys_with_words(filter)?),
        };
        let mut items = Vec::new();
        for row in rows {
            if with_words.as_ref().is_some_and(|keys| !keys.contains(&row.key)) {
                continue;
            }
            if !row.fate.state.shown() && !(filter.rejected && row.fate.state == State::Rejected) {
                continue;
            }
            let Some(contact) = row.fate.changed.or(row.machine).filter(|contact| filter.holds(contact)) else {
                continue;
            };
            let sources = self.sources(&contact.documents)?;
            items.push(Shown { contact, state: row.fate.state, sources });
        }
        items.sort_by_key(|shown| cursor_of(&shown.contact));
        if let Some(after) = &filter.after {
            items.retain(|shown| cursor_of(&shown.contact) > *after);
        }
        Ok(page(items, filter.limit, |shown| cursor_of(&shown.contact)))
    }

    /// Keys of the contacts whose evidence has the words asked for, and that stood in the outlet.
    fn keys_with_words(&self, filter: &Filter) -> Result<BTreeSet<String>> {
        let (condition, values) =
            Filter { words: filter.words.clone(), outlet: filter.outlet.clone(), rejected: true, ..Filter::default() }
                .conditions();
        let mut query = self.connection.prepare(&format!("SELECT key FROM contacts WHERE {condition}"))?;
        let keys = query.query_map(params_from_iter(values), |row| row.get(0)).map_err(query_error)?;
        keys.collect::<std::result::Result<_, _>>().map_err(query_error)
    }

    /// The first day and the status of every contact that the filter asks for, in no order, without reading the contacts
    /// themselves: for counting. `None` where the filter asks for an earlier day of the record.
    ///
    /// # Errors
    /// Where the words are no query, or the file cannot be read.
    pub fn days(&self, filter: &Filter) -> Result<Option<Vec<(Option<Day>, Status)>>> {
        if filter.as_of.is_some() {
            return Ok(None);
        }
        let (conditions, values) = Filter { limit: None, after: None, ..filter.clone() }.conditions();
        let mut query =
            self.connection.prepare(&format!("SELECT first_day, status FROM contacts WHERE {conditions}"))?;
        let mut rows = query.query(params_from_iter(values)).map_err(query_error)?;
        let mut days = Vec::new();
        while let Some(row) = rows.next().map_err(query_error)? {
            let status: String = row.get(1)?;
            if let Some(status) = Status::parse(&status) {
                days.push((row.get(0)?, status));
            }
        }
        Ok(Some(days))
    }

    /// The governments that take part in contacts, with the number of theirs, the busiest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn governments(&self) -> Result<Vec<(String, usize)>> {
        let mut query = self.connection.prepare_cached(
            "SELECT government, count(*) FROM parties JOIN contacts ON contacts.id = contact WHERE shown = 1
             GROUP BY government ORDER BY 2 DESC, 1",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The key under which the whole record knows most of a contact's accounts.
    fn key_of(&self, contact: &MergedContact, told: &Told) -> Result<String> {
        let mut query = self.connection.prepare_cached(
            "SELECT contacts.key FROM tellings JOIN contacts ON contacts.id = tellings.contact WHERE tellings.id = ?1",
        )?;
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for telling in told.tellings_of(contact) {
            if let Some(key) = query.query_row([telling], |row| row.get::<_, String>(0)).optional()? {
                *votes.entry(key).or_default() += 1;
            }
        }
        if let Some((key, _)) = votes.into_iter().max_by_key(|(key, count)| (*count, std::cmp::Reverse(key.clone()))) {
            return Ok(key);
        }
        // Only former revisions tell of it: it was recorded under the key that they gave it.
        let key = founding_key(contact, told, 0);
        let now: Option<String> = self
            .connection
            .prepare_cached("SELECT now FROM former_keys WHERE key = ?1")?
            .query_row([&key], |row| row.get(0))
            .optional()?;
        Ok(now.unwrap_or(key))
    }

    /// The contact with that key as the documents published by a day tell of it, with the corrections made by then.
    ///
    /// # Errors
    /// As [`Store::contact`], and where those documents tell of no such contact.
    pub fn contact_as_of(&self, key: &str, day: jiff::civil::Date) -> Result<Shown> {
        let now = self.contact(key)?.contact.contact;
        let parties: BTreeSet<String> = now.parties.into_iter().map(|party| party.government).collect();
        let filter =
            Filter { parties: parties.into_iter().collect(), as_of: Some(day), rejected: true, ..Filter::default() };
        let then =
            self.contacts_as_of(&filter, day)?.items.into_iter().find(|shown| shown.contact.contact.id == now.id);
        then.ok_or_else(|| StoreError::request(format!("no document published by {day} tells of contact {}", now.id)))
    }

    /// How many independent texts the documents at these paths are.
    fn sources(&self, paths: &[String]) -> Result<usize> {
        let mut query = self
            .connection
            .prepare_cached("SELECT coalesce(copy_of, id) FROM documents WHERE path = ?1 AND current = 1")?;
        let mut origins = BTreeSet::new();
        for path in paths {
            origins.extend(query.query_row([path], |row| row.get::<_, i64>(0)).optional()?);
        }
        Ok(origins.len().max(1))
    }

    /// The contact with that key, or the only one whose key begins so. A key that went into another contact leads there.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Request`] where there is none, or several.
    pub fn contact(&self, key: &str) -> Result<Shown> {
        let key = key.trim().to_lowercase();
        let mut query = self.connection.prepare_cached(
            "SELECT key, NULL FROM contacts WHERE key >= ?1 AND key < ?1 || '~'
             UNION SELECT key, now FROM former_keys WHERE key >= ?1 AND key < ?1 || '~' LIMIT 3",
        )?;
        let found: Vec<(String, Option<String>)> =
            query.query_map([&key], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<std::result::Result<_, _>>()?;
        let exact = found.iter().find(|(own, _)| *own == key);
        let (own, now) = match (exact, found.as_slice()) {
            (Some(exact), _) => exact.clone(),
            (None, [only]) if !key.is_empty() => only.clone(),
            (None, []) => return Err(StoreError::request(format!("no contact has the id {key}"))),
            (None, _) => return Err(StoreError::request(format!("more than one contact's id begins with \"{key}\""))),
        };
        let mut key = now.unwrap_or(own);
        // Joined contacts lead to the one that they went into; the bound only guards against a circle.
        for _ in 0..16 {
            let row = self
                .connection
                .prepare_cached(
                    "SELECT state, into_key, coalesce(final, machine),
                         (SELECT count(DISTINCT coalesce(copy_of, documents.id)) FROM contact_documents
                          JOIN documents ON documents.id = document WHERE contact = contacts.id)
                     FROM contacts WHERE key = ?1",
                )?
                .query_row([&key], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, Option<String>>(1)?,
                        row.get::<_, Vec<u8>>(2)?,
                        row.get::<_, i64>(3)?,
                    ))
                })
                .optional()?;
            let former: Option<String> = match row {
                Some((state, into, blob, sources)) => {
                    let state = State::parse(&state).unwrap_or(State::Machine);
                    match into {
                        Some(into) if state == State::Joined => Some(into),
                        _ => {
                            let contact = contact_from(&blob)?;
                            return Ok(Shown { contact, state, sources: sources.max(1) as usize });
                        }
                    }
                }
                None => self
                    .connection
                    .prepare_cached("SELECT now FROM former_keys WHERE key = ?1")?
                    .query_row([&key], |row| row.get(0))
                    .optional()?,
            };
            match former {
                Some(next) => key = next,
                None => break,
            }
        }
        Err(StoreError::request(format!("no contact has the id {key}")))
    }

    /// The contacts that the current revision of the document at `path` tells of, oldest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn contacts_of(&self, path: &str) -> Result<Vec<Shown>> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT key FROM contacts JOIN contact_documents ON contact = contacts.id
                 JOIN documents ON documents.id = document
             WHERE documents.path = ?1 AND documents.current = 1 AND shown = 1
             ORDER BY coalesce(first_day, {UNDATED}), key"
        ))?;
        let keys: Vec<String> = query.query_map([path], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        keys.iter().map(|key| self.contact(key)).collect()
    }

    /// The pairs of governments with the most contacts, counted without reading the contacts: contacts, how many were held,
    /// how many stayed unanswered, how many are disputed.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn busiest_pairs(&self, limit: usize) -> Result<Vec<([String; 2], [usize; 4])>> {
        let mut query = self.connection.prepare_cached(
            "SELECT one.government, other.government, count(*), sum(status = ?1), sum(status = ?2), sum(disputes > 0)
             FROM parties AS one JOIN parties AS other
                 ON other.contact = one.contact AND other.government > one.government
             JOIN contacts ON contacts.id = one.contact
             WHERE shown = 1 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?3",
        )?;
        let rows = query.query_map(params![Status::Held.name(), Status::Unanswered.name(), limit as i64], |row| {
            let count = |at: usize| row.get::<_, i64>(at).map(|count| count as usize);
            Ok(([row.get(0)?, row.get(1)?], [count(2)?, count(3)?, count(4)?, count(5)?]))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The contact as the program put it together, before any correction.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn machine_contact(&self, key: &str) -> Result<Option<MergedContact>> {
        let blob: Option<Option<Vec<u8>>> = self
            .connection
            .prepare_cached("SELECT machine FROM contacts WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        blob.flatten().map(|blob| contact_from(&blob)).transpose()
    }

    /// The documents of the record, oldest row first: the current revisions, or all of them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn documents(&self, revisions: bool) -> Result<Vec<DocumentRow>> {
        let mut query = self.connection.prepare(&format!(
            "SELECT {DOCUMENT} WHERE documents.current >= ?1 ORDER BY documents.path, documents.revision"
        ))?;
        let rows = query.query_map([i64::from(!revisions)], document_row)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// So many documents, by path, after the first `after`: those with these words in path, title, outlet or origin; and how
    /// many there are in all.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn documents_with(&self, words: Option<&str>, limit: usize, after: usize) -> Result<(Vec<DocumentRow>, usize)> {
        let condition = "documents.current = 1 AND (?1 IS NULL OR instr(lower(documents.path || ' ' ||
             coalesce(documents.title, '') || ' ' || coalesce(documents.outlet, '') || ' ' ||
             coalesce(documents.origin, '')), ?1) > 0)";
        let words = words.map(str::to_lowercase);
        let total: i64 = self.connection.query_row(
            &format!("SELECT count(*) FROM documents WHERE {condition}"),
            params![words],
            |row| row.get(0),
        )?;
        // The page is found by its paths alone; rows are read only for it.
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {DOCUMENT} WHERE documents.id IN (SELECT id FROM documents WHERE {condition}
                 ORDER BY path, revision LIMIT ?2 OFFSET ?3) ORDER BY documents.path, documents.revision"
        ))?;
        let rows = query.query_map(params![words, limit as i64, after as i64], document_row)?;
        Ok((rows.collect::<std::result::Result<_, _>>()?, total as usize))
    }

    /// Every text that was published more than once: its origin, and the copies of it in the order of their dates. The most
    /// copied come first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn families(&self) -> Result<Vec<Family>> {
        let mut query = self.connection.prepare(&format!(
            "SELECT {DOCUMENT} WHERE documents.current = 1 AND (documents.copy_of IS NOT NULL
                 OR documents.id IN (SELECT copy_of FROM documents WHERE copy_of IS NOT NULL))
             ORDER BY documents.published_first IS NULL, documents.published_first, documents.path"
        ))?;
        let rows: Vec<DocumentRow> = query.query_map([], document_row)?.collect::<std::result::Result<_, _>>()?;
        let (copies, origins): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.copy_of.is_some());
        let mut by_origin: BTreeMap<String, Vec<DocumentRow>> = BTreeMap::new();
        for copy in copies {
            by_origin.entry(copy.copy_of.clone().unwrap_or_default()).or_default().push(copy);
        }
        let family = |origin: DocumentRow| {
            let copies = by_origin.remove(&origin.path)?;
            Some(Family { origin, copies })
        };
        let mut families: Vec<Family> = origins.into_iter().filter_map(family).collect();
        families.sort_by_key(|family| std::cmp::Reverse(family.copies.len()));
        Ok(families)
    }

    /// What is kept of the document at `path`: its current revision, or the one asked for.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Request`] where there is none.
    pub fn document(&self, path: &str, revision: Option<i64>) -> Result<Kept> {
        self.kept(self.document_row(path, revision)?)
    }

    /// The same without its text and record.
    ///
    /// # Errors
    /// As [`Store::document`].
    pub fn document_row(&self, path: &str, revision: Option<i64>) -> Result<DocumentRow> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {DOCUMENT} WHERE documents.path = ?1 AND (documents.revision = ?2 OR (?2 IS NULL AND documents.current = 1))"
            ))?
            .query_row(params![path, revision], document_row)
            .optional()?
            .ok_or_else(|| StoreError::request(format!("no document is recorded under {path}")))
    }

    /// What is kept of that document.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn kept(&self, row: DocumentRow) -> Result<Kept> {
        let record = load_record(&self.connection, row.id)?;
        let (bytes, known): (Vec<u8>, String) = self
            .connection
            .prepare_cached(
                "SELECT bytes, known FROM documents JOIN contents ON contents.sha256 = documents.sha256 WHERE documents.id = ?1",
            )?
            .query_row([row.id], |found| Ok((found.get(0)?, found.get(1)?)))?;
        let bytes = unpack(&bytes)?;
        let text: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT text FROM records WHERE document = ?1")?
            .query_row([row.id], |found| found.get(0))?;
        let text = match text {
            Some(text) => unpack(&text)?,
            None => bytes.clone(),
        };
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok(Kept { record, text, bytes, known: known_from_json(&known)?, row })
    }

    /// The record of a document, without its text and bytes.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn record(&self, row: &DocumentRow) -> Result<DocumentRecord> {
        load_record(&self.connection, row.id)
    }

    /// Statements, in the order in which they were said (where no day is told, published).
    ///
    /// # Errors
    /// Where the words are no query, or the file cannot be read.
    pub fn statements(&self, filter: &StatementFilter) -> Result<Page<StatementHit>> {
        let mut conditions = vec!["documents.current = 1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        if !filter.governments.is_empty() {
            conditions.push(format!("government IN ({})", vec!["?"; filter.governments.len()].join(", ")));
            values.extend(filter.governments.iter().cloned().map(Value::from));
        }
        let mut add = |condition: &str, value: Option<Value>| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(value);
            }
        };
        add(
            "instr(lower(coalesce(statements.person, '') || ' ' || coalesce(statements.name, '')), ?) > 0",
            filter.person.as_ref().map(|name| name.to_lowercase().into()),
        );
        add("statements.kind = ?", filter.kind.map(|kind| kind.name().to_owned().into()));
        add("statements.last_day >= ?", filter.from.map(|day| days::number(day).into()));
        add("statements.first_day <= ?", filter.to.map(|day| days::number(day).into()));
        add("documents.published_last <= ?", filter.as_of.map(|day| days::number(day).into()));
        add(
            "statements.id IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)",
            filter.words.as_ref().map(|words| match_expression(words).into()),
        );
        if let Some(Cursor { order, key }) = &filter.after {
            let id: i64 = key.parse().map_err(|_| StoreError::request("that is no place in a list of statements"))?;
            conditions.push(format!("(coalesce(statements.first_day, {UNDATED}), statements.id) > (?, ?)"));
            values.extend([(*order).into(), id.into()]);
        }
        let limit = filter.limit.map_or(-1, |limit| limit as i64 + 1);
        let mut query = self.connection.prepare(&format!(
            "SELECT statements.id, statements.number, coalesce(statements.first_day, {UNDATED}), documents.id, documents.path,
                 documents.outlet, documents.published
             FROM statements JOIN documents ON documents.id = statements.document
             WHERE {} ORDER BY 3, 1 LIMIT {limit}",
            conditions.join(" AND ")
        ))?;
        let mut rows = query.query(params_from_iter(values)).map_err(query_error)?;
        let mut items: Vec<(Cursor, StatementHit)> = Vec::new();
        let mut record: Option<(i64, DocumentRecord)> = None;
        while let Some(row) = rows.next().map_err(query_error)? {
            let document: i64 = row.get(3)?;
            if record.as_ref().is_none_or(|(id, _)| *id != document) {
                record = Some((document, load_record(&self.connection, document)?));
            }
            let number: i64 = row.get(1)?;
            let found = record.as_ref().and_then(|(_, record)| record.statements.get(number as usize));
            let Some(statement) = found.cloned() else { continue };
            let cursor = Cursor { order: row.get(2)?, key: row.get::<_, i64>(0)?.to_string() };
            let hit = StatementHit { statement, document: row.get(4)?, outlet: row.get(5)?, published: row.get(6)? };
            items.push((cursor, hit));
        }
        let page = page(items, filter.limit, |(cursor, _)| cursor.clone());
        Ok(Page { items: page.items.into_iter().map(|(_, hit)| hit).collect(), next: page.next })
    }

    /// Finds words in articles, statements and evidence, best first, or the latest recorded first where very many match (see
    /// [`Hit::ranked`]). Words in quotation marks must stand together, `OR`
    /// stands between alternatives, `NOT` before what must be absent, `word*` for words that begin so; inflected forms
    /// of English words count as the word.
    ///
    /// # Errors
    /// Where the words are no query, or the file cannot be read.
    pub fn search(&self, filter: &SearchFilter) -> Result<Vec<Hit>> {
        let expression = match_expression(&filter.words);
        if expression.is_empty() {
            return Err(StoreError::request("there are no words to search for"));
        }
        let mut dates = vec!["1".to_owned()];
        let mut values: Vec<Value> =
            vec![expression.into(), (filter.limit as i64).into(), (filter.after as i64).into()];
        for (condition, day) in [("last >=", filter.from), ("first <=", filter.to), ("last <=", filter.as_of)] {
            if let Some(day) = day {
                values.push(days::number(day).into());
                dates.push(format!("published_{condition} ?{}", values.len()));
            }
        }
        let mut found = Vec::new();
        for place in &filter.places {
            let (index, rows, ids) = match place {
                Place::Article => ("article_words", "SELECT id, NULL, NULL FROM documents WHERE id = ?1", "documents"),
                Place::Statement => (
                    "statement_words",
                    "SELECT document, number, NULL FROM statements WHERE id = ?1",
                    "statements JOIN documents ON documents.id = statements.document",
                ),
                Place::Evidence => (
                    "evidence_words",
                    "SELECT accounts.document, number, contacts.key FROM accounts
                     LEFT JOIN tellings ON tellings.id = accounts.telling
                     LEFT JOIN contacts ON contacts.id = tellings.contact WHERE accounts.id = ?1",
                    "accounts JOIN documents ON documents.id = accounts.document",
                ),
            };
            // Documents are looked at only where their dates matter.
            let among = match dates.len() {
                1 => String::new(),
                _ => {
                    let table = ids.split(' ').next().unwrap_or(ids);
                    // The plus keeps SQLite from looking the words up once for each of these documents.
                    format!(" AND +rowid IN (SELECT {table}.id FROM {ids} WHERE {})", dates.join(" AND "))
                }
            };
            let ordered = |order: &str| {
                let sql = format!(
                    "SELECT rowid FROM {index} WHERE {index} MATCH ?1{among} ORDER BY {order} LIMIT ?2 OFFSET ?3"
                );
                self.connection.prepare_cached(&sql)
            };
            let mut beyond = values.clone();
            beyond.splice(1..3, [1.into(), (RANKED as i64).into()]);
            let mut latest = ordered("rowid DESC")?;
            let ranked = !latest.exists(params_from_iter(&beyond)).map_err(query_error)?;
            let mut query = if ranked { ordered("rank, rowid")? } else { latest };
            let mut numbers = query.query(params_from_iter(&values)).map_err(query_error)?;
            while let Some(row) = numbers.next().map_err(query_error)? {
                let id: i64 = row.get(0)?;
                let row: Option<(i64, Option<i64>, Option<String>)> = self
                    .connection
                    .prepare_cached(rows)?
                    .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                    .optional()?;
                found.extend(row.map(|(document, number, contact)| (*place, document, number, contact, ranked)));
            }
        }
        let stems = plain_words(&filter.words);
        found
            .into_iter()
            .map(|(place, document, number, contact, ranked)| {
                Ok(Hit { ranked, ..self.hit(place, document, number, contact, &stems)? })
            })
            .collect()
    }

    fn hit(
        &self,
        place: Place,
        document: i64,
        number: Option<i64>,
        contact: Option<String>,
        stems: &[String],
    ) -> Result<Hit> {
        let row = self
            .connection
            .prepare_cached(&format!("SELECT {DOCUMENT} WHERE documents.id = ?1"))?
            .query_row([document], document_row)?;
        let number = number.map_or(0, |number| number as usize);
        let mut speaker = None;
        let (snippet, start) = match place {
            Place::Article => {
                let kept = self.kept(row.clone())?;
                let start = kept.record.article.body.first().map_or(0, |block| block.start);
                around(&kept.text, start, stems)
            }
            Place::Statement => {
                let record = load_record(&self.connection, document)?;
                let statement = record.statements.get(number);
                speaker = statement.and_then(|statement| statement.speaker.name.clone());
                quoted(statement.map(|statement| statement.content.as_slice()))
            }
            Place::Evidence => {
                let record = load_record(&self.connection, document)?;
                quoted(record.accounts.get(number).map(|account| account.evidence.as_slice()))
            }
        };
        Ok(Hit {
            place,
            document: row.path,
            title: row.title,
            outlet: row.outlet,
            published: row.published,
            contact,
            speaker,
            snippet,
            start,
            ranked: true,
        })
    }

    /// The rhythm of every pair of governments among the contacts that the filter asks for, the busiest first. Where the
    /// filter names parties, only pairs among them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pairs(&self, filter: &Filter) -> Result<Vec<Pair>> {
        let mut pairs = Pairs::new(&filter.parties, false);
        self.each_contact(&Filter { limit: None, after: None, ..filter.clone() }, &mut |shown| {
            pairs.add(&shown.contact);
            true
        })?;
        Ok(pairs.finish())
    }

    /// Which documents were read for some parties and a period. `names` are the words by which each party goes: a document
    /// names a party where one of them occurs in it. With no names every document counts as naming.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn coverage(&self, filter: &Filter, names: &[Vec<String>]) -> Result<Coverage> {
        let mut naming: Option<BTreeSet<i64>> = None;
        for party in names {
            let expression: Vec<String> = party.iter().map(|name| quoted_phrase(name)).collect();
            let mut query =
                self.connection.prepare_cached("SELECT rowid FROM article_words WHERE article_words MATCH ?1")?;
            let found: BTreeSet<i64> =
                query.query_map([expression.join(" OR ")], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
            naming = Some(match naming {
                Some(before) => before.intersection(&found).copied().collect(),
                None => found,
            });
        }
        let (conditions, values) =
            Filter { from: None, to: None, limit: None, after: None, ..filter.clone() }.conditions();
        let telling: BTreeSet<i64> = self
            .connection
            .prepare(&format!(
                "SELECT DISTINCT document FROM contact_documents JOIN contacts ON contacts.id = contact WHERE {conditions}"
            ))?
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        let mut coverage = Coverage::default();
        let mut query = self.connection.prepare(
            "SELECT id, published_first, published_last, outlet FROM documents WHERE current = 1 AND media_type <> ?1",
        )?;
        let mut rows = query.query([crate::corrections::HAND])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let (Some(first), Some(last)) = (row.get::<_, Option<Day>>(1)?, row.get::<_, Option<Day>>(2)?) else {
                coverage.undated += 1;
                continue;
            };
            if filter.from.is_some_and(|from| last < days::number(from))
                || filter.to.is_some_and(|to| first > days::number(to))
                || filter.as_of.is_some_and(|day| last > days::number(day))
            {
                continue;
            }
            let tells = telling.contains(&id);
            let names = tells || naming.as_ref().is_none_or(|naming| naming.contains(&id));
            coverage.documents += 1;
            coverage.naming += usize::from(names);
            coverage.telling += usize::from(tells);
            let outlet: Option<String> = row.get(3)?;
            let outlet = coverage.outlets.entry(outlet.unwrap_or_default()).or_default();
            let month = coverage.months.entry(month_of(first)).or_default();
            for counts in [outlet, month] {
                counts[0] += 1;
                counts[1] += usize::from(names);
                counts[2] += usize::from(tells);
            }
        }
        Ok(coverage)
    }

    /// Counts of what the record holds: documents, revisions, contacts, accounts, statements, corrections.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn counts(&self) -> Result<Vec<(&'static str, usize)>> {
        [
            ("documents", "SELECT count(*) FROM documents WHERE current = 1"),
            ("revisions", "SELECT count(*) FROM documents"),
            ("contacts", "SELECT count(*) FROM contacts WHERE shown = 1"),
            ("accounts", "SELECT count(*) FROM accounts"),
            ("statements", "SELECT count(*) FROM statements"),
            ("corrections", "SELECT count(*) FROM corrections"),
            ("waiting", "SELECT count(*) FROM tellings WHERE dirty = 1"),
        ]
        .into_iter()
        .map(|(name, sql)| {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok((name, count as usize))
        })
        .collect()
    }
}

/// Counts the rhythm of pairs, contact by contact.
#[derive(Debug)]
pub struct Pairs {
    named: Vec<String>,
    people: bool,
    found: BTreeMap<[String; 2], Rhythm>,
}

/// What is counted of one pair.
#[derive(Debug, Default)]
struct Rhythm {
    governments: [String; 2],
    contacts: usize,
    held: usize,
    months: BTreeMap<String, usize>,
    asked: usize,
    unanswered: usize,
    responses: Vec<i64>,
    initiated: [usize; 2],
    disputed: usize,
}

impl Pairs {
    /// Of governments, by their codes, or of people, by full name: with one named, its pairs with everybody; with several, those
    /// among them; with none, all. Two people of one government are colleagues, and no pair.
    pub fn new(named: &[String], people: bool) -> Pairs {
        Pairs { named: named.to_vec(), people, found: BTreeMap::new() }
    }

    /// Counts a contact for every pair among its parties.
    pub fn add(&mut self, contact: &MergedContact) {
        // Each side once, with its government.
        let side = |party: &'_ Party| {
            let code = party.government.clone();
            Some((if self.people { party.person.clone()? } else { code.clone() }, code))
        };
        let sides: BTreeMap<String, String> = contact.contact.parties.iter().filter_map(side).collect();
        let asked_for = |name: &String| self.named.is_empty() || self.named.contains(name);
        for (at, (first, one)) in sides.iter().enumerate() {
            for (second, other) in sides.iter().skip(at + 1).filter(|(_, other)| *other != one) {
                let wanted = match self.named.len() {
                    0 | 1 => asked_for(first) || asked_for(second),
                    _ => asked_for(first) && asked_for(second),
                };
                if wanted {
                    let governments = [one.clone(), other.clone()];
                    self.found.entry([first.clone(), second.clone()]).or_default().add(contact, governments);
                }
            }
        }
    }

    /// The pairs, the busiest first.
    pub fn finish(self) -> Vec<Pair> {
        let people = self.people;
        let pair = |(names, rhythm): ([String; 2], Rhythm)| rhythm.pair(people.then_some(names));
        let mut all: Vec<Pair> = self.found.into_iter().map(pair).collect();
        all.sort_by(|a, b| {
            b.contacts.cmp(&a.contacts).then_with(|| (&a.people, &a.governments).cmp(&(&b.people, &b.governments)))
        });
        all
    }
}

impl Rhythm {
    fn add(&mut self, contact: &MergedContact, governments: [String; 2]) {
        let own = &contact.contact;
        if let Some((first, _)) = days_of(own) {
            *self.months.entry(month_of(first)).or_default() += 1;
        }
        let was_asked = own.steps.iter().any(|step| matches!(step.step, StepKind::Requested | StepKind::Attempted))
            || matches!(own.status, Status::Requested | Status::Unanswered | Status::Declined | Status::Lapsed);
        self.contacts += 1;
        self.held += usize::from(own.status == Status::Held);
        self.asked += usize::from(was_asked);
        self.unanswered += usize::from(was_asked && own.status == Status::Unanswered);
        self.responses.extend(own.response_days);
        self.disputed += usize::from(!contact.disputes.is_empty());
        for (count, code) in self.initiated.iter_mut().zip(&governments) {
            *count += usize::from(own.initiator.as_ref() == Some(code));
        }
        self.governments = governments;
    }

    fn pair(mut self, people: Option<[String; 2]>) -> Pair {
        self.responses.sort_unstable();
        let middle = self.responses.len() / 2;
        let median = match (self.responses.get(middle), middle.checked_sub(1).and_then(|at| self.responses.get(at))) {
            (Some(one), Some(other)) if self.responses.len().is_multiple_of(2) => Some((*one + *other) as f64 / 2.0),
            (Some(one), _) => Some(*one as f64),
            (None, _) => None,
        };
        let number = |month: &String| month_number(month);
        let span = self.months.keys().next().and_then(number).zip(self.months.keys().next_back().and_then(number));
        let dated: usize = self.months.values().sum();
        let [one, other] = self.initiated;
        Pair {
            people,
            governments: self.governments,
            contacts: self.contacts,
            held: self.held,
            per_month: span.map(|(first, last)| dated as f64 / (last - first + 1) as f64),
            months: self.months,
            asked: self.asked,
            unanswered_share: (self.asked > 0).then(|| self.unanswered as f64 / self.asked as f64),
            response_times: self.responses.len(),
            median_response_days: median,
            initiated: self.initiated,
            initiator_balance: (one + other > 0).then(|| (one as f64 - other as f64) / (one + other) as f64),
            disputed: self.disputed,
        }
    }
}

/// The number of a month (`2013-02`), counted from the year 0.
fn month_number(month: &str) -> Option<i64> {
    let (year, month) = month.rsplit_once('-')?;
    Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()?)
}

/// The rhythm of every pair of governments among these contacts, the busiest first.
pub fn pairs_among(contacts: &[Shown]) -> Vec<Pair> {
    let mut pairs = Pairs::new(&[], false);
    contacts.iter().for_each(|shown| pairs.add(&shown.contact));
    pairs.finish()
}

fn with_key(mut contact: MergedContact, key: &str) -> MergedContact {
    contact.contact.id = key.to_owned();
    for account in &mut contact.contact.accounts {
        account.contact = key.to_owned();
    }
    for dispute in &mut contact.disputes {
        dispute.contact = key.to_owned();
    }
    contact
}

fn cursor_of(contact: &MergedContact) -> Cursor {
    Cursor { order: days_of(&contact.contact).map_or(UNDATED, |(first, _)| first), key: contact.contact.id.clone() }
}

/// The items up to the limit, and where the next begins where there are more.
fn page<T>(mut items: Vec<T>, limit: Option<usize>, cursor: impl Fn(&T) -> Cursor) -> Page<T> {
    let more = limit.is_some_and(|limit| items.len() > limit);
    if let Some(limit) = limit {
        items.truncate(limit);
    }
    let next = if more { items.last().map(cursor) } else { None };
    Page { items, next }
}

fn month_of(day: Day) -> String {
    days::date(day).map_or_else(String::new, |date| format!("{:04}-{:02}", date.year(), date.month()))
}

/// FTS5's expression for what a person typed: words and phrases that must all occur, with `OR`, `NOT` and `word*` as they
/// are. Every word is quoted, so that nothing typed can be a syntax error but a misplaced operator.
pub(crate) fn match_expression(words: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (number, piece) in words.split('"').enumerate() {
        if number % 2 == 1 {
            parts.push(quoted_phrase(piece));
            continue;
        }
        for word in piece.split_whitespace() {
            match word {
                "OR" | "AND" | "NOT" => parts.push(word.to_owned()),
                _ => match word.strip_suffix('*') {
                    Some(stem) => parts.push(format!("{} *", quoted_phrase(stem))),
                    None => parts.push(quoted_phrase(word)),
                },
            }
        }
    }
    parts.retain(|part| part != "\"\"");
    // An operator with nothing beside it is a word that somebody searches for.
    let operator = |part: Option<&String>| part.is_none_or(|part| matches!(part.as_str(), "OR" | "AND" | "NOT"));
    let sound = (0..parts.len())
        .all(|at| !operator(parts.get(at)) || (at > 0 && !operator(parts.get(at - 1)) && !operator(parts.get(at + 1))));
    if !sound {
        for part in parts.iter_mut().filter(|part| operator(Some(part))) {
            *part = format!("\"{part}\"");
        }
    }
    parts.join(" ")
}

fn quoted_phrase(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect();
    if clean.chars().any(char::is_alphanumeric) { format!("\"{}\"", clean.trim()) } else { "\"\"".to_owned() }
}

/// The words of a query, in lower case and cut to a stem by length, to find the place that a snippet should show.
fn plain_words(words: &str) -> Vec<String> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "OR" | "AND" | "NOT"))
        .map(|word| word.to_lowercase().chars().take(6).collect())
        .collect()
}

/// How many code points a snippet has, about.
const SNIPPET: usize = 220;

/// Some text around the first place where one of the words begins a word, and the code point where it begins.
fn around(text: &str, from: usize, stems: &[String]) -> (String, Option<usize>) {
    let characters = Characters::new(text);
    let body: Vec<char> = characters.slice(from, usize::MAX).chars().collect();
    let begins = |at: usize, stem: &str| {
        let mut own = body.get(at..).unwrap_or_default().iter().flat_map(|c| c.to_lowercase());
        stem.chars().all(|c| own.next() == Some(c))
    };
    let starts_word = |at: usize| at == 0 || body.get(at - 1).is_some_and(|c| !c.is_alphanumeric());
    let found = (0..body.len()).find(|at| starts_word(*at) && stems.iter().any(|stem| begins(*at, stem))).unwrap_or(0);
    let mut start = found.saturating_sub(SNIPPET / 3);
    while start > 0 && start < found && !body.get(start - 1).is_some_and(|c| c.is_whitespace()) {
        start += 1;
    }
    let mut end = (start + SNIPPET).min(body.len());
    while end < body.len() && end > start && !body.get(end).is_some_and(|c| c.is_whitespace()) {
        end -= 1;
    }
    let snippet: String = body.get(start..end).unwrap_or_default().iter().collect();
    (snippet.split_whitespace().collect::<Vec<_>>().join(" "), Some(from + start))
}

fn quoted(parts: Option<&[reader::record::Evidence]>) -> (String, Option<usize>) {
    let parts = parts.unwrap_or_default();
    let quotes: Vec<&str> = parts.iter().map(|part| part.quote.as_str()).collect();
    (quotes.join(" … "), parts.first().map(|part| part.start))
}

/// An error of a query whose words a person typed: FTS5 complains of its syntax with a plain SQL error, and of a damaged
/// index under the code for damage.
fn query_error(error: rusqlite::Error) -> StoreError {
    let words = error.to_string();
    if words.contains("fts5:") && error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) {
        StoreError::request(format!("these words are no query: {words}"))
    } else {
        error.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_a_query() {
        for (typed, expected) in [
            ("phone call", "\"phone\" \"call\""),
            ("\"returned the call\" kremlin", "\"returned the call\" \"kremlin\""),
            ("kerry OR lavrov", "\"kerry\" OR \"lavrov\""),
            ("OR", "\"OR\""),
            ("kerry NOT", "\"kerry\" \"NOT\""),
            ("nuland*", "\"nuland\" *"),
            ("it's (a) -test: ^x", "\"it's\" \"(a)\" \"-test:\" \"^x\""),
            ("\"", ""),
            ("-- ;", ""),
        ] {
            assert_eq!(match_expression(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_snippet_shows_the_word() {
        let text = format!("{} Lavrov called back on Sunday. {}", "Nothing here. ".repeat(40), "Or here. ".repeat(40));
        let (snippet, start) = around(&text, 0, &plain_words("calling lavrov"));
        assert!(snippet.contains("Lavrov called back"), "{snippet}");
        assert!(start.is_some_and(|start| start > 400));
        assert_eq!(around("", 0, &[]), (String::new(), Some(0)));
        assert_eq!(around("é", 9, &["x".to_owned()]).0, "");
    }
}
