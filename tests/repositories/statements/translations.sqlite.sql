-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- upsert_many: 2
/* executemany */
  INSERT INTO custom_translations (id, locale, namespace, "key", value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (locale, namespace, "key") DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? AND custom_translations."key" = ? OR … ORDER BY custom_translations.id ASC;

-- upsert_many, which are there: 2
/* executemany */
  INSERT INTO custom_translations (id, locale, namespace, "key", value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (locale, namespace, "key") DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? AND custom_translations."key" = ? OR … ORDER BY custom_translations.id ASC;

-- upsert: 2
INSERT INTO custom_translations (id, locale, namespace, "key", value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (locale, namespace, "key") DO UPDATE SET value = excluded.value;
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? AND custom_translations."key" = ? ORDER BY custom_translations.id ASC;

-- upsert, which is there: 2
INSERT INTO custom_translations (id, locale, namespace, "key", value, is_active) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (locale, namespace, "key") DO UPDATE SET value = excluded.value, is_active = excluded.is_active;
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? AND custom_translations."key" = ? ORDER BY custom_translations.id ASC;

-- list: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE 1 = 1 ORDER BY custom_translations."key" ASC, custom_translations.id ASC
  LIMIT ? OFFSET ?;

-- list, filtered and counted: 2
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? ORDER BY custom_translations."key" ASC, custom_translations.id ASC
  LIMIT ? OFFSET ?;
SELECT count(*) AS count_1
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ?;

-- list, a later page: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE 1 = 1 AND custom_translations."key" >= ? AND (custom_translations."key" > ? OR custom_translations.id > ?) ORDER BY custom_translations."key" ASC, custom_translations.id ASC
  LIMIT ? OFFSET ?;

-- export: 1
SELECT custom_translations.namespace, custom_translations."key", custom_translations.value
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.is_active = 1 ORDER BY custom_translations.namespace, custom_translations."key";

-- delete: 1
DELETE FROM custom_translations WHERE custom_translations.id = ?;
