//! `memcon copies`: texts that were published more than once.

use crate::asked::Record;
use crate::failure::Outcome;
use crate::output::{Output, cut};
use std::io::Write;
use std::process::ExitCode;
use store::DocumentRow;

/// Show which documents are copies of one origin: the same words, nearly the same, or a part of them.
///
/// Copies count as one source wherever sources are counted.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon copies               every text that stands in several documents, the most copied first
  memcon copies --json        one text a line")]
pub struct Args {
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: Record,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let families = args.record.open()?.families()?;
    let mut out = if args.json { Output::plain() } else { Output::paged() };
    for family in &families {
        if args.json {
            serde_json::to_writer(&mut out, family)?;
            out.write_all(b"\n")?;
            continue;
        }
        writeln!(out, "{}", line(&family.origin))?;
        for (at, copy) in family.copies.iter().enumerate() {
            let branch = if at + 1 == family.copies.len() { "└─" } else { "├─" };
            writeln!(out, "{branch} {}: {}", copy.copy_kind.as_deref().unwrap_or("copy"), line(copy))?;
        }
        writeln!(out)?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn line(row: &DocumentRow) -> String {
    let title = row.title.as_deref().map(|title| cut(&title.split_whitespace().collect::<Vec<_>>().join(" "), 70));
    let parts = [row.published.clone(), row.origin.clone(), row.outlet.clone(), title, Some(row.path.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
