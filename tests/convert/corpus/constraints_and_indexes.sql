-- keys, checks, indexes and foreign keys in all their forms
CREATE TABLE countries (code CHAR(2) PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE people (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email TEXT NOT NULL, phone TEXT, born DATE, died DATE, country CHAR(2) REFERENCES countries,
  manager_id BIGINT REFERENCES people, score INT CHECK (score >= 0 AND score <= 100) DEFAULT 50,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'robot')), deleted_at TIMESTAMPTZ, doc JSONB, tags TEXT[],
  CONSTRAINT one_way CHECK (num_nonnulls(email, phone) >= 1), CHECK (died IS NULL OR died >= born),
  CONSTRAINT mail_shape CHECK (email ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+$'), CHECK (((kind)::text <> ''::text)),
  CONSTRAINT doc_is_object CHECK (jsonb_typeof(doc) = 'object'), CONSTRAINT few_tags CHECK (cardinality(tags) <= 5),
  CONSTRAINT not_future CHECK (born <= CURRENT_DATE)
);
CREATE UNIQUE INDEX people_email_lower ON people (lower(email));
CREATE UNIQUE INDEX people_phone_live ON people (phone) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX people_phone_kind ON people (phone, kind) NULLS NOT DISTINCT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS people_score ON public.people USING btree (score DESC NULLS LAST, id) INCLUDE (email) WITH (fillfactor = 70);
CREATE INDEX ON people (born);
CREATE INDEX people_born_again ON people (born);
CREATE INDEX people_doc ON people USING gin (doc jsonb_path_ops);
CREATE INDEX people_email_search ON people USING gin (email gin_trgm_ops);
CREATE INDEX people_doc_name ON people ((doc ->> 'name'));
CREATE INDEX people_live ON people (deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX people_born_brin ON people USING brin (born);
CREATE INDEX people_kind_hash ON people USING hash (kind);
CREATE INDEX people_year ON people (date_part('year', born));
CREATE TABLE teams (
  id INT PRIMARY KEY, lead_id BIGINT, slug VARCHAR(1000) NOT NULL, a INT, b INT,
  UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT teams_slug_key UNIQUE (slug)
);
ALTER TABLE people ADD COLUMN IF NOT EXISTS team_id INT;
ALTER TABLE people ADD COLUMN IF NOT EXISTS team_id INT;
ALTER TABLE people ADD CONSTRAINT people_team FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE people VALIDATE CONSTRAINT people_team;
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE memberships (
  person_id BIGINT NOT NULL REFERENCES people ON DELETE CASCADE, team_id INT NOT NULL REFERENCES teams ON UPDATE CASCADE,
  role TEXT NOT NULL DEFAULT 'member', since DATE, PRIMARY KEY (person_id, team_id),
  CONSTRAINT check1 CHECK (role <> ''), EXCLUDE USING gist (person_id WITH =)
);
CREATE TABLE notes (
  id SERIAL PRIMARY KEY, person_id BIGINT, team_id INT, body TEXT, number SERIAL,
  FOREIGN KEY (person_id, team_id) REFERENCES memberships (person_id, team_id) MATCH FULL ON DELETE SET NULL,
  CONSTRAINT check1 CHECK (body <> '' OR body IS NULL),
  CONSTRAINT one_owner CHECK ((person_id IS NOT NULL) OR (team_id IS NOT NULL)),
  CONSTRAINT positive CHECK (id > 0)
);
CREATE TABLE things (id INT, external_id UUID REFERENCES elsewhere.things (id), other INT REFERENCES teams (id) ON DELETE SET DEFAULT DEFAULT 1);
CREATE TABLE things_again (LIKE things INCLUDING ALL, extra TEXT);
ALTER TABLE things ADD PRIMARY KEY (id);
ALTER TABLE things ALTER COLUMN other SET NOT NULL, ALTER COLUMN other DROP DEFAULT, ALTER external_id TYPE TEXT USING external_id::text;
ALTER TABLE things RENAME COLUMN other TO team;
ALTER TABLE things RENAME TO objects;
ALTER TABLE objects ADD CHECK (team > 0), ADD COLUMN note TEXT DEFAULT 'n', DROP COLUMN IF EXISTS gone;
CREATE TABLE readings (sensor INT NOT NULL, at TIMESTAMPTZ NOT NULL, value REAL, PRIMARY KEY (sensor, at)) PARTITION BY RANGE (at);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 (sensor INT NOT NULL, at TIMESTAMPTZ NOT NULL, value REAL);
ALTER TABLE readings ATTACH PARTITION readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO readings_2024 VALUES (1, '2024-05-05 00:00:00+00', 1.5);
CREATE TABLE cities (name TEXT, population REAL);
CREATE TABLE capitals (state CHAR(2)) INHERITS (cities);
CREATE UNLOGGED TABLE cache (key TEXT PRIMARY KEY, value BYTEA, unique_value BYTEA UNIQUE);
CREATE TEMP TABLE scratch (a INT);
CREATE TABLE wide (
  id INT PRIMARY KEY,
  c01 VARCHAR(1000), c02 VARCHAR(1000), c03 VARCHAR(1000), c04 VARCHAR(1000), c05 VARCHAR(1000), c06 VARCHAR(1000),
  c07 VARCHAR(1000), c08 VARCHAR(1000), c09 VARCHAR(1000), c10 VARCHAR(1000), c11 VARCHAR(1000), c12 VARCHAR(1000),
  c13 VARCHAR(1000), c14 VARCHAR(1000), c15 VARCHAR(1000), c16 VARCHAR(1000), c17 VARCHAR(1000), c18 VARCHAR(1000), c19 TEXT DEFAULT 'x'
);
CREATE TABLE "Mixed" ("Id" INT PRIMARY KEY, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
INSERT INTO countries VALUES ('de', 'Germany'), ('cn', '中国') ON CONFLICT DO NOTHING;
INSERT INTO countries (code, name) VALUES ('de', 'Deutschland') ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name WHERE countries.name <> EXCLUDED.name;
INSERT INTO teams (id, slug) SELECT 1, 'first' WHERE NOT EXISTS (SELECT 1 FROM teams);
INSERT INTO teams (id, slug) VALUES (2, 'second') ON CONFLICT ON CONSTRAINT teams_pkey DO UPDATE SET slug = EXCLUDED.slug || '!', a = teams.a + 1;
CREATE VIEW living AS SELECT p.id, p.email, count(*) AS teams FROM people p LEFT JOIN memberships m ON m.person_id = p.id WHERE p.died IS NULL GROUP BY p.id, p.email;
CREATE VIEW tagged AS SELECT id FROM people WHERE tags @> ARRAY['x'];
CREATE VIEW aggregated AS SELECT array_agg(id) FROM people;
CREATE MATERIALIZED VIEW frozen AS SELECT 1;
CREATE SEQUENCE loose_numbers;
DROP INDEX people_born_again;
ANALYZE;
