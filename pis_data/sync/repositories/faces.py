# Generated from pis_data/aio/repositories/faces.py by tools/make_sync.py: change that, then run it.
"""Faces found on photos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pis_data.errors import NotFoundError
from pis_data.filters import all_of
from pis_data.queries import faces as queries
from pis_data.queries import rows
from pis_data.queries.faces import THRESHOLD, FaceMatch, FoundFace
from pis_data.queries.keyset import check_limit
from pis_data.queries.values import IdLike, as_id
from pis_data.queries.where import resolve
from pis_data.schema import FaceEmbedding, face_embeddings, photos

from ..link import Link
from ..writing import Delete, Insert
from .base import Repository, settled
from .photo_queue import missing

#: how many embeddings, of 2 KB each, are in memory at once
_BATCH: Final = 250
_WANTED: Final = ("id", "photo_id", "embedding")


class FaceRepository(Repository):
    """Faces, by their embeddings: 512 numbers, of which only the direction counts."""

    def replace_for_photo(
        self, photo_id: IdLike, faces: Iterable[FoundFace | Mapping[str, Any]]
    ) -> list[FaceEmbedding]:
        """Let these be the faces of a photo, in place of those that it had; so none is ever there twice.

        Args:
            photo_id: which photo.
            faces: ``embedding`` of each (512 finite numbers, as a vector 1e-12 to 1e12 long), and
                ``face_location`` if known: ``{"x", "y", "w", "h"}`` in pixels of a rendition 800 wide. None
                of them: it shows nobody.

        Returns:
            The records, in the order given.

        Raises:
            InvalidValueError: an embedding of another size, with NaN or infinity, of nothing but zero, or
                tiny or huge.
            NotFoundError: there is no such live photo; nothing was changed.
        """
        photo, found = as_id(photo_id, "photos.id"), queries.check_faces(faces)

        def unit(link: Link) -> list[FaceEmbedding] | NotFoundError:
            # held, so that two workers replace one after the other
            query = rows.select(
                link.dialect, photos, {"id": photo, "deleted_at": None}, columns=["album_id"], lock=True
            )
            there = link.fetch(query)
            if not there:
                return missing(photo)
            Delete(face_embeddings, resolve(face_embeddings, {"photo_id": photo}, link.dialect))(link)
            if not found:
                return []
            new = [{**face, "photo_id": photo, "album_id": there[0]["album_id"]} for face in found]
            stored = Insert(face_embeddings, rows.rows_to_write(face_embeddings, new), True)(link)
            return [FaceEmbedding(**row) for row in stored]  # type: ignore[union-attr]

        return settled(self._together(unit))

    def list_for_photo(self, photo_id: IdLike) -> list[FaceEmbedding]:
        """The faces of a photo, be it in the trash, in the order in which they were entered."""
        found = self._db.find_many(face_embeddings, {"photo_id": as_id(photo_id, "photos.id")})
        return [FaceEmbedding(**row) for row in found]

    def delete_for_photo(self, photo_id: IdLike) -> int:
        """Forget the faces of a photo; how many there were. With the photo they go by themselves."""
        return self._db.delete(face_embeddings, {"photo_id": as_id(photo_id, "photos.id")})

    def search(
        self, album_id: IdLike, embedding: object, *, threshold: float = THRESHOLD, limit: int = 50
    ) -> list[FaceMatch]:
        """The photos of an album that show a face, the most similar first; the id decides between equals.

        Only completed, live photos of an album that is not deleted, each once, by its most similar face.
        (Whether the album may be visited is for `AlbumRepository.get_public_view` to say, and
        `PhotoRepository.list_public` takes ``ids``.) The search is exact, and its answer the same on every
        database: similarities are rounded to six digits.

        pgvector and MariaDB 11.7 compare where the embeddings are, and send what may be among the most
        similar. Elsewhere those of the album are read in batches, about 2 KB each (all at once inside a
        transaction on MySQL and older MariaDB, which can't do otherwise).

        Args:
            album_id: which album.
            embedding: the face searched for: 512 finite numbers, as a vector 1e-12 to 1e12 long.
            threshold: how similar a face must be, as a cosine: more than this, -1 to 1.
            limit: the most photos, 1 to 1,000.

        Raises:
            InvalidValueError: an embedding as `replace_for_photo` would refuse it.
            InvalidFilterError: a threshold or limit out of range.
        """
        album, wanted = as_id(album_id, "photos.album_id"), queries.check_embedding(embedding, "embedding")
        least = queries.check_threshold(threshold)
        ranking = queries.Ranking(wanted, least, check_limit(limit))
        self._db._discover()
        of_album = queries.of_album(album)
        if self._db.dialect.caps.vectors:
            near = self._all(queries.nearest, album, wanted, least, limit)
            which = all_of({"photo_id": near}, of_album)
            ranking.add(self._db.find_many(face_embeddings, which, select=_WANTED) if near else [])
            return ranking.matches()
        batch = []
        for face in self._db.stream(face_embeddings, of_album, select=_WANTED, batch=_BATCH):
            batch.append(face)
            if len(batch) == _BATCH:
                ranking.add(batch)
                batch = []
        ranking.add(batch)
        return ranking.matches()
