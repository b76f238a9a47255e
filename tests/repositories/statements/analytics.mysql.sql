-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- record_album_view: 1
INSERT INTO album_views (album_id, browser, id, session_id, viewed_at) SELECT ? AS given_album_id, ? AS given_browser, ? AS given_id, ? AS given_session_id, ? AS given_viewed_at
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND NOT (EXISTS (SELECT 1
  FROM album_views
  WHERE album_views.album_id = ? AND album_views.session_id = ? AND album_views.viewed_at > ?));

-- record_album_view, again: 2
INSERT INTO album_views (album_id, browser, id, session_id, viewed_at) SELECT ? AS given_album_id, ? AS given_browser, ? AS given_id, ? AS given_session_id, ? AS given_viewed_at
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL AND NOT (EXISTS (SELECT 1
  FROM album_views
  WHERE album_views.album_id = ? AND album_views.session_id = ? AND album_views.viewed_at > ?));
SELECT albums.id
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL;

-- record_album_view, without a session: 1
INSERT INTO album_views (album_id, id, viewed_at) SELECT ? AS given_album_id, ? AS given_id, ? AS given_viewed_at
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL;

-- record_photo_view: 1
INSERT INTO photo_views (album_id, id, photo_id, session_id, viewed_at) SELECT photos.album_id AS given_album_id, ? AS given_id, ? AS given_photo_id, ? AS given_session_id, ? AS given_viewed_at
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL AND NOT (EXISTS (SELECT 1
  FROM photo_views
  WHERE photo_views.photo_id = ? AND photo_views.session_id = ? AND photo_views.viewed_at > ?));

-- record_photo_view, again: 2
INSERT INTO photo_views (album_id, id, photo_id, session_id, viewed_at) SELECT photos.album_id AS given_album_id, ? AS given_id, ? AS given_photo_id, ? AS given_session_id, ? AS given_viewed_at
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL AND NOT (EXISTS (SELECT 1
  FROM photo_views
  WHERE photo_views.photo_id = ? AND photo_views.session_id = ? AND photo_views.viewed_at > ?));
SELECT photos.id
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id = ? AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL;

-- record_download: 2
INSERT INTO download_logs (download_type, album_id, photo_id, file_count, downloader_ip, session_id, downloaded_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?);
SELECT download_logs.*
  FROM download_logs
  WHERE download_logs.id IN (?, …) ORDER BY download_logs.id ASC;

-- summary: 1
SELECT views.views, views.visitors, views.addresses, photo_views.photo_views, downloads.downloads, downloads.files, downloads.bytes
  FROM (SELECT 1 AS one, count(*) AS views, count(DISTINCT album_views.session_id) AS visitors, count(DISTINCT album_views.viewer_ip) AS addresses
  FROM album_views
  WHERE true = 1) AS views INNER JOIN (SELECT 1 AS one, count(*) AS photo_views
  FROM photo_views
  WHERE true = 1) AS photo_views ON views.one = photo_views.one INNER JOIN (SELECT 1 AS one, count(*) AS downloads, coalesce(sum(download_logs.file_count), ?) AS files, coalesce(sum(download_logs.total_size), ?) AS bytes
  FROM download_logs
  WHERE true = 1) AS downloads ON views.one = downloads.one;

-- summary, of an album and a day: 1
SELECT views.views, views.visitors, views.addresses, photo_views.photo_views, downloads.downloads, downloads.files, downloads.bytes
  FROM (SELECT 1 AS one, count(*) AS views, count(DISTINCT album_views.session_id) AS visitors, count(DISTINCT album_views.viewer_ip) AS addresses
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? AND album_views.album_id = ?) AS views INNER JOIN (SELECT 1 AS one, count(*) AS photo_views
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ? AND photo_views.album_id = ?) AS photo_views ON views.one = photo_views.one INNER JOIN (SELECT 1 AS one, count(*) AS downloads, coalesce(sum(download_logs.file_count), ?) AS files, coalesce(sum(download_logs.total_size), ?) AS bytes
  FROM download_logs
  WHERE download_logs.downloaded_at >= ? AND download_logs.downloaded_at < ? AND download_logs.album_id = ?) AS downloads ON views.one = downloads.one;

-- daily_trend: 1
SELECT 0, events_0.day, count(*) AS count_1, count(DISTINCT events_0.session_id) AS count_2
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + ?) - (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + ?) %% ? AS day, album_views.session_id AS session_id
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ?) AS events_0 GROUP BY events_0.day UNION ALL SELECT 1, events_1.day, count(*) AS count_3, count(DISTINCT events_1.session_id) AS count_4
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', photo_views.viewed_at) + ?) - (timestampdiff(SECOND, '1970-01-01', photo_views.viewed_at) + ?) %% ? AS day, photo_views.session_id AS session_id
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ?) AS events_1 GROUP BY events_1.day UNION ALL SELECT 2, events_2.day, count(*) AS count_5, count(DISTINCT events_2.session_id) AS count_6
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', download_logs.downloaded_at) + ?) - (timestampdiff(SECOND, '1970-01-01', download_logs.downloaded_at) + ?) %% ? AS day, download_logs.session_id AS session_id
  FROM download_logs
  WHERE download_logs.downloaded_at >= ? AND download_logs.downloaded_at < ?) AS events_2 GROUP BY events_2.day;

