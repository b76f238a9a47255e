"""One Python data layer for PIS: any database, any object store.

    from pis_data import get_database_adapter, get_storage_adapter

The names below are handed on lazily (PEP 562): importing this package loads neither SQLAlchemy, nor a
driver, nor an SDK.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "DatabaseConfig": "pis_data.config",
    "StorageConfig": "pis_data.config",
    "DatabaseAdapter": "pis_data.sync",
    "create_database_adapter": "pis_data.sync",
    "get_database_adapter": "pis_data.sync",
    "register_database_adapter": "pis_data.sync",
    "StorageAdapter": "pis_data.storage",
    "create_storage_adapter": "pis_data.storage",
    "get_storage_adapter": "pis_data.storage",
    "register_storage_adapter": "pis_data.storage",
}

__all__ = [
    "DatabaseAdapter",
    "DatabaseConfig",
    "StorageAdapter",
    "StorageConfig",
    "create_database_adapter",
    "create_storage_adapter",
    "get_database_adapter",
    "get_storage_adapter",
    "register_database_adapter",
    "register_storage_adapter",
    "reset_adapters",
]

if TYPE_CHECKING:
    from pis_data.config import DatabaseConfig, StorageConfig
    from pis_data.storage import (
        StorageAdapter,
        create_storage_adapter,
        get_storage_adapter,
        register_storage_adapter,
    )
    from pis_data.sync import (
        DatabaseAdapter,
        create_database_adapter,
        get_database_adapter,
        register_database_adapter,
    )


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


def reset_adapters() -> None:
    """Close and forget the process-wide adapters: the next ``get_…_adapter()`` reads the environment anew."""
    import sys

    for module in ("pis_data.sync", "pis_data.storage"):
        if module in sys.modules:
            sys.modules[module].reset_adapters()
