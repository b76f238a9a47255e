-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_pending: 1
INSERT INTO photos (id, album_id, filename, original_key, status) VALUES (?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR) RETURNING photos.*;

-- create_many_pending: 1
INSERT INTO photos (id, album_id, filename, original_key, status) VALUES (?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR), … RETURNING photos.*;

-- get: 1
SELECT photos.*
  FROM photos
  WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.id ASC
  LIMIT ?::BIGINT;

-- get_download: 1
SELECT photos.*
  FROM photos JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND albums.is_public AND albums.allow_share AND albums.deleted_at IS NULL AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE) AND albums.allow_download;

-- find_duplicate: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.hash = ?::VARCHAR ORDER BY CASE WHEN (photos.hash IS NULL) THEN ?::INTEGER ELSE ?::INTEGER END, photos.created_at, photos.id
  LIMIT ?::INTEGER;

-- find_duplicate, by name: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.filename = ?::VARCHAR AND photos.file_size = ?::BIGINT ORDER BY CASE WHEN (photos.hash IS NULL) THEN ?::INTEGER ELSE ?::INTEGER END, photos.created_at, photos.id
  LIMIT ?::INTEGER;

-- page: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- page, by a sort: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- page, a later one: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.captured_at <= ?::TIMESTAMP WITH TIME ZONE AND (photos.captured_at < ?::TIMESTAMP WITH TIME ZONE OR photos.id < ?::UUID) ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- list_public: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL AND albums.allow_share AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE))) ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- list_public, of a group: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR AND photos.id IN (?::UUID, …) AND (EXISTS (SELECT 1
  FROM photo_group_assignments
  WHERE photo_group_assignments.photo_id = photos.id AND photo_group_assignments.group_id = ?::UUID)) AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL AND albums.allow_share AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE))) ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- list_admin: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- list_admin, filtered and counted: 2
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.is_selected = ? ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.is_selected = ?;

-- changes_since: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?) ORDER BY photos.updated_at ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- changes_since, a later page: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?) AND photos.updated_at >= ?::TIMESTAMP WITH TIME ZONE AND (photos.updated_at > ?::TIMESTAMP WITH TIME ZONE OR photos.id > ?::UUID) ORDER BY photos.updated_at ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- list_selected: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.is_selected AND photos.status = ?::VARCHAR ORDER BY photos.sort_order, photos.id;

-- keys_for_album: 1
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos
  WHERE photos.album_id = ?::UUID ORDER BY photos.id ASC;

-- iter_keys: 1
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos ORDER BY photos.id ASC;

-- exists_by_key: 1
SELECT photos.original_key, photos.thumb_key, photos.preview_key
  FROM photos
  WHERE photos.original_key IN (?::VARCHAR, …) OR photos.thumb_key IN (?::VARCHAR, …) OR photos.preview_key IN (?::VARCHAR, …);

-- count_by_status: 1
SELECT photos.status, count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NULL AND photos.album_id = ?::UUID GROUP BY photos.status;

-- status_counts: 1
SELECT photos.status, count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NULL GROUP BY photos.status;

-- storage_bytes: 1
SELECT coalesce(sum(photos.file_size), ?::INTEGER) AS coalesce_1
  FROM photos;

-- storage_bytes, of an album: 1
SELECT coalesce(sum(photos.file_size), ?::INTEGER) AS coalesce_1
  FROM photos
  WHERE photos.album_id = ?::UUID;

-- page, where NULLs begin: 2
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.captured_at <= ?::TIMESTAMP WITH TIME ZONE AND (photos.captured_at < ?::TIMESTAMP WITH TIME ZONE OR photos.id < ?::UUID) ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.captured_at IS NULL ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- page, of an album with another rule: 2
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.captured_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- page, the next one of it: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?::UUID) AS anon_1
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.sort_order >= ?::INTEGER AND (photos.sort_order > ?::INTEGER OR photos.id > ?::UUID) ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?::BIGINT;

-- reorder: 3
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND photos.album_id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET sort_order=CASE WHEN (photos.id = ?::UUID) THEN ?::INTEGER … END WHERE photos.id IN (?::UUID, …) AND photos.sort_order != CASE WHEN (photos.id = ?::UUID) THEN ?::INTEGER … END;
UPDATE albums SET sort_rule=?::VARCHAR WHERE albums.id = ?::UUID AND albums.sort_rule != ?::VARCHAR;

-- set_rotation: 3
SELECT photos.rotation, photos.status
  FROM photos
  WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET rotation=?::INTEGER, status=?::VARCHAR WHERE photos.id IN (?::UUID, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ?::UUID ORDER BY photos.id ASC;

-- set_selected: 3
SELECT photos.id
  FROM photos JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND albums.is_public AND albums.allow_share AND albums.deleted_at IS NULL AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE) FOR UPDATE;
UPDATE photos SET is_selected=? WHERE photos.id IN (?::UUID, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ?::UUID ORDER BY photos.id ASC;

-- list_stuck: 1
SELECT photos.*
  FROM photos
  WHERE photos.status = 'processing' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?) ORDER BY photos.created_at, photos.id
  LIMIT ?::BIGINT;

