"""Calls of repositories, as data: what to call, with what. They name rows by their place in the table, so
that a call means the same row on every database, whoever made its id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from pis_data.repositories import Repositories
from pis_data.schema import SortRule

from . import values as v

MISSING = UUID(int=0x0123456789ABCDEF)


@dataclass(frozen=True)
class At:
    """The id of the row at a place of a table, in order of ids; one that is missing if the table is empty."""

    table: str
    place: int

    def find(self, r: Repositories) -> UUID:
        """The id, as the repositories see the table."""
        ids = [row["id"] for row in r._db.find_many(self.table, {}, select=["id"], order_by=["id"])]
        return ids[self.place % len(ids)] if ids and self.place >= 0 else MISSING


@dataclass(frozen=True)
class Call:
    """A method of `Repositories` by its path, or a function of them, and its arguments."""

    what: str | Callable[..., Any]
    args: tuple[Any, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, r: Repositories) -> Any:
        function = attrgetter(self.what)(r) if isinstance(self.what, str) else self.what
        args = [resolved(arg, r) for arg in self.args]
        if not isinstance(self.what, str):
            args.insert(0, r)
        return function(*args, **{name: resolved(value, r) for name, value in self.how.items()})


def resolved(value: Any, r: Repositories) -> Any:
    """A value with the ids of rows in place of their places."""
    if isinstance(value, At):
        return value.find(r)
    if isinstance(value, list):
        return list(dict.fromkeys(resolved(item, r) for item in value)) if _has_places(value) else value
    return value


def _has_places(value: list[Any]) -> bool:
    return any(isinstance(item, At) for item in value)


# -- functions of several calls --------------------------------------------------------------------------


def walk(r: Repositories, path: str, *args: Any, **how: Any) -> list[Any]:
    """A whole list, page by page."""
    pages, after = [], None
    while True:
        page = attrgetter(path)(r)(*args, after=after, **how)
        pages.append(page)
        after = page.next
        if after is None or len(pages) > 60:
            return pages


def claim_and_finish(r: Repositories, limit: int, how: str, results: dict[str, Any]) -> list[Any]:
    """Claim what has waited longest, and complete it, give it up, or put it back."""
    claims = r.photos.claim_pending(limit)
    finish = getattr(r.photos, how)
    return [claims, [finish(claim, **(results if how == "complete" else {})) for claim in claims]]


def lost_claim(r: Repositories) -> list[Any]:
    """A photo that was given up while it was worked on is not stored any more."""
    claims = r.photos.claim_pending(1)
    r.photos.soft_delete([claim.id for claim in claims])
    return [r.photos.complete(claim) for claim in claims]


def redeem(r: Repositories, place: int, user: UUID) -> Any:
    """Redeem the invitation at a place of the table, or one that there is not."""
    codes = [row["invite_code"] for row in r._db.find_many("collaboration_invites", order_by=["id"])]
    return r.invites.redeem(codes[place % len(codes)] if codes else "0" * 32, user)


# -- arguments -------------------------------------------------------------------------------------------


def call(what: str | Callable[..., Any], *args: Any, **how: Any) -> st.SearchStrategy[Call]:
    """A call whose arguments are strategies, or values."""
    positional = st.tuples(*(arg if isinstance(arg, st.SearchStrategy) else st.just(arg) for arg in args))
    required, optional = {}, {}
    for name, value in how.items():
        into = required if name.endswith("_") else optional
        into[name.rstrip("_")] = value if isinstance(value, st.SearchStrategy) else st.just(value)
    return st.builds(Call, st.just(what), positional, st.fixed_dictionaries(required, optional=optional))


def a(table: str) -> st.SearchStrategy[At]:
    """Some row of a table, or a missing one."""
    return st.builds(At, st.just(table), st.integers(-1, 4))


def some(table: str, size: int = 4) -> st.SearchStrategy[list[At]]:
    """Some rows of a table."""
    return st.lists(a(table), max_size=size)


def patch(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for any of these columns, none of them perhaps."""
    return st.fixed_dictionaries({}, optional=columns)


