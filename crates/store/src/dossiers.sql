-- Collections that people make: contacts, documents and notes in the order in which they are to be read. `link` is the
-- secret part of the address under which a dossier can be read by whoever has it; NULL where nobody else can. `owner` is
-- NULL where nobody had to sign in.
CREATE TABLE dossiers (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    owner TEXT,
    link TEXT UNIQUE,
    made TEXT NOT NULL
) STRICT;

-- `subject` is the key of a contact or the path of a document, NULL for a note that stands alone; `title` is what it was
-- called when it was put in, for the day on which the record no longer has it.
CREATE TABLE dossier_items (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    title TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_items_dossier ON dossier_items (dossier, place);
CREATE INDEX dossier_items_subject ON dossier_items (subject) WHERE subject IS NOT NULL;
