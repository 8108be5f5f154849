//! What stops a command, and what one document's trouble looks like.

use std::fmt;
use std::process::ExitCode;

/// Why a command stopped. It is printed as one line on standard error.
#[derive(Debug)]
pub enum Failure {
    /// The command was called wrongly: exit status 2.
    Usage(String),
    /// It could not go on: exit status 1.
    Stopped(String),
    /// The reader of standard output went away (`memcon read … | head`): nothing is said, exit status 0.
    PipeClosed,
    /// Ctrl-C: exit status 130.
    Interrupted,
}

/// What a command comes to.
pub type Outcome = Result<ExitCode, Failure>;

impl Failure {
    /// The status that the process exits with.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(_) => 2,
            Failure::Stopped(_) => 1,
            Failure::PipeClosed => 0,
            Failure::Interrupted => 130,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(what) | Failure::Stopped(what) => f.write_str(what),
            Failure::PipeClosed => f.write_str("the reader of the output went away"),
            Failure::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::PipeClosed,
            _ => Failure::Stopped(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        match error.io_error_kind() {
            Some(std::io::ErrorKind::BrokenPipe) => Failure::PipeClosed,
            _ => Failure::Stopped(error.to_string()),
        }
    }
}