album, photo, group, user = a("albums"), a("photos"), a("photo_groups"), a("users")
customer, template = a("customers"), a("album_templates")
small = st.sampled_from([0, 1, 2, 3, 1000, 1001])
sizes = st.sampled_from([1, 2, 3, 50])
flags = st.booleans()
sorts = st.one_of(st.none(), st.sampled_from(list(SortRule)), st.just("sideways"))
statuses = st.one_of(
    st.none(), st.sampled_from(["pending", "completed", "failed", "bogus"]), st.just(["completed", "pending"])
)
long_ago = st.just(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
far_off = st.just(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
nullable = st.one_of(st.none(), v.texts)
numbers = st.sampled_from([-(1 << 31), -1, 0, 1, 2, 7, (1 << 31) - 1, 1 << 31])
places = st.one_of(some("photos"), st.dictionaries(v.ids, numbers, max_size=3))

_album = {
    "title": v.texts, "description": nullable, "is_public": flags, "allow_download": flags, "slug": v.slugs,
    "expires_at": st.one_of(st.none(), v.moments), "event_date": st.one_of(st.none(), v.moments),
    "sort_rule": st.sampled_from(list(SortRule)), "password": nullable, "metadata": v.objects,
    "layout": v.texts, "title_translations": v.objects, "owner_id": st.one_of(st.none(), v.ids),
}  # fmt: skip

albums = st.one_of(
    call("albums.create", patch(**_album), title_=v.texts),
    call("albums.update", album, patch(**_album)),
    call(
        "albums.batch_update", some("albums"), patch(is_public=flags, layout=st.just("grid"), title=v.texts)
    ),
    call("albums.get", album, live=flags),
    call("albums.get_by_slug", v.slugs, live=flags),
    call("albums.get_public_view", v.slugs, now=v.moments),
    call(walk, "albums.list_admin", is_public=flags, trash=flags, limit_=sizes, total=flags),
    call(walk, "albums.list_public", limit_=sizes, total=flags, now=v.moments),
    call("albums.duplicate", album, title=nullable),
    call("albums.soft_delete", some("albums")),
    call("albums.restore", some("albums")),
    call("albums.purge_deleted", st.one_of(long_ago, far_off), limit=small),
    call("albums.set_cover", album, st.one_of(st.none(), photo)),
    call("albums.refresh_cover", album),
    call("albums.increment_views", album, numbers),
    call("albums.recount_photos", album),
    call("albums.recount_all"),
    call("albums.processing_config", album),
)

_pending = st.fixed_dictionaries(
    {"filename": v.texts, "original_key": v.keys},
    optional={
        "file_size": st.one_of(st.none(), numbers), "hash": nullable, "mime_type": nullable,
        "rotation": st.sampled_from([None, 0, 90, 45]), "sort_order": numbers,
        "captured_at": st.one_of(st.none(), v.moments),
    },
)  # fmt: skip
_results = patch(
    width=numbers, height=st.integers(1, 9), exif=st.one_of(st.none(), v.objects), thumb_key=nullable,
    captured_at=st.one_of(st.none(), v.moments), blur_data=nullable, hash=nullable,
)  # fmt: skip

photos = st.one_of(
    call("photos.create_many_pending", album, st.lists(_pending, max_size=4)),
    call("photos.get", photo, live=flags),
    call("photos.find_duplicate", album, content_hash=nullable, filename=v.texts, file_size=numbers),
    call(walk, "photos.page", album, sort=sorts, status=statuses, limit_=sizes),
    call(
        walk,
        "photos.list_public",
        album,
        sort=sorts,
        group_id=group,
        ids=some("photos"),
        limit_=sizes,
        now=v.moments,
    ),
    call(
        walk,
        "photos.list_admin",
        album,
        sort=sorts,
        status=statuses,
        selected=flags,
        limit_=sizes,
        total=flags,
    ),
    call("photos.page", album, limit_=small),
    call("photos.list_selected", album),
    call("photos.reorder", album, places),
    call("photos.set_rotation", photo, st.sampled_from([None, 0, 90, 180, 270, 45])),
    call("photos.set_selected", photo, flags, now=v.moments),
    call("photos.keys_for_album", album),
    call("photos.exists_by_key", st.lists(v.keys, max_size=4)),
    call("photos.count_by_status", album),
    call("photos.status_counts"),
    call("photos.storage_bytes", album),
)
queue = st.one_of(
    call(claim_and_finish, st.integers(1, 3), st.sampled_from(["complete", "fail", "release"]), _results),
    call(lost_claim),
    call("photos.claim_for_processing", photo, retry_failed=flags),
    call("photos.claim_pending", small, album_id=album),
    call("photos.claim_stuck", sizes),
    call("photos.list_pending", album, limit=small),
    call("photos.requeue", some("photos"), from_status=st.sampled_from(["completed", ["failed"], "bogus"])),
    call("photos.list_retouch_tasks"),
    call("photos.claim_retouch", photo, user),
    call(
        "photos.replace_original", photo, v.keys, file_size=numbers, content_hash=nullable, retoucher_id=user
    ),
)
trash = st.one_of(
    call("photos.soft_delete", some("photos"), album_id=album),
    call("photos.restore", some("photos"), album_id=album),
    call(walk, "photos.list_trash", st.one_of(st.none(), album), limit_=sizes, total=flags),
    call("photos.purge_trash", st.one_of(long_ago, far_off), limit=small),
    call("photos.permanent_delete", some("photos"), album_id=album),
)
groups = st.one_of(
    call("groups.create", album, v.texts, description=nullable, sort_order=numbers),
    call("groups.update", group, patch(name=v.texts, description=nullable, sort_order=numbers)),
    call("groups.list_with_counts", album, public=flags, now=v.moments),
    call("groups.get", group),
    call("groups.delete", group),
    call("groups.reorder", album, some("photo_groups")),
    call("groups.assign", group, some("photos")),
    call("groups.remove", group, some("photos")),
    call("groups.photo_ids", group),
    call("groups.groups_of_photos", some("photos")),
)
_roles = st.sampled_from(["admin", "photographer", "guest", "king"])
users = st.one_of(
    call("users.create", v.emails, nullable, _roles, full_name=nullable, is_active=flags),
    call("users.update", user, patch(email=v.emails, full_name=nullable, role=_roles, is_active=flags)),
    call("users.soft_delete", user),
    call("users.get_by_email", v.emails),
    call(walk, "users.list", role=_roles, is_active=flags, search=v.plain_texts, limit_=sizes, total=flags),
    call("users.first_admin"),
    call("users.count_active_admins"),
    call("users.set_password_if_unset", user, st.just("$argon2id$x")),
    call("users.clear_password", user),
)
settings = st.one_of(
    call("settings.set", v.texts, v.documents, category=v.texts, is_public=flags, description=nullable),
    call("settings.set_many", st.dictionaries(v.texts, v.documents, max_size=3), is_public=flags),
    call("settings.get_many", st.lists(v.texts, max_size=3)),
    call("settings.all_grouped"),
    call("settings.public"),
)
customers = st.one_of(
    call(
        "customers.create",
        patch(phone=v.slugs, email=v.emails, tags=st.lists(v.texts, max_size=3)),
        name_=v.texts,
    ),
    call("customers.update", customer, patch(phone=v.slugs, name=v.texts, notes=nullable)),
    call("customers.soft_delete", customer),
    call("customers.find_by_phone", v.slugs),
    call(walk, "customers.list", search=v.plain_texts, tag=v.texts, limit_=sizes, total=flags),
    call("customers.link_album", customer, album, notes=nullable),
    call("customers.unlink_album", customer, album),
    call("customers.get_with_albums", customer),
    call("customers.album_counts", some("customers")),
)
others = st.one_of(
    call("templates.create", patch(description=nullable, is_public=flags), name_=v.texts),
    call("templates.update", template, patch(name=v.texts, is_public=flags)),
    call("templates.delete", template),
    call(walk, "templates.list", is_public=flags, limit_=sizes, total=flags),
    call("translations.upsert", st.sampled_from(["zh-CN", "en"]), v.texts, v.texts, v.texts, is_active=flags),
    call("translations.export", st.sampled_from(["zh-CN", "en"])),
    call(walk, "translations.list", locale=st.just("en"), limit_=sizes, total=flags),
)

_rights = st.sampled_from(["owner", "editor", "viewer", "king"])
sharing = st.one_of(
    call("collaborators.invite_user", album, user, _rights, invited_by=user),
    call("collaborators.accept", album, user),
    call("collaborators.reject", album, user),
    call("collaborators.remove", album, user),
    call(walk, "collaborators.list_for_album", album, limit_=sizes, total=flags),
    call(walk, "collaborators.list_for_user", user, limit_=sizes, total=flags),
    call("collaborators.rights", album, user),
    call(
        "invites.create_link",
        album,
        user,
        _rights,
        email=v.emails,
        expires_at=st.one_of(st.none(), v.moments),
    ),
    call(redeem, st.integers(0, 3), user),
    call("invites.cancel", a("collaboration_invites")),
    call("invites.expire_old", now=v.moments),
    call(walk, "invites.list_for_album", album, limit_=sizes, total=flags),
)

#: any call, those of albums and photos more often
anything = st.one_of(
    albums, photos, queue, trash, groups, users, settings, customers, others, sharing, albums, photos, queue
)
