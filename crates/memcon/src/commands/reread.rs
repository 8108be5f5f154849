//! `memcon reread`: reads everything again with this version of the program.

use crate::asked::Record;
use crate::failure::{Failure, Outcome};
use crate::intake::manifest::Manifest;
use crate::intake::{Form, Raw, guarded};
use crate::keep::Keeper;
use crate::pool;
use std::process::ExitCode;
use store::{DocumentRow, HAND, Kept, Store};

/// Read the documents of the record again, from the bytes that it keeps.
///
/// For a newer version of the program, or after its rules were changed. Corrections stay: each finds its contact again by the
/// words that it rests on, and what a person accepted or changed is kept even where the program no longer finds it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon reread                    everything
  memcon reread --older            only what another version of the program read")]
pub struct Args {
    /// Only documents that another version of the program read.
    #[arg(long)]
    older: bool,
    /// How many documents are read at once [default: one for each core].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    record: Record,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let store = Store::open_existing(&args.record.db)?;
    let mut keeper = Keeper::open(&args.record.db)?;
    let rows: Vec<DocumentRow> =
        store.documents(false)?.into_iter().filter(|row| !args.older || row.reader != store::READER_VERSION).collect();
    let jobs = args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let reader = reader::Reader::shipped();
    let (mut done, mut wrong, mut stopped) = (0usize, 0usize, None);
    pool::in_order(
        jobs,
        // The thread that hands out work takes the record with it: a connection is one thread's at a time.
        move |emit| {
            for row in rows {
                // What a person wrote is not read, it is told.
                let kept = store.kept(row);
                if kept.as_ref().is_ok_and(|kept| kept.record.document.media_type == HAND) {
                    continue;
                }
                if !emit(kept) {
                    return;
                }
            }
        },
        |kept| kept.map_err(Failure::from).map(|kept| (kept.row.path.clone(), again(&reader, kept))),
        |result| {
            let kept = result.and_then(|(path, read)| match read {
                Ok((input, text, record)) => {
                    done += 1;
                    keeper.keep(input, text, record)
                }
                Err(what) => {
                    wrong += 1;
                    eprintln!("{path}: {what}");
                    Ok(())
                }
            });
            stopped = kept.err();
            stopped.is_none()
        },
    );
    if let Some(failure) = stopped {
        return Err(failure);
    }
    let merged = keeper.finish()?;
    eprintln!("{done} documents read again; {} contacts joined anew", merged.contacts);
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Again = (crate::intake::Input, String, reader::record::DocumentRecord);

/// Reads one document as it was read the first time.
fn again(reader: &reader::Reader, kept: Kept) -> Result<Again, String> {
    let document = kept.record.document;
    let form = Form::of_media_type(&document.media_type).unwrap_or(Form::Text);
    let mut raw = Raw::new(document.path.clone(), form, kept.bytes);
    raw.url.clone_from(&document.url);
    raw.extra.clone_from(&document.extra);
    let mut problems = Vec::new();
    let mut input = raw.open(&Manifest::default(), &mut problems).map_err(|problem| problem.to_string())?;
    input.known = kept.known;
    input.document.extra = document.extra;
    guarded(|| {
        let reading = reader.read(&input.source());
        let record = reading.record(input.document.clone());
        Ok((input.clone(), reading.page.text, record))
    })
}
