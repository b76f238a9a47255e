"""Alembic's implementations of DDL, with what ours add: the journal, and SQLite's triggers in batches.

They are put in place for our own migrations only (`adopt`), not registered: another application's Alembic
in the same process keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from alembic.ddl.impl import DefaultImpl
from alembic.ddl.mysql import MariaDBImpl, MySQLImpl
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.ddl.sqlite import SQLiteImpl
from alembic.runtime.migration import MigrationContext
from sqlalchemy.sql.base import Executable

from pis_data.schema.columns import nulls_first
from pis_data.services.migrate.journal import Journal, Progress
from pis_data.services.migrate.operations import RoutineDDL

VERSION_TABLE: Final = "alembic_version"


class _Tracked(DefaultImpl):
    """Every statement of a revision passes here, and by way of `Progress`."""

    progress: Progress

    def track(self) -> Progress:
        """What keeps count of the statements."""
        return Progress()

    def _exec(
        self,
        construct: Executable | str,
        execution_options: Mapping[str, Any] | None = None,
        multiparams: Any = None,
        params: Any = sa.util.immutabledict(),
    ) -> Any:
        if isinstance(construct, str):
            construct = sa.text(construct)

        def send() -> Any:
            return super(_Tracked, self)._exec(construct, execution_options, multiparams, params)

        if self.as_sql or not self.progress.step:
            return send()
        if getattr(getattr(construct, "table", None), "name", None) == VERSION_TABLE:
            return self.progress.finish(send)
        compiled = construct.compile(dialect=self.dialect)  # type: ignore[attr-defined]
        values = multiparams or params or compiled.params or ""
        statement = str(compiled).strip()
        return self.progress.run(statement, send, values=values, changes_rows=_changes_rows(statement))


def _changes_rows(statement: str) -> bool:
    return statement.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE")


class _PostgreSQL(_Tracked, PostgresqlImpl):
    pass


class _NullsFirstByNature(_Tracked):
    """Where NULL is the smallest value anyway, an index says nothing about it, and is compared as it is."""

    def correct_for_autogen_constraints(
        self, conn_uniques: Any, conn_indexes: Any, metadata_uniques: Any, metadata_indexes: set[sa.Index]
    ) -> None:
        for index in list(metadata_indexes):
            if any(isinstance(expression, nulls_first) for expression in index.expressions):
                metadata_indexes.remove(index)
                metadata_indexes.add(_plain(index))
        super().correct_for_autogen_constraints(
            conn_uniques, conn_indexes, metadata_uniques, metadata_indexes
        )


def _plain(index: sa.Index) -> sa.Index:
    """The same index over the bare columns, of a copy of its table."""
    assert index.table is not None
    table = index.table.to_metadata(sa.MetaData())
    return sa.Index(index.name, *(table.c[column.name] for column in index.columns))


class _MySQL(_NullsFirstByNature, MySQLImpl):
    """DDL commits by itself: a journal remembers how far it came. Printed triggers need DELIMITER lines."""

    def track(self) -> Progress:
        assert self.connection is not None
        return Journal(self.connection)

    def _exec(self, construct: Executable | str, *args: Any, **kw: Any) -> Any:
        if self.as_sql and isinstance(construct, RoutineDDL):
            return self.static_output(f"DELIMITER //\n{construct.sql} //\nDELIMITER ;")
        return super()._exec(construct, *args, **kw)


class _MariaDB(_MySQL, MariaDBImpl):
    pass


class _SQLite(_NullsFirstByNature, SQLiteImpl):
    """DDL is transactional here, since the BEGIN is ours. A batch makes a table's triggers again.

    A batch copies the table into a new one and drops the old, and its triggers go with it.
    """

    transactional_ddl = True

    def prep_table_for_batch(self, batch_impl: Any, table: sa.Table) -> None:
        super().prep_table_for_batch(batch_impl, table)
        assert self.connection is not None
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY rowid"
        self.memo[table.name] = list(self.connection.exec_driver_sql(query, (table.name,)).scalars())

    def rename_table(
        self, old_table_name: str, new_table_name: str | sa.quoted_name, schema: Any = None
    ) -> None:
        super().rename_table(old_table_name, new_table_name, schema)
        for trigger in self.memo.pop(new_table_name, ()):
            self.execute(RoutineDDL(trigger))


_OURS: Final[Mapping[str, type[_Tracked]]] = {
    "postgresql": _PostgreSQL,
    "mysql": _MySQL,
    "mariadb": _MariaDB,
    "sqlite": _SQLite,
}


def adopt(context: MigrationContext) -> Progress:
    """Put our implementation in the place of Alembic's own, and return what tracks its progress."""
    impl = _OURS[context.dialect.name](
        context.dialect,
        context.connection,
        context.as_sql,
        None,
        context.output_buffer,
        context.opts,
    )
    context.impl = impl
    impl.progress = Progress() if context.as_sql else impl.track()
    return impl.progress
