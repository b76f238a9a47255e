"""What visitors did, in sums: of a period, by day, by hour, by what they came with, by album and photo."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Table

from pis_data.dialects import Dialect
from pis_data.queries import where as filtering
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.moments import (
    HOUR,
    Period,
    day_of,
    every_day,
    local_day,
    local_hour,
    offset_values,
    offsets,
    within,
)
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.queries.visits import as_uuid8
from pis_data.queries.where import Shape, Where, resolve
from pis_data.schema import DailyStat, album_views, albums, daily_stats, download_logs, photo_views, photos

_av = album_views.c

#: the tables of events and the moments of theirs
EVENTS: Final = ((album_views, "viewed_at"), (photo_views, "viewed_at"), (download_logs, "downloaded_at"))


# -- records -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The sums of a period."""

    #: visits to albums
    views: int
    #: different sessions among them
    visitors: int
    #: different addresses among them
    addresses: int
    #: looks at photos
    photo_views: int
    downloads: int
    #: files in these downloads, and their bytes as far as they are known
    files: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStats:
    """The sums of one day; those of `Summary`."""

    day: dt.date
    views: int = 0
    visitors: int = 0
    photo_views: int = 0
    downloads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many visits came with something; ``name`` None: it was not told."""

    name: str | None
    count: int


class Referer(StrEnum):
    """Where a visit came from."""

    DIRECT = "direct"
    WECHAT = "wechat"
    WEIBO = "weibo"
    GOOGLE = "google"
    BAIDU = "baidu"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopAlbum:
    """A live album and its visits."""

    album_id: UUID
    title: str
    slug: str
    views: int
    visitors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopPhoto:
    """A live photo and the looks at it; ``thumb_key`` is where its thumbnail lies."""

    photo_id: UUID
    album_id: UUID
    filename: str
    thumb_key: str | None
    views: int


# -- which events --------------------------------------------------------------------------------------


def _events(dialect: Dialect, table: Table, moment: str, period: Period, album_id: UUID | None) -> Where:
    """The events of a period. All tables of events give equal parameters equal names."""
    filters = within(moment, period.since, period.until)
    return resolve(table, filters if album_id is None else {**filters, "album_id": album_id}, dialect)


def _clause(dialect: Dialect, table: Table, shape: Shape) -> ColumnElement[bool]:
    return filtering.expression(shape, table, dialect, [])


def _each(dialect: Dialect, period: Period, album_id: UUID | None) -> tuple[list[Where], tuple[Shape, ...]]:
    found = [_events(dialect, table, moment, period, album_id) for table, moment in EVENTS]
    assert all(where.values == found[0].values for where in found)
    return found, tuple(where.shape for where in found)


# -- sums ----------------------------------------------------------------------------------------------


def summary(dialect: Dialect, period: Period, album_id: UUID | None) -> Query:
    """One row of sums."""
    found, shapes = _each(dialect, period, album_id)
    return Query(_build_summary(dialect, shapes), found[0].values, make=_to_summary)


def _to_summary(row: Any) -> Summary:
    return Summary(**dict(zip(Summary.__annotations__, map(int, row), strict=True)))


@lru_cache
def _build_summary(dialect: Dialect, shapes: tuple[Shape, ...]) -> sa.Select[Any]:
    visits, looks, loads = (
        _clause(dialect, table, shape) for (table, _), shape in zip(EVENTS, shapes, strict=True)
    )
    number = sa.func.count
    dl = download_logs.c
    one: sa.ColumnClause[int] = sa.literal_column("1")
    viewed = (number(), number(sa.distinct(_av.session_id)), number(sa.distinct(_av.viewer_ip)))
    files, size = sa.func.coalesce(sa.func.sum(dl.file_count), 0), dialect.total(dl.total_size)
    names = (("views", "visitors", "addresses"), ("photo_views",), ("downloads", "files", "bytes"))
    parts = [
        sa.select(one.label("one"), *(sums.label(name) for sums, name in zip(found, called, strict=True)))
        .select_from(table)
        .where(clause)
        .subquery(called[0])
        for (table, _), found, called, clause in zip(
            EVENTS, (viewed, (number(),), (number(), files, size)), names, (visits, looks, loads), strict=True
        )
    ]
    first, second, third = parts
    joined = first.join(second, first.c.one == second.c.one).join(third, first.c.one == third.c.one)
    chosen = [part.c[name] for part, called in zip(parts, names, strict=True) for name in called]
    return sa.select(*chosen).select_from(joined)


def daily_trend(dialect: Dialect, period: Period, album_id: UUID | None, tz: str) -> Query:
    """Rows of a table's number, a day, its events and its sessions."""
    found, shapes = _each(dialect, period, album_id)
    edges = offsets(tz, period)
    parameters = {**found[0].values, **offset_values(edges)}
    return Query(_build_trend(dialect, shapes, len(edges)), parameters, make=tuple)


