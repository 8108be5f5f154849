//! A dossier with everything that it points at, and the same as a Markdown memorandum with footnotes.

use crate::commands::contact;
use crate::failure::Failure;
use crate::memo::{self, Source, Within, marked};
use crate::parties::Governments;
use reader::record::Account;
use std::collections::BTreeSet;
use std::fmt::Write;
use store::{Dossier, DossierItem, ItemKind, Shown, Store};

/// A dossier with what is in it, as the record stands now.
#[derive(Debug)]
pub struct Content {
    /// The dossier.
    pub dossier: Dossier,
    /// What is in it, in its order.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug)]
pub struct Entry {
    /// As the dossier keeps it.
    pub item: DossierItem,
    /// What it points at.
    pub what: What,
}

/// What an entry points at.
#[derive(Debug)]
pub enum What {
    /// A contact with its sources.
    Contact(Box<Shown>, Vec<Source>),
    /// A document: its citation, the accounts in it, and what the record says of the contacts that it tells of.
    Document(Box<Cited>),
    /// Nothing but words of the owner's.
    Note,
    /// Something that the record no longer has.
    Gone,
}

/// A document as a dossier shows it: not its text, which may be somebody's, but where it stood and the words in it that
/// carry accounts.
#[derive(Debug)]
pub struct Cited {
    /// The document in the record.
    pub row: store::DocumentRow,
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// The contacts that it tells of.
    pub contacts: Vec<Shown>,
}

impl Content {
    /// Looks up what the dossier points at.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn of(store: &Store, dossier: Dossier) -> Result<Content, Failure> {
        let items = store.dossier_items(&dossier)?;
        let entries = items
            .into_iter()
            .map(|item| {
                let what = what(store, &item)?;
                Ok(Entry { item, what })
            })
            .collect::<Result<_, Failure>>()?;
        Ok(Content { dossier, entries })
    }

    /// Its contacts, each once: two keys of old may have become one contact.
    pub fn contacts(&self) -> Vec<&Shown> {
        let mut seen = BTreeSet::new();
        let contacts = self.entries.iter().filter_map(|entry| match &entry.what {
            What::Contact(shown, _) => Some(shown.as_ref()),
            _ => None,
        });
        contacts.filter(|shown| seen.insert(&shown.contact.contact.id)).collect()
    }

    /// The paths of its documents and of those that its contacts rest on, in alphabetical order.
    pub fn paths(&self) -> BTreeSet<&str> {
        let mut paths: BTreeSet<&str> = BTreeSet::new();
        for entry in &self.entries {
            match &entry.what {
                What::Contact(shown, _) => paths.extend(shown.contact.documents.iter().map(String::as_str)),
                What::Document(cited) => {
                    paths.insert(&cited.row.path);
                }
                What::Note | What::Gone => {}
            }
        }
        paths
    }
}

fn what(store: &Store, item: &DossierItem) -> Result<What, Failure> {
    let subject = item.subject.as_deref().unwrap_or_default();
    let found = match item.kind {
        ItemKind::Note => return Ok(What::Note),
        ItemKind::Contact => store.contact(subject).map_err(Failure::from).and_then(|shown| {
            let sources = contact::sources(store, &shown)?;
            Ok(What::Contact(Box::new(shown), sources))
        }),
        ItemKind::Document => store.document_row(subject, None).map_err(Failure::from).and_then(|row| {
            let accounts = store.record(&row)?.accounts;
            let contacts = store.contacts_of(&row.path)?;
            Ok(What::Document(Box::new(Cited { row, accounts, contacts })))
        }),
    };
    match found {
        // Read anew, a document may tell of it no longer.
        Err(Failure::Usage(_)) => Ok(What::Gone),
        other => other,
    }
}

/// A document as a source.
pub fn source(row: &store::DocumentRow) -> Source {
    Source {
        path: row.path.clone(),
        title: row.title.clone(),
        outlet: row.outlet.clone(),
        origin: row.origin.clone(),
        published: row.published.clone(),
        url: row.url.clone(),
        copy_of: row.copy_of.clone(),
    }
}

