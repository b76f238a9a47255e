"""Statements: built once for a shape, in a total order, the same whatever the values."""

from __future__ import annotations

import pytest

from pis_data.dialects import dialect_for
from pis_data.filters import all_of, any_of, gt, not_
from pis_data.queries import rows
from pis_data.queries.cascade import branches
from pis_data.queries.where import resolve
from pis_data.schema import albums, photos, users, uuid7

KINDS = ("sqlite", "postgresql", "mariadb", "mysql")


@pytest.mark.parametrize("kind", KINDS)
def test_calls_that_differ_in_their_values_share_a_statement(kind: str) -> None:
    dialect = dialect_for(kind)
    first = rows.select(dialect, photos, {"album_id": uuid7(), "status": ["completed"]}, limit=5)
    second = rows.select(dialect, photos, {"album_id": uuid7(), "status": ["failed", "pending"]}, limit=9)
    assert first.statement is second.statement
    assert first.parameters != second.parameters


def test_a_null_makes_another_statement() -> None:
    dialect = dialect_for("sqlite")
    given = rows.select(dialect, photos, {"hash": "a"})
    null = rows.select(dialect, photos, {"hash": None})
    assert given.statement is not null.statement
    assert "IS NULL" in str(null.statement)


@pytest.mark.parametrize(
    ("order_by", "expected"),
    [
        (None, "ORDER BY photos.id ASC"),
        ([("created_at", "desc")], "ORDER BY photos.created_at DESC, photos.id DESC"),
        ([("sort_order", "asc"), ("created_at", "desc")], "photos.created_at DESC, photos.id DESC"),
        ([("id", "desc")], "ORDER BY photos.id DESC"),
        (["filename"], "ORDER BY photos.filename ASC, photos.id ASC"),
    ],
)
def test_the_key_is_the_last_sort_key_and_follows_the_one_before(
    order_by: rows.OrderBy | None, expected: str
) -> None:
    query = rows.select(dialect_for("mysql"), photos, order_by=order_by)
    assert str(query.statement).endswith(expected)


def test_only_postgresql_is_told_where_null_sorts_and_only_on_nullable_columns() -> None:
    from sqlalchemy.dialects import postgresql

    def text(kind: str, column: str, direction: str) -> str:
        query = rows.select(dialect_for(kind), photos, order_by=[(column, direction)])
        return str(query.statement.compile(dialect=postgresql.dialect()))  # type: ignore[attr-defined]

    assert "captured_at DESC NULLS LAST" in text("postgresql", "captured_at", "desc")
    assert "captured_at ASC NULLS FIRST" in text("postgresql", "captured_at", "asc")
    assert "NULLS" not in text("postgresql", "created_at", "desc")
    assert "NULLS" not in text("mysql", "captured_at", "desc")


def test_a_filter_of_the_callers_own_is_not_kept() -> None:
    dialect = dialect_for("sqlite")
    first = rows.select(dialect, photos, all_of(photos.c.width > photos.c.height, {"status": "failed"}))
    second = rows.select(dialect, photos, all_of(photos.c.width < photos.c.height, {"status": "failed"}))
    assert first.statement is not second.statement


def test_an_empty_filter_is_everything_and_an_empty_choice_is_nothing() -> None:
    dialect = dialect_for("sqlite")
    assert resolve(photos, {}, dialect).is_everything
    assert resolve(photos, None, dialect).is_everything
    assert not resolve(photos, any_of(), dialect).is_everything
    assert not resolve(photos, not_({"width": gt(1)}), dialect).is_everything


def test_children_go_first_only_where_cascades_fire_no_triggers() -> None:
    mysql, postgresql = dialect_for("mysql"), dialect_for("postgresql")
    assert [(branch.table.name, branch.fate) for branch in branches(albums, mysql)] == [("photos", "delete")]
    assert ("albums", "set_null") in [(branch.table.name, branch.fate) for branch in branches(photos, mysql)]
    assert branches(users, postgresql) == ()


def test_rows_of_different_keys_become_one_insert_for_each_set_of_keys() -> None:
    given = rows.rows_to_write(
        users, [{"email": "a@x"}, {"email": "b@x", "full_name": "B"}, {"email": "c@x"}]
    )
    queries = rows.inserts(dialect_for("mysql"), users, given, returning=False)
    assert [len(query.parameters) for query in queries] == [2, 1]
