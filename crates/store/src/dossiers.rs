//! Dossiers: contacts, documents and notes that a person collects under a name, in an order of their own.
//!
//! A dossier points at contacts and documents and copies nothing of them: what is corrected or read anew shows in it. It
//! can be read by others under an address with a secret in it, for as long as the owner lets it have one.

use crate::error::{Result, StoreError};
use crate::merging::spell;
use crate::opening::Store;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A dossier without what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dossier {
    /// Row number.
    #[serde(skip)]
    pub row: i64,
    /// What names it in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is about, in its owner's words; may be empty.
    pub about: String,
    /// Who made it, where people sign in.
    pub owner: Option<String>,
    /// The secret of the address under which others read it.
    pub link: Option<String>,
    /// When it was made, UTC.
    pub made: String,
    /// How many things are in it.
    pub items: usize,
}

/// What an entry of a dossier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A contact, by its key.
    Contact,
    /// A document, by its path.
    Document,
    /// Words of the owner's alone.
    Note,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: &[ItemKind] = &[ItemKind::Contact, ItemKind::Document, ItemKind::Note];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Contact => "contact",
            ItemKind::Document => "document",
            ItemKind::Note => "note",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<ItemKind> {
        ItemKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// One entry of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DossierItem {
    /// What names it within the record.
    pub number: i64,
    /// What it is.
    pub kind: ItemKind,
    /// The key of the contact or the path of the document.
    pub subject: Option<String>,
    /// What it was called when it was put in.
    pub title: String,
    /// What the owner says of it; may be empty.
    pub note: String,
}

/// What is done to a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DossierChange {
    /// It has this name, and is about this.
    Rename {
        /// Its name.
        name: String,
        /// What it is about.
        about: String,
    },
    /// It can be read under this secret, or under none.
    Link(Option<String>),
    /// This comes in at its end. A contact or document that is in it already stays where it is.
    Add {
        /// What it is.
        kind: ItemKind,
        /// The key of the contact or the path of the document.
        subject: Option<String>,
        /// What it is called.
        title: String,
        /// What the owner says of it.
        note: String,
    },
    /// The owner says this of the entry.
    Note {
        /// Which entry.
        number: i64,
        /// What is said.
        note: String,
    },
    /// The entry changes places with the one before it, or after it.
    Move {
        /// Which entry.
        number: i64,
        /// Towards the end.
        down: bool,
    },
    /// The entry goes.
    Remove {
        /// Which entry.
        number: i64,
    },
}

/// Bytes of a name, and of a text.
const NAME: usize = 300;
const TEXT: usize = 100_000;

/// Things in one dossier.
const ITEMS: i64 = 2_000;

const COLUMNS: &str = "id, key, name, about, owner, link, made,
    (SELECT count(*) FROM dossier_items WHERE dossier = dossiers.id)";

fn dossier(row: &Row) -> rusqlite::Result<Dossier> {
    Ok(Dossier {
        row: row.get(0)?,
        id: row.get(1)?,
        name: row.get(2)?,
        about: row.get(3)?,
        owner: row.get(4)?,
        link: row.get(5)?,
        made: row.get(6)?,
        items: row.get::<_, i64>(7)?.max(0) as usize,
    })
}

