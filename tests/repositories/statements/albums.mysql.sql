-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT albums.*
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?;

-- get_by_slug: 1
SELECT albums.*
  FROM albums
  WHERE albums.slug = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?;

-- get_public_view: 2
SELECT albums.*
  FROM albums
  WHERE albums.slug = ? AND albums.deleted_at IS NULL AND albums.allow_share = ? AND (albums.expires_at IS NULL OR albums.expires_at > ?) ORDER BY albums.id ASC
  LIMIT ?;
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums INNER JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest FORCE INDEX (idx_photos_album_captured)
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC, newest.id DESC
  LIMIT ?))
  WHERE albums.id IN (?, …);

-- list_admin: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?;

-- list_admin, filtered and counted: 2
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.is_public = ? ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.is_public = ?;

-- list_admin, the trash: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NOT NULL ORDER BY albums.deleted_at DESC, albums.id DESC
  LIMIT ?;

-- list_admin, a later page: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.created_at <= ? AND (albums.created_at < ? OR albums.id < ?) ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?;

-- list_public: 2
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.allow_share = ? AND (albums.expires_at IS NULL OR albums.expires_at > ?) AND albums.is_public = 1 ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?;
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums INNER JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest FORCE INDEX (idx_photos_album_captured)
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC, newest.id DESC
  LIMIT ?))
  WHERE albums.id IN (?, …);

-- covers: 1
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums INNER JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest FORCE INDEX (idx_photos_album_captured)
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC, newest.id DESC
  LIMIT ?))
  WHERE albums.id IN (?, …);

-- processing_config: 1
SELECT albums.id, albums.watermark_enabled, albums.watermark_type, albums.watermark_config, albums.color_grading, albums.enable_human_retouch, albums.enable_ai_retouch, albums.ai_retouch_config
  FROM albums
  WHERE albums.id = ? ORDER BY albums.id ASC
  LIMIT ?;

-- localized: 0

-- check_password: 1
SELECT albums.password
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?;

-- authenticate_upload: 1
SELECT albums.*
  FROM albums
  WHERE albums.slug = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?;

-- create: 3
SELECT system_settings.`key`, system_settings.value
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.`key`;
INSERT INTO albums (allow_download, show_exif, watermark_enabled, title, upload_token, slug, id) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT albums.*
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id ASC;

-- update: 3
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
UPDATE albums SET title=? WHERE albums.id IN (?, …);
SELECT albums.*
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id ASC;

-- batch_update: 1
UPDATE albums SET layout=? WHERE albums.id IN (?, …) AND albums.deleted_at IS NULL;

-- duplicate: 3
SELECT albums.*
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?;
INSERT INTO albums (title, description, password, expires_at, is_public, layout, sort_rule, allow_download, allow_batch_download, show_exif, allow_share, watermark_enabled, watermark_type, watermark_config, color_grading, enable_human_retouch, enable_ai_retouch, ai_retouch_config, share_title, share_description, share_image_url, poster_image_url, event_date, location, is_live, template_id, template_config, title_translations, description_translations, share_title_translations, share_description_translations, metadata, owner_id, upload_token, slug, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT albums.*
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id ASC;

-- set_cover: 4
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT 1
  FROM photos
  WHERE photos.id = ? AND photos.album_id = ? AND photos.status = ? AND photos.deleted_at IS NULL
  LIMIT ?;
UPDATE albums SET cover_photo_id=? WHERE albums.id IN (?, …);
SELECT albums.*
  FROM albums
  WHERE albums.id = ? ORDER BY albums.id ASC;

-- refresh_cover: 2
UPDATE albums SET cover_photo_id=(SELECT newest.id
  FROM photos AS newest FORCE INDEX (idx_photos_album_captured)
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC, newest.id DESC
  LIMIT ?) WHERE albums.id IN (?, …) AND (SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL) IS NULL;
SELECT albums.cover_photo_id
  FROM albums
  WHERE albums.id = ? ORDER BY albums.id ASC;

-- increment_views: 2
UPDATE albums SET view_count=CASE WHEN (albums.view_count <= ?) THEN albums.view_count + ? ELSE ? END WHERE albums.id = ? AND albums.deleted_at IS NULL;
SELECT albums.view_count
  FROM albums
  WHERE albums.id = ? ORDER BY albums.id ASC;

-- recount_photos: 2
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?) THEN ? ELSE ? END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ? ELSE ? END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;

-- recount_selected: 2
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?) THEN ? ELSE ? END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ? ELSE ? END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;

-- recount_all: 4
SELECT albums.id
  FROM albums ORDER BY albums.id
  LIMIT ?;
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?) THEN ? ELSE ? END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ? ELSE ? END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;
SELECT albums.id
  FROM albums
  WHERE albums.id > ? ORDER BY albums.id
  LIMIT ?;

-- rotate_upload_token: 1
UPDATE albums SET upload_token=? WHERE albums.id = ? AND albums.deleted_at IS NULL;

-- soft_delete: 1
UPDATE albums SET deleted_at=? WHERE albums.id IN (?, …) AND albums.deleted_at IS NULL;

-- restore: 1
UPDATE albums SET deleted_at=? WHERE albums.id IN (?, …) AND albums.deleted_at IS NOT NULL;

-- purge_deleted: 5
SELECT albums.id
  FROM albums
  WHERE albums.deleted_at < ? AND NOT (EXISTS (SELECT 1
  FROM photos
  WHERE photos.album_id = albums.id)) AND NOT (EXISTS (SELECT 1
  FROM package_downloads
  WHERE package_downloads.album_id = albums.id AND package_downloads.zip_key IS NOT NULL)) ORDER BY albums.deleted_at ASC, albums.id ASC
  LIMIT ? FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.id IN (?, …) AND NOT (EXISTS (SELECT 1
  FROM photos
  WHERE photos.album_id = albums.id)) AND NOT (EXISTS (SELECT 1
  FROM package_downloads
  WHERE package_downloads.album_id = albums.id AND package_downloads.zip_key IS NOT NULL)) ORDER BY albums.id ASC FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.id IN (?, …) ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id IN (?, …) ORDER BY photos.id ASC FOR UPDATE;
DELETE FROM albums WHERE albums.id IN (?, …);
