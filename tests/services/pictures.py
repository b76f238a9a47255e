"""Photographs for tests, made as they are needed."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def corners(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A picture whose quarters tell its orientation: red, green above blue, white."""
    image = Image.new("RGB", (width, height))
    boxes = {RED: (0, 0), GREEN: (width // 2, 0), BLUE: (0, height // 2), WHITE: (width // 2, height // 2)}
    for colour, (left, top) in boxes.items():
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image.convert(mode)


def encode(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    if kind == "JPEG":
        options.setdefault("quality", 95)
        options.setdefault("subsampling", 0)
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), seed: int = 0, **tags: Any) -> bytes:
    """A photo's bytes; different seeds give different bytes. Tags: see ``exif``."""
    image = corners(*size)
    image.putpixel((0, 0), (seed % 256, seed // 256 % 256, seed // 65536))
    options: dict[str, Any] = {"comment": str(seed)} if kind == "JPEG" else {}  # it would round the pixel
    if tags:
        options["exif"] = exif(**tags)
    return encode(image, kind, **options)


def exif(
    orientation: int | None = None,
    taken: str | None = None,
    offset: str | None = None,
    fraction: str | None = None,
    make: str | None = None,
    gps: bool = False,
    **photo_tags: Any,
) -> Image.Exif:
    """EXIF with these tags; ``photo_tags`` are further ones as ``x9286=b"…"``."""
    tags = Image.Exif()
    if orientation is not None:
        tags[0x0112] = orientation
    if make is not None:
        tags[0x010F] = make
    inner = tags.get_ifd(0x8769)
    for tag, value in ((0x9003, taken), (0x9011, offset), (0x9291, fraction)):
        if value is not None:
            inner[tag] = value
    for name, value in photo_tags.items():
        inner[int(name.removeprefix("x"), 16)] = value
    if gps:
        tags.get_ifd(0x8825).update({1: "N", 2: (59.0, 20.0, 5.0), 3: "E", 4: (18.0, 4.0, 7.0)})
    return tags
