//! Keeps the contacts of all documents joined while documents come and go.
//!
//! Joining itself is the reader's (`reader::contacts::merge`); this module decides what has to be joined again. Two
//! documents' contacts ("tellings") are *neighbours* where their governments are the same and no more than [`GAP`] days lie
//! between them; for one without a date, between their documents. The reader joins none but neighbours, so after a batch
//! only the connected neighbourhoods that it touched are joined anew, and the result is the same as joining everything at
//! once (a test holds both to that).
//!
//! Every contact has a key that outlives this: it is made from the account that founded the contact, and is handed on to the
//! contact that shares the most accounts with its bearer when more documents come in or a newer version reads them again.

use crate::days::{self, Day};
use crate::error::Result;
use crate::opening::Store;
use crate::writing::{pack, unpack};
use reader::record::{Account, Article, Contact, Dispute, Document, DocumentRecord, MergedContact};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Tellings with more days between them than this are never one contact: one more than the reader's own limit of ten.
const GAP: Day = 11;

/// Tellings joined in one transaction, at least; a neighbourhood is never cut in two.
const TRANSACTION: usize = 2_000;

/// One telling, without what it tells.
struct Telling {
    id: i64,
    /// Number of its set of governments.
    governments: u32,
    /// The first and last day on which the contact can lie.
    days: Option<(Day, Day)>,
    /// The first and last day on which its document can have been published.
    published: Option<(Day, Day)>,
    /// Whether it has a date without a year.
    yearless: bool,
    contact: Option<i64>,
    dirty: bool,
    gone: bool,
}

/// A contact as it goes into the file.
pub(crate) struct Row {
    pub key: String,
    pub machine: Option<MergedContact>,
    pub fate: Fate,
}

/// What became of a contact by people's corrections.
pub(crate) struct Fate {
    pub state: State,
    pub changed: Option<MergedContact>,
    pub into: Option<String>,
}

/// How a contact came to stand in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As the program put it together.
    Machine,
    /// A person says that it is right.
    Accepted,
    /// A person changed it.
    Edited,
    /// A person says that it is none; it is kept and not shown.
    Rejected,
    /// A person joined it with another.
    Joined,
    /// A person holds to it though the program no longer finds it.
    Kept,
}

impl State {
    /// Every state.
    pub const ALL: [State; 6] =
        [State::Machine, State::Accepted, State::Edited, State::Rejected, State::Joined, State::Kept];

    /// The name it is stored and printed with.
    pub fn name(self) -> &'static str {
        match self {
            State::Machine => "machine",
            State::Accepted => "accepted",
            State::Edited => "edited",
            State::Rejected => "rejected",
            State::Joined => "joined",
            State::Kept => "kept",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether contacts in this state are part of the record.
    pub fn shown(self) -> bool {
        !matches!(self, State::Rejected | State::Joined)
    }
}

/// How a merge went on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Tellings that were joined again.
    pub tellings: usize,
    /// Neighbourhoods that they form.
    pub neighbourhoods: usize,
    /// Contacts in them now.
    pub contacts: usize,
}

