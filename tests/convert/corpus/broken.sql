-- what can't be read is said, and the rest is converted
CREATE TABLE good (id INT PRIMARY KEY, name TEXT);
CREATE TABLE bad (id INT PRIMARY KEY, name TEXT CHECK (name <> );
CREATE TABEL typo (id INT);
CREATE TABLE also_good (id INT PRIMARY KEY, good_id INT REFERENCES good);
ALTER TABLE nowhere ADD COLUMN a INT;
CREATE INDEX on_nothing ON missing (a);
INSERT INTO good (id, name) VALUES (1, 'a'), (2);
INSERT INTO good (id, name) VALUES (3, 'c');
CREATE TABLE last_one (id INT PRIMARY KEY, note TEXT DEFAULT 'unclosed
