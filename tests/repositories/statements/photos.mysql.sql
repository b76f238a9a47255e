-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_pending: 2
INSERT INTO photos (filename, original_key, album_id, status, id) VALUES (?, ?, ?, ?, ?);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- create_many_pending: 2
/* executemany */
  INSERT INTO photos (filename, original_key, album_id, status, id) VALUES (?, ?, ?, ?, ?);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- get: 1
SELECT photos.*
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC
  LIMIT ?;

-- get_download: 1
SELECT photos.*
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND albums.is_public = 1 AND albums.allow_share = 1 AND albums.deleted_at IS NULL AND (albums.expires_at IS NULL OR albums.expires_at > ?) AND albums.allow_download = 1;

-- find_duplicate: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.hash = ? ORDER BY CASE WHEN (photos.hash IS NULL) THEN ? ELSE ? END, photos.created_at, photos.id
  LIMIT ?;

-- find_duplicate, by name: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.filename = ? AND photos.file_size = ? ORDER BY CASE WHEN (photos.hash IS NULL) THEN ? ELSE ? END, photos.created_at, photos.id
  LIMIT ?;

-- page: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;

-- page, by a sort: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_manual)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?;

-- page, a later one: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.captured_at <= ? AND (photos.captured_at < ? OR photos.id < ?) ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;

-- list_public: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND albums.allow_share = 1 AND (albums.expires_at IS NULL OR albums.expires_at > ?))) ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;

-- list_public, of a group: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? AND photos.id IN (?, …) AND (EXISTS (SELECT 1
  FROM photo_group_assignments
  WHERE photo_group_assignments.photo_id = photos.id AND photo_group_assignments.group_id = ?)) AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND albums.allow_share = 1 AND (albums.expires_at IS NULL OR albums.expires_at > ?))) ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;

-- list_admin: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_manual)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?;

-- list_admin, filtered and counted: 2
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_manual)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.is_selected = ? ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.is_selected = ?;

-- changes_since: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_updated)
  WHERE photos.album_id = ? AND photos.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?)) ORDER BY photos.updated_at ASC, photos.id ASC
  LIMIT ?;

-- changes_since, a later page: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_updated)
  WHERE photos.album_id = ? AND photos.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?)) AND photos.updated_at >= ? AND (photos.updated_at > ? OR photos.id > ?) ORDER BY photos.updated_at ASC, photos.id ASC
  LIMIT ?;

-- list_selected: 1
SELECT photos.*
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.is_selected = 1 AND photos.status = ? ORDER BY photos.sort_order, photos.id;

-- keys_for_album: 1
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos
  WHERE photos.album_id = ? ORDER BY photos.id ASC;

-- iter_keys: 1
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos ORDER BY photos.id ASC;

-- exists_by_key: 1
SELECT photos.original_key, photos.thumb_key, photos.preview_key
  FROM photos
  WHERE photos.original_key IN (?, …) OR photos.thumb_key IN (?, …) OR photos.preview_key IN (?, …);

-- count_by_status: 1
SELECT photos.status, count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NULL AND photos.album_id = ? GROUP BY photos.status;

-- status_counts: 1
SELECT photos.status, count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NULL GROUP BY photos.status;

-- storage_bytes: 1
SELECT coalesce(sum(photos.file_size), ?) AS coalesce_1
  FROM photos;

-- storage_bytes, of an album: 1
SELECT coalesce(sum(photos.file_size), ?) AS coalesce_1
  FROM photos
  WHERE photos.album_id = ?;

-- page, where NULLs begin: 2
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.captured_at <= ? AND (photos.captured_at < ? OR photos.id < ?) ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.captured_at IS NULL ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;

-- page, of an album with another rule: 2
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_captured)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL ORDER BY photos.captured_at DESC, photos.id DESC
  LIMIT ?;
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_manual)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?;

-- page, the next one of it: 1
SELECT photos.*, (SELECT albums.sort_rule
  FROM albums
  WHERE albums.id = ?) AS anon_1
  FROM photos FORCE INDEX (idx_photos_album_manual)
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.sort_order >= ? AND (photos.sort_order > ? OR photos.id > ?) ORDER BY photos.sort_order ASC, photos.id ASC
  LIMIT ?;

-- reorder: 3
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) AND photos.album_id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET sort_order=CASE WHEN (photos.id = ?) THEN ? … END WHERE photos.id IN (?, …) AND photos.sort_order != CASE WHEN (photos.id = ?) THEN ? … END;
UPDATE albums SET sort_rule=? WHERE albums.id = ? AND albums.sort_rule != ?;

-- set_rotation: 3
SELECT photos.rotation, photos.status
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET rotation=?, status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ? ORDER BY photos.id ASC;

-- set_selected: 3
SELECT photos.id
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND albums.is_public = 1 AND albums.allow_share = 1 AND albums.deleted_at IS NULL AND (albums.expires_at IS NULL OR albums.expires_at > ?) FOR UPDATE;
UPDATE photos SET is_selected=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ? ORDER BY photos.id ASC;

