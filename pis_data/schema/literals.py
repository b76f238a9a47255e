"""Values written into the text of SQL: for offline migrations and for statements that are printed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect


def literal(value: Any, dialect: Dialect) -> str:
    """Write a driver's value (what a portable type's bind processor gives) as this dialect's SQL.

    None, bool, int, float, str, bytes, UUID, date, datetime, and a list of them as PostgreSQL's array.
    Raises TypeError for anything else.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()  # SQLite reads these words too, as 1 and 0
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _bytes(bytes(value), dialect.name)
    if isinstance(value, list):
        return f"ARRAY[{', '.join(literal(item, dialect) for item in value)}]"
    if isinstance(value, dt.datetime):
        value = value.isoformat(sep=" ")
    elif isinstance(value, (dt.date, UUID)):
        value = str(value)
    if not isinstance(value, str):
        raise TypeError(f"no SQL literal for {type(value).__name__}")
    return _quoted(value, dialect)


def _quoted(text: str, dialect: Dialect) -> str:
    """Text between quotes; its backslashes are doubled after us, by SQLAlchemy's compiler for MySQL."""
    text = text.replace("'", "''")
    if dialect.paramstyle in ("format", "pyformat"):
        text = text.replace("%", "%%")
    return f"'{text}'"


def _bytes(value: bytes, dialect: str) -> str:
    if dialect == "postgresql":
        return f"'\\x{value.hex()}'::bytea"
    return f"X'{value.hex()}'"
