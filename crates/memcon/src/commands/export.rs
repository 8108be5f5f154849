//! `memcon export`: the record in the forms that other programs take.

use crate::asked::{Contacts, Record, TableFormat};
use crate::dossier::Content;
use crate::export::tables::{TABLES, Tables, table};
use crate::export::{forms, sheets};
use crate::failure::{Failure, Outcome};
use crate::parties::Governments;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{Filter, Store};

/// Write the record in a form that other programs take.
///
/// csv, tsv, jsonl and parquet write tidy tables: contacts, participants, steps, accounts, evidence, disputes, statements,
/// documents, sources. Without --table all of them are written into the folder named with --out. As jsonl, contacts and
/// documents are printed as the codebook says, with everything in them.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon export --format csv --out tables/                    every table, a file each
  memcon export --format csv --table contacts usa russia      one table, of one pair
  memcon export --format parquet --out tables/                the same for DuckDB, Arrow, Spark
  memcon export --format jsonl --table documents > record.jsonl
  memcon export --format package --out record.zip             Frictionless data package with its codebook
  memcon export --format icalendar --out contacts.ics
  memcon export --format graphml --from 2013 --out pairs.graphml
  memcon export --format package --dossier 4k2mz0qt --out dam.zip   what a dossier holds

In csv and tsv a text that begins with =, +, - or @ gets an apostrophe before it, so that no spreadsheet runs it.")]
pub struct Args {
    /// In what form.
    #[arg(long, short, value_enum)]
    format: Format,
    /// Only this table.
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    /// The file or folder to write; standard output if none is named.
    #[arg(long, short, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Only what this dossier holds: its id, as its page (memcon serve) names it.
    #[arg(long, value_name = "ID")]
    dossier: Option<String>,
    #[command(flatten)]
    contacts: Contacts,
    #[command(flatten)]
    record: Record,
}

/// Forms of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON lines.
    Jsonl,
    /// Parquet.
    Parquet,
    /// Frictionless data package: a zip of CSV files with their schema and codebook.
    Package,
    /// Events for TimelineJS.
    Timelinejs,
    /// A calendar (RFC 5545).
    Icalendar,
    /// Documents for Zotero and other citation managers.
    CslJson,
    /// Evidence as W3C Web Annotations.
    Annotations,
    /// Pairs of governments as a graph, for Gephi, igraph, NetworkX.
    Graphml,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let filter = args.contacts.filter(&governments)?;
    let store = args.record.open()?;
    let dossier = args.dossier.as_deref().map(|id| dossier(&store, id)).transpose()?;
    if dossier.is_some() && filter != Filter::default() {
        return Err(Failure::Usage(
            "a dossier is exported as it is: name no parties and no conditions with it".to_owned(),
        ));
    }
    let tables = Tables { store: &store, governments: &governments, filter: &filter, dossier: dossier.as_ref() };
    let tabular = match args.format {
        Format::Csv => Some(TableFormat::Csv),
        Format::Tsv => Some(TableFormat::Tsv),
        Format::Jsonl => Some(TableFormat::Jsonl),
        Format::Parquet => Some(TableFormat::Parquet),
        _ => None,
    };
    match (tabular, &args.table, &args.out) {
        (Some(format), Some(name), out) => {
            check_table(name)?;
            to(out.as_deref(), |out| write_table(&tables, format, name, out))?;
        }
        (Some(format), None, Some(folder)) => {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::Stopped(format!("{}: {error}", folder.display())))?;
            for table in TABLES {
                let path = folder.join(format!("{}.{}", table.name, extension(format)));
                to(Some(&path), |out| write_table(&tables, format, table.name, out))?;
            }
        }
        (Some(_), None, None) => {
            let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
            let what = "there are several tables: name one with --table, or a folder for all of them with --out";
            return Err(Failure::Usage(format!("{what} ({})", names.join(", "))));
        }
        (None, Some(_), _) => {
            return Err(Failure::Usage("--table goes with csv, tsv, jsonl and parquet only".to_owned()));
        }
        (None, None, out) => match args.format {
            Format::Package => {
                let Some(path) = out else {
                    return Err(Failure::Usage("a package is a file: name it with --out".to_owned()));
                };
                to_file(path, |file| sheets::package(&tables, file))?;
            }
            Format::Timelinejs => to(out.as_deref(), |out| forms::timelinejs(&tables, out))?,
            Format::Icalendar => to(out.as_deref(), |out| forms::icalendar(&tables, out))?,
            Format::CslJson => to(out.as_deref(), |out| forms::csl(&tables, out))?,
            Format::Annotations => to(out.as_deref(), |out| forms::annotations(&tables, out))?,
            Format::Graphml => to(out.as_deref(), |out| forms::graphml(&tables, out))?,
            Format::Csv | Format::Tsv | Format::Jsonl | Format::Parquet => {}
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn dossier(store: &Store, id: &str) -> Result<Content, Failure> {
    match store.dossier(id) {
        Ok(dossier) => Content::of(store, dossier),
        Err(error) => {
            let known: Vec<String> = store
                .dossiers()?
                .into_iter()
                .map(|one| format!("{} ({})", one.id, crate::term::plain(&one.name)))
                .collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(Failure::Usage(format!("{error}\n  hint: the record holds {known}")))
        }
    }
}

fn check_table(name: &str) -> Result<(), Failure> {
    if table(name).is_some() {
        return Ok(());
    }
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    Err(Failure::Usage(format!("there is no table {name}; there are {}", names.join(", "))))
}

fn write_table(tables: &Tables, format: TableFormat, name: &str, mut out: &mut dyn Write) -> Result<(), Failure> {
    match (format, name) {
        (TableFormat::Jsonl, "documents") => forms::document_lines(tables, out),
        (TableFormat::Jsonl, "contacts") => forms::contact_lines(tables, out),
        _ => {
            check_table(name)?;
            let Some(table) = table(name) else { return Ok(()) };
            let mut sheet = sheets::Sheet::new(format, table, &mut out)?;
            tables.rows(table, &mut |row| sheet.row(row))?;
            sheet.finish()
        }
    }
}

fn extension(format: TableFormat) -> &'static str {
    match format {
        TableFormat::Csv => "csv",
        TableFormat::Tsv => "tsv",
        TableFormat::Jsonl => "jsonl",
        TableFormat::Parquet => "parquet",
    }
}

/// Writes to standard output, or to a file.
fn to(path: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>) -> Result<(), Failure> {
    match path {
        Some(path) => to_file(path, |file| write(file)),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// Writes a file beside its place and moves it there when it is whole, so that a failure leaves what was there before.
fn to_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Stopped(format!("{}: {error}", path.display()));
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut file = BufWriter::new(File::create(&beside).map_err(failed)?);
    let written = write(&mut file).and_then(|()| file.flush().map_err(failed)).and_then(|()| {
        // A look at the place makes sure that the file takes writes to its end (a full disk can show late).
        file.stream_position().and_then(|_| file.get_ref().sync_all()).map_err(failed)
    });
    match written {
        Ok(()) => std::fs::rename(&beside, path).map_err(failed),
        Err(failure) => {
            // What was begun is of no use; that it cannot be removed changes nothing for the caller.
            let _ = std::fs::remove_file(&beside);
            Err(failure)
        }
    }
}
