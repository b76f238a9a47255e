-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.id = ? ORDER BY style_templates.id ASC
  LIMIT ?;

-- get_public_view: 1
SELECT style_templates.id, style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.sort_order
  FROM style_templates
  WHERE style_templates.id = ? AND style_templates.is_public = 1;

-- list: 1
SELECT style_templates.*
  FROM style_templates
  WHERE true = 1 ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.category = ? AND style_templates.is_public = ? ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM style_templates
  WHERE style_templates.category = ? AND style_templates.is_public = ?;

-- list, a later page: 1
SELECT style_templates.*
  FROM style_templates
  WHERE true = 1 AND style_templates.sort_order >= ? AND (style_templates.sort_order > ? OR style_templates.id > ?) ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?;

-- export: 1
SELECT style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.is_public, style_templates.sort_order
  FROM style_templates ORDER BY style_templates.created_at ASC, style_templates.id ASC;

-- export, some: 1
SELECT style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.is_public, style_templates.sort_order
  FROM style_templates
  WHERE style_templates.id IN (?, …) ORDER BY style_templates.created_at ASC, style_templates.id ASC;

-- import_many: 2
/* executemany */
  INSERT INTO style_templates (name, description, category, theme_config, typography_config, layout_config, hero_config, hover_config, animation_config, thumbnail_url, is_public, sort_order, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.id IN (?, …) ORDER BY style_templates.id ASC;

-- create: 2
INSERT INTO style_templates (name, theme_config, id) VALUES (?, ?, ?);
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.id IN (?, …) ORDER BY style_templates.id ASC;

-- update: 3
SELECT style_templates.id
  FROM style_templates
  WHERE style_templates.id = ? ORDER BY style_templates.id ASC FOR UPDATE;
UPDATE style_templates SET sort_order=? WHERE style_templates.id IN (?, …);
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.id IN (?, …) ORDER BY style_templates.id ASC;

-- delete: 1
DELETE FROM style_templates WHERE style_templates.id = ?;
