"""MySQL 8 and 9."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import URL, ColumnElement
from sqlalchemy.dialects import mysql as sa_mysql

from pis_data.config import DatabaseConfig, SslMode
from pis_data.dialects.base import (
    Capabilities,
    Dialect,
    Face,
    Failure,
    Kind,
    can,
    cannot,
    lock_timeout,
    peer_has_hung_up,
    probe,
    quoted_names,
    short,
)
from pis_data.dialects.deadline import Deadline, KillingDeadline, soon
from pis_data.dialects.mysql_values import conversions, cursor_class
from pis_data.schema.types import CODE_POINT, LISTED_TEXT_LIMIT, SORTED_LENGTH, Instant

#: refuses what MySQL would else cut, round or turn into zero
_STRICT: Final = (
    "STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY"
)

#: to how many bytes text is sorted: those of the first `SORTED_LENGTH` characters
_SORT_LENGTH: Final = 4 * SORTED_LENGTH

#: how many bytes MySQL may plan the ranges of an index with: a list of 30,000 ids takes 70 MB. Beyond its own
#: 8 MB it reads the whole table, and a write waits for every row there that another transaction holds
_RANGES: Final = 1 << 27

#: the letters whose lower case takes more bytes of UTF-8 than they do
_GROWING: Final = {"İ": "i\u0307", "Ⱥ": "ⱥ", "Ⱦ": "ⱦ"}

_CODES: Final[Mapping[Kind, Sequence[int]]] = {
    "unique": (1062, 1586),
    "foreign_key": (1216, 1217, 1451, 1452),
    "check": (3819, 4025),
    "not_null": (1048, 1364),
    "deadlock": (1213,),
    "serialization": (1020,),
    "lock_timeout": (1205, 3572),
    "statement_timeout": (1317, 1969, 3024),
    "lost": (1053, 1927, 2006, 2013, 2014, 2045, 2055, 4031, 0),
    "unavailable": (1040, 1044, 1045, 1049, 1129, 1130, 1203, 1226, 1698, 2002, 2003, 2005),
    "invalid_value": (1264, 1265, 1292, 1365, 1366, 1406, 1411, 1690, 3140, 3141, 1153),
    "disk_full": (1021, 1114, 3675),
    "denied": (1142, 1143, 1227, 1370, 1419, 1418),
    "capability": (1235,),
    "schema": (1054, 1146),
}
#: stands for the number that an error of the driver's own lacks
_OWN_CODE: Final = -1
_KINDS: Final[Mapping[int, Kind]] = {code: kind for kind, codes in _CODES.items() for code in codes}


class MysqlDialect(Dialect):
    """MySQL, through PyMySQL and asyncmy."""

    name: ClassVar[str] = "mysql"
    caps: ClassVar[Capabilities] = Capabilities(
        insert_returning=cannot("MySQL has no RETURNING: rows are read again by their ids"),
        update_returning=cannot("MySQL has no RETURNING: rows are locked, changed and read again"),
        conflict_target=cannot("ON DUPLICATE KEY UPDATE minds any unique key: rows are looked up first"),
        asks_written_table=cannot("error 1093: rows are looked for first, then written by their keys"),
        cascade_fires_triggers=cannot("cascades fire no triggers: children are deleted first"),
        transactional_ddl=cannot("DDL commits by itself: revisions keep a journal"),
        interleaved_streams=cannot("rows must be read to the end: a stream in a transaction is read at once"),
        index_hints=can("FORCE INDEX: the planner may take the primary key, and sort or lock too many rows"),
        statement_timeout=cannot("max_execution_time ends only SELECTs: a deadline kills the query"),
    )
    drivers: ClassVar[Mapping[Face, str]] = {"sync": "mysql+pymysql", "async": "mysql+asyncmy"}
    modules: ClassVar[Mapping[Face, str]] = {"sync": "pymysql", "async": "asyncmy"}
    extra: ClassVar[str | None] = "mysql"
    identity_query: ClassVar[str | None] = "SELECT version()"  # MySQL and MariaDB answer to the same URLs

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
        seconds = int(config.options.get("connect_timeout", 10))
        found: dict[str, Any] = {
            "charset": "utf8mb4",
            "conv": conversions(self.modules[face]),
            "connect_timeout": seconds,
            "read_timeout": seconds,  # of the handshake: see `prepare`
        }
        if face == "sync":
            found["cursorclass"] = cursor_class()
        if config.socket:
            found["unix_socket"] = config.socket
        if config.tls.mode != SslMode.DISABLE:
            found["ssl"] = _tls(config)
        elif face == "sync":
            found["ssl_disabled"] = True  # PyMySQL would negotiate: 30 ms a connection, and unverified
        return found

    def engine_options(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        # below the eight hours after which a server drops an idle connection, and below most proxies' limits
        return {**super().engine_options(config, face), "pool_recycle": 280}

    def session_setup(self, statement_timeout: float | None) -> Sequence[str]:
        seconds = lock_timeout(statement_timeout)
        waiting = max(1, int(seconds)) if seconds else "DEFAULT"
        return (
            f"SET SESSION sql_mode='{_STRICT}', time_zone='+00:00',"
            f" max_sort_length={_SORT_LENGTH}, innodb_lock_wait_timeout={waiting}{_limit(statement_timeout)}"
            f" /*!80000 , range_optimizer_max_mem_size={_RANGES} */",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        )

    def deadline(
        self, dbapi_connection: Any, seconds: float | None, config: DatabaseConfig | None
    ) -> Deadline | None:
        driver = getattr(dbapi_connection, "driver_connection", dbapi_connection)
        if not seconds or config is None or "mariadb" in str(getattr(driver, "server_version", "")).lower():
            return None
        return KillingDeadline(seconds, partial(self._kill, config, f"QUERY {driver.thread_id()}"))

    def stop(self, driver_connection: Any, config: DatabaseConfig | None, deadline: Deadline | None) -> None:
        if config is not None:  # the server would run on, and hold its locks, until it has something to say
            soon(partial(self._kill, config, f"CONNECTION {driver_connection.thread_id()}"))

    def _kill(self, config: DatabaseConfig, what: str) -> None:
        """End another connection of the same user, or what it is running."""
        import pymysql

        password = config.password.get_secret_value() if config.password else ""
        arguments = self.connect_args(config, "sync")
        if not config.socket:
            arguments |= {"host": config.host, "port": config.port}
        connection = pymysql.connect(user=config.user, password=password, **arguments)
        try:
            connection.cursor().execute(f"KILL {what}")
        finally:
            connection.close()

    # -- transactions ----------------------------------------------------------------------------

    def set_timeout(self, seconds: float | None) -> Sequence[str]:
        # a reader of a long stream may pause for longer than the minute that the server waits by default
        return (f"SET SESSION net_write_timeout={60 if seconds else 3600}{_limit(seconds)}",)

    def recognize(self, answer: str | None, config: DatabaseConfig | None) -> str:
        if answer is None:  # nobody was asked: it is what its URL says
            return self.name
        version = answer.lower()
        if "mariadb" not in version:
            return "mysql"
        series = re.search(r"(\d+)\.(\d+)\.\d+-mariadb", version)
        return "mariadb+vectors" if series and tuple(map(int, series.groups())) >= (11, 7) else "mariadb"

    def is_stale(self, driver_connection: Any) -> bool:
        # asyncmy: the event loop may have read the end of the stream already
        transport = getattr(driver_connection, "_transport", None)
        return bool(transport and transport.is_closing()) or peer_has_hung_up(_socket(driver_connection))

    def prepare(self, dbapi_connection: Any) -> None:
        driver = getattr(dbapi_connection, "driver_connection", dbapi_connection)
        driver._read_timeout = None  # was for the handshake, which has no timeout of its own
        probe(_socket(driver))

    def restore_timeout(self, seconds: float | None) -> Sequence[str]:
        return self.set_timeout(seconds)

    def abandon(self, driver_connection: Any) -> None:
        result: Any = getattr(driver_connection, "_result", None)
        if hasattr(result, "__dict__"):  # PyMySQL's would read the rest of a stream when it is collected
            result.unbuffered_active = False

    # -- expressions -----------------------------------------------------------------------------

    def lower(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.lower(without_growing_letters(sa.collate(text, CODE_POINT["mysql"])))

    def hint_index(self, statement: sa.Select[Any], table: sa.FromClause, index: str) -> sa.Select[Any]:
        return statement.with_hint(table, f"FORCE INDEX ({index})", self.name)

    def list_contains(self, column: ColumnElement[Any], element: ColumnElement[Any]) -> ColumnElement[bool]:
        return sa.func.json_contains(column, element, type_=sa.Boolean())

    def elements(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        each: sa.ColumnClause[Any] = sa.literal_column(
            f"'$[*]' COLUMNS(element VARCHAR({LISTED_TEXT_LIMIT}) PATH '$')"
        )
        unfolded = sa.func.json_table(column, each).table_valued(
            sa.column("element", sa.String()), name="unfolded"
        )
        return unfolded.c.element

    def json_contains(
        self, column: ColumnElement[Any], element: ColumnElement[Any], scalar: str
    ) -> ColumnElement[bool]:
        document = sa.cast(element, sa_mysql.JSON())
        member = document.op("MEMBER OF", is_comparison=True, return_type=sa.Boolean())
        is_array = sa.func.json_type(column, type_=sa.String()) == sa.literal("ARRAY", sa.String())
        return sa.and_(is_array, member(sa.tuple_(column)))

    def ago(self, seconds: ColumnElement[float]) -> ColumnElement[Any]:
        unit: sa.ColumnClause[Any] = sa.literal_column("MICROSECOND")
        return sa.func.timestampadd(unit, -(seconds * 1_000_000), sa.func.utc_timestamp(6), type_=Instant())

    def epoch_seconds(self, moment: ColumnElement[Any]) -> ColumnElement[int]:
        unit: sa.ColumnClause[Any] = sa.literal_column("SECOND")
        epoch: sa.ColumnClause[Any] = sa.literal_column("'1970-01-01'")
        return sa.func.timestampdiff(unit, epoch, moment, type_=sa.BigInteger())

    # -- errors ----------------------------------------------------------------------------------

    def read_failure(self, error: BaseException) -> Failure:
        code, message = _told(error)
        kind = _KINDS.get(code, "other")
        constraint, table, columns = _place(code, message)
        return Failure(
            kind,
            constraint=constraint,
            table=table,
            columns=columns,
            detail=short(message),
            unsent=code == _OWN_CODE,
        )

    def _is_driver_error(self, error: BaseException) -> bool:
        return type(error).__module__.partition(".")[0] in ("pymysql", "asyncmy")


def without_growing_letters(text: ColumnElement[str]) -> ColumnElement[str]:
    """Text with those letters in lower case that take more bytes there: LOWER() would cut the text off."""
    for upper, lower in _GROWING.items():
        text = sa.func.replace(text, upper, lower, type_=sa.String())
    return text


def _socket(driver_connection: Any) -> Any:
    """The socket of a connection of PyMySQL's or asyncmy's."""
    transport = getattr(driver_connection, "_transport", None)
    return driver_connection._sock if transport is None else transport.get_extra_info("socket")


def _limit(seconds: float | None) -> str:
    """The rest of a SET: each server passes over the comment that is for the other one.

    Which of the two it is may not be known yet when a session is set up.
    """
    return (
        f" /*!80000 , max_execution_time={round((seconds or 0) * 1000)} */"
        f" /*M!100100 , max_statement_time={seconds or 0} */"
    )


def _tls(config: DatabaseConfig) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(config.ssl_ca) if config.ssl_ca else None)
    context.check_hostname = config.tls.mode == SslMode.VERIFY_FULL
    if not config.tls.mode.verifies:
        context.verify_mode = ssl.CERT_NONE
    return context


def _told(error: BaseException) -> tuple[int, str]:
    match error.args:
        case (int(code), message, *_):
            return code, str(message)
        case _:
            return (
                (0, "the connection is closed")
                if isinstance(error, EOFError | OSError)
                else (_OWN_CODE, str(error))
            )


def _place(code: int, message: str) -> tuple[str | None, str | None, Sequence[str]]:
    """Constraint, table and columns, as far as the message of this error names them."""
    names = quoted_names(message)
    if code in (1062, 1586):
        key = re.search(r"for key '([^']+)'$", message)  # its end: a value may say the same
        table, _, name = key[1].rpartition(".") if key else ("", "", "")
        return name or None, table or None, ()
    if code in (1451, 1452) and "CONSTRAINT" in message:
        after = quoted_names(message.split("CONSTRAINT", 1)[1])
        return (after[0] if after else None), names[1] if len(names) > 1 else None, ()
    if code == 3819:
        found = re.search(r"'([^']+)'", message)
        return (found[1] if found else None), None, ()
    if code == 4025 and names:
        return names[0], names[-1], ()
    if code in (1048, 1364):
        column = re.search(r"'([^']+)'", message)
        return None, None, (column[1],) if column else ()
    return None, None, ()
