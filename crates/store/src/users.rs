//! Users: who may sign in, as what, with which sessions and tokens, and the trail of what they did.
//!
//! The store knows nothing of passwords: it keeps the hash that it is given, and digests of secrets that it never sees.

use crate::error::{Result, StoreError};
use crate::opening::Store;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

/// How long a session lasts without use, and at most; in seconds.
pub const SESSION_IDLE: i64 = 2 * 3600;
/// See [`SESSION_IDLE`].
pub const SESSION_LONGEST: i64 = 12 * 3600;

/// How often the use of a session is written down; in seconds.
const NOTED: i64 = 60;

/// Bytes of a user's name, and of a token's label.
const NAME: usize = 64;

/// What a user may do; each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Read everything.
    Reader,
    /// Correct, add, keep dossiers.
    Editor,
    /// See who did what.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: &[Role] = &[Role::Reader, Role::Editor, Role::Admin];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// Row number.
    #[serde(skip)]
    pub row: i64,
    /// The name, which corrections carry.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// When the user was added, UTC.
    pub made: String,
}

/// A secret with which a program acts as a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// What names it.
    pub number: i64,
    /// What it is for.
    pub label: String,
    /// When it was made, UTC.
    pub made: String,
}

/// One entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// Its place in the trail, from 1.
    pub number: i64,
    /// When, UTC.
    pub time: String,
    /// Who, by the name that was given.
    pub user: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
}

const USER: &str = "users.id, users.name, users.role, users.made";

fn user(row: &Row) -> rusqlite::Result<User> {
    Ok(User {
        row: row.get(0)?,
        name: row.get(1)?,
        role: Role::parse(&row.get::<_, String>(2)?).unwrap_or(Role::Reader),
        made: row.get(3)?,
    })
}