impl Store {
    /// How many tellings wait for [`Store::merge`].
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn waiting(&self) -> Result<usize> {
        let count: i64 =
            self.connection.query_row("SELECT count(*) FROM tellings WHERE dirty = 1", [], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// Joins what batches have left waiting, after finding which documents are copies. Stopped halfway, the rest waits for the next call. `progress` is called with
    /// the tellings done and those to do.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub fn merge(&mut self, progress: &mut dyn FnMut(usize, usize)) -> Result<Merged> {
        self.seek_copies()?;
        let mut done = Merged::default();
        if self.waiting()? == 0 {
            return Ok(done);
        }
        let corrections = self.active_corrections()?;
        let tellings = self.load_tellings()?;
        let neighbourhoods = neighbourhoods(&tellings, &self.forced(&corrections)?);
        let total: usize = neighbourhoods.iter().map(Vec::len).sum();
        let mut at = 0;
        while at < neighbourhoods.len() {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut written = 0;
            while let Some(members) = neighbourhoods.get(at)
                && written < TRANSACTION
            {
                let members: Vec<&Telling> = members.iter().filter_map(|index| tellings.get(*index)).collect();
                done.contacts += join_neighbourhood(&transaction, &members, &corrections)?;
                done.neighbourhoods += 1;
                written += members.len();
                at += 1;
            }
            transaction.commit()?;
            done.tellings += written;
            progress(done.tellings, total);
        }
        Ok(done)
    }

    /// Every telling, in the order of their ids.
    fn load_tellings(&self) -> Result<Vec<Telling>> {
        let mut query = self.connection.prepare(
            "SELECT tellings.id, governments, first_day, last_day, yearless, contact, dirty, gone,
                 published_first, published_last
             FROM tellings JOIN documents ON documents.id = tellings.document ORDER BY tellings.id",
        )?;
        let mut rows = query.query([])?;
        let mut tellings = Vec::new();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        while let Some(row) = rows.next()? {
            let both = |first: Option<Day>, last: Option<Day>| first.zip(last);
            let next = numbers.len() as u32;
            tellings.push(Telling {
                id: row.get(0)?,
                governments: *numbers.entry(row.get(1)?).or_insert(next),
                days: both(row.get(2)?, row.get(3)?),
                yearless: row.get(4)?,
                contact: row.get(5)?,
                dirty: row.get(6)?,
                gone: row.get(7)?,
                published: both(row.get(8)?, row.get(9)?),
            });
        }
        Ok(tellings)
    }
}

/// The days on which a contact is filed: its own, else those of its steps.
pub(crate) fn days_of<A>(contact: &Contact<A>) -> Option<(Day, Day)> {
    if let Some(own) = contact.when.as_ref().and_then(|when| days::span(&when.edtf)) {
        return Some(own);
    }
    let steps: Vec<(Day, Day)> =
        contact.steps.iter().filter_map(|step| step.when.as_deref()).filter_map(days::span).collect();
    let first = steps.iter().map(|step| step.0).min();
    first.zip(steps.iter().map(|step| step.1).max())
}

/// The governments of a contact in alphabetical order, with a space before, between and after.
pub(crate) fn governments_of<A>(contact: &Contact<A>) -> String {
    let codes: BTreeSet<&str> = contact.parties.iter().map(|party| party.government.as_str()).collect();
    let mut all = String::from(" ");
    for code in codes {
        all.push_str(code);
        all.push(' ');
    }
    all
}

/// Connected neighbourhoods that have a dirty member, as indices into `tellings`, in order of their first member.
/// `forced` are tellings (by their ids) that belong together because a person said so.
fn neighbourhoods(tellings: &[Telling], forced: &[Vec<i64>]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(tellings.len());
    let mut same_governments: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, telling) in tellings.iter().enumerate() {
        same_governments.entry(telling.governments).or_default().push(index);
    }
    for members in same_governments.values() {
        link(&mut sets, tellings, members);
    }

    // What was one contact before must be looked at together, so that it can hand on its key.
    let mut bearers: HashMap<i64, usize> = HashMap::new();
    for (index, telling) in tellings.iter().enumerate() {
        if let Some(contact) = telling.contact {
            sets.join(*bearers.entry(contact).or_insert(index), index);
        }
    }
    for ids in forced {
        let mut found = ids.iter().filter_map(|id| tellings.binary_search_by_key(id, |telling| telling.id).ok());
        if let Some(first) = found.next() {
            found.for_each(|other| sets.join(first, other));
        }
    }

