"""Rows of every table, and filters and orders over them: made of what the schema says, column by column."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from sqlalchemy import Column, Table

from pis_data import filters as f
from pis_data.schema import metadata
from pis_data.schema.types import (
    BigInteger,
    Boolean,
    Choice,
    Day,
    Embedding,
    Id,
    IdList,
    Instant,
    Integer,
    Json,
    Text,
    TextList,
)

from . import values as v

#: every table that holds data of users, children before parents
TABLES: tuple[str, ...] = tuple(
    table.name for table in reversed(metadata.sorted_tables) if table.name != "pis_meta"
)

#: kept by triggers, and read-only
_COUNTERS = frozenset({"photo_count", "selected_count"})
#: columns whose values must meet again, or else nothing happens: keys, addresses, accounts, sessions
_WORDS: dict[str, st.SearchStrategy[Any]] = {
    "slug": v.slugs, "email": v.emails, "from_email": v.emails, "phone": v.phones, "code": v.codes,
    "original_key": v.keys, "thumb_key": v.keys, "hash": v.hashes, "locale": v.locales,
    "namespace": v.slugs, "key": v.slugs, "session_id": v.sessions.filter(lambda session: session),
    "viewed_at": v.times, "downloaded_at": v.times, "layout": st.sampled_from(["grid", "masonry", "spiral"]),
    "rotation": st.sampled_from([0, 90, 270, 45]), "invite_code": v.hashes.map(lambda text: text[:32]),
}  # fmt: skip


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of these, or None."""
    return st.one_of(st.none(), values, values)


def value_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """What a column may hold, None too if it may."""
    found = _WORDS.get(column.name)
    if found is None:
        found = _by_type(column)
    return maybe(found) if column.nullable else found


def _by_type(column: Column[Any]) -> st.SearchStrategy[Any]:
    match column.type:
        case Id():
            return v.ids
        case Instant():
            return v.moments
        case Day():
            return v.any_days
        case Choice() as choice:
            return st.one_of(*[st.sampled_from(list(choice.enum))] * 5, st.just("bogus"))
        case Text(length=length):
            return v.texts_of(length)
        case BigInteger():
            return v.big_integers
        case Integer():
            return v.integers
        case Boolean():
            return st.booleans()
        case Json():
            return v.stored_documents
        case TextList():
            return v.text_lists
        case IdList():
            return v.id_lists
        case Embedding():
            return v.embeddings
    raise NotImplementedError(f"no values for {column.type!r}")


def is_server_made(column: Column[Any]) -> bool:
    """Whether a moment is the database's to set at every change: those differ by nature."""
    return column.name == "updated_at"


