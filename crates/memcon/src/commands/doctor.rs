//! `memcon doctor`: says what the program is made of and whether it works here.

use crate::failure::Outcome;
use crate::print::count;
use reader::{Known, Media, Source};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Say which version this is, what it has loaded, how fast, and whether it works here.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon doctor
  memcon doctor --db record.db --json")]
pub struct Args {
    /// The store to look at.
    #[arg(long, value_name = "FILE", env = "MEMCON_DB", default_value = "memcon.db")]
    db: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let started = Instant::now();
    let reader = reader::Reader::shipped();
    let loaded = started.elapsed();
    let text = "The two ministers spoke by telephone on Tuesday, a spokesman said.";
    let started = Instant::now();
    let reading = reader.read(&Source { text, media: Media::Text, known: Known::default() });
    let read = started.elapsed();
    let works = reading.sentences.len() == 1;
    let milliseconds = |time: std::time::Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let database = match std::fs::metadata(&args.db) {
        Ok(found) => format!("{} ({} bytes)", args.db.display(), found.len()),
        Err(_) => format!("none at {}", args.db.display()),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let program = std::env::current_exe().ok().and_then(|path| Some(std::fs::metadata(path).ok()?.len()));
    let facts = [
        ("version", env!("CARGO_PKG_VERSION").to_string()),
        ("program", program.map_or("unknown size".to_string(), |bytes| format!("{:.1} MB", bytes as f64 / 1e6))),
        ("cores", cores.to_string()),
        ("rules", count(reader.rules.all().len(), "rule")),
        ("loaded in", milliseconds(loaded)),
        ("one sentence in", milliseconds(read)),
        ("store", database),
        ("state", if works { "works" } else { "fails to read a plain sentence" }.to_string()),
    ];
    let mut out = std::io::stdout().lock();
    if args.json {
        let object: serde_json::Map<_, _> =
            facts.iter().map(|(name, value)| (name.replace(' ', "_"), value.clone().into())).collect();
        serde_json::to_writer(&mut out, &object)?;
        writeln!(out)?;
    } else {
        for (name, value) in &facts {
            writeln!(out, "{name:16}{value}")?;
        }
    }
    Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
