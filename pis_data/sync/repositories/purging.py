# Generated from pis_data/aio/repositories/purging.py by tools/make_sync.py: change that, then run it.
"""Old rows of a log, removed a bearable number at a time."""

from __future__ import annotations

import datetime as dt

from pis_data.queries.purging import delete_oldest
from sqlalchemy import Table

from ..link import Link
from .base import Repository


class Purging(Repository):
    """What repositories of logs share."""

    def _purge(self, table: Table, column: str, before: dt.datetime, batch: int) -> int:
        """Remove the rows from before a moment; how many there were.

        Each batch takes effect by itself (over a transaction: with it), so that nothing is locked for long
        and a purge that is cut off goes on where it stopped.
        """
        query = delete_oldest(table, column, before, batch)

        def unit(link: Link) -> int:
            return link.affected(query)

        removed = 0
        while True:
            found = self._db._write(unit, single=True)
            removed += found
            if found < batch:
                return removed
