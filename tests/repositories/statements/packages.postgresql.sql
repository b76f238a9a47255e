-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- create: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR AND photos.id IN (?::UUID, …) ORDER BY photos.sort_order, photos.id
  LIMIT ?::INTEGER;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?::UUID, ?::UUID, ?::UUID[], ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ?::UUID ORDER BY package_downloads.id ASC;

-- create, of all: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR ORDER BY photos.sort_order, photos.id
  LIMIT ?::INTEGER;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?::UUID, ?::UUID, ?::UUID[], ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ?::UUID ORDER BY package_downloads.id ASC;

-- create, of the picked ones: 4
SELECT albums.allow_download
  FROM albums
  WHERE albums.id = ?::UUID AND albums.deleted_at IS NULL ORDER BY albums.id ASC FOR UPDATE;
SELECT photos.id
  FROM photos
  WHERE photos.album_id = ?::UUID AND photos.deleted_at IS NULL AND photos.status = ?::VARCHAR AND photos.is_selected ORDER BY photos.sort_order, photos.id
  LIMIT ?::INTEGER;
INSERT INTO package_downloads (id, album_id, photo_ids, include_watermarked, include_original) VALUES (?::UUID, ?::UUID, ?::UUID[], ?, ?);
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ?::UUID ORDER BY package_downloads.id ASC;

-- get: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.id = ?::UUID AND package_downloads.album_id = ?::UUID ORDER BY package_downloads.id ASC
  LIMIT ?::BIGINT;

-- get_public_view: 1
SELECT package_downloads.*
  FROM package_downloads JOIN albums ON package_downloads.album_id = albums.id
  WHERE package_downloads.id = ?::UUID AND package_downloads.album_id = ?::UUID AND (package_downloads.expires_at IS NULL OR package_downloads.expires_at > ?::TIMESTAMP WITH TIME ZONE) AND albums.deleted_at IS NULL AND albums.allow_download AND albums.allow_share AND (albums.expires_at IS NULL OR albums.expires_at > ?::TIMESTAMP WITH TIME ZONE);

-- photos: 1
SELECT photos.*
  FROM photos JOIN albums ON photos.album_id = albums.id
  WHERE photos.id IN (?::UUID, …) AND photos.album_id = ?::UUID AND photos.status = ?::VARCHAR AND photos.deleted_at IS NULL AND albums.deleted_at IS NULL;

-- zip_key: 0

-- claim: 1
UPDATE package_downloads SET status=?::VARCHAR WHERE package_downloads.id = ?::UUID AND (package_downloads.status IN (?::VARCHAR, …) OR package_downloads.status = ?::VARCHAR AND package_downloads.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?)) RETURNING package_downloads.*;

-- claim, a stuck or failed one: 1
UPDATE package_downloads SET status=?::VARCHAR WHERE package_downloads.id = ?::UUID AND (package_downloads.status IN (?::VARCHAR, …) OR package_downloads.status = ?::VARCHAR AND package_downloads.updated_at <= statement_timestamp() - make_interval(?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?)) RETURNING package_downloads.*;

-- renew_lease: 1
UPDATE package_downloads SET status=?::VARCHAR WHERE package_downloads.id = ?::UUID AND package_downloads.status = ?::VARCHAR AND package_downloads.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING package_downloads.*;

-- complete: 1
UPDATE package_downloads SET status=?::VARCHAR, zip_key=?::VARCHAR, file_size=?::BIGINT, download_url=?::VARCHAR COLLATE "C", expires_at=?::TIMESTAMP WITH TIME ZONE, completed_at=?::TIMESTAMP WITH TIME ZONE WHERE package_downloads.id = ?::UUID AND package_downloads.status = ?::VARCHAR AND package_downloads.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING package_downloads.*;

-- fail: 1
UPDATE package_downloads SET status=?::VARCHAR WHERE package_downloads.id = ?::UUID AND package_downloads.status = ?::VARCHAR AND package_downloads.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING package_downloads.*;

-- release: 1
UPDATE package_downloads SET status=?::VARCHAR WHERE package_downloads.id = ?::UUID AND package_downloads.status = ?::VARCHAR AND package_downloads.updated_at = ?::TIMESTAMP WITH TIME ZONE RETURNING package_downloads.*;

-- list_stuck: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.status IN (?::VARCHAR, …) AND package_downloads.updated_at < ?::TIMESTAMP WITH TIME ZONE ORDER BY package_downloads.updated_at, package_downloads.id
  LIMIT ?::BIGINT;

-- list_expired: 1
SELECT package_downloads.*
  FROM package_downloads
  WHERE package_downloads.expires_at <= ?::TIMESTAMP WITH TIME ZONE ORDER BY package_downloads.expires_at ASC NULLS FIRST, package_downloads.id
  LIMIT ?::BIGINT;

-- delete: 1
DELETE FROM package_downloads WHERE package_downloads.id IN (?::UUID, …);
