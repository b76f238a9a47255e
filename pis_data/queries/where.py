"""From a filter to a WHERE clause, in two steps.

`resolve` checks a filter and parts it into its *shape* (columns and operators: hashable) and its
*values*. `expression` builds the clause of a shape. Calls that differ only in their values share a
shape, and so a statement that is built and compiled once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.sql import functions, operators, visitors

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.filters import Combination, Operator, eq, in_
from pis_data.queries.names import check_value, checked, column_of
from pis_data.schema.base import now
from pis_data.schema.characters import check_characters, shown
from pis_data.schema.documents import dump_json
from pis_data.schema.types import Boolean, IdList, Instant, Json, LongText, Text, TextList

Shape: TypeAlias = tuple[Any, ...]

#: how many values one filter may hold: below every server's limit on the parameters of one statement
LIST_LIMIT = 30_000
#: how many conditions, and how deep they may nest: SQLite parses an expression to a depth of 1,000
CONDITION_LIMIT, DEPTH_LIMIT = 500, 50
#: below SQLite's limit on a LIKE pattern, in characters of four bytes
PATTERN_LIMIT = 10_000

_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "between")
_PATTERNS = ("like", "ilike", "starts_with", "contains")
_OPERANDS = {
    **dict.fromkeys((*_COMPARISONS, *_PATTERNS, "in", "not_in"), 1),
    "between": 2,
    "is_null": 0,
    "not_null": 0,
}


@dataclass(slots=True)
class Where:
    """A resolved filter: its shape, the values in the order of their names, and foreign expressions."""

    table: Table
    values: dict[str, Any] = field(default_factory=dict)
    expressions: list[ColumnElement[bool]] = field(default_factory=list)
    shape: Shape = ("all", ())
    conditions: int = 0
    bound: int = 0

    @property
    def is_everything(self) -> bool:
        """Whether no filter was given at all, or none that says anything."""
        return self.shape == ("all", ())

    @property
    def asks_own_table(self) -> bool:
        """Whether an expression of the caller's asks this very table in a subquery."""
        return any(part is self.table for found in self.expressions for part in visitors.iterate(found))

    def bind(self, value: Any) -> str:
        """Keep a value, and give the name of its parameter."""
        self.bound += len(value) if isinstance(value, list) else 1
        if self.bound > LIST_LIMIT:
            raise InvalidFilterError(
                f"{self.table.name}: the filter holds more than {LIST_LIMIT:,} values: ask in parts, or join"
            )
        name = f"pis_{len(self.values)}"  # not a name that the caller's own expression has
        self.values[name] = value
        return name


def resolve(table: Table, filters: object, dialect: Dialect) -> Where:
    """Check a filter and part it into shape and values.

    Raises:
        UnknownColumnError, InvalidFilterError, InvalidValueError: before anything is sent.
    """
    where = Where(table)
    if filters is not None:
        shape = _resolve(where, filters, dialect, 0)
        where.shape = ("all", ()) if _says_nothing(shape) else shape
    return where


def _says_nothing(shape: Shape) -> bool:
    """Whether every row matches because a combination has no parts, or only such parts."""
    match shape:
        case ("all", parts):
            return all(map(_says_nothing, parts))
        case ("any", parts):
            return any(map(_says_nothing, parts))
        case ("not", (("any", ()),)):
            return True
    return False


def _resolve(where: Where, part: object, dialect: Dialect, depth: int) -> Shape:
    if isinstance(part, Mapping):
        shapes = tuple(
            _resolve_column(where, column_of(where.table, name), value, dialect, depth)
            for name, value in part.items()
        )
        return shapes[0] if len(shapes) == 1 else ("all", shapes)
    if isinstance(part, Combination):
        _limit_depth(where, depth)
        return (part.how, tuple(_resolve(where, inner, dialect, depth + 1) for inner in part.parts))
    if isinstance(part, ColumnElement):
        _check_condition(where.table, part)
        _check_tables(where.table, part)
        where.expressions.append(visitors.replacement_traverse(part, {}, _present))
        return ("expression", len(where.expressions) - 1)
    raise InvalidFilterError(
        f"a filter is a mapping of column names, a combination of filters or a SQLAlchemy expression, "
        f"got {shown(part)}"
    )


def _resolve_column(where: Where, column: Column[Any], value: object, dialect: Dialect, depth: int) -> Shape:
    if isinstance(value, Combination):
        _limit_depth(where, depth)
        parts = (_resolve_column(where, column, inner, dialect, depth + 1) for inner in value.parts)
        return (value.how, tuple(parts))
    if isinstance(value, Operator):
        return _resolve_operator(where, column, value, dialect)
    if isinstance(value, (list, tuple, set, frozenset)):
        return _resolve_operator(where, column, in_(value), dialect)
    return _resolve_operator(where, column, eq(value), dialect)


