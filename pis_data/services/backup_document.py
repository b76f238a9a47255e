"""A backup's text: JSON Lines, read, checked and kept aside before a database is touched.

The first line says what follows, the last one how much there was, so that a file that was cut off is seen::

    {"pis_backup": 1, "tables": ["albums", "photos"]}
    {"table": "albums", "row": {"id": "…", "title": "…"}, "withheld": ["upload_token"]}
    {"end": {"albums": 1, "photos": 0}}

Rows are as `pis_data.queries.exchange` writes them. ``withheld`` names the secrets that the row had and that
stayed behind.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Table

from ..errors import InvalidValueError, PisDataError
from ..queries.exchange import from_json
from ..queries.names import require, table_of
from ..schema import SECRET_COLUMNS, TABLES
from ..schema.characters import shown

VERSION: Final = 1

#: tables whose rows are the same if these columns are, whatever their ids: no other table refers to their ids
NATURAL_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "system_settings": ("key",),
    "custom_translations": ("locale", "namespace", "key"),
    "customer_albums": ("customer_id", "album_id"),
}

_PLACES: Final = {name: place for place, name in enumerate(TABLES)}
#: how much of a document is held in memory, in bytes; more goes to a temporary file
_IN_MEMORY: Final = 16 * 1024 * 1024


@dataclass(slots=True)
class Entry:
    """A row of a document."""

    table: Table
    row: dict[str, Any]
    withheld: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes the row the same one."""
        return tuple(self.row[name] for name in key_columns(self.table))


def key_columns(table: Table) -> tuple[str, ...]:
    """What tells the rows of a table apart, here and in another database."""
    return NATURAL_KEYS.get(table.name) or tuple(column.name for column in table.primary_key)


def kept_columns(table: Table, secrets: Collection[str] = ()) -> list[str]:
    """The columns that a document holds: no counter, which triggers keep, and of the secrets these."""
    hidden = SECRET_COLUMNS.get(table.name, frozenset()) - set(secrets)
    return [column.name for column in table.columns if not _is_counter(column) and column.name not in hidden]


def _is_counter(column: Any) -> bool:
    return "read_only" in column.info


@dataclass(slots=True)
class Document:
    """A document that was read to its end and makes sense: its tables, and its rows, kept aside."""

    tables: list[str]
    lines: Any
    keys: dict[str, set[tuple[Any, ...]]] = field(default_factory=dict)

    def batches(self, size: int) -> Iterator[list[Entry]]:
        """The rows, some of one table at a time, parents before children."""
        self.lines.seek(0)
        batch: list[Entry] = []
        for line in self.lines:
            entry = _entry(json.loads(line))
            if batch and (len(batch) == size or batch[0].table is not entry.table):
                yield batch
                batch = []
            batch.append(entry)
        if batch:
            yield batch

    def close(self) -> None:
        """Remove what was kept aside."""
        self.lines.close()


def read(
    given: Iterable[str] | Mapping[str, Iterable[Mapping[str, Any]]],
    allowed: Collection[str],
    *,
    with_keys: bool,
) -> Document:
    """Read a document to its end, and check all of it.

    Raises:
        InvalidValueError: it is no backup, was cut off, or has a row that makes no sense.
        UnknownTableError, UnknownColumnError: there is no such table or column.
    """
    lines = _of_mapping(given) if isinstance(given, Mapping) else _of_lines(given)
    kept = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - the document closes it
        _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
    )
    try:
        return _read(lines, allowed, kept, with_keys)
    except BaseException:
        kept.close()
        raise


def _read(lines: Iterator[Any], allowed: Collection[str], kept: Any, with_keys: bool) -> Document:
    tables = _header(next(lines, None), allowed)
    found, counts, place, end = Document(tables, kept), dict.fromkeys(tables, 0), 0, None
    if with_keys:
        found.keys = {name: set() for name in tables}
    for number, line in enumerate(lines, 2):
        if end is not None:
            raise InvalidValueError(f"backup, line {number}: there is more behind its end")
        if isinstance(line, Mapping) and "end" in line:
            end = line["end"]
            continue
        try:
            entry = _entry(line)
            require(entry.table, entry.row)
            text = json.dumps(line, ensure_ascii=False)
        except PisDataError as error:
            raise type(error)(f"backup, line {number}: {error}") from None
        except TypeError as error:
            raise InvalidValueError(f"backup, line {number}: no JSON ({error})") from None
        name = entry.table.name
        if name not in counts or _PLACES[name] < place:
            raise InvalidValueError(f"backup, line {number}: {name} is not expected here")
        place = _PLACES[name]
        counts[name] += 1
        if with_keys:
            found.keys[name].add(entry.key)
        kept.write(text + "\n")
    if end != counts:
        raise InvalidValueError("the backup was cut off, or lines of it are lost: nothing was imported")
    return found


def _header(line: Any, allowed: Collection[str]) -> list[str]:
    if not isinstance(line, Mapping) or line.get("pis_backup") != VERSION:
        raise InvalidValueError(f"this is no backup of version {VERSION}: its first line must say so")
    names = line.get("tables")
    if not isinstance(names, list):
        raise InvalidValueError("the backup's first line names no tables")
    for name in names:
        if table_of(name).name not in allowed:
            raise InvalidValueError(f"the backup holds {name}, which is not among the tables to import")
    return names


def _entry(line: Any) -> Entry:
    if not isinstance(line, Mapping) or not isinstance(line.get("row"), Mapping):
        raise InvalidValueError(f"expected a table and a row, got {shown(line)}")
    table, withheld = table_of(line.get("table", "")), line.get("withheld", ())
    row = {
        name: value
        for name, value in line["row"].items()
        if name not in table.columns or not _is_counter(table.columns[name])
    }
    secrets = SECRET_COLUMNS.get(table.name, frozenset())
    if not isinstance(withheld, Sequence) or not all(name in secrets for name in withheld):
        raise InvalidValueError(f"{table.name}: {shown(str(withheld))} can't be withheld")
    found = from_json(table, row)
    for name in key_columns(table):
        if found.get(name) is None:
            raise InvalidValueError(f"{table.name}: a row needs its {name}")
    return Entry(table, found, tuple(withheld))


def _of_lines(lines: Iterable[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if not isinstance(line, str):
            raise InvalidValueError(f"backup, line {number}: expected text, got {shown(line)}")
        if not line.strip():
            continue
        try:
            yield json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise InvalidValueError(f"backup, line {number}: no JSON ({error})") from None


def _of_mapping(given: Mapping[str, Iterable[Mapping[str, Any]]]) -> Iterator[Any]:
    """The same lines of rows by table, whose order is then the schema's."""
    names = sorted(given, key=lambda name: _PLACES[table_of(name).name])
    yield {"pis_backup": VERSION, "tables": names}
    counts = dict.fromkeys(names, 0)
    for name in names:
        for row in given[name]:
            counts[name] += 1
            yield {"table": name, "row": row}
    yield {"end": counts}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found
