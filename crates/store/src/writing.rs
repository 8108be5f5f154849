//! Documents on their way into the file: in batches, each a transaction; nothing twice.

use crate::days;
use crate::error::Result;
use crate::opening::Store;
use crate::text::Characters;
use jiff::Timestamp;
use reader::Known;
use reader::record::{Document, DocumentRecord};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The version of the program that reads, kept with every document that it read.
pub const READER_VERSION: &str = env!("CARGO_PKG_VERSION");

/// How hard Zstandard tries: its own default.
const LEVEL: i32 = 3;

/// A document that was read.
pub struct Input<'a> {
    /// What was found in it.
    pub record: &'a DocumentRecord,
    /// The text that the record's offsets count in.
    pub text: &'a str,
    /// The bytes as they came in.
    pub bytes: &'a [u8],
    /// What was known about it from elsewhere.
    pub known: &'a Known,
}

/// Which documents the record holds, for several threads to ask without the file. Sixteen bytes a document.
pub struct Seen(std::collections::HashSet<u128>);

impl Seen {
    /// Whether the current revision of `document` (by its URL, else its path) has these bytes and was read knowing the same
    /// about it. Such a document need not be read again.
    pub fn has(&self, document: &Document, known: &Known) -> bool {
        self.0.contains(&fingerprint(address(document), &document.sha256, &known_json(known)))
    }
}

fn fingerprint(address: &str, sha256: &str, known: &str) -> u128 {
    let mut digest = Sha256::new();
    for part in [address, sha256, known] {
        digest.update(part);
        digest.update([0]);
    }
    digest.finalize().iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}

/// What became of a document that was put into the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    New,
    /// Its bytes have changed since: a new revision, the former ones are kept.
    Revised,
    /// The same bytes, read again.
    Reread,
}

impl Store {
    /// Whether the current revision of `document` (by its URL, else its path) has these bytes and was read knowing the same
    /// about it. Such a document need not be read again.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has(&self, document: &Document, known: &Known) -> Result<bool> {
        let mut query = self.connection.prepare_cached(
            "SELECT 1 FROM documents WHERE address = ?1 AND current = 1 AND sha256 = ?2 AND known = ?3",
        )?;
        let row = query
            .query_row(params![address(document), document.sha256, known_json(known)], |_| Ok(()))
            .optional()
            .map_err(|e| crate::StoreError::from(e).at(&self.path))?;
        Ok(row.is_some())
    }

    /// What [`Store::has`] says of every document at this moment.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn seen(&self) -> Result<Seen> {
        let mut query = self.connection.prepare("SELECT address, sha256, known FROM documents WHERE current = 1")?;
        let mut rows = query.query([])?;
        let mut seen = std::collections::HashSet::new();
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
            seen.insert(fingerprint(text(0)?, text(1)?, text(2)?));
        }
        Ok(Seen(seen))
    }

    /// Begins a batch: what is put into it is committed together or not at all. A few hundred documents a batch is a good
    /// measure.
    ///
    /// # Errors
    /// Where another process holds the file, or it cannot be written.
    pub fn begin(&mut self) -> Result<Batch<'_>> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Batch { transaction, recorded: Timestamp::now() })
    }
}

/// Documents that are written together. Dropped without [`Batch::commit`], nothing of it stays.
pub struct Batch<'a> {
    transaction: Transaction<'a>,
    recorded: Timestamp,
}

