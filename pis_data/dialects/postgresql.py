"""PostgreSQL, and Supabase, which is PostgreSQL behind a pooler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import URL, Column, ColumnElement, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.base import Executable

from pis_data.config import DatabaseConfig
from pis_data.dialects.base import (
    GIVE_UP_AFTER,
    PROBE_AFTER,
    PROBE_EVERY,
    PROBES,
    Capabilities,
    Dialect,
    Face,
    Failure,
    Kind,
    can,
    lock_timeout,
    peer_has_hung_up,
    short,
)
from pis_data.dialects.deadline import Deadline, soon
from pis_data.schema.documents import load_json
from pis_data.schema.types import keep_vectors

#: folds case by Unicode's rules whatever the database's own locale; ``"C"`` folds ASCII only
_FOLDING: Final = "und-x-icu"

#: libpq's word for a connection that is running something
_ACTIVE: Final = 1

_KINDS: Final[Mapping[str, Kind]] = {
    "23505": "unique",
    "23503": "foreign_key",
    "23514": "check",
    "23502": "not_null",
    "40P01": "deadlock",
    "40001": "serialization",
    "55P03": "lock_timeout",
    "57014": "statement_timeout",
    "57P01": "lost",
    "57P02": "lost",
    "57P05": "lost",
    "25P03": "lost",
    "57P03": "unavailable",
    "3D000": "unavailable",
    "42501": "denied",
    "53100": "disk_full",
    "0A000": "capability",
    "42P01": "schema",
    "42703": "schema",
}
_KINDS_BY_CLASS: Final[Mapping[str, Kind]] = {
    "08": "lost",
    "22": "invalid_value",
    "28": "unavailable",
    "53": "unavailable",
}


#: the type of the column of embeddings; none if there is no such table (yet)
_EMBEDDINGS: Final = (
    "SELECT t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
    "WHERE a.attrelid = to_regclass('face_embeddings') AND a.attname = 'embedding' AND a.attnum > 0"
)


class PostgresqlDialect(Dialect):
    """PostgreSQL 13 and later, through psycopg 3 on both faces."""

    name: ClassVar[str] = "postgresql"
    drivers: ClassVar[Mapping[Face, str]] = {"sync": "postgresql+psycopg", "async": "postgresql+psycopg"}
    modules: ClassVar[Mapping[Face, str]] = {"sync": "psycopg", "async": "psycopg"}
    extra: ClassVar[str | None] = "postgresql"
    find_table_query: ClassVar[str] = (
        "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = :name"
    )
    caps: ClassVar[Capabilities] = Capabilities(native_lists=can("arrays"), copy_in=can("COPY … FROM STDIN"))
    #: COPY must first be asked for, and takes a round trip to begin
    bulk_from: ClassVar[int] = 25
    identity_query: ClassVar[str | None] = _EMBEDDINGS

    # -- connecting ------------------------------------------------------------------------------

    def url(self, config: DatabaseConfig, face: Face) -> URL:
        return URL.create(
            self.drivers[face],
            username=config.user,
            password=config.password.get_secret_value() if config.password else None,
            host=None if config.socket else config.host,
            port=None if config.socket else config.port,
            database=config.name,
        )

    def connect_args(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        found: dict[str, Any] = {
            "connect_timeout": int(config.options.get("connect_timeout", 10)),
            "application_name": config.options.get("application_name", "pis_data"),
            "client_encoding": "utf8",
            "sslmode": str(config.tls.mode),
            # libpq's names for what `probe` sets elsewhere
            "keepalives_idle": PROBE_AFTER,
            "keepalives_interval": PROBE_EVERY,
            "keepalives_count": PROBES,
            "tcp_user_timeout": GIVE_UP_AFTER * 1000,
        }
        if config.socket:
            found["host"] = config.socket
            found["port"] = config.port
        if config.ssl_ca:
            found["sslrootcert"] = str(config.ssl_ca)
        elif config.tls.mode.verifies:
            found["sslrootcert"] = "system"
        if config.pooled:
            found["prepare_threshold"] = None  # a pooler in transaction mode mixes prepared statements up
        return found

    def session_setup(self, statement_timeout: float | None) -> Sequence[str]:
        whole, waiting = (
            round((s or 0) * 1000) for s in (statement_timeout, lock_timeout(statement_timeout))
        )
        return (f"SET TIME ZONE 'UTC'; SET statement_timeout = {whole}; SET lock_timeout = {waiting}",)

    def prepare(self, dbapi_connection: Any) -> None:
        from psycopg.types.json import set_json_loads

        connection = getattr(dbapi_connection, "driver_connection", dbapi_connection)
        set_json_loads(load_json, connection)  # tells JSON's null from SQL's, which the default does not

    def is_stale(self, driver_connection: Any) -> bool:
        return bool(driver_connection.closed) or peer_has_hung_up(driver_connection)

    def stop(self, driver_connection: Any, config: DatabaseConfig | None, deadline: Deadline | None) -> None:
        # after Ctrl-C and a cancelled task the driver has done so; it knows of no other signals' handlers
        if driver_connection.info.transaction_status == _ACTIVE:
            soon(driver_connection.pgconn.get_cancel().cancel)

    def recognize(self, answer: str | None, config: DatabaseConfig | None) -> str:
        wanted = "vector" if config is not None and config.vector == "pgvector" else None
        return "postgresql+vectors" if (answer or wanted) == "vector" else "postgresql"

    # -- transactions ----------------------------------------------------------------------------

    def begin(self, *, read_only: bool) -> str:
        return f"BEGIN ISOLATION LEVEL READ COMMITTED {'READ ONLY' if read_only else 'READ WRITE'}"

    def begin_snapshot(self) -> Sequence[str]:
        return ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)

    def set_timeout(self, seconds: float | None) -> Sequence[str]:
        return (f"SET LOCAL statement_timeout = {round((seconds or 0) * 1000)}",)

    # -- expressions -----------------------------------------------------------------------------

    def order(self, column: ColumnElement[Any], *, descending: bool) -> ColumnElement[Any]:
        ordered = super().order(column, descending=descending)
        if isinstance(column, Column) and not column.nullable:
            return ordered  # the plain form serves from indexes that were made without a null order
        return ordered.nulls_last() if descending else ordered.nulls_first()

    def lower(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.lower(sa.collate(text, _FOLDING))

    def list_contains(self, column: ColumnElement[Any], element: ColumnElement[Any]) -> ColumnElement[bool]:
        return element.op("=", is_comparison=True, return_type=sa.Boolean())(sa.func.any(column))

    def elements(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        unfolded = sa.func.unnest(column).table_valued(sa.column("element", sa.String()), name="unfolded")
        return unfolded.render_derived().c.element

    def json_contains(
        self, column: ColumnElement[Any], element: ColumnElement[Any], scalar: str
    ) -> ColumnElement[bool]:
        one = sa.func.jsonb_build_array(sa.cast(element, postgresql.JSONB))
        holds = column.op("@>", is_comparison=True, return_type=sa.Boolean())
        return sa.and_(sa.func.jsonb_typeof(column) == sa.literal("array", sa.String()), holds(one))

    def ago(self, seconds: ColumnElement[float]) -> ColumnElement[Any]:
        return sa.func.statement_timestamp() - sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds)

    def epoch_seconds(self, moment: ColumnElement[Any]) -> ColumnElement[int]:
        return sa.cast(sa.func.floor(sa.extract("epoch", moment)), sa.BigInteger())

    def upsert(
        self, table: Table, columns: Sequence[str], conflict: Sequence[str], update: Sequence[str]
    ) -> Executable:
        return on_conflict(postgresql.insert(table), table, conflict, update)

    def has_policies(self, table: Table) -> ColumnElement[bool]:
        return sa.func.row_security_active(table.name, type_=sa.Boolean())

    # -- errors ----------------------------------------------------------------------------------

    def read_failure(self, error: BaseException) -> Failure:
        error = _first_error(error)
        state = getattr(error, "sqlstate", None)
        diagnosis = getattr(error, "diag", None)
        if state is None:  # the driver's own: no server said it
            return Failure(_own_kind(error), detail=short(error), unsent=True)
        kind = _KINDS.get(state) or _KINDS_BY_CLASS.get(state[:2], "other")
        column = getattr(diagnosis, "column_name", None)
        return Failure(
            kind,
            constraint=getattr(diagnosis, "constraint_name", None),
            table=getattr(diagnosis, "table_name", None),
            columns=(column,) if column else (),
            detail=short(getattr(diagnosis, "message_primary", None) or error),
        )

    def _is_driver_error(self, error: BaseException) -> bool:
        return type(error).__module__.partition(".")[0] == "psycopg"


def _first_error(error: BaseException) -> BaseException:
    """What went wrong in an ``executemany``: the driver may say instead that what came after it was passed
    over.
    """
    import psycopg

    first = error.__context__
    is_later = isinstance(error, psycopg.errors.PipelineAborted) and isinstance(first, psycopg.Error)
    return first if is_later and first is not None else error


def _own_kind(error: BaseException) -> Kind:
    """What an error of psycopg's own is; most say that the connection is no good."""
    import psycopg

    if isinstance(error, psycopg.DataError) or str(error).startswith("cannot adapt type"):
        return "invalid_value"
    return "other" if isinstance(error, psycopg.ProgrammingError) else "lost"


class PgvectorDialect(PostgresqlDialect):
    """PostgreSQL that keeps embeddings as pgvector's own type: by ``PIS_VECTOR``, or as it was adopted."""

    caps: ClassVar[Capabilities] = replace(PostgresqlDialect.caps, vectors=can("pgvector"))

    def adapt(self, driver_dialect: sa.Dialect) -> None:
        keep_vectors(driver_dialect)

    def cosine_distance(self, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[float]:
        return one.op("<=>", return_type=sa.Double())(other)  # NaN is the greatest: of zero, the farthest


def on_conflict(insert: Any, table: Table, conflict: Sequence[str], update: Sequence[str]) -> Executable:
    """INSERT … ON CONFLICT as PostgreSQL and SQLite write it."""
    target = [table.c[name] for name in conflict]
    if not update:
        found: Executable = insert.on_conflict_do_nothing(index_elements=target)
    else:
        found = insert.on_conflict_do_update(
            index_elements=target, set_={name: insert.excluded[name] for name in update}
        )
    return found
