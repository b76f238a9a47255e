-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.id = ?::UUID ORDER BY style_templates.id ASC
  LIMIT ?::BIGINT;

-- get_public_view: 1
SELECT style_templates.id, style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.sort_order
  FROM style_templates
  WHERE style_templates.id = ?::UUID AND style_templates.is_public;

-- list: 1
SELECT style_templates.*
  FROM style_templates
  WHERE true ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT style_templates.*
  FROM style_templates
  WHERE style_templates.category = ?::VARCHAR AND style_templates.is_public = ? ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM style_templates
  WHERE style_templates.category = ?::VARCHAR AND style_templates.is_public = ?;

-- list, a later page: 1
SELECT style_templates.*
  FROM style_templates
  WHERE true AND style_templates.sort_order >= ?::INTEGER AND (style_templates.sort_order > ?::INTEGER OR style_templates.id > ?::UUID) ORDER BY style_templates.sort_order ASC, style_templates.id ASC
  LIMIT ?::BIGINT;

-- export: 1
SELECT style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.is_public, style_templates.sort_order
  FROM style_templates ORDER BY style_templates.created_at ASC, style_templates.id ASC;

-- export, some: 1
SELECT style_templates.name, style_templates.description, style_templates.category, style_templates.theme_config, style_templates.typography_config, style_templates.layout_config, style_templates.hero_config, style_templates.hover_config, style_templates.animation_config, style_templates.thumbnail_url, style_templates.is_public, style_templates.sort_order
  FROM style_templates
  WHERE style_templates.id IN (?::UUID, …) ORDER BY style_templates.created_at ASC, style_templates.id ASC;

-- import_many: 1
INSERT INTO style_templates (id, name, description, category, theme_config, typography_config, layout_config, hero_config, hover_config, animation_config, thumbnail_url, is_public, sort_order) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?::VARCHAR, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::JSONB, ?::VARCHAR COLLATE "C", ?, ?::INTEGER), … RETURNING style_templates.*;

-- create: 1
INSERT INTO style_templates (id, name, theme_config) VALUES (?::UUID, ?::VARCHAR, ?::JSONB) RETURNING style_templates.*;

-- update: 1
UPDATE style_templates SET sort_order=?::INTEGER WHERE style_templates.id = ?::UUID RETURNING style_templates.*;

-- delete: 1
DELETE FROM style_templates WHERE style_templates.id = ?::UUID;
