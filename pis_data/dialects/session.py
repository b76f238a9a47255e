"""What a connection is told when it is new, and asked when it is taken from the pool."""

from __future__ import annotations

import os
import weakref
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from pis_data.config import DatabaseConfig
from pis_data.dialects.base import Dialect
from pis_data.dialects.tracing import trace

_READY: Final = "pis_data.ready"
#: where a connection's `info` keeps its `Deadline`
DEADLINE: Final = "pis_data.deadline"


class Interruption(BaseException):
    """Why a connection is dropped in mid-statement: for what it runs to be ended with it."""


_engines: weakref.WeakSet[sa.Engine] = weakref.WeakSet()


def attach(
    engine: sa.Engine, dialect: Dialect, statement_timeout: float | None, config: DatabaseConfig | None
) -> None:
    """Make every connection of this engine ready before it is used, and sound whenever it is taken.

    Works on an engine that others use too: their connections are set up at their next checkout. The
    check for a server that hung up reads the socket's state and sends nothing.

    Behind a transaction pooler nothing is set: the session is everybody's, and what one client sets
    another one gets.
    """
    setup = () if config is not None and config.pooled else dialect.session_setup(statement_timeout)

    @event.listens_for(engine, "checkout")
    def taken(dbapi_connection: Any, record: Any, _: Any) -> None:
        if _READY in record.info:
            if dialect.is_stale(record.driver_connection):
                raise DisconnectionError("the server closed this connection while it was idle")
            return
        dialect.prepare(dbapi_connection)
        cursor = dbapi_connection.cursor()
        try:
            for statement in setup:
                cursor.execute(statement)
        finally:
            cursor.close()
        dbapi_connection.commit()  # what was set must outlive a transaction that the driver may have begun
        record.info[DEADLINE] = dialect.deadline(dbapi_connection, statement_timeout, config)
        record.info[_READY] = True

    @event.listens_for(engine, "invalidate")
    def dropped(_: Any, record: Any, error: BaseException | None) -> None:
        dialect.abandon(record.driver_connection)
        if error is not None and not isinstance(error, Exception):  # an `Interruption`, or Ctrl-C
            dialect.stop(record.driver_connection, config, record.info.get(DEADLINE))

    trace(engine, dialect.name)
    _engines.add(engine)


def _forget_connections_of_parent() -> None:
    """After a fork the sockets belong to the parent: leave them alone and connect anew."""
    for engine in list(_engines):
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_connections_of_parent)
