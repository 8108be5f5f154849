//! `memcon read`: reads documents and prints what they tell.

use crate::failure::{Failure, Outcome};
use crate::intake::{self, Manifest};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Read documents and print the contacts that they tell of.
#[derive(clap::Args)]
pub struct Args {
    /// Files and folders to read; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print one JSON object a line for each document.
    #[arg(long)]
    json: bool,
    /// CSV that says of each document what it does not say itself: `path`, then any of `published`, `outlet`, `origin`,
    /// `title`, `language`.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let manifest =
        args.manifest.as_deref().map(Manifest::open).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let reader = reader::Reader::shipped();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut problems = 0;
    for document in intake::documents(&args.paths, &manifest) {
        let document = match document {
            Ok(document) => document,
            Err(problem) => {
                eprintln!("{problem}");
                problems += 1;
                continue;
            }
        };
        let record = reader.read(&document.source()).record(document.document.clone());
        if args.json {
            serde_json::to_writer(&mut out, &record)?;
            out.write_all(b"\n")?;
        } else {
            writeln!(out, "{}: {} contacts", record.document.path, record.contacts.len())?;
        }
    }
    out.flush()?;
    Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
