"""What of two outcomes must be equal, and how a difference is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Set
from enum import Enum
from typing import Any

from pis_data.errors import ConstraintViolationError

#: moments from here on were made during this run: by a server, or from this machine's clock
_BEGUN = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)


def comparable(value: Any) -> Any:
    """A result as it can be compared: the moments of this run as "now" (servers make them one after the
    other, and to different resolutions), numbers by type, records by their fields.
    """
    if isinstance(value, dt.datetime) and _BEGUN <= value <= dt.datetime.now(dt.UTC) + dt.timedelta(
        seconds=2
    ):
        return "now"
    if isinstance(value, Enum):
        return (type(value).__name__, value.value)
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        if (
            "next" in fields
        ):  # a cursor holds a moment: what matters is whether there is one, and where it leads
            fields["next"] = fields["next"] is not None
        return (type(value).__name__, comparable(fields))
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted(map(repr, map(comparable, value)))
    if isinstance(value, (list, tuple)):
        return [comparable(item) for item in value]
    if isinstance(value, float):
        return ("float", 0.0 if value == 0 else value, math.copysign(1, value) if value else 1)
    if isinstance(value, (bool, int)):
        return (type(value).__name__, value)
    if isinstance(value, str):
        return str(value)
    return value


def name_of(error: Exception) -> str:
    """What of an error is compared. A row may violate several constraints at once, and each server says
    which it looked at first: docs/portability.md. The contract suite violates them one by one.
    """
    return "a violation" if isinstance(error, ConstraintViolationError) else type(error).__name__


def first_difference(one: Any, other: Any, where: str = "") -> tuple[str, Any, Any]:
    """Where two results part, and what stands there in each."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            if one[key] != other[key]:
                return first_difference(one[key], other[key], f"{where}[{key!r}]")
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)) and len(one) == len(other):
        for index, (a, b) in enumerate(zip(one, other, strict=True)):
            if a != b:
                return first_difference(a, b, f"{where}[{index}]")
    return where, one, other
