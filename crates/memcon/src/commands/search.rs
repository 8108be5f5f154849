//! `memcon search`: words in articles, statements and evidence.

use crate::asked::{Record, first_day, last_day};
use crate::failure::Outcome;
use crate::output::{Output, cut};
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;
use store::{Place, SearchFilter};

/// Find words in articles, statements and the evidence of contacts, best first.
///
/// All words must occur; "words in quotation marks" stand together; OR stands between alternatives, NOT before what must be
/// absent, word* for all words that begin so. Inflected forms of English words count as the word: call finds called.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon search kerry lavrov call
  memcon search '\"returned the call\" kremlin' --in evidence
  memcon search visit --from 2022-02 --to 2022-03
  memcon search 'nuclear OR missile' --json --limit 100")]
pub struct Args {
    /// The words.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only there: articles, statements, evidence.
    #[arg(long = "in", value_name = "PLACE", value_enum, value_delimiter = ',')]
    places: Vec<Where>,
    /// Only in documents published on this day or later, in this month, in this year.
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<Date>,
    /// Only in documents published up to the end of this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<Date>,
    /// Only in documents published by the end of that day.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<Date>,
    /// At most that many of each.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Go on where the page before ended: what it printed after "more:".
    #[arg(long, value_name = "PLACE", default_value_t = 0)]
    after: usize,
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: Record,
}

/// Where to search.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Where {
    /// Titles and bodies.
    Articles,
    /// Quotations and reported speech.
    Statements,
    /// What the accounts of contacts rest on.
    Evidence,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let places: Vec<Place> = [Where::Evidence, Where::Statements, Where::Articles]
        .into_iter()
        .filter(|place| args.places.is_empty() || args.places.contains(place))
        .map(|place| match place {
            Where::Articles => Place::Article,
            Where::Statements => Place::Statement,
            Where::Evidence => Place::Evidence,
        })
        .collect();
    let store = args.record.open()?;
    let filter = SearchFilter {
        words: args.words.join(" "),
        places,
        from: args.from,
        to: args.to,
        as_of: args.as_of,
        limit: args.limit,
        after: args.after,
    };
    let hits = store.search(&filter)?;
    let mut out = if args.json { Output::plain() } else { Output::paged() };
    let mut heading = None;
    for hit in &hits {
        if args.json {
            serde_json::to_writer(&mut out, hit)?;
            out.write_all(b"\n")?;
            continue;
        }
        if heading != Some(hit.place) {
            heading = Some(hit.place);
            let name = match hit.place {
                Place::Article => "ARTICLES",
                Place::Statement => "STATEMENTS",
                Place::Evidence => "EVIDENCE",
            };
            writeln!(out, "{name}")?;
        }
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut head = vec![hit.document.clone()];
        head.extend(hit.published.clone());
        head.extend(hit.outlet.clone());
        head.extend(hit.title.as_deref().map(|title| cut(&words(title), 70)));
        head.extend(hit.contact.as_ref().map(|id| format!("contact {id}")));
        head.extend(hit.speaker.clone());
        writeln!(out, "  {}", head.join(" · "))?;
        writeln!(out, "    {}", words(&hit.snippet))?;
    }
    out.finish()?;
    if hits.is_empty() {
        eprintln!("nothing found");
    }
    if hits.iter().any(|hit| !hit.ranked) {
        eprintln!("more than {} places have these words: those recorded last come first", store::RANKED);
    }
    let full = |place: &Place| hits.iter().filter(|hit| hit.place == *place).count() == args.limit;
    if args.limit > 0 && filter.places.iter().any(full) {
        eprintln!("more: --after {}", args.after + args.limit);
    }
    Ok(ExitCode::SUCCESS)
}