/// What a document is called: its headline, or the name of its file.
pub fn title(row: &store::DocumentRow) -> String {
    row.title.clone().unwrap_or_else(|| row.path.rsplit('/').next().unwrap_or(&row.path).to_owned())
}

impl Cited {
    /// What is said in it: who, with what stance, in which words; the same words once, though they tell of several contacts.
    pub fn said(&self, governments: &Governments) -> Vec<(String, &'static str, String)> {
        let mut said = Vec::new();
        for account in &self.accounts {
            let quotes: Vec<&str> = account.evidence.iter().map(|part| part.quote.as_str()).collect();
            let one = (memo::voice_name(account, governments), account.stance.name(), quotes.join(" … "));
            if !said.contains(&one) {
                said.push(one);
            }
        }
        said
    }
}

/// The dossier as Markdown with footnotes. What the owner wrote stands there as it was written, a paragraph a paragraph.
pub fn markdown(content: &Content, governments: &Governments) -> String {
    // Writing into a string cannot fail.
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", marked(&content.dossier.name));
    paragraphs(&mut out, &content.dossier.about, "");
    for (at, entry) in content.entries.iter().enumerate() {
        let within = Within { level: 1, label: format!("{}-", at + 1) };
        match &entry.what {
            What::Contact(shown, sources) => {
                let memo = memo::markdown(shown, sources, governments, &within);
                // The owner's note stands under the heading.
                let (heading, rest) = memo.split_once("\n\n").unwrap_or((&memo, ""));
                let _ = writeln!(out, "{heading}\n");
                paragraphs(&mut out, &entry.item.note, "> ");
                out.push_str(rest);
                out.push('\n');
            }
            What::Document(cited) => {
                let label = format!("{}1", within.label);
                let _ = writeln!(out, "## Document: {}[^{label}]\n", marked(&title(&cited.row)));
                paragraphs(&mut out, &entry.item.note, "> ");
                for (voice, stance, quote) in cited.said(governments) {
                    let _ = writeln!(out, "- {}, {stance}: “{}”", marked(&voice), marked(&quote));
                }
                let _ = writeln!(out, "\n[^{label}]: {}\n", marked(&memo::citation(&source(&cited.row))));
            }
            What::Note => paragraphs(&mut out, &entry.item.note, ""),
            What::Gone => {
                let _ = writeln!(out, "## {} (no longer in the record)\n", marked(&entry.item.title));
                paragraphs(&mut out, &entry.item.note, "> ");
            }
        }
    }
    out
}

fn paragraphs(out: &mut String, text: &str, before: &str) {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for paragraph in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
        let _ = writeln!(out, "{before}{}\n", marked(&paragraph.join(" ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_keeps_its_paragraphs_and_is_no_markup() {
        let mut out = String::new();
        paragraphs(&mut out, "one\ntwo *x*\n\n\n# three\n", "> ");
        assert_eq!(out, "> one two \\*x\\*\n\n> \\# three\n\n");
    }

    #[test]
    fn what_is_gone_is_said_to_be() {
        let dossier = Dossier {
            row: 1,
            id: "x".to_owned(),
            name: "The <dam>".to_owned(),
            about: String::new(),
            owner: None,
            link: None,
            made: String::new(),
            items: 1,
        };
        let item = DossierItem {
            number: 1,
            kind: ItemKind::Contact,
            subject: Some("7k3fq2m0".to_owned()),
            title: "12 February 2013: call".to_owned(),
            note: "The first try.".to_owned(),
        };
        let content = Content { dossier, entries: vec![Entry { item, what: What::Gone }] };
        let text = markdown(&content, &Governments::shipped());
        assert_eq!(
            text,
            "# The \\<dam\\>\n\n## 12 February 2013: call (no longer in the record)\n\n> The first try.\n\n"
        );
        assert!(content.contacts().is_empty() && content.paths().is_empty());
    }
}
