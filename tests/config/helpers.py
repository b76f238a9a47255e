"""What the tests of settings share."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

from pis_data.config import DatabaseConfig, StorageConfig

SECRET = "hunter2"
KEYS = {"STORAGE_ACCESS_KEY": "key", "STORAGE_SECRET_KEY": SECRET}
EVERYTHING = {
    "DATABASE_TYPE": "postgresql",
    "DATABASE_HOST": "db.example.org",
    "DATABASE_PORT": "5433",
    "DATABASE_NAME": "photos",
    "DATABASE_USER": "app",
    "DATABASE_PASSWORD": SECRET,
    "DATABASE_SSL_MODE": "require",
    "DATABASE_POOL_SIZE": "7",
    "DATABASE_MAX_OVERFLOW": "0",
    "DATABASE_POOL_TIMEOUT": "2.5",
    "DATABASE_STATEMENT_TIMEOUT": "0",
    "PIS_VECTOR": "pgvector",
}

Environ = Callable[..., None]


def fields(config: DatabaseConfig | StorageConfig, *names: str) -> dict[str, Any]:
    found = {}
    for name in names:
        value = getattr(config, name)
        found[name] = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    return found


def assert_no_secret(error: BaseException) -> None:
    """Neither the error nor anything that a traceback would show of it holds the secret."""
    assert SECRET not in "".join(traceback.format_exception_only(error))
    assert SECRET not in repr(error)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        assert_no_secret(cause)
