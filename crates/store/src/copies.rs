//! Copies of one text among many: the same words, nearly the same, or a part of them.
//!
//! A document's words are taken in overlapping runs of four ("shingles", Broder 1997). Those whose hash is a multiple of
//! [`SAMPLE`] stand in an index; since the choice depends on the shingle alone, an excerpt has the same ones as the whole,
//! which MinHash signatures of fixed length (and so the libraries of locality-sensitive hashing that look for equal sets)
//! do not give. A new document is compared word by word with the few that share the most of its sample. Only documents that
//! are no copies stand in the index, so a wire story's thousandth copy costs what its second did.
//!
//! Two documents whose shingles are shared to at least [`SHARED`] of the smaller one's are
//! - an exact copy, where the words are the same;
//! - a near copy, where the smaller one is at least half as long: the earlier is the origin;
//! - an excerpt, where it is shorter, and was not published before the longer one. (A statement that a later article quotes
//!   in full is no excerpt of it, and the article no copy of the statement.)
//!
//! Nearly the same words [`APART`] days later are no copy but another document after the same form: an order renewed each
//! year, a greeting on a national day.

use crate::days::Day;
use crate::error::Result;
use crate::opening::Store;
use crate::text::Characters;
use crate::writing::unpack;
use reader::record::Block;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::{BTreeMap, HashMap};

/// Words in a shingle.
const SHINGLE: usize = 4;

/// One shingle in so many stands in the index.
const SAMPLE: u64 = 8;

/// A shingle that more documents than this share (a site's menu, a legal notice) leads to none of them.
const COMMON: usize = 64;

/// How many documents a new one is compared with at most.
const CANDIDATES: usize = 8;

/// Documents with fewer words are too short to be told from chance.
const SHORTEST: usize = 24;

/// Share of the smaller document's shingles from which on two documents are copies. Letters made after one form share up to
/// two thirds; a copy in which one word in twenty was changed keeps four fifths.
const SHARED: f64 = 0.7;

/// Days between two documents from which on only the same words make one a copy of the other.
const APART: Day = 180;

/// Documents sought in one transaction.
const TRANSACTION: usize = 500;

/// How a document copies another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// The same words.
    Exact,
    /// Nearly the same words.
    Near,
    /// A part of the words.
    Excerpt,
}

impl CopyKind {
    /// The name it is stored and printed with.
    pub fn name(self) -> &'static str {
        match self {
            CopyKind::Exact => "exact",
            CopyKind::Near => "near",
            CopyKind::Excerpt => "excerpt",
        }
    }
}

/// The words of a text, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    count: usize,
    /// A hash of all words in order.
    whole: u64,
    /// Hashes of the distinct shingles, ascending.
    shingles: Vec<u64>,
}

