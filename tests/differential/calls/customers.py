"""Calls of customers."""

from __future__ import annotations

from hypothesis import strategies as st

from pis_data.queries.customers import CustomerChanges, CustomerSort

from .. import values as v
from ..rows import columns_of
from .arguments import album, customer, flags, nullable, sizes, user
from .call import At, Calls, call, pages, patch, some

_columns = columns_of("customers", CustomerChanges.__annotations__)
_statuses = st.sampled_from(["active", "inactive", "bogus"])
_roles = st.sampled_from(["client", "guest", "king"])
_sorts = st.sampled_from([*CustomerSort, "sideways"])

CALLS: Calls = {
    "get": call(customer),
    "get_with_albums": call(customer),
    "find_by_phone": call(v.phones),
    "list": pages(
        search=v.plain_texts, status=_statuses, tag=v.texts, sort=_sorts,
        limit_=sizes, total=flags,
    ),
    "create": call(patch(_columns), name_=v.names, created_by=user),
    "update": call(customer, patch(_columns)),
    "soft_delete": call(customer),
    "link_album": call(customer, st.one_of(st.just(At("albums", 1)), album), role=_roles, notes=nullable),
    "unlink_album": call(customer, album),
    "customers_of_album": call(album),
    "album_counts": call(some("customers")),
}  # fmt: skip