impl Store {
    /// Whether anybody may sign in.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has_users(&self) -> Result<bool> {
        let mut query = self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM users)")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    /// Everybody who may sign in, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn users(&self) -> Result<Vec<User>> {
        let mut query = self.connection.prepare(&format!("SELECT {USER} FROM users ORDER BY lower(name)"))?;
        let rows = query.query_map([], user)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The user of that name, in any case.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Request`] where there is none.
    pub fn user(&self, name: &str) -> Result<User> {
        Ok(self.user_with_password(name)?.ok_or_else(|| StoreError::request(format!("there is no user {name}")))?.0)
    }

    /// The same with the hash of the password.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn user_with_password(&self, name: &str) -> Result<Option<(User, String)>> {
        let mut query =
            self.connection.prepare_cached(&format!("SELECT {USER}, password FROM users WHERE name = ?1"))?;
        Ok(query.query_row([name.trim()], |row| Ok((user(row)?, row.get(4)?))).optional()?)
    }

    /// Adds a user.
    ///
    /// # Errors
    /// Where the name is taken or none, or the file cannot be written.
    pub fn add_user(&mut self, name: &str, role: Role, password: &str) -> Result<()> {
        let name = named(name)?;
        if self.user_with_password(name)?.is_some() {
            return Err(StoreError::request(format!("there is a user {name} already")));
        }
        self.connection.execute(
            "INSERT INTO users (name, role, password, made) VALUES (?1, ?2, ?3, ?4)",
            params![name, role.name(), password, jiff::Timestamp::now().to_string()],
        )?;
        Ok(())
    }

    /// Takes a user away, with all sessions and tokens. What the user did stays under the name.
    ///
    /// # Errors
    /// Where there is none, or the file cannot be written.
    pub fn remove_user(&mut self, name: &str) -> Result<()> {
        let row = self.user(name)?.row;
        self.connection.execute("DELETE FROM users WHERE id = ?1", [row])?;
        Ok(())
    }

    /// Gives a user another password, and ends all sessions.
    ///
    /// # Errors
    /// As [`Store::remove_user`].
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<()> {
        self.set_user(name, "password", password)
    }

    /// Gives a user another role, and ends all sessions.
    ///
    /// # Errors
    /// As [`Store::remove_user`].
    pub fn set_role(&mut self, name: &str, role: Role) -> Result<()> {
        self.set_user(name, "role", role.name())
    }

    fn set_user(&mut self, name: &str, column: &str, value: &str) -> Result<()> {
        let row = self.user(name)?.row;
        let sql = self.connection.transaction()?;
        sql.execute(&format!("UPDATE users SET {column} = ?2 WHERE id = ?1"), params![row, value])?;
        sql.execute("DELETE FROM sessions WHERE user = ?1", [row])?;
        Ok(sql.commit()?)
    }

    /// Begins a session at `now` under the digest of its secret; sessions that ended are forgotten.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn begin_session(&mut self, user: &User, digest: &str, now: i64) -> Result<()> {
        let sql = self.connection.transaction()?;
        sql.execute("DELETE FROM sessions WHERE used < ?1 OR began < ?2", [now - SESSION_IDLE, now - SESSION_LONGEST])?;
        sql.execute(
            "INSERT INTO sessions (digest, user, began, used) VALUES (?1, ?2, ?3, ?3)",
            params![digest, user.row, now],
        )?;
        Ok(sql.commit()?)
    }

    /// Whose session it is that has this digest, if it lasts at `now`, which counts as a use of it.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub fn session(&mut self, digest: &str, now: i64) -> Result<Option<User>> {
        let found = self
            .connection
            .prepare_cached(&format!(
                "SELECT {USER}, began, used FROM sessions JOIN users ON users.id = user WHERE digest = ?1"
            ))?
            .query_row([digest], |row| Ok((user(row)?, row.get::<_, i64>(4)?, row.get::<_, i64>(5)?)))
            .optional()?;
        let Some((user, began, used)) = found else { return Ok(None) };
        if now >= began + SESSION_LONGEST || now >= used + SESSION_IDLE {
            return Ok(None);
        }
        if now >= used + NOTED {
            self.connection
                .prepare_cached("UPDATE sessions SET used = ?2 WHERE digest = ?1")?
                .execute(params![digest, now])?;
        }
        Ok(Some(user))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn end_session(&mut self, digest: &str) -> Result<()> {
        self.connection.execute("DELETE FROM sessions WHERE digest = ?1", [digest])?;
        Ok(())
    }

    /// Ends every session of a user.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn end_sessions(&mut self, user: &User) -> Result<()> {
        self.connection.execute("DELETE FROM sessions WHERE user = ?1", [user.row])?;
        Ok(())
    }

    /// Keeps the digest of a secret with which a program acts as the user.
    ///
    /// # Errors
    /// Where the label is too long, or the file cannot be written.
    pub fn add_token(&mut self, user: &User, label: &str, digest: &str) -> Result<()> {
        self.connection.execute(
            "INSERT INTO tokens (digest, user, label, made) VALUES (?1, ?2, ?3, ?4)",
            params![digest, user.row, named(label)?, jiff::Timestamp::now().to_string()],
        )?;
        Ok(())
    }

    /// The tokens of a user, oldest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn tokens(&self, user: &User) -> Result<Vec<Token>> {
        let mut query =
            self.connection.prepare_cached("SELECT id, label, made FROM tokens WHERE user = ?1 ORDER BY id")?;
        let rows = query
            .query_map([user.row], |row| Ok(Token { number: row.get(0)?, label: row.get(1)?, made: row.get(2)? }))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Whose token it is that has this digest.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn token_user(&self, digest: &str) -> Result<Option<User>> {
        let mut query = self
            .connection
            .prepare_cached(&format!("SELECT {USER} FROM tokens JOIN users ON users.id = user WHERE digest = ?1"))?;
        Ok(query.query_row([digest], user).optional()?)
    }

    /// Takes a token of the user back.
    ///
    /// # Errors
    /// Where the user has no such token, or the file cannot be written.
    pub fn remove_token(&mut self, user: &User, number: i64) -> Result<()> {
        match self.connection.execute("DELETE FROM tokens WHERE user = ?1 AND id = ?2", [user.row, number])? {
            0 => Err(StoreError::request(format!("{} has no token {number}", user.name))),
            _ => Ok(()),
        }
    }

    /// Writes down who did what.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn note_deed(&mut self, user: &str, action: &str, subject: &str) -> Result<()> {
        // What is shown to admins may come from somebody who could not sign in.
        let short = |text: &str| text.chars().take(200).collect::<String>();
        self.connection
            .prepare_cached("INSERT INTO trail (time, user, action, subject) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![jiff::Timestamp::now().to_string(), short(user), action, short(subject)])?;
        Ok(())
    }

    /// So many entries of the trail, the latest first, after passing over the `after` latest; and how many there are in all.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn trail(&self, limit: usize, after: usize) -> Result<(Vec<Deed>, usize)> {
        let total: i64 = self.connection.query_row("SELECT count(*) FROM trail", [], |row| row.get(0))?;
        let mut query = self.connection.prepare_cached(
            "SELECT number, time, user, action, subject FROM trail ORDER BY number DESC LIMIT ?1 OFFSET ?2",
        )?;
        let rows = query.query_map([limit as i64, after as i64], |row| {
            Ok(Deed {
                number: row.get(0)?,
                time: row.get(1)?,
                user: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
            })
        })?;
        Ok((rows.collect::<std::result::Result<_, _>>()?, total.max(0) as usize))
    }
}

fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.len() > NAME || name.chars().any(char::is_control) {
        return Err(StoreError::request(format!("a name has 1 to {NAME} bytes and nothing invisible in it")));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("memcon.db")).unwrap();
        store.add_user("Anna", Role::Editor, "hash").unwrap();
        (folder, store)
    }

    #[test]
    fn a_name_is_taken_once() {
        let (_folder, mut store) = store();
        assert!(store.has_users().unwrap());
        for name in ["anna", " ANNA ", "", "a\nb", &"x".repeat(65)] {
            assert!(store.add_user(name, Role::Reader, "hash").is_err(), "{name:?}");
        }
        assert_eq!(store.user("ANNA").unwrap().role, Role::Editor);
        assert!(store.user("Bert").is_err());
        assert!(Role::Admin > Role::Editor && Role::Editor > Role::Reader);
    }

    #[test]
    fn a_session_ends_by_itself() {
        let (_folder, mut store) = store();
        let anna = store.user("anna").unwrap();
        store.begin_session(&anna, "digest", 1_000_000).unwrap();
        assert_eq!(store.session("other", 1_000_000).unwrap(), None);
        // Used again and again, it lasts its longest and no more.
        let mut now = 1_000_000;
        while now < 1_000_000 + SESSION_LONGEST {
            assert_eq!(store.session("digest", now).unwrap().as_ref(), Some(&anna), "{now}");
            now += SESSION_IDLE - 1;
        }
        assert_eq!(store.session("digest", 1_000_000 + SESSION_LONGEST).unwrap(), None);
        // Left alone, it ends early.
        store.begin_session(&anna, "another", 2_000_000).unwrap();
        assert_eq!(store.session("digest", 2_000_000).unwrap(), None);
        assert_eq!(store.session("another", 2_000_000 + SESSION_IDLE).unwrap(), None);
        store.begin_session(&anna, "third", 3_000_000).unwrap();
        store.end_session("third").unwrap();
        assert_eq!(store.session("third", 3_000_000).unwrap(), None);
    }

    #[test]
    fn another_password_or_role_ends_sessions_and_removal_ends_tokens_too() {
        let (_folder, mut store) = store();
        let anna = store.user("anna").unwrap();
        let begin = |store: &mut Store, digest: &str| store.begin_session(&anna, digest, 1_000).unwrap();
        begin(&mut store, "one");
        store.set_password("anna", "other").unwrap();
        assert_eq!(store.session("one", 1_000).unwrap(), None);
        begin(&mut store, "two");
        store.set_role("anna", Role::Reader).unwrap();
        assert_eq!(store.session("two", 1_000).unwrap(), None);
        begin(&mut store, "three");
        store.add_token(&anna, "nightly", "secret").unwrap();
        assert_eq!(store.token_user("secret").unwrap().map(|user| user.role), Some(Role::Reader));
        store.remove_user("anna").unwrap();
        assert_eq!(store.session("three", 1_000).unwrap(), None);
        assert_eq!(store.token_user("secret").unwrap(), None);
        assert!(!store.has_users().unwrap());
    }

    #[test]
    fn a_token_is_taken_back_by_its_own_user_only() {
        let (_folder, mut store) = store();
        store.add_user("Bert", Role::Admin, "hash").unwrap();
        let (anna, bert) = (store.user("anna").unwrap(), store.user("bert").unwrap());
        store.add_token(&anna, "nightly", "secret").unwrap();
        let number = store.tokens(&anna).unwrap()[0].number;
        assert!(store.remove_token(&bert, number).is_err());
        store.remove_token(&anna, number).unwrap();
        assert_eq!(store.token_user("secret").unwrap(), None);
    }

    #[test]
    fn the_trail_only_grows() {
        let (_folder, mut store) = store();
        for deed in ["one", "two", "three"] {
            store.note_deed("Anna", deed, "/").unwrap();
        }
        let (deeds, total) = store.trail(2, 1).unwrap();
        assert_eq!((deeds[0].action.as_str(), deeds[1].action.as_str(), total), ("two", "one", 3));
        for change in ["DELETE FROM trail", "UPDATE trail SET user = 'Bert'"] {
            assert!(store.connection.execute(change, []).is_err(), "{change}");
        }
    }
}
