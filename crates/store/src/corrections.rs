//! What people change: append-only, undoable, and able to find its contact again after everything is read anew.
//!
//! A correction never touches what the program found. It is kept in a log, and the log is applied anew whenever contacts
//! are joined. It says which contact it means by that contact's key and by *anchors*: the words (document digest, path,
//! code points, quotation) that its accounts rest on. Anchors find the contact again when a newer version reads the
//! documents, when more documents join it, when it is imported into another file. A contact that a person accepted or
//! changed and that the program no longer finds stays in the record as it stood before the correction.
//!
//! A contact added by hand is kept as a document of its own whose text is the editor's note, so that it is searched,
//! exported and joined with what the press says like any other.

use crate::days;
use crate::error::{Result, StoreError};
use crate::merging::{Fate, Former, Row, State, governments_of, spell};
use crate::opening::Store;
use crate::writing::Input;
use reader::codes::{DateBasis, Stance, StepKind, VoiceKind};
use reader::record::{
    Account, Article, Block, Claim, Contact, Document, DocumentRecord, Evidence, MergedContact, Step, Voice, When,
};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// One entry of the log: one line of the exported file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Made from all the rest, so that a line imported twice is one entry.
    #[serde(default)]
    pub id: String,
    /// When it was made, UTC as RFC 3339.
    pub time: String,
    /// Who made it.
    pub editor: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it does.
    #[serde(flatten)]
    pub action: Action,
    /// The contact that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The contact as it stood before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<MergedContact>>,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// The contact is right as it stands.
    Accept,
    /// It is none, and is no longer shown.
    Reject,
    /// One of its fields has another value: a field of the printed record, and its new value there.
    Edit {
        /// `channel`, `status`, `initiator`, `when`, `where`, `parties`, `topics` …
        field: String,
        /// As the record prints it; for `when` an EDTF date and for `where` a place in words will do.
        value: Value,
    },
    /// Other contacts are the same as this one.
    Merge {
        /// Which.
        with: Vec<Target>,
    },
    /// Some of its accounts are about another contact.
    Split {
        /// The words that those accounts rest on.
        off: Vec<Anchor>,
    },
    /// It has one more step.
    AddStep {
        /// Which.
        step: Step,
    },
    /// A contact that no document tells of.
    Add {
        /// The contact; its id and accounts are made here.
        contact: Box<Contact>,
        /// What the editor writes of it; its evidence.
        note: String,
        /// The government whose record this is, where it is one's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        government: Option<String>,
    },
    /// One coder's values, for comparison; changes nothing.
    Code {
        /// The variable and its value; an absent variable was not coded.
        values: BTreeMap<String, Value>,
    },
    /// An earlier correction no longer counts.
    Undo {
        /// Its id.
        of: String,
    },
}

/// Some words of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// Digest of the document's bytes.
    pub sha256: String,
    /// Its path.
    pub path: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The characters between.
    pub quote: String,
}

/// Which contact is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its key when the correction was made.
    pub key: String,
    /// Its governments, in alphabetical order, with spaces between.
    pub governments: String,
    /// Its channel.
    pub channel: reader::codes::Channel,
    /// What its accounts rest on.
    pub anchors: Vec<Anchor>,
}

/// The corrections that count, in order of time, with what finds them.
pub(crate) struct Active {
    corrections: Vec<Correction>,
}

impl Active {
    /// The keys of the contacts that corrections about these documents are about.
    pub(crate) fn keys_about(&self, records: &[DocumentRecord]) -> BTreeSet<&str> {
        let digests: BTreeSet<&str> = records.iter().map(|record| record.document.sha256.as_str()).collect();
        let paths: BTreeSet<&str> = records.iter().map(|record| record.document.path.as_str()).collect();
        self.targets()
            .filter(|target| {
                target
                    .anchors
                    .iter()
                    .any(|anchor| digests.contains(anchor.sha256.as_str()) || paths.contains(anchor.path.as_str()))
            })
            .map(|target| target.key.as_str())
            .collect()
    }

