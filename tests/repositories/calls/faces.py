"""Calls of faces."""

from __future__ import annotations

import numpy as np

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.faces, scene.album()
    photos = scene.photos(album)
    embedding = np.ones(512)
    faces = [{"embedding": embedding}] * scene.many
    for photo in photos:
        r.replace_for_photo(photo, faces)

    yield "replace_for_photo", lambda: r.replace_for_photo(photos[0], faces)
    yield "replace_for_photo, by none", lambda: r.replace_for_photo(photos[1], [])
    yield "list_for_photo", lambda: r.list_for_photo(photos[0])
    yield "search", lambda: r.search(album.id, embedding)
    yield "delete_for_photo", lambda: r.delete_for_photo(photos[0])
