//! `memcon search`: words in articles, statements and evidence.

use crate::asked::Record;
use crate::failure::Outcome;
use crate::output::{Output, cut};
use std::io::Write;
use std::process::ExitCode;
use store::Place;

/// Find words in articles, statements and the evidence of contacts, best first.
///
/// All words must occur; "words in quotation marks" stand together; OR stands between alternatives, NOT before what must be
/// absent, word* for all words that begin so. Inflected forms of English words count as the word: call finds called.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon search kerry lavrov call
  memcon search '\"returned the call\" kremlin' --in evidence
  memcon search 'nuclear OR missile' --json --limit 100")]
pub struct Args {
    /// The words.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only there: articles, statements, evidence.
    #[arg(long = "in", value_name = "PLACE", value_enum, value_delimiter = ',')]
    places: Vec<Where>,
    /// At most that many of each.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
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
    let hits = store.search(&args.words.join(" "), &places, args.limit)?;
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
    Ok(ExitCode::SUCCESS)
}
