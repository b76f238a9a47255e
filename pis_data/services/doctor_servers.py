"""What the doctor asks each kind of database server, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import DatabaseError

if TYPE_CHECKING:
    from ..config import DatabaseConfig
    from ..sync import DatabaseAdapter

Fact: TypeAlias = tuple[str, bool, str, str | None]
"""Name, whether it is well, detail, and what to do if it isn't."""

_ALWAYS_ALLOWED = ("SUPER", "ALL PRIVILEGES ON *.*")


def facts(database: DatabaseAdapter, config: DatabaseConfig) -> Iterator[Fact]:
    """What this server's kind is asked; an answer that it refuses is a fact too."""
    examine = _EXAMINERS.get(config.family)
    if examine is None:
        return
    try:
        yield from examine(database, config)
    except DatabaseError as error:
        yield "settings", False, f"the server did not tell its settings: {error}", None


def _ask(database: DatabaseAdapter, sql: str) -> dict[str, Any]:
    """The first row that a query gives."""
    import sqlalchemy as sa

    rows = database.execute(sa.text(sql))
    assert isinstance(rows, list)
    return rows[0] if rows else {}


# -- SQLite ----------------------------------------------------------------------------------------------


def _sqlite(database: DatabaseAdapter, config: DatabaseConfig) -> Iterator[Fact]:
    mode = str(_ask(database, "PRAGMA journal_mode").get("journal_mode"))
    if config.path is not None:
        fix = "move the database to a local disk: WAL needs one, and readers wait for writers without it"
        yield "journal", mode == "wal", f"journal mode {mode}", None if mode == "wal" else fix
    keys = bool(_ask(database, "PRAGMA foreign_keys").get("foreign_keys"))
    yield (
        "foreign keys",
        keys,
        "enforced" if keys else "not enforced",
        None if keys else "report this as a bug",
    )


# -- PostgreSQL --------------------------------------------------------------------------------------------


def _postgresql(database: DatabaseAdapter, config: DatabaseConfig) -> Iterator[Fact]:
    row = _ask(
        database,
        "SELECT current_setting('server_encoding') AS encoding,"
        " current_setting('max_connections')::int AS most,"
        " (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS encrypted,"
        " (SELECT count(*) FROM pg_available_extensions WHERE name = 'vector') AS vector",
    )
    yield _encryption(config, bool(row["encrypted"]))
    utf8 = row["encoding"] == "UTF8"
    yield "encoding", utf8, str(row["encoding"]), None if utf8 else "make the database with ENCODING 'UTF8'"
    yield _pool(config, row["most"])
    if config.vector == "pgvector" and not database.dialect.caps.vectors:
        change = "set PIS_VECTOR=portable; to change the form, copy the database into a new one"
        yield "vectors", False, "PIS_VECTOR=pgvector, but this database was made with bytes", change
    elif config.vector == "pgvector":
        there = bool(row["vector"])
        fix = None if there else "install the extension pgvector on the server, or set PIS_VECTOR=portable"
        yield "vectors", there, f"PIS_VECTOR=pgvector, {'available' if there else 'not available'}", fix
    if config.pooled:
        yield "pooler", True, "a transaction pooler stands before the server: no prepared statements", None


# -- MySQL and MariaDB ---------------------------------------------------------------------------------------


def _mysql(database: DatabaseAdapter, config: DatabaseConfig) -> Iterator[Fact]:
    row = _ask(
        database,
        "SELECT @@log_bin AS log_bin, @@log_bin_trust_function_creators AS trusted, @@sql_mode AS sql_mode,"
        " @@character_set_client AS charset, @@character_set_database AS database_charset,"
        " @@time_zone AS time_zone, @@max_connections AS most, @@max_allowed_packet AS packet",
    )
    cipher = _ask(database, "SHOW STATUS LIKE 'Ssl_cipher'").get("Value")
    yield _encryption(config, bool(cipher))
    yield _triggers(database, bool(row["log_bin"]), bool(row["trusted"]))
    strict = "STRICT_TRANS_TABLES" in row["sql_mode"] or "STRICT_ALL_TABLES" in row["sql_mode"]
    yield "strict mode", strict, f"sql_mode {row['sql_mode']}", None if strict else "report this as a bug"
    utf8 = row["charset"] == "utf8mb4"
    yield (
        "character set",
        utf8,
        f"connection {row['charset']}, database {row['database_charset']}",
        (None if utf8 else "report this as a bug"),
    )
    utc = row["time_zone"] in {"+00:00", "UTC"}
    yield "time zone", utc, f"session {row['time_zone']}", None if utc else "report this as a bug"
    yield _pool(config, row["most"])
    large = int(row["packet"]) >= 16 * 1024**2
    fix = None if large else "set max_allowed_packet=64M on the server"
    yield "packet size", large, f"max_allowed_packet {int(row['packet']) // 1024**2} MiB", fix


def _triggers(database: DatabaseAdapter, log_bin: bool, trusted: bool) -> Fact:
    """Whether this account may create triggers, without which the counters can't be kept."""
    if not log_bin:
        return "triggers", True, "the binary log is off: any account may create triggers", None
    if trusted:
        return (
            "triggers",
            True,
            "log_bin_trust_function_creators is on: this account may create triggers",
            None,
        )
    import sqlalchemy as sa

    rows = database.execute(sa.text("SHOW GRANTS"))
    assert isinstance(rows, list)
    grants = " ".join(str(value).upper() for row in rows for value in row.values())
    if any(right in grants for right in _ALWAYS_ALLOWED):
        return "triggers", True, "this account may create triggers (it has SUPER)", None
    return (
        "triggers",
        False,
        "the binary log is on and log_bin_trust_function_creators is off: an ordinary account can't create "
        "the triggers of this schema (error 1419)",
        "as an administrator: SET GLOBAL log_bin_trust_function_creators = 1; and in the server's "
        "configuration, so that it survives a restart",
    )


# -- all servers -----------------------------------------------------------------------------------------


def _encryption(config: DatabaseConfig, encrypted: bool) -> Fact:
    decision = config.tls
    detail = f"{decision}; this connection is {'encrypted' if encrypted else 'not encrypted'}"
    if decision.mode in {"require", "verify-ca", "verify-full"} and not encrypted:
        return "TLS", False, detail, "report this as a bug: the connection should have been refused"
    return "TLS", True, detail, None


def _pool(config: DatabaseConfig, most: int) -> Fact:
    """Whether the pool of one process fits into the server's limit."""
    wanted = config.pool_size + config.max_overflow
    detail = f"up to {wanted} connections for each process, of the server's {most}"
    if wanted < most:
        return "pool", True, detail, None
    return (
        "pool",
        False,
        detail,
        "lower DATABASE_POOL_SIZE and DATABASE_MAX_OVERFLOW, or raise max_connections",
    )


_EXAMINERS: dict[str, Callable[[DatabaseAdapter, DatabaseConfig], Iterator[Fact]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mysql": _mysql,
}
