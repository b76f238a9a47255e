-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- save, the first time: 5
SELECT email_config.id
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? FOR UPDATE;
SELECT email_config.*
  FROM email_config
  WHERE email_config.id IN (?, …) ORDER BY email_config.id ASC FOR UPDATE;
INSERT INTO email_config (id, smtp_host, smtp_port, smtp_secure, smtp_user, smtp_pass, from_email, from_name, is_active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT email_config.*
  FROM email_config
  WHERE email_config.id IN (?, …) ORDER BY email_config.id ASC;
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN false ELSE true END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ?;

-- save, again without a password: 3
SELECT email_config.id
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ? FOR UPDATE;
UPDATE email_config SET smtp_host=?, smtp_port=?, smtp_secure=?, smtp_user=?, from_email=?, from_name=?, is_active=? WHERE email_config.id IN (?, …);
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN false ELSE true END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ?;

-- get_active: 1
SELECT email_config.*
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ?;

-- masked: 1
SELECT email_config.id, email_config.smtp_host, email_config.smtp_port, email_config.smtp_secure, email_config.smtp_user, email_config.from_email, email_config.from_name, email_config.is_active, email_config.created_at, email_config.updated_at, CASE WHEN (coalesce(email_config.smtp_pass, ?) = ?) THEN false ELSE true END AS anon_1
  FROM email_config
  WHERE email_config.is_active = 1 ORDER BY email_config.created_at DESC, email_config.id DESC
  LIMIT ?;
