"""Multipart uploads to local storage: parts wait in a directory of their own until they become an object."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pis_data.errors import IntegrityError, MultipartError

from .limits import MIN_PART_SIZE
from .local_drafts import DRAFTS, Draft, Drafts, discard
from .local_errors import translated
from .local_record import Record, read_record
from .local_tree import Tree, open_file, sync_directory
from .objects import MultipartUpload
from .sources import Source

UPLOADS = "multipart"
_ABOUT = "upload.json"
_ID = re.compile(r"[0-9a-f]{32}")
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class _About:
    """What was said when the upload was begun."""

    key: str
    content_type: str
    metadata: dict[str, str]
    initiated: datetime


class Uploads:
    """The folder of unfinished multipart uploads. An upload appears and vanishes in one step."""

    def __init__(self, tree: Tree, drafts: Drafts) -> None:
        self._tree = tree
        self._drafts = drafts

    def begin(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        """Make the directory of a new upload and return its id."""
        upload_id = secrets.token_hex(16)
        about = {
            "key": key,
            "type": content_type,
            "metadata": metadata,
            "initiated": datetime.now(UTC).isoformat(),
        }
        with (
            translated(f"beginning an upload to {key!r}"),
            self._tree.top(DRAFTS) as drafts,
            self._tree.top(UPLOADS) as uploads,
        ):
            os.mkdir(upload_id, dir_fd=drafts)
            try:
                _write_about(json.dumps(about), upload_id, drafts)
                os.rename(upload_id, upload_id, src_dir_fd=drafts, dst_dir_fd=uploads)
                sync_directory(uploads)
            except BaseException:
                with contextlib.suppress(OSError):
                    discard(upload_id, drafts)
                raise
        return upload_id

    def put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        """Store one part and return its etag, the MD5 of its content."""
        doing = f"uploading part {part_number} of {key!r}"
        with translated(doing), self._folder(key, upload_id) as (folder, _), self._drafts.new(doing) as draft:
            for chunk in source:
                draft.write(chunk)
            record = draft.seal("", {})
            try:
                os.replace(draft.name, _part(part_number), src_dir_fd=draft.folder, dst_dir_fd=folder)
            except FileNotFoundError as error:
                raise _unknown(key, upload_id) from error
            sync_directory(folder)
        return record.etag

    @contextmanager
    def assembled(
        self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]
    ) -> Iterator[tuple[Draft, Record]]:
        """Give a sealed draft of all parts in order, checked against what the caller says of them."""
        doing = f"completing the upload to {key!r}"
        with translated(doing), self._folder(key, upload_id) as (folder, about):
            self._check_sizes(folder, key, parts)
            with self._drafts.new(doing) as draft:
                for number, etag in parts:
                    with _open_part(folder, key, number, etag) as (fd, record):
                        draft.append_from(fd, record.size)
                digests = b"".join(bytes.fromhex(etag) for _, etag in parts)
                digest = hashlib.md5(digests, usedforsecurity=False).hexdigest()
                yield draft, draft.seal(about.content_type, about.metadata, f"{digest}-{len(parts)}")

    def drop(self, key: str, upload_id: str) -> None:
        """Remove an upload and its parts, if it is there."""
        try:
            with translated(f"aborting the upload to {key!r}"), self._folder(key, upload_id):
                pass
        except MultipartError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return
            raise
        with (
            translated(f"aborting the upload to {key!r}"),
            self._tree.top(UPLOADS) as uploads,
            self._tree.top(DRAFTS) as drafts,
            contextlib.suppress(FileNotFoundError),  # another process was quicker
        ):
            # First out of sight in one step; then there is time to remove the parts one by one.
            gone = f"{upload_id}.gone"
            os.rename(upload_id, gone, src_dir_fd=uploads, dst_dir_fd=drafts)
            sync_directory(uploads)
            discard(gone, drafts)

    def list(self, prefix: str) -> Iterator[MultipartUpload]:
        """Yield the unfinished uploads, in no order."""
        with translated("listing multipart uploads"), self._tree.top(UPLOADS) as uploads:
            for name in os.listdir(uploads):  # noqa: PTH208 - a descriptor has no pathlib form
                if not _ID.fullmatch(name):
                    continue
                with contextlib.suppress(FileNotFoundError), _directory(name, uploads) as folder:
                    about = _read_about(folder)
                    if about.key.startswith(prefix):
                        yield MultipartUpload(about.key, name, about.initiated)

    @contextmanager
    def _folder(self, key: str, upload_id: str) -> Iterator[tuple[int, _About]]:
        with self._tree.top(UPLOADS) as uploads, contextlib.ExitStack() as stack:
            try:
                if not _ID.fullmatch(upload_id):
                    raise FileNotFoundError(upload_id)
                folder = stack.enter_context(_directory(upload_id, uploads))
                about = _read_about(folder)
            except FileNotFoundError as error:
                raise _unknown(key, upload_id) from error
            if about.key != key:
                raise MultipartError(f"upload {upload_id!r} is not one to {key!r}")
            yield folder, about

    def _check_sizes(self, folder: int, key: str, parts: Sequence[tuple[int, str]]) -> None:
        for index, (number, etag) in enumerate(parts):
            with _open_part(folder, key, number, etag) as (_, record):
                if record.size < MIN_PART_SIZE and index < len(parts) - 1:
                    raise MultipartError(
                        f"part {number} of the upload to {key!r} is {record.size} bytes: every part but the "
                        f"last has at least {MIN_PART_SIZE}"
                    )


@contextmanager
def _open_part(folder: int, key: str, number: int, etag: str) -> Iterator[tuple[int, Record]]:
    try:
        fd = open_file(folder, _part(number))
    except FileNotFoundError as error:
        raise MultipartError(f"part {number} of the upload to {key!r} was not uploaded") from error
    try:
        record = read_record(fd, key)
        if record.etag != etag:
            raise MultipartError(
                f"part {number} of the upload to {key!r} has etag {record.etag}, not {etag[:80]!r}"
            )
        yield fd, record
    finally:
        os.close(fd)


@contextmanager
def _directory(name: str, parent: int) -> Iterator[int]:
    fd = os.open(name, _DIRECTORY, dir_fd=parent)
    try:
        yield fd
    finally:
        os.close(fd)


def _write_about(text: str, upload_id: str, drafts: int) -> None:
    with _directory(upload_id, drafts) as folder:
        fd = os.open(_ABOUT, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=folder)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(fd)
        sync_directory(folder)


def _read_about(folder: int) -> _About:
    with os.fdopen(open_file(folder, _ABOUT), encoding="utf-8") as file:
        text = file.read()
    try:
        fields = json.loads(text)
        initiated = datetime.fromisoformat(fields["initiated"])
        return _About(fields["key"], fields["type"], fields["metadata"], initiated)
    except (ValueError, KeyError) as error:
        raise IntegrityError("a multipart upload's upload.json was cut or changed") from error


def _part(number: int) -> str:
    return f"part-{number:05d}"


def _unknown(key: str, upload_id: str) -> MultipartError:
    return MultipartError(f"there is no upload {upload_id[:80]!r} to {key!r}: completed, aborted or unknown")
