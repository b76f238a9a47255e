-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- save, the first time: 4
SELECT email_config.id
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;
INSERT INTO email_config (id, smtp_host, smtp_port, smtp_secure, smtp_user, smtp_pass, from_email, from_name, is_active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET smtp_host = excluded.smtp_host, smtp_port = excluded.smtp_port, smtp_secure = excluded.smtp_secure, smtp_user = excluded.smtp_user, smtp_pass = excluded.smtp_pass, from_email = excluded.from_email, from_name = excluded.from_name, is_active = excluded.is_active;
SELECT email_config.*
  FROM email_config
  WHERE email_config.id IN (?, …) ORDER BY email_config.id ASC;
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN 0 ELSE 1 END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;

-- save, again without a password: 3
SELECT email_config.id
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;
UPDATE email_config SET smtp_host=?, smtp_port=?, smtp_secure=?, smtp_user=?, from_email=?, from_name=?, is_active=? WHERE email_config.id IN (?, …);
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN 0 ELSE 1 END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;

-- get_active: 1
SELECT email_config.*
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;

-- masked: 1
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN 0 ELSE 1 END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? OFFSET ?;
