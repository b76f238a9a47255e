-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- list_all: 1
SELECT permissions.*
  FROM permissions ORDER BY permissions.category, permissions.code;

-- role_codes: 1
SELECT permissions.code
  FROM role_permissions JOIN permissions ON role_permissions.permission_id = permissions.id
  WHERE role_permissions.role = ?::VARCHAR ORDER BY permissions.code;

-- set_role, its first set: 3
SELECT permissions.code, permissions.id
  FROM permissions ORDER BY permissions.id FOR UPDATE;
SELECT role_permissions.permission_id
  FROM role_permissions
  WHERE role_permissions.role = ?::VARCHAR ORDER BY role_permissions.id ASC;
/* executemany */
  INSERT INTO role_permissions (id, role, permission_id, granted_by) VALUES (?::UUID, ?::VARCHAR, ?::UUID, ?::UUID);

-- set_role, another one: 4
SELECT permissions.code, permissions.id
  FROM permissions ORDER BY permissions.id FOR UPDATE;
SELECT role_permissions.permission_id
  FROM role_permissions
  WHERE role_permissions.role = ?::VARCHAR ORDER BY role_permissions.id ASC;
DELETE FROM role_permissions WHERE role_permissions.role = ?::VARCHAR AND role_permissions.permission_id IN (?::UUID, …);
/* executemany */
  INSERT INTO role_permissions (id, role, permission_id, granted_by) VALUES (?::UUID, ?::VARCHAR, ?::UUID, ?::UUID);

-- set_role, the same again: 2
SELECT permissions.code, permissions.id
  FROM permissions ORDER BY permissions.id FOR UPDATE;
SELECT role_permissions.permission_id
  FROM role_permissions
  WHERE role_permissions.role = ?::VARCHAR ORDER BY role_permissions.id ASC;

-- set_role, none: 3
SELECT permissions.code, permissions.id
  FROM permissions ORDER BY permissions.id FOR UPDATE;
SELECT role_permissions.permission_id
  FROM role_permissions
  WHERE role_permissions.role = ?::VARCHAR ORDER BY role_permissions.id ASC;
DELETE FROM role_permissions WHERE role_permissions.role = ?::VARCHAR AND role_permissions.permission_id IN (?::UUID, …);

-- set_user_overrides: 5
SELECT 1
  FROM users
  WHERE users.id = ?::UUID AND users.deleted_at IS NULL
  LIMIT ?::INTEGER;
SELECT permissions.code, permissions.id
  FROM permissions
  WHERE permissions.code IN (?::VARCHAR, …);
/* executemany */
  INSERT INTO user_permissions (id, user_id, permission_id, granted, granted_by, expires_at) VALUES (?::UUID, ?::UUID, ?::UUID, ?, ?::UUID, ?::TIMESTAMP WITH TIME ZONE) ON CONFLICT (user_id, permission_id) DO UPDATE SET granted = excluded.granted, granted_by = excluded.granted_by, expires_at = excluded.expires_at;
SELECT user_permissions.*
  FROM user_permissions
  WHERE (user_permissions.user_id, user_permissions.permission_id) IN ((?, ?), …) ORDER BY user_permissions.id ASC;
SELECT permissions.code, user_permissions.granted, user_permissions.granted_by, user_permissions.expires_at, user_permissions.created_at, user_permissions.updated_at
  FROM user_permissions JOIN permissions ON user_permissions.permission_id = permissions.id
  WHERE user_permissions.user_id = ?::UUID ORDER BY permissions.code;

-- set_user_overrides, anew: 5
SELECT 1
  FROM users
  WHERE users.id = ?::UUID AND users.deleted_at IS NULL
  LIMIT ?::INTEGER;
SELECT permissions.code, permissions.id
  FROM permissions
  WHERE permissions.code IN (?::VARCHAR, …);
/* executemany */
  INSERT INTO user_permissions (id, user_id, permission_id, granted, granted_by, expires_at) VALUES (?::UUID, ?::UUID, ?::UUID, ?, ?::UUID, ?::TIMESTAMP WITH TIME ZONE) ON CONFLICT (user_id, permission_id) DO UPDATE SET granted = excluded.granted, granted_by = excluded.granted_by, expires_at = excluded.expires_at;
SELECT user_permissions.*
  FROM user_permissions
  WHERE (user_permissions.user_id, user_permissions.permission_id) IN ((?, ?), …) ORDER BY user_permissions.id ASC;
SELECT permissions.code, user_permissions.granted, user_permissions.granted_by, user_permissions.expires_at, user_permissions.created_at, user_permissions.updated_at
  FROM user_permissions JOIN permissions ON user_permissions.permission_id = permissions.id
  WHERE user_permissions.user_id = ?::UUID ORDER BY permissions.code;

-- user_overrides: 1
SELECT permissions.code, user_permissions.granted, user_permissions.granted_by, user_permissions.expires_at, user_permissions.created_at, user_permissions.updated_at
  FROM user_permissions JOIN permissions ON user_permissions.permission_id = permissions.id
  WHERE user_permissions.user_id = ?::UUID ORDER BY permissions.code;

-- effective: 1
SELECT 0 AS turn, permissions.code, true AS granted
  FROM role_permissions JOIN permissions ON role_permissions.permission_id = permissions.id
  WHERE role_permissions.role = (SELECT users.role
  FROM users
  WHERE users.id = ?::UUID AND users.is_active AND users.deleted_at IS NULL) UNION ALL SELECT 1 AS turn, permissions.code, user_permissions.granted
  FROM user_permissions JOIN permissions ON user_permissions.permission_id = permissions.id
  WHERE user_permissions.user_id = ?::UUID AND (user_permissions.expires_at IS NULL OR user_permissions.expires_at > ?::TIMESTAMP WITH TIME ZONE) AND (EXISTS (SELECT users.role
  FROM users
  WHERE users.id = ?::UUID AND users.is_active AND users.deleted_at IS NULL)) ORDER BY turn, code;

-- effective, by a role: 1
SELECT 0 AS turn, permissions.code, true AS granted
  FROM role_permissions JOIN permissions ON role_permissions.permission_id = permissions.id
  WHERE role_permissions.role = ?::VARCHAR UNION ALL SELECT 1 AS turn, permissions.code, user_permissions.granted
  FROM user_permissions JOIN permissions ON user_permissions.permission_id = permissions.id
  WHERE user_permissions.user_id = ?::UUID AND (user_permissions.expires_at IS NULL OR user_permissions.expires_at > ?::TIMESTAMP WITH TIME ZONE) ORDER BY turn, code;

-- reset_user_override: 1
DELETE FROM user_permissions WHERE user_permissions.user_id = ?::UUID AND user_permissions.permission_id IN (SELECT permissions.id
  FROM permissions
  WHERE permissions.code = ?::VARCHAR);
