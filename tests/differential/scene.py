"""What half of the programs begin with: a few rows of every table, so that calls have something to answer.

Their ids are those that calls draw, their contents what databases are known to treat differently.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import numpy as np

from pis_data.schema import JSON_NULL, metadata


def key(number: int) -> UUID:
    """One of the few ids of `values.ids`."""
    return UUID(int=number << 64 | number * 0x9E3779B97F4A7C15 & (1 << 64) - 1)


def _at(minute: int) -> dt.datetime:
    return dt.datetime(2026, 3, 28, 23, minute, 0, 1, tzinfo=dt.UTC)


NEVER = dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)
ONE, TWO, THREE, FOUR, FIVE = map(key, range(1, 6))


def _face(place: int) -> Any:
    made = np.zeros(512, dtype="<f4")
    made[place] = 1
    return made


def _rows(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows with ids and moments, unless they have others."""
    return [{"id": key(place), "created_at": _at(place), **row} for place, row in enumerate(rows, 1)]


SCENE: dict[str, list[dict[str, Any]]] = {
    "users": _rows(
        {"email": "ä@pis.cn", "role": "admin", "full_name": "É", "password_hash": "$argon2id$x"},
        {"email": "A@PIS.cn", "role": "admin", "full_name": None},
        {"email": "b_%@pis.cn", "role": "guest", "is_active": False},
        {"email": " b_%@pis.cn", "role": "admin", "deleted_at": _at(9)},
    ),
    "albums": _rows(
        {"title": "a", "slug": "a", "is_public": True, "allow_download": True, "sort_rule": "manual",
         "owner_id": ONE, "upload_token": "12345678", "view_count": (1 << 31) - 2},
        {"title": "", "slug": "A", "is_public": True, "expires_at": NEVER, "metadata": JSON_NULL,
         "allow_download": True, "password": "🙂", "color_grading": JSON_NULL},
        {"title": "spring ", "slug": "spring", "expires_at": _at(0), "metadata": {"a": [None, 1.0, 1]}},
        {"title": "שלום", "slug": "春", "is_public": True, "deleted_at": _at(9)},
    ),
    "photos": _rows(
        {"album_id": ONE, "filename": "a", "original_key": "raw/a.jpg", "status": "completed",
         "is_selected": True, "captured_at": None, "file_size": (1 << 63) - 1, "hash": "f" * 64},
        {"album_id": ONE, "filename": "A", "original_key": "raw/A.jpg", "status": "completed",
         "captured_at": _at(1), "file_size": (1 << 63) - 1, "exif": JSON_NULL, "thumb_key": "raw/é.jpg"},
        {"album_id": ONE, "filename": "é", "original_key": "raw/é.jpg", "status": "pending",
         "created_at": _at(1)},
        {"album_id": ONE, "filename": "e\u0301", "original_key": "", "status": "processing"},
        {"album_id": TWO, "filename": "🙂", "original_key": "raw/🙂.jpg", "status": "completed",
         "captured_at": None, "exif": {"": {}}, "rotation": None},
        {"album_id": TWO, "filename": "🙂 ", "original_key": "raw/🙂.jpg", "status": "pending_retouch"},
        {"album_id": TWO, "filename": "", "original_key": "x", "status": "failed"},
        {"album_id": ONE, "filename": "%", "original_key": "y", "status": "completed", "deleted_at": _at(9)},
        {"album_id": FOUR, "filename": "_", "original_key": "z", "status": "completed"},
    ),
    "photo_groups": _rows(
        {"album_id": ONE, "name": "é"}, {"album_id": ONE, "name": "e\u0301"}, {"album_id": TWO, "name": ""}
    ),
    "photo_group_assignments": [
        {"photo_id": ONE, "group_id": ONE, "created_at": _at(1)},
        {"photo_id": TWO, "group_id": ONE, "created_at": _at(1)},
        {"photo_id": FIVE, "group_id": THREE, "created_at": _at(2)},
    ],
    "face_embeddings": _rows(
        {"photo_id": ONE, "album_id": ONE, "embedding": _face(0)},
        {"photo_id": ONE, "album_id": ONE, "embedding": _face(1), "face_location": JSON_NULL},
        {"photo_id": TWO, "album_id": ONE, "embedding": -_face(0)},
        {"photo_id": FIVE, "album_id": TWO, "embedding": None},
    ),
    "customers": _rows(
        {"name": "É", "phone": "1", "email": "a@pis.cn", "tags": ["a", "A", "a ", ""], "created_by": ONE},
        {"name": "é", "phone": None, "tags": [], "status": "inactive"},
        {"name": "\U0010ffff", "phone": "１", "tags": None, "deleted_at": _at(9)},
    ),
    "customer_albums": _rows(
        {"customer_id": ONE, "album_id": ONE}, {"customer_id": TWO, "album_id": TWO, "notes": " "}
    ),
    "notifications": _rows(
        {"type": "custom", "channel": "email", "recipient": "a", "customer_id": ONE, "album_id": ONE},
        {"type": "reminder", "channel": "sms", "recipient": " ", "status": "sent", "sent_at": _at(3)},
    ),
    "permissions": _rows(
        {"code": "album:view", "name": "a", "category": "album"},
        {"code": "Album:view", "name": "A", "category": "Album", "is_system": True},
        {"code": "photo:é", "name": "é", "category": "album"},
        {"code": "photo:e\u0301", "name": "", "category": ""},
    ),
    "role_permissions": _rows(
        {"role": "guest", "permission_id": ONE}, {"role": "guest", "permission_id": TWO}
    ),
    "user_permissions": _rows(
        {"user_id": TWO, "permission_id": ONE, "granted": False, "expires_at": NEVER},
        {"user_id": TWO, "permission_id": THREE, "granted_by": ONE},
    ),
    "album_collaborators": _rows(
        {"album_id": ONE, "user_id": ONE, "role": "editor", "can_edit": True, "invited_at": _at(1)},
        {"album_id": TWO, "user_id": TWO, "role": "owner", "status": "accepted", "invited_at": _at(2)},
    ),
    "collaboration_invites": _rows(
        {"album_id": ONE, "invite_type": "link", "invite_code": "f" * 32, "invited_by": ONE},
        {"album_id": TWO, "invite_type": "email", "email": "a@pis.cn", "invite_code": "F" * 32,
         "invited_by": ONE, "expires_at": _at(3)},
    ),
    "package_downloads": _rows(
        {"album_id": ONE, "photo_ids": [TWO, ONE, TWO], "status": "pending"},
        {"album_id": ONE, "photo_ids": [], "status": "completed", "file_size": 1 << 62, "expires_at": NEVER},
        {"album_id": TWO, "photo_ids": [FIVE], "status": "processing", "expires_at": _at(3)},
    ),
    "album_views": [
        {"id": ONE, "album_id": ONE, "session_id": "s", "viewed_at": _at(1), "device_type": "mobile"},
        {"id": TWO, "album_id": ONE, "session_id": "S", "viewed_at": _at(2), "browser": "é"},
        {"id": THREE, "album_id": TWO, "session_id": None, "viewed_at": _at(3), "viewer_referer": "İ"},
    ],
    "photo_views": [
        {"id": ONE, "photo_id": ONE, "album_id": ONE, "session_id": "s", "viewed_at": _at(1)},
        {"id": TWO, "photo_id": ONE, "album_id": ONE, "session_id": "s ", "viewed_at": _at(1)},
    ],
    "download_logs": [
        {"id": ONE, "album_id": ONE, "photo_id": ONE, "download_type": "single", "downloaded_at": _at(1)},
        {"id": TWO, "album_id": None, "download_type": "all", "downloaded_at": _at(2), "total_size": 1 << 62},
    ],
    "daily_stats": _rows(
        {"stat_date": dt.date(2026, 3, 28), "album_id": ONE, "view_count": 1},
        {"stat_date": dt.date(2026, 3, 28), "album_id": None, "view_count": 2},
    ),
    "audit_logs": _rows(
        {"user_id": ONE, "user_email": "a@pis.cn", "action": "create", "resource_type": "album"},
        {"user_id": ONE, "user_email": "b@pis.cn", "action": "Create", "resource_type": "Album"},
        {"action": "login", "resource_type": "album ", "description": "É_%", "status": "failed"},
    ),
    "upgrade_history": _rows(
        {"from_version": "1", "to_version": "2", "status": "running", "started_at": _at(1),
         "executed_by": ONE},
        {"from_version": "", "to_version": "🙂", "status": "success", "started_at": _at(1)},
    ),
    "album_templates": _rows({"name": "a", "password": "x"}, {"name": "a", "expires_at": NEVER}),
    "style_templates": _rows(
        {"name": "a", "is_public": True, "theme_config": {"é": [None]}, "created_by": ONE},
        {"name": "A", "theme_config": JSON_NULL, "sort_order": -1},
    ),
    "custom_translations": _rows(
        {"locale": "en", "namespace": "a", "key": "a", "value": ""},
        {"locale": "en", "namespace": "A", "key": "a", "value": "\U0010ffff"},
        {"locale": "zh-CN", "namespace": "a", "key": "spring ", "value": "漢", "is_active": False},
    ),
    "system_settings": _rows(
        {"key": "a", "value": JSON_NULL, "category": "site", "is_public": True},
        {"key": "A", "value": {"": [1, 1.0, None]}, "category": "site"},
        {"key": "spring", "value": 1 << 53, "category": "é", "is_public": True},
    ),
    "email_config": _rows({"smtp_host": "é", "from_email": "a@pis.cn", "smtp_pass": "x", "is_active": True}),
}  # fmt: skip

assert SCENE.keys() == metadata.tables.keys() - {"pis_meta"}
