//! The form the record is printed and stored in: the JSON contract of the codebook, section 6.
//! Fields may be added; these keep their names and meanings. All offsets are Unicode code points.

use crate::codes::{
    BlockKind, Channel, DateBasis, DisputeAbout, DisputeKind, Role, Stance, StatementKind, Status, StepKind, VoiceKind,
};
use serde::{Deserialize, Serialize};

/// What `read --json` prints for one document, one line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// The document as it came in.
    pub document: Document,
    /// The article found in it.
    pub article: Article,
    /// The contacts that it tells of.
    pub contacts: Vec<Contact>,
    /// What each voice says of them.
    pub accounts: Vec<Account>,
    /// Where the accounts disagree.
    pub disputes: Vec<Dispute>,
    /// Quotations and reported speech.
    pub statements: Vec<Statement>,
}

/// One page or file as it came in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Path, or path and record (`articles.jsonl#3`), or `-`.
    pub path: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// `text/plain`, `text/html`, …
    pub media_type: String,
    /// Length of the text that offsets count in, in code points.
    pub chars: usize,
    /// Where it was got, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Bytes that were not valid in the document's encoding and were replaced.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub replaced_bytes: usize,
    /// Fields that came with the document and that the program does not know (JSON lines, CSV).
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The article found in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Headline.
    pub title: Option<String>,
    /// Where it stood.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub origin: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// When it was published, as precisely as is known.
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The body.
    pub body: Vec<Block>,
    /// Readers' comments.
    pub comments: Vec<Comment>,
}

/// One stretch of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One reader's comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Number on the page, from 1.
    pub number: usize,
    /// Author as given.
    pub author: Option<String>,
    /// When it was posted.
    pub posted: Option<String>,
    /// Number of the comment that it answers.
    pub parent: Option<usize>,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Whether it looks like spam.
    pub spam: bool,
}

/// Some characters of the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The characters between.
    pub quote: String,
}

/// A date with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// EDTF, day precision at most.
    pub edtf: String,
    /// Where it comes from.
    pub basis: DateBasis,
}

/// One side of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: String,
    /// The person, where known.
    pub person: Option<String>,
    /// The office, where known.
    pub office: Option<String>,
    /// What it did, where told.
    pub role: Option<Role>,
}

/// One dated event in a contact's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happened.
    pub step: StepKind,
    /// EDTF date, where known.
    pub when: Option<String>,
    /// The government that took it.
    pub by: Option<String>,
    /// Accounts that report it.
    pub accounts: Vec<String>,
    /// Whether it was inferred from other steps rather than told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
}

/// One interaction between governments, attempted or completed. In a document's record its accounts are ids; in the merged
/// record they stand inline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact<A = String> {
    /// Unique in the document (`c1`), or in the merged record.
    pub id: String,
    /// Through what it went.
    pub channel: Channel,
    /// Who took part.
    pub parties: Vec<Party>,
    /// The government that asked for it.
    pub initiator: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// When it took place, or is meant to.
    pub when: Option<When>,
    /// The place in words.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// How long it lasted.
    pub duration_minutes: Option<f64>,
    /// How often it was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// What it was about, in the text's words.
    pub topics: Vec<String>,
    /// Why it did not happen, in the text's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reason: Vec<String>,
    /// What came of it, in the text's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// A description that somebody gave of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
    /// Its history, in order.
    pub steps: Vec<Step>,
    /// Days from the first `requested` or `attempted` to the first answer, where both are dated to the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_days: Option<i64>,
    /// Why the accounts are one contact, and why it stands where it does: one short sentence each, naming accounts by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// The accounts it is put together from.
    pub accounts: Vec<A>,
}

/// Where a contact took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// In the text's words.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

/// Who answers for a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// What kind of voice.
    pub kind: VoiceKind,
    /// As the text calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3 or organization code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government: Option<String>,
    /// Office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The voice through which this one is heard ("Interfax quoted Ryabkov").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Box<Voice>>,
}