impl Store {
    /// Every dossier, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn dossiers(&self) -> Result<Vec<Dossier>> {
        let mut query =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM dossiers ORDER BY lower(name), id"))?;
        let rows = query.query_map([], dossier)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The dossier of that id.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Request`] where there is none.
    pub fn dossier(&self, id: &str) -> Result<Dossier> {
        self.one_dossier("key", id)
    }

    /// The dossier that can be read under that secret.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Request`] where there is none.
    pub fn dossier_by_link(&self, link: &str) -> Result<Dossier> {
        self.one_dossier("link", link)
    }

    fn one_dossier(&self, column: &str, value: &str) -> Result<Dossier> {
        self.connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM dossiers WHERE {column} = ?1"))?
            .query_row([value], dossier)
            .optional()?
            .ok_or_else(|| StoreError::request("there is no such dossier"))
    }

    /// What is in a dossier, in its order.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn dossier_items(&self, dossier: &Dossier) -> Result<Vec<DossierItem>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, kind, subject, title, note FROM dossier_items WHERE dossier = ?1 ORDER BY place",
        )?;
        let rows = query.query_map([dossier.row], |row| {
            Ok(DossierItem {
                number: row.get(0)?,
                kind: ItemKind::parse(&row.get::<_, String>(1)?).unwrap_or(ItemKind::Note),
                subject: row.get(2)?,
                title: row.get(3)?,
                note: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The dossiers that hold this contact (by its key) or document (by its path), by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn dossiers_with(&self, kind: ItemKind, subject: &str) -> Result<Vec<Dossier>> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM dossiers WHERE id IN
                 (SELECT dossier FROM dossier_items WHERE subject = ?1 AND kind = ?2) ORDER BY lower(name), id"
        ))?;
        let rows = query.query_map([subject, kind.name()], dossier)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Makes a dossier with nothing in it; returns its id.
    ///
    /// # Errors
    /// Where the name is empty or too long, or the file cannot be written.
    pub fn make_dossier(&mut self, name: &str, about: &str, owner: Option<&str>) -> Result<String> {
        let (name, about) = named(name, about)?;
        let made = jiff::Timestamp::now().to_string();
        let before: i64 =
            self.connection.query_row("SELECT coalesce(max(id), 0) FROM dossiers", [], |row| row.get(0))?;
        let id = spell(&Sha256::digest(format!("dossier {before} {made} {name}")));
        self.connection.execute(
            "INSERT INTO dossiers (key, name, about, owner, made) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, name, about, owner, made],
        )?;
        Ok(id)
    }

    /// Takes a dossier away. What it points at stays in the record.
    ///
    /// # Errors
    /// Where there is none, or the file cannot be written.
    pub fn remove_dossier(&mut self, id: &str) -> Result<()> {
        let row = self.dossier(id)?.row;
        self.connection.execute("DELETE FROM dossiers WHERE id = ?1", [row])?;
        Ok(())
    }

    /// Changes a dossier.
    ///
    /// # Errors
    /// Where there is no such dossier or entry, a text is too long, or the file cannot be written.
    pub fn change_dossier(&mut self, id: &str, change: &DossierChange) -> Result<()> {
        let row = self.dossier(id)?.row;
        let sql = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let missing = || StoreError::request("the dossier has no such entry");
        let changed = match change {
            DossierChange::Rename { name, about } => {
                let (name, about) = named(name, about)?;
                sql.execute("UPDATE dossiers SET name = ?2, about = ?3 WHERE id = ?1", params![row, name, about])?
            }
            DossierChange::Link(link) => {
                sql.execute("UPDATE dossiers SET link = ?2 WHERE id = ?1", params![row, link])?
            }
            DossierChange::Add { kind, subject, title, note } => {
                let there: i64 = sql.query_row(
                    "SELECT count(*) FROM dossier_items WHERE dossier = ?1 AND kind = ?2 AND subject = ?3",
                    params![row, kind.name(), subject],
                    |row| row.get(0),
                )?;
                let count: i64 =
                    sql.query_row("SELECT count(*) FROM dossier_items WHERE dossier = ?1", [row], |row| row.get(0))?;
                if count >= ITEMS {
                    return Err(StoreError::request(format!("a dossier holds at most {ITEMS} things")));
                }
                if there > 0 {
                    1
                } else {
                    sql.execute(
                        "INSERT INTO dossier_items (dossier, place, kind, subject, title, note) VALUES (?1,
                             (SELECT coalesce(max(place), 0) + 1 FROM dossier_items WHERE dossier = ?1), ?2, ?3, ?4, ?5)",
                        params![row, kind.name(), subject, title, text(note)?],
                    )?
                }
            }
            DossierChange::Note { number, note } => sql.execute(
                "UPDATE dossier_items SET note = ?3 WHERE dossier = ?1 AND id = ?2",
                params![row, number, text(note)?],
            )?,
            DossierChange::Move { number, down } => {
                let place = |at: i64, sql: &rusqlite::Transaction| {
                    sql.query_row(
                        "SELECT place FROM dossier_items WHERE dossier = ?1 AND id = ?2",
                        params![row, at],
                        |row| row.get::<_, i64>(0),
                    )
                    .optional()
                };
                let own = place(*number, &sql)?.ok_or_else(missing)?;
                let beside: Option<(i64, i64)> = sql
                    .query_row(
                        if *down {
                            "SELECT id, place FROM dossier_items WHERE dossier = ?1 AND place > ?2 ORDER BY place LIMIT 1"
                        } else {
                            "SELECT id, place FROM dossier_items WHERE dossier = ?1 AND place < ?2
                             ORDER BY place DESC LIMIT 1"
                        },
                        params![row, own],
                        |row| Ok((row.get(0)?, row.get(1)?)),
                    )
                    .optional()?;
                // The first has nothing before it, and stays.
                if let Some((other, there)) = beside {
                    sql.execute("UPDATE dossier_items SET place = ?2 WHERE id = ?1", params![number, there])?;
                    sql.execute("UPDATE dossier_items SET place = ?2 WHERE id = ?1", params![other, own])?;
                }
                1
            }
            DossierChange::Remove { number } => {
                sql.execute("DELETE FROM dossier_items WHERE dossier = ?1 AND id = ?2", params![row, number])?
            }
        };
        if changed == 0 {
            return Err(missing());
        }
        Ok(sql.commit()?)
    }
}