    let dirty: BTreeSet<usize> =
        (0..tellings.len()).filter(|index| tellings[*index].dirty).map(|index| sets.find(index)).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = dirty.into_iter().map(|root| (root, Vec::new())).collect();
    for index in 0..tellings.len() {
        if let Some(list) = members.get_mut(&sets.find(index)) {
            list.push(index);
        }
    }
    members.into_values().collect()
}

/// Links the neighbours among tellings of the same governments.
fn link(sets: &mut Sets, tellings: &[Telling], members: &[usize]) {
    // Dated ones lie beside each other in time.
    let mut dated: Vec<(Day, Day, usize)> =
        members.iter().filter_map(|index| tellings[*index].days.map(|(first, last)| (first, last, *index))).collect();
    dated.sort_unstable();
    let mut reach: Option<(Day, usize)> = None;
    for (first, last, index) in dated {
        reach = match reach {
            Some((end, before)) if first <= end.saturating_add(GAP) => {
                sets.join(before, index);
                Some((end.max(last), before))
            }
            _ => Some((last, index)),
        };
    }
    // One that could be any time is everybody's neighbour.
    let anywhere = |telling: &Telling| telling.yearless || (telling.days.is_none() && telling.published.is_none());
    for index in members.iter().copied().filter(|index| anywhere(&tellings[*index])) {
        members.iter().for_each(|other| sets.join(index, *other));
    }
    // An undated one is the neighbour of those whose documents are of about the same days, or of days unknown.
    let undated: Vec<usize> = members.iter().copied().filter(|index| tellings[*index].days.is_none()).collect();
    if undated.is_empty() {
        return;
    }
    for index in members.iter().copied().filter(|index| tellings[*index].published.is_none()) {
        undated.iter().for_each(|other| sets.join(index, *other));
    }
    let mut by_day: Vec<(Day, Day, usize)> = members
        .iter()
        .filter_map(|index| tellings[*index].published.map(|(first, last)| (first, last, *index)))
        .collect();
    by_day.sort_unstable();
    // Each is joined with the undated ones before it whose days reach it, and with the next one after it that it reaches.
    let mut before: Option<(Day, usize)> = None;
    for (first, last, index) in by_day.iter().copied() {
        if let Some((end, other)) = before
            && first <= end.saturating_add(GAP)
        {
            sets.join(other, index);
        }
        if tellings[index].days.is_none() {
            before = Some((before.map_or(last, |(end, _)| end.max(last)), index));
        }
    }
    let mut after: Option<(Day, usize)> = None;
    for (first, last, index) in by_day.iter().rev().copied() {
        if let Some((start, other)) = after
            && last.saturating_add(GAP) >= start
        {
            sets.join(other, index);
        }
        if tellings[index].days.is_none() {
            after = Some((first, index));
        }
    }
}

/// Disjoint sets of indices (Tarjan 1975), with path halving; the smallest index stands for its set.
struct Sets(Vec<u32>);

impl Sets {
    fn new(size: usize) -> Sets {
        Sets((0..size as u32).collect())
    }

