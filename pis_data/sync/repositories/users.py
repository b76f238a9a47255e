# Generated from pis_data/aio/repositories/users.py by tools/make_sync.py: change that, then run it.
"""Accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypedDict, Unpack
from uuid import UUID

from pis_data.errors import NotFoundError, PermissionDeniedError
from pis_data.filters import any_of, eq, is_null
from pis_data.queries import rows, values
from pis_data.queries import users as queries
from pis_data.queries.keyset import Page
from pis_data.queries.values import IdLike, as_id
from pis_data.schema import User, UserRole, users
from pis_data.schema.characters import shown

from ..link import Link
from .base import Repository, change, find, lock


class UserChanges(TypedDict, total=False):
    """The columns of an account that `update` takes."""

    email: str
    full_name: str | None
    avatar_url: str | None
    role: UserRole | str
    is_active: bool


_CHANGEABLE: Final = frozenset(UserChanges.__annotations__)


class UserRepository(Repository):
    """Accounts. Only live ones are found and changed; addresses are stored in lower case.

    The last active administrator stays one: no call demotes, disables or deletes that account, however
    many calls come at once.
    """

    # -- finding ---------------------------------------------------------------------------------

    def get(self, user_id: IdLike) -> User | None:
        """The live account of this id."""
        return self._one(users, User, {"id": as_id(user_id, "users.id"), "deleted_at": None})

    def get_by_email(self, email: str) -> User | None:
        """The live account of this address, in whatever case it is written."""
        address = values.as_text(email, "users.email").strip().lower()
        return self._one(users, User, {"email": address, "deleted_at": None})

    def list(
        self,
        *,
        role: UserRole | str | None = None,
        is_active: bool | None = None,
        search: str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[User]:
        """One page of the live accounts, newest first.

        Args:
            role: only this one.
            is_active: only those that are, or are not.
            search: a part of the address, in any case, taken literally.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown role.
        """
        listing = queries.live_list(role, is_active, search)
        scope = ("users.list", listing.filters.get("role"), is_active, search)
        return self._page(listing, scope, User, limit=limit, after=after, total=total)

    def count_active_admins(self) -> int:
        """How many live, active administrators there are."""
        return self._db.count(users, {"role": UserRole.ADMIN, "is_active": True, "deleted_at": None})

    def first_admin(self) -> User | None:
        """The oldest live administrator, active or not."""
        found = self._ask(queries.first_admin())
        return found[0] if found else None

    def has_any_admin(self) -> bool:
        """Whether there is a live administrator, active or not.

        A database that can't be asked raises: it must never be taken for one without administrators.
        """
        return self._db.exists(users, {"role": UserRole.ADMIN, "deleted_at": None})

    # -- making and changing ---------------------------------------------------------------------

    def create(
        self,
        email: str,
        password_hash: str | None = None,
        role: UserRole | str = UserRole.GUEST,
        *,
        full_name: str | None = None,
        avatar_url: str | None = None,
        is_active: bool = True,
    ) -> User:
        """Make an account.

        Args:
            email: its address; stored in lower case.
            password_hash: None: a password must be set at first login.
            role: what it is.
            full_name: the person's name.
            avatar_url: the person's picture.
            is_active: whether it may log in.

        Raises:
            InvalidValueError: what is no address, or an unknown role.
            UniqueViolationError: the address is taken, by a deleted account perhaps.
        """
        row = {
            "email": queries.check_email(email),
            "password_hash": password_hash,
            "role": queries.check_role(role),
            "full_name": full_name,
            "avatar_url": avatar_url,
            "is_active": is_active,
        }
        return User(**(self._db.insert(users, row))[0])

    def update(
        self, user_id: IdLike, patch: Mapping[str, Any] | None = None, /, **changes: Unpack[UserChanges]
    ) -> User:
        """Give an account new values: those of ``patch``, and those by keyword.

        Raises:
            InvalidValueError: nothing to change, a column that can't be changed, a value that makes no sense.
            NotFoundError: there is no such live account.
            PermissionDeniedError: it is the last active administrator, and would not be one any more.
            UniqueViolationError: the address is taken.
        """
        new = values.only(_CHANGEABLE, values.merged(patch, changes, "users.update"), "users.update")
        if "email" in new:
            new["email"] = queries.check_email(new["email"])
        if "role" in new:
            new["role"] = queries.check_role(new["role"])
        keeps = new.get("role", UserRole.ADMIN) == UserRole.ADMIN and new.get("is_active", True) is not False
        return self._set(user_id, new) if keeps else self._set_guarded(user_id, new)

    def demote_or_disable_guarded(
        self, user_id: IdLike, *, role: UserRole | str | None = None, is_active: bool | None = None
    ) -> User:
        """Change an account's role, or whether it may log in, but never the last active administrator's.

        Raises:
            NotFoundError, PermissionDeniedError: see `update`.
        """
        given = {"role": role, "is_active": is_active}
        return self.update(user_id, {name: value for name, value in given.items() if value is not None})

    def soft_delete(self, user_id: IdLike) -> User:
        """Delete an account; its address stays taken.

        Raises:
            NotFoundError, PermissionDeniedError: see `update`.
        """
        return self._set_guarded(user_id, {"deleted_at": dt.datetime.now(dt.UTC)})

    def touch_last_login(self, user_id: IdLike) -> None:
        """Note that an account has logged in just now.

        Raises:
            NotFoundError: there is no such live account.
        """
        where = {"id": as_id(user_id, "users.id"), "deleted_at": None}
        new = {"last_login_at": dt.datetime.now(dt.UTC)}
        if not self._db.update(users, where, new, returning=False):
            raise _missing(user_id)

    # -- passwords -------------------------------------------------------------------------------

    def set_password_hash(self, user_id: IdLike, password_hash: str) -> User:
        """Give an account a new password.

        Raises:
            NotFoundError: there is no such live account.
        """
        return self._set(user_id, {"password_hash": _hash(password_hash)})

    def clear_password(self, user_id: IdLike) -> User:
        """Take an account's password away: a new one must be set at the next login.

        Raises:
            NotFoundError: there is no such live account.
        """
        return self._set(user_id, {"password_hash": None})

    def set_password_if_unset(self, user_id: IdLike, password_hash: str) -> bool:
        """Set the first password of an account; False if it has one, or if there is no such live account.

        Of several who try at once one succeeds.
        """
        unset = {
            "id": as_id(user_id, "users.id"),
            "deleted_at": None,
            "password_hash": any_of(is_null(), eq("")),
        }
        new = {"password_hash": _hash(password_hash)}
        return bool(self._db.update(users, unset, new, returning=False))

    # ----------------------------------------------------------------------------------------------

    def _set(self, user_id: IdLike, new: dict[str, Any]) -> User:
        found = self._db.update(users, {"id": as_id(user_id, "users.id"), "deleted_at": None}, new)
        if not found:
            raise _missing(user_id)
        return User(**found[0])

    def _set_guarded(self, user_id: IdLike, new: dict[str, Any]) -> User:
        """Change an account, unless it is the last active administrator."""
        user, checked = as_id(user_id, "users.id"), rows.values_to_set(users, new)

        def unit(link: Link) -> User | str | None:
            admins = link.fetch(queries.active_admins(link.dialect))
            if admins == [user]:
                return queries.last_admin(user)
            if not lock(link, users, {"id": user, "deleted_at": None}):
                return None
            change(link, users, [user], checked)
            return (find(link, users, User, {"id": user}))[0]

        found = self._together(unit)
        if found is None:
            raise _missing(user)
        if isinstance(found, str):
            raise PermissionDeniedError(found)
        return found


def _hash(password_hash: object) -> str:
    return values.as_name(password_hash, "users.password_hash")


def _missing(user_id: UUID | str) -> NotFoundError:
    return NotFoundError(f"there is no such live account: {shown(str(user_id))}")