impl Batch<'_> {
    /// Writes one document: its bytes, its record, the words to search it by. The contacts that it tells of are joined with
    /// the others by [`Store::merge`].
    ///
    /// # Errors
    /// Where the file cannot be written; the batch should then be dropped.
    pub fn put(&mut self, input: &Input) -> Result<Put> {
        let sql = &self.transaction;
        let record = input.record;
        let address = address(&record.document);
        let current: Option<(i64, String, i64)> = sql
            .prepare_cached("SELECT id, sha256, revision FROM documents WHERE address = ?1 AND current = 1")?
            .query_row([address], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;

        let (outcome, id) = match &current {
            Some((id, sha256, _)) if *sha256 == record.document.sha256 => {
                withdraw(sql, *id)?;
                (Put::Reread, Some(*id))
            }
            Some((id, _, _)) => {
                withdraw(sql, *id)?;
                sql.prepare_cached("UPDATE documents SET current = 0 WHERE id = ?1")?.execute([id])?;
                (Put::Revised, None)
            }
            None => (Put::New, None),
        };
        let revision = match outcome {
            // An address may come back to bytes that it had before: the highest revision so far counts, not the current one.
            Put::Revised => sql
                .prepare_cached("SELECT max(revision) + 1 FROM documents WHERE address = ?1")?
                .query_row([address], |row| row.get(0))?,
            _ => current.map_or(1, |(_, _, revision)| revision),
        };
        let id = self.write_document(id, address, revision, input)?;
        self.write_words(id, input)?;
        self.write_tellings(id, record)?;
        Ok(outcome)
    }

    fn write_document(&self, id: Option<i64>, address: &str, revision: i64, input: &Input) -> Result<i64> {
        let sql = &self.transaction;
        let DocumentRecord { document, article, .. } = input.record;
        sql.prepare_cached("INSERT OR IGNORE INTO contents (sha256, length, bytes) VALUES (?1, ?2, ?3)")?
            .execute(params![document.sha256, input.bytes.len() as i64, pack(input.bytes)?])?;
        let published = article.published.as_deref().and_then(days::span);
        sql.prepare_cached(
            "INSERT INTO documents (id, address, path, url, sha256, media_type, known, revision, current, recorded, reader,
                 title, outlet, origin, language, published, published_first, published_last, chars)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (id) DO UPDATE SET path = excluded.path, known = excluded.known, recorded = excluded.recorded,
                 reader = excluded.reader, media_type = excluded.media_type, title = excluded.title,
                 outlet = excluded.outlet, origin = excluded.origin, language = excluded.language,
                 published = excluded.published, published_first = excluded.published_first,
                 published_last = excluded.published_last, chars = excluded.chars, copies_sought = 0",
        )?
        .execute(params![
            id,
            address,
            document.path,
            document.url,
            document.sha256,
            document.media_type,
            known_json(input.known),
            revision,
            self.recorded.to_string(),
            READER_VERSION,
            article.title,
            article.outlet,
            article.origin,
            article.language,
            article.published,
            published.map(|(first, _)| first),
            published.map(|(_, last)| last),
            document.chars as i64,
        ])?;
        let id = id.unwrap_or_else(|| sql.last_insert_rowid());
        let json = serde_json::to_vec(input.record)?;
        // Where the text is the bytes themselves, it is kept once.
        let text = if input.text.as_bytes() == input.bytes { None } else { Some(pack(input.text.as_bytes())?) };
        sql.prepare_cached("INSERT OR REPLACE INTO records (document, json, text) VALUES (?1, ?2, ?3)")?
            .execute(params![id, pack(&json)?, text])?;
        Ok(id)
    }

    fn write_words(&self, id: i64, input: &Input) -> Result<()> {
        let sql = &self.transaction;
        let record = input.record;
        sql.prepare_cached("INSERT INTO article_words (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![
            id,
            record.article.title,
            body(record, input.text)
        ])?;
        for (number, statement) in record.statements.iter().enumerate() {
            let when = statement.when.as_deref().or(record.article.published.as_deref()).and_then(days::span);
            sql.prepare_cached(
                "INSERT INTO statements (document, number, kind, name, person, government, office, first_day, last_day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id,
                number as i64,
                statement.kind.name(),
                statement.speaker.name,
                statement.speaker.person,
                statement.speaker.government,
                statement.speaker.office,
                when.map(|(first, _)| first),
                when.map(|(_, last)| last),
            ])?;
            let words: Vec<&str> = statement.content.iter().map(|part| part.quote.as_str()).collect();
            sql.prepare_cached("INSERT INTO statement_words (rowid, content) VALUES (?1, ?2)")?
                .execute(params![sql.last_insert_rowid(), words.join(" ")])?;
        }
        Ok(())
    }

    fn write_tellings(&self, id: i64, record: &DocumentRecord) -> Result<()> {
        let sql = &self.transaction;
        let mut tellings = std::collections::BTreeMap::new();
        for contact in &record.contacts {
            let edtf = contact.when.as_ref().map(|when| when.edtf.as_str());
            let when = edtf.and_then(days::span);
            sql.prepare_cached(
                "INSERT INTO tellings (document, local, governments, first_day, last_day, yearless)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id,
                contact.id,
                crate::merging::governments_of(contact),
                when.map(|(first, _)| first),
                when.map(|(_, last)| last),
                edtf.is_some() && when.is_none(),
            ])?;
            tellings.insert(contact.id.as_str(), sql.last_insert_rowid());
        }
        for (number, account) in record.accounts.iter().enumerate() {
            sql.prepare_cached("INSERT INTO accounts (document, number, telling) VALUES (?1, ?2, ?3)")?
                .execute(params![id, number as i64, tellings.get(account.contact.as_str())])?;
            let words: Vec<&str> = account.evidence.iter().map(|part| part.quote.as_str()).collect();
            sql.prepare_cached("INSERT INTO evidence_words (rowid, quote) VALUES (?1, ?2)")?
                .execute(params![sql.last_insert_rowid(), words.join(" ")])?;
        }
        Ok(())
    }

    /// Makes what was put lasting. When this returns, a crash or a power cut takes nothing of it away.
    ///
    /// # Errors
    /// Where the disk is full or the file cannot be written; nothing of the batch is then kept.
    pub fn commit(self) -> Result<()> {
        Ok(self.transaction.commit()?)
    }
}

