"""From a row of a result to the record that callers get, without a dictionary in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from pis_data.queries.rows import Query

R = TypeVar("R")


@cache
def maker(record: type[R], names: tuple[str, ...] | None = None) -> Callable[[Sequence[Any]], R]:
    """What makes a record of a row whose columns begin with ``names`` (default: the record's fields).

    The fields are set where they are kept (``slots``): a frozen dataclass's own constructor goes through
    ``object.__setattr__`` for each and takes more than twice as long.
    """
    own = tuple(field.name for field in fields(record))  # type: ignore[arg-type]
    names = names or own
    assert set(names) == set(own), f"{record.__name__} is not what these columns hold"
    setters = tuple(getattr(record, name).__set__ for name in names)
    new = object.__new__

    def make(row: Sequence[Any]) -> R:
        made = new(record)
        for setter, value in zip(setters, row, strict=False):
            setter(made, value)
        return made

    return make


def records(query: Query, record: type[Any]) -> Query:
    """The same query, for records in place of dictionaries."""
    make: Callable[[Sequence[Any]], Any] = maker(record, query.names)  # type: ignore[arg-type]
    return Query(query.statement, query.parameters, query.names, make)
