//! The record as tidy tables: one row an observation, one column a variable, names in snake_case, nothing in a cell that
//! stands for "nothing".
//!
//! The columns are declared once, in [`TABLES`], with the words of the codebook; every format and the data package's
//! schema are made from that.

use crate::dossier::{Content, What};
use crate::failure::Failure;
use crate::parties::Governments;
use reader::record::{Account, Contact, MergedContact};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Filter, Shown, StatementFilter, Store};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Characters.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A day (ISO 8601).
    Date,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub meaning: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// The columns that identify a row.
    pub key: &'static [&'static str],
    /// Columns that point into another table: column, table.
    pub points: &'static [(&'static str, &'static str)],
    /// Its columns.
    pub columns: &'static [Column],
}

/// One cell; `Value::Null` is an unknown value.
pub type Row = Vec<Value>;

macro_rules! columns {
    ($($name:ident $kind:ident $meaning:literal),+ $(,)?) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind, meaning: $meaning }),+]
    };
}

/// Every table.
pub const TABLES: &[Table] = &[
    Table {
        name: "contacts",
        row: "one interaction between governments, attempted or completed, put together from all accounts of it",
        key: &["contact_id"],
        points: &[],
        columns: columns! {
            contact_id Text "Key of the contact; it stays when documents are added or read again.",
            channel Text "call, video, meeting, visit, talks, message or unspecified.",
            status Text "requested, unanswered, proposed, planned, possible, held, declined, lapsed, postponed, cancelled, denied or disputed.",
            initiator Text "The government that asked for it: ISO 3166-1 alpha-3, or an organization's code.",
            initiator_cow Text "The same in the Correlates of War list of states.",
            governments Text "All that took part, codes in alphabetical order, separated by semicolons.",
            date_edtf Text "When it took place or is meant to, with the precision it was told with (EDTF).",
            date_earliest Date "The first day that date_edtf allows.",
            date_latest Date "The last day that date_edtf allows.",
            date_basis Text "stated (a full date in the text), resolved (counted from the article's date) or inherited (from another account).",
            place Text "Where it took place, in the text's words.",
            place_country Text "ISO 3166-1 alpha-3 of the place.",
            duration_minutes Number "How long it lasted.",
            attempts Integer "How often it was tried, where said.",
            topics Text "What it was about, in the text's words, separated by semicolons.",
            reason Text "Why it did not happen, in the text's words, separated by semicolons.",
            outcome Text "What came of it, in the text's words.",
            tone Text "A description that somebody gave of it.",
            response_days Integer "Days from the first request or attempt to the first answer, where both are dated to the day.",
            accounts Integer "How many accounts tell of it.",
            documents Integer "How many documents tell of it.",
            sources Integer "How many independent texts tell of it: copies of one origin count once.",
            disputes Integer "On how many points accounts disagree.",
            state Text "machine (as the program put it together), accepted, edited or kept (held by a person).",
        },
    },
    Table {
        name: "participants",
        row: "one party of one contact",
        key: &["contact_id", "number"],
        points: &[("contact_id", "contacts")],
        columns: columns! {
            contact_id Text "The contact.",
            number Integer "Its place among the parties, from 1.",
            government Text "ISO 3166-1 alpha-3, or the organization's code.",
            government_name Text "The name in English.",
            government_iso3 Text "ISO 3166-1 alpha-3; empty for organizations.",
            government_cow Text "Number in the Correlates of War list of states.",
            person Text "The person, where known.",
            office Text "The office, where known.",
            role Text "initiator, recipient, host, visitor, mediator or participant, where told.",
        },
    },
    Table {
        name: "steps",
        row: "one dated event in the history of one contact",
        key: &["contact_id", "number"],
        points: &[("contact_id", "contacts")],
        columns: columns! {
            contact_id Text "The contact.",
            number Integer "Its place in the history, from 1.",
            step Text "requested, attempted, acknowledged, unanswered, proposed, confirmed, declined, lapsed, scheduled, postponed, cancelled, started, held, read_out or followed_up.",
            date_edtf Text "When (EDTF).",
            date_earliest Date "The first day that date_edtf allows.",
            date_latest Date "The last day that date_edtf allows.",
            government Text "The government that took it.",
            government_cow Text "The same in the Correlates of War list of states.",
            inferred Boolean "Whether it was inferred from other steps rather than told.",
            accounts Text "Ids of the accounts that report it, separated by semicolons.",
        },
    },
    Table {
        name: "accounts",
        row: "what one voice in one document says about one contact",
        key: &["contact_id", "account_id"],
        points: &[("contact_id", "contacts")],
        columns: columns! {
            contact_id Text "The contact.",
            account_id Text "The account, within its contact.",
            document Text "Path of the document that it stands in.",
            voice Text "reporter, official, anonymous_official, media, expert or reader.",
            voice_name Text "As the text calls the voice.",
            person Text "Full name.",
            government Text "ISO 3166-1 alpha-3, or the organization's code.",
            government_cow Text "The same in the Correlates of War list of states.",
            office Text "Office.",
            via Text "The voice through which this one is heard.",
            stance Text "asserted, denied or hedged.",
            claim_channel Text "The channel it tells of.",
            claim_status Text "The status it tells of.",
            claim_step Text "The step it tells of.",
            claim_date_edtf Text "The date it gives (EDTF).",
            claim_date_earliest Date "The first day that it allows.",
            claim_date_latest Date "The last day that it allows.",
            claim_initiator Text "Who asked for it, by this account.",
            claim_place Text "Where, by this account.",
            claim_duration_minutes Number "How long, by this account.",
            claim_attempts Integer "How often, by this account.",
            claim_topics Text "What about, separated by semicolons.",
            claim_reason Text "Why it did not happen, by this account.",
            claim_outcome Text "What came of it, by this account.",
            claim_tone Text "How it was, by this account.",
            rules Text "The rules that found it, separated by semicolons.",
        },
    },
    Table {
        name: "evidence",
        row: "one stretch of characters that carries one account",
        key: &["contact_id", "account_id", "number"],
        points: &[("contact_id", "contacts")],
        columns: columns! {
            contact_id Text "The contact.",
            account_id Text "The account.",
            number Integer "Its place in the account, from 1.",
            document Text "Path of the document.",
            char_start Integer "First code point in the document's text, from 0.",
            char_end Integer "One past the last code point.",
            quote Text "The characters between.",
        },
    },
    Table {
        name: "disputes",
        row: "one account on one side of one point on which the accounts of a contact disagree",
        key: &["contact_id", "number", "side", "account_id"],
        points: &[("contact_id", "contacts")],
        columns: columns! {
            contact_id Text "The contact.",
            number Integer "Which dispute of the contact, from 1.",
            about Text "occurrence, initiator, date, attempts, response, reason, duration, place, topic, content, role or authenticity.",
            kind Text "explicit, implied or divergent.",
            step Text "The step that it is about, where it is about one.",
            side Integer "Which side, from 1.",
            account_id Text "An account on that side.",
        },
    },
    Table {
        name: "statements",
        row: "one quotation or reported speech",
        key: &["document", "statement_id"],
        points: &[],
        columns: columns! {
            document Text "Path of the document.",
            statement_id Text "The statement, within its document.",
            kind Text "quote or reported.",
            speaker Text "The person, or the body as the text calls it.",
            person Text "The person's full name.",
            government Text "ISO 3166-1 alpha-3, or the organization's code.",
            government_cow Text "The same in the Correlates of War list of states.",
            office Text "Office.",
            addressee Text "To whom it was said, in the text's words.",
            date_edtf Text "When it was said, where told (EDTF).",
            date_earliest Date "The first day that date_edtf allows.",
            date_latest Date "The last day that date_edtf allows.",
            cue Text "The words that report it.",
            content Text "What was said; parts are separated by an ellipsis.",
            char_start Integer "First code point of the content.",
            char_end Integer "One past its last code point.",
            within Text "The statement in which it stands.",
        },
    },
    Table {
        name: "documents",
        row: "one page or file, in its current revision",
        key: &["document"],
        points: &[],
        columns: columns! {
            document Text "Path when it was read.",
            url Text "Where it was got.",
            sha256 Text "Digest of its bytes.",
            revision Integer "Which revision it is, from 1.",
            recorded Text "When it was recorded (RFC 3339, UTC).",
            reader Text "Version of the program that read it.",
            title Text "Headline.",
            outlet Text "Where it stood.",
            origin Text "Who wrote it.",
            language Text "BCP 47 tag.",
            date_edtf Text "When it was published, as precisely as is known (EDTF).",
            date_earliest Date "The first day that date_edtf allows.",
            date_latest Date "The last day that date_edtf allows.",
            copy_of Text "Path of the document of which it is a copy.",
            copy_kind Text "exact, near or excerpt.",
        },
    },
    Table {
        name: "sources",
        row: "one text that was published, once or in copies",
        key: &["source"],
        points: &[],
        columns: columns! {
            source Text "Path of the earliest document that has it.",
            origin Text "Who wrote it.",
            outlets Text "Where it stood, separated by semicolons.",
            documents Integer "How many documents have it.",
            date_edtf Text "When it was first published (EDTF).",
            date_earliest Date "The first day that date_edtf allows.",
            date_latest Date "The last day that date_edtf allows.",
        },
    },
];