-- list_stuck: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_work)
  WHERE photos.status = 'processing' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?)) ORDER BY photos.created_at, photos.id
  LIMIT ?;

-- claim_stuck: 3
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_work)
  WHERE photos.status = 'processing' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?)) ORDER BY photos.created_at, photos.id
  LIMIT ? FOR UPDATE SKIP LOCKED;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- list_pending: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_work)
  WHERE photos.status = 'pending' AND photos.status != 'completed' AND photos.deleted_at IS NULL ORDER BY photos.created_at, photos.id
  LIMIT ?;

-- claim_pending: 3
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_work)
  WHERE photos.status = 'pending' AND photos.status != 'completed' AND photos.deleted_at IS NULL AND photos.album_id = ? ORDER BY photos.created_at, photos.id
  LIMIT ? FOR UPDATE SKIP LOCKED;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- requeue: 2
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) AND photos.deleted_at IS NULL AND photos.status IN (?, …) ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=? WHERE photos.id IN (?, …);

-- renew_lease: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND photos.updated_at = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- complete: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND photos.updated_at = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET width=?, status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- fail: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND photos.updated_at = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- claim_for_processing: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND (photos.status IN ('pending') OR photos.status = 'processing' AND photos.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?))) ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- release: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND photos.updated_at = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- list_retouch_tasks: 1
SELECT photos.*, albums.title
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.status IN ('pending_retouch', 'retouching') AND photos.status != 'completed' AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL ORDER BY photos.created_at DESC, photos.id DESC
  LIMIT ?;

-- claim_retouch: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND photos.status = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=?, retoucher_id=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- claim_retouch, of one's own: 2
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND photos.status = ? ORDER BY photos.id ASC FOR UPDATE;
SELECT photos.*
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND photos.status = ? AND photos.retoucher_id = ? ORDER BY photos.id ASC
  LIMIT ?;

-- release_retouch: 3
SELECT photos.id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND photos.status = ? ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET status=?, retoucher_id=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC;

-- replace_original: 3
SELECT photos.original_key
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET original_key=?, file_size=?, mime_type=?, hash=?, status=?, retoucher_id=? WHERE photos.id IN (?, …);
SELECT photos.*
  FROM photos
  WHERE photos.id = ? ORDER BY photos.id ASC;

-- soft_delete: 3
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=? WHERE photos.id IN (?, …);
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?, …) ORDER BY albums.id FOR UPDATE;

-- list_trash: 1
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_album_trash)
  WHERE photos.album_id = ? AND photos.deleted_at IS NOT NULL ORDER BY photos.deleted_at DESC, photos.id DESC
  LIMIT ?;

-- list_trash, of all, counted: 2
SELECT photos.*
  FROM photos FORCE INDEX (idx_photos_trash)
  WHERE photos.deleted_at IS NOT NULL ORDER BY photos.deleted_at DESC, photos.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM photos
  WHERE photos.deleted_at IS NOT NULL;

-- restore: 2
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) AND photos.deleted_at IS NOT NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=? WHERE photos.id IN (?, …);

-- soft_delete, a cover among them: 4
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
UPDATE photos SET deleted_at=? WHERE photos.id IN (?, …);
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?, …) ORDER BY albums.id FOR UPDATE;
UPDATE albums SET cover_photo_id=(SELECT newest.id
  FROM photos AS newest FORCE INDEX (idx_photos_album_captured)
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC, newest.id DESC
  LIMIT ?) WHERE albums.id IN (?, …) AND (SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL) IS NULL;

-- purge_trash: 2
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos FORCE INDEX (idx_photos_trash)
  WHERE photos.deleted_at < ? ORDER BY photos.deleted_at, photos.id
  LIMIT ? FOR UPDATE SKIP LOCKED;
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos INNER JOIN albums ON albums.id = photos.album_id
  WHERE albums.deleted_at < ? AND (photos.deleted_at IS NULL OR photos.deleted_at >= ?) ORDER BY photos.album_id, photos.id
  LIMIT ? FOR UPDATE SKIP LOCKED;

-- permanent_delete: 5
SELECT photos.id, photos.album_id, photos.status, photos.original_key, photos.thumb_key, photos.preview_key, photos.deleted_at
  FROM photos
  WHERE photos.id IN (?, …) AND (photos.deleted_at IS NOT NULL OR photos.album_id IN (SELECT albums.id
  FROM albums
  WHERE albums.deleted_at IS NOT NULL)) ORDER BY photos.id ASC FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.cover_photo_id IN (?, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.id IN (?, …) ORDER BY photos.id ASC FOR UPDATE;
UPDATE albums SET cover_photo_id=? WHERE albums.cover_photo_id IN (?, …);
DELETE FROM photos WHERE photos.id IN (?, …);