-- claim_stuck: 3
SELECT photos.*
  FROM photos
  WHERE photos.status = 'processing' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?) ORDER BY photos.created_at, photos.id
  LIMIT ?::BIGINT FOR UPDATE SKIP LOCKED;
UPDATE photos SET status=?::VARCHAR WHERE photos.id IN (?::UUID, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?::UUID, …) ORDER BY photos.id ASC;

-- list_pending: 1
SELECT photos.*
  FROM photos
  WHERE photos.status = 'pending' AND photos.status != 'completed' AND photos.deleted_at IS NULL ORDER BY photos.created_at, photos.id
  LIMIT ?::BIGINT;

-- claim_pending: 3
SELECT photos.*
  FROM photos
  WHERE photos.status = 'pending' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.album_id = ?::UUID ORDER BY photos.created_at, photos.id
  LIMIT ?::BIGINT FOR UPDATE SKIP LOCKED;
UPDATE photos SET status=?::VARCHAR WHERE photos.id IN (?::UUID, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?::UUID, …) ORDER BY photos.id ASC;

-- requeue: 2
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND photos.deleted_at IS NULL AND photos.status IN (?::VARCHAR, …) ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=?::VARCHAR WHERE photos.id IN (?::UUID, …);

-- renew_lease: 1
UPDATE photos SET status=?::VARCHAR WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND photos.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING photos.*;

-- complete: 1
UPDATE photos SET width=?::INTEGER, status=?::VARCHAR WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND photos.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING photos.*;

-- fail: 1
UPDATE photos SET status=?::VARCHAR WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND photos.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING photos.*;

-- claim_for_processing: 1
UPDATE photos SET status=?::VARCHAR WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL AND (photos.status IN ('pending') OR photos.status = 'processing' AND photos.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?)) RETURNING photos.*;

-- release: 1
UPDATE photos SET status=?::VARCHAR WHERE photos.id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND photos.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING photos.*;

-- list_retouch_tasks: 1
SELECT photos.*, albums.title
  FROM photos JOIN albums ON photos.album_id = albums.id
  WHERE photos.status IN ('pending_retouch', 'retouching') AND photos.status != 'completed' AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL ORDER BY photos.created_at DESC, photos.id DESC
  LIMIT ?::BIGINT;

-- claim_retouch: 1
UPDATE photos SET status=?::VARCHAR, retoucher_id=?::UUID WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR RETURNING photos.*;

-- claim_retouch, of one's own: 2
UPDATE photos SET status=?::VARCHAR, retoucher_id=?::UUID WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR RETURNING photos.*;
SELECT photos.*
  FROM photos
  WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR AND photos.retoucher_id = ?::UUID ORDER BY photos.id ASC
  LIMIT ?::BIGINT;

-- release_retouch: 1
UPDATE photos SET status=?::VARCHAR, retoucher_id=?::UUID WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR RETURNING photos.*;

-- replace_original: 3
SELECT photos.original_key
  FROM photos
  WHERE photos.id = ?::UUID AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET original_key=?::VARCHAR, file_size=?::BIGINT, mime_type=?::VARCHAR, hash=?::VARCHAR, status=?::VARCHAR, retoucher_id=?::UUID WHERE photos.id IN (?::UUID, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ?::UUID ORDER BY photos.id ASC;

-- soft_delete: 3
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE photos.id IN (?::UUID, …);
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;

-- list_trash: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NOT NULL ORDER BY photos.deleted_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;

-- list_trash, of all, counted: 2
SELECT photos.*
  FROM photos
  WHERE photos.deleted_at IS NOT NULL ORDER BY photos.deleted_at DESC NULLS LAST, photos.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NOT NULL;

-- restore: 2
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND photos.deleted_at IS NOT NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE photos.id IN (?::UUID, …);

-- soft_delete, a cover among them: 4
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE photos.id IN (?::UUID, …);
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;
UPDATE albums SET cover_photo_id=(SELECT newest.id
  FROM photos AS newest
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC NULLS LAST, newest.id DESC
  LIMIT ?::INTEGER) WHERE albums.id IN (?::UUID, …) AND (SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL) IS NULL;

-- purge_trash: 2
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos
  WHERE photos.deleted_at < ?::TIMESTAMP WITH TIME ZONE ORDER BY photos.deleted_at, photos.id
  LIMIT ?::BIGINT FOR UPDATE SKIP LOCKED;
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos JOIN albums ON albums.id = photos.album_id
  WHERE albums.deleted_at < ?::TIMESTAMP WITH TIME ZONE AND (photos.deleted_at IS NULL OR photos.deleted_at >= ?::TIMESTAMP WITH TIME ZONE) ORDER BY photos.album_id, photos.id
  LIMIT ?::BIGINT FOR UPDATE SKIP LOCKED;

-- permanent_delete: 3
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos
  WHERE photos.id IN (?::UUID, …) AND (photos.deleted_at IS NOT NULL OR photos.album_id IN (SELECT albums.id
  FROM albums
  WHERE albums.deleted_at IS NOT NULL)) ORDER BY photos.id ASC FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;
DELETE FROM photos WHERE photos.id IN (?::UUID, …);