    fn targets(&self) -> impl Iterator<Item = &Target> {
        self.corrections.iter().flat_map(|correction| {
            let with = match &correction.action {
                Action::Merge { with } => with.as_slice(),
                _ => &[],
            };
            correction.target.iter().chain(with)
        })
    }

    /// Only those made up to the end of that day (UTC).
    pub(crate) fn until(mut self, day: jiff::civil::Date) -> Active {
        self.corrections.retain(|correction| correction.time.get(..10).is_some_and(|time| *time <= *day.to_string()));
        self
    }

    /// Those of the list that were not undone, by time.
    fn of(mut all: Vec<Correction>) -> Active {
        all.sort_by(|a, b| (&a.time, &a.id).cmp(&(&b.time, &b.id)));
        let mut undone: BTreeSet<String> = BTreeSet::new();
        // From the last to the first, since an undo may itself be undone.
        for correction in all.iter().rev() {
            if let Action::Undo { of } = &correction.action
                && !undone.contains(&correction.id)
            {
                undone.insert(of.clone());
            }
        }
        all.retain(|correction| !undone.contains(&correction.id));
        Active { corrections: all }
    }
}

impl Correction {
    /// The entry with its id made from everything else in it.
    fn sealed(mut self) -> Result<Correction> {
        self.id.clear();
        self.id = spell(&Sha256::digest(serde_json::to_vec(&self)?));
        Ok(self)
    }
}

impl Store {
    /// Every correction, in the order in which they came into this file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>> {
        let mut query = self.connection.prepare("SELECT json FROM corrections ORDER BY number")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
    }

    pub(crate) fn active_corrections(&self) -> Result<Active> {
        Ok(Active::of(self.corrections()?))
    }

    /// Which contact `key` (or the beginning of one) names, as a correction keeps it, and how it stands.
    ///
    /// # Errors
    /// Where there is no such contact, or several.
    pub fn target(&self, key: &str) -> Result<(Target, MergedContact)> {
        let contact = self.contact(key)?.contact;
        let mut anchors = Vec::new();
        for account in &contact.contact.accounts {
            let Some(path) = account.document.as_deref() else { continue };
            let sha256: Option<String> = self
                .connection
                .prepare_cached("SELECT sha256 FROM documents WHERE path = ?1 AND current = 1")?
                .query_row([path], |row| row.get(0))
                .optional()?;
            for evidence in &account.evidence {
                anchors.push(Anchor {
                    sha256: sha256.clone().unwrap_or_default(),
                    path: path.to_owned(),
                    start: evidence.start,
                    end: evidence.end,
                    quote: evidence.quote.clone(),
                });
            }
        }
        let target = Target {
            key: contact.contact.id.clone(),
            governments: governments_of(&contact.contact).trim().to_owned(),
            channel: contact.contact.channel,
            anchors,
        };
        Ok((target, contact))
    }

    /// Adds corrections to the log and applies them. Entries that are there already are left out; returns how many were new.
    ///
    /// # Errors
    /// Where a value makes no sense for its field, an undo names no entry, or the file cannot be written; then none is added.
    pub fn correct(&mut self, corrections: Vec<Correction>) -> Result<usize> {
        let known: BTreeSet<String> = self.corrections()?.into_iter().map(|correction| correction.id).collect();
        let mut fresh: Vec<Correction> = Vec::new();
        for correction in corrections {
            let correction = correction.sealed()?;
            check(&correction)?;
            if !known.contains(&correction.id) && fresh.iter().all(|other| other.id != correction.id) {
                fresh.push(correction);
            }
        }
        for correction in &fresh {
            if let Action::Undo { of } = &correction.action
                && !known.contains(of)
                && fresh.iter().all(|other| other.id != *of)
            {
                return Err(StoreError::request(format!("no correction has the id {of}")));
            }
        }
        let mut batch = self.begin()?;
        for correction in &fresh {
            batch.log(correction)?;
        }
        batch.commit()?;
        self.settle()?;
        self.merge(&mut |_, _| {})?;
        Ok(fresh.len())
    }

    /// Brings what lies outside the joining of documents in line with the log: documents made by hand, and contacts that
    /// only corrections hold.
    fn settle(&mut self) -> Result<()> {
        let active = self.active_corrections()?;
        let wanted: BTreeMap<String, &Correction> = active
            .corrections
            .iter()
            .filter(|correction| matches!(correction.action, Action::Add { .. }))
            .map(|correction| (hand_path(&correction.id), correction))
            .collect();
        let mut batch = self.begin()?;
        for path in batch.hand_documents()? {
            if !wanted.contains_key(&path) {
                batch.remove(&path)?;
            }
        }
        for (path, correction) in &wanted {
            if !batch.holds(path)? {
                let (record, note) = hand_record(correction)?;
                let known = reader::Known { published: Some(correction.time.clone()), ..Default::default() };
                batch.put(&Input { record: &record, text: &note, bytes: note.as_bytes(), known: &known })?;
            }
        }
        let held: BTreeSet<&str> = active.targets().map(|target| target.key.as_str()).collect();
        batch.release_kept(&held)?;
        batch.commit()
    }

    /// Tellings that belong together because active corrections merge their contacts.
    pub(crate) fn forced(&self, active: &Active) -> Result<Vec<Vec<i64>>> {
        let mut forced = Vec::new();
        let mut query = self.connection.prepare_cached(
            "SELECT tellings.id FROM tellings JOIN documents ON documents.id = tellings.document
             WHERE documents.sha256 = ?1 OR documents.path = ?2",
        )?;
        for correction in &active.corrections {
            let Action::Merge { with } = &correction.action else { continue };
            let mut ids = Vec::new();
            for anchor in correction.target.iter().chain(with).flat_map(|target| &target.anchors) {
                for id in query.query_map(params![anchor.sha256, anchor.path], |row| row.get(0))? {
                    ids.push(id?);
                }
            }
            forced.push(ids);
        }
        Ok(forced)
    }
}

