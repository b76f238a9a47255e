"""Every constraint of the schema is minded, and says which it is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pis_data.errors import (
    CheckViolationError,
    ForeignKeyViolationError,
    NotNullViolationError,
    UniqueViolationError,
)
from pis_data.schema import TABLES
from pis_data.schema.types import Choice, Integer
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused


@pytest.mark.parametrize("table", TABLES)
class TestConstraints:
    def test_a_row_of_what_is_required(self, db: DatabaseAdapter, table: str) -> None:
        given = samples.row(db, table)
        (stored,) = db.insert(table, given)
        assert {name: stored[name] for name in given} == given

    def test_what_is_required_is_required(self, db: DatabaseAdapter, refused: Refused, table: str) -> None:
        given = samples.row(db, table)
        for name in (column.name for column in TABLES[table].columns if not column.nullable):
            if "read_only" in TABLES[table].c[name].info:
                continue
            if name != "id":
                with refused(NotNullViolationError) as caught:
                    db.insert(table, {**given, name: None})
                self._says(caught.value, table, (name,), None)
            if name in given:
                with refused(NotNullViolationError) as caught:
                    db.insert(table, {key: value for key, value in given.items() if key != name})
                self._says(caught.value, table, (name,), None)
            with refused(NotNullViolationError) as caught:
                db.update(table, {name: []}, {name: None})
            self._says(caught.value, table, (name,), None)

    def test_what_is_referred_to_exists(self, db: DatabaseAdapter, table: str) -> None:
        for key in TABLES[table].foreign_key_constraints:
            given = samples.row(db, table)
            (column,) = key.column_keys
            with pytest.raises(ForeignKeyViolationError) as caught:
                db.insert(table, {**given, column: uuid4()})
            told = caught.value
            assert told.table == table
            assert told.constraint in (None, key.name)
            assert told.columns in ((), (column,))
            stored = db.insert(table, given)[0]
            with pytest.raises(ForeignKeyViolationError):
                db.update(table, self._key(table, stored), {column: uuid4()})
            assert db.find_one(table, self._key(table, stored)) == stored

    def test_what_is_unique_is_unique(self, db: DatabaseAdapter, table: str) -> None:
        for key in TABLES[table].constraints:
            if not isinstance(key, sa.UniqueConstraint | sa.PrimaryKeyConstraint):
                continue
            columns = tuple(column.name for column in key.columns)
            optional = {column.name: samples.value(db, column) for column in key.columns if column.nullable}
            stored = db.insert(table, {**samples.row(db, table), **optional})[0]
            again = samples.row(db, table) | {name: stored[name] for name in columns}
            with pytest.raises(UniqueViolationError) as caught:
                db.insert(table, again)
            if len(columns) == 1 or table != "photo_group_assignments":  # two keys of the same columns
                self._says(caught.value, table, columns, key.name)

    def test_a_word_of_a_closed_list_is_one_of_it(self, db: DatabaseAdapter, table: str) -> None:
        for check in TABLES[table].constraints:
            if not isinstance(check, sa.CheckConstraint):
                continue
            (column,) = (c for c in TABLES[table].columns if str(check.name) == f"{table}_{c.name}_check")
            wrong: Any = "?" if isinstance(column.type, Choice) else 7
            assert isinstance(column.type, Choice | Integer)
            with pytest.raises(CheckViolationError) as caught:
                db.insert(table, {**samples.row(db, table), column.name: wrong})
            self._says(caught.value, table, (column.name,), check.name)

    def _says(self, error: Any, table: str, columns: tuple[str, ...], constraint: Any) -> None:
        assert (error.table, error.columns, error.constraint) == (table, columns, constraint)
        assert table in str(error)

    def _key(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        return {column.name: row[column.name] for column in TABLES[table].primary_key}
