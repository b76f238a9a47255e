"""What of two outcomes must be equal, and how a difference is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Set
from enum import Enum
from itertools import zip_longest
from typing import Any

import numpy as np

from pis_data.errors import ConstraintViolationError

#: moments from here on were made during this run: by a server, or from this machine's clock
_BEGUN = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)
#: fields that hold a cursor, which holds a moment: what matters is whether there is one, and where it leads
_CURSORS = frozenset({"next", "cursor"})


def comparable(value: Any) -> Any:
    """A result as it can be compared: the moments of this run as "now" (servers make them one after the
    other, and to different resolutions), numbers by type, records by their fields.
    """
    match value:
        case None | bytes():
            return value
        case dt.datetime():
            return "now" if _is_of_this_run(value) else value
        case Enum():
            return (type(value).__name__, value.value)
        case bool() | int():
            return (type(value).__name__, value)
        case float():
            return ("float", 0.0 if value == 0 else value, math.copysign(1, value) if value else 1)
        case str():
            return str(value)
        case dict():
            return {key: comparable(item) for key, item in value.items()}
        case list() | tuple():
            return [comparable(item) for item in value]
        case Set():
            return sorted(map(repr, map(comparable, value)))
        case np.ndarray():
            return (f"array of {value.dtype}", value.tolist())
    if dataclasses.is_dataclass(value):
        return (
            type(value).__name__,
            {field.name: _field(value, field.name) for field in dataclasses.fields(value)},
        )
    return value


def _field(record: Any, name: str) -> Any:
    value = getattr(record, name)
    return value is not None if name in _CURSORS else comparable(value)


def _is_of_this_run(moment: dt.datetime) -> bool:
    return _BEGUN <= moment <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)


def name_of(error: Exception) -> str:
    """What of an error is compared. A row may violate several constraints at once, and each server says
    which it looked at first: docs/portability.md. The contract suite violates them one by one.
    """
    return "a violation" if isinstance(error, ConstraintViolationError) else type(error).__name__


class _Nothing:
    def __repr__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()


def first_difference(one: Any, other: Any, where: str = "") -> tuple[str, Any, Any]:
    """Where two results part, and what stands there in each."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            a, b = one.get(key, _NOTHING), other.get(key, _NOTHING)
            if a != b:
                return first_difference(a, b, f"{where}[{key!r}]")
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        for index, (a, b) in enumerate(zip_longest(one, other, fillvalue=_NOTHING)):
            if a != b:
                return first_difference(a, b, f"{where}[{index}]")
    return where, one, other