@cache
def row_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A row: what it must have, and the moment at which it was made, and any of the rest."""
    required, optional = {}, {}
    for column in metadata.tables[name].columns:
        if column.name in _COUNTERS:
            continue
        must = column.primary_key or not (column.nullable or column.server_default is not None)
        made_now = isinstance(column.type, Instant) and column.server_default is not None
        into = required if must or (made_now and not is_server_made(column)) else optional
        into[column.name] = value_of(column)
    if "deleted_at" in optional:  # else hardly a row would be live
        optional["deleted_at"] = st.one_of(*[st.none()] * 5, v.moments)
    return _with_some(st.fixed_dictionaries(required), optional)


@st.composite  # and no `map`, whose results Hypothesis shows by its source
def _with_some(
    draw: st.DrawFn, required: st.SearchStrategy[dict[str, Any]], optional: dict[str, st.SearchStrategy[Any]]
) -> dict[str, Any]:
    """Columns, and a few of those that may be missing."""
    found = draw(required)
    for name in draw(st.lists(st.sampled_from(sorted(optional) or [""]), max_size=4, unique=True)):
        if name:
            found[name] = draw(optional[name])
    return found


@cache
def changes_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """New values of a few columns, none perhaps; the key stays."""
    table = metadata.tables[name]
    kept = {column.name for column in table.primary_key} | _COUNTERS
    values = {
        column.name: value_of(column)
        for column in table.columns
        if column.name not in kept and not is_server_made(column)
    }
    return _with_some(st.fixed_dictionaries({}), values)


def columns_of(
    table: str, wanted: Collection[str], *, without: Collection[str] = ()
) -> dict[str, st.SearchStrategy[Any]]:
    """What some columns of a table may hold, by name: for calls that take columns."""
    return {name: value_of(metadata.tables[table].c[name]) for name in sorted(wanted) if name not in without}


def keeps_checks(name: str) -> Callable[[dict[str, Any]], bool]:
    """Tells the rows whose words are all known. An upsert of other ones, to a row that is there, differs by
    nature: docs/portability.md.
    """
    closed: dict[str, set[Any]] = {}
    for constraint in metadata.tables[name].constraints:
        if isinstance(constraint, sa.CheckConstraint):
            column, _, listed = str(constraint.sqltext).partition(" IN ")
            closed[column] = {None, *literal_eval(f"[{listed[1:-1]}]")}
    return lambda row: all(row[column] in known for column, known in closed.items() if column in row)


def unique_keys(name: str) -> list[tuple[str, ...]]:
    """The columns of each key of a table."""
    table = metadata.tables[name]
    found = [tuple(column.name for column in table.primary_key)]
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            found.append(tuple(column.name for column in constraint.columns))
    return sorted(found)


# -- filters and orders --------------------------------------------------------------------------------


def _comparisons(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        values, st.none(), st.lists(st.one_of(st.none(), values), max_size=4), values.map(f.ne),
        values.map(f.lt), values.map(f.le), values.map(f.gt), values.map(f.ge),
        st.builds(f.not_in, st.lists(st.one_of(st.none(), values), max_size=3)),
        st.builds(f.between, values, values), st.just(f.not_null()), st.just(f.ne(None)), v.wrong,
    )  # fmt: skip


_scalars = st.one_of(v.texts, st.booleans(), st.integers(-5, 5), st.just(1.0))
_presence = st.one_of(st.none(), st.just(f.not_null()), st.just(f.is_null()), v.wrong)


def condition_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """What a filter may ask of a column."""
    match column.type:
        case Json():
            return st.one_of(_scalars.map(f.contains), _presence)
        case TextList():
            return st.one_of(v.texts.map(f.contains), _presence)
        case IdList():
            return st.one_of(v.ids.map(f.contains), _presence)
        case Embedding():
            return _presence
        case Boolean():
            return st.one_of(st.booleans(), st.lists(st.booleans(), max_size=2), _presence)
        case Id():
            return st.one_of(_comparisons(v.ids), v.ids.map(str))
        case Text():
            found = value_of(column).filter(lambda value: value is not None)
            patterns = [found.map(f.starts_with), found.map(f.contains), found.map(f.like)]
            return st.one_of(_comparisons(found), *patterns, v.plain_texts.map(f.ilike))
        case _:
            return _comparisons(_by_type(column))


@cache
def filter_of(name: str) -> st.SearchStrategy[Any]:
    """A filter over the columns of a table, combined in any way."""
    table = metadata.tables[name]
    conditions = {column.name: condition_of(column) for column in table.columns}
    plain = st.one_of(
        _with_some(st.fixed_dictionaries({}), conditions),
        st.fixed_dictionaries({_first_key(table): v.ids}),
        st.just({"nowhere": 1}),
    )
    found = st.one_of(plain, plain, plain, st.none(), _expression_of(table))
    for _ in range(2):
        parts = st.lists(found, max_size=2)
        combined = [parts.map(lambda each: f.all_of(*each)), parts.map(lambda each: f.any_of(*each))]
        found = st.one_of(plain, plain, plain, *combined, found.map(f.not_))
    return found


def _first_key(table: Table) -> str:
    return next(iter(table.primary_key)).name


def _expression_of(table: Table) -> st.SearchStrategy[Any]:
    """A condition of SQLAlchemy's own."""
    key = next(iter(table.primary_key))
    return st.one_of(v.ids.map(lambda value: key <= value), st.just(key.is_not(None)))


@cache
def order_of(name: str) -> st.SearchStrategy[Any]:
    """An order over the columns of a table, now and then by what there is no order of."""
    names = [column.name for column in metadata.tables[name].columns if not is_server_made(column)]
    directions = st.sampled_from(["asc", "desc", "asc", "desc", "asc", "desc", "sideways"])
    keys = st.one_of(st.tuples(st.sampled_from(names), directions), st.sampled_from(names))
    return st.lists(keys, max_size=3)


@cache
def selection_of(name: str) -> st.SearchStrategy[Any]:
    """Columns to select; None: all."""
    names = st.sampled_from([*metadata.tables[name].columns.keys()])
    return st.one_of(st.none(), st.lists(names, min_size=1, max_size=3, unique=True), st.just(["*"]))
