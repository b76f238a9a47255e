"""Albums: their lists, what visitors may see of them, covers, counters and secrets."""

from __future__ import annotations

import datetime as dt
import hmac
import re
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import any_of, gt, is_null, not_null
from pis_data.queries import values
from pis_data.queries.covers import AlbumCover
from pis_data.queries.keyset import Listing, Order, Part
from pis_data.queries.names import check_row
from pis_data.queries.values import IdLike
from pis_data.schema import (
    STORED_SORT_RULES,
    Album,
    AlbumLayout,
    Photo,
    PhotoStatus,
    SortRule,
    WatermarkType,
    albums,
    package_downloads,
    photos,
)
from pis_data.schema.characters import shown


class AlbumChanges(TypedDict, total=False):
    """The columns of an album that `update` takes. The cover has a call of its own."""

    title: str
    slug: str
    description: str | None
    password: str | None
    upload_token: str | None
    expires_at: dt.datetime | None
    is_public: bool
    is_live: bool
    layout: AlbumLayout | str
    sort_rule: SortRule | str
    allow_download: bool
    allow_batch_download: bool
    allow_share: bool
    show_exif: bool
    watermark_enabled: bool
    watermark_type: WatermarkType | str | None
    watermark_config: dict[str, Any]
    color_grading: dict[str, Any] | None
    enable_human_retouch: bool
    enable_ai_retouch: bool
    ai_retouch_config: dict[str, Any]
    share_title: str | None
    share_description: str | None
    share_image_url: str | None
    poster_image_url: str | None
    event_date: dt.datetime | None
    location: str | None
    template_id: str | None
    template_config: dict[str, Any]
    title_translations: dict[str, Any]
    description_translations: dict[str, Any]
    share_title_translations: dict[str, Any]
    share_description_translations: dict[str, Any]
    metadata: dict[str, Any]
    owner_id: UUID | str | None


class NewAlbum(AlbumChanges, total=False):
    """What `create` takes: the columns of `AlbumChanges`, and an id."""

    id: UUID | str


#: What many albums may be given at once.
BATCH_COLUMNS: Final = frozenset(
    {
        *("is_public", "is_live", "layout", "sort_rule", "allow_download", "allow_batch_download"),
        *("allow_share", "show_exif", "watermark_enabled", "watermark_type", "watermark_config"),
        *("color_grading", "enable_human_retouch", "enable_ai_retouch", "ai_retouch_config"),
        *("expires_at", "template_id", "template_config", "owner_id"),
    }
)

#: A new album's columns that settings decide where the caller does not.
DEFAULTS_FROM_SETTINGS: Final[Mapping[str, str]] = {
    "watermark_enabled": "default_watermark_enabled",
    "allow_download": "default_allow_download",
    "show_exif": "default_show_exif",
}

#: What a duplicate does not take over.
NOT_DUPLICATED: Final = frozenset(
    {
        *("id", "slug", "upload_token", "cover_photo_id", "photo_count", "selected_count", "view_count"),
        *("created_at", "updated_at", "deleted_at"),
    }
)

TITLE_LENGTH: Final = 255


# -- records that are not rows -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAlbum:
    """What a visitor may know of an album: an allow-list, without password, upload token or owner."""

    id: UUID
    title: str
    slug: str
    description: str | None
    cover: AlbumCover | None
    has_password: bool
    photo_count: int
    selected_count: int
    view_count: int
    expires_at: dt.datetime | None
    is_public: bool
    is_live: bool
    layout: AlbumLayout
    sort_rule: SortRule
    allow_download: bool
    allow_batch_download: bool
    show_exif: bool
    watermark_enabled: bool
    share_title: str | None
    share_description: str | None
    share_image_url: str | None
    poster_image_url: str | None
    event_date: dt.datetime | None
    location: str | None
    template_id: str | None
    template_config: dict[str, Any]
    title_translations: dict[str, Any]
    description_translations: dict[str, Any]
    share_title_translations: dict[str, Any]
    share_description_translations: dict[str, Any]
    created_at: dt.datetime
    updated_at: dt.datetime


