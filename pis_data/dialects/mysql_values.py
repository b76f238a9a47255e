"""What PyMySQL and asyncmy write into a statement for a value that no column's type has made ready.

Left to themselves they send the Python spelling of anything as text, and a list as SQL of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib import import_module
from itertools import chain
from numbers import Integral, Real
from typing import Any, Final, NoReturn
from uuid import UUID

from pis_data.errors import InvalidValueError

_CONTAINERS: Final = frozenset({dict, list, tuple, set, frozenset})
#: what is derived from these goes as text
_AS_TEXT: Final = (Decimal, datetime.date, datetime.time, datetime.timedelta, UUID)


def conversions(module: str) -> dict[Any, Any]:
    """A driver's own converters (``conv`` of its ``connect``), but for what it would make nonsense of."""
    converters: Any = import_module(f"{module}.converters")
    as_float, as_int, as_text = (converters.escape_float, converters.escape_int, converters.escape_str)

    def finite(value: float, _: object = None) -> Any:
        if value - value != 0:
            raise InvalidValueError(f"the statement can't be executed: MySQL and MariaDB have no {value}")
        return as_float(value)

    def other(value: Any, _: object = None) -> Any:
        if isinstance(value, memoryview):
            return f"_binary X'{value.hex()}'"
        if isinstance(value, Integral):  # of an enumeration, or numpy's
            return as_int(int(value))
        if isinstance(value, Real):
            return finite(float(value))
        return as_text(value) if isinstance(value, _AS_TEXT) else _refuse(value)

    return {**converters.conversions, **dict.fromkeys(_CONTAINERS, _refuse), float: finite, str: other}


@cache
def cursor_class() -> type[Any]:
    """PyMySQL's cursor; but for lists and their like, which it writes down without asking its converters."""
    from pymysql.cursors import Cursor

    class CheckingCursor(Cursor):  # type: ignore[misc]
        def execute(self, query: str, args: Any = None) -> Any:
            _check(args or ())
            return super().execute(query, args)

        def executemany(self, query: str, args: Any) -> Any:
            if set(map(type, args)) == {
                tuple
            }:  # as SQLAlchemy gives them: all at once, in a third of the time
                _check(chain.from_iterable(args))
            else:
                for each in args:
                    _check(each)
            return super().executemany(query, args)

    return CheckingCursor


def _check(values: Any) -> None:
    found: Iterable[Any] = values.values() if isinstance(values, dict) else values
    for kind in _CONTAINERS.intersection(map(type, found)):
        _refuse_kind(kind)


def _refuse(value: object, *_: object) -> NoReturn:
    _refuse_kind(type(value))


def _refuse_kind(kind: type) -> NoReturn:
    raise InvalidValueError(f"the statement can't be executed: no value has the type {kind.__name__!r}")
