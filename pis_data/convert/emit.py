"""The converted schema as a script, in the words of SQLAlchemy's own compilers for MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from pis_data.convert.model import Name
from pis_data.convert.output import Out, OutColumn, OutKey, OutTable
from pis_data.convert.target import Target


class _Words(sa.types.UserDefinedType[Any]):
    """A type with what stands behind it: SQLAlchemy numbers only primary keys, and knows no INVISIBLE."""

    cache_ok = True

    def __init__(self, words: str) -> None:
        self.words = words

    def get_col_spec(self, **_: Any) -> str:
        return self.words


def script(out: Out, target: Target, header: str) -> str:
    """The whole script, for the server's own client."""
    return "\n\n".join([header, *_Emitter(out, target).parts()]) + "\n"


class _Emitter:
    def __init__(self, out: Out, target: Target) -> None:
        self.out = out
        self.target = target
        self.dialect = target.dialect()
        self.metadata = sa.MetaData()
        self.done: set[str] = set()
        self.late: list[tuple[OutTable, OutKey]] = []

    def parts(self) -> Iterator[str]:
        yield "SET NAMES utf8mb4;\nSET time_zone = '+00:00';"
        for table in self._ordered():
            yield self._table(table)
        for _, statement in sorted(self.out.steps, key=lambda step: step[0]):
            yield statement
        for table, key in self.late:
            yield self._sql(AddConstraint(self._foreign_key(table, key))) + ";"

    def _sql(self, element: Any) -> str:
        text = str(element.compile(dialect=self.dialect)).strip()
        lines = [line.rstrip().replace("\t", "  ") for line in text.splitlines()]
        return "\n".join(line.replace(")ENGINE", ") ENGINE") for line in lines if line)

    def _ordered(self) -> list[OutTable]:
        """Parents before children, as far as there is no circle; else as the source has them."""
        by_name = {table.name: table for table in self.out.tables.values()}
        found: dict[str, OutTable] = {}

        def visit(root: OutTable) -> None:
            begun = {root.name}
            stack = [(root, iter(root.foreign_keys))]
            while stack:
                table, keys = stack[-1]
                parents = (by_name.get(key.table) for key in keys if key.table not in begun)
                parent = next((each for each in parents if each is not None and each.name not in found), None)
                if parent is None:
                    stack.pop()
                    found.setdefault(table.name, table)
                else:
                    begun.add(parent.name)
                    stack.append((parent, iter(parent.foreign_keys)))

        for table in self.out.tables.values():
            if table.name not in found:
                visit(table)
        return list(found.values())

    # -- tables ----------------------------------------------------------------------------------------

    def _table(self, out: OutTable) -> str:
        table = self._as_table(out)
        self.done.add(out.name)
        text = self._sql(CreateTable(table))
        if out.plain_keys:
            keys = [
                f"  KEY {self._quote(name)} ({', '.join(map(self._quote, columns))})"
                for name, columns in out.plain_keys
            ]
            body, _, options = text.rpartition("\n)")
            text = f"{body},\n" + ",\n".join(keys) + f"\n){options}"
        lines = [f"{text};"]
        lines += [self._sql(CreateIndex(index)) + ";" for index in self._indexes(out, table)]
        return "\n".join(lines)

    def _quote(self, name: str) -> str:
        return str(self.dialect.identifier_preparer.quote(name))

    def _as_table(self, out: OutTable) -> sa.Table[Any]:
        options: dict[str, Any] = {
            f"{self.target.kind}_{name}": value
            for name, value in (
                ("engine", "InnoDB"),
                ("default_charset", "utf8mb4"),
                ("collate", self.target.collation),
            )
        }
        table = sa.Table(out.name, self.metadata, comment=out.comment, **options)
        for column in out.columns.values():
            table.append_column(self._column(column))
        if out.primary_key:
            name, columns = out.primary_key
            table.append_constraint(sa.PrimaryKeyConstraint(*columns, name=name))
        for name, columns in out.uniques:
            table.append_constraint(sa.UniqueConstraint(*columns, name=name))
        for name, words in out.checks:
            table.append_constraint(sa.CheckConstraint(sa.literal_column(words), name=name))
        for key in out.foreign_keys:
            if self._is_late(out, key):
                self.late.append((out, key))
            else:
                table.append_constraint(self._foreign_key(out, key, attach=False))
        return table

    def _is_late(self, out: OutTable, key: OutKey) -> bool:
        first = self.out.first_rows
        return (key.table not in self.done and key.table != out.name) or (
            first is not None and key.origin > first
        )

    def _foreign_key(self, out: OutTable, key: OutKey, *, attach: bool = True) -> sa.ForeignKeyConstraint:
        found = sa.ForeignKeyConstraint(
            key.columns,
            [f"{key.table}.{column}" for column in key.referred],
            name=key.name,
            ondelete=key.on_delete,
            onupdate=key.on_update,
            link_to_name=True,
        )
        if attach:
            self.metadata.tables[out.name].append_constraint(found)
        return found

    def _column(self, column: OutColumn) -> sa.Column[Any]:
        type_: Any = column.chosen.type
        words = type_.compile(dialect=self.dialect)
        extra: list[Any] = []
        if column.hidden:
            invisible = "INVISIBLE" if not self.target.is_mysql else "/*!80023 INVISIBLE */"
            type_ = _Words(f"{words} GENERATED ALWAYS AS ({column.generated}) VIRTUAL {invisible}")
        elif column.generated is not None:
            extra.append(sa.Computed(sa.literal_column(column.generated), persisted=column.stored))
        elif column.numbered:
            type_ = _Words(f"{words} AUTO_INCREMENT")
        default: Any = None if column.default is None else sa.literal_column(column.default)
        # MariaDB takes no NOT NULL behind a generated column; what it is made of sees to that
        nullable = column.nullable or column.generated is not None
        return sa.Column(
            column.name,
            type_,
            *extra,
            nullable=nullable,
            server_default=default if not extra else None,
            autoincrement=False,
            comment=column.comment,
        )

    def _indexes(self, out: OutTable, table: sa.Table[Any]) -> Iterator[sa.Index]:
        for index in out.indexes:
            parts = [
                table.c[name].desc() if descending else table.c[name] for name, _, descending in index.parts
            ]
            lengths = {name: length for name, length, _ in index.parts if length}
            options: dict[str, Any] = {f"{self.target.kind}_length": lengths} if lengths else {}
            yield sa.Index(index.name, *parts, unique=index.unique, **options)


def source_name(name: Name) -> str:
    """A table's name as the source writes it."""
    return str(name)
