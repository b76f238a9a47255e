-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.

-- replace_for_photo: 4
SELECT photos.album_id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
DELETE FROM face_embeddings WHERE face_embeddings.photo_id = ?;
/* executemany */
  INSERT INTO face_embeddings (embedding, face_location, photo_id, album_id, id) VALUES (?, ?, ?, ?, ?);
SELECT face_embeddings.*
  FROM face_embeddings
  WHERE face_embeddings.id IN (?, …) ORDER BY face_embeddings.id ASC;

-- replace_for_photo, by none: 2
SELECT photos.album_id
  FROM photos
  WHERE photos.id = ? AND photos.deleted_at IS NULL ORDER BY photos.id ASC FOR UPDATE;
DELETE FROM face_embeddings WHERE face_embeddings.photo_id = ?;

-- list_for_photo: 1
SELECT face_embeddings.*
  FROM face_embeddings
  WHERE face_embeddings.photo_id = ? ORDER BY face_embeddings.id ASC;

-- search: 1
SELECT face_embeddings.id, face_embeddings.photo_id, face_embeddings.embedding
  FROM face_embeddings
  WHERE face_embeddings.photo_id IN (SELECT photos.id
  FROM photos
  WHERE photos.album_id = ? AND photos.status = ? AND photos.deleted_at IS NULL AND (EXISTS (SELECT 1
  FROM albums
  WHERE albums.id = ? AND albums.deleted_at IS NULL))) ORDER BY face_embeddings.id ASC;

-- delete_for_photo: 1
DELETE FROM face_embeddings WHERE face_embeddings.photo_id = ?;
