-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- record: 1
INSERT INTO audit_logs (id, user_id, action, resource_type, resource_id) VALUES (?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR) RETURNING audit_logs.*;

-- list: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE true ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT audit_logs.*
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE AND audit_logs.user_id = ?::UUID AND audit_logs.action = ?::VARCHAR AND audit_logs.resource_type = ?::VARCHAR AND audit_logs.resource_id = ?::VARCHAR AND audit_logs.status = ?::VARCHAR AND replace(lower(audit_logs.description COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE AND audit_logs.user_id = ?::UUID AND audit_logs.action = ?::VARCHAR AND audit_logs.resource_type = ?::VARCHAR AND audit_logs.resource_id = ?::VARCHAR AND audit_logs.status = ?::VARCHAR AND replace(lower(audit_logs.description COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\';

-- list, a later page: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE true AND audit_logs.created_at <= ?::TIMESTAMP WITH TIME ZONE AND (audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE OR audit_logs.id < ?::UUID) ORDER BY audit_logs.created_at DESC, audit_logs.id DESC
  LIMIT ?::BIGINT;

-- export: 1
SELECT audit_logs.*
  FROM audit_logs
  WHERE audit_logs.action = ?::VARCHAR ORDER BY audit_logs.created_at DESC, audit_logs.id DESC;

-- stats: 4
SELECT audit_logs.action, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE GROUP BY audit_logs.action ORDER BY number DESC, audit_logs.action;
SELECT audit_logs.resource_type, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE GROUP BY audit_logs.resource_type ORDER BY number DESC, audit_logs.resource_type;
SELECT audit_logs.user_id, max(audit_logs.user_email) AS max_1, count(*) AS number
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE GROUP BY audit_logs.user_id ORDER BY number DESC, audit_logs.user_id ASC NULLS FIRST
  LIMIT ?::INTEGER;
SELECT days.day, count(*) AS count_1
  FROM (SELECT (CAST(floor(EXTRACT(epoch FROM audit_logs.created_at)) AS BIGINT) + ?::INTEGER) - (CAST(floor(EXTRACT(epoch FROM audit_logs.created_at)) AS BIGINT) + ?::INTEGER) %% ?::BIGINT AS day
  FROM audit_logs
  WHERE audit_logs.created_at >= ?::TIMESTAMP WITH TIME ZONE AND audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE) AS days GROUP BY days.day ORDER BY days.day;

-- purge: 1
DELETE FROM audit_logs WHERE audit_logs.id IN (SELECT oldest.id
  FROM (SELECT audit_logs.id AS id
  FROM audit_logs
  WHERE audit_logs.created_at < ?::TIMESTAMP WITH TIME ZONE ORDER BY audit_logs.created_at, audit_logs.id
  LIMIT ?::BIGINT) AS oldest);
