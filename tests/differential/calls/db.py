"""Calls of the adapter, or of an open transaction, on any table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from sqlalchemy.sql.base import Executable

from pis_data.errors import SerializationError
from pis_data.schema import metadata

from .. import rows
from .. import values as v
from .call import Call, Calls, Recipe, Target, once, to_the_end

_BUSY = ("albums", "photos", "users", "customers", "photo_groups", "system_settings")
tables = st.one_of(st.sampled_from(_BUSY), st.sampled_from(rows.TABLES))
_offsets = st.sampled_from([None, 0, 1, 2, -1])
_limits = st.sampled_from([None, 0, 1, 3, 50, -1])


def on_a_table(draw_rest: Callable[[st.DrawFn, str], Call]) -> Recipe:
    """A call whose arguments follow from a table."""

    @st.composite
    def made(draw: st.DrawFn, path: str) -> Call:
        found = draw_rest(draw, draw(tables))
        return Call(path, found.args, found.how, found.play)

    return made


def _named(draw: st.DrawFn, name: str) -> Any:
    """A table by its name, or itself."""
    return metadata.tables[name] if draw(st.integers(0, 5)) == 5 else name


@on_a_table
def _insert(draw: st.DrawFn, table: str) -> Call:
    given = draw(st.lists(rows.row_of(table), max_size=4))
    if len(given) == 1 and draw(st.booleans()):
        given = given[0]  # type: ignore[assignment]
    return Call("", (_named(draw, table), given), {"returning": draw(st.booleans())})


@on_a_table
def _upsert(draw: st.DrawFn, table: str) -> Call:
    key = draw(st.sampled_from(rows.unique_keys(table)))
    given = draw(st.lists(rows.row_of(table).filter(rows.keeps_checks(table)), min_size=1, max_size=4))
    plain = sorted(set(given[0]) - set(key))
    names = st.lists(st.sampled_from(plain), max_size=2, unique=True) if plain else st.just([])
    return Call("", (table, given), {"conflict": list(key), "update": draw(st.one_of(st.none(), names))})


@on_a_table
def _update(draw: st.DrawFn, table: str) -> Call:
    args = (table, draw(rows.filter_of(table)), draw(rows.changes_of(table)))
    return Call(
        "", args, {"all_rows": draw(st.sampled_from([True, True, False])), "returning": draw(st.booleans())}
    )


@on_a_table
def _delete(draw: st.DrawFn, table: str) -> Call:
    args = (table, draw(rows.filter_of(table)))
    return Call("", args, {"all_rows": draw(st.sampled_from([True, False, False]))})


@on_a_table
def _find_many(draw: st.DrawFn, table: str) -> Call:
    how = {
        "order_by": draw(rows.order_of(table)),
        "limit": draw(_limits),
        "offset": draw(_offsets),
        "select": draw(rows.selection_of(table)),
    }
    return Call("", (_named(draw, table), draw(rows.filter_of(table))), how)


@on_a_table
def _find_one(draw: st.DrawFn, table: str) -> Call:
    how = {"order_by": draw(rows.order_of(table)), "select": draw(rows.selection_of(table))}
    return Call("", (table, draw(rows.filter_of(table))), how)


@on_a_table
def _count(draw: st.DrawFn, table: str) -> Call:
    return Call("", (table, draw(rows.filter_of(table))))


@on_a_table
def _stream(draw: st.DrawFn, table: str) -> Call:
    how = {"batch": draw(st.sampled_from([1, 2, 1000, 0])), "order_by": draw(rows.order_of(table))}
    return Call("", (table, draw(rows.filter_of(table))), how, to_the_end)


# -- statements of SQLAlchemy's own --------------------------------------------------------------------

#: written to by statements that are sent as they are: no cascade or counter of theirs differs by nature
_LEAVES = ("custom_translations", "audit_logs", "style_templates", "upgrade_history", "daily_stats")


class Statement:
    """A statement, in words for whoever reads a failure."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement

    def __repr__(self) -> str:
        return " ".join(str(self.statement).split())


def executed(to: Target, path: str, statement: Statement, *rest: Any) -> Any:
    """What a statement gives."""
    return once(to, path, statement.statement, *rest)


@st.composite
def _statements(draw: st.DrawFn) -> tuple[Any, ...]:
    table = metadata.tables[draw(st.sampled_from(_LEAVES))]
    row = draw(rows.row_of(table.name))
    changes = {name: value for name, value in draw(rows.changes_of(table.name)).items() if value is not None}
    which = table.c.id <= draw(v.ids)
    moment = next(column for column in table.columns if column.name in ("created_at", "stat_date"))
    statement: Any
    match draw(st.sampled_from(["insert", "insert many", "update", "delete", "select", "sums"])):
        case "insert":
            statement = sa.insert(table).values(row)
        case "insert many":
            names = sorted(row)
            others = draw(st.lists(v.ids, min_size=1, max_size=3, unique=True))
            return (
                Statement(sa.insert(table)),
                [{**{name: row[name] for name in names}, "id": key} for key in others],
            )
        case "update":
            statement = sa.update(table).where(which).values(changes or {"created_at": row["created_at"]})
        case "delete":
            statement = sa.delete(table).where(which)
        case "select":
            columns = draw(st.lists(st.sampled_from(list(table.columns)), min_size=1, max_size=3))
            statement = sa.select(*dict.fromkeys(columns)).where(which).order_by(table.c.id)
        case _:
            number = sa.func.count().label("number")
            statement = sa.select(number, sa.func.min(moment).label("first")).where(which)
    return (Statement(statement),)


def _execute(path: str) -> st.SearchStrategy[Call]:
    return _statements().map(lambda args: Call(path, args, {}, executed))


# -- units of work -------------------------------------------------------------------------------------


def again_after_an_error(to: Target, path: str, table: str, row: dict[str, Any]) -> Any:
    """A unit whose first attempt is lost when it has written: the second one finds nothing of it."""
    attempts: list[Any] = []

    def unit(tx: Any) -> Any:
        attempts.append(tx.count(table))
        stored = tx.insert(table, row)
        if len(attempts) == 1:
            raise SerializationError("as if another transaction had been in the way")
        return stored

    return [once(to, path, unit), attempts]


@on_a_table
def _run(draw: st.DrawFn, table: str) -> Call:
    return Call("", (table, draw(rows.row_of(table))), {}, again_after_an_error)


CALLS: Calls = {
    "insert": _insert,
    "upsert": _upsert,
    "update": _update,
    "delete": _delete,
    "find_many": _find_many,
    "find_one": _find_one,
    "count": _count,
    "exists": _count,
    "stream": _stream,
    "execute": _execute,
}
#: what an open transaction does not have
OUTSIDE: Calls = {"run": _run}
