"""Arguments that calls of several repositories take."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from pis_data.repositories import Period

from .. import values as v
from .call import Later, a

album, photo, group, user = a("albums"), a("photos"), a("photo_groups"), a("users")
customer, template, style = a("customers"), a("album_templates"), a("style_templates")
invite, package, message = a("collaboration_invites"), a("package_downloads"), a("notifications")

flags = st.booleans()
#: limits of lists, at and beyond their ends
limits = st.sampled_from([1, 0, 2, 3, 1000, 1001])
#: how long a page is
sizes = st.sampled_from([1, 2, 3, 50])
numbers = st.sampled_from([-(1 << 31), -1, 0, 1, 2, 7, (1 << 31) - 1, 1 << 31])
bytes_ = st.sampled_from([None, -1, 0, 1, (1 << 62), (1 << 63) - 1, 1 << 63])
nullable = st.one_of(st.none(), v.texts)

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
FAR_OFF = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
#: what decides what is old enough: nothing, or all that a program makes
ages = st.sampled_from([LONG_AGO, FAR_OFF])
AT_ONCE = dt.timedelta(0)
leases = st.sampled_from([AT_ONCE, dt.timedelta(minutes=5), dt.timedelta(days=36_500), dt.timedelta(-1)])

batches = st.sampled_from([1, 2, 1000, 0])
_bounds = st.one_of(st.none(), v.times)
periods = st.one_of(
    st.builds(Later, st.just(Period), st.tuples(_bounds, _bounds)),
    st.builds(Later, st.just(Period.of_days), st.tuples(v.days, v.days, v.zones)),
    st.just(Period()),
)
