"""Many new rows at once, by the driver's own way in: SQLAlchemy would handle every row by itself.

Values are checked and brought into the driver's form a column at a time, which takes less than half as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Column, Table

from pis_data.dialects import Dialect
from pis_data.errors import PisDataError
from pis_data.queries.names import check_columns, checked
from pis_data.queries.rows import Query, alike, rows_to_write

#: from how many rows on this is faster than a statement of SQLAlchemy's
BULK_FROM: Final = 25
#: how many rows the server gets in one piece: a statement's time limit counts for each
BULK_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Bulk:
    """New rows of one shape: the columns that they give, and their values as the driver takes them."""

    table: Table
    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def columns(self, driver: sa.Dialect) -> str:
        """The table and its columns, as they stand behind INSERT INTO or COPY."""
        preparer = driver.identifier_preparer
        names = ", ".join(map(preparer.quote, self.names))
        return f"{preparer.format_table(self.table)} ({names})"

    def inserts(self, driver: sa.Dialect, size: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """INSERTs of ``size`` rows each and of what is left over, with the parameters of each time."""
        place = "?" if driver.paramstyle == "qmark" else "%s"
        one = f"({', '.join([place] * len(self.names))})"
        whole = len(self.rows) - len(self.rows) % size
        for rows, count in ((self.rows[:whole], size), (self.rows[whole:], 1)):
            if rows:
                sql = f"INSERT INTO {self.columns(driver)} VALUES {', '.join([one] * count)}"
                parts = (rows[start : start + count] for start in range(0, len(rows), count))
                yield sql, rows if count == 1 else [tuple(chain.from_iterable(part)) for part in parts]


@dataclass(frozen=True, slots=True)
class Columns:
    """Checked rows of one shape, by column: a column that they lack gets its default."""

    table: Table
    names: tuple[str, ...]
    values: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.values[0])

    def rows(self) -> list[dict[str, Any]]:
        """The same by row."""
        return [dict(zip(self.names, row, strict=True)) for row in zip(*self.values, strict=True)]

    def bulks(self, driver: sa.Dialect) -> Iterator[Bulk]:
        """The same as the driver takes it, in pieces; ``driver`` is SQLAlchemy's dialect of the engine."""
        encoders = [_encoder(self.table.c[name], driver) for name in self.names]
        for start in range(0, len(self), BULK_BATCH):
            batch = slice(start, start + BULK_BATCH)
            columns = [
                values[batch] if encode is None else map(encode, values[batch])
                for values, encode in zip(self.values, encoders, strict=True)
            ]
            yield Bulk(self.table, self.names, list(zip(*columns, strict=True)))


def _encoder(column: Column[Any], driver: sa.Dialect) -> Callable[[Any], Any] | None:
    return checked(column).dialect_impl(driver).bind_processor(driver)


def columns_to_write(table: Table, given: Sequence[Any]) -> list[Columns]:
    """The rows of an insert, checked by column; what is wrong is told as `rows_to_write` tells it."""
    if set(map(type, given)) == {dict}:
        with suppress(PisDataError):
            return [
                Columns(table, names, check_columns(table, names, rows))
                for names, rows in alike(given).items()
            ]
    return by_column(table, rows_to_write(table, given))


def by_column(table: Table, rows: Sequence[dict[str, Any]]) -> list[Columns]:
    """Rows that were checked, by column."""
    return [
        Columns(table, names, [[row[name] for row in some] for name in names])
        for names, some in alike(rows).items()
    ]


def policies(dialect: Dialect, table: Table) -> Query:
    """Whether row-level policies hold for this user, which keep COPY from a table."""
    return Query(sa.select(dialect.has_policies(table)), names=("held",))
