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
    /// Train the tagger and parser, and write the model and the table of lemmas beside it.
    Train {
        /// The folder with the treebank's train split.
        #[arg(long, default_value = "../shared/data/ud-ewt")]
        ud: PathBuf,
        /// Running text to group words by: gzipped JSON lines with a field `text`.
        #[arg(long, num_args = 0.., default_values = [
            "../shared/data/wh-statements/statements_foreign.jsonl.gz",
            "../shared/data/wh-readouts/readouts.dev.jsonl.gz",
        ])]
        text: Vec<PathBuf>,
        /// Where to write the model.
        #[arg(long, default_value = "crates/reader/data/model.bin")]
        out: PathBuf,
        /// Where the random order of the sentences begins.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Train the model that tags names.
    TrainNames {
        /// The folder with the benchmark data.
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
        /// Where to write the model.
        #[arg(long, default_value = "crates/reader/data/names.bin")]
        out: PathBuf,
        /// Where the random order of the sentences begins.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Score { stages, shared, details } => score::run(&stages, &shared, details),
        Command::Check { write } => check::run(write),
        Command::Train { ud, text, out, seed } => train::run(&ud, &text, &out, seed),
        Command::TrainNames { shared, out, seed } => train::names::run(&shared, &out, seed),
    }
}
