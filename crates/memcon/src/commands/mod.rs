//! One module a command. Adding one takes a `mod` line and a line in the table below it.

pub mod contact;
pub mod copies;
pub mod corrections;
pub mod coverage;
pub mod disputes;
pub mod doctor;
pub mod explain;
pub mod export;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod pairs;
pub mod read;
pub mod reread;
pub mod search;
pub mod serve;
pub mod statements;
pub mod timeline;
pub mod users;
pub mod who;

use crate::failure::Outcome;

/// Declares the commands: each module has `Args`, whose doc comment is its help text, and `run`.
macro_rules! commands {
    ($($(#[$when:meta])* $variant:ident => $module:ident),+ $(,)?) => {
        /// The commands.
        #[derive(clap::Subcommand)]
        pub enum Command { $($(#[$when])* #[allow(missing_docs)] $variant($module::Args)),+ }

        impl Command {
            /// Runs the command.
            pub fn run(self) -> Outcome {
                match self { $($(#[$when])* Command::$variant(args) => $module::run(args)),+ }
            }
        }
    };
}

commands! {
    Read => read,
    Who => who,
    Explain => explain,
    #[cfg(feature = "fetch")]
    Fetch => fetch,
    Doctor => doctor,
    Timeline => timeline,
    Contact => contact,
    Disputes => disputes,
    Statements => statements,
    Search => search,
    Pairs => pairs,
    Coverage => coverage,
    Copies => copies,
    Corrections => corrections,
    Serve => serve,
    Users => users,
    Export => export,
    Reread => reread,
}
