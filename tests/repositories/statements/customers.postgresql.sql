-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?::BIGINT;

-- get_with_albums: 2
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?::BIGINT;
SELECT albums.id, albums.title, albums.slug, albums.is_public, albums.photo_count, albums.event_date, albums.expires_at, customer_albums.role, customer_albums.notes, customer_albums.notified_at, customer_albums.created_at
  FROM customer_albums JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id = ?::UUID AND albums.deleted_at IS NULL ORDER BY customer_albums.created_at DESC, customer_albums.id DESC;

-- find_by_phone: 1
SELECT customers.*
  FROM customers
  WHERE customers.phone = ?::VARCHAR AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?::BIGINT;

-- list: 1
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.status = ?::VARCHAR AND (?::VARCHAR COLLATE "C" = any(customers.tags)) AND (replace(lower(customers.name COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.phone COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.email COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.company COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR (EXISTS (SELECT 1
  FROM unnest(customers.tags) AS anon_1(element)
  WHERE replace(lower(anon_1.element COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\'))) ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.status = ?::VARCHAR AND (?::VARCHAR COLLATE "C" = any(customers.tags)) AND (replace(lower(customers.name COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.phone COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.email COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR replace(lower(customers.company COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' OR (EXISTS (SELECT 1
  FROM unnest(customers.tags) AS anon_1(element)
  WHERE replace(lower(anon_1.element COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\')));

-- list, a later page by name: 1
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.name >= ?::VARCHAR AND (customers.name > ?::VARCHAR OR customers.id > ?::UUID) ORDER BY customers.name ASC, customers.id ASC
  LIMIT ?::BIGINT;

-- customers_of_album: 1
SELECT customers.*, customer_albums.role, customer_albums.notes AS notes_1, customer_albums.notified_at, customer_albums.created_at AS created_at_1
  FROM customer_albums JOIN customers ON customer_albums.customer_id = customers.id
  WHERE customer_albums.album_id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.name, customers.id;

-- album_counts: 1
SELECT customer_albums.customer_id, count(*) AS count_1
  FROM customer_albums JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id IN (?::UUID, …) AND albums.deleted_at IS NULL GROUP BY customer_albums.customer_id;

-- create: 2
INSERT INTO customers (id, name) VALUES (?::UUID, ?::VARCHAR);
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID ORDER BY customers.id ASC;

-- create, with a phone number: 4
SELECT pis_meta.*
  FROM pis_meta
  WHERE pis_meta.key = ?::VARCHAR ORDER BY pis_meta.key ASC FOR UPDATE;
SELECT customers.id
  FROM customers
  WHERE customers.phone = ?::VARCHAR AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
INSERT INTO customers (id, name, phone) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR);
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID ORDER BY customers.id ASC;

-- update: 3
SELECT customers.id
  FROM customers
  WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
UPDATE customers SET notes=?::VARCHAR COLLATE "C" WHERE customers.id IN (?::UUID, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID ORDER BY customers.id ASC;

-- update, the phone number: 5
SELECT pis_meta.*
  FROM pis_meta
  WHERE pis_meta.key = ?::VARCHAR ORDER BY pis_meta.key ASC FOR UPDATE;
SELECT customers.id
  FROM customers
  WHERE customers.phone = ?::VARCHAR AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
SELECT customers.id
  FROM customers
  WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
UPDATE customers SET phone=?::VARCHAR WHERE customers.id IN (?::UUID, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ?::UUID ORDER BY customers.id ASC;

-- unlink_album: 1
DELETE FROM customer_albums WHERE customer_albums.customer_id = ?::UUID AND customer_albums.album_id = ?::UUID;

-- link_album: 5
SELECT customers.id
  FROM customers
  WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT 1
  FROM customer_albums
  WHERE customer_albums.customer_id = ?::UUID AND customer_albums.album_id = ?::UUID
  LIMIT ?::INTEGER;
INSERT INTO customer_albums (id, customer_id, album_id, role, notes) VALUES (?::UUID, ?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR COLLATE "C");
SELECT customer_albums.*
  FROM customer_albums
  WHERE customer_albums.id = ?::UUID ORDER BY customer_albums.id ASC;

-- soft_delete: 1
UPDATE customers SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE customers.id = ?::UUID AND customers.deleted_at IS NULL RETURNING customers.*;