    fn find(&mut self, mut index: usize) -> usize {
        while self.0[index] as usize != index {
            self.0[index] = self.0[self.0[index] as usize];
            index = self.0[index] as usize;
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.0[one.max(other)] = one.min(other) as u32;
    }
}

/// Joins one neighbourhood and writes its contacts; returns how many there are.
fn join_neighbourhood(
    sql: &Transaction,
    members: &[&Telling],
    corrections: &crate::corrections::Active,
) -> Result<usize> {
    let live: Vec<&Telling> = members.iter().copied().filter(|telling| !telling.gone).collect();
    let told = Told::load(sql, &live)?;
    let merged = join(&told.records);

    let mut former: BTreeSet<i64> = members.iter().filter_map(|telling| telling.contact).collect();
    former.extend(told.bearers_without_tellings(sql, corrections)?);
    former.extend(split_off(sql, &former)?);
    let former = load_rows(sql, &former)?;

    let machine = hand_on_keys(sql, merged, &former, &told)?;
    let digests = told.digests();
    let rows = crate::corrections::apply(machine, corrections, &former, &digests);
    write_rows(sql, &rows, &former, &told)?;

    // Each telling knows its contact, which the next merge starts from.
    for row in &rows {
        let Some(machine) = &row.machine else { continue };
        let contact: i64 =
            sql.prepare_cached("SELECT id FROM contacts WHERE key = ?1")?.query_row([&row.key], |row| row.get(0))?;
        for telling in told.tellings_of(machine) {
            sql.prepare_cached("UPDATE tellings SET contact = ?2 WHERE id = ?1")?.execute(params![telling, contact])?;
        }
    }
    for telling in members {
        let statement = if telling.gone {
            "DELETE FROM tellings WHERE id = ?1"
        } else {
            "UPDATE tellings SET dirty = 0 WHERE id = ?1"
        };
        sql.prepare_cached(statement)?.execute([telling.id])?;
    }
    Ok(rows.iter().filter(|row| row.fate.state.shown()).count())
}

/// What the documents of a neighbourhood tell.
pub(crate) struct Told {
    /// The records, cut down to the contacts in question, ordered by path.
    pub records: Vec<DocumentRecord>,
    /// Row of each path.
    documents: BTreeMap<String, i64>,
    /// The telling of each document's contact.
    tellings: HashMap<(String, String), i64>,
}

impl Told {
    fn load(sql: &Transaction, live: &[&Telling]) -> Result<Told> {
        let ids = live.iter().map(|telling| telling.id).collect::<Vec<_>>();
        Told::load_ids(sql, &ids)
    }

    /// Loads the tellings with these ids.
    pub(crate) fn load_ids(sql: &rusqlite::Connection, ids: &[i64]) -> Result<Told> {
        let mut wanted: BTreeMap<i64, Vec<(String, i64)>> = BTreeMap::new();
        let mut query = sql.prepare_cached("SELECT document, local FROM tellings WHERE id = ?1")?;
        for id in ids {
            let (document, local) = query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            wanted.entry(document).or_default().push((local, *id));
        }
        let mut told = Told { records: Vec::new(), documents: BTreeMap::new(), tellings: HashMap::new() };
        for (document, locals) in wanted {
            let record = load_tellings(sql, document)?;
            let path = told.add(document, record, |contact| locals.iter().any(|(local, _)| *local == contact.id));
            told.tellings.extend(locals.into_iter().map(|(local, id)| ((path.clone(), local), id)));
        }
        told.records.sort_by(|a, b| a.document.path.cmp(&b.document.path));
        Ok(told)
    }

    /// Adds a document with those of its contacts that are wanted; returns the path that it goes by here.
    fn add(&mut self, document: i64, mut record: DocumentRecord, wanted: impl Fn(&Contact) -> bool) -> String {
        // Two pages saved under one path are told apart by their number.
        if self.documents.contains_key(&record.document.path) {
            record.document.path = format!("{} ({document})", record.document.path);
        }
        record.contacts.retain(wanted);
        let DocumentRecord { contacts, accounts, disputes, .. } = &mut record;
        let held = |id: &str| contacts.iter().any(|contact| contact.id == id);
        accounts.retain(|account| held(&account.contact));
        disputes.retain(|dispute| held(&dispute.contact));
        record.article.body = Vec::new();
        record.article.comments = Vec::new();
        let path = record.document.path.clone();
        self.documents.insert(path.clone(), document);
        self.records.push(record);
        path
    }