fn named<'a>(name: &'a str, about: &'a str) -> Result<(&'a str, &'a str)> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StoreError::request("a dossier has a name"));
    }
    if name.len() > NAME {
        return Err(StoreError::request(format!("a name has at most {NAME} bytes")));
    }
    Ok((name, text(about)?))
}

fn text(text: &str) -> Result<&str> {
    if text.len() > TEXT {
        return Err(StoreError::request(format!("a note has at most {TEXT} bytes")));
    }
    Ok(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DossierChange::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("memcon.db")).unwrap();
        (folder, store)
    }

    fn contact(key: &str) -> DossierChange {
        Add { kind: ItemKind::Contact, subject: Some(key.to_owned()), title: key.to_owned(), note: String::new() }
    }

    #[test]
    fn a_dossier_keeps_its_things_in_order() {
        let (_folder, mut store) = store();
        let id = store.make_dossier(" The dam ", "who rang whom", None).unwrap();
        let other = store.make_dossier("The dam", "", Some("anna")).unwrap();
        assert_ne!(id, other);
        for change in [contact("a"), contact("b"), contact("a"), contact("c")] {
            store.change_dossier(&id, &change).unwrap();
        }
        let note = Add { kind: ItemKind::Note, subject: None, title: String::new(), note: "So far.".to_owned() };
        store.change_dossier(&id, &note).unwrap();
        store.change_dossier(&id, &note).unwrap();
        let order = |store: &Store| -> Vec<String> {
            let items = store.dossier_items(&store.dossier(&id).unwrap()).unwrap();
            items.into_iter().map(|item| item.subject.unwrap_or(item.note)).collect()
        };
        assert_eq!(order(&store), ["a", "b", "c", "So far.", "So far."]);
        let number = |store: &Store, at: usize| store.dossier_items(&store.dossier(&id).unwrap()).unwrap()[at].number;
        let third = number(&store, 2);
        store.change_dossier(&id, &Move { number: third, down: false }).unwrap();
        store.change_dossier(&id, &Remove { number: number(&store, 3) }).unwrap();
        assert_eq!(order(&store), ["a", "c", "b", "So far."]);
        let first = number(&store, 0);
        store.change_dossier(&id, &Move { number: first, down: false }).unwrap();
        store.change_dossier(&id, &Move { number: first, down: true }).unwrap();
        assert_eq!(order(&store), ["c", "a", "b", "So far."]);
        // What is another dossier's is not touched from here.
        for change in [Remove { number: first }, Move { number: first, down: true }] {
            assert!(store.change_dossier(&other, &change).is_err());
        }
        assert_eq!(store.dossiers_with(ItemKind::Contact, "a").unwrap().len(), 1);
        assert_eq!(store.dossiers_with(ItemKind::Document, "a").unwrap().len(), 0);
        store.remove_dossier(&id).unwrap();
        assert!(store.dossier(&id).is_err());
        assert_eq!(store.dossiers_with(ItemKind::Contact, "a").unwrap().len(), 0);
        assert_eq!(store.dossiers().unwrap().len(), 1);
    }

    #[test]
    fn a_link_opens_one_dossier_until_it_is_taken_back() {
        let (_folder, mut store) = store();
        let id = store.make_dossier("The dam", "", None).unwrap();
        store.make_dossier("Another", "", None).unwrap();
        assert!(store.dossier_by_link("secret").is_err());
        store.change_dossier(&id, &Link(Some("secret".to_owned()))).unwrap();
        assert_eq!(store.dossier_by_link("secret").unwrap().id, id);
        store.change_dossier(&id, &Link(None)).unwrap();
        assert!(store.dossier_by_link("secret").is_err());
    }

    #[test]
    fn names_and_notes_have_bounds() {
        let (_folder, mut store) = store();
        assert!(store.make_dossier("  ", "", None).is_err());
        assert!(store.make_dossier(&"x".repeat(NAME + 1), "", None).is_err());
        assert!(store.make_dossier("x", &"x".repeat(TEXT + 1), None).is_err());
        let id = store.make_dossier("x", "", None).unwrap();
        assert!(store.change_dossier(&id, &Rename { name: String::new(), about: String::new() }).is_err());
        store.change_dossier(&id, &Rename { name: "y".to_owned(), about: "z".to_owned() }).unwrap();
        assert_eq!(store.dossier(&id).unwrap().about, "z");
    }
}
