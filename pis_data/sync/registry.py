# Generated from pis_data/aio/registry.py by tools/make_sync.py: change that, then run it.
"""How adapters are made: from the environment, from a configuration, by third parties."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from pis_data.config import DatabaseConfig, DatabaseKind, add_kind, resolve_database
from pis_data.errors import ConfigurationError
from sqlalchemy import Engine

from .adapter import DatabaseAdapter

Factory = Callable[[DatabaseConfig], Any]


class _Process:
    """Stands for this process, whose threads share one adapter; tasks share their event loop's."""


_process = _Process()
_guard = threading.Lock()
_factories: dict[str, Factory] = {}
_shared: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def create_database_adapter(
    config: DatabaseConfig | str | None = None,
    *,
    engine: Engine | None = None,
    statement_timeout: float | None = None,
) -> DatabaseAdapter:
    """A new adapter, which is yours to close.

    Args:
        config: a configuration, a URL, or ``env:PREFIX``.
        engine: an engine of your own in place of that.
        statement_timeout: with an engine of your own: seconds until a statement is cancelled.

    Raises:
        ConfigurationError, MissingDependencyError: before anything is connected to.
    """
    if isinstance(config, str):
        config = resolve_database(config)
    if config is not None and not isinstance(config, DatabaseConfig):
        raise ConfigurationError(f"expected a DatabaseConfig or a URL, not {type(config).__name__}")
    if config is not None and config.kind not in set(DatabaseKind):
        return _factory(str(config.kind))(config)  # type: ignore[no-any-return]
    return DatabaseAdapter(config, engine=engine, statement_timeout=statement_timeout)


def get_database_adapter() -> DatabaseAdapter:
    """The shared adapter that the environment describes; see ``docs/configuration.md``.

    Raises:
        ConfigurationError: the environment describes none, or a wrong one.
    """
    place = _process
    with _guard:
        if place not in _shared:
            _shared[place] = create_database_adapter(DatabaseConfig.from_env())
        found: DatabaseAdapter = _shared[place]
        return found


def register_database_adapter(name: str, factory: Factory) -> None:
    """Make ``DATABASE_TYPE=name`` use ``factory(config)``, which gives an adapter.

    An installed package does the same with an entry point in the group ``pis_data.database``; for an adapter
    whose methods are coroutines, in ``pis_data.database.aio``.
    """
    add_kind("database", name)
    _factories[name] = factory


def _factory(name: str) -> Factory:
    if name not in _factories:
        group = "pis_data.database"
        for entry in entry_points(group=group, name=name):
            _factories[name] = entry.load()
    if name not in _factories:
        raise ConfigurationError(f"no adapter is registered for the database kind {name!r}")
    return _factories[name]


def reset_adapters() -> None:
    """Close and forget the shared adapters."""
    with _guard:
        adapters = list(_shared.values())
        _shared.clear()
    for adapter in adapters:
        adapter.close()
