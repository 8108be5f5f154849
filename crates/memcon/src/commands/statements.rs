//! `memcon statements`: who said what.

use crate::asked::{Form, Paging, Record, first_day, last_day};
use crate::export::sheets::Sheet;
use crate::export::tables;
use crate::failure::{Failure, Outcome};
use crate::output::{Output, columns, cut};
use crate::parties::Governments;
use jiff::civil::Date;
use reader::codes::StatementKind;
use std::io::Write;
use std::process::ExitCode;
use store::StatementFilter;

/// List quotations and reported speech, oldest first.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon statements russia --from 2013-02 --to 2013-02
  memcon statements --person nuland --words \"returned the call\"
  memcon statements usa --kind quote --format csv > quotes.csv")]
pub struct Args {
    /// Governments and organizations, any of which the speaker belongs to.
    #[arg(value_name = "PARTY")]
    parties: Vec<String>,
    /// Only by somebody whose name has this in it.
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Only with these words (see memcon search).
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// Only quote or reported.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<StatementKind>,
    /// From this day, month or year on; where no day is told, the document's counts.
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<Date>,
    /// Up to the end of this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<Date>,
    /// Only from documents published by the end of that day.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<Date>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    record: Record,
}

/// The kind of that name.
pub fn kind(name: &str) -> Result<StatementKind, String> {
    StatementKind::parse(name).ok_or_else(|| "there is no such kind; there are quote and reported".to_owned())
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let governments = Governments::shipped();
    let parties = args.parties.iter().map(|name| governments.resolve(name).map_err(Failure::Usage));
    let filter = StatementFilter {
        governments: parties.collect::<Result<_, _>>()?,
        person: args.person,
        kind: args.kind,
        words: args.words,
        from: args.from,
        to: args.to,
        as_of: args.as_of,
        limit: args.paging.limit,
        after: args.paging.after,
    };
    let page = args.record.open()?.statements(&filter)?;
    let mut out = if args.form.json || args.form.format.is_some() { Output::plain() } else { Output::paged() };
    match args.form.format {
        _ if args.form.json => {
            for hit in &page.items {
                serde_json::to_writer(&mut out, hit)?;
                out.write_all(b"\n")?;
            }
        }
        Some(format) => {
            if let Some(table) = tables::table("statements") {
                let mut sheet = Sheet::new(format, table, &mut out)?;
                for hit in &page.items {
                    sheet.row(tables::statement_row(&governments, hit))?;
                }
                sheet.finish()?;
            }
        }
        None => {
            let row = |hit: &store::StatementHit| {
                let speaker = &hit.statement.speaker;
                let words: Vec<&str> = hit.statement.content.iter().map(|part| part.quote.as_str()).collect();
                vec![
                    hit.statement
                        .when
                        .clone()
                        .or_else(|| hit.published.clone())
                        .unwrap_or_else(|| "undated".to_owned()),
                    cut(speaker.name.as_deref().unwrap_or("unknown"), 30),
                    speaker.government.clone().unwrap_or_default(),
                    hit.statement.kind.name().to_owned(),
                    cut(&words.join(" … "), 100),
                    hit.document.clone(),
                ]
            };
            let rows: Vec<Vec<String>> = page.items.iter().map(row).collect();
            columns(&mut out, &["when", "speaker", "for", "kind", "words", "document"], &rows)?;
        }
    }
    out.finish()?;
    if let Some(next) = page.next {
        eprintln!("more: --after {next}");
    }
    Ok(ExitCode::SUCCESS)
}