impl crate::Batch<'_> {
    /// Appends an entry, and marks for joining what it is about.
    fn log(&mut self, correction: &Correction) -> Result<()> {
        let sql = self.sql();
        sql.prepare_cached("INSERT INTO corrections (id, json) VALUES (?1, ?2)")?
            .execute(params![correction.id, serde_json::to_string(correction)?])?;
        let undone: Option<Correction> = match &correction.action {
            Action::Undo { of } => sql
                .prepare_cached("SELECT json FROM corrections WHERE id = ?1")?
                .query_row([of], |row| row.get::<_, String>(0))
                .optional()?
                .map(|json| serde_json::from_str(&json))
                .transpose()?,
            _ => None,
        };
        let active = Active { corrections: undone.into_iter().chain([correction.clone()]).collect() };
        for anchor in active.targets().flat_map(|target| &target.anchors) {
            sql.prepare_cached(
                "UPDATE tellings SET dirty = 1
                 WHERE document IN (SELECT id FROM documents WHERE current = 1 AND (sha256 = ?1 OR path = ?2))",
            )?
            .execute(params![anchor.sha256, anchor.path])?;
        }
        // An undone undo brings back what the first one was about.
        if let Some(Action::Undo { .. }) = active.corrections.first().map(|first| &first.action) {
            sql.execute("UPDATE tellings SET dirty = 1", [])?;
        }
        Ok(())
    }

    fn hand_documents(&self) -> Result<Vec<String>> {
        let mut query =
            self.sql().prepare_cached("SELECT path FROM documents WHERE current = 1 AND media_type = ?1")?;
        let paths = query.query_map([HAND], |row| row.get(0))?;
        Ok(paths.collect::<std::result::Result<_, _>>()?)
    }

    fn holds(&self, path: &str) -> Result<bool> {
        let mut query =
            self.sql().prepare_cached("SELECT EXISTS (SELECT 1 FROM documents WHERE current = 1 AND path = ?1)")?;
        Ok(query.query_row([path], |row| row.get(0))?)
    }

    /// Takes contacts out that only corrections held, and that none holds any longer.
    fn release_kept(&self, held: &BTreeSet<&str>) -> Result<()> {
        let sql = self.sql();
        let kept: Vec<(i64, String)> = sql
            .prepare_cached("SELECT id, key FROM contacts WHERE state = 'kept'")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<std::result::Result<_, _>>()?;
        for (id, key) in kept {
            if !held.contains(key.as_str()) {
                sql.prepare_cached("DELETE FROM contacts WHERE id = ?1")?.execute([id])?;
            }
        }
        Ok(())
    }
}

