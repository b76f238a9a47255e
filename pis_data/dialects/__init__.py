"""What differs from database to database; `dialect_for` chooses."""

from __future__ import annotations

from functools import cache

from pis_data.dialects.base import Capabilities, Capability, Dialect, Face, Failure
from pis_data.dialects.mariadb import MariadbDialect, MariadbVectorDialect
from pis_data.dialects.mysql import MysqlDialect
from pis_data.dialects.postgresql import PgvectorDialect, PostgresqlDialect
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

#: what a server of such a kind turns out to be, once it was asked
_FOUND: dict[str, type[Dialect]] = {
    "postgresql+vectors": PgvectorDialect,
    "mariadb+vectors": MariadbVectorDialect,
}


def dialect_for(kind: str) -> Dialect:
    """The one instance of a kind's dialect; `ConfigurationError` for a kind that there is none of."""
    found = _DIALECTS.get(kind) or _FOUND.get(kind)
    if found is None:
        raise ConfigurationError(f"there is no database kind {kind!r}: one of {', '.join(_DIALECTS)}")
    return _instance(found)


@cache
def _instance(dialect: type[Dialect]) -> Dialect:
    return dialect()
