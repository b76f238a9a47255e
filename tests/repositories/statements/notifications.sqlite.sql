-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_pending: 1
INSERT INTO notifications (id, customer_id, album_id, type, channel, recipient, subject, content, status, metadata, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING notifications.*;

-- get: 1
SELECT notifications.*
  FROM notifications
  WHERE notifications.id = ? ORDER BY notifications.id ASC
  LIMIT ? OFFSET ?;

-- mark_failed: 3
SELECT notifications.id
  FROM notifications
  WHERE notifications.id = ? AND notifications.status != ? ORDER BY notifications.id ASC;
UPDATE notifications SET status=?, error_message=? WHERE notifications.id IN (?, …);
SELECT notifications.*
  FROM notifications
  WHERE notifications.id IN (?, …) ORDER BY notifications.id ASC;

-- mark_sent: 3
SELECT notifications.id
  FROM notifications
  WHERE notifications.id = ? AND notifications.status != ? ORDER BY notifications.id ASC;
UPDATE notifications SET status=?, sent_at=?, error_message=? WHERE notifications.id IN (?, …);
SELECT notifications.*
  FROM notifications
  WHERE notifications.id IN (?, …) ORDER BY notifications.id ASC;

-- list: 1
SELECT notifications.*
  FROM notifications
  WHERE 1 = 1 ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ? OFFSET ?;

-- list, filtered and counted: 2
SELECT notifications.*
  FROM notifications
  WHERE notifications.status = ? AND notifications.type = ? AND notifications.channel = ? AND notifications.customer_id = ? AND notifications.album_id = ? AND notifications.created_at >= ? AND notifications.created_at < ? ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ? OFFSET ?;
SELECT count(*) AS count_1
  FROM notifications
  WHERE notifications.status = ? AND notifications.type = ? AND notifications.channel = ? AND notifications.customer_id = ? AND notifications.album_id = ? AND notifications.created_at >= ? AND notifications.created_at < ?;

-- list, a later page: 1
SELECT notifications.*
  FROM notifications
  WHERE 1 = 1 AND notifications.created_at <= ? AND (notifications.created_at < ? OR notifications.id < ?) ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ? OFFSET ?;

-- touch_notified: 1
UPDATE customer_albums SET notified_at=? WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?;
