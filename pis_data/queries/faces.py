"""Faces: which photos of an album show somebody, by the likeness of embeddings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.queries import values
from pis_data.queries.rows import Query
from pis_data.schema import PhotoStatus, albums, face_embeddings, photos
from pis_data.schema.characters import shown
from pis_data.schema.types import EMBEDDING_SIZE

if TYPE_CHECKING:
    import numpy as np

    Embedding = np.ndarray[Any, np.dtype[np.floating[Any]]]

_f, _p = face_embeddings.c, photos.c

#: how alike a face must be: what PIS asks for
THRESHOLD: Final = 0.6
#: to how many digits likenesses are told, and compared
DIGITS: Final = 6

#: how long a vector may be, so that a server can reckon with its numbers' squares in float32
_SHORTEST: Final = 1e-12
_LONGEST: Final = 1e12
#: by how much a server, which reckons with float32, may be wrong
_MARGIN: Final = 1e-5
#: how many photos more than wanted it names, since its order of nearly equal ones may be another
_SPARE: Final = 50


class _FoundFace(TypedDict):
    embedding: Any


class FoundFace(_FoundFace, total=False):
    """A face that was found on a photo: 512 numbers, and where (pixels of a rendition 800 wide)."""

    face_location: Mapping[str, float] | None


_COLUMNS: Final = frozenset({"embedding", "face_location"})
_PLACE: Final = frozenset({"x", "y", "w", "h"})


@dataclass(frozen=True, slots=True)
class FaceMatch:
    """A photo that shows the face searched for: its most similar face, and how similar (at most 1)."""

    photo_id: UUID
    face_id: UUID
    similarity: float


# -- values --------------------------------------------------------------------------------------------


def check_embedding(value: object, what: str = "face_embeddings.embedding") -> Embedding:
    """512 finite numbers, not all of them zero, tiny or huge: a vector with a direction."""
    import numpy as np

    try:
        found: Embedding = _f.embedding.type.check(value)  # type: ignore[attr-defined]
    except InvalidValueError as error:
        raise InvalidValueError(f"{what}: {error}") from None
    if not found.any():
        raise InvalidValueError(f"{what}: all numbers are zero, which is like no face")
    length = float(np.linalg.norm(found.astype(np.float64)))
    if not _SHORTEST <= length <= _LONGEST:
        raise InvalidValueError(
            f"{what}: a vector of the length {length:.3g}; expected {_SHORTEST:g} to {_LONGEST:g}"
        )
    return found


def check_threshold(value: object) -> float:
    """A cosine: -1 to 1."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not -1 <= value <= 1:
        raise InvalidFilterError(f"threshold is a number from -1 to 1, got {shown(value)}")
    return float(value)


def check_faces(faces: object) -> list[dict[str, Any]]:
    """The faces of one photo, as columns and their values."""
    if not isinstance(faces, Iterable) or isinstance(faces, (str, bytes, Mapping)):
        raise InvalidValueError(f"faces is a list of faces, got {shown(faces)}")
    return [_check_face(face) for face in faces]


def _check_face(face: object) -> dict[str, Any]:
    if not isinstance(face, Mapping):
        raise InvalidValueError(f"a face is a mapping with its embedding, got {shown(face)}")
    given = values.only(_COLUMNS, face, "faces.replace_for_photo")
    place = given.get("face_location")
    if place is not None and not _is_place(place):
        raise InvalidValueError(
            f"face_embeddings.face_location is None or the numbers x, y, w, h; got {shown(place)}"
        )
    return {
        "embedding": check_embedding(given.get("embedding")),
        "face_location": None if place is None else dict(place),
    }


def _is_place(place: object) -> bool:
    return (
        isinstance(place, Mapping)
        and place.keys() == _PLACE
        and all(type(number) in (int, float) and math.isfinite(number) for number in place.values())
    )


# -- statements ----------------------------------------------------------------------------------------


