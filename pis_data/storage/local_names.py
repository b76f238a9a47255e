"""What a key is called in the folder of local storage.

The encoding is injective, and its names mean the same on every file system: also where case is folded,
Unicode is normalised, names are short, or characters and names are reserved. Ordinary keys stay readable:
``raw/2024/photo.jpg`` is the file ``raw/2024/@photo.jpg``.

- Lower-case ASCII letters, digits, most punctuation and CJK ideographs (which no file system normalises)
  stand for themselves; an upper-case letter is ``!`` and the lower-case one; the rest is ``%xx`` by byte.
- An object's file begins with ``@``, which no directory does: so ``a`` and ``a/b`` live beside each other.
- A segment too long for one name continues in nested directories: ``begin~/~middle~/~end``.

``~``, ``@``, ``!`` and ``%`` in a key are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .keys import is_legal

MAX_NAME_BYTES = 140
"""Of one name on disk. Most file systems take 255; encrypted folders (eCryptfs, as on NAS boxes) take 143."""

OBJECT_MARK = "@"
CONTINUED = "~"

_AS_IS = r"a-z0-9._+=,()\[\] \u4e00-\u9fff-"
_PLAIN = re.compile(rf"(?![. ])[{_AS_IS}]+(?<![. ])")
_TOKEN = re.compile(rf"[{_AS_IS}]|![a-z]|(?:%[0-9a-f]{{2}})+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")  # device names of Windows


def encode_key(key: str) -> tuple[tuple[str, ...], str]:
    """Return the directories below the objects' folder, and the file in the last of them."""
    *folders, last = key.split("/")
    path = encode_folder(folders)
    *continued, end = _names(last)
    return (*path, *continued), OBJECT_MARK + end


def encode_folder(segments: Sequence[str]) -> tuple[str, ...]:
    """Return the directories that hold what is below these segments of a key."""
    return tuple(name for segment in segments for name in _names(segment))


def decode_names(names: Sequence[str]) -> str | None:
    """Return the segment that these names (without an object's mark) spell; None if it is no name of ours."""
    body = "".join(_bodies(names))
    if _PLAIN.fullmatch(body) and len(names) == 1 and _names(body) == [body]:
        return body
    segment = _unescape(body)
    if segment is None or "/" in segment or not is_legal(segment):
        return None
    # Only the one spelling that we write counts: two files can't claim to be the same object.
    return segment if _names(segment) == list(names) else None


def _bodies(names: Sequence[str]) -> Iterator[str]:
    for index, name in enumerate(names):
        begin = CONTINUED if index else ""
        end = CONTINUED if index < len(names) - 1 else ""
        yield name.removeprefix(begin).removesuffix(end)


def _names(segment: str) -> list[str]:
    if len(segment) <= MAX_NAME_BYTES // 3 - 1 and _PLAIN.fullmatch(segment) and not _RESERVED.match(segment):
        return [segment]
    tokens = [_escape(char) for char in segment]
    if segment[0] in ". " or _RESERVED.match(segment):
        tokens[0] = _as_bytes(segment[0])
    if segment[-1] in ". ":
        tokens[-1] = _as_bytes(segment[-1])
    return _split(tokens)


def _split(tokens: Sequence[str]) -> list[str]:
    names, name, size = [], "", 0
    room = MAX_NAME_BYTES - 3  # for "@" and two "~"
    for token in tokens:
        if size + len(token.encode()) > room:
            names.append(name + CONTINUED)
            name, size = CONTINUED, 0
        name += token
        size += len(token.encode())
    return [*names, name]


def _escape(char: str) -> str:
    if _PLAIN.fullmatch(char) or char in ". ":
        return char
    if "A" <= char <= "Z":
        return "!" + char.lower()
    return _as_bytes(char)


def _as_bytes(char: str) -> str:
    return "".join(f"%{byte:02x}" for byte in char.encode())


def _unescape(body: str) -> str | None:
    parts, position = [], 0
    while position < len(body):
        token = _TOKEN.match(body, position)
        if token is None:
            return None
        position = token.end()
        text = token[0]
        if text[0] == "!":
            text = text[1].upper()
        elif text[0] == "%":
            try:
                text = bytes.fromhex(text.replace("%", "")).decode()
            except UnicodeDecodeError:
                return None
        parts.append(text)
    return "".join(parts)
