-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT system_settings.`key`, system_settings.value
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.`key`;

-- get_many: 1
SELECT system_settings.`key`, system_settings.value
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.`key`;

-- all_grouped: 1
SELECT system_settings.*
  FROM system_settings ORDER BY system_settings.category, system_settings.`key`;

-- public: 1
SELECT system_settings.`key`, system_settings.value
  FROM system_settings
  WHERE system_settings.is_public = 1 OR system_settings.`key` IN (?, …) ORDER BY system_settings.`key`;

-- set: 3
SELECT system_settings.*
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.id ASC FOR UPDATE;
UPDATE system_settings SET value=? WHERE system_settings.`key` IN (?, …);
SELECT system_settings.*
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.id ASC;

-- set_many: 3
SELECT system_settings.*
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.id ASC FOR UPDATE;
/* executemany */
  INSERT INTO system_settings (id, `key`, value, category) VALUES (?, ?, ?, ?);
SELECT system_settings.*
  FROM system_settings
  WHERE system_settings.`key` IN (?, …) ORDER BY system_settings.id ASC;
