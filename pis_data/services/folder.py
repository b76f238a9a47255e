"""What is in a folder of photos: the files, in a settled order, and the names to store them under."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_FILENAME = 255

# What systems and programs leave in folders of photos; nobody means to import it.
_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "@eaDir", "#recycle", "$RECYCLE.BIN"})
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, or (with ``problem``) why what was found here can't be read as one."""

    path: Path
    problem: str | None = None
    unreadable: bool = False
    """It may well be photos, but the system refuses to give them."""


def walk(root: Path) -> Iterator[Found]:
    """The files of a folder and of those inside it, in the order of their names; hidden ones are left out.

    Links to files are followed, links to folders are not (so that no loop can catch us), and what is neither
    file nor folder is never opened. ``root`` itself may be one file, or a link.
    """
    if root.is_file():
        yield Found(root)
        return
    yield from _walk(root)


def _walk(folder: Path) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(folder, f"the folder can't be read: {error.strerror}", unreadable=True)
        return
    for entry in names:
        if entry.name.startswith(".") or entry.name in _LITTER:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield _file(Path(entry.path))


def _file(path: Path) -> Found:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink():
            return Found(path, "it is a link to nothing")
        return Found(path, f"it can't be read: {error.strerror}", unreadable=True)
    if stat.S_ISREG(mode):
        return Found(path)
    return Found(path, "it is a link to a folder" if stat.S_ISDIR(mode) else "it is not a regular file")


def shown(path: Path) -> str:
    """The path as text that can be printed and stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode(errors="replace")


def clean_filename(name: str) -> str:
    """A file's name as a photo's: no control characters, at most 255 characters, the extension kept."""
    text = unicodedata.normalize("NFC", os.fsencode(name).decode(errors="replace"))
    kept = "".join(
        char
        for char in text
        if unicodedata.category(char) not in {"Cc", "Cs"} and char not in _DIRECTION_MARKS
    ).strip()
    stem, dot, extension = kept.rpartition(".")
    if len(kept) <= LONGEST_FILENAME or not dot or len(extension) > 10:
        return kept[:LONGEST_FILENAME] or "photo"
    return stem[: LONGEST_FILENAME - len(extension) - 1] + dot + extension
