"""Imports a folder of photos into storage and database.

Killed at any moment, the same import run again finishes the job, without duplicates and without objects that
belong to no photo. That rests on three things:

- A photo's id is made from the album and the SHA-256 of its content, and its keys from the id and the kind of
  its content: whoever imports these bytes into this album, now, again, or twice at once, writes the same
  objects under the same keys.
- Objects first, the row last. Before the row there is no photo, and the objects are those that the next run
  writes over; after it, everything that it names is there.
- The row's primary key decides between two imports of the same bytes: the second meets a violation, looks
  again, and finds a duplicate.

An id that is taken by a photo in the trash (or by one that was moved to another album) is passed over for the
next one in the same series: the objects of that photo are not touched, so it can be restored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import (
    ConfigurationError,
    InvalidValueError,
    NotFoundError,
    SchemaMismatchError,
    UniqueViolationError,
)
from . import images
from .folder import Found, clean_filename, shown, walk

if TYPE_CHECKING:
    from ..repositories import Album
    from ..storage import StorageAdapter
    from ..sync import DatabaseAdapter

_log = logging.getLogger(__name__)

MOST_WORKERS = 64
LONGEST_SLUG = 200
IN_MEMORY = 64 * 1024 * 1024
"""A file up to this size is held in memory while it is worked on, a bigger one in a temporary file."""

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not imported, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: ``found`` is the sum of the imported, the duplicates and the skipped."""

    album_id: uuid.UUID
    found: int
    imported: int
    duplicates: int
    skipped: tuple[Skipped, ...]
    bytes: int
    """Of the originals that were imported."""
    seconds: float
    unreadable: int
    """How many of the skipped could not be read at all (no permission, a failing disk)."""

    def as_json(self) -> dict[str, Any]:
        """The report of ``pis-data import --json``."""
        return {
            "album_id": str(self.album_id),
            "found": self.found,
            "imported": self.imported,
            "duplicates": self.duplicates,
            "skipped": [{"path": item.path, "reason": item.reason} for item in self.skipped],
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: told after each file."""

    done: int
    total: int
    imported: int
    path: str


def import_folder(
    db: DatabaseAdapter,
    storage: StorageAdapter,
    path: str | os.PathLike[str],
    *,
    album: str,
    title: str | None = None,
    workers: int | None = None,
    pending: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Import the photos of a folder, and of the folders inside it, into an album.

    Args:
        db: a migrated database.
        storage: where the originals, thumbnails and previews go; its bucket is made if it is missing.
        path: a folder, or one photo.
        album: the album's slug; the album is made if there is none.
        title: its title then; the slug by default.
        workers: photos worked on at once; by default one for each processor.
        pending: store the originals only, and leave the rest to PIS's worker (status ``pending``).
        on_progress: called after each file, from this thread.

    Returns:
        What was done. A file with the content of a photo of the album (live ones, by SHA-256), or of another
        file of this import, is a duplicate; one that is not a photo is skipped.

    Raises:
        ConfigurationError: there is nothing at ``path``.
        InvalidValueError: a slug or a number of workers that can't be.
        NotFoundError: the album is in the trash.
        SchemaMismatchError: the database has no tables yet.
        DatabaseError, StorageError: the import stopped; run it again to finish it.
    """
    started = time.monotonic()
    root = Path(path)
    if not root.exists():
        raise ConfigurationError(f"there is no {shown(root)}; expected a folder of photos")
    count_of_workers = _check_workers(workers)
    _check_slug(album)
    _check_schema(db)
    storage.ensure_bucket()
    found = _album(db, album, title)
    if found.watermark_enabled and not pending:
        _log.warning(
            "the album %s has watermarks, which PIS's worker makes: these previews have none "
            "(pending leaves them to the worker)",
            album,
        )
    job = _Import(db, storage, found.id, pending)
    outcomes = _run(job, list(walk(root)), count_of_workers, on_progress)
    return _report(job.album_id, outcomes, time.monotonic() - started)


def _check_workers(workers: int | None) -> int:
    if workers is None:
        return min(os.cpu_count() or 1, MOST_WORKERS)
    if not 1 <= workers <= MOST_WORKERS:
        raise InvalidValueError(f"workers is {workers}; expected 1 to {MOST_WORKERS}")
    return workers


def _check_slug(slug: str) -> None:
    allowed = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
    if not 1 <= len(slug) <= LONGEST_SLUG or not allowed.issuperset(slug):
        raise InvalidValueError(
            f"the album's slug is {slug[:40]!a}; expected lower-case letters a to z, digits and hyphens, "
            f"at most {LONGEST_SLUG}"
        )


def _check_schema(db: DatabaseAdapter) -> None:
    if db.health()["revision"] is None:
        raise SchemaMismatchError("the database has no tables yet: run `pis-data db upgrade` first")


def _album(db: DatabaseAdapter, slug: str, title: str | None) -> Album:
    """The album of this slug, made with PIS's own defaults if there is none."""
    from ..repositories import Repositories

    albums = Repositories(db).albums
    for _ in range(2):
        album = albums.get_by_slug(slug, live=False)
        if album is None:
            try:
                album = albums.create(slug=slug, title=title or slug)
            except UniqueViolationError:
                continue  # another import made it between the two statements
        if album.deleted_at is not None:
            raise NotFoundError(f"the album {slug!r} is in the trash: restore it, or choose another slug")
        return album
    raise NotFoundError(f"the album {slug!r} appears and disappears; try again")


# -- one file ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a file: ``imported`` bytes, or a reason, or neither: then it is a duplicate."""

    path: str
    sha256: str | None = None
    imported: int | None = None
    reason: str | None = None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """What an import works on: a snapshot of the file at ``path``."""

    content: BinaryIO
    sha256: str
    size: int
    path: Path


class _StoppedError(Exception):
    """The import is being given up; this file is left for the next run."""


class _Import:
    """Imports files into one album, from several threads at once."""

    def __init__(
        self, db: DatabaseAdapter, storage: StorageAdapter, album_id: uuid.UUID, pending: bool
    ) -> None:
        self.album_id = album_id
        self.stop = threading.Event()
        self._db = db
        self._storage = storage
        self._pending = pending
        self._seen: set[str] = set()
        self._seen_lock = threading.Lock()

    def __call__(self, found: Found) -> _Outcome:
        path = shown(found.path)
        if found.problem is not None:
            return _Outcome(path, reason=found.problem, unreadable=found.unreadable)
        try:
            with _snapshot(found.path) as (file, sha256, size):
                return self._import(_File(file, sha256, size, found.path))
        except images.NotAPhotoError as error:
            return _Outcome(path, reason=str(error))
        except OSError as error:
            return _Outcome(path, reason=f"it can't be read: {error.strerror or error}", unreadable=True)

    def _first_to_see(self, sha256: str) -> bool:
        with self._seen_lock:
            if sha256 in self._seen:
                return False
            self._seen.add(sha256)
            return True

    def _is_in_album(self, sha256: str) -> bool:
        same = {"album_id": self.album_id, "hash": sha256, "deleted_at": None}
        return self._db.exists("photos", same)

    def _import(self, file: _File) -> _Outcome:
        outcome = _Outcome(shown(file.path), file.sha256)
        if not self._first_to_see(file.sha256) or self._is_in_album(file.sha256):
            return outcome
        self._go_on()
        try:
            photo, made = self._look_at(file.content)
        except images.NotAPhotoError as error:
            return replace(outcome, reason=str(error))
        if self._add(file, photo, made):
            return replace(outcome, imported=file.size)
        return outcome

    def _look_at(self, content: BinaryIO) -> tuple[images.Photo, images.Renditions | None]:
        content.seek(0)
        return (images.read_photo(content), None) if self._pending else images.render(content)

    def _add(self, file: _File, photo: images.Photo, made: images.Renditions | None) -> bool:
        """Store the objects and then the row; False if another import of the same bytes was faster."""
        while (photo_id := self._free_id(file.sha256)) is not None:
            keys = Keys.of(self.album_id, photo_id, photo.extension)
            self._store(file.content, photo, made, keys)
            self._go_on()
            row = {
                "id": photo_id,
                "album_id": self.album_id,
                "filename": clean_filename(file.path.name),
                "original_key": keys.original,
                "file_size": file.size,
                "mime_type": photo.mime_type,
                "hash": file.sha256,
                **_processed(photo, made, keys),
            }
            try:
                self._db.insert("photos", row, returning=False)
            except UniqueViolationError:
                continue  # look again: it is in the album now, or it was and went to the trash
            return True
        return False

    def _free_id(self, sha256: str) -> uuid.UUID | None:
        """The first id of the photo's series that no row has; None if a live photo of the album has one."""
        number = 0
        while True:
            photo_id = make_photo_id(self.album_id, sha256, number)
            row = self._db.find_one("photos", {"id": photo_id}, select=["album_id", "deleted_at"])
            if row is None:
                return photo_id
            if row["album_id"] == self.album_id and row["deleted_at"] is None:
                return None  # its content was replaced since, by a retouched one: it is imported all the same
            number += 1

    def _store(self, file: BinaryIO, photo: images.Photo, made: images.Renditions | None, keys: Keys) -> None:
        file.seek(0)
        self._storage.upload(keys.original, file, content_type=photo.mime_type)
        if made is None:
            return
        for key, data in ((keys.thumbnail, made.thumbnail), (keys.preview, made.preview)):
            self._go_on()
            self._storage.upload(key, data, content_type="image/jpeg")

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise _StoppedError


def _processed(photo: images.Photo, made: images.Renditions | None, keys: Keys) -> dict[str, Any]:
    """The columns that PIS's worker fills in, or that leave the photo to it."""
    if made is None:
        return {"status": "pending"}
    return {
        "status": "completed",
        "thumb_key": keys.thumbnail,
        "preview_key": keys.preview,
        "width": photo.width,
        "height": photo.height,
        "blur_data": made.blur_data,
        "exif": photo.exif,
        "captured_at": photo.captured_at or dt.datetime.now(dt.UTC),  # as the worker does
    }


@dataclass(frozen=True, slots=True)
class Keys:
    """Where a photo's objects are; the layout is PIS's own."""

    original: str
    thumbnail: str
    preview: str

    @classmethod
    def of(cls, album_id: uuid.UUID, photo_id: uuid.UUID, extension: str) -> Keys:
        """The keys of a photo whose original has this extension."""
        return cls(
            original=f"raw/{album_id}/{photo_id}.{extension}",
            thumbnail=f"processed/thumbs/{album_id}/{photo_id}.jpg",
            preview=f"processed/previews/{album_id}/{photo_id}.jpg",
        )


def make_photo_id(album_id: uuid.UUID, sha256: str, number: int = 0) -> uuid.UUID:
    """The id of these bytes in this album; ``number`` goes up where earlier ids of the series are taken."""
    return uuid.uuid5(album_id, f"photo:{sha256}:{number}")


@contextmanager
def _snapshot(path: Path) -> Iterator[tuple[BinaryIO, str, int]]:
    """The file's content as it is now, with its SHA-256 and size: what is hashed is what is stored.

    Without it, a file that is still being copied into the folder could be stored under another's hash.
    """
    digest = hashlib.sha256()
    with path.open("rb") as source, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        start = source.read(_CHUNK)
        images.check_start(start)  # a film of many gigabytes is turned away here
        while start:
            digest.update(start)
            copy.write(start)
            start = source.read(_CHUNK)
        yield copy, digest.hexdigest(), copy.tell()  # type: ignore[misc]  # it has all of BinaryIO's methods


# -- all files ---------------------------------------------------------------------------------------


def _run(
    job: _Import, files: list[Found], workers: int, on_progress: Callable[[Progress], None] | None
) -> list[_Outcome]:
    """The outcome of every file, in the order in which they were done; few are in hand at any time."""
    outcomes: list[_Outcome] = []
    imported = 0
    waiting = iter(files)
    with ThreadPoolExecutor(workers, thread_name_prefix="import") as pool:
        in_hand: set[Future[_Outcome]] = set()
        try:
            while True:
                while len(in_hand) < 2 * workers and (file := next(waiting, None)) is not None:
                    in_hand.add(pool.submit(job, file))
                if not in_hand:
                    return outcomes
                done, in_hand = wait(in_hand, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    outcomes.append(outcome)
                    imported += outcome.imported is not None
                    if on_progress is not None:
                        on_progress(Progress(len(outcomes), len(files), imported, outcome.path))
        except BaseException:
            job.stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _report(album_id: uuid.UUID, outcomes: list[_Outcome], seconds: float) -> ImportReport:
    # A file with the bytes of one that turned out to be no photo is no photo either.
    refused: dict[str | None, str] = {
        outcome.sha256: outcome.reason for outcome in outcomes if outcome.reason and outcome.sha256
    }
    reasons = [(outcome.path, outcome.reason or refused.get(outcome.sha256)) for outcome in outcomes]
    skipped = sorted((path, reason) for path, reason in reasons if reason is not None)
    imported = [outcome.imported for outcome in outcomes if outcome.imported is not None]
    return ImportReport(
        album_id=album_id,
        found=len(outcomes),
        imported=len(imported),
        duplicates=len(outcomes) - len(imported) - len(skipped),
        skipped=tuple(Skipped(path, reason) for path, reason in skipped),
        bytes=sum(imported),
        seconds=seconds,
        unreadable=sum(outcome.unreadable for outcome in outcomes),
    )
