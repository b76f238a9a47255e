-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT customers.*
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?;

-- get_with_albums: 2
SELECT customers.*
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?;
SELECT albums.id, albums.title, albums.slug, albums.is_public, albums.photo_count, albums.event_date, albums.expires_at, customer_albums.role, customer_albums.notes, customer_albums.notified_at, customer_albums.created_at
  FROM customer_albums INNER JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id = ? AND albums.deleted_at IS NULL ORDER BY customer_albums.created_at DESC, customer_albums.id DESC;

-- find_by_phone: 1
SELECT customers.*
  FROM customers
  WHERE customers.phone = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ?;

-- list: 1
SELECT customers.*
  FROM customers FORCE INDEX (idx_customers_live_created)
  WHERE customers.deleted_at IS NULL ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT customers.*
  FROM customers FORCE INDEX (idx_customers_live_created)
  WHERE customers.deleted_at IS NULL AND customers.status = ? AND json_contains(customers.tags, ?) = 1 AND (replace(lower(replace(replace(replace(customers.name COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.phone COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.email COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.company COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR (EXISTS (SELECT 1
  FROM json_table(customers.tags, '$[*]' COLUMNS(element VARCHAR(500) PATH '$')) AS unfolded
  WHERE replace(lower(replace(replace(replace(unfolded.element COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\'))) ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.status = ? AND json_contains(customers.tags, ?) = 1 AND (replace(lower(replace(replace(replace(customers.name COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.phone COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.email COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR replace(lower(replace(replace(replace(customers.company COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\' OR (EXISTS (SELECT 1
  FROM json_table(customers.tags, '$[*]' COLUMNS(element VARCHAR(500) PATH '$')) AS unfolded
  WHERE replace(lower(replace(replace(replace(unfolded.element COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_nopad_bin, ?, ?), ?, ?), ?, ?) COLLATE uca1400_as_cs) COLLATE utf8mb4_nopad_bin, ?, ?) ESCAPE '\\')));

-- list, a later page by name: 1
SELECT customers.*
  FROM customers FORCE INDEX (idx_customers_live_name)
  WHERE customers.deleted_at IS NULL AND customers.name >= ? AND (customers.name > ? OR customers.id > ?) ORDER BY customers.name ASC, customers.id ASC
  LIMIT ?;

-- customers_of_album: 1
SELECT customers.*, customer_albums.role, customer_albums.notes AS notes_1, customer_albums.notified_at, customer_albums.created_at AS created_at_1
  FROM customer_albums INNER JOIN customers ON customer_albums.customer_id = customers.id
  WHERE customer_albums.album_id = ? AND customers.deleted_at IS NULL ORDER BY customers.name, customers.id;

-- album_counts: 1
SELECT customer_albums.customer_id, count(*) AS count_1
  FROM customer_albums INNER JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id IN (?, …) AND albums.deleted_at IS NULL GROUP BY customer_albums.customer_id;

-- create: 2
INSERT INTO customers (id, name) VALUES (?, ?);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- create, with a phone number: 4
SELECT pis_meta.*
  FROM pis_meta
  WHERE pis_meta.`key` = ? ORDER BY pis_meta.`key` ASC FOR UPDATE;
SELECT customers.id
  FROM customers
  WHERE customers.phone = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
INSERT INTO customers (id, name, phone) VALUES (?, ?, ?);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- update: 3
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
UPDATE customers SET notes=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- update, the phone number: 5
SELECT pis_meta.*
  FROM pis_meta
  WHERE pis_meta.`key` = ? ORDER BY pis_meta.`key` ASC FOR UPDATE;
SELECT customers.id
  FROM customers
  WHERE customers.phone = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
UPDATE customers SET phone=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- unlink_album: 1
DELETE FROM customer_albums WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?;

-- link_album: 5
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT 1
  FROM customer_albums
  WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?
  LIMIT ?;
INSERT INTO customer_albums (id, customer_id, album_id, role, notes) VALUES (?, ?, ?, ?, ?);
SELECT customer_albums.*
  FROM customer_albums
  WHERE customer_albums.id = ? ORDER BY customer_albums.id ASC;

-- soft_delete: 3
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC FOR UPDATE;
UPDATE customers SET deleted_at=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id IN (?, …) ORDER BY customers.id ASC;
