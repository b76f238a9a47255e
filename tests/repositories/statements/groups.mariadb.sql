-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- list_with_counts: 1
SELECT photo_groups.*, (SELECT count(*) AS count_1
  FROM photo_group_assignments INNER JOIN photos ON photos.id = photo_group_assignments.photo_id
  WHERE photo_group_assignments.group_id = photo_groups.id AND photos.deleted_at IS NULL) AS anon_1
  FROM photo_groups
  WHERE photo_groups.album_id = ? ORDER BY photo_groups.sort_order, photo_groups.created_at, photo_groups.id;

-- list_with_counts, for visitors: 1
SELECT photo_groups.*, (SELECT count(*) AS count_1
  FROM photo_group_assignments INNER JOIN photos ON photos.id = photo_group_assignments.photo_id
  WHERE photo_group_assignments.group_id = photo_groups.id AND photos.deleted_at IS NULL AND photos.status = ?) AS anon_1
  FROM photo_groups
  WHERE photo_groups.album_id = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND albums.allow_share = 1 AND (albums.expires_at IS NULL OR albums.expires_at > ?) AND albums.is_public = 1)) ORDER BY photo_groups.sort_order, photo_groups.created_at, photo_groups.id;

-- get: 1
SELECT photo_groups.*, (SELECT count(*) AS count_1
  FROM photo_group_assignments INNER JOIN photos ON photos.id = photo_group_assignments.photo_id
  WHERE photo_group_assignments.group_id = photo_groups.id AND photos.deleted_at IS NULL) AS anon_1
  FROM photo_groups
  WHERE photo_groups.id = ?;

-- photo_ids: 1
SELECT photos.id
  FROM photo_group_assignments INNER JOIN photos ON photos.id = photo_group_assignments.photo_id
  WHERE photo_group_assignments.group_id = ? AND photos.deleted_at IS NULL ORDER BY photos.sort_order, photos.id;

-- groups_of_photos: 1
SELECT photo_group_assignments.photo_id, photo_groups.*
  FROM photo_group_assignments INNER JOIN photo_groups ON photo_group_assignments.group_id = photo_groups.id
  WHERE photo_group_assignments.photo_id IN (?, …) ORDER BY photo_groups.sort_order, photo_groups.created_at, photo_groups.id;

-- create: 4
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL FOR UPDATE;
SELECT (SELECT photo_groups.id
  FROM photo_groups
  WHERE photo_groups.album_id = ? AND photo_groups.name = ? ORDER BY photo_groups.id
  LIMIT ?) AS anon_1, (SELECT coalesce(max(photo_groups.sort_order) + ?, ?) AS coalesce_1
  FROM photo_groups
  WHERE photo_groups.album_id = ?) AS anon_2;
INSERT INTO photo_groups (id, album_id, name, description, sort_order) VALUES (?, ?, ?, ?, ?);
SELECT photo_groups.*
  FROM photo_groups
  WHERE photo_groups.id = ? ORDER BY photo_groups.id ASC;

-- update: 3
SELECT photo_groups.*
  FROM photo_groups
  WHERE photo_groups.id = ? ORDER BY photo_groups.id ASC;
UPDATE photo_groups SET description=? WHERE photo_groups.id IN (?, …);
SELECT photo_groups.*
  FROM photo_groups
  WHERE photo_groups.id = ? ORDER BY photo_groups.id ASC;

-- update, its name: 5
SELECT photo_groups.*
  FROM photo_groups
  WHERE photo_groups.id = ? ORDER BY photo_groups.id ASC;
SELECT albums.id
  FROM albums
  WHERE albums.id = ? ORDER BY albums.id ASC FOR UPDATE;
SELECT (SELECT photo_groups.id
  FROM photo_groups
  WHERE photo_groups.album_id = ? AND photo_groups.name = ? ORDER BY photo_groups.id
  LIMIT ?) AS anon_1, (SELECT coalesce(max(photo_groups.sort_order) + ?, ?) AS coalesce_1
  FROM photo_groups
  WHERE photo_groups.album_id = ?) AS anon_2;
UPDATE photo_groups SET name=? WHERE photo_groups.id IN (?, …);
SELECT photo_groups.*
  FROM photo_groups
  WHERE photo_groups.id = ? ORDER BY photo_groups.id ASC;

-- reorder: 2
SELECT photo_groups.id
  FROM photo_groups
  WHERE photo_groups.id IN (?, …) AND photo_groups.album_id = ? ORDER BY photo_groups.id ASC FOR UPDATE;
UPDATE photo_groups SET sort_order=CASE WHEN (photo_groups.id = ?) THEN ? … END WHERE photo_groups.id IN (?, …) AND photo_groups.sort_order != CASE WHEN (photo_groups.id = ?) THEN ? … END;

-- remove: 1
DELETE FROM photo_group_assignments WHERE photo_group_assignments.group_id = ? AND photo_group_assignments.photo_id IN (?, …);

-- assign: 3
SELECT photo_groups.album_id
  FROM photo_groups
  WHERE photo_groups.id = ? FOR UPDATE;
SELECT count(*) AS count_1
  FROM photos
  WHERE photos.id IN (?, …) AND photos.album_id = ? AND photos.deleted_at IS NULL;
INSERT INTO photo_group_assignments (photo_id, group_id) SELECT photos.id, ? AS anon_1
  FROM photos
  WHERE photos.id IN (?, …) AND photos.album_id = ? AND photos.deleted_at IS NULL AND NOT (EXISTS (SELECT 1
  FROM photo_group_assignments
  WHERE photo_group_assignments.photo_id = photos.id AND photo_group_assignments.group_id = ?));

-- delete: 1
DELETE FROM photo_groups WHERE photo_groups.id = ?;
