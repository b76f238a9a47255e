-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.id = ? ORDER BY album_templates.id ASC
  LIMIT ?;

-- list: 1
SELECT album_templates.*
  FROM album_templates
  WHERE true = 1 ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.is_public = ? ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM album_templates
  WHERE album_templates.is_public = ?;

-- list, a later page: 1
SELECT album_templates.*
  FROM album_templates
  WHERE true = 1 AND album_templates.created_at <= ? AND (album_templates.created_at < ? OR album_templates.id < ?) ORDER BY album_templates.created_at DESC, album_templates.id DESC
  LIMIT ?;

-- export: 1
SELECT album_templates.name, album_templates.description, album_templates.is_public, album_templates.layout, album_templates.sort_rule, album_templates.allow_download, album_templates.allow_batch_download, album_templates.show_exif, album_templates.expires_at, album_templates.watermark_enabled, album_templates.watermark_type, album_templates.watermark_config
  FROM album_templates ORDER BY album_templates.created_at ASC, album_templates.id ASC;

-- export, some: 1
SELECT album_templates.name, album_templates.description, album_templates.is_public, album_templates.layout, album_templates.sort_rule, album_templates.allow_download, album_templates.allow_batch_download, album_templates.show_exif, album_templates.expires_at, album_templates.watermark_enabled, album_templates.watermark_type, album_templates.watermark_config
  FROM album_templates
  WHERE album_templates.id IN (?, …) ORDER BY album_templates.created_at ASC, album_templates.id ASC;

-- import_many: 2
/* executemany */
  INSERT INTO album_templates (name, description, is_public, layout, sort_rule, allow_download, allow_batch_download, show_exif, expires_at, watermark_enabled, watermark_type, watermark_config, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.id IN (?, …) ORDER BY album_templates.id ASC;

-- create: 2
INSERT INTO album_templates (name, layout, id) VALUES (?, ?, ?);
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.id IN (?, …) ORDER BY album_templates.id ASC;

-- update: 3
SELECT album_templates.id
  FROM album_templates
  WHERE album_templates.id = ? ORDER BY album_templates.id ASC FOR UPDATE;
UPDATE album_templates SET layout=? WHERE album_templates.id IN (?, …);
SELECT album_templates.*
  FROM album_templates
  WHERE album_templates.id IN (?, …) ORDER BY album_templates.id ASC;

-- delete: 1
DELETE FROM album_templates WHERE album_templates.id = ?;