@lru_cache
def _build_trend(dialect: Dialect, shapes: tuple[Shape, ...], edges: int) -> sa.CompoundSelect[Any]:
    parts = []
    for number, ((table, moment), shape) in enumerate(zip(EVENTS, shapes, strict=True)):
        day = local_day(dialect, table.c[moment], edges).label("day")
        # grouped one level further up: a server need not see that two expressions with parameters are one
        events = sa.select(day, table.c.session_id).where(_clause(dialect, table, shape))
        days = events.subquery(f"events_{number}")
        counted = (sa.func.count(), sa.func.count(sa.distinct(days.c.session_id)))
        which: sa.ColumnClause[int] = sa.literal_column(str(number))
        parts.append(sa.select(which, days.c.day, *counted).group_by(days.c.day))
    return sa.union_all(*parts)


def to_days(found: Iterable[tuple[int, Any, int, int]], period: Period, tz: str) -> list[DayStats]:
    """The days of a period in their order, those without events too."""
    days: dict[dt.date, DayStats] = {}
    for which, number, events, sessions in found:
        day = day_of(number)
        known = days.get(day, DayStats(day=day))
        match which:
            case 0:
                days[day] = replace(known, views=events, visitors=sessions)
            case 1:
                days[day] = replace(known, photo_views=events)
            case _:
                days[day] = replace(known, downloads=events)
    return [days.get(day, DayStats(day=day)) for day in every_day(period, tz, list(days))]


def hourly(dialect: Dialect, period: Period, album_id: UUID | None, tz: str) -> Query:
    """Pairs of an hour of the day and its visits."""
    where, edges = _events(dialect, album_views, "viewed_at", period, album_id), offsets(tz, period)
    parameters = {**where.values, **offset_values(edges)}
    return Query(_build_hourly(dialect, where.shape, len(edges)), parameters, make=_to_hour)


def _to_hour(row: Any) -> tuple[int, int]:
    return int(row[0]) // HOUR, int(row[1])


@lru_cache
def _build_hourly(dialect: Dialect, shape: Shape, edges: int) -> sa.Select[Any]:
    hour = local_hour(dialect, album_views.c.viewed_at, edges).label("hour")
    events = sa.select(hour).where(_clause(dialect, album_views, shape)).subquery("events")
    return sa.select(events.c.hour, sa.func.count()).group_by(events.c.hour)


def shares(dialect: Dialect, column: str, period: Period, album_id: UUID | None, limit: int) -> Query:
    """The commonest values of a column, with their visits."""
    where = _events(dialect, album_views, "viewed_at", period, album_id)
    parameters = {**where.values, "limit": limit}
    return Query(_build_shares(dialect, column, where.shape), parameters, make=_to_share)


def _to_share(row: Any) -> Share:
    return Share(name=row[0], count=int(row[1]))


@lru_cache
def _build_shares(dialect: Dialect, column: str, shape: Shape) -> sa.Select[Any]:
    value: Column[Any] = album_views.c[column]
    number = sa.func.count().label("number")
    counted = sa.select(value, number).where(_clause(dialect, album_views, shape)).group_by(value)
    return counted.order_by(number.desc(), dialect.order(value, descending=False)).limit(_limit)


_limit: Final[sa.BindParameter[Any]] = sa.bindparam("limit", type_=sa.BigInteger())

