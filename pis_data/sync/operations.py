# Generated from pis_data/aio/operations.py by tools/make_sync.py: change that, then run it.
"""The calls of CONTRACT that an adapter and its transactions share.

Each call has three steps: the query is made (`pis_data.queries`), it is sent on a `Link`, and rows are
handed back as dictionaries. A call that takes several statements is a `Unit`: the adapter gives it a
transaction of its own, an open transaction runs it as it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, TypeVar, overload

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.queries import rows as queries
from pis_data.queries.bulk import columns_to_write
from pis_data.queries.names import table_of
from pis_data.queries.rows import OrderBy, Query
from pis_data.queries.values import as_flag
from pis_data.queries.where import resolve
from pis_data.schema.characters import shown
from sqlalchemy import Table
from sqlalchemy.sql.base import Executable

from . import writing
from .link import Link

T = TypeVar("T")
Row: TypeAlias = dict[str, Any]
Unit: TypeAlias = Callable[[Link], T]

#: the most rows that a stream holds at once
STREAM_LIMIT: Final = 100_000


class Operations(ABC):
    """Find, insert, upsert, update, delete, count: on one table, with the same answer on every database."""

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """What is particular to the server behind this adapter."""

    @abstractmethod
    def _discover(self) -> bool:
        """Learn which server this is, at the first call; True if the dialect changed by that."""

    @abstractmethod
    def _read(self, query: Query) -> list[Row]:
        """The rows of a query that changes nothing."""

    @abstractmethod
    def _write(self, unit: Unit[T], *, single: bool) -> T:
        """Run statements that belong together; ``single`` says that there is only one."""

    def _query(self, build: Callable[..., T], *args: Any, **how: Any) -> T:
        """A query (or several) for the server's own dialect; wrong arguments raise before it is asked."""
        query = build(self.dialect, *args, **how)
        if self._discover():
            query = build(self.dialect, *args, **how)
        return query

    # -- reading ---------------------------------------------------------------------------------

    def find_one(
        self,
        table: str | Table,
        filters: object = None,
        *,
        select: Sequence[str] | None = None,
        order_by: OrderBy | None = None,
    ) -> Row | None:
        """The first row that matches, in the order given (then by key), or None.

        Args:
            table: a table's name, or the `Table` of ``pis_data.schema``.
            filters: see `pis_data.filters`; None matches every row.
            select: the columns wanted; all by default.
            order_by: ``[(column, "asc" | "desc"), …]``.

        Raises:
            UnknownTableError, UnknownColumnError, InvalidFilterError, InvalidValueError: before any SQL.
            DatabaseError: the server refused, or could not be asked.
        """
        query = self._query(
            queries.select, table_of(table), filters, columns=select, order_by=order_by, limit=1
        )
        found = self._read(query)
        return found[0] if found else None

    def find_many(
        self,
        table: str | Table,
        filters: object = None,
        *,
        select: Sequence[str] | None = None,
        order_by: OrderBy | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> list[Row]:
        """The rows that match, in a total order: the primary key is the last sort key.

        The key follows the direction of the sort key before it; NULL is the smallest value. Arguments and
        errors are those of `find_one`; ``limit=0`` gives no rows.
        """
        query = self._query(
            queries.select,
            table_of(table),
            filters,
            columns=select,
            order_by=order_by,
            limit=limit,
            offset=offset,
        )
        return self._read(query)

    def count(self, table: str | Table, filters: object = None) -> int:
        """How many rows match."""
        found = self._read(self._query(queries.count, table_of(table), filters))
        return int(found[0]["count"])

    def exists(self, table: str | Table, filters: object = None) -> bool:
        """Whether any row matches."""
        return bool(self._read(self._query(queries.exists, table_of(table), filters)))

    def stream(
        self,
        table: str | Table,
        filters: object = None,
        *,
        batch: int = 1000,
        select: Sequence[str] | None = None,
        order_by: OrderBy | None = None,
    ) -> Iterator[Row]:
        """The rows that match, one by one, in constant memory: ``batch`` rows at a time, 1 to 100,000.

        Rows are read from one snapshot, with no statement timeout. Arguments and errors are those of
        `find_many`; wrong ones raise at once, before the first row is asked for.
        """
        if type(batch) is not int or not 1 <= batch <= STREAM_LIMIT:
            raise InvalidFilterError(f"batch is 1 to {STREAM_LIMIT:,} rows, got {shown(batch)}")
        found = table_of(table)
        queries.select(self.dialect, found, filters, columns=select, order_by=order_by)
        return self._stream(found, filters, batch, {"columns": select, "order_by": order_by})

    @abstractmethod
    def _stream(self, table: Table, filters: object, batch: int, how: Mapping[str, Any]) -> Iterator[Row]:
        """The rows of a stream whose arguments were checked."""

    # -- writing ---------------------------------------------------------------------------------

    @overload
    def insert(self, table: str | Table, rows: object, *, returning: Literal[True] = True) -> list[Row]: ...
    @overload
    def insert(self, table: str | Table, rows: object, *, returning: Literal[False]) -> int: ...
    @overload
    def insert(self, table: str | Table, rows: object, *, returning: bool) -> list[Row] | int: ...
    def insert(self, table: str | Table, rows: object, *, returning: bool = True) -> list[Row] | int:
        """Insert one row or several, all or none.

        Args:
            table: a table's name, or the `Table` of ``pis_data.schema``.
            rows: a mapping of column names, or a list of them; they may have different keys, and a column
                that a row lacks gets its default. An ``id`` is made (UUIDv7) where none is given.
            returning: whether to give the stored rows, in input order, or only how many there are.

        Raises:
            InvalidValueError, UnknownColumnError, UnknownTableError: before any SQL.
            UniqueViolationError, ForeignKeyViolationError, CheckViolationError, NotNullViolationError.
        """
        found = table_of(table)
        returning = as_flag(returning, "returning")
        given = queries.given_rows(found, rows)
        if not given:
            return [] if returning else 0
        if not returning and len(given) >= self.dialect.bulk_from:
            plain = writing.InsertPlain(found, columns_to_write(found, given))
            self._discover()
            return self._write(plain, single=len(given) == 1)
        checked = queries.check_rows(found, given)
        self._discover()
        at_once = len(checked) == 1 and (not returning or bool(self.dialect.caps.insert_returning))
        return self._write(writing.Insert(found, checked, returning), single=at_once)

    def upsert(
        self,
        table: str | Table,
        rows: object,
        *,
        conflict: Sequence[str],
        update: Sequence[str] | None = None,
    ) -> list[Row]:
        """Insert rows, or change those that are there already; all or none.

        Args:
            table: a table's name, or the `Table` of ``pis_data.schema``.
            rows: as for `insert`. Of several rows with one key, each is applied after the one before it.
            conflict: the columns of the unique key that decides whether a row is there. Another unique key
                that is violated raises.
            update: the columns to change in a row that is there; ``[]`` leaves it alone; by default all
                that the row gives, but keys and ``created_at``.

        Returns:
            The stored rows, in input order.
        """
        found = table_of(table)
        names = queries.conflict_columns(found, conflict)
        checked = queries.rows_to_write(found, rows)
        for row in checked:
            queries.update_columns(found, row, names, update)
        if not checked:
            return []
        self._discover()
        return self._write(writing.Upsert(found, checked, names, update), single=False)

    @overload
    def update(
        self,
        table: str | Table,
        filters: object,
        values: Mapping[str, Any],
        *,
        all_rows: bool = False,
        returning: Literal[True] = True,
    ) -> list[Row]: ...
    @overload
    def update(
        self,
        table: str | Table,
        filters: object,
        values: Mapping[str, Any],
        *,
        all_rows: bool = False,
        returning: Literal[False],
    ) -> int: ...
    def update(
        self,
        table: str | Table,
        filters: object,
        values: Mapping[str, Any],
        *,
        all_rows: bool = False,
        returning: bool = True,
    ) -> list[Row] | int:
        """Change the rows that match, atomically.

        Args:
            table: a table's name, or the `Table` of ``pis_data.schema``.
            filters: which rows; without one, ``all_rows=True`` must say that every row is meant.
            values: column names and their new values.
            all_rows: allow a missing filter.
            returning: whether to give the rows as they now are, ordered by key, or how many there were.

        Raises:
            InvalidValueError: no values, or one that can't be stored; before any SQL.
        """
        found = table_of(table)
        returning = as_flag(returning, "returning")
        checked = queries.values_to_set(found, values)
        where = resolve(found, filters, self.dialect)
        queries.refuse_unfiltered(found, where, all_rows, "update")
        if self._discover():
            where = resolve(found, filters, self.dialect)
        unit = writing.Update(found, where, checked, returning)
        return self._write(unit, single=unit.is_single(self.dialect))

    def delete(self, table: str | Table, filters: object, *, all_rows: bool = False) -> int:
        """Delete the rows that match, and what the schema says goes with them; how many matched.

        Without a filter, ``all_rows=True`` must say that every row is meant.
        """
        found = table_of(table)
        where = resolve(found, filters, self.dialect)
        queries.refuse_unfiltered(found, where, all_rows, "delete")
        if self._discover():
            where = resolve(found, filters, self.dialect)
        unit = writing.Delete(found, where)
        return self._write(unit, single=unit.is_single(self.dialect))

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> list[Row] | int:
        """Run any SQLAlchemy Core statement: the rows if it has any, else how many it affected.

        The statement is sent as it is: triggers and cascades do what the server does by itself. Of
        several sets of parameters, which a SELECT does not take, all take effect or none.
        """
        if not isinstance(statement, Executable):
            raise InvalidValueError(
                f"execute takes a SQLAlchemy statement, got {type(statement).__name__}: "
                "wrap SQL text in sqlalchemy.text"
            )
        several = queries.are_several(parameters)
        is_select = getattr(statement, "is_select", False)
        if is_select and several:
            raise InvalidValueError("a SELECT takes one set of parameters, not several")
        self._discover()
        query = Query(statement.execution_options(preserve_rowcount=True), parameters or {})
        if is_select:
            return self._read(query)
        return self._write(writing.Execute(query), single=not several)
