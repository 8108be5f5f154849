//! `memcon explain`: shows how the record of a document comes about.

use crate::failure::{Failure, Outcome};
use crate::intake;
use crate::intake::manifest::Manifest;
use crate::intake::problem::Gravity;
use crate::intake::walk::{Found, Limits, Walk};
use crate::print;
use crate::term::Terminal;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Show each sentence with its words, tree, mentions, dates and statements, and the rules that made an account of it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon explain page.txt                  the sentences that say something of a contact
  memcon explain page.txt --all            every sentence
  memcon explain page.txt --sentence 12    that one only
  memcon explain page.txt --json           one JSON object a line for each sentence")]
pub struct Args {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Show this sentence only, by its number from 1.
    #[arg(long, value_name = "N", conflicts_with = "all")]
    sentence: Option<usize>,
    /// Show every sentence, not only those with an account.
    #[arg(long)]
    all: bool,
    /// Print one JSON object a line for each sentence.
    #[arg(long)]
    json: bool,
    /// CSV that says of documents what they do not say themselves, as for `memcon read`.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let manifest =
        args.manifest.as_deref().map(Manifest::open).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let reader = reader::Reader::shipped();
    let term = Terminal::of_stdout();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut wrong, mut stopped) = (false, None);
    let mut emit = |found: Found| {
        let mut problems = Vec::new();
        let input = found.and_then(|raw| raw.open(&manifest, &mut problems)).map_err(|problem| problems.push(problem));
        for problem in problems.iter().filter(|problem| problem.gravity != Gravity::PassedOver) {
            wrong = true;
            eprintln!("{problem}");
        }
        let Ok(input) = input else { return true };
        let explained = intake::guarded(|| Ok(reader::explain::sentences(&reader.read(&input.source()))));
        let Ok(explained) = explained else {
            wrong = true;
            eprintln!("{}: the program fails on it; this is an error of ours, please report it", input.document.path);
            return true;
        };
        let told: Vec<_> = explained
            .iter()
            .filter(|sentence| match args.sentence {
                Some(number) => sentence.sentence == number,
                None => args.all || args.json || !sentence.accounts.is_empty(),
            })
            .collect();
        let printed = (|| -> Result<(), Failure> {
            if args.json {
                for sentence in &told {
                    serde_json::to_writer(&mut out, sentence)?;
                    out.write_all(b"\n")?;
                }
                return Ok(());
            }
            let (path, sentences) = (&input.document.path, print::count(explained.len(), "sentence"));
            match told.is_empty() {
                true => writeln!(out, "{path}: {sentences}, {}", none(&args, explained.len()))?,
                false => writeln!(out, "{path}: {} of {sentences}\n", told.len())?,
            }
            told.iter().try_for_each(|sentence| print::explained(&mut out, &term, sentence))?;
            Ok(())
        })();
        stopped = printed.err();
        stopped.is_none()
    };
    Walk { limits: Limits::default(), progress: Arc::default(), leave_out: None, emit: &mut emit, stopped: false }
        .all(&args.paths);
    if let Some(failure) = stopped {
        return Err(failure);
    }
    out.flush()?;
    Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Why nothing is shown.
fn none(args: &Args, sentences: usize) -> String {
    match args.sentence {
        Some(number) => format!("and none has the number {number}; they go from 1 to {sentences}"),
        None => "none of which says anything of a contact; --all shows them".to_string(),
    }
}