#: parts of the addresses of hosts, as a browser writes them
_HOSTS: Final = {
    Referer.WECHAT: ("weixin.qq.com", "wechat.com", "servicewechat.com"),
    Referer.WEIBO: ("weibo.com", "weibo.cn", "t.cn"),
    Referer.GOOGLE: ("google.",),
    Referer.BAIDU: ("baidu.com",),
}


def referers(dialect: Dialect, period: Period, album_id: UUID | None) -> Query:
    """Pairs of where visits came from and how many did."""
    where = _events(dialect, album_views, "viewed_at", period, album_id)
    return Query(_build_referers(dialect, where.shape), where.values, make=lambda row: (row[0], int(row[1])))


@lru_cache
def _build_referers(dialect: Dialect, shape: Shape) -> sa.Select[Any]:
    referer = album_views.c.viewer_referer
    whens: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = [
        (sa.or_(*(_is_of(dialect, referer, host) for host in hosts)), sa.literal_column(f"'{name}'"))
        for name, hosts in _HOSTS.items()
    ]
    direct: tuple[ColumnElement[bool], ColumnElement[Any]] = (
        sa.or_(referer.is_(None), referer == sa.literal("", referer.type)),
        sa.literal_column("'direct'"),
    )
    kind: ColumnElement[Any] = sa.case(direct, *whens, else_=sa.literal_column("'other'"))
    events = sa.select(kind.label("kind")).where(_clause(dialect, album_views, shape)).subquery("events")
    return sa.select(events.c.kind, sa.func.count()).group_by(events.c.kind)


def _is_of(dialect: Dialect, referer: ColumnElement[Any], host: str) -> ColumnElement[bool]:
    """Whether an address is of this host or one below it."""
    end = "%" if host.endswith(".") else "/%"
    forms = (f"http%://{host}{end}", f"http%://%.{host}{end}")
    return sa.or_(*(dialect.like(referer, sa.literal(form, referer.type)) for form in forms))


# -- the most visited ----------------------------------------------------------------------------------


def top_albums(dialect: Dialect, period: Period, limit: int) -> Query:
    """The live albums with the most visits."""
    where = _events(dialect, album_views, "viewed_at", period, None)
    parameters = {**where.values, "limit": limit}
    return Query(_build_top_albums(dialect, where.shape), parameters, make=maker(TopAlbum))


@lru_cache
def _build_top_albums(dialect: Dialect, shape: Shape) -> sa.Select[Any]:
    views = sa.func.count().label("views")
    live = sa.select(albums.c.id).where(albums.c.deleted_at.is_(None))
    # limited before their titles are looked up: else a planner may count anew for each album
    top = (
        sa.select(_av.album_id, views, sa.func.count(sa.distinct(_av.session_id)).label("visitors"))
        .where(_clause(dialect, album_views, shape), _av.album_id.in_(live))
        .group_by(_av.album_id)
        .order_by(views.desc(), _av.album_id.desc())
        .limit(_limit)
        .subquery("top")
    )
    found = sa.select(albums.c.id, albums.c.title, albums.c.slug, top.c.views, top.c.visitors)
    return found.join_from(top, albums, albums.c.id == top.c.album_id).order_by(
        top.c.views.desc(), albums.c.id.desc()
    )


def top_photos(dialect: Dialect, period: Period, album_id: UUID | None, limit: int) -> Query:
    """The live photos with the most looks."""
    where = _events(dialect, photo_views, "viewed_at", period, album_id)
    parameters = {**where.values, "limit": limit}
    return Query(_build_top_photos(dialect, where.shape), parameters, make=maker(TopPhoto))


@lru_cache
def _build_top_photos(dialect: Dialect, shape: Shape) -> sa.Select[Any]:
    key, views = photo_views.c.photo_id, sa.func.count().label("views")
    live = (
        sa.select(photos.c.id)
        .join(albums, albums.c.id == photos.c.album_id)
        .where(photos.c.deleted_at.is_(None), albums.c.deleted_at.is_(None))
    )
    top = (
        sa.select(key, views)
        .where(_clause(dialect, photo_views, shape), key.in_(live))
        .group_by(key)
        .order_by(views.desc(), key.desc())
        .limit(_limit)
        .subquery("top")
    )
    found = sa.select(photos.c.id, photos.c.album_id, photos.c.filename, photos.c.thumb_key, top.c.views)
    return found.join_from(top, photos, photos.c.id == top.c.photo_id).order_by(
        top.c.views.desc(), photos.c.id.desc()
    )


