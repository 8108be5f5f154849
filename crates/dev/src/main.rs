//! The workshop: trains the model, scores every stage against benchmark data, checks the house.

mod check;
mod score;
mod train;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Trains, scores and checks. Run it with `cargo run --release -p dev --`.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the figures of each stage and compare them with their floors.
    Score {
        /// Stages to score; all of them if none is named.
        stages: Vec<String>,
        /// The folder with the benchmark data.
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
        /// Say what was missed, spurious or wrong.
        #[arg(long)]
        details: bool,
    },
    /// Check that the docs tell the truth and the house keeps its promises.
    Check {
        /// Write the generated pages first.
        #[arg(long)]
        write: bool,
    },
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Score { stages, shared, details } => score::run(&stages, &shared, details),
        Command::Check { write } => check::run(write),
    }
}
