"""The names that PostgreSQL gives to what was declared without one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

#: in bytes
_LONGEST: Final = 63


def made_name(table: str, columns: str, label: str, taken: Collection[str] = ()) -> str:
    """A name such as ``photos_album_id_fkey``, cut and numbered as PostgreSQL does."""
    number = 0
    while True:
        found = _fitted(table, columns, f"{label}{number or ''}")
        if found not in taken:
            return found
        number += 1


def _fitted(table: str, columns: str, label: str) -> str:
    parts = [table.encode(), columns.encode()]
    overhead = len(label) + 1 + (1 if columns else 0)
    while sum(map(len, parts)) + overhead > _LONGEST:
        longer = 0 if len(parts[0]) > len(parts[1]) else 1
        parts[longer] = parts[longer][:-1]
    names = [part.decode(errors="ignore") for part in parts if part]
    return "_".join([*names, label])
