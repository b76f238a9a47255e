"""The objects' folder of local storage: directories, walked one descriptor at a time.

Every step opens relative to the directory before it and follows no symbolic link, so nothing planted in the
folder leads outside, not even while we look. It also means that no path is too long for the system.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pis_data.errors import BucketNotFoundError, CapabilityError, ObjectNotFoundError, PreconditionFailedError

from .local_names import CONTINUED, OBJECT_MARK, decode_names, encode_folder, encode_key

T = TypeVar("T")

if not {os.open, os.link, os.rename, os.mkdir, os.unlink} <= os.supports_dir_fd:
    raise CapabilityError("local storage needs Linux or macOS: use an object store on this system")

OBJECTS = "objects"
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A planted FIFO must not make an open wait for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
_TRIES = 100


class Tree:
    """The directories and files in which objects are kept.

    Methods raise `OSError` for what goes wrong below, with `FileNotFoundError` meaning that there is no such
    object; only a missing folder is a `BucketNotFoundError` at once.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def top(self, name: str = OBJECTS) -> Iterator[int]:
        """Give the descriptor of one of the store's own folders."""
        try:
            root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError) as error:
            lacks = "is no folder" if isinstance(error, NotADirectoryError) else "does not exist"
            raise BucketNotFoundError(
                f"the storage folder {self._root} {lacks}: check STORAGE_PATH, or create it "
                "with ensure_bucket() or `pis-data storage put --create`"
            ) from error
        try:
            fd = os.open(name, _DIRECTORY, dir_fd=root)
        except FileNotFoundError as error:
            raise BucketNotFoundError(
                f"the folder {self._root} holds no store (no {name!r} in it; is its volume mounted?): "
                "create one with ensure_bucket()"
            ) from error
        finally:
            os.close(root)
        try:
            yield fd
        finally:
            os.close(fd)

    @contextmanager
    def folder(self, names: Sequence[str], *, create: bool = False) -> Iterator[int]:
        """Give the descriptor of a directory in the objects' folder."""
        with self.top() as top:
            fd = os.dup(top)
            try:
                for name in names:
                    below = _step(fd, name.encode(), create)
                    os.close(fd)
                    fd = below
                yield fd
            finally:
                os.close(fd)

    def open_object(self, key: str) -> int:
        """Open an object's file for reading and return its descriptor."""
        folders, name = encode_key(key)
        with self.folder(folders) as fd:
            return open_file(fd, name)

    def open_objects(self, segments: Sequence[str], names: Iterable[str]) -> Generator[tuple[str, int]]:
        """Open objects directly below a folder of keys: pairs of name and descriptor (not what is gone)."""
        with self.folder(encode_folder(segments)) as folder:
            for name in names:
                continued, file = encode_key(name)
                try:
                    fd = (
                        self.open_object("/".join([*segments, name]))
                        if continued
                        else open_file(folder, file)
                    )
                except FileNotFoundError:
                    continue
                try:
                    yield name, fd
                finally:
                    os.close(fd)

    def publish(self, draft: str, drafts: int, key: str, *, create_only: bool) -> None:
        """Put a finished file in its place, in one step; ``drafts`` is the descriptor of its directory."""
        folders, name = encode_key(key)

        def put() -> None:
            with self.folder(folders, create=True) as fd:
                if create_only:
                    _link(draft, drafts, name.encode(), fd, key)
                else:
                    os.replace(draft, name.encode(), src_dir_fd=drafts, dst_dir_fd=fd)
                sync_directory(fd)

        try:
            _despite_pruning(put)
        except BaseException:
            with contextlib.suppress(OSError):
                self._prune(folders)
            raise

    def rename(self, src: str, dst: str) -> None:
        """Give an object's file another place, in one step."""
        old_folders, old_name = encode_key(src)
        new_folders, new_name = encode_key(dst)

        def put() -> None:
            with self._folder_of(src) as old, self.folder(new_folders, create=True) as new:
                os.rename(old_name.encode(), new_name.encode(), src_dir_fd=old, dst_dir_fd=new)
                sync_directory(new)
                sync_directory(old)

        try:
            _despite_pruning(put)
        except BaseException:
            with contextlib.suppress(OSError):
                self._prune(new_folders)
            raise
        self._prune(old_folders)

    @contextmanager
    def _folder_of(self, key: str) -> Iterator[int]:
        folders, _ = encode_key(key)
        try:
            fd = self.open_object(key)
        except FileNotFoundError as error:
            raise ObjectNotFoundError(f"there is no object {key!r}") from error
        os.close(fd)
        with self.folder(folders) as folder:
            yield folder

    def remove(self, key: str) -> None:
        """Remove an object's file, and the directories that it leaves empty."""
        folders, name = encode_key(key)
        with self.folder(folders) as fd:
            os.unlink(name.encode(), dir_fd=fd)
            sync_directory(fd)
        self._prune(folders)

    def scan(self, segments: Sequence[str]) -> list[str]:
        """Return what is directly below a folder of keys, in the order of the keys: ``name`` or ``name/``.

        Files that we did not write are passed over.
        """
        found: list[str] = []
        self._scan(encode_folder(segments), (), found)
        found.sort()
        return found

    def _scan(self, path: tuple[str, ...], begun: tuple[str, ...], found: list[str]) -> None:
        """Collect from one directory; ``begun`` are the names that the segments below it begin with."""
        with self.folder((*path, *begun)) as fd, os.scandir(fd) as entries:
            continued = []
            for entry in entries:
                name = _text(entry.name)
                if name is None:
                    continue
                if name.startswith(OBJECT_MARK):
                    segment = decode_names((*begun, name[1:]))
                    if segment is not None and entry.is_file(follow_symlinks=False):
                        found.append(segment)
                elif entry.is_dir(follow_symlinks=False):
                    if name.endswith(CONTINUED):
                        continued.append(name)
                    elif (segment := decode_names((*begun, name))) is not None:
                        found.append(segment + "/")
        for name in continued:
            with contextlib.suppress(FileNotFoundError):
                self._scan(path, (*begun, name), found)

    def _prune(self, folders: Sequence[str]) -> None:
        for depth in range(len(folders), 0, -1):
            try:
                with self.folder(folders[: depth - 1]) as parent:
                    os.rmdir(folders[depth - 1].encode(), dir_fd=parent)
            except FileNotFoundError:
                continue  # another process was quicker
            except OSError:
                return  # not empty; or it may stay, harmless