    /// What the documents told that were published by a day, of contacts in which all of `governments` take part: of each
    /// document the last revision published by then.
    pub(crate) fn load_as_of(sql: &rusqlite::Connection, governments: &[String], day: Day) -> Result<Told> {
        let mut conditions = String::new();
        let mut values: Vec<rusqlite::types::Value> = vec![day.into()];
        for code in governments {
            conditions.push_str(" AND governments LIKE ?");
            values.push(format!("% {code} %").into());
        }
        let mut query = sql.prepare(&format!(
            "SELECT tellings.id FROM tellings JOIN documents ON documents.id = tellings.document
             WHERE gone = 0 AND published_last <= ?{conditions} ORDER BY tellings.id"
        ))?;
        let ids: Vec<i64> = query
            .query_map(rusqlite::params_from_iter(values), |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        let mut told = Told::load_ids(sql, &ids)?;
        // A document that was changed after that day is taken as it was before.
        let mut former = sql.prepare_cached(
            "SELECT id FROM documents AS own WHERE current = 0 AND published_last <= ?1 AND NOT EXISTS (
                 SELECT 1 FROM documents WHERE address = own.address AND published_last <= ?1
                     AND (current = 1 OR current = 0 AND own.revision < revision)
             ) AND EXISTS (SELECT 1 FROM documents WHERE address = own.address AND current = 1) ORDER BY id",
        )?;
        let former: Vec<i64> = former.query_map([day], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        for document in former {
            let all = |contact: &Contact| {
                let own = governments_of(contact);
                governments.iter().all(|code| own.contains(&format!(" {code} ")))
            };
            let record = load_tellings(sql, document)?;
            if record.contacts.iter().any(all) {
                told.add(document, record, all);
            }
        }
        told.records.sort_by(|a, b| a.document.path.cmp(&b.document.path));
        Ok(told)
    }

    /// The digest of each path's bytes.
    pub(crate) fn digests(&self) -> BTreeMap<String, String> {
        let digest = |record: &DocumentRecord| (record.document.path.clone(), record.document.sha256.clone());
        self.records.iter().map(digest).collect()
    }

    /// The record of that path.
    fn record(&self, path: &str) -> Option<&DocumentRecord> {
        let at = self.records.binary_search_by(|record| record.document.path.as_str().cmp(path)).ok()?;
        self.records.get(at)
    }

    /// The tellings that went into a merged contact: those one of whose accounts it holds, and whose governments are its own.
    pub(crate) fn tellings_of(&self, merged: &MergedContact) -> BTreeSet<i64> {
        let all = governments_of(&merged.contact);
        let mut found = BTreeSet::new();
        for account in &merged.contact.accounts {
            let Some(path) = account.document.as_deref() else { continue };
            let Some(record) = self.record(path) else { continue };
            for local in record.accounts.iter().filter(|other| other.evidence == account.evidence) {
                let Some(contact) = record.contacts.iter().find(|contact| contact.id == local.contact) else {
                    continue;
                };
                let fits = contact.parties.iter().all(|party| all.contains(&format!(" {} ", party.government)));
                if let (true, Some(id)) = (fits, self.tellings.get(&(path.to_owned(), contact.id.clone()))) {
                    found.insert(*id);
                }
            }
        }
        found
    }

    /// Contacts that people hold to, that no telling leads to, and that may be found again here.
    fn bearers_without_tellings(
        &self,
        sql: &Transaction,
        corrections: &crate::corrections::Active,
    ) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        for key in corrections.keys_about(&self.records) {
            let id: Option<i64> = sql
                .prepare_cached(
                    "SELECT id FROM contacts WHERE key = ?1
                     AND NOT EXISTS (SELECT 1 FROM tellings WHERE contact = contacts.id)",
                )?
                .query_row([key], |row| row.get(0))
                .optional()?;
            found.extend(id);
        }
        Ok(found)
    }
}

/// Contacts that a person split off these.
fn split_off(sql: &Transaction, contacts: &BTreeSet<i64>) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for contact in contacts {
        let mut query = sql.prepare_cached(
            "SELECT id FROM contacts WHERE machine IS NULL AND into_key = (SELECT key FROM contacts WHERE id = ?1)",
        )?;
        for id in query.query_map([contact], |row| row.get(0))? {
            found.push(id?);
        }
    }
    Ok(found)
}

