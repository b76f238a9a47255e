"""Names of databases and stores beyond the built-in ones: tells an extension from a typing error."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Literal

Group = Literal["database", "storage"]

_added: dict[Group, set[str]] = {"database": set(), "storage": set()}


def add_kind(group: Group, name: str) -> None:
    """Let ``DATABASE_TYPE`` or ``STORAGE_TYPE``, and URLs, hold ``name``: for ``register_…_adapter``."""
    _added[group].add(name)


def registered_kinds(group: Group) -> list[str]:
    """The names that were registered, or that an installed package brings by its entry points."""
    return sorted(_added[group] | _from_entry_points(group))


@cache
def _from_entry_points(group: Group) -> frozenset[str]:
    groups = (f"pis_data.{group}", f"pis_data.{group}.aio")
    return frozenset(point.name for name in groups for point in entry_points(group=name))