impl Words {
    /// Takes the words of `text`: runs of letters and digits, in lower case.
    pub fn of(text: &str) -> Words {
        let mut last = [0u64; SHINGLE];
        let mut words = Words::default();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let own = word
                .chars()
                .flat_map(char::to_lowercase)
                .fold(0xcbf2_9ce4_8422_2325, |hash: u64, c| (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3));
            last.rotate_left(1);
            last[SHINGLE - 1] = own;
            words.count += 1;
            words.whole = mixed(words.whole ^ own);
            if words.count >= SHINGLE {
                words.shingles.push(last.iter().fold(0, |hash, word| mixed(hash ^ word)));
            }
        }
        words.shingles.sort_unstable();
        words.shingles.dedup();
        words
    }

    /// Those of its shingles that stand in the index, as SQLite's integers.
    fn sample(&self) -> impl Iterator<Item = i64> + '_ {
        // Thirty-two bits are enough to tell candidates by, and take half the room.
        self.shingles.iter().filter(|hash| *hash % SAMPLE == 0).map(|hash| (hash >> 32) as i64)
    }

    /// The share of the smaller one's shingles that stand in the other, from 0 to 1.
    pub fn shared(&self, other: &Words) -> f64 {
        let (mut one, mut two) = (self.shingles.iter().peekable(), other.shingles.iter().peekable());
        let mut both = 0usize;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    one.next();
                    two.next();
                }
            }
        }
        let smaller = self.shingles.len().min(other.shingles.len());
        if smaller == 0 { 0.0 } else { both as f64 / smaller as f64 }
    }
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit of the argument.
fn mixed(mut value: u64) -> u64 {
    value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// How two documents relate: the kind, the share, and whether the first is the origin. The days are those on which they
/// were published at the earliest.
pub fn compare(one: (&Words, Option<Day>), two: (&Words, Option<Day>)) -> Option<(CopyKind, f64, bool)> {
    let ((one, one_day), (two, two_day)) = (one, two);
    if one.count.min(two.count) < SHORTEST {
        return (one.count > 0 && one.count == two.count && one.whole == two.whole)
            .then(|| (CopyKind::Exact, 1.0, earlier(one_day, two_day)));
    }
    if one.count == two.count && one.whole == two.whole {
        return Some((CopyKind::Exact, 1.0, earlier(one_day, two_day)));
    }
    let apart = one_day.zip(two_day).is_some_and(|(one, two)| (one - two).abs() >= APART);
    let shared = one.shared(two);
    if apart || shared < SHARED {
        return None;
    }
    if one.count.min(two.count) * 2 >= one.count.max(two.count) {
        return Some((CopyKind::Near, shared, earlier(one_day, two_day)));
    }
    let first_is_longer = one.count > two.count;
    let (long_day, short_day) = if first_is_longer { (one_day, two_day) } else { (two_day, one_day) };
    let before = short_day.zip(long_day).is_some_and(|(short, long)| short < long);
    (!before).then_some((CopyKind::Excerpt, shared, first_is_longer))
}

/// Whether the first was published no later; one of unknown date counts as later.
fn earlier(one: Option<Day>, two: Option<Day>) -> bool {
    one.unwrap_or(Day::MAX) <= two.unwrap_or(Day::MAX)
}

/// A document that was not yet compared.
struct New {
    id: i64,
    day: Option<Day>,
}

impl Store {
    /// Finds the origin of every document that was put since the last time.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub(crate) fn seek_copies(&mut self) -> Result<()> {
        loop {
            let sql = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let new: Vec<New> = sql
                .prepare_cached(
                    "SELECT id, published_first FROM documents WHERE copies_sought = 0 AND current = 1
                     ORDER BY published_first IS NULL, published_first, path LIMIT ?1",
                )?
                .query_map([TRANSACTION as i64], |row| Ok(New { id: row.get(0)?, day: row.get(1)? }))?
                .collect::<std::result::Result<_, _>>()?;
            if new.is_empty() {
                return Ok(());
            }
            let packed = new.iter().map(|document| Packed::load(&sql, document.id)).collect::<Result<Vec<_>>>()?;
            // What was just compared is likely to be asked for again: copies come together.
            let mut recent: HashMap<i64, Words> = HashMap::new();
            for (document, words) in new.iter().zip(all_words(&packed)) {
                seek(&sql, document, words?, &mut recent)?;
            }
            sql.commit()?;
        }
    }
}

