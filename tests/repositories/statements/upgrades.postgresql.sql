-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- start: 1
INSERT INTO upgrade_history (id, from_version, to_version, status, executed_by, notes, rollback_available) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::UUID, ?::VARCHAR COLLATE "C", ?) RETURNING upgrade_history.*;

-- finish: 1
UPDATE upgrade_history SET status=?::VARCHAR, completed_at=?::TIMESTAMP WITH TIME ZONE, error_message=?::VARCHAR COLLATE "C" WHERE upgrade_history.id = ?::UUID AND upgrade_history.status IN (?::VARCHAR, …) RETURNING upgrade_history.*;

-- get: 1
SELECT upgrade_history.*
  FROM upgrade_history
  WHERE upgrade_history.id = ?::UUID ORDER BY upgrade_history.id ASC
  LIMIT ?::BIGINT;

-- list: 1
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history
  WHERE true ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history
  WHERE upgrade_history.status = ?::VARCHAR ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM upgrade_history
  WHERE upgrade_history.status = ?::VARCHAR;

-- list, a later page: 1
SELECT upgrade_history.*, (SELECT users.email
  FROM users
  WHERE users.id = upgrade_history.executed_by) AS anon_1
  FROM upgrade_history
  WHERE true AND upgrade_history.started_at <= ?::TIMESTAMP WITH TIME ZONE AND (upgrade_history.started_at < ?::TIMESTAMP WITH TIME ZONE OR upgrade_history.id < ?::UUID) ORDER BY upgrade_history.started_at DESC, upgrade_history.id DESC
  LIMIT ?::BIGINT;