def _resolve_operator(where: Where, column: Column[Any], operator: Operator, dialect: Dialect) -> Shape:
    _check_operator(column, operator)
    where.conditions += 1
    if where.conditions > CONDITION_LIMIT:
        raise InvalidFilterError(
            f"{where.table.name}: the filter has more than {CONDITION_LIMIT} conditions: "
            "give values of one column as a list, or ask in parts"
        )
    name, operands = operator.name, operator.operands
    if name in ("is_null", "not_null"):
        return (name, column.name)
    if isinstance(column.type, (Json, IdList, TextList)):
        return _resolve_container(where, column, operator, dialect)
    if name in ("in", "not_in"):
        return _resolve_list(where, column, name, operands[0])
    if name in _PATTERNS:
        return _resolve_pattern(where, column, operator)
    return (name, column.name, *(where.bind(check_value(column, operand)) for operand in operands))


def _check_operator(column: Column[Any], operator: Operator) -> None:
    """Refuse what the functions of `pis_data.filters` would not have made."""
    name, operands = operator.name, operator.operands
    if name not in _OPERANDS:
        raise InvalidFilterError(f"{_place(column)}: there is no operator {shown(name)}")
    if len(operands) != _OPERANDS[name]:
        raise InvalidFilterError(f"{_place(column)}: {name} takes {_OPERANDS[name]} operands")
    if name in ("in", "not_in") and not isinstance(operands[0], tuple):
        raise InvalidFilterError(f"{_place(column)}: {name} takes a tuple of values")
    if name in _COMPARISONS and None in operands:
        raise InvalidFilterError(f"{_place(column)}: {name} takes no None: use is_null or not_null")


def _check_condition(table: Table, expression: ColumnElement[Any]) -> None:
    """Refuse a number, a text or an order; some servers take them for true or false.

    What SQLAlchemy knows no type of passes, and an operator of the caller's own.
    """
    is_order = getattr(expression, "modifier", None) is not None
    may_be = isinstance(expression.type, (sa.Boolean, Boolean, sa.types.NullType))
    is_own = isinstance(getattr(expression, "operator", None), operators.custom_op)
    if is_order or not (may_be or is_own):
        raise InvalidFilterError(f"{table.name}: the filter's expression is no condition: {expression}"[:300])


def _present(element: Any, **_: Any) -> Any:
    """The present moment, for ``func.now()``, as moments are kept.

    As SQLAlchemy writes it, it has whole seconds on MySQL and MariaDB, and on SQLite a form beside which
    every moment of today is later.
    """
    is_now = isinstance(element, (functions.now, functions.current_timestamp))
    return sa.type_coerce(now(), Instant()) if is_now else None


def _check_tables(table: Table, expression: ColumnElement[Any]) -> None:
    """Refuse an expression over other tables, whose rows would all be joined, by a DELETE as well."""
    for other in sa.select(expression).get_final_froms():
        if other is not table:
            name = getattr(other, "name", "another table")
            raise InvalidFilterError(
                f"{table.name}: the filter's expression is about {name}, too: "
                "ask that in a subquery (`sa.exists(…)`), or send a statement by execute"
            )


def _limit_depth(where: Where, depth: int) -> None:
    if depth >= DEPTH_LIMIT:
        raise InvalidFilterError(
            f"{where.table.name}: the filter's conditions nest deeper than {DEPTH_LIMIT}"
        )


def _resolve_list(where: Where, column: Column[Any], name: str, values: tuple[object, ...]) -> Shape:
    if len(values) > LIST_LIMIT:
        raise InvalidFilterError(
            f"{_place(column)}: a list of {len(values):,} values is longer than {LIST_LIMIT:,}; "
            "ask in parts, or join"
        )
    given = [check_value(column, value) for value in values if value is not None]
    holds_null = len(given) < len(values)
    if not given:
        return (("is_null" if name == "in" else "not_null"), column.name) if holds_null else (name, None)
    parameter = where.bind(given)
    # with a NULL in its list, NOT IN is never true in SQL; here it means: none of these, nor NULL
    return (name, column.name, parameter, holds_null and name == "in")


def _resolve_pattern(where: Where, column: Column[Any], operator: Operator) -> Shape:
    name, (text,) = operator.name, operator.operands
    if not isinstance(column.type, Text):
        raise InvalidFilterError(f"{_place(column)} is not text: {name} can't be asked of it")
    if not isinstance(text, str):
        raise InvalidValueError(f"{_place(column)}: {name} takes str, got {shown(text)}")
    if len(text) > PATTERN_LIMIT:
        raise InvalidFilterError(f"{_place(column)}: a pattern of {len(text):,} characters is too long")
    try:
        check_characters(text)
    except InvalidValueError as error:
        raise InvalidValueError(f"{_place(column)}: {error}") from None
    if name == "starts_with":
        return ("like", column.name, where.bind(f"{escaped(text)}%"))
    if name == "contains":
        return ("like", column.name, where.bind(f"%{escaped(text)}%"))
    return (name, column.name, where.bind(_canonical_pattern(column, text)))