/// The record of one document.
pub(crate) fn load_record(sql: &rusqlite::Connection, document: i64) -> Result<DocumentRecord> {
    let json: Vec<u8> =
        sql.prepare_cached("SELECT json FROM records WHERE document = ?1")?.query_row([document], |row| row.get(0))?;
    Ok(serde_json::from_slice(&unpack(&json)?)?)
}

/// What joining needs of a record. Its statements are most of it, and are passed over.
#[derive(serde::Deserialize)]
struct Tellings {
    document: Document,
    article: Article,
    contacts: Vec<Contact>,
    accounts: Vec<Account>,
    disputes: Vec<Dispute>,
}

/// The record of one document, without its statements.
fn load_tellings(sql: &rusqlite::Connection, document: i64) -> Result<DocumentRecord> {
    let json: Vec<u8> =
        sql.prepare_cached("SELECT json FROM records WHERE document = ?1")?.query_row([document], |row| row.get(0))?;
    let Tellings { document, article, contacts, accounts, disputes } = serde_json::from_slice(&unpack(&json)?)?;
    Ok(DocumentRecord { document, article, contacts, accounts, disputes, statements: Vec::new() })
}

/// Joins the contacts of several records into one list, oldest first. Independent of the order of the records.
pub(crate) fn join(records: &[DocumentRecord]) -> Vec<MergedContact> {
    reader::contacts::merge(records)
}

/// A row of the table of contacts as it was.
pub(crate) struct Former {
    pub id: i64,
    pub key: String,
    pub state: State,
    pub machine: Option<MergedContact>,
    pub changed: Option<MergedContact>,
    into: Option<String>,
    blobs: (Option<Vec<u8>>, Option<Vec<u8>>),
}

fn load_rows(sql: &Transaction, ids: &BTreeSet<i64>) -> Result<Vec<Former>> {
    let mut query =
        sql.prepare_cached("SELECT id, key, state, into_key, machine, final FROM contacts WHERE id = ?1")?;
    let mut rows = Vec::new();
    for id in ids {
        let row = query
            .query_row([id], |row| {
                let state: String = row.get(2)?;
                let blobs: (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(4)?, row.get(5)?);
                Ok((row.get(0)?, row.get(1)?, state, row.get(3)?, blobs))
            })
            .optional()?;
        let Some((id, key, state, into, (machine, changed))) = row else { continue };
        rows.push(Former {
            id,
            key,
            into,
            state: State::parse(&state).unwrap_or(State::Machine),
            machine: machine.as_deref().map(contact_from).transpose()?,
            changed: changed.as_deref().map(contact_from).transpose()?,
            blobs: (machine, changed),
        });
    }
    Ok(rows)
}

/// The contact in a packed blob.
pub(crate) fn contact_from(blob: &[u8]) -> Result<MergedContact> {
    Ok(serde_json::from_slice(&unpack(blob)?)?)
}

/// Whether two accounts rest on the same words: spans of one document that overlap, or the same words in a later revision.
fn same_words(one: &Account, other: &Account) -> bool {
    one.document == other.document
        && one
            .evidence
            .iter()
            .any(|a| other.evidence.iter().any(|b| (a.start < b.end && b.start < a.end) || a.quote == b.quote))
}

