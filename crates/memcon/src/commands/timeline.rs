//! `memcon timeline`: the contacts of the record, oldest first.

use crate::asked::{Contacts, Form, Paging, Record, TableFormat};
use crate::export::forms::sides;
use crate::export::sheets::Sheet;
use crate::export::tables;
use crate::failure::Outcome;
use crate::output::{Output, columns, cut};
use crate::parties::Governments;
use std::io::Write;
use std::process::ExitCode;
use store::{Filter, Shown};

/// List the contacts between governments, oldest first.
///
/// With one party, its contacts with everybody; with several, those in which all of them take part.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon timeline usa russia                          every contact of the two
  memcon timeline usa russia --from 2013-02 --to 2013-02 --channel call,video
  memcon timeline usa russia --as-of 2013-02-14       as it was known on that day
  memcon timeline --status unanswered,declined        what went without an answer
  memcon timeline iran --format csv > contacts.csv    a row a contact
  memcon timeline iran --json | jq .steps             with steps, accounts, evidence, disputes")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    #[command(flatten)]
    contacts: Contacts,
    /// Also list what a person rejected.
    #[arg(long)]
    rejected: bool,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    form: Form,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let filter = Filter {
        rejected: args.rejected,
        limit: args.paging.limit,
        after: args.paging.after.clone(),
        ..args.contacts.filter(&governments)?
    };
    let store = args.record.open()?;
    let page = store.contacts(&filter)?;
    let mut out = if args.form.json || args.form.format.is_some() { Output::plain() } else { Output::paged() };
    match args.form.format {
        _ if args.form.json => {
            for shown in &page.items {
                serde_json::to_writer(&mut out, shown)?;
                out.write_all(b"\n")?;
            }
        }
        Some(format) => print_table(&page.items, &governments, format, &mut out)?,
        None => {
            let rows: Vec<Vec<String>> = page.items.iter().map(line).collect();
            columns(&mut out, &["when", "parties", "channel", "status", "sources", "who and what", "id"], &rows)?;
        }
    }
    out.finish()?;
    if let Some(next) = page.next {
        eprintln!("more: --after {next}");
    }
    Ok(ExitCode::SUCCESS)
}

fn print_table(
    items: &[Shown],
    governments: &Governments,
    format: TableFormat,
    out: &mut Output,
) -> Result<(), crate::failure::Failure> {
    if let Some(table) = tables::table("contacts") {
        let mut sheet = Sheet::new(format, table, out)?;
        for shown in items {
            for row in tables::contact_rows(governments, table.name, shown) {
                sheet.row(row)?;
            }
        }
        sheet.finish()?;
    }
    Ok(())
}

fn line(shown: &Shown) -> Vec<String> {
    let contact = &shown.contact.contact;
    let people: Vec<&str> = contact.parties.iter().filter_map(|party| party.person.as_deref()).collect();
    let mut what = people.join(", ");
    if let Some(topic) = contact.topics.first() {
        what = if what.is_empty() { topic.clone() } else { format!("{what}: {topic}") };
    }
    let mut notes = Vec::new();
    if let Some(days) = contact.response_days {
        notes.push(format!("answered after {days} days"));
    }
    if !shown.contact.disputes.is_empty() {
        notes.push("disputed".to_owned());
    }
    if shown.state != store::State::Machine {
        notes.push(shown.state.name().to_owned());
    }
    let mut what = cut(&what, 60);
    if !notes.is_empty() {
        what = format!("{what} ({})", notes.join("; ")).trim_start().to_owned();
    }
    vec![
        contact.when.as_ref().map_or_else(|| "undated".to_owned(), |when| when.edtf.clone()),
        cut(&sides(&shown.contact), 30),
        contact.channel.name().to_owned(),
        contact.status.name().to_owned(),
        shown.sources.to_string(),
        what,
        contact.id.clone(),
    ]
}
