# Generated from pis_data/aio/link.py by tools/make_sync.py: change that, then run it.
"""One connection, lent to the statements that belong together."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import sqlalchemy as sa
from pis_data.dialects import Dialect
from pis_data.dialects.session import DEADLINE
from pis_data.queries.bulk import Bulk, policies
from pis_data.queries.rows import Query
from sqlalchemy import Connection, Table

from .server import Server, cause


class Link:
    """Sends queries on one connection and hands rows back as dictionaries.

    ``during`` is ``"commit"`` where each statement commits by itself: should the connection break then,
    nobody knows whether it took effect.
    """

    __slots__ = ("connection", "during", "server")

    def __init__(self, server: Server, connection: Connection, during: str = "statement") -> None:
        self.server = server
        self.connection = connection
        self.during = during

    @property
    def dialect(self) -> Dialect:
        """What is particular to this server."""
        return self.server.dialect

    def fetch(self, query: Query) -> list[Any]:
        """The rows of a query, as it makes them."""
        result, rows = self.server.execute(self.connection, query, self.during)
        return _made(rows, query, result)

    def affected(self, query: Query) -> int:
        """How many rows a statement wrote; for a list of parameters, how many parameters there were."""
        result, _ = self.server.execute(self.connection, query, self.during)
        return len(query.parameters) if isinstance(query.parameters, list) else result.rowcount

    @property
    def driver(self) -> sa.Dialect:
        """What SQLAlchemy knows of the driver."""
        return self.server.engine.dialect

    def can_copy(self, table: Table) -> bool:
        """Whether COPY takes rows of this table."""
        dialect = self.dialect
        if not dialect.caps.copy_in:
            return False
        [found] = self.fetch(policies(dialect, table))
        return not found["held"]

    def load(self, bulk: Bulk, *, by_copy: bool) -> None:
        """Insert rows by the driver's own way in; several, inside a transaction."""
        self.server.load(self.connection, bulk, self.during, by_copy=by_copy)

    def stream(self, query: Query, batch: int) -> Generator[dict[str, Any], None, None]:
        """The rows of a query, ``batch`` at a time, from a cursor that the server keeps."""
        connection = self.connection
        deadline = connection.info.get(DEADLINE)
        options = {"stream_results": True, "yield_per": batch}
        try:
            result = connection.execute(query.statement, query.parameters, execution_options=options)
            for rows in result.partitions():
                for row in rows:
                    yield dict(zip(query.names, row, strict=True))
        except GeneratorExit:  # the caller has seen enough
            if self.dialect.caps.interleaved_streams:
                result.close()
            else:
                connection.invalidate()  # closing would first read the rest
            raise
        except BaseException as error:
            told = error if deadline is None else deadline.told(error)
            raise self.server.failed(connection, told) from cause(told)

    def either(self, query: Query) -> list[dict[str, Any]] | int:
        """The rows of a statement that has any, else how many it affected."""
        result, rows = self.server.execute(self.connection, query, self.during)
        return _made(rows, query, result) if result.returns_rows else max(result.rowcount, 0)


def _made(rows: Sequence[Any], query: Query, result: sa.CursorResult[Any]) -> list[Any]:
    """Rows as dictionaries, in the order of their columns, or as the query makes them."""
    if query.make is not None:
        return list(map(query.make, rows))
    names = query.names or tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in rows]
