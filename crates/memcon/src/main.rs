//! The `memcon` command: takes documents in, hands them to the reader, prints and keeps what it finds.

mod commands;
mod failure;
mod intake;
mod pool;
mod print;
mod progress;
mod term;

use clap::Parser;
use std::process::ExitCode;

/// Builds the record of contacts between governments from what is published about them.
#[derive(Parser)]
#[command(name = "memcon", version, propagate_version = true, arg_required_else_help = true)]
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