/// The values that a voice gives; absent ones it does not tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The step that it tells, where it tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepKind>,
    /// The government that takes the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// EDTF date of the contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// EDTF date of the step, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_when: Option<String>,
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// The place.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<f64>,
    /// How often it was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// Why it did not happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it was about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// A description of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
}

/// What one voice in one document says about one contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Unique in the document (`a1`).
    pub id: String,
    /// The contact it is about.
    pub contact: String,
    /// Who answers for it.
    pub voice: Voice,
    /// Asserted, denied or hedged.
    pub stance: Stance,
    /// What it says.
    pub claim: Claim,
    /// The exact characters. Never empty.
    pub evidence: Vec<Evidence>,
    /// The rules that found it: the contact rule, then the turns from the innermost out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The document it stands in; given where accounts of several documents are printed together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// A point on which accounts of one contact cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The contact.
    pub contact: String,
    /// What it is about.
    pub about: DisputeAbout,
    /// How it shows.
    pub kind: DisputeKind,
    /// The step, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepKind>,
    /// The accounts on each side.
    pub sides: Vec<Vec<String>>,
}

/// Who makes a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The person, or the body as the text calls it.
    pub name: Option<String>,
    /// The person's full name.
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3 or organization code.
    pub government: Option<String>,
    /// Office.
    pub office: Option<String>,
}

/// A quotation or reported speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Unique in the document (`s1`).
    pub id: String,
    /// Who says it.
    pub speaker: Speaker,
    /// Quoted or reported.
    pub kind: StatementKind,
    /// The words that report it.
    pub cue: Option<Evidence>,
    /// To whom it was said, in the text's words.
    pub addressee: Option<String>,
    /// EDTF date on which it was said, where told.
    pub when: Option<String>,
    /// What was said.
    pub content: Vec<Evidence>,
    /// The statement in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// A contact put together from several documents: what `read --merged --json` and `timeline --json` print, one a line.
/// Printed, `accounts` are ids as in a document's record, and the accounts themselves stand under `account_details`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "PrintedContact", from = "PrintedContact")]
pub struct MergedContact {
    /// The contact, with its accounts, each with its document.
    pub contact: Contact<Account>,
    /// Disputes within and between documents.
    pub disputes: Vec<Dispute>,
    /// Paths of the documents that tell of it, oldest first.
    pub documents: Vec<String>,
}

/// The printed form of a [`MergedContact`].
#[derive(Serialize, Deserialize)]
struct PrintedContact {
    #[serde(flatten)]
    contact: Contact,
    account_details: Vec<Account>,
    disputes: Vec<Dispute>,
    documents: Vec<String>,
}

impl From<MergedContact> for PrintedContact {
    fn from(merged: MergedContact) -> PrintedContact {
        let ids = merged.contact.accounts.iter().map(|a| a.id.clone()).collect();
        let (contact, account_details) = merged.contact.with_accounts(ids);
        PrintedContact { contact, account_details, disputes: merged.disputes, documents: merged.documents }
    }
}

impl From<PrintedContact> for MergedContact {
    fn from(printed: PrintedContact) -> MergedContact {
        let (contact, _) = printed.contact.with_accounts(printed.account_details);
        MergedContact { contact, disputes: printed.disputes, documents: printed.documents }
    }
}

impl<A> Contact<A> {
    /// The same contact with other accounts, and the accounts that it had.
    pub fn with_accounts<B>(self, accounts: Vec<B>) -> (Contact<B>, Vec<A>) {
        let contact = Contact {
            id: self.id,
            channel: self.channel,
            parties: self.parties,
            initiator: self.initiator,
            status: self.status,
            when: self.when,
            place: self.place,
            duration_minutes: self.duration_minutes,
            attempts: self.attempts,
            topics: self.topics,
            reason: self.reason,
            outcome: self.outcome,
            tone: self.tone,
            steps: self.steps,
            response_days: self.response_days,
            why: self.why,
            accounts,
        };
        (contact, self.accounts)
    }
}
