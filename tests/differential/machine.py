"""Random programs on every database at once: each answer, order and error is compared.

A rule draws one call of the adapter or of a repository, every database makes it, and the outcomes must be
equal: the value, or the type of the error. New ids and secrets are the same everywhere (`Made`); times that a
server makes differ by nature and are compared only in kind.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pis_data import filters as f
from pis_data.errors import PisDataError
from pis_data.repositories import Repositories
from pis_data.schema import JSON_NULL
from pis_data.sync import DatabaseAdapter

from . import calls
from . import values as v
from .compare import comparable, first_difference, name_of

#: the tables that programs write, children before parents
TABLES = (
    "customer_albums",
    "collaboration_invites",
    "album_collaborators",
    "photo_group_assignments",
    "photo_groups",
    "photos",
    "albums",
    "customers",
    "custom_translations",
    "album_templates",
    "system_settings",
    "users",
)

STATUSES = st.sampled_from(["pending", "processing", "completed", "failed", "pending_retouch", "bogus"])
maybe = st.one_of


class _Undone(Exception):
    """Ends a transaction without keeping it."""


def optional(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A row with any of these columns."""
    return st.fixed_dictionaries({}, optional=columns)


albums = st.fixed_dictionaries(
    {"id": v.ids, "title": v.texts, "slug": v.texts, "created_at": v.moments},
    optional={
        "description": maybe(st.none(), v.texts),
        "is_public": st.booleans(),
        "layout": st.sampled_from(["masonry", "grid", "carousel", "spiral"]),
        "metadata": v.documents,
        "expires_at": maybe(st.none(), v.moments),
        "view_count": st.sampled_from([0, 1, -1, (1 << 31) - 1, -(1 << 31), 1 << 31]),
        "cover_photo_id": maybe(st.none(), v.ids),
    },
)
photos = st.fixed_dictionaries(
    {"id": v.ids, "album_id": v.ids, "filename": v.texts, "original_key": v.texts, "created_at": v.moments},
    optional={
        "status": STATUSES,
        "captured_at": maybe(st.none(), v.moments),
        "deleted_at": maybe(st.none(), st.just(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))),
        "file_size": maybe(st.none(), st.sampled_from([0, 1, -1, (1 << 63) - 1, -(1 << 63), 1 << 63])),
        "sort_order": st.integers(-3, 3),
        "rotation": st.sampled_from([None, 0, 90, 45]),
        "is_selected": st.booleans(),
        "exif": maybe(v.documents, st.just(JSON_NULL)),
        "hash": maybe(st.none(), v.texts),
    },
)
groups = st.fixed_dictionaries({"id": v.ids, "album_id": v.ids, "name": v.texts, "created_at": v.moments})
assignments = st.fixed_dictionaries({"photo_id": v.ids, "group_id": v.ids, "created_at": v.moments})
customers = st.fixed_dictionaries(
    {"id": v.ids, "name": v.texts, "created_at": v.moments},
    optional={"tags": maybe(st.none(), st.lists(v.texts, max_size=3)), "email": maybe(st.none(), v.texts)},
)
users = st.fixed_dictionaries(
    {"id": v.ids, "email": v.texts, "created_at": v.moments},
    optional={"full_name": maybe(st.none(), v.texts)},
)
translations = st.fixed_dictionaries(
    {
        "id": v.ids,
        "locale": st.sampled_from(["zh-CN", "en"]),
        "namespace": v.texts,
        "key": v.texts,
        "value": v.texts,
        "created_at": v.moments,
    }
)

ROWS = {
    "albums": albums, "photos": photos, "photo_groups": groups, "photo_group_assignments": assignments,
    "customers": customers, "users": users, "custom_translations": translations,
}  # fmt: skip
table_names = st.sampled_from(sorted(ROWS))

