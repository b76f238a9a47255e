-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT customers.*
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ? OFFSET ?;

-- get_with_albums: 2
SELECT customers.*
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ? OFFSET ?;
SELECT albums.id, albums.title, albums.slug, albums.is_public, albums.photo_count, albums.event_date, albums.expires_at, customer_albums.role, customer_albums.notes, customer_albums.notified_at, customer_albums.created_at
  FROM customer_albums JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id = ? AND albums.deleted_at IS NULL ORDER BY customer_albums.created_at DESC, customer_albums.id DESC;

-- find_by_phone: 1
SELECT customers.*
  FROM customers
  WHERE customers.phone = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC
  LIMIT ? OFFSET ?;

-- list: 1
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ? OFFSET ?;

-- list, filtered and counted: 2
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.status = ? AND CASE WHEN (customers.tags IS NOT NULL) THEN json_type(customers.tags) = ? AND (EXISTS (SELECT 1
  FROM json_each(customers.tags) AS each_element
  WHERE each_element.type IN (?, …) AND each_element.value = json_extract(?, ?))) END = 1 AND (pis_fold(customers.name) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.phone) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.email) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.company) LIKE pis_fold(?) ESCAPE '\' OR (EXISTS (SELECT 1
  FROM json_each(customers.tags) AS unfolded
  WHERE pis_fold(unfolded.value) LIKE pis_fold(?) ESCAPE '\'))) ORDER BY customers.created_at DESC, customers.id DESC
  LIMIT ? OFFSET ?;
SELECT count(*) AS count_1
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.status = ? AND CASE WHEN (customers.tags IS NOT NULL) THEN json_type(customers.tags) = ? AND (EXISTS (SELECT 1
  FROM json_each(customers.tags) AS each_element
  WHERE each_element.type IN (?, …) AND each_element.value = json_extract(?, ?))) END = 1 AND (pis_fold(customers.name) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.phone) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.email) LIKE pis_fold(?) ESCAPE '\' OR pis_fold(customers.company) LIKE pis_fold(?) ESCAPE '\' OR (EXISTS (SELECT 1
  FROM json_each(customers.tags) AS unfolded
  WHERE pis_fold(unfolded.value) LIKE pis_fold(?) ESCAPE '\')));

-- list, a later page by name: 1
SELECT customers.*
  FROM customers
  WHERE customers.deleted_at IS NULL AND customers.name >= ? AND (customers.name > ? OR customers.id > ?) ORDER BY customers.name ASC, customers.id ASC
  LIMIT ? OFFSET ?;

-- customers_of_album: 1
SELECT customers.*, customer_albums.role, customer_albums.notes AS notes_1, customer_albums.notified_at, customer_albums.created_at AS created_at_1
  FROM customer_albums JOIN customers ON customer_albums.customer_id = customers.id
  WHERE customer_albums.album_id = ? AND customers.deleted_at IS NULL ORDER BY customers.name, customers.id;

-- album_counts: 1
SELECT customer_albums.customer_id, count(*) AS count_1
  FROM customer_albums JOIN albums ON customer_albums.album_id = albums.id
  WHERE customer_albums.customer_id IN (?, …) AND albums.deleted_at IS NULL GROUP BY customer_albums.customer_id;

-- create: 2
INSERT INTO customers (id, name) VALUES (?, ?);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- create, with a phone number: 3
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
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
UPDATE customers SET notes=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- update, the phone number: 4
SELECT customers.id
  FROM customers
  WHERE customers.phone = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
UPDATE customers SET phone=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id = ? ORDER BY customers.id ASC;

-- unlink_album: 1
DELETE FROM customer_albums WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?;

-- link_album: 5
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC;
SELECT 1
  FROM customer_albums
  WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?
  LIMIT ? OFFSET ?;
INSERT INTO customer_albums (id, customer_id, album_id, role, notes) VALUES (?, ?, ?, ?, ?);
SELECT customer_albums.*
  FROM customer_albums
  WHERE customer_albums.id = ? ORDER BY customer_albums.id ASC;

-- soft_delete: 3
SELECT customers.id
  FROM customers
  WHERE customers.id = ? AND customers.deleted_at IS NULL ORDER BY customers.id ASC;
UPDATE customers SET deleted_at=? WHERE customers.id IN (?, …);
SELECT customers.*
  FROM customers
  WHERE customers.id IN (?, …) ORDER BY customers.id ASC;
