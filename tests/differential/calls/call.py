"""A call as data: which method, with what. Rows are named by their place in a table, so that a call means the
same row on every database, whoever made its id.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeAlias
from uuid import UUID

from hypothesis import strategies as st

from pis_data.repositories import Repositories

MISSING = UUID(int=0x0123456789ABCDEF)


@dataclass
class Notes:
    """What programs called, by path, and what of it gave an answer, not an error."""

    called: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)


class Target:
    """What calls are made on: an adapter or an open transaction as ``db``, and the repositories over it.

    It notes what is called.
    """

    def __init__(self, db: Any, notes: Notes) -> None:
        self.raw = db
        self.db = _Noted(db, "db", notes)
        self._all = Repositories(db)
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        return _Noted(getattr(self._all, name), name, self._notes)

    def within(self, tx: Any) -> Target:
        """The same over a transaction."""
        return Target(tx, self._notes)


class _Noted:
    def __init__(self, what: Any, name: str, notes: Notes) -> None:
        self._what, self._name, self._notes = what, name, notes

    def __getattr__(self, name: str) -> Any:
        method, path = getattr(self._what, name), f"{self._name}.{name}"

        @functools.wraps(method)
        def noting(*args: Any, **how: Any) -> Any:
            self._notes.called[path] += 1
            answer = method(*args, **how)
            self._notes.answered[path] += 1
            return answer

        return noting


# -- arguments that depend on the database -------------------------------------------------------------


@dataclass(frozen=True)
class At:
    """The id of the row at a place of a table, in order of ids; one that is missing if the table is empty."""

    table: str
    place: int

    def find(self, to: Target) -> UUID:
        """The id, as the target sees the table."""
        ids = [row["id"] for row in to.raw.find_many(self.table, select=["id"], order_by=["id"])]
        return ids[self.place % len(ids)] if ids and self.place >= 0 else MISSING

    def __repr__(self) -> str:
        return f"{self.table}[{self.place}]"


@dataclass(frozen=True)
class Later:
    """What a function makes, which may refuse: made when the call is."""

    make: Callable[..., Any]
    args: tuple[Any, ...]

    def find(self, to: Target) -> Any:
        """The value."""
        return self.make(*resolved(self.args, to))

    def __repr__(self) -> str:
        return f"{self.make.__qualname__}{self.args!r}"


def resolved(value: Any, to: Target) -> Any:
    """A value with the ids of rows in place of their places; a list has each row once."""
    if isinstance(value, (At, Later)):
        return value.find(to)
    if isinstance(value, tuple):
        return tuple(resolved(item, to) for item in value)
    if isinstance(value, dict):
        return {resolved(key, to): resolved(item, to) for key, item in value.items()}
    if isinstance(value, list) and any(isinstance(item, At) for item in value):
        return list(dict.fromkeys(resolved(item, to) for item in value))
    return value


# -- calls ---------------------------------------------------------------------------------------------

#: makes a call on a target: the method by its path, and the arguments
Play: TypeAlias = Callable[..., Any]


def once(to: Target, path: str, *args: Any, **how: Any) -> Any:
    """The call by itself."""
    return attrgetter(path)(to)(*args, **how)


@dataclass(frozen=True)
class Call:
    """A method by its path, such as ``albums.create``, its arguments, and how it is played."""

    path: str
    args: tuple[Any, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)
    play: Play = once

    def __call__(self, to: Target) -> Any:
        args = resolved(self.args, to)
        return self.play(to, self.path, *args, **resolved(dict(self.how), to))

    def __repr__(self) -> str:
        given = [*map(repr, self.args), *(f"{name}={value!r}" for name, value in self.how.items())]
        played = "" if self.play is once or self.play.__name__ == self.path else f" [{self.play.__name__}]"
        return f"{self.path}({', '.join(given)}){played}"


#: calls of a method, which is told them by its path
Recipe: TypeAlias = Callable[[str], st.SearchStrategy[Call]]
#: by the names of methods
Calls: TypeAlias = dict[str, Recipe]


def call(*args: Any, **how: Any) -> Recipe:
    """A call whose arguments are strategies, or values. Those by keyword may be missing, but for those whose
    names end in an underscore here.
    """
    return by(once, *args, **how)


def by(play: Play, *args: Any, **how: Any) -> Recipe:
    """A call that is played in a way of its own."""
    positional = st.tuples(*map(_strategy, args))
    required, optional = {}, {}
    for name, value in how.items():
        into = required if name.endswith("_") else optional
        into[name.rstrip("_")] = _strategy(value)
    named = st.fixed_dictionaries(required, optional=optional)
    return lambda path: st.builds(Call, st.just(path), positional, named, st.just(play))


def either(*recipes: Recipe) -> Recipe:
    """One of these."""
    return lambda path: st.one_of(*(recipe(path) for recipe in recipes))


def _strategy(value: Any) -> st.SearchStrategy[Any]:
    return value if isinstance(value, st.SearchStrategy) else st.just(value)


# -- ways to play --------------------------------------------------------------------------------------


def pages(*args: Any, **how: Any) -> Recipe:
    """A whole list, page by page."""
    return by(every_page, *args, **how)


def every_page(to: Target, path: str, *args: Any, **how: Any) -> list[Any]:
    """The pages of a list."""
    found: list[Any] = []
    after = None
    while True:
        page = once(to, path, *args, after=after, **how)
        found.append(page)
        after = page.next
        if after is None or len(found) > 60:
            return found


def drained(*args: Any, **how: Any) -> Recipe:
    """All that an iterator gives."""
    return by(to_the_end, *args, **how)


def to_the_end(to: Target, path: str, *args: Any, **how: Any) -> list[Any]:
    """The elements."""
    return list(once(to, path, *args, **how))


# -- rows ----------------------------------------------------------------------------------------------


def a(table: str) -> st.SearchStrategy[At]:
    """Some row of a table, more often one of the first, seldom a missing one."""
    return st.builds(At, st.just(table), st.one_of(st.integers(0, 1), st.integers(0, 5), st.integers(-1, 5)))


def some(table: str, size: int = 4) -> st.SearchStrategy[list[At]]:
    """Some rows of a table."""
    return st.lists(a(table), max_size=size)


def patch(columns: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for a few of these columns, seldom for none."""
    names = st.lists(st.sampled_from(sorted(columns)), min_size=1, max_size=4, unique=True)
    return st.one_of(names, names, names, st.just([])).flatmap(
        lambda chosen: st.fixed_dictionaries({name: columns[name] for name in chosen})
    )