/// The media type of documents that hold an editor's note.
pub const HAND: &str = "text/x-memcon-note";

fn hand_path(id: &str) -> String {
    format!("by-hand/{id}")
}

/// The document that stands for a contact added by hand, and its text.
fn hand_record(correction: &Correction) -> Result<(DocumentRecord, String)> {
    let Action::Add { contact, note, government } = &correction.action else {
        return Err(StoreError::request("only an added contact has a document of its own"));
    };
    let chars = note.chars().count();
    let voice = Voice {
        kind: if government.is_some() { VoiceKind::Official } else { VoiceKind::Reporter },
        name: Some(correction.editor.clone()),
        person: None,
        government: government.clone(),
        office: None,
        via: None,
    };
    let claim = Claim {
        channel: Some(contact.channel),
        status: Some(contact.status),
        when: contact.when.as_ref().map(|when| when.edtf.clone()),
        initiator: contact.initiator.clone(),
        place: contact.place.as_ref().map(|place| place.name.clone()),
        duration_minutes: contact.duration_minutes,
        topics: contact.topics.clone(),
        outcome: contact.outcome.clone(),
        ..Claim::default()
    };
    let account = |number: usize, claim| Account {
        id: format!("a{number}"),
        contact: "c1".to_owned(),
        voice: voice.clone(),
        stance: Stance::Asserted,
        claim,
        evidence: vec![Evidence { start: 0, end: chars, quote: note.clone() }],
        rules: vec!["by hand".to_owned()],
        document: None,
    };
    // The contact itself is one account, each step another, all resting on the note.
    let mut accounts = vec![account(1, claim)];
    let mut contact = (**contact).clone();
    contact.id = "c1".to_owned();
    for (at, step) in contact.steps.iter_mut().enumerate() {
        let told_of_contact = matches!(step.step, StepKind::Held | StepKind::Attempted | StepKind::Started);
        let claim = Claim {
            step: Some(step.step),
            step_when: step.when.clone(),
            when: step.when.clone().filter(|_| told_of_contact),
            by: step.by.clone(),
            ..Claim::default()
        };
        step.accounts = vec![format!("a{}", at + 2)];
        accounts.push(account(at + 2, claim));
    }
    contact.accounts = accounts.iter().map(|account| account.id.clone()).collect();
    let digest: String =
        Sha256::digest(format!("{}\n{note}", correction.id)).iter().map(|b| format!("{b:02x}")).collect();
    let record = DocumentRecord {
        document: Document {
            path: hand_path(&correction.id),
            sha256: digest,
            media_type: HAND.to_owned(),
            chars,
            ..Document::default()
        },
        article: Article {
            origin: Some(correction.editor.clone()),
            published: correction.time.get(..10).map(str::to_owned),
            body: vec![Block { kind: reader::codes::BlockKind::Paragraph, start: 0, end: chars }],
            ..Article::default()
        },
        contacts: vec![contact],
        accounts,
        disputes: Vec::new(),
        statements: Vec::new(),
    };
    Ok((record, note.clone()))
}

