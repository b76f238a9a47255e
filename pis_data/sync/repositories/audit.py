# Generated from pis_data/aio/repositories/audit.py by tools/make_sync.py: change that, then run it.
"""Who did what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Unpack

from pis_data.queries import audit as queries
from pis_data.queries.audit import AuditEntry, AuditFilters, AuditStats
from pis_data.queries.keyset import Page
from pis_data.queries.moments import Period, every_day, zone_of
from pis_data.queries.purging import check_batch
from pis_data.queries.values import as_moment, merged
from pis_data.schema import AuditLog, audit_logs

from .purging import Purging


class AuditRepository(Purging):
    """The audit log: entries are added, read and purged, never changed, and hold no secrets."""

    def record(self, entry: Mapping[str, Any] | None = None, /, **columns: Unpack[AuditEntry]) -> AuditLog:
        """Write down what somebody did.

        Args:
            entry: columns and their values; ``action`` and ``resource_type`` are required.
            columns: the same by keyword.

        What is secret by its name (passwords, tokens, keys) is replaced by ``******``, in ``changes`` and
        ``metadata`` at any depth; so are tokens, and secrets in addresses and in ``name=value``, within any
        text. An entry is never lost for its content: text that is too long is cut behind an ellipsis, what
        no database can keep is replaced by U+FFFD, moments and ids in documents become text.

        Returns:
            The entry as it is kept.

        Raises:
            InvalidValueError: no action or resource type, a column that there is not, an unknown status.
            ForeignKeyViolationError: there is no such account; give its ``user_email`` alone then.
        """
        row = queries.entry(merged(entry, columns, "audit.record"))
        return AuditLog(**(self._db.insert(audit_logs, row))[0])

    def list(
        self,
        *,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
        **filters: Unpack[AuditFilters],
    ) -> Page[AuditLog]:
        """One page of the entries, newest first.

        Args:
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list, by the same conditions.
            filters: ``user_id``, ``action``, ``resource_type``, ``resource_id``, ``status``; ``since``
                (included) and ``until`` (not included); ``search``, a part of the description, in any case.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown status or filter, a naive moment.
        """
        listing = queries.listing(filters)
        scope = ("audit.list", *listing.filters.items())
        return self._page(listing, scope, AuditLog, limit=limit, after=after, total=total)

    def export(self, *, batch: int = 1000, **filters: Unpack[AuditFilters]) -> Iterator[AuditLog]:
        """All entries that match, newest first, one by one in constant memory: ``batch`` rows at a time.

        Filters and errors are those of `list`; wrong ones raise at once.
        """
        found = self._db.stream(
            audit_logs, queries.filters(filters), batch=batch, order_by=[("created_at", "desc")]
        )
        return _records(found)

    def stats(self, days: int = 30, *, tz: str = "UTC", now: dt.datetime | None = None) -> AuditStats:
        """The sums of the last so many days.

        Args:
            days: how many times 24 hours back, 1 to 36,500.
            tz: the time zone whose days are counted, by its IANA name.
            now: where the period ends.

        Raises:
            InvalidValueError: days out of range, an unknown time zone, a naive moment.
        """
        zone_of(tz)
        period = Period.last(days, now=now)
        actions = dict(self._all(queries.count_by, "action", period))
        resources = dict(self._all(queries.count_by, "resource_type", period))
        users = self._all(queries.most_active, period)
        counted = dict(self._all(queries.count_by_day, period, tz))
        return AuditStats(
            total=sum(actions.values()),
            by_action={str(name): int(number) for name, number in actions.items()},
            by_resource_type={name: int(number) for name, number in resources.items()},
            by_user=tuple(users),
            by_day={day: counted.get(day, 0) for day in every_day(period, tz, list(counted))},
        )

    def purge(self, before: dt.datetime, *, batch: int = 1000) -> int:
        """Remove the entries from before a moment; how many there were.

        Args:
            before: entries of this moment or later stay.
            batch: how many rows go at a time, 1 to 10,000: each batch takes effect by itself.

        Raises:
            InvalidFilterError: a batch out of range.
            InvalidValueError: a naive moment.
        """
        return self._purge(audit_logs, "created_at", as_moment(before, "before"), check_batch(batch))


def _records(found: Iterator[dict[str, Any]]) -> Iterator[AuditLog]:
    for row in found:
        yield AuditLog(**row)
