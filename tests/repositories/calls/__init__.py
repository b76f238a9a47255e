"""One module per aggregate, named as in `Repositories`: a call of each of its methods, to pin what it sends.

    def calls(scene):
        album = scene.album()
        photos = scene.photos(album)              # `scene.many` of them
        yield "get", lambda: scene.r.photos.get(photos[0])
        yield "page", lambda: scene.r.photos.page(album.id)
        yield "page, by another sort", lambda: scene.r.photos.page(album.id, sort="manual")

What stands between two ``yield``s prepares the next call and is not counted; calls run in order, on one
scene. A name is the method's, and behind a comma what is special about this call. Every public method needs
at least one call, given as many rows as the scene has (``many``: 3 on the synchronous face, 20 on the
asynchronous one, and both must send the same). A call that gives an iterator runs to its end:
``lambda: list(scene.r.photos.iter_keys())``. A call that sends nothing is pinned as such.

Then ``pytest tests/repositories/test_statements.py -k AGGREGATE --pin`` writes
``statements/AGGREGATE.KIND.sql`` for each database. Read those files before you commit them: a statement
that nobody meant to send is to be mended, not pinned. In the files every parameter is ``?``, a list of them
ends in ``…`` however long it is, ``albums.*`` stands for all columns of the table, and ``/* executemany */``
before a statement says that the driver got many rows of parameters for it. Newer servers share their kind's
file unless they differ (``--databases=mariadb11 --pin``).
"""

from __future__ import annotations

import datetime as dt
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=1)

Calls = Iterator[tuple[str, Callable[[], Any]]]


class Scene:
    """What calls are made on: repositories, the adapter under them, how many rows of each thing to make."""

    def __init__(self, r: Any, db: Any, many: int) -> None:
        self.r = r
        self.db = db
        self.many = many
        self._numbers = itertools.count()

    def name(self, word: str = "scene") -> str:
        """A name that was not given before."""
        return f"{word}-{next(self._numbers):05}"

    def album(self, **columns: Any) -> Any:
        """A public album without photos."""
        return self.r.albums.create({"title": self.name("album"), "is_public": True, **columns})

    def photos(self, album: Any, many: int | None = None, **columns: Any) -> list[Any]:
        """New photos of an album, completed unless told otherwise; their ids."""
        rows = []
        for _ in range(self.many if many is None else many):
            name = f"{self.name()}.jpg"
            row = {"album_id": album.id, "filename": name, "original_key": f"raw/{album.id}/{name}"}
            rows.append({**row, "status": "completed", **columns})
        return [row["id"] for row in self.db.insert("photos", rows)]

    def user(self, **columns: Any) -> Any:
        """An account."""
        return self.r.users.create(f"{self.name('user')}@example.org", **columns)


def found() -> dict[str, Callable[[Scene], Calls]]:
    """The calls of each aggregate that has some."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return {name: import_module(f"{__name__}.{name}").calls for name in sorted(names)}
