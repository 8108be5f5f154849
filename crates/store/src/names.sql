-- The people and bodies that take part in contacts or speak of them, and what the contacts were about: to find contacts by
-- them without reading every contact. `kind` is `person` (somebody by full name), `voice` (as a text calls whoever speaks)
-- or `topic`; `folded` is the name in lower case.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;
CREATE TABLE contact_names (
    name INTEGER NOT NULL REFERENCES names (id),
    contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (name, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_names_contact ON contact_names (contact);
CREATE INDEX statements_person ON statements (person) WHERE person IS NOT NULL;
