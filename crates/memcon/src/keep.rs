//! What is read goes into the record: in batches, each committed as a whole, and nothing that is there already.

use crate::failure::Failure;
use crate::intake::Input;
use reader::record::DocumentRecord;
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Merged, Put, Seen, Store};

/// Documents in one transaction: enough that its cost is shared, few enough that little is read again after a crash.
const BATCH: usize = 500;

/// Bytes of documents in one transaction, at most about.
const BATCH_BYTES: usize = 32 << 20;

/// How long a document that was read may wait to be committed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What one document gave: what came in, the text that offsets count in, what was found.
struct Waiting {
    input: Input,
    text: String,
    record: DocumentRecord,
}

/// Keeps documents.
pub struct Keeper {
    store: Store,
    waiting: Vec<Waiting>,
    bytes: usize,
    since: Instant,
    /// New documents, new revisions, documents read again.
    pub counts: [usize; 3],
}

impl Keeper {
    /// Opens the record, or makes it.
    pub fn open(path: &Path) -> Result<Keeper, Failure> {
        let store = Store::open(path)?;
        Ok(Keeper { store, waiting: Vec::new(), bytes: 0, since: Instant::now(), counts: [0; 3] })
    }

    /// What is in the record already, for other threads to ask.
    pub fn seen(&self) -> Result<Seen, Failure> {
        Ok(self.store.seen()?)
    }

    /// Takes one document; now and then writes what has come together.
    pub fn keep(&mut self, input: Input, text: String, record: DocumentRecord) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += input.bytes.len() + text.len();
        self.waiting.push(Waiting { input, text, record });
        let full = self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES || self.since.elapsed() >= PATIENCE;
        if full { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let path = self.store.path().to_owned();
        let at = |error: store::StoreError| Failure::from(error.at(&path));
        let mut batch = self.store.begin().map_err(at)?;
        let mut counts = self.counts;
        for Waiting { input, text, record } in &self.waiting {
            let put = store::Input { record, text, bytes: &input.bytes, known: &input.known };
            match batch.put(&put).map_err(at)? {
                Put::New => counts[0] += 1,
                Put::Revised => counts[1] += 1,
                Put::Reread => counts[2] += 1,
            }
        }
        batch.commit().map_err(at)?;
        self.counts = counts;
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }

    /// Writes what is left and joins the contacts of all documents.
    pub fn finish(&mut self) -> Result<Merged, Failure> {
        self.write()?;
        let path = self.store.path().to_owned();
        self.store.merge(&mut |_, _| {}).map_err(|error| Failure::from(error.at(&path)))
    }
}
