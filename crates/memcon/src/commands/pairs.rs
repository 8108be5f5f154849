//! `memcon pairs`: the rhythm of contacts between governments.

use crate::asked::{Contacts, Record};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, columns};
use crate::parties::Governments;
use std::io::Write;
use std::process::ExitCode;

/// Count the contacts of each pair of governments: how many a month, how fast they answer, what stays unanswered, who asks.
///
/// The balance goes from 1 (the first of the pair always asks) to -1 (the second always does). A contact of more than two
/// parties counts for each pair among them.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon pairs                        every pair, the busiest first
  memcon pairs usa                    those of one government
  memcon pairs usa russia --json      one pair, month by month
  memcon pairs --from 2013 --to 2013 --csv > pairs.csv")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    #[command(flatten)]
    contacts: Contacts,
    /// Print JSON, one object a line, with the count of each month.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV.
    #[arg(long)]
    csv: bool,
}

/// The columns of the table.
const HEADER: [&str; 11] = [
    "pair",
    "contacts",
    "held",
    "per_month",
    "asked",
    "unanswered_share",
    "response_days",
    "responses",
    "initiated",
    "balance",
    "disputed",
];

/// One line of the table.
fn row(pair: &store::Pair) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.2}"));
    vec![
        pair.people.as_ref().unwrap_or(&pair.governments).join("–"),
        pair.contacts.to_string(),
        pair.held.to_string(),
        number(pair.per_month),
        pair.asked.to_string(),
        number(pair.unanswered_share),
        number(pair.median_response_days),
        pair.response_times.to_string(),
        format!("{}:{}", pair.initiated[0], pair.initiated[1]),
        number(pair.initiator_balance),
        pair.disputed.to_string(),
    ]
}

/// The table as CSV.
pub fn csv(pairs: &[store::Pair], out: impl Write) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let lines = std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(pairs.iter().map(row));
    for line in lines {
        writer.write_record(line).map_err(std::io::Error::from)?;
    }
    Ok(writer.flush()?)
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let pairs = args.record.open()?.pairs(&args.contacts.filter(&governments)?)?;
    let mut out = if args.json || args.csv { Output::plain() } else { Output::paged() };
    if args.json {
        for pair in &pairs {
            serde_json::to_writer(&mut out, pair)?;
            out.write_all(b"\n")?;
        }
    } else if args.csv {
        csv(&pairs, &mut out)?;
    } else {
        columns(&mut out, &HEADER, &pairs.iter().map(row).collect::<Vec<_>>())?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
