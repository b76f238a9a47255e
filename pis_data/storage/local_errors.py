"""What the operating system's errors mean to a user of local storage; translated here and nowhere else."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from pis_data.errors import AccessDeniedError, StorageError, StorageUnavailableError

_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_UNAVAILABLE = {
    errno.EIO,
    errno.ESTALE,
    errno.ENXIO,
    errno.ENODEV,
    errno.ETIMEDOUT,
    errno.ENOTCONN,
    errno.EHOSTDOWN,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EBUSY,
}


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn an `OSError` of the block into one of ours; ``doing`` says what failed: ``writing 'a/b'``."""
    try:
        yield
    except OSError as error:
        raise as_storage_error(error, doing) from error


def as_storage_error(error: OSError, doing: str) -> StorageError:
    """Return the error of ours that an `OSError` means; ENOENT is the caller's to understand."""
    reason = error.strerror or str(error)
    if error.errno in _DENIED:
        return AccessDeniedError(f"{doing}: {reason}: the user of this process may not")
    if error.errno in _FULL:
        return StorageError(f"{doing}: {reason}: nothing was changed; make room and try again")
    if error.errno == errno.ELOOP:
        return AccessDeniedError(f"{doing}: a symbolic link stands in the way, and links are not followed")
    if error.errno in _UNAVAILABLE:
        return StorageUnavailableError(f"{doing}: {reason}")
    if error.errno == errno.ENOTDIR:
        return StorageError(f"{doing}: a file or link that is not ours stands where a directory belongs")
    return StorageError(f"{doing}: {reason}")
