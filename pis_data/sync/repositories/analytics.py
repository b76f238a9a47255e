# Generated from pis_data/aio/repositories/analytics.py by tools/make_sync.py: change that, then run it.
"""What visitors did."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from pis_data.queries import analytics as queries
from pis_data.queries import rows
from pis_data.queries.analytics import DayStats, Referer, Share, Summary, TopAlbum, TopPhoto
from pis_data.queries.keyset import Page, check_limit
from pis_data.queries.moments import Period, check_day, check_period, zone_of
from pis_data.queries.purging import check_batch
from pis_data.queries.values import IdLike, as_id, as_moment
from pis_data.schema import AlbumView, DailyStat, daily_stats

from ..link import Link
from ..writing import Upsert
from .visits import Visits

ALWAYS = Period()


class AnalyticsRepository(Visits):
    """Visits, looks and downloads: written down one by one, read in sums.

    Sums are of a `Period` (by default of all time), and of one album or of all. A visitor is a session; who
    has none is in no number of visitors. Days and hours are those of a time zone, given by its IANA name:
    the same on every database, and right across its changes of the clock.
    """

    # -- sums ------------------------------------------------------------------------------------

    def summary(self, period: Period = ALWAYS, album_id: IdLike | None = None) -> Summary:
        """The sums of a period.

        Args:
            period: `Period.last`, `Period.of_days` or bounds of your own.
            album_id: only this album.

        Raises:
            InvalidValueError: no period, or what is no id.
        """
        found: Summary = self._first(queries.summary, check_period(period), _album(album_id))
        return found

    def daily_trend(
        self, period: Period = ALWAYS, album_id: IdLike | None = None, *, tz: str = "UTC"
    ) -> list[DayStats]:
        """The sums of each day of a period in its order, days without events too.

        A period without a bound begins, or ends, with the first or last event.

        Args:
            period: see `summary`. With bounds within a day, that day's sums are of the part inside.
            album_id: only this album.
            tz: the time zone whose days are meant, such as ``Asia/Shanghai``.

        Raises:
            InvalidValueError: no period, what is no id, an unknown time zone.
        """
        zone_of(tz)
        found = self._all(queries.daily_trend, check_period(period), _album(album_id), tz)
        return queries.to_days(found, period, tz)

    def hourly(
        self, period: Period = ALWAYS, album_id: IdLike | None = None, *, tz: str = "UTC"
    ) -> list[int]:
        """The visits of each hour of the day, from 0 to 23 by the clock of a time zone.

        Arguments and errors: see `daily_trend`. An hour that the clock goes through twice counts both.
        """
        zone_of(tz)
        found = dict(self._all(queries.hourly, check_period(period), _album(album_id), tz))
        return [found.get(hour, 0) for hour in range(24)]

    def devices(self, period: Period = ALWAYS, album_id: IdLike | None = None) -> list[Share]:
        """What visitors came with (``desktop``, ``mobile``, ``tablet``), the commonest first."""
        return self._shares("device_type", period, album_id, 100)

    def browsers(
        self, period: Period = ALWAYS, album_id: IdLike | None = None, *, limit: int = 5
    ) -> list[Share]:
        """The commonest browsers, the commonest first."""
        return self._shares("browser", period, album_id, limit)

    def _shares(self, column: str, period: Period, album_id: IdLike | None, limit: int) -> list[Share]:
        album = _album(album_id)
        return self._all(queries.shares, column, check_period(period), album, check_limit(limit))

    def referers(self, period: Period = ALWAYS, album_id: IdLike | None = None) -> dict[Referer, int]:
        """Where visits came from, by the host of the address that the browser told: all kinds, zeros too."""
        found = dict(self._all(queries.referers, check_period(period), _album(album_id)))
        return {kind: found.get(kind, 0) for kind in Referer}

    # -- the most visited ------------------------------------------------------------------------

    def top_albums(self, period: Period = ALWAYS, *, limit: int = 10) -> list[TopAlbum]:
        """The live albums with the most visits.

        Raises:
            InvalidFilterError: not 1 to 1,000 of them.
            InvalidValueError: no period.
        """
        return self._all(queries.top_albums, check_period(period), check_limit(limit))

    def top_photos(
        self, period: Period = ALWAYS, album_id: IdLike | None = None, *, limit: int = 10
    ) -> list[TopPhoto]:
        """The live photos with the most looks, and where their thumbnails lie. Errors: see `top_albums`."""
        album = _album(album_id)
        return self._all(queries.top_photos, check_period(period), album, check_limit(limit))

    def recent_views(
        self, album_id: IdLike | None = None, *, limit: int = 20, after: str | None = None
    ) -> Page[AlbumView]:
        """One page of the visits, the last one first.

        Args:
            album_id: only to this album.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
        """
        album = _album(album_id)
        listing, scope = queries.recent_views(album), ("analytics.recent_views", album)
        return self._page(listing, scope, AlbumView, limit=limit, after=after)

    # -- daily sums ------------------------------------------------------------------------------

    def rollup_day(self, day: dt.date, *, tz: str = "UTC") -> int:
        """Sum the events of a day up in ``daily_stats``: a row for each album with events, one for the site.

        Run again, it writes the same rows anew. Do so before the events are purged: of a day without any
        nothing is written, and what was summed up stays.

        Args:
            day: which day, of the zone ``tz``: use the same one always.
            tz: its IANA name.

        Returns:
            How many rows were written.

        Raises:
            InvalidValueError: no date, an unknown time zone.
        """
        period = Period.of_days(check_day(day), day, tz)

        def unit(link: Link) -> int:
            found = link.fetch(queries.day_events(link.dialect, period))
            made = rows.rows_to_write(daily_stats, queries.stat_rows(day, found))
            if made:
                *of_albums, site = made
                key = ("stat_date", "album_id")
                if of_albums:
                    Upsert(daily_stats, of_albums, key, queries.STAT_COLUMNS)(link)
                Upsert(daily_stats, [site], ("id",), queries.STAT_COLUMNS)(link)
            return len(made)

        return self._together(unit)

    def rolled_up(self, first: dt.date, last: dt.date, album_id: IdLike | None = None) -> list[DailyStat]:
        """What `rollup_day` has written of some days (the last one included), of an album or of the site.

        Raises:
            InvalidValueError: no dates, or what is no id.
        """
        return self._ask(queries.stats(check_day(first), check_day(last), _album(album_id)))

    def purge_events(self, before: dt.datetime, *, batch: int = 1000) -> int:
        """Remove the visits, looks and downloads from before a moment; how many there were.

        Args:
            before: events of this moment or later stay.
            batch: how many rows go at a time, 1 to 10,000: each batch takes effect by itself.

        Raises:
            InvalidFilterError: a batch out of range.
            InvalidValueError: a naive moment.
        """
        moment, size = as_moment(before, "before"), check_batch(batch)
        return sum([self._purge(table, name, moment, size) for table, name in queries.EVENTS])


def _album(album_id: IdLike | None) -> UUID | None:
    return None if album_id is None else as_id(album_id, "album_id")
