-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- upsert_many: 3
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC FOR UPDATE;
/* executemany */
  INSERT INTO custom_translations (id, locale, namespace, `key`, value) VALUES (?, ?, ?, ?, ?);
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC;

-- upsert_many, which are there: 3
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC FOR UPDATE;
UPDATE custom_translations SET value=CASE WHEN (custom_translations.locale = ? AND custom_translations.namespace = ? AND custom_translations.`key` = ?) THEN ? … END WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?), …);
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?), …) ORDER BY custom_translations.id ASC;

-- upsert: 3
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC FOR UPDATE;
INSERT INTO custom_translations (id, locale, namespace, `key`, value) VALUES (?, ?, ?, ?, ?);
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC;

-- upsert, which is there: 3
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC FOR UPDATE;
UPDATE custom_translations SET value=?, is_active=? WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?));
SELECT custom_translations.*
  FROM custom_translations
  WHERE (custom_translations.locale, custom_translations.namespace, custom_translations.`key`) IN ((?, ?, ?)) ORDER BY custom_translations.id ASC;

-- list: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE true = 1 ORDER BY custom_translations.`key` ASC, custom_translations.id ASC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT custom_translations.*
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ? ORDER BY custom_translations.`key` ASC, custom_translations.id ASC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.namespace = ?;

-- list, a later page: 1
SELECT custom_translations.*
  FROM custom_translations
  WHERE true = 1 AND custom_translations.`key` >= ? AND (custom_translations.`key` > ? OR custom_translations.id > ?) ORDER BY custom_translations.`key` ASC, custom_translations.id ASC
  LIMIT ?;

-- export: 1
SELECT custom_translations.namespace, custom_translations.`key`, custom_translations.value
  FROM custom_translations
  WHERE custom_translations.locale = ? AND custom_translations.is_active = 1 ORDER BY custom_translations.namespace, custom_translations.`key`;

-- delete: 1
DELETE FROM custom_translations WHERE custom_translations.id = ?;