#: what a filter may ask of a column
_text_operators = st.one_of(
    v.texts, st.none(), st.lists(st.one_of(st.none(), v.texts), max_size=4), v.texts.map(f.ne),
    v.texts.map(f.lt), v.texts.map(f.ge), v.texts.map(f.starts_with), v.texts.map(f.contains),
    v.texts.map(f.like), v.plain_texts.map(f.ilike),
    st.builds(f.not_in, st.lists(st.one_of(st.none(), v.texts), max_size=3)),
    st.builds(f.between, v.texts, v.texts), st.just(f.not_null()), v.wrong,
)  # fmt: skip
_moment_operators = st.one_of(v.moments, st.none(), v.moments.map(f.lt), v.moments.map(f.ge), v.wrong)
_id_operators = st.one_of(
    v.ids, v.ids.map(str), st.lists(v.ids, max_size=3), v.ids.map(f.ne), v.ids.map(f.gt), v.wrong
)
_scalars = st.one_of(v.texts, st.booleans(), st.integers(-5, 5), st.just(1.0))
_COLUMNS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "albums": {"id": _id_operators, "title": _text_operators, "description": _text_operators,
               "expires_at": _moment_operators, "metadata": st.one_of(_scalars.map(f.contains), st.none()),
               "is_public": st.one_of(st.booleans(), v.wrong), "photo_count": st.integers(0, 3),
               "selected_count": st.integers(0, 2).map(f.le), "cover_photo_id": _id_operators},
    "photos": {"id": _id_operators, "album_id": _id_operators, "filename": _text_operators,
               "status": STATUSES, "captured_at": _moment_operators, "deleted_at": st.just(None),
               "exif": _scalars.map(f.contains), "rotation": st.sampled_from([None, 0, f.gt(0), [None, 90]])},
    "photo_groups": {"name": _text_operators, "album_id": _id_operators},
    "photo_group_assignments": {"photo_id": _id_operators, "group_id": _id_operators},
    "customers": {"tags": st.one_of(v.texts.map(f.contains), st.none()), "name": _text_operators},
    "users": {"email": _text_operators, "full_name": _text_operators},
    "custom_translations": {"namespace": _text_operators, "key": _text_operators},
}  # fmt: skip


def filters_of(table: str) -> st.SearchStrategy[Any]:
    """A filter over the columns of a table, combined in any way."""
    plain = optional(**_COLUMNS[table])
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, max_size=2).map(lambda parts: f.all_of(*parts)),
            st.lists(inner, max_size=2).map(lambda parts: f.any_of(*parts)),
            inner.map(f.not_),
        ),
        max_leaves=3,
    )


def orders_of(table: str) -> st.SearchStrategy[Any]:
    """An order over the columns of a table."""
    names = st.sampled_from([name for name in _COLUMNS[table] if name not in ("metadata", "exif", "tags")])
    return st.lists(st.tuples(names, st.sampled_from(["asc", "desc"])), max_size=3, unique_by=lambda e: e[0])


class Made:
    """Makes the new ids and secrets of a step, the same ones on every database, in rising order."""

    def __init__(self) -> None:
        self.begin(0)

    def begin(self, step: int) -> None:
        """Start over, for the same step on another database or for the next one."""
        self._step, self._count = step, 0
        self._chance = random.Random(step)

    def id(self) -> UUID:
        """What `uuid7` would make."""
        self._count += 1
        return UUID(int=0x70 << 120 | self._step << 32 | self._count)

    def choice(self, letters: str) -> str:
        """What `secrets.choice` would choose."""
        return self._chance.choice(letters)

    def token_hex(self, size: int) -> str:
        """What `secrets.token_hex` would give."""
        return self._chance.randbytes(size).hex()


