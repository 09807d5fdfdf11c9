-- Version 1 of the store. docs/store.md explains it to those who read it with other tools.
--
-- Names that come again and again (parties, places, publishers, sources cited) stand once, in tables of their own: events point to
-- them by number. `key` is the name folded as a query is: lower case, no accents, one blank between words.

CREATE TABLE publishers (pk INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL) STRICT;

CREATE TABLE parties (
  pk INTEGER PRIMARY KEY,
  country TEXT,
  sector TEXT NOT NULL,
  text TEXT NOT NULL,
  name TEXT,
  wikidata TEXT,
  key TEXT NOT NULL
) STRICT;
CREATE INDEX parties_by_text ON parties (text);

CREATE TABLE places (
  pk INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  country TEXT,
  region TEXT,
  lat REAL,
  lon REAL,
  geonameid INTEGER,
  key TEXT NOT NULL
) STRICT;
CREATE INDEX places_by_text ON places (text);

CREATE TABLE citations (pk INTEGER PRIMARY KEY, text TEXT NOT NULL, country TEXT, key TEXT NOT NULL) STRICT;
CREATE INDEX citations_by_text ON citations (text);

-- One row a version of an article; `superseded_by` is null for the version that counts. `reprint_of` is the id of the article whose text
-- it prints again.
CREATE TABLE articles (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  lang TEXT NOT NULL,
  published TEXT,
  publisher INTEGER REFERENCES publishers (pk),
  url TEXT,
  hash TEXT NOT NULL,
  coder TEXT NOT NULL,
  superseded_by INTEGER REFERENCES articles (pk),
  reprint_of TEXT,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;

CREATE INDEX articles_by_published ON articles (published) WHERE superseded_by IS NULL;

-- Words of the articles that count. The text itself stays in `articles`.
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = 'articles', content_rowid = 'pk', tokenize = "unicode61 remove_diacritics 2"
);

-- One act of the world, made of the events that report it. `detail` is the whole record as JSON; it is null where one report tells
-- all: such a record is made of its event when it is read.
CREATE TABLE records (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  start TEXT,
  "end" TEXT,
  first_seen TEXT,
  last_seen TEXT,
  reports INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  detail TEXT
) STRICT;

