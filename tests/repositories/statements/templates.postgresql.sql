-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.id = ?::UUID ORDER BY album_templates.id ASC
  LIMIT ?::BIGINT;

-- list: 1
SELECT album_templates.*
  FROM album_templates
  WHERE true ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.is_public = ? ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM album_templates
  WHERE album_templates.is_public = ?;

-- list, a later page: 1
SELECT album_templates.*
  FROM album_templates
  WHERE true AND album_templates.created_at <= ?::TIMESTAMP WITH TIME ZONE AND (album_templates.created_at < ?::TIMESTAMP WITH TIME ZONE OR album_templates.id < ?::UUID) ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?::BIGINT;

-- export: 1
SELECT album_templates.name, album_templates.description, album_templates.is_public, album_templates.layout, album_templates.sort_rule, album_templates.allow_download, album_templates.allow_batch_download, album_templates.show_exif, album_templates.expires_at, album_templates.watermark_enabled, album_templates.watermark_type, album_templates.watermark_config
  FROM album_templates ORDER BY album_templates.created_at ASC, album_templates.id ASC;

-- export, some: 1
SELECT album_templates.name, album_templates.description, album_templates.is_public, album_templates.layout, album_templates.sort_rule, album_templates.allow_download, album_templates.allow_batch_download, album_templates.show_exif, album_templates.expires_at, album_templates.watermark_enabled, album_templates.watermark_type, album_templates.watermark_config
  FROM album_templates
  WHERE album_templates.id IN (?::UUID, …) ORDER BY album_templates.created_at ASC, album_templates.id ASC;

-- import_many: 1
INSERT INTO album_templates (id, name, description, is_public, layout, sort_rule, allow_download, allow_batch_download, show_exif, expires_at, watermark_enabled, watermark_type, watermark_config) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?, ?::VARCHAR, ?::VARCHAR, ?, ?, ?, ?::TIMESTAMP WITH TIME ZONE, ?, ?::VARCHAR, ?::JSONB), … RETURNING album_templates.*;

-- create: 1
INSERT INTO album_templates (id, name, layout) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR) RETURNING album_templates.*;

-- update: 1
UPDATE album_templates SET layout=?::VARCHAR WHERE album_templates.id = ?::UUID RETURNING album_templates.*;

-- delete: 1
DELETE FROM album_templates WHERE album_templates.id = ?::UUID;
