"""The face of everything that waits, for programs that run an event loop: databases and object stores.

There are two faces with the same names. Of what talks to a database ``aio`` is written, and ``sync`` is
generated from it, file for file; storage is written the other way round, and handed on here. The names are
handed on lazily (PEP 562): who stores objects only, loads no SQLAlchemy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

_STORAGE = "pis_data.storage.aio"  # sync: _STORAGE = "pis_data.storage.registry"
_HOMES = {
    "DatabaseAdapter": f"{__name__}.adapter",
    "Transaction": f"{__name__}.transaction",
    "create_database_adapter": f"{__name__}.registry",
    "get_database_adapter": f"{__name__}.registry",
    "register_database_adapter": f"{__name__}.registry",
    "StorageAdapter": _STORAGE,
    "create_storage_adapter": _STORAGE,
    "get_storage_adapter": _STORAGE,
    "register_storage_adapter": _STORAGE,
}

__all__ = [
    "DatabaseAdapter",
    "StorageAdapter",
    "Transaction",
    "create_database_adapter",
    "create_storage_adapter",
    "get_database_adapter",
    "get_storage_adapter",
    "register_database_adapter",
    "register_storage_adapter",
    "reset_adapters",
]

if TYPE_CHECKING:
    from pis_data.storage.aio import (  # sync: from pis_data.storage import (
        StorageAdapter,
        create_storage_adapter,
        get_storage_adapter,
        register_storage_adapter,
    )

    from .adapter import DatabaseAdapter
    from .registry import create_database_adapter, get_database_adapter, register_database_adapter
    from .transaction import Transaction


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


async def reset_adapters() -> None:
    """Close and forget the shared adapters: the next ``get_…_adapter()`` reads the environment anew."""
    for module in (f"{__name__}.registry", _STORAGE):
        if module in sys.modules:
            await sys.modules[module].reset_adapters()
