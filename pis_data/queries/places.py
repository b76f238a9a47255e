"""Places in an order that people make by hand: ``sort_order``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Table

from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.rows import Query
from pis_data.schema import SortRule, albums
from pis_data.schema.characters import shown

#: how many rows one statement gives their places
_BATCH: Final = 500


def check_places(orders: object) -> dict[UUID, int]:
    """Places by id: from a mapping, or from ids in their order (0, 1, 2 …)."""
    if isinstance(orders, Mapping):
        given = [(values.as_id(key), place) for key, place in orders.items()]
    elif isinstance(orders, Sequence) and not isinstance(orders, (str, bytes)):
        given = [(values.as_id(key), place) for place, key in enumerate(orders)]
    else:
        raise InvalidValueError(f"expected ids in their order, or places by id; got {shown(orders)}")
    found = dict(given)
    if len(found) < len(given):
        raise InvalidValueError("an id is given twice")
    values.as_ids(list(found))  # not too many
    for place in found.values():
        if type(place) is not int or not -(2**31) <= place < 2**31:
            raise InvalidValueError(f"a place is a whole number of 32 bits, got {shown(place)}")
    return found


def set_places(table: Table, places: Mapping[UUID, int]) -> list[Query]:
    """Give rows their new places, 500 of them in a statement; those that are in place are left alone."""
    keys = list(places)
    return [
        _set_some(table, {key: places[key] for key in keys[start : start + _BATCH]})
        for start in range(0, len(keys), _BATCH)
    ]


def _set_some(table: Table, places: Mapping[UUID, int]) -> Query:
    whens = [(table.c.id == key, sa.literal(place, sa.Integer())) for key, place in places.items()]
    place: sa.Case[Any] = sa.case(*whens)
    misplaced = sa.and_(table.c.id.in_(list(places)), table.c.sort_order != place)
    return Query(sa.update(table).where(misplaced).values(sort_order=place))


def sort_manually(album_id: UUID) -> Query:
    """Let the order made by hand be an album's own."""
    is_other = sa.and_(albums.c.id == album_id, albums.c.sort_rule != SortRule.MANUAL)
    return Query(sa.update(albums).where(is_other).values(sort_rule=SortRule.MANUAL))
