//! `memcon coverage`: what was read, so that "none found" is not taken for "not looked".

use crate::asked::{Record, first_day, last_day};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, columns};
use crate::parties::Governments;
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;
use store::Filter;

/// Count the documents that were read for some parties and a period.
///
/// A document names a party where its text has one of the party's names, adjectives or capitals; it tells of a contact where
/// the record has one from it in which all of them take part.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon coverage                                     everything, month by month
  memcon coverage usa russia --from 2013-02 --to 2013-03
  memcon coverage iran --by outlet --json")]
pub struct Args {
    /// Governments and organizations.
    #[arg(value_name = "PARTY")]
    parties: Vec<String>,
    /// From this day, month or year on.
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<Date>,
    /// Up to the end of this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<Date>,
    /// Only documents published by the end of that day.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<Date>,
    /// What a line is.
    #[arg(long, value_enum, default_value_t = By::Month)]
    by: By,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: Record,
}

/// What documents are counted by.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// The month in which they were published.
    Month,
    /// The outlet in which they stood.
    Outlet,
}

/// The words by which each party goes.
pub fn names(governments: &Governments, parties: &[String]) -> Vec<Vec<String>> {
    let words = |code: &String| governments.get(code).map_or_else(|| vec![code.clone()], |known| known.words.clone());
    parties.iter().map(words).collect()
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let codes = args.parties.iter().map(|name| governments.resolve(name).map_err(Failure::Usage));
    let parties: Vec<String> = codes.collect::<Result<_, _>>()?;
    let names = names(&governments, &parties);
    let filter = Filter { parties, from: args.from, to: args.to, as_of: args.as_of, ..Filter::default() };
    let coverage = args.record.open()?.coverage(&filter, &names)?;
    let mut out = if args.json { Output::plain() } else { Output::paged() };
    if args.json {
        serde_json::to_writer(&mut out, &coverage)?;
        out.write_all(b"\n")?;
    } else {
        let lines = match args.by {
            By::Month => &coverage.months,
            By::Outlet => &coverage.outlets,
        };
        let row = |name: &str, counts: [usize; 3]| {
            let [read, naming, telling] = counts.map(|count| count.to_string());
            vec![name.to_owned(), read, naming, telling]
        };
        let mut rows: Vec<Vec<String>> =
            lines.iter().map(|(name, counts)| row(if name.is_empty() { "(unknown)" } else { name }, *counts)).collect();
        rows.push(row("in all", [coverage.documents, coverage.naming, coverage.telling]));
        columns(&mut out, &["", "read", "naming all", "telling of a contact"], &rows)?;
        if coverage.undated > 0 {
            writeln!(out, "{} more documents have no date.", coverage.undated)?;
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