/// Refuses what could never be applied.
fn check(correction: &Correction) -> Result<()> {
    if correction.editor.trim().is_empty() {
        return Err(StoreError::request("a correction needs an editor (--editor NAME or MEMCON_EDITOR)"));
    }
    if correction.time.parse::<jiff::Timestamp>().is_err() {
        return Err(StoreError::request(format!("{} is no time: write it as 2026-11-22T17:00:00Z", correction.time)));
    }
    let needs_target = !matches!(correction.action, Action::Add { .. } | Action::Undo { .. });
    if needs_target && correction.target.is_none() {
        return Err(StoreError::request("the correction does not say which contact it is about"));
    }
    match &correction.action {
        Action::Edit { field, value } => {
            let before =
                correction.before.as_deref().ok_or_else(|| StoreError::request("an edit needs the state before"))?;
            set_field(before, field, value).map(|_| ())
        }
        Action::Add { contact, note, .. } => {
            if note.trim().is_empty() {
                return Err(StoreError::request("a contact added by hand needs a note: it is its evidence"));
            }
            if contact.parties.len() < 2 {
                return Err(StoreError::request("a contact has at least two parties"));
            }
            Ok(())
        }
        Action::Split { off } if off.is_empty() => Err(StoreError::request("name the accounts to split off")),
        _ => Ok(()),
    }
}

/// The fields that an edit may set.
pub const FIELDS: &[&str] = &[
    "channel",
    "parties",
    "initiator",
    "status",
    "when",
    "where",
    "duration_minutes",
    "attempts",
    "topics",
    "reason",
    "outcome",
    "tone",
];

/// The contact with another value in one field. Strings are taken for what the field holds: an EDTF date, a place, a number,
/// a list with semicolons between its entries; `null` or an empty string empties it.
pub(crate) fn set_field(contact: &MergedContact, field: &str, value: &Value) -> Result<MergedContact> {
    if !FIELDS.contains(&field) {
        return Err(StoreError::request(format!("no field is called {field}; there are {}", FIELDS.join(", "))));
    }
    let wrong = || StoreError::request(format!("{value} is no value for {field}"));
    let text = value.as_str().map(str::trim);
    let value = match (field, text) {
        ("channel" | "status", _) => value.clone(),
        ("topics" | "reason", Some(text)) => {
            text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(Value::from).collect()
        }
        ("topics" | "reason", None) if value.is_null() => Value::Array(Vec::new()),
        (_, Some("")) => Value::Null,
        ("when", Some(text)) => {
            if days::bounds(text).is_none() && !text.starts_with("XXXX-") {
                return Err(StoreError::request(format!(
                    "{text} is no EDTF date (2013-02-12, 2013-03, 2013-02-26/2013-02-28)"
                )));
            }
            serde_json::to_value(When { edtf: text.to_owned(), basis: DateBasis::Stated })?
        }
        ("where", Some(text)) => serde_json::json!({"name": text, "country": null}),
        ("duration_minutes", Some(text)) => {
            Value::from(text.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(wrong)?)
        }
        ("attempts", Some(text)) => Value::from(text.parse::<u32>().map_err(|_| wrong())?),
        _ => value.clone(),
    };
    let mut json = serde_json::to_value(contact)?;
    if let Some(fields) = json.as_object_mut() {
        fields.insert(field.to_owned(), value.clone());
    }
    serde_json::from_value(json)
        .map_err(|error| StoreError::request(format!("{value} is no value for {field}: {error}")))
}