def recent_views(album_id: UUID | None) -> Listing:
    """Visits, the last one first."""
    filters = {} if album_id is None else {"album_id": album_id}
    return Listing(album_views, filters, Order("viewed_at", descending=True))


# -- daily sums ----------------------------------------------------------------------------------------

STAT_COLUMNS: Final = ("view_count", "unique_visitors", "photo_view_count", "download_count")


def day_events(dialect: Dialect, period: Period) -> Query:
    """Rows of a table's number, an album (or None), its events and its sessions; number 3: of the site."""
    found, shapes = _each(dialect, period, None)
    return Query(_build_day_events(dialect, shapes), found[0].values, make=tuple)


@lru_cache
def _build_day_events(dialect: Dialect, shapes: tuple[Shape, ...]) -> sa.CompoundSelect[Any]:
    parts = []
    for number, ((table, _), shape) in enumerate(zip(EVENTS, shapes, strict=True)):
        which: sa.ColumnClause[int] = sa.literal_column(str(number))
        counted = (sa.func.count(), sa.func.count(sa.distinct(table.c.session_id)))
        of_album = sa.select(which, table.c.album_id, *counted).where(_clause(dialect, table, shape))
        parts.append(of_album.group_by(table.c.album_id))
    site: sa.ColumnClause[int] = sa.literal_column(str(len(EVENTS)))
    sessions = sa.select(site, sa.null(), sa.func.count(), sa.func.count(sa.distinct(_av.session_id))).where(
        _clause(dialect, album_views, shapes[0])
    )
    return sa.union_all(*parts, sessions)


def stat_rows(day: dt.date, found: Iterable[tuple[int, UUID | None, int, int]]) -> list[dict[str, Any]]:
    """The rows of a day, by album, the whole site's last; none of a day without events."""
    rows: dict[UUID | None, dict[str, Any]] = {}
    for which, album, events, sessions in found:
        if which == len(EVENTS):
            _stat_row(rows, day, None)["unique_visitors"] += int(sessions)
            continue
        name = ("view_count", "photo_view_count", "download_count")[which]
        for key in {album, None}:
            _stat_row(rows, day, key)[name] += int(events)
        if which == 0:
            _stat_row(rows, day, album)["unique_visitors"] += int(sessions)
    site = rows.pop(None)
    if not any(site[name] for name in STAT_COLUMNS):
        return []
    return [*(rows[album] for album in sorted(rows, key=str)), site]


def _stat_row(rows: dict[UUID | None, dict[str, Any]], day: dt.date, album: UUID | None) -> dict[str, Any]:
    new = {"stat_date": day, "album_id": album, **dict.fromkeys(STAT_COLUMNS, 0)}
    return rows.setdefault(album, new if album else {**new, "id": site_id(day)})


def site_id(day: dt.date) -> UUID:
    """The id of a day's row of the whole site: a UUIDv8 made of the day.

    A unique key lets several rows without an album in; the primary key doesn't.
    """
    digest = hashlib.blake2b(str(day).encode(), digest_size=16, person=b"pis_data.days").digest()
    return as_uuid8(int.from_bytes(digest))


def stats(first: dt.date, last: dt.date, album_id: UUID | None) -> Query:
    """The rows of some days, of an album or of the whole site."""
    found = sa.select(*daily_stats.c).where(
        daily_stats.c.stat_date >= first,
        daily_stats.c.stat_date <= last,
        daily_stats.c.album_id.is_(None) if album_id is None else daily_stats.c.album_id == album_id,
    )
    make = maker(DailyStat, tuple(daily_stats.columns.keys()))
    return Query(found.order_by(daily_stats.c.stat_date, daily_stats.c.id), make=make)
