"""Accounts: their list, and the administrators."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import ilike
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.queries.where import escaped
from pis_data.schema import User, UserRole, users
from pis_data.schema.characters import shown

_u = users.c
_NEWEST_FIRST: Final = Order("created_at", descending=True)


def check_email(email: object) -> str:
    """An address in the one form that is stored: lower case, without white space around it."""
    found = values.as_name(email, "users.email").lower()
    name, at, host = found.rpartition("@")
    if not (name and at and host) or any(character.isspace() for character in found):
        raise InvalidValueError(f"users.email: {shown(found)} is no address")
    return found


def check_role(role: object) -> UserRole:
    """A role or its word."""
    return values.as_choice(list(UserRole), role, "users.role")


def live_list(role: object, is_active: object, search: str | None) -> Listing:
    """Live accounts, newest first."""
    filters: dict[str, Any] = {"deleted_at": None}
    if role is not None:
        filters["role"] = check_role(role)
    if is_active is not None:
        filters["is_active"] = values.as_flag(is_active, "is_active")
    if search is not None:
        filters["email"] = ilike(f"%{escaped(values.as_text(search, 'search'))}%")
    return Listing(users, filters, _NEWEST_FIRST)


def active_admins(dialect: Dialect) -> Query:
    """The ids of the live, active administrators, locked in id order, so that they stay what they are."""
    return Query(_build_active_admins(dialect), make=lambda row: row[0])


@lru_cache
def _build_active_admins(dialect: Dialect) -> sa.Select[Any]:
    statement: sa.Select[Any] = sa.select(_u.id)
    is_one = (_u.role == UserRole.ADMIN, _u.is_active, _u.deleted_at.is_(None))
    return dialect.lock_rows(statement.where(*is_one).order_by(_u.id))


def first_admin() -> Query:
    """The oldest live administrator."""
    return Query(_first_admin, make=maker(User, tuple(users.columns.keys())))


_first_admin: Final = (
    sa.select(*_u)
    .where(_u.role == UserRole.ADMIN, _u.deleted_at.is_(None))
    .order_by(_u.created_at, _u.id)
    .limit(1)
)


def last_admin(user_id: UUID) -> str:
    """Why an account must stay as it is."""
    return f"{user_id} is the last active administrator: make another one first"
