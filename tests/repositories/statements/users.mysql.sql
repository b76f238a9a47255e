-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- get: 1
SELECT users.*
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC
  LIMIT ?;

-- get_by_email: 1
SELECT users.*
  FROM users
  WHERE users.email = ? AND users.deleted_at IS NULL ORDER BY users.id ASC
  LIMIT ?;

-- list: 1
SELECT users.*
  FROM users
  WHERE users.deleted_at IS NULL ORDER BY users.created_at DESC, users.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT users.*
  FROM users
  WHERE users.deleted_at IS NULL AND users.`role` = ? AND replace(lower(replace(replace(replace(users.email COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) ESCAPE '\\' ORDER BY users.created_at DESC, users.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM users
  WHERE users.deleted_at IS NULL AND users.`role` = ? AND replace(lower(replace(replace(replace(users.email COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) LIKE replace(lower(replace(replace(replace(? COLLATE utf8mb4_0900_bin, ?, ?), ?, ?), ?, ?)), ?, ?) ESCAPE '\\';

-- count_active_admins: 1
SELECT count(*) AS count_1
  FROM users
  WHERE users.`role` = ? AND users.is_active = ? AND users.deleted_at IS NULL;

-- first_admin: 1
SELECT users.*
  FROM users
  WHERE users.`role` = ? AND users.deleted_at IS NULL ORDER BY users.created_at, users.id
  LIMIT ?;

-- has_any_admin: 1
SELECT 1
  FROM users
  WHERE users.`role` = ? AND users.deleted_at IS NULL
  LIMIT ?;

-- create: 2
INSERT INTO users (email, password_hash, `role`, full_name, avatar_url, is_active, id) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT users.*
  FROM users
  WHERE users.id IN (?, …) ORDER BY users.id ASC;

-- update: 3
SELECT users.id
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET full_name=? WHERE users.id IN (?, …);
SELECT users.*
  FROM users
  WHERE users.id IN (?, …) ORDER BY users.id ASC;

-- set_password_if_unset: 1
UPDATE users SET password_hash=? WHERE users.id = ? AND users.deleted_at IS NULL AND (users.password_hash IS NULL OR users.password_hash = ?);

-- set_password_hash: 3
SELECT users.id
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET password_hash=? WHERE users.id IN (?, …);
SELECT users.*
  FROM users
  WHERE users.id IN (?, …) ORDER BY users.id ASC;

-- clear_password: 3
SELECT users.id
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET password_hash=? WHERE users.id IN (?, …);
SELECT users.*
  FROM users
  WHERE users.id IN (?, …) ORDER BY users.id ASC;

-- touch_last_login: 1
UPDATE users SET last_login_at=? WHERE users.id = ? AND users.deleted_at IS NULL;

-- demote_or_disable_guarded: 4
SELECT users.id
  FROM users
  WHERE users.`role` = ? AND users.is_active = 1 AND users.deleted_at IS NULL ORDER BY users.id FOR UPDATE;
SELECT users.id
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET is_active=? WHERE users.id IN (?, …);
SELECT users.*
  FROM users
  WHERE users.id = ? ORDER BY users.id ASC;

-- soft_delete: 4
SELECT users.id
  FROM users
  WHERE users.`role` = ? AND users.is_active = 1 AND users.deleted_at IS NULL ORDER BY users.id FOR UPDATE;
SELECT users.id
  FROM users
  WHERE users.id = ? AND users.deleted_at IS NULL ORDER BY users.id ASC FOR UPDATE;
UPDATE users SET deleted_at=? WHERE users.id IN (?, …);
SELECT users.*
  FROM users
  WHERE users.id = ? ORDER BY users.id ASC;
