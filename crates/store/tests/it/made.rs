//! Documents made for tests: short texts in our own words, with the record that a reader would make of them.

use reader::codes::{Channel, DateBasis, Role, Stance, Status, StepKind, VoiceKind};
use reader::record::*;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use store::{Input, Put, Store};

/// One document that tells of one contact.
pub struct Made {
    pub record: DocumentRecord,
    pub text: String,
}

/// A record in a folder of its own.
pub struct Case {
    pub folder: tempfile::TempDir,
    pub store: Store,
}

impl Case {
    pub fn new() -> Case {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("memcon.db")).unwrap();
        Case { folder, store }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("memcon.db")
    }

    /// Puts the documents in one batch and joins what they tell.
    pub fn put(&mut self, documents: &[&Made]) -> Vec<Put> {
        let mut batch = self.store.begin().unwrap();
        let known = reader::Known::default();
        let outcomes = documents
            .iter()
            .map(|made| {
                let input =
                    Input { record: &made.record, text: &made.text, bytes: made.text.as_bytes(), known: &known };
                batch.put(&input).unwrap()
            })
            .collect();
        batch.commit().unwrap();
        self.store.merge(&mut |_, _| {}).unwrap();
        outcomes
    }

    /// Finds words everywhere in `places`.
    pub fn search(&self, words: &str, places: &[store::Place]) -> store::Result<Vec<store::Hit>> {
        let (words, places) = (words.to_owned(), places.to_vec());
        self.store.search(&store::SearchFilter { words, places, limit: 10, ..Default::default() })
    }

    pub fn contacts(&self) -> Vec<store::Shown> {
        self.store.contacts(&store::Filter::default()).unwrap().items
    }
}

/// `path` tells, on `published`, that `governments` had a contact through `channel` on `when`, which stands at `status`.
pub fn made(path: &str, published: &str, governments: [&str; 2], channel: Channel, when: &str, status: Status) -> Made {
    let sentence = format!("The {channel} between {} and {} on {when} is {status}.", governments[0], governments[1]);
    told(path, published, governments, channel, when, status, &sentence)
}

/// As [`made`], in these words.
pub fn told(
    path: &str,
    published: &str,
    governments: [&str; 2],
    channel: Channel,
    when: &str,
    status: Status,
    sentence: &str,
) -> Made {
    let lead = format!("PRAGUE – A page of {path}.\n");
    let text = format!("{lead}{sentence}\n“We spoke,” said a spokesperson.\n");
    let start = lead.chars().count();
    let end = start + sentence.chars().count();
    let quote = text.chars().skip(end + 2).take(8).collect::<String>();
    let step = match status {
        Status::Held => StepKind::Held,
        Status::Unanswered => StepKind::Attempted,
        _ => StepKind::Requested,
    };
    let party = |government: &str, role| Party {
        government: government.to_owned(),
        person: None,
        office: None,
        role: Some(role),
    };
    let record = DocumentRecord {
        document: Document {
            path: path.to_owned(),
            sha256: Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect(),
            media_type: "text/plain".to_owned(),
            chars: text.chars().count(),
            ..Document::default()
        },
        article: Article {
            title: Some(format!("A page of {path}")),
            outlet: Some("The Courier".to_owned()),
            published: Some(published.to_owned()),
            body: vec![Block { kind: reader::codes::BlockKind::Paragraph, start: 0, end: text.chars().count() }],
            ..Article::default()
        },
        contacts: vec![Contact {
            id: "c1".to_owned(),
            channel,
            parties: vec![party(governments[0], Role::Initiator), party(governments[1], Role::Recipient)],
            initiator: Some(governments[0].to_owned()),
            status,
            when: Some(When { edtf: when.to_owned(), basis: DateBasis::Stated }),
            place: None,
            duration_minutes: None,
            attempts: None,
            topics: vec!["the border".to_owned()],
            reason: Vec::new(),
            outcome: None,
            tone: None,
            steps: vec![Step {
                step,
                when: Some(when.to_owned()),
                by: Some(governments[0].to_owned()),
                accounts: vec!["a1".to_owned()],
                inferred: false,
            }],
            response_days: None,
            why: Vec::new(),
            accounts: vec!["a1".to_owned()],
        }],
        accounts: vec![Account {
            id: "a1".to_owned(),
            contact: "c1".to_owned(),
            voice: Voice {
                kind: VoiceKind::Reporter,
                name: None,
                person: None,
                government: None,
                office: None,
                via: None,
            },
            stance: Stance::Asserted,
            claim: Claim {
                channel: Some(channel),
                status: Some(status),
                step: Some(step),
                step_when: Some(when.to_owned()),
                when: Some(when.to_owned()),
                initiator: Some(governments[0].to_owned()),
                ..Claim::default()
            },
            evidence: vec![Evidence { start, end, quote: sentence.to_owned() }],
            rules: Vec::new(),
            document: None,
        }],
        disputes: Vec::new(),
        statements: vec![Statement {
            id: "s1".to_owned(),
            speaker: Speaker { name: Some("a spokesperson".to_owned()), ..Speaker::default() },
            kind: reader::codes::StatementKind::Quote,
            cue: None,
            addressee: None,
            when: None,
            content: vec![Evidence { start: end + 2, end: end + 10, quote }],
            within: None,
        }],
    };
    Made { record, text }
}
