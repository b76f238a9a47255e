-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT albums.*
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?::BIGINT;

-- get_by_slug: 1
SELECT albums.*
  FROM albums
  WHERE albums.slug = ?::VARCHAR AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?::BIGINT;

-- get_public_view: 2
SELECT albums.*
  FROM albums
  WHERE albums.slug = ?::VARCHAR AND albums.deleted_at IS NULL AND albums.allow_share = ? AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE) ORDER BY albums.id ASC
  LIMIT ?::BIGINT;
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC NULLS LAST, newest.id DESC
  LIMIT ?::INTEGER))
  WHERE albums.id IN (?::UUID, …);

-- list_admin: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?::BIGINT;

-- list_admin, filtered and counted: 2
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.is_public = ? ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.is_public = ?;

-- list_admin, the trash: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NOT NULL ORDER BY albums.deleted_at DESC NULLS LAST, albums.id DESC
  LIMIT ?::BIGINT;

-- list_admin, a later page: 1
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.created_at <= ?::TIMESTAMP WITH TIME ZONE AND (albums.created_at < ?::TIMESTAMP WITH TIME ZONE OR albums.id < ?::UUID) ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?::BIGINT;

-- list_public: 2
SELECT albums.*
  FROM albums
  WHERE albums.deleted_at IS NULL AND albums.allow_share = ? AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE) AND albums.is_public ORDER BY albums.created_at DESC, albums.id DESC
  LIMIT ?::BIGINT;
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC NULLS LAST, newest.id DESC
  LIMIT ?::INTEGER))
  WHERE albums.id IN (?::UUID, …);

-- covers: 1
SELECT albums.id, cover.id AS id_1, cover.thumb_key, cover.preview_key, cover.width, cover.height, cover.blur_data
  FROM albums JOIN photos AS cover ON cover.id = coalesce((SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL), (SELECT newest.id
  FROM photos AS newest
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC NULLS LAST, newest.id DESC
  LIMIT ?::INTEGER))
  WHERE albums.id IN (?::UUID, …);

-- processing_config: 1
SELECT albums.id, albums.watermark_enabled, albums.watermark_type, albums.watermark_config, albums.color_grading, albums.enable_human_retouch, albums.enable_ai_retouch, albums.ai_retouch_config
  FROM albums
  WHERE albums.id = ?::UUID ORDER BY albums.id ASC
  LIMIT ?::BIGINT;

-- localized: 0

-- check_password: 1
SELECT albums.password
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?::BIGINT;

-- authenticate_upload: 1
SELECT albums.*
  FROM albums
  WHERE albums.slug = ?::VARCHAR AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?::BIGINT;

-- create: 2
SELECT system_settings.key, system_settings.value
  FROM system_settings
  WHERE system_settings.key IN (?::VARCHAR, …) ORDER BY system_settings.key;
INSERT INTO albums (id, title, slug, upload_token, allow_download, show_exif, watermark_enabled) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?, ?, ?) RETURNING albums.*;

-- update: 1
UPDATE albums SET title=?::VARCHAR WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL RETURNING albums.*;

-- batch_update: 1
UPDATE albums SET layout=?::VARCHAR WHERE albums.id IN (?::UUID, …) AND albums.deleted_at IS NULL;

-- duplicate: 2
SELECT albums.*
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC
  LIMIT ?::BIGINT;
INSERT INTO albums (id, title, slug, description, password, upload_token, expires_at, is_public, layout, sort_rule, allow_download, allow_batch_download, show_exif, allow_share, watermark_enabled, watermark_type, watermark_config, color_grading, enable_human_retouch, enable_ai_retouch, ai_retouch_config, share_title, share_description, share_image_url, poster_image_url, event_date, location, is_live, template_id, template_config, title_translations, description_translations, share_title_translations, share_description_translations, metadata, owner_id) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?::VARCHAR, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE, ?, ?::VARCHAR, ?::VARCHAR, ?, ?, ?, ?, ?, ?::VARCHAR, ?::JSONB, ?::JSONB, ?, ?, ?::JSONB, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?::VARCHAR, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE, ?::VARCHAR COLLATE "C", ?, ?::VARCHAR, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::UUID) RETURNING albums.*;

