# Generated from pis_data/aio/repositories/permissions.py by tools/make_sync.py: change that, then run it.
"""Permissions: what there are, which a role has, and what one user has besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from pis_data.errors import NotFoundError, PermissionDeniedError
from pis_data.filters import all_of
from pis_data.queries import permissions as queries
from pis_data.queries import rows, values
from pis_data.queries.permissions import PermissionOverride
from pis_data.queries.users import check_role
from pis_data.queries.values import IdLike, as_id
from pis_data.queries.where import resolve
from pis_data.schema import Permission, UserRole, role_permissions, user_permissions, users

from ..link import Link
from ..writing import Upsert
from .base import Repository


class PermissionRepository(Repository):
    """Permissions. A role has a set of them; a user may have more or fewer than the role, for a time.

    A permission is known by its ``code``, ``category:verb``. The set of ``admin`` can't be changed.
    """

    def list_all(self) -> list[Permission]:
        """All permissions there are, by category and code."""
        return self._ask(queries.every())

    def role_codes(self, role: UserRole | str) -> frozenset[str]:
        """The codes of a role's set; a role that was never given one has none.

        Raises:
            InvalidValueError: an unknown role.
        """
        return frozenset(self._ask(queries.codes_of_role(check_role(role))))

    def set_role(
        self, role: UserRole | str, codes: Iterable[str], *, granted_by: IdLike | None = None
    ) -> frozenset[str]:
        """Give a role exactly these permissions, in one transaction; its codes as they now are.

        What the role has already keeps who granted it. Calls for one role take their turns: the set is the
        last one's, never a mixture.

        Args:
            role: any but ``admin``.
            codes: the new set; an empty one takes everything away.
            granted_by: the account that says so.

        Raises:
            InvalidValueError: an unknown role, or codes that are none.
            PermissionDeniedError: the role is ``admin``.
            NotFoundError: a code that there is not, by its name; nothing is changed then.
            ForeignKeyViolationError: there is no account ``granted_by``.
        """
        checked, wanted = check_role(role), queries.check_codes(codes)
        if checked == UserRole.ADMIN:
            raise PermissionDeniedError("the permissions of the role 'admin' can't be changed: it has all")
        giver = None if granted_by is None else as_id(granted_by, "role_permissions.granted_by")

        def unit(link: Link) -> str | None:
            known = dict(link.fetch(queries.lock_codes(link.dialect)))
            if wrong := queries.unknown_codes(wanted, known):
                return wrong
            of_role = {"role": checked}
            query = rows.select(link.dialect, role_permissions, of_role, columns=["permission_id"])
            had = {row["permission_id"] for row in link.fetch(query)}
            have = {known[code] for code in wanted}
            if gone := sorted(had - have):
                where = resolve(role_permissions, {**of_role, "permission_id": gone}, link.dialect)
                link.affected(rows.delete(link.dialect, role_permissions, where))
            new = [{**of_role, "permission_id": key, "granted_by": giver} for key in sorted(have - had)]
            new = rows.rows_to_write(role_permissions, new)
            for query in rows.inserts(link.dialect, role_permissions, new, returning=False):
                link.affected(query)
            return None

        if wrong := self._together(unit):
            raise NotFoundError(wrong)
        return frozenset(wanted)

    # -- one user --------------------------------------------------------------------------------

    def user_overrides(self, user_id: IdLike) -> list[PermissionOverride]:
        """What a user has beside the role's set, or has not, by code; expired ones too."""
        return self._ask(queries.overrides(as_id(user_id, "user_permissions.user_id")))

    def set_user_overrides(
        self,
        user_id: IdLike,
        grants: Mapping[str, bool],
        *,
        expires_at: dt.datetime | None = None,
        granted_by: IdLike | None = None,
    ) -> list[PermissionOverride]:
        """Grant a user permissions beside the role's set (True), or revoke some of it (False).

        Args:
            user_id: a live account.
            grants: by code. Overrides of other codes stay as they are.
            expires_at: from this moment on they are ignored; None: they stay.
            granted_by: the account that says so.

        Returns:
            All overrides of the user, as `user_overrides` gives them.

        Raises:
            InvalidValueError: no mapping of codes to bool, a naive moment.
            NotFoundError: no such live account, or a code that there is not; nothing is changed then.
        """
        user, wanted = as_id(user_id, "user_permissions.user_id"), queries.check_grants(grants)
        common = {
            "user_id": user,
            "granted_by": None if granted_by is None else as_id(granted_by, "user_permissions.granted_by"),
            "expires_at": None if expires_at is None else values.as_moment(expires_at, "expires_at"),
        }

        def unit(link: Link) -> str | list[PermissionOverride]:
            lives = rows.exists(link.dialect, users, {"id": user, "deleted_at": None})
            if not link.fetch(lives):
                return f"there is no such live account: {user}"
            known = dict(link.fetch(queries.ids_of(list(wanted))))
            if wrong := queries.unknown_codes(wanted, known):
                return wrong
            given = sorted((known[code], granted) for code, granted in wanted.items())
            new = [{**common, "permission_id": key, "granted": granted} for key, granted in given]
            new = rows.rows_to_write(user_permissions, new)
            update = ("granted", "granted_by", "expires_at")
            if new:
                Upsert(user_permissions, new, ("user_id", "permission_id"), update)(link)
            found: list[PermissionOverride] = link.fetch(queries.overrides(user))
            return found

        found = self._together(unit)
        if isinstance(found, str):
            raise NotFoundError(found)
        return found

    def reset_user_override(self, user_id: IdLike, code: str) -> bool:
        """Let the role decide again about one permission of a user; False if there was no override."""
        own = {"user_id": as_id(user_id, "user_permissions.user_id")}
        of_code = queries.has_code(values.as_name(code, "permissions.code"))
        return bool(self._db.delete(user_permissions, all_of(own, of_code)))

    def effective(
        self, user_id: IdLike, role: UserRole | str | None = None, *, now: dt.datetime | None = None
    ) -> frozenset[str]:
        """What a user may do: the role's set, and then the overrides that have not expired.

        Args:
            user_id: which account.
            role: the role to go by; by default the account's own, and then an account that is disabled,
                deleted or not there has no permissions at all.
            now: decides what has expired.

        Raises:
            InvalidValueError: an unknown role, a naive moment.
        """
        user = as_id(user_id, "user_permissions.user_id")
        checked = None if role is None else check_role(role)
        moment = values.as_present(now)
        return queries.combined(self._ask(queries.effective(user, checked, moment)))
