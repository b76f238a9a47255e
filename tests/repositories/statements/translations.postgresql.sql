-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- upsert_many: 2
/* executemany */
  INSERT INTO custom_translations (id, locale, namespace, key, value) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C") ON CONFLICT (locale, namespace, key) DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.key) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC;

-- upsert_many, which are there: 2
/* executemany */
  INSERT INTO custom_translations (id, locale, namespace, key, value) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C") ON CONFLICT (locale, namespace, key) DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.key) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC;

-- upsert: 2
INSERT INTO custom_translations (id, locale, namespace, key, value) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C") ON CONFLICT (locale, namespace, key) DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.key) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC;

-- upsert, which is there: 2
INSERT INTO custom_translations (id, locale, namespace, key, value, is_active) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?) ON CONFLICT (locale, namespace, key) DO UPDATE SET value = excluded.value, is_active = excluded.is_active;
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.key) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC;

-- list: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE true ORDER BY custom_translations.key ASC, custom_translations.id ASC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ?::VARCHAR AND custom_translations.namespace = ?::VARCHAR ORDER BY custom_translations.key ASC, custom_translations.id ASC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM custom_translations
  WHERE custom_translations.locale = ?::VARCHAR AND custom_translations.namespace = ?::VARCHAR;

-- list, a later page: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE true AND custom_translations.key >= ?::VARCHAR AND (custom_translations.key > ?::VARCHAR OR custom_translations.id > ?::UUID) ORDER BY custom_translations.key ASC, custom_translations.id ASC
  LIMIT ?::BIGINT;

-- export: 1
SELECT custom_translations.namespace, custom_translations.key, custom_translations.value
  FROM custom_translations
  WHERE custom_translations.locale = ?::VARCHAR AND custom_translations.is_active ORDER BY custom_translations.namespace, custom_translations.key;

-- delete: 1
DELETE FROM custom_translations WHERE custom_translations.id = ?::UUID;
