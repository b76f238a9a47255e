"""What repositories check of their arguments, before anything is sent: ids, choices, allowed columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID

from pis_data.errors import InvalidValueError
from pis_data.schema.characters import shown
from pis_data.schema.types import Id, Instant

E = TypeVar("E", bound=StrEnum)

#: an id, or its canonical text
IdLike: TypeAlias = UUID | str
#: one id, or several
Ids: TypeAlias = UUID | str | Iterable[UUID | str]

#: how many rows one call may name by id
IDS_LIMIT: Final = 10_000

_ID: Final = Id()
_MOMENT: Final = Instant()


def as_id(value: object, what: str = "id") -> UUID:
    """A UUID or its canonical text as a UUID; else `InvalidValueError` that begins with ``what``."""
    try:
        return _ID.check(value)
    except InvalidValueError as error:
        raise InvalidValueError(f"{what}: {error}") from None


def as_ids(values: Ids, what: str = "ids") -> list[UUID]:
    """One id or several as a list without doubles, in the order given."""
    if isinstance(values, (UUID, str)):
        values = [values]
    found = list(dict.fromkeys(as_id(value, what) for value in as_list(values, what)))
    if len(found) > IDS_LIMIT:
        raise InvalidValueError(f"{what}: {len(found):,} ids are more than {IDS_LIMIT:,}; call in parts")
    return found


def as_list(values: object, what: str) -> list[Any]:
    """Several of something, in any collection but a text or a mapping."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidValueError(f"{what}: expected a list, got {shown(values)}")
    return list(values)


def as_choice(choices: Collection[E], value: object, what: str) -> E:
    """A member of an enumeration (or of some of its members), given as such or as its word."""
    for choice in choices:
        if isinstance(value, str) and value == choice:
            return choice
    words = ", ".join(repr(str(choice)) for choice in choices)
    raise InvalidValueError(f"{what} is one of {words}; got {shown(value)}")


def as_choices(choices: type[E], values: object, what: str) -> list[E]:
    """One choice or several as a list."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = [values]
    return [as_choice(list(choices), value, what) for value in values]


def only(allowed: Collection[str], given: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The given values, if all their names are allowed."""
    if not isinstance(given, Mapping):
        raise InvalidValueError(f"{what} takes a mapping of column names, got {type(given).__name__}")
    unknown = sorted(str(name) for name in given if name not in allowed)
    if unknown:
        raise InvalidValueError(
            f"{what} does not take {unknown[0][:80]!r}: it takes {', '.join(sorted(allowed))}"
        )
    return dict(given)


def merged(data: Mapping[str, Any] | None, columns: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Columns that were given as a mapping, by keyword, or both."""
    if data is None:
        return dict(columns)
    if not isinstance(data, Mapping):
        raise InvalidValueError(f"{what} takes a mapping of column names, got {shown(data)}")
    return {**data, **columns}


def as_text(value: object, what: str) -> str:
    """Text as it is."""
    if not isinstance(value, str):
        raise InvalidValueError(f"{what}: expected str, got {shown(value)}")
    return value


def as_name(value: object, what: str) -> str:
    """Text without the white space around it, which must leave something."""
    stripped = as_text(value, what).strip()
    if not stripped:
        raise InvalidValueError(f"{what} must not be empty")
    return stripped


def as_moment(value: object, what: str) -> dt.datetime:
    """An aware moment, in UTC."""
    try:
        return _MOMENT.check(value)
    except InvalidValueError as error:
        raise InvalidValueError(f"{what}: {error}") from None


def as_present(now: object) -> dt.datetime:
    """The moment that a caller calls the present: the clock's own for None."""
    return dt.datetime.now(dt.UTC) if now is None else as_moment(now, "now")


def as_flag(value: object, what: str) -> bool:
    """True or False and nothing else."""
    if type(value) is not bool:
        raise InvalidValueError(f"{what}: expected bool, got {shown(value)}")
    return value