/// Gives every merged contact its key: that of the former contact with which it shares the most accounts, else a new one.
fn hand_on_keys(
    sql: &Transaction,
    merged: Vec<MergedContact>,
    former: &[Former],
    told: &Told,
) -> Result<Vec<(String, MergedContact)>> {
    // Accounts of the former contacts by document, so that a large neighbourhood is not compared each with each.
    let mut by_document: HashMap<&str, Vec<(usize, &Account)>> = HashMap::new();
    for (index, row) in former.iter().enumerate() {
        // What a person split off is not the program's to find again.
        if row.machine.is_none() && row.into.is_some() {
            continue;
        }
        let Some(contact) = row.machine.as_ref().or(row.changed.as_ref()) else { continue };
        for account in &contact.contact.accounts {
            if let Some(document) = account.document.as_deref() {
                by_document.entry(document).or_default().push((index, account));
            }
        }
    }
    let mut claims = Vec::new();
    for (new, contact) in merged.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for account in &contact.contact.accounts {
            let rivals = account.document.as_deref().and_then(|document| by_document.get(document));
            for (old, _) in rivals.into_iter().flatten().filter(|(_, rival)| same_words(account, rival)) {
                *shared.entry(*old).or_default() += 1;
            }
        }
        for (old, count) in shared {
            let Some(was) = former.get(old).and_then(|row| row.machine.as_ref().or(row.changed.as_ref())) else {
                continue;
            };
            let alike = governments_of(&was.contact) == governments_of(&contact.contact);
            let channel = was.contact.channel.class() == contact.contact.channel.class();
            claims.push((std::cmp::Reverse((alike, channel, count)), old, new));
        }
    }
    claims.sort();
    let mut keys: Vec<Option<String>> = vec![None; merged.len()];
    let mut taken = BTreeSet::new();
    for (_, old, new) in claims {
        if let (Some(slot @ None), Some(row)) = (keys.get_mut(new), former.get(old))
            && taken.insert(old)
        {
            *slot = Some(row.key.clone());
        }
    }
    let mut all: BTreeSet<String> = keys.iter().flatten().cloned().collect();
    let mut keyed = Vec::with_capacity(merged.len());
    for (mut contact, key) in merged.into_iter().zip(keys) {
        let key = match key {
            Some(key) => key,
            None => new_key(sql, &contact, told, &all)?,
        };
        all.insert(key.clone());
        contact.contact.id.clone_from(&key);
        for dispute in &mut contact.disputes {
            dispute.contact.clone_from(&key);
        }
        for account in &mut contact.contact.accounts {
            account.contact.clone_from(&key);
        }
        keyed.push((key, contact));
    }
    Ok(keyed)
}

/// A key that no contact has or had.
fn new_key(sql: &Transaction, contact: &MergedContact, told: &Told, taken: &BTreeSet<String>) -> Result<String> {
    for attempt in 0u32.. {
        let key = founding_key(contact, told, attempt);
        let known: bool = sql
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM contacts WHERE key = ?1 UNION SELECT 1 FROM former_keys WHERE key = ?1)",
            )?
            .query_row([&key], |row| row.get(0))?;
        if !known && !taken.contains(&key) {
            return Ok(key);
        }
    }
    unreachable!("a free key is found long before four thousand million attempts")
}

/// A key made from the account that founds the contact: the earliest document's, and in it the first.
pub(crate) fn founding_key(contact: &MergedContact, told: &Told, attempt: u32) -> String {
    let accounts = contact.contact.accounts.iter();
    let founding = accounts.filter_map(|account| {
        let record = told.record(account.document.as_deref()?)?;
        let evidence = account.evidence.first()?;
        let published = record.article.published.as_deref().and_then(days::span);
        Some((published.is_none(), published, &record.document.sha256, evidence.start, &evidence.quote))
    });
    let mut digest = Sha256::new();
    if let Some((_, _, sha256, _, quote)) = founding.min() {
        digest.update(sha256);
        digest.update(quote);
    }
    digest.update(governments_of(&contact.contact));
    digest.update(format!("{:?}", contact.contact.channel.class()));
    digest.update(attempt.to_le_bytes());
    spell(&digest.finalize())
}

/// Eight characters of Crockford's base 32 for the first forty bits of a digest.
pub(crate) fn spell(digest: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bits = digest.iter().take(5).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).rev().map(|place| char::from(DIGITS[(bits >> (place * 5) & 31) as usize])).collect()
}

