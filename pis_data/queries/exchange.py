"""Rows as JSON: values that any JSON file keeps, and back, without loss.

Ids and moments are text, a moment as ISO 8601; an embedding is Base64 of its bytes. Where a JSON column
allows NULL, ``null`` stands for SQL's and ``{"$json": null}`` for JSON's own.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Table

from pis_data.errors import InvalidValueError
from pis_data.queries.names import check_row, column_of
from pis_data.schema import JSON_NULL
from pis_data.schema.characters import plain, shown
from pis_data.schema.types import Day, Embedding, Id, IdList, Instant, Json

#: the one key of an object that stands for a JSON document in a column that may also be NULL
WRAPPED: Final = "$json"


def to_json(table: Table, row: Mapping[str, Any], columns: Collection[str]) -> dict[str, Any]:
    """Some columns of a row, for `json.dumps`."""
    return {name: _write(table.c[name], row[name]) for name in columns}


def from_json(table: Table, given: object) -> dict[str, Any]:
    """A row to be written, of what `to_json` gave.

    Raises:
        UnknownColumnError, InvalidValueError, NotNullViolationError: what is no such row.
    """
    if not isinstance(given, Mapping):
        raise InvalidValueError(f"{table.name}: a row is an object of column names, got {shown(given)}")
    return check_row(table, {name: _read(column_of(table, name), value) for name, value in given.items()})


def _write(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if isinstance(kind, Json):
        return _write_document(column, value)
    if value is None:
        return None
    if isinstance(kind, Id):
        return str(value)
    if isinstance(kind, (Instant, Day)):
        return value.isoformat()
    if isinstance(kind, IdList):
        return [str(item) for item in value]
    if isinstance(kind, Embedding):
        return base64.b64encode(value.tobytes()).decode()
    return plain(value) if isinstance(value, str) else value


def _write_document(column: Column[Any], value: Any) -> Any:
    document = None if value is JSON_NULL else value
    if not column.nullable or value is None:
        return document
    looks_wrapped = isinstance(document, dict) and document.keys() == {WRAPPED}
    return {WRAPPED: document} if document is None or looks_wrapped else document


def _read(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, Json):
        return _read_document(column, value)
    read = _readers().get(type(column.type))
    if read is None or not isinstance(value, str):
        return value
    try:
        return read(value)
    except (ValueError, binascii.Error):
        place = f"{column.table.name}.{column.name}"
        raise InvalidValueError(f"{place}: {shown(value)} can't be read as {read.__name__[1:]}") from None


def _read_document(column: Column[Any], value: Any) -> Any:
    if not column.nullable:
        return JSON_NULL if value is None else value
    if isinstance(value, Mapping) and value.keys() == {WRAPPED}:
        return JSON_NULL if value[WRAPPED] is None else value[WRAPPED]
    return value


@cache
def _readers() -> Mapping[type[Any], Callable[[str], Any]]:
    return {Instant: _moment, Day: _day, Embedding: _embedding}


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None  # forms send "" for no moment


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _embedding(text: str) -> Any:
    import numpy as np

    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f4")