/// Applies the corrections that count to contacts that were just joined. `former` are the rows that stood there.
pub(crate) fn apply(
    machine: Vec<(String, MergedContact)>,
    active: &Active,
    former: &[Former],
    digests: &BTreeMap<String, String>,
) -> Vec<Row> {
    let mut rows: Vec<Row> = machine
        .into_iter()
        .map(|(key, machine)| Row {
            key,
            machine: Some(machine),
            fate: Fate { state: State::Machine, changed: None, into: None },
        })
        .collect();
    for correction in &active.corrections {
        let Some(target) = &correction.target else { continue };
        let at = match resolve(&rows, target, digests) {
            Some(at) => at,
            None => match keep(correction, target, former) {
                Some(row) => {
                    rows.push(row);
                    rows.len() - 1
                }
                None => continue,
            },
        };
        match &correction.action {
            Action::Accept => set_state(&mut rows, at, State::Accepted),
            Action::Reject => set_state(&mut rows, at, State::Rejected),
            Action::Edit { field, value } => {
                if let Some(changed) = shown(&rows, at).and_then(|contact| set_field(contact, field, value).ok()) {
                    change(&mut rows, at, changed);
                }
            }
            Action::AddStep { step } => {
                if let Some(mut changed) = shown(&rows, at).cloned() {
                    changed.contact.steps.push(step.clone());
                    order_steps(&mut changed);
                    change(&mut rows, at, changed);
                }
            }
            Action::Merge { with } => {
                for other in with {
                    let Some(other) = resolve(&rows, other, digests).filter(|other| *other != at) else { continue };
                    let (Some(one), Some(two)) = (shown(&rows, at), shown(&rows, other)) else { continue };
                    let (joined, key) = (join_two(one, two), one.contact.id.clone());
                    change(&mut rows, at, joined);
                    if let Some(row) = rows.get_mut(other) {
                        row.fate.state = State::Joined;
                        row.fate.into = Some(key);
                    }
                }
            }
            Action::Split { off } => {
                let Some((left, part)) =
                    shown(&rows, at).and_then(|contact| split(contact, off, digests, &correction.id))
                else {
                    continue;
                };
                let fate =
                    Fate { state: State::Edited, changed: Some(part.clone()), into: Some(left.contact.id.clone()) };
                change(&mut rows, at, left);
                rows.push(Row { key: part.contact.id, machine: None, fate });
            }
            Action::Add { .. } | Action::Code { .. } | Action::Undo { .. } => {}
        }
    }
    rows
}

fn shown(rows: &[Row], at: usize) -> Option<&MergedContact> {
    let row = rows.get(at)?;
    row.fate.changed.as_ref().or(row.machine.as_ref())
}

fn set_state(rows: &mut [Row], at: usize, state: State) {
    if let Some(row) = rows.get_mut(at)
        && row.fate.state != State::Kept
    {
        row.fate.state = state;
    }
}

fn change(rows: &mut [Row], at: usize, changed: MergedContact) {
    if let Some(row) = rows.get_mut(at) {
        row.fate.changed = Some(changed);
    }
    set_state(rows, at, State::Edited);
}

/// The row that a target means: that which rests on the most of its words, its governments and channel preferred.
fn resolve(rows: &[Row], target: &Target, digests: &BTreeMap<String, String>) -> Option<usize> {
    let best = (0..rows.len()).filter_map(|at| {
        let row = rows.get(at).filter(|row| row.fate.state != State::Joined)?;
        let contact = shown(rows, at)?;
        let words = contact
            .contact
            .accounts
            .iter()
            .filter(|account| target.anchors.iter().any(|anchor| rests_on(account, anchor, digests)))
            .count();
        let same_key = row.key == target.key;
        if words == 0 && !same_key {
            return None;
        }
        let governments = governments_of(&contact.contact).trim() == target.governments;
        let channel = contact.contact.channel.class() == target.channel.class();
        // Where neither the key nor the governments fit, the words are another contact's in the same sentence.
        (same_key || governments).then_some(((governments, channel, words, same_key), std::cmp::Reverse(at)))
    });
    best.max().map(|(_, at)| at.0)
}

