-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create_pending: 2
INSERT INTO notifications (type, channel, recipient, customer_id, album_id, subject, content, metadata, created_by, status, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
SELECT notifications.*
  FROM notifications
  WHERE notifications.id IN (?, …) ORDER BY notifications.id ASC;

-- get: 1
SELECT notifications.*
  FROM notifications
  WHERE notifications.id = ? ORDER BY notifications.id ASC
  LIMIT ?;

-- mark_failed: 3
SELECT notifications.id
  FROM notifications
  WHERE notifications.id = ? AND notifications.status != ? ORDER BY notifications.id ASC FOR UPDATE;
UPDATE notifications SET status=?, error_message=? WHERE notifications.id IN (?, …);
SELECT notifications.*
  FROM notifications
  WHERE notifications.id IN (?, …) ORDER BY notifications.id ASC;

-- mark_sent: 3
SELECT notifications.id
  FROM notifications
  WHERE notifications.id = ? AND notifications.status != ? ORDER BY notifications.id ASC FOR UPDATE;
UPDATE notifications SET status=?, sent_at=?, error_message=? WHERE notifications.id IN (?, …);
SELECT notifications.*
  FROM notifications
  WHERE notifications.id IN (?, …) ORDER BY notifications.id ASC;

-- list: 1
SELECT notifications.*
  FROM notifications
  WHERE true = 1 ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?;

-- list, filtered and counted: 2
SELECT notifications.*
  FROM notifications
  WHERE notifications.status = ? AND notifications.type = ? AND notifications.channel = ? AND notifications.customer_id = ? AND notifications.album_id = ? AND notifications.created_at >= ? AND notifications.created_at < ? ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?;
SELECT count(*) AS count_1
  FROM notifications
  WHERE notifications.status = ? AND notifications.type = ? AND notifications.channel = ? AND notifications.customer_id = ? AND notifications.album_id = ? AND notifications.created_at >= ? AND notifications.created_at < ?;

-- list, a later page: 1
SELECT notifications.*
  FROM notifications
  WHERE true = 1 AND notifications.created_at <= ? AND (notifications.created_at < ? OR notifications.id < ?) ORDER BY notifications.created_at DESC, notifications.id DESC
  LIMIT ?;

-- touch_notified: 1
UPDATE customer_albums SET notified_at=? WHERE customer_albums.customer_id = ? AND customer_albums.album_id = ?;