fn seek(sql: &Connection, new: &New, words: Words, recent: &mut HashMap<i64, Words>) -> Result<()> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query = sql.prepare_cached("SELECT document FROM shingles WHERE hash = ?1 LIMIT ?2")?;
    for hash in words.sample() {
        let found: Vec<i64> = query
            .query_map(params![hash, COMMON as i64 + 1], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        if found.len() <= COMMON {
            for document in found {
                *votes.entry(document).or_default() += 1;
            }
        }
    }
    votes.remove(&new.id);
    // The new document is held against the origin of what it resembles: through pieces of text that many letters share, a
    // chain of likenesses would lead from any letter to any other.
    // An origin has the votes of whichever of its copies has most. Most documents share a phrase or two with the new one, so
    // origins are asked for from the top, and no further than they can still be among the few.
    let mut votes: Vec<(usize, i64)> = votes.into_iter().map(|(document, count)| (count, document)).collect();
    votes.sort_unstable_by_key(|(count, document)| (std::cmp::Reverse(*count), *document));
    let mut candidates: Vec<(usize, i64)> = Vec::new();
    for (count, document) in votes {
        if candidates.get(CANDIDATES - 1).is_some_and(|(last, _)| count < *last) {
            break;
        }
        let root = root_of(sql, document)?;
        if root != new.id && candidates.iter().all(|(_, known)| *known != root) {
            candidates.push((count, root));
        }
    }
    candidates.sort_unstable_by_key(|(count, root)| (std::cmp::Reverse(*count), *root));
    candidates.truncate(CANDIDATES);

    let mut origin: Option<(i64, CopyKind, f64)> = None;
    let mut is_known = false;
    for (_, other) in candidates {
        let day: Option<Day> = sql
            .prepare_cached("SELECT published_first FROM documents WHERE id = ?1")?
            .query_row([other], |row| row.get(0))?;
        if recent.len() > 2 * TRANSACTION {
            recent.clear();
        }
        let theirs = match recent.get(&other) {
            Some(theirs) => theirs,
            None => recent.entry(other).or_insert(words_of(sql, other)?),
        };
        let Some((kind, share, other_first)) = compare((theirs, day), (&words, new.day)) else { continue };
        is_known |= kind != CopyKind::Excerpt || other_first;
        if other_first {
            let better =
                origin.is_none_or(|(_, own, best)| (std::cmp::Reverse(kind), share) > (std::cmp::Reverse(own), best));
            if better {
                origin = Some((other, kind, share));
            }
        } else {
            // The new one is the origin of the other, and of all that went back to it.
            copy(sql, other, new.id, kind, share)?;
            sql.prepare_cached("UPDATE documents SET copy_of = ?2 WHERE copy_of = ?1")?.execute([other, new.id])?;
        }
    }
    if let Some((root, kind, share)) = origin.filter(|(root, _, _)| *root != new.id) {
        copy(sql, new.id, root, kind, share)?;
        sql.prepare_cached("UPDATE documents SET copy_of = ?2 WHERE copy_of = ?1")?.execute([new.id, root])?;
    }
    sql.prepare_cached("UPDATE documents SET copies_sought = 1 WHERE id = ?1")?.execute([new.id])?;
    if !is_known {
        for hash in words.sample() {
            sql.prepare_cached("INSERT OR IGNORE INTO shingles (hash, document) VALUES (?1, ?2)")?
                .execute([hash, new.id])?;
        }
    }
    recent.insert(new.id, words);
    Ok(())
}

fn copy(sql: &Connection, document: i64, origin: i64, kind: CopyKind, share: f64) -> Result<()> {
    sql.prepare_cached("UPDATE documents SET copy_of = ?2, copy_kind = ?3, copy_share = ?4 WHERE id = ?1")?
        .execute(params![document, origin, kind.name(), share])?;
    Ok(())
}

fn root_of(sql: &Connection, document: i64) -> Result<i64> {
    let root: Option<i64> = sql
        .prepare_cached("SELECT copy_of FROM documents WHERE id = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(root.unwrap_or(document))
}

/// Takes a document out of the index, and sets those free that went back to it.
pub(crate) fn forget(sql: &Connection, document: i64) -> Result<()> {
    for hash in words_of(sql, document)?.sample() {
        sql.prepare_cached("DELETE FROM shingles WHERE hash = ?1 AND document = ?2")?.execute([hash, document])?;
    }
    sql.prepare_cached(
        "UPDATE documents SET copy_of = NULL, copy_kind = NULL, copy_share = NULL, copies_sought = 0
         WHERE copy_of = ?1 OR id = ?1",
    )?
    .execute([document])?;
    Ok(())
}

/// The words of a document's body.
fn words_of(sql: &Connection, document: i64) -> Result<Words> {
    Packed::load(sql, document)?.words()
}

/// The words of many documents, worked out by all cores.
fn all_words(packed: &[Packed]) -> Vec<Result<Words>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let words = |part: &[Packed]| part.iter().map(Packed::words).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let part = packed.len().div_ceil(cores).max(1);
        let parts: Vec<_> = packed.chunks(part).map(|part| (part, scope.spawn(move || words(part)))).collect();
        // A thread that failed leaves its work to this one.
        parts.into_iter().flat_map(|(part, work)| work.join().unwrap_or_else(|_| words(part))).collect()
    })
}

