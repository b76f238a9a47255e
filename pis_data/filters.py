"""The operators of a filter: what a row must look like to be found, changed or deleted.

A filter is a mapping of column names to what they must be::

    {"album_id": album_id, "status": ["completed", "failed"], "deleted_at": None}
    {"file_size": between(1_000, 2_000), "filename": ilike("%.heic")}
    any_of({"status": "failed"}, {"updated_at": lt(an_hour_ago)})
    {"rotation": any_of(is_null(), eq(0))}

A plain value means `eq`, ``None`` means `is_null`, a list means `in_`. The entries of one mapping must
all hold; `all_of`, `any_of` and `not_` combine mappings, or operators of one column. Anything that a
mapping can't say is said with a SQLAlchemy expression over ``pis_data.schema``.

As in SQL, a comparison with NULL is never true: ``ne(x)`` and ``not_in(…)`` don't match NULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union

from pis_data.errors import InvalidFilterError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

__all__ = [
    "Combination",
    "Filter",
    "Operator",
    "all_of",
    "any_of",
    "between",
    "contains",
    "eq",
    "ge",
    "gt",
    "ilike",
    "in_",
    "is_null",
    "le",
    "like",
    "lt",
    "ne",
    "not_",
    "not_in",
    "not_null",
    "starts_with",
]

Name = Literal[
    "eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "between", "is_null", "not_null",
    "like", "ilike", "starts_with", "contains",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operator:
    """What one column must be: an operator's name and its operands (a list operand is one of them)."""

    name: Name
    operands: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Combination:
    """Several filters as one: ``all``, ``any`` or ``not`` of its parts."""

    how: Literal["all", "any", "not"]
    parts: tuple[Any, ...]


Filter: TypeAlias = Union[Mapping[str, Any], Combination, "ColumnElement[bool]"]


def eq(value: object) -> Operator:
    """Equal to ``value``; ``eq(None)`` is `is_null`."""
    return Operator("eq", (value,)) if value is not None else is_null()


def ne(value: object) -> Operator:
    """Neither equal to ``value`` nor NULL; ``ne(None)`` is `not_null`."""
    return Operator("ne", (value,)) if value is not None else not_null()


def lt(value: object) -> Operator:
    """Less than ``value``."""
    return Operator("lt", (_given("lt", value),))


def le(value: object) -> Operator:
    """Less than or equal to ``value``."""
    return Operator("le", (_given("le", value),))


def gt(value: object) -> Operator:
    """Greater than ``value``."""
    return Operator("gt", (_given("gt", value),))


def ge(value: object) -> Operator:
    """Greater than or equal to ``value``."""
    return Operator("ge", (_given("ge", value),))


def in_(values: Iterable[object]) -> Operator:
    """One of ``values``; a None among them matches NULL; no values match nothing."""
    return Operator("in", (_listed("in_", values),))


def not_in(values: Iterable[object]) -> Operator:
    """None of ``values``, nor NULL; ``not_in([])`` matches everything, NULL too."""
    return Operator("not_in", (_listed("not_in", values),))


def between(low: object, high: object) -> Operator:
    """From ``low`` to ``high``, both included."""
    return Operator("between", (_given("between", low), _given("between", high)))


def is_null() -> Operator:
    """NULL."""
    return Operator("is_null")


def not_null() -> Operator:
    """Anything but NULL."""
    return Operator("not_null")


def like(pattern: str) -> Operator:
    r"""Text that matches: ``%`` is any text, ``_`` any character, ``\`` takes the next one as itself."""
    return Operator("like", (pattern,))


def ilike(pattern: str) -> Operator:
    """`like` without regard to case."""
    return Operator("ilike", (pattern,))


def starts_with(text: str) -> Operator:
    """Text that begins with ``text``, taken literally."""
    return Operator("starts_with", (text,))


def contains(value: object) -> Operator:
    """Text that holds ``value``, taken literally; or a list or JSON array with this element."""
    return Operator("contains", (_given("contains", value),))


def all_of(*parts: Any) -> Combination:
    """Every part holds; of no parts: always."""
    return Combination("all", parts)


def any_of(*parts: Any) -> Combination:
    """At least one part holds; of no parts: never."""
    return Combination("any", parts)


def not_(part: Any) -> Combination:
    """The part is false (as in SQL, not merely unknown: NULL stays unmatched)."""
    return Combination("not", (part,))


def _given(name: str, value: object) -> object:
    if value is None:
        raise InvalidFilterError(f"{name}(None) is never true: use is_null() or not_null()")
    return value


def _listed(name: str, values: object) -> tuple[object, ...]:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidFilterError(f"{name} takes a list of values, got {type(values).__name__}")
    return tuple(values)
