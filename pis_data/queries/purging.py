"""Old rows of a log, removed a bearable number at a time."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy import Table

from pis_data.errors import InvalidFilterError
from pis_data.queries.rows import Query
from pis_data.schema.characters import shown

#: the most rows that one statement removes
BATCH_LIMIT = 10_000


def check_batch(batch: object) -> int:
    """How many rows one statement removes, else `InvalidFilterError`."""
    if type(batch) is not int or not 1 <= batch <= BATCH_LIMIT:
        raise InvalidFilterError(f"batch is 1 to {BATCH_LIMIT:,} rows, got {shown(batch)}")
    return batch


def delete_oldest(table: Table, column: str, before: dt.datetime, batch: int) -> Query:
    """DELETE of the oldest rows from before a moment, ``batch`` of them at most."""
    return Query(_build(table, column), {"before": before, "batch": batch})


@lru_cache
def _build(table: Table, column: str) -> sa.Delete:
    moment = table.c[column]
    oldest = (
        sa.select(table.c.id)
        .where(moment < sa.bindparam("before", type_=moment.type))
        .order_by(moment, table.c.id)
        .limit(sa.bindparam("batch", type_=sa.BigInteger()))
        .subquery("oldest")  # MySQL takes a limit in a subquery only one level further down
    )
    return sa.delete(table).where(table.c.id.in_(sa.select(oldest.c.id)))
