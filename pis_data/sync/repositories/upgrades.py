# Generated from pis_data/aio/repositories/upgrades.py by tools/make_sync.py: change that, then run it.
"""Upgrades of the application."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pis_data.errors import NotFoundError
from pis_data.queries import upgrades as queries
from pis_data.queries import values
from pis_data.queries.keyset import Page
from pis_data.queries.upgrades import UpgradeEntry
from pis_data.queries.values import IdLike, as_id
from pis_data.schema import UpgradeHistory, UpgradeStatus, upgrade_history

from .base import Repository


class UpgradeRepository(Repository):
    """The history of the application's upgrades (the schema's own is Alembic's)."""

    def start(
        self,
        from_version: str,
        to_version: str,
        *,
        executed_by: IdLike | None = None,
        notes: str | None = None,
        rollback_available: bool = True,
    ) -> UpgradeHistory:
        """Note that an upgrade begins: it is ``running`` now.

        Args:
            from_version: what is installed.
            to_version: what shall be.
            executed_by: the account that runs it.
            notes: anything worth keeping.
            rollback_available: whether it can be undone.

        Raises:
            InvalidValueError: a version that is empty or too long.
            ForeignKeyViolationError: there is no such account.
        """
        row = {
            "from_version": values.as_name(from_version, "upgrade_history.from_version"),
            "to_version": values.as_name(to_version, "upgrade_history.to_version"),
            "status": UpgradeStatus.RUNNING,
            "executed_by": None if executed_by is None else as_id(executed_by, "upgrade_history.executed_by"),
            "notes": notes,
            "rollback_available": rollback_available,
        }
        return UpgradeHistory(**(self._db.insert(upgrade_history, row))[0])

    def finish(
        self,
        upgrade_id: IdLike,
        status: UpgradeStatus | str,
        *,
        error: str | None = None,
        rebuild_performed: bool | None = None,
        rollback_available: bool | None = None,
    ) -> UpgradeHistory:
        """Note how an upgrade ended, once; one that is over can still be ``rolled_back``.

        Args:
            upgrade_id: which.
            status: ``success``, ``failed`` or ``rolled_back``.
            error: what went wrong; None leaves what stands there.
            rebuild_performed: whether the application was built anew; None leaves it.
            rollback_available: whether it can be undone; None leaves it.

        Raises:
            InvalidValueError: another status.
            NotFoundError: there is no such upgrade that can end so.
        """
        end = values.as_choice(list(queries.ENDS), status, "upgrade_history.status")
        key = as_id(upgrade_id, "upgrade_history.id")
        given = {
            "error_message": error,
            "rebuild_performed": rebuild_performed,
            "rollback_available": rollback_available,
        }
        new: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        new |= {"status": end, "completed_at": dt.datetime.now(dt.UTC)}
        found = self._db.update(upgrade_history, {"id": key, "status": list(queries.ENDS[end])}, new)
        if not found:
            raise NotFoundError(f"there is no upgrade {key} that could be {end}")
        return UpgradeHistory(**found[0])

    def get(self, upgrade_id: IdLike) -> UpgradeHistory | None:
        """The upgrade of this id."""
        return self._one(upgrade_history, UpgradeHistory, {"id": as_id(upgrade_id, "upgrade_history.id")})

    def list(
        self,
        *,
        status: UpgradeStatus | str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[UpgradeEntry]:
        """One page of the upgrades with their executors' addresses, the last one first, by one statement.

        Args:
            status: only these.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown status.
        """
        listing = queries.listing(status)
        scope = ("upgrades.list", listing.filters.get("status"))
        names = ("executor_email",)
        return self._page(listing, scope, UpgradeEntry, limit=limit, after=after, total=total, names=names)