-- daily_trend, across two changes of the clock: 1
SELECT 0, events_0.day, count(*) AS count_1, count(DISTINCT events_0.session_id) AS count_2
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + CASE WHEN (album_views.viewed_at >= ?) THEN ? … ELSE ? END) - (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + CASE WHEN (album_views.viewed_at >= ?) THEN ? … ELSE ? END) %% ? AS day, album_views.session_id AS session_id
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ?) AS events_0 GROUP BY events_0.day UNION ALL SELECT 1, events_1.day, count(*) AS count_3, count(DISTINCT events_1.session_id) AS count_4
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', photo_views.viewed_at) + CASE WHEN (photo_views.viewed_at >= ?) THEN ? … ELSE ? END) - (timestampdiff(SECOND, '1970-01-01', photo_views.viewed_at) + CASE WHEN (photo_views.viewed_at >= ?) THEN ? … ELSE ? END) %% ? AS day, photo_views.session_id AS session_id
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ?) AS events_1 GROUP BY events_1.day UNION ALL SELECT 2, events_2.day, count(*) AS count_5, count(DISTINCT events_2.session_id) AS count_6
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', download_logs.downloaded_at) + CASE WHEN (download_logs.downloaded_at >= ?) THEN ? … ELSE ? END) - (timestampdiff(SECOND, '1970-01-01', download_logs.downloaded_at) + CASE WHEN (download_logs.downloaded_at >= ?) THEN ? … ELSE ? END) %% ? AS day, download_logs.session_id AS session_id
  FROM download_logs
  WHERE download_logs.downloaded_at >= ? AND download_logs.downloaded_at < ?) AS events_2 GROUP BY events_2.day;

-- hourly: 1
SELECT events.hour, count(*) AS count_1
  FROM (SELECT (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + ?) %% ? - (timestampdiff(SECOND, '1970-01-01', album_views.viewed_at) + ?) %% ? AS hour
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? AND album_views.album_id = ?) AS events GROUP BY events.hour;

-- devices: 1
SELECT album_views.device_type, count(*) AS number
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? GROUP BY album_views.device_type ORDER BY number DESC, album_views.device_type ASC
  LIMIT ?;

-- browsers: 1
SELECT album_views.browser, count(*) AS number
  FROM album_views
  WHERE album_views.album_id = ? GROUP BY album_views.browser ORDER BY number DESC, album_views.browser ASC
  LIMIT ?;

