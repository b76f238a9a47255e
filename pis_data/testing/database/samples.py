"""Rows for tests: each function inserts one, with what is required and whatever else is given."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from pis_data.schema import TABLES
from pis_data.schema.types import Boolean, Choice, Day, Id, IdList, Instant, Integer, Json, Text
from pis_data.sync import DatabaseAdapter, Transaction

Row = dict[str, Any]
Db = DatabaseAdapter | Transaction

_number = itertools.count(1)


def album(db: Db, **values: Any) -> Row:
    """An album, with a title and slug of its own."""
    name = f"album-{next(_number)}"
    return db.insert("albums", {"title": name, "slug": name, **values})[0]


def photo_row(album_id: UUID, **values: Any) -> Row:
    """The values of a photo, for `insert`."""
    name = f"photo-{next(_number)}.jpg"
    return {"album_id": album_id, "filename": name, "original_key": f"raw/{name}", **values}


def photo(db: Db, album_id: UUID, **values: Any) -> Row:
    """A photo of an album."""
    return db.insert("photos", photo_row(album_id, **values))[0]


def user(db: Db, **values: Any) -> Row:
    """An account, with an address of its own."""
    return db.insert("users", {"email": f"user-{next(_number)}@example.org", **values})[0]


def customer(db: Db, **values: Any) -> Row:
    """A customer."""
    return db.insert("customers", {"name": f"customer {next(_number)}", **values})[0]


def style(db: Db, **values: Any) -> Row:
    """A style template: the table with nothing but a name that is required, and no unique key."""
    return db.insert("style_templates", {"name": f"style {next(_number)}", **values})[0]


def text(locale: str = "en", key: str | None = None, value: str = "", **values: Any) -> Row:
    """The values of a translation: the table with a unique key of three columns."""
    key = key if key is not None else f"key.{next(_number)}"
    return {"locale": locale, "namespace": "common", "key": key, "value": value, **values}


def row(db: Db, table: str) -> Row:
    """The values of any table's row: what is required and nothing else, with new parents where it has any."""
    return {
        column.name: value(db, column)
        for column in TABLES[table].columns
        if not column.nullable and column.server_default is None
    }


def value(db: Db, column: sa.Column[Any]) -> Any:
    """A value for a column; the id of a new row where it refers to one."""
    for key in column.foreign_keys:
        parent = key.column.table.name
        return db.insert(parent, row(db, parent))[0]["id"]
    match column.type:
        case Id():
            return uuid4()
        case Choice() as kind:
            words: Any = kind.enum
            return min(words)
        case Text() as kind:
            return f"{next(_number)}"[: kind.length]
        case Boolean():
            return False
        case Integer():
            return next(_number)
        case Instant():
            return dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        case Day():
            return dt.date(2024, 1, 1) + dt.timedelta(days=next(_number))
        case Json():
            return {}
        case IdList():
            return []
    raise AssertionError(column)
