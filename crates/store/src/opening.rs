//! Opening the file: what it is, which version it has, and what keeps two processes apart.

use crate::error::{ErrorKind, Result, StoreError};
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{HookError, M, Migrations};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What SQLite writes into the file to say whose it is: "MCON".
const APPLICATION: i32 = 0x4D43_4F4E;

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Every step from an empty file to the form that this version writes. Steps are only ever added.
fn steps() -> Vec<M<'static>> {
    vec![
        M::up(include_str!("schema.sql")),
        M::up(include_str!("paths.sql")),
        M::up(include_str!("dossiers.sql")),
        M::up(include_str!("users.sql")),
        M::up_with_hook(include_str!("names.sql"), |sql: &rusqlite::Transaction| {
            crate::names::write_all(sql).map_err(|error| HookError::Hook(error.to_string()))
        }),
    ]
}

/// The record in one file.
///
/// Several processes may read while one writes (SQLite's write-ahead log); a reader sees what was committed when its
/// query began.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens the record at `path` for writing, and makes it where there is none.
    ///
    /// # Errors
    /// Where the file is no database, belongs to another program, was written by a newer version, is damaged, or cannot be
    /// written.
    pub fn open(path: &Path) -> Result<Store> {
        Store::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a record that is there already.
    ///
    /// # Errors
    /// As [`Store::open`], and [`ErrorKind::Missing`] where there is no file.
    pub fn open_existing(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(StoreError::new(ErrorKind::Missing, path, ""));
        }
        Store::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Store> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| StoreError::from(e).at(path))?;
        let mut store = Store { connection, path: path.to_owned() };
        store.prepare().map_err(|error| error.at(path))?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<()> {
        let connection = &mut self.connection;
        connection.busy_timeout(PATIENCE)?;
        // The first query reads the header, and so finds out whether this is a database at all.
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let steps = steps();
        let known = steps.len() as i64;
        if application != APPLICATION && (tables > 0 || version != 0) {
            return Err(StoreError::new(ErrorKind::Foreign, &self.path, ""));
        }
        if version > known {
            let versions = format!("version {version} of the file; this program knows {known}");
            return Err(StoreError::new(ErrorKind::Newer, &self.path, versions));
        }
        // Settings of the connection; the journal's mode stays with the file.
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        // Pages are cached here, in so many KiB, and else by the system: a file that is mapped would count as the program's
        // memory, which then grew with the record.
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(64);
        if version < known {
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            connection.pragma_update(None, "application_id", APPLICATION)?;
            Migrations::new(steps).to_latest(connection).map_err(migration_error)?;
        }
        // A committed batch is on the disk before the next begins, even when the power fails.
        connection.pragma_update(None, "synchronous", "full")?;
        Ok(())
    }

    /// Where the record lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks through the whole file for damage.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupted`] with the first of what was found.
    pub fn check(&self) -> Result<()> {
        let found: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|e| StoreError::from(e).at(&self.path))?;
        let orphans: i64 = self
            .connection
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
            .map_err(|e| StoreError::from(e).at(&self.path))?;
        match (found.as_str(), orphans) {
            ("ok", 0) => Ok(()),
            ("ok", n) => Err(StoreError::new(ErrorKind::Corrupted, &self.path, format!("{n} rows point nowhere"))),
            (found, _) => Err(StoreError::new(ErrorKind::Corrupted, &self.path, found)),
        }
    }
}

fn migration_error(error: rusqlite_migration::Error) -> StoreError {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::new(ErrorKind::Other, Path::new(""), other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn kind(path: &Path) -> ErrorKind {
        Store::open(path).err().expect("it should not open").kind
    }

    #[test]
    fn a_new_file_opens_again_and_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memcon.db");
        assert_eq!(Store::open_existing(&path).err().unwrap().kind, ErrorKind::Missing);
        drop(Store::open(&path).unwrap());
        Store::open_existing(&path).unwrap().check().unwrap();
    }

    #[test]
    fn a_file_of_an_earlier_version_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memcon.db");
        let mut first = Connection::open(&path).unwrap();
        first.pragma_update(None, "application_id", APPLICATION).unwrap();
        Migrations::new(steps().into_iter().take(1).collect()).to_latest(&mut first).unwrap();
        first.execute("INSERT INTO contents VALUES ('digest', 1, x'00')", []).unwrap();
        // What later versions keep beside the contacts is made of those that are there.
        let contact = serde_json::json!({
            "id": "7k3fq2m0", "channel": "call", "status": "held", "initiator": null, "when": null, "where": null,
            "duration_minutes": null, "topics": ["the dam"], "steps": [], "accounts": [], "account_details": [],
            "disputes": [], "documents": [],
            "parties": [{"government": "CZE", "person": "Jan Novák", "office": null, "role": null}],
        });
        let packed = crate::writing::pack(&serde_json::to_vec(&contact).unwrap()).unwrap();
        first
            .execute(
                "INSERT INTO contacts (key, shown, state, channel, status, disputes, machine)
                 VALUES ('7k3fq2m0', 1, 'machine', 'call', 'held', 0, ?1)",
                [packed],
            )
            .unwrap();
        drop(first);
        let now = Store::open_existing(&path).unwrap();
        now.check().unwrap();
        let version: i64 = now.connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        let kept: i64 = now.connection.query_row("SELECT count(*) FROM contents", [], |row| row.get(0)).unwrap();
        assert_eq!((version, kept), (steps().len() as i64, 1));
        assert_eq!(now.people(Some("nov"), 5, 0).unwrap().0[0].name, "Jan Novák");
    }

    #[test]
    fn other_files_are_told_apart_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("notes.txt");
        fs::write(&text, "Kerry called Lavrov. ".repeat(100)).unwrap();
        assert_eq!(kind(&text), ErrorKind::NotADatabase);
        assert!(fs::read_to_string(&text).unwrap().starts_with("Kerry called"));

        let other = folder.path().join("places.sqlite");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE moz_places (id)").unwrap();
        assert_eq!(kind(&other), ErrorKind::Foreign);

        let newer = folder.path().join("newer.db");
        drop(Store::open(&newer).unwrap());
        Connection::open(&newer).unwrap().pragma_update(None, "user_version", 999).unwrap();
        assert_eq!(kind(&newer), ErrorKind::Newer);
        assert_eq!(kind(&folder.path().join("no/such/folder.db")), ErrorKind::Unreadable);
    }
}
