-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_link: 3
SELECT albums.id
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL FOR UPDATE;
INSERT INTO collaboration_invites (id, album_id, invite_type, email, invite_code, role, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, expires_at) VALUES (?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?, ?, ?, ?, ?, ?::UUID, ?::TIMESTAMP WITH TIME ZONE);
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.id = ?::UUID ORDER BY collaboration_invites.id ASC;

-- redeem: 7
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.invite_code = ?::VARCHAR ORDER BY collaboration_invites.id ASC;
SELECT albums.id
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL FOR UPDATE;
SELECT 1
  FROM users
  WHERE users.id = ?::UUID AND users.is_active = ? AND users.deleted_at IS NULL
  LIMIT ?::INTEGER;
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ?::UUID AND album_collaborators.user_id = ?::UUID ORDER BY album_collaborators.id ASC;
UPDATE collaboration_invites SET status=?::VARCHAR, used_at=?::TIMESTAMP WITH TIME ZONE, used_by=?::UUID WHERE collaboration_invites.id = ?::UUID AND collaboration_invites.status = ?::VARCHAR AND (collaboration_invites.expires_at IS NULL OR collaboration_invites.expires_at > ?::TIMESTAMP WITH TIME ZONE);
INSERT INTO album_collaborators (id, album_id, user_id, role, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, invited_at, accepted_at, status) VALUES (?::UUID, ?::UUID, ?::UUID, ?::VARCHAR, ?, ?, ?, ?, ?, ?::UUID, ?::TIMESTAMP WITH TIME ZONE, ?::TIMESTAMP WITH TIME ZONE, ?::VARCHAR);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ?::UUID AND album_collaborators.user_id = ?::UUID ORDER BY album_collaborators.id ASC;

-- redeem, of one address: 8
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.invite_code = ?::VARCHAR ORDER BY collaboration_invites.id ASC;
SELECT users.*
  FROM users
  WHERE users.id = ?::UUID ORDER BY users.id ASC;
SELECT albums.id
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL FOR UPDATE;
SELECT 1
  FROM users
  WHERE users.id = ?::UUID AND users.is_active = ? AND users.deleted_at IS NULL
  LIMIT ?::INTEGER;
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ?::UUID AND album_collaborators.user_id = ?::UUID ORDER BY album_collaborators.id ASC;
UPDATE collaboration_invites SET status=?::VARCHAR, used_at=?::TIMESTAMP WITH TIME ZONE, used_by=?::UUID WHERE collaboration_invites.id = ?::UUID AND collaboration_invites.status = ?::VARCHAR AND (collaboration_invites.expires_at IS NULL OR collaboration_invites.expires_at > ?::TIMESTAMP WITH TIME ZONE);
INSERT INTO album_collaborators (id, album_id, user_id, role, can_upload, can_edit, can_delete, can_manage, can_invite, invited_by, invited_at, accepted_at, status) VALUES (?::UUID, ?::UUID, ?::UUID, ?::VARCHAR, ?, ?, ?, ?, ?, ?::UUID, ?::TIMESTAMP WITH TIME ZONE, ?::TIMESTAMP WITH TIME ZONE, ?::VARCHAR);
SELECT album_collaborators.*
  FROM album_collaborators
  WHERE album_collaborators.album_id = ?::UUID AND album_collaborators.user_id = ?::UUID ORDER BY album_collaborators.id ASC;

-- cancel: 1
UPDATE collaboration_invites SET status=?::VARCHAR WHERE collaboration_invites.id = ?::UUID AND collaboration_invites.status = ?::VARCHAR RETURNING collaboration_invites.*;

-- expire_old: 1
UPDATE collaboration_invites SET status=?::VARCHAR WHERE collaboration_invites.status = ?::VARCHAR AND collaboration_invites.expires_at <= ?::TIMESTAMP WITH TIME ZONE;

-- list_for_album: 1
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ?::UUID ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?::BIGINT;

-- list_for_album, filtered and counted: 2
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ?::UUID AND collaboration_invites.status = ?::VARCHAR ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ?::UUID AND collaboration_invites.status = ?::VARCHAR;

-- list_for_album, a later page: 1
SELECT collaboration_invites.*
  FROM collaboration_invites
  WHERE collaboration_invites.album_id = ?::UUID AND collaboration_invites.created_at <= ?::TIMESTAMP WITH TIME ZONE AND (collaboration_invites.created_at < ?::TIMESTAMP WITH TIME ZONE OR collaboration_invites.id < ?::UUID) ORDER BY collaboration_invites.created_at DESC, collaboration_invites.id DESC
  LIMIT ?::BIGINT;
