-- People who sign in where the page is served to more than its own machine. A password is kept as an Argon2id hash,
-- sessions and tokens as SHA-256 digests of what the browser or the program holds. Times are seconds since 1970.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    began INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user);
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX tokens_user ON tokens (user);

-- Who did what: append-only, as corrections are.
CREATE TABLE trail (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
CREATE TRIGGER trail_is_kept BEFORE DELETE ON trail BEGIN
    SELECT RAISE(ABORT, 'the trail is append-only');
END;
CREATE TRIGGER trail_stays BEFORE UPDATE ON trail BEGIN
    SELECT RAISE(ABORT, 'the trail is append-only');
END;
