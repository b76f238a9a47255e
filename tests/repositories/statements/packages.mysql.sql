-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? AND photos.id IN (?, …) ORDER BY photos.sort_order, photos.id
  LIMIT ?;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?, ?, ?, ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ? ORDER BY package_downloads.id ASC;

-- create, of all: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? ORDER BY photos.sort_order, photos.id
  LIMIT ?;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?, ?, ?, ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ? ORDER BY package_downloads.id ASC;

-- create, of the picked ones: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ? AND photos.deleted_at IS NULL AND photos.status = ? AND photos.is_selected = 1 ORDER BY photos.sort_order, photos.id
  LIMIT ?;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?, ?, ?, ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ? ORDER BY package_downloads.id ASC;

-- get: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ? AND package_downloads.album_id = ? ORDER BY package_downloads.id ASC
  LIMIT ?;

-- get_public_view: 1
SELECT package_downloads.*
  FROM package_downloads INNER JOIN albums ON package_downloads.album_id = albums.id
  WHERE package_downloads.id = ? AND package_downloads.album_id = ? AND (package_downloads.expires_at IS NULL OR package_downloads.expires_at > ?) AND albums.deleted_at IS NULL AND albums.allow_download = 1 AND albums.allow_share = 1 AND (albums.expires_at IS NULL OR albums.expires_at > ?);

-- photos: 1
SELECT photos.*
  FROM photos INNER JOIN albums ON photos.album_id = albums.id
  WHERE photos.id IN (?, …) AND photos.album_id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL;

-- zip_key: 0

-- claim: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND (package_downloads.status IN (?, …) OR package_downloads.status = ? AND package_downloads.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?))) ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- claim, a stuck or failed one: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND (package_downloads.status IN (?, …) OR package_downloads.status = ? AND package_downloads.updated_at <= timestampadd(MICROSECOND, -(? * ?), utc_timestamp(?))) ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- renew_lease: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND package_downloads.status = ? AND package_downloads.updated_at = ? ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- complete: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND package_downloads.status = ? AND package_downloads.updated_at = ? ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=?, zip_key=?, file_size=?, download_url=?, expires_at=?, completed_at=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- fail: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND package_downloads.status = ? AND package_downloads.updated_at = ? ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- release: 3
SELECT package_downloads.id
  FROM package_downloads
  WHERE package_downloads.id = ? AND package_downloads.status = ? AND package_downloads.updated_at = ? ORDER BY package_downloads.id ASC FOR UPDATE;
UPDATE package_downloads SET status=? WHERE package_downloads.id IN (?, …);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id IN (?, …) ORDER BY package_downloads.id ASC;

-- list_stuck: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.status IN (?, …) AND package_downloads.updated_at < ? ORDER BY package_downloads.updated_at, package_downloads.id
  LIMIT ?;

-- list_expired: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.expires_at <= ? ORDER BY package_downloads.expires_at ASC, package_downloads.id
  LIMIT ?;

-- delete: 1
DELETE FROM package_downloads WHERE package_downloads.id IN (?, …);
