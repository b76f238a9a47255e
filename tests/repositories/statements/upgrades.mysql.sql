-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- start: 2
INSERT INTO upgrade_history (from_version, to_version, status, executed_by, notes, rollback_available, id) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT upgrade_history.*
  FROM upgrade_history
  WHERE upgrade_history.id IN (?, …) ORDER BY upgrade_history.id ASC;

-- finish: 3
SELECT upgrade_history.id
  FROM upgrade_history
  WHERE upgrade_history.id = ? AND upgrade_history.status IN (?, …) ORDER BY upgrade_history.id ASC FOR UPDATE;
UPDATE upgrade_history SET status=?, completed_at=?, error_message=? WHERE upgrade_history.id IN (?, …);
SELECT upgrade_history.*
  FROM upgrade_history
  WHERE upgrade_history.id IN (?, …) ORDER BY upgrade_history.id ASC;

-- get: 1
SELECT upgrade_history.*
  FROM upgrade_history
  WHERE upgrade_history.id = ? ORDER BY upgrade_history.id ASC
  LIMIT ?;

-- list: 1
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history FORCE INDEX (idx_upgrade_history_started)
  WHERE true = 1 ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history FORCE INDEX (idx_upgrade_history_started)
  WHERE upgrade_history.status = ? ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM upgrade_history
  WHERE upgrade_history.status = ?;

-- list, a later page: 1
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history FORCE INDEX (idx_upgrade_history_started)
  WHERE true = 1 AND upgrade_history.started_at <= ? AND (upgrade_history.started_at < ? OR upgrade_history.id < ?) ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?;
