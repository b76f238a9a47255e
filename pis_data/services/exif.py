"""EXIF as a tree that any database can store: named tags, no bytes, no control characters, no GPS.

The shape is that of PIS's own processor (the npm package ``exif-reader``): ``{"Image": {…}, "Photo": {…}}``,
dates as ISO text in UTC, fractions as numbers.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Exif

LONGEST_TEXT = 1_000
LONGEST_LIST = 100
_BIGGEST_INTEGER = 2**63

_PHOTO_IFD = 0x8769
# Pointers to other directories, the GPS one among them, are no values.
_POINTERS = frozenset({_PHOTO_IFD, 0x8825, 0xA005, 0x014A})
# Where Pillow's name for a tag is not the one that PIS's readers know.
_NAMES = {0xA002: "PixelXDimension", 0xA003: "PixelYDimension"}
_DATES = frozenset({"DateTime", "DateTimeOriginal", "DateTimeDigitized"})
_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
# Places, blobs, and how a TIFF lays out its pixels.
_DROPPED = re.compile(
    r"GPS|MakerNote|^XP|Padding|Thumbnail|XMLPacket|XMP|ImageResources|InterColorProfile|^Image(Width|Length)$"
    r"|Compression|^Photometric|^(Strip|Tile)|^JPEG|PerSample$|PerPixel$|PerStrip$|^Planar|^Predictor$"
)


def exif_tree(exif: Exif) -> dict[str, dict[str, Any]]:
    """The tags of an image as ``{"Image": …, "Photo": …}``; directories without tags are left out."""
    tree = {"Image": _clean(exif), "Photo": _clean(exif.get_ifd(_PHOTO_IFD))}
    return {name: tags for name, tags in tree.items() if tags}


def captured_at(exif: Exif) -> dt.datetime | None:
    """When the photo was taken: DateTimeOriginal, in its own time zone if it says one, else read as UTC."""
    tags = exif.get_ifd(_PHOTO_IFD)
    moment = _date(tags.get(0x9003))
    if moment is None:
        return None
    digits = re.match(r"\d{1,6}", str(tags.get(0x9291, "")))
    moment = moment.replace(microsecond=int(digits[0].ljust(6, "0")) if digits else 0)
    try:
        return (moment - _offset(tags.get(0x9011))).replace(tzinfo=dt.UTC)
    except OverflowError:
        return None


def clean_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without control characters, lone surrogates and outer blanks, cut at ``longest``."""
    kept = "".join(
        char
        for char in text[: longest * 4]
        if char in "\t\n" or unicodedata.category(char) not in {"Cc", "Cs"}
    )
    return kept.strip()[:longest].rstrip()


def _clean(tags: Mapping[int, Any]) -> dict[str, Any]:
    from PIL.ExifTags import TAGS

    found: dict[str, Any] = {}
    for tag, value in _items(tags):
        name = clean_text(_NAMES.get(tag) or TAGS.get(tag, ""))
        if not name or tag in _POINTERS or _DROPPED.search(name):
            continue
        cleaned = _iso(value) if name in _DATES else _value(value)
        if cleaned is not None:
            found[name] = cleaned
    return found


def _items(tags: Mapping[int, Any]) -> Iterable[tuple[int, Any]]:
    """The tags that can be read: one that is damaged costs itself, not the others."""
    for tag in tags:
        try:
            yield tag, tags[tag]
        except Exception:  # Pillow's TIFF reader raises many kinds; the tag is unreadable, whichever it is
            continue


def _value(value: Any) -> Any:
    """What JSON can hold of a tag's value, or None."""
    if isinstance(value, bool | None):
        return value
    if isinstance(value, str):
        return clean_text(_as_utf8(value)) or None
    if isinstance(value, bytes | bytearray):
        return None
    if isinstance(value, int):
        return value if -_BIGGEST_INTEGER <= value < _BIGGEST_INTEGER else None
    if isinstance(value, tuple | list):
        items = [_value(item) for item in value[:LONGEST_LIST]]
        return None if any(item is None for item in items) or not items else items
    return _number(value)


def _as_utf8(text: str) -> str:
    """Pillow reads text tags as Latin-1; most cameras and programs write UTF-8."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _number(value: Any) -> float | int | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _iso(value: Any) -> str | None:
    moment = _date(value)
    return None if moment is None else moment.isoformat(timespec="milliseconds") + "Z"


def _date(value: Any) -> dt.datetime | None:
    match = _DATE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return dt.datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None


def _offset(value: Any) -> dt.timedelta:
    match = _OFFSET.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return dt.timedelta()
    sign = -1 if match[1] == "-" else 1
    return sign * dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
