"""BlurHash (https://blurha.sh): a few letters that stand for a blurred picture while the real one loads."""

from __future__ import annotations

import math
from collections.abc import Sequence

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"

_Colour = tuple[float, float, float]


def encode(pixels: bytes, width: int, height: int, components: int = 4) -> str:
    """The BlurHash, ``components`` × ``components``, of RGB pixels (3 bytes each, row by row, sRGB).

    32 pixels across are plenty: only ``components`` waves in each direction are kept.
    """
    across = _waves(width, components)
    down = _waves(height, components)
    rows = [_row_factors(pixels[start : start + 3 * width], across) for start in _row_starts(width, height)]
    factors = [
        _sum_colours([row[x] for row in rows], wave, (1 if x == y == 0 else 2) / (width * height))
        for y, wave in enumerate(down)
        for x in range(components)
    ]
    return _spell(factors, components)


def _row_starts(width: int, height: int) -> range:
    return range(0, 3 * width * height, 3 * width)


def _waves(size: int, count: int) -> list[list[float]]:
    return [[math.cos(math.pi * wave * i / size) for i in range(size)] for wave in range(count)]


def _row_factors(row: bytes, waves: list[list[float]]) -> list[_Colour]:
    red, green, blue = ([_LINEAR[value] for value in row[channel::3]] for channel in range(3))
    return [(_dot(red, wave), _dot(green, wave), _dot(blue, wave)) for wave in waves]


def _dot(values: Sequence[float], wave: Sequence[float]) -> float:
    return sum(map(float.__mul__, values, wave))


def _sum_colours(colours: list[_Colour], wave: list[float], scale: float) -> _Colour:
    red, green, blue = (scale * _dot([colour[i] for colour in colours], wave) for i in range(3))
    return red, green, blue


def _spell(factors: list[_Colour], components: int) -> str:
    average, others = factors[0], factors[1:]
    highest = max((abs(value) for colour in others for value in colour), default=0.0)
    step = max(0, min(82, math.floor(highest * 166 - 0.5)))
    unit = (step + 1) / 166
    return (
        _base83((components - 1) + (components - 1) * 9, 1)
        + _base83(step, 1)
        + _base83(_average_digits(average), 4)
        + "".join(_base83(_factor_digits(colour, unit), 2) for colour in others)
    )


def _average_digits(colour: _Colour) -> int:
    red, green, blue = (_to_srgb(value) for value in colour)
    return (red << 16) + (green << 8) + blue


def _factor_digits(colour: _Colour, unit: float) -> int:
    red, green, blue = (
        max(0, min(18, math.floor(math.copysign(math.sqrt(abs(value / unit)), value) * 9 + 9.5)))
        for value in colour
    )
    return red * 19 * 19 + green * 19 + blue


def _base83(value: int, length: int) -> str:
    return "".join(_DIGITS[value // 83**place % 83] for place in reversed(range(length)))


def _to_linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _to_srgb(value: float) -> int:
    share = max(0.0, min(1.0, value))
    srgb = share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
    return math.floor(srgb * 255 + 0.5)


_LINEAR = [_to_linear(value) for value in range(256)]
