-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_link: 3
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL FOR UPDATE;
INSERT INTO collaboration_invites (id, album_id, invite_type, email, invite_code, `role`, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.id = ? ORDER BY collaboration_invites.id ASC;

-- redeem: 7
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.invite_code = ? ORDER BY collaboration_invites.id ASC;
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
UPDATE collaboration_invites SET status=?, used_at=?, used_by=? WHERE collaboration_invites.id = ? AND collaboration_invites.status = ? AND (collaboration_invites.expires_at IS NULL OR collaboration_invites.expires_at > ?);
INSERT INTO album_collaborators (id, album_id, user_id, `role`, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, invited_at, accepted_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;

-- redeem, of one address: 8
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.invite_code = ? ORDER BY collaboration_invites.id ASC;
SELECT users.*
  FROM users
  WHERE users.id = ? ORDER BY users.id ASC;
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
UPDATE collaboration_invites SET status=?, used_at=?, used_by=? WHERE collaboration_invites.id = ? AND collaboration_invites.status = ? AND (collaboration_invites.expires_at IS NULL OR collaboration_invites.expires_at > ?);
INSERT INTO album_collaborators (id, album_id, user_id, `role`, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, invited_at, accepted_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ? AND album_collaborators.user_id = ? ORDER BY album_collaborators.id ASC;

-- cancel: 3
SELECT collaboration_invites.id
  FROM collaboration_invites
  WHERE collaboration_invites.id = ? AND collaboration_invites.status = ? ORDER BY collaboration_invites.id ASC FOR UPDATE;
UPDATE collaboration_invites SET status=? WHERE collaboration_invites.id IN (?, …);
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.id IN (?, …) ORDER BY collaboration_invites.id ASC;

-- expire_old: 1
UPDATE collaboration_invites SET status=? WHERE collaboration_invites.status = ? AND collaboration_invites.expires_at <= ?;

-- list_for_album: 1
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ? ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?;

-- list_for_album, filtered and counted: 2
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ? AND collaboration_invites.status = ? ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ? AND collaboration_invites.status = ?;

-- list_for_album, a later page: 1
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ? AND collaboration_invites.created_at <= ? AND (collaboration_invites.created_at < ? OR collaboration_invites.id < ?) ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?;