/// What a dossier holds, in its order: a table of its own where one is exported.
pub const DOSSIER: Table = Table {
    name: "dossier",
    row: "one entry of the dossier: a contact, a document or a note",
    key: &["number"],
    points: &[("contact_id", "contacts")],
    columns: columns! {
        number Integer "Its place in the dossier, from 1.",
        kind Text "contact, document or note.",
        contact_id Text "The contact; empty where it is none, or where the record no longer has it.",
        document Text "Path of the document, where it is one.",
        title Text "What it was called when it was put in.",
        note Text "What the dossier's owner says of it.",
    },
};

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// Where the rows come from.
pub struct Tables<'a> {
    /// The record.
    pub store: &'a Store,
    /// Names and codes.
    pub governments: &'a Governments,
    /// Which contacts.
    pub filter: &'a Filter,
    /// Only what a dossier holds; the filter then counts for nothing.
    pub dossier: Option<&'a Content>,
}

/// How many contacts or statements are held at a time.
const PAGE: usize = 500;

impl Tables<'_> {
    /// Hands every row of a table to `emit`, in the table's order.
    ///
    /// # Errors
    /// Where the record cannot be read, or `emit` fails.
    pub fn rows(&self, table: &Table, emit: &mut dyn FnMut(Row) -> Result<(), Failure>) -> Result<(), Failure> {
        match table.name {
            "documents" => self.documents(emit),
            "sources" => self.sources(emit),
            "statements" => self.statements(emit),
            "dossier" => self.dossier.into_iter().flat_map(dossier_rows).try_for_each(emit),
            name => self.contacts(&mut |shown| {
                contact_rows(self.governments, name, &shown).into_iter().try_for_each(&mut *emit)
            }),
        }
    }

    /// Hands every contact to `emit`, oldest first.
    ///
    /// # Errors
    /// Where the record cannot be read, or `emit` fails.
    pub fn contacts(&self, emit: &mut dyn FnMut(Shown) -> Result<(), Failure>) -> Result<(), Failure> {
        if let Some(dossier) = self.dossier {
            return dossier.contacts().into_iter().cloned().try_for_each(emit);
        }
        // The record as of a day is joined as a whole each time, so it is asked for once.
        let limit = if self.filter.as_of.is_some() { None } else { Some(PAGE) };
        let mut filter = Filter { limit, ..self.filter.clone() };
        loop {
            let page = self.store.contacts(&filter)?;
            page.items.into_iter().try_for_each(&mut *emit)?;
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// The documents; as of a day, those published by then, each as it was then; of a dossier, its own and those that its
    /// contacts rest on.
    pub fn document_rows(&self) -> Result<Vec<store::DocumentRow>, Failure> {
        if let Some(dossier) = self.dossier {
            // A document that was taken out of the record is passed over.
            return Ok(dossier
                .paths()
                .into_iter()
                .filter_map(|path| self.store.document_row(path, None).ok())
                .collect());
        }
        let Some(day) = self.filter.as_of.map(store::number) else { return Ok(self.store.documents(false)?) };
        let mut rows = self.store.documents(true)?;
        rows.retain(|row| row.published.as_deref().and_then(store::span).is_some_and(|(_, last)| last <= day));
        // They come ordered by path and revision: the last one of a path counts.
        rows.reverse();
        rows.dedup_by(|next, kept| next.path == kept.path);
        rows.reverse();
        Ok(rows)
    }

    fn documents(&self, emit: &mut dyn FnMut(Row) -> Result<(), Failure>) -> Result<(), Failure> {
        for row in self.document_rows()? {
            let [edtf, first, last] = dates(row.published.as_deref());
            emit(vec![
                text(Some(&row.path)),
                text(row.url.as_deref()),
                text(Some(&row.sha256)),
                row.revision.into(),
                text(Some(&row.recorded)),
                text(Some(&row.reader)),
                text(row.title.as_deref()),
                text(row.outlet.as_deref()),
                text(row.origin.as_deref()),
                text(row.language.as_deref()),
                edtf,
                first,
                last,
                text(row.copy_of.as_deref()),
                text(row.copy_kind.as_deref()),
            ])?;
        }
        Ok(())
    }

    fn sources(&self, emit: &mut dyn FnMut(Row) -> Result<(), Failure>) -> Result<(), Failure> {
        let documents = self.document_rows()?;
        let mut groups: BTreeMap<&str, Vec<&store::DocumentRow>> = BTreeMap::new();
        for row in &documents {
            groups.entry(row.copy_of.as_deref().unwrap_or(&row.path)).or_default().push(row);
        }
        for (source, members) in groups {
            let root = members.iter().find(|row| row.path == source).or(members.first());
            let [edtf, first, last] = dates(root.and_then(|row| row.published.as_deref()));
            let mut outlets: Vec<&str> = members.iter().filter_map(|row| row.outlet.as_deref()).collect();
            outlets.sort_unstable();
            outlets.dedup();
            emit(vec![
                text(Some(source)),
                text(root.and_then(|row| row.origin.as_deref())),
                list(&outlets),
                members.len().into(),
                edtf,
                first,
                last,
            ])?;
        }
        Ok(())
    }

    fn statements(&self, emit: &mut dyn FnMut(Row) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.dossier.is_some() {
            for row in self.document_rows()? {
                for statement in self.store.record(&row)?.statements {
                    let (document, outlet, published) = (row.path.clone(), row.outlet.clone(), row.published.clone());
                    let hit = store::StatementHit { statement, document, outlet, published };
                    emit(statement_row(self.governments, &hit))?;
                }
            }
            return Ok(());
        }
        let mut filter = StatementFilter {
            from: self.filter.from,
            to: self.filter.to,
            as_of: self.filter.as_of,
            governments: self.filter.parties.clone(),
            limit: Some(PAGE),
            ..StatementFilter::default()
        };
        loop {
            let page = self.store.statements(&filter)?;
            for hit in page.items {
                emit(statement_row(self.governments, &hit))?;
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

fn dossier_rows(content: &Content) -> Vec<Row> {
    let entry = |(at, entry): (usize, &crate::dossier::Entry)| {
        let contact = match &entry.what {
            What::Contact(shown, _) => Some(shown.contact.contact.id.as_str()),
            _ => None,
        };
        let document = entry.item.subject.as_deref().filter(|_| entry.item.kind == store::ItemKind::Document);
        vec![
            (at + 1).into(),
            entry.item.kind.name().into(),
            text(contact),
            text(document),
            text(Some(&entry.item.title)),
            text(Some(&entry.item.note)),
        ]
    };
    content.entries.iter().enumerate().map(entry).collect()
}

/// The row of a statement.
pub fn statement_row(governments: &Governments, hit: &store::StatementHit) -> Row {
    let statement = &hit.statement;
    let speaker = &statement.speaker;
    let [edtf, first, last] = dates(statement.when.as_deref());
    let parts: Vec<&str> = statement.content.iter().map(|part| part.quote.as_str()).collect();
    vec![
        text(Some(&hit.document)),
        text(Some(&statement.id)),
        statement.kind.name().into(),
        text(speaker.name.as_deref()),
        text(speaker.person.as_deref()),
        text(speaker.government.as_deref()),
        cow(governments, speaker.government.as_deref()),
        text(speaker.office.as_deref()),
        text(statement.addressee.as_deref()),
        edtf,
        first,
        last,
        text(statement.cue.as_ref().map(|cue| cue.quote.as_str())),
        text(Some(&parts.join(" … "))),
        statement.content.first().map(|part| part.start).into(),
        statement.content.last().map(|part| part.end).into(),
        text(statement.within.as_deref()),
    ]
}

/// The rows of one contact in the table of that name: contacts, participants, steps, accounts, evidence or disputes.
pub fn contact_rows(governments: &Governments, table: &str, shown: &Shown) -> Vec<Row> {
    let merged = &shown.contact;
    let contact = &merged.contact;
    let id = || Value::from(contact.id.clone());
    match table {
        "contacts" => vec![contact_row(governments, shown)],
        "participants" => {
            let party = |(at, party): (usize, &reader::record::Party)| {
                let known = governments.get(&party.government);
                vec![
                    id(),
                    (at + 1).into(),
                    text(Some(&party.government)),
                    text(known.map(|own| own.name.as_str())),
                    text(known.and_then(|own| own.iso3.as_deref())),
                    text(known.and_then(|own| own.cow.as_deref())),
                    text(party.person.as_deref()),
                    text(party.office.as_deref()),
                    text(party.role.map(|role| role.name())),
                ]
            };
            contact.parties.iter().enumerate().map(party).collect()
        }
        "steps" => {
            let step = |(at, step): (usize, &reader::record::Step)| {
                let [edtf, first, last] = dates(step.when.as_deref());
                let accounts: Vec<&str> = step.accounts.iter().map(String::as_str).collect();
                vec![
                    id(),
                    (at + 1).into(),
                    step.step.name().into(),
                    edtf,
                    first,
                    last,
                    text(step.by.as_deref()),
                    cow(governments, step.by.as_deref()),
                    step.inferred.into(),
                    list(&accounts),
                ]
            };
            contact.steps.iter().enumerate().map(step).collect()
        }
        "accounts" => contact.accounts.iter().map(|account| account_row(governments, contact, account)).collect(),
        "evidence" => contact
            .accounts
            .iter()
            .flat_map(|account| account.evidence.iter().enumerate().map(move |(at, part)| (account, at, part)))
            .map(|(account, at, part)| {
                vec![
                    id(),
                    text(Some(&account.id)),
                    (at + 1).into(),
                    text(account.document.as_deref()),
                    part.start.into(),
                    part.end.into(),
                    text(Some(&part.quote)),
                ]
            })
            .collect(),
        "disputes" => {
            let mut rows = Vec::new();
            for (at, dispute) in merged.disputes.iter().enumerate() {
                for (side, accounts) in dispute.sides.iter().enumerate() {
                    for account in accounts {
                        rows.push(vec![
                            id(),
                            (at + 1).into(),
                            dispute.about.name().into(),
                            dispute.kind.name().into(),
                            text(dispute.step.map(|step| step.name())),
                            (side + 1).into(),
                            text(Some(account)),
                        ]);
                    }
                }
            }
            rows
        }
        _ => Vec::new(),
    }
}

fn contact_row(governments: &Governments, shown: &Shown) -> Row {
    let MergedContact { contact, disputes, documents } = &shown.contact;
    let [edtf, first, last] = dates(contact.when.as_ref().map(|when| when.edtf.as_str()));
    let mut codes: Vec<&str> = contact.parties.iter().map(|party| party.government.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let strings = |all: &[String]| list(&all.iter().map(String::as_str).collect::<Vec<_>>());
    vec![
        text(Some(&contact.id)),
        contact.channel.name().into(),
        contact.status.name().into(),
        text(contact.initiator.as_deref()),
        cow(governments, contact.initiator.as_deref()),
        list(&codes),
        edtf,
        first,
        last,
        text(contact.when.as_ref().map(|when| when.basis.name())),
        text(contact.place.as_ref().map(|place| place.name.as_str())),
        text(contact.place.as_ref().and_then(|place| place.country.as_deref())),
        contact.duration_minutes.into(),
        contact.attempts.into(),
        strings(&contact.topics),
        strings(&contact.reason),
        text(contact.outcome.as_deref()),
        text(contact.tone.as_deref()),
        contact.response_days.into(),
        contact.accounts.len().into(),
        documents.len().into(),
        shown.sources.into(),
        disputes.len().into(),
        shown.state.name().into(),
    ]
}

fn account_row(governments: &Governments, contact: &Contact<Account>, account: &Account) -> Row {
    let (voice, claim) = (&account.voice, &account.claim);
    let [edtf, first, last] = dates(claim.when.as_deref());
    let topics: Vec<&str> = claim.topics.iter().map(String::as_str).collect();
    let rules: Vec<&str> = account.rules.iter().map(String::as_str).collect();
    let via = voice.via.as_deref().and_then(|via| via.name.as_deref().or(via.person.as_deref()));
    vec![
        text(Some(&contact.id)),
        text(Some(&account.id)),
        text(account.document.as_deref()),
        voice.kind.name().into(),
        text(voice.name.as_deref()),
        text(voice.person.as_deref()),
        text(voice.government.as_deref()),
        cow(governments, voice.government.as_deref()),
        text(voice.office.as_deref()),
        text(via),
        account.stance.name().into(),
        text(claim.channel.map(|channel| channel.name())),
        text(claim.status.map(|status| status.name())),
        text(claim.step.map(|step| step.name())),
        edtf,
        first,
        last,
        text(claim.initiator.as_deref()),
        text(claim.place.as_deref()),
        claim.duration_minutes.into(),
        claim.attempts.into(),
        list(&topics),
        text(claim.reason.as_deref()),
        text(claim.outcome.as_deref()),
        text(claim.tone.as_deref()),
        list(&rules),
    ]
}

fn text(value: Option<&str>) -> Value {
    value.filter(|value| !value.is_empty()).map_or(Value::Null, Value::from)
}

fn list(values: &[&str]) -> Value {
    text(Some(&values.join("; ")))
}

fn cow(governments: &Governments, code: Option<&str>) -> Value {
    text(code.and_then(|code| governments.get(code)).and_then(|known| known.cow.as_deref()))
}

/// An EDTF date with the first and last day that it allows.
fn dates(edtf: Option<&str>) -> [Value; 3] {
    let bounds = edtf.and_then(store::bounds);
    let day = |day: Option<store::Day>| day.and_then(store::date).map_or(Value::Null, |date| date.to_string().into());
    let (first, last) = bounds.unwrap_or((None, None));
    [text(edtf), day(first), day(last)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_tidy() {
        for table in TABLES.iter().chain([&DOSSIER]) {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            for name in &names {
                assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{name}");
                assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{} {name}", table.name);
            }
            assert!(table.key.iter().all(|key| names.contains(key)), "{}", table.name);
            for (column, other) in table.points {
                let target = super::table(other).expect("it points to a table");
                assert!(names.contains(column) && target.key == [*column]);
            }
        }
        assert_eq!(
            dates(Some("2013-02")),
            [Value::from("2013-02"), Value::from("2013-02-01"), Value::from("2013-02-28")]
        );
        assert_eq!(
            dates(Some("2013-02-16/..")),
            [Value::from("2013-02-16/.."), Value::from("2013-02-16"), Value::Null]
        );
        assert_eq!(dates(Some("XXXX-02-11")), [Value::from("XXXX-02-11"), Value::Null, Value::Null]);
    }
}