class Differential(RuleBasedStateMachine):
    """The machine; `databases` is set by the test."""

    databases: ClassVar[dict[str, DatabaseAdapter]] = {}
    made: ClassVar[Made] = Made()
    programs: ClassVar[int] = 0
    steps: ClassVar[int] = 0

    @initialize()
    def empty(self) -> None:
        type(self).programs += 1
        for db in self.databases.values():
            for table in TABLES:
                if db.exists(table):
                    db.delete(table, {}, all_rows=True)

    def all_agree(self, call: Callable[[Any], Any]) -> None:
        """Make the call on every database and compare."""
        type(self).steps += 1
        outcomes = {}
        for kind, db in self.databases.items():
            self.made.begin(self.steps)
            outcomes[kind] = self.outcome(call, db)
        (first, expected), *others = outcomes.items()
        for kind, outcome in others:
            if outcome != expected:
                where, one, other = first_difference(expected, outcome)
                pytest.fail(
                    f"at {where or 'the top'}\n  {first}: {one!r}\n  {kind}: {other!r}", pytrace=False
                )

    @staticmethod
    def outcome(call: Callable[[Any], Any], db: Any) -> Any:
        try:
            return ("answer", comparable(call(db)))
        except PisDataError as error:
            return ("error", name_of(error))

    # -- one call each -------------------------------------------------------------------------

    @rule(data=st.data(), table=table_names, returning=st.booleans())
    def insert(self, data: st.DataObject, table: str, returning: bool) -> None:
        rows = data.draw(st.lists(ROWS[table], min_size=1, max_size=4))
        self.all_agree(lambda db: db.insert(table, rows, returning=returning))

    @rule(data=st.data(), table=st.sampled_from(["albums", "photos"]))
    def insert_something_wrong(self, data: st.DataObject, table: str) -> None:
        row = dict(data.draw(ROWS[table]))
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(v.wrong)
        self.all_agree(lambda db: db.insert(table, row))

    @rule(data=st.data(), table=table_names)
    def find_many(self, data: st.DataObject, table: str) -> None:
        where = data.draw(filters_of(table))
        order = data.draw(orders_of(table))
        limit = data.draw(st.sampled_from([None, 0, 1, 3]))
        offset = data.draw(st.sampled_from([None, 0, 1]))
        self.all_agree(lambda db: db.find_many(table, where, order_by=order, limit=limit, offset=offset))

    @rule(data=st.data(), table=table_names)
    def count_exists_and_stream(self, data: st.DataObject, table: str) -> None:
        where = data.draw(filters_of(table))
        self.all_agree(lambda db: [db.count(table, where), db.exists(table, where)])
        self.all_agree(lambda db: list(db.stream(table, where, batch=2)))

    @rule(data=st.data(), table=table_names, returning=st.booleans())
    def update(self, data: st.DataObject, table: str, returning: bool) -> None:
        where = data.draw(filters_of(table))
        values = self.new_values(data, table)
        self.all_agree(lambda db: db.update(table, where, values, all_rows=True, returning=returning))

    @rule(data=st.data(), table=table_names)
    def delete(self, data: st.DataObject, table: str) -> None:
        where = data.draw(filters_of(table))
        self.all_agree(lambda db: db.delete(table, where, all_rows=True))

    @rule(data=st.data(), update=st.sampled_from([None, [], ["full_name"]]))
    def upsert_users(self, data: st.DataObject, update: list[str] | None) -> None:
        rows = data.draw(st.lists(users, min_size=1, max_size=4))
        self.all_agree(lambda db: db.upsert("users", rows, conflict=["email"], update=update))

    @rule(data=st.data())
    def upsert_translations(self, data: st.DataObject) -> None:
        rows = data.draw(st.lists(translations, min_size=1, max_size=3))
        conflict = ["locale", "namespace", "key"]
        self.all_agree(lambda db: db.upsert("custom_translations", rows, conflict=conflict, update=["value"]))

    @rule(call=calls.anything)
    def repositories(self, call: calls.Call) -> None:
        self.all_agree(lambda db: call(Repositories(db)))

    # -- several calls as one ------------------------------------------------------------------

    @rule(data=st.data(), kept=st.booleans(), survived=st.booleans())
    def transaction(self, data: st.DataObject, kept: bool, survived: bool) -> None:
        first, second = data.draw(albums), data.draw(photos)
        values = self.new_values(data, "albums")

        def program(db: Any) -> Any:
            seen: list[Any] = []
            try:
                with db.transaction() as tx:
                    seen.append(self.outcome(lambda t: t.insert("albums", first), tx))
                    try:
                        with tx.transaction() as savepoint:
                            seen.append(savepoint.insert("photos", second))
                            if not survived:
                                raise _Undone
                    except (_Undone, PisDataError) as error:
                        seen.append(name_of(error))
                    seen.append(self.outcome(lambda t: t.update("albums", {"id": first["id"]}, values), tx))
                    seen.append(self.outcome(lambda t: t.find_many("albums"), tx))
                    if not kept:
                        raise _Undone
            except _Undone:
                pass
            except PisDataError as error:
                seen.append(name_of(error))
            return [seen, db.find_many("albums"), db.find_many("photos")]

        self.all_agree(program)

    @rule(wanted=st.lists(calls.anything, min_size=2, max_size=4), kept=st.booleans())
    def transaction_of_repositories(self, wanted: list[calls.Call], kept: bool) -> None:
        def program(db: Any) -> Any:
            seen: list[Any] = []
            try:
                with Repositories(db).transaction() as r:
                    for call in wanted:
                        try:
                            with r.transaction() as savepoint:
                                seen.append(("answer", comparable(call(savepoint))))
                        except PisDataError as error:
                            seen.append(("error", name_of(error)))
                    if not kept:
                        raise _Undone
            except _Undone:
                pass
            return [seen, db.find_many("albums"), db.find_many("photos")]

        self.all_agree(program)

    @rule()
    def counters_are_true(self) -> None:
        for kind, db in self.databases.items():
            for album in db.find_many("albums"):
                live = {"album_id": album["id"], "deleted_at": None}
                completed = db.count("photos", {**live, "status": "completed"})
                selected = db.count("photos", {**live, "is_selected": True})
                assert (album["photo_count"], album["selected_count"]) == (completed, selected), kind

    def new_values(self, data: st.DataObject, table: str) -> dict[str, Any]:
        """Some of a row's columns; the key stays."""
        row = dict(data.draw(ROWS[table]))
        row.pop("id", None)
        names = data.draw(st.lists(st.sampled_from(sorted(row)), max_size=3, unique=True))
        return {name: row[name] for name in names}