def _shown_in(album: ColumnElement[UUID]) -> list[ColumnElement[bool]]:
    """What makes a photo one that a search may find; its own album counts, to which it may have moved."""
    live: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        albums.c.id == album, albums.c.deleted_at.is_(None)
    )
    return [
        _p.album_id == album,
        _p.status == PhotoStatus.COMPLETED,
        _p.deleted_at.is_(None),
        live.correlate(None).exists(),
    ]


def of_album(album_id: UUID) -> ColumnElement[bool]:
    """The faces that a search in an album looks at."""
    album = sa.literal(album_id, _p.album_id.type)
    return _f.photo_id.in_(sa.select(_p.id).where(*_shown_in(album)))


def nearest(dialect: Dialect, album_id: UUID, wanted: Embedding, threshold: float, limit: int) -> Query:
    """The ids of the photos that may be among the most similar, by the server's own reckoning."""
    given = {
        "album": album_id,
        "wanted": wanted,
        "farthest": 1 - threshold + _MARGIN,
        "limit": limit + _SPARE,
    }
    return Query(_build_nearest(dialect), given, make=_first)


@lru_cache
def _build_nearest(dialect: Dialect) -> sa.Select[Any]:
    album = sa.bindparam("album", type_=_p.album_id.type)
    wanted = sa.bindparam("wanted", type_=_f.embedding.type)
    distance = sa.func.min(dialect.cosine_distance(_f.embedding, wanted))
    found: sa.Select[Any] = sa.select(_f.photo_id).join_from(face_embeddings, photos, _f.photo_id == _p.id)
    return (
        found.where(*_shown_in(album))
        .group_by(_f.photo_id)
        .having(distance <= sa.bindparam("farthest", type_=sa.Double()))
        .order_by(distance, _f.photo_id)
        .limit(sa.bindparam("limit", type_=sa.BigInteger()))
    )


def _first(row: Sequence[Any]) -> Any:
    return row[0]


# -- ranking -------------------------------------------------------------------------------------------


class Ranking:
    """The photos whose faces are most similar to one, of any number of faces, in bounded memory.

    Whichever server the faces come from, this decides: with float64, rounded to `DIGITS`, and the smaller id
    first where two are equal. So all databases give the same answer.
    """

    def __init__(self, wanted: Embedding, threshold: float, limit: int) -> None:
        import numpy as np

        exact = wanted.astype(np.float64)
        self._wanted = exact / np.sqrt((exact * exact).sum())
        self._threshold = threshold
        self._limit = limit
        self._best: dict[UUID, tuple[float, UUID]] = {}

    def add(self, faces: Sequence[Mapping[str, Any]]) -> None:
        """Consider faces: ``id``, ``photo_id`` and ``embedding`` of each; damaged ones are like nobody."""
        import numpy as np

        sound = [face for face in faces if np.shape(face["embedding"]) == (EMBEDDING_SIZE,)]
        if not sound:
            return
        table = np.stack([face["embedding"] for face in sound]).astype(np.float64)
        with np.errstate(all="ignore"):  # zero, or what is not finite, is similar by NaN: not more than any
            cosines = (table * self._wanted).sum(axis=1) / np.sqrt((table * table).sum(axis=1))
        similarities = np.round(cosines, DIGITS)
        for index in np.flatnonzero(similarities > self._threshold).tolist():
            self._consider(sound[index], float(similarities[index]))
        if len(self._best) > 4 * self._limit:
            self._best = dict(self._ranked())

    def _consider(self, face: Mapping[str, Any], similarity: float) -> None:
        entry = (-similarity, face["id"])
        photo = face["photo_id"]
        if photo not in self._best or entry < self._best[photo]:
            self._best[photo] = entry

    def _ranked(self) -> list[tuple[UUID, tuple[float, UUID]]]:
        return sorted(self._best.items(), key=lambda item: (item[1][0], item[0]))[: self._limit]

    def matches(self) -> list[FaceMatch]:
        """The most similar photos, the most similar one first."""
        return [FaceMatch(photo, face, -negative) for photo, (negative, face) in self._ranked()]
