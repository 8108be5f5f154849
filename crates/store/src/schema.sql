-- The record in one file. Days are counted from 1970-01-01; NULL is unknown; times are UTC as RFC 3339.

-- The bytes of every document as they came in, once for each digest, compressed with Zstandard.
CREATE TABLE contents (
    sha256 TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- One row a revision of a document. `address` is its URL where it has one, else its path: what is the same document when
-- read again. Of the revisions of one address, one is current.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    path TEXT NOT NULL,
    url TEXT,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    known TEXT NOT NULL,
    revision INTEGER NOT NULL,
    current INTEGER NOT NULL,
    recorded TEXT NOT NULL,
    reader TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    origin TEXT,
    language TEXT,
    published TEXT,
    published_first INTEGER,
    published_last INTEGER,
    chars INTEGER NOT NULL,
    copy_of INTEGER REFERENCES documents (id),
    copy_kind TEXT,
    copy_share REAL,
    copies_sought INTEGER NOT NULL DEFAULT 0,
    UNIQUE (address, revision)
) STRICT;
CREATE UNIQUE INDEX documents_current ON documents (address) WHERE current = 1;
CREATE INDEX documents_published ON documents (published_first);
CREATE INDEX documents_copies ON documents (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX documents_unsought ON documents (id) WHERE copies_sought = 0 AND current = 1;

-- The record of each document as JSON, and the text that its offsets count in where that is not the bytes themselves;
-- both compressed.
CREATE TABLE records (
    document INTEGER PRIMARY KEY REFERENCES documents (id),
    json BLOB NOT NULL,
    text BLOB
) STRICT;

-- The contacts that a document tells of, before they are joined with those of other documents. `governments` are codes
-- in alphabetical order with a space before, between and after. A dirty row waits for merging; a row that is gone was
-- told by an earlier reading or revision.
CREATE TABLE tellings (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    local TEXT NOT NULL,
    governments TEXT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    yearless INTEGER NOT NULL,
    contact INTEGER,
    dirty INTEGER NOT NULL DEFAULT 1,
    gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tellings_document ON tellings (document);
CREATE INDEX tellings_contact ON tellings (contact);
CREATE INDEX tellings_dirty ON tellings (id) WHERE dirty = 1;

-- What each voice in each document says, as an index into the document's record.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    telling INTEGER
) STRICT;
CREATE INDEX accounts_document ON accounts (document);

-- Quotations and reported speech, as an index into the document's record.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT,
    person TEXT,
    government TEXT,
    office TEXT,
    first_day INTEGER,
    last_day INTEGER
) STRICT;
CREATE INDEX statements_document ON statements (document);
CREATE INDEX statements_government ON statements (government, first_day);

-- The contacts, put together from all documents. `machine` is what merging gave, `final` what corrections made of it where
-- they changed something; a row that is not shown was rejected or went `into` another.
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    shown INTEGER NOT NULL,
    state TEXT NOT NULL,
    into_key TEXT,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    disputes INTEGER NOT NULL,
    machine BLOB,
    final BLOB
) STRICT;
CREATE INDEX contacts_split_off ON contacts (into_key) WHERE into_key IS NOT NULL;
CREATE INDEX contacts_time ON contacts (first_day, key);
CREATE TABLE contact_documents (
    contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents (id),
    PRIMARY KEY (contact, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_documents_document ON contact_documents (document);
CREATE TABLE parties (
    government TEXT NOT NULL,
    contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (government, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_contact ON parties (contact);
-- Keys under which a contact was known before it was joined with another.
CREATE TABLE former_keys (
    key TEXT PRIMARY KEY,
    now TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What people changed: append-only. The triggers hold that line.
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    json TEXT NOT NULL
) STRICT;
CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are append-only');
END;

-- Sampled runs of words of every document that is no copy (see copies.rs).
CREATE TABLE shingles (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

-- Full text. Contentless: the words are indexed, the characters are taken from the documents.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, body, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_words USING fts5 (
    content, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE evidence_words USING fts5 (
    quote, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
