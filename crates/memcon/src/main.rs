//! The `memcon` command: takes documents in, hands them to the reader, prints and keeps what it finds.

mod asked;
mod commands;
mod dossier;
mod export;
mod failure;
#[cfg(feature = "fetch")]
mod fetch;
mod intake;
mod keep;
mod memo;
mod output;
mod parties;
mod passwords;
mod pool;
mod print;
mod progress;
mod serve;
mod term;

use clap::Parser;
use std::process::ExitCode;

/// Builds the record of contacts between governments from what is published about them.
#[derive(Parser)]
#[command(name = "memcon", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  memcon read samples/                what saved pages tell, and one timeline over all
  memcon read --json news.jsonl.gz    the same for programs, a line a document
  memcon explain page.txt             which words and rules made it so

`memcon COMMAND --help` has examples for each command.")]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    intake::guard::quiet();
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(failure) => {
            match failure {
                failure::Failure::PipeClosed | failure::Failure::Interrupted => {}
                _ => eprintln!("memcon: {failure}"),
            }
            failure.exit_code()
        }
    }
}
