//! `memcon read`: reads documents and prints what they tell.

use crate::asked::last_day;
use crate::failure::{Failure, Outcome};
use crate::intake::manifest::Manifest;
use crate::intake::problem::{Gravity, Problem};
use crate::intake::walk::{Found, Limits, Walk};
use crate::intake::{self, Input};
use crate::keep::Keeper;
use crate::progress::Progress;
use crate::term::{Ink, Terminal};
use crate::{pool, print};
use jiff::civil::Date;
use reader::record::DocumentRecord;
use reader::when::edtf;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Read documents, record what they tell of contacts between governments, and print it.
///
/// What was read is kept in the record (memcon.db, or the file named with --db): its bytes, what was found in it, and the
/// contacts joined over all documents. Read again, a document that has not changed is passed over; a changed one is a new
/// revision. With --json or --merged nothing is recorded.
///
/// Reads text, HTML, Markdown, JSON lines and JSON of articles, CSV and Parquet tables, web archives, feeds, e-mail and
/// PDF, plain or packed with gzip, zstd or zip; folders with all that is in them. Documents come out in the order in which
/// they went in, whatever the number of jobs. A document that cannot be read is reported in one line, and the rest goes on.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon read samples/                        what the documents tell, and one timeline over all
  memcon read page.html --manifest dates.csv  with a publication date that the page does not say
  memcon read --json news.jsonl.gz > out.jsonl
  memcon read --merged --json news.jsonl.gz   each contact once, with all its accounts
  memcon read --merged --as-of 2013-02-16 samples/   as it was told by that day
  curl -s https://example.org/page | memcon read -

Exit status: 0 if all was read, 1 if something was not, 2 for a wrong call.")]
pub struct Args {
    /// Files and folders to read; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON object a line for each document.
    #[arg(long)]
    json: bool,
    /// Print the contacts merged over all documents, and nothing for each document.
    #[arg(long)]
    merged: bool,
    /// With --merged: as the documents published by the end of that day tell it. A document without a date of publication
    /// is left out.
    #[arg(long, value_name = "DATE", value_parser = last_day, requires = "merged")]
    as_of: Option<Date>,
    /// CSV that says of documents what they do not say themselves: a column `path` or `url`, then any of `published`,
    /// `outlet`, `origin`, `title`, `language`; other columns are kept.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Write a CSV of what was skipped or damaged, and why.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The file of the record.
    #[arg(long, value_name = "FILE", env = "MEMCON_DB", default_value = "memcon.db")]
    db: PathBuf,
    /// How many documents are read at once [default: one for each core].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

/// One document when its work is done.
struct Done {
    read: Option<Read>,
    /// It is in the record already.
    known: bool,
    problems: Vec<Problem>,
}

/// What reading gives.
struct Read {
    input: Input,
    /// The text that offsets count in.
    text: String,
    record: DocumentRecord,
    /// The record as a line of JSON, where it is to be printed so.
    line: Vec<u8>,
}

/// Contacts of more documents than this are not printed together; the record has them.
const PRINTED: usize = 1_000;

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let manifest =
        args.manifest.as_deref().map(Manifest::open).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let mut report = args.report.as_deref().map(Report::create).transpose()?;
    let jobs = args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let reader = reader::Reader::shipped();
    let interrupted = interruption();

