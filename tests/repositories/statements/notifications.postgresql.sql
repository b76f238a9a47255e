-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_pending: 1
INSERT INTO notifications (id, customer_id, album_id, type, channel, recipient, subject, content, status, metadata, created_by) VALUES (?::UUID, ?::UUID, ?::UUID, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR COLLATE "C", ?::VARCHAR, ?::JSONB, ?::UUID) RETURNING notifications.*;

-- get: 1
SELECT notifications.*
  FROM notifications
  WHERE notifications.id = ?::UUID ORDER BY notifications.id ASC
  LIMIT ?::BIGINT;

-- mark_failed: 1
UPDATE notifications SET status=?::VARCHAR, error_message=?::VARCHAR COLLATE "C" WHERE notifications.id = ?::UUID AND notifications.status != ?::VARCHAR RETURNING notifications.*;

-- mark_sent: 1
UPDATE notifications SET status=?::VARCHAR, sent_at=?::TIMESTAMP WITH TIME ZONE, error_message=?::VARCHAR COLLATE "C" WHERE notifications.id = ?::UUID AND notifications.status != ?::VARCHAR RETURNING notifications.*;

-- list: 1
SELECT notifications.*
  FROM notifications
  WHERE true ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?::BIGINT;

-- list, filtered and counted: 2
SELECT notifications.*
  FROM notifications
  WHERE notifications.status = ?::VARCHAR AND notifications.type = ?::VARCHAR AND notifications.channel = ?::VARCHAR AND notifications.customer_id = ?::UUID AND notifications.album_id = ?::UUID AND notifications.created_at >= ?::TIMESTAMP WITH TIME ZONE AND notifications.created_at < ?::TIMESTAMP WITH TIME ZONE ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?::BIGINT;
SELECT count(*) AS count_1
  FROM notifications
  WHERE notifications.status = ?::VARCHAR AND notifications.type = ?::VARCHAR AND notifications.channel = ?::VARCHAR AND notifications.customer_id = ?::UUID AND notifications.album_id = ?::UUID AND notifications.created_at >= ?::TIMESTAMP WITH TIME ZONE AND notifications.created_at < ?::TIMESTAMP WITH TIME ZONE;

-- list, a later page: 1
SELECT notifications.*
  FROM notifications
  WHERE true AND notifications.created_at <= ?::TIMESTAMP WITH TIME ZONE AND (notifications.created_at < ?::TIMESTAMP WITH TIME ZONE OR notifications.id < ?::UUID) ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?::BIGINT;

-- touch_notified: 1
UPDATE customer_albums SET notified_at=?::TIMESTAMP WITH TIME ZONE WHERE customer_albums.customer_id = ?::UUID AND customer_albums.album_id = ?::UUID;