fn rests_on(account: &Account, anchor: &Anchor, digests: &BTreeMap<String, String>) -> bool {
    let Some(path) = account.document.as_deref() else { return false };
    let same_bytes = digests.get(path).is_some_and(|digest| *digest == anchor.sha256);
    account.evidence.iter().any(|evidence| {
        (same_bytes && evidence.start < anchor.end && anchor.start < evidence.end)
            || ((same_bytes || path == anchor.path) && evidence.quote == anchor.quote)
    })
}

/// The contact as it stood before the correction, where a person holds to it and the program no longer finds it.
fn keep(correction: &Correction, target: &Target, former: &[Former]) -> Option<Row> {
    let holds = matches!(
        correction.action,
        Action::Accept | Action::Edit { .. } | Action::AddStep { .. } | Action::Merge { .. } | Action::Split { .. }
    );
    let was = former.iter().find(|row| row.key == target.key)?;
    let contact =
        correction.before.as_deref().cloned().or_else(|| was.changed.clone()).or_else(|| was.machine.clone())?;
    holds.then(|| Row {
        key: was.key.clone(),
        machine: None,
        fate: Fate { state: State::Kept, changed: Some(contact), into: None },
    })
}

/// Two contacts that a person says are one: the first's values, completed by the second's.
fn join_two(one: &MergedContact, two: &MergedContact) -> MergedContact {
    let mut joined = one.clone();
    let into = &mut joined.contact;
    let renamed: BTreeMap<&str, String> = two
        .contact
        .accounts
        .iter()
        .enumerate()
        .map(|(at, account)| (account.id.as_str(), format!("a{}", one.contact.accounts.len() + at + 1)))
        .collect();
    let rename = |id: &String| renamed.get(id.as_str()).unwrap_or(id).clone();
    for party in &two.contact.parties {
        match into.parties.iter_mut().find(|own| {
            own.government == party.government
                && (own.person.is_none() || party.person.is_none() || own.person == party.person)
        }) {
            Some(own) => {
                own.person = own.person.take().or_else(|| party.person.clone());
                own.office = own.office.take().or_else(|| party.office.clone());
                own.role = own.role.or(party.role);
            }
            None => into.parties.push(party.clone()),
        }
    }
    into.initiator = into.initiator.take().or_else(|| two.contact.initiator.clone());
    into.when = into.when.take().or_else(|| two.contact.when.clone());
    into.place = into.place.take().or_else(|| two.contact.place.clone());
    into.duration_minutes = into.duration_minutes.or(two.contact.duration_minutes);
    into.attempts = into.attempts.or(two.contact.attempts);
    into.outcome = into.outcome.take().or_else(|| two.contact.outcome.clone());
    into.tone = into.tone.take().or_else(|| two.contact.tone.clone());
    for topic in &two.contact.topics {
        if !into.topics.contains(topic) {
            into.topics.push(topic.clone());
        }
    }
    for reason in &two.contact.reason {
        if !into.reason.contains(reason) {
            into.reason.push(reason.clone());
        }
    }
    for account in &two.contact.accounts {
        into.accounts.push(Account { id: rename(&account.id), contact: into.id.clone(), ..account.clone() });
    }
    for step in &two.contact.steps {
        let accounts: Vec<String> = step.accounts.iter().map(rename).collect();
        match into.steps.iter_mut().find(|own| (own.step, &own.when, &own.by) == (step.step, &step.when, &step.by)) {
            Some(own) => own.accounts.extend(accounts),
            None => into.steps.push(Step { accounts, ..step.clone() }),
        }
    }
    for dispute in &two.disputes {
        let mut dispute = dispute.clone();
        dispute.contact.clone_from(&one.contact.id);
        dispute.sides = dispute.sides.iter().map(|side| side.iter().map(rename).collect()).collect();
        joined.disputes.push(dispute);
    }
    for document in &two.documents {
        if !joined.documents.contains(document) {
            joined.documents.push(document.clone());
        }
    }
    joined.contact.why.push(format!("joined by hand with {}", two.contact.id));
    order_steps(&mut joined);
    joined
}

