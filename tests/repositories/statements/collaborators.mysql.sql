-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- invite_user: 5
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL FOR UPDATE;
SELECT 1
  FROM users
  WHERE users.id = ? AND users.is_active = ? AND users.deleted_at IS NULL
  LIMIT ?;
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;
INSERT INTO album_collaborators (id, album_id, user_id, `role`, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, invited_at, accepted_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;

-- invite_user, on other terms: 5
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL FOR UPDATE;
SELECT 1
  FROM users
  WHERE users.id = ? AND users.is_active = ? AND users.deleted_at IS NULL
  LIMIT ?;
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;
UPDATE album_collaborators SET `role`=?, can_upload=?, can_edit=?, can_delete=?, can_manage=?, can_invite=?, invited_by=?, invited_at=?, accepted_at=?, status=? WHERE album_collaborators.id IN (?, …);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;

-- accept: 3
SELECT album_collaborators.id
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? AND album_collaborators.status IN (?, …) ORDER BY album_collaborators.id ASC FOR UPDATE;
UPDATE album_collaborators SET accepted_at=?, status=? WHERE album_collaborators.id IN (?, …);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.id IN (?, …) ORDER BY album_collaborators.id ASC;

-- rights: 1
SELECT albums.owner_id = users.id AS anon_1, album_collaborators.can_upload, album_collaborators.can_edit, album_collaborators.can_delete, album_collaborators.can_manage, album_collaborators.can_invite
  FROM albums INNER JOIN users ON users.id = ? LEFT OUTER JOIN album_collaborators ON album_collaborators.album_id = albums.id AND album_collaborators.user_id = ? AND album_collaborators.status = ?
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND users.is_active = 1 AND users.deleted_at IS NULL AND (albums.owner_id = users.id OR album_collaborators.id IS NOT NULL);

-- list_for_album: 1
SELECT album_collaborators.*, (SELECT users.email
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_1, (SELECT users.full_name
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_2, (SELECT albums.title
  FROM albums
  WHERE albums.id = album_collaborators.album_id) AS anon_3
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = album_collaborators.album_id AND albums.deleted_at IS NULL)) ORDER BY album_collaborators.created_at ASC, album_collaborators.id ASC
  LIMIT ?;

-- list_for_album, filtered and counted: 2
SELECT album_collaborators.*, (SELECT users.email
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_1, (SELECT users.full_name
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_2, (SELECT albums.title
  FROM albums
  WHERE albums.id = album_collaborators.album_id) AS anon_3
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.status = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = album_collaborators.album_id AND albums.deleted_at IS NULL)) ORDER BY album_collaborators.created_at ASC, album_collaborators.id ASC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.status = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = album_collaborators.album_id AND albums.deleted_at IS NULL));

-- list_for_album, a later page: 1
SELECT album_collaborators.*, (SELECT users.email
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_1, (SELECT users.full_name
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_2, (SELECT albums.title
  FROM albums
  WHERE albums.id = album_collaborators.album_id) AS anon_3
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = album_collaborators.album_id AND albums.deleted_at IS NULL)) AND album_collaborators.created_at >= ? AND (album_collaborators.created_at > ? OR album_collaborators.id > ?) ORDER BY album_collaborators.created_at ASC, album_collaborators.id ASC
  LIMIT ?;

-- list_for_user: 1
SELECT album_collaborators.*, (SELECT users.email
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_1, (SELECT users.full_name
  FROM users
  WHERE users.id = album_collaborators.user_id) AS anon_2, (SELECT albums.title
  FROM albums
  WHERE albums.id = album_collaborators.album_id) AS anon_3
  FROM album_collaborators
  WHERE album_collaborators.user_id = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = album_collaborators.album_id AND albums.deleted_at IS NULL)) ORDER BY album_collaborators.created_at ASC, album_collaborators.id ASC
  LIMIT ?;

-- reject: 3
SELECT album_collaborators.id
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? AND album_collaborators.status IN (?, …) ORDER BY album_collaborators.id ASC FOR UPDATE;
UPDATE album_collaborators SET status=? WHERE album_collaborators.id IN (?, …);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.id IN (?, …) ORDER BY album_collaborators.id ASC;

-- remove: 3
SELECT album_collaborators.id
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? AND album_collaborators.status IN (?, …) ORDER BY album_collaborators.id ASC FOR UPDATE;
UPDATE album_collaborators SET status=? WHERE album_collaborators.id IN (?, …);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.id IN (?, …) ORDER BY album_collaborators.id ASC;