_SHOWN: Final = tuple(
    field.name for field in fields(PublicAlbum) if field.name not in ("cover", "has_password")
)


def public_view(album: Album, cover: AlbumCover | None) -> PublicAlbum:
    """An album as visitors see it."""
    shown_values = {name: getattr(album, name) for name in _SHOWN}
    return PublicAlbum(cover=cover, has_password=bool(album.password), **shown_values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingConfig:
    """What a worker must know of an album to process its photos."""

    id: UUID
    watermark_enabled: bool
    watermark_type: WatermarkType | None
    watermark_config: dict[str, Any]
    color_grading: dict[str, Any] | None
    enable_human_retouch: bool
    enable_ai_retouch: bool
    ai_retouch_config: dict[str, Any]

    def status_after(self, photo: Photo) -> PhotoStatus:
        """What a photo is once it is processed: done, unless a person shall retouch it and nobody has yet."""
        waits = self.enable_human_retouch and photo.retoucher_id is None
        return PhotoStatus.PENDING_RETOUCH if waits else PhotoStatus.COMPLETED


PROCESSING_COLUMNS: Final = tuple(field.name for field in fields(ProcessingConfig))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumText:
    """An album's words in one language."""

    title: str
    description: str | None
    share_title: str | None
    share_description: str | None


def localized(album: Album | PublicAlbum, locale: str) -> AlbumText:
    """The words in ``locale``, else in ``zh-CN``, else as they stand in the album itself."""
    if not isinstance(album, (Album, PublicAlbum)):
        raise InvalidValueError(f"localized takes an Album or a PublicAlbum, got {shown(album)}")
    values.as_text(locale, "locale")
    found = {}
    for field in fields(AlbumText):
        translations = getattr(album, f"{field.name}_translations")
        known = translations if isinstance(translations, Mapping) else {}  # it may be any JSON value
        words = [known.get(name) for name in (locale, "zh-CN")]
        given = (word for word in words if word and isinstance(word, str))
        found[field.name] = next(given, getattr(album, field.name))
    return AlbumText(**found)


# -- values --------------------------------------------------------------------------------------------

_SLUG: Final = re.compile(r"[a-z0-9-]{1,200}")


def new_slug() -> str:
    """Eight random letters."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))


def new_upload_token() -> str:
    """Eight random digits: what can be typed into a camera."""
    return "".join(secrets.choice(string.digits) for _ in range(8))


def check_changes(given: Mapping[str, Any], allowed: frozenset[str], call: str) -> dict[str, Any]:
    """The new values of an album, checked as far as the table's own types don't.

    An empty password means none; an empty upload token, a new one.
    """
    found = values.only(allowed, given, call)
    if "title" in found:
        found["title"] = values.as_name(found["title"], "albums.title")
    if "slug" in found and not (isinstance(found["slug"], str) and _SLUG.fullmatch(found["slug"])):
        raise InvalidValueError(
            f"albums.slug has 1 to 200 of the characters a-z, 0-9 and '-'; got {shown(found['slug'])}"
        )
    if "upload_token" in found:
        token = found["upload_token"]
        if token is None or not values.as_text(token, "albums.upload_token"):
            found["upload_token"] = new_upload_token()
    return check_row(albums, check_look(found, "albums"))


def check_look(given: Mapping[str, Any], table: str) -> dict[str, Any]:
    """Values of the columns that albums and their templates share: choices are made, "" is no password."""
    found = dict(given)
    if "layout" in found:
        found["layout"] = values.as_choice(list(AlbumLayout), found["layout"], f"{table}.layout")
    if "sort_rule" in found:
        found["sort_rule"] = values.as_choice(STORED_SORT_RULES, found["sort_rule"], f"{table}.sort_rule")
    if found.get("watermark_type") is not None:
        found["watermark_type"] = values.as_choice(
            list(WatermarkType), found["watermark_type"], f"{table}.watermark_type"
        )
    if isinstance(found.get("password"), str) and not found["password"]:
        found["password"] = None
    return found


CHANGEABLE: Final = frozenset(AlbumChanges.__annotations__)
CREATABLE: Final = CHANGEABLE | {"id"}


def copied(album: Album, title: str | None) -> dict[str, Any]:
    """The columns of a duplicate."""
    row = {field.name: getattr(album, field.name) for field in fields(Album)}
    suffix = " (copy)"
    row["title"] = title if title is not None else album.title[: TITLE_LENGTH - len(suffix)] + suffix
    return {name: value for name, value in row.items() if name not in NOT_DUPLICATED}


def by_id_or_slug(album: IdLike) -> dict[str, Any]:
    """The filter for an album that is named by its id or its slug."""
    try:
        return {"id": values.as_id(album)}
    except InvalidValueError:
        return {"slug": values.as_text(album, "an album's id or slug")}


def same_secret(kept: str | None, given: object) -> bool:
    """Whether a secret is the one that is kept, in a time that tells nothing about it."""
    if not isinstance(given, str):
        return False
    same = hmac.compare_digest((kept or "").encode(), given.encode(errors="surrogatepass"))
    return same and bool(kept)


# -- lists ---------------------------------------------------------------------------------------------

_NEWEST_FIRST: Final = Order("created_at", descending=True)
_LAST_DELETED_FIRST: Final = Order("deleted_at", descending=True, nulls=False)


def admin_list(is_public: bool | None, trash: bool) -> Listing:
    """Albums as their owner sees them, newest first; or the deleted ones, the last one first."""
    values.as_flag(trash, "trash")
    filters: dict[str, Any] = {"deleted_at": not_null() if trash else None}
    if is_public is not None:
        filters["is_public"] = values.as_flag(is_public, "is_public")
    return Listing(albums, filters, _LAST_DELETED_FIRST if trash else _NEWEST_FIRST)


def public_list(now: dt.datetime) -> Listing:
    """The albums of the public home page, newest first."""
    return Listing(albums, open_to_visitors(now), _NEWEST_FIRST, (Part(_is_public),))


def open_to_visitors(now: dt.datetime) -> dict[str, Any]:
    """The filter for albums that can be visited: live, shared, not expired."""
    moment = values.as_moment(now, "now")
    return {"deleted_at": None, "allow_share": True, "expires_at": any_of(is_null(), gt(moment))}


def _is_public(_: Dialect) -> ColumnElement[bool]:
    # in words, not as a parameter: only then is it seen that the partial index serves
    return sa.and_(albums.c.is_public)


def is_open(album_id: UUID, now: dt.datetime, *, public: bool = False) -> Part:
    """The condition that an album can be visited, for lists of what is in it."""
    build = public_album_is_open if public else album_is_open
    return Part(build, {"open_album": album_id, "open_now": values.as_moment(now, "now")})


def album_is_open(_: Dialect) -> ColumnElement[bool]:
    """The album ``open_album`` can be visited at ``open_now``."""
    return _open_album().exists()


def public_album_is_open(_: Dialect) -> ColumnElement[bool]:
    """The album ``open_album`` can be visited at ``open_now``, and is listed."""
    return _open_album().where(albums.c.is_public).exists()


def _open_album() -> sa.Select[Any]:
    expires = albums.c.expires_at
    return sa.select(sa.literal_column("1")).where(
        albums.c.id == sa.bindparam("open_album", type_=albums.c.id.type),
        albums.c.deleted_at.is_(None),
        albums.c.allow_share,
        sa.or_(expires.is_(None), expires > sa.bindparam("open_now", type_=expires.type)),
    )


# -- purging -------------------------------------------------------------------------------------------


def without_objects() -> ColumnElement[bool]:
    """Albums to which nothing belongs any more that has an object in storage."""
    one: sa.ColumnClause[int] = sa.literal_column("1")
    photo = sa.select(one).where(photos.c.album_id == albums.c.id).correlate(albums)
    package = (
        sa.select(one)
        .where(package_downloads.c.album_id == albums.c.id, package_downloads.c.zip_key.is_not(None))
        .correlate(albums)
    )
    return sa.and_(sa.not_(photo.exists()), sa.not_(package.exists()))