CREATE TABLE events (
  pk INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (pk),
  record INTEGER REFERENCES records (pk),
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  modes TEXT NOT NULL,
  contexts TEXT NOT NULL,
  status TEXT NOT NULL,
  start TEXT,
  "end" TEXT,
  place INTEGER REFERENCES places (pk),
  citation INTEGER REFERENCES citations (pk),
  size_min INTEGER, size_max INTEGER,
  dead_min INTEGER, dead_max INTEGER,
  injured_min INTEGER, injured_max INTEGER,
  cameo TEXT NOT NULL,
  quad INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  plover_score REAL NOT NULL,
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  evidence TEXT NOT NULL,
  spans TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_article ON events (article);
CREATE INDEX events_by_record ON events (record);
CREATE INDEX events_by_start ON events (start);

-- Who takes part in an event: role 0 acts, role 1 is acted upon; `n` is the place in the event's list. `start` is the event's.
CREATE TABLE sides (
  event INTEGER NOT NULL REFERENCES events (pk),
  role INTEGER NOT NULL,
  n INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES parties (pk),
  country TEXT,
  start TEXT,
  PRIMARY KEY (event, role, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX sides_by_country ON sides (country, role, start, event) WHERE country IS NOT NULL;
CREATE INDEX sides_by_party ON sides (party, role, start, event);

-- Acts between two countries in a period, kept by every transaction that changes events: a month (`2024-10`), a year (`2024`) and all
-- time (empty). `unit` 0 counts reports, 1 records. Where `mutual` is 1 both act, and `actor` is the first of the alphabet. vc, mc, vx,
-- mx: done acts of verbal and material cooperation, verbal and material conflict; `undone`: planned, possible, denied or background;
-- `goldstein`: tenths, summed over the done.
CREATE TABLE dyads (
  unit INTEGER NOT NULL,
  period TEXT NOT NULL,
  actor TEXT NOT NULL,
  recipient TEXT NOT NULL,
  mutual INTEGER NOT NULL,
  vc INTEGER NOT NULL, mc INTEGER NOT NULL, vx INTEGER NOT NULL, mx INTEGER NOT NULL,
  undone INTEGER NOT NULL,
  goldstein INTEGER NOT NULL,
  PRIMARY KEY (unit, period, actor, recipient, mutual)
) STRICT, WITHOUT ROWID;

-- What merging asks of an article (crate depeche-record): is it a reprint, what is it about?
CREATE TABLE merging (article INTEGER PRIMARY KEY REFERENCES articles (pk), signature TEXT NOT NULL, profile TEXT NOT NULL) STRICT;

-- Where merging looks for events that may be one act.
CREATE TABLE blocks (
  block INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events (pk),
  PRIMARY KEY (block, event)
) STRICT, WITHOUT ROWID;

-- What a person ruled about two events: one act (`same`) or two (`different`). Every later merging obeys, as long as both exist.
CREATE TABLE rulings (
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- What is known of each feed that is watched.
CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT) STRICT, WITHOUT ROWID;

-- The views are the door for other tools; the tables may change with the version, the views' columns only grow.
CREATE VIEW v_articles AS
SELECT a.pk, a.id AS article_id, a.version, a.superseded_by IS NULL AS current, a.lang, a.published, p.name AS publisher, a.url, a.hash,
       a.reprint_of, a.title, a.text
FROM articles a LEFT JOIN publishers p ON p.pk = a.publisher;

CREATE VIEW v_parties AS
SELECT s.event AS event_pk, CASE s.role WHEN 0 THEN 'actor' ELSE 'recipient' END AS role, s.n, p.country, p.sector, p.text, p.name,
       p.wikidata
FROM sides s JOIN parties p ON p.pk = s.party;

CREATE VIEW v_events AS
SELECT e.pk AS event_pk, e.id AS event_id, a.id AS article_id, a.lang, a.published, p.name AS publisher, a.url, a.title, r.id AS record_id,
       e.type, e.modes, e.contexts, e.status, e.start, e."end",
       (SELECT group_concat(side, ';') FROM
        (SELECT coalesce(q.country, '?') || '.' || q.sector AS side FROM sides s JOIN parties q ON q.pk = s.party
         WHERE s.event = e.pk AND s.role = 0 ORDER BY s.n)) AS actors,
       (SELECT group_concat(side, ';') FROM
        (SELECT coalesce(q.country, '?') || '.' || q.sector AS side FROM sides s JOIN parties q ON q.pk = s.party
         WHERE s.event = e.pk AND s.role = 1 ORDER BY s.n)) AS recipients,
       l.text AS place, l.country AS place_country, l.region, l.lat, l.lon, l.geonameid, c.text AS according_to,
       c.country AS according_to_country, e.size_min, e.size_max, e.dead_min, e.dead_max, e.injured_min, e.injured_max, e.cameo, e.quad,
       e.goldstein, e.plover_score, e.confidence, e.rule, e.evidence
FROM events e JOIN articles a ON a.pk = e.article LEFT JOIN publishers p ON p.pk = a.publisher LEFT JOIN records r ON r.pk = e.record
LEFT JOIN places l ON l.pk = e.place LEFT JOIN citations c ON c.pk = e.citation;

CREATE VIEW v_records AS
SELECT pk AS record_pk, id AS record_id, type, status, start, "end", first_seen, last_seen, reports, sources, outlets, detail FROM records;

CREATE VIEW v_dyad_months AS
SELECT CASE unit WHEN 0 THEN 'report' ELSE 'record' END AS unit, actor, recipient, mutual, period AS month, vc AS verbal_cooperation,
       mc AS material_cooperation, vx AS verbal_conflict, mx AS material_conflict, undone, goldstein / 10.0 AS goldstein
FROM dyads WHERE length(period) = 7;
