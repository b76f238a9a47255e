"""How it is asked: everything that talks to a database.

There are two faces with the same names: ``aio`` is written, ``sync`` is generated from it, file for file.
"""

from __future__ import annotations

from .adapter import DatabaseAdapter
from .registry import (
    create_database_adapter,
    get_database_adapter,
    register_database_adapter,
    reset_adapters,
)
from .transaction import Transaction

__all__ = [
    "DatabaseAdapter",
    "Transaction",
    "create_database_adapter",
    "get_database_adapter",
    "register_database_adapter",
    "reset_adapters",
]