/// What is left of a contact, and the part that a person says is another. `None` where nothing would be left, or split off.
fn split(
    contact: &MergedContact,
    off: &[Anchor],
    digests: &BTreeMap<String, String>,
    correction: &str,
) -> Option<(MergedContact, MergedContact)> {
    let goes = |account: &Account| off.iter().any(|anchor| rests_on(account, anchor, digests));
    let (gone, stays): (Vec<Account>, Vec<Account>) = contact.contact.accounts.iter().cloned().partition(goes);
    if gone.is_empty() || stays.is_empty() {
        return None;
    }
    let with = |accounts: Vec<Account>, key: String| {
        let mut part = contact.clone();
        let ids: BTreeSet<String> = accounts.iter().map(|account| account.id.clone()).collect();
        let documents: BTreeSet<&String> = accounts.iter().filter_map(|account| account.document.as_ref()).collect();
        part.documents.retain(|document| documents.contains(document));
        for step in &mut part.contact.steps {
            step.accounts.retain(|id| ids.contains(id));
        }
        part.contact.steps.retain(|step| !step.accounts.is_empty());
        part.disputes.retain(|dispute| dispute.sides.iter().flatten().all(|id| ids.contains(id)));
        part.contact.accounts =
            accounts.into_iter().map(|account| Account { contact: key.clone(), ..account }).collect();
        for dispute in &mut part.disputes {
            dispute.contact.clone_from(&key);
        }
        // Its reasons name accounts that may have gone with the other part.
        part.contact.why = vec!["taken apart by hand".to_owned()];
        part.contact.id = key;
        order_steps(&mut part);
        part
    };
    let left = with(stays, contact.contact.id.clone());
    let mut part = with(gone, spell(&Sha256::digest(format!("split {correction}"))));
    // The part's own accounts say how it stands, where they say so.
    let says =
        |value: fn(&Claim) -> Option<String>| part.contact.accounts.iter().find_map(|account| value(&account.claim));
    let when = says(|claim| claim.when.clone());
    let status = part.contact.accounts.iter().find_map(|account| account.claim.status);
    let channel = part.contact.accounts.iter().find_map(|account| account.claim.channel);
    part.contact.status = status.unwrap_or(part.contact.status);
    part.contact.channel = channel.unwrap_or(part.contact.channel);
    if let Some(edtf) = when {
        part.contact.when = Some(When { edtf, basis: DateBasis::Inherited });
    }
    Some((left, part))
}

/// Puts the steps into the order of their days (undated ones stay behind the step before them) and counts the response
/// time anew.
fn order_steps(contact: &mut MergedContact) {
    let mut last = i64::MIN;
    let mut keyed: Vec<(i64, usize, Step)> = Vec::new();
    for (at, step) in contact.contact.steps.drain(..).enumerate() {
        let day = step.when.as_deref().and_then(days::span).map(|(first, _)| first);
        last = day.unwrap_or(last);
        keyed.push((last, at, step));
    }
    keyed.sort_by_key(|(day, at, _)| (*day, *at));
    contact.contact.steps = keyed.into_iter().map(|(_, _, step)| step).collect();
    contact.contact.response_days = response_days(&contact.contact.steps);
}

/// Days from the first request or attempt to the first answer, where both are dated to the day.
fn response_days(steps: &[Step]) -> Option<i64> {
    let day =
        |step: &Step| step.when.as_deref().and_then(days::span).filter(|(first, last)| first == last).map(|s| s.0);
    let asked = steps.iter().find(|step| matches!(step.step, StepKind::Requested | StepKind::Attempted))?;
    let asked = day(asked)?;
    let answered = steps.iter().find(|step| {
        matches!(step.step, StepKind::Acknowledged | StepKind::Proposed | StepKind::Declined | StepKind::Held)
    })?;
    Some(day(answered)? - asked).filter(|days| *days >= 0)
}
