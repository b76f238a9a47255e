"""Settings: any JSON value under a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import JSON_NULL, SettingCategory, SystemSetting, system_settings
from pis_data.schema.characters import shown

_s = system_settings.c
_NAMES: Final = tuple(system_settings.columns.keys())
_VALUE: Final = _NAMES.index("value")

#: not for visitors to read in the list of settings, but their pages need it
ALSO_PUBLIC: Final = ("polling_interval",)

_to_record: Final[Callable[[Sequence[Any]], SystemSetting]] = maker(SystemSetting, _NAMES)


def to_setting(row: Sequence[Any]) -> SystemSetting:
    """A record whose value is a plain Python value: JSON's null is None."""
    plain = list(row)
    plain[_VALUE] = to_python(plain[_VALUE])
    return _to_record(plain)


def to_python(value: Any) -> Any:
    """JSON's null as None: the column is never SQL NULL."""
    return None if value is JSON_NULL else value


def check_key(key: object) -> str:
    """A setting's key."""
    return values.as_name(key, "system_settings.key")


def check_keys(keys: object) -> list[str]:
    """Several keys."""
    if isinstance(keys, (str, bytes)) or not isinstance(keys, Sequence | set | frozenset):
        raise InvalidValueError(f"expected a list of keys, got {shown(keys)}")
    return [check_key(key) for key in keys]


def some(keys: Sequence[str]) -> Query:
    """Keys and values of some settings."""
    statement = sa.select(_s.key, _s.value).where(_s.key.in_(keys)).order_by(_s.key)
    return Query(statement, make=_to_pair)


def public() -> Query:
    """Keys and values of what visitors may read."""
    return Query(_public, make=_to_pair)


_public: Final = (
    sa.select(_s.key, _s.value).where(sa.or_(_s.is_public, _s.key.in_(ALSO_PUBLIC))).order_by(_s.key)
)


def _to_pair(row: Sequence[Any]) -> tuple[str, Any]:
    return row[0], to_python(row[1])


def every() -> Query:
    """All settings, by category and key."""
    return Query(_every, make=to_setting)


_every: Final = sa.select(*_s).order_by(_s.category, _s.key)


def rows(
    given: Mapping[str, Any],
    category: object,
    description: str | None,
    is_public: bool | None,
) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of an upsert, and the columns that it changes in settings that are there."""
    if not isinstance(given, Mapping):
        raise InvalidValueError(f"expected a mapping of keys to values, got {shown(given)}")
    update = ["value"]
    common: dict[str, Any] = {"category": SettingCategory.SITE}
    if category is not None:
        common["category"] = values.as_name(category, "system_settings.category")
        update.append("category")
    if description is not None:
        common["description"] = description
        update.append("description")
    if is_public is not None:
        common["is_public"] = values.as_flag(is_public, "is_public")
        update.append("is_public")
    made = [
        {"key": check_key(key), "value": JSON_NULL if value is None else value, **common}
        for key, value in given.items()
    ]
    return made, update