    let term = Terminal::of_stdout();
    let progress = Progress::start(&args.paths);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut keeper = if args.json || args.merged { None } else { Some(Keeper::open(&args.db)?) };
    let seen = keeper.as_ref().map(Keeper::seen).transpose()?;
    let mut known = 0usize;
    // Contacts are merged over all documents at the end. What is kept for that are the records that have any, without
    // their text.
    let (merging, mut to_merge, mut with_contacts) = (args.merged || !args.json, Vec::new(), 0usize);
    let (mut documents, mut wrong, mut stopped) = (0usize, 0usize, None);
    let mut tell = |problem: &Problem| {
        if problem.gravity != Gravity::PassedOver {
            wrong += 1;
            progress.aside(|| eprintln!("{problem}"));
        }
        if let Some(report) = &mut report {
            report.add(problem);
        }
    };
    pool::in_order(
        jobs,
        |emit| {
            let mut emit = |found: Found| !interrupted.load(Ordering::Relaxed) && emit(found);
            let leave_out = args.manifest.as_deref().and_then(|path| path.canonicalize().ok());
            let bytes = progress.bytes();
            Walk { limits: Limits::default(), progress: bytes, leave_out, emit: &mut emit, stopped: false }
                .all(&args.paths);
        },
        |found| one(&reader, &manifest, seen.as_ref(), args.json && !args.merged, found),
        |done| {
            done.problems.iter().for_each(&mut tell);
            if done.known {
                known += 1;
                progress.document();
            }
            let Some(Read { input, text, mut record, line }) = done.read else { return true };
            documents += 1;
            progress.document();
            let kept = keeper.as_mut().map_or(Ok(()), |keeper| keeper.keep(input, text, record.clone()));
            let printed = kept.and_then(|()| {
                progress.printing(|| match (args.merged, args.json) {
                    (true, _) => Ok(()),
                    (false, true) => out.write_all(&line),
                    (false, false) => print::document(&mut out, &term, &record).and_then(|()| out.flush()),
                })?;
                Ok(())
            });
            let in_time = args.as_of.is_none_or(|day| {
                let published = record.article.published.as_deref().map(|p| p.split('T').next().unwrap_or(p));
                published.and_then(edtf::interval).is_some_and(|(_, last)| last <= day)
            });
            if merging && in_time && !record.contacts.is_empty() {
                record.statements = Vec::new();
                (record.article.body, record.article.comments) = (Vec::new(), Vec::new());
                with_contacts += 1;
                if keeper.is_none() || with_contacts < PRINTED {
                    to_merge.push(record);
                } else {
                    to_merge = Vec::new();
                }
            }
            stopped = printed.err();
            stopped.is_none()
        },
    );
    progress.finish();
    // Joining the contacts of many documents takes room of its own.
    drop(reader);
    if let Some(failure) = stopped {
        // Whoever reads only the first lines of the output still wants what was read to be kept.
        if let (Failure::PipeClosed, Some(keeper)) = (&failure, &mut keeper) {
            keeper.finish()?;
        }
        return Err(failure);
    }
    let mut recorded = None;
    if let Some(keeper) = &mut keeper {
        keeper.finish()?;
        let [new, revised, again] = keeper.counts;
        let mut told = vec![print::count(new, "new document")];
        for (count, what) in [(revised, "changed"), (again, "read again"), (known, "known already")] {
            if count > 0 {
                told.push(format!("{count} {what}"));
            }
        }
        recorded = Some(format!("recorded in {}: {}", args.db.display(), told.join(", ")));
    }
    if merging && (documents > 0 || keeper.is_none()) && (args.merged || with_contacts < PRINTED) {
        let merged = reader::contacts::merge(&to_merge);
        if args.json {
            for contact in &merged {
                serde_json::to_writer(&mut out, contact)?;
                out.write_all(b"\n")?;
            }
        } else {
            let told = format!("{} in {}", print::count(merged.len(), "contact"), print::count(documents, "document"));
            writeln!(out, "{}\n", term.paint(Ink::Strong, &told))?;
            print::timeline(&mut out, &term, &merged)?;
        }
    }
    out.flush()?;
    if let Some(recorded) = recorded {
        eprintln!("{recorded}");
    }
    if interrupted.load(Ordering::Relaxed) {
        eprintln!("stopped after {}", print::count(documents, "document"));
        return Err(Failure::Interrupted);
    }
    manifest.missing(&args.paths).iter().for_each(&mut tell);
    if let Some(report) = report {
        report.finish()?;
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Decodes and reads one document.
fn one(reader: &reader::Reader, manifest: &Manifest, seen: Option<&store::Seen>, json: bool, found: Found) -> Done {
    let mut problems = Vec::new();
    let input = match found.and_then(|raw| raw.open(manifest, &mut problems)) {
        Ok(input) => input,
        Err(problem) => {
            problems.push(problem);
            return Done { read: None, known: false, problems };
        }
    };
    if seen.is_some_and(|seen| seen.has(&input.document, &input.known)) {
        return Done { read: None, known: true, problems };
    }
    let read = intake::guarded(|| {
        let reading = reader.read(&input.source());
        let record = reading.record(input.document.clone());
        Ok((reading.page.text, record))
    });
    let Ok((text, record)) = read else {
        let what = "the program fails on it; this is an error of ours, please report it with the page";
        problems.push(Problem::skipped(&input.document.path, what));
        return Done { read: None, known: false, problems };
    };
    let mut line = Vec::new();
    if json && serde_json::to_writer(&mut line, &record).is_ok() {
        line.push(b'\n');
    }
    Done { read: Some(Read { input, text, record, line }), known: false, problems }
}

/// A flag that Ctrl-C raises: reading stops after the documents that are under way. A second one ends the program.
fn interruption() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = flag.clone();
    // Without a handler Ctrl-C still ends the program, if less tidily.
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    flag
}

/// The table of what was skipped, and why.
struct Report {
    path: String,
    table: csv::Writer<std::fs::File>,
}

impl Report {
    fn create(path: &Path) -> Result<Report, Failure> {
        let name = path.display().to_string();
        let file = std::fs::File::create(path).map_err(|e| Failure::Usage(Problem::io(&name, &e).to_string()))?;
        let mut table = csv::Writer::from_writer(file);
        // Errors of writing come back when the table is finished.
        let _ = table.write_record(["path", "line", "gravity", "what"]);
        Ok(Report { path: name, table })
    }

    fn add(&mut self, problem: &Problem) {
        let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
        let _ = self.table.write_record([&problem.path, &line, problem.gravity.name(), &problem.what]);
    }

    fn finish(mut self) -> Result<(), Failure> {
        self.table.flush().map_err(|e| Failure::Stopped(format!("{}: {e}", self.path)))
    }
}
