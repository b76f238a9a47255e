"""Faces found on photos."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, key, moment_now
from pis_data.schema.types import Embedding, Id, Json

if TYPE_CHECKING:
    import numpy as np


class FaceEmbeddingColumns(TypedColumns):
    """One row per face."""

    id: Named[UUID] = key()
    photo_id: Named[UUID] = Column(Id(), ForeignKey("photos.id", ondelete="CASCADE"))
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    #: 512 float32, InsightFace's buffalo_l
    embedding: Named[Any] = Column(Embedding(), nullable=True)
    #: ``{"x", "y", "w", "h"}`` in pixels of a rendition 800 wide
    face_location: Named[dict[str, Any] | None] = Column(Json())
    created_at: Named[dt.datetime] = moment_now()


face_embeddings = Table("face_embeddings", metadata, FaceEmbeddingColumns, **TABLE_OPTIONS)

Index("idx_face_embeddings_photo_id", face_embeddings.c.photo_id)
Index("idx_face_embeddings_album_id", face_embeddings.c.album_id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FaceEmbedding:
    """A row of ``face_embeddings``; two are equal only if they are the same object (arrays don't compare)."""

    id: UUID
    photo_id: UUID
    album_id: UUID
    embedding: np.ndarray[Any, np.dtype[np.float32]] | None
    face_location: dict[str, Any] | None
    created_at: dt.datetime
