"""New rows by the driver's own way in: SQLAlchemy would handle every row, and every call, by itself.

Values are checked and brought into the driver's form a column at a time, which takes less than half as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Table

from pis_data.dialects import Dialect
from pis_data.errors import PisDataError
from pis_data.queries.names import check_columns, checked
from pis_data.queries.rows import Query, alike, check_rows

#: from how many rows on they are checked sooner by column than one by one
BY_COLUMN_FROM: Final = 10
#: how many rows the server gets in one piece: a statement's time limit counts for each
BULK_BATCH: Final = 10_000
#: how many rows one INSERT takes in place of COPY
JOINED: Final = 100


@dataclass(frozen=True, slots=True)
class Bulk:
    """New rows of one shape: the columns that they give, and their values as the driver takes them."""

    table: Table
    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def columns(self, driver: sa.Dialect) -> str:
        """The table and its columns, as they stand behind INSERT INTO or COPY."""
        return _columns(self.table, self.names, driver)

    def inserts(self, driver: sa.Dialect, size: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """INSERTs of ``size`` rows each and of what is left over, with the parameters of each time."""
        whole = len(self.rows) - len(self.rows) % size
        for rows, count in ((self.rows[:whole], size), (self.rows[whole:], 1)):
            if rows:
                sql = _insert(self.table, self.names, driver, count)
                parts = (rows[start : start + count] for start in range(0, len(rows), count))
                yield sql, rows if count == 1 else [tuple(chain.from_iterable(part)) for part in parts]

    def joined(self, driver: sa.Dialect) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """INSERTs of up to `JOINED` rows, each with its own parameters."""
        for start in range(0, len(self.rows), JOINED):
            part = self.rows[start : start + JOINED]
            yield _insert(self.table, self.names, driver, len(part)), tuple(chain.from_iterable(part))


@dataclass(frozen=True, slots=True)
class Columns:
    """Checked rows of one shape, by column: a column that they lack gets its default."""

    table: Table
    names: tuple[str, ...]
    values: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.values[0])

    def bulks(self, driver: sa.Dialect) -> Iterator[Bulk]:
        """The same as the driver takes it, in pieces; ``driver`` is SQLAlchemy's dialect of the engine."""
        encoders = _encoders(self.table, self.names, driver)
        for start in range(0, len(self), BULK_BATCH):
            batch = slice(start, start + BULK_BATCH)
            columns = [
                values[batch] if encode is None else map(encode, values[batch])
                for values, encode in zip(self.values, encoders, strict=True)
            ]
            yield Bulk(self.table, self.names, list(zip(*columns, strict=True)))


@lru_cache(maxsize=512)
def _columns(table: Table, names: tuple[str, ...], driver: sa.Dialect) -> str:
    preparer = driver.identifier_preparer
    return f"{preparer.format_table(table)} ({', '.join(map(preparer.quote, names))})"


@lru_cache(maxsize=512)
def _insert(table: Table, names: tuple[str, ...], driver: sa.Dialect, count: int) -> str:
    place = "?" if driver.paramstyle == "qmark" else "%s"
    row = f"({', '.join([place] * len(names))})"
    return f"INSERT INTO {_columns(table, names, driver)} VALUES {', '.join([row] * count)}"


@lru_cache(maxsize=512)
def _encoders(
    table: Table, names: tuple[str, ...], driver: sa.Dialect
) -> Sequence[Callable[[Any], Any] | None]:
    return [checked(table.c[name]).dialect_impl(driver).bind_processor(driver) for name in names]


def columns_to_write(table: Table, given: Sequence[Any]) -> list[Columns]:
    """The rows of an insert, checked by column; what is wrong is told as `check_rows` tells it."""
    if len(given) >= BY_COLUMN_FROM and set(map(type, given)) == {dict}:
        with suppress(PisDataError):
            return [
                Columns(table, names, check_columns(table, names, rows))
                for names, rows in alike(given).items()
            ]
    return by_column(table, check_rows(table, given))


def by_column(table: Table, rows: Sequence[dict[str, Any]]) -> list[Columns]:
    """Rows that were checked, by column."""
    return [
        Columns(table, names, [[row[name] for row in some] for name in names])
        for names, some in alike(rows).items()
    ]


def policies(dialect: Dialect, table: Table) -> Query:
    """Whether row-level policies hold for this user, which keep COPY from a table."""
    return Query(sa.select(dialect.has_policies(table)), names=("held",))
