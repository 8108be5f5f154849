//! What can go wrong with the file, each with a kind, a cause and a hint.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no such file.
    Missing,
    /// The file is not an SQLite database.
    NotADatabase,
    /// The file is a database, but not a record of contacts.
    Foreign,
    /// The record was written by a newer version of the program.
    Newer,
    /// The file is damaged.
    Corrupted,
    /// No room is left on the disk.
    Full,
    /// Another process held the file for too long.
    Busy,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The file cannot be opened or read.
    Unreadable,
    /// What was asked for makes no sense: an unknown contact, a query that is none.
    Request,
    /// Anything else.
    Other,
}

/// An error of the store: which file, what happened, what to do about it.
#[derive(Debug)]
pub struct StoreError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The file; empty where none is concerned.
    pub path: PathBuf,
    /// What lies behind it, in the words of the layer below.
    pub cause: String,
}

/// What the store's functions return.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// An error of that kind.
    pub fn new(kind: ErrorKind, path: &Path, cause: impl Into<String>) -> StoreError {
        StoreError { kind, path: path.to_owned(), cause: cause.into() }
    }

    /// A request that cannot be met.
    pub fn request(cause: impl Into<String>) -> StoreError {
        StoreError::new(ErrorKind::Request, Path::new(""), cause)
    }

    /// The same error, about that file.
    pub fn at(mut self, path: &Path) -> StoreError {
        if self.path.as_os_str().is_empty() && self.kind != ErrorKind::Request {
            self.path = path.to_owned();
        }
        self
    }

    /// What the user can do about it; empty where nothing is known.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            ErrorKind::Missing => "read some documents first (memcon read PATH…), or name the file with --db",
            ErrorKind::NotADatabase => "name another file with --db; this one is left as it is",
            ErrorKind::Foreign => "it belongs to another program; name another file with --db",
            ErrorKind::Newer => "use the newer version of memcon that wrote it",
            ErrorKind::Corrupted => {
                "copy the file, then save what can be saved with `sqlite3 FILE .recover`, or read the documents again into a new file"
            }
            ErrorKind::Full => {
                "make room and run the same command again: what was committed is kept, the rest is taken up"
            }
            ErrorKind::Busy => "wait until the other memcon is done",
            ErrorKind::ReadOnly => "check who may write the file and its folder",
            ErrorKind::Unreadable => "check that the path is right and that you may read it",
            ErrorKind::Request | ErrorKind::Other => "",
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.as_os_str().is_empty() {
            write!(f, "{}: ", self.path.display())?;
        }
        let what = match self.kind {
            ErrorKind::Missing => "there is no such record",
            ErrorKind::NotADatabase => "this is not a database",
            ErrorKind::Foreign => "this is not a record of contacts",
            ErrorKind::Newer => "the record was written by a newer version",
            ErrorKind::Corrupted => "the record is damaged",
            ErrorKind::Full => "the disk is full",
            ErrorKind::Busy => "another process holds the record",
            ErrorKind::ReadOnly => "the record cannot be written",
            ErrorKind::Unreadable => "the record cannot be opened",
            ErrorKind::Request | ErrorKind::Other => "",
        };
        f.write_str(what)?;
        match (what.is_empty(), self.cause.is_empty()) {
            (true, _) => f.write_str(&self.cause)?,
            (false, false) => write!(f, " ({})", self.cause)?,
            (false, true) => {}
        }
        if !self.hint().is_empty() {
            write!(f, "\n  hint: {}", self.hint())?;
        }
        Ok(())
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::{Error, ErrorCode};
        // What the record never wrote, or a row that another names and that is gone: a damaged page that still looks like one.
        let foreign = matches!(
            error,
            Error::QueryReturnedNoRows
                | Error::FromSqlConversionFailure(..)
                | Error::InvalidColumnType(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::Utf8Error(..)
        );
        let kind = match error.sqlite_error_code() {
            _ if foreign => ErrorKind::Corrupted,
            Some(ErrorCode::NotADatabase) => ErrorKind::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => ErrorKind::Corrupted,
            Some(ErrorCode::DiskFull) => ErrorKind::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ErrorKind::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => ErrorKind::Unreadable,
            _ => ErrorKind::Other,
        };
        StoreError::new(kind, Path::new(""), error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::new(
            ErrorKind::Corrupted,
            Path::new(""),
            format!("a stored record is not the JSON it should be: {error}"),
        )
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        let kind = match error.kind() {
            std::io::ErrorKind::StorageFull => ErrorKind::Full,
            std::io::ErrorKind::NotFound => ErrorKind::Missing,
            std::io::ErrorKind::PermissionDenied => ErrorKind::ReadOnly,
            _ => ErrorKind::Other,
        };
        StoreError::new(kind, Path::new(""), error.to_string())
    }
}