-- referers: 1
SELECT events.kind, count(*) AS count_1
  FROM (SELECT CASE WHEN (album_views.viewer_referer IS NULL OR album_views.viewer_referer = ?) THEN 'direct' WHEN (album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\') THEN 'wechat' WHEN (album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\') THEN 'weibo' WHEN (album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\') THEN 'google' WHEN (album_views.viewer_referer LIKE ? ESCAPE '\\' OR album_views.viewer_referer LIKE ? ESCAPE '\\') THEN 'baidu' ELSE 'other' END AS kind
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ?) AS events GROUP BY events.kind;

-- top_albums: 1
SELECT albums.id, albums.title, albums.slug, top.views, top.visitors
  FROM (SELECT album_views.album_id AS album_id, count(*) AS views, count(DISTINCT album_views.session_id) AS visitors
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? AND album_views.album_id IN (SELECT albums.id
  FROM albums
  WHERE albums.deleted_at IS NULL) GROUP BY album_views.album_id ORDER BY views DESC, album_views.album_id DESC
  LIMIT ?) AS top INNER JOIN albums ON albums.id = top.album_id ORDER BY top.views DESC, albums.id DESC;

-- top_photos: 1
SELECT photos.id, photos.album_id, photos.filename, photos.thumb_key, top.views
  FROM (SELECT photo_views.photo_id AS photo_id, count(*) AS views
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ? AND photo_views.album_id = ? AND photo_views.photo_id IN (SELECT photos.id
  FROM photos INNER JOIN albums ON albums.id = photos.album_id
  WHERE photos.deleted_at IS NULL AND albums.deleted_at IS NULL) GROUP BY photo_views.photo_id ORDER BY views DESC, photo_views.photo_id DESC
  LIMIT ?) AS top INNER JOIN photos ON photos.id = top.photo_id ORDER BY top.views DESC, photos.id DESC;

-- recent_views: 1
SELECT album_views.*
  FROM album_views
  WHERE true = 1 ORDER BY album_views.viewed_at DESC, album_views.id DESC
  LIMIT ?;

-- recent_views, a later page of an album: 1
SELECT album_views.*
  FROM album_views
  WHERE album_views.album_id = ? AND album_views.viewed_at <= ? AND (album_views.viewed_at < ? OR album_views.id < ?) ORDER BY album_views.viewed_at DESC, album_views.id DESC
  LIMIT ?;

-- rollup_day: 7
SELECT 0, album_views.album_id, count(*) AS count_1, count(DISTINCT album_views.session_id) AS count_2
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? GROUP BY album_views.album_id UNION ALL SELECT 1, photo_views.album_id, count(*) AS count_3, count(DISTINCT photo_views.session_id) AS count_4
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ? GROUP BY photo_views.album_id UNION ALL SELECT 2, download_logs.album_id, count(*) AS count_5, count(DISTINCT download_logs.session_id) AS count_6
  FROM download_logs
  WHERE download_logs.downloaded_at >= ? AND download_logs.downloaded_at < ? GROUP BY download_logs.album_id UNION ALL SELECT 3, NULL AS anon_1, count(*) AS count_7, count(DISTINCT album_views.session_id) AS count_8
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ?;
SELECT daily_stats.*
  FROM daily_stats
  WHERE (daily_stats.stat_date, daily_stats.album_id) IN ((?, ?)) ORDER BY daily_stats.id ASC FOR UPDATE;
INSERT INTO daily_stats (id, stat_date, album_id, view_count, unique_visitors, photo_view_count, download_count) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT daily_stats.*
  FROM daily_stats
  WHERE (daily_stats.stat_date, daily_stats.album_id) IN ((?, ?)) ORDER BY daily_stats.id ASC;
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.id IN (?, …) ORDER BY daily_stats.id ASC FOR UPDATE;
INSERT INTO daily_stats (id, stat_date, album_id, view_count, unique_visitors, photo_view_count, download_count) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.id IN (?, …) ORDER BY daily_stats.id ASC;

-- rollup_day, again: 7
SELECT 0, album_views.album_id, count(*) AS count_1, count(DISTINCT album_views.session_id) AS count_2
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ? GROUP BY album_views.album_id UNION ALL SELECT 1, photo_views.album_id, count(*) AS count_3, count(DISTINCT photo_views.session_id) AS count_4
  FROM photo_views
  WHERE photo_views.viewed_at >= ? AND photo_views.viewed_at < ? GROUP BY photo_views.album_id UNION ALL SELECT 2, download_logs.album_id, count(*) AS count_5, count(DISTINCT download_logs.session_id) AS count_6
  FROM download_logs
  WHERE download_logs.downloaded_at >= ? AND download_logs.downloaded_at < ? GROUP BY download_logs.album_id UNION ALL SELECT 3, NULL AS anon_1, count(*) AS count_7, count(DISTINCT album_views.session_id) AS count_8
  FROM album_views
  WHERE album_views.viewed_at >= ? AND album_views.viewed_at < ?;
SELECT daily_stats.*
  FROM daily_stats
  WHERE (daily_stats.stat_date, daily_stats.album_id) IN ((?, ?)) ORDER BY daily_stats.id ASC FOR UPDATE;
UPDATE daily_stats SET view_count=?, unique_visitors=?, photo_view_count=?, download_count=? WHERE (daily_stats.stat_date, daily_stats.album_id) IN ((?, ?));
SELECT daily_stats.*
  FROM daily_stats
  WHERE (daily_stats.stat_date, daily_stats.album_id) IN ((?, ?)) ORDER BY daily_stats.id ASC;
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.id IN (?, …) ORDER BY daily_stats.id ASC FOR UPDATE;
UPDATE daily_stats SET view_count=?, unique_visitors=?, photo_view_count=?, download_count=? WHERE daily_stats.id IN (?, …);
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.id IN (?, …) ORDER BY daily_stats.id ASC;

-- rolled_up: 1
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.stat_date >= ? AND daily_stats.stat_date <= ? AND daily_stats.album_id IS NULL ORDER BY daily_stats.stat_date, daily_stats.id;

-- rolled_up, of an album: 1
SELECT daily_stats.*
  FROM daily_stats
  WHERE daily_stats.stat_date >= ? AND daily_stats.stat_date <= ? AND daily_stats.album_id = ? ORDER BY daily_stats.stat_date, daily_stats.id;

-- purge_events: 3
DELETE FROM album_views WHERE album_views.id IN (SELECT oldest.id
  FROM (SELECT album_views.id AS id
  FROM album_views
  WHERE album_views.viewed_at < ? ORDER BY album_views.viewed_at, album_views.id
  LIMIT ?) AS oldest);
DELETE FROM photo_views WHERE photo_views.id IN (SELECT oldest.id
  FROM (SELECT photo_views.id AS id
  FROM photo_views
  WHERE photo_views.viewed_at < ? ORDER BY photo_views.viewed_at, photo_views.id
  LIMIT ?) AS oldest);
DELETE FROM download_logs WHERE download_logs.id IN (SELECT oldest.id
  FROM (SELECT download_logs.id AS id
  FROM download_logs
  WHERE download_logs.downloaded_at < ? ORDER BY download_logs.downloaded_at, download_logs.id
  LIMIT ?) AS oldest);
