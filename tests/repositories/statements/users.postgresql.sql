-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT users.*
  FROM users
  WHERE users.id = ?::UUID AND users.deleted_at IS NULL ORDER BY users.id ASC
  LIMIT ?::BIGINT;

-- get_by_email: 1
SELECT users.*
  FROM users
  WHERE users.email = ?::VARCHAR AND users.deleted_at IS NULL ORDER BY users.id ASC
  LIMIT ?::BIGINT;

-- list: 1
SELECT users.*
  FROM users
  WHERE users.deleted_at IS NULL ORDER BY users.created_at DESC, users.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT users.*
  FROM users
  WHERE users.deleted_at IS NULL AND users.role = ?::VARCHAR AND replace(lower(users.email COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\' ORDER BY users.created_at DESC, users.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM users
  WHERE users.deleted_at IS NULL AND users.role = ?::VARCHAR AND replace(lower(users.email COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) LIKE replace(lower(?::VARCHAR COLLATE "C" COLLATE "und-x-icu"), ?::VARCHAR, ?::VARCHAR) ESCAPE '\';

-- count_active_admins: 1
SELECT count(*) AS count_1
  FROM users
  WHERE users.role = ?::VARCHAR AND users.is_active = ? AND users.deleted_at IS NULL;

-- first_admin: 1
SELECT users.*
  FROM users
  WHERE users.role = ?::VARCHAR AND users.deleted_at IS NULL ORDER BY users.created_at, users.id
  LIMIT ?::INTEGER;

-- has_any_admin: 1
SELECT 1
  FROM users
  WHERE users.role = ?::VARCHAR AND users.deleted_at IS NULL
  LIMIT ?::INTEGER;

-- create: 1
INSERT INTO users (id, email, password_hash, role, is_active, full_name, avatar_url) VALUES (?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?, ?::VARCHAR COLLATE "C", ?::VARCHAR COLLATE "C") RETURNING users.*;

-- update: 1
UPDATE users SET full_name=?::VARCHAR COLLATE "C" WHERE users.id = ?::UUID AND users.deleted_at IS NULL RETURNING users.*;

-- set_password_if_unset: 1
UPDATE users SET password_hash=?::VARCHAR WHERE users.id = ?::UUID AND users.deleted_at IS NULL AND (users.password_hash IS NULL OR users.password_hash = ?::VARCHAR);

-- set_password_hash: 1
UPDATE users SET password_hash=?::VARCHAR WHERE users.id = ?::UUID AND users.deleted_at IS NULL RETURNING users.*;

-- clear_password: 1
UPDATE users SET password_hash=?::VARCHAR WHERE users.id = ?::UUID AND users.deleted_at IS NULL RETURNING users.*;

-- touch_last_login: 1
UPDATE users SET last_login_at=?::TIMESTAMP WITH TIME ZONE WHERE users.id = ?::UUID AND users.deleted_at IS NULL;

-- demote_or_disable_guarded: 4
SELECT users.id
  FROM users
  WHERE users.role = ?::VARCHAR AND users.is_active AND users.deleted_at IS NULL ORDER BY users.id FOR UPDATE;
SELECT users.id
  FROM users
  WHERE users.id = ?::UUID AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET is_active=? WHERE users.id IN (?::UUID, …);
SELECT users.*
  FROM users
  WHERE users.id = ?::UUID ORDER BY users.id ASC;

-- soft_delete: 4
SELECT users.id
  FROM users
  WHERE users.role = ?::VARCHAR AND users.is_active AND users.deleted_at IS NULL ORDER BY users.id FOR UPDATE;
SELECT users.id
  FROM users
  WHERE users.id = ?::UUID AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET deleted_at=?::TIMESTAMP WITH TIME ZONE WHERE users.id IN (?::UUID, …);
SELECT users.*
  FROM users
  WHERE users.id = ?::UUID ORDER BY users.id ASC;
