"""Permissions: the set of a role, what one user has beside it, and both together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import (
    Permission,
    UserRole,
    permissions,
    role_permissions,
    user_permissions,
    users,
)
from pis_data.schema.characters import shown

_p, _r, _u = permissions.c, role_permissions.c, user_permissions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionOverride:
    """What one user has beside the role's set (``granted``), or has not."""

    code: str
    granted: bool
    granted_by: UUID | None
    #: ignored from this moment on
    expires_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


def check_codes(codes: object) -> list[str]:
    """Codes of permissions, each once, in their order."""
    if isinstance(codes, (str, bytes)) or not isinstance(codes, Iterable):
        raise InvalidValueError(f"expected a list of permission codes, got {shown(codes)}")
    return sorted({values.as_name(code, "permissions.code") for code in codes})


def check_grants(grants: object) -> dict[str, bool]:
    """By code whether it is granted or revoked."""
    if not isinstance(grants, Mapping):
        raise InvalidValueError(f"expected a mapping of permission codes to bool, got {shown(grants)}")
    return {
        values.as_name(code, "permissions.code"): values.as_flag(granted, "user_permissions.granted")
        for code, granted in grants.items()
    }


def unknown_codes(wanted: Iterable[str], known: Mapping[str, UUID]) -> str | None:
    """What is wrong with codes that there are not; None if all are known."""
    unknown = sorted(set(wanted) - known.keys())
    if not unknown:
        return None
    more = f" and {len(unknown) - 5:,} more" if len(unknown) > 5 else ""
    return f"there are no such permissions: {', '.join(map(shown, unknown[:5]))}{more}"


def every() -> Query:
    """All permissions, by category and code."""
    return Query(_every, make=maker(Permission, tuple(permissions.columns.keys())))


_every: Final = sa.select(*permissions.c).order_by(_p.category, _p.code)


def lock_codes(dialect: Dialect) -> Query:
    """Pairs of code and id, held in id order: whoever changes a role's set waits for whoever does so now."""
    return Query(_build_codes(dialect), make=tuple)


@lru_cache
def _build_codes(dialect: Dialect) -> sa.Select[Any]:
    statement: sa.Select[Any] = sa.select(*(permissions.c[name] for name in ("code", "id")))
    return dialect.lock_rows(statement.order_by(_p.id))


def ids_of(codes: Sequence[str]) -> Query:
    """Pairs of code and id of some permissions."""
    return Query(sa.select(_p.code, _p.id).where(_p.code.in_(codes)), make=tuple)


def codes_of_role(role: UserRole) -> Query:
    """The codes of a role's set."""
    return Query(_codes_of_role, {"role": role}, make=lambda row: row[0])


_codes_of_role: Final = (
    sa.select(_p.code)
    .join_from(role_permissions, permissions, _r.permission_id == _p.id)
    .where(_r.role == sa.bindparam("role", type_=_r.role.type))
    .order_by(_p.code)
)


def overrides(user_id: UUID) -> Query:
    """What a user has beside the role's set, or has not, by code; expired ones too."""
    return Query(_overrides, {"user": user_id}, make=maker(PermissionOverride))


_overrides: Final = (
    sa.select(_p.code, _u.granted, _u.granted_by, _u.expires_at, _u.created_at, _u.updated_at)
    .join_from(user_permissions, permissions, _u.permission_id == _p.id)
    .where(_u.user_id == sa.bindparam("user", type_=_u.user_id.type))
    .order_by(_p.code)
)


def has_code(code: str) -> ColumnElement[bool]:
    """The condition that an override is of the permission with this code."""
    return _u.permission_id.in_(sa.select(_p.id).where(_p.code == code))


# -- both together -------------------------------------------------------------------------------------


def effective(user_id: UUID, role: UserRole | None, now: dt.datetime) -> Query:
    """Codes of the role's set (granted) and of the user's overrides, which come last.

    Without a role, that of the live, active account counts; of any other account nothing is found.
    """
    parameters: dict[str, Any] = {"user": user_id, "now": now}
    if role is not None:
        parameters["role"] = role
    return Query(_EFFECTIVE[role is not None], parameters, make=tuple)


def _effective(role: ColumnElement[Any], live: bool) -> sa.CompoundSelect[Any]:
    user = sa.bindparam("user", type_=_u.user_id.type)
    of_role = (
        _granted(0, sa.true().label("granted"))
        .join_from(role_permissions, permissions, _r.permission_id == _p.id)
        .where(_r.role == role)
    )
    unexpired = sa.or_(_u.expires_at.is_(None), _u.expires_at > sa.bindparam("now", type_=_u.expires_at.type))
    own = (
        _granted(1, _u.granted)
        .join_from(user_permissions, permissions, _u.permission_id == _p.id)
        .where(_u.user_id == user, unexpired)
    )
    if live:
        own = own.where(_role_of(user).exists())
    return sa.union_all(of_role, own).order_by("turn", "code")


def _granted(turn: int, granted: ColumnElement[Any]) -> sa.Select[Any]:
    which: sa.ColumnClause[int] = sa.literal_column(str(turn))
    return sa.select(which.label("turn"), _p.code, granted)


def _role_of(user: ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(users.c.role).where(users.c.id == user, users.c.is_active, users.c.deleted_at.is_(None))


_EFFECTIVE: Final = {
    True: _effective(sa.bindparam("role", type_=_r.role.type), live=False),
    False: _effective(
        _role_of(sa.bindparam("user", type_=_u.user_id.type)).correlate(None).scalar_subquery(), live=True
    ),
}


def combined(found: Iterable[tuple[int, str, bool]]) -> frozenset[str]:
    """The codes that are granted in the end."""
    granted: dict[str, bool] = {code: bool(yes) for _, code, yes in found}
    return frozenset(code for code, yes in granted.items() if yes)