def escaped(text: str) -> str:
    """Text that a LIKE pattern takes as itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _canonical_pattern(column: Column[Any], pattern: str) -> str:
    r"""Servers differ on ``\x`` where x needs no escape, and on a last lone backslash: allow neither."""
    out, characters = [], iter(pattern)
    for character in characters:
        if character == "\\":
            following = next(characters, None)
            if following is None:
                raise InvalidFilterError(f"{_place(column)}: the pattern ends with a lone backslash")
            out.append(escaped(following))
        else:
            out.append(character)
    return "".join(out)


def _resolve_container(where: Where, column: Column[Any], operator: Operator, dialect: Dialect) -> Shape:
    if operator.name != "contains":
        raise InvalidFilterError(
            f"{_place(column)} holds JSON or a list: it compares only by is_null, not_null and contains"
        )
    (value,) = operator.operands
    if isinstance(column.type, Json):
        scalar, value = _scalar(column, value)
        return ("json_contains", column.name, where.bind(dump_json(check_value(column, value))), scalar)
    assert isinstance(column.type, (IdList, TextList))
    element = column.type.element
    try:
        checked = element.check(value)
    except InvalidValueError as error:
        raise InvalidValueError(f"{_place(column)}: {error}") from None
    parameter = where.bind(checked if dialect.caps.native_lists else dump_json(str(checked)))
    return ("list_contains", column.name, parameter)


def _scalar(column: Column[Any], value: object) -> tuple[str, object]:
    """Its JSON type, and the value; 1.0 is the integer 1."""
    match value:
        case bool():
            return ("true" if value else "false"), value
        case float() if value.is_integer() and -(1 << 63) <= value < 1 << 63:
            return "integer", int(value)
        case int() | float():
            return ("integer" if isinstance(value, int) else "number"), value
        case str():
            return "string", value
        case _:
            raise InvalidValueError(
                f"{_place(column)}: contains takes a str, number or bool, got {shown(value)}"
            )


def _place(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


# -- from a shape to its clause ------------------------------------------------------------------------


def expression(
    shape: Shape, table: Table, dialect: Dialect, expressions: list[ColumnElement[bool]]
) -> ColumnElement[bool]:
    """The clause of a shape, its values as named parameters."""
    match shape:
        case ("all", parts):
            return sa.and_(sa.true(), *(expression(part, table, dialect, expressions) for part in parts))
        case ("any", parts):
            return sa.or_(sa.false(), *(expression(part, table, dialect, expressions) for part in parts))
        case ("not", (part,)):
            return sa.not_(expression(part, table, dialect, expressions).self_group())
        case ("expression", index):
            return expressions[index]
        case ("in", None):
            return sa.false()
        case ("not_in", None):
            return sa.true()
        case (name, column, *operands):
            return _operation(name, table.c[column], operands, dialect)
    raise AssertionError(shape)


def _operation(name: str, column: Column[Any], operands: list[Any], dialect: Dialect) -> ColumnElement[bool]:
    if name == "is_null":
        return column.is_(None)
    if name == "not_null":
        return column.is_not(None)
    if name in ("in", "not_in"):
        listed = sa.bindparam(operands[0], type_=checked(column), expanding=True)
        if name == "not_in":
            return column.not_in(listed)
        return sa.or_(column.in_(listed), column.is_(None)) if operands[1] else column.in_(listed)
    if name == "between":
        low, high = (sa.bindparam(operand, type_=checked(column)) for operand in operands)
        return sa.and_(column >= low, column <= high)  # PostgreSQL's BETWEEN takes no COLLATE
    if name in ("like", "ilike"):
        pattern = sa.bindparam(operands[0], type_=LongText())
        return dialect.like(column, pattern) if name == "like" else dialect.ilike(column, pattern)
    if name == "json_contains":
        return dialect.json_contains(column, sa.bindparam(operands[0], type_=LongText()), operands[1])
    if name == "list_contains":
        element = column.type.element if dialect.caps.native_lists else LongText()  # type: ignore[attr-defined]
        return dialect.list_contains(column, sa.bindparam(operands[0], type_=element))
    parameter = sa.bindparam(operands[0], type_=checked(column))
    found: ColumnElement[bool] = getattr(column, f"__{name}__")(parameter)
    return found
