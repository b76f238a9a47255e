"""What differs from database to database; `dialect_for` chooses."""

from __future__ import annotations

from functools import cache

from pis_data.dialects.base import Capabilities, Capability, Dialect, Face, Failure
from pis_data.dialects.mariadb import MariadbDialect
from pis_data.dialects.mysql import MysqlDialect
from pis_data.dialects.postgresql import PostgresqlDialect
from pis_data.dialects.sqlite import SqliteDialect
from pis_data.errors import ConfigurationError

__all__ = ["Capabilities", "Capability", "Dialect", "Face", "Failure", "dialect_for"]

_DIALECTS: dict[str, type[Dialect]] = {
    "postgresql": PostgresqlDialect,
    "supabase": PostgresqlDialect,
    "mysql": MysqlDialect,
    "mariadb": MariadbDialect,
    "sqlite": SqliteDialect,
}


def dialect_for(kind: str) -> Dialect:
    """The one instance of a kind's dialect; `ConfigurationError` for a kind that there is none of."""
    if kind not in _DIALECTS:
        raise ConfigurationError(f"there is no database kind {kind!r}: one of {', '.join(_DIALECTS)}")
    return _instance(_DIALECTS[kind])


@cache
def _instance(dialect: type[Dialect]) -> Dialect:
    return dialect()
