-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- record: 2
INSERT INTO audit_logs (action, resource_type, resource_id, user_id, id) VALUES (?, ?, ?, ?, ?);
SELECT audit_logs.*
  FROM audit_logs
  WHERE audit_logs.id IN (?, …) ORDER BY audit_logs.id ASC;

-- list: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE true = 1 ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT audit_logs.*
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ? AND audit_logs.user_id = ? AND audit_logs.action = ? AND audit_logs.resource_type = ? AND audit_logs.resource_id = ? AND audit_logs.status = ? AND replace(lower(replace(replace(replace(audit_logs.description COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) ESCAPE '\\' ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ? AND audit_logs.user_id = ? AND audit_logs.action = ? AND audit_logs.resource_type = ? AND audit_logs.resource_id = ? AND audit_logs.status = ? AND replace(lower(replace(replace(replace(audit_logs.description COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) ESCAPE '\\';

-- list, a later page: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE true = 1 AND audit_logs.created_at <= ? AND (audit_logs.created_at < ? OR audit_logs.id < ?) ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?;

-- export: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE audit_logs.action = ? ORDER BY audit_logs.created_at DESC, audit_logs.id DESC;

-- stats: 4
SELECT audit_logs.action, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ? GROUP BY audit_logs.action ORDER BY number DESC, audit_logs.action;
SELECT audit_logs.resource_type, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ? GROUP BY audit_logs.resource_type ORDER BY number DESC, audit_logs.resource_type;
SELECT audit_logs.user_id, max(audit_logs.user_email) AS max_1, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ? GROUP BY audit_logs.user_id ORDER BY number DESC, audit_logs.user_id ASC
  LIMIT ?;
SELECT days.day, count(*) AS count_1
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', audit_logs.created_at) + ?) - (timestampdiff(SECOND, '1970-01-01', audit_logs.created_at) + ?) %% ? AS day
  FROM audit_logs
  WHERE audit_logs.created_at >= ? AND audit_logs.created_at < ?) AS days GROUP BY days.day ORDER BY days.day;

-- purge: 1
DELETE FROM audit_logs WHERE audit_logs.id IN (SELECT oldest.id
  FROM (SELECT audit_logs.id AS id
  FROM audit_logs
  WHERE audit_logs.created_at < ? ORDER BY audit_logs.created_at, audit_logs.id
  LIMIT ?) AS oldest);
