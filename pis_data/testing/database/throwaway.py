"""A database that the suite may write to: brought to head, refused if it is in use, cleaned between tests."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from pis_data.schema import metadata
from pis_data.schema.seeds import SEEDS
from pis_data.sync import DatabaseAdapter, create_database_adapter

#: children before parents, so that they can be emptied in this order
_TABLES: Final = tuple(table for table in reversed(metadata.sorted_tables) if table.name != "pis_meta")


class NotEmptyError(Exception):
    """The database holds rows that the suite would delete."""


class Throwaway:
    """The suite's own hands on the database, beside the adapter that is tested."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._db: DatabaseAdapter = create_database_adapter(url)

    def prepare(self) -> None:
        """Bring an empty database to head; `NotEmptyError` for one that holds more than seed rows."""
        from pis_data.services.migrate import upgrade

        if self._db.health()["revision"] is None:
            upgrade(self.url)
        if found := self._tables_with_rows():
            names = ", ".join(sorted(table.name for table in found))
            raise NotEmptyError(
                f"there are rows in {names}, and the suite would delete them: give it a database of its own"
            )

    def tidy(self) -> None:
        """Delete what a test has left, but the seed rows; tables that hold nothing are left alone."""
        for table in self._tables_with_rows():
            self._db.execute(sa.delete(table).where(_unseeded(table)))

    def close(self) -> None:
        self._db.close()

    def _tables_with_rows(self) -> list[sa.Table]:
        rows: Any = self._db.execute(_ANY_ROWS)
        return [_TABLES[number] for number in sorted(row["number"] for row in rows)]


def _unseeded(table: sa.Table) -> sa.ColumnElement[bool]:
    seeds = SEEDS.get(table.name)
    return table.c.id.not_in([row["id"] for row in seeds]) if seeds else sa.true()


#: the numbers of the tables that hold more than seed rows
_ANY_ROWS: Final[sa.CompoundSelect[Any]] = sa.union_all(
    *(
        sa.select(sa.literal_column(str(number)).label("number")).where(
            sa.exists(sa.select(sa.literal_column("1")).select_from(table).where(_unseeded(table)))
        )
        for number, table in enumerate(_TABLES)
    )
)
