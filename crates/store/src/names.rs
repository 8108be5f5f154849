//! Names by which contacts are found: of people, of voices, of topics.

use crate::error::Result;
use crate::merging::contact_from;
use crate::opening::Store;
use reader::record::MergedContact;
use rusqlite::{Transaction, params};
use serde::Serialize;
use std::collections::BTreeSet;

/// Somebody whom the record knows by full name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// In how many contacts the person takes part, or speaks of them.
    pub contacts: usize,
    /// How many statements of the person the record holds.
    pub statements: usize,
}

/// The names of a contact, each with its kind.
fn names(contact: &MergedContact) -> BTreeSet<(&'static str, &str)> {
    let own = &contact.contact;
    let mut names = BTreeSet::new();
    names.extend(own.parties.iter().filter_map(|party| Some(("person", party.person.as_deref()?))));
    names.extend(own.accounts.iter().filter_map(|account| Some(("person", account.voice.person.as_deref()?))));
    names.extend(own.accounts.iter().filter_map(|account| Some(("voice", account.voice.name.as_deref()?))));
    names.extend(own.topics.iter().map(|topic| ("topic", topic.as_str())));
    names
}

/// Writes the names of a contact in place of those that it had.
pub(crate) fn write(sql: &Transaction, id: i64, contact: &MergedContact) -> Result<()> {
    sql.prepare_cached("DELETE FROM contact_names WHERE contact = ?1")?.execute([id])?;
    for (kind, name) in names(contact) {
        sql.prepare_cached("INSERT OR IGNORE INTO names (kind, name, folded) VALUES (?1, ?2, ?3)")?
            .execute(params![kind, name, name.to_lowercase()])?;
        sql.prepare_cached(
            "INSERT OR IGNORE INTO contact_names (name, contact)
             VALUES ((SELECT id FROM names WHERE kind = ?1 AND name = ?2), ?3)",
        )?
        .execute(params![kind, name, id])?;
    }
    Ok(())
}

/// Writes the names of all contacts of a record that was made before there was a table of them.
pub(crate) fn write_all(sql: &Transaction) -> Result<()> {
    let mut query = sql.prepare("SELECT id, coalesce(final, machine) FROM contacts")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let blob: Option<Vec<u8>> = row.get(1)?;
        if let Some(blob) = blob {
            write(sql, row.get(0)?, &contact_from(&blob)?)?;
        }
    }
    Ok(())
}

impl Store {
    /// The people whose names have this in them, or all, those of the most contacts first; so many, after passing over the
    /// first `after`; and how many there are in all.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn people(&self, part: Option<&str>, limit: usize, after: usize) -> Result<(Vec<Person>, usize)> {
        let part = part.map(str::to_lowercase);
        let found = "SELECT names.name AS own, count(*) AS held FROM names
             JOIN contact_names ON contact_names.name = names.id
             JOIN contacts ON contacts.id = contact AND shown = 1
             WHERE kind = 'person' AND (?1 IS NULL OR instr(folded, ?1) > 0) GROUP BY names.id";
        // How many there are is counted in the same pass; a page behind the last has no row to say it.
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT own, held, (SELECT count(*) FROM statements JOIN documents ON documents.id = document
                 WHERE person = own AND documents.current = 1), total
             FROM (SELECT own, held, count(*) OVER () AS total FROM ({found})
                   ORDER BY held DESC, own LIMIT ?2 OFFSET ?3)
             ORDER BY held DESC, own"
        ))?;
        let mut total: Option<i64> = None;
        let rows = query.query_map(params![part, limit as i64, after as i64], |row| {
            total = Some(row.get(3)?);
            Ok(Person {
                name: row.get(0)?,
                contacts: row.get::<_, i64>(1)?.max(0) as usize,
                statements: row.get::<_, i64>(2)?.max(0) as usize,
            })
        })?;
        let people = rows.collect::<std::result::Result<Vec<_>, _>>()?;
        let total = match total {
            Some(total) => total,
            None => self.connection.query_row(&format!("SELECT count(*) FROM ({found})"), [&part], |row| row.get(0))?,
        };
        Ok((people, total.max(0) as usize))
    }
}