/// A document's record and text as they lie in the file.
struct Packed {
    record: Vec<u8>,
    text: Vec<u8>,
}

/// Where the body lies, of all that a record holds.
#[derive(serde::Deserialize)]
struct Outline {
    article: Body,
}

#[derive(serde::Deserialize)]
struct Body {
    body: Vec<Block>,
}

impl Packed {
    fn load(sql: &Connection, document: i64) -> Result<Packed> {
        Ok(sql
            .prepare_cached(
                "SELECT records.json, coalesce(records.text, contents.bytes)
                 FROM records JOIN documents ON documents.id = records.document
                 JOIN contents ON contents.sha256 = documents.sha256 WHERE records.document = ?1",
            )?
            .query_row([document], |row| Ok(Packed { record: row.get(0)?, text: row.get(1)? }))?)
    }

    fn words(&self) -> Result<Words> {
        let Outline { article: Body { body } } = serde_json::from_slice(&unpack(&self.record)?)?;
        let text = unpack(&self.text)?;
        let text = String::from_utf8_lossy(&text);
        if body.is_empty() {
            return Ok(Words::of(&text));
        }
        let characters = Characters::new(&text);
        let blocks: Vec<&str> = body.iter().map(|block| characters.slice(block.start, block.end)).collect();
        Ok(Words::of(&blocks.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many different words.
    fn words(from: usize, count: usize) -> String {
        (from..from + count).map(|n| format!("word{n} ")).collect()
    }

    #[test]
    fn copies_are_told_by_what_they_share() {
        let whole = Words::of(&words(0, 200));
        let told = |other: &str, day: Option<Day>| {
            compare((&whole, Some(10)), (&Words::of(other), day)).map(|(kind, _, first)| (kind, first))
        };
        assert_eq!(told(&words(0, 200).to_uppercase(), Some(11)), Some((CopyKind::Exact, true)));
        assert_eq!(told(&words(0, 200), Some(9)), Some((CopyKind::Exact, false)));
        assert_eq!(
            told(&format!("Prague, Monday. {} All rights reserved.", words(0, 190)), Some(10)),
            Some((CopyKind::Near, true))
        );
        assert_eq!(told(&words(50, 60), Some(12)), Some((CopyKind::Excerpt, true)));
        // A short text that was there before the long one is quoted by it, not cut out of it.
        assert_eq!(told(&words(50, 60), Some(9)), None);
        assert_eq!(told(&words(500, 200), Some(10)), None);
        // The same words stay a copy for ever, nearly the same ones do not.
        assert_eq!(told(&words(0, 200), Some(400)), Some((CopyKind::Exact, true)));
        assert_eq!(told(&words(0, 198), Some(400)), None);
        assert_eq!(told(&words(0, 10), Some(12)), None, "too short to tell");
        assert_eq!(told("", None), None);
    }

    #[test]
    fn an_excerpt_has_the_sample_of_the_whole() {
        let whole: Vec<i64> = Words::of(&words(0, 2_000)).sample().collect();
        let part: Vec<i64> = Words::of(&words(400, 500)).sample().collect();
        assert!(part.len() > 10 && part.iter().all(|hash| whole.contains(hash)));
    }
}