impl Batch<'_> {
    /// The connection, inside the batch.
    pub(crate) fn sql(&self) -> &Transaction<'_> {
        &self.transaction
    }

    /// Takes the document at that path out of the record; its revisions are kept.
    pub(crate) fn remove(&mut self, path: &str) -> Result<()> {
        let id: Option<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM documents WHERE path = ?1 AND current = 1")?
            .query_row([path], |row| row.get(0))
            .optional()?;
        if let Some(id) = id {
            withdraw(&self.transaction, id)?;
            self.transaction.prepare_cached("UPDATE documents SET current = 0 WHERE id = ?1")?.execute([id])?;
        }
        Ok(())
    }
}

/// Takes what a document's former reading told out of the searches, and marks its contacts for merging without it.
fn withdraw(sql: &Transaction, document: i64) -> Result<()> {
    crate::copies::forget(sql, document)?;
    for statement in [
        "DELETE FROM article_words WHERE rowid = ?1",
        "DELETE FROM statement_words WHERE rowid IN (SELECT id FROM statements WHERE document = ?1)",
        "DELETE FROM statements WHERE document = ?1",
        "DELETE FROM evidence_words WHERE rowid IN (SELECT id FROM accounts WHERE document = ?1)",
        "DELETE FROM accounts WHERE document = ?1",
        "UPDATE tellings SET gone = 1, dirty = 1 WHERE document = ?1",
    ] {
        sql.prepare_cached(statement)?.execute([document])?;
    }
    Ok(())
}

/// What makes a document the same when it is read again: its URL, else its path.
fn address(document: &Document) -> &str {
    document.url.as_deref().unwrap_or(&document.path)
}

/// The body's characters, blocks a line each; the whole text where no body was found.
fn body<'a>(record: &DocumentRecord, text: &'a str) -> Cow<'a, str> {
    if record.article.body.is_empty() {
        return Cow::Borrowed(text);
    }
    let characters = Characters::new(text);
    let blocks: Vec<&str> = record.article.body.iter().map(|block| characters.slice(block.start, block.end)).collect();
    Cow::Owned(blocks.join("\n"))
}

fn known_json(known: &Known) -> String {
    // Strings and lists of strings always have a JSON form.
    serde_json::to_string(known).unwrap_or_default()
}

/// What [`known_json`] wrote.
pub(crate) fn known_from_json(json: &str) -> Result<Known> {
    Ok(serde_json::from_str(json)?)
}

/// Compressed bytes.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(zstd::bulk::compress(bytes, LEVEL)?)
}

/// Bytes that [`pack`] compressed.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<u8>> {
    // The length stands in front; what a damaged file says of it is believed within reason.
    let length = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten().filter(|length| *length <= 1 << 26);
    let whole = match length {
        Some(length) => zstd::bulk::decompress(bytes, length as usize),
        None => zstd::stream::decode_all(bytes),
    };
    whole.map_err(|error| {
        crate::StoreError::new(
            crate::ErrorKind::Corrupted,
            std::path::Path::new(""),
            format!("compressed bytes: {error}"),
        )
    })
}
