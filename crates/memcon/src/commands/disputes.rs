//! `memcon disputes`: the points on which accounts disagree.

use crate::asked::{Contacts, Form, Record};
use crate::export::forms::sides;
use crate::export::sheets::Sheet;
use crate::export::tables;
use crate::failure::{Failure, Outcome};
use crate::memo::dispute_line;
use crate::output::{Output, columns};
use crate::parties::Governments;
use reader::codes::{DisputeAbout, DisputeKind};
use reader::record::Dispute;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;
use store::{Filter, Shown};

/// List the points on which the accounts of a contact disagree.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon disputes usa russia
  memcon disputes --about initiator           who asked for it, told in two ways
  memcon disputes --kind explicit --json")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    #[command(flatten)]
    contacts: Contacts,
    /// Only about this: occurrence, initiator, date, attempts, response, reason, duration, place, topic, content, role,
    /// authenticity.
    #[arg(long, value_name = "POINT", value_parser = about)]
    about: Option<DisputeAbout>,
    /// Only of this kind: explicit, implied, divergent.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<DisputeKind>,
    #[command(flatten)]
    form: Form,
}

/// The point of that name.
pub fn about(name: &str) -> Result<DisputeAbout, String> {
    DisputeAbout::parse(name).ok_or_else(|| "there is no such point; see memcon disputes --help".to_owned())
}

/// The kind of that name.
pub fn kind(name: &str) -> Result<DisputeKind, String> {
    DisputeKind::parse(name).ok_or_else(|| "there is no such kind; there are explicit, implied, divergent".to_owned())
}

/// Leaves only the disputes about that point and of that kind.
pub fn keep(shown: &mut Shown, about: Option<DisputeAbout>, kind: Option<DisputeKind>) {
    shown.contact.disputes.retain(|dispute| {
        about.is_none_or(|about| dispute.about == about) && kind.is_none_or(|kind| dispute.kind == kind)
    });
}

/// The disputes of a contact, each with its accounts in full.
pub fn lines(shown: &Shown) -> Result<Vec<Value>, Failure> {
    let contact = &shown.contact.contact;
    let accounts = |ids: &Vec<String>| {
        contact.accounts.iter().filter(|account| ids.contains(&account.id)).cloned().collect::<Vec<_>>()
    };
    let line = |dispute: &Dispute| {
        let mut line = serde_json::to_value(dispute)?;
        line["sides"] = serde_json::to_value(dispute.sides.iter().map(accounts).collect::<Vec<_>>())?;
        line["when"] = serde_json::to_value(&contact.when)?;
        line["parties"] = json!(contact.parties);
        Ok(line)
    };
    shown.contact.disputes.iter().map(line).collect()
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let filter = Filter { disputed: true, ..args.contacts.filter(&governments)? };
    let mut items = args.record.open()?.contacts(&filter)?.items;
    for shown in &mut items {
        keep(shown, args.about, args.kind);
    }
    items.retain(|shown| !shown.contact.disputes.is_empty());
    let mut out = if args.form.json || args.form.format.is_some() { Output::plain() } else { Output::paged() };
    match args.form.format {
        _ if args.form.json => {
            for shown in &items {
                for line in lines(shown)? {
                    serde_json::to_writer(&mut out, &line)?;
                    out.write_all(b"\n")?;
                }
            }
        }
        Some(format) => {
            if let Some(table) = tables::table("disputes") {
                let mut sheet = Sheet::new(format, table, &mut out)?;
                for shown in &items {
                    for row in tables::contact_rows(&governments, table.name, shown) {
                        sheet.row(row)?;
                    }
                }
                sheet.finish()?;
            }
        }
        None => {
            let mut rows = Vec::new();
            for shown in &items {
                let contact = &shown.contact.contact;
                for dispute in &shown.contact.disputes {
                    rows.push(vec![
                        contact.when.as_ref().map_or_else(|| "undated".to_owned(), |when| when.edtf.clone()),
                        sides(&shown.contact),
                        contact.channel.name().to_owned(),
                        contact.id.clone(),
                        dispute_line(dispute, &contact.accounts, &governments),
                    ]);
                }
            }
            columns(&mut out, &["when", "parties", "channel", "id", "dispute"], &rows)?;
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
