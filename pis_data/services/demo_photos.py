"""Photographs for the demo: mountains at all hours, each with the EXIF that a camera would have written."""

from __future__ import annotations

import datetime as dt
import math
import os
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import images

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

SIZE = (1620, 1080)
NOT_A_PHOTO = "read me first.txt"
_RIDGES = 5


@dataclass(frozen=True, slots=True)
class _Hour:
    """The colours of an hour: sky above, sky at the horizon, the nearest ridge."""

    name: str
    zenith: str
    horizon: str
    ground: str


_HOURS = (
    _Hour("dawn", "#27365f", "#f3a683", "#1d2440"),
    _Hour("morning", "#4a8fd0", "#f6e7c8", "#243b2f"),
    _Hour("noon", "#2f7fd8", "#cfe9f7", "#1f4030"),
    _Hour("haze", "#8fa9b8", "#f0e4d0", "#38464b"),
    _Hour("evening", "#3b2f63", "#ff9f68", "#1a1430"),
    _Hour("dusk", "#101a3a", "#a05a7b", "#0b0f22"),
)
_SAVED_WITH: dict[str, dict[str, Any]] = {
    "jpg": {"quality": 88},
    "png": {},
    "webp": {"quality": 88},
    "heic": {"quality": 80, "enc_params": {"preset": "ultrafast"}},  # else it takes seconds
}
_FORMATS = ("jpg", "jpg", "jpg", "jpg", "jpg", "jpg", "jpg", "jpg", "jpg", "png", "webp", "heic")


def make_photos(folder: Path, count: int = 12) -> list[Path]:
    """Make photographs in ``folder``, some on their side, one as PNG, WebP and (if it can be) HEIC each."""
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(lambda number: _make_photo(folder, number, _extension(number)), range(count)))
    (folder / NOT_A_PHOTO).write_text("This file is here to show that what is not a photo is passed over.\n")
    return made


def _extension(number: int) -> str:
    extension = _FORMATS[number % len(_FORMATS)]
    return "jpg" if extension == "heic" and not images.heic_supported() else extension


def _make_photo(folder: Path, number: int, extension: str) -> Path:
    hour = _HOURS[number % len(_HOURS)]
    orientation = {3: 6, 7: 8}.get(number, 1)
    picture = _landscape(hour, random.Random(number), portrait=orientation != 1)
    if orientation != 1:  # laid on its side, as a camera held upright does it
        picture = picture.rotate(90 if orientation == 6 else -90, expand=True)
    path = folder / f"{number + 1:02} {hour.name}.{extension}"
    picture.save(path, exif=_exif(number, orientation), **_SAVED_WITH[extension])
    return path


def _landscape(hour: _Hour, chance: random.Random, *, portrait: bool) -> Image:
    from PIL import Image, ImageDraw, ImageFilter, ImageOps

    width, height = SIZE[::-1] if portrait else SIZE
    gradient = Image.linear_gradient("L").resize((width, height))
    picture = ImageOps.colorize(gradient, hour.zenith, hour.horizon)
    sun = Image.new("L", (width, height))
    across, up, radius = chance.uniform(0.2, 0.8) * width, chance.uniform(0.25, 0.55) * height, height / 14
    ImageDraw.Draw(sun).ellipse((across - radius, up - radius, across + radius, up + radius), fill=255)
    glow = sun.reduce(8).filter(ImageFilter.GaussianBlur(radius / 5)).resize((width, height))
    picture.paste("#fff3d6", mask=glow)
    picture.paste("#fffaf0", mask=sun)
    for ridge in range(_RIDGES):
        nearness = (ridge + 1) / _RIDGES
        colour = _blend(hour.horizon, hour.ground, nearness)
        ImageDraw.Draw(picture).polygon(_ridge(chance, width, height, nearness), fill=colour)
    grain = Image.effect_noise((width // 2, height // 2), 18).resize((width, height)).convert("RGB")
    return Image.blend(picture, grain, 0.04)


def _ridge(chance: random.Random, width: int, height: int, nearness: float) -> list[tuple[float, float]]:
    """The outline of one ridge: a few waves upon each other, closed along the lower edge."""
    waves = [(chance.uniform(1, 4) * 2**i, chance.uniform(0, math.tau), 0.5**i) for i in range(7)]
    base = height * (0.45 + 0.45 * nearness)
    outline = []
    for x in range(0, width + 8, 8):
        sway = sum(size * math.sin(turns * math.tau * x / width + phase) for turns, phase, size in waves)
        outline.append((float(x), base - sway * height * 0.07))
    return [*outline, (width, height), (0, height)]


def _blend(far: str, close: str, share: float) -> tuple[int, int, int]:
    from PIL import ImageColor

    one, two = ImageColor.getrgb(far), ImageColor.getrgb(close)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one[:3], two[:3], strict=True))
    return red, green, blue


def _exif(number: int, orientation: int) -> Exif:
    from PIL import Image

    taken = dt.datetime(2026, 6, 21, 5, 0) + dt.timedelta(minutes=83 * number)
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0112] = "pis_data", "Imaginary 1", orientation
    photo = tags.get_ifd(0x8769)
    photo.update({0x9003: taken.strftime("%Y:%m:%d %H:%M:%S"), 0x9011: "+02:00", 0x9291: f"{number:02}"})
    photo.update({0x829A: 1 / 125, 0x829D: 5.6, 0x8827: 100 * (1 + number % 4), 0x920A: 35.0})
    # A place, which the import must not hand on.
    tags.get_ifd(0x8825).update({1: "N", 2: (46.0, 33.0, 30.0), 3: "E", 4: (8.0, 0.0, 20.0)})
    return tags