def open_file(folder: int, name: str) -> int:
    """Open a file in a directory for reading, following no link; return its descriptor."""
    return os.open(name.encode(), _FILE, dir_fd=folder)


def sync_directory(fd: int) -> None:
    """Make changes to a directory's entries last, on file systems that can."""
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF}:
            raise


def _step(fd: int, name: bytes, create: bool) -> int:
    try:
        return os.open(name, _DIRECTORY, dir_fd=fd)
    except FileNotFoundError:
        if not create:
            raise
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, dir_fd=fd)
        sync_directory(fd)
    return os.open(name, _DIRECTORY, dir_fd=fd)


def _link(draft: str, drafts: int, name: bytes, fd: int, key: str) -> None:
    """Create-only and atomic: a hard link, unlike a rename, never replaces what is there."""
    try:
        os.link(draft, name, src_dir_fd=drafts, dst_dir_fd=fd, follow_symlinks=False)
    except FileExistsError as error:
        raise PreconditionFailedError(f"there is an object {key!r} already") from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        raise CapabilityError(
            "if_none_match needs hard links, which this file system does not have: keep the storage "
            "folder on another one"
        ) from error


def _despite_pruning(put: Callable[[], T]) -> T:
    """Try again when somebody removed a directory, empty until now, between our making and our using it."""
    for attempt in range(_TRIES):
        try:
            return put()
        except FileNotFoundError:
            time.sleep(0.0002 * attempt)
    return put()


def _text(name: str) -> str | None:
    """The name as UTF-8, whatever the locale; None if it is something else."""
    try:
        return os.fsencode(name).decode()
    except UnicodeDecodeError:
        return None