/// Writes the contacts of a neighbourhood, and takes away those that are no more.
fn write_rows(sql: &Transaction, rows: &[Row], former: &[Former], told: &Told) -> Result<()> {
    let kept: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    for row in former.iter().filter(|row| !kept.contains(row.key.as_str())) {
        sql.prepare_cached("UPDATE tellings SET contact = NULL WHERE contact = ?1")?.execute([row.id])?;
        sql.prepare_cached("DELETE FROM contacts WHERE id = ?1")?.execute([row.id])?;
        // Its accounts went somewhere: whoever asks for the old key is led there.
        if let Some(now) = row.machine.as_ref().and_then(|was| successor(was, rows)) {
            sql.prepare_cached("INSERT OR REPLACE INTO former_keys (key, now) VALUES (?1, ?2)")?
                .execute(params![row.key, now])?;
        }
    }
    let known: HashMap<&str, &Former> = former.iter().map(|row| (row.key.as_str(), row)).collect();
    for row in rows {
        let Some(shown) = row.fate.changed.as_ref().or(row.machine.as_ref()) else { continue };
        let machine = row.machine.as_ref().map(blob).transpose()?;
        let changed = row.fate.changed.as_ref().map(blob).transpose()?;
        let was = known.get(row.key.as_str());
        if was.is_some_and(|was| {
            was.blobs == (machine.clone(), changed.clone()) && was.state == row.fate.state && was.into == row.fate.into
        }) {
            continue;
        }
        let when = days_of(&shown.contact);
        sql.prepare_cached(
            "INSERT INTO contacts (key, shown, state, into_key, channel, status, first_day, last_day, disputes, machine, final)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (key) DO UPDATE SET shown = excluded.shown, state = excluded.state, into_key = excluded.into_key,
                 channel = excluded.channel, status = excluded.status, first_day = excluded.first_day,
                 last_day = excluded.last_day, disputes = excluded.disputes, machine = excluded.machine,
                 final = excluded.final",
        )?
        .execute(params![
            row.key,
            row.fate.state.shown(),
            row.fate.state.name(),
            row.fate.into,
            shown.contact.channel.name(),
            shown.contact.status.name(),
            when.map(|(first, _)| first),
            when.map(|(_, last)| last),
            shown.disputes.len() as i64,
            machine,
            changed,
        ])?;
        let id: i64 =
            sql.prepare_cached("SELECT id FROM contacts WHERE key = ?1")?.query_row([&row.key], |row| row.get(0))?;
        sql.prepare_cached("DELETE FROM parties WHERE contact = ?1")?.execute([id])?;
        for party in &shown.contact.parties {
            sql.prepare_cached("INSERT OR IGNORE INTO parties (government, contact) VALUES (?1, ?2)")?
                .execute(params![party.government, id])?;
        }
        crate::names::write(sql, id, shown)?;
        sql.prepare_cached("DELETE FROM contact_documents WHERE contact = ?1")?.execute([id])?;
        for document in shown.documents.iter().filter_map(|path| told.documents.get(path)) {
            sql.prepare_cached("INSERT OR IGNORE INTO contact_documents (contact, document) VALUES (?1, ?2)")?
                .execute(params![id, document])?;
        }
    }
    Ok(())
}

/// The key of the row that holds the most of a former contact's accounts.
fn successor<'a>(was: &MergedContact, rows: &'a [Row]) -> Option<&'a str> {
    let shared = |row: &Row| {
        row.machine.as_ref().map_or(0, |now| {
            was.contact.accounts.iter().filter(|a| now.contact.accounts.iter().any(|b| same_words(a, b))).count()
        })
    };
    let best = rows.iter().max_by_key(|row| (shared(row), std::cmp::Reverse(&row.key)))?;
    (shared(best) > 0).then_some(best.key.as_str())
}

fn blob(contact: &MergedContact) -> Result<Vec<u8>> {
    pack(&serde_json::to_vec(contact)?)
}