-- set_cover: 4
SELECT albums.id
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT 1
  FROM photos
  WHERE photos.id = ?::UUID AND photos.album_id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL
  LIMIT ?::INTEGER;
UPDATE albums SET cover_photo_id=?::UUID WHERE albums.id IN (?::UUID, …);
SELECT albums.*
  FROM albums
  WHERE albums.id = ?::UUID ORDER BY albums.id ASC;

-- refresh_cover: 2
UPDATE albums SET cover_photo_id=(SELECT newest.id
  FROM photos AS newest
  WHERE newest.album_id = albums.id AND newest.status = 'completed' AND newest.deleted_at IS NULL ORDER BY newest.album_id DESC, newest.captured_at DESC NULLS LAST, newest.id DESC
  LIMIT ?::INTEGER) WHERE albums.id IN (?::UUID, …) AND (SELECT chosen.id
  FROM photos AS chosen
  WHERE chosen.id = albums.cover_photo_id AND chosen.album_id = albums.id AND chosen.status = 'completed' AND chosen.deleted_at IS NULL) IS NULL;
SELECT albums.cover_photo_id
  FROM albums
  WHERE albums.id = ?::UUID ORDER BY albums.id ASC;

-- increment_views: 1
UPDATE albums SET view_count=CASE WHEN (albums.view_count <= ?::INTEGER) THEN albums.view_count + ?::INTEGER ELSE ?::INTEGER END WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL RETURNING albums.view_count;

-- recount_photos: 2
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?::VARCHAR) THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?::UUID, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;

-- recount_selected: 2
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?::VARCHAR) THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?::UUID, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;

-- recount_all: 4
SELECT albums.id
  FROM albums ORDER BY albums.id
  LIMIT ?::INTEGER;
SELECT albums.id, albums.photo_count, albums.selected_count
  FROM albums
  WHERE albums.id IN (?::UUID, …) ORDER BY albums.id FOR UPDATE;
SELECT photos.album_id, sum(CASE WHEN (photos.status = ?::VARCHAR) THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_1, sum(CASE WHEN photos.is_selected THEN ?::INTEGER ELSE ?::INTEGER END) AS sum_2
  FROM photos
  WHERE photos.album_id IN (?::UUID, …) AND photos.deleted_at IS NULL GROUP BY photos.album_id;
SELECT albums.id
  FROM albums
  WHERE albums.id > ?::UUID ORDER BY albums.id
  LIMIT ?::INTEGER;

-- rotate_upload_token: 1
UPDATE albums SET upload_token=?::VARCHAR WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL;

-- soft_delete: 1
UPDATE albums SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE albums.id IN (?::UUID, …) AND albums.deleted_at IS NULL;

-- restore: 1
UPDATE albums SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE albums.id IN (?::UUID, …) AND albums.deleted_at IS NOT NULL;

-- purge_deleted: 3
SELECT albums.id
  FROM albums
  WHERE albums.deleted_at < ?::TIMESTAMP WITH TIME ZONE AND NOT (EXISTS (SELECT 1
  FROM photos
  WHERE photos.album_id = albums.id)) AND NOT (EXISTS (SELECT 1
  FROM package_downloads
  WHERE package_downloads.album_id = albums.id AND package_downloads.zip_key IS NOT NULL)) ORDER BY albums.deleted_at ASC NULLS FIRST, albums.id ASC
  LIMIT ?::BIGINT FOR UPDATE;
SELECT albums.id
  FROM albums
  WHERE albums.id IN (?::UUID, …) AND NOT (EXISTS (SELECT 1
  FROM photos
  WHERE photos.album_id = albums.id)) AND NOT (EXISTS (SELECT 1
  FROM package_downloads
  WHERE package_downloads.album_id = albums.id AND package_downloads.zip_key IS NOT NULL)) ORDER BY albums.id ASC FOR UPDATE;
DELETE FROM albums WHERE albums.id IN (?::UUID, …);
