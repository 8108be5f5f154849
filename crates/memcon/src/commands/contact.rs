//! `memcon contact`: the memorandum of one contact.

use crate::asked::{Record, last_day};
use crate::failure::{Failure, Outcome};
use crate::memo::{self, Source, Within};
use crate::output::Output;
use crate::parties::Governments;
use jiff::civil::Date;
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;
use store::{Shown, Store};

/// Print the memorandum of a contact: what happened step by step, each side's account in its own words, what is disputed,
/// what is not known, and the sources.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon contact 7k3fq2m0                     as Markdown with footnotes
  memcon contact 7k3f --format html > memo.html
  memcon contact 7k3f --json                  the contact as the codebook says, and its sources
  memcon contact 7k3f --as-of 2013-02-14      as it was known on that day

The id is printed by timeline; its beginning is enough where no other begins so.")]
pub struct Args {
    /// Id of the contact, or the beginning of one.
    #[arg(value_name = "ID")]
    id: String,
    /// In what form.
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// As the record stood at the end of that day: from the documents published by then.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<Date>,
    #[command(flatten)]
    record: Record,
}

/// Forms of a memorandum.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown with footnotes.
    Md,
    /// A fragment of HTML.
    Html,
    /// JSON.
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let store = args.record.open()?;
    let shown = match args.as_of {
        Some(day) => store.contact_as_of(&args.id, day)?,
        None => store.contact(&args.id)?,
    };
    let sources = sources(&store, &shown)?;
    let governments = Governments::shipped();
    let mut out = if args.format == Format::Md && !args.json { Output::paged() } else { Output::plain() };
    match args.format {
        _ if args.json => print_json(&shown, &sources, &mut out)?,
        Format::Json => print_json(&shown, &sources, &mut out)?,
        Format::Md => out.write_all(memo::markdown(&shown, &sources, &governments, &Within::default()).as_bytes())?,
        Format::Html => out.write_all(memo::html(&shown, &sources, &governments, &Within::default()).as_bytes())?,
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn print_json(shown: &Shown, sources: &[Source], out: &mut Output) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, &json(shown, sources)?)?;
    Ok(out.write_all(b"\n")?)
}

/// The contact as the codebook says, with its sources under `cited`.
pub fn json(shown: &Shown, sources: &[Source]) -> Result<serde_json::Value, Failure> {
    let mut json = serde_json::to_value(shown)?;
    if let Some(fields) = json.as_object_mut() {
        let sources = sources.iter().map(|source| {
            json!({
                "document": source.path, "title": source.title, "outlet": source.outlet, "origin": source.origin,
                "published": source.published, "url": source.url, "copy_of": source.copy_of
            })
        });
        fields.insert("cited".to_owned(), sources.collect());
    }
    Ok(json)
}

/// The documents that a contact rests on, oldest first.
pub fn sources(store: &Store, shown: &Shown) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for path in &shown.contact.documents {
        // A document that was taken out of the record is still named by its path.
        let row = store.document_row(path, None).ok();
        sources.push(match row {
            Some(row) => Source {
                path: row.path,
                title: row.title,
                outlet: row.outlet,
                origin: row.origin,
                published: row.published,
                url: row.url,
                copy_of: row.copy_of,
            },
            None => Source { path: path.clone(), ..Source::default() },
        });
    }
    Ok(sources)
}
